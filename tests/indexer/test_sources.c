#include "indexer/sources.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "common/strbuf.h"
#include "tests/support/tempdir.h"

static struct error err;
static char *dir;

static void enter_folder(void)
{
    dir = tempdir_make();
    cr_assert_eq(chdir(dir), 0);
}

static void leave_folder(void)
{
    tempdir_remove(dir);
}

TestSuite(sources, .init = enter_folder, .fini = leave_folder);

static void file(const char *path)
{
    tempdir_write(path, "x", 1);
}

/* What the arguments lead to, a blank behind each; errors as "!". */
static const char *walk(const char *const *arguments, size_t count)
{
    static struct strbuf out = STRBUF_INIT(1 << 20);
    strbuf_reset(&out);
    AUTO(sources) s = sources_new(arguments, count);
    struct source found;
    enum status status;
    while ((status = sources_next(s, &found, &err)) != STATUS_END) {
        cr_assert(status == STATUS_OK || status == STATUS_SOURCE);
        strbuf_append_string(&out, status == STATUS_OK ? found.path : "!");
        strbuf_append_char(&out, ' ');
    }
    cr_assert_eq(sources_next(s, &found, &err), STATUS_END);
    return strbuf_string(&out);
}

#define WALK(...)                                                              \
    walk((const char *const[]){__VA_ARGS__},                                   \
         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

Test(sources, nothing_named_is_nothing_found)
{
    cr_assert_str_eq(walk(NULL, 0), "");
}

Test(sources, arguments_come_as_given_and_folders_in_byte_order)
{
    mkdir("d", 0700);
    mkdir("d/b", 0700);
    mkdir("d/empty", 0700);
    file("d/b/2");
    file("d/b/1");
    file("d/b.txt");
    file("d/B");
    file("d/a");
    file("d/\xc3\xa9");
    file("x");
    cr_assert_str_eq(WALK("x", "-", "d", "x"),
                     "x - d/B d/a d/b/1 d/b/2 d/b.txt d/\xc3\xa9 x ");
    cr_assert_str_eq(WALK("d/b/"), "d/b/1 d/b/2 ");
    cr_assert_str_eq(WALK("./d/b"), "./d/b/1 ./d/b/2 ");
}

Test(sources, hidden_names_are_passed_over_unless_given)
{
    mkdir("d", 0700);
    mkdir("d/.git", 0700);
    file("d/.git/x");
    file("d/.hidden");
    file("d/seen");
    cr_assert_str_eq(WALK("d"), "d/seen ");
    cr_assert_str_eq(WALK("d/.hidden", "d/.git"), "d/.hidden d/.git/x ");
    cr_assert_eq(chdir("d"), 0);
    cr_assert_str_eq(WALK("."), "./seen ");
    cr_assert_eq(chdir(".."), 0);
}

Test(sources, a_file_called_dash_in_a_folder_is_a_file)
{
    mkdir("d", 0700);
    file("d/-");
    cr_assert_eq(chdir("d"), 0);
    cr_assert_str_eq(WALK(".", "./-"), "./- ./- ");
    cr_assert_eq(chdir(".."), 0);
}

Test(sources, links_are_followed_but_not_in_circles)
{
    mkdir("d", 0700);
    mkdir("d/sub", 0700);
    mkdir("other", 0700);
    file("other/1");
    file("x");
    cr_assert_eq(symlink("../x", "d/link"), 0);
    cr_assert_eq(symlink("../other", "d/others"), 0);
    cr_assert_eq(symlink("..", "d/sub/up"), 0);
    cr_assert_eq(symlink(".", "d/sub/here"), 0);
    cr_assert_eq(symlink("../d", "other/back"), 0);
    cr_assert_str_eq(WALK("d"), "d/link d/others/1 ");
    cr_assert_eq(symlink("loop", "d/loop"), 0);
    cr_assert_eq(symlink("nowhere", "d/nothing"), 0);
    cr_assert_str_eq(WALK("d"), "d/link ! ! d/others/1 ");
}

Test(sources, canonical_paths_are_absolute_and_without_links)
{
    mkdir("d", 0700);
    file("d/1");
    file("x");
    cr_assert_eq(symlink("../x", "d/link"), 0);
    cr_assert_eq(symlink("d", "alias"), 0);
    char *here = realpath(".", NULL), expected[4096];
    const char *arguments[] = {"./alias/../alias", "-"};
    static const char *const names[] = {"d/1", "x"};
    AUTO(sources) s = sources_new(arguments, 2);
    struct source found;
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(sources_next(s, &found, &err), STATUS_OK);
        snprintf(expected, sizeof expected, "%s/%s", here, names[i]);
        cr_assert_str_eq(found.canonical, expected);
        cr_assert(S_ISREG(found.info.st_mode));
        cr_assert_eq(found.info.st_size, 1);
    }
    cr_assert_eq(sources_next(s, &found, &err), STATUS_OK);
    cr_assert_str_eq(found.canonical, "-");
    free(here);
}

Test(sources, special_files_are_taken_only_when_named)
{
    mkdir("d", 0700);
    file("d/x");
    cr_assert_eq(mkfifo("d/fifo", 0600), 0);
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "d/socket"};
    cr_assert_eq(bind(s, (struct sockaddr *)&name, sizeof name), 0);
    cr_assert_eq(symlink("/dev/null", "d/null"), 0);
    cr_assert_str_eq(WALK("d"), "d/x ");
    cr_assert_str_eq(WALK("d/fifo", "/dev/null"), "d/fifo /dev/null ");
    close(s);
}

Test(sources, a_pipe_without_a_name_is_its_own_canonical_path)
{
    int ends[2];
    char path[64];
    cr_assert_eq(pipe(ends), 0);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    const char *arguments[] = {path};
    AUTO(sources) s = sources_new(arguments, 1);
    struct source found;
    cr_assert_eq(sources_next(s, &found, &err), STATUS_OK);
    cr_assert_str_eq(found.canonical, path);
}

Test(sources, what_is_not_there_is_told_and_the_walk_goes_on)
{
    file("x");
    cr_assert_str_eq(WALK("gone", "x", ""), "! x ! ");
    const char *arguments[] = {"gone"};
    AUTO(sources) s = sources_new(arguments, 1);
    struct source found;
    cr_assert_eq(sources_next(s, &found, &err), STATUS_SOURCE);
    cr_assert_str_eq(err.message,
                     "cannot open 'gone': No such file or directory");
    cr_assert_eq(err.status, STATUS_SOURCE);
}

Test(sources, what_may_not_be_read_is_told_and_the_walk_goes_on)
{
    mkdir("d", 0700);
    mkdir("d/b", 0700);
    file("d/a");
    file("d/b/1");
    file("d/c");
    chmod("d/a", 0);
    chmod("d/b", 0);
    if (geteuid() == 0)
        cr_assert_eq(chmod(".", 0755) || chmod("d", 0755) || seteuid(65534), 0);
    bool bound = access("d/a", R_OK) != 0;
    const char *found = WALK("d");
    if (getuid() == 0)
        cr_assert_eq(seteuid(0), 0);
    chmod("d/b", 0700);
    if (bound)
        cr_assert_str_eq(found, "! ! d/c ");
}

Test(sources, a_file_that_vanishes_in_the_walk_is_told)
{
    mkdir("d", 0700);
    file("d/1");
    file("d/2");
    file("d/3");
    const char *arguments[] = {"d"};
    AUTO(sources) s = sources_new(arguments, 1);
    struct source found;
    cr_assert_eq(sources_next(s, &found, &err), STATUS_OK);
    unlink("d/2");
    cr_assert_eq(sources_next(s, &found, &err), STATUS_SOURCE);
    cr_assert_eq(sources_next(s, &found, &err), STATUS_OK);
    cr_assert_str_eq(found.path, "d/3");
    sources_free(NULL);
}

Test(sources, deep_folders_are_walked)
{
    char path[2048] = "d";
    for (int i = 0; i < 200; i++) {
        mkdir(path, 0700);
        memcpy(path + strlen(path), "/d", sizeof "/d");
    }
    mkdir(path, 0700);
    AUTO_DONE(strbuf) expected = STRBUF_INIT(4096);
    strbuf_append_format(&expected, "%s/x ", path);
    char last[2100];
    snprintf(last, sizeof last, "%s/x", path);
    file(last);
    cr_assert_str_eq(WALK("d"), strbuf_string(&expected));
}

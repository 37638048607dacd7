#include "indexer/tables_best.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/tempdir.h"

static struct error err;
static char *parent;

static void begin(void)
{
    parent = tempdir_make();
}

static void end(void)
{
    tempdir_remove(parent);
}

TestSuite(tables_best, .init = begin, .fini = end);

/* --- tables of which the last file made has a byte that differs ---------- */

static char folder[512];
static const char *damaged_file;
static long damaged_at; /* from the end, if negative */

static enum status open_damaged(struct tables **out, const char *path,
                                size_t memory, struct error *e)
{
    snprintf(folder, sizeof folder, "%s", path);
    return tables_glass.open(out, path, memory, e);
}

static enum status finish_damaged(struct tables *t,
                                  struct manifest_segment *out, struct error *e)
{
    enum status status = tables_glass.finish(t, out, e);
    FILE *f = fopen(tempdir_file(folder, damaged_file), "r+b");
    fseek(f, damaged_at, damaged_at < 0 ? SEEK_END : SEEK_SET);
    int byte = getc(f);
    fseek(f, -1, SEEK_CUR);
    putc(byte ^ 1, f);
    fclose(f);
    return status;
}

static struct tables_format damaged;

static enum status open_as_damaged(struct tables **out, const char *path,
                                   size_t memory, struct error *e)
{
    enum status status = open_damaged(out, path, memory, e);
    if (status == STATUS_OK)
        (*out)->format = &damaged;
    return status;
}

static enum status open_failing(struct tables **out, const char *path,
                                size_t memory, struct error *e)
{
    (void)out;
    (void)path;
    (void)memory;
    return error_set(e, STATUS_IO, "no space left for tests");
}

/* --- what is chosen ------------------------------------------------------ */

static struct tables_choice choose(const struct tables_format *first)
{
    struct tables_choice choice = {.format = NULL};
    cr_assert_eq(tables_best_choose(&choice, first, parent, &err), STATUS_OK,
                 "%s", err.message);
    cr_assert_eq(rmdir(parent), 0, "the folder is not empty");
    cr_assert_eq(mkdir(parent, 0777), 0);
    return choice;
}

Test(tables_best, this_xapian_reads_what_is_written_directly)
{
    const struct tables_choice choice = choose(&tables_glass);
    cr_assert_eq(choice.format, &tables_glass);
    cr_assert_eq(choice.obstacle.status, STATUS_OK);
}

Test(tables_best, and_what_it_writes_itself)
{
    cr_assert_eq(choose(&tables_api).format, &tables_api);
}

Test(tables_best, a_damaged_byte_anywhere_that_matters_means_the_other_way)
{
    static const struct {
        const char *file;
        long at;
    } bytes[] = {
        {"iamglass", 0},         /* magic */
        {"iamglass", 15},        /* version */
        {"iamglass", -8},        /* documents */
        {"postlist.glass", 4},   /* level */
        {"postlist.glass", -80}, /* a deflated item */
        {"docdata.glass", -30},  /* data */
        {"docdata.glass", 13},   /* directory */
    };
    damaged = tables_glass;
    damaged.open = open_as_damaged;
    damaged.finish = finish_damaged;
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
        damaged_file = bytes[i].file;
        damaged_at = bytes[i].at;
        const struct tables_choice choice = choose(&damaged);
        cr_assert_eq(choice.format, &tables_api, "'%s' at %ld", bytes[i].file,
                     bytes[i].at);
        cr_assert_neq(choice.obstacle.status, STATUS_OK);
        cr_assert_neq(choice.obstacle.message[0], '\0');
    }
}

Test(tables_best, what_cannot_be_written_is_an_error)
{
    struct tables_choice choice;
    damaged = tables_glass;
    damaged.open = open_failing;
    cr_assert_eq(tables_best_choose(&choice, &damaged, parent, &err),
                 STATUS_IO);
    cr_assert_str_eq(err.message, "no space left for tests");
    cr_assert_eq(rmdir(parent), 0);
    cr_assert_eq(tables_best_choose(&choice, &tables_glass, parent, &err),
                 STATUS_IO);
    cr_assert(strstr(err.message, parent));
    cr_assert_eq(mkdir(parent, 0777), 0);
}

Test(tables_best, opens_what_it_has_found_to_be_best)
{
    struct tables *t = NULL;
    cr_assert_eq(tables_best.open(&t, parent, 1, &err), STATUS_OK);
    cr_assert_eq(t->format, &tables_glass);
    t->format->free(t);
    cr_assert_eq(tables_best_obstacle().status, STATUS_OK);
}

Test(tables_best, tries_again_after_an_error)
{
    struct tables *t = NULL;
    const char *missing = tempdir_file(parent, "missing");
    cr_assert_eq(tables_best.open(&t, missing, 1, &err), STATUS_IO);
    cr_assert_eq(tables_best.open(&t, parent, 1, &err), STATUS_OK);
    t->format->free(t);
}

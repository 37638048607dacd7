#include "common/message.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static struct messages messages;
static char *shown;
static size_t shown_len;

static void start(void)
{
    message_init(&messages, "morgue-try", open_memstream(&shown, &shown_len));
}

static void expect(const char *text)
{
    fclose(messages.stream);
    cr_assert_str_eq(shown, text);
    free(shown);
    start();
}

TestSuite(message, .init = start);

Test(message, carries_the_name_of_the_program)
{
    message_error(&messages, "cannot open '%s': %s", "x", "no such thing");
    expect("morgue-try: cannot open 'x': no such thing\n");
    message_warning(&messages, "odd");
    expect("morgue-try: warning: odd\n");
}

Test(message, quiet_leaves_errors_only_and_verbose_shows_all)
{
    messages.level = MESSAGE_QUIET;
    message_warning(&messages, "w");
    message_note(&messages, "n");
    message_detail(&messages, "d");
    message_error(&messages, "e");
    expect("morgue-try: e\n");
    message_note(&messages, "n");
    message_detail(&messages, "d");
    expect("morgue-try: n\n");
    messages.level = MESSAGE_VERBOSE;
    message_detail(&messages, "d");
    expect("morgue-try: d\n");
}

Test(message, remembers_that_an_error_was_shown)
{
    message_warning(&messages, "w");
    message_note(&messages, "n");
    cr_assert_not(messages.failed);
    message_error(&messages, "e");
    cr_assert(messages.failed);
}

Test(message, control_characters_are_shown_and_not_sent)
{
    message_error(&messages, "'%s'",
                  "a\x1b[31m\nmorgue-try: all is well\r\x7f");
    expect("morgue-try: 'a\\x1B[31m\\x0Amorgue-try: all is well\\x0D\\x7F'\n");
    message_error(&messages, "%s", "\xc2\x9b \xe2\x80\xae \xff \xc3\xbc");
    expect("morgue-try: \\xC2\\x9B \\xE2\\x80\\xAE \\xFF \xc3\xbc\n");
}

Test(message, of_any_length_ends_its_line)
{
    char *longest = malloc(100001);
    memset(longest, '\x01', 100000);
    longest[100000] = '\0';
    message_error(&messages, "%s", longest);
    free(longest);
    fclose(messages.stream);
    cr_assert_gt(shown_len, 4000);
    cr_assert_eq(shown[shown_len - 1], '\n');
    free(shown);
}

Test(message, lines_keep_their_breaks_and_nothing_else)
{
    message_lines(&messages, text_from("gas (price\n    ^\x1b"));
    expect("gas (price\n    ^\\x1B\n");
    message_lines(&messages, text_from("one\n\ntwo\n"));
    expect("one\n\ntwo\n");
    message_lines(&messages, text_from(""));
    expect("");
}

static void *shout(void *context)
{
    (void)context;
    for (int i = 0; i < 1000; i++)
        message_warning(&messages, "%s", "0123456789012345678901234567890");
    return NULL;
}

Test(message, those_of_several_threads_stay_apart)
{
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, shout, NULL);
    for (size_t i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    fclose(messages.stream);
    struct text rest = {shown, shown_len}, line;
    size_t lines = 0;
    while (rest.len > 0 && text_split(&rest, '\n', &line)) {
        cr_assert(text_is(line, "morgue-try: warning: "
                                "0123456789012345678901234567890"));
        lines++;
    }
    cr_assert_eq(lines, 4000);
    free(shown);
}

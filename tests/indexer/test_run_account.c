#include <criterion/criterion.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/manifest.h"
#include "indexer/intake.h"
#include "indexer/run.h"
#include "tests/support/tempdir.h"

/* In place of the indexer's own: reads three articles and loses one. */
enum status intake_run(struct intake *intake, struct error *err)
{
    (void)err;
    intake->summary->read = 3;
    intake->summary->added = 1;
    intake->summary->rejected = 1;
    return STATUS_OK;
}

Test(run_account, a_run_that_does_not_add_up_publishes_nothing)
{
    struct error err = ERROR_NONE;
    struct summary summary;
    struct messages messages;
    char *archive = tempdir_make();
    const char *const sources[] = {"x", NULL};
    const struct indexer_settings settings = {.archive = archive,
                                              .sources = (char *const *)sources,
                                              .merge_budget = -1,
                                              .jobs = 1,
                                              .memory = 1 << 20};
    message_init(&messages, "test", stderr);
    cr_assert_eq(run_index(&summary, &settings, &messages, &err),
                 STATUS_INTERNAL);
    cr_assert_str_eq(err.message, "the articles do not add up: 3 read, 2 "
                                  "accounted for; nothing was published");
    AUTO_DONE(manifest) m = {0};
    cr_assert_eq(manifest_load(&m, archive, &err), STATUS_OK);
    cr_assert_eq(m.generation, 1);
    cr_assert_neq(access(tempdir_file(archive, "runs.jsonl"), F_OK), 0);
    tempdir_remove(archive);
}

#include "searcher/advice.h"

void advice_ignored(struct messages *messages, const struct plan *plan)
{
    size_t count;
    const struct text *ignored = plan_ignored(plan, &count);
    for (size_t i = 0; i < count; i++)
        message_note(messages, "there is no word in '%.*s': left out",
                     TEXT_ARG(text_slice(ignored[i], 0, 100)));
}

static bool has_unknown_word(const struct plan *plan)
{
    size_t count;
    const struct plan_leaf *leaves = plan_leaves(plan, &count);
    for (size_t i = 0; i < count; i++)
        if (leaves[i].frequency == 0)
            return true;
    return false;
}

enum status advice_suggest(struct suggestion *out,
                           struct suggest_request *request,
                           const struct plan *plan,
                           const struct search_result *result,
                           struct error *err)
{
    if (result->end == SEARCH_TIMED_OUT ||
        (result->total > 0 && !has_unknown_word(plan)))
        return STATUS_OK;
    request->found =
        result->total > 0 ? SUGGEST_SOME_FOUND : SUGGEST_NOTHING_FOUND;
    return suggest_query(out, request, err);
}

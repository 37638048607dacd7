#include "searcher/plan_leaf.h"

#include <string.h>

#include "common/fields.h"
#include "common/record.h"
#include "common/strbuf.h"
#include "searcher/plan_checks.h"

struct text plan_leaf_term(struct arena *arena, const char *prefix,
                           struct text word)
{
    AUTO_DONE(strbuf) term = STRBUF_INIT(2 * ENGINE_TERM_MAX);
    strbuf_append_string(&term, prefix);
    strbuf_append(&term, text_slice(word, 0, ENGINE_TERM_MAX));
    return arena_text(arena,
                      text_slice(strbuf_text(&term), 0, ENGINE_TERM_MAX));
}

static struct engine_query *term_query(struct text term)
{
    return engine_query_term(term, 1);
}

/* --- a word of title or body --------------------------------------------- */

enum spelling { SPELLING_INFLECTED, SPELLING_EXACT, SPELLING_CAPITALS };

/* Which terms a word of a query stands for, and which words of the stream. */
struct word_terms {
    const char *prefixes[3];
    struct text words[3];
    struct matcher matchers[3];
    size_t count;
};

static void add(struct word_terms *t, const char *prefix, struct text word,
                enum matcher_kind kind)
{
    t->prefixes[t->count] = prefix;
    t->words[t->count] = word;
    t->matchers[t->count++] = (struct matcher){kind, word};
}

/* Of caps(COVID-19) only COVID has capitals to keep. */
static bool keeps_case(const struct word *w, enum spelling spelling)
{
    return spelling == SPELLING_CAPITALS ? w->caps.len > 0
                                         : words_is_dotted_capitals(w);
}

static struct word_terms terms_of(const struct word *w, enum spelling spelling,
                                  enum field field)
{
    const struct field_info *title = &fields[FIELD_TITLE];
    bool in_title = field == FIELD_TITLE;
    const char *stem = in_title ? title->stem_prefix : PREFIX_STEM;
    struct word_terms t = {.count = 0};
    if (keeps_case(w, spelling)) {
        add(&t, PREFIX_CAPS, w->caps, MATCHER_CAPS);
        t.matchers[0].text = w->word;
    } else if (spelling != SPELLING_INFLECTED || w->stem.len == 0) {
        add(&t, in_title ? title->prefix : "", w->word, MATCHER_WORD);
    } else {
        add(&t, stem, w->stem, MATCHER_STEM);
        if (w->alt_stem.len > 0)
            add(&t, stem, w->alt_stem, MATCHER_STEM);
    }
    return t;
}

/* What of the terms is in the title stands there a second time: so a mention
 * in the title counts twice, and the same articles match. (An AND_MAYBE would
 * have the engine look at every match, however few are wanted.) */
static struct engine_query *word_query(const struct leaf_planner *p,
                                       const struct word_terms *t,
                                       const struct word_terms *title)
{
    struct engine_query *parts[6];
    size_t count = 0;
    for (size_t i = 0; i < t->count; i++)
        parts[count++] =
            term_query(plan_leaf_term(p->arena, t->prefixes[i], t->words[i]));
    for (size_t i = 0; i < title->count; i++)
        parts[count++] = term_query(
            plan_leaf_term(p->arena, title->prefixes[i], title->words[i]));
    return engine_query_combine(ENGINE_SYNONYM, parts, count);
}

static struct planned_leaf plan_word(const struct leaf_planner *p,
                                     const struct word *w,
                                     enum spelling spelling, enum field field)
{
    struct word_terms t = terms_of(w, spelling, field);
    struct word_terms title = {.count = 0};
    if (field != FIELD_TITLE && !keeps_case(w, spelling))
        title = terms_of(w, spelling, FIELD_TITLE);
    struct planned_leaf leaf = {
        .query = word_query(p, &t, &title),
        .condition = condition_word(p->arena, t.matchers, t.count),
        .term = plan_leaf_term(p->arena, t.prefixes[0], t.words[0]),
    };
    if (field == FIELD_TITLE) {
        leaf.condition =
            condition_group(p->arena, CONDITION_TITLE, 0, &leaf.condition, 1);
        /* Terms tell that it is in the title, and that it is in capitals
         * somewhere, but not both at once. */
        leaf.check = keeps_case(w, spelling) ? LEAF_NEEDS_CHECK : LEAF_COMPLETE;
    }
    return leaf;
}

/* Several words next to each other: all of them, and in their order. */
static struct planned_leaf plan_sequence(const struct leaf_planner *p,
                                         const struct words *words,
                                         enum spelling spelling,
                                         enum field field)
{
    struct planned_leaf leaf = {0};
    struct engine_query **parts =
        arena_zeroed(p->arena, words->count, sizeof *parts);
    const struct condition **steps =
        arena_zeroed(p->arena, words->count, sizeof *steps);
    for (size_t i = 0; i < words->count; i++) {
        struct planned_leaf part =
            plan_word(p, &words->parts[i], spelling, field);
        parts[i] = part.query;
        steps[i] = part.condition;
        if (i == 0)
            leaf.term = part.term;
    }
    leaf.condition =
        condition_group(p->arena, CONDITION_PHRASE, 0, steps, words->count);
    leaf.query = engine_query_combine(ENGINE_AND, parts, words->count);
    leaf.check = LEAF_NEEDS_CHECK;
    return leaf;
}

/* covid-19 is found as covid19, too. */
static struct planned_leaf add_joined(const struct leaf_planner *p,
                                      struct planned_leaf leaf,
                                      const struct word *joined,
                                      enum spelling spelling, enum field field)
{
    struct planned_leaf other = plan_word(p, joined, spelling, field);
    struct engine_query *either[] = {other.query, leaf.query};
    const struct condition *anywhere[] = {other.condition, leaf.condition};
    leaf.query = engine_query_combine(ENGINE_OR, either, 2);
    leaf.condition = condition_group(p->arena, CONDITION_OR, 0, anywhere, 2);
    leaf.term = other.term;
    return leaf;
}

static enum spelling spelling_of(const struct query_node *node)
{
    if (node->kind == QUERY_CAPS)
        return SPELLING_CAPITALS;
    return node->quoted || node->kind == QUERY_PHRASE ? SPELLING_EXACT
                                                      : SPELLING_INFLECTED;
}

static struct planned_leaf plan_text(const struct leaf_planner *p,
                                     const struct query_node *node)
{
    enum spelling spelling = spelling_of(node);
    struct words words = words_analyze(p->analyzer, node->text, p->arena);
    if (words.count == 0)
        return (struct planned_leaf){0};
    if (words.count == 1)
        return plan_word(p, &words.parts[0], spelling, node->field);
    struct planned_leaf leaf = plan_sequence(p, &words, spelling, node->field);
    return words.joined && node->kind != QUERY_PHRASE
               ? add_joined(p, leaf, words.joined, spelling, node->field)
               : leaf;
}

/* --- other fields --------------------------------------------------------- */

static struct text name_term(const struct leaf_planner *p, enum field field,
                             const struct word *word)
{
    return plan_leaf_term(p->arena, fields[field].prefix, word->word);
}

/* Author, source, section: all words; next to each other if there are several,
 * which the stored record tells. jean-luc is found as Jeanluc, too. */
static struct planned_leaf plan_name(const struct leaf_planner *p,
                                     const struct query_node *node)
{
    struct words words = words_analyze(p->analyzer, node->text, p->arena);
    if (words.count == 0)
        return (struct planned_leaf){0};
    struct engine_query **parts =
        arena_zeroed(p->arena, words.count + 1, sizeof *parts);
    size_t count = 0;
    for (; count < words.count; count++)
        parts[count] =
            term_query(name_term(p, node->field, &words.parts[count]));
    if (count > 1)
        parts[count++] = plan_checks_name(p->checks, node->field, &words);
    struct engine_query *query = engine_query_combine(ENGINE_AND, parts, count);
    if (words.joined && node->kind == QUERY_WORD) {
        struct engine_query *either[] = {
            term_query(name_term(p, node->field, words.joined)), query};
        query = engine_query_combine(ENGINE_OR, either, 2);
    }
    return (struct planned_leaf){
        .query = engine_query_scale(query, 0),
        .term = name_term(p, node->field, &words.parts[0]),
    };
}

static struct planned_leaf plan_exact(const struct leaf_planner *p,
                                      const struct query_node *node)
{
    AUTO_DONE(strbuf) value = STRBUF_INIT(1 << 20);
    struct planned_leaf leaf = {0};
    if (node->field == FIELD_ID) {
        record_id_term(node->text, &value);
        leaf.term = plan_leaf_term(p->arena, "", strbuf_text(&value));
    } else if (node->field == FIELD_URL) {
        leaf.term =
            plan_leaf_term(p->arena, fields[FIELD_URL].prefix, node->text);
    } else {
        analyzer_fold_value(node->text, &value);
        leaf.term = plan_leaf_term(p->arena, fields[node->field].prefix,
                                   strbuf_text(&value));
    }
    leaf.query = engine_query_scale(term_query(leaf.term), 0);
    return leaf;
}

struct planned_leaf plan_leaf(const struct leaf_planner *planner,
                              const struct query_node *node)
{
    switch (node->field) {
    case FIELD_ANY:
    case FIELD_TITLE:
        return plan_text(planner, node);
    case FIELD_AUTHOR:
    case FIELD_SOURCE:
    case FIELD_SECTION:
        return plan_name(planner, node);
    default:
        return plan_exact(planner, node);
    }
}

#include "indexer/word_terms.h"

uint32_t word_terms_count(const struct word_count *w, enum word_term which)
{
    bool stem = w->lexeme->stem.len > 0;
    bool alt_stem = w->lexeme->alt_stem.len > 0;
    switch (which) {
    case WORD_TERM_WORD:
        return w->total;
    case WORD_TERM_STEM:
        return stem ? w->total : 0;
    case WORD_TERM_ALT_STEM:
        return alt_stem ? w->total : 0;
    case WORD_TERM_TITLE:
        return w->title;
    case WORD_TERM_TITLE_STEM:
        return stem ? w->title : 0;
    case WORD_TERM_TITLE_ALT_STEM:
        return alt_stem ? w->title : 0;
    default:
        return w->caps;
    }
}

static void set(struct strbuf *out, const char *prefix, struct text t)
{
    strbuf_reset(out);
    strbuf_append_string(out, prefix);
    strbuf_append(out, t);
}

void word_terms_text(const struct lexeme *l, enum word_term which,
                     struct strbuf *out)
{
    const struct field_info *title = &fields[FIELD_TITLE];
    switch (which) {
    case WORD_TERM_WORD:
        set(out, "", l->word);
        return;
    case WORD_TERM_STEM:
        set(out, PREFIX_STEM, l->stem);
        return;
    case WORD_TERM_ALT_STEM:
        set(out, PREFIX_STEM, l->alt_stem);
        return;
    case WORD_TERM_TITLE:
        set(out, title->prefix, l->word);
        return;
    case WORD_TERM_TITLE_STEM:
        set(out, title->stem_prefix, l->stem);
        return;
    case WORD_TERM_TITLE_ALT_STEM:
        set(out, title->stem_prefix, l->alt_stem);
        return;
    default: {
        AUTO_DONE(strbuf) caps = STRBUF_INIT(out->max);
        analyzer_caps_form(l, &caps);
        set(out, PREFIX_CAPS, strbuf_text(&caps));
    }
    }
}

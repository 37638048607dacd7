#include "searcher/marked.h"

#include "common/terminal.h"

void marked_append(struct strbuf *out, const struct snippet *s)
{
    size_t at = 0;
    for (size_t i = 0; i < s->mark_count; i++) {
        const struct range r = s->marks[i];
        terminal_append(out, text_slice(s->text, at, r.from - at),
                        TERMINAL_ONE_LINE);
        strbuf_append_char(out, MARKED_BEGINS);
        terminal_append(out, text_slice(s->text, r.from, r.to - r.from),
                        TERMINAL_ONE_LINE);
        strbuf_append_char(out, MARKED_ENDS);
        at = r.to;
    }
    terminal_append(out, text_slice(s->text, at, s->text.len),
                    TERMINAL_ONE_LINE);
}

/* Text as it may stand in an HTML page. Article text is hostile: nothing in it
 * may become markup, or a link that does something. */
#ifndef SEARCHER_HTML_H
#define SEARCHER_HTML_H

#include <stdbool.h>

#include "common/strbuf.h"
#include "common/text.h"
#include "searcher/snippet.h"

/* Appends text fit to be shown (common/terminal.h), its markup escaped; as the
 * content of an element or between double quotes. */
void html_append(struct strbuf *out, struct text t);

/* The same of a passage, its matches as <mark>. */
void html_append_marked(struct strbuf *out, const struct snippet *s);

/* Whether an address may be linked to: http or https, and nothing in it that
 * does not belong in an address. */
bool html_is_link(struct text address);

/* Whether it may stand in a `lang` attribute. */
bool html_is_language(struct text code);

#endif

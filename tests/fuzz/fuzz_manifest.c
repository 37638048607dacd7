/* A manifest of any bytes: parses or is refused, and what parses prints as the
 * same bytes again. Every input is tried as it is and once more with the
 * digest line that it ought to have, so that the digest hides nothing. */
#include <stdint.h>
#include <stdlib.h>

#include "common/manifest.h"
#include "common/strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_content(struct text content)
{
    AUTO_DONE(manifest) m = {.generation = 0};
    struct error err = ERROR_NONE;
    if (manifest_parse(&m, content, "fuzz", &err) != STATUS_OK) {
        if (err.status != STATUS_CORRUPT && err.status != STATUS_VERSION)
            abort();
        return;
    }
    AUTO_DONE(strbuf) printed = STRBUF_INIT(64 << 20);
    manifest_print(&m, &printed);
    if (!text_equal(strbuf_text(&printed), content))
        abort();
}

static void append_digest(struct strbuf *b)
{
    struct digest d = digest_of(strbuf_text(b));
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&d, hex);
    strbuf_append_format(b, "# digest %s\n", hex);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { DIGEST_LINE_SIZE = 42 };
    struct text content = text_make((const char *)data, size);
    try_content(content);
    AUTO_DONE(strbuf) repaired = STRBUF_INIT(64 << 20);
    if (size >= DIGEST_LINE_SIZE)
        content.len -= DIGEST_LINE_SIZE;
    strbuf_append(&repaired, content);
    append_digest(&repaired);
    try_content(strbuf_text(&repaired));
    return 0;
}

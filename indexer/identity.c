#include "indexer/identity.h"

#include <stdio.h>

#include "common/digest.h"
#include "common/strbuf.h"
#include "common/utf8.h"

static void add_part(struct digester *d, struct text part)
{
    digester_add_number(d, part.len);
    digester_add(d, part);
}

static struct text digest_id(const struct article *a, struct arena *arena)
{
    AUTO(digester) d = digester_new();
    add_part(d, a->source);
    digester_add_number(d, sizeof a->published);
    digester_add_number(d, (uint64_t)a->published);
    add_part(d, a->title);
    add_part(d, a->body);
    struct digest digest = digester_value(d);
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&digest, hex);
    char id[DIGEST_HEX_SIZE + 8];
    snprintf(id, sizeof id, "xxh3:%s", hex);
    return arena_text(arena, text_from(id));
}

void identity_assign(struct article *article, enum identity_file file,
                     struct text path, struct arena *arena)
{
    if (article->id.len > 0)
        return;
    if (article->url.len > 0)
        article->id = article->url;
    else if (file == IDENTITY_ONE_A_FILE && path.len > 0)
        article->id = identity_path(path, arena);
    else
        article->id = digest_id(article, arena);
}

struct text identity_path(struct text path, struct arena *arena)
{
    if (utf8_is_valid(path))
        return arena_text(arena, path);
    AUTO_DONE(strbuf) out = STRBUF_INIT(3 * path.len);
    size_t length;
    for (size_t at = 0; at < path.len; at += length) {
        if (utf8_decode(path, at, &length) != UTF8_INVALID) {
            strbuf_append(&out, text_slice(path, at, length));
            continue;
        }
        for (size_t i = 0; i < length; i++)
            strbuf_append_format(&out, "%%%02X",
                                 (unsigned)(unsigned char)path.ptr[at + i]);
    }
    return arena_text(arena, strbuf_text(&out));
}

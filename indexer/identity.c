#include "indexer/identity.h"

#include <stdio.h>

#include "common/digest.h"

static void add_part(struct digester *d, struct text part)
{
    uint64_t len = part.len;
    digester_add(d, text_make((const char *)&len, sizeof len));
    digester_add(d, part);
}

static struct text digest_id(const struct article *a, struct arena *arena)
{
    AUTO(digester) d = digester_new();
    add_part(d, a->source);
    add_part(d, text_make((const char *)&a->published, sizeof a->published));
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
        article->id = arena_text(arena, path);
    else
        article->id = digest_id(article, arena);
}

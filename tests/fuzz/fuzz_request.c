/* Any bytes as a request: refused with a message, or read to settings that keep
 * the limits of the protocol. An id is a part of the line. */
#include <stdlib.h>
#include <string.h>

#include "searcher/serve/request.h"
#include "tests/fuzz/fuzz.h"

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void check_limits(const struct request *q)
{
    const struct searcher_settings *s = &q->settings;
    require(s->limit >= 0 && s->limit <= REQUEST_LIMIT_MAX);
    require(s->offset >= 0 && s->offset <= REQUEST_OFFSET_MAX);
    require(s->top >= 1 && s->top <= REQUEST_TOP_MAX);
    require(s->timeout_s > 0 && s->timeout_s <= 10);
    require(s->facets.count <= FACET_KINDS);
    require(!q->query || strlen(q->query) <= REQUEST_SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct text line = {(const char *)data, size};
    struct searcher_settings base = SETTINGS_USUAL;
    struct error err = ERROR_NONE;
    struct request request;
    AUTO_DONE(arena) arena = ARENA_INIT;
    base.timeout_s = 10;
    const struct text id = request_id(line);
    if (id.len > 0)
        require(id.ptr > line.ptr && id.ptr + id.len < line.ptr + line.len);
    if (request_read(&request, line, &base, &arena, &err) == STATUS_OK)
        check_limits(&request);
    else
        require(err.status == STATUS_USAGE && err.message[0] != '\0');
    return 0;
}

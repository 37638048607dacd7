#include "indexer/resume.h"

#include "indexer/prefix.h"

bool resume_find(struct ledger_reading *out, const struct ledger *ledger,
                 const struct source *source)
{
    struct error ignored = ERROR_NONE;
    struct digest now;
    struct ledger_reading known;
    if (!S_ISREG(source->info.st_mode) ||
        !ledger_has_grown(ledger, source->canonical, &source->info, &known) ||
        prefix_digest(&now, source->path, known.place.input.raw, &ignored) !=
            STATUS_OK ||
        !digest_equal(&now, &known.prefix))
        return false;
    *out = known;
    return true;
}

static bool find_place(struct ledger_reading *out,
                       const struct resume_reading *reading)
{
    struct error ignored = ERROR_NONE;
    return reading->reader && reader_find_place(reading->reader, &out->place) &&
           prefix_digest(&out->prefix, reading->source->path,
                         out->place.input.raw, &ignored) == STATUS_OK;
}

enum status resume_note(struct ledger *ledger,
                        const struct resume_reading *reading, struct error *err)
{
    struct stat info = reading->source->info;
    struct ledger_reading noted = {.info = &info,
                                   .articles = reading->articles};
    if (!S_ISREG(info.st_mode))
        return STATUS_OK;
    if (!find_place(&noted, reading)) {
        noted.place = (struct reader_place){.line = 0};
        if (reading->extent == RESUME_PART)
            return STATUS_OK;
    }
    if (reading->extent == RESUME_PART) {
        /* It never looked like this, so it will not pass for unchanged. */
        info.st_size = (off_t)noted.place.input.raw;
        info.st_mtim = (struct timespec){0, 0};
    }
    return ledger_note(ledger, reading->source->canonical, &noted, err);
}

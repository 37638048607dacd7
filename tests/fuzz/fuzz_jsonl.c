/* JSON Lines, of which every record is inside the input. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct fuzz_reading how = {
        .format = "jsonl", .article_max = 4096, .has_places = true};
    return fuzz_reading(&how, data, size);
}

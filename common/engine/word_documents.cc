#include "common/engine/word_documents.hh"

uint32_t engine::either(uint32_t a, uint32_t b, uint32_t documents)
{
    double x = a, y = b;
    return static_cast<uint32_t>(x + y - (x * y / documents) + 0.5);
}

bool engine::documents::open(const word &word, const part &part)
{
    for (; count < word.count; count++)
        if (!terms[count].open(part.files.postlist.get(), word.terms[count]))
            return false;
    least = word.least;
    frequency = terms[0].frequency();
    if (count == 2)
        frequency = either(frequency, terms[1].frequency(), part.documents);
    return true;
}

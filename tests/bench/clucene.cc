/* clucene FILE FOLDER: an index of articles by CLucene: its standard analyzer,
 * title and body with positions and stored, the id stored. FILE has an id, a
 * title and a body after the other, each ended by a NUL. */
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <CLucene.h>

namespace
{

enum { FIELDS = 3, LENGTH_MAX = 1 << 30 };

const wchar_t *const names[FIELDS] = {L"id", L"title", L"body"};

std::string read_all(const char *path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot open the articles");
    return {std::istreambuf_iterator<char>(in), {}};
}

lucene::document::Field *field(int number, const char *text, size_t len)
{
    using lucene::document::Field;
    std::vector<wchar_t> wide(len + 1);
    if (std::mbstowcs(wide.data(), text, len + 1) == static_cast<size_t>(-1))
        throw std::runtime_error("an article is not UTF-8");
    int how = number == 0 ? Field::INDEX_UNTOKENIZED : Field::INDEX_TOKENIZED;
    return new Field(names[number], wide.data(), Field::STORE_YES | how);
}

void index(const std::string &articles, const char *folder)
{
    lucene::analysis::standard::StandardAnalyzer analyzer;
    lucene::index::IndexWriter writer(folder, &analyzer, true);
    writer.setMaxFieldLength(LENGTH_MAX);
    writer.setUseCompoundFile(false);
    writer.setRAMBufferSizeMB(256);
    for (size_t at = 0; at < articles.size();) {
        lucene::document::Document document;
        for (int number = 0; number < FIELDS; number++) {
            size_t len = articles.find('\0', at) - at;
            document.add(*field(number, articles.data() + at, len));
            at += len + 1;
        }
        writer.addDocument(&document);
    }
    writer.close();
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::fputs("usage: clucene FILE FOLDER\n", stderr);
        return 2;
    }
    try {
        if (!std::setlocale(LC_CTYPE, "C.UTF-8"))
            throw std::runtime_error("there is no locale C.UTF-8");
        index(read_all(argv[1]), argv[2]);
        return 0;
    } catch (const CLuceneError &error) {
        std::fprintf(stderr, "clucene: %s\n",
                     const_cast<CLuceneError &>(error).what());
    } catch (const std::exception &error) {
        std::fprintf(stderr, "clucene: %s\n", error.what());
    }
    return 2;
}

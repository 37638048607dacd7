/* What sources that go through the documents of a segment have in common:
 * whoever inherits says what going to one of them means. */
#ifndef COMMON_ENGINE_DOCUMENT_SOURCE_HH
#define COMMON_ENGINE_DOCUMENT_SOURCE_HH

#include <algorithm>

#include <xapian.h>

namespace engine
{

class document_source : public Xapian::PostingSource
{
  protected:
    Xapian::doccount documents = 0;
    Xapian::docid docid = 0, last = 0;

    /* To a document at or after `wanted`, or to the end. */
    virtual void go_to(Xapian::docid wanted) = 0;

  public:
    void init(const Xapian::Database &db) override
    {
        documents = db.get_doccount();
        last = db.get_lastdocid();
        docid = 0;
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }

    /* An AND asks its rarest part first, and these are to be the last. */
    Xapian::doccount get_termfreq_est() const override
    {
        return documents;
    }

    Xapian::doccount get_termfreq_max() const override
    {
        return documents;
    }

    Xapian::docid get_docid() const override
    {
        return docid;
    }

    bool at_end() const override
    {
        return docid > last;
    }

    void next(double) override
    {
        go_to(docid + 1);
    }

    void skip_to(Xapian::docid wanted, double) override
    {
        go_to(std::max(wanted, docid));
    }

    bool check(Xapian::docid wanted, double) override
    {
        go_to(wanted);
        return true;
    }
};

} // namespace engine

#endif

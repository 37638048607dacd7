/* What sources that go through the documents of a segment have in common. */
#ifndef COMMON_ENGINE_DOCUMENT_SOURCE_HH
#define COMMON_ENGINE_DOCUMENT_SOURCE_HH

#include <xapian.h>

namespace engine
{

class document_source : public Xapian::PostingSource
{
  protected:
    Xapian::doccount documents = 0;
    Xapian::docid docid = 0, last = 0;

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
};

} // namespace engine

#endif

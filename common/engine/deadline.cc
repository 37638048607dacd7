#include "common/engine/deadline.hh"

#include "common/engine/document_source.hh"

namespace
{

class UntilSource : public engine::document_source
{
    std::shared_ptr<engine::deadline> deadline;

    void go_to(Xapian::docid wanted) override
    {
        docid = deadline->passed() ? last + 1 : wanted;
    }

  public:
    explicit UntilSource(std::shared_ptr<engine::deadline> deadline_)
        : deadline(std::move(deadline_))
    {
    }

    UntilSource *clone() const override
    {
        return new UntilSource(deadline);
    }

    /* Behind checks that have come to their end, too, and may stand below a
     * NOT: an AND asks its rarest part first. */
    Xapian::doccount get_termfreq_est() const override
    {
        return documents + 1;
    }

    std::string get_description() const override
    {
        return "deadline";
    }
};

} // namespace

Xapian::Query engine::until(const Xapian::Query &query,
                            const std::shared_ptr<engine::deadline> &deadline)
{
    auto source = new UntilSource(deadline);
    return Xapian::Query(Xapian::Query::OP_FILTER, query,
                         Xapian::Query(source->release()));
}

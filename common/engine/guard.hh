/* The wall between C++ and C. Every entry point of the engine that can fail is
 *
 *     return guarded(err, [&] { ...; return STATUS_OK; });
 *
 * so that no exception passes a C frame and every one becomes a status. This
 * is the only header with a try block. */
#ifndef COMMON_ENGINE_GUARD_HH
#define COMMON_ENGINE_GUARD_HH

#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <typeinfo>

#include <xapian.h>

extern "C" {
#include "common/error.h"
#include "common/mem.h"
}

namespace engine
{

/* Xapian keeps the text of errno, not its number. */
inline bool says_missing(const Xapian::Error &e)
{
    const char *reason = e.get_error_string();
    return reason && strcmp(reason, strerror(ENOENT)) == 0;
}

inline enum status fail(struct error *err, enum status status,
                        const Xapian::Error &e)
{
    const char *reason = e.get_error_string();
    const char *type = status == STATUS_INTERNAL ? e.get_type() : "";
    return error_set(err, status, "%s%s%s%s%s", type, *type ? ": " : "",
                     e.get_msg().c_str(), reason ? ": " : "",
                     reason ? reason : "");
}

/* What the exception in flight means. Derived classes come before their
 * bases. A damaged table shows as a DatabaseError of which the operating
 * system knows nothing, as numbers that make no sense, or as a missing
 * document: only docids in range are asked for, and segments have no gaps. */
inline enum status classify(struct error *err) noexcept
{
    try {
        throw;
    } catch (const std::bad_alloc &) {
        return error_set(err, STATUS_NO_MEMORY, "out of memory");
    } catch (const Xapian::DatabaseLockError &e) {
        return fail(err, STATUS_BUSY, e);
    } catch (const Xapian::DatabaseCorruptError &e) {
        return fail(err, STATUS_CORRUPT, e);
    } catch (const Xapian::DatabaseVersionError &e) {
        return fail(err, STATUS_CORRUPT, e);
    } catch (const Xapian::DatabaseNotFoundError &e) {
        return fail(err, STATUS_STALE, e);
    } catch (const Xapian::DatabaseOpeningError &e) {
        return fail(err, says_missing(e) ? STATUS_STALE : STATUS_IO, e);
    } catch (const Xapian::DatabaseCreateError &e) {
        return fail(err, e.get_error_string() ? STATUS_IO : STATUS_EXISTS, e);
    } catch (const Xapian::DatabaseError &e) {
        return fail(err, e.get_error_string() ? STATUS_IO : STATUS_CORRUPT, e);
    } catch (const Xapian::DocNotFoundError &e) {
        return fail(err, STATUS_CORRUPT, e);
    } catch (const Xapian::RangeError &e) {
        return fail(err, STATUS_CORRUPT, e);
    } catch (const Xapian::SerialisationError &e) {
        return fail(err, STATUS_CORRUPT, e);
    } catch (const Xapian::RuntimeError &e) {
        return fail(err, STATUS_IO, e);
    } catch (const Xapian::Error &e) {
        return fail(err, STATUS_INTERNAL, e);
    } catch (const std::exception &e) {
        return error_set(err, STATUS_INTERNAL, "%s: %s", typeid(e).name(),
                         e.what());
    } catch (...) {
        return error_set(err, STATUS_INTERNAL, "unknown exception");
    }
}

template <typename Body>
enum status guarded(struct error *err, Body &&body) noexcept
{
    try {
        return body();
    } catch (...) {
        return classify(err);
    }
}

/* For what has no way to fail but want of memory, which ends the program. */
template <typename Body> auto unfailing(Body &&body) noexcept
{
    try {
        return body();
    } catch (const std::bad_alloc &) {
        mem_exhausted(0);
    }
}

} // namespace engine

#endif

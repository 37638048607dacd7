/* What is shown, or all that was found, written to a new file in the format
 * that its name ends in. */
#ifndef SEARCHER_SESSION_EXPORT_H
#define SEARCHER_SESSION_EXPORT_H

#include <stdint.h>

#include "common/compiler.h"
#include "common/error.h"
#include "searcher/finding.h"

enum export_extent { EXPORT_PAGE, EXPORT_ALL };

struct export_request {
    struct finding *found;
    const struct searcher_settings *settings;
    const char *path;
    enum export_extent extent;
};

/* STATUS_USAGE for a name that says no format, STATUS_EXISTS for a file that is
 * there already. A file that could not be written whole is removed. */
enum status export_write(const struct export_request *request,
                         struct error *err) NODISCARD;

#endif

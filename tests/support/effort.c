#include "tests/support/effort.h"

#include <stdlib.h>

enum { LONGER = 20, DEARER = 4 };

unsigned effort(unsigned usual)
{
    const char *longer = getenv("MORGUE_LONG");
    if (longer && *longer)
        return usual * LONGER;
#ifdef __SANITIZE_ADDRESS__
    return usual > DEARER ? usual / DEARER : 1;
#else
    return usual;
#endif
}

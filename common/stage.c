#include "common/stage.h"

_Thread_local volatile enum stage stage_now = STAGE_OTHER;

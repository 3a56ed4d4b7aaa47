#ifndef ASSAY_CREADSTAT_SHIM_H
#define ASSAY_CREADSTAT_SHIM_H

#include <sys/types.h>
#include <time.h>
#include <readstat.h>

#endif

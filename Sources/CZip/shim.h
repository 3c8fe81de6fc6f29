#ifndef CAUSEWAY_CZIP_H
#define CAUSEWAY_CZIP_H

#include <zip.h>

#endif

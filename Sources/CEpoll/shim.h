// epoll(7), which Swift's module of the C library leaves out.
#ifndef CAUSEWAY_EPOLL_SHIM_H
#define CAUSEWAY_EPOLL_SHIM_H

#include <sys/epoll.h>

#endif

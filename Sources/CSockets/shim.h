#ifndef CAUSEWAY_CSOCKETS_H
#define CAUSEWAY_CSOCKETS_H

// What Linux offers for sockets beyond POSIX and what Swift's Glibc module does not show.

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// glibc declares it only under _GNU_SOURCE, which a module cannot set for headers that other modules own.
extern int accept4(int, struct sockaddr *, socklen_t *, int);

#endif

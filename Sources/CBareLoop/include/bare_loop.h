#ifndef CAUSEWAY_BARE_LOOP_H
#define CAUSEWAY_BARE_LOOP_H

#include <stddef.h>
#include <stdint.h>

// The least that a server on epoll can do: for every request head the same bytes. It checks nothing, allows a head
// to come in pieces, and knows no bodies. The yardstick for plain requests; nobody should serve with it.

typedef struct bare_loop bare_loop;

// Listens on a free port of the loopback interface with `threads` loops (1...64), each with a listener of its own.
// `answer` is copied. With `closes` a connection is closed after one answer. NULL on failure, with errno set.
bare_loop *bare_loop_start(const void *answer, size_t length, int threads, int closes);

uint16_t bare_loop_port(const bare_loop *loop);

// Closes the listeners, ends the threads and frees everything. No connection may be in use.
void bare_loop_stop(bare_loop *loop);

#endif

#define _GNU_SOURCE
#include "bare_loop.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { max_threads = 64, max_descriptors = 1 << 16, events_per_wait = 256, read_bytes = 64 << 10 };

struct bare_loop {
    char *answer;
    size_t length;
    int closes;
    int threads;
    uint16_t port;
    atomic_int stopping;
    int listeners[max_threads];
    pthread_t ids[max_threads];
    // How much of "\r\n\r\n" each connection has sent so far, by descriptor.
    unsigned char matched[max_descriptors];
};

struct worker {
    bare_loop *loop;
    int listener;
};

static int listen_on(uint16_t *port) {
    int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(*port)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0) return -1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, 4096) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        close(listener);
        return -1;
    }
    *port = ntohs(address.sin_port);
    return listener;
}

static int heads_in(bare_loop *loop, int descriptor, const char *bytes, ssize_t count) {
    unsigned char matched = loop->matched[descriptor];
    int heads = 0;
    for (ssize_t index = 0; index < count; index++) {
        char byte = bytes[index];
        if (byte == "\r\n\r\n"[matched]) {
            if (++matched == 4) {
                matched = 0;
                heads++;
            }
        } else {
            matched = byte == '\r';
        }
    }
    loop->matched[descriptor] = matched;
    return heads;
}

static void accept_all(bare_loop *loop, int listener, int poll) {
    int on = 1;
    for (;;) {
        int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0) return;
        if (descriptor >= max_descriptors) {
            close(descriptor);
            continue;
        }
        loop->matched[descriptor] = 0;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = descriptor};
        epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event);
    }
}

static void answer(bare_loop *loop, int descriptor, char *buffer) {
    ssize_t count = recv(descriptor, buffer, read_bytes, 0);
    if (count <= 0) {
        if (count == 0 || errno != EAGAIN) close(descriptor);
        return;
    }
    for (int heads = heads_in(loop, descriptor, buffer, count); heads > 0; heads--) {
        // An answer that doesn't fit the socket's buffer ends the connection: no reader of ours is that slow.
        if (send(descriptor, loop->answer, loop->length, MSG_NOSIGNAL) != (ssize_t)loop->length || loop->closes) {
            close(descriptor);
            return;
        }
    }
}

static void *run(void *argument) {
    struct worker worker = *(struct worker *)argument;
    bare_loop *loop = worker.loop;
    struct epoll_event events[events_per_wait];
    char *buffer = malloc(read_bytes);
    int poll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = worker.listener};
    free(argument);
    epoll_ctl(poll, EPOLL_CTL_ADD, worker.listener, &event);
    while (buffer && !atomic_load(&loop->stopping)) {
        int count = epoll_wait(poll, events, events_per_wait, 50);
        for (int index = 0; index < count; index++) {
            int descriptor = events[index].data.fd;
            if (descriptor == worker.listener)
                accept_all(loop, worker.listener, poll);
            else
                answer(loop, descriptor, buffer);
        }
    }
    close(poll);
    free(buffer);
    return NULL;
}

static int start_thread(bare_loop *loop) {
    int index = loop->threads;
    struct worker *worker = malloc(sizeof *worker);
    loop->listeners[index] = listen_on(&loop->port);
    if (worker && loop->listeners[index] >= 0) {
        *worker = (struct worker){loop, loop->listeners[index]};
        if (pthread_create(&loop->ids[index], NULL, run, worker) == 0) {
            loop->threads++;
            return 1;
        }
    }
    if (loop->listeners[index] >= 0) close(loop->listeners[index]);
    free(worker);
    return 0;
}

bare_loop *bare_loop_start(const void *answer, size_t length, int threads, int closes) {
    bare_loop *loop = calloc(1, sizeof *loop);
    if (!loop) return NULL;
    loop->answer = malloc(length ? length : 1);
    if (!loop->answer) {
        free(loop);
        return NULL;
    }
    memcpy(loop->answer, answer, length);
    loop->length = length;
    loop->closes = closes;
    for (int index = 0; index < threads && index < max_threads; index++) {
        if (!start_thread(loop)) {
            int reason = errno;
            bare_loop_stop(loop);
            errno = reason;
            return NULL;
        }
    }
    return loop;
}

uint16_t bare_loop_port(const bare_loop *loop) { return loop->port; }

void bare_loop_stop(bare_loop *loop) {
    atomic_store(&loop->stopping, 1);
    for (int index = 0; index < loop->threads; index++) {
        pthread_join(loop->ids[index], NULL);
        close(loop->listeners[index]);
    }
    free(loop->answer);
    free(loop);
}

/*
 * Gives programs that know no proxies a way through one: whoever connects to PORT of the loopback
 * interface is connected to HOST:PORT by a CONNECT to the proxy. A thread for each connection.
 *
 *     connect-adapter PORT PROXY_PORT HOST:PORT
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUFFER_BYTES = 65536 };

static int proxy_port;
static const char *target;

static struct sockaddr_in loopback(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static void send_at_once(int socket) {
    int one = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

static int write_all(int to, const char *bytes, ssize_t length) {
    while (length > 0) {
        ssize_t written = write(to, bytes, length);
        if (written <= 0) {
            return 0;
        }
        bytes += written;
        length -= written;
    }
    return 1;
}

/* Opens the tunnel; reads no byte behind the answer's head. */
static int open_tunnel(int proxy) {
    char text[1024];
    int length = snprintf(text, sizeof text, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n", target, target);
    if (!write_all(proxy, text, length)) {
        return 0;
    }
    char last[4] = {0};
    while (memcmp(last, "\r\n\r\n", sizeof last) != 0) {
        memmove(last, last + 1, sizeof last - 1);
        if (read(proxy, last + 3, 1) != 1) {
            return 0;
        }
    }
    return 1;
}

static void carry(int client, int proxy) {
    char buffer[BUFFER_BYTES];
    struct pollfd ends[2] = {{client, POLLIN, 0}, {proxy, POLLIN, 0}};
    while (poll(ends, 2, -1) > 0) {
        for (int i = 0; i < 2; i++) {
            if (ends[i].revents != 0) {
                ssize_t count = read(ends[i].fd, buffer, sizeof buffer);
                if (count <= 0 || !write_all(ends[1 - i].fd, buffer, count)) {
                    return;
                }
            }
        }
    }
}

static void *serve(void *argument) {
    int client = (int)(long)argument;
    int proxy = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = loopback(proxy_port);
    if (connect(proxy, (struct sockaddr *)&address, sizeof address) == 0) {
        send_at_once(client);
        send_at_once(proxy);
        if (open_tunnel(proxy)) {
            carry(client, proxy);
        }
    }
    close(client);
    close(proxy);
    return NULL;
}

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "usage: connect-adapter PORT PROXY_PORT HOST:PORT\n");
        return 2;
    }
    proxy_port = atoi(arguments[2]);
    target = arguments[3];
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = loopback(atoi(arguments[1]));
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 1024) != 0) {
        perror("connect-adapter");
        return 1;
    }
    for (;;) {
        int client = accept(listener, NULL, NULL);
        pthread_t thread;
        if (client >= 0 && pthread_create(&thread, NULL, serve, (void *)(long)client) == 0) {
            pthread_detach(thread);
        }
    }
}

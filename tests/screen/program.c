#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "settle.h"

static void queue_bytes(const char *bytes, size_t len_bytes, void *context)
{
    struct program *program = context;
    char *longer = realloc(program->queue, program->len_queue + len_bytes + 1);
    if (!longer)
        abort();
    memcpy(longer + program->len_queue, bytes, len_bytes);
    program->queue = longer;
    program->len_queue += len_bytes;
    if (len_bytes > 0)
        program->escape_last = bytes[len_bytes - 1] == '\033';
}

/* ---- starting and ending ---- */

static bool open_terminal(struct program *program)
{
    char name[64];
    program->slave = -1;
    program->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (program->master < 0 || grantpt(program->master) != 0 || unlockpt(program->master) != 0 ||
        ptsname_r(program->master, name, sizeof name) != 0)
        return false;
    program->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    return program->slave >= 0;
}

static void become(int slave, char *const *command)
{
    setsid();
    ioctl(slave, TIOCSCTTY, 0);
    for (int fd = 0; fd <= 2; fd++)
        dup2(slave, fd);
    execvp(command[0], command);
    _exit(127);
}

bool program_start(struct program *program, char *const *command, int rows, int columns)
{
    program_release(program);
    if (!open_terminal(program)) {
        program_hang_up(program);
        return false;
    }
    program->screen = screen_new(rows, columns, queue_bytes, program);
    program_resize(program, rows, columns);
    program->process = fork();
    if (program->process == 0)
        become(program->slave, command);
    return program->process > 0;
}

void program_hang_up(struct program *program)
{
    if (program->slave >= 0)
        close(program->slave);
    if (program->master >= 0)
        close(program->master);
    program->master = program->slave = -1;
}

/* Has it ended? Takes note of what it used. */
static bool reap(struct program *program, int options)
{
    struct rusage usage;
    if (program->ended || wait4(program->process, &program->status, options, &usage) <= 0)
        return false;
    program->ended = true;
    program->len_queue = 0;
    program->cpu_us = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL +
                      usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    return true;
}

void program_kill(struct program *program)
{
    if (program->process <= 0 || program->ended)
        return;
    kill(program->process, SIGKILL);
    reap(program, 0);
}

void program_release(struct program *program)
{
    program_kill(program);
    if (program->process > 0)
        program_hang_up(program);
    screen_free(program->screen);
    free(program->queue);
    *program = (struct program) { .master = -1, .slave = -1 };
}

void program_resize(struct program *program, int rows, int columns)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };
    screen_resize(program->screen, rows, columns);
    if (program->master >= 0)
        ioctl(program->master, TIOCSWINSZ, &size);
}

/* ---- moving bytes ---- */

static bool receive(struct program *program)
{
    char bytes[16384];
    bool any = false;
    ssize_t len;
    while (program->master >= 0 && (len = read(program->master, bytes, sizeof bytes)) > 0) {
        program->received += (size_t)len;
        screen_take(program->screen, bytes, (size_t)len);
        any = true;
    }
    return any;
}

static bool flush_queue(struct program *program)
{
    if (program->master < 0)
        program->len_queue = 0;
    if (program->len_queue == 0)
        return false;
    ssize_t len = write(program->master, program->queue, program->len_queue);
    if (len <= 0)
        return false;
    program->len_queue -= (size_t)len;
    memmove(program->queue, program->queue + len, program->len_queue);
    return true;
}

bool program_pump(struct program *program)
{
    bool ended = reap(program, WNOHANG); /* before the last bytes are read */
    bool received = receive(program);
    bool sent = flush_queue(program);
    return ended || received || sent;
}

void program_wait(const struct program *program)
{
    struct pollfd output = { .fd = program->master, .events = POLLIN };
    poll(&output, 1, 2);
    if (output.revents & POLLHUP && !(output.revents & POLLIN))
        poll(NULL, 0, 2); /* a program without a terminal still runs: do not spin */
}

/* ---- settling ---- */

/* poll() of a terminal first brings in what is still under way from its other side. */
static int polled(int fd)
{
    struct pollfd wait = { .fd = fd, .events = POLLIN };
    return poll(&wait, 1, 0) > 0 ? wait.revents : 0;
}

static bool has_output(const struct program *program)
{
    return polled(program->master) & POLLIN;
}

static bool has_input(const struct program *program)
{
    int events = polled(program->slave);
    return events & POLLIN && !(events & POLLHUP); /* hung up, it says both for ever */
}

static bool is_settled(const struct program *program)
{
    if (program->ended)
        return !has_output(program);
    struct activity before = activity_of(program->process);
    if (!before.asleep || program->len_queue > 0 || has_output(program))
        return false;
    if (!before.stopped && has_input(program))
        return false;
    struct activity after = activity_of(program->process);
    return activity_same(&before, &after) && !has_output(program);
}

static int64_t now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

bool program_settle(struct program *program)
{
    int64_t deadline = now_ms() + PATIENCE_MS;
    while (now_ms() < deadline) {
        if (program_pump(program))
            continue;
        if (is_settled(program))
            return true;
        program_wait(program);
    }
    return false;
}

bool program_end(struct program *program)
{
    int64_t deadline = now_ms() + PATIENCE_MS;
    while (!program->ended && now_ms() < deadline) {
        if (!program_pump(program))
            program_wait(program);
    }
    receive(program);
    return program->ended;
}

void program_send(struct program *program, const char *bytes, size_t len_bytes)
{
    queue_bytes(bytes, len_bytes, program);
    flush_queue(program);
}

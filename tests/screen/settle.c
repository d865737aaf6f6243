/* The kernel says in /proc what a thread waits for: the number of the system call and its
 * arguments. A wait of a quarter of a second or less (curses after an Esc: is it the head of a
 * sequence?) is no rest, nor is a sleep; a longer timeout is taken for one, since programs look
 * after their files every few seconds for ever. */
#include "settle.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>

enum { SHORT_MS = 250 };

/* How the timeout of a system call is given; argument 0: the call is no rest at all. */
static const struct {
    long call;
    int argument;
    bool milliseconds; /* else the address of a struct timespec, NULL: no timeout */
} waits[] = {
#ifdef SYS_poll
    { SYS_poll, 3, true },
#endif
#ifdef SYS_epoll_wait
    { SYS_epoll_wait, 4, true },
#endif
    { SYS_epoll_pwait, 4, true }, { SYS_ppoll, 3, false },           { SYS_pselect6, 5, false },
    { SYS_nanosleep, 0, false },  { SYS_clock_nanosleep, 0, false },
};

static size_t read_proc(const char *path, char *out, size_t size)
{
    FILE *file = fopen(path, "re");
    size_t len = file ? fread(out, 1, size - 1, file) : 0;
    if (file)
        fclose(file);
    out[len] = '\0';
    return len;
}

static long long milliseconds_at(pid_t thread, unsigned long long address)
{
    struct timespec time;
    struct iovec here = { &time, sizeof time }, there = { (void *)(size_t)address, sizeof time };
    if (!address || process_vm_readv(thread, &here, 1, &there, 1, 0) != (ssize_t)sizeof time)
        return -1;
    return (long long)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Does a sleeping thread wait for something else than a short time? */
static bool is_rest(pid_t thread, const char *folder)
{
    char path[96], text[256];
    long call = -1;
    unsigned long long arguments[6] = { 0 };
    snprintf(path, sizeof path, "%s/syscall", folder);
    if (read_proc(path, text, sizeof text) == 0)
        return true; /* this kernel does not tell */
    if (sscanf(text, "%ld %llx %llx %llx %llx %llx", &call, &arguments[1], &arguments[2],
               &arguments[3], &arguments[4], &arguments[5]) < 1)
        return false; /* running */
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        if (waits[i].call != call)
            continue;
        if (!waits[i].argument)
            return false;
        unsigned long long value = arguments[waits[i].argument];
        long long timeout = waits[i].milliseconds ? (int)value : milliseconds_at(thread, value);
        return timeout < 0 || timeout > SHORT_MS;
    }
    return true;
}

static char state_of(const char *folder)
{
    char path[96], text[512];
    snprintf(path, sizeof path, "%s/stat", folder);
    read_proc(path, text, sizeof text);
    const char *name_end = strrchr(text, ')'); /* the name may hold anything */
    return name_end && name_end[1] ? name_end[2] : 'X';
}

static unsigned long long runs_of(const char *folder)
{
    char path[96], text[4096];
    unsigned long long runs = 0;
    snprintf(path, sizeof path, "%s/status", folder);
    read_proc(path, text, sizeof text);
    for (const char *at = text; (at = strstr(at, "ctxt_switches:")) != NULL;) {
        at += strlen("ctxt_switches:");
        runs += strtoull(at, NULL, 10);
    }
    return runs;
}

static void add_process(struct activity *sum, pid_t process);

static void add_children(struct activity *sum, const char *folder)
{
    char path[96], text[4096];
    snprintf(path, sizeof path, "%s/children", folder);
    read_proc(path, text, sizeof text);
    for (char *at = text, *end; *at; at = end) {
        pid_t child = (pid_t)strtol(at, &end, 10);
        if (end == at)
            break;
        add_process(sum, child);
    }
}

static void add_thread(struct activity *sum, pid_t process, pid_t thread)
{
    char folder[64];
    snprintf(folder, sizeof folder, "/proc/%d/task/%d", (int)process, (int)thread);
    char state = state_of(folder);
    /* the number of the thread, so that another one is not taken for it */
    sum->runs += runs_of(folder) + (unsigned long long)thread * 1000003;
    if (state != 'T' && state != 't' && state != 'Z' && state != 'X')
        sum->stopped = false;
    if (state == 'R' || state == 'D' || (state == 'S' && !is_rest(thread, folder)))
        sum->asleep = false;
    add_children(sum, folder);
}

static void add_process(struct activity *sum, pid_t process)
{
    char path[48];
    snprintf(path, sizeof path, "/proc/%d/task", (int)process);
    DIR *threads = opendir(path);
    const struct dirent *entry;
    while (threads && (entry = readdir(threads)) != NULL) {
        if (entry->d_name[0] != '.')
            add_thread(sum, process, (pid_t)strtol(entry->d_name, NULL, 10));
    }
    if (threads)
        closedir(threads);
}

struct activity activity_of(pid_t process)
{
    struct activity sum = { .asleep = true, .stopped = true };
    add_process(&sum, process);
    return sum;
}

bool activity_same(const struct activity *a, const struct activity *b)
{
    return a->asleep == b->asleep && a->stopped == b->stopped && a->runs == b->runs;
}

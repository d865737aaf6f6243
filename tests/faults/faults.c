/* Put before a program (LD_PRELOAD) it makes one of its writing system calls fail, or ends the
 * program there, as a crash would.
 *
 *     FAULT=7:EIO      the 7th call returns -1 with that errno
 *     FAULT=7:short    the 7th call, where it is a write, takes only half
 *     FAULT=7:before   the program ends before the 7th call, FAULT=7:after behind it
 *     FAULT_LOG=FILE   gets the name of each call, one a line
 *
 * Only calls that change files count: opening for writing, and what is done with those files. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sys/syscall.h>

static bool watched[1024]; /* descriptors opened for writing */
static int calls;

enum verdict { GO_ON, FAIL, SHORT, END_BEHIND };

static int errno_of(const char *name)
{
    static const struct {
        const char *name;
        int number;
    } errors[] = { { "EIO", EIO },     { "ENOSPC", ENOSPC }, { "EDQUOT", EDQUOT },
                   { "EINTR", EINTR }, { "EACCES", EACCES }, { "EROFS", EROFS } };
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (strcmp(errors[i].name, name) == 0)
            return errors[i].number;
    }
    return 0;
}

static void record(const char *call)
{
    const char *log = getenv("FAULT_LOG");
    int fd =
        log ? (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    if (fd < 0)
        return;
    syscall(SYS_write, fd, call, strlen(call));
    syscall(SYS_write, fd, "\n", (size_t)1);
    syscall(SYS_close, fd);
}

static enum verdict judge(const char *call)
{
    const char *fault = getenv("FAULT");
    record(call);
    if (++calls != (fault ? atoi(fault) : -1))
        return GO_ON;
    const char *kind = strchr(fault, ':') + 1;
    if (strcmp(kind, "before") == 0)
        _exit(77);
    if (strcmp(kind, "after") == 0)
        return END_BEHIND;
    if (strcmp(kind, "short") == 0)
        return SHORT;
    errno = errno_of(kind);
    return FAIL;
}

static bool is_watched(int fd)
{
    return fd >= 0 && fd < (int)(sizeof watched / sizeof *watched) && watched[fd];
}

static long behind(enum verdict verdict, long result)
{
    if (verdict == END_BEHIND)
        _exit(77);
    return result;
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    unsigned mode = flags & O_CREAT ? va_arg(args, unsigned) : 0;
    va_end(args);
    struct stat info;
    bool writes = (flags & O_ACCMODE) != O_RDONLY && strncmp(path, "/dev/", 5) != 0 &&
                  !(stat(path, &info) == 0 && S_ISCHR(info.st_mode));
    enum verdict verdict = writes ? judge("open") : GO_ON;
    if (verdict == FAIL)
        return -1;
    int fd = (int)behind(verdict, syscall(SYS_openat, AT_FDCWD, path, flags, mode));
    if (writes && fd >= 0 && fd < (int)(sizeof watched / sizeof *watched))
        watched[fd] = true;
    return fd;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    enum verdict verdict = is_watched(fd) ? judge("write") : GO_ON;
    if (verdict == FAIL)
        return -1;
    if (verdict == SHORT && count > 1)
        count /= 2;
    return behind(verdict, syscall(SYS_write, fd, bytes, count));
}

#define PASS(name, call, condition, parameters, ...)                                               \
    int name parameters                                                                            \
    {                                                                                              \
        enum verdict verdict = (condition) ? judge(#name) : GO_ON;                                 \
        return verdict == FAIL ? -1 : (int)behind(verdict, syscall(call, __VA_ARGS__));            \
    }

PASS(fsync, SYS_fsync, is_watched(fd), (int fd), fd)
PASS(fdatasync, SYS_fdatasync, is_watched(fd), (int fd), fd)
PASS(ftruncate, SYS_ftruncate, is_watched(fd), (int fd, off_t size), fd, size)
PASS(rename, SYS_rename, true, (const char *from, const char *to), from, to)
PASS(unlink, SYS_unlink, true, (const char *path), path)
PASS(fchmod, SYS_fchmod, is_watched(fd), (int fd, mode_t mode), fd, mode)

int posix_fallocate(int fd, off_t offset, off_t size)
{
    enum verdict verdict = is_watched(fd) ? judge("posix_fallocate") : GO_ON;
    if (verdict == FAIL)
        return errno;
    return behind(verdict, syscall(SYS_fallocate, fd, 0, offset, size)) == 0 ? 0 : errno;
}

int close(int fd)
{
    enum verdict verdict = is_watched(fd) ? judge("close") : GO_ON;
    if (is_watched(fd))
        watched[fd] = false;
    long result = syscall(SYS_close, fd); /* closed whatever happens, as on Linux */
    return verdict == FAIL ? -1 : (int)behind(verdict, result);
}

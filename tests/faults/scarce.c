/* Linked in with --wrap for malloc, calloc and realloc it makes one allocation fail:
 *
 *     SCARCE=7            the 7th allocation fails
 *     SCARCE=7+           all from the 7th on
 *     SCARCE_LOG=FILE     always holds the number of allocations so far
 *
 * What libc allocates for itself is not seen. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static void record(long calls)
{
    static int fd = -2;
    char digits[24];
    if (fd == -2) {
        const char *log = getenv("SCARCE_LOG");
        fd = log ? open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
    }
    if (fd < 0)
        return;
    size_t at = sizeof digits;
    for (long left = calls; left; left /= 10)
        digits[--at] = (char)('0' + left % 10);
    ssize_t ignored = pwrite(fd, digits + at, sizeof digits - at, 0);
    (void)ignored;
}

static bool fails(void)
{
    static long calls, wanted = -1;
    static bool for_ever;
    if (wanted < 0) {
        const char *scarce = getenv("SCARCE");
        wanted = scarce ? atol(scarce) : 0;
        for_ever = scarce && strchr(scarce, '+');
    }
    record(++calls);
    return wanted > 0 && (calls == wanted || (for_ever && calls > wanted));
}

void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
    return fails() ? NULL : __real_realloc(old, size);
}

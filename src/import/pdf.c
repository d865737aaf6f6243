/* A PDF through pdftotext of poppler, where it is installed: what a PDF says of its tables is only
 * where the letters stand, and -layout keeps that. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "document.h"
#include "nianbao/file.h"

enum { MOST_SECONDS = 60 };

static long seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)now.tv_sec;
}

/* The bytes as a file without a name, at its beginning; -1: it cannot be made. */
static int make_input(const char *bytes, size_t len)
{
    int fd = memfd_create("nianbao", MFD_CLOEXEC);
    if (fd >= 0 && (!nb_file_write_all(fd, bytes, len) || lseek(fd, 0, SEEK_SET) != 0)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* Starts pdftotext; 0 or the reason why not. */
static int start(int input, int output, pid_t *child)
{
    static char *const arguments[] = { (char *)"pdftotext",
                                       (char *)"-layout",
                                       (char *)"-enc",
                                       (char *)"UTF-8",
                                       (char *)"-",
                                       (char *)"-",
                                       NULL };
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error)
        return error;
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    error = posix_spawnp(child, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Reads until the end, the limit or the time is reached. */
static bool collect(int fd, struct nb_buf *text)
{
    long end = seconds() + MOST_SECONDS;
    char room[16384];
    while (text->len <= NB_IMPORT_MAX_TEXT) {
        struct pollfd wait = { .fd = fd, .events = POLLIN };
        long left = end - seconds();
        int ready = left > 0 ? poll(&wait, 1, (int)left * 1000) : 0;
        if (ready < 0 && errno == EINTR)
            continue;
        ssize_t got = ready > 0 ? read(fd, room, sizeof room) : -1;
        if (got < 0 && ready > 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        nb_buf_add(text, room, (size_t)got);
    }
    return false;
}

static bool finish(pid_t child, bool collected)
{
    int status = 0;
    if (!collected)
        kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return collected && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

enum nb_status nb_import_pdf(const char *file, const char *bytes, size_t len_bytes,
                             struct nb_diags *diags, struct nb_buf *text)
{
    static const struct nb_mark top = { 1, 1 };
    int pipes[2] = { -1, -1 }, input = make_input(bytes, len_bytes), error = errno;
    pid_t child = -1;
    enum nb_status status = NB_FAILED;
    if (input >= 0 && pipe2(pipes, O_CLOEXEC) == 0)
        error = start(input, pipes[1], &child);
    else if (input >= 0)
        error = errno;
    if (pipes[1] >= 0)
        close(pipes[1]);
    if (input < 0 || pipes[0] < 0 || error) {
        if (error == ENOENT)
            nb_diag_add(diags, file, top, NB_MSG_IMPORT_LIBRARY, "package", "poppler-utils", NULL);
        else
            nb_diag_add(diags, file, top, NB_MSG_FILE_READ, "why", nb_file_why(error), NULL);
    } else if (finish(child, collect(pipes[0], text))) {
        status = NB_OK;
    } else {
        nb_diag_add(diags, file, top, NB_MSG_IMPORT_DAMAGED, "why", "PDF 损坏、有密码或太大", NULL);
    }
    if (pipes[0] >= 0)
        close(pipes[0]);
    if (input >= 0)
        close(input);
    return status;
}

#include "nianbao/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nianbao/hash.h"

static const struct nb_mark top = { 1, 1 };

const char *nb_file_why(int error)
{
    static const struct {
        int error;
        const char *why;
    } reasons[] = {
        { ENOENT, "没有这个文件或文件夹" },
        { EACCES, "没有权限" },
        { EPERM, "没有权限" },
        { EISDIR, "这是文件夹" },
        { ENOTDIR, "路径里有一段不是文件夹" },
        { EEXIST, "文件已经存在" },
        { ENOSPC, "磁盘已满" },
        { EDQUOT, "磁盘配额已满" },
        { EROFS, "磁盘只读" },
        { EIO, "磁盘读写出错" },
        { ENAMETOOLONG, "文件名太长" },
        { ELOOP, "链接绕成了圈" },
        { EMFILE, "打开的文件太多" },
        { EPIPE, "对方已经不读了" },
        { ETXTBSY, "文件正被占用" },
        { EBUSY, "文件正被占用" },
        { EBADF, "标准输入没有打开" },
        { EFBIG, "超过允许的文件大小" },
        { ENFILE, "打开的文件太多" },
        { ENXIO, "没有连着设备或程序" },
        { EINVAL, "这里不支持这样读写" },
        { ENOTSUP, "这里不支持这样读写" },
        { ENOMEM, "内存不足" },
        { ESTALE, "网络文件夹已失效" },
        { ETIMEDOUT, "网络文件夹没有回应" },
    };
    for (size_t i = 0; i < nb_countof(reasons); i++) {
        if (reasons[i].error == error)
            return reasons[i].why;
    }
    return strerror(error);
}

bool nb_file_is_stdio(const char *path)
{
    return strcmp(path, "-") == 0;
}

static enum nb_status fail(struct nb_diags *diags, const char *path, enum nb_message message)
{
    nb_diag_add(diags, path, top, message, "why", nb_file_why(errno), NULL);
    return NB_FAILED;
}

/* Reads to the end or until `limit` is passed; false with errno set on failure. Of a regular file
 * (`expected` bytes long; 0: not one) a short read is the end. */
static bool read_fd(int fd, size_t expected, size_t limit, struct nb_buf *text)
{
    enum { STEP_BYTES = 64 * 1024 };
    text->len = 0;
    for (;;) {
        /* one byte more than expected, so that the usual file is read at once */
        size_t room = text->len < expected ? expected - text->len + 1 : STEP_BYTES;
        if (text->cap < text->len + room + 1) {
            text->cap = text->len + room + 1;
            text->data = nb_xrealloc(text->data, text->cap, 1);
        }
        ssize_t got = read(fd, text->data + text->len, room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        text->len += (size_t)got;
        if (got == 0 || text->len > limit || (expected && (size_t)got < room))
            break;
    }
    text->data[text->len] = '\0';
    return true;
}

/* A pipe that nobody writes to is empty instead of waiting for ever. */
static int open_to_read(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    int flags = fd < 0 ? -1 : fcntl(fd, F_GETFL);
    if (flags >= 0)
        fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
    return fd;
}

enum nb_status nb_file_read(const char *path, size_t limit_bytes, struct nb_diags *diags,
                            struct nb_buf *text)
{
    bool is_stdin = nb_file_is_stdio(path);
    int fd = is_stdin ? STDIN_FILENO : open_to_read(path);
    if (fd < 0)
        return fail(diags, path, NB_MSG_FILE_READ);
    enum nb_status status = NB_FAILED;
    struct stat info;
    size_t expected = 0;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0)
        expected = (size_t)info.st_size;
    if (expected <= limit_bytes && !read_fd(fd, expected, limit_bytes, text)) {
        fail(diags, path, NB_MSG_FILE_READ);
    } else if (expected > limit_bytes || text->len > limit_bytes) {
        char limit[32];
        snprintf(limit, sizeof limit, "%zu MiB", limit_bytes / (1024 * 1024));
        nb_diag_add(diags, path, top, NB_MSG_FILE_SIZE, "limit", limit, NULL);
    } else {
        status = NB_OK;
    }
    if (!is_stdin)
        close(fd);
    return status;
}

bool nb_file_write_all(int fd, const char *bytes, size_t len_bytes)
{
    while (len_bytes) {
        ssize_t put = write(fd, bytes, len_bytes);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        len_bytes -= (size_t)put;
    }
    return true;
}

/* Closes after writing, which was `done` or left its errno: whether all of it worked. */
static bool closed(int fd, bool done)
{
    int error = errno;
    if (close(fd) != 0 && done)
        return false;
    errno = error;
    return done;
}

/* Writes, flushes and closes; the descriptor is closed whatever happens. */
static bool fill_and_close(int fd, const struct nb_buf *text)
{
    return closed(fd, nb_file_write_all(fd, nb_buf_text(text), text->len) && fsync(fd) == 0);
}

/* A rename is on the disk only when its folder is. */
static bool flush_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? nb_xstrndup(path, (size_t)(slash - path) + 1) : nb_xstrdup(".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(folder);
    if (fd < 0)
        return errno == EACCES; /* a folder that may be written but not read */
    bool done = fsync(fd) == 0 || errno == EINVAL || errno == EROFS;
    int error = errno;
    close(fd);
    errno = error;
    return done;
}

/* Gives the new file the mode and, where allowed, the owner of the one it replaces. */
static bool copy_ownership(int fd, const char *target)
{
    struct stat old;
    if (stat(target, &old) != 0)
        return errno == ENOENT;
    if (fchown(fd, old.st_uid, old.st_gid) != 0 && errno != EPERM)
        return false;
    return fchmod(fd, old.st_mode & 07777) == 0;
}

static int open_beside(const char *target, char **name)
{
    struct nb_buf buf = { 0 };
    const char *slash = strrchr(target, '/');
    size_t folder_len = slash ? (size_t)(slash - target) + 1 : 0;
    nb_buf_add(&buf, target, folder_len);
    nb_buf_printf(&buf, ".%s.%ld.tmp", target + folder_len, (long)getpid());
    *name = nb_xstrdup(nb_buf_text(&buf));
    nb_buf_release(&buf);
    return open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

static bool replace_through(const char *target, const struct nb_buf *text)
{
    char *beside;
    int fd = open_beside(target, &beside);
    bool done = false;
    if (fd < 0)
        goto done;
    if (!copy_ownership(fd, target)) {
        int error = errno;
        close(fd);
        errno = error;
    } else {
        done = fill_and_close(fd, text) && rename(beside, target) == 0;
    }
    if (!done) {
        int error = errno;
        unlink(beside);
        errno = error;
    }
done:
    free(beside);
    return done && flush_folder(target);
}

/* Devices and pipes are written to, not replaced. */
static bool write_into(const char *path, const struct nb_buf *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    return closed(fd, nb_file_write_all(fd, nb_buf_text(text), text->len));
}

/* Room for all of it first, so that a full disk is known before anything is written over. */
static bool write_over_fd(int fd, const struct nb_buf *text)
{
    struct stat old;
    if (fstat(fd, &old) != 0)
        return false;
    if (text->len > (size_t)old.st_size) {
        int error = posix_fallocate(fd, 0, (off_t)text->len);
        if (error) {
            int ignored = ftruncate(fd, old.st_size);
            (void)ignored;
            errno = error;
            return false;
        }
    }
    return nb_file_write_all(fd, nb_buf_text(text), text->len) &&
           ftruncate(fd, (off_t)text->len) == 0 && fsync(fd) == 0;
}

/* A file that has several names, or whose folder takes no other, is written over where it is. Until
 * that is done its new text is safe in the state folder; where writing breaks off, it stays there.
 */
static bool write_over(const char *target, const struct nb_buf *text)
{
    struct nb_buf rescue = { 0 };
    bool done =
        nb_file_add_state_path(&rescue, "rescue", target) && replace_through(rescue.data, text);
    int fd = done ? open(target, O_WRONLY | O_CLOEXEC) : -1;
    done = fd >= 0 && closed(fd, write_over_fd(fd, text));
    int error = errno;
    if (done)
        unlink(rescue.data);
    nb_buf_release(&rescue);
    errno = error;
    return done;
}

static bool replace_file(const char *target, const struct nb_buf *text)
{
    struct stat old;
    bool exists = stat(target, &old) == 0;
    if (exists && !S_ISREG(old.st_mode))
        return write_into(target, text);
    if (exists && old.st_nlink > 1)
        return write_over(target, text);
    if (replace_through(target, text))
        return true;
    bool folder_is_closed = errno == EACCES || errno == EPERM || errno == EROFS;
    return folder_is_closed && exists && access(target, W_OK) == 0 && write_over(target, text);
}

enum nb_status nb_file_replace(const char *path, const struct nb_buf *text, struct nb_diags *diags)
{
    char *real = realpath(path, NULL);
    if (!real && errno != ENOENT)
        return fail(diags, path, NB_MSG_FILE_WRITE);
    const char *target = real ? real : path;
    bool done = replace_file(target, text);
    int error = errno;
    free(real);
    errno = error;
    return done ? NB_OK : fail(diags, path, NB_MSG_FILE_WRITE);
}

enum nb_status nb_file_create(const char *path, const struct nb_buf *text, struct nb_diags *diags)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST) {
        nb_diag_add(diags, path, top, NB_MSG_FILE_EXISTS, NULL);
        return NB_FAILED;
    }
    if (fd < 0)
        return fail(diags, path, NB_MSG_FILE_WRITE);
    if (fill_and_close(fd, text) && flush_folder(path))
        return NB_OK;
    enum nb_status status = fail(diags, path, NB_MSG_FILE_WRITE);
    unlink(path);
    return status;
}

/* Makes every folder on the way. */
static bool make_folders(char *path)
{
    for (char *slash = path; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

bool nb_file_add_state_folder(struct nb_buf *path, const char *inside)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    size_t start = path->len;
    if (state && state[0] == '/')
        nb_buf_printf(path, "%s/nianbao", state);
    else if (home && home[0] == '/')
        nb_buf_printf(path, "%s/.local/state/nianbao", home);
    else
        return false;
    if (inside)
        nb_buf_printf(path, "/%s", inside);
    return make_folders(path->data + start);
}

bool nb_file_add_state_path(struct nb_buf *path, const char *inside, const char *real)
{
    struct nb_buf hash = { 0 };
    const char *slash = strrchr(real, '/'), *name = slash ? slash + 1 : real;
    bool known = nb_file_add_state_folder(path, inside);
    nb_hash_add(&hash, real, strlen(real));
    if (known)
        nb_buf_printf(path, "/%.16s", hash.data + strlen("sha256:"));
    if (known && strlen(name) < NAME_MAX - 64) /* room for what is added to a name */
        nb_buf_printf(path, "-%s", name);
    nb_buf_release(&hash);
    return known;
}

#include "nianbao/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "nianbao/file.h"
#include "nianbao/text.h"

/* More than any draft may hold, many times over: a longer file is not ours. */
enum { LIMIT_BYTES = 256 * 1024 * 1024 };

struct nb_journal {
    int fd;
    char *path;
    bool elsewhere;
    enum nb_journal_state state;
    char *owner, *since, *base;
    struct nb_journal_record *records;
    int count, cap;
    struct nb_arena strings;
    struct nb_buf unwritten;
    off_t good; /* bytes of the file that hold whole records */
};

static enum nb_status fail(struct nb_diags *diags, const char *path, int error)
{
    nb_diag_add(diags, path, (struct nb_mark) { 1, 1 }, NB_MSG_JOURNAL, "why", nb_file_why(error),
                NULL);
    return NB_FAILED;
}

/* ---- records as lines ---- */

/* FNV-1a: finds torn and damaged lines; nobody signs anything with it. */
static uint64_t checksum(const char *bytes, size_t len_bytes)
{
    uint64_t sum = 14695981039346656037u;
    for (size_t i = 0; i < len_bytes; i++)
        sum = (sum ^ (unsigned char)bytes[i]) * 1099511628211u;
    return sum;
}

static void add_line(struct nb_buf *out, const char *address, const char *value)
{
    struct nb_buf line = { 0 };
    nb_buf_printf(&line, "%s ", address);
    nb_text_add_escaped(&line, value);
    nb_buf_printf(out, "%016llx ", (unsigned long long)checksum(line.data, line.len));
    nb_buf_add(out, line.data, line.len);
    nb_buf_putc(out, '\n');
    nb_buf_release(&line);
}

/* Takes a line apart; `line` ends with a NUL and is changed. False: not a whole record. */
static bool take_line(char *line, size_t len_bytes, struct nb_journal_record *record)
{
    char sum[20];
    if (len_bytes < 18 || line[16] != ' ' || memchr(line, '\0', len_bytes) ||
        nb_utf8_fault(line, len_bytes))
        return false;
    snprintf(sum, sizeof sum, "%016llx", (unsigned long long)checksum(line + 17, len_bytes - 17));
    char *blank = strchr(line + 17, ' ');
    if (memcmp(sum, line, 16) != 0 || !blank)
        return false;
    *blank = '\0';
    *record = (struct nb_journal_record) { line + 17, blank + 1 };
    return nb_text_unescape(blank + 1);
}

/* ---- reading what was left ---- */

/* A later value takes the place of an earlier one. */
static void keep(struct nb_journal *journal, const struct nb_journal_record *record)
{
    int from = 0;
    while (from < journal->count && strcmp(journal->records[from].address, record->address) != 0)
        from++;
    if (from < journal->count) {
        memmove(&journal->records[from], &journal->records[from + 1],
                (size_t)(journal->count - from - 1) * sizeof *record);
        journal->count--;
    }
    NB_GROW(journal->records, journal->count, journal->cap);
    journal->records[journal->count++] =
        (struct nb_journal_record) { nb_arena_strdup(&journal->strings, record->address),
                                     nb_arena_strdup(&journal->strings, record->value) };
}

/* host, user, pid, since, hash */
static bool take_header(struct nb_journal *journal, char *value)
{
    char *fields[5] = { value };
    for (size_t i = 1; i < nb_countof(fields); i++) {
        char *tab = strchr(fields[i - 1], '\t');
        if (!tab)
            return false;
        *tab = '\0';
        fields[i] = tab + 1;
    }
    struct nb_buf owner = { 0 };
    nb_buf_printf(&owner, "%s %s %s", fields[1], fields[0], fields[2]);
    journal->owner = nb_xstrdup(owner.data);
    journal->since = nb_xstrdup(fields[3]);
    journal->base = nb_xstrdup(fields[4]);
    nb_buf_release(&owner);
    return true;
}

/* Reads lines up to the first that is not whole. */
static void take_lines(struct nb_journal *journal, char *text, size_t len_bytes)
{
    char *line = text, *end;
    for (int number = 0; (end = memchr(line, '\n', len_bytes)) != NULL; number++) {
        struct nb_journal_record record;
        size_t len = (size_t)(end - line);
        *end = '\0';
        if (!take_line(line, len, &record))
            return;
        if (number == 0) {
            if (strcmp(record.address, "journal") != 0 ||
                !take_header(journal, (char *)record.value))
                return;
        } else {
            keep(journal, &record);
        }
        journal->good += (off_t)len + 1;
        line = end + 1;
        len_bytes -= len + 1;
    }
}

static bool read_all(struct nb_journal *journal)
{
    struct stat info;
    if (fstat(journal->fd, &info) != 0)
        return false;
    if (!S_ISREG(info.st_mode) || info.st_size > LIMIT_BYTES) {
        errno = EFBIG;
        return false;
    }
    char *text = nb_xalloc((size_t)info.st_size + 1);
    size_t len = 0;
    bool fine = true;
    while (fine && len < (size_t)info.st_size) {
        ssize_t got = pread(journal->fd, text + len, (size_t)info.st_size - len, (off_t)len);
        if (got == 0)
            break;
        if (got > 0)
            len += (size_t)got;
        fine = got > 0 || errno == EINTR;
    }
    if (fine)
        take_lines(journal, text, len);
    free(text);
    return fine;
}

/* ---- opening and locking ---- */

/* In names beside the draft, and of the folder elsewhere. */
static const char *const kind_names[] = {
    [NB_JOURNAL_EDITS] = "journal", [NB_JOURNAL_VERIFY] = "verify"
};

static char *beside(const char *real, enum nb_journal_kind kind)
{
    const char *slash = strrchr(real, '/');
    size_t folder = slash ? (size_t)(slash - real) + 1 : 0;
    struct nb_buf path = { 0 };
    nb_buf_add(&path, real, folder);
    nb_buf_printf(&path, ".%s.%s", real + folder, kind_names[kind]);
    return path.data;
}

static char *elsewhere(const char *real, enum nb_journal_kind kind)
{
    struct nb_buf path = { 0 };
    if (nb_file_add_state_path(&path, kind_names[kind], real))
        return path.data;
    nb_buf_release(&path);
    return NULL;
}

static bool lock(int fd)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    return fcntl(fd, F_OFD_SETLK, &whole) == 0;
}

/* Opens and locks `path`. The file may go between opening and locking, when the program that had it
 * ends: then a new one is made. */
static bool open_locked(struct nb_journal *journal, const char *path)
{
    for (int attempt = 0; attempt < 10; attempt++) {
        struct stat ours, there;
        journal->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
        if (journal->fd < 0)
            return false;
        bool locked = lock(journal->fd);
        if (!locked && errno != EAGAIN && errno != EACCES && errno != ENOLCK && errno != EINVAL &&
            errno != EOPNOTSUPP)
            return false;
        journal->state =
            !locked && (errno == EAGAIN || errno == EACCES) ? NB_JOURNAL_TAKEN : NB_JOURNAL_EMPTY;
        if (fstat(journal->fd, &ours) == 0 && stat(path, &there) == 0 &&
            ours.st_ino == there.st_ino && ours.st_dev == there.st_dev)
            return true;
        close(journal->fd);
        journal->fd = -1;
    }
    errno = EAGAIN;
    return false;
}

/* Makes a new journal that others than its owner may write if they may write the draft: they see
 * the lock then, and can go on with what was left. A comfort: where it fails, it is the owner's
 * alone. */
static void share(int fd, const char *draft)
{
    struct stat of, own;
    if (stat(draft, &of) != 0 || fstat(fd, &own) != 0 || own.st_size || own.st_uid != geteuid())
        return;
    bool group = of.st_gid == own.st_gid || fchown(fd, (uid_t)-1, of.st_gid) == 0;
    mode_t mode = of.st_mode & (group ? 0666 : 0606);
    if (mode != (own.st_mode & 0777)) {
        int ignored = fchmod(fd, mode | 0600);
        (void)ignored;
    }
}

enum nb_status nb_journal_open(const char *path, enum nb_journal_kind kind, struct nb_diags *diags,
                               struct nb_journal **out)
{
    struct nb_journal *journal = nb_xalloc(sizeof *journal);
    char *real = realpath(path, NULL);
    *out = NULL;
    journal->fd = -1;
    journal->path = beside(real ? real : path, kind);
    if (!open_locked(journal, journal->path) &&
        (errno == EACCES || errno == EROFS || errno == ENAMETOOLONG)) {
        free(journal->path);
        journal->path = elsewhere(real ? real : path, kind);
        journal->elsewhere = true;
        if (journal->path)
            open_locked(journal, journal->path);
    }
    if (journal->fd >= 0 && !journal->elsewhere && journal->state == NB_JOURNAL_EMPTY)
        share(journal->fd, path);
    int error = errno;
    free(real);
    if (journal->fd < 0 || !read_all(journal)) {
        error = journal->fd < 0 ? error : errno;
        journal->state = NB_JOURNAL_TAKEN; /* whatever it is, it stays */
        nb_journal_close(journal, false);
        return fail(diags, path, error);
    }
    if (journal->state == NB_JOURNAL_EMPTY && journal->count)
        journal->state = NB_JOURNAL_LEFT;
    *out = journal;
    return NB_OK;
}

bool nb_journal_exists(const char *path, enum nb_journal_kind kind)
{
    char *real = realpath(path, NULL);
    char *journal = beside(real ? real : path, kind);
    bool exists = access(journal, R_OK | W_OK) == 0;
    free(journal);
    free(real);
    return exists;
}

/* ---- what it says ---- */

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

enum nb_journal_state nb_journal_state(const struct nb_journal *journal)
{
    return journal->state;
}

const char *nb_journal_owner(const struct nb_journal *journal)
{
    return or_empty(journal->owner);
}

const char *nb_journal_since(const struct nb_journal *journal)
{
    return or_empty(journal->since);
}

const char *nb_journal_base(const struct nb_journal *journal)
{
    return or_empty(journal->base);
}

bool nb_journal_is_elsewhere(const struct nb_journal *journal)
{
    return journal->elsewhere;
}

int nb_journal_count(const struct nb_journal *journal)
{
    return journal->count;
}

const struct nb_journal_record *nb_journal_record(const struct nb_journal *journal, int index)
{
    return &journal->records[index];
}

/* ---- writing ---- */

/* As the login has set it: the system's list of users may be on the network. */
static const char *user_name(void)
{
    const char *name = getenv("LOGNAME");
    return name && !strpbrk(name, "\t\n") ? name : "";
}

static void add_header(struct nb_buf *out, const char *base)
{
    char host[256] = "";
    struct nb_buf value = { 0 }, clean = { 0 };
    gethostname(host, sizeof host - 1);
    nb_buf_printf(&value, "%s\t%s\t%ld\t", host, user_name(), (long)getpid());
    nb_buf_add_now(&value);
    nb_buf_printf(&value, "\t%s", base);
    for (const char *at = value.data; *at; at++) /* a host may be named anything */
        nb_buf_putc(&clean, (unsigned char)*at < 0x80 ? *at : '?');
    add_line(out, "journal", clean.data);
    nb_buf_release(&value);
    nb_buf_release(&clean);
}

/* What a failed write has left behind the good part is overwritten. */
static enum nb_status write_lines(struct nb_journal *journal, bool sync, struct nb_diags *diags)
{
    bool done = lseek(journal->fd, journal->good, SEEK_SET) >= 0 &&
                nb_file_write_all(journal->fd, journal->unwritten.data, journal->unwritten.len) &&
                (!sync || fdatasync(journal->fd) == 0);
    if (!done)
        return fail(diags, journal->path, errno);
    journal->good += (off_t)journal->unwritten.len;
    journal->unwritten.len = 0;
    return NB_OK;
}

enum nb_status nb_journal_flush(struct nb_journal *journal, struct nb_diags *diags)
{
    return journal->unwritten.len ? write_lines(journal, true, diags) : NB_OK;
}

/* Needs no sync: until the first record there is nothing to lose, and records that come back after
 * a crash are those of the file as it was saved. */
enum nb_status nb_journal_start(struct nb_journal *journal, const char *base,
                                struct nb_diags *diags)
{
    journal->count = 0;
    journal->good = 0;
    journal->state = NB_JOURNAL_EMPTY;
    journal->unwritten.len = 0;
    add_header(&journal->unwritten, base);
    if (ftruncate(journal->fd, 0) != 0)
        return fail(diags, journal->path, errno);
    return write_lines(journal, false, diags);
}

void nb_journal_add(struct nb_journal *journal, const char *address, const char *value)
{
    add_line(&journal->unwritten, address, value);
}

enum nb_status nb_journal_set_aside(struct nb_journal *journal, const char *path,
                                    struct nb_diags *diags)
{
    struct nb_buf text = { 0 };
    for (int i = 0; i < journal->count; i++)
        nb_buf_printf(&text, "%s: %s\n", journal->records[i].address, journal->records[i].value);
    enum nb_status status = nb_file_replace(path, &text, diags);
    if (status == NB_OK)
        status = nb_journal_start(journal, nb_journal_base(journal), diags);
    nb_buf_release(&text);
    return status;
}

void nb_journal_close(struct nb_journal *journal, bool remove)
{
    if (!journal)
        return;
    if (remove && journal->fd >= 0 && journal->state != NB_JOURNAL_TAKEN)
        unlink(journal->path);
    if (journal->fd >= 0)
        close(journal->fd);
    free(journal->path);
    free(journal->owner);
    free(journal->since);
    free(journal->base);
    free(journal->records);
    nb_arena_release(&journal->strings);
    nb_buf_release(&journal->unwritten);
    free(journal);
}

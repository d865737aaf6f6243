/* A text in the clerk's own editor.
 *
 * The text goes into a temporary file; what the editor leaves there comes back as one step. When
 * anything goes wrong the draft stays as it is, and a file that holds something new is kept. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nianbao/file.h"
#include "nianbao/text.h"
#include "prose_view.h"

/* ---- the temporary file ---- */

/* Makes the file and writes the text; false with errno set. */
static bool write_file(struct nb_buf *path, const char *text)
{
    const char *folder = getenv("TMPDIR");
    nb_buf_printf(path, "%s/nianbao-XXXXXX.txt", folder && folder[0] ? folder : "/tmp");
    int fd = mkostemps(path->data, (int)strlen(".txt"), O_CLOEXEC); /* only the owner may read */
    if (fd < 0)
        return false;
    size_t len = strlen(text);
    bool written = nb_file_write_all(fd, text, len) &&
                   (!len || text[len - 1] == '\n' || nb_file_write_all(fd, "\n", 1));
    int error = errno;
    if (close(fd) != 0 && written) {
        error = errno;
        written = false;
    }
    if (!written)
        unlink(path->data);
    errno = error;
    return written;
}

/* Editors that save under another name leave the path to a new file: it must be a file, too. */
static enum nb_status read_file(const char *path, struct nb_diags *diags, struct nb_buf *text)
{
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        nb_diag_add(diags, path, (struct nb_mark) { 0 }, NB_MSG_FILE_READ, "why", "不是普通文件",
                    NULL);
        return NB_FAILED;
    }
    return nb_file_read(path, 4 * (size_t)TUI_PROSE_BYTES, diags, text);
}

/* ---- the editor ---- */

/* The command of the shell; its $1 is the file. */
static const char *editor_command(struct nb_buf *command)
{
    const char *editor = getenv("VISUAL");
    if (!editor || !editor[0])
        editor = getenv("EDITOR");
    if (editor && editor[0])
        nb_buf_printf(command, "%s \"$1\"", editor);
    else
        nb_buf_puts(command, "if command -v nano >/dev/null; then nano \"$1\"; else vi \"$1\"; fi");
    return command->data;
}

static const int signals[] = { SIGINT,  SIGQUIT, SIGHUP,  SIGTERM, SIGTSTP,
                               SIGPIPE, SIGCHLD, SIGTTIN, SIGTTOU, SIGWINCH };

_Noreturn static void become_editor(const char *command, const char *path)
{
    sigset_t none;
    for (size_t i = 0; i < nb_countof(signals); i++)
        signal(signals[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execlp("sh", "sh", "-c", command, "sh", path, (char *)NULL);
    _exit(127);
}

/* ^C in the editor is not ours, and ^Z stops both. */
static void set_aside_signals(struct sigaction old[3], bool back)
{
    static const struct {
        int number;
        void (*handler)(int);
    } set_aside[] = { { SIGINT, SIG_IGN }, { SIGQUIT, SIG_IGN }, { SIGTSTP, SIG_DFL } };
    for (size_t i = 0; i < nb_countof(set_aside); i++) {
        struct sigaction action = { .sa_handler = set_aside[i].handler };
        sigaction(set_aside[i].number, back ? &old[i] : &action, back ? NULL : &old[i]);
    }
}

/* Waits until the editor has ended; its status as of waitpid(), -1 with errno set. */
static int run_editor(const char *path)
{
    struct nb_buf text = { 0 };
    const char *command = editor_command(&text);
    struct sigaction old[3];
    int status = -1;
    set_aside_signals(old, false);
    pid_t child = fork();
    if (child == 0)
        become_editor(command, path);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    int error = errno;
    set_aside_signals(old, true);
    nb_buf_release(&text);
    errno = error;
    return child < 0 ? -1 : status;
}

/* Appends what went wrong; nothing where the editor ended well. */
static void add_fault(struct nb_buf *why, int status)
{
    if (status == -1)
        nb_buf_printf(why, "启动不了外部编辑器：%s", nb_file_why(errno));
    else if (WIFSIGNALED(status))
        nb_buf_printf(why, "外部编辑器被信号 %d 中断", WTERMSIG(status));
    else if (WEXITSTATUS(status) == 127)
        nb_buf_puts(why, "找不到外部编辑器：请看环境变量 VISUAL、EDITOR");
    else if (WEXITSTATUS(status) == 126)
        nb_buf_puts(why, "外部编辑器不能执行：请看环境变量 VISUAL、EDITOR");
    else if (WEXITSTATUS(status))
        nb_buf_printf(why, "外部编辑器报错退出（%d）", WEXITSTATUS(status));
}

/* ---- what comes back ---- */

struct result {
    bool read;
    struct nb_buf text; /* as a draft may hold it */
    int gone;           /* characters that it may not hold; -1: no UTF-8 */
    struct nb_buf why;  /* what went wrong, "" when nothing did */
};

static bool starts_with_bom(const char *text)
{
    return strncmp(text, "\xEF\xBB\xBF", 3) == 0;
}

static void take_file(struct result *result, const char *path, const char *old)
{
    struct nb_diags diags = { 0 };
    struct nb_buf file = { 0 };
    const char *fault = NULL;
    result->read = read_file(path, &diags, &file) == NB_OK;
    nb_buf_puts(&file, "");
    if (result->read) {
        size_t skip = starts_with_bom(file.data) && !starts_with_bom(old) ? 3 : 0;
        result->gone = tui_prose_clean(file.data + skip, file.len - skip, &result->text);
    }
    nb_buf_puts(&result->text, "");
    result->text.len = nb_text_normalise(result->text.data, result->text.len);
    if (!result->read)
        fault = diags.items[0].message;
    else if (result->gone < 0)
        fault = "外部编辑器存的不是 UTF-8 文字";
    else if (result->text.len > TUI_PROSE_BYTES)
        fault = "文字超过 1 MiB，放不下";
    if (fault && !result->why.len) /* the editor's own fault tells more */
        nb_buf_puts(&result->why, fault);
    nb_diags_release(&diags);
    nb_buf_release(&file);
}

/* Does the file hold something that the draft does not? */
static bool holds_more(const struct result *result, const char *path, const char *old)
{
    if (!result->read || result->gone)
        return access(path, F_OK) == 0;
    size_t len = strlen(old);
    while (len && old[len - 1] == '\n') /* the file has lost them, which is no change */
        len--;
    return len != result->text.len || memcmp(old, result->text.data, len) != 0;
}

static bool begins_character(const char *text)
{
    return ((unsigned char)*text & 0xC0) != 0x80;
}

/* Only what differs is changed, so that the cursor comes to it. */
static void take_over(struct tui_prose *prose, const struct nb_buf *text)
{
    const char *old = tui_prose_text(prose), *new = text->data;
    size_t old_len = strlen(old), len = text->len, start = 0, end = 0;
    size_t shorter = old_len < len ? old_len : len;
    while (start < shorter && old[start] == new[start])
        start++;
    while (!begins_character(old + start) || !begins_character(new + start))
        start--;
    while (end < shorter - start && old[old_len - 1 - end] == new[len - 1 - end])
        end++;
    while (end && !begins_character(old + old_len - end))
        end--;
    tui_prose_splice(prose, start, old_len - start - end, new + start, len - start - end);
}

/* Judges what the editor has left in the file, and takes it over or says why not. */
static void come_back(struct tui_prose *prose, struct tui_app *app, const char *path,
                      struct result *result)
{
    take_file(result, path, tui_prose_text(prose));
    bool changed = holds_more(result, path, tui_prose_text(prose));
    if (result->why.len && changed) {
        tui_tell(app, TUI_ERROR, "%s。没有改动，编辑过的文字留在 %s", result->why.data, path);
        return;
    }
    if (result->why.len)
        tui_tell(app, TUI_ERROR, "%s。没有改动", result->why.data);
    else if (!changed)
        tui_tell(app, TUI_PLAIN, "文字没有变化");
    else if (result->gone)
        tui_tell(app, TUI_WARNING, "已取回，其中 %d 个不能显示的字符已去掉", result->gone);
    else
        tui_tell(app, TUI_PLAIN, "已取回外部编辑器里的文字");
    if (!result->why.len && changed)
        take_over(prose, &result->text);
    unlink(path);
}

void tui_prose_edit_outside(struct tui_prose *prose, struct tui_app *app)
{
    struct nb_buf path = { 0 };
    tui_prose_refresh(prose);
    if (!write_file(&path, tui_prose_text(prose))) {
        tui_tell(app, TUI_ERROR, "写不了临时文件 %s：%s", path.data, nb_file_why(errno));
        nb_buf_release(&path);
        return;
    }
    tui_terminal_leave(app->terminal);
    int status = run_editor(path.data);
    int error = errno;
    tui_terminal_enter(app->terminal);
    struct result result = { 0 };
    errno = error;
    add_fault(&result.why, status);
    come_back(prose, app, path.data, &result);
    nb_buf_release(&result.text);
    nb_buf_release(&result.why);
    nb_buf_release(&path);
}

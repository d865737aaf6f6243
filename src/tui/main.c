/* From the command line to the first screen, and back. */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "drafts.h"
#include "editor.h"
#include "verify.h"

/* Also of a locale that this machine does not have: the terminal may be set to it all the same. */
static const char *wanted_codeset(void)
{
    if (setlocale(LC_CTYPE, ""))
        return nl_langinfo(CODESET);
    static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
    for (size_t i = 0; i < nb_countof(names); i++) {
        const char *name = getenv(names[i]);
        if (name && name[0])
            return strchr(name, '.') ? strchr(name, '.') + 1 : "";
    }
    return "";
}

/* The program draws UTF-8 whatever LANG says. A terminal set to GBK would show nonsense, so its
 * user is asked first, in ASCII. */
static void choose_locale(void)
{
    const char *set = wanted_codeset();
    if (strcmp(set, "UTF-8") == 0)
        return;
    if (strncasecmp(set, "GB", 2) == 0) {
        printf("nianbao shows UTF-8, but LANG says %s.\n"
               "Set the terminal to UTF-8 (PuTTY: Window, Translation), then press Enter: ",
               set);
        fflush(stdout);
        for (int sign = getchar(); sign != '\n' && sign != EOF;)
            sign = getchar();
    }
    setlocale(LC_CTYPE, "C.UTF-8");
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void no_memory(void)
{
    tui_terminal_abandon(
        "nianbao: 内存不足，程序结束；录入的内容在日志里，再打开这份草稿就能恢复\n");
}

/* ncurses ends the program itself where memory fails it. */
static void ended_by_curses(void)
{
    if (tui_terminal_is_open())
        no_memory();
}

int tui_main(struct nb_catalog *catalog, const char *path, enum tui_task task,
             const struct tui_terminal_options *options, struct nb_diags *diags, const char **why)
{
    struct tui_app app = { .catalog = catalog };
    struct tui_session *session = NULL;
    bool folder = task == TUI_EDIT && is_folder(path);
    *why = NULL;
    if (!folder && tui_session_open(catalog, path, diags, &session) != NB_OK)
        return 2;
    choose_locale();
    app.lines = options->ascii ? NB_LINES_ASCII : NB_LINES_UNICODE;
    nb_set_oom_handler(no_memory);
    atexit(ended_by_curses);
    app.terminal = tui_terminal_open(options, why);
    if (app.terminal && folder)
        tui_drafts_run(&app, path);
    else if (app.terminal && task == TUI_VERIFY)
        tui_verify_run(&app, session);
    else if (app.terminal)
        tui_editor_run(&app, session, NULL, NULL);
    int status = app.terminal ? 0 : 2;
    tui_terminal_close(app.terminal);
    tui_session_free(session);
    tui_canvas_release(&app.canvas);
    nb_buf_release(&app.message);
    nb_buf_release(&app.clipboard);
    return status;
}

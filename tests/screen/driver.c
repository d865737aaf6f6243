/* Plays a script of keys and looks to a program in a terminal of libvterm: driver < SCRIPT
 * One command a line; blank lines and lines with # at their head count for nothing. Rows and
 * columns count from 1. TEXT is what stands behind one blank, with \n \r \t \e \\ \xNN.
 *
 *   size ROWS COLUMNS     of the next run; of the terminal while a program runs
 *   env NAME=VALUE        for the runs that follow
 *   unset NAME
 *   run COMMAND           through sh -c, with exec, in an empty terminal
 *   type TEXT             bytes as they are
 *   key NAME...           F1..F12 Tab Enter Esc Space Up Down Left Right Home End PgUp PgDn Del Ins
 *                         Backspace, ^A..^Z or one character, with Shift- Alt- Ctrl- before it and
 *                         *TIMES behind it
 *   paste TEXT            as a terminal pastes: marked, where the program asked for marks
 *   pastefile FILE
 *   click ROW COLUMN
 *   drag ROW COLUMN ROW COLUMN
 *   wheel up|down ROW COLUMN
 *   wait TEXT             until the screen shows TEXT
 *   gone TEXT             until the screen, settled, no longer does
 *   show                  the screen and the cursor
 *   attrs ROW             columns of a row that are not plain
 *   modes                 what the terminal is switched to
 *   count                 bytes that came from the program since the last count
 *   say TEXT              prints TEXT
 *   signal NAME           to the program
 *   close                 the terminal vanishes
 *   exit                  waits for the end of the program: exit N, killed N
 *   settle                waits until the program has nothing more to do
 *   save FILE             the text of the screen
 *   same FILE             fails if the screen is another one
 *
 * Commands that look or type first wait until the program has settled (program.h), so scripts need
 * no sleeps; the keys of one line are sent without a pause, but behind Esc. `size`, `signal`,
 * `close` and `exit` come at once: put `settle` before them where it matters. What takes more than
 * ten seconds fails. The first failure prints the screen and ends with 1. */
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "program.h"
#include "screen.h"

struct driver {
    struct program program;
    int rows, columns; /* of the next run */
    int line;
};

static bool fail(struct driver *driver, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    printf("script line %d: ", driver->line);
    vprintf(format, arguments);
    putchar('\n');
    va_end(arguments);
    if (driver->program.screen)
        screen_print(driver->program.screen, stdout);
    return false;
}

/* Every command that looks or types begins with this: keys depend on the modes that the program has
 * set, and what it shows on when they come. */
static bool settle(struct driver *driver)
{
    if (!program_settle(&driver->program))
        return fail(driver, "the program does not come to rest");
    screen_print_halves(driver->program.screen, stdout);
    return true;
}

/* ---- texts ---- */

static int hex_byte(const char *at)
{
    unsigned byte;
    int used = 0;
    return sscanf(at, "%2x%n", &byte, &used) == 1 && used == 2 ? (int)byte : -1;
}

/* Takes the escapes out in place; returns the length, which may include NULs. */
static size_t unescape(char *text)
{
    static const char names[] = "nrte\\", bytes[] = "\n\r\t\033\\";
    char *out = text;
    for (const char *at = text; *at; at++) {
        const char *name = at[0] == '\\' && at[1] ? strchr(names, at[1]) : NULL;
        int byte = at[0] == '\\' && at[1] == 'x' ? hex_byte(at + 2) : -1;
        if (name) {
            *out++ = bytes[name - names];
            at++;
        } else if (byte >= 0) {
            *out++ = (char)byte;
            at += 3;
        } else {
            *out++ = *at;
        }
    }
    return (size_t)(out - text);
}

/* NULL: the file cannot be read. */
static char *read_whole(const char *path, size_t *len)
{
    FILE *file = fopen(path, "re");
    char *text = NULL;
    FILE *memory = file ? open_memstream(&text, len) : NULL;
    for (int byte; memory && (byte = fgetc(file)) != EOF;)
        fputc(byte, memory);
    if (memory)
        fclose(memory);
    if (file)
        fclose(file);
    return text;
}

/* ---- running ---- */

static bool do_size(struct driver *driver, char *rest)
{
    int rows, columns;
    if (sscanf(rest, "%d %d", &rows, &columns) != 2 || rows < 1 || columns < 1 || rows > 1000 ||
        columns > 1000)
        return fail(driver, "size ROWS COLUMNS");
    driver->rows = rows;
    driver->columns = columns;
    if (driver->program.process)
        program_resize(&driver->program, rows, columns);
    return true;
}

static bool do_env(struct driver *driver, char *rest)
{
    char *equals = strchr(rest, '=');
    if (!equals)
        return fail(driver, "env NAME=VALUE");
    *equals = '\0';
    setenv(rest, equals + 1, 1);
    return true;
}

static bool do_unset(struct driver *driver, char *rest)
{
    (void)driver;
    unsetenv(rest);
    return true;
}

static bool do_run(struct driver *driver, char *rest)
{
    if (driver->program.process && !driver->program.ended)
        return fail(driver, "a program runs already: exit comes first");
    char *whole = NULL, shell[] = "/bin/sh", option[] = "-c";
    if (asprintf(&whole, "exec %s", rest) < 0)
        abort();
    char *const command[] = { shell, option, whole, NULL };
    bool started = program_start(&driver->program, command, driver->rows, driver->columns);
    free(whole);
    if (!started)
        return fail(driver, "cannot run it");
    return true;
}

static bool do_exit(struct driver *driver, char *rest)
{
    (void)rest;
    if (!program_end(&driver->program))
        return fail(driver, "the program does not end");
    int status = driver->program.status;
    if (WIFEXITED(status))
        printf("exit %d\n", WEXITSTATUS(status));
    else
        printf("killed %d\n", WTERMSIG(status));
    return true;
}

static bool do_signal(struct driver *driver, char *rest)
{
    static const struct {
        const char *name;
        int number;
    } signals[] = {
        { "HUP", SIGHUP },     { "INT", SIGINT },   { "TERM", SIGTERM },
        { "KILL", SIGKILL },   { "STOP", SIGSTOP }, { "CONT", SIGCONT },
        { "WINCH", SIGWINCH }, { "USR1", SIGUSR1 }, { "ABRT", SIGABRT },
    };
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        if (strcmp(signals[i].name, rest) == 0)
            return driver->program.ended || kill(driver->program.process, signals[i].number) == 0;
    }
    return fail(driver, "no such signal");
}

static bool do_close(struct driver *driver, char *rest)
{
    (void)rest;
    program_hang_up(&driver->program);
    return true;
}

/* ---- typing ---- */

static bool do_type(struct driver *driver, char *rest)
{
    if (!settle(driver))
        return false;
    program_send(&driver->program, rest, unescape(rest));
    return true;
}

/* Cuts *TIMES off. */
static int times_of(char *name)
{
    char *star = strrchr(name, '*');
    if (!star || star == name || !star[1])
        return 1;
    *star = '\0';
    return atoi(star + 1);
}

static bool do_key(struct driver *driver, char *rest)
{
    struct program *program = &driver->program;
    if (!settle(driver))
        return false;
    for (char *name = strtok(rest, " "); name; name = strtok(NULL, " ")) {
        for (int left = times_of(name); left > 0; left--) {
            /* what follows a lone Esc at once would become one key with it */
            if (program->escape_last && !settle(driver))
                return false;
            if (!screen_key(program->screen, name))
                return fail(driver, "no such key: %s", name);
        }
    }
    return true;
}

static bool do_paste(struct driver *driver, char *rest)
{
    if (!settle(driver))
        return false;
    screen_paste(driver->program.screen, rest, unescape(rest));
    return true;
}

static bool do_pastefile(struct driver *driver, char *rest)
{
    size_t len;
    char *text = read_whole(rest, &len);
    if (!text)
        return fail(driver, "cannot read %s", rest);
    bool done = settle(driver);
    if (done)
        screen_paste(driver->program.screen, text, len);
    free(text);
    return done;
}

static bool do_click(struct driver *driver, char *rest)
{
    int row, column;
    if (sscanf(rest, "%d %d", &row, &column) != 2)
        return fail(driver, "click ROW COLUMN");
    if (!settle(driver)) /* so that it has switched the mouse on */
        return false;
    screen_mouse_move(driver->program.screen, row, column);
    screen_mouse_button(driver->program.screen, 1, true);
    screen_mouse_button(driver->program.screen, 1, false);
    return true;
}

static bool do_drag(struct driver *driver, char *rest)
{
    int row, column, to_row, to_column;
    if (sscanf(rest, "%d %d %d %d", &row, &column, &to_row, &to_column) != 4)
        return fail(driver, "drag ROW COLUMN ROW COLUMN");
    if (!settle(driver))
        return false;
    screen_mouse_move(driver->program.screen, row, column);
    screen_mouse_button(driver->program.screen, 1, true);
    screen_mouse_move(driver->program.screen, to_row, to_column);
    screen_mouse_button(driver->program.screen, 1, false);
    return true;
}

static bool do_wheel(struct driver *driver, char *rest)
{
    int row, column;
    char way[8];
    if (sscanf(rest, "%7s %d %d", way, &row, &column) != 3)
        return fail(driver, "wheel up|down ROW COLUMN");
    if (!settle(driver))
        return false;
    screen_mouse_move(driver->program.screen, row, column);
    screen_mouse_button(driver->program.screen, strcmp(way, "up") == 0 ? 4 : 5, true);
    return true;
}

/* ---- looking ---- */

static bool shows(const struct driver *driver, const char *text)
{
    char *whole = screen_text(driver->program.screen);
    bool found = strstr(whole, text) != NULL;
    free(whole);
    return found;
}

static bool do_wait(struct driver *driver, char *rest)
{
    struct program *program = &driver->program;
    time_t deadline = time(NULL) + PATIENCE_MS / 1000 + 1;
    while (time(NULL) < deadline) {
        bool moved = program_pump(program);
        if (shows(driver, rest))
            return true;
        if (program->ended && !moved)
            return fail(driver, "the program ended without showing: %s", rest);
        if (!moved)
            program_wait(program);
    }
    return fail(driver, "never shown: %s", rest);
}

static bool do_gone(struct driver *driver, char *rest)
{
    struct program *program = &driver->program;
    time_t deadline = time(NULL) + PATIENCE_MS / 1000 + 1;
    while (time(NULL) < deadline) {
        if (!program_settle(program))
            break;
        if (!shows(driver, rest))
            return true;
        program_wait(program);
    }
    return fail(driver, "still shown: %s", rest);
}

static bool do_settle(struct driver *driver, char *rest)
{
    (void)rest;
    return settle(driver);
}

static bool do_show(struct driver *driver, char *rest)
{
    (void)rest;
    if (!settle(driver))
        return false;
    screen_print(driver->program.screen, stdout);
    return true;
}

static bool do_attrs(struct driver *driver, char *rest)
{
    if (!settle(driver))
        return false;
    screen_print_attributes(driver->program.screen, atoi(rest), stdout);
    return true;
}

static bool do_modes(struct driver *driver, char *rest)
{
    struct termios termios;
    (void)rest;
    if (!settle(driver))
        return false;
    fputs("modes", stdout);
    screen_print_modes(driver->program.screen, stdout);
    if (driver->program.master >= 0 && tcgetattr(driver->program.master, &termios) == 0) {
        fputs(termios.c_lflag & ECHO ? "" : " no-echo", stdout);
        fputs(termios.c_lflag & ICANON ? "" : " no-lines", stdout);
        fputs(termios.c_lflag & ISIG ? "" : " no-signals", stdout);
    }
    putchar('\n');
    return true;
}

static bool do_count(struct driver *driver, char *rest)
{
    (void)rest;
    if (!settle(driver))
        return false;
    printf("count %zu\n", driver->program.received);
    driver->program.received = 0;
    return true;
}

static bool do_say(struct driver *driver, char *rest)
{
    (void)driver;
    puts(rest);
    return true;
}

static bool do_save(struct driver *driver, char *rest)
{
    if (!settle(driver))
        return false;
    char *text = screen_text(driver->program.screen);
    FILE *file = fopen(rest, "we");
    bool written = file && fputs(text, file) >= 0;
    if (file && fclose(file) != 0)
        written = false;
    free(text);
    return written || fail(driver, "cannot write %s", rest);
}

static bool do_same(struct driver *driver, char *rest)
{
    size_t len;
    if (!settle(driver))
        return false;
    char *wanted = read_whole(rest, &len), *text = screen_text(driver->program.screen);
    bool same = wanted && strcmp(wanted, text) == 0;
    if (!same)
        fail(driver, "not the same as %s:\n%s--- but:", rest, wanted ? wanted : "(no such file)\n");
    free(wanted);
    free(text);
    return same;
}

/* ---- the script ---- */

static const struct command {
    const char *name;
    bool (*run)(struct driver *driver, char *rest);
    bool any_time; /* even before the first run */
} commands[] = {
    { "size", do_size, true },    { "env", do_env, true },
    { "unset", do_unset, true },  { "run", do_run, true },
    { "say", do_say, true },      { "type", do_type, false },
    { "key", do_key, false },     { "paste", do_paste, false },
    { "click", do_click, false }, { "pastefile", do_pastefile, false },
    { "drag", do_drag, false },   { "wheel", do_wheel, false },
    { "wait", do_wait, false },   { "gone", do_gone, false },
    { "show", do_show, false },   { "attrs", do_attrs, false },
    { "modes", do_modes, false }, { "count", do_count, false },
    { "close", do_close, false }, { "signal", do_signal, false },
    { "exit", do_exit, false },   { "save", do_save, false },
    { "same", do_same, false },   { "settle", do_settle, false },
};

static bool obey(struct driver *driver, char *line)
{
    size_t len = strcspn(line, " ");
    char *rest = line + len + (line[len] == ' ');
    line[len] = '\0';
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, line) != 0)
            continue;
        if (!commands[i].any_time && !driver->program.process)
            return fail(driver, "%s needs a run before it", line);
        return commands[i].run(driver, rest);
    }
    return fail(driver, "no such command: %s", line);
}

/* Tests must not depend on the terminal they are started from. */
static void clean_environment(void)
{
    static const char *const names[] = { "LINES",  "COLUMNS",  "NO_COLOR", "ESCDELAY", "VISUAL",
                                         "EDITOR", "TERMINFO", "LANG",     "LANGUAGE" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
}

int main(void)
{
    struct driver driver = { .rows = 24, .columns = 80 };
    char *line = NULL;
    size_t size = 0;
    bool fine = true;
    clean_environment();
    fcntl(STDIN_FILENO, F_SETFD, FD_CLOEXEC);
    while (fine && getline(&line, &size, stdin) >= 0) {
        driver.line++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] && line[0] != '#')
            fine = obey(&driver, line);
        fflush(stdout);
    }
    program_release(&driver.program);
    free(line);
    return !fine;
}

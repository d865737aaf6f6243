#include "terminal.h"

#include <curses.h>
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "nianbao/text.h"
#include "sequence.h"

struct tui_terminal {
    SCREEN *screen;
    struct tui_canvas shown; /* what the terminal shows */
    bool ascii, color, mouse, asks_width, wide_ambiguous;
    bool holds; /* ncurses may have read more than it has given out */
    int cursor_shown;
    struct nb_buf paste;
    sigset_t signals; /* those let through while waiting */
};

/* Sequences of all terminals of the last decades; others ignore them. */
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";
static const char mouse_on[] = "\033[?1000h\033[?1002h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1002l\033[?1000l";

static volatile sig_atomic_t told_to_end;

static void on_end_signal(int number)
{
    (void)number;
    told_to_end = 1;
}

static bool has_capability(const char *name)
{
    const char *sequence = tigetstr(name);
    return sequence && (intptr_t)sequence != -1;
}

/* ---- crashes ---- */

static const int crash_signals[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

/* What handlers need, which can be told nothing: how the terminal was, whether it is changed, and
 * what to do with the signal then. */
static struct {
    struct termios modes;
    bool started;      /* modes are changed, though ncurses has not drawn yet */
    const char *leave; /* the way back from the other screen, NULL: none */
    struct sigaction before[nb_countof(crash_signals)];
} crash;

static void write_all(const char *text)
{
    ssize_t ignored = write(STDOUT_FILENO, text, strlen(text));
    (void)ignored;
}

static void forget_crashes(void)
{
    for (size_t i = 0; i < nb_countof(crash_signals); i++)
        sigaction(crash_signals[i], &crash.before[i], NULL);
}

/* Puts the terminal back with what a handler may use; the signal then takes its course: the fault
 * happens again, or the signal is sent again. */
static void on_crash(int number, siginfo_t *info, void *context)
{
    (void)context;
    write_all(mouse_off);
    write_all(paste_off);
    if (crash.leave)
        write_all(crash.leave);
    tcsetattr(STDIN_FILENO, TCSANOW, &crash.modes);
    write_all("nianbao: 程序出错，已中止；录入的内容在日志里，再打开这份草稿就能恢复\n");
    forget_crashes();
    if (info->si_code <= 0)
        raise(number);
}

static void expect_crashes(void)
{
    const struct sigaction action = { .sa_sigaction = on_crash, .sa_flags = SA_SIGINFO };
    tcgetattr(STDIN_FILENO, &crash.modes);
    crash.leave = NULL;
    for (size_t i = 0; i < nb_countof(crash_signals); i++)
        sigaction(crash_signals[i], &action, &crash.before[i]);
}

static void learn_way_back(void)
{
    crash.leave = has_capability("rmcup") ? tigetstr("rmcup") : NULL;
}

/* ---- styles ---- */

enum { NO_COLOR_PAIR, RED_PAIR, YELLOW_PAIR, GREEN_PAIR, CYAN_PAIR };

static const struct {
    attr_t attributes;
    short pair;
    attr_t mono; /* where there is no colour */
} styles[TUI_STYLE_COUNT] = {
    [TUI_BAR] = { A_REVERSE, NO_COLOR_PAIR, A_REVERSE },
    [TUI_CURRENT] = { A_REVERSE | A_BOLD, NO_COLOR_PAIR, A_REVERSE },
    [TUI_HEAD] = { A_BOLD, CYAN_PAIR, A_BOLD },
    [TUI_LABEL] = { A_BOLD, NO_COLOR_PAIR, A_BOLD },
    [TUI_FOCUS] = { A_REVERSE, NO_COLOR_PAIR, A_REVERSE },
    [TUI_SELECTED] = { A_REVERSE, CYAN_PAIR, A_REVERSE },
    [TUI_ERROR] = { A_BOLD, RED_PAIR, A_BOLD },
    [TUI_WARNING] = { A_NORMAL, YELLOW_PAIR, A_NORMAL },
    [TUI_DONE] = { A_NORMAL, GREEN_PAIR, A_NORMAL },
    [TUI_DIM] = { A_DIM, NO_COLOR_PAIR, A_NORMAL },
    [TUI_LINK] = { A_UNDERLINE, CYAN_PAIR, A_UNDERLINE },
    [TUI_FOUND] = { A_UNDERLINE, YELLOW_PAIR, A_UNDERLINE },
    [TUI_FOUND_ERROR] = { A_UNDERLINE | A_BOLD, RED_PAIR, A_UNDERLINE | A_BOLD },
};

static bool start_colors(void)
{
    const char *no_color = getenv("NO_COLOR");
    if ((no_color && no_color[0]) || !has_colors() || start_color() == ERR)
        return false;
    use_default_colors();
    init_pair(RED_PAIR, COLOR_RED, -1);
    init_pair(YELLOW_PAIR, COLOR_YELLOW, -1);
    init_pair(GREEN_PAIR, COLOR_GREEN, -1);
    init_pair(CYAN_PAIR, COLOR_CYAN, -1);
    return true;
}

/* ---- opening and closing ---- */

/* Past ncurses, which has a buffer of its own: without the flush it would come at the end. */
static void send(const char *sequence)
{
    putp(sequence);
    fflush(stdout);
}

/* Signals come in only while the program waits for input: see tui_terminal_read(). */
static void hold_signals(struct tui_terminal *terminal)
{
    struct sigaction action = { .sa_handler = on_end_signal };
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGHUP);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGWINCH);
    sigaction(SIGHUP, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_BLOCK, &held, &terminal->signals);
}

static void start(struct tui_terminal *terminal)
{
    crash.started = true;
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    meta(stdscr, TRUE);
    typeahead(-1);               /* or every refresh asks several times whether there is input */
    define_key(NULL, KEY_MOUSE); /* ncurses drops all but the last of events that come at once */
    send(paste_on);
    if (terminal->mouse)
        send(mouse_on);
    terminal->cursor_shown = -1;
}

struct tui_terminal *tui_terminal_open(const struct tui_terminal_options *options, const char **why)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        *why = "不在终端里，打不开界面";
        return NULL;
    }
    const char *term = getenv("TERM");
    expect_crashes();
    SCREEN *screen = newterm(NULL, stdout, stdin);
    if (!screen && term && term[0]) /* not in this machine's list: nearly all are like xterm */
        screen = newterm("xterm", stdout, stdin);
    if (!screen || !has_capability("cup") /* TERM=dumb cannot */) {
        if (screen) {
            endwin();
            delscreen(screen);
        }
        forget_crashes();
        *why = "这种终端（环境变量 TERM）显示不了界面，可设为 xterm 再试";
        return NULL;
    }
    struct tui_terminal *terminal = nb_xalloc(sizeof *terminal);
    terminal->screen = screen;
    terminal->ascii = options->ascii;
    terminal->wide_ambiguous = options->ambiguous == TUI_AMBIGUOUS_WIDE;
    terminal->mouse = has_capability("kmous");
    set_escdelay(100);
    endwin(); /* until it was left once, ncurses writes to the terminal after each cursor motion */
    learn_way_back();
    start(terminal);
    terminal->color = start_colors();
    hold_signals(terminal);
    if (options->ambiguous == TUI_AMBIGUOUS_ASK) {
        refresh();                               /* the other screen must be there already */
        send("\033[H\342\200\224\033[6n\r  \r"); /* the answer comes as input: take_width() */
        terminal->asks_width = true;
    }
    return terminal;
}

void tui_terminal_leave(struct tui_terminal *terminal)
{
    if (terminal->mouse)
        send(mouse_off);
    send(paste_off);
    curs_set(1);
    endwin();
    crash.started = false;
    sigprocmask(SIG_SETMASK, &terminal->signals, NULL);
}

void tui_terminal_enter(struct tui_terminal *terminal)
{
    hold_signals(terminal);
    clearok(stdscr, TRUE);
    start(terminal);
    terminal->shown.rows = 0;
    refresh();
}

void tui_terminal_close(struct tui_terminal *terminal)
{
    if (!terminal)
        return;
    tui_terminal_leave(terminal);
    crash.leave = NULL; /* it goes with the screen */
    delscreen(terminal->screen);
    forget_crashes();
    tui_canvas_release(&terminal->shown);
    nb_buf_release(&terminal->paste);
    free(terminal);
}

bool tui_terminal_is_open(void)
{
    return stdscr && (crash.started || !isendwin());
}

_Noreturn void tui_terminal_abandon(const char *message)
{
    if (tui_terminal_is_open()) {
        endwin();
        write_all(mouse_off);
        write_all(paste_off);
    }
    write_all(message);
    _exit(2);
}

void tui_terminal_suspend(struct tui_terminal *terminal)
{
    tui_terminal_leave(terminal);
    raise(SIGSTOP);
    tui_terminal_enter(terminal);
}

void tui_terminal_size(const struct tui_terminal *terminal, int *rows, int *columns)
{
    (void)terminal;
    *rows = LINES;
    *columns = COLS;
}

bool tui_terminal_is_ascii(const struct tui_terminal *terminal)
{
    return terminal->ascii || terminal->wide_ambiguous;
}

/* ---- showing ---- */

/* What stands for characters that a terminal may draw wider than we count, where we know better
 * than a question mark. */
static const struct {
    wchar_t sign, other;
} substitutes[] = {
    { L'—', L'-' },  { L'–', L'-' },  { L'…', L'.' }, { L'“', L'"' }, { L'”', L'"' },
    { L'‘', L'\'' }, { L'’', L'\'' }, { L'·', L'.' }, { L'×', L'x' }, { L'√', L'v' },
    { L'✓', L'v' },  { L'✗', L'x' },  { L'●', L'*' }, { L'○', L'o' }, { L'■', L'#' },
    { L'□', L'o' },  { L'→', L'>' },  { L'←', L'<' }, { L'↑', L'^' }, { L'↓', L'v' },
    { L'≠', L'!' },  { L'±', L'+' },  { L'÷', L'/' }, { L'§', L'S' }, { L'※', L'*' },
};

static bool may_be_wide(wchar_t sign)
{
    return (sign >= 0xA1 && sign <= 0x451) || (sign >= 0x2010 && sign <= 0x27BF) ||
           (sign >= 0xE000 && sign <= 0xF8FF) || sign == 0xFFFD;
}

static wchar_t substitute(wchar_t sign)
{
    for (size_t i = 0; i < nb_countof(substitutes); i++) {
        if (substitutes[i].sign == sign)
            return substitutes[i].other;
    }
    if (sign >= L'①' && sign <= L'⑨')
        return sign - L'①' + L'1';
    return sign >= L'Ⅰ' && sign <= L'Ⅸ' ? sign - L'Ⅰ' + L'1' : L'?';
}

/* What can be drawn for a character so that the terminal moves as far as we count. */
static wchar_t drawable(const struct tui_terminal *terminal, wchar_t sign, int width)
{
    if (width == 1 && tui_terminal_is_ascii(terminal) && may_be_wide(sign))
        return substitute(sign);
    return wcwidth(sign) == width ? sign : width == 2 ? L'〓' : L'?';
}

static void draw_glyph(const struct tui_terminal *terminal, const struct tui_glyph *glyph,
                       int width, cchar_t *out)
{
    wchar_t signs[CCHARW_MAX + 1] = { (wchar_t)(unsigned char)glyph->text[0] };
    if (glyph->text[1]) {
        const char *at = glyph->text;
        int count = 0;
        for (uint32_t code; count < CCHARW_MAX && (code = nb_utf8_next(&at)) != 0; count++) {
            if (count > 0 && (wcwidth((wchar_t)code) != 0 || code == 0x200D))
                break; /* what a joiner ties is drawn in one sign by some terminals only */
            signs[count] = count ? (wchar_t)code : drawable(terminal, (wchar_t)code, width);
        }
        signs[count] = L'\0';
    }
    attr_t attributes =
        terminal->color ? styles[glyph->style].attributes : styles[glyph->style].mono;
    setcchar(out, signs, attributes, terminal->color ? styles[glyph->style].pair : 0, NULL);
}

/* Draws the columns [from, to) of a row, which cut no wide character. */
static void draw_stretch(const struct tui_terminal *terminal, const struct tui_glyph *row, int y,
                         int from, int to)
{
    cchar_t *out = nb_xalloc((size_t)(to - from) * sizeof *out);
    int count = 0;
    for (int x = from; x < to; x++) {
        bool wide = x + 1 < to && !row[x + 1].text[0];
        if (row[x].text[0])
            draw_glyph(terminal, &row[x], wide ? 2 : 1, &out[count++]);
    }
    mvadd_wchnstr(y, from, out, count);
    free(out);
}

/* Draws what differs from what is shown, up to the bounds of characters old and new; something
 * does. */
static void update_row(const struct tui_terminal *terminal, const struct tui_glyph *old,
                       const struct tui_glyph *new, int y, int columns)
{
    int from = 0, to = columns;
    while (memcmp(&old[from], &new[from], sizeof *new) == 0)
        from++;
    while (memcmp(&old[to - 1], &new[to - 1], sizeof *new) == 0)
        to--;
    while (from > 0 && (!old[from].text[0] || !new[from].text[0]))
        from--;
    while (to < columns && (!old[to].text[0] || !new[to].text[0]))
        to++;
    draw_stretch(terminal, new, y, from, to);
}

void tui_terminal_show(struct tui_terminal *terminal, const struct tui_canvas *canvas)
{
    struct tui_canvas *shown = &terminal->shown;
    int columns = canvas->columns;
    size_t row_bytes = (size_t)columns * sizeof *canvas->glyphs;
    bool anew = shown->rows != canvas->rows || shown->columns != columns;
    if (anew)
        tui_canvas_resize(shown, canvas->rows, columns);
    for (int y = 0; y < canvas->rows; y++) {
        struct tui_glyph *old = &shown->glyphs[(size_t)y * (size_t)columns];
        const struct tui_glyph *new = &canvas->glyphs[(size_t)y * (size_t)columns];
        if (anew)
            draw_stretch(terminal, new, y, 0, columns);
        else if (memcmp(old, new, row_bytes) == 0)
            continue;
        else
            update_row(terminal, old, new, y, columns);
        memcpy(old, new, row_bytes);
    }
    int cursor = canvas->cursor_y >= 0;
    if (cursor)
        move(canvas->cursor_y, canvas->cursor_x);
    if (cursor != terminal->cursor_shown)
        curs_set(cursor);
    terminal->cursor_shown = cursor;
    refresh();
}

/* ---- reading ---- */

/* The character that begins with `byte`, WEOF where the bytes are none. Read here, as get_wch()
 * drops the first half of a character whose other half is late, and what stands behind bytes of
 * another encoding. */
static wint_t whole_char(int byte)
{
    size_t wanted = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2, count = 1;
    char bytes[4] = { (char)byte };
    const char *at = bytes;
    timeout(1000);
    while (count < wanted) {
        int next = getch();
        if (next < 0x80 || next > 0xBF) {
            if (next != ERR)
                ungetch(next);
            return WEOF;
        }
        bytes[count++] = (char)next;
    }
    return nb_utf8_fault(bytes, count) ? WEOF : (wint_t)nb_utf8_next(&at);
}

/* OK with a character in *sign, KEY_CODE_YES with a key as ncurses names it, or ERR. */
static int next_char(struct tui_terminal *terminal, int timeout_ms, wint_t *sign)
{
    timeout(timeout_ms);
    int code = getch();
    if (code == ERR)
        return ERR;
    *sign = (wint_t)code;
    if (code > 0xFF)
        return KEY_CODE_YES;
    if (code >= 0x80)
        *sign = whole_char(code);
    /* only what begins like a key and is none, or a broken character, leaves something behind */
    terminal->holds = terminal->holds || code == 0x1B || *sign == WEOF;
    return OK;
}

/* Keys with modifiers, of which ncurses tells no more than a name: kLFT5 is Ctrl-←. */
static uint32_t key_of_name(const char *name)
{
    static const struct {
        const char *name;
        uint32_t key;
    } keys[] = {
        { "kUP", TUI_KEY_UP },       { "kDN", TUI_KEY_DOWN },       { "kLFT", TUI_KEY_LEFT },
        { "kRIT", TUI_KEY_RIGHT },   { "kHOM", TUI_KEY_HOME },      { "kEND", TUI_KEY_END },
        { "kPRV", TUI_KEY_PAGE_UP }, { "kNXT", TUI_KEY_PAGE_DOWN }, { "kDC", TUI_KEY_DELETE },
        { "kIC", TUI_KEY_INSERT },
    };
    for (size_t i = 0; name && i < nb_countof(keys); i++) {
        size_t len = strlen(keys[i].name);
        if (strncmp(name, keys[i].name, len) == 0 && name[len] >= '2' && name[len] <= '8' &&
            !name[len + 1])
            return keys[i].key | tui_key_modifiers(name[len] - '0');
    }
    return TUI_NO_KEY;
}

/* Keys as ncurses names them. */
static uint32_t key_of_curses(wint_t code)
{
    static const struct {
        wint_t code;
        uint32_t key;
    } keys[] = {
        { KEY_UP, TUI_KEY_UP },
        { KEY_DOWN, TUI_KEY_DOWN },
        { KEY_LEFT, TUI_KEY_LEFT },
        { KEY_RIGHT, TUI_KEY_RIGHT },
        { KEY_SR, TUI_KEY_UP | TUI_SHIFT },
        { KEY_SF, TUI_KEY_DOWN | TUI_SHIFT },
        { KEY_SLEFT, TUI_KEY_LEFT | TUI_SHIFT },
        { KEY_SRIGHT, TUI_KEY_RIGHT | TUI_SHIFT },
        { KEY_HOME, TUI_KEY_HOME },
        { KEY_END, TUI_KEY_END },
        { KEY_SHOME, TUI_KEY_HOME | TUI_SHIFT },
        { KEY_SEND, TUI_KEY_END | TUI_SHIFT },
        { KEY_SPREVIOUS, TUI_KEY_PAGE_UP | TUI_SHIFT },
        { KEY_SNEXT, TUI_KEY_PAGE_DOWN | TUI_SHIFT },
        { KEY_PPAGE, TUI_KEY_PAGE_UP },
        { KEY_NPAGE, TUI_KEY_PAGE_DOWN },
        { KEY_BACKSPACE, TUI_KEY_BACKSPACE },
        { KEY_DC, TUI_KEY_DELETE },
        { KEY_IC, TUI_KEY_INSERT },
        { KEY_ENTER, TUI_KEY_ENTER },
        { KEY_BTAB, TUI_KEY_TAB | TUI_SHIFT },
    };
    for (size_t i = 0; i < nb_countof(keys); i++) {
        if (keys[i].code == code)
            return keys[i].key;
    }
    if (code >= (wint_t)KEY_F(1) && code <= (wint_t)KEY_F(12))
        return TUI_KEY_F1 + (code - (wint_t)KEY_F(1));
    return key_of_name(keyname((int)code));
}

static struct tui_sequence read_sequence(struct tui_terminal *terminal)
{
    struct tui_sequence sequence = { .n_numbers = 1 };
    wint_t sign;
    do {
        if (next_char(terminal, 100, &sign) != OK)
            break;
    } while (tui_sequence_add(&sequence, (uint32_t)sign));
    return sequence;
}

/* Reads bytes up to ESC [ 2 0 1 ~, past ncurses, which would take keys out of the text; never more
 * at a time than that end still lacks, so that nothing behind it is read. */
static void read_paste(struct tui_terminal *terminal, struct tui_event *event)
{
    static const char end[] = "\033[201~";
    enum { END_BYTES = sizeof end - 1 };
    struct nb_buf *text = &terminal->paste;
    struct pollfd wait = { .fd = STDIN_FILENO, .events = POLLIN };
    char bytes[END_BYTES];
    size_t matched = 0;
    ssize_t count;
    text->len = 0;
    while (matched < END_BYTES && poll(&wait, 1, 1000) > 0 &&
           (count = read(STDIN_FILENO, bytes, END_BYTES - matched)) > 0) {
        nb_buf_add(text, bytes, (size_t)count);
        for (ssize_t i = 0; i < count; i++)
            matched = bytes[i] == end[matched] ? matched + 1 : bytes[i] == end[0];
    }
    if (matched == END_BYTES)
        text->len -= END_BYTES;
    nb_buf_putc(text, '\0');
    text->len--;
    event->kind = TUI_EVENT_PASTE;
    event->paste = *text;
}

/* The answer to the question of tui_terminal_open(): row and column behind one “—”. */
static bool take_width(struct tui_terminal *terminal, const struct tui_sequence *sequence)
{
    if (!terminal->asks_width || sequence->last != 'R')
        return false;
    terminal->asks_width = false;
    terminal->wide_ambiguous = sequence->numbers[1] == 3;
    terminal->shown.rows = 0; /* draw everything again */
    return true;
}

static void take_key(struct tui_event *event, uint32_t key)
{
    event->key = key;
    event->kind = key == TUI_NO_KEY ? TUI_EVENT_NONE : TUI_EVENT_KEY;
}

/* ESC [ < button ; column ; row M, with m where it was released; ESC [ M and three bytes from old
 * terminals, where 3 is any button released. False: something else. */
static bool take_mouse(struct tui_event *event, const struct tui_sequence *sequence)
{
    const int *numbers = sequence->numbers;
    if (sequence->private && (sequence->last == 'M' || sequence->last == 'm')) {
        tui_event_set_mouse(event, numbers[0], sequence->last == 'm', numbers[2] - 1,
                            numbers[1] - 1);
        return true;
    }
    if (sequence->last != 'M' || numbers[0])
        return false;
    int bytes[3];
    timeout(100);
    for (int i = 0; i < 3; i++)
        bytes[i] = getch() - 32;
    bool released = (bytes[0] & 67) == 3;
    tui_event_set_mouse(event, released ? 0 : bytes[0], released, bytes[2] - 1, bytes[1] - 1);
    return true;
}

static void read_escape(struct tui_terminal *terminal, struct tui_event *event)
{
    wint_t sign;
    int status = next_char(terminal, 0, &sign);
    if (status == ERR) {
        take_key(event, TUI_KEY_ESC);
    } else if (status == KEY_CODE_YES) {
        uint32_t key = key_of_curses(sign);
        take_key(event, key ? key | TUI_ALT : key);
    } else if (sign == '[' || sign == 'O') {
        struct tui_sequence sequence = read_sequence(terminal);
        if (sign == '[' && sequence.last == '~' && sequence.numbers[0] == 200)
            read_paste(terminal, event);
        else if (take_width(terminal, &sequence))
            event->kind = TUI_EVENT_RESIZE;
        else if (sign == 'O' || !take_mouse(event, &sequence))
            take_key(event, tui_key_of_sequence(&sequence));
    } else {
        uint32_t key = tui_key_of_char((uint32_t)sign);
        take_key(event, key ? key | TUI_ALT : key);
    }
}

/* Waits for input with the signals let in. */
static void wait_for_input(const struct tui_terminal *terminal, int timeout_ms,
                           struct tui_event *event)
{
    struct pollfd wait = { .fd = STDIN_FILENO, .events = POLLIN };
    struct timespec span = { timeout_ms / 1000, timeout_ms % 1000 * 1000000L };
    int ready = ppoll(&wait, 1, timeout_ms < 0 ? NULL : &span, &terminal->signals);
    /* what was typed before is read already; at its end a terminal stays readable for ever */
    bool gone = ready > 0 && (wait.revents & ~POLLIN);
    if (told_to_end || gone)
        event->kind = TUI_EVENT_HANGUP;
}

void tui_terminal_read(struct tui_terminal *terminal, int timeout_ms, struct tui_event *event)
{
    *event = (struct tui_event) { .kind = TUI_EVENT_NONE };
    wint_t sign;
    int status = terminal->holds ? next_char(terminal, 0, &sign) : ERR;
    if (status == ERR) {
        terminal->holds = false;
        wait_for_input(terminal, timeout_ms, event);
        if (event->kind == TUI_EVENT_HANGUP)
            return;
        errno = 0;
        status = next_char(terminal, 0, &sign);
        if (status == ERR && errno != EINTR && errno != EAGAIN && errno != 0)
            event->kind = TUI_EVENT_HANGUP;
    }
    if (status == KEY_CODE_YES && sign == KEY_RESIZE)
        event->kind = TUI_EVENT_RESIZE;
    else if (status == KEY_CODE_YES)
        take_key(event, key_of_curses(sign));
    else if (status == OK && sign == 0x1B)
        read_escape(terminal, event);
    else if (status == OK)
        take_key(event, tui_key_of_char((uint32_t)sign));
}

bool tui_terminal_has_input(const struct tui_terminal *terminal)
{
    struct pollfd ready = { .fd = STDIN_FILENO, .events = POLLIN };
    return !terminal->holds && poll(&ready, 1, 0) > 0 && ready.revents == POLLIN;
}

void tui_terminal_copy(struct tui_terminal *terminal, const char *text, size_t len_bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct nb_buf out = { 0 };
    (void)terminal;
    nb_buf_puts(&out, "\033]52;c;");
    for (size_t i = 0; i < len_bytes; i += 3) {
        size_t left = len_bytes - i;
        uint32_t bits = (uint32_t)(unsigned char)text[i] << 16;
        bits |= left > 1 ? (uint32_t)(unsigned char)text[i + 1] << 8 : 0;
        bits |= left > 2 ? (uint32_t)(unsigned char)text[i + 2] : 0;
        nb_buf_putc(&out, digits[bits >> 18]);
        nb_buf_putc(&out, digits[bits >> 12 & 63]);
        nb_buf_putc(&out, left > 1 ? digits[bits >> 6 & 63] : '=');
        nb_buf_putc(&out, left > 2 ? digits[bits & 63] : '=');
    }
    nb_buf_puts(&out, "\a");
    send(out.data);
    nb_buf_release(&out);
}

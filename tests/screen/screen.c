#include "screen.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <vterm.h>

#include "keys.h"

/* libvterm writes this into the second cell of a wide character. */
static const uint32_t second_half = (uint32_t)-1;

struct screen {
    VTerm *vterm;
    VTermScreen *cells;
    VTerm *ruler; /* asked how wide a character is, so that we need no table of our own */
    screen_sender *send;
    void *context;
    size_t *probe; /* counts the bytes instead of sending them */
    bool alternate, cursor_hidden;
    int mouse;
};

static void on_output(const char *bytes, size_t len_bytes, void *user)
{
    struct screen *screen = user;
    if (screen->probe)
        *screen->probe += len_bytes;
    else
        screen->send(bytes, len_bytes, screen->context);
}

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct screen *screen = user;
    if (property == VTERM_PROP_CURSORVISIBLE)
        screen->cursor_hidden = !value->boolean;
    else if (property == VTERM_PROP_ALTSCREEN)
        screen->alternate = value->boolean;
    else if (property == VTERM_PROP_MOUSE)
        screen->mouse = value->number;
    return 1;
}

struct screen *screen_new(int rows, int columns, screen_sender *send, void *context)
{
    static const VTermScreenCallbacks callbacks = { .settermprop = on_property };
    struct screen *screen = calloc(1, sizeof *screen);
    if (!screen)
        abort();
    *screen = (struct screen) { .send = send, .context = context };
    screen->vterm = vterm_new(rows, columns);
    vterm_set_utf8(screen->vterm, 1);
    vterm_output_set_callback(screen->vterm, on_output, screen);
    screen->cells = vterm_obtain_screen(screen->vterm);
    vterm_screen_set_callbacks(screen->cells, &callbacks, screen);
    vterm_screen_enable_altscreen(screen->cells, 1);
    vterm_screen_reset(screen->cells, 1);
    screen->ruler = vterm_new(1, 8);
    vterm_set_utf8(screen->ruler, 1);
    vterm_state_reset(vterm_obtain_state(screen->ruler), 1);
    return screen;
}

void screen_free(struct screen *screen)
{
    if (!screen)
        return;
    vterm_free(screen->vterm);
    vterm_free(screen->ruler);
    free(screen);
}

void screen_resize(struct screen *screen, int rows, int columns)
{
    vterm_set_size(screen->vterm, rows, columns);
}

void screen_take(struct screen *screen, const char *bytes, size_t len_bytes)
{
    vterm_input_write(screen->vterm, bytes, len_bytes);
}

/* ---- cells ---- */

static VTermScreenCell cell_at(const struct screen *screen, int row, int column)
{
    VTermScreenCell cell;
    vterm_screen_get_cell(screen->cells, (VTermPos) { row - 1, column - 1 }, &cell);
    if (cell.width < 1)
        cell.width = 1;
    return cell;
}

static void put_cell(const VTermScreenCell *cell, FILE *out)
{
    if (cell->chars[0] == 0 || cell->chars[0] == second_half) {
        fputc(' ', out);
        return;
    }
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++) {
        char bytes[5] = "";
        keys_encode(cell->chars[i], bytes);
        fputs(bytes, out);
    }
}

/* The text of some columns without the blanks at its end. */
static void put_columns(const struct screen *screen, int row, int from, int to, FILE *out)
{
    char *text = NULL;
    size_t len = 0;
    FILE *memory = open_memstream(&text, &len);
    if (!memory)
        abort();
    for (int column = from; column <= to;) {
        VTermScreenCell cell = cell_at(screen, row, column);
        put_cell(&cell, memory);
        column += cell.width;
    }
    fclose(memory);
    while (len > 0 && text[len - 1] == ' ')
        len--;
    fwrite(text, 1, len, out);
    free(text);
}

static void put_rows(const struct screen *screen, FILE *out)
{
    int rows, columns;
    vterm_get_size(screen->vterm, &rows, &columns);
    for (int row = 1; row <= rows; row++) {
        put_columns(screen, row, 1, columns, out);
        fputc('\n', out);
    }
}

char *screen_text(const struct screen *screen)
{
    char *text = NULL;
    size_t len;
    FILE *memory = open_memstream(&text, &len);
    if (!memory)
        abort();
    put_rows(screen, memory);
    fclose(memory);
    return text;
}

static void put_rule(const char *corner, int columns, FILE *out)
{
    fputs(corner, out);
    for (int column = 2; column <= columns; column++)
        fputs("─", out);
    fputc('\n', out);
}

void screen_print(const struct screen *screen, FILE *out)
{
    int rows, columns;
    VTermPos cursor;
    vterm_get_size(screen->vterm, &rows, &columns);
    put_rule("┌", columns, out);
    put_rows(screen, out);
    put_rule("└", columns, out);
    vterm_state_get_cursorpos(vterm_obtain_state(screen->vterm), &cursor);
    if (screen->cursor_hidden)
        fputs("cursor hidden\n", out);
    else
        fprintf(out, "cursor %d %d\n", cursor.row + 1, cursor.col + 1);
}

/* ---- attributes ---- */

static void put_color(const VTermColor *color, FILE *out)
{
    static const char *const names[] = { "black", "red",     "green", "yellow",
                                         "blue",  "magenta", "cyan",  "white" };
    if (VTERM_COLOR_IS_RGB(color))
        fprintf(out, "#%02x%02x%02x", color->rgb.red, color->rgb.green, color->rgb.blue);
    else if (color->indexed.idx < 16)
        fprintf(out, "%s%s", color->indexed.idx < 8 ? "" : "bright-",
                names[color->indexed.idx % 8]);
    else
        fprintf(out, "color-%d", color->indexed.idx);
}

static void put_attributes(const VTermScreenCell *cell, FILE *out)
{
    VTermScreenCellAttrs attrs = cell->attrs;
    fputs(attrs.bold ? " bold" : "", out);
    fputs(attrs.italic ? " italic" : "", out);
    fputs(attrs.underline ? " underline" : "", out);
    fputs(attrs.blink ? " blink" : "", out);
    fputs(attrs.reverse ? " reverse" : "", out);
    fputs(attrs.strike ? " strike" : "", out);
    if (!VTERM_COLOR_IS_DEFAULT_FG(&cell->fg)) {
        fputc(' ', out);
        put_color(&cell->fg, out);
    }
    if (!VTERM_COLOR_IS_DEFAULT_BG(&cell->bg)) {
        fputs(" on-", out);
        put_color(&cell->bg, out);
    }
}

static bool is_plain(const VTermScreenCell *cell)
{
    VTermScreenCellAttrs attrs = cell->attrs;
    return !attrs.bold && !attrs.italic && !attrs.underline && !attrs.blink && !attrs.reverse &&
           !attrs.strike && VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) &&
           VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
}

static bool same_color(const VTermColor *a, const VTermColor *b)
{
    return vterm_color_is_equal(a, b) &&
           VTERM_COLOR_IS_DEFAULT_FG(a) == VTERM_COLOR_IS_DEFAULT_FG(b) &&
           VTERM_COLOR_IS_DEFAULT_BG(a) == VTERM_COLOR_IS_DEFAULT_BG(b);
}

static bool same_attributes(const VTermScreenCell *a, const VTermScreenCell *b)
{
    return a->attrs.bold == b->attrs.bold && a->attrs.italic == b->attrs.italic &&
           !a->attrs.underline == !b->attrs.underline && a->attrs.blink == b->attrs.blink &&
           a->attrs.reverse == b->attrs.reverse && a->attrs.strike == b->attrs.strike &&
           same_color(&a->fg, &b->fg) && same_color(&a->bg, &b->bg);
}

void screen_print_attributes(const struct screen *screen, int row, FILE *out)
{
    int rows, columns;
    bool any = false;
    vterm_get_size(screen->vterm, &rows, &columns);
    for (int from = 1, end; row >= 1 && row <= rows && from <= columns; from = end) {
        VTermScreenCell first = cell_at(screen, row, from), next = first;
        end = from;
        do {
            end += next.width;
            if (end <= columns)
                next = cell_at(screen, row, end);
        } while (end <= columns && same_attributes(&first, &next));
        if (is_plain(&first))
            continue;
        any = true;
        fprintf(out, "%d..%d", from, end - 1);
        put_attributes(&first, out);
        fputs(": ", out);
        put_columns(screen, row, from, end - 1, out);
        fputc('\n', out);
    }
    if (!any)
        fputs("plain\n", out);
}

/* ---- halves ---- */

static int natural_width(const struct screen *screen, uint32_t code)
{
    char bytes[6] = "\r";
    VTermPos cursor;
    if (code < 0x80)
        return 1;
    keys_encode(code, bytes + 1);
    vterm_input_write(screen->ruler, bytes, strlen(bytes));
    vterm_state_get_cursorpos(vterm_obtain_state(screen->ruler), &cursor);
    return cursor.col;
}

void screen_print_halves(const struct screen *screen, FILE *out)
{
    int rows, columns;
    vterm_get_size(screen->vterm, &rows, &columns);
    for (int row = 1; row <= rows; row++) {
        for (int column = 1; column <= columns;) {
            VTermScreenCell cell = cell_at(screen, row, column);
            uint32_t sign = cell.chars[0];
            /* libvterm takes the width of a cell from what stands right of it, so either half
             * shows by a width that is not the character's own */
            if (sign == second_half || (sign && natural_width(screen, sign) != cell.width) ||
                (!sign && cell.width != 1))
                fprintf(out, "half character at %d %d\n", row, column);
            column += cell.width;
        }
    }
}

/* ---- to the program ---- */

void screen_print_modes(struct screen *screen, FILE *out)
{
    size_t marks = 0;
    screen->probe = &marks;
    vterm_keyboard_start_paste(screen->vterm); /* silent when the program did not ask for it */
    screen->probe = NULL;
    fputs(screen->alternate ? " alternate-screen" : "", out);
    fputs(screen->mouse ? " mouse" : "", out);
    fputs(marks ? " bracketed-paste" : "", out);
    fputs(screen->cursor_hidden ? " cursor-hidden" : "", out);
}

bool screen_key(struct screen *screen, const char *name)
{
    struct key key;
    if (!keys_find(name, &key))
        return false;
    if (key.code == VTERM_KEY_NONE)
        on_output(key.bytes, key.len_bytes, screen);
    else
        vterm_keyboard_key(screen->vterm, key.code, key.modifiers);
    return true;
}

void screen_paste(struct screen *screen, const char *bytes, size_t len_bytes)
{
    vterm_keyboard_start_paste(screen->vterm);
    on_output(bytes, len_bytes, screen);
    vterm_keyboard_end_paste(screen->vterm);
}

/* libvterm itself would send clicks that nobody asked for. */
void screen_mouse_move(struct screen *screen, int row, int column)
{
    if (screen->mouse != VTERM_PROP_MOUSE_NONE)
        vterm_mouse_move(screen->vterm, row - 1, column - 1, VTERM_MOD_NONE);
}

void screen_mouse_button(struct screen *screen, int button, bool pressed)
{
    if (screen->mouse != VTERM_PROP_MOUSE_NONE)
        vterm_mouse_button(screen->vterm, button, pressed, VTERM_MOD_NONE);
}

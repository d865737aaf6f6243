#include "frame.h"

#include <stdlib.h>
#include <string.h>

bool tui_box_has(const struct tui_box *box, int y, int x)
{
    return y >= box->y && y < box->y + box->rows && x >= box->x && x < box->x + box->columns;
}

/* A text in an edge, with a blank at each end. */
static void draw_in_edge(struct tui_canvas *canvas, int y, int x, int columns, enum tui_style style,
                         const char *text)
{
    if (!text[0] || columns < 4)
        return;
    size_t len = tui_text_fit(text, strlen(text), columns - 2);
    int behind = tui_canvas_bytes(canvas, y, x + 1, style, text, len);
    tui_canvas_text(canvas, y, x, style, " ");
    tui_canvas_text(canvas, y, behind, style, " ");
}

void tui_bar_draw(struct tui_canvas *canvas, const char *what, const char *counts)
{
    int right = canvas->columns - tui_text_width(counts);
    tui_canvas_fill(canvas, 0, 0, canvas->columns, TUI_BAR);
    struct tui_window window = tui_canvas_clip(canvas, 0, 0, 1, right - 1);
    tui_canvas_text(canvas, 0, 1, TUI_BAR, what);
    tui_canvas_unclip(canvas, window);
    tui_canvas_text(canvas, 0, right, TUI_BAR, counts);
}

struct tui_box tui_frame_draw(struct tui_canvas *canvas, int rows, int columns, const char *title,
                              const char *keys)
{
    struct tui_box box = { .rows = tui_smaller(rows, canvas->rows - 2),
                           .columns = tui_smaller(columns, canvas->columns - 4) };
    int y = (canvas->rows - box.rows - 2) / 2, x = (canvas->columns - box.columns - 4) / 2;
    tui_canvas_frame(canvas, y, x, box.rows + 2, box.columns + 4, TUI_PLAIN);
    draw_in_edge(canvas, y, x + 1, box.columns + 2, TUI_HEAD, title);
    draw_in_edge(canvas, y + box.rows + 1, x + 1, box.columns + 2, TUI_DIM, keys);
    canvas->cursor_y = canvas->cursor_x = -1; /* that of the screen below */
    box.y = y + 1;
    box.x = x + 2;
    return box;
}

/* The keys that are named at the start of a hint: Enter确定. */
static uint32_t key_of_hint(const char *hint)
{
    static const struct {
        const char *name;
        uint32_t key;
    } names[] = { { "Enter", TUI_KEY_ENTER }, { "Esc", TUI_KEY_ESC }, { "^S", TUI_CTRL | 's' } };
    for (size_t i = 0; i < nb_countof(names); i++) {
        if (strncmp(hint, names[i].name, strlen(names[i].name)) == 0)
            return names[i].key;
    }
    return TUI_NO_KEY;
}

struct tui_event tui_frame_event(const struct tui_box *box, const char *keys,
                                 const struct tui_event *event)
{
    bool press = event->kind == TUI_EVENT_MOUSE && event->mouse == TUI_MOUSE_PRESS;
    if (!press || event->y != box->y + box->rows)
        return *event;
    for (int x = box->x; *keys;) {
        const char *gap = strstr(keys, "  ");
        size_t len = gap ? (size_t)(gap - keys) : strlen(keys);
        char *hint = nb_xstrndup(keys, len);
        int width = tui_text_width(hint);
        uint32_t key = event->x >= x && event->x < x + width ? key_of_hint(hint) : TUI_NO_KEY;
        free(hint);
        if (key != TUI_NO_KEY)
            return (struct tui_event) { .kind = TUI_EVENT_KEY, .key = key };
        x += width + 2;
        keys += len + (gap ? 2 : 0);
    }
    return *event;
}

static void add_row(struct nb_lines *rows, struct nb_line row)
{
    NB_GROW(rows->items, rows->count, rows->cap);
    rows->items[rows->count++] = row;
}

/* What indents the line, as far as that leaves room for it. */
static int indent_of(const char *line, int columns)
{
    int indent = (int)strspn(line, " ");
    return indent <= columns / 2 ? indent : 0;
}

void tui_wrap(struct nb_lines *rows, const char *text, int columns)
{
    struct nb_lines lines = { 0 };
    columns = columns < 2 ? 2 : columns;
    rows->count = 0;
    for (size_t start = 0; text[start];) {
        size_t len = strcspn(text + start, "\n");
        int indent = indent_of(text + start, columns);
        struct nb_pieces pieces;
        nb_pieces_cut(&pieces, text + start, len);
        nb_lines_fill(&lines, &pieces, text + start, indent, columns);
        nb_pieces_release(&pieces);
        for (int i = 0; i < lines.count; i++) {
            struct nb_line row = lines.items[i];
            size_t blanks = i ? 0 : (size_t)indent; /* stand before the first row */
            add_row(rows, (struct nb_line) { start + row.start - blanks, row.len + blanks,
                                             row.width + (int)blanks });
        }
        if (!lines.count)
            add_row(rows, (struct nb_line) { start, 0, 0 });
        start += len + (text[start + len] == '\n');
    }
    nb_lines_release(&lines);
}

int tui_widest_line(const char *text)
{
    int widest = 0;
    while (*text) {
        size_t len = strcspn(text, "\n");
        char *line = nb_xstrndup(text, len);
        int width = tui_text_width(line);
        widest = width > widest ? width : widest;
        free(line);
        text += len + (text[len] == '\n');
    }
    return widest;
}

int tui_scroll_to(int top, int at, int shown, int count)
{
    if (at >= top + shown)
        top = at - shown + 1;
    if (at < top)
        top = at;
    if (top > count - shown)
        top = count - shown;
    return top > 0 ? top : 0;
}

int tui_steps(const struct tui_event *event, int shown, int count)
{
    int page = shown > 2 ? shown - 1 : 1;
    if (event->kind == TUI_EVENT_MOUSE)
        return event->mouse == TUI_MOUSE_UP ? -3 : event->mouse == TUI_MOUSE_DOWN ? 3 : 0;
    if (event->kind != TUI_EVENT_KEY)
        return 0;
    switch (event->key) {
    case TUI_KEY_UP:
        return -1;
    case TUI_KEY_DOWN:
        return 1;
    case TUI_KEY_PAGE_UP:
        return -page;
    case TUI_KEY_PAGE_DOWN:
        return page;
    case TUI_KEY_HOME:
        return -count;
    case TUI_KEY_END:
        return count;
    }
    return 0;
}

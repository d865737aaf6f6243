#include "line.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"

/* ---- clusters ---- */

static size_t next_border(const struct tui_line *line, size_t at)
{
    const char *text = nb_buf_text(&line->text);
    if (at >= line->text.len)
        return line->text.len;
    return (size_t)(nb_utf8_cluster_end(text + at, text + line->text.len) - text);
}

/* The last border before `at`. Walks from the start: backwards, a flag of two letters in a row of
 * flags has no certain beginning. */
static size_t border_before(const struct tui_line *line, size_t at)
{
    size_t border = 0;
    for (size_t next; (next = next_border(line, border)) < at;)
        border = next;
    return border;
}

/* What was typed may have joined what stands behind it. */
static void settle(struct tui_line *line)
{
    size_t border = 0;
    while (border < line->cursor)
        border = next_border(line, border);
    line->cursor = border;
}

/* ---- changes ---- */

/* The `removed` bytes at `from` give way to `inserted`; the cursor goes behind that. */
static void splice(struct tui_line *line, size_t from, size_t removed, const char *inserted,
                   size_t len_bytes)
{
    char *rest = nb_xstrdup(nb_buf_text(&line->text) + from + removed);
    line->text.len = from;
    nb_buf_add(&line->text, inserted, len_bytes);
    nb_buf_puts(&line->text, rest);
    free(rest);
    line->cursor = from + len_bytes;
    settle(line);
}

void tui_line_set(struct tui_line *line, const char *text)
{
    char *copy = nb_xstrdup(text); /* may be the line's own */
    line->text.len = 0;
    nb_buf_puts(&line->text, copy);
    line->cursor = line->text.len;
    free(copy);
}

void tui_line_trim(struct tui_line *line)
{
    static const char wide[] = "\u3000";
    char *copy = nb_xstrdup(nb_buf_text(&line->text)), *from = copy;
    for (size_t step; (step = *from == ' ' ? 1 : strncmp(from, wide, 3) == 0 ? 3 : 0) > 0;)
        from += step;
    for (size_t len = strlen(from), step; len > 0; len -= step) {
        step = from[len - 1] == ' ' ? 1 : len > 2 && strcmp(from + len - 3, wide) == 0 ? 3 : 0;
        if (!step)
            break;
        from[len - step] = '\0';
    }
    if (strcmp(from, nb_buf_text(&line->text)) != 0)
        tui_line_set(line, from);
    free(copy);
}

void tui_line_release(struct tui_line *line)
{
    nb_buf_release(&line->text);
    *line = (struct tui_line) { 0 };
}

static bool breaks_line(uint32_t code)
{
    return code == '\n' || code == '\t' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

/* Text from outside as a line can hold it. */
static void insert(struct tui_line *line, const char *text, size_t len_bytes)
{
    struct nb_buf clean = { 0 };
    const char *fault = nb_utf8_fault(text, len_bytes);
    char *copy = nb_xstrndup(text, fault ? (size_t)(fault - text) : len_bytes);
    nb_text_normalise(copy, strlen(copy));
    for (const char *at = copy; *at;) {
        const char *from = at;
        uint32_t code = nb_utf8_next(&at);
        size_t len = (size_t)(at - from);
        if (breaks_line(code))
            nb_buf_putc(&clean, ' ');
        else if (!nb_text_fault(from, len))
            nb_buf_add(&clean, from, len);
    }
    splice(line, line->cursor, 0, nb_buf_text(&clean), clean.len);
    nb_buf_release(&clean);
    free(copy);
}

static void delete_cluster(struct tui_line *line, size_t from)
{
    if (from < line->text.len)
        splice(line, from, next_border(line, from) - from, "", 0);
}

static bool take_key(struct tui_line *line, uint32_t key)
{
    struct nb_buf typed = { 0 };
    switch (key) {
    case TUI_KEY_LEFT:
        line->cursor = border_before(line, line->cursor);
        return true;
    case TUI_KEY_RIGHT:
        line->cursor = next_border(line, line->cursor);
        return true;
    case TUI_KEY_HOME:
        line->cursor = 0;
        return true;
    case TUI_KEY_END:
        line->cursor = line->text.len;
        return true;
    case TUI_KEY_BACKSPACE:
        if (line->cursor)
            delete_cluster(line, border_before(line, line->cursor));
        return true;
    case TUI_KEY_DELETE:
        delete_cluster(line, line->cursor);
        return true;
    }
    if (!tui_key_is_text(key))
        return false;
    nb_utf8_add(&typed, key);
    insert(line, nb_buf_text(&typed), typed.len);
    nb_buf_release(&typed);
    return true;
}

bool tui_line_event(struct tui_line *line, const struct tui_event *event)
{
    if (event->kind == TUI_EVENT_PASTE) {
        insert(line, nb_buf_text(&event->paste), event->paste.len);
        return true;
    }
    return event->kind == TUI_EVENT_KEY && take_key(line, event->key);
}

/* ---- drawing ---- */

static int columns_before(const struct tui_line *line, size_t offset)
{
    char *before = nb_xstrndup(nb_buf_text(&line->text), offset);
    int width = tui_text_width(before);
    free(before);
    return width;
}

void tui_line_draw(const struct tui_line *line, struct tui_canvas *canvas, int y, int x,
                   int columns, enum tui_style style)
{
    int cursor = columns_before(line, line->cursor), skipped = 0;
    int step = columns > 3 ? columns / 2 : 1; /* by halves, so that it stands still in between */
    while (cursor - skipped > columns - 2 && cursor - skipped > 0)
        skipped += step;
    tui_canvas_fill(canvas, y, x, columns, style);
    struct tui_window window = tui_canvas_clip(canvas, y, x, 1, columns);
    tui_canvas_text(canvas, y, x - skipped, style, nb_buf_text(&line->text));
    tui_canvas_cursor(canvas, y, x + cursor - skipped);
    tui_canvas_unclip(canvas, window);
}

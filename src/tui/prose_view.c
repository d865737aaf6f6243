/* What of a text is on the screen, and where on it things stand. */
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "prose_view.h"

/* Of two paragraphs the layouts are kept: of the one at the top, which may be long and have most
 * of its lines above the screen, and of the one asked for last. */
struct tui_layouts {
    struct tui_layout *top, *other;
    bool top_is_fresh, other_is_fresh; /* set since the last refresh */
};

const char *tui_prose_text(const struct tui_prose *prose)
{
    return nb_draft_text(prose->session->draft, prose->text);
}

static void swap_layouts(struct tui_layouts *layouts)
{
    struct tui_layouts old = *layouts;
    *layouts = (struct tui_layouts) { old.other, old.top, old.other_is_fresh, old.top_is_fresh };
}

struct tui_layout *tui_prose_layout(struct tui_prose *prose, size_t paragraph)
{
    struct tui_layouts *layouts = prose->layouts;
    bool is_top = paragraph == prose->top_paragraph;
    bool elsewhere = (is_top ? layouts->other : layouts->top)->from == paragraph;
    if (elsewhere && (is_top ? layouts->top : layouts->other)->from != paragraph)
        swap_layouts(layouts);
    struct tui_layout *layout = is_top ? layouts->top : layouts->other;
    bool *fresh = is_top ? &layouts->top_is_fresh : &layouts->other_is_fresh;
    if (!*fresh || layout->from != paragraph)
        tui_layout_set(layout, prose->session->draft, tui_prose_text(prose), paragraph,
                       prose->columns);
    *fresh = true;
    return layout;
}

void tui_prose_release_layouts(struct tui_prose *prose)
{
    if (!prose->layouts)
        return;
    tui_layout_release(prose->layouts->top);
    tui_layout_release(prose->layouts->other);
    free(prose->layouts->top);
    free(prose->layouts->other);
    free(prose->layouts);
    prose->layouts = NULL;
}

static void make_layouts(struct tui_prose *prose)
{
    prose->layouts = nb_xalloc(sizeof *prose->layouts);
    prose->layouts->top = nb_xalloc(sizeof *prose->layouts->top);
    prose->layouts->other = nb_xalloc(sizeof *prose->layouts->other);
}

static size_t border_at(struct tui_prose *prose, size_t offset, size_t len)
{
    if (offset >= len)
        return len;
    size_t paragraph = tui_paragraph_start(tui_prose_text(prose), offset);
    return paragraph + tui_layout_border(tui_prose_layout(prose, paragraph), offset - paragraph);
}

void tui_prose_refresh(struct tui_prose *prose)
{
    const char *text = tui_prose_text(prose);
    size_t len = strlen(text);
    if (!prose->layouts)
        make_layouts(prose);
    prose->layouts->top_is_fresh = prose->layouts->other_is_fresh = false;
    if (prose->top_paragraph > len)
        prose->top_paragraph = len;
    prose->top_paragraph = tui_paragraph_start(text, prose->top_paragraph);
    struct tui_layout *top = tui_prose_layout(prose, prose->top_paragraph);
    if (prose->top_line >= tui_layout_count(top))
        prose->top_line = tui_layout_count(top) - 1;
    bool marked = prose->anchor != prose->cursor;
    prose->cursor = border_at(prose, prose->cursor, len);
    prose->anchor = marked ? border_at(prose, prose->anchor, len) : prose->cursor;
}

/* ---- places ---- */

struct tui_spot tui_prose_cursor_spot(struct tui_prose *prose)
{
    size_t paragraph = tui_paragraph_start(tui_prose_text(prose), prose->cursor);
    struct tui_layout *layout = tui_prose_layout(prose, paragraph);
    size_t at = prose->cursor - paragraph;
    int line = tui_layout_line_of(layout, at);
    if (prose->at_end && line > 0 && tui_layout_line_start(layout, line) == at)
        line--;
    return (struct tui_spot) { paragraph, line };
}

int tui_prose_cursor_column(struct tui_prose *prose)
{
    struct tui_spot spot = tui_prose_cursor_spot(prose);
    return tui_layout_column(tui_prose_layout(prose, spot.paragraph), spot.line,
                             prose->cursor - spot.paragraph);
}

bool tui_prose_step(struct tui_prose *prose, struct tui_spot *spot, int step)
{
    const char *text = tui_prose_text(prose);
    struct tui_layout *layout = tui_prose_layout(prose, spot->paragraph);
    if (step < 0 && spot->line > 0) {
        spot->line--;
        return true;
    }
    if (step > 0 && spot->line + 1 < tui_layout_count(layout)) {
        spot->line++;
        return true;
    }
    if (step < 0 && spot->paragraph > 0) {
        spot->paragraph = tui_paragraph_start(text, spot->paragraph - 1);
        spot->line = tui_layout_count(tui_prose_layout(prose, spot->paragraph)) - 1;
        return true;
    }
    size_t end = spot->paragraph + layout->len, broken = tui_break_length(text + end);
    if (step > 0 && broken)
        *spot = (struct tui_spot) { end + broken, 0 };
    return step > 0 && broken;
}

void tui_prose_place(struct tui_prose *prose, struct tui_spot spot, int column)
{
    struct tui_layout *layout = tui_prose_layout(prose, spot.paragraph);
    prose->cursor =
        spot.paragraph + tui_layout_at_column(layout, spot.line, column, &prose->at_end);
}

size_t tui_prose_before(struct tui_prose *prose, size_t offset)
{
    const char *text = tui_prose_text(prose);
    size_t paragraph = tui_paragraph_start(text, offset);
    if (offset > paragraph)
        return paragraph +
               tui_layout_before(tui_prose_layout(prose, paragraph), offset - paragraph);
    if (!paragraph)
        return 0;
    paragraph = tui_paragraph_start(text, paragraph - 1);
    return paragraph + tui_paragraph_length(text + paragraph);
}

size_t tui_prose_behind(struct tui_prose *prose, size_t offset)
{
    const char *text = tui_prose_text(prose);
    size_t broken = tui_break_length(text + offset);
    if (broken || !text[offset])
        return offset + broken;
    size_t paragraph = tui_paragraph_start(text, offset);
    return paragraph + tui_layout_behind(tui_prose_layout(prose, paragraph), offset - paragraph);
}

/* ---- scrolling ---- */

static bool is_before(struct tui_spot a, struct tui_spot b)
{
    return a.paragraph != b.paragraph ? a.paragraph < b.paragraph : a.line < b.line;
}

static struct tui_spot top_spot(const struct tui_prose *prose)
{
    return (struct tui_spot) { prose->top_paragraph, prose->top_line };
}

static void set_top(struct tui_prose *prose, struct tui_spot spot)
{
    prose->top_paragraph = spot.paragraph;
    prose->top_line = spot.line;
}

/* The last line on the screen. */
static struct tui_spot bottom_spot(struct tui_prose *prose)
{
    struct tui_spot spot = top_spot(prose);
    for (int row = 1; row < prose->rows; row++) {
        if (!tui_prose_step(prose, &spot, 1))
            break;
    }
    return spot;
}

/* No row stays empty below the text while lines of it stand above the screen. */
static void fill_rows(struct tui_prose *prose)
{
    struct tui_spot spot = top_spot(prose), top = spot;
    int row = 1;
    while (row < prose->rows && tui_prose_step(prose, &spot, 1))
        row++;
    while (row < prose->rows && tui_prose_step(prose, &top, -1))
        row++;
    set_top(prose, top);
}

void tui_prose_show_cursor(struct tui_prose *prose)
{
    fill_rows(prose);
    struct tui_spot cursor = tui_prose_cursor_spot(prose);
    if (is_before(cursor, top_spot(prose))) {
        set_top(prose, cursor);
    } else if (is_before(bottom_spot(prose), cursor)) {
        for (int row = 1; row < prose->rows; row++)
            tui_prose_step(prose, &cursor, -1);
        set_top(prose, cursor);
    }
}

void tui_prose_scroll(struct tui_prose *prose, int lines)
{
    struct tui_spot top = top_spot(prose);
    int step = lines < 0 ? -1 : 1;
    for (int i = 0; i != lines && tui_prose_step(prose, &top, step); i += step)
        ;
    set_top(prose, top);
    fill_rows(prose);
    top = top_spot(prose);
    struct tui_spot cursor = tui_prose_cursor_spot(prose), bottom = bottom_spot(prose);
    bool above = is_before(cursor, top), below = is_before(bottom, cursor);
    if (!above && !below)
        return;
    if (prose->goal_column < 0)
        prose->goal_column = tui_prose_cursor_column(prose);
    tui_prose_place(prose, above ? top : bottom, prose->goal_column);
    if (!prose->marking)
        prose->anchor = prose->cursor;
}

void tui_prose_point(struct tui_prose *prose, int y, int x)
{
    struct tui_spot spot = top_spot(prose);
    for (int row = prose->y; row < y && row < prose->y + prose->rows - 1; row++) {
        if (!tui_prose_step(prose, &spot, 1)) {
            x = prose->x + prose->columns;
            break;
        }
    }
    tui_prose_place(prose, spot, x > prose->x ? x - prose->x : 0);
}

/* ---- drawing ---- */

struct stretch {
    size_t from, to; /* bytes of the text */
    enum tui_style style;
};

struct drawing {
    struct tui_prose *prose;
    struct tui_canvas *canvas;
    struct stretch *found; /* what findings are about */
    int n_found, cap_found;
    struct stretch marked, wanted; /* wanted: what was looked for */
};

static void gather_found(struct drawing *drawing)
{
    const struct tui_session *session = drawing->prose->session;
    for (int i = 0; i < session->n_findings; i++) {
        const struct tui_finding *finding = &session->findings[i];
        if (finding->place.text != drawing->prose->text)
            continue;
        size_t offset = finding->diag->offset, len = finding->diag->len;
        NB_GROW(drawing->found, drawing->n_found, drawing->cap_found);
        drawing->found[drawing->n_found++] =
            (struct stretch) { offset, offset + len,
                               finding->diag->severity == NB_ERROR ? TUI_FOUND_ERROR : TUI_FOUND };
    }
}

static bool overlaps(const struct stretch *stretch, size_t from, size_t to)
{
    return from < stretch->to && to > stretch->from;
}

static enum tui_style style_of(const struct drawing *drawing, size_t from,
                               const struct tui_sign *sign)
{
    size_t to = from + sign->len;
    if (overlaps(&drawing->marked, from, to) || overlaps(&drawing->wanted, from, to))
        return TUI_SELECTED;
    for (int i = 0; i < drawing->n_found; i++) {
        if (overlaps(&drawing->found[i], from, to))
            return drawing->found[i].style;
    }
    return sign->reference ? TUI_LINK : TUI_PLAIN;
}

static void draw_line(const struct drawing *drawing, int y, struct tui_spot spot)
{
    struct tui_prose *prose = drawing->prose;
    struct tui_layout *layout = tui_prose_layout(prose, spot.paragraph);
    struct tui_sign sign = { 0 };
    bool wrapped;
    while (tui_layout_next_sign(layout, spot.line, &sign)) {
        enum tui_style style = style_of(drawing, spot.paragraph + sign.at, &sign);
        int x = prose->x + sign.column;
        if (sign.shown && sign.width)
            tui_canvas_bytes(drawing->canvas, y, x, style, sign.shown, sign.shown_len);
        else if (style == TUI_SELECTED)
            tui_canvas_restyle(drawing->canvas, y, x, sign.width, style);
    }
    size_t end = spot.paragraph + tui_layout_line_end(layout, spot.line, &wrapped);
    bool breaks = end == spot.paragraph + layout->len;
    if (breaks && overlaps(&drawing->marked, end, end + 1)) /* the line break is marked, too */
        tui_canvas_restyle(drawing->canvas, y, prose->x + sign.column + sign.width, 1,
                           TUI_SELECTED);
}

static void draw_lines(struct drawing *drawing)
{
    struct tui_prose *prose = drawing->prose;
    struct tui_spot spot = top_spot(prose);
    for (int row = 0; row < prose->rows; row++) {
        draw_line(drawing, prose->y + row, spot);
        if (!tui_prose_step(prose, &spot, 1))
            break;
    }
}

static void put_cursor(struct tui_prose *prose, struct tui_canvas *canvas)
{
    struct tui_spot cursor = tui_prose_cursor_spot(prose), spot = top_spot(prose);
    int row = 0, column = tui_prose_cursor_column(prose);
    while (is_before(spot, cursor) && tui_prose_step(prose, &spot, 1))
        row++;
    if (column >= prose->columns) /* blanks at the end of a line go on unseen */
        column = prose->columns - 1;
    tui_canvas_cursor(canvas, prose->y + row, prose->x + column);
}

void tui_prose_draw(struct tui_prose *prose, struct tui_canvas *canvas, int y, int x, int rows,
                    int columns)
{
    if (rows < 1 || columns < 1)
        return;
    prose->y = y;
    prose->x = x;
    prose->rows = rows;
    prose->columns = columns;
    tui_prose_refresh(prose);
    tui_prose_show_cursor(prose);
    struct drawing drawing = { .prose = prose, .canvas = canvas };
    drawing.marked.to = tui_prose_marked(prose, &drawing.marked.from);
    drawing.marked.to += drawing.marked.from;
    if (prose->found_len && prose->cursor == prose->found)
        drawing.wanted =
            (struct stretch) { prose->found, prose->found + prose->found_len, TUI_SELECTED };
    gather_found(&drawing);
    struct tui_window window = tui_canvas_clip(canvas, y, x, rows, columns);
    draw_lines(&drawing);
    put_cursor(prose, canvas);
    tui_canvas_unclip(canvas, window);
    free(drawing.found);
}

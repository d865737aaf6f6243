#include "pager.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "dialog.h"
#include "folder.h"
#include "frame.h"
#include "nianbao/file.h"

struct pager {
    struct tui_screen screen;
    const char *title, *text;
    bool wraps;           /* else lines stand as they are, and can be scrolled sideways */
    struct nb_lines rows; /* bytes of `text` */
    int columns;          /* that they were wrapped to */
    int widest;           /* columns of the widest line, where they stand as they are */
    int top, left;        /* the first row and column seen, as far as the screen allows */
    int seen_top, seen_left;
    int shown;         /* rows, as drawn last */
    const char *found; /* NULL: nothing */
    size_t found_len;
    struct nb_buf word; /* looked for last */
    /* of a preview, else NULL */
    const struct nb_page *page;
    const char *path;
};

static struct pager *pager_of(struct tui_screen *screen)
{
    return (struct pager *)screen;
}

/* ---- rows ---- */

/* The row that has the byte at `offset`. */
static int row_at(const struct pager *pager, size_t offset)
{
    int from = 0, to = pager->rows.count;
    while (to - from > 1) {
        int middle = from + (to - from) / 2;
        if (pager->rows.items[middle].start <= offset)
            from = middle;
        else
            to = middle;
    }
    return from;
}

static size_t offset_of_top(const struct pager *pager)
{
    return pager->top < pager->rows.count ? pager->rows.items[pager->top].start : 0;
}

static void split_lines(struct pager *pager)
{
    struct nb_lines *rows = &pager->rows;
    for (const char *at = pager->text; *at;) {
        size_t len = strcspn(at, "\n");
        NB_GROW(rows->items, rows->count, rows->cap);
        rows->items[rows->count++] = (struct nb_line) { (size_t)(at - pager->text), len, 0 };
        at += len + (at[len] == '\n');
    }
    pager->widest = tui_widest_line(pager->text);
}

/* Another width of the screen: the same text stays at the top. */
static void wrap_again(struct pager *pager, int columns)
{
    size_t offset = offset_of_top(pager);
    tui_wrap(&pager->rows, pager->text, columns);
    pager->columns = columns;
    pager->top = pager->rows.count ? row_at(pager, offset) : 0;
}

/* A screen that was large for a while leaves the place as it was. */
static void clamp(struct pager *pager, int columns)
{
    int last = pager->rows.count - pager->shown;
    pager->seen_top = tui_larger(0, tui_smaller(pager->top, last));
    pager->seen_left =
        tui_larger(0, tui_smaller(pager->left, pager->wraps ? 0 : pager->widest - columns));
}

/* Moving starts from what is seen. */
static void settle(struct pager *pager)
{
    pager->top = pager->seen_top;
    pager->left = pager->seen_left;
}

/* ---- drawing ---- */

static int width_of(const char *text, size_t len_bytes)
{
    char *copy = nb_xstrndup(text, len_bytes);
    int width = tui_text_width(copy);
    free(copy);
    return width;
}

/* What has been found may go over several rows. */
static void mark_found(const struct pager *pager, struct tui_canvas *canvas, int y, int x,
                       const struct nb_line *row)
{
    if (!pager->found)
        return;
    size_t from = (size_t)(pager->found - pager->text), to = from + pager->found_len;
    size_t first = from > row->start ? from : row->start;
    size_t last = to < row->start + row->len ? to : row->start + row->len;
    if (first >= last)
        return;
    x += width_of(pager->text + row->start, first - row->start);
    int width = width_of(pager->text + first, last - first);
    tui_canvas_restyle(canvas, y, x, width, TUI_SELECTED);
    tui_canvas_cursor(canvas, y, x);
}

static void draw_rows(const struct pager *pager, struct tui_canvas *canvas)
{
    int margin = pager->wraps ? 1 : 0;
    for (int i = 0; i < pager->shown && pager->seen_top + i < pager->rows.count; i++) {
        const struct nb_line *row = &pager->rows.items[pager->seen_top + i];
        int x = margin - pager->seen_left;
        tui_canvas_bytes(canvas, 1 + i, x, TUI_PLAIN, pager->text + row->start, row->len);
        mark_found(pager, canvas, 1 + i, x, row);
    }
}

static void draw_title(const struct pager *pager, struct tui_canvas *canvas)
{
    struct nb_buf place = { 0 };
    int count = pager->rows.count;
    nb_buf_printf(&place, " 第 %d-%d 行，共 %d 行 ", tui_smaller(pager->seen_top + 1, count),
                  tui_smaller(pager->seen_top + pager->shown, count), count);
    tui_canvas_fill(canvas, 0, 0, canvas->columns, TUI_BAR);
    tui_canvas_text(canvas, 0, 1, TUI_BAR, pager->title);
    if (tui_text_width(pager->title) + tui_text_width(place.data) < canvas->columns)
        tui_canvas_text_right(canvas, 0, canvas->columns, TUI_BAR, place.data);
    nb_buf_release(&place);
}

static unsigned contexts(const struct tui_screen *screen)
{
    const struct pager *pager = (const struct pager *)screen;
    return TUI_IN_PAGER | (pager->page ? TUI_IN_PREVIEW : 0u);
}

static void draw(struct tui_screen *screen, struct tui_canvas *canvas)
{
    struct pager *pager = pager_of(screen);
    struct tui_app *app = screen->app;
    int last = canvas->rows - 1;
    if (pager->wraps && pager->columns != canvas->columns - 2)
        wrap_again(pager, canvas->columns - 2);
    pager->shown = tui_larger(1, canvas->rows - 2);
    clamp(pager, canvas->columns);
    draw_title(pager, canvas);
    tui_canvas_cursor(canvas, 1, 0);
    draw_rows(pager, canvas);
    if (app->message.len) {
        tui_canvas_fill(canvas, last - 1, 0, canvas->columns, app->message_style);
        tui_canvas_bytes(canvas, last - 1, 1, app->message_style, app->message.data,
                         app->message.len);
    }
    tui_draw_hints(canvas, last, contexts(screen));
}

/* ---- moving ---- */

static void move_by_key(struct pager *pager, uint32_t key)
{
    int page = tui_larger(1, pager->shown - 1);
    switch (key) {
    case TUI_KEY_UP:
        pager->top--;
        break;
    case TUI_KEY_DOWN:
        pager->top++;
        break;
    case TUI_KEY_PAGE_UP:
        pager->top -= page;
        break;
    case TUI_KEY_PAGE_DOWN:
    case ' ':
        pager->top += page;
        break;
    case TUI_KEY_HOME:
        pager->top = pager->left = 0;
        break;
    case TUI_KEY_END:
        pager->top = pager->rows.count;
        break;
    case TUI_KEY_LEFT:
        pager->left -= 8;
        break;
    case TUI_KEY_RIGHT:
        pager->left += 8;
        break;
    }
}

static void take_event(struct tui_screen *screen, const struct tui_event *event)
{
    struct pager *pager = pager_of(screen);
    settle(pager);
    if (event->kind == TUI_EVENT_KEY)
        move_by_key(pager, event->key);
    else if (event->kind == TUI_EVENT_MOUSE && event->mouse == TUI_MOUSE_UP)
        pager->top -= 3;
    else if (event->kind == TUI_EVENT_MOUSE && event->mouse == TUI_MOUSE_DOWN)
        pager->top += 3;
    clamp(pager, screen->app->canvas.columns);
    settle(pager);
}

static const struct tui_screen_kind kind = { draw, take_event, contexts, true };

void tui_pager_leave(struct tui_screen *screen, int arg)
{
    (void)arg;
    screen->done = true;
}

/* ---- finding ---- */

static void show_found(struct pager *pager)
{
    size_t offset = (size_t)(pager->found - pager->text);
    int row = row_at(pager, offset), columns = pager->screen.app->canvas.columns;
    /* the message stands on the last row, so that one is not enough */
    pager->top = tui_scroll_to(pager->top, row, tui_larger(1, pager->shown - 1), pager->rows.count);
    size_t start = pager->rows.items[row].start;
    int x = width_of(pager->text + start, offset - start);
    if (!pager->wraps && (x < pager->left || x + 8 > pager->left + columns))
        pager->left = x - columns / 2;
    clamp(pager, columns);
    settle(pager);
}

/* The first place from `from` on, else from the start. */
static void find_from(struct pager *pager, const char *from)
{
    struct tui_app *app = pager->screen.app;
    const char *word = nb_buf_text(&pager->word);
    size_t len;
    const char *found = nb_text_find(from, word, &len);
    if (!found || !len) {
        found = nb_text_find(pager->text, word, &len);
        if (found && len)
            tui_tell(app, TUI_PLAIN, "已到末尾，从头找起");
    }
    if (!found || !len) {
        tui_tell(app, TUI_WARNING, "没有找到“%s”", word);
        return;
    }
    pager->found = found;
    pager->found_len = len;
    show_found(pager);
}

void tui_pager_find(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct pager *pager = pager_of(screen);
    if (!tui_ask_line(screen->app, "查找", "空格、换行、全角半角不计", &pager->word))
        return;
    pager->found = NULL;
    if (pager->word.len)
        find_from(pager, pager->text + offset_of_top(pager));
}

void tui_pager_find_next(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct pager *pager = pager_of(screen);
    const char *from = pager->found;
    if (!pager->word.len) {
        tui_pager_find(screen, 0);
        return;
    }
    if (from)
        nb_utf8_next(&from);
    find_from(pager, from ? from : pager->text + offset_of_top(pager));
}

/* ---- writing ---- */

/* The draft's path with another ending; one that is no draft's is kept, so that the draft itself is
 * never written over. */
static char *name_beside(const char *path, const char *ending)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    struct nb_buf out = { 0 };
    nb_buf_add(&out, path, (size_t)(name - path) + tui_draft_name_stem(name));
    nb_buf_puts(&out, ending);
    return out.data;
}

static bool holds(const char *path, const struct nb_buf *bytes)
{
    struct nb_buf old = { 0 };
    struct nb_diags ignored = { 0 };
    bool same = nb_file_read(path, bytes->len + 1, &ignored, &old) == NB_OK &&
                old.len == bytes->len && memcmp(old.data, bytes->data, old.len) == 0;
    nb_buf_release(&old);
    nb_diags_release(&ignored);
    return same;
}

static bool may_write(struct tui_app *app, const char *path, const char *shown, int chosen)
{
    static const char *const answers[] = { "覆盖", "不写", NULL };
    if (access(path, F_OK) != 0)
        return true;
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "已经有 %s，要用这份报告覆盖它吗？", shown);
    int answer = tui_ask(app, "写成文件", text.data, answers, chosen);
    nb_buf_release(&text);
    return answer == 0;
}

/* `before` is said before where it was written; `chosen`: answer 0 writes over another file. */
static void write_beside(struct tui_app *app, const char *draft, const char *ending,
                         const struct nb_buf *bytes, const char *before, int chosen)
{
    char *path = name_beside(draft, ending);
    struct nb_diags diags = { 0 };
    struct nb_buf shown = { 0 };
    nb_text_add_visible(&shown, path, strlen(path));
    bool there = holds(path, bytes);
    if (!there && !may_write(app, path, shown.data, chosen))
        tui_tell(app, TUI_PLAIN, "%s没有写 %s", before, shown.data);
    else if (there || nb_file_replace(path, bytes, &diags) == NB_OK)
        tui_tell(app, TUI_DONE, "%s报告已写到 %s", before, shown.data);
    else
        tui_tell(app, TUI_ERROR, "%s%s %s", before, shown.data, diags.items[0].message);
    nb_buf_release(&shown);
    nb_diags_release(&diags);
    free(path);
}

void tui_pager_write_text(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct pager *pager = pager_of(screen);
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, pager->text);
    write_beside(screen->app, pager->path, ".txt", &text, "", 1);
    nb_buf_release(&text);
}

void tui_pager_write_html(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct pager *pager = pager_of(screen);
    struct nb_buf html = { 0 };
    nb_page_write_html(pager->page, &html);
    write_beside(screen->app, pager->path, ".html", &html, "", 1);
    nb_buf_release(&html);
}

/* ---- opening ---- */

static void run(struct tui_app *app, struct pager *pager)
{
    pager->screen.kind = &kind;
    tui_run(app, &pager->screen);
    nb_lines_release(&pager->rows);
    nb_buf_release(&pager->word);
}

void tui_read_text(struct tui_app *app, const char *title, const char *text)
{
    struct pager pager = { .title = title, .text = text, .wraps = true };
    run(app, &pager);
}

static void write_print(const struct tui_app *app, const struct nb_page *page, const char *path,
                        struct nb_diags *diags, struct nb_buf *text)
{
    struct nb_text_options options = { NB_DEFAULT_WIDTH, app->lines };
    nb_page_write_text(page, &options, path, diags, text);
}

void tui_print_beside(struct tui_app *app, const struct nb_draft *draft, const char *path,
                      const char *before)
{
    struct nb_diags diags = { 0 };
    struct nb_page page;
    struct nb_buf text = { 0 };
    nb_page_build(&page, draft, false);
    write_print(app, &page, path, &diags, &text);
    write_beside(app, path, ".txt", &text, before, 0);
    nb_buf_release(&text);
    nb_diags_release(&diags);
    nb_page_release(&page);
}

static void go_to_line(struct pager *pager, const char *start)
{
    size_t len = strlen(start);
    for (int i = 0; i < pager->rows.count && len; i++) {
        const struct nb_line *row = &pager->rows.items[i];
        if (row->len >= len && memcmp(pager->text + row->start, start, len) == 0) {
            pager->top = i;
            return;
        }
    }
}

/* `path` NULL: the report cannot be written to a file from here. */
static void show_report(struct tui_app *app, const struct nb_draft *draft, const char *what,
                        const char *path, const char *heading)
{
    struct nb_diags diags = { 0 };
    struct nb_page page;
    struct nb_buf text = { 0 }, title = { 0 };
    nb_page_build(&page, draft, false);
    write_print(app, &page, path ? path : "", &diags, &text);
    nb_buf_printf(&title, "%s  %s %d", what, nb_draft_text(draft, NB_TEXT_UNIT),
                  nb_draft_year(draft));
    tui_tell_diags(app, &diags);
    struct pager pager = {
        .title = title.data, .text = nb_buf_text(&text), .page = path ? &page : NULL, .path = path
    };
    split_lines(&pager);
    go_to_line(&pager, heading);
    run(app, &pager);
    nb_buf_release(&text);
    nb_buf_release(&title);
    nb_diags_release(&diags);
    nb_page_release(&page);
}

void tui_preview(struct tui_app *app, const struct nb_draft *draft, const char *path)
{
    show_report(app, draft, "预览", path, "");
}

void tui_look_at(struct tui_app *app, const struct nb_draft *draft, const char *title,
                 const char *heading)
{
    show_report(app, draft, title, NULL, heading);
}

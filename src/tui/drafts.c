#include "drafts.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "dialog.h"
#include "editor.h"
#include "folder.h"
#include "frame.h"
#include "nianbao/compare.h"
#include "nianbao/text.h"
#include "pager.h"
#include "session.h"
#include "verify.h"

struct drafts {
    struct tui_screen screen;
    struct tui_folder folder;
    char *title; /* the folder's name as people write it */
    int focus, top;
    struct tui_box list; /* as drawn last */
    struct nb_buf word;  /* looked for last */
};

static struct drafts *drafts_of(struct tui_screen *screen)
{
    return (struct drafts *)screen;
}

/* NULL where the folder is empty. */
static const struct tui_entry *focused(const struct drafts *drafts)
{
    return drafts->focus < drafts->folder.n_entries ? &drafts->folder.entries[drafts->focus] : NULL;
}

/* ---- columns ---- */

enum column { YEAR, FORM, FILLED, ERRORS, WARNINGS, WHEN, N_COLUMNS };

static const struct {
    const char *head;
    int columns; /* with the gap before it */
    bool right;
    int worth; /* the least worth gives way first where the screen is narrow */
} columns[N_COLUMNS] = {
    [YEAR] = { "年度", 6, false, 6 },    [FORM] = { "格式", 8, false, 1 },
    [FILLED] = { "填写", 6, true, 4 },   [ERRORS] = { "差错", 6, true, 5 },
    [WARNINGS] = { "提示", 6, true, 3 }, [WHEN] = { "修改时间", 21, false, 2 },
};

/* Where each column begins and how wide it is; 0: not shown. */
struct layout {
    int x[N_COLUMNS], width[N_COLUMNS];
    int unit_columns;
};

static struct layout lay_out(int screen_columns)
{
    enum { LEAST_UNIT = 10 };
    struct layout layout = { .unit_columns = screen_columns - 1 };
    bool shown[N_COLUMNS] = { false };
    for (int worth = N_COLUMNS; worth > 0; worth--) {
        for (int i = 0; i < N_COLUMNS; i++) {
            if (columns[i].worth != worth || layout.unit_columns - columns[i].columns < LEAST_UNIT)
                continue;
            shown[i] = true;
            layout.unit_columns -= columns[i].columns;
        }
    }
    int x = 1 + layout.unit_columns;
    for (int i = 0; i < N_COLUMNS; i++) {
        if (!shown[i])
            continue;
        layout.x[i] = x + 2;
        layout.width[i] = columns[i].columns - 2;
        x += columns[i].columns;
    }
    return layout;
}

static void add_value(const struct tui_entry *entry, enum column column, struct nb_buf *out)
{
    switch (column) {
    case YEAR:
        nb_buf_printf(out, "%d", entry->year);
        break;
    case FORM:
        nb_buf_puts(out, entry->form->id);
        break;
    case FILLED: /* 100% only when nothing is left */
        nb_buf_printf(out, "%d%%",
                      entry->n_cells ? (int)(entry->n_filled * 100LL / entry->n_cells) : 100);
        break;
    case ERRORS:
        nb_buf_printf(out, "%d", entry->n_errors);
        break;
    case WARNINGS:
        nb_buf_printf(out, "%d", entry->n_warnings);
        break;
    case WHEN:
        tui_add_time(out, entry->when.tv_sec, time(NULL));
        nb_buf_puts(out, entry->finished ? " 定稿" : "");
        break;
    case N_COLUMNS:
        break;
    }
}

static enum tui_style style_of(const struct tui_entry *entry, enum column column)
{
    if (column == ERRORS && entry->n_errors)
        return TUI_ERROR;
    if (column == WARNINGS && entry->n_warnings)
        return TUI_WARNING;
    return column == WHEN && entry->finished ? TUI_DONE : TUI_PLAIN;
}

/* ---- drawing ---- */

static void draw_cell(struct tui_canvas *canvas, int y, const struct layout *layout,
                      enum column column, enum tui_style style, const char *text)
{
    int x = layout->x[column], width = layout->width[column];
    if (!width)
        return;
    struct tui_window window = tui_canvas_clip(canvas, y, x, 1, width);
    if (columns[column].right)
        tui_canvas_text_right(canvas, y, x + width, style, text);
    else
        tui_canvas_text(canvas, y, x, style, text);
    tui_canvas_unclip(canvas, window);
}

static void draw_readable(const struct tui_entry *entry, struct tui_canvas *canvas, int y,
                          const struct layout *layout)
{
    struct nb_buf text = { 0 };
    size_t len = tui_text_fit(entry->unit, strlen(entry->unit), layout->unit_columns);
    tui_canvas_bytes(canvas, y, 1, TUI_PLAIN, entry->unit, len);
    for (int i = 0; i < N_COLUMNS; i++) {
        text.len = 0;
        add_value(entry, (enum column)i, &text);
        draw_cell(canvas, y, layout, (enum column)i, style_of(entry, (enum column)i), text.data);
    }
    nb_buf_release(&text);
}

static void draw_unreadable(const struct tui_entry *entry, struct tui_canvas *canvas, int y,
                            const struct layout *layout)
{
    size_t len = tui_text_fit(entry->shown, strlen(entry->shown), layout->unit_columns);
    tui_canvas_bytes(canvas, y, 1, TUI_PLAIN, entry->shown, len);
    int x = 1 + layout->unit_columns + 2;
    if (entry->mark.line)
        x = tui_canvas_printf(canvas, y, x, TUI_ERROR, "第%d行第%d列：", entry->mark.line,
                              entry->mark.column);
    tui_canvas_text(canvas, y, x, TUI_ERROR, entry->fault);
}

static void draw_list(const struct drafts *drafts, struct tui_canvas *canvas,
                      const struct layout *layout)
{
    const struct tui_box *list = &drafts->list;
    for (int i = 0; i < list->rows && drafts->top + i < drafts->folder.n_entries; i++) {
        const struct tui_entry *entry = &drafts->folder.entries[drafts->top + i];
        int y = list->y + i;
        if (entry->readable)
            draw_readable(entry, canvas, y, layout);
        else
            draw_unreadable(entry, canvas, y, layout);
        if (drafts->top + i != drafts->focus)
            continue;
        tui_canvas_text(canvas, y, 0, TUI_PLAIN, ">");
        tui_canvas_restyle(canvas, y, 0, canvas->columns, TUI_FOCUS);
        tui_canvas_cursor(canvas, y, 0);
    }
}

/* The key that runs the command, as hints show it. */
static void add_key_of(struct nb_buf *out, void (*run)(struct tui_screen *screen, int arg))
{
    for (int i = 0; i < tui_n_commands; i++) {
        if (tui_commands[i].run == run) {
            tui_key_add_name(out, tui_commands[i].keys[0]);
            return;
        }
    }
}

static void draw_nothing(const struct drafts *drafts, struct tui_canvas *canvas)
{
    struct nb_buf text = { 0 };
    enum tui_style style = drafts->folder.fault ? TUI_ERROR : TUI_PLAIN;
    if (drafts->folder.fault) {
        nb_buf_printf(&text, "文件夹打不开：%s", drafts->folder.fault);
    } else {
        nb_buf_puts(&text, "这里还没有草稿，按 ");
        add_key_of(&text, tui_drafts_new);
        nb_buf_puts(&text, " 新建一份，");
        add_key_of(&text, tui_drafts_import);
        nb_buf_puts(&text, " 导入以前的报告");
    }
    tui_canvas_text(canvas, drafts->list.y, 1, style, text.data);
    nb_buf_release(&text);
}

static void draw_title(const struct drafts *drafts, struct tui_canvas *canvas)
{
    struct nb_buf count = { 0 };
    nb_buf_printf(&count, "%d 份 ", drafts->folder.n_entries);
    int right = canvas->columns - tui_text_width(count.data);
    tui_canvas_fill(canvas, 0, 0, canvas->columns, TUI_BAR);
    int x = tui_canvas_text(canvas, 0, 1, TUI_BAR, "nianbao  年度报告草稿") + 2;
    struct tui_window window = tui_canvas_clip(canvas, 0, x, 1, right - 1 - x);
    tui_canvas_text(canvas, 0, x, TUI_BAR, drafts->title);
    tui_canvas_unclip(canvas, window);
    if (right > x)
        tui_canvas_text(canvas, 0, right, TUI_BAR, count.data);
    nb_buf_release(&count);
}

static unsigned contexts(const struct tui_screen *screen)
{
    (void)screen;
    return TUI_IN_DRAFTS;
}

static void draw(struct tui_screen *screen, struct tui_canvas *canvas)
{
    struct drafts *drafts = drafts_of(screen);
    const struct tui_app *app = screen->app;
    struct layout layout = lay_out(canvas->columns);
    int last = canvas->rows - 1;
    drafts->list = (struct tui_box) { 2, 0, canvas->rows - 4, canvas->columns };
    drafts->top =
        tui_scroll_to(drafts->top, drafts->focus, drafts->list.rows, drafts->folder.n_entries);
    draw_title(drafts, canvas);
    tui_canvas_text(canvas, 1, 1, TUI_HEAD, "单位");
    for (int i = 0; i < N_COLUMNS; i++)
        draw_cell(canvas, 1, &layout, (enum column)i, TUI_HEAD, columns[i].head);
    if (drafts->folder.n_entries)
        draw_list(drafts, canvas, &layout);
    else
        draw_nothing(drafts, canvas);
    const struct tui_entry *entry = focused(drafts);
    if (app->message.len)
        tui_canvas_bytes(canvas, last - 1, 1, app->message_style, app->message.data,
                         app->message.len);
    else if (entry) /* several may be of one unit and year */
        tui_canvas_text(canvas, last - 1, 1, TUI_DIM, entry->shown);
    tui_draw_hints(canvas, last, contexts(screen));
}

/* ---- moving ---- */

static void focus_on(struct drafts *drafts, int index)
{
    drafts->focus = tui_larger(0, tui_smaller(index, drafts->folder.n_entries - 1));
}

static void take_press(struct drafts *drafts, const struct tui_event *event)
{
    int index = drafts->top + event->y - drafts->list.y;
    if (!tui_box_has(&drafts->list, event->y, event->x) || index >= drafts->folder.n_entries)
        return;
    if (index == drafts->focus)
        tui_drafts_open(&drafts->screen, 0);
    else
        focus_on(drafts, index);
}

static void take_event(struct tui_screen *screen, const struct tui_event *event)
{
    struct drafts *drafts = drafts_of(screen);
    if (event->kind == TUI_EVENT_MOUSE && event->mouse == TUI_MOUSE_PRESS)
        take_press(drafts, event);
    else
        focus_on(drafts,
                 drafts->focus + tui_steps(event, drafts->list.rows, drafts->folder.n_entries));
}

static const struct tui_screen_kind kind = { draw, take_event, contexts, true };

/* ---- commands ---- */

/* Looks at the folder again; the focus goes to the file of that name, or stays near. */
static void refresh(struct drafts *drafts, const char *name)
{
    char *wanted = nb_xstrdup(name); /* it may be an entry's, which goes */
    tui_folder_refresh(&drafts->folder);
    int index = tui_folder_find(&drafts->folder, wanted);
    focus_on(drafts, index < 0 ? drafts->focus : index);
    free(wanted);
}

/* All faults of a file that is no draft. */
static void tell_faults(struct tui_app *app, const char *name, const struct nb_diags *diags)
{
    static const char *const answers[] = { "知道了", NULL };
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, "这份草稿读不了，没有打开，文件没有动：\n");
    for (int i = 0; i < diags->count; i++) {
        const struct nb_diag *diag = &diags->items[i];
        if (diag->mark.line && strncmp(diag->rule, "file.", 5) != 0)
            nb_buf_printf(&text, "第%d行第%d列：", diag->mark.line, diag->mark.column);
        nb_text_add_visible(&text, diag->message, strlen(diag->message));
        nb_buf_putc(&text, '\n');
    }
    tui_ask(app, name, text.data, answers, 0);
    nb_buf_release(&text);
}

/* A copy, since entries move: the file may have been mended or broken since it was listed. */
static void open_draft(struct drafts *drafts, const struct tui_entry *entry, bool verifies)
{
    struct tui_app *app = drafts->screen.app;
    struct nb_diags diags = { 0 };
    struct tui_session *session;
    char *name = nb_xstrdup(entry->name);
    if (tui_session_open(drafts->folder.catalog, entry->path, &diags, &session) != NB_OK)
        tell_faults(app, entry->shown, &diags);
    else if (verifies)
        tui_verify_run(app, session);
    else
        tui_editor_run(app, session, NULL, NULL);
    tui_session_free(session);
    nb_diags_release(&diags);
    if (!app->ended)
        refresh(drafts, name);
    free(name);
}

void tui_drafts_open(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct drafts *drafts = drafts_of(screen);
    const struct tui_entry *entry = focused(drafts);
    if (entry)
        open_draft(drafts, entry, false);
}

void tui_drafts_verify(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct drafts *drafts = drafts_of(screen);
    const struct tui_entry *entry = focused(drafts);
    if (entry)
        open_draft(drafts, entry, true);
}

void tui_drafts_new(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct drafts *drafts = drafts_of(screen);
    struct nb_buf name = { 0 };
    if (tui_new_draft(screen->app, &drafts->folder, &name)) {
        refresh(drafts, name.data);
        if (tui_folder_find(&drafts->folder, name.data) == drafts->focus && !screen->app->ended)
            tui_drafts_open(screen, 0);
    }
    nb_buf_release(&name);
}

void tui_drafts_import(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct drafts *drafts = drafts_of(screen);
    struct nb_buf name = { 0 };
    if (tui_import_report(screen->app, &drafts->folder, &name) && !screen->app->ended)
        refresh(drafts, name.data);
    nb_buf_release(&name);
}

/* NULL: it cannot be read, which has been told. */
static struct nb_draft *load_entry(struct drafts *drafts, const struct tui_entry *entry)
{
    struct nb_diags diags = { 0 };
    struct nb_draft *draft;
    if (nb_draft_load(entry->path, drafts->folder.catalog, &diags, NULL, &draft) != NB_OK)
        tell_faults(drafts->screen.app, entry->shown, &diags);
    nb_diags_release(&diags);
    return draft;
}

void tui_drafts_print(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct drafts *drafts = drafts_of(screen);
    const struct tui_entry *entry = focused(drafts);
    struct nb_draft *draft = entry ? load_entry(drafts, entry) : NULL;
    if (draft)
        tui_preview(screen->app, draft, entry->path);
    nb_draft_free(draft);
}

/* ---- two drafts beside each other ---- */

/* Asks for the draft to compare with; the last one of the same body is proposed. -1: none. */
static int choose_other(struct drafts *drafts)
{
    const struct tui_folder *folder = &drafts->folder;
    const struct tui_entry *entry = focused(drafts);
    struct tui_choice *choices = nb_xalloc((size_t)folder->n_entries * sizeof *choices);
    struct nb_buf *notes = nb_xalloc((size_t)folder->n_entries * sizeof *notes);
    int *indices = nb_xalloc((size_t)folder->n_entries * sizeof *indices);
    int count = 0, proposed = 0, year_before = entry->year - 1;
    int before = tui_folder_find_draft(folder, entry->unit, year_before);
    for (int i = 0; i < folder->n_entries && folder->entries[i].readable; i++) {
        const struct tui_entry *other = &folder->entries[i];
        if (i == drafts->focus)
            continue;
        if (i == before)
            proposed = count;
        nb_buf_printf(&notes[count], "%d %s", other->year, other->unit);
        choices[count] = (struct tui_choice) { other->shown, notes[count].data };
        indices[count++] = i;
    }
    int choice =
        count ? tui_ask_choice(drafts->screen.app, "与哪一份比较", choices, count, proposed) : -1;
    if (!count)
        tui_tell(drafts->screen.app, TUI_WARNING, "没有另一份可以比较的草稿");
    int chosen = choice < 0 ? -1 : indices[choice];
    for (int i = 0; i < count; i++)
        nb_buf_release(&notes[i]);
    free(indices);
    free(notes);
    free(choices);
    return chosen;
}

static void show_comparison(struct drafts *drafts, const struct tui_entry *old,
                            const struct tui_entry *new)
{
    struct nb_draft *a = load_entry(drafts, old), *b = a ? load_entry(drafts, new) : NULL;
    if (a && b) {
        const char *const names[] = { old->shown, new->shown };
        struct nb_comparison comparison;
        struct nb_buf text = { 0 };
        nb_compare(a, b, &comparison);
        nb_comparison_write_text(&comparison, names, &text);
        if (comparison.count)
            tui_read_text(drafts->screen.app, "比较", text.data);
        else
            tui_tell(drafts->screen.app, TUI_DONE, "两份草稿内容相同");
        nb_comparison_release(&comparison);
        nb_buf_release(&text);
    }
    nb_draft_free(a);
    nb_draft_free(b);
}

/* The earlier year is the old one. */
void tui_drafts_compare(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct drafts *drafts = drafts_of(screen);
    const struct tui_entry *entry = focused(drafts);
    if (!entry)
        return;
    if (!entry->readable) {
        tui_tell(screen->app, TUI_WARNING, "读不了的文件不能比较");
        return;
    }
    int chosen = choose_other(drafts);
    if (chosen < 0)
        return;
    const struct tui_entry *other = &drafts->folder.entries[chosen];
    bool later = other->year > entry->year;
    show_comparison(drafts, later ? entry : other, later ? other : entry);
}

/* ---- finding ---- */

static bool has_word(const struct tui_entry *entry, const char *word)
{
    size_t len;
    struct nb_buf text = { 0 };
    if (entry->readable)
        nb_buf_printf(&text, "%s %d %s", entry->unit, entry->year, entry->shown);
    else
        nb_buf_printf(&text, "%s", entry->shown);
    bool has = nb_text_find(text.data, word, &len) != NULL;
    nb_buf_release(&text);
    return has;
}

void tui_drafts_find(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct drafts *drafts = drafts_of(screen);
    int count = drafts->folder.n_entries;
    if (!tui_ask_line(screen->app, "查找", "单位、年度或文件名；再查一次到下一份", &drafts->word) ||
        !drafts->word.len)
        return;
    for (int i = 1; i <= count; i++) {
        int index = (drafts->focus + i) % count;
        if (has_word(&drafts->folder.entries[index], drafts->word.data)) {
            focus_on(drafts, index);
            return;
        }
    }
    tui_tell(screen->app, TUI_WARNING, "没有找到“%s”", drafts->word.data);
}

void tui_drafts_help(struct tui_screen *screen, int arg)
{
    (void)arg;
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, "这里列出文件夹里的草稿（.yaml、.yml）。↑↓ 选一份，Enter 打开。\n"
                       "填写：已填的格数占全部格数。差错：合计不符等，改好才能定稿。"
                       "提示：要核对的地方。\n"
                       "读不了的文件列出原因，不会打开，也不会改动。\n\n");
    tui_add_key_help(&text, contexts(screen));
    tui_read_text(screen->app, "帮助：草稿列表", text.data);
    nb_buf_release(&text);
}

void tui_drafts_leave(struct tui_screen *screen, int arg)
{
    (void)arg;
    screen->done = true;
}

/* ---- the list ---- */

/* Absolute, with ~ for the home folder. */
static char *folder_title(const char *path)
{
    struct nb_buf title = { 0 };
    char *real = realpath(path, NULL);
    const char *home = getenv("HOME"), *shown = real ? real : path;
    size_t len = home ? strlen(home) : 0;
    if (len > 1 && strncmp(shown, home, len) == 0 && (shown[len] == '/' || !shown[len])) {
        nb_buf_putc(&title, '~');
        shown += len;
    }
    nb_text_add_visible(&title, shown, strlen(shown));
    free(real);
    return title.data;
}

void tui_drafts_run(struct tui_app *app, const char *folder)
{
    struct drafts drafts = { .screen.kind = &kind, .title = folder_title(folder) };
    tui_folder_open(&drafts.folder, folder, app->catalog);
    tui_run(app, &drafts.screen);
    tui_folder_release(&drafts.folder);
    nb_buf_release(&drafts.word);
    free(drafts.title);
}

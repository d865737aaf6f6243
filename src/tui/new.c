/* The dialog for a new draft. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dialog.h"
#include "drafts.h"
#include "folder.h"
#include "frame.h"
#include "line.h"
#include "nianbao/file.h"

enum field { UNIT, YEAR, FORM, PRIOR, FILE_NAME, N_FIELDS };

static const struct {
    const char *label, *help;
} fields[N_FIELDS] = {
    [UNIT] = { "单位", "报告上写的单位全称" },
    [YEAR] = { "年度", "报告的是哪一年的事，例如 2024" },
    [FORM] = { "格式", "按年度选好了，要换按 ←→" },
    [PRIOR] = { "上年草稿", "由上年带来该带的内容；Enter 或 ←→ 另选" },
    [FILE_NAME] = { "文件名", "放在这个文件夹里；Enter 建立" },
};

struct new_dialog {
    struct tui_screen screen;
    const struct tui_folder *folder;
    struct tui_line lines[N_FIELDS]; /* of UNIT, YEAR, FILE_NAME */
    int form;                        /* index in the catalog, -1: none for that year */
    int prior;                       /* index in the folder, -1: none */
    bool chosen[N_FIELDS];           /* by the clerk: no longer suggested */
    enum field focus;
    struct nb_buf fault; /* shown until the next change */
    struct tui_box box;  /* as drawn last */
    int top;             /* the first field seen */
    bool made;
    struct nb_buf *name;
    struct nb_diags diags; /* what making the draft has told */
};

static struct new_dialog *dialog_of(struct tui_screen *screen)
{
    return (struct new_dialog *)screen;
}

static bool is_line(enum field field)
{
    return field != FORM && field != PRIOR;
}

static const char *text_of(const struct new_dialog *dialog, enum field field)
{
    return nb_buf_text(&dialog->lines[field].text);
}

/* 0: no year has been typed. */
static int year_of(const struct new_dialog *dialog)
{
    return nb_year_type(text_of(dialog, YEAR));
}

static const struct tui_entry *prior_of(const struct new_dialog *dialog)
{
    return dialog->prior < 0 ? NULL : &dialog->folder->entries[dialog->prior];
}

/* ---- suggestions ---- */

int tui_new_draft_year(time_t now)
{
    struct tm at = { 0 };
    localtime_r(&now, &at);
    return at.tm_year + 1900 - (at.tm_mon < 6);
}

static void suggest_form(struct new_dialog *dialog, int year)
{
    struct nb_catalog *catalog = dialog->folder->catalog;
    const struct nb_form *form = year ? nb_catalog_form_for_year(catalog, year) : NULL;
    dialog->form = -1;
    for (int i = 0; form && i < nb_catalog_count(catalog); i++) {
        if (strcmp(nb_catalog_id(catalog, i), form->id) == 0)
            dialog->form = i;
    }
}

static void suggest_name(struct new_dialog *dialog, int year)
{
    struct nb_buf name = { 0 };
    if (year)
        tui_folder_suggest_name(dialog->folder, text_of(dialog, UNIT), year, &name);
    tui_line_set(&dialog->lines[FILE_NAME], nb_buf_text(&name));
    nb_buf_release(&name);
}

/* What the clerk has not chosen follows from what stands above it. */
static void suggest(struct new_dialog *dialog)
{
    int year = year_of(dialog);
    if (!dialog->chosen[PRIOR])
        dialog->prior = tui_folder_find_draft(dialog->folder, text_of(dialog, UNIT), year - 1);
    if (!dialog->chosen[FORM])
        suggest_form(dialog, year);
    if (!dialog->chosen[FILE_NAME])
        suggest_name(dialog, year);
}

static void set_year(struct new_dialog *dialog, int year)
{
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "%d", year);
    tui_line_set(&dialog->lines[YEAR], text.data);
    nb_buf_release(&text);
}

static void choose_prior(struct new_dialog *dialog)
{
    const struct tui_folder *folder = dialog->folder;
    struct tui_choice *choices = nb_xalloc(((size_t)folder->n_entries + 1) * sizeof *choices);
    struct nb_buf *notes = nb_xalloc(((size_t)folder->n_entries + 1) * sizeof *notes);
    int count = 0; /* those that can be read stand first */
    choices[0] = (struct tui_choice) { "（没有）", "" };
    while (count < folder->n_entries && folder->entries[count].readable) {
        const struct tui_entry *entry = &folder->entries[count++];
        nb_buf_printf(&notes[count], "%d %s", entry->year, entry->unit);
        choices[count] = (struct tui_choice) { entry->shown, notes[count].data };
    }
    int choice =
        tui_ask_choice(dialog->screen.app, "上年草稿", choices, count + 1, dialog->prior + 1);
    if (choice >= 0) {
        dialog->prior = choice - 1;
        dialog->chosen[PRIOR] = true;
    }
    if (choice > 0) {
        tui_line_set(&dialog->lines[UNIT], folder->entries[dialog->prior].unit);
        set_year(dialog, folder->entries[dialog->prior].year + 1);
    }
    for (int i = 0; i <= count; i++)
        nb_buf_release(&notes[i]);
    free(notes);
    free(choices);
}

/* ---- making ---- */

static bool fail(struct new_dialog *dialog, enum field field, const char *text)
{
    dialog->fault.len = 0;
    nb_buf_puts(&dialog->fault, text);
    dialog->focus = field;
    return false;
}

static bool fail_as_told(struct new_dialog *dialog, enum field field)
{
    return fail(dialog, field, nb_diags_first(&dialog->diags)->message);
}

static bool take_name(struct new_dialog *dialog, struct nb_buf *name)
{
    const char *fault = tui_folder_take_name(text_of(dialog, FILE_NAME), name);
    return !fault || fail(dialog, FILE_NAME, fault);
}

static bool take_plan(struct new_dialog *dialog, struct nb_draft_plan *plan)
{
    struct nb_catalog *catalog = dialog->folder->catalog;
    tui_line_trim(&dialog->lines[UNIT]);
    plan->unit = text_of(dialog, UNIT);
    plan->year = year_of(dialog);
    if (!plan->unit[0])
        return fail(dialog, UNIT, "要写单位名称");
    if (!plan->year)
        return fail(dialog, YEAR, "年度应为四位数的年份，例如 2024");
    if (dialog->form >= 0)
        plan->form = nb_catalog_form(catalog, nb_catalog_id(catalog, dialog->form));
    if (!plan->form)
        return fail(dialog, FORM, "没有这一年适用的格式，按 ←→ 选一种");
    return true;
}

static bool write_file(struct new_dialog *dialog, const struct nb_draft *draft, const char *path)
{
    struct nb_buf text = { 0 };
    nb_draft_write(draft, &text);
    bool fine = nb_file_create(path, &text, &dialog->diags) == NB_OK;
    nb_buf_release(&text);
    return fine || fail_as_told(dialog, FILE_NAME);
}

static bool make_file(struct new_dialog *dialog, struct nb_draft_plan *plan)
{
    const struct tui_entry *entry = prior_of(dialog);
    struct nb_draft *prior = NULL, *draft = NULL;
    bool fine = true;
    if (entry &&
        nb_draft_load(entry->path, dialog->folder->catalog, &dialog->diags, NULL, &prior) != NB_OK)
        fine = fail_as_told(dialog, PRIOR);
    plan->prior = prior;
    plan->prior_path = entry ? entry->path : NULL;
    if (fine && nb_draft_make(plan, &dialog->diags, &draft) != NB_OK)
        fine = fail_as_told(dialog, UNIT);
    fine = fine && write_file(dialog, draft, plan->path);
    nb_draft_free(prior);
    nb_draft_free(draft);
    return fine;
}

static void make(struct new_dialog *dialog)
{
    struct nb_draft_plan plan = { 0 };
    struct nb_buf name = { 0 };
    nb_diags_clear(&dialog->diags);
    if (take_plan(dialog, &plan) && take_name(dialog, &name)) {
        char *path = tui_folder_path(dialog->folder, name.data);
        plan.path = path;
        if (make_file(dialog, &plan)) {
            nb_buf_puts(dialog->name, name.data);
            dialog->made = dialog->screen.done = true;
        }
        free(path);
    }
    nb_buf_release(&name);
}

/* ---- the screen ---- */

enum { LABEL_COLUMNS = 10, NOTE_ROWS = 2 };

static void draw_form(const struct new_dialog *dialog, struct tui_canvas *canvas, int y, int x,
                      enum tui_style style)
{
    struct nb_catalog *catalog = dialog->folder->catalog;
    const char *id = dialog->form < 0 ? NULL : nb_catalog_id(catalog, dialog->form);
    const struct nb_form *form = id ? nb_catalog_form(catalog, id) : NULL;
    if (!id)
        tui_canvas_text(canvas, y, x, style, "（没有这一年适用的格式）");
    else
        tui_canvas_printf(canvas, y, x, style, "%s  %s", id, form ? form->name : "");
}

static void draw_prior(const struct new_dialog *dialog, struct tui_canvas *canvas, int y, int x,
                       enum tui_style style)
{
    const struct tui_entry *prior = prior_of(dialog);
    if (prior)
        tui_canvas_printf(canvas, y, x, style, "%s  （%s %d）", prior->shown, prior->unit,
                          prior->year);
    else
        tui_canvas_text(canvas, y, x, style, "（没有）");
}

static void draw_field(const struct new_dialog *dialog, struct tui_canvas *canvas, int y,
                       enum field field)
{
    int x = dialog->box.x + LABEL_COLUMNS, columns = dialog->box.columns - LABEL_COLUMNS;
    bool focused = field == dialog->focus;
    enum tui_style style = focused ? TUI_FOCUS : TUI_PLAIN;
    tui_canvas_text(canvas, y, dialog->box.x, focused ? TUI_LABEL : TUI_PLAIN, fields[field].label);
    tui_canvas_fill(canvas, y, x, columns, style);
    if (is_line(field) && focused)
        tui_line_draw(&dialog->lines[field], canvas, y, x, columns, style);
    else if (is_line(field))
        tui_canvas_text(canvas, y, x, style, text_of(dialog, field));
    else if (field == FORM)
        draw_form(dialog, canvas, y, x, style);
    else
        draw_prior(dialog, canvas, y, x, style);
    if (focused && !is_line(field))
        tui_canvas_cursor(canvas, y, x);
}

/* What will not come over from the chosen draft as from last year's; NULL: it is last year's. */
static const char *strange_prior(const struct new_dialog *dialog)
{
    const struct tui_entry *prior = prior_of(dialog);
    if (prior && prior->year + 1 != year_of(dialog))
        return "选的草稿不是上一年的：只带来落款、联系人和前言，数字不带来";
    if (prior && strcmp(prior->unit, text_of(dialog, UNIT)) != 0)
        return "选的草稿不是这个单位的：内容照样带来，跨年核对不会做";
    return NULL;
}

/* Below the fields: what is wrong, else what belongs into the field. */
static void draw_note(const struct new_dialog *dialog, struct tui_canvas *canvas, int y)
{
    const char *text = fields[dialog->focus].help;
    enum tui_style style = TUI_DIM;
    if (dialog->fault.len) {
        text = dialog->fault.data;
        style = TUI_ERROR;
    } else if (dialog->focus != PRIOR && strange_prior(dialog)) {
        text = strange_prior(dialog);
        style = TUI_WARNING;
    }
    struct nb_lines rows = { 0 };
    tui_wrap(&rows, text, dialog->box.columns);
    for (int i = 0; i < rows.count; i++)
        tui_canvas_bytes(canvas, y + i, dialog->box.x, style, text + rows.items[i].start,
                         rows.items[i].len);
    nb_lines_release(&rows);
}

static const char keys[] = "Tab↑↓换项  ^S建立  Esc返回";

static void draw(struct tui_screen *screen, struct tui_canvas *canvas)
{
    struct new_dialog *dialog = dialog_of(screen);
    struct tui_box *box = &dialog->box;
    *box = tui_frame_draw(canvas, N_FIELDS + 1 + NOTE_ROWS, 64, "新建草稿", keys);
    struct tui_window window = tui_canvas_clip(canvas, box->y, box->x, box->rows, box->columns);
    int room = box->rows - (box->rows > 4 ? NOTE_ROWS : 1);
    int shown = room < N_FIELDS ? room : N_FIELDS;
    dialog->top = tui_scroll_to(dialog->top, (int)dialog->focus, shown, N_FIELDS);
    for (int i = 0; i < shown; i++)
        draw_field(dialog, canvas, box->y + i, (enum field)(dialog->top + i));
    draw_note(dialog, canvas, box->y + room);
    tui_canvas_unclip(canvas, window);
}

static void move(struct new_dialog *dialog, int step)
{
    dialog->focus = (enum field)(((int)dialog->focus + step + N_FIELDS) % N_FIELDS);
}

static void change_form(struct new_dialog *dialog, int step)
{
    int count = nb_catalog_count(dialog->folder->catalog);
    if (!count)
        return;
    dialog->form = dialog->form < 0 ? 0 : (dialog->form + step + count) % count;
    dialog->chosen[FORM] = true;
}

static void take_enter(struct new_dialog *dialog)
{
    if (dialog->focus == PRIOR)
        choose_prior(dialog);
    if (dialog->focus == FILE_NAME)
        make(dialog);
    else
        move(dialog, 1);
}

/* Keys that mean the same in every field; false: it is another. */
static bool take_common_key(struct new_dialog *dialog, uint32_t key)
{
    switch (key) {
    case TUI_KEY_ENTER:
        take_enter(dialog);
        return true;
    case TUI_CTRL | 's':
        make(dialog);
        return true;
    case TUI_KEY_ESC:
        dialog->screen.done = true;
        return true;
    case TUI_KEY_UP:
    case TUI_KEY_TAB | TUI_SHIFT:
        move(dialog, -1);
        return true;
    case TUI_KEY_DOWN:
    case TUI_KEY_TAB:
        move(dialog, 1);
        return true;
    }
    return false;
}

static void take_in_field(struct new_dialog *dialog, const struct tui_event *event)
{
    uint32_t key = event->kind == TUI_EVENT_KEY ? event->key : TUI_NO_KEY;
    bool sideways = key == TUI_KEY_LEFT || key == TUI_KEY_RIGHT || key == ' ';
    if (is_line(dialog->focus)) {
        struct tui_line *line = &dialog->lines[dialog->focus];
        char *before = nb_xstrdup(nb_buf_text(&line->text));
        tui_line_event(line, event);
        if (strcmp(before, nb_buf_text(&line->text)) != 0)
            dialog->chosen[dialog->focus] = true;
        free(before);
    } else if (sideways && dialog->focus == FORM) {
        change_form(dialog, key == TUI_KEY_LEFT ? -1 : 1);
    } else if (sideways) {
        choose_prior(dialog);
    }
}

/* A field is chosen; one that is chosen already does what Enter or an arrow does. */
static void take_press(struct new_dialog *dialog, const struct tui_event *event)
{
    int field = dialog->top + event->y - dialog->box.y;
    if (!tui_box_has(&dialog->box, event->y, event->x) || field >= N_FIELDS)
        return;
    bool again = field == (int)dialog->focus;
    dialog->focus = (enum field)field;
    if (again && field == FORM)
        change_form(dialog, 1);
    else if (again && field == PRIOR)
        choose_prior(dialog);
}

static void take_event(struct tui_screen *screen, const struct tui_event *event)
{
    struct new_dialog *dialog = dialog_of(screen);
    struct tui_event as_key = tui_frame_event(&dialog->box, keys, event);
    if (as_key.kind == TUI_EVENT_MOUSE && as_key.mouse != TUI_MOUSE_PRESS)
        return;
    dialog->fault.len = 0;
    if (as_key.kind == TUI_EVENT_MOUSE)
        take_press(dialog, &as_key);
    else if (as_key.kind != TUI_EVENT_KEY || !take_common_key(dialog, as_key.key))
        take_in_field(dialog, &as_key);
    suggest(dialog);
}

static unsigned contexts(const struct tui_screen *screen)
{
    (void)screen;
    return 0;
}

static const struct tui_screen_kind kind = { draw, take_event, contexts, false };

/* ---- opening ---- */

/* What came over and needs a look; the file is there already. */
static void tell_made(struct tui_app *app, const struct new_dialog *dialog)
{
    static const char *const answers[] = { "知道了", NULL };
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "已建 %s。\n", nb_buf_text(dialog->name));
    for (int i = 0; i < dialog->diags.count; i++)
        nb_buf_printf(&text, "%s\n", dialog->diags.items[i].message);
    if (dialog->diags.count)
        tui_ask(app, "新建草稿", text.data, answers, 0);
    nb_buf_release(&text);
}

bool tui_new_draft(struct tui_app *app, const struct tui_folder *folder, struct nb_buf *name)
{
    struct new_dialog dialog = {
        .screen.kind = &kind, .folder = folder, .prior = -1, .name = name
    };
    int newest = tui_folder_newest(folder);
    name->len = 0;
    if (newest >= 0)
        tui_line_set(&dialog.lines[UNIT], folder->entries[newest].unit);
    set_year(&dialog, tui_new_draft_year(time(NULL)));
    suggest(&dialog);
    tui_run(app, &dialog.screen);
    if (dialog.made)
        tell_made(app, &dialog);
    for (int i = 0; i < N_FIELDS; i++)
        tui_line_release(&dialog.lines[i]);
    nb_buf_release(&dialog.fault);
    nb_diags_release(&dialog.diags);
    return dialog.made;
}

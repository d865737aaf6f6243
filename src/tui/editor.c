/* The editor as a screen: events that no command takes, running it. */
#include "editor.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "keeper.h"
#include "places.h"
#include "recovery.h"
#include "verify.h"

unsigned tui_editor_contexts(const struct tui_screen *screen)
{
    const struct tui_editor *editor = (const struct tui_editor *)screen;
    if (editor->in_prose)
        return TUI_IN_PROSE;
    unsigned in_cell = editor->session->second ? TUI_IN_CELL | TUI_IN_SECOND : TUI_IN_CELL;
    return editor->typing == TUI_RESTING ? tui_contexts_at_rest(in_cell) : in_cell;
}

/* ---- events ---- */

static void start_typing(struct tui_editor *editor, const struct tui_event *event)
{
    int text = tui_sheet_text(&editor->sheet, editor->grid.focus);
    if (tui_sheet_cell(&editor->sheet, editor->grid.focus) >= 0) {
        editor->typing = TUI_OVERWRITING;
        editor->grid.has_block = editor->marking = false;
        tui_line_set(&editor->line, "");
        tui_line_event(&editor->line, event);
    } else if (text >= 0) {
        tui_editor_fill_in(editor, text, event);
    }
}

/* While a figure is typed; keys that mean nothing in it commit it and then do what they do. */
static void take_while_typing(struct tui_editor *editor, const struct tui_event *event)
{
    uint32_t code = event->key & ~(uint32_t)TUI_MODIFIERS;
    bool moves = event->kind == TUI_EVENT_KEY && (code >= TUI_KEY_UP && code <= TUI_KEY_END);
    if (!(moves && editor->typing == TUI_OVERWRITING) && tui_line_event(&editor->line, event))
        return;
    if (!tui_editor_commit(editor))
        return;
    const struct tui_command *command =
        event->kind == TUI_EVENT_KEY
            ? tui_find_command(tui_editor_contexts(&editor->screen), event->key)
            : NULL;
    if (command)
        command->run(&editor->screen, command->arg);
}

static void take_mouse(struct tui_editor *editor, const struct tui_event *event)
{
    int tab = tui_editor_tab_at(editor, event->y, event->x);
    struct tui_focus at = tui_grid_at(&editor->grid, event->y, event->x);
    bool drags = event->mouse == TUI_MOUSE_DRAG && editor->pressed;
    editor->pressed = drags; /* a press may get lost on the way */
    bool presses = event->mouse == TUI_MOUSE_PRESS;
    int listed = presses ? tui_editor_listed_at(editor, event->y, event->x) : -1;
    if (presses && tab >= -1) {
        tui_editor_show(editor, tab);
    } else if (listed >= 0 && listed < editor->session->n_findings) {
        struct tui_place place = editor->session->findings[listed].place;
        tui_editor_go(editor, &place);
    } else if (presses && tui_box_has(&editor->told, event->y, event->x)) {
        tui_edit_findings(&editor->screen, 0);
    } else if (editor->in_prose) {
        tui_prose_event(&editor->prose, editor->screen.app, event);
    } else if (event->mouse == TUI_MOUSE_UP || event->mouse == TUI_MOUSE_DOWN) {
        tui_edit_move(&editor->screen, event->mouse == TUI_MOUSE_UP ? TUI_STEP_UP : TUI_STEP_DOWN);
    } else if (presses && at.row >= 0) {
        bool again = at.row == editor->grid.focus.row && tui_sheet_text(&editor->sheet, at) >= 0;
        editor->pressed = true;
        editor->grid.focus = editor->grid.anchor = at;
        editor->grid.has_block = editor->marking = false;
        if (again)
            tui_edit_enter(&editor->screen, 0);
    } else if (drags && at.row >= 0) {
        editor->grid.has_block = true;
        editor->grid.focus = at;
    }
}

static void take_event(struct tui_screen *screen, const struct tui_event *event)
{
    struct tui_editor *editor = (struct tui_editor *)screen;
    if (editor->typing != TUI_RESTING && event->kind != TUI_EVENT_MOUSE) {
        take_while_typing(editor, event);
        return;
    }
    if (!tui_editor_commit(editor))
        return;
    if (event->kind == TUI_EVENT_MOUSE)
        take_mouse(editor, event);
    else if (editor->in_prose)
        tui_prose_event(&editor->prose, screen->app, event);
    else if (event->kind == TUI_EVENT_PASTE &&
             tui_sheet_text(&editor->sheet, editor->grid.focus) < 0)
        tui_paste_figures(editor, nb_buf_text(&event->paste), event->paste.len);
    else if (event->kind == TUI_EVENT_PASTE || tui_key_is_text(event->key))
        start_typing(editor, event);
}

static const struct tui_screen_kind editor_kind = { tui_editor_draw, take_event,
                                                    tui_editor_contexts, true };

static bool keep_session(struct tui_app *app, struct tui_session *session, bool all)
{
    struct nb_diags diags = { 0 };
    bool waits = session->keeper && tui_keeper_flush(session->keeper, all, &diags);
    if (diags.count)
        tui_tell(app, TUI_WARNING, "%s", diags.items[0].message);
    if (nb_history_take_refused(session->history))
        tui_tell(app, TUI_WARNING, "这份草稿是只看不改的，没有改动");
    nb_diags_release(&diags);
    return waits;
}

/* After each event: what was typed is safe before the screen shows it. */
static bool keep(void *context, bool all)
{
    struct tui_editor *editor = context;
    bool waits = keep_session(editor->screen.app, editor->session, all);
    bool second_waits = editor->second && keep_session(editor->screen.app, editor->second, all);
    return waits || second_waits;
}

/* A terminal that goes takes nothing with it: the journal stays where something is unsaved. */
static void stop_keeping(struct tui_app *app, struct tui_session *session)
{
    struct nb_diags diags = { 0 };
    bool stays = app->ended && !tui_session_is_saved(session);
    if (session->keeper && stays)
        tui_keeper_flush(session->keeper, true, &diags);
    tui_keeper_close(session->keeper, !stays);
    session->keeper = NULL;
    app->keep = NULL;
    nb_diags_release(&diags);
}

/* ---- running ---- */

static void begin(struct tui_editor *editor, struct tui_app *app, struct tui_session *session)
{
    size_t n_places = (size_t)session->form->n_sections + 1;
    *editor = (struct tui_editor) { .screen = { .kind = &editor_kind }, .session = session };
    editor->left_at = nb_xalloc(n_places * sizeof *editor->left_at);
    for (size_t i = 0; i < n_places; i++)
        editor->left_at[i] = (struct tui_place) { (int)i - 1, -1, -1, 0 };
    editor->screen.app = app;
    editor->section = -2;
    editor->grid.session = session;
    editor->grid.sheet = &editor->sheet;
    tui_session_refresh(session);
}

static void end(struct tui_editor *editor)
{
    tui_prose_close(&editor->prose);
    tui_grid_release(&editor->grid);
    tui_sheet_release(&editor->sheet);
    tui_line_release(&editor->line);
    nb_buf_release(&editor->wanted);
    free(editor->left_at);
}

void tui_editor_run(struct tui_app *app, struct tui_session *session, const struct tui_place *from,
                    struct tui_session *second)
{
    if (!tui_recover(app, session)) {
        stop_keeping(app, session);
        tui_verify_close(second, false);
        return;
    }
    struct tui_editor editor;
    begin(&editor, app, session);
    struct tui_place place = { 0, -1, -1, 0 };
    if (from || tui_recall_place(session, &place))
        tui_editor_go(&editor, from ? from : &place);
    else
        tui_editor_show(&editor, 0);
    if (!second && nb_journal_exists(session->path, NB_JOURNAL_VERIFY))
        tui_tell(app, TUI_PLAIN, "这份草稿有人在录第二遍，或录了还没有对照：F11");
    tui_tell_diags(app, &session->opening);
    app->keep = keep;
    /* cppcheck-suppress autoVariables; stop_keeping() takes it back */
    app->keep_context = &editor;
    if (second)
        tui_verify_settle(&editor, second);
    tui_run(app, &editor.screen);
    tui_editor_commit(&editor);
    tui_verify_release(&editor);
    stop_keeping(app, session);
    place = tui_editor_place(&editor);
    tui_remember_place(session, &place);
    end(&editor);
}

/* The cell that was keyed last, -1: none. */
static int last_keyed(const struct tui_session *second)
{
    const struct nb_journal *journal = tui_keeper_journal(second->keeper);
    int cell = -1;
    for (int i = nb_journal_count(journal); cell < 0 && i-- > 0;) {
        const char *address = nb_journal_record(journal, i)->address;
        cell = nb_form_find_cell(second->form, address, strlen(address));
    }
    return cell;
}

/* Where to go on: the next blank cell behind the one keyed last, around the end. */
static struct tui_place next_to_key(const struct tui_session *second)
{
    const struct nb_form *form = second->form;
    int last = last_keyed(second), cell = last < 0 ? 0 : last;
    for (int i = 1; i <= form->n_cells; i++) {
        int next = (last + i) % form->n_cells;
        if (!nb_draft_figure(second->draft, next).filled) {
            cell = next;
            break;
        }
    }
    return (struct tui_place) { (int)(form->cells[cell].table->section - form->sections), cell, -1,
                                0 };
}

bool tui_editor_key(struct tui_app *app, struct tui_session *second)
{
    bool (*keep_below)(void *context, bool all) = app->keep;
    void *context_below = app->keep_context;
    struct tui_editor editor;
    if (keep_below)
        keep_below(context_below, true);
    begin(&editor, app, second);
    struct tui_place place = next_to_key(second);
    tui_editor_go(&editor, &place);
    app->keep = keep;
    /* cppcheck-suppress autoVariables; taken back below */
    app->keep_context = &editor;
    tui_run(app, &editor.screen);
    tui_editor_commit(&editor);
    app->keep = keep_below;
    app->keep_context = context_below;
    end(&editor);
    return editor.compares;
}

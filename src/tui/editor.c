/* The editor as a screen: events that no command takes, running it. */
#include "editor.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "keeper.h"
#include "places.h"
#include "recovery.h"

unsigned tui_editor_contexts(const struct tui_screen *screen)
{
    const struct tui_editor *editor = (const struct tui_editor *)screen;
    if (editor->in_prose)
        return TUI_IN_PROSE;
    return editor->typing == TUI_RESTING ? TUI_IN_TABLE : TUI_IN_CELL;
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
        event->kind == TUI_EVENT_KEY ? tui_find_command(TUI_IN_TABLE, event->key) : NULL;
    if (command)
        command->run(&editor->screen, command->arg);
}

static void take_mouse(struct tui_editor *editor, const struct tui_event *event)
{
    int tab = tui_editor_tab_at(editor, event->y, event->x);
    struct tui_focus at = tui_grid_at(&editor->grid, event->y, event->x);
    bool drags = event->mouse == TUI_MOUSE_DRAG && editor->pressed;
    editor->pressed = drags; /* a press may get lost on the way */
    if (event->mouse == TUI_MOUSE_PRESS && tab >= -1) {
        tui_editor_show(editor, tab);
    } else if (editor->in_prose) {
        tui_prose_event(&editor->prose, editor->screen.app, event);
    } else if (event->mouse == TUI_MOUSE_UP || event->mouse == TUI_MOUSE_DOWN) {
        tui_edit_move(&editor->screen, event->mouse == TUI_MOUSE_UP ? TUI_STEP_UP : TUI_STEP_DOWN);
    } else if (event->mouse == TUI_MOUSE_PRESS && at.row >= 0) {
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

/* After each event: what was typed is safe before the screen shows it. */
static bool keep(void *context, bool all)
{
    struct tui_editor *editor = context;
    struct tui_session *session = editor->session;
    struct nb_diags diags = { 0 };
    bool waits = session->keeper && tui_keeper_flush(session->keeper, all, &diags);
    if (diags.count)
        tui_tell(editor->screen.app, TUI_WARNING, "%s", diags.items[0].message);
    if (nb_history_take_refused(session->history))
        tui_tell(editor->screen.app, TUI_WARNING, "这份草稿是只看不改的，没有改动");
    nb_diags_release(&diags);
    return waits;
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

void tui_editor_run(struct tui_app *app, struct tui_session *session)
{
    if (!tui_recover(app, session)) {
        stop_keeping(app, session);
        return;
    }
    struct tui_editor editor = { .screen = { .kind = &editor_kind }, .session = session };
    size_t n_places = (size_t)session->form->n_sections + 1;
    editor.left_at = nb_xalloc(n_places * sizeof *editor.left_at);
    for (size_t i = 0; i < n_places; i++)
        editor.left_at[i] = (struct tui_place) { (int)i - 1, -1, -1, 0 };
    editor.screen.app = app;
    editor.section = -2;
    editor.grid.session = session;
    editor.grid.sheet = &editor.sheet;
    tui_session_refresh(session);
    struct tui_place place = { 0, -1, -1, 0 };
    if (tui_recall_place(session, &place))
        tui_editor_go(&editor, &place);
    else
        tui_editor_show(&editor, 0);
    tui_tell_diags(app, &session->opening);
    app->keep = keep;
    /* cppcheck-suppress autoVariables; stop_keeping() takes it back */
    app->keep_context = &editor;
    tui_run(app, &editor.screen);
    tui_editor_commit(&editor);
    stop_keeping(app, session);
    place = tui_editor_place(&editor);
    tui_remember_place(session, &place);
    tui_prose_close(&editor.prose);
    tui_grid_release(&editor.grid);
    tui_sheet_release(&editor.sheet);
    tui_line_release(&editor.line);
    nb_buf_release(&editor.wanted);
    free(editor.left_at);
}

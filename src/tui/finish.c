/* Saving, and finishing a draft: 定稿. */
#include <stdlib.h>
#include <string.h>

#include "dialog.h"
#include "editor.h"
#include "pager.h"
#include "recovery.h"

bool tui_editor_save(struct tui_editor *editor)
{
    struct tui_app *app = editor->screen.app;
    struct tui_session *session = editor->session;
    struct nb_diags diags = { 0 };
    static const char *const answers[] = { "保存", "取消", NULL };
    if (session->read_only) {
        tui_tell(app, TUI_WARNING, "这份草稿是只看不改的，不能保存");
        return false;
    }
    if (session->has_comments &&
        tui_ask(app, "保存", "这个文件里有手写的注释（# 开头），保存后就没有了。", answers, 1) != 0)
        return false;
    if (!tui_may_overwrite(app, session))
        return false;
    bool saved = tui_session_save(session, &diags) == NB_OK;
    if (saved)
        tui_tell(app, TUI_DONE, "已存入 %s", session->name);
    else
        tui_tell(app, TUI_ERROR, "%s %s。录入的内容还在这里", session->name,
                 diags.items[0].message);
    nb_diags_release(&diags);
    return saved;
}

/* ---- what stands against finishing ---- */

struct obstacles {
    struct nb_buf text; /* a line each */
    int n_errors, n_warnings;
    struct tui_place first; /* where the first of them stands */
    struct nb_buf first_text;
};

static void add_obstacle(struct obstacles *obstacles, const struct tui_session *session, bool error,
                         const struct tui_place *place, const char *message)
{
    struct nb_buf line = { 0 };
    nb_buf_printf(&line, "%s %d%s  %s", error ? "✗" : "?", place->section + 1,
                  place->section < 0 ? "抬头" : session->form->sections[place->section].brief,
                  message);
    if (!obstacles->n_errors && !obstacles->n_warnings) {
        obstacles->first = *place;
        nb_buf_puts(&obstacles->first_text, line.data);
    }
    obstacles->n_errors += error;
    obstacles->n_warnings += !error;
    nb_buf_printf(&obstacles->text, "%s\n", line.data);
    nb_buf_release(&line);
}

/* Blank cells are asked about by themselves: may_fill_blanks(). */
static void add_findings(struct obstacles *obstacles, const struct tui_session *session,
                         const struct nb_diags *diags, enum nb_severity severity)
{
    for (int i = 0; i < diags->count; i++) {
        const struct nb_diag *diag = &diags->items[i];
        if (diag->severity != severity || diag->accepted || strcmp(diag->rule, "cell.blank") == 0)
            continue;
        struct tui_place place = tui_session_place_of_finding(session, diag);
        add_obstacle(obstacles, session, severity == NB_ERROR, &place, diag->message);
        if (diag->ends_hint && diag->hint->note)
            nb_buf_printf(&obstacles->text, "    %s\n", diag->hint->note);
    }
}

static void add_unwritten(struct obstacles *obstacles, const struct tui_session *session)
{
    struct tui_place place = { -1, -1, NB_TEXT_UNIT, 0 };
    if (tui_session_state(session, -1) != TUI_COMPLETE)
        add_obstacle(obstacles, session, false, &place, "落款或前言还没有写");
}

static void add_notes(struct obstacles *obstacles, const struct tui_session *session)
{
    for (int i = 0; i < nb_draft_record_count(session->draft, NB_LIST_MARKS); i++) {
        const char *const *note = nb_draft_record(session->draft, NB_LIST_MARKS, i);
        struct nb_buf text = { 0 };
        struct tui_place place;
        if (!tui_session_place_of(session, note[NB_MARK_CELL], &place))
            continue;
        nb_buf_printf(&text, "备注：%s", note[NB_MARK_TEXT]);
        add_obstacle(obstacles, session, false, &place, text.data);
        nb_buf_release(&text);
    }
}

static void find_obstacles(struct obstacles *obstacles, const struct tui_session *session)
{
    struct nb_diags diags = { 0 };
    tui_session_check_final(session, &diags);
    add_findings(obstacles, session, &diags, NB_ERROR);
    if (obstacles->n_errors && session->n_blank)
        nb_buf_puts(&obstacles->text, "（没填的格按 0 算，没填的合计按各项之和算）\n");
    add_findings(obstacles, session, &diags, NB_WARNING);
    add_unwritten(obstacles, session);
    add_notes(obstacles, session);
    nb_diags_release(&diags);
}

/* Goes to the first obstacle and says it: it need not be one that the screen knows, since the
 * screen does not take blanks for zeros. */
static void go_to_first(struct tui_editor *editor, const struct obstacles *obstacles)
{
    tui_editor_go(editor, &obstacles->first);
    tui_tell(editor->screen.app, obstacles->n_errors ? TUI_ERROR : TUI_WARNING, "%s",
             obstacles->first_text.data);
}

/* Says what still stands against it; true where nothing does, or the clerk goes on. */
static bool check_final(struct tui_editor *editor)
{
    static const char *const warned[] = { "回去看", "仍然定稿", NULL };
    static const char *const refused[] = { "回去改", NULL };
    struct tui_app *app = editor->screen.app;
    struct obstacles obstacles = { 0 };
    bool fine = true;
    find_obstacles(&obstacles, editor->session);
    if (obstacles.n_errors) {
        tui_ask(app, "还不能定稿", obstacles.text.data, refused, 0);
        fine = false;
    } else if (obstacles.n_warnings) {
        fine = tui_ask(app, "定稿前请看", obstacles.text.data, warned, 0) == 1;
    }
    if (!fine)
        go_to_first(editor, &obstacles);
    nb_buf_release(&obstacles.text);
    nb_buf_release(&obstacles.first_text);
    return fine;
}

static bool may_fill_blanks(struct tui_editor *editor)
{
    static const char *const answers[] = { "写入并定稿", "回去填", NULL };
    struct nb_buf text = { 0 };
    if (!editor->session->n_blank)
        return true;
    nb_buf_printf(&text, "还有 %d 格没填。定稿时空着的格写 0，空着的合计写各项之和。",
                  editor->session->n_blank);
    bool yes = tui_ask(editor->screen.app, "定稿", text.data, answers, 0) == 0;
    nb_buf_release(&text);
    return yes;
}

/* ---- finishing ---- */

/* Finished, and nothing has changed since. */
static bool is_finished(const struct tui_session *session)
{
    struct nb_buf hash = { 0 };
    nb_draft_add_content_hash(session->draft, &hash);
    bool same = tui_session_is_saved(session) &&
                nb_draft_text(session->draft, NB_TEXT_FINISHED_AT)[0] &&
                strcmp(nb_draft_text(session->draft, NB_TEXT_FINISHED_CONTENT), hash.data) == 0;
    nb_buf_release(&hash);
    return same;
}

static void fill_blanks(struct tui_session *session)
{
    struct nb_figure *figures = nb_xalloc((size_t)session->form->n_cells * sizeof *figures + 1);
    nb_check_fill_blanks(session->draft, figures);
    for (int cell = 0; cell < session->form->n_cells; cell++)
        nb_history_set_figure(session->history, cell, figures[cell]);
    free(figures);
}

/* Acceptances of what is no longer there, judged as finished; returns how many. */
static int drop_lapsed(struct tui_session *session)
{
    int count = nb_draft_record_count(session->draft, NB_LIST_ACCEPTED), dropped = 0;
    bool *lapsed = nb_xalloc((size_t)count + 1);
    struct nb_diags diags = { 0 };
    tui_session_check_final(session, &diags);
    for (int i = 0; i < diags.count; i++) {
        if (strcmp(diags.items[i].rule, "accepted.lapsed") == 0)
            lapsed[diags.items[i].acceptance] = true;
    }
    for (int i = count; i-- > 0;) { /* from the end, so that places stay */
        if (lapsed[i])
            nb_history_remove_record(session->history, NB_LIST_ACCEPTED, i);
        dropped += lapsed[i];
    }
    nb_diags_release(&diags);
    free(lapsed);
    return dropped;
}

/* Returns how many acceptances had lapsed. */
static int mark_finished(struct tui_session *session)
{
    struct nb_buf now = { 0 }, hash = { 0 };
    nb_history_begin(session->history, false);
    int dropped = drop_lapsed(session);
    fill_blanks(session);
    nb_draft_add_content_hash(session->draft, &hash);
    nb_buf_add_now(&now);
    nb_history_set_text(session->history, NB_TEXT_FINISHED_AT, now.data);
    nb_history_set_text(session->history, NB_TEXT_FINISHED_CONTENT, hash.data);
    nb_history_end(session->history);
    nb_buf_release(&now);
    nb_buf_release(&hash);
    return dropped;
}

/* A draft is finished when its file says so. */
static bool finish_and_save(struct tui_editor *editor, struct nb_buf *told)
{
    struct tui_app *app = editor->screen.app;
    int dropped = mark_finished(editor->session);
    nb_buf_puts(told, "已定稿，");
    if (dropped)
        nb_buf_printf(told, "删去了 %d 条失效的接受，", dropped);
    if (tui_editor_save(editor))
        return true;
    nb_history_undo(editor->session->history);
    editor->session->unfinished = false;
    if (app->message.len)
        nb_buf_puts(&app->message, "。没有定稿");
    else
        tui_tell(app, TUI_PLAIN, "没有保存，也没有定稿");
    return false;
}

void tui_edit_finish(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    struct tui_session *session = editor->session;
    (void)arg;
    tui_session_refresh(session);
    if (!check_final(editor) || !may_fill_blanks(editor))
        return;
    struct nb_buf told = { 0 };
    bool already = is_finished(session);
    if (already)
        nb_buf_puts(&told, "定稿后没有改动，");
    if (already || finish_and_save(editor, &told))
        tui_print_beside(screen->app, session->draft, session->path, told.data);
    nb_buf_release(&told);
}

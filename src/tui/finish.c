/* Saving, and finishing a draft: 定稿. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dialog.h"
#include "editor.h"
#include "pager.h"
#include "recovery.h"

/* 2025-01-20T16:00:00+08:00 */
void tui_add_now(struct nb_buf *out)
{
    char stamp[32], zone[8];
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &local);
    strftime(zone, sizeof zone, "%z", &local);
    nb_buf_printf(out, "%s%.3s:%s", stamp, zone, zone + 3);
}

bool tui_editor_save(struct tui_editor *editor)
{
    struct nb_diags diags = { 0 };
    static const char *const answers[] = { "保存", "取消", NULL };
    if (editor->session->read_only) {
        tui_tell(editor->screen.app, TUI_WARNING, "这份草稿是只看不改的，不能保存");
        return false;
    }
    if (editor->session->has_comments &&
        tui_ask(editor->screen.app, "保存", "这个文件里有手写的注释（# 开头），保存后就没有了。",
                answers, 1) != 0)
        return false;
    if (!tui_may_overwrite(editor->screen.app, editor->session))
        return false;
    bool saved = tui_session_save(editor->session, &diags) == NB_OK;
    if (saved)
        tui_tell(editor->screen.app, TUI_DONE, "已存入 %s", editor->session->path);
    else
        tui_tell_diags(editor->screen.app, &diags);
    nb_diags_release(&diags);
    return saved;
}

/* Says what still stands against it; true where nothing does. */
static bool check_final(struct tui_editor *editor)
{
    struct tui_session *session = editor->session;
    struct nb_check_options options = { .final = true, .prior = session->prior };
    struct nb_diags diags = { 0 };
    struct nb_buf text = { 0 };
    nb_check_draft(session->draft, session->path, &options, &diags);
    int errors = nb_diags_count(&diags, NB_ERROR), open = 0;
    for (int i = 0; i < diags.count; i++) {
        const struct nb_diag *diag = &diags.items[i];
        if (diag->severity == NB_INFO || diag->accepted)
            continue;
        open++;
        nb_buf_printf(&text, "%s %s\n", diag->severity == NB_ERROR ? "✗" : "?", diag->message);
    }
    static const char *const go_on[] = { "回去看", "仍然定稿", NULL };
    static const char *const refused[] = { "回去改", NULL };
    int answer = 1;
    if (errors)
        answer = tui_ask(editor->screen.app, "还不能定稿", nb_buf_text(&text), refused, 0) > 0;
    else if (open)
        answer = tui_ask(editor->screen.app, "定稿前请看", nb_buf_text(&text), go_on, 0);
    nb_buf_release(&text);
    nb_diags_release(&diags);
    if (answer != 1)
        tui_edit_next_finding(&editor->screen, 1);
    return answer == 1;
}

static void mark_finished(struct tui_session *session)
{
    struct nb_buf now = { 0 }, hash = { 0 };
    struct nb_figure *figures = nb_xalloc((size_t)session->form->n_cells * sizeof *figures + 1);
    nb_check_fill_blanks(session->draft, figures);
    nb_history_begin(session->history, false);
    for (int cell = 0; cell < session->form->n_cells; cell++)
        nb_history_set_figure(session->history, cell, figures[cell]);
    nb_draft_add_content_hash(session->draft, &hash);
    tui_add_now(&now);
    nb_history_set_text(session->history, NB_TEXT_FINISHED_AT, now.data);
    nb_history_set_text(session->history, NB_TEXT_FINISHED_CONTENT, hash.data);
    nb_history_end(session->history);
    nb_buf_release(&now);
    nb_buf_release(&hash);
    free(figures);
}

static bool may_fill_blanks(struct tui_editor *editor)
{
    static const char *const answers[] = { "写入并定稿", "回去填", NULL };
    struct nb_buf text = { 0 };
    tui_session_refresh(editor->session);
    if (!editor->session->n_blank)
        return true;
    nb_buf_printf(&text, "还有 %d 格没填。定稿时空着的格写 0，空着的合计写各项之和。",
                  editor->session->n_blank);
    bool yes = tui_ask(editor->screen.app, "定稿", text.data, answers, 0) == 0;
    nb_buf_release(&text);
    return yes;
}

void tui_edit_finish(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    (void)arg;
    if (!check_final(editor) || !may_fill_blanks(editor))
        return;
    mark_finished(editor->session);
    if (!tui_editor_save(editor))
        return;
    tui_print_beside(screen->app, editor->session->draft, editor->session->path);
}

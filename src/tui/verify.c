#include "verify.h"

#include <string.h>

#include "dialog.h"
#include "keeper.h"
#include "nianbao/text.h"
#include "nianbao/verify.h"
#include "settle.h"

static const char title[] = "复核录入";
static const char *const understood[] = { "知道了", NULL };

static const char *keyed_by(const struct tui_session *second)
{
    return nb_draft_text(second->draft, NB_TEXT_PEOPLE_FILLED);
}

static int count_keyed(const struct tui_session *second)
{
    int count = 0;
    for (int section = 0; section < second->form->n_sections; section++)
        count += nb_verify_keyed(second->draft, section).filled;
    return count;
}

/* A line for each section with tables; returns how many of them are not complete. */
static int add_progress(struct nb_buf *out, const struct tui_session *second)
{
    int incomplete = 0;
    for (int section = 0; section < second->form->n_sections; section++) {
        struct nb_keyed keyed = nb_verify_keyed(second->draft, section);
        const char *name = second->form->sections[section].brief;
        if (!keyed.cells)
            continue;
        if (keyed.filled)
            nb_buf_printf(out, "%s：%d 格，录了 %d 格\n", name, keyed.cells, keyed.filled);
        else
            nb_buf_printf(out, "%s：没有录，不对照\n", name);
        incomplete += keyed.filled < keyed.cells;
    }
    return incomplete;
}

/* ---- opening and closing ---- */

void tui_verify_close(struct tui_session *second, bool remove)
{
    struct nb_diags ignored = { 0 };
    if (second && second->keeper) {
        tui_keeper_flush(second->keeper, true, &ignored);
        tui_keeper_close(second->keeper, remove || !count_keyed(second));
    }
    tui_session_free(second);
    nb_diags_release(&ignored);
}

static void set_name(struct tui_session *second, const struct nb_buf *name)
{
    const char *text = nb_buf_text(name);
    if (nb_draft_text_fault(NB_TEXT_PEOPLE_FILLED, text))
        return;
    nb_history_begin(second->history, false);
    nb_history_set_text(second->history, NB_TEXT_PEOPLE_FILLED, text);
    nb_history_end(second->history);
}

/* Asks who keys; false: nobody. */
static bool begin(struct tui_app *app, struct tui_session *second)
{
    struct nb_diags diags = { 0 };
    struct nb_buf name = { 0 };
    bool goes_on = tui_ask_line(app, "复核录入：由另一人把表格再录一遍",
                                "第二遍录入人的姓名，记在草稿里；可以空着", &name);
    if (goes_on) {
        tui_keeper_start(second->keeper, second->base, &diags);
        set_name(second, &name);
        tui_keeper_flush(second->keeper, true, &diags);
        tui_session_forget_steps(second);
        if (nb_journal_is_elsewhere(tui_keeper_journal(second->keeper)))
            tui_tell(app, TUI_WARNING, "草稿旁边放不了，录的放在这个账号的状态文件夹里");
        tui_tell_diags(app, &diags);
    }
    nb_buf_release(&name);
    nb_diags_release(&diags);
    return goes_on;
}

/* What was keyed before; it is in the journal already and no step of this time. */
static void bring_back(struct tui_session *second)
{
    struct tui_keeper *keeper = second->keeper;
    second->keeper = NULL;
    tui_keeper_recover(keeper);
    second->keeper = keeper;
    tui_session_forget_steps(second);
}

enum choice { KEY_ON, COMPARE, KEY_ANEW, NEITHER };

static enum choice ask_how(struct tui_app *app, const struct tui_session *second)
{
    static const char *const answers[] = { "接着录", "对照", "丢弃，重新录", NULL };
    const struct nb_journal *journal = tui_keeper_journal(second->keeper);
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "%s%s%.10s 开始录的第二遍：\n", keyed_by(second),
                  keyed_by(second)[0] ? " " : "", nb_journal_since(journal));
    int incomplete = add_progress(&text, second);
    if (strcmp(nb_journal_base(journal), second->base) != 0)
        nb_buf_puts(&text, "草稿的单位、年度或格式在那以后改过，请看是不是同一份。\n");
    int answer = tui_ask(app, title, text.data, answers, incomplete ? KEY_ON : COMPARE);
    nb_buf_release(&text);
    return answer < 0 ? NEITHER : (enum choice)answer;
}

static bool may_discard(struct tui_app *app, const struct tui_session *second)
{
    static const char *const answers[] = { "不丢弃", "丢弃", NULL };
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "丢弃第二遍已经录的 %d 格？丢弃以后找不回来。", count_keyed(second));
    bool yes = tui_ask(app, title, text.data, answers, 0) == 1;
    nb_buf_release(&text);
    return yes;
}

static void tell_no_journal(struct tui_app *app, const struct nb_diags *diags)
{
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "%s\n第二遍录的没有地方放，没有开始。", diags->items[0].message);
    tui_ask(app, title, text.data, understood, 0);
    nb_buf_release(&text);
}

static void tell_taken(struct tui_app *app, const struct nb_journal *journal)
{
    struct nb_buf text = { 0 };
    nb_text_add_visible(&text, nb_journal_owner(journal), strlen(nb_journal_owner(journal)));
    nb_buf_puts(&text, text.len ? " 正在录第二遍或对照，等他离开以后再来。"
                                : "另一个程序正在录第二遍或对照，等它结束以后再来。");
    tui_ask(app, title, text.data, understood, 0);
    nb_buf_release(&text);
}

/* Takes the journal, and asks what has to be asked. */
static enum choice start(struct tui_app *app, struct tui_session *second)
{
    struct nb_diags diags = { 0 };
    enum choice choice = NEITHER;
    second->keeper = tui_keeper_open(second, &diags);
    const struct nb_journal *journal = second->keeper ? tui_keeper_journal(second->keeper) : NULL;
    if (journal && nb_journal_state(journal) == NB_JOURNAL_LEFT)
        bring_back(second);
    if (!journal)
        tell_no_journal(app, &diags);
    else if (nb_journal_state(journal) == NB_JOURNAL_TAKEN)
        tell_taken(app, journal);
    else if (count_keyed(second))
        choice = ask_how(app, second);
    else if (begin(app, second))
        choice = KEY_ON;
    nb_diags_release(&diags);
    return choice;
}

struct tui_session *tui_verify_open(struct tui_app *app, const struct tui_session *first,
                                    bool *compares)
{
    *compares = false;
    if (!first->form->n_cells) {
        tui_tell(app, TUI_PLAIN, "这种格式没有表格，没有可复核录入的");
        return NULL;
    }
    for (;;) {
        struct tui_session *second = tui_session_second(first);
        enum choice choice = start(app, second);
        bool discard = choice == KEY_ANEW && may_discard(app, second);
        if (choice == KEY_ON || choice == COMPARE) {
            *compares = choice == COMPARE;
            return second;
        }
        tui_verify_close(second, discard);
        if (!discard)
            return NULL;
    }
}

/* ---- commands of the second keying ---- */

void tui_edit_kept(struct tui_screen *screen, int arg)
{
    (void)arg;
    if (tui_editor_commit((struct tui_editor *)screen))
        tui_tell(screen->app, TUI_PLAIN, "录一格存一格，不用另外保存；^Q 离开，以后接着录");
}

void tui_edit_leave_second(struct tui_screen *screen, int arg)
{
    static const char *const answers[] = { "回去", "仍然离开", NULL };
    struct tui_editor *editor = (struct tui_editor *)screen;
    struct nb_diags ignored = { 0 };
    (void)arg;
    if (!tui_editor_commit(editor))
        return;
    tui_keeper_flush(editor->session->keeper, true, &ignored);
    nb_diags_release(&ignored);
    screen->done =
        !tui_keeper_is_failing(editor->session->keeper) ||
        tui_ask(screen->app, title, "录的有一部分没有写进磁盘，离开就没有了。", answers, 0) == 1;
}

void tui_edit_compare(struct tui_screen *screen, int arg)
{
    static const char *const answers[] = { "接着录", "对照", NULL };
    struct tui_editor *editor = (struct tui_editor *)screen;
    struct nb_buf text = { 0 };
    (void)arg;
    if (!tui_editor_commit(editor))
        return;
    if (!count_keyed(editor->session)) {
        tui_tell(screen->app, TUI_PLAIN, "第二遍还一格也没有录");
        return;
    }
    int incomplete = add_progress(&text, editor->session);
    nb_buf_puts(&text, "没录的格，第一遍填了的，列为不同。");
    editor->compares = !incomplete || tui_ask(screen->app, title, text.data, answers, 0) == 1;
    screen->done = editor->compares;
    nb_buf_release(&text);
}

/* ---- what the draft keeps ---- */

static void add_note(struct tui_session *first, int section, const char *by, const char *at)
{
    struct nb_buf text = { 0 };
    int old = nb_verify_find_note(first->draft, section);
    if (old >= 0)
        nb_history_remove_record(first->history, NB_LIST_MARKS, old);
    nb_verify_add_note(first->draft, section, &text);
    const char *fields[NB_RECORD_FIELDS] = {
        [NB_MARK_CELL] = first->form->sections[section].id,
        [NB_MARK_TEXT] = text.data,
        [NB_MARK_BY] = by,
        [NB_MARK_AT] = at,
    };
    nb_history_add_record(first->history, NB_LIST_MARKS, fields);
    nb_buf_release(&text);
}

static void add_notes(struct tui_session *first, const struct tui_session *second)
{
    struct nb_buf now = { 0 };
    nb_buf_add_now(&now);
    nb_history_begin(first->history, false);
    for (int section = 0; section < first->form->n_sections; section++) {
        if (nb_verify_keyed(second->draft, section).filled)
            add_note(first, section, keyed_by(second), now.data);
    }
    nb_history_end(first->history);
    nb_buf_release(&now);
}

/* False: neither noted nor declined. */
static bool ask_for_note(struct tui_app *app, struct tui_session *first,
                         const struct tui_session *second)
{
    static const char *const answers[] = { "记在草稿里", "不记", NULL };
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, "录过两遍的，现在都一致。\n");
    add_progress(&text, second);
    if (nb_draft_text(first->draft, NB_TEXT_FINISHED_AT)[0])
        nb_buf_puts(&text, "草稿已经定稿，记下以后要再定稿一次。\n");
    int answer = tui_ask(app, title, text.data, answers, 0);
    nb_buf_release(&text);
    if (answer == 0) {
        add_notes(first, second);
        tui_tell(app, TUI_DONE, "已记下复核录入，^S 存盘");
    }
    return answer >= 0;
}

/* ---- in the draft's editor ---- */

void tui_verify_settle(struct tui_editor *editor, struct tui_session *second)
{
    struct tui_app *app = editor->screen.app;
    struct tui_session *first = editor->session;
    editor->second = second;
    bool equal = tui_settle_run(app, first, second);
    if (equal && !first->read_only && ask_for_note(app, first, second))
        return; /* it goes when the draft is saved: tui_verify_release() */
    if (!equal)
        tui_tell(app, TUI_WARNING, "还有 %d 处没有定，第二遍录的留着，F11 再来",
                 tui_settle_count(first, second));
    else if (first->read_only)
        tui_tell(app, TUI_DONE, "录过两遍的都一致；草稿现在只能看，没有记下");
    editor->second = NULL;
    tui_verify_close(second, false);
}

void tui_verify_release(struct tui_editor *editor)
{
    struct tui_session *first = editor->session, *second = editor->second;
    editor->second = NULL;
    if (second)
        tui_verify_close(second, !first->read_only && tui_session_is_saved(first) &&
                                     !tui_settle_count(first, second));
}

void tui_edit_verify(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    bool compares;
    (void)arg;
    tui_verify_release(editor);
    struct tui_session *second = tui_verify_open(screen->app, editor->session, &compares);
    if (second && (compares || tui_editor_key(screen->app, second)) && !screen->app->ended)
        tui_verify_settle(editor, second);
    else
        tui_verify_close(second, false);
}

/* ---- from outside ---- */

void tui_verify_run(struct tui_app *app, const struct tui_session *first)
{
    bool compares;
    struct tui_session *now = NULL, *second = tui_verify_open(app, first, &compares);
    struct nb_diags diags = { 0 };
    if (!second || (!compares && !tui_editor_key(app, second)) || app->ended) {
        tui_verify_close(second, false);
        return;
    }
    if (tui_session_open(app->catalog, first->path, &diags, &now) == NB_OK) {
        tui_editor_run(app, now, NULL, second);
    } else {
        tui_ask(app, title, diags.items[0].message, understood, 0);
        tui_verify_close(second, false);
    }
    tui_session_free(now);
    nb_diags_release(&diags);
}

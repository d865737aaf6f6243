#include "recovery.h"

#include <string.h>

#include "dialog.h"
#include "keeper.h"
#include "nianbao/file.h"
#include "nianbao/hash.h"
#include "nianbao/text.h"

/* 2025-01-12T09:30:00+08:00 as 2025-01-12 09:30 */
static void add_time(struct nb_buf *out, const char *stamp)
{
    if (strlen(stamp) >= 16)
        nb_buf_printf(out, "%.10s %.5s", stamp, stamp + 11);
}

static void look_only(struct tui_session *session)
{
    nb_history_freeze(session->history);
    session->read_only = true;
    tui_keeper_close(session->keeper, false);
    session->keeper = NULL;
}

static bool open_taken(struct tui_app *app, struct tui_session *session)
{
    static const char *const answers[] = { "只看不改", "不打开", NULL };
    const struct nb_journal *journal = tui_keeper_journal(session->keeper);
    struct nb_buf text = { 0 };
    nb_text_add_visible(&text, nb_journal_owner(journal), strlen(nb_journal_owner(journal)));
    nb_buf_puts(&text, text.len ? " 从 " : "另一个程序");
    add_time(&text, nb_journal_since(journal));
    nb_buf_puts(&text, " 起开着这份草稿。\n现在打开只能看，不能改。");
    bool look = tui_ask(app, "草稿已被打开", text.data, answers, 0) == 0;
    nb_buf_release(&text);
    if (look)
        look_only(session);
    return look;
}

static void set_aside(struct tui_app *app, struct tui_session *session)
{
    struct nb_buf path = { 0 };
    struct nb_diags diags = { 0 };
    nb_buf_printf(&path, "%s.丢弃", session->path);
    if (tui_keeper_set_aside(session->keeper, path.data, &diags) == NB_OK)
        tui_tell(app, TUI_PLAIN, "没有恢复的录入另存在 %s", path.data);
    else
        tui_tell_diags(app, &diags);
    nb_buf_release(&path);
    nb_diags_release(&diags);
}

/* What a program that did not end well has left. */
static bool open_left(struct tui_app *app, struct tui_session *session)
{
    static const char *const answers[] = { "恢复", "先看文件，以后再说", "丢弃（另存）", NULL };
    const struct nb_journal *journal = tui_keeper_journal(session->keeper);
    struct nb_buf lines = { 0 }, text = { 0 };
    int count = tui_keeper_differences(session->keeper, &lines);
    int answer = count ? -1 : 3;
    if (count) {
        nb_buf_puts(&text, "这份草稿有没保存的录入：");
        add_time(&text, nb_journal_since(journal));
        nb_buf_printf(&text, " 起，%d 处与文件不同。\n", count);
        if (strcmp(nb_journal_base(journal), session->base) != 0)
            nb_buf_puts(&text, "文件在那以后改过，请逐处核对。\n");
        nb_buf_printf(&text, "\n%s", lines.data);
        answer = tui_ask(app, "恢复", text.data, answers, 0);
    }
    nb_buf_release(&lines);
    nb_buf_release(&text);
    if (answer == 0)
        tui_keeper_recover(session->keeper);
    else if (answer == 1)
        look_only(session);
    else if (answer == 2)
        set_aside(app, session);
    if (answer == 0)
        tui_tell(app, TUI_DONE, "恢复了 %d 处，^Z 可以撤回；请存盘", count);
    return answer >= 0;
}

bool tui_recover(struct tui_app *app, struct tui_session *session)
{
    struct nb_diags diags = { 0 };
    bool opens = true;
    session->keeper = tui_keeper_open(session, &diags);
    const struct nb_journal *journal = session->keeper ? tui_keeper_journal(session->keeper) : NULL;
    if (journal && nb_journal_state(journal) == NB_JOURNAL_TAKEN)
        opens = open_taken(app, session);
    else if (journal && nb_journal_state(journal) == NB_JOURNAL_LEFT)
        opens = open_left(app, session);
    if (session->keeper && nb_journal_state(journal) == NB_JOURNAL_EMPTY) {
        tui_keeper_start(session->keeper, session->base, &diags);
        if (nb_journal_is_elsewhere(journal))
            tui_tell(app, TUI_WARNING, "草稿旁边放不了录入日志，放在状态文件夹里");
    }
    tui_tell_diags(app, &diags);
    nb_diags_release(&diags);
    return opens;
}

bool tui_may_overwrite(struct tui_app *app, const struct tui_session *session)
{
    static const char *const answers[] = { "不存，先去看", "用这里的覆盖", NULL };
    struct nb_buf text = { 0 }, hash = { 0 };
    struct nb_diags diags = { 0 };
    bool same = true;
    if (nb_file_read(session->path, (size_t)1 << 26, &diags, &text) == NB_OK) {
        nb_hash_add(&hash, text.data, text.len);
        same = strcmp(hash.data, session->base) == 0;
    }
    nb_buf_release(&text);
    nb_buf_release(&hash);
    nb_diags_release(&diags);
    return same || tui_ask(app, "保存", "这个文件打开以后，被别的程序改过。", answers, 0) == 1;
}

#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "dialog.h"
#include "doubts.h"
#include "drafts.h"
#include "editor.h"
#include "pager.h"
#include "settle.h"
#include "verify.h"

#define KEY_F(number) (TUI_KEY_F1 + (number)-1)
#define CTRL(letter)  (TUI_CTRL | (letter))
#define ALT(letter)   (TUI_ALT | (letter))
#define SHIFT(key)    (TUI_SHIFT | (key))

/* The first that fits is run; hints stand in this order. */
const struct tui_command tui_commands[] = {
    /* while a figure is being typed */
    { "确认，到下一行",
      NULL,
      TUI_IN_CELL,
      { TUI_KEY_ENTER, TUI_KEY_DOWN },
      tui_edit_commit_and,
      TUI_STEP_DOWN },
    { "确认，到下一格", NULL, TUI_IN_CELL, { TUI_KEY_TAB }, tui_edit_commit_and, TUI_STEP_NEXT },
    { "确认，到前一格",
      NULL,
      TUI_IN_CELL,
      { SHIFT(TUI_KEY_TAB) },
      tui_edit_commit_and,
      TUI_STEP_BACK },
    { "确认，到上一行", NULL, TUI_IN_CELL, { TUI_KEY_UP }, tui_edit_commit_and, TUI_STEP_UP },

    /* the editor */
    { "帮助：这一格怎么填，有哪些按键", "F1帮助", TUI_IN_EDITOR, { KEY_F(1) }, tui_edit_help, 0 },
    { "帮助：这一格怎么填，有哪些按键", NULL, TUI_IN_TABLE, { '?', 0xFF1F }, tui_edit_help, 0 },
    { "在格内改", "F2改", TUI_IN_TABLE, { KEY_F(2) }, tui_edit_in_place, 0 },
    { "填这一行、这一列的合计", "=合计", TUI_IN_TABLE, { '=', 0xFF1D }, tui_edit_totals, 0 },
    { "填本节全部合计", NULL, TUI_IN_TABLE, { CTRL('u'), ALT('=') }, tui_edit_totals, 1 },
    { "用外部编辑器写这段文字", "F4外部编辑器", TUI_IN_PROSE, { KEY_F(4) }, tui_edit_outside, 0 },
    { "预览印出来的报告", "F5预览", TUI_IN_DRAFT, { KEY_F(5), CTRL('p') }, tui_edit_preview, 0 },
    { "看上年的报告", NULL, TUI_IN_DRAFT, { KEY_F(12), ALT('l') }, tui_edit_prior, 0 },
    { "下一处差错或提示", "F8下一处", TUI_IN_EDITOR, { KEY_F(8) }, tui_edit_next_finding, 1 },
    { "定稿：全部核对，印成文件", "F9定稿", TUI_IN_FIRST, { KEY_F(9) }, tui_edit_finish, 0 },
    { "录完，和第一遍对照", "F9对照", TUI_IN_SECOND, { KEY_F(9) }, tui_edit_compare, 0 },
    { "定稿：全部核对，印成文件", NULL, TUI_IN_PROSE, { KEY_F(9) }, tui_edit_finish, 0 },
    { "查找行名、数字或文字", "^F查找", TUI_IN_PROSE, { CTRL('f') }, tui_edit_find, 0 },
    { "查找行名、数字或文字", NULL, TUI_IN_TABLE, { CTRL('f'), KEY_F(3) }, tui_edit_find, 0 },
    { "再找下一处", NULL, TUI_IN_PROSE, { KEY_F(3) }, tui_edit_find, 1 },
    { "保存", "^S存", TUI_IN_DRAFT, { CTRL('s') }, tui_edit_save, 0 },
    { "保存：录一格存一格，不用按", NULL, TUI_IN_SECOND, { CTRL('s') }, tui_edit_kept, 0 },
    { "撤销", "^Z撤销", TUI_IN_EDITOR, { CTRL('z') }, tui_edit_undo, 0 },
    { "重做", NULL, TUI_IN_EDITOR, { CTRL('y') }, tui_edit_undo, 1 },
    { "全部命令", "^O命令", TUI_IN_EDITOR, { CTRL('o'), KEY_F(10) }, tui_choose_command, 0 },
    { "退出", "^Q退出", TUI_IN_DRAFT, { CTRL('q') }, tui_edit_quit, 0 },
    { "先录到这里，以后接着录", "^Q离开", TUI_IN_SECOND, { CTRL('q') }, tui_edit_leave_second, 0 },
    { "不改了，恢复原来的数", "Esc恢复", TUI_IN_CELL, { TUI_KEY_ESC }, tui_edit_escape, 0 },
    { "换到另一节，跳到某一行", "^G换节", TUI_IN_EDITOR, { CTRL('g') }, tui_edit_go_to, 0 },
    { "给这一格写备注", NULL, TUI_IN_FIRST, { KEY_F(4) }, tui_edit_note, 0 },
    { "列出全部差错和提示：选一处去改，或采纳推算的数",
      NULL,
      TUI_IN_EDITOR,
      { KEY_F(6) },
      tui_edit_findings,
      0 },
    { "上一处差错或提示", NULL, TUI_IN_EDITOR, { KEY_F(7) }, tui_edit_next_finding, -1 },
    { "接受这里的提示，写明原因", NULL, TUI_IN_DRAFT, { CTRL('a'), ALT('a') }, tui_edit_accept, 0 },
    { "改正这段文字的半角标点、文号括号和断开的数字",
      NULL,
      TUI_IN_DRAFT,
      { CTRL('e'), ALT('m') },
      tui_edit_mend,
      0 },
    { "复核录入：由另一人再录一遍，对照",
      NULL,
      TUI_IN_DRAFT,
      { KEY_F(11), ALT('v') },
      tui_edit_verify,
      0 },
    { "复制", NULL, TUI_IN_EDITOR, { CTRL('c') }, tui_edit_copy, 0 },
    { "剪切", NULL, TUI_IN_EDITOR, { CTRL('x') }, tui_edit_copy, 1 },
    { "粘贴", NULL, TUI_IN_EDITOR, { CTRL('v') }, tui_edit_paste, 0 },
    { "开始标记一块，再按取消", NULL, TUI_IN_EDITOR, { CTRL('t') }, tui_edit_mark, 0 },
    { "插入一个数字的引用", NULL, TUI_IN_PROSE, { CTRL('r'), ALT('i') }, tui_edit_reference, 0 },
    { "到上一节",
      NULL,
      TUI_IN_EDITOR,
      { CTRL('b'), TUI_CTRL | TUI_KEY_PAGE_UP, ALT(',') },
      tui_edit_turn,
      -1 },
    { "到下一节",
      NULL,
      TUI_IN_EDITOR,
      { CTRL('n'), TUI_CTRL | TUI_KEY_PAGE_DOWN, ALT('.') },
      tui_edit_turn,
      1 },
    { "到抬头和落款", NULL, TUI_IN_DRAFT, { ALT('0') }, tui_edit_section, -1 },
    { "到第一节", NULL, TUI_IN_EDITOR, { ALT('1') }, tui_edit_section, 0 },
    { "到第二节", NULL, TUI_IN_EDITOR, { ALT('2') }, tui_edit_section, 1 },
    { "到第三节", NULL, TUI_IN_EDITOR, { ALT('3') }, tui_edit_section, 2 },
    { "到第四节", NULL, TUI_IN_EDITOR, { ALT('4') }, tui_edit_section, 3 },
    { "到第五节", NULL, TUI_IN_EDITOR, { ALT('5') }, tui_edit_section, 4 },
    { "到第六节", NULL, TUI_IN_EDITOR, { ALT('6') }, tui_edit_section, 5 },
    { "挂起程序，回到命令行", NULL, TUI_IN_EDITOR, { TUI_NO_KEY }, tui_edit_suspend, 0 },

    /* in a table */
    { "清空这一格或标记的块",
      NULL,
      TUI_IN_TABLE,
      { TUI_KEY_DELETE, TUI_KEY_BACKSPACE },
      tui_edit_clear,
      1 },
    { "到下一行；在文字上是打开", NULL, TUI_IN_TABLE, { TUI_KEY_ENTER }, tui_edit_enter, 0 },
    { "取消标记", NULL, TUI_IN_TABLE, { TUI_KEY_ESC }, tui_edit_escape, 0 },
    { "上一行", NULL, TUI_IN_TABLE, { TUI_KEY_UP }, tui_edit_move, TUI_STEP_UP },
    { "下一行", NULL, TUI_IN_TABLE, { TUI_KEY_DOWN }, tui_edit_move, TUI_STEP_DOWN },
    { "左一格", NULL, TUI_IN_TABLE, { TUI_KEY_LEFT }, tui_edit_move, TUI_STEP_LEFT },
    { "右一格", NULL, TUI_IN_TABLE, { TUI_KEY_RIGHT }, tui_edit_move, TUI_STEP_RIGHT },
    { "下一格，接着下一行", NULL, TUI_IN_TABLE, { TUI_KEY_TAB }, tui_edit_move, TUI_STEP_NEXT },
    { "前一格", NULL, TUI_IN_TABLE, { SHIFT(TUI_KEY_TAB) }, tui_edit_move, TUI_STEP_BACK },
    { "行首；按两次到第一格",
      NULL,
      TUI_IN_TABLE,
      { TUI_KEY_HOME },
      tui_edit_move,
      TUI_STEP_ROW_START },
    { "行尾；按两次到最后一格",
      NULL,
      TUI_IN_TABLE,
      { TUI_KEY_END },
      tui_edit_move,
      TUI_STEP_ROW_END },
    { "第一格", NULL, TUI_IN_TABLE, { TUI_CTRL | TUI_KEY_HOME }, tui_edit_move, TUI_STEP_FIRST },
    { "最后一格", NULL, TUI_IN_TABLE, { TUI_CTRL | TUI_KEY_END }, tui_edit_move, TUI_STEP_LAST },
    { "上一屏", NULL, TUI_IN_TABLE, { TUI_KEY_PAGE_UP }, tui_edit_move, TUI_STEP_PAGE_UP },
    { "下一屏", NULL, TUI_IN_TABLE, { TUI_KEY_PAGE_DOWN }, tui_edit_move, TUI_STEP_PAGE_DOWN },
    { "标记：向上",
      NULL,
      TUI_IN_TABLE,
      { SHIFT(TUI_KEY_UP) },
      tui_edit_move,
      TUI_STEP_UP | TUI_MARKING_MOVE },
    { "标记：向下",
      NULL,
      TUI_IN_TABLE,
      { SHIFT(TUI_KEY_DOWN) },
      tui_edit_move,
      TUI_STEP_DOWN | TUI_MARKING_MOVE },
    { "标记：向左",
      NULL,
      TUI_IN_TABLE,
      { SHIFT(TUI_KEY_LEFT) },
      tui_edit_move,
      TUI_STEP_LEFT | TUI_MARKING_MOVE },
    { "标记：向右",
      NULL,
      TUI_IN_TABLE,
      { SHIFT(TUI_KEY_RIGHT) },
      tui_edit_move,
      TUI_STEP_RIGHT | TUI_MARKING_MOVE },

    /* in a text */
    { "删后面一个字，或标记的文字", NULL, TUI_IN_PROSE, { TUI_KEY_DELETE }, tui_edit_clear, 1 },
    { "删前面一个字，或标记的文字", NULL, TUI_IN_PROSE, { TUI_KEY_BACKSPACE }, tui_edit_clear, -1 },
    { "回到表格", NULL, TUI_IN_PROSE, { TUI_KEY_ESC }, tui_edit_escape, 0 },
    { "下一处差错或提示", NULL, TUI_IN_PROSE, { TUI_KEY_TAB }, tui_edit_next_finding, 1 },
    { "前一处差错或提示", NULL, TUI_IN_PROSE, { SHIFT(TUI_KEY_TAB) }, tui_edit_next_finding, -1 },
#define PROSE_MOVE(title, key, motion)                                                             \
    { title, NULL, TUI_IN_PROSE, { key }, tui_edit_move_prose, motion },                           \
    {                                                                                              \
        "标记：" title, NULL, TUI_IN_PROSE, { SHIFT(key) }, tui_edit_move_prose,                   \
            (int)(motion) | TUI_MARKING_MOVE                                                       \
    }
    PROSE_MOVE("左一字", TUI_KEY_LEFT, TUI_TO_LEFT),
    PROSE_MOVE("右一字", TUI_KEY_RIGHT, TUI_TO_RIGHT),
    PROSE_MOVE("上一行", TUI_KEY_UP, TUI_TO_UP),
    PROSE_MOVE("下一行", TUI_KEY_DOWN, TUI_TO_DOWN),
    PROSE_MOVE("前一词", TUI_CTRL | TUI_KEY_LEFT, TUI_TO_WORD_LEFT),
    PROSE_MOVE("后一词", TUI_CTRL | TUI_KEY_RIGHT, TUI_TO_WORD_RIGHT),
    PROSE_MOVE("上一段", TUI_CTRL | TUI_KEY_UP, TUI_TO_PARAGRAPH_UP),
    PROSE_MOVE("下一段", TUI_CTRL | TUI_KEY_DOWN, TUI_TO_PARAGRAPH_DOWN),
    PROSE_MOVE("行首；按两次到开头", TUI_KEY_HOME, TUI_TO_LINE_START),
    PROSE_MOVE("行尾；按两次到末尾", TUI_KEY_END, TUI_TO_LINE_END),
    PROSE_MOVE("开头", TUI_CTRL | TUI_KEY_HOME, TUI_TO_START),
    PROSE_MOVE("末尾", TUI_CTRL | TUI_KEY_END, TUI_TO_END),
    PROSE_MOVE("上一屏", TUI_KEY_PAGE_UP, TUI_TO_PAGE_UP),
    PROSE_MOVE("下一屏", TUI_KEY_PAGE_DOWN, TUI_TO_PAGE_DOWN),

    /* the list of drafts */
    { "打开", "Enter打开", TUI_IN_DRAFTS, { TUI_KEY_ENTER }, tui_drafts_open, 0 },
    { "新建一份草稿", "n新建", TUI_IN_DRAFTS, { 'n', CTRL('n') }, tui_drafts_new, 0 },
    { "导入一份报告：文本、网页、Word、PDF",
      "i导入",
      TUI_IN_DRAFTS,
      { 'i' },
      tui_drafts_import,
      0 },
    { "与另一份草稿比较", "d比较", TUI_IN_DRAFTS, { 'd' }, tui_drafts_compare, 0 },
    { "把这份报告印成文件", "p印", TUI_IN_DRAFTS, { 'p' }, tui_drafts_print, 0 },
    { "复核录入：由另一人再录一遍", "v复核", TUI_IN_DRAFTS, { 'v' }, tui_drafts_verify, 0 },
    { "查找", "/查找", TUI_IN_DRAFTS, { '/', KEY_F(3), CTRL('f') }, tui_drafts_find, 0 },
    { "帮助", "F1帮助", TUI_IN_DRAFTS, { KEY_F(1), '?' }, tui_drafts_help, 0 },
    { "退出", "q退出", TUI_IN_DRAFTS, { 'q', CTRL('q') }, tui_drafts_leave, 0 },

    /* two keyings side by side */
    { "用第一遍的数", "1第一遍", TUI_IN_SETTLING, { '1', 0xFF11 }, tui_settle_take, 0 },
    { "用第二遍的数", "2第二遍", TUI_IN_SETTLING, { '2', 0xFF12 }, tui_settle_take, 1 },
    { "都不对，另填一个数", "Enter另填", TUI_IN_SETTLING, { TUI_KEY_ENTER }, tui_settle_type, 0 },
    { "撤销刚定的一处", "^Z撤销", TUI_IN_SETTLING, { CTRL('z') }, tui_settle_undo, 0 },
    { "帮助", "F1帮助", TUI_IN_SETTLING, { KEY_F(1), '?' }, tui_settle_help, 0 },
    { "回到草稿，没定的以后再定",
      "Esc回草稿",
      TUI_IN_SETTLING,
      { TUI_KEY_ESC, CTRL('q'), 'q' },
      tui_settle_leave,
      0 },

    /* what an import was not certain of */
    { "在草稿里改这一格", "Enter去这一格", TUI_IN_DOUBTS, { TUI_KEY_ENTER }, tui_doubts_open, 0 },
    { "写入报告文字里的数",
      "a写入文字里的数",
      TUI_IN_PROPOSAL,
      { 'a', 0xFF41 },
      tui_doubts_adopt,
      0 },
    { "撤销刚写入的数", "^Z撤销", TUI_IN_ADOPTED, { CTRL('z') }, tui_doubts_undo, 0 },
    { "帮助", "F1帮助", TUI_IN_DOUBTS, { KEY_F(1), '?' }, tui_doubts_help, 0 },
    { "回到草稿列表",
      "Esc回列表",
      TUI_IN_DOUBTS,
      { TUI_KEY_ESC, CTRL('q'), 'q' },
      tui_doubts_leave,
      0 },

    /* a text to read */
    { "查找", "/查找", TUI_IN_PAGER, { '/', CTRL('f') }, tui_pager_find, 0 },
    { "再找", NULL, TUI_IN_PAGER, { 'n', KEY_F(3) }, tui_pager_find_next, 0 },
    { "写成文本文件", "w写成文本", TUI_IN_PREVIEW, { 'w' }, tui_pager_write_text, 0 },
    { "写成网页文件", "h写成网页", TUI_IN_PREVIEW, { 'h' }, tui_pager_write_html, 0 },
    { "离开",
      "Esc离开",
      TUI_IN_PAGER,
      { TUI_KEY_ESC, 'q', CTRL('q'), KEY_F(5) },
      tui_pager_leave,
      0 },
};
const int tui_n_commands = (int)nb_countof(tui_commands);

unsigned tui_contexts_at_rest(unsigned contexts)
{
    if (!(contexts & TUI_IN_CELL))
        return contexts;
    return TUI_IN_TABLE | (contexts & TUI_IN_SECOND ? TUI_IN_SECOND : TUI_IN_FIRST);
}

const struct tui_command *tui_find_command(unsigned contexts, uint32_t key)
{
    for (int i = 0; i < tui_n_commands; i++) {
        if (!(tui_commands[i].contexts & contexts))
            continue;
        for (size_t j = 0; j < nb_countof(tui_commands[i].keys); j++) {
            if (tui_commands[i].keys[j] == key && key != TUI_NO_KEY)
                return &tui_commands[i];
        }
    }
    return NULL;
}

/* ---- hints ---- */

/* Calls `visit` with each hint that fits and the columns it takes. */
static void each_hint(unsigned contexts, int columns,
                      void (*visit)(void *context, const struct tui_command *command, int x,
                                    int width),
                      void *context)
{
    int x = 1;
    contexts |= tui_contexts_at_rest(contexts); /* they work too; a line that stands still */
    for (int i = 0; i < tui_n_commands; i++) {
        const struct tui_command *command = &tui_commands[i];
        if (!command->hint || !(command->contexts & contexts))
            continue;
        int width = tui_text_width(command->hint);
        if (x + width > columns)
            return;
        visit(context, command, x, width);
        x += width + 1;
    }
}

struct drawing {
    struct tui_canvas *canvas;
    int y;
};

static void draw_hint(void *context, const struct tui_command *command, int x, int width)
{
    const struct drawing *drawing = context;
    (void)width;
    tui_canvas_text(drawing->canvas, drawing->y, x, TUI_DIM, command->hint);
}

void tui_draw_hints(struct tui_canvas *canvas, int y, unsigned contexts)
{
    struct drawing drawing = { canvas, y };
    tui_canvas_fill(canvas, y, 0, canvas->columns, TUI_PLAIN);
    each_hint(contexts, canvas->columns, draw_hint, &drawing);
}

struct pointing {
    int x;
    const struct tui_command *found;
};

static void point_at(void *context, const struct tui_command *command, int x, int width)
{
    struct pointing *pointing = context;
    if (pointing->x >= x && pointing->x < x + width)
        pointing->found = command;
}

const struct tui_command *tui_hint_at(unsigned contexts, int columns, int x)
{
    struct pointing pointing = { x, NULL };
    each_hint(contexts, columns, point_at, &pointing);
    return pointing.found;
}

/* ---- lists of commands ---- */

static void add_keys(struct nb_buf *out, const struct tui_command *command)
{
    for (size_t i = 0; i < nb_countof(command->keys) && command->keys[i]; i++) {
        if (i)
            nb_buf_putc(out, ' ');
        tui_key_add_name(out, command->keys[i]);
    }
}

void tui_add_key_help(struct nb_buf *out, unsigned contexts)
{
    for (int i = 0; i < tui_n_commands; i++) {
        struct nb_buf keys = { 0 };
        if (!(tui_commands[i].contexts & contexts))
            continue;
        add_keys(&keys, &tui_commands[i]);
        int pad = 16 - tui_text_width(nb_buf_text(&keys));
        nb_buf_puts(out, nb_buf_text(&keys));
        nb_buf_pad(out, ' ', pad > 1 ? pad : 1);
        nb_buf_printf(out, "%s\n", tui_commands[i].title);
        nb_buf_release(&keys);
    }
}

void tui_choose_command(struct tui_screen *screen, int arg)
{
    unsigned contexts = screen->kind->contexts(screen);
    struct tui_choice *choices = nb_xalloc((size_t)tui_n_commands * sizeof *choices);
    const struct tui_command **commands = nb_xalloc((size_t)tui_n_commands * sizeof *commands);
    struct nb_arena notes = { 0 };
    int count = 0;
    (void)arg;
    for (int i = 0; i < tui_n_commands; i++) {
        struct nb_buf keys = { 0 };
        if (!(tui_commands[i].contexts & contexts))
            continue;
        add_keys(&keys, &tui_commands[i]);
        commands[count] = &tui_commands[i];
        choices[count++] = (struct tui_choice) { tui_commands[i].title,
                                                 nb_arena_strdup(&notes, nb_buf_text(&keys)) };
        nb_buf_release(&keys);
    }
    int chosen = tui_ask_choice(screen->app, "命令", choices, count, 0);
    const struct tui_command *command = chosen >= 0 ? commands[chosen] : NULL;
    free(choices);
    free(commands);
    nb_arena_release(&notes);
    if (command)
        command->run(screen, command->arg);
}

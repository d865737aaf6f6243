/* The text editor without a terminal: keys in, text and cursor out. Links the objects of src/tui
 * but app.o and terminal.o, of which it has its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/text.h"
#include "tui/prose_view.h"

/* ---- in the place of app.c and terminal.c ---- */

static char said[1024];

void tui_tell(struct tui_app *app, enum tui_style style, const char *format, ...)
{
    va_list args;
    (void)app;
    (void)style;
    va_start(args, format);
    vsnprintf(said, sizeof said, format, args);
    va_end(args);
}

void tui_copy(struct tui_app *app, const char *text, size_t len_bytes)
{
    app->clipboard.len = 0;
    nb_buf_add(&app->clipboard, text, len_bytes);
}

void tui_terminal_leave(struct tui_terminal *terminal)
{
    (void)terminal;
}

void tui_terminal_enter(struct tui_terminal *terminal)
{
    (void)terminal;
}

/* ---- a text to edit ---- */

struct fixture {
    struct nb_catalog *catalog;
    struct tui_session *session;
    struct tui_prose prose;
    struct tui_app app;
};

/* Begins with `text` as the overview, the cursor at `offset`. */
static struct fixture edit_text(void **state, const char *text, size_t offset)
{
    struct fixture fixture = { .catalog = *state };
    struct nb_diags diags = { 0 };
    assert_int_equal(
        tui_session_open(fixture.catalog, "samples/2024.yaml", &diags, &fixture.session), NB_OK);
    int index = nb_draft_find_text(fixture.session->draft, "overview");
    nb_draft_set_text(fixture.session->draft, index, text);
    tui_prose_open(&fixture.prose, fixture.session, index, offset);
    nb_diags_release(&diags);
    said[0] = '\0';
    return fixture;
}

static void finish(struct fixture *fixture)
{
    tui_prose_close(&fixture->prose);
    tui_session_free(fixture->session);
    nb_buf_release(&fixture->app.clipboard);
}

static const char *text_of(const struct fixture *fixture)
{
    return nb_draft_text(fixture->session->draft, fixture->prose.text);
}

static const struct {
    uint32_t key;
    enum tui_motion motion;
} motions[] = {
    { TUI_KEY_LEFT, TUI_TO_LEFT },
    { TUI_KEY_RIGHT, TUI_TO_RIGHT },
    { TUI_KEY_UP, TUI_TO_UP },
    { TUI_KEY_DOWN, TUI_TO_DOWN },
    { TUI_KEY_HOME, TUI_TO_LINE_START },
    { TUI_KEY_END, TUI_TO_LINE_END },
    { TUI_KEY_PAGE_UP, TUI_TO_PAGE_UP },
    { TUI_KEY_PAGE_DOWN, TUI_TO_PAGE_DOWN },
    { TUI_KEY_LEFT | TUI_CTRL, TUI_TO_WORD_LEFT },
    { TUI_KEY_RIGHT | TUI_CTRL, TUI_TO_WORD_RIGHT },
    { TUI_KEY_UP | TUI_CTRL, TUI_TO_PARAGRAPH_UP },
    { TUI_KEY_DOWN | TUI_CTRL, TUI_TO_PARAGRAPH_DOWN },
    { TUI_KEY_HOME | TUI_CTRL, TUI_TO_START },
    { TUI_KEY_END | TUI_CTRL, TUI_TO_END },
};

/* What the table of commands does with these keys. */
static void press(struct fixture *fixture, uint32_t key)
{
    struct tui_event event = { .kind = TUI_EVENT_KEY, .key = key };
    for (size_t i = 0; i < nb_countof(motions); i++) {
        if (motions[i].key == (key & ~(uint32_t)TUI_SHIFT))
            tui_prose_move(&fixture->prose, motions[i].motion, key & TUI_SHIFT);
    }
    if (key == TUI_KEY_BACKSPACE || key == TUI_KEY_DELETE)
        tui_prose_delete(&fixture->prose, key == TUI_KEY_DELETE ? 1 : -1);
    else if (key == TUI_KEY_ESC)
        tui_prose_unmark(&fixture->prose);
    else
        tui_prose_event(&fixture->prose, &fixture->app, &event);
}

static void type(struct fixture *fixture, const char *text)
{
    for (uint32_t key; (key = nb_utf8_next(&text)) != 0;)
        press(fixture, key == '\n' ? (uint32_t)TUI_KEY_ENTER : key);
}

static void paste(struct fixture *fixture, const char *text, size_t len)
{
    struct tui_event event = { .kind = TUI_EVENT_PASTE };
    nb_buf_add(&event.paste, text, len);
    tui_prose_event(&fixture->prose, &fixture->app, &event);
    nb_buf_release(&event.paste);
}

static void undo(struct fixture *fixture)
{
    assert_true(nb_history_undo(fixture->session->history));
    fixture->prose.cursor = fixture->session->changed.offset;
}

/* The text with | at the cursor. */
static void assert_cursor(const struct fixture *fixture, const char *wanted)
{
    struct nb_buf got = { 0 };
    const char *text = text_of(fixture);
    nb_buf_add(&got, text, fixture->prose.cursor);
    nb_buf_putc(&got, '|');
    nb_buf_puts(&got, text + fixture->prose.cursor);
    assert_text("cursor", got.data, wanted);
    nb_buf_release(&got);
}

/* ---- typing and steps ---- */

static void a_run_of_typing_is_one_step(void **state)
{
    struct fixture fixture = edit_text(state, "", 0);
    type(&fixture, "政府信息");
    press(&fixture, TUI_KEY_LEFT);
    type(&fixture, "公开");
    assert_cursor(&fixture, "政府信公开|息");
    undo(&fixture);
    assert_cursor(&fixture, "政府信|息");
    undo(&fixture);
    assert_cursor(&fixture, "|");
    finish(&fixture);
}

static void a_step_of_typing_ends_after_thirty_characters_and_with_a_line(void **state)
{
    struct fixture fixture = edit_text(state, "", 0);
    type(&fixture, "1234567890123456789012345678901\n");
    undo(&fixture);
    undo(&fixture);
    assert_string_equal(text_of(&fixture), "123456789012345678901234567890");
    finish(&fixture);
}

static void deletions_join_among_themselves(void **state)
{
    struct fixture fixture = edit_text(state, "e\xCC\x81人{requests.new.total}件", 0);
    press(&fixture, TUI_KEY_END);
    press(&fixture, TUI_KEY_BACKSPACE);
    press(&fixture, TUI_KEY_BACKSPACE);
    press(&fixture, TUI_KEY_BACKSPACE);
    assert_string_equal(text_of(&fixture), "e\xCC\x81");
    press(&fixture, 'x');
    undo(&fixture);
    undo(&fixture);
    assert_string_equal(text_of(&fixture), "e\xCC\x81人{requests.new.total}件");
    assert_false(nb_history_undo(fixture.session->history));
    finish(&fixture);
}

static void typing_does_not_join_what_happened_elsewhere(void **state)
{
    struct fixture fixture = edit_text(state, "", 0);
    type(&fixture, "a");
    const char *const fields[NB_RECORD_FIELDS] = { "r", "overview", "x", "y" };
    nb_history_begin(fixture.session->history, false);
    nb_history_add_record(fixture.session->history, NB_LIST_ACCEPTED, fields);
    nb_history_end(fixture.session->history);
    type(&fixture, "b");
    undo(&fixture);
    assert_string_equal(text_of(&fixture), "a");
    assert_int_equal(nb_draft_record_count(fixture.session->draft, NB_LIST_ACCEPTED), 1);
    finish(&fixture);
}

static void typing_replaces_what_is_marked(void **state)
{
    struct fixture fixture = edit_text(state, "一二三四", 3);
    press(&fixture, TUI_KEY_RIGHT | TUI_SHIFT);
    press(&fixture, TUI_KEY_RIGHT | TUI_SHIFT);
    type(&fixture, "ab");
    assert_cursor(&fixture, "一ab|四");
    undo(&fixture);
    assert_string_equal(text_of(&fixture), "一二三四");
    finish(&fixture);
}

static void typing_leaves_the_indent(void **state)
{
    struct fixture fixture = edit_text(state, "　　文", 3);
    type(&fixture, "　x");
    assert_cursor(&fixture, "　　　x|文");
    finish(&fixture);
}

static void cutting_fills_the_clipboard(void **state)
{
    struct fixture fixture = edit_text(state, "一二三四", 3);
    tui_prose_cut(&fixture.prose, &fixture.app, true);
    assert_string_equal(said, "没有选中文字：先按 ^T，再移动光标");
    tui_prose_toggle_marking(&fixture.prose);
    press(&fixture, TUI_KEY_END);
    tui_prose_cut(&fixture.prose, &fixture.app, true);
    assert_cursor(&fixture, "一|");
    assert_string_equal(fixture.app.clipboard.data, "二三四");
    finish(&fixture);
}

/* ---- paste ---- */

static void a_paste_is_cleaned_and_one_step(void **state)
{
    static const char pasted[] = "甲\r\n乙\r\033[31m丙\a\xEF\xBF\xBF\t丁\n";
    struct fixture fixture = edit_text(state, "前后", 3);
    paste(&fixture, pasted, sizeof pasted - 1);
    assert_cursor(&fixture, "前甲\n乙\n[31m丙\t丁\n|后");
    assert_string_equal(said, "粘贴的内容里有 3 个不能显示的字符，已去掉");
    undo(&fixture);
    assert_cursor(&fixture, "前|后");
    finish(&fixture);
}

static void what_cannot_be_text_is_refused(void **state)
{
    struct fixture fixture = edit_text(state, "前后", 3);
    paste(&fixture, "\xE4\xB8", 2);
    assert_string_equal(said, "粘贴的内容不是 UTF-8 文字，没有放进来");
    char *large = nb_xalloc(TUI_PROSE_BYTES);
    memset(large, 'x', TUI_PROSE_BYTES);
    assert_string_equal(tui_prose_insert(&fixture.prose, large, TUI_PROSE_BYTES),
                        "放不下：一段文字最多 1 MiB（约三十五万字）。没有改动");
    assert_cursor(&fixture, "前|后");
    assert_null(tui_prose_insert(&fixture.prose, large, TUI_PROSE_BYTES - 6));
    press(&fixture, 'x');
    assert_int_equal(strlen(text_of(&fixture)), TUI_PROSE_BYTES);
    free(large);
    finish(&fixture);
}

/* ---- moving ---- */

static void words_are_runs_of_ideographs(void **state)
{
    static const char *const stops[] = {
        "|受理，办结abc 3.5件{requests.new.total}。\n尾",
        "受理，|办结abc 3.5件{requests.new.total}。\n尾",
        "受理，办结|abc 3.5件{requests.new.total}。\n尾",
        "受理，办结abc |3.5件{requests.new.total}。\n尾",
        "受理，办结abc 3.5|件{requests.new.total}。\n尾",
        "受理，办结abc 3.5件|{requests.new.total}。\n尾",
        "受理，办结abc 3.5件{requests.new.total}。|\n尾",
        "受理，办结abc 3.5件{requests.new.total}。\n|尾",
    };
    int count = (int)nb_countof(stops);
    struct fixture fixture = edit_text(state, "受理，办结abc 3.5件{requests.new.total}。\n尾", 0);
    for (int i = 0; i < count; i++) {
        assert_cursor(&fixture, stops[i]);
        press(&fixture, TUI_KEY_RIGHT | TUI_CTRL);
    }
    press(&fixture, TUI_KEY_LEFT | TUI_CTRL);
    for (int i = count; i-- > 0;) {
        assert_cursor(&fixture, stops[i]);
        press(&fixture, TUI_KEY_LEFT | TUI_CTRL);
    }
    finish(&fixture);
}

static struct tui_canvas draw(struct fixture *fixture, int rows, int columns)
{
    struct tui_canvas canvas = { 0 };
    tui_canvas_resize(&canvas, rows, columns);
    tui_prose_draw(&fixture->prose, &canvas, 0, 0, rows, columns);
    return canvas;
}

static void assert_cursor_drawn(struct fixture *fixture, int y, int x)
{
    struct tui_canvas canvas = draw(fixture, 3, 21);
    char got[32], wanted[32];
    snprintf(got, sizeof got, "%d,%d", canvas.cursor_y, canvas.cursor_x);
    snprintf(wanted, sizeof wanted, "%d,%d", y, x);
    assert_text("cursor drawn", got, wanted);
    tui_canvas_release(&canvas);
}

/* 4 + 16 columns in the first line, 20 in the next, then 4. */
static const char wrapped[] = "一二三四五六七八一二三四五六七八九十一二\n尾";

static void the_cursor_shows_where_it_was_brought(void **state)
{
    struct fixture fixture = edit_text(state, wrapped, 0);
    assert_cursor_drawn(&fixture, 0, 4);
    press(&fixture, TUI_KEY_END);
    assert_cursor_drawn(&fixture, 0, 20);
    press(&fixture, TUI_KEY_DOWN);
    assert_cursor_drawn(&fixture, 1, 20);
    press(&fixture, TUI_KEY_DOWN);
    assert_cursor_drawn(&fixture, 2, 4);
    press(&fixture, TUI_KEY_DOWN); /* scrolls */
    assert_cursor_drawn(&fixture, 2, 6);
    press(&fixture, TUI_KEY_UP);
    press(&fixture, TUI_KEY_UP);
    assert_cursor_drawn(&fixture, 0, 20);
    press(&fixture, TUI_KEY_HOME);
    assert_cursor_drawn(&fixture, 0, 0);
    press(&fixture, TUI_KEY_LEFT);
    assert_cursor_drawn(&fixture, 0, 18);
    press(&fixture, TUI_KEY_RIGHT); /* the place between two lines is the start of the lower one */
    assert_cursor_drawn(&fixture, 1, 0);
    finish(&fixture);
}

static void home_and_end_twice_go_all_the_way(void **state)
{
    struct fixture fixture = edit_text(state, "头\n　　中间\n尾", 12);
    press(&fixture, TUI_KEY_HOME);
    assert_cursor(&fixture, "头\n　　|中间\n尾");
    press(&fixture, TUI_KEY_HOME);
    assert_cursor(&fixture, "|头\n　　中间\n尾");
    press(&fixture, TUI_KEY_END);
    press(&fixture, TUI_KEY_END);
    assert_cursor(&fixture, "头\n　　中间\n尾|");
    finish(&fixture);
}

static void figures_are_found_and_counted(void **state)
{
    struct fixture fixture = edit_text(state, "新收{requests.new.natural}件，\n　共 3440", 0);
    char figure[32];
    int cell = cell_at(fixture.session->form, "requests.new.natural");
    snprintf(figure, sizeof figure, "%lld",
             (long long)nb_draft_figure(fixture.session->draft, cell).units);
    assert_true(tui_prose_find(&fixture.prose, figure));
    assert_cursor(&fixture, "新收|{requests.new.natural}件，\n　共 3440");
    assert_int_equal(tui_prose_count(&fixture.prose), (int)strlen(figure) + 9);
    assert_true(tui_prose_find(&fixture.prose, "新"));
    assert_cursor(&fixture, "|新收{requests.new.natural}件，\n　共 3440");
    assert_false(tui_prose_find(&fixture.prose, "没有"));
    finish(&fixture);
}

static void nothing_is_found_behind_the_end(void **state)
{
    struct fixture fixture = edit_text(state, "abcxyz", 3);
    press(&fixture, TUI_KEY_END | TUI_CTRL | TUI_SHIFT);
    press(&fixture, TUI_KEY_DELETE);
    assert_cursor(&fixture, "abc|");
    assert_false(tui_prose_find(&fixture.prose, "z"));
    assert_true(tui_prose_find(&fixture.prose, "b"));
    assert_cursor(&fixture, "a|bc");
    finish(&fixture);
}

/* ---- the editor outside ---- */

static void edit_outside(struct fixture *fixture, const char *editor)
{
    unsetenv("VISUAL");
    setenv("EDITOR", editor, 1);
    said[0] = '\0';
    tui_prose_edit_outside(&fixture->prose, &fixture->app);
}

static void an_outside_edit_is_one_step(void **state)
{
    struct fixture fixture = edit_text(state, "甲乙丙", 0);
    edit_outside(&fixture, "sed -i s/乙/{requests.new.total}/");
    assert_cursor(&fixture, "甲{requests.new.total}|丙");
    undo(&fixture);
    assert_string_equal(text_of(&fixture), "甲乙丙");
    assert_false(nb_history_undo(fixture.session->history));
    edit_outside(&fixture, "true");
    assert_string_equal(said, "文字没有变化");
    finish(&fixture);
}

static void a_failed_outside_edit_changes_nothing(void **state)
{
    static const struct {
        const char *editor, *said;
        bool kept;
    } cases[] = {
        { "false", "外部编辑器报错退出（1）。没有改动", false },
        { "no-such-editor-here", "找不到外部编辑器：请看环境变量 VISUAL、EDITOR。没有改动", false },
        { "rm -f", "读不了：没有这个文件或文件夹。没有改动", false },
        { "kill -9 $$;:", "外部编辑器被信号 9 中断。没有改动", false },
        { "printf '\\344' >", "外部编辑器存的不是 UTF-8 文字。没有改动，编辑过的文字留在 ", true },
        { "f() { echo 新 >\"$1\"; exit 3; }; f",
          "外部编辑器报错退出（3）。没有改动，编辑过的文字留在 ", true },
        { "head -c 1100000 /dev/zero | tr '\\0' x >",
          "文字超过 1 MiB，放不下。没有改动，编辑过的文字留在 ", true },
    };
    struct fixture fixture = edit_text(state, "甲乙丙", 0);
    for (size_t i = 0; i < nb_countof(cases); i++) {
        edit_outside(&fixture, cases[i].editor);
        const char *path = cases[i].kept ? said + strlen(cases[i].said) : "";
        bool kept = *path && access(path, R_OK) == 0;
        if (kept)
            unlink(path);
        said[*path ? (size_t)(path - said) : strlen(said)] = '\0';
        assert_text(cases[i].editor, said, cases[i].said);
        assert_int_equal(kept, cases[i].kept);
        assert_string_equal(text_of(&fixture), "甲乙丙");
    }
    finish(&fixture);
}

/* ---- anything ---- */

static void do_something(struct fixture *fixture, uint64_t *seed)
{
    static const uint32_t keys[] = { TUI_KEY_LEFT,  TUI_KEY_RIGHT,     TUI_KEY_UP,
                                     TUI_KEY_DOWN,  TUI_KEY_HOME,      TUI_KEY_END,
                                     TUI_KEY_ENTER, TUI_KEY_BACKSPACE, TUI_KEY_DELETE,
                                     TUI_KEY_ESC,   TUI_KEY_PAGE_UP,   TUI_KEY_PAGE_DOWN };
    static const uint32_t modifiers[] = { 0, 0, 0, TUI_CTRL, TUI_SHIFT, TUI_CTRL | TUI_SHIFT };
    struct nb_buf text = { 0 };
    struct tui_event event = { .kind = TUI_EVENT_MOUSE };
    switch (random_below(seed, 6)) {
    case 0:
        add_random_text(&text, seed, 30);
        nb_buf_puts(&text, "{requests.new.total}，（{unknown.address.that.is.long}");
        paste(fixture, text.data, text.len);
        break;
    case 1:
        event.mouse = (enum tui_mouse)random_below(seed, 5);
        event.y = random_below(seed, 30) - 2;
        event.x = random_below(seed, 90) - 2;
        tui_prose_event(&fixture->prose, &fixture->app, &event);
        break;
    case 2:
        add_random_text(&text, seed, 6);
        type(fixture, nb_buf_text(&text));
        break;
    default:
        press(fixture, keys[random_below(seed, (int)nb_countof(keys))] |
                           modifiers[random_below(seed, (int)nb_countof(modifiers))]);
    }
    nb_buf_release(&text);
}

static void anything_can_be_done_and_undone(void **state)
{
    uint64_t seed = 20250120;
    for (int round = 0; round < 60; round++) {
        struct fixture fixture = edit_text(state, "一\n二", 2);
        for (int i = 0; i < 150; i++) {
            do_something(&fixture, &seed);
            int rows = 1 + random_below(&seed, 24), columns = 1 + random_below(&seed, 90);
            struct tui_canvas canvas = draw(&fixture, rows, columns);
            assert_true(canvas.cursor_y >= 0 && canvas.cursor_x >= 0);
            assert_null(nb_utf8_fault(text_of(&fixture), strlen(text_of(&fixture))));
            tui_canvas_release(&canvas);
        }
        while (nb_history_undo(fixture.session->history))
            ;
        assert_string_equal(text_of(&fixture), "一\n二");
        finish(&fixture);
    }
}

static void press_until_it_stays(struct fixture *fixture, uint32_t key)
{
    size_t before;
    do {
        before = fixture->prose.cursor;
        press(fixture, key);
    } while (fixture->prose.cursor != before);
}

static void up_and_down_come_to_both_ends(void **state)
{
    uint64_t seed = 3;
    for (int round = 0; round < 100; round++) {
        struct nb_buf text = { 0 };
        add_random_text(&text, &seed, 200);
        nb_buf_puts(&text, "{unknown.address.that.is.longer.than.a.line.of.it}尾");
        struct fixture fixture = edit_text(state, text.data, 0);
        struct tui_canvas canvas = draw(&fixture, 5, 8 + random_below(&seed, 40));
        press_until_it_stays(&fixture, TUI_KEY_DOWN);
        struct tui_spot spot = tui_prose_cursor_spot(&fixture.prose);
        assert_false(tui_prose_step(&fixture.prose, &spot, 1));
        press_until_it_stays(&fixture, TUI_KEY_UP);
        spot = tui_prose_cursor_spot(&fixture.prose);
        assert_false(tui_prose_step(&fixture.prose, &spot, -1));
        tui_canvas_release(&canvas);
        nb_buf_release(&text);
        finish(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_of_typing_is_one_step),
        cmocka_unit_test(a_step_of_typing_ends_after_thirty_characters_and_with_a_line),
        cmocka_unit_test(deletions_join_among_themselves),
        cmocka_unit_test(typing_does_not_join_what_happened_elsewhere),
        cmocka_unit_test(typing_replaces_what_is_marked),
        cmocka_unit_test(typing_leaves_the_indent),
        cmocka_unit_test(cutting_fills_the_clipboard),
        cmocka_unit_test(a_paste_is_cleaned_and_one_step),
        cmocka_unit_test(what_cannot_be_text_is_refused),
        cmocka_unit_test(words_are_runs_of_ideographs),
        cmocka_unit_test(the_cursor_shows_where_it_was_brought),
        cmocka_unit_test(home_and_end_twice_go_all_the_way),
        cmocka_unit_test(figures_are_found_and_counted),
        cmocka_unit_test(nothing_is_found_behind_the_end),
        cmocka_unit_test(an_outside_edit_is_one_step),
        cmocka_unit_test(a_failed_outside_edit_changes_nothing),
        cmocka_unit_test(anything_can_be_done_and_undone),
        cmocka_unit_test(up_and_down_come_to_both_ends),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}

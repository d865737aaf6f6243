/* A line of text being typed: clusters stay whole, what comes from outside is made fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "tui/line.h"

static bool press(struct tui_line *line, uint32_t key)
{
    struct tui_event event = { .kind = TUI_EVENT_KEY, .key = key };
    return tui_line_event(line, &event);
}

static void paste(struct tui_line *line, const char *text)
{
    struct tui_event event = { .kind = TUI_EVENT_PASTE };
    nb_buf_puts(&event.paste, text);
    assert_true(tui_line_event(line, &event));
    nb_buf_release(&event.paste);
}

static void assert_line(const char *name, const struct tui_line *line, const char *text,
                        size_t cursor)
{
    assert_text(name, nb_buf_text(&line->text), text);
    assert_int_equal(line->cursor, cursor);
}

static void keys_move_and_delete_by_clusters(void **state)
{
    (void)state;
    struct tui_line line = { 0 };
    tui_line_set(&line, "a\u00e9e\u0301市");
    press(&line, TUI_KEY_LEFT);
    press(&line, TUI_KEY_LEFT);
    assert_line("left of a cluster of two", &line, "a\u00e9e\u0301市", 3);
    press(&line, TUI_KEY_DELETE);
    assert_line("deleted", &line, "a\u00e9市", 3);
    press(&line, TUI_KEY_BACKSPACE);
    assert_line("erased", &line, "a市", 1);
    press(&line, TUI_KEY_HOME);
    press(&line, TUI_KEY_BACKSPACE);
    assert_line("nothing before the start", &line, "a市", 0);
    press(&line, TUI_KEY_END);
    press(&line, TUI_KEY_DELETE);
    press(&line, TUI_KEY_RIGHT);
    assert_line("nothing behind the end", &line, "a市", 4);
    tui_line_release(&line);
}

static void the_cursor_is_never_inside_a_cluster(void **state)
{
    (void)state;
    struct tui_line line = { 0 };
    tui_line_set(&line, "e\u0301");
    line.cursor = 0;
    press(&line, 'a');
    assert_line("before", &line, "ae\u0301", 1);
    tui_line_set(&line, "\u0301x");
    line.cursor = 0;
    press(&line, 'e'); /* takes the accent behind it */
    assert_line("joined", &line, "e\u0301x", 3);
    tui_line_release(&line);
}

static void pasted_breaks_become_blanks_and_controls_go(void **state)
{
    (void)state;
    struct tui_line line = { 0 };
    paste(&line, "示例\t市\r\n科技\x1b[31m局\xC2\x85\u2028\x7f\n\n");
    assert_line("pasted", &line, "示例 市 科技[31m局  ", strlen("示例 市 科技[31m局  "));
    tui_line_set(&line, "");
    paste(&line, "好\xff坏");
    assert_line("up to what is no UTF-8", &line, "好", 3);
    tui_line_release(&line);
}

static void other_keys_are_not_for_a_line(void **state)
{
    static const uint32_t keys[] = { TUI_KEY_ENTER, TUI_KEY_ESC,     TUI_KEY_UP,
                                     TUI_KEY_TAB,   TUI_CTRL | 's',  TUI_ALT | 'a',
                                     0x7F,          TUI_KEY_PAGE_UP, TUI_CTRL | TUI_KEY_LEFT };
    (void)state;
    struct tui_line line = { 0 };
    for (size_t i = 0; i < nb_countof(keys); i++)
        assert_false(press(&line, keys[i]));
    assert_line("untouched", &line, "", 0);
    tui_line_release(&line);
}

/* ---- drawing ---- */

static void assert_drawn(const char *name, const struct tui_line *line, const char *wanted,
                         int cursor_x)
{
    struct tui_canvas canvas = { 0 };
    struct nb_buf row = { 0 };
    tui_canvas_resize(&canvas, 1, 12);
    for (int x = 0; x < 12; x++)
        tui_canvas_text(&canvas, 0, x, TUI_PLAIN, ".");
    tui_line_draw(line, &canvas, 0, 1, 10, TUI_PLAIN);
    for (int x = 0; x < 12; x++)
        nb_buf_puts(&row, canvas.glyphs[x].text);
    assert_text(name, row.data, wanted);
    assert_int_equal(canvas.cursor_x, cursor_x);
    nb_buf_release(&row);
    tui_canvas_release(&canvas);
}

static void a_longer_text_shows_the_part_around_the_cursor(void **state)
{
    (void)state;
    struct tui_line line = { 0 };
    tui_line_set(&line, "12345678");
    assert_drawn("fits", &line, ".12345678  .", 9);
    tui_line_set(&line, "123456789abc");
    assert_drawn("the end", &line, ".6789abc   .", 8);
    line.cursor = 8;
    assert_drawn("the start", &line, ".123456789a.", 9);
    tui_line_set(&line, "一二三四五六");
    assert_drawn("half of a wide one is a blank", &line, ". 四五六   .", 8);
    tui_line_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_move_and_delete_by_clusters),
        cmocka_unit_test(the_cursor_is_never_inside_a_cluster),
        cmocka_unit_test(pasted_breaks_become_blanks_and_controls_go),
        cmocka_unit_test(other_keys_are_not_for_a_line),
        cmocka_unit_test(a_longer_text_shows_the_part_around_the_cursor),
    };
    return cmocka_run_group_tests_name("tui_line", tests, NULL, NULL);
}

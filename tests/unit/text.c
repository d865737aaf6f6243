/* UTF-8, what a text may hold, what a terminal may be shown, widths and likeness. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/text.h"

static bool is_surrogate(uint32_t code)
{
    return code >= 0xD800 && code <= 0xDFFF;
}

/* ---- UTF-8 ---- */

static void every_code_point_survives_utf8(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        struct nb_buf buf = { 0 };
        if (is_surrogate(code))
            continue;
        nb_utf8_add(&buf, code);
        const char *at = buf.data;
        uint32_t back = nb_utf8_next(&at);
        if (back != code || at != buf.data + buf.len || nb_utf8_fault(buf.data, buf.len) ||
            nb_utf8_count(buf.data, at) != 1)
            fail_msg("U+%04X came back as U+%04X from %zu bytes", (unsigned)code, (unsigned)back,
                     buf.len);
        nb_buf_release(&buf);
    }
}

static void reading_stops_at_the_end_of_the_string(void **state)
{
    (void)state;
    const char *text = "", *at = text;
    assert_int_equal(nb_utf8_next(&at), 0);
    assert_ptr_equal(at, text);
}

static void code_points_are_counted(void **state)
{
    (void)state;
    static const char text[] = "a年𠮷\n";
    assert_int_equal(nb_utf8_count(text, text + sizeof text - 1), 4);
    assert_int_equal(nb_utf8_count(text, text), 0);
}

static void the_first_invalid_byte_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        int offset; /* -1: valid */
    } cases[] = {
        { "empty", "", -1 },
        { "all lengths", "a\xC3\xA9\xE5\xB9\xB4\xF0\xA0\xAE\xB7", -1 },
        { "last code point", "\xF4\x8F\xBF\xBF", -1 },
        { "lone continuation", "ab\x80", 2 },
        { "overlong /", "\xC0\xAF", 0 },
        { "overlong in three bytes", "a\xE0\x80\xAF", 1 },
        { "overlong in four bytes", "a\xF0\x80\x80\xAF", 1 },
        { "surrogate", "年\xED\xA0\x80", 3 },
        { "behind U+10FFFF", "a\xF4\x90\x80\x80", 1 },
        { "F5", "a\xF5\x80\x80\x80", 1 },
        { "FF", "\xFF", 0 },
        { "cut short", "a\xE5\xB9", 1 },
        { "cut short before ASCII", "a\xE5\xB9z", 1 },
        { "GBK", "\xC4\xEA\xB1\xA8", 0 },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        const char *text = cases[i].text, *found = nb_utf8_fault(text, strlen(text));
        int offset = found ? (int)(found - text) : -1;
        if (offset != cases[i].offset)
            fail_msg("%s: fault at %d, not %d", cases[i].name, offset, cases[i].offset);
    }
}

/* ---- what a text may hold ---- */

static bool is_noncharacter(uint32_t code)
{
    return (code >= 0xFDD0 && code <= 0xFDEF) || (code % 0x10000) >= 0xFFFE;
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code <= 0x9F);
}

static void controls_and_noncharacters_are_refused_and_nothing_else(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        if (is_surrogate(code))
            continue;
        struct nb_buf buf = { 0 };
        nb_buf_puts(&buf, "年a");
        size_t place = buf.len;
        nb_utf8_add(&buf, code);
        nb_buf_puts(&buf, "报");
        bool may_stand = code == '\t' || code == '\n' || code == 0x85;
        bool refused = (is_control(code) && !may_stand) || is_noncharacter(code);
        const char *found = nb_text_fault(buf.data, buf.len);
        if (found != (refused ? buf.data + place : NULL))
            fail_msg("U+%04X should be %s", (unsigned)code, refused ? "refused" : "accepted");
        nb_buf_release(&buf);
    }
}

static void the_first_refused_character_is_found(void **state)
{
    (void)state;
    static const char text[] = "一\xC2\x85\xEF\xBF\xBD"
                               "二\x07三\x1B";
    assert_ptr_equal(nb_text_fault(text, sizeof text - 1), strchr(text, '\x07'));
    assert_null(nb_text_fault(text, (size_t)(strchr(text, '\x07') - text)));
    static const char nul[] = "a\0b";
    assert_ptr_equal(nb_text_fault(nul, 3), nul + 1);
    assert_null(nb_text_fault("", 0));
}

static void normalising_unifies_line_ends(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "", "" },
        { "一", "一" },
        { "一\r\n二\r三\n四", "一\n二\n三\n四" },
        { "一\r\r\n二", "一\n\n二" },
        { "一\n\r二", "一\n\n二" },
        { "一\n\n\n", "一" },
        { "一\r\n\r\n", "一" },
        { "\r\n", "" },
        { "\n\n一", "\n\n一" },
        { "　　一  \n", "　　一  " },
        { "一\t\n \n", "一\t\n " },
        { "一\xC2\x85二\u2028", "一\xC2\x85二\u2028" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf buf = { 0 };
        nb_buf_puts(&buf, cases[i].text);
        nb_buf_add(&buf, "", 0);
        size_t len = nb_text_normalise(buf.data, buf.len);
        assert_text(cases[i].text, buf.data, cases[i].wanted);
        assert_int_equal(len, strlen(cases[i].wanted));
        nb_buf_release(&buf);
    }
}

/* ---- what a terminal is shown ---- */

static void terminals_are_never_commanded(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "示例市 2024 “年”", "示例市 2024 “年”" },
        { "\x1B[31m红\x1B[0m", "\\x1B[31m红\\x1B[0m" },
        { "\x1B]0;title\x07", "\\x1B]0;title\\x07" },
        { "\xC2\x9B"
          "31m",
          "\\x9B31m" },
        { "a\nb\tc\rd", "a\\x0Ab\\x09c\\x0Dd" },
        { "\x7F\x08", "\\x7F\\x08" },
        { "\xC2\x85", "\\x85" },
        { "a\u202Eb\u202Cc", "a\\u{202E}b\\u{202C}c" },
        { "\u2066\u2067\u2068\u2069", "\\u{2066}\\u{2067}\\u{2068}\\u{2069}" },
        { "\u2028\u2029", "\\u{2028}\\u{2029}" },
        { "\uFFFE\U0010FFFF", "\\u{FFFE}\\u{10FFFF}" },
        { "年\xFF\xFE", "年\\xFF\\xFE" },
        { "\xE5\xB9", "\\xE5\\xB9" },
        { "\xC0\xAF", "\\xC0\\xAF" },
        { "\xED\xA0\x80", "\\xED\\xA0\\x80" },
        { "𠮷👩", "𠮷👩" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf got = { 0 };
        nb_text_add_visible(&got, cases[i].text, strlen(cases[i].text));
        assert_text("visible", nb_buf_text(&got), cases[i].wanted);
        nb_buf_release(&got);
    }
}

static void a_nul_byte_is_shown(void **state)
{
    (void)state;
    struct nb_buf got = { 0 };
    nb_text_add_visible(&got, "a\0b", 3);
    assert_text("visible", nb_buf_text(&got), "a\\x00b");
    nb_buf_release(&got);
}

/* Any bytes at all become valid text of one line. */
static void random_bytes_become_one_line_of_text(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        char bytes[12];
        size_t len = (size_t)random_below(&seed, (int)sizeof bytes + 1);
        for (size_t j = 0; j < len; j++)
            bytes[j] = (char)random_next(&seed);
        struct nb_buf got = { 0 };
        nb_text_add_visible(&got, bytes, len);
        const char *text = nb_buf_text(&got);
        if (nb_utf8_fault(text, got.len) || nb_text_fault(text, got.len) || strpbrk(text, "\n\t"))
            fail_msg("shown as “%s”", text);
        nb_buf_release(&got);
    }
}

/* ---- width ---- */

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int width;
    } cases[] = {
        { "", 0 },
        { "abc 12", 6 },
        { "a\tb", 2 },
        { "自然人", 6 },
        { "１２，（）", 10 },
        { "　", 2 },
        { "“”‘’…—·", 7 },
        { "─│┼", 3 },
        { "ｱ", 1 },
        { "e\u0301", 1 },
        { "\u200B\u200D\uFEFF", 0 },
        { "\u2060\u00AD\u3164\uFFA0\U000E0001\U000E0100", 0 },
        { "\u115F\u1161", 2 },
        { "🏛", 1 },
        { "👩", 2 },
        { "\U00020000\U0002A700\U0002B740\U0002B820\U0002CEB0", 10 },
        { "\U00030000\U00031350", 4 },
        { "〔2021〕30号", 12 },
        { "危及“三安全一稳定”", 18 },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        int width = nb_text_width(cases[i].text, strlen(cases[i].text));
        if (width != cases[i].width)
            fail_msg("“%s” is %d columns wide, not %d", cases[i].text, width, cases[i].width);
    }
    assert_int_equal(nb_text_width("自然人", 3), 2);
}

/* ---- likeness ---- */

static void signs_tied_by_a_joiner_are_one_cluster(void **state)
{
    static const struct {
        const char *text;
        size_t len;
    } cases[] = {
        { "字词", 3 },         { "e\xCC\x81x", 3 },      { "👨‍👩‍👧x", 18 },
        { "👨‍👩", 11 }, { "👨‍字", 7 },      { "👨👩", 4 },
        { "字‍👩", 6 },   { "🤷‍♂️x", 13 }, { "👨‍", 7 },
    };
    (void)state;
    for (size_t i = 0; i < nb_countof(cases); i++) {
        const char *text = cases[i].text;
        assert_int_equal(nb_utf8_cluster_end(text, text + strlen(text)) - text, cases[i].len);
    }
}

static void texts_look_alike_but_for_blanks_width_and_case(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool alike;
    } cases[] = {
        { "", "", true },
        { "总计", "总计", true },
        { "总计", " 总　计\t", true },
        { "总计", "总\xC2\xA0\u2003\u200B计", true },
        { "（七）总计", "(七)总计", true },
        { "1.其他", "１．其他", true },
        { "A b", "ａＢ", true },
        { "总计", "总", false },
        { "总", "总计", false },
        { "总计", "合计", false },
        { "", "总计", false },
        { "“其他”", "其他", false },
        { "1.其他", "2.其他", false },
        { "一", "—", false },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        if (nb_text_looks_like(cases[i].a, cases[i].b) != cases[i].alike ||
            nb_text_looks_like(cases[i].b, cases[i].a) != cases[i].alike)
            fail_msg("“%s” and “%s” should%s look alike", cases[i].a, cases[i].b,
                     cases[i].alike ? "" : " not");
    }
}

static void the_nearest_word_is_the_one_meant(void **state)
{
    (void)state;
    static const char *const words[] = {
        "id",
        "heading",
        "prose",
        "content",
        "requests",
        "disputes",
        "总计",
        "合计",
        "disputes.litigation.after_reconsideration.total",
        "disputes.litigation.after_reconsideration.upheld",
    };
    static const struct {
        const char *word, *nearest;
    } cases[] = {
        { "requests", "requests" },
        { "request", "requests" },
        { "reqeusts", "requests" },
        { "heding", "heading" },
        { "headings", "heading" },
        { "contens", "content" },
        { "总计数", "总计" },
        { "zzz", NULL },
        { "x", NULL },
        { "", NULL },
        { "completely_different", NULL },
        { "disputes.litigation.after_reconsideration.totl",
          "disputes.litigation.after_reconsideration.total" },
        { "disputes.litigation.after_reconsideration.uphold",
          "disputes.litigation.after_reconsideration.upheld" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        const char *nearest = nb_text_nearest(cases[i].word, words, (int)nb_countof(words));
        assert_text(cases[i].word, nearest ? nearest : "(none)",
                    cases[i].nearest ? cases[i].nearest : "(none)");
    }
    assert_null(nb_text_nearest("id", NULL, 0));
}

static void a_word_is_found_over_blanks_line_breaks_and_widths(void **state)
{
    (void)state;
    static const struct {
        const char *text, *word, *found;
    } cases[] = {
        { "信息公开", "公开", "公开" },
        { "信息公\n　　开", "公开", "公\n　　开" },
        { "共 ２０２４年", "2024", "２０２４" },
        { "Form ABC", "rma", "rm A" },
        { "公公开", "公 开", "公开" },
        { "公", "公开", NULL },
        { "", "公", NULL },
        { "abc", "", "" },
        { "", " ", "" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        size_t len;
        const char *at = nb_text_find(cases[i].text, cases[i].word, &len);
        char *found = at ? nb_xstrndup(at, len) : nb_xstrdup("(none)");
        assert_text(cases[i].word, found, cases[i].found ? cases[i].found : "(none)");
        free(found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_survives_utf8),
        cmocka_unit_test(reading_stops_at_the_end_of_the_string),
        cmocka_unit_test(code_points_are_counted),
        cmocka_unit_test(the_first_invalid_byte_is_found),
        cmocka_unit_test(controls_and_noncharacters_are_refused_and_nothing_else),
        cmocka_unit_test(the_first_refused_character_is_found),
        cmocka_unit_test(normalising_unifies_line_ends),
        cmocka_unit_test(terminals_are_never_commanded),
        cmocka_unit_test(a_nul_byte_is_shown),
        cmocka_unit_test(random_bytes_become_one_line_of_text),
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(signs_tied_by_a_joiner_are_one_cluster),
        cmocka_unit_test(texts_look_alike_but_for_blanks_width_and_case),
        cmocka_unit_test(a_word_is_found_over_blanks_line_breaks_and_widths),
        cmocka_unit_test(the_nearest_word_is_the_one_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

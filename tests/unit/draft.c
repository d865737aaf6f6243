/* The draft in memory: values by address, references in prose, places in the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/text.h"

/* ---- set and get ---- */

struct edit {
    const char *address, *value;
    const char *wanted; /* as get shows it afterwards */
    const char *told;   /* diagnostics; an error leaves 7 or the old text */
};

static void assert_edits(const struct nb_form *form, const char *before, const struct edit *edits,
                         size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct nb_draft *draft = draft_with(form, before);
        struct nb_diags diags = { 0 };
        struct nb_buf value = { 0 };
        enum nb_status status =
            nb_draft_set(draft, "draft.yaml", edits[i].address, edits[i].value, &diags);
        wrong += !same_diags(edits[i].value, &diags, edits[i].told);
        assert_int_equal(status == NB_FAILED, nb_diags_count(&diags, NB_ERROR) > 0);
        nb_draft_get(draft, edits[i].address, &value);
        assert_text(edits[i].value, nb_buf_text(&value), edits[i].wanted);
        nb_buf_release(&value);
        nb_diags_release(&diags);
        nb_draft_free(draft);
    }
    assert_int_equal(wrong, 0);
}

static void figures_are_set_as_typed(void **state)
{
    static const struct edit edits[] = {
        { "requests.new.natural", "12", "12", "" },
        { "requests.new.natural", "0", "0", "" },
        { "requests.new.natural", "", "", "" },
        { "requests.new.natural", "~", "", "" },
        { "requests.new.natural", "１２３", "123", "" },
        { "requests.new.natural", " 12 ", "12", "" },
        { "requests.new.natural", "9223372036854775807", "9223372036854775807", "" },
        { "requests.new.natural", "abc", "7",
          "1:1 error draft.figure requests.new.natural：“abc”不是0 或正整数\n" },
        { "requests.new.natural", "-1", "7",
          "1:1 error draft.figure requests.new.natural：“-1”不是0 或正整数\n" },
        { "requests.new.natural", "1.5", "7",
          "1:1 error draft.figure requests.new.natural：“1.5”不是0 或正整数\n" },
        { "requests.new.natural", "a\x1B[1m", "7",
          "1:1 error draft.figure requests.new.natural：“a\\x1B[1m”不是0 或正整数\n" },
        { "requests.new.natural", "9223372036854775808", "7",
          "1:1 error draft.range requests.new.natural：“9223372036854775808”太大，存不下\n" },
        { "requests.new.natural", "\xFF", "7", "1:1 error yaml.encoding 这里不是有效的 UTF-8\n" },
        { "disclosure.fees.amount", "504658.70", "504658.70", "" },
        { "disclosure.fees.amount", "0.000001", "0.000001", "" },
    };
    assert_edits(form_of_id(*state, "2021"), "requests.new.natural=7", edits, nb_countof(edits));
}

#define TEN_CHARS "一二三四五六七八九十"

static void texts_are_set_as_typed(void **state)
{
    static const struct edit edits[] = {
        { "overview", "一\r\n二\r三\n\n", "一\n二\n三", "" },
        { "overview", " 一 ", " 一 ", "" },
        { "overview", "", "", "" },
        { "overview", "{requests.new.total}", "{requests.new.total}", "" },
        { "overview", "a\x07", "旧",
          "1:1 error draft.value overview：“a\\x07”不是没有控制字符的文字\n" },
        { "unit", "示例区", "示例区", "" },
        { "unit", "", "示例市", "1:1 error draft.value unit：“”不是单位名称\n" },
        { "unit", "一\n二", "示例市", "1:1 error draft.value unit：“一\\x0A二”不是一行文字\n" },
        { "signed.by", "一\t二", "", "1:1 error draft.value signed.by：“一\\x09二”不是一行文字\n" },
        { "signed.date", "2024-02-29", "2024-02-29", "" },
        { "signed.date", "2023-02-29", "",
          "1:1 error draft.value signed.date：“2023-02-29”不是日期（例如 2025-01-20）\n" },
        { "signed.date", "2024-13-01", "",
          "1:1 error draft.value signed.date：“2024-13-01”不是日期（例如 2025-01-20）\n" },
        { "signed.date", "2024-1-1", "",
          "1:1 error draft.value signed.date：“2024-1-1”不是日期（例如 2025-01-20）\n" },
        { "signed.date", "", "", "" },
        { "year", "2025", "2025", "" },
        { "unit", TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS "\n二", "示例市",
          "1:1 error draft.value unit：“" TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS
              TEN_CHARS "…”不是一行文字\n" },
        { "year", "25", "2024", "1:1 error draft.value year：“25”不是四位数的年份\n" },
        { "year", "", "2024", "1:1 error draft.value year：“”不是四位数的年份\n" },
    };
    assert_edits(form_of_id(*state, "2021"), "overview=旧", edits, nb_countof(edits));
}

static void unknown_addresses_are_refused(void **state)
{
    static const struct edit edits[] = {
        { "requests.new.natral", "1", "",
          "1:1 error draft.address 本格式没有 requests.new.natral 这一格，是 requests.new.natural "
          "吗？\n" },
        { "requests.new", "1", "",
          "1:1 error draft.address 本格式没有 requests.new 这一格，是 requests.note 吗？\n" },
        { "", "1", "", "1:1 error draft.address 本格式没有  这一格\n" },
        { "zzz", "1", "", "1:1 error draft.address 本格式没有 zzz 这一格\n" },
        { "finished.at", "2025", "", "1:1 error draft.address 本格式没有 finished.at 这一格\n" },
        { "yeer", "2025", "", "1:1 error draft.address 本格式没有 yeer 这一格，是 year 吗？\n" },
        { "form", "2019", "2021", "1:1 error draft.address 本格式没有 form 这一格\n" },
        { "marks", "1", "", "1:1 error draft.address 本格式没有 marks 这一格\n" },
    };
    const struct nb_form *form = form_of_id(*state, "2021");
    for (size_t i = 0; i < nb_countof(edits); i++) {
        struct nb_draft *draft = draft_with(form, "");
        struct nb_diags diags = { 0 };
        struct nb_buf shown = { 0 };
        assert_int_equal(nb_draft_set(draft, "f", edits[i].address, edits[i].value, &diags),
                         NB_FAILED);
        add_diags(&shown, &diags);
        assert_text(edits[i].address, nb_buf_text(&shown), edits[i].told);
        nb_buf_release(&shown);
        nb_diags_release(&diags);
        nb_draft_free(draft);
    }
}

static void a_change_takes_finished_away_once(void **state)
{
    static const char text[] =
        DRAFT_HEAD "overview: 一\nfinished: {at: \"2025\", content: \"sha256:0\"}\n";
    struct nb_draft *draft = draft_of_bytes(*state, text, strlen(text));
    struct nb_diags diags = { 0 };
    struct nb_buf file = { 0 };
    nb_draft_set(draft, "f", "requests.new.natural", "x", &diags);
    assert_diags("refused edit", &diags,
                 "1:1 error draft.figure requests.new.natural：“x”不是0 或正整数\n");
    nb_diags_clear(&diags);
    assert_text("still finished", nb_draft_text(draft, NB_TEXT_FINISHED_AT), "2025");
    nb_draft_set(draft, "f", "requests.new.natural", "1", &diags);
    nb_draft_set(draft, "f", "requests.new.natural", "2", &diags);
    assert_diags("two edits", &diags, "6:17 warning draft.finished 内容有改动，定稿标记已去掉\n");
    nb_draft_write(draft, &file);
    assert_null(strstr(file.data, "finished"));
    nb_buf_release(&file);
    nb_diags_release(&diags);
    nb_draft_free(draft);
}

static void add_line(void *context, const char *address)
{
    nb_buf_printf(context, "%s\n", address);
}

static void addresses_are_listed_in_the_order_of_the_file(void **state)
{
    static const char first[] = "form\nunit\nyear\nsigned.by\nsigned.date\npeople.filled\n"
                                "people.checked\npeople.head\npeople.phone\nprior\npreamble\n"
                                "overview\ndisclosure.note\ndisclosure.regulations.made\n";
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *draft = draft_with(form, "");
    struct nb_buf list = { 0 };
    nb_draft_each_address(draft, add_line, &list);
    if (strncmp(list.data, first, strlen(first)) != 0)
        assert_text("first lines", list.data, first);
    int lines = 0;
    for (const char *at = list.data; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, 3 + NB_TEXT_FINISHED_AT - 1 + form->n_cells + form->n_proses);
    nb_buf_release(&list);
    nb_draft_free(draft);
}

/* ---- references ---- */

static void a_reference_is_an_address_in_braces(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t wanted;
    } cases[] = {
        { "{a.b}", 5 },  { "{a.b} 件", 5 }, { "{a_b.c_d.e}", 11 }, { "{requests.new.total}", 20 },
        { "{_._}", 5 },  { "{a}", 0 },      { "{}", 0 },           { "{a.}", 0 },
        { "{.a}", 0 },   { "{a..b}", 0 },   { "{a.b", 0 },         { "{a.B}", 0 },
        { "{a.b1}", 0 }, { "{ a.b}", 0 },   { "{a.b }", 0 },       { "{{a.b}}", 0 },
        { "a.b}", 0 },   { "", 0 },         { "{a-b.c}", 0 },      { "{a.b\n}", 0 },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        if (nb_reference_length(cases[i].text) != cases[i].wanted)
            fail_msg("%s: %zu, wanted %zu", cases[i].text, nb_reference_length(cases[i].text),
                     cases[i].wanted);
    }
}

static void references_show_figures_and_sums(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "收到{requests.new.total}件", "收到25件" },
        { "{requests.new.natural}{requests.new.total}", "025" },
        { "不予公开{requests.denied}件", "不予公开＿＿件" },
        { "复议{disputes.reconsideration}", "复议15" },
        { "{requests.handled.total}", "＿＿" },
        { "{disclosure.fees.amount}万元", "504658.70万元" },
        { "{no.such}", "{no.such}" },
        { "{requests}", "{requests}" },
        { "{{requests.new.total}}", "{25}" },
        { "{requests.new.total", "{requests.new.total" },
        { "{}{a}}{", "{}{a}}{" },
        { "", "" },
    };
    struct nb_draft *draft =
        draft_with(form_of_id(*state, "2021"),
                   "requests.new.natural=0 requests.new.total=25 disclosure.fees.amount=504658.70 "
                   "disputes.reconsideration.upheld=1 disputes.reconsideration.corrected=2 "
                   "disputes.reconsideration.other=3 disputes.reconsideration.pending=4 "
                   "disputes.reconsideration.total=5 requests.denied.secret.natural=3");
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf out = { 0 };
        nb_draft_add_resolved(draft, cases[i].text, &out);
        assert_text(cases[i].text, nb_buf_text(&out), cases[i].wanted);
        nb_buf_release(&out);
    }
    nb_draft_free(draft);
}

static void sums_are_exact(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2019");
    struct nb_draft *draft = draft_with(form, "requests.new.natural=9223372036854775807 "
                                              "requests.new.company=9223372036854775807 "
                                              "disclosure.procurement.amount=0.000001");
    nb_wide sum;
    bool blank;
    struct nb_buf text = { 0 };
    assert_true(nb_draft_sum(draft, "requests.new", &sum, &blank));
    assert_true(blank);
    nb_wide_write(&text, sum);
    assert_text("past 64 bits", text.data, "18446744073709551614");
    text.len = 0;
    assert_true(nb_draft_sum(draft, "disclosure.procurement.amount", &sum, &blank));
    assert_false(blank);
    nb_wide_write(&text, sum);
    assert_text("a millionth", text.data, "0.000001");
    assert_false(nb_draft_sum(draft, "requests.nothing", &sum, &blank));
    assert_false(nb_draft_sum(draft, "", &sum, &blank));
    assert_false(nb_draft_sum(draft, "overview", &sum, &blank));
    nb_buf_release(&text);
    nb_draft_free(draft);
}

/* ---- places ---- */

static const char placed[] = "nianbao: 1\n"                                   /* 1 */
                             "form: \"2021\"\n"                               /* 2 */
                             "unit: 示例市\n"                                 /* 3 */
                             "year: 2024\n"                                   /* 4 */
                             "signed: {by: \"甲乙\", date: \"2025-01-20\"}\n" /* 5 */
                             "prior: 2023.yaml\n"                             /* 6 */
                             "preamble: |\n"                                  /* 7 */
                             "  一二\n"                                       /* 8 */
                             "\n"                                             /* 9 */
                             "  三四\n"                                       /* 10 */
                             "disclosure:\n"                                  /* 11 */
                             "  note: |2\n"                                   /* 12 */
                             "     五\n"                                      /* 13 */
                             "    六七\n"                                     /* 14 */
                             "  documents: {made: 50, repealed: ~}\n"         /* 15 */
                             "requests:\n"                                    /* 16 */
                             "  denied:\n"                                    /* 17 */
                             "    secret: {natural: 2}\n"                     /* 18 */
                             "other: \"八九\"\n"                              /* 19 */
                             "problems: |2\n"                                 /* 20 */
                             "\n"                                             /* 21 */
                             "  十\n";                                        /* 22 */

static void cells_have_places(void **state)
{
    static const struct {
        const char *address;
        int line, column;
    } cases[] = {
        { "disclosure.documents.made", 15, 21 },
        { "disclosure.documents.repealed", 15, 35 },
        { "disclosure.documents.in_force", 15, 3 }, /* its row */
        { "disclosure.regulations.made", 11, 1 },   /* its section */
        { "requests.denied.secret.natural", 18, 23 },
        { "requests.denied.secret.total", 18, 5 },
        { "requests.denied.law.natural", 17, 3 }, /* the group of its row */
        { "requests.new.natural", 16, 1 },
        { "disputes.reconsideration.total", 1, 1 },
    };
    struct nb_draft *draft = draft_of_bytes(*state, placed, strlen(placed));
    for (size_t i = 0; i < nb_countof(cases); i++) {
        int cell = cell_at(nb_draft_form(draft), cases[i].address);
        struct nb_mark mark = nb_draft_cell_mark(draft, cell);
        if (mark.line != cases[i].line || mark.column != cases[i].column)
            fail_msg("%s: %d:%d, wanted %d:%d", cases[i].address, mark.line, mark.column,
                     cases[i].line, cases[i].column);
    }
    nb_draft_free(draft);
}

static void texts_have_places(void **state)
{
    static const struct {
        const char *address;
        size_t offset; /* bytes */
        int line, column;
    } cases[] = {
        { "unit", 0, 3, 7 },
        { "unit", 3, 3, 8 },
        { "signed.by", 0, 5, 15 },
        { "signed.by", 3, 5, 16 },
        { "prior", 0, 6, 8 },
        { "preamble", 0, 8, 3 },
        { "preamble", 3, 8, 4 },
        { "preamble", 8, 10, 3 },
        { "preamble", 11, 10, 4 },
        { "disclosure.note", 0, 13, 5 },
        { "disclosure.note", 1, 13, 6 },
        { "disclosure.note", 8, 14, 6 },
        { "other", 0, 19, 9 },
        { "other", 3, 19, 10 },
        { "problems", 1, 22, 3 },
        { "overview", 0, 1, 1 },
        { "people.phone", 0, 1, 1 },
    };
    struct nb_draft *draft = draft_of_bytes(*state, placed, strlen(placed));
    int wrong = 0;
    for (size_t i = 0; i < nb_countof(cases); i++) {
        int text = nb_draft_find_text(draft, cases[i].address);
        struct nb_mark mark = nb_draft_text_mark(draft, text, cases[i].offset);
        if (mark.line != cases[i].line || mark.column != cases[i].column)
            print_error("%s+%zu: %d:%d, wanted %d:%d (%d wrong)\n", cases[i].address,
                        cases[i].offset, mark.line, mark.column, cases[i].line, cases[i].column,
                        ++wrong);
    }
    nb_draft_free(draft);
    assert_int_equal(wrong, 0);
}

/* The { of a reference, behind everything that is longer in the file than in the text. */
static void places_count_what_stands_in_the_file(void **state)
{
    static const struct {
        const char *name, *text;
        int line, column;
    } cases[] = {
        { "escapes", "overview: \"一\\L\\u4E8C{a.b}\"\n", 5, 21 },
        { "escaped quotes", "overview: \"\\\"一\\\"{a.b}\"\n", 5, 17 },
        { "doubled single quotes", "overview: '一''{a.b}'\n", 5, 15 },
        { "block", "overview: |\n  一\n    二{a.b}\n", 7, 6 },
        { "block that begins with an empty line", "overview: |\n\n  一{a.b}\n", 7, 4 },
        { "block with two empty lines first", "overview: |2\n\n\n   {a.b}\n", 8, 4 },
        { "deeper block", "overview: |\n      一\n      二{a.b}\n", 7, 8 },
        { "plain", "overview: 一{a.b}\n", 5, 12 },
        { "plain text of two lines", "overview: 一\n   二 三{a.b}\n", 6, 7 },
        { "plain text with an empty line", "overview: 一\n\n   二\n {a.b}\n", 8, 2 },
        { "quoted text of two lines", "overview: \"一\n   二\\\"{a.b}\"\n", 6, 7 },
        { "line break that is none", "overview: \"一\\\n   二{a.b}\"\n", 6, 5 },
        { "line breaks that are none, and one that is", "overview: \"一\\\n\n   二\\\n  {a.b}\"\n",
          8, 3 },
        { "line separator in quotes", "overview: '一\u2028 二{a.b}'\n", 6, 3 },
        { "escaped blanks", "overview: \"一  \\n\\  二{a.b}\"\n", 5, 21 },
        { "single quotes of two lines", "overview: '一\n\n   二''{a.b}'\n", 7, 7 },
        { "folded", "overview: >\n  一\n  二\n\n  三\n    四\n  五 {a.b}\n", 11, 5 },
        { "trailing blanks", "overview: |\n  一  \n  二  {a.b}\n", 7, 6 },
        { "line separator", "overview: |\n  一\u2028  二{a.b}\n", 7, 4 },
        { "Windows line ends", "overview: |\r\n  一\r\n  二{a.b}\r\n", 7, 4 },
        { "begins with an escape", "overview: \"\\n{a.b}\"\n", 5, 14 },
        { "long escape", "overview: \"\\U0001F600{a.b}\"\n", 5, 22 },
    };
    int wrong = 0;
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf file = { 0 };
        nb_buf_printf(&file, "%s%s", DRAFT_HEAD, cases[i].text);
        struct nb_draft *draft = draft_of_bytes(*state, file.data, file.len);
        int text = nb_draft_find_text(draft, "overview");
        const char *value = nb_draft_text(draft, text), *brace = strchr(value, '{');
        assert_non_null(brace);
        struct nb_mark mark = nb_draft_text_mark(draft, text, (size_t)(brace - value));
        if (mark.line != cases[i].line || mark.column != cases[i].column) {
            wrong++;
            print_error("%s: %d:%d, wanted %d:%d\n", cases[i].name, mark.line, mark.column,
                        cases[i].line, cases[i].column);
        }
        nb_draft_free(draft);
        nb_buf_release(&file);
    }
    assert_int_equal(wrong, 0);
}

/* The bytes of a file at a place. */
static const char *at_mark(const char *file, struct nb_mark mark)
{
    for (; mark.line > 1; mark.line--)
        file = strchr(file, '\n') + 1;
    for (; mark.column > 1; mark.column--)
        nb_utf8_next(&file);
    return file;
}

static void every_character_of_a_written_text_is_found_again(void **state)
{
    uint64_t seed = 8;
    for (int round = 0; round < 300; round++) {
        struct nb_buf text = { 0 }, file = { 0 };
        struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
        int overview = nb_draft_find_text(draft, "overview");
        add_random_text(&text, &seed, 12);
        nb_draft_set_text(draft, overview, nb_buf_text(&text));
        nb_draft_write(draft, &file);
        nb_draft_free(draft);
        draft = draft_of_bytes(*state, file.data, file.len);
        const char *value = nb_draft_text(draft, overview);
        for (const char *at = value; *at;) {
            struct nb_mark mark = nb_draft_text_mark(draft, overview, (size_t)(at - value));
            const char *there = at_mark(file.data, mark), *here = at;
            uint32_t code = nb_utf8_next(&at);
            if (!strchr(" \t\n", *here) && *there != '\\' && nb_utf8_next(&there) != code)
                fail_msg("round %d: U+%04X is not at %d:%d of\n%s", round, (unsigned)code,
                         mark.line, mark.column, file.data);
        }
        nb_draft_free(draft);
        nb_buf_release(&text);
        nb_buf_release(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_set_as_typed),
        cmocka_unit_test(texts_are_set_as_typed),
        cmocka_unit_test(unknown_addresses_are_refused),
        cmocka_unit_test(a_change_takes_finished_away_once),
        cmocka_unit_test(addresses_are_listed_in_the_order_of_the_file),
        cmocka_unit_test(a_reference_is_an_address_in_braces),
        cmocka_unit_test(references_show_figures_and_sums),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(cells_have_places),
        cmocka_unit_test(texts_have_places),
        cmocka_unit_test(places_count_what_stands_in_the_file),
        cmocka_unit_test(every_character_of_a_written_text_is_found_again),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}

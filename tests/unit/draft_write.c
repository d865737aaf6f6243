/* The writer of draft files: the exact bytes, and that the reader gives back what was typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sha2.h>

#include "draft_support.h"
#include "nianbao/text.h"

/* Reads what was written and writes it again: the same bytes. Yours. */
static struct nb_draft *written_and_read(struct nb_catalog *catalog, const char *name,
                                         const struct nb_draft *draft, struct nb_buf *text)
{
    struct nb_buf again = { 0 };
    text->len = 0;
    nb_draft_write(draft, text);
    struct nb_draft *copy = draft_of_bytes(catalog, text->data, text->len);
    nb_draft_write(copy, &again);
    assert_bytes(name, &again, text->data, text->len);
    nb_buf_release(&again);
    return copy;
}

/* ---- whole files ---- */

static void files_come_back_byte_by_byte(void **state)
{
    static const char *const files[] = { "samples/2023.yaml", "samples/2024.yaml",
                                         "samples/2024-errors.yaml", "tests/support/city-2020.yaml",
                                         "tests/support/district-2020.yaml" };
    for (size_t i = 0; i < nb_countof(files); i++) {
        struct nb_buf text = { 0 }, again = { 0 };
        add_file(&text, files[i]);
        struct nb_draft *draft = draft_of_bytes(*state, text.data, text.len);
        nb_draft_write(draft, &again);
        assert_bytes(files[i], &again, text.data, text.len);
        nb_draft_free(draft);
        nb_buf_release(&text);
        nb_buf_release(&again);
    }
}

/* Every kind of key that a file can have, in the order of the file. */
static void all_of_a_file_stands_in_the_form_s_order(void **state)
{
    static const char wanted[] =
        "nianbao: 1\nform: \"2019\"\nunit: 示例市\nyear: 2020\n"
        "signed: {by: \"示例市人民政府办公室\", date: \"2021-01-20\"}\n"
        "people: {filled: \"甲\", checked: \"乙\", head: \"丙\", phone: \"0000-0000000\"}\n"
        "prior: 2019.yaml\n"
        "preamble: |\n  一\n\n  二\n"
        "overview: |2\n   有空格开头\n"
        "disclosure:\n"
        "  note: |\n    说明\n"
        "  regulations: {made: 0, opened: ~, public: 1}\n";
    static const char tail[] =
        "marks:\n"
        "  - {cell: requests.new.natural, text: \"待核\\n再核\", by: \"甲\", at: \"2021-01-12\"}\n"
        "  - {cell: requests.denied, text: \"\"}\n"
        "  - {cell: unit, text: \"a\"}\n"
        "accepted:\n"
        "  - {rule: prose.figure, cell: overview, about: \"3646 | 3525\", reason: "
        "\"含\\\"上年\\\"\"}\n"
        "finished: {at: \"2021-01-20T16:00:00+08:00\", content: \"sha256:0\"}\n"
        "sources:\n"
        "  - {unit: \"示例区\", file: \"a.yaml\", figures: \"sha256:0\"}\n";
    struct nb_buf text = { 0 }, again = { 0 };
    nb_buf_printf(&text, "%s%s", wanted, tail);
    struct nb_draft *draft = draft_of_bytes(*state, text.data, text.len);
    nb_draft_write(draft, &again);
    assert_true(again.len > text.len);
    struct nb_buf head = { 0 }, end = { 0 };
    nb_buf_add(&head, again.data, strlen(wanted));
    assert_text("head", head.data, wanted);
    nb_buf_puts(&end, again.data + again.len - strlen(tail));
    assert_text("end", end.data, tail);
    nb_draft_free(written_and_read(*state, "second time", draft, &text));
    nb_draft_free(draft);
    nb_buf_release(&head);
    nb_buf_release(&end);
    nb_buf_release(&text);
    nb_buf_release(&again);
}

/* ---- figures ---- */

static void figures_stay_as_typed(void **state)
{
    static const struct {
        const char *form, *line; /* the row as it stands in the file */
    } cases[] = {
        { "2019", "  procurement: {count: 3145, amount: 504658.70}\n" },
        { "2019", "  procurement: {count: 0, amount: 0.000001}\n" },
        { "2019", "  procurement: {count: ~, amount: 0}\n" },
        { "2019", "  procurement: {count: 0, amount: ~}\n" },
        { "2019", "  procurement: {count: 9223372036854775807, amount: 0.0}\n" },
        { "2019", "  procurement: {count: 1, amount: 9223372036854.775807}\n" },
        { "2019", "  procurement: {count: 1, amount: 0.100000}\n" },
        { "2019", "  fees: {prior: 0, change: -9223372036854775807}\n" },
        { "2019", "  fees: {prior: ~, change: 0}\n" },
        { "2019", "  licensing: {prior: 7, change: -121, decisions: ~}\n" },
        { "2021", "  fees: {amount: 72701.2578}\n" },
        { "2021", "  fees: {amount: 251000.5}\n" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf text = { 0 };
        nb_buf_printf(&text, "nianbao: 1\nform: \"%s\"\nunit: 示例市\nyear: 2020\ndisclosure:\n%s",
                      cases[i].form, cases[i].line);
        struct nb_draft *draft = draft_of_bytes(*state, text.data, text.len);
        nb_draft_free(written_and_read(*state, cases[i].line, draft, &text));
        if (!strstr(text.data, cases[i].line))
            fail_msg("not in the file: %s", cases[i].line);
        nb_draft_free(draft);
        nb_buf_release(&text);
    }
}

/* ---- texts ---- */

static const char *const texts[] = {
    "a",
    " ",
    "  ",
    "\t",
    "一",
    " 前面有空格",
    "\t前面有制表符",
    "\n前面有空行",
    "\n\n  前面有两个空行和空格",
    "后面有空格 ",
    "后面有制表符\t",
    "一\n 二",
    "一\n\n\n二",
    "一\n  \n二",
    "一\n\t\n二",
    "   \n   ",
    " \n一",
    "　　全角缩进\n　　第二段",
    "　",
    "- a",
    "- a\n- b",
    "key: v",
    "? a",
    "#",
    "# 不是注释",
    "一 # 不是注释",
    "---",
    "...",
    "---\n一",
    "一\n---\n二\n...\n三",
    "%",
    "%YAML 1.1",
    "{a.b}",
    "{requests.new.total}",
    "{",
    "[1, 2]",
    "|",
    "|2",
    ">",
    "&a",
    "*a",
    "!t",
    "@a",
    "`a`",
    "'单'",
    "\"双\"",
    "\\",
    "\\n",
    "\"\\\"",
    "~",
    "null",
    "Null",
    "true",
    "yes",
    "No",
    "on",
    "y",
    "12",
    "-1",
    "1.5",
    "1e3",
    "0x1F",
    "0o17",
    "1_000",
    "12:30:45",
    "2025-01-20",
    ".inf",
    ".NaN",
    "=",
    "<<",
    "一\xC2\x85二",
    "一\u2028二",
    "一\u2029二",
    "\uFEFF一",
    "一\uFEFF",
    "一\u00A0二",
    "e\u0301",
    "👩‍👩‍👧‍👦",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "𠀀𪜀𫝀𫠠𬺰𰀀𱍐",
    "\U00020000\U0002A700\U0002B740\U0002B820\U0002CEB0\U00030000\U00031350\U00031351",
    "ー㐀䶵",
    "\U0010FFFD",
    "\uE000",
    "“引号”……——《书名》〔2021〕30号",
    "a\n\n",
};

/* As it comes back: newlines at the end are no part of a text. */
static char *normal(const char *text)
{
    size_t len = strlen(text);
    while (len && text[len - 1] == '\n')
        len--;
    return nb_xstrndup(text, len);
}

static void assert_text_returns(struct nb_catalog *catalog, int place, const char *text)
{
    struct nb_buf file = { 0 };
    struct nb_draft *draft = draft_with(form_of_id(catalog, "2021"), "");
    nb_draft_set_text(draft, place, text);
    struct nb_draft *copy = written_and_read(catalog, text, draft, &file);
    for (int i = 0; i < nb_draft_text_count(draft); i++)
        assert_text(nb_draft_text_address(draft, i), nb_draft_text(copy, i),
                    nb_draft_text(draft, i));
    nb_draft_free(copy);
    nb_draft_free(draft);
    nb_buf_release(&file);
}

static void prose_comes_back_as_typed(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    const int places[] = { NB_TEXT_PREAMBLE, nb_draft_find_text(draft, "overview"),
                           nb_draft_find_text(draft, "disclosure.note"),
                           nb_draft_find_text(draft, "other") };
    nb_draft_free(draft);
    for (size_t i = 0; i < nb_countof(texts); i++) {
        char *text = normal(texts[i]);
        for (size_t place = 0; place < nb_countof(places); place++)
            assert_text_returns(*state, places[place], text);
        free(text);
    }
}

static void lines_of_the_head_come_back_as_typed(void **state)
{
    static const int places[] = { NB_TEXT_UNIT, NB_TEXT_SIGNED_BY, NB_TEXT_PEOPLE_FILLED,
                                  NB_TEXT_PEOPLE_PHONE, NB_TEXT_PRIOR };
    for (size_t i = 0; i < nb_countof(texts); i++) {
        if (strpbrk(texts[i], "\n\t"))
            continue;
        for (size_t place = 0; place < nb_countof(places); place++)
            assert_text_returns(*state, places[place], texts[i]);
    }
}

static void records_come_back_as_typed(void **state)
{
    for (size_t i = 0; i < nb_countof(texts); i++) {
        char *text = normal(texts[i]);
        const char *const mark[NB_RECORD_FIELDS] = {
            [NB_MARK_CELL] = "requests.new.natural", [NB_MARK_TEXT] = text, [NB_MARK_BY] = text
        };
        const char *const accepted[NB_RECORD_FIELDS] = { [NB_ACCEPTED_RULE] = "cell.blank",
                                                         [NB_ACCEPTED_CELL] = "overview",
                                                         [NB_ACCEPTED_ABOUT] = text,
                                                         [NB_ACCEPTED_REASON] = text };
        struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
        struct nb_buf file = { 0 };
        nb_draft_add_record(draft, NB_LIST_MARKS, mark);
        nb_draft_add_record(draft, NB_LIST_MARKS, mark);
        nb_draft_add_record(draft, NB_LIST_ACCEPTED, accepted);
        struct nb_draft *copy = written_and_read(*state, text, draft, &file);
        assert_int_equal(nb_draft_record_count(copy, NB_LIST_MARKS), 2);
        for (int field = 0; field < NB_RECORD_FIELDS; field++) {
            assert_text(text, nb_draft_record(copy, NB_LIST_MARKS, 1)[field],
                        nb_draft_record(draft, NB_LIST_MARKS, 1)[field]);
            assert_text(text, nb_draft_record(copy, NB_LIST_ACCEPTED, 0)[field],
                        nb_draft_record(draft, NB_LIST_ACCEPTED, 0)[field]);
        }
        nb_draft_free(copy);
        nb_draft_free(draft);
        nb_buf_release(&file);
        free(text);
    }
}

/* What stands in the file: literal wherever any reader takes it, so that git shows lines. */
static void prose_is_literal_wherever_it_can_be(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "一\n二", "overview: |\n  一\n  二\n" },
        { "一\n\n二", "overview: |\n  一\n\n  二\n" },
        { "一 \n二\t", "overview: |\n  一 \n  二\t\n" },
        { "　　一", "overview: |\n  　　一\n" },
        { " 一", "overview: |2\n   一\n" },
        { "\t一", "overview: |2\n  \t一\n" },
        { "\n一", "overview: |2\n\n  一\n" },
        { "𠮷👩‍👧", "overview: |\n  𠮷👩‍👧\n" },
        { "- a", "overview: |\n  - a\n" },
        { "---", "overview: |\n  ---\n" },
        { "一\n  \n二", "overview: |\n  一\n    \n  二\n" },
        { "一\u2028二", "overview: \"一\\L二\"\n" },
        { "一\u2029二", "overview: \"一\\P二\"\n" },
        { "一\xC2\x85\n二", "overview: \"一\\N\\n二\"\n" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
        struct nb_buf file = { 0 };
        nb_draft_set_text(draft, nb_draft_find_text(draft, "overview"), cases[i].text);
        nb_draft_write(draft, &file);
        char *start = strstr(file.data, "overview:"), *end = strstr(file.data, "disclosure:");
        assert_true(start && end);
        *end = '\0';
        assert_text("prose", start, cases[i].wanted);
        nb_draft_free(draft);
        nb_buf_release(&file);
    }
}

static void an_empty_text_is_an_absent_key(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "overview=一 signed.by=甲");
    struct nb_buf file = { 0 };
    draft_assign(draft, "overview= signed.by=");
    nb_draft_write(draft, &file);
    assert_null(strstr(file.data, "overview"));
    assert_null(strstr(file.data, "signed"));
    assert_null(strstr(file.data, "marks"));
    nb_draft_free(draft);
    nb_buf_release(&file);
}

static void a_long_line_comes_back(void **state)
{
    struct nb_buf line = { 0 };
    while (line.len < 100000)
        nb_buf_puts(&line, "年报 𠮷{a.b}: # ");
    nb_buf_puts(&line, "。");
    assert_text_returns(*state, NB_TEXT_PREAMBLE, line.data);
    assert_text_returns(*state, NB_TEXT_SIGNED_BY, line.data);
    nb_buf_release(&line);
}

static void comments_are_noticed(void **state)
{
    static const struct {
        const char *text;
        bool wanted;
    } cases[] = {
        { DRAFT_HEAD, false },
        { "# 一\n" DRAFT_HEAD, true },
        { DRAFT_HEAD "# 一", true },
        { DRAFT_HEAD "overview: 一 # 二\n", true },
        { DRAFT_HEAD "overview: 一#二\n", false },
        { DRAFT_HEAD "overview: \"一 # 二\"\n", false },
        { DRAFT_HEAD "overview: '一 # 二'\n", false },
        { DRAFT_HEAD "overview: |\n  # 一\n  二 # 三\n", false },
        { DRAFT_HEAD "overview: | # 一\n  二\n", true },
        { DRAFT_HEAD "overview: |\n  一\n# 二\n", true },
        { DRAFT_HEAD "overview: |\n  一\n\n\n# 二\nother: 一\n", true },
        { DRAFT_HEAD "requests: # 一\n  new: {natural: 1}\n", true },
        { DRAFT_HEAD "requests:\n  new: {natural: 1,  # 一\n    company: 2}\n", true },
        { "\xEF\xBB\xBF" DRAFT_HEAD "overview: |\n  # 一\n", false },
        { "\xEF\xBB\xBF" DRAFT_HEAD "overview: |\n  # 一\n# 二\n", true },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        nb_draft_free(draft_of_bytes(*state, cases[i].text, strlen(cases[i].text)));
        if (nb_draft_file_has_comments(cases[i].text, strlen(cases[i].text)) != cases[i].wanted)
            fail_msg("wanted %d:\n%s", cases[i].wanted, cases[i].text);
    }
}

/* The file without its line `finished`, which holds the sum: another such line is a text's. */
static void the_content_of_a_finished_draft_has_a_sum(void **state)
{
    static const char text[] =
        DRAFT_HEAD "overview: |\n  finished: {at: 一}\n  二{requests.new.total}\n";
    static const char mark[] =
        "finished: {at: \"2025-01-20T16:00:00+08:00\", content: \"sha256:0\"}\n";
    struct nb_buf plain = { 0 }, marked = { 0 }, sum = { 0 };
    char digest[SHA256_DIGEST_STRING_LENGTH];
    struct nb_draft *draft = draft_of_bytes(*state, text, strlen(text));
    nb_draft_write(draft, &plain);
    nb_buf_add(&marked, plain.data, plain.len);
    nb_buf_puts(&marked, mark);
    struct nb_draft *finished = draft_of_bytes(*state, marked.data, marked.len);

    SHA256Data((const uint8_t *)plain.data, plain.len, digest);
    nb_draft_add_content_hash(draft, &sum);
    assert_memory_equal(sum.data, "sha256:", strlen("sha256:"));
    assert_string_equal(sum.data + strlen("sha256:"), digest);
    sum.len = 0;
    nb_draft_add_content_hash(finished, &sum);
    assert_string_equal(sum.data + strlen("sha256:"), digest);

    nb_draft_free(draft);
    nb_draft_free(finished);
    nb_buf_release(&plain);
    nb_buf_release(&marked);
    nb_buf_release(&sum);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_come_back_byte_by_byte),
        cmocka_unit_test(all_of_a_file_stands_in_the_form_s_order),
        cmocka_unit_test(figures_stay_as_typed),
        cmocka_unit_test(prose_comes_back_as_typed),
        cmocka_unit_test(lines_of_the_head_come_back_as_typed),
        cmocka_unit_test(records_come_back_as_typed),
        cmocka_unit_test(prose_is_literal_wherever_it_can_be),
        cmocka_unit_test(an_empty_text_is_an_absent_key),
        cmocka_unit_test(a_long_line_comes_back),
        cmocka_unit_test(comments_are_noticed),
        cmocka_unit_test(the_content_of_a_finished_draft_has_a_sum),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}

/* Where sentences and clauses end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/sentence.h"

static void add_sentences(struct nb_buf *out, const char *text)
{
    struct nb_span span = { 0 };
    while (nb_sentence_next(text, strlen(text), &span)) {
        nb_buf_putc(out, '|');
        nb_buf_add(out, text + span.start, span.len);
    }
}

static void add_clauses(struct nb_buf *out, const char *text)
{
    struct nb_span span = { 0 };
    while (nb_clause_next(text, (struct nb_span) { 0, strlen(text) }, &span)) {
        nb_buf_putc(out, '|');
        nb_buf_add(out, text + span.start, span.len);
    }
}

struct cutting {
    const char *text, *wanted;
};

static void assert_cut(void (*cut)(struct nb_buf *out, const char *text),
                       const struct cutting *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct nb_buf got = { 0 };
        cut(&got, cases[i].text);
        assert_text(cases[i].text, nb_buf_text(&got), cases[i].wanted);
        nb_buf_release(&got);
    }
}

static void sentences_end_with_their_marks_or_the_line(void **state)
{
    (void)state;
    static const struct cutting cases[] = {
        { "", "" },
        { " 　\n\n", "" },
        { "甲。乙！丙？丁；戊", "|甲。|乙！|丙？|丁；|戊" },
        { "　　甲\n\n乙。\n", "|甲|乙。" },
        { "甲;乙!丙?\n丁", "|甲;|乙!|丙?|丁" },
        { "网址http://a.cn/?a=1;b=2，甲", "|网址http://a.cn/?a=1;b=2，甲" },
        { "1.收到12.5件。2．办结３．５件", "|1.收到12.5件。|2．办结３．５件" },
        { "甲．乙", "|甲．|乙" },
        { "。。甲", "|。。|甲" },
        { "增加a;b", "|增加a;b" },
    };
    assert_cut(add_sentences, cases, nb_countof(cases));
}

static void nothing_ends_inside_brackets(void **state)
{
    (void)state;
    static const struct cutting cases[] = {
        { "甲（乙。丙；丁）戊。己", "|甲（乙。丙；丁）戊。|己" },
        { "《甲！》乙。丙", "|《甲！》乙。|丙" },
        { "说“甲？乙”丙。", "|说“甲？乙”丙。" },
        { "说“甲。”乙。", "|说“甲。”|乙。" },
        { "甲（乙（丙。）丁。）戊。", "|甲（乙（丙。）丁。）戊。" },
        { "甲(乙;丙)丁", "|甲(乙;丙)丁" },
        { "甲（乙。丙", "|甲（乙。|丙" },
        { "甲（乙\n丙）。丁", "|甲（乙|丙）。|丁" },
        { "甲“。”乙", "|甲“。”|乙" },
    };
    assert_cut(add_sentences, cases, nb_countof(cases));
}

static void clauses_end_with_commas_and_colons(void **state)
{
    (void)state;
    static const struct cutting cases[] = {
        { "甲，乙：丙、丁。", "|甲，|乙：|丙、丁。" },
        { "共1,234件,乙12:30丙", "|共1,234件,|乙12:30丙" },
        { "甲（乙，丙），丁", "|甲（乙，丙），|丁" },
        { "甲，　乙", "|甲，|乙" },
        { "，，", "|，|，" },
    };
    assert_cut(add_clauses, cases, nb_countof(cases));
}

static int count_sentences(const char *piece, int times)
{
    struct nb_buf text = { 0 };
    struct nb_span span = { 0 };
    int count = 0;
    for (int i = 0; i < times; i++)
        nb_buf_puts(&text, piece);
    while (nb_sentence_next(text.data, text.len, &span))
        count++;
    nb_buf_release(&text);
    return count;
}

/* Brackets that nothing closes must not be looked through again and again: a second is plenty. */
static void open_brackets_take_no_time(void **state)
{
    (void)state;
    enum { TIMES = 100000 };
    clock_t from = clock();
    assert_int_equal(count_sentences("（", TIMES), 1);
    assert_int_equal(count_sentences("（。", TIMES), TIMES);
    assert_int_equal(count_sentences("（《〔“「", TIMES), 1);
    assert_true(clock() - from < 10 * CLOCKS_PER_SEC);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_end_with_their_marks_or_the_line),
        cmocka_unit_test(nothing_ends_inside_brackets),
        cmocka_unit_test(clauses_end_with_commas_and_colons),
        cmocka_unit_test(open_brackets_take_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

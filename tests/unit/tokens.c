/* Sentences as tokens: years and dates, names of the body that reports, words before numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "prose/statements.h"
#include "prose/tokens.h"

static void years_and_dates_are_what_they_are_to_the_report(void **state)
{
    (void)state;
    static const char *const names[] = { "this", "last", "next", "other" };
    static const struct {
        const char *text, *wanted; /* period and what is left, "-": none */
    } cases[] = {
        { "2024年度", "this 度" },
        { "2023年", "last " },
        { "2025年", "next " },
        { "1998年", "other " },
        { "二〇二四年", "this " },
        { "2024件", "-" },
        { "2019年至2024年", "other " },
        { "2019—2024年", "other " },
        { "2024年1月1日至12月31日", "this " },
        { "2024年1月1日起至2024年12月31日止", "this " },
        { "1月1日至12月31日", "this " },
        { "1—12月", "this " },
        { "2023年1月1日至2023年12月31日", "last " },
        { "2023年1月1日至2024年12月31日", "other " },
        { "1月至6月", "other " },
        { "1-6月，", "other ，" },
        { "6月底", "other " },
        { "2024年6月30日", "other " },
        { "2024年12月31日，", "this ，" },
        { "12月底", "this " },
        { "2023年12月31日", "last " },
        { "12月", "other " },
        { "13月", "-" },
        { "3至5件", "-" },
        { "2019至", "-" },
        { "", "-" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        const char *text = cases[i].text;
        struct nb_buf got = { 0 };
        enum nb_period period;
        size_t len = nb_period_read(text, text + strlen(text), 2024, &period);
        nb_buf_puts(&got, len ? names[period] : "-");
        nb_buf_puts(&got, len ? " " : "");
        nb_buf_puts(&got, len ? text + len : "");
        assert_text(text, nb_buf_text(&got), cases[i].wanted);
        nb_buf_release(&got);
    }
}

static void without_a_year_every_year_is_another(void **state)
{
    (void)state;
    static const char text[] = "2024年";
    enum nb_period period;
    assert_int_equal(nb_period_read(text, text + sizeof text - 1, 0, &period), sizeof text - 1);
    assert_int_equal(period, NB_PERIOD_OTHER);
}

static const char words_form[] =
    "nianbao-form: 1\nid: w\ntitle: t\n"
    "sections: [{id: s, heading: 节, prose: {help: 写}}]\n"
    "words:\n"
    "  this_year: 本年\n"
    "  last_year: 上年\n"
    "  other_year: 别年\n"
    "  neutral: 共 的 已\n"
    "  others: 局 人民政府\n"
    "  self: [{words: 本机关}, {ends: 市 市人民政府, words: 全市 我市}, {ends: 局, words: 我局}]\n"
    "topics: [{id: t, words: 申请, units: 件}]\n"
    "phrases:\n"
    "- {topic: t, verbs: 收到 上年结转, equals: []}\n";

/* Each token with a letter for what it is: w word, s self, # number, r reference, q quoted, ?
 * unknown, its mark otherwise. */
static void add_tokens(struct nb_buf *out, const struct nb_form *form, const char *unit,
                       const char *text)
{
    static const char letters[] = "w#,/:.()q?";
    struct nb_reporter reporter = { form->wording, unit, 2024 };
    struct nb_tokens tokens = { 0 };
    nb_tokens_cut(&tokens, &reporter, text, (struct nb_span) { 0, strlen(text) });
    for (int i = 0; i < tokens.count; i++) {
        const struct nb_token *token = &tokens.items[i];
        char letter = token->is_self ? 's' : token->is_reference ? 'r' : letters[token->kind];
        nb_buf_puts(out, i ? " " : "");
        nb_buf_putc(out, letter);
        nb_buf_add(out, text + token->span.start, token->span.len);
    }
    nb_tokens_release(&tokens);
}

static void a_sentence_becomes_words_numbers_and_marks(void **state)
{
    (void)state;
    static const struct {
        const char *unit, *text, *wanted;
    } cases[] = {
        { "示例市", "全市共收到申请3,525件。", "s全市 w共 w收到 w申请 #3,525 w件 .。" },
        { "示例市", "收到 申请 ３５２５ 件，已办", "w收到  w申请  #３５２５  w件 ,， w已 ?办" },
        { "示例市", "2023年结转2024年的", "w2023年结转 ?2024年 w的" },
        { "示例市", "收到{a.b}件（共12件）", "w收到 r{a.b} w件 (（ w共 #12 w件 )）" },
        { "示例市", "《收到12件》、“共”：", "q《收到12件》 /、 w“共” :：" },
        { "示例市", "《收到12件", "?《 w收到 #12 w件" },
        { "示例市", "表1 25件", "?表 #1 ?  #25 w件" },
        { "示例市", "示例市收到，示例市公安局", "s示例市 w收到 ,， s示例市 ?公安 w局" },
        { "示例市人民政府", "示例市收到", "s示例市 w收到" },
        { "示例市教育局", "市教育局、我局、全市", "s市教育局 /、 s我局 /、 w全市" },
        { "示例市教育局", "外市教育局", "?外市教育 w局" },
        { "示例市", "本机关收到", "s本机关 w收到" },
    };
    struct nb_form *form = form_of_text(words_form);
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf got = { 0 };
        add_tokens(&got, form, cases[i].unit, cases[i].text);
        assert_text(cases[i].text, nb_buf_text(&got), cases[i].wanted);
        nb_buf_release(&got);
    }
    nb_form_free(form);
}

static void a_sentence_without_end_is_none(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(words_form);
    struct nb_buf text = { 0 }, got = { 0 };
    for (int i = 0; i < 3000; i++)
        nb_buf_puts(&text, "共3");
    add_tokens(&got, form, "示例市", text.data);
    assert_string_equal(nb_buf_text(&got), "");
    nb_buf_release(&text);
    nb_buf_release(&got);
    nb_form_free(form);
}

/* A text may end anywhere behind the numeral that could tell. */
static void nothing_is_looked_at_behind_a_text(void **state)
{
    (void)state;
    static const char *const texts[] = { "收到十", "收到十1", "收到3", "收到3件", "无" };
    struct nb_form *form = form_of_text(words_form);
    for (size_t i = 0; i < nb_countof(texts); i++) {
        size_t len = strlen(texts[i]);
        char *exact = nb_xstrndup(texts[i], len);
        assert_int_equal(nb_telling_any(form->wording, exact, exact + len),
                         strcmp(texts[i], "收到3件") == 0);
        free(exact);
    }
    nb_form_free(form);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_and_dates_are_what_they_are_to_the_report),
        cmocka_unit_test(without_a_year_every_year_is_another),
        cmocka_unit_test(a_sentence_becomes_words_numbers_and_marks),
        cmocka_unit_test(a_sentence_without_end_is_none),
        cmocka_unit_test(nothing_is_looked_at_behind_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

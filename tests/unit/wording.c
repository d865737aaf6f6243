/* The wording of a form: how it is written, and what the dictionary finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form_support.h"
#include "nianbao/wording.h"

static const char form_text[] =
    FORM_TOP FORM_TABLE "words:\n"
                        "  neutral: [共, 共 计]\n"
                        "  at_least: 余\n"
                        "  others: 部 门\n"
                        "topics:\n"
                        "- {id: t, sections: s, words: 申请 公开申请, with: 办件, units: 件}\n"
                        "- {id: u, words: [公开]}\n"
                        "phrases:\n"
                        "- topic: t\n"
                        "  verbs: 收到\n"
                        "    收\n"
                        "  none: 未收到\n"
                        "  equals: [s.a.x, s.a.x + s.b.x]\n"
                        "- verbs: [收, 公开申请数]\n"
                        "  objects: 文件\n"
                        "  units: 份\n"
                        "  adds: true\n"
                        "  equals: [s.c]\n"
                        "  over: [s.a]\n";

static void the_longest_word_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "收到申请", "收到" },
        { "收了", "收" },
        { "共计", "共计" },
        { "共有", "共" },
        { "公开申请书", "公开申请" },
        { "部门", "部" },
        { "件", "件" },
        { "到", "-" },
        { "收", "收" },
        { "𠮷", "-" },
        { "a", "-" },
    };
    struct nb_form *form = form_of_text(form_text);
    for (size_t i = 0; i < nb_countof(cases); i++) {
        const char *text = cases[i].text;
        const struct nb_word *word = nb_wording_find(form->wording, text, text + strlen(text));
        struct nb_buf got = { 0 };
        if (word)
            nb_buf_add(&got, word->text, word->len_bytes);
        assert_text(text, word ? nb_buf_text(&got) : "-", cases[i].wanted);
        nb_buf_release(&got);
    }
    nb_form_free(form);
}

static unsigned roles(const struct nb_form *form, const char *text, int phrase)
{
    const struct nb_word *word = nb_wording_find(form->wording, text, text + strlen(text));
    return nb_word_roles(form->wording, word, phrase);
}

static void a_word_is_to_each_phrase_what_the_form_says(void **state)
{
    (void)state;
    enum {
        VERB = 1u << NB_ROLE_VERB,
        OBJECT = 1u << NB_ROLE_OBJECT,
        WITH = 1u << NB_ROLE_WITH,
        UNIT = 1u << NB_ROLE_UNIT,
        NONE = 1u << NB_ROLE_NONE,
        TOPIC = 1u << NB_ROLE_TOPIC,
        TOPIC_WITH = 1u << NB_ROLE_TOPIC_WITH,
        TOPIC_UNIT = 1u << NB_ROLE_TOPIC_UNIT,
    };
    struct nb_form *form = form_of_text(form_text);
    assert_int_equal(roles(form, "收", 0), VERB);
    assert_int_equal(roles(form, "收", 1), VERB);
    assert_int_equal(roles(form, "收到", 1), 0);
    assert_int_equal(roles(form, "申请", 0), TOPIC | WITH);
    assert_int_equal(roles(form, "申请", 1), 0);
    assert_int_equal(roles(form, "办件", 0), TOPIC_WITH | WITH);
    assert_int_equal(roles(form, "件", 0), TOPIC_UNIT | UNIT);
    assert_int_equal(roles(form, "份", 1), UNIT);
    assert_int_equal(roles(form, "未收到", 0), NONE);
    assert_int_equal(roles(form, "文件", 1), OBJECT);
    assert_true(form->wording->phrases[1].adds);
    assert_int_equal(form->wording->phrases[1].n_over, 1);
    nb_form_free(form);
}

static void a_word_names_the_topics_of_the_words_it_begins_with(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(form_text);
    static const struct {
        const char *text;
        unsigned wanted;
    } cases[] = {
        { "申请", 1 }, { "公开申请", 3 }, { "公开", 2 }, { "公开申请数", 3 }, { "收", 0 }
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        const char *text = cases[i].text;
        const struct nb_word *word = nb_wording_find(form->wording, text, text + strlen(text));
        assert_non_null(word);
        assert_int_equal(nb_word_topics(form->wording, word), cases[i].wanted);
    }
    nb_form_free(form);
}

static void the_rows_of_a_form_are_words_with_blanks_between(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(form_text);
    struct nb_buf got = { 0 };
    const char *row = form->wording->phrases[0].verbs;
    size_t len;
    for (const char *word; (word = nb_words_next(&row, &len));) {
        nb_buf_putc(&got, '|');
        nb_buf_add(&got, word, len);
    }
    assert_text("verbs", nb_buf_text(&got), "|收到|收");
    row = "";
    assert_null(nb_words_next(&row, &len));
    nb_buf_release(&got);
    nb_form_free(form);
}

static void faults_are_told_where_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *faults;
    } cases[] = {
        { "a topic that is none", FORM_TOP FORM_TABLE "phrases: [{topic: ▸t, equals: []}]\n",
          "form.value topic：“t”不是 topics 里的话题\n" },
        { "a section that is none", FORM_TOP FORM_TABLE "topics: [▸{id: t, sections: x}]\n",
          "form.value sections：“x”不是本格式的一节\n" },
        { "a part of a topic that comes later",
          FORM_TOP FORM_TABLE "topics: [{id: t, of: ▸u}, {id: u}]\n",
          "form.value of：“u”不是 topics 里在它前面的话题\n" },
        { "a part of a part",
          FORM_TOP FORM_TABLE "topics: [{id: t}, {id: u, of: t}, {id: v, of: ▸u}]\n",
          "form.value of：“u”不是 topics 里在它前面的话题\n" },
        { "a topic twice", FORM_TOP FORM_TABLE "topics: [{id: t}, {id: ▸t}]\n",
          "form.duplicate 重复的 id t\n" },
        { "an unknown list", FORM_TOP FORM_TABLE "words: {▸neutrl: 共}\n",
          "key.unknown 没有 neutrl 这个键，是 neutral 吗？\n" },
        { "no list of words", FORM_TOP FORM_TABLE "words: {neutral: ▸{a: b}}\n",
          "yaml.type neutral：这里应为列表\n" },
        { "topics that are none", FORM_TOP FORM_TABLE "topics: ▸t\n",
          "yaml.type topics：这里应为列表\n" },
        { "a cell that is none", FORM_TOP FORM_TABLE "phrases: [{equals: [▸s.q.x]}]\n",
          "form.cell 没有 s.q.x 这一格或这一组，是 s.a.x 吗？\n" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        assert_form_faults(cases[i].name, cases[i].text, cases[i].faults);
}

/* Words beyond all measure are refused, not mixed up. */
static void too_much_is_refused(void **state)
{
    (void)state;
    struct nb_buf text = { 0 };
    struct nb_diags diags = { 0 };
    struct nb_form *form;
    nb_buf_puts(&text, FORM_TOP FORM_TABLE "words:\n  neutral:");
    for (int i = 0; i < 60001; i++)
        nb_buf_puts(&text, " 共");
    nb_buf_putc(&text, '\n');
    assert_int_equal(nb_form_compile("f.yaml", text.data, text.len, NULL, &diags, &form),
                     NB_FAILED);
    assert_string_equal(diags.items[0].message, "词太多（最多 60000）");
    nb_diags_clear(&diags);
    text.len = 0;
    nb_buf_puts(&text, FORM_TOP FORM_TABLE "topics:\n");
    for (int i = 0; i < 33; i++)
        nb_buf_printf(&text, "- {id: t%c%c}\n", 'a' + i / 10, 'a' + i % 10);
    assert_int_equal(nb_form_compile("f.yaml", text.data, text.len, NULL, &diags, &form),
                     NB_FAILED);
    assert_string_equal(diags.items[0].message, "话题太多（最多 32）");
    nb_buf_release(&text);
    nb_diags_release(&diags);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_word_is_found),
        cmocka_unit_test(a_word_is_to_each_phrase_what_the_form_says),
        cmocka_unit_test(a_word_names_the_topics_of_the_words_it_begins_with),
        cmocka_unit_test(the_rows_of_a_form_are_words_with_blanks_between),
        cmocka_unit_test(faults_are_told_where_they_are),
        cmocka_unit_test(too_much_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

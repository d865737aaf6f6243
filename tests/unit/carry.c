/* A new year's draft from last year's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"

static struct nb_draft *carried(const struct nb_form *form, const struct nb_draft *prior,
                                const char *wanted)
{
    struct nb_draft *draft = nb_draft_new(form);
    struct nb_diags diags = { 0 };
    nb_draft_set_text(draft, NB_TEXT_UNIT, "示例市");
    nb_draft_set_year(draft, nb_draft_year(prior) + 1);
    nb_draft_carry_over(draft, prior, "new.yaml", &diags);
    assert_diags("carrying over", &diags, wanted);
    nb_diags_release(&diags);
    return draft;
}

static void assert_value(const struct nb_draft *draft, const char *address, const char *wanted)
{
    struct nb_buf value = { 0 };
    if (!nb_draft_get(draft, address, &value))
        fail_msg("no %s", address);
    assert_text(address, nb_buf_text(&value), wanted);
    nb_buf_release(&value);
}

static int count_filled(const struct nb_draft *draft)
{
    int count = 0;
    for (int cell = 0; cell < nb_draft_form(draft)->n_cells; cell++)
        count += nb_draft_figure(draft, cell).filled;
    return count;
}

static void figures_go_where_the_form_says_also_across_forms(void **state)
{
    struct nb_draft *prior = draft_of_file(*state, "tests/support/city-2020.yaml");
    struct nb_draft *draft = carried(form_of_id(*state, "2021"), prior, "");
    assert_value(draft, "requests.carried_in.natural", "69");
    assert_value(draft, "requests.carried_in.company", "2");
    assert_value(draft, "requests.carried_in.research", "0");
    assert_value(draft, "requests.carried_in.legal", "1");
    assert_value(draft, "requests.carried_in.total", "72");
    assert_int_equal(count_filled(draft), 7);
    nb_draft_free(draft);
    nb_draft_free(prior);
}

static void a_draft_of_another_year_gives_no_figures(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *prior = draft_with(form, "requests.carried_out.natural=7 signed.by=甲");
    for (int year = 2023; year <= 2026; year++) {
        struct nb_draft *draft = nb_draft_new(form);
        struct nb_diags diags = { 0 };
        nb_draft_set_text(draft, NB_TEXT_UNIT, "示例市");
        nb_draft_set_year(draft, year);
        nb_draft_carry_over(draft, prior, "new.yaml", &diags);
        assert_int_equal(count_filled(draft), year == 2025);
        assert_int_equal(nb_diags_count(&diags, NB_WARNING), year != 2025);
        assert_value(draft, "signed.by", "甲");
        nb_diags_release(&diags);
        nb_draft_free(draft);
    }
    nb_draft_free(prior);
}

static void blank_figures_stay_blank(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *prior = draft_with(form, "requests.carried_out.natural=0");
    struct nb_draft *draft = carried(form, prior, "");
    assert_value(draft, "requests.carried_in.natural", "0");
    assert_value(draft, "requests.carried_in.total", "");
    assert_int_equal(count_filled(draft), 1);
    nb_draft_free(draft);
    nb_draft_free(prior);
}

static void signer_and_people_come_along_prose_does_not(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *prior = draft_with(
        form, "signed.by=示例市人民政府办公室 signed.date=2025-01-20 people.filled=甲 "
              "people.checked=乙 people.head=丙 people.phone=0000-0000000 prior=2023.yaml "
              "overview=旧文 problems=旧文 disclosure.note=旧文");
    const char *const record[NB_RECORD_FIELDS] = { "cell.blank", "overview", "1", "a" };
    nb_draft_add_record(prior, NB_LIST_ACCEPTED, record);
    nb_draft_set_text(prior, NB_TEXT_FINISHED_AT, "2025");
    struct nb_draft *draft = carried(form, prior, "");
    assert_value(draft, "signed.by", "示例市人民政府办公室");
    assert_value(draft, "signed.date", "");
    assert_value(draft, "people.filled", "甲");
    assert_value(draft, "people.checked", "乙");
    assert_value(draft, "people.head", "丙");
    assert_value(draft, "people.phone", "0000-0000000");
    assert_value(draft, "prior", "");
    assert_value(draft, "overview", "");
    assert_value(draft, "problems", "");
    assert_value(draft, "disclosure.note", "");
    assert_value(draft, "finished.at", "");
    assert_int_equal(nb_draft_record_count(draft, NB_LIST_ACCEPTED), 0);
    assert_int_equal(nb_draft_record_count(draft, NB_LIST_MARKS), 0);
    nb_draft_free(draft);
    nb_draft_free(prior);
}

static void the_preamble_moves_on_a_year_and_is_marked(void **state)
{
    static const struct {
        const char *text, *wanted; /* 2024 becomes 2025 */
    } cases[] = {
        { "2024年1月1日至12月31日", "2025年1月1日至12月31日" },
        { "2024年1月1日至2024年12月31日", "2025年1月1日至2025年12月31日" },
        { "国办公开办函〔2024〕30号，2024年", "国办公开办函〔2024〕30号，2025年" },
        { "国办公开办函[2024]30号", "国办公开办函[2024]30号" },
        { "《2024年通知》和2024年", "《2024年通知》和2025年" },
        { "电话0000-2024000，120241，12024", "电话0000-2024000，120241，12024" },
        { "2023年、2025年", "2023年、2025年" },
        { "一\n2024", "一\n2025" },
        { "》2024《", "》2025《" },
    };
    const struct nb_form *form = form_of_id(*state, "2021");
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_draft *prior = draft_with(form, "year=2024");
        nb_draft_set_text(prior, NB_TEXT_PREAMBLE, cases[i].text);
        struct nb_draft *draft = carried(
            form, prior, "1:1 info new.review 前言（preamble）由上年带来，年份已顺延，待核\n");
        assert_text(cases[i].text, nb_draft_text(draft, NB_TEXT_PREAMBLE), cases[i].wanted);
        assert_int_equal(nb_draft_record_count(draft, NB_LIST_MARKS), 1);
        assert_text("mark", nb_draft_record(draft, NB_LIST_MARKS, 0)[NB_MARK_CELL], "preamble");
        nb_draft_free(draft);
        nb_draft_free(prior);
    }
}

/* ---- a form whose figures change their kind on the way ---- */

static const char kinds_form[] =
    "nianbao-form: 1\nid: kinds\nname: 各种\ntitle: \"{unit}\"\n"
    "carry:\n"
    "  - {from: k.change.n, to: k.count.n}\n"
    "  - {from: k.amount.n, to: k.whole.n}\n"
    "  - {from: k.group, to: k.sum.n}\n"
    "  - {from: k.count.n, to: k.more.n}\n"
    "sections:\n"
    "  - id: k\n"
    "    heading: 甲\n"
    "    content:\n"
    "      - table:\n"
    "          columns: [{id: n, label: 数}]\n"
    "          rows:\n"
    "            - {id: change, label: 增减, kind: change}\n"
    "            - {id: amount, label: 金额, kind: amount}\n"
    "            - {id: count, label: 件数}\n"
    "            - {id: whole, label: 整数}\n"
    "            - {id: more, label: 金额二, kind: amount}\n"
    "            - {id: group, label: 组, rows: [{id: a, label: 子}, {id: b, label: 丑}]}\n"
    "            - {id: sum, label: 和}\n";

static void a_figure_of_another_kind_goes_over_where_it_fits(void **state)
{
    (void)state;
    static const struct {
        const char *prior, *address, *wanted, *told;
    } cases[] = {
        { "k.change.n=5", "k.count.n", "5", "" },
        { "k.change.n=-5", "k.count.n", "",
          "1:1 warning new.carry k.count.n：上年的 -5 不能带来（0 或正整数）\n" },
        { "k.amount.n=12.00", "k.whole.n", "12", "" },
        { "k.amount.n=12.50", "k.whole.n", "",
          "1:1 warning new.carry k.whole.n：上年的 12.5 不能带来（0 或正整数）\n" },
        { "k.count.n=7", "k.more.n", "7", "" },
        { "k.group.a.n=1 k.group.b.n=2", "k.sum.n", "3", "" },
        { "k.group.a.n=1", "k.sum.n", "", "" },
        { "k.group.a.n=9223372036854775807 k.group.b.n=1", "k.sum.n", "",
          "1:1 warning new.carry k.sum.n：上年的 9223372036854775808 不能带来（0 或正整数）\n" },
    };
    struct nb_form *form = form_of_text(kinds_form);
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_draft *prior = draft_with(form, cases[i].prior);
        struct nb_draft *draft = carried(form, prior, cases[i].told);
        assert_value(draft, cases[i].address, cases[i].wanted);
        nb_draft_free(draft);
        nb_draft_free(prior);
    }
    nb_form_free(form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_go_where_the_form_says_also_across_forms),
        cmocka_unit_test(a_draft_of_another_year_gives_no_figures),
        cmocka_unit_test(blank_figures_stay_blank),
        cmocka_unit_test(signer_and_people_come_along_prose_does_not),
        cmocka_unit_test(the_preamble_moves_on_a_year_and_is_marked),
        cmocka_unit_test(a_figure_of_another_kind_goes_over_where_it_fits),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}

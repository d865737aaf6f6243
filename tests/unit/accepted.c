/* Acceptances: which hold, which have lapsed, and what is said of those. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "draft_support.h"

static void set_text(struct nb_draft *draft, const char *address, const char *value)
{
    nb_draft_set_text(draft, nb_draft_find_text(draft, address), value);
}

static void accept(struct nb_draft *draft, const char *rule, const char *cell, const char *about)
{
    const char *fields[NB_RECORD_FIELDS] = { [NB_ACCEPTED_RULE] = rule,
                                             [NB_ACCEPTED_CELL] = cell,
                                             [NB_ACCEPTED_ABOUT] = about,
                                             [NB_ACCEPTED_REASON] = "已核实" };
    nb_draft_add_record(draft, NB_LIST_ACCEPTED, fields);
}

/* What is said about acceptances: accepted warnings with their record, and lapsed ones. */
static void add_accepted(struct nb_buf *out, const struct nb_diags *diags)
{
    for (int i = 0; i < diags->count; i++) {
        const struct nb_diag *diag = &diags->items[i];
        if (diag->accepted)
            nb_buf_printf(out, "%s by %d: %s\n", diag->rule, diag->acceptance, diag->accepted);
        else if (strcmp(diag->rule, "accepted.lapsed") == 0)
            nb_buf_printf(out, "%s %d at %s: %s\n", nb_severity_name(diag->severity),
                          diag->acceptance, diag->cell, diag->message);
    }
}

static void assert_accepted(const char *name, const struct nb_draft *draft,
                            const struct nb_check_options *options, const char *wanted)
{
    struct nb_diags diags = { 0 };
    struct nb_buf got = { 0 };
    nb_check_draft(draft, "draft.yaml", options, &diags);
    add_accepted(&got, &diags);
    assert_text(name, nb_buf_text(&got), wanted);
    nb_buf_release(&got);
    nb_diags_release(&diags);
}

static void an_acceptance_lapses_with_its_sentence(void **state)
{
    struct nb_check_options options = { .final = false };
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    set_text(draft, "overview", "2023年，全市发布信息300条。2024年办件3件。");
    accept(draft, "text.year", "overview", "2023年，全市发布信息300条。 | 2024");
    assert_accepted("holds", draft, &options, "text.year by 0: 已核实\n");
    set_text(draft, "overview", "2023年，全市发布信息300条。2024年办件4件。");
    assert_accepted("another sentence has changed", draft, &options, "text.year by 0: 已核实\n");
    set_text(draft, "overview", "2023年，全市发布信息301条。2024年办件4件。");
    assert_accepted("its sentence has changed", draft, &options,
                    "info 0 at overview: 对“2023年，全市发布信息300条。 | 2024”的接受（已核实）"
                    "已失效：数字或句子变了，或者已经改好\n");
    set_text(draft, "overview", "2024年，全市发布信息300条。");
    assert_accepted("mended", draft, &options,
                    "info 0 at overview: 对“2023年，全市发布信息300条。 | 2024”的接受（已核实）"
                    "已失效：数字或句子变了，或者已经改好\n");
    nb_draft_free(draft);
}

/* Silence is no proof where the rule was not judged. */
static void what_was_not_judged_has_not_lapsed(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *draft = draft_with(form, ""), *prior = draft_with(form, "year=2023");
    struct nb_check_options typing = { .final = false }, finishing = { .final = true },
                            compared = { .prior = prior };
    accept(draft, "requests.carried", "requests.carried_in.natural", "6 | 5");
    assert_accepted("without last year's draft", draft, &typing, "");
    assert_accepted("with it", draft, &compared,
                    "info 0 at requests.carried_in.natural: 对“6 | 5”的接受（已核实）已失效："
                    "数字或句子变了，或者已经改好\n");
    nb_draft_remove_record(draft, NB_LIST_ACCEPTED, 0);
    accept(draft, "text.missing", "overview", "");
    accept(draft, "cell.blank", "requests.new.natural", "175");
    assert_accepted("typing", draft, &typing, "");
    assert_accepted("finishing", draft, &finishing,
                    "cell.blank by 1: 已核实\n"
                    "text.missing by 0: 已核实\n");
    nb_draft_free(draft);
    nb_draft_free(prior);
}

/* A cell that the form does not have, a rule that is none, the same acceptance twice. */
static void acceptances_of_nothing_have_lapsed(void **state)
{
    struct nb_check_options options = { .final = false };
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    accept(draft, "no.rule", "no.cell", "甲");
    accept(draft, "no.rule", "no.cell", "甲");
    assert_accepted("nothing", draft, &options,
                    "info 0 at no.cell: 对“甲”的接受（已核实）已失效：数字或句子变了，"
                    "或者已经改好\n"
                    "info 1 at no.cell: 对“甲”的接受（已核实）已失效：数字或句子变了，"
                    "或者已经改好\n");
    set_text(draft, "overview", "有关情况情况如下。");
    accept(draft, "text.doubled", "overview", "有关情况情况如下。");
    accept(draft, "text.doubled", "overview", "有关情况情况如下。");
    assert_accepted("twice", draft, &options,
                    "text.doubled by 2: 已核实\n"
                    "info 0 at no.cell: 对“甲”的接受（已核实）已失效：数字或句子变了，"
                    "或者已经改好\n"
                    "info 1 at no.cell: 对“甲”的接受（已核实）已失效：数字或句子变了，"
                    "或者已经改好\n");
    nb_draft_free(draft);
}

static void many_acceptances_take_no_time(void **state)
{
    enum { MANY = 100000 };
    struct nb_check_options options = { .final = true };
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    struct nb_diags diags = { 0 };
    struct nb_buf text = { 0 };
    for (int i = 0; i < MANY; i++) {
        char about[32];
        snprintf(about, sizeof about, "%d", i);
        accept(draft, "text.doubled", "overview", about);
    }
    for (int i = 0; i < 100; i++)
        nb_buf_printf(&text, "有关情况情况%d。", i);
    set_text(draft, "overview", text.data);
    clock_t from = clock();
    nb_check_draft(draft, "draft.yaml", &options, &diags);
    assert_true(clock() - from < 3 * CLOCKS_PER_SEC);
    assert_true(diags.count > MANY);
    nb_buf_release(&text);
    nb_diags_release(&diags);
    nb_draft_free(draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_acceptance_lapses_with_its_sentence),
        cmocka_unit_test(what_was_not_judged_has_not_lapsed),
        cmocka_unit_test(acceptances_of_nothing_have_lapsed),
        cmocka_unit_test(many_acceptances_take_no_time),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}

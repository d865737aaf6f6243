/* Published reports, where a folder of them is at hand ($NB_REPORTS, else ../shared/reports). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/import.h"

static bool find_report(const char *name, char *path, size_t size)
{
    const char *folder = getenv("NB_REPORTS");
    snprintf(path, size, "%s/%s", folder ? folder : "../shared/reports", name);
    return access(path, R_OK) == 0;
}

static void import_report(struct nb_catalog *catalog, const char *path, struct nb_diags *diags,
                          struct nb_import *import)
{
    struct nb_import_options options = { .year = 0 };
    if (nb_import_load(path, catalog, &options, diags, import) != NB_OK)
        fail_msg("%s: %s", path, diags->items[0].message);
}

/* Every figure is that of the fixture, without a doubt and without a wrong sum. */
static void expect_figures(void **state, const char *name, const char *fixture, const char *unit,
                           const char *by)
{
    char path[512];
    if (!find_report(name, path, sizeof path))
        skip();
    struct nb_diags diags = { 0 };
    struct nb_import import;
    struct nb_draft *wanted = draft_of_file(*state, fixture);
    import_report(*state, path, &diags, &import);
    const struct nb_form *form = nb_draft_form(wanted);
    assert_text(name, nb_draft_form(import.draft)->id, form->id);
    for (int cell = 0; cell < form->n_cells; cell++) {
        struct nb_buf a = { 0 }, b = { 0 };
        nb_draft_add_figure(import.draft, cell, &a);
        nb_draft_add_figure(wanted, cell, &b);
        assert_text(form->cells[cell].address, nb_buf_text(&a), nb_buf_text(&b));
        assert_true(!a.len || import.places[cell].line > 0);
        nb_buf_release(&a);
        nb_buf_release(&b);
    }
    assert_int_equal(nb_draft_year(import.draft), nb_draft_year(wanted));
    assert_text(name, nb_draft_text(import.draft, NB_TEXT_UNIT), unit);
    assert_text(name, nb_draft_text(import.draft, NB_TEXT_SIGNED_BY), by);
    assert_int_equal(import.n_doubts, 0);
    assert_int_equal(nb_diags_count(&diags, NB_ERROR), 0);
    for (int i = 0; i < form->n_proses; i++) {
        if (form->proses[i]->required)
            assert_true(nb_draft_text(import.draft, NB_TEXT_PROSE + i)[0]);
    }
    nb_draft_free(wanted);
    nb_import_release(&import);
    nb_diags_release(&diags);
}

static void a_city(void **state)
{
    expect_figures(state, "harbin-2020.txt", "tests/support/city-2020.yaml", "哈尔滨市", "");
}

static void a_district(void **state)
{
    expect_figures(state, "pingfang-2020.txt", "tests/support/district-2020.yaml", "平房区",
                   "哈尔滨市平房区人民政府办公室");
}

/* A report whose table was published apart: its texts name figures, which are offered and not
 * written. */
static void a_district_without_table(void **state)
{
    static const char *const offered[][2] = {
        { "statistics.published.total", "59768" }, { "statistics.channels.weibo", "25298" },
        { "statistics.channels.wechat", "1070" },  { "statistics.channels.website", "4004" },
        { "statistics.channels.other", "29396" },  { "statistics.received.online", "14" },
        { "statistics.received.letter", "2" },     { "statistics.replies.already_public", "1" },
        { "statistics.replies.granted", "12" },    { "statistics.replies.denied.total", "2" },
        { "statistics.replies.not_found", "1" },
    };
    char path[512];
    if (!find_report("daoli-2018.txt", path, sizeof path))
        skip();
    struct nb_diags diags = { 0 };
    struct nb_import import;
    import_report(*state, path, &diags, &import);
    const struct nb_form *form = nb_draft_form(import.draft);
    assert_text("form", form->id, "2014");
    assert_int_equal(nb_draft_year(import.draft), 2018);
    assert_int_equal(import.n_doubts, form->n_cells);
    for (int i = 0; i < import.n_doubts; i++) {
        const struct nb_doubt *doubt = &import.doubts[i];
        assert_false(nb_draft_figure(import.draft, doubt->cell).filled);
        for (size_t j = 0; j < nb_countof(offered); j++) {
            if (strcmp(form->cells[doubt->cell].address, offered[j][0]) == 0)
                assert_text(offered[j][0], doubt->proposed ? doubt->proposed : "nothing",
                            offered[j][1]);
        }
    }
    nb_import_release(&import);
    nb_diags_release(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_city),
        cmocka_unit_test(a_district),
        cmocka_unit_test(a_district_without_table),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}

/* Forms of folders beside the built-in ones. Each test has a folder of its own with two in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "form_support.h"

struct scratch {
    char top[64];
    struct nb_buf first, second;
    struct nb_diags diags;
};

static int make_scratch(void **state)
{
    struct scratch *scratch = nb_xalloc(sizeof *scratch);
    const char *tmp = getenv("TMPDIR");
    snprintf(scratch->top, sizeof scratch->top, "%.40s/nianbao-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(scratch->top))
        return -1;
    nb_buf_printf(&scratch->first, "%s/first", scratch->top);
    nb_buf_printf(&scratch->second, "%s/second", scratch->top);
    *state = scratch;
    return mkdir(scratch->first.data, 0700) || mkdir(scratch->second.data, 0700);
}

static int remove_scratch(void **state)
{
    struct scratch *scratch = *state;
    struct nb_buf command = { 0 };
    nb_buf_printf(&command, "rm -rf '%s'", scratch->top);
    int failed = system(command.data);
    nb_buf_release(&command);
    nb_buf_release(&scratch->first);
    nb_buf_release(&scratch->second);
    nb_diags_release(&scratch->diags);
    free(scratch);
    return failed;
}

static void write_file(const struct nb_buf *folder, const char *name, const char *text)
{
    struct nb_buf path = { 0 };
    nb_buf_printf(&path, "%s/%s", folder->data, name);
    FILE *file = fopen(path.data, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    nb_buf_release(&path);
}

/* A form file with one section `s` of one text, and whatever else `more` says. */
static void write_form(const struct nb_buf *folder, const char *name, const char *id,
                       const char *title, const char *more)
{
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "nianbao-form: 1\nid: \"%s\"\ntitle: %s\n%s%s", id, title, more,
                  strstr(more, "sections:") ? "" : "sections: [{id: s, heading: 节, prose: {}}]\n");
    write_file(folder, name, nb_buf_text(&text));
    nb_buf_release(&text);
}

static struct nb_catalog *open_both(struct scratch *scratch)
{
    const char *const folders[] = { scratch->first.data, scratch->second.data };
    return nb_catalog_new(folders, 2, &scratch->diags);
}

/* All ids in their order, joined by blanks. */
static void assert_ids(const struct nb_catalog *catalog, const char *wanted)
{
    struct nb_buf got = { 0 };
    for (int i = 0; i < nb_catalog_count(catalog); i++)
        nb_buf_printf(&got, "%s%s", i ? " " : "", nb_catalog_id(catalog, i));
    assert_text("ids", nb_buf_text(&got), wanted);
    nb_buf_release(&got);
}

static void built_in_forms_stand_alone(void **state)
{
    (void)state;
    struct nb_diags diags = { 0 };
    struct nb_catalog *catalog = nb_catalog_new(NULL, 0, &diags);
    assert_diags("built in", &diags, "");
    assert_ids(catalog, "2014 2019 2021");
    assert_string_equal(nb_catalog_form(catalog, "2021")->id, "2021");
    assert_ptr_equal(nb_catalog_form(catalog, "2021"), nb_catalog_form(catalog, "2021"));
    assert_null(nb_catalog_form(catalog, "2020"));
    assert_null(nb_catalog_form(catalog, ""));
    nb_catalog_free(catalog);
    nb_catalog_free(NULL);
}

static void folders_add_forms_before_the_built_in_ones(void **state)
{
    struct scratch *scratch = *state;
    write_form(&scratch->first, "b.yaml", "zhen", "t", "");
    write_form(&scratch->first, "a.yaml", "xian", "t", "");
    write_form(&scratch->second, "a.yaml", "sheng", "t", "");
    struct nb_catalog *catalog = open_both(scratch);
    assert_diags("folders", &scratch->diags, "");
    assert_ids(catalog, "xian zhen sheng 2014 2019 2021");
    const struct nb_form *form = nb_catalog_form(catalog, "zhen");
    assert_non_null(form);
    assert_non_null(strstr(form->source, "/first/b.yaml"));
    nb_catalog_free(catalog);
}

static void the_first_form_with_an_id_counts(void **state)
{
    struct scratch *scratch = *state;
    write_form(&scratch->first, "x.yaml", "xian", "一", "");
    write_form(&scratch->second, "y.yaml", "xian", "二", "");
    write_form(&scratch->second, "z.yaml", "2021", "三", "");
    struct nb_catalog *catalog = open_both(scratch);
    assert_diags("folders", &scratch->diags, "");
    assert_ids(catalog, "xian 2021 2014 2019");
    assert_string_equal(nb_catalog_form(catalog, "xian")->title, "一");
    assert_string_equal(nb_catalog_form(catalog, "2021")->title, "三");
    assert_string_equal(nb_catalog_form(catalog, "2019")->source, "");
    nb_catalog_free(catalog);
}

static void only_visible_yaml_files_are_forms(void **state)
{
    struct scratch *scratch = *state;
    write_form(&scratch->first, "a.yml", "a", "t", "");
    write_form(&scratch->first, ".b.yaml", "b", "t", "");
    write_form(&scratch->first, "c.yaml~", "c", "t", "");
    write_form(&scratch->first, ".yaml", "d", "t", "");
    write_file(&scratch->first, "readme.txt", "甲\n");
    struct nb_catalog *catalog = open_both(scratch);
    assert_diags("folders", &scratch->diags, "");
    assert_ids(catalog, "2014 2019 2021");
    nb_catalog_free(catalog);
}

static void faulty_files_are_told_and_left_out(void **state)
{
    struct scratch *scratch = *state;
    write_form(&scratch->first, "bad.yaml", "xian", "t", "nmae: 甲\n");
    write_file(&scratch->first, "empty.yaml", "");
    write_file(&scratch->first, "list.yaml", "- 甲\n");
    write_form(&scratch->first, "good.yaml", "zhen", "t", "");
    struct nb_catalog *catalog = open_both(scratch);
    assert_diags("faulty files", &scratch->diags,
                 "4:1 error key.unknown 没有 nmae 这个键，是 name 吗？\n"
                 "1:1 error key.missing 缺少 nianbao-form\n"
                 "1:1 error yaml.type form：这里应为键和值\n");
    assert_non_null(strstr(scratch->diags.items[0].file, "/first/bad.yaml"));
    assert_null(nb_catalog_form(catalog, "xian"));
    assert_non_null(nb_catalog_form(catalog, "zhen"));
    assert_ids(catalog, "zhen 2014 2019 2021");
    nb_catalog_free(catalog);
}

static void a_faulty_file_replaces_no_form(void **state)
{
    struct scratch *scratch = *state;
    write_form(&scratch->first, "bad.yaml", "2021", "t", "nmae: 甲\n");
    struct nb_catalog *catalog = open_both(scratch);
    assert_int_equal(scratch->diags.count, 1);
    const struct nb_form *form = nb_catalog_form(catalog, "2021");
    assert_non_null(form);
    assert_string_equal(form->source, "");
    nb_catalog_free(catalog);
}

static void a_faulty_file_makes_way_for_the_next_folder(void **state)
{
    struct scratch *scratch = *state;
    write_form(&scratch->first, "bad.yaml", "xian", "一", "nmae: 甲\n");
    write_form(&scratch->second, "good.yaml", "xian", "二", "");
    struct nb_catalog *catalog = open_both(scratch);
    assert_int_equal(scratch->diags.count, 1);
    assert_ids(catalog, "xian 2014 2019 2021");
    assert_string_equal(nb_catalog_form(catalog, "xian")->title, "二");
    nb_catalog_free(catalog);
}

static void an_id_twice_in_one_folder_is_told(void **state)
{
    struct scratch *scratch = *state;
    write_form(&scratch->first, "x.yaml", "xian", "一", "");
    write_form(&scratch->first, "y.yaml", "xian", "二", "");
    struct nb_catalog *catalog = open_both(scratch);
    assert_diags("twice", &scratch->diags,
                 "2:5 error form.duplicate 重复的 id xian（x.yaml 里已有）\n");
    assert_non_null(strstr(scratch->diags.items[0].file, "/first/y.yaml"));
    assert_ids(catalog, "xian 2014 2019 2021");
    assert_string_equal(nb_catalog_form(catalog, "xian")->title, "一");
    nb_catalog_free(catalog);
}

static void a_folder_that_cannot_be_read_is_told(void **state)
{
    struct scratch *scratch = *state;
    const char *const folders[] = { "/nowhere/at/all", scratch->first.data };
    write_form(&scratch->first, "a.yaml", "xian", "t", "");
    struct nb_catalog *catalog = nb_catalog_new(folders, 2, &scratch->diags);
    assert_int_equal(scratch->diags.count, 1);
    assert_string_equal(scratch->diags.items[0].rule, "file.read");
    assert_string_equal(scratch->diags.items[0].file, "/nowhere/at/all");
    assert_ids(catalog, "xian 2014 2019 2021");
    nb_catalog_free(catalog);
}

static void each_year_has_its_form(void **state)
{
    struct scratch *scratch = *state;
    static const struct {
        int year;
        const char *alone, *with_folder;
    } cases[] = {
        { 1000, "2014", "2014" }, { 2018, "2014", "2014" }, { 2019, "2019", "2019" },
        { 2020, "2019", "2019" }, { 2021, "2021", "2021" }, { 2024, "2021", "2021" },
        { 2025, "2021", "xin" },  { 2026, "2021", "xin" },  { 2027, "2021", "2021" },
        { 2999, "2021", "2021" },
    };
    write_form(&scratch->first, "xin.yaml", "xin", "t", "years: {from: 2025, to: 2026}\n");
    write_form(&scratch->first, "any.yaml", "any", "t", "");
    struct nb_catalog *alone = nb_catalog_new(NULL, 0, &scratch->diags);
    struct nb_catalog *both = open_both(scratch);
    for (size_t i = 0; i < nb_countof(cases); i++) {
        const struct nb_form *a = nb_catalog_form_for_year(alone, cases[i].year);
        const struct nb_form *b = nb_catalog_form_for_year(both, cases[i].year);
        char name[24];
        snprintf(name, sizeof name, "%d", cases[i].year);
        assert_text(name, a ? a->id : "-", cases[i].alone ? cases[i].alone : "-");
        assert_text(name, b ? b->id : "-", cases[i].with_folder ? cases[i].with_folder : "-");
    }
    nb_catalog_free(alone);
    nb_catalog_free(both);
}

/* ---- last: reads last year's draft by the same address in its own form ---- */

static const char table[] = "sections:\n- id: t\n  heading: 节\n  content:\n  - table:\n"
                            "      columns: [{id: x, label: 甲}]\n"
                            "      rows: [{id: a, label: 子}]\n";

static void rules_may_name_cells_of_any_form(void **state)
{
    struct scratch *scratch = *state;
    struct nb_buf next = { 0 };
    nb_buf_printf(&next, "carry: [{from: requests.carried_out.total, to: t.a.x}]\n%srules:\n%s",
                  table,
                  "- {id: r, assert: t.a.x == last:t.a.y}\n"
                  "- {id: q, assert: t.a.x == last:disclosure.fees.change}\n");
    write_form(&scratch->first, "next.yaml", "next", "t", next.data);
    write_form(&scratch->second, "past.yaml", "past", "t",
               "sections:\n- id: t\n  heading: 节\n  content:\n  - table:\n"
               "      columns: [{id: y, label: 甲}]\n      rows: [{id: a, label: 子}]\n");
    struct nb_catalog *catalog = open_both(scratch);
    assert_diags("last", &scratch->diags, "");
    const struct nb_form *form = nb_catalog_form(catalog, "next");
    struct nb_buf got = { 0 };
    add_equations(&got, form);
    assert_text("last", nb_buf_text(&got),
                "t.a.x == last:t.a.y @t.a.x\nt.a.x == last:disclosure.fees.change @t.a.x\n");
    assert_int_equal(form->n_carries, 1);
    assert_string_equal(form->carries[0].from, "requests.carried_out.total");
    nb_buf_release(&got);
    nb_buf_release(&next);
    nb_catalog_free(catalog);
}

static void rules_over_cells_of_no_form_do_not_load(void **state)
{
    struct scratch *scratch = *state;
    struct nb_buf more = { 0 };
    nb_buf_printf(&more, "%srules:\n- {id: r, assert: t.a.x == last:nowhere.at.all}\n", table);
    write_form(&scratch->first, "next.yaml", "next", "t", more.data);
    struct nb_catalog *catalog = open_both(scratch);
    assert_diags("last", &scratch->diags,
                 "12:33 error form.cell 没有 nowhere.at.all 这一格或这一组\n");
    assert_null(nb_catalog_form(catalog, "next"));
    nb_buf_release(&more);
    nb_catalog_free(catalog);
}

static void forms_may_name_each_other(void **state)
{
    struct scratch *scratch = *state;
    struct nb_buf a = { 0 }, b = { 0 };
    nb_buf_printf(&a, "%srules:\n- {id: r, assert: t.a.x == last:u.b.y}\n", table);
    nb_buf_puts(&b, "sections:\n- id: u\n  heading: 节\n  content:\n  - table:\n"
                    "      columns: [{id: y, label: 甲}]\n      rows: [{id: b, label: 子}]\n"
                    "rules:\n- {id: r, assert: u.b.y == last:t.a.x}\n");
    write_form(&scratch->first, "a.yaml", "a", "t", a.data);
    write_form(&scratch->first, "b.yaml", "b", "t", b.data);
    struct nb_catalog *catalog = open_both(scratch);
    assert_diags("each other", &scratch->diags, "");
    assert_non_null(nb_catalog_form(catalog, "a"));
    assert_non_null(nb_catalog_form(catalog, "b"));
    nb_buf_release(&a);
    nb_buf_release(&b);
    nb_catalog_free(catalog);
}

/* The first form is looked at before the second; compiling it asks the second for an address. */
static void faults_are_told_of_a_form_that_another_asked(void **state)
{
    struct scratch *scratch = *state;
    struct nb_buf a = { 0 };
    nb_buf_printf(&a, "%srules:\n- {id: r, assert: t.a.x == last:disclosure.fees.change}\n", table);
    write_form(&scratch->first, "a.yaml", "a", "t", a.data);
    write_form(&scratch->first, "b.yaml", "b", "t", "nmae: 甲\n");
    struct nb_catalog *catalog = open_both(scratch);
    assert_diags("b.yaml", &scratch->diags,
                 "4:1 error key.unknown 没有 nmae 这个键，是 name 吗？\n");
    assert_non_null(nb_catalog_form(catalog, "a"));
    nb_buf_release(&a);
    nb_catalog_free(catalog);
}

#define SCRATCH_TEST(name) cmocka_unit_test_setup_teardown(name, make_scratch, remove_scratch)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_forms_stand_alone),
        SCRATCH_TEST(folders_add_forms_before_the_built_in_ones),
        SCRATCH_TEST(the_first_form_with_an_id_counts),
        SCRATCH_TEST(only_visible_yaml_files_are_forms),
        SCRATCH_TEST(faulty_files_are_told_and_left_out),
        SCRATCH_TEST(a_faulty_file_replaces_no_form),
        SCRATCH_TEST(a_faulty_file_makes_way_for_the_next_folder),
        SCRATCH_TEST(an_id_twice_in_one_folder_is_told),
        SCRATCH_TEST(a_folder_that_cannot_be_read_is_told),
        SCRATCH_TEST(each_year_has_its_form),
        SCRATCH_TEST(rules_may_name_cells_of_any_form),
        SCRATCH_TEST(rules_over_cells_of_no_form_do_not_load),
        SCRATCH_TEST(forms_may_name_each_other),
        SCRATCH_TEST(faults_are_told_of_a_form_that_another_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

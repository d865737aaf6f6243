#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "cli.h"
#include "nianbao/file.h"

static const char *source_of(const struct nb_form *form)
{
    return form->source[0] ? form->source : "内置";
}

static void put_years(const struct nb_form *form)
{
    if (!form->year_from && !form->year_to)
        printf("年度不限");
    else if (!form->year_from)
        printf("%d 年度及以前", form->year_to);
    else if (form->year_to)
        printf("%d—%d 年度", form->year_from, form->year_to);
    else
        printf("%d 年度起", form->year_from);
}

static json_t *form_object(const struct nb_form *form)
{
    json_t *object =
        json_pack("{s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i}", "id", form->id, "name", form->name,
                  "title", form->title, "source", form->source, "sections", form->n_sections,
                  "tables", form->n_tables, "cells", form->n_cells, "rules", form->n_rules);
    if (!object)
        nb_out_of_memory();
    if (form->year_from)
        json_object_set_new(object, "from", json_integer(form->year_from));
    if (form->year_to)
        json_object_set_new(object, "to", json_integer(form->year_to));
    return object;
}

static void put_json(json_t *object)
{
    char *text = json_dumps(object, JSON_PRESERVE_ORDER);
    if (!text)
        nb_out_of_memory();
    puts(text);
    free(text);
    json_decref(object);
}

static void list_form(const struct nb_form *form, enum cli_format format)
{
    if (format == CLI_JSON) {
        put_json(form_object(form));
        return;
    }
    printf("%s\t", form->id);
    put_years(form);
    printf("\t%d 节 %d 格 %d 条规则\t%s\t%s\n", form->n_sections, form->n_cells, form->n_rules,
           source_of(form), form->name);
}

/* ---- one form ---- */

static void put_cell(const struct nb_form *form, int cell)
{
    struct nb_buf name = { 0 };
    nb_cell_add_name(&name, form, cell);
    const char *unit = form->cells[cell].unit;
    printf("  %s\t%s\t%s\t%s\n", form->cells[cell].address, nb_kind_name(form->cells[cell].kind),
           unit ? unit : "", nb_buf_text(&name));
    nb_buf_release(&name);
}

static void describe_section(const struct nb_form *form, const struct nb_section *section)
{
    printf("\n%s [%s]\n", nb_section_title(section), section->id);
    for (int i = 0; i < section->n_items; i++) {
        const struct nb_prose *prose = section->items[i].prose;
        const struct nb_table *table = section->items[i].table;
        if (prose)
            printf("  %s\t文字%s\n", prose->address, prose->required ? "（必写）" : "");
        for (int j = 0; table && j < table->rows.n_leaves * table->columns.n_leaves; j++) {
            if (table->cells[j] >= 0)
                put_cell(form, table->cells[j]);
        }
    }
}

static void describe_rules(const struct nb_form *form)
{
    puts("\n规则");
    for (int i = 0; i < form->n_rules; i++) {
        const struct nb_rule *rule = &form->rules[i];
        int count = 0;
        for (int j = 0; j < form->n_equations; j++)
            count += form->equations[j].rule == rule;
        printf("  %s\t%s\t%d 式\t%s\n", rule->id, nb_severity_name(rule->severity), count,
               rule->assert_text);
    }
}

static void describe(const struct nb_form *form)
{
    printf("%s  %s\n", form->id, form->name);
    put_years(form);
    printf("，%d 节，%d 格，%d 条规则（%d 式），带入 %d 格，来自%s\n", form->n_sections,
           form->n_cells, form->n_rules, form->n_equations, form->n_carries, source_of(form));
    for (int i = 0; i < form->n_sections; i++)
        describe_section(form, &form->sections[i]);
    describe_rules(form);
}

static json_t *cells_array(const struct nb_form *form)
{
    json_t *cells = json_array();
    for (int i = 0; i < form->n_cells; i++) {
        const struct nb_cell *cell = &form->cells[i];
        struct nb_buf name = { 0 };
        nb_cell_add_name(&name, form, i);
        json_array_append_new(cells, json_pack("{s:s, s:s, s:s?, s:s}", "cell", cell->address,
                                               "kind", nb_kind_name(cell->kind), "unit", cell->unit,
                                               "name", nb_buf_text(&name)));
        nb_buf_release(&name);
    }
    return cells;
}

static void show_form(struct cli *cli, const struct nb_form *form, enum cli_format format)
{
    nb_form_lint(form, &cli->diags);
    if (format == CLI_JSON) {
        json_t *object = form_object(form);
        json_object_set_new(object, "cell_list", cells_array(form));
        put_json(object);
    } else {
        describe(form);
        if (cli->diags.count)
            puts("\n留意");
    }
    cli_show(&cli->diags, NB_INFO, format, stdout);
}

static enum cli_status show_file(struct cli *cli, const char *path, enum cli_format format)
{
    enum { MAX_BYTES = 16 * 1024 * 1024 };
    struct nb_buf text = { 0 };
    struct nb_form *form = NULL;
    struct nb_known_forms known = nb_catalog_known(cli_catalog(cli));
    enum cli_status status = CLI_TROUBLE;
    if (nb_file_read(path, MAX_BYTES, &cli->diags, &text) == NB_OK)
        nb_form_compile(path, text.data, text.len, &known, &cli->diags, &form);
    if (form) {
        show_form(cli, form, format);
        status = CLI_FINE;
    } else {
        cli_show(&cli->diags, NB_INFO, format, stdout);
    }
    nb_form_free(form);
    nb_buf_release(&text);
    return status;
}

enum cli_status cli_forms(struct cli *cli)
{
    enum cli_format format;
    if (!cli_take_format(cli, &format))
        return CLI_TROUBLE;
    struct nb_catalog *catalog = cli_catalog(cli);
    if (cli->n_args) {
        const struct nb_form *form = nb_catalog_form(catalog, cli->args[0]);
        if (!form)
            return show_file(cli, cli->args[0], format);
        show_form(cli, form, format);
        return CLI_FINE;
    }
    for (int i = 0; i < nb_catalog_count(catalog); i++) {
        const struct nb_form *form = nb_catalog_form(catalog, nb_catalog_id(catalog, i));
        if (form)
            list_form(form, format);
    }
    return CLI_FINE;
}

#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "nianbao/file.h"
#include "nianbao/import.h"

static bool take_year(const struct cli *cli, int *year)
{
    const char *text = cli->options[OPT_YEAR];
    *year = text ? nb_year_type(text) : 0;
    if (text && !*year)
        cli_fail("--year 应为四位数的年份");
    return !text || *year;
}

static bool take_form(struct cli *cli, const struct nb_form **form)
{
    const char *id = cli->options[OPT_FORM];
    *form = id ? nb_catalog_form(cli_catalog(cli), id) : NULL;
    if (id && !*form)
        cli_fail("没有“%s”这种格式，用 nianbao forms 查看", id);
    return !id || *form;
}

static enum cli_status write_draft(struct cli *cli, const struct nb_draft *draft)
{
    char year[32];
    struct nb_buf text = { 0 };
    const char *path = cli->options[OPT_OUTPUT];
    snprintf(year, sizeof year, "%d.yaml", nb_draft_year(draft));
    nb_draft_write(draft, &text);
    enum cli_status status = CLI_FINE;
    if (path && nb_file_is_stdio(path))
        status = cli_write(cli, path, &text);
    else if (nb_file_create(path ? path : year, &text, &cli->diags) != NB_OK)
        status = CLI_TROUBLE;
    nb_buf_release(&text);
    return status;
}

/* In single quotes, as shells take it. */
static void add_quoted(struct nb_buf *out, const char *word)
{
    nb_buf_putc(out, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            nb_buf_puts(out, "'\\''");
        else
            nb_buf_putc(out, *word);
    }
    nb_buf_putc(out, '\'');
}

/* What the report's own texts say for blank cells: commands that write it, to be run or not. */
static void tell_proposals(const struct cli *cli, const struct nb_import *import)
{
    char year[32];
    struct nb_buf text = { 0 };
    const char *path = cli->options[OPT_OUTPUT];
    snprintf(year, sizeof year, "%d.yaml", nb_draft_year(import->draft));
    for (int i = 0; i < import->n_doubts && !(path && nb_file_is_stdio(path)); i++) {
        const struct nb_doubt *doubt = &import->doubts[i];
        if (!doubt->proposed)
            continue;
        nb_buf_puts(&text, text.len ? "" : "正文里说到的数没有写入；核对后，要写入的运行：\n");
        nb_buf_puts(&text, "    nianbao set ");
        if (path)
            add_quoted(&text, path);
        else
            nb_buf_puts(&text, year);
        nb_buf_printf(&text, " %s=%s\n", nb_draft_form(import->draft)->cells[doubt->cell].address,
                      doubt->proposed);
    }
    if (text.len)
        fputs(text.data, stderr);
    nb_buf_release(&text);
}

enum cli_status cli_import(struct cli *cli)
{
    struct nb_import_options options = { .unit = cli->options[OPT_UNIT] };
    struct nb_import import;
    if (!take_year(cli, &options.year) || !take_form(cli, &options.form))
        return CLI_TROUBLE;
    enum cli_status status = CLI_TROUBLE;
    if (nb_import_load(cli->args[0], cli_catalog(cli), &options, &cli->diags, &import) == NB_OK) {
        bool found = nb_diags_count(&cli->diags, NB_ERROR) > 0 || import.n_doubts;
        nb_diags_sort(&cli->diags);
        status = write_draft(cli, import.draft);
        if (status == CLI_FINE && found)
            status = CLI_FOUND;
    }
    cli_tell(cli, NB_INFO);
    if (status != CLI_TROUBLE)
        tell_proposals(cli, &import);
    nb_import_release(&import);
    return status;
}

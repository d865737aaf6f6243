/* What the subcommands share: messages, diagnostics as text and JSON, drafts in and files out. */
#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "nianbao/file.h"
#include "nianbao/text.h"

enum cli_status cli_fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("nianbao: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return CLI_TROUBLE;
}

struct nb_catalog *cli_catalog(struct cli *cli)
{
    if (cli->catalog)
        return cli->catalog;
    const char *folders[2];
    int count = 0;
    const char *variable = getenv("NIANBAO_FORMS");
    if (cli->options[OPT_FORMS])
        folders[count++] = cli->options[OPT_FORMS];
    if (variable && variable[0])
        folders[count++] = variable;
    cli->catalog = nb_catalog_new(folders, count, &cli->diags);
    if (nb_diags_count(&cli->diags, NB_ERROR))
        cli->status = CLI_TROUBLE;
    cli_tell(cli, NB_INFO);
    return cli->catalog;
}

bool cli_take_format(const struct cli *cli, enum cli_format *format)
{
    const char *name = cli->options[OPT_FORMAT];
    *format = CLI_TEXT;
    if (!name || strcmp(name, "text") == 0)
        return true;
    *format = CLI_JSON;
    if (strcmp(name, "json") == 0)
        return true;
    cli_fail("--format 只有 text 和 json");
    return false;
}

/* ---- diagnostics ---- */

static void show_text(const struct nb_diag *diag, struct nb_buf *line)
{
    nb_text_add_visible(line, diag->file, strlen(diag->file));
    nb_buf_printf(line, ":%d:%d: %s: ", diag->mark.line, diag->mark.column,
                  nb_severity_name(diag->severity));
    nb_text_add_visible(line, diag->message, strlen(diag->message));
    if (diag->accepted) {
        nb_buf_puts(line, "，已接受：");
        nb_text_add_visible(line, diag->accepted, strlen(diag->accepted));
    }
    nb_buf_printf(line, " [%s]\n", diag->rule);
}

/* gcc style: what explains a finding stands behind it. */
static void show_note(const struct nb_diag *diag, struct nb_buf *line)
{
    nb_text_add_visible(line, diag->file, strlen(diag->file));
    nb_buf_printf(line, ":%d:%d: note: ", diag->hint->mark.line, diag->hint->mark.column);
    nb_text_add_visible(line, diag->hint->note, strlen(diag->hint->note));
    nb_buf_puts(line, " [suspect]\n");
}

static json_t *visible_string(const char *text)
{
    struct nb_buf shown = { 0 };
    if (nb_utf8_fault(text, strlen(text)))
        nb_text_add_visible(&shown, text, strlen(text));
    else
        nb_buf_puts(&shown, text);
    json_t *string = json_string(nb_buf_text(&shown));
    nb_buf_release(&shown);
    return string;
}

static void put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        nb_out_of_memory();
}

static json_t *suspect_json(const struct nb_suspect *suspect)
{
    json_t *object = json_object();
    put(object, "set", json_integer(suspect->set));
    put(object, "rank", json_integer(suspect->rank));
    put(object, "cell", json_string(suspect->cell));
    put(object, "value", suspect->value ? json_string(suspect->value) : json_null());
    put(object, "proposed", json_string(suspect->proposed));
    put(object, "slip", json_string(suspect->slip));
    return object;
}

static void show_json(const struct nb_diag *diag, struct nb_buf *line)
{
    json_t *object = json_object();
    put(object, "file", visible_string(diag->file));
    put(object, "line", json_integer(diag->mark.line));
    put(object, "column", json_integer(diag->mark.column));
    put(object, "severity", json_string(nb_severity_name(diag->severity)));
    put(object, "rule", json_string(diag->rule));
    put(object, "cell", json_string(diag->cell));
    put(object, "message", visible_string(diag->message));
    if (diag->left) {
        put(object, "left", json_string(diag->left));
        put(object, "right", json_string(diag->right));
        put(object, "difference", json_string(diag->difference));
    }
    if (diag->n_cells) {
        json_t *cells = json_array();
        for (int i = 0; i < diag->n_cells; i++)
            json_array_append_new(cells, json_string(diag->cells[i]));
        put(object, "cells", cells);
    }
    if (diag->hint) {
        json_t *suspects = json_array();
        for (int i = 0; i < diag->hint->n_suspects; i++)
            json_array_append_new(suspects, suspect_json(&diag->hint->suspects[i]));
        put(object, "suspects", suspects);
    }
    if (diag->accepted)
        put(object, "accepted", json_true());
    char *text = json_dumps(object, JSON_PRESERVE_ORDER);
    if (!text)
        nb_out_of_memory();
    nb_buf_printf(line, "%s\n", text);
    free(text);
    json_decref(object);
}

void cli_show(const struct nb_diags *diags, enum nb_severity least, enum cli_format format,
              FILE *out)
{
    struct nb_buf line = { 0 };
    for (int i = 0; i < diags->count; i++) {
        const struct nb_diag *diag = &diags->items[i];
        if (diag->severity < least)
            continue;
        line.len = 0;
        if (format == CLI_JSON)
            show_json(diag, &line);
        else
            show_text(diag, &line);
        if (format == CLI_TEXT && diag->ends_hint && diag->hint->note)
            show_note(diag, &line);
        fwrite(line.data, 1, line.len, out);
    }
    nb_buf_release(&line);
}

void cli_tell(struct cli *cli, enum nb_severity least)
{
    cli_show(&cli->diags, least, CLI_TEXT, stderr);
    nb_diags_clear(&cli->diags);
}

/* ---- files ---- */

struct nb_draft *cli_load(struct cli *cli, const char *path, struct nb_buf *text)
{
    struct nb_draft *draft;
    nb_draft_load(path, cli_catalog(cli), &cli->diags, text, &draft);
    nb_diags_sort(&cli->diags);
    cli_tell(cli, NB_INFO);
    return draft;
}

enum cli_status cli_write(struct cli *cli, const char *path, const struct nb_buf *text)
{
    if (!path || nb_file_is_stdio(path)) {
        fwrite(nb_buf_text(text), 1, text->len, stdout);
        return CLI_FINE;
    }
    enum nb_status status = nb_file_replace(path, text, &cli->diags);
    cli_tell(cli, NB_INFO);
    return status == NB_OK ? CLI_FINE : CLI_TROUBLE;
}

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "cli.h"
#include "nianbao/compare.h"

/* ---- JSON: an object for each difference ---- */

static void put(json_t *object, const char *key, json_t *value)
{
    if (json_object_set_new(object, key, value) != 0)
        nb_out_of_memory();
}

/* Figures are strings, so that no reader rounds them; blank is null. */
static json_t *wide_string(nb_wide value, bool filled)
{
    if (!filled)
        return json_null();
    struct nb_buf text = { 0 };
    nb_wide_write(&text, value);
    json_t *string = json_string(nb_buf_text(&text));
    nb_buf_release(&text);
    return string;
}

static void put_name(json_t *object, const struct nb_comparison *comparison,
                     const struct nb_difference *item)
{
    int side = item->cell[NB_NEW] >= 0 ? NB_NEW : NB_OLD;
    struct nb_buf name = { 0 };
    if (item->cell[side] < 0)
        return;
    nb_cell_add_name(&name, nb_draft_form(comparison->drafts[side]), item->cell[side]);
    put(object, "name", json_string(nb_buf_text(&name)));
    nb_buf_release(&name);
}

static void put_figure(json_t *object, const struct nb_difference *item)
{
    static const char *const keys[] = { "old", "new" };
    nb_wide change, permille;
    for (int side = NB_OLD; side <= NB_NEW; side++) {
        if (item->known[side])
            put(object, keys[side], wide_string(item->value[side], item->filled[side]));
    }
    if (nb_difference_change(item, &change))
        put(object, "change", wide_string(change, true));
    if (nb_difference_permille(item, &permille))
        put(object, "percent", wide_string(permille * 100000, true)); /* in millionths */
}

static void put_text(json_t *object, const struct nb_difference *item)
{
    if (item->known[NB_OLD])
        put(object, "old", json_string(item->text[NB_OLD]));
    if (item->known[NB_NEW])
        put(object, "new", json_string(item->text[NB_NEW]));
}

static json_t *record_object(const struct nb_difference *item, int side)
{
    json_t *object = json_object();
    for (int i = 0; nb_list_field(item->list, i); i++) {
        if (item->record[side][i][0])
            put(object, nb_list_field(item->list, i), json_string(item->record[side][i]));
    }
    return object;
}

static json_t *difference_object(const struct nb_comparison *comparison,
                                 const struct nb_difference *item)
{
    json_t *object = json_object();
    switch (item->kind) {
    case NB_DIFFERENCE_FIGURE:
        put(object, "cell", json_string(item->address));
        put_name(object, comparison, item);
        put_figure(object, item);
        break;
    case NB_DIFFERENCE_TEXT:
        put(object, "text", json_string(item->address));
        put_text(object, item);
        break;
    case NB_DIFFERENCE_RECORD:
        put(object, "list", json_string(item->address));
        put(object, item->record[NB_NEW] ? "new" : "old",
            record_object(item, item->record[NB_NEW] ? NB_NEW : NB_OLD));
        break;
    }
    return object;
}

static void write_json(const struct nb_comparison *comparison, struct nb_buf *out)
{
    for (int i = 0; i < comparison->count; i++) {
        json_t *object = difference_object(comparison, &comparison->items[i]);
        char *text = json_dumps(object, JSON_PRESERVE_ORDER);
        if (!text)
            nb_out_of_memory();
        nb_buf_printf(out, "%s\n", text);
        free(text);
        json_decref(object);
    }
}

/* ---- the command ---- */

static enum cli_status compare(struct cli *cli, enum cli_format format,
                               const struct nb_draft *const drafts[2])
{
    struct nb_comparison comparison;
    struct nb_buf out = { 0 };
    const char *const names[] = { cli->args[0], cli->args[1] };
    nb_compare(drafts[NB_OLD], drafts[NB_NEW], &comparison);
    if (format == CLI_JSON)
        write_json(&comparison, &out);
    else
        nb_comparison_write_text(&comparison, names, &out);
    fwrite(nb_buf_text(&out), 1, out.len, stdout);
    enum cli_status status = comparison.count ? CLI_FOUND : CLI_FINE;
    nb_comparison_release(&comparison);
    nb_buf_release(&out);
    return status;
}

enum cli_status cli_diff(struct cli *cli)
{
    enum cli_format format;
    enum cli_status status = CLI_TROUBLE;
    if (!cli_take_format(cli, &format))
        return CLI_TROUBLE;
    struct nb_draft *old = cli_load(cli, cli->args[0], NULL);
    struct nb_draft *new = cli_load(cli, cli->args[1], NULL);
    const struct nb_draft *const drafts[] = { old, new };
    if (old && new)
        status = compare(cli, format, drafts);
    nb_draft_free(old);
    nb_draft_free(new);
    return status;
}

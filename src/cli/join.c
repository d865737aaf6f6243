#include <string.h>

#include "cli.h"
#include "nianbao/file.h"
#include "nianbao/join.h"
#include "nianbao/text.h"

enum { MAX_BYTES = 16 * 1024 * 1024 }; /* of a draft file */

enum side { BASE, OURS, THEIRS, N_SIDES };

/* A copy of the draft; `draft` is NULL for the base where there was nothing before. */
struct copy {
    struct nb_draft *draft;
    struct nb_buf text;
};

/* git gives an empty file for a base that there is not. */
static bool load(struct cli *cli, enum side side, const char *name, struct copy *copy)
{
    const char *path = cli->args[side];
    bool fine = nb_file_read(path, MAX_BYTES, &cli->diags, &copy->text) == NB_OK;
    if (fine && (side != BASE || copy->text.len))
        fine = nb_draft_read(side == OURS ? name : path, nb_buf_text(&copy->text), copy->text.len,
                             cli_catalog(cli), &cli->diags, &copy->draft) == NB_OK;
    nb_diags_sort(&cli->diags);
    cli_tell(cli, NB_INFO);
    return fine;
}

static bool same_form(const struct copy *copies)
{
    const struct nb_form *form = nb_draft_form(copies[OURS].draft);
    const struct nb_draft *base = copies[BASE].draft;
    return nb_draft_form(copies[THEIRS].draft) == form && (!base || nb_draft_form(base) == form);
}

/* The result has its lines elsewhere than this side's file had them. */
static void place_conflicts(struct cli *cli, const struct nb_buf *text, const char *name)
{
    struct nb_diags none = { 0 };
    struct nb_draft *draft;
    if (nb_draft_read(name, text->data, text->len, cli_catalog(cli), &none, &draft) == NB_OK) {
        const struct nb_form *form = nb_draft_form(draft);
        for (int i = 0; i < cli->diags.count; i++) {
            struct nb_diag *diag = &cli->diags.items[i];
            int cell = nb_form_find_cell(form, diag->cell, strlen(diag->cell));
            int found = nb_draft_find_text(draft, diag->cell);
            if (cell >= 0)
                diag->mark = nb_draft_cell_mark(draft, cell);
            else if (found >= 0)
                diag->mark = nb_draft_text_mark(draft, found, 0);
        }
    }
    nb_draft_free(draft);
    nb_diags_release(&none);
    nb_diags_sort(&cli->diags);
}

static enum cli_status write_joined(struct cli *cli, const struct copy *ours, const char *name)
{
    const char *path = cli->options[OPT_OUTPUT] ? cli->options[OPT_OUTPUT] : cli->args[OURS];
    struct nb_buf text = { 0 };
    nb_draft_write(ours->draft, &text);
    if (text.len > MAX_BYTES) {
        nb_buf_release(&text);
        return cli_fail("%s：合起来太大，没有写", name);
    }
    place_conflicts(cli, &text, name);
    if (nb_draft_file_has_comments(nb_buf_text(&ours->text), ours->text.len))
        nb_diag_add(&cli->diags, name, (struct nb_mark) { 1, 1 }, NB_MSG_DRAFT_COMMENTS, NULL);
    cli_tell(cli, NB_INFO);
    enum cli_status status = cli_write(cli, path, &text);
    nb_buf_release(&text);
    return status;
}

static enum cli_status join(struct cli *cli, struct copy *copies, const char *name)
{
    if (!same_form(copies)) {
        cli_fail("%s：两边的格式不同，合不了，留下这边的", name);
        return CLI_FOUND;
    }
    int conflicts =
        nb_join(copies[BASE].draft, copies[OURS].draft, copies[THEIRS].draft, name, &cli->diags);
    enum cli_status status = write_joined(cli, &copies[OURS], name);
    return status == CLI_FINE && conflicts ? CLI_FOUND : status;
}

enum cli_status cli_join(struct cli *cli)
{
    const char *name = cli->n_args > N_SIDES ? cli->args[N_SIDES] : cli->args[OURS];
    struct copy copies[N_SIDES] = { { 0 } };
    struct nb_buf shown = { 0 };
    bool fine = true;
    nb_text_add_visible(&shown, name, strlen(name));
    for (int side = BASE; side < N_SIDES; side++)
        fine &= load(cli, (enum side)side, shown.data, &copies[side]);
    enum cli_status status = fine ? join(cli, copies, shown.data) : CLI_TROUBLE;
    for (int side = BASE; side < N_SIDES; side++) {
        nb_draft_free(copies[side].draft);
        nb_buf_release(&copies[side].text);
    }
    nb_buf_release(&shown);
    return status;
}

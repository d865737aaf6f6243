#include <string.h>

#include "cli.h"
#include "nianbao/compare.h"
#include "nianbao/text.h"

struct listing {
    const struct nb_draft *draft;
    struct nb_buf out;
};

static void list_value(void *context, const char *address)
{
    struct listing *listing = context;
    struct nb_buf value = { 0 };
    nb_draft_get(listing->draft, address, &value);
    nb_buf_printf(&listing->out, "%s\t", address);
    nb_text_add_escaped(&listing->out, nb_buf_text(&value));
    nb_buf_putc(&listing->out, '\n');
    nb_buf_release(&value);
}

static bool knows_all(const struct nb_draft *draft, const struct cli *cli)
{
    bool all = true;
    for (int i = 1; i < cli->n_args; i++) {
        struct nb_buf value = { 0 };
        if (!nb_draft_get(draft, cli->args[i], &value)) {
            struct nb_buf shown = { 0 };
            nb_text_add_visible(&shown, cli->args[i], strlen(cli->args[i]));
            cli_fail("本格式没有 %s 这一格", nb_buf_text(&shown));
            nb_buf_release(&shown);
            all = false;
        }
        nb_buf_release(&value);
    }
    return all;
}

static enum cli_status get_lines(const struct nb_draft *draft)
{
    struct nb_buf out = { 0 };
    nb_draft_add_lines(draft, &out);
    fwrite(nb_buf_text(&out), 1, out.len, stdout);
    nb_buf_release(&out);
    return CLI_FINE;
}

enum cli_status cli_get(struct cli *cli)
{
    const char *format = cli->options[OPT_FORMAT];
    bool lines = format && strcmp(format, "lines") == 0;
    if (format && !lines && strcmp(format, "text") != 0)
        return cli_fail("--format 只有 text 和 lines");
    struct nb_draft *draft = cli_load(cli, cli->args[0], NULL);
    if (!draft)
        return CLI_TROUBLE;
    if (lines) {
        enum cli_status status = get_lines(draft);
        nb_draft_free(draft);
        return status;
    }
    struct listing listing = { .draft = draft };
    bool fine = knows_all(draft, cli);
    if (fine && cli->n_args == 1) {
        nb_draft_each_address(draft, list_value, &listing);
    } else if (fine && cli->n_args == 2) {
        nb_draft_get(draft, cli->args[1], &listing.out);
        nb_buf_putc(&listing.out, '\n');
    } else if (fine) {
        for (int i = 1; i < cli->n_args; i++)
            list_value(&listing, cli->args[i]);
    }
    fwrite(nb_buf_text(&listing.out), 1, listing.out.len, stdout);
    nb_buf_release(&listing.out);
    nb_draft_free(draft);
    return fine ? CLI_FINE : CLI_TROUBLE;
}

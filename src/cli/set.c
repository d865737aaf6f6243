#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "nianbao/file.h"
#include "nianbao/text.h"

static void refuse_argument(const char *word)
{
    struct nb_buf shown = { 0 };
    nb_text_add_brief(&shown, word, strlen(word));
    cli_fail("应写成 CELL=VALUE：%s", nb_buf_text(&shown));
    nb_buf_release(&shown);
}

/* True where every CELL=VALUE could be set; the draft is thrown away otherwise. */
static bool set_all(struct cli *cli, struct nb_draft *draft)
{
    bool all = true;
    for (int i = 1; i < cli->n_args; i++) {
        const char *equals = strchr(cli->args[i], '=');
        if (!equals) {
            refuse_argument(cli->args[i]);
            all = false;
            continue;
        }
        char *address = nb_xstrndup(cli->args[i], (size_t)(equals - cli->args[i]));
        all &= nb_draft_set(draft, cli->args[0], address, equals + 1, &cli->diags) == NB_OK;
        free(address);
    }
    return all;
}

enum cli_status cli_set(struct cli *cli)
{
    const char *path = cli->args[0];
    struct nb_buf before = { 0 }, after = { 0 };
    struct nb_draft *draft = cli_load(cli, path, &before);
    enum cli_status status = CLI_TROUBLE;
    if (!draft)
        goto done;
    if (nb_draft_file_has_comments(nb_buf_text(&before), before.len))
        nb_diag_add(&cli->diags, path, (struct nb_mark) { 1, 1 }, NB_MSG_DRAFT_COMMENTS, NULL);
    bool all = set_all(cli, draft);
    cli_tell(cli, NB_INFO);
    if (!all)
        goto done;
    nb_draft_write(draft, &after);
    bool same = after.len == before.len && memcmp(after.data, before.data, after.len) == 0;
    status = same && !nb_file_is_stdio(path) ? CLI_FINE : cli_write(cli, path, &after);
done:
    nb_draft_free(draft);
    nb_buf_release(&before);
    nb_buf_release(&after);
    return status;
}

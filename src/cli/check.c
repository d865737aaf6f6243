#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "nianbao/file.h"

struct run {
    struct cli *cli;
    enum cli_format format;
    struct nb_draft *prior; /* of --prior */
    struct nb_buf text;     /* used again for each file */
    enum cli_status status;
};

static void raise_status(struct run *run, enum cli_status status)
{
    if (status > run->status)
        run->status = status;
}

static bool has_unaccepted_warning(const struct nb_diags *diags)
{
    for (int i = 0; i < diags->count; i++) {
        if (diags->items[i].severity == NB_WARNING && !diags->items[i].accepted)
            return true;
    }
    return false;
}

static void check_draft(struct run *run, const struct nb_draft *draft, const char *path)
{
    struct cli *cli = run->cli;
    struct nb_draft *own = NULL;
    const struct nb_draft *prior = run->prior;
    if (!prior)
        nb_check_load_prior(draft, path, cli->catalog, &cli->diags, &own);
    else if (!nb_check_prior_fits(draft, path, prior, cli->options[OPT_PRIOR], &cli->diags))
        prior = NULL;
    struct nb_check_options options = { .final = cli->options[OPT_FINAL] != NULL,
                                        .prior = own ? own : prior };
    nb_check_draft(draft, path, &options, &cli->diags);
    if (nb_diags_count(&cli->diags, NB_ERROR) ||
        (cli->options[OPT_STRICT] && has_unaccepted_warning(&cli->diags)))
        raise_status(run, CLI_FOUND);
    nb_draft_free(own);
}

static void check_file(struct run *run, const char *path)
{
    struct cli *cli = run->cli;
    struct nb_draft *draft;
    nb_diags_clear(&cli->diags);
    if (nb_draft_load(path, cli->catalog, &cli->diags, &run->text, &draft) == NB_OK) {
        check_draft(run, draft, path);
    } else {
        raise_status(run, CLI_TROUBLE);
        nb_diags_sort(&cli->diags);
    }
    nb_draft_free(draft);
    cli_show(&cli->diags, NB_INFO, run->format, stdout);
}

static void check_listed(struct run *run, const char *list)
{
    FILE *file = nb_file_is_stdio(list) ? stdin : fopen(list, "re");
    if (!file) {
        raise_status(run, cli_fail("%s：%s", list, nb_file_why(errno)));
        return;
    }
    char *line = NULL;
    size_t size = 0;
    ssize_t len;
    while ((len = getline(&line, &size, file)) > 0) {
        if (line[len - 1] == '\n')
            line[--len] = '\0';
        if (len)
            check_file(run, line);
    }
    if (ferror(file))
        raise_status(run, cli_fail("%s：%s", list, nb_file_why(errno)));
    free(line);
    if (file != stdin)
        fclose(file);
}

enum cli_status cli_check(struct cli *cli)
{
    struct run run = { .cli = cli };
    if (!cli->n_args && !cli->options[OPT_FILES_FROM])
        return cli_fail("用法：nianbao check [选项] FILE...");
    if (!cli_take_format(cli, &run.format))
        return CLI_TROUBLE;
    cli_catalog(cli);
    if (cli->options[OPT_PRIOR]) {
        run.prior = cli_load(cli, cli->options[OPT_PRIOR], NULL);
        if (!run.prior)
            return CLI_TROUBLE;
    }
    for (int i = 0; i < cli->n_args; i++)
        check_file(&run, cli->args[i]);
    if (cli->options[OPT_FILES_FROM])
        check_listed(&run, cli->options[OPT_FILES_FROM]);
    nb_draft_free(run.prior);
    nb_buf_release(&run.text);
    return run.status;
}

#include <string.h>

#include "cli.h"
#include "nianbao/figure.h"

/* A whole number within bounds; false after having told what is wrong. */
static bool take_width(const struct cli *cli, int *width)
{
    const char *text = cli->options[OPT_WIDTH];
    struct nb_figure figure;
    *width = NB_DEFAULT_WIDTH;
    if (!text)
        return true;
    if (nb_figure_read(text, strlen(text), NB_COUNT, &figure) == NB_FIGURE_FINE &&
        figure.units >= NB_MIN_WIDTH && figure.units <= NB_MAX_WIDTH) {
        *width = (int)figure.units;
        return true;
    }
    cli_fail("--width 应为 %d 到 %d 的整数", NB_MIN_WIDTH, NB_MAX_WIDTH);
    return false;
}

/* The index of the option's value in `names`, 0 where it was not given, -1 after telling. */
static int take_choice(const struct cli *cli, enum cli_option option, const char *const names[2])
{
    const char *value = cli->options[option];
    for (int i = 0; value && i < 2; i++) {
        if (strcmp(value, names[i]) == 0)
            return i;
    }
    if (!value)
        return 0;
    cli_fail("--%s 只有 %s 和 %s", cli_options[option].name, names[0], names[1]);
    return -1;
}

static enum cli_status show_errors(struct cli *cli, const struct nb_draft *draft, const char *path)
{
    struct nb_check_options options = { .final = false };
    nb_check_draft(draft, path, &options, &cli->diags);
    bool found = nb_diags_count(&cli->diags, NB_ERROR) > 0;
    cli_tell(cli, NB_ERROR);
    return found ? CLI_FOUND : CLI_FINE;
}

static void add_annex(struct cli *cli, struct nb_page *page, const struct nb_draft *draft)
{
    struct nb_diags findings = { 0 };
    struct nb_draft *prior;
    nb_check_load_prior(draft, cli->args[0], cli->catalog, &findings, &prior);
    struct nb_check_options options = { .prior = prior };
    nb_check_draft(draft, cli->args[0], &options, &findings);
    nb_page_add_accepted(page, draft, &findings);
    nb_draft_free(prior);
    nb_diags_release(&findings);
}

enum cli_status cli_print(struct cli *cli)
{
    static const char *const formats[] = { "text", "html" }, *const styles[] = { "unicode",
                                                                                 "ascii" };
    struct nb_text_options options;
    int format = take_choice(cli, OPT_FORMAT, formats);
    int style = take_choice(cli, OPT_LINES, styles);
    if (format < 0 || style < 0 || !take_width(cli, &options.width_cols))
        return CLI_TROUBLE;
    options.lines = (enum nb_line_style)style;
    struct nb_draft *draft = cli_load(cli, cli->args[0], NULL);
    if (!draft)
        return CLI_TROUBLE;
    struct nb_page page;
    struct nb_buf text = { 0 };
    bool blank = cli->options[OPT_BLANK] != NULL;
    nb_page_build(&page, draft, blank);
    if (cli->options[OPT_ANNEX])
        add_annex(cli, &page, draft);
    if (format == 0)
        nb_page_write_text(&page, &options, cli->args[0], &cli->diags, &text);
    else
        nb_page_write_html(&page, &text);
    cli_tell(cli, NB_INFO);
    enum cli_status status = cli_write(cli, cli->options[OPT_OUTPUT], &text);
    if (status == CLI_FINE && !blank)
        status = show_errors(cli, draft, cli->args[0]);
    nb_buf_release(&text);
    nb_page_release(&page);
    nb_draft_free(draft);
    return status;
}

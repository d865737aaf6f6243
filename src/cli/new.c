#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "nianbao/file.h"

/* What the new draft is to be. */
struct plan {
    const char *unit;
    int year;
    const struct nb_form *form;
    struct nb_draft *prior; /* NULL: none */
    char output[32];        /* the default name */
    const char *path;
};

static bool plan_year(struct cli *cli, struct plan *plan)
{
    const char *text = cli->options[OPT_YEAR];
    struct nb_figure figure;
    if (!text && plan->prior) {
        plan->year = nb_draft_year(plan->prior) + 1;
        return true;
    }
    if (!text)
        cli_fail("要写年度，例如 --year 2024（或用 --prior 给出上年草稿）");
    else if (nb_figure_read(text, strlen(text), NB_COUNT, &figure) != NB_FIGURE_FINE ||
             figure.units < 1000 || figure.units > 9999)
        cli_fail("--year 应为四位数的年份");
    else
        plan->year = (int)figure.units;
    return plan->year != 0;
}

static bool plan_unit(struct cli *cli, struct plan *plan)
{
    plan->unit = cli->options[OPT_UNIT];
    if (!plan->unit && plan->prior)
        plan->unit = nb_draft_text(plan->prior, NB_TEXT_UNIT);
    if (!plan->unit)
        cli_fail("要写单位名称，例如 --unit 示例市（或用 --prior 给出上年草稿）");
    return plan->unit != NULL;
}

static bool plan_form(struct cli *cli, struct plan *plan)
{
    const char *id = cli->options[OPT_FORM];
    struct nb_catalog *catalog = cli_catalog(cli);
    plan->form = id ? nb_catalog_form(catalog, id) : nb_catalog_form_for_year(catalog, plan->year);
    if (!plan->form && id)
        cli_fail("没有“%s”这种格式，用 nianbao forms 查看", id);
    else if (!plan->form)
        cli_fail("没有 %d 年适用的格式，用 --form 指定", plan->year);
    return plan->form != NULL;
}

static enum cli_status write_new(struct cli *cli, const struct plan *plan,
                                 const struct nb_draft *draft)
{
    struct nb_buf text = { 0 };
    nb_draft_write(draft, &text);
    enum cli_status status = CLI_FINE;
    if (nb_file_is_stdio(plan->path)) {
        status = cli_write(cli, plan->path, &text);
    } else if (nb_file_create(plan->path, &text, &cli->diags) != NB_OK) {
        status = CLI_TROUBLE;
    }
    cli_tell(cli, NB_INFO);
    nb_buf_release(&text);
    return status;
}

static enum cli_status make(struct cli *cli, struct plan *plan)
{
    const char *prior_path = cli->options[OPT_PRIOR];
    struct nb_draft_plan draft_plan = {
        .path = plan->path,
        .unit = plan->unit,
        .year = plan->year,
        .form = plan->form,
        .prior = plan->prior,
        .prior_path = prior_path && !nb_file_is_stdio(prior_path) ? prior_path : NULL,
    };
    struct nb_draft *draft;
    enum cli_status status = CLI_TROUBLE;
    if (nb_draft_make(&draft_plan, &cli->diags, &draft) == NB_OK)
        status = write_new(cli, plan, draft);
    else
        cli_tell(cli, NB_INFO);
    nb_draft_free(draft);
    return status;
}

enum cli_status cli_new(struct cli *cli)
{
    struct plan plan = { .path = cli->options[OPT_OUTPUT] };
    if (cli->options[OPT_PRIOR] && !(plan.prior = cli_load(cli, cli->options[OPT_PRIOR], NULL)))
        return CLI_TROUBLE;
    enum cli_status status = CLI_TROUBLE;
    if (plan_year(cli, &plan) && plan_unit(cli, &plan) && plan_form(cli, &plan)) {
        snprintf(plan.output, sizeof plan.output, "%d.yaml", plan.year);
        if (!plan.path)
            plan.path = plan.output;
        status = make(cli, &plan);
    }
    nb_draft_free(plan.prior);
    return status;
}

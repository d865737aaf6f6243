/* A new draft: its head, the way to last year's file, what is carried over. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* The way from one folder to a file, both absolute and without links. */
static void add_relative(struct nb_buf *out, const char *folder, const char *file)
{
    size_t common = 0; /* up to and with the last slash both share */
    for (size_t i = 0; folder[i] == file[i] && file[i]; i++) {
        if (file[i] == '/')
            common = i + 1;
    }
    size_t len = strlen(folder);
    if (strncmp(folder, file, len) == 0 && file[len] == '/') {
        nb_buf_puts(out, file + len + 1);
        return;
    }
    nb_buf_puts(out, "../");
    for (const char *at = folder + common; *at; at++)
        nb_buf_puts(out, *at == '/' ? "../" : "");
    nb_buf_puts(out, file + common);
}

/* `prior` of a draft is relative to its folder. */
static void name_prior(const struct nb_draft_plan *plan, struct nb_buf *name)
{
    const char *slash = strrchr(plan->path, '/');
    char *folder_name =
        slash ? nb_xstrndup(plan->path, (size_t)(slash - plan->path) + 1) : nb_xstrdup(".");
    char *folder = realpath(folder_name, NULL);
    char *prior = realpath(plan->prior_path, NULL);
    if (folder && prior)
        add_relative(name, strcmp(folder, "/") == 0 ? "" : folder, prior);
    else
        nb_buf_puts(name, plan->prior_path);
    free(folder_name);
    free(folder);
    free(prior);
}

enum nb_status nb_draft_make(const struct nb_draft_plan *plan, struct nb_diags *diags,
                             struct nb_draft **out)
{
    struct nb_draft *draft = nb_draft_new(plan->form);
    struct nb_buf name = { 0 };
    *out = NULL;
    nb_draft_set_year(draft, plan->year);
    enum nb_status status = nb_draft_set(draft, plan->path, "unit", plan->unit, diags);
    bool follows = plan->prior && nb_draft_follows(draft, plan->prior);
    if (status == NB_OK && follows && plan->prior_path) {
        name_prior(plan, &name);
        status = nb_draft_set(draft, plan->path, "prior", nb_buf_text(&name), diags);
    }
    if (status != NB_OK)
        goto done;
    if (plan->prior)
        nb_draft_carry_over(draft, plan->prior, plan->path, diags);
    *out = draft;
    draft = NULL;
done:
    nb_draft_free(draft);
    nb_buf_release(&name);
    return status;
}

/* A whole draft: equations, blanks, references, acceptances. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checker.h"
#include "nianbao/verify.h"
#include "proof.h"

/* ---- blanks ---- */

enum { NOT_SEEN, IN_WORK, DONE };

struct filling {
    const struct nb_form *form;
    struct nb_figure *figures;
    unsigned char *states; /* by cell */
};

/* Totals of totals: a blank total is filled after its parts. Recursion is as deep as totals nest; a
 * total that is part of itself counts as 0. */
static void fill(struct filling *filling, int cell)
{
    if (filling->states[cell] != NOT_SEEN)
        return;
    filling->states[cell] = IN_WORK;
    struct nb_figure *figure = &filling->figures[cell];
    const struct nb_equation *sum = figure->filled ? NULL : nb_cell_definition(filling->form, cell);
    nb_wide value = sum ? (nb_wide)sum->constant[NB_LEFT] * 1000000 : 0;
    for (int i = 0; sum && i + 1 < sum->n_terms; i++) {
        int part = sum->terms[i].cell;
        fill(filling, part);
        value += nb_figure_value(filling->form->cells[part].kind, filling->figures[part]) *
                 sum->terms[i].factor;
    }
    if (!figure->filled && !nb_figure_from_value(filling->form->cells[cell].kind, value, figure))
        *figure = (struct nb_figure) { .filled = true };
    filling->states[cell] = DONE;
}

void nb_check_fill_figures(const struct nb_form *form, struct nb_figure *figures)
{
    struct filling filling = { form, figures, nb_xalloc((size_t)form->n_cells) };
    for (int cell = 0; cell < form->n_cells; cell++)
        fill(&filling, cell);
    free(filling.states);
}

void nb_check_fill_blanks(const struct nb_draft *draft, struct nb_figure *figures)
{
    const struct nb_form *form = nb_draft_form(draft);
    if (form->n_cells)
        memcpy(figures, nb_draft_figures(draft), (size_t)form->n_cells * sizeof *figures);
    nb_check_fill_figures(form, figures);
}

static void add_blank_finding(const struct nb_draft *draft, const char *file,
                              const struct nb_table *table, bool final, struct nb_diags *diags)
{
    const struct nb_form *form = nb_draft_form(draft);
    int crossings = table->rows.n_leaves * table->columns.n_leaves, count = 0, first = -1;
    for (int i = 0; i < crossings; i++) {
        int cell = table->cells[i];
        if (cell < 0 || nb_draft_figure(draft, cell).filled)
            continue;
        count++;
        if (first < 0)
            first = cell;
    }
    if (!count)
        return;
    char number[16];
    snprintf(number, sizeof number, "%d", count);
    struct nb_buf name = { 0 };
    nb_table_add_name(&name, table);
    struct nb_diag *diag =
        nb_diag_add(diags, file, nb_draft_cell_mark(draft, first), NB_MSG_CELL_BLANK, "table",
                    nb_buf_text(&name), "count", number, NULL);
    diag->severity = final ? NB_WARNING : NB_INFO;
    diag->cell = nb_diag_keep(diags, form->cells[first].address);
    diag->about = nb_diag_keep(diags, number);
    nb_buf_release(&name);
}

/* ---- references in prose ---- */

static void add_reference_finding(const struct nb_draft *draft, const char *file, int text,
                                  const char *at, size_t len, bool final, struct nb_diags *diags)
{
    char *address = nb_xstrndup(at + 1, len - 2);
    nb_wide sum;
    bool blank;
    bool known = nb_draft_sum(draft, address, &sum, &blank);
    if (!known || (blank && !final)) { /* 定稿 fills blanks */
        size_t offset = (size_t)(at - nb_draft_text(draft, text));
        struct nb_diag *diag = nb_diag_add(
            diags, file, NB_NO_MARK, known ? NB_MSG_REFERENCE_BLANK : NB_MSG_REFERENCE_UNKNOWN,
            "reference", address, NULL);
        diag->cell = nb_diag_keep(diags, nb_draft_text_address(draft, text));
        diag->offset = offset;
        diag->len = len;
        diag->about = nb_diag_keep(diags, address);
    }
    free(address);
}

static void add_reference_findings(const struct nb_draft *draft, const char *file, bool final,
                                   struct nb_diags *diags)
{
    for (int text = 0; text < nb_draft_text_count(draft); text++) {
        if (text < NB_TEXT_PROSE && text != NB_TEXT_PREAMBLE)
            continue;
        const char *at = nb_draft_text(draft, text);
        int before = diags->count;
        while (diags->count - before < NB_MOST_FOUND && (at = strchr(at, '{'))) {
            size_t len = nb_reference_length(at);
            if (len)
                add_reference_finding(draft, file, text, at, len, final, diags);
            at += len ? len : 1;
        }
        if (diags->count > before)
            nb_proof_place(draft, text, &diags->items[before], diags->count - before);
    }
}

/* ---- last year ---- */

static struct nb_diag *tell_prior(const struct nb_draft *draft, const char *file,
                                  struct nb_diags *diags, enum nb_message message,
                                  const char *prior, const char *arg, const char *value)
{
    struct nb_diag *diag = nb_diag_add(diags, file, nb_draft_text_mark(draft, NB_TEXT_PRIOR, 0),
                                       message, "prior", prior, arg, value, NULL);
    diag->cell = nb_draft_text_address(draft, NB_TEXT_PRIOR);
    diag->about = nb_diag_keep(diags, prior);
    return diag;
}

bool nb_check_prior_fits(const struct nb_draft *draft, const char *file,
                         const struct nb_draft *prior, const char *name, struct nb_diags *diags)
{
    const char *unit = nb_draft_text(prior, NB_TEXT_UNIT);
    char year[16];
    snprintf(year, sizeof year, "%d", nb_draft_year(prior));
    bool same_unit = strcmp(unit, nb_draft_text(draft, NB_TEXT_UNIT)) == 0;
    bool year_before = nb_draft_follows(draft, prior);
    if (!same_unit)
        tell_prior(draft, file, diags, NB_MSG_PRIOR_UNIT, name, "unit", unit);
    if (!year_before)
        tell_prior(draft, file, diags, NB_MSG_PRIOR_YEAR, name, "year", year);
    return same_unit && year_before;
}

void nb_check_add_prior_path(const struct nb_draft *draft, const char *file, struct nb_buf *path)
{
    const char *name = nb_draft_text(draft, NB_TEXT_PRIOR), *slash = strrchr(file, '/');
    if (slash && name[0] && name[0] != '/')
        nb_buf_add(path, file, (size_t)(slash - file) + 1);
    nb_buf_puts(path, strcmp(name, "-") == 0 ? "./-" : name); /* a file, never standard input */
}

void nb_check_load_prior(const struct nb_draft *draft, const char *file, struct nb_catalog *catalog,
                         struct nb_diags *diags, struct nb_draft **prior)
{
    const char *name = nb_draft_text(draft, NB_TEXT_PRIOR);
    *prior = NULL;
    if (!name[0])
        return;
    struct nb_buf path = { 0 };
    nb_check_add_prior_path(draft, file, &path);
    struct nb_diags faults = { 0 };
    if (nb_draft_load(path.data, catalog, &faults, NULL, prior) != NB_OK) {
        struct nb_buf why = { 0 };
        const struct nb_diag *first = &faults.items[0];
        if (strncmp(first->rule, "file.", 5) != 0) /* else it is about no place in it */
            nb_buf_printf(&why, "%d:%d ", first->mark.line, first->mark.column);
        nb_buf_puts(&why, first->message);
        tell_prior(draft, file, diags, NB_MSG_PRIOR_UNREADABLE, name, "why", nb_buf_text(&why));
        nb_buf_release(&why);
    } else if (!nb_check_prior_fits(draft, file, *prior, name, diags)) {
        nb_draft_free(*prior);
        *prior = NULL;
    }
    nb_diags_release(&faults);
    nb_buf_release(&path);
}

static void add_all(const struct nb_checker *checker, const struct nb_draft *draft,
                    const char *file, bool final, struct nb_prose_cache *cache,
                    struct nb_diags *diags)
{
    const struct nb_form *form = nb_draft_form(draft);
    struct nb_prose_facts facts = { draft, checker->figures, checker->prior, file };
    nb_checker_add_findings(checker, draft, file, diags);
    for (int i = 0; i < form->n_tables; i++)
        add_blank_finding(draft, file, form->tables[i], final, diags);
    add_reference_findings(draft, file, final, diags);
    nb_prose_add_findings(cache, &facts, diags);
    nb_verify_add_findings(draft, file, diags);
    nb_proofs_add_findings(checker, draft, file, final, diags);
    nb_accepted_note(checker, draft, file, final, diags);
}

void nb_check_findings(const struct nb_checker *checker, const struct nb_draft *draft,
                       const char *file, bool final, struct nb_diags *diags)
{
    add_all(checker, draft, file, final, checker->prose, diags);
}

/* A hint is told once, behind all that it explains. */
static void find_ends(struct nb_diags *diags)
{
    int n_hints = 0;
    for (int i = 0; i < diags->count; i++) {
        const struct nb_hint *hint = diags->items[i].hint;
        if (hint && hint->index >= n_hints)
            n_hints = hint->index + 1;
    }
    bool *told = nb_xalloc((size_t)n_hints + 1);
    for (int i = diags->count; i-- > 0;) {
        const struct nb_hint *hint = diags->items[i].hint;
        diags->items[i].ends_hint = hint && !told[hint->index];
        if (hint)
            told[hint->index] = true;
    }
    free(told);
}

void nb_check_draft(const struct nb_draft *draft, const char *file,
                    const struct nb_check_options *options, struct nb_diags *diags)
{
    const struct nb_form *form = nb_draft_form(draft);
    struct nb_figure *filled = NULL;
    if (options->final) {
        filled = nb_xalloc((size_t)form->n_cells * sizeof *filled);
        nb_check_fill_blanks(draft, filled);
    }
    struct nb_checker *checker =
        nb_checker_new(form, filled ? filled : nb_draft_figures(draft), options->prior);
    add_all(checker, draft, file, options->final, NULL, diags);
    nb_checker_free(checker);
    free(filled);
    nb_diags_sort(diags);
    find_ends(diags);
}

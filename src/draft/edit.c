/* Values by address, as the command line and the screen set and show them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "nianbao/text.h"

static void value_fault(struct nb_diags *diags, const char *file, struct nb_mark mark,
                        const char *address, const char *value, const char *wanted)
{
    struct nb_buf shown = { 0 };
    nb_text_add_brief(&shown, value, strlen(value));
    nb_diag_add(diags, file, mark, NB_MSG_DRAFT_VALUE, "key", address, "text", nb_buf_text(&shown),
                "wanted", wanted, NULL);
    nb_buf_release(&shown);
}

static void tell_normalised(struct nb_diags *diags, const char *file, const struct nb_draft *draft,
                            int cell, const char *value)
{
    struct nb_buf shown = { 0 }, figure = { 0 };
    const struct nb_cell *at = &draft->form->cells[cell];
    nb_text_add_brief(&shown, value, strlen(value));
    nb_draft_add_figure(draft, cell, &figure);
    nb_diag_add(diags, file, nb_draft_cell_mark(draft, cell), NB_MSG_DRAFT_FIGURE_NORMALISED,
                "cell", at->address, "text", nb_buf_text(&shown), "figure", nb_buf_text(&figure),
                NULL);
    nb_buf_release(&shown);
    nb_buf_release(&figure);
}

static void figure_fault(struct nb_diags *diags, const char *file, const struct nb_draft *draft,
                         int cell, const char *value, enum nb_figure_fault fault)
{
    const struct nb_cell *at = &draft->form->cells[cell];
    struct nb_buf shown = { 0 };
    nb_text_add_brief(&shown, value, strlen(value));
    nb_diag_add(diags, file, nb_draft_cell_mark(draft, cell),
                fault == NB_FIGURE_TOO_LARGE ? NB_MSG_DRAFT_FIGURE_RANGE : NB_MSG_DRAFT_FIGURE,
                "cell", at->address, "text", nb_buf_text(&shown), "wanted",
                nb_kind_wanted(at->kind), NULL)
        ->cell = nb_diag_keep(diags, at->address);
    nb_buf_release(&shown);
}

static enum nb_status set_figure(struct nb_draft *draft, const char *file, int cell,
                                 const char *value, struct nb_diags *diags)
{
    const struct nb_cell *at = &draft->form->cells[cell];
    struct nb_figure figure = { .filled = false };
    bool changed = false;
    if (value[0] && strcmp(value, "~") != 0) {
        enum nb_figure_fault fault = nb_figure_type(value, at->kind, at->unit, &figure, &changed);
        if (fault != NB_FIGURE_FINE) {
            figure_fault(diags, file, draft, cell, value, fault);
            return NB_FAILED;
        }
    }
    draft->figures[cell] = figure;
    if (changed)
        tell_normalised(diags, file, draft, cell, value);
    return NB_OK;
}

const char *nb_draft_text_fault(int text, const char *value)
{
    if (nb_utf8_fault(value, strlen(value))) /* a name of a file may be anything */
        return "UTF-8 的文字";
    if (nb_text_fault(value, strlen(value)))
        return "没有控制字符的文字";
    if (text == NB_TEXT_UNIT && !value[0])
        return "单位名称";
    return nb_text_type_fault(nb_draft_text_type(text), value);
}

static enum nb_status set_text(struct nb_draft *draft, const char *file, int text,
                               const char *value, struct nb_diags *diags)
{
    char *clean = nb_xstrdup(value);
    nb_text_normalise(clean, strlen(clean));
    const char *wanted = nb_draft_text_fault(text, clean);
    if (wanted)
        value_fault(diags, file, nb_draft_text_mark(draft, text, 0),
                    nb_draft_text_address(draft, text), value, wanted);
    else
        nb_draft_set_text(draft, text, clean);
    free(clean);
    return wanted ? NB_FAILED : NB_OK;
}

int nb_year_type(const char *text)
{
    struct nb_figure year;
    bool changed;
    bool fine = nb_figure_type(text, NB_COUNT, "年", &year, &changed) == NB_FIGURE_FINE;
    return fine && year.units >= 1000 && year.units <= 9999 ? (int)year.units : 0;
}

static enum nb_status set_year(struct nb_draft *draft, const char *file, const char *value,
                               struct nb_diags *diags)
{
    int year = nb_year_type(value);
    if (year)
        draft->year = year;
    else
        value_fault(diags, file, (struct nb_mark) { 1, 1 }, "year", value, "四位数的年份");
    return year ? NB_OK : NB_FAILED;
}

/* The mark of a finished draft is no one's to type. */
static bool can_set_text(int text)
{
    return text != NB_TEXT_FINISHED_AT && text != NB_TEXT_FINISHED_CONTENT;
}

static void unknown_address(const struct nb_draft *draft, const char *file, const char *address,
                            struct nb_diags *diags)
{
    const struct nb_form *form = draft->form;
    int n_texts = nb_draft_text_count(draft), count = 0;
    const char **known =
        nb_xrealloc(NULL, (size_t)form->n_cells + (size_t)n_texts + 1, sizeof *known);
    for (int i = 0; i < form->n_cells; i++)
        known[count++] = form->cells[i].address;
    for (int i = 0; i < n_texts; i++) {
        if (can_set_text(i))
            known[count++] = nb_draft_text_address(draft, i);
    }
    known[count++] = "year";
    const char *nearest = nb_text_nearest(address, known, count);
    struct nb_buf hint = { 0 }, shown = { 0 };
    if (nearest)
        nb_buf_printf(&hint, "，是 %s 吗？", nearest);
    nb_text_add_brief(&shown, address, strlen(address));
    nb_diag_add(diags, file, (struct nb_mark) { 1, 1 }, NB_MSG_DRAFT_ADDRESS, "cell",
                nb_buf_text(&shown), "hint", nb_buf_text(&hint), NULL);
    nb_buf_release(&shown);
    nb_buf_release(&hint);
    free(known);
}

/* A finished draft that changes is finished no more. */
static void unfinish(struct nb_draft *draft, const char *file, struct nb_diags *diags)
{
    if (!nb_draft_text(draft, NB_TEXT_FINISHED_AT)[0] &&
        !nb_draft_text(draft, NB_TEXT_FINISHED_CONTENT)[0])
        return;
    nb_diag_add(diags, file, nb_draft_text_mark(draft, NB_TEXT_FINISHED_AT, 0),
                NB_MSG_DRAFT_FINISHED, NULL);
    nb_draft_set_text(draft, NB_TEXT_FINISHED_AT, "");
    nb_draft_set_text(draft, NB_TEXT_FINISHED_CONTENT, "");
}

enum nb_status nb_draft_set(struct nb_draft *draft, const char *file, const char *address,
                            const char *value, struct nb_diags *diags)
{
    if (nb_utf8_fault(value, strlen(value)) || nb_utf8_fault(address, strlen(address))) {
        nb_diag_add(diags, file, (struct nb_mark) { 1, 1 }, NB_MSG_YAML_ENCODING, NULL);
        return NB_FAILED;
    }
    int cell = nb_form_find_cell(draft->form, address, strlen(address));
    int text = nb_draft_find_text(draft, address);
    struct nb_buf before = { 0 }, after = { 0 };
    nb_draft_get(draft, address, &before);
    enum nb_status status = NB_FAILED;
    if (cell >= 0)
        status = set_figure(draft, file, cell, value, diags);
    else if (strcmp(address, "year") == 0)
        status = set_year(draft, file, value, diags);
    else if (text >= 0 && can_set_text(text))
        status = set_text(draft, file, text, value, diags);
    else
        unknown_address(draft, file, address, diags);
    nb_draft_get(draft, address, &after);
    if (strcmp(nb_buf_text(&before), nb_buf_text(&after)) != 0)
        unfinish(draft, file, diags);
    nb_buf_release(&before);
    nb_buf_release(&after);
    return status;
}

bool nb_draft_get(const struct nb_draft *draft, const char *address, struct nb_buf *out)
{
    int cell = nb_form_find_cell(draft->form, address, strlen(address));
    if (cell >= 0) {
        nb_draft_add_figure(draft, cell, out);
        return true;
    }
    if (strcmp(address, "form") == 0) {
        nb_buf_puts(out, draft->form->id);
        return true;
    }
    if (strcmp(address, "year") == 0) {
        nb_buf_printf(out, "%d", draft->year);
        return true;
    }
    int text = nb_draft_find_text(draft, address);
    if (text >= 0)
        nb_buf_puts(out, nb_draft_text(draft, text));
    return text >= 0;
}

static void visit_keys(const struct nb_key *key, void (*visit)(void *, const char *), void *context)
{
    if (!key->n_children)
        visit(context, key->address);
    for (int i = 0; i < key->n_children; i++)
        visit_keys(&key->children[i], visit, context);
}

void nb_draft_each_address(const struct nb_draft *draft,
                           void (*visit)(void *context, const char *address), void *context)
{
    visit(context, "form");
    visit(context, nb_head_texts[NB_TEXT_UNIT].address);
    visit(context, "year");
    for (int i = NB_TEXT_UNIT + 1; i < NB_TEXT_FINISHED_AT; i++)
        visit(context, nb_head_texts[i].address);
    visit_keys(&draft->form->keys[0], visit, context);
}

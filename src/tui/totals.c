/* Filling totals with the sums of their parts. */
#include <stdlib.h>
#include <string.h>

#include "dialog.h"
#include "editor.h"

/* Is the equation the sum that makes the cell a total? */
static bool defines(const struct nb_equation *equation, int total)
{
    const struct nb_term *last = &equation->terms[equation->n_terms - 1];
    return equation->cell == total && last->cell == total && last->side == NB_RIGHT;
}

/* Is the total the cell itself, or a sum that includes it or what has been reached from it? */
static bool depends_on(const struct nb_form *form, const bool *reached, int total, int cell)
{
    if (total == cell)
        return true;
    for (int i = form->touched_from[total]; i < form->touched_from[total + 1]; i++) {
        const struct nb_equation *equation = &form->equations[form->touched[i]];
        for (int j = 0; defines(equation, total) && j + 1 < equation->n_terms; j++) {
            if (equation->terms[j].cell == cell || reached[equation->terms[j].cell])
                return true;
        }
    }
    return false;
}

/* Of a typed total that differs: SHOWN to the clerk, who has AGREED to lose it. */
enum state { UNSEEN, SHOWN, AGREED };

struct filling {
    struct tui_session *session;
    struct nb_buf differing; /* lines about typed totals that differ */
    int n_differing, n_filled;
    unsigned char *states; /* by cell: enum state */
};

static void fill_total(struct filling *filling, int cell, struct nb_figure sum)
{
    struct tui_session *session = filling->session;
    enum nb_kind kind = session->form->cells[cell].kind;
    struct nb_figure old = nb_draft_figure(session->draft, cell);
    if (old.filled && nb_figure_value(kind, old) == nb_figure_value(kind, sum))
        return;
    if (old.filled && filling->states[cell] != AGREED) {
        filling->states[cell] = SHOWN;
        filling->n_differing++;
        nb_cell_add_name(&filling->differing, session->form, cell);
        nb_buf_puts(&filling->differing, "  现填 ");
        nb_figure_write(&filling->differing, kind, old);
        nb_buf_puts(&filling->differing, "，各项之和 ");
        nb_figure_write(&filling->differing, kind, sum);
        nb_buf_putc(&filling->differing, '\n');
        return;
    }
    nb_history_set_figure(session->history, cell, sum);
    filling->n_filled++;
}

/* Totals of totals follow in later rounds; forms nest them two or three deep. */
static void fill_totals(struct filling *filling, int section, int focus)
{
    const struct nb_form *form = filling->session->form;
    bool *reached = nb_xalloc((size_t)form->n_cells * sizeof *reached);
    nb_history_begin(filling->session->history, filling->n_filled > 0);
    for (int round = 0; round < 4; round++) {
        filling->differing.len = 0;
        filling->n_differing = 0;
        for (int cell = 0; cell < form->n_cells; cell++) {
            struct nb_figure sum;
            if (form->cells[cell].table->section != &form->sections[section] ||
                (focus >= 0 && !depends_on(form, reached, cell, focus)) ||
                !nb_checker_total(filling->session->checker, cell, &sum))
                continue;
            reached[cell] = true;
            fill_total(filling, cell, sum);
        }
    }
    nb_history_end(filling->session->history);
    free(reached);
}

/* Shows the typed totals that differ; they may be written over where the clerk says so. */
static bool agree(struct tui_editor *editor, struct filling *filling)
{
    static const char *const answers[] = { "改成各项之和", "不改", NULL };
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "已填的合计有 %d 处与各项之和不同：\n%s", filling->n_differing,
                  nb_buf_text(&filling->differing));
    bool yes = tui_ask(editor->screen.app, "合计", text.data, answers, 1) == 0;
    for (int cell = 0; yes && cell < filling->session->form->n_cells; cell++) {
        if (filling->states[cell] == SHOWN)
            filling->states[cell] = AGREED;
    }
    nb_buf_release(&text);
    return yes;
}

void tui_edit_totals(struct tui_screen *screen, int all)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    struct tui_session *session = editor->session;
    int focus = tui_sheet_cell(&editor->sheet, editor->grid.focus);
    if (editor->section < 0 || (focus < 0 && !all))
        return;
    struct filling filling = { .session = session };
    filling.states = nb_xalloc((size_t)session->form->n_cells * sizeof *filling.states);
    do /* totals of those that change may differ in their turn */
        fill_totals(&filling, editor->section, all ? -1 : focus);
    while (filling.n_differing && agree(editor, &filling));
    if (filling.n_filled)
        tui_tell(screen->app, TUI_PLAIN, "填了 %d 处合计", filling.n_filled);
    else if (!filling.n_differing)
        tui_tell(screen->app, TUI_PLAIN, "没有要填的合计");
    nb_buf_release(&filling.differing);
    free(filling.states);
}

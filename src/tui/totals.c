/* Filling totals with the sums of their parts. */
#include <stdlib.h>
#include <string.h>

#include "dialog.h"
#include "editor.h"

/* Do the total's own parts, or parts of parts, include the cell? Or is it the cell itself? */
static bool depends_on(const struct nb_form *form, const bool *filled, int total, int cell)
{
    if (total == cell)
        return true;
    for (int i = form->touched_from[total]; i < form->touched_from[total + 1]; i++) {
        const struct nb_equation *equation = &form->equations[form->touched[i]];
        for (int j = 0; equation->cell == total && j < equation->n_terms; j++) {
            int part = equation->terms[j].cell;
            if (part != total && (part == cell || filled[part]))
                return true;
        }
    }
    return false;
}

struct filling {
    struct tui_session *session;
    struct nb_buf differing; /* lines about typed totals that differ */
    int n_differing, n_filled;
    bool overwrite;
};

static void fill_total(struct filling *filling, int cell, struct nb_figure sum)
{
    struct tui_session *session = filling->session;
    enum nb_kind kind = session->form->cells[cell].kind;
    struct nb_figure old = nb_draft_figure(session->draft, cell);
    if (old.filled && nb_figure_value(kind, old) == nb_figure_value(kind, sum))
        return;
    if (old.filled && !filling->overwrite) {
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
    free(reached);
}

static bool may_overwrite(struct tui_editor *editor, const struct filling *filling)
{
    static const char *const answers[] = { "改成各项之和", "不改", NULL };
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "已填的合计有 %d 处与各项之和不同：\n%s", filling->n_differing,
                  nb_buf_text(&filling->differing));
    bool yes = tui_ask(editor->screen.app, "合计", text.data, answers, 1) == 0;
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
    nb_history_begin(session->history, false);
    fill_totals(&filling, editor->section, all ? -1 : focus);
    nb_history_end(session->history);
    if (filling.n_differing && may_overwrite(editor, &filling)) {
        filling.overwrite = true;
        nb_history_begin(session->history, filling.n_filled > 0);
        fill_totals(&filling, editor->section, all ? -1 : focus);
        nb_history_end(session->history);
    }
    if (filling.n_filled)
        tui_tell(screen->app, TUI_PLAIN, "填了 %d 处合计", filling.n_filled);
    else if (!filling.n_differing)
        tui_tell(screen->app, TUI_PLAIN, "没有要填的合计");
    nb_buf_release(&filling.differing);
}

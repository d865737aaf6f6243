/* Doubts, and what the sums say about them.
 *
 * The sums of a report hold, as a rule. Where one fails although all its figures were read with
 * certainty, the report is wrong: the figures stay as published and the sum is told. Where one of
 * them was only inferred, it was inferred wrongly: the inferred ones are blanked. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/check.h"
#include "nianbao/text.h"
#include "reading.h"

static void add_doubt(struct nb_reading *reading, int cell, const struct nb_diag *diag,
                      const char *source)
{
    struct nb_import *import = reading->import;
    reading->doubted[cell] = true;
    NB_GROW(import->doubts, import->n_doubts, reading->cap_doubts);
    import->doubts[import->n_doubts++] = (struct nb_doubt) {
        .cell = cell,
        .mark = diag->mark,
        .source = nb_arena_strdup(&import->strings, source),
        .message = nb_arena_strdup(&import->strings, diag->message),
    };
}

void nb_doubt(struct nb_reading *reading, struct nb_diag *diag, const int *cells, int n_cells,
              int strip)
{
    const char *source = strip < 0 ? "" : reading->document->strips[strip].text;
    int first = diag->n_cells;
    const char **list = nb_arena_alloc(&reading->diags->strings,
                                       ((size_t)first + (size_t)n_cells + 1) * sizeof *list);
    if (first)
        memcpy(list, diag->cells, (size_t)first * sizeof *list);
    for (int i = 0; i < n_cells; i++) {
        const char *address = reading->form->cells[cells[i]].address;
        list[first + i] = nb_diag_keep(reading->diags, address);
        add_doubt(reading, cells[i], diag, source);
    }
    diag->cells = list;
    diag->n_cells = first + n_cells;
    if (diag->n_cells)
        diag->cell = list[0];
}

void nb_tell_strips(const struct nb_reading *reading, enum nb_message message, int strip, int count)
{
    if (!count)
        return;
    char number[16];
    struct nb_buf text = { 0 };
    const struct nb_strip *first = &reading->document->strips[strip];
    snprintf(number, sizeof number, "%d", count);
    nb_text_add_brief(&text, first->text, strlen(first->text));
    nb_diag_add(reading->diags, reading->file, first->mark, message, "count", number, "text",
                nb_buf_text(&text), NULL);
    nb_buf_release(&text);
}

static bool is_inferred(const struct nb_reading *reading, int cell)
{
    return reading->doubted[cell] && nb_draft_figure(reading->import->draft, cell).filled;
}

/* Blanks the inferred cells of an equation; false where it has none. */
static bool blank_inferred(struct nb_reading *reading, struct nb_checker *checker,
                           const struct nb_equation *equation)
{
    bool any = false;
    for (int i = 0; i < equation->n_terms; i++) {
        int cell = equation->terms[i].cell;
        if (!is_inferred(reading, cell))
            continue;
        struct nb_buf name = { 0 };
        nb_cell_add_name(&name, reading->form, cell);
        struct nb_mark place = reading->import->places[cell];
        struct nb_diag *diag = nb_diag_add(reading->diags, reading->file, place,
                                           NB_MSG_IMPORT_REFUTED, "cell", nb_buf_text(&name), NULL);
        nb_doubt(reading, diag, &cell, 1, -1);
        nb_draft_set_figure(reading->import->draft, cell, (struct nb_figure) { 0 });
        nb_checker_cell_changed(checker, cell);
        nb_buf_release(&name);
        any = true;
    }
    return any;
}

/* Findings stand in the report, where the figure of their cell does. */
static void tell_sums(struct nb_reading *reading, const struct nb_checker *checker)
{
    int first = reading->diags->count;
    nb_checker_add_findings(checker, reading->import->draft, reading->file, reading->diags);
    int kept = first;
    for (int i = first; i < reading->diags->count; i++) {
        struct nb_diag diag = reading->diags->items[i];
        int cell = nb_form_find_cell(reading->form, diag.cell, strlen(diag.cell));
        if (diag.severity < NB_ERROR || cell < 0)
            continue; /* `check` will tell */
        diag.mark = reading->import->places[cell];
        reading->diags->items[kept++] = diag;
    }
    reading->diags->count = kept;
}

void nb_judge_sums(struct nb_reading *reading)
{
    const struct nb_form *form = reading->form;
    struct nb_checker *checker =
        nb_checker_new(form, nb_draft_figures(reading->import->draft), NULL);
    for (int i = 0; i < form->n_equations; i++) {
        if (form->equations[i].rule->severity == NB_ERROR &&
            nb_checker_verdict(checker, i) == NB_FAILS)
            blank_inferred(reading, checker, &form->equations[i]);
    }
    tell_sums(reading, checker);
    nb_checker_free(checker);
}

/* ---- doubts about one cell ---- */

/* By cell; what quotes the report comes first, then in its order. */
static int compare_doubts(const void *a, const void *b)
{
    const struct nb_doubt *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell - y->cell;
    if (!x->source[0] != !y->source[0])
        return x->source[0] ? -1 : 1;
    if (x->mark.line != y->mark.line)
        return x->mark.line - y->mark.line;
    if (x->mark.column != y->mark.column)
        return x->mark.column - y->mark.column;
    return strcmp(x->message, y->message);
}

/* The `count` doubts, all about one cell, as one with all reasons; a hostile report has thousands.
 */
static struct nb_doubt joined(struct nb_import *import, const struct nb_doubt *doubts, int count)
{
    enum { MOST = 3 };
    struct nb_doubt one = doubts[0];
    struct nb_buf message = { 0 };
    nb_buf_puts(&message, one.message);
    for (int i = 1; i < count && i < MOST; i++) {
        if (strcmp(doubts[i].message, doubts[i - 1].message) != 0)
            nb_buf_printf(&message, "；%s", doubts[i].message);
    }
    one.message = nb_arena_strdup(&import->strings, message.data);
    nb_buf_release(&message);
    return one;
}

static void note_doubt(struct nb_reading *reading, const struct nb_doubt *doubt)
{
    char line[16];
    struct nb_buf text = { 0 };
    snprintf(line, sizeof line, "%d", doubt->mark.line);
    nb_message_word(&text, NB_MSG_IMPORT_NOTE, "line", line, "why", doubt->message, NULL);
    const char *mark[NB_RECORD_FIELDS] = {
        [NB_MARK_CELL] = reading->form->cells[doubt->cell].address,
        [NB_MARK_TEXT] = nb_buf_text(&text),
    };
    assert(!nb_text_fault(text.data, text.len));
    nb_draft_add_record(reading->import->draft, NB_LIST_MARKS, mark);
    nb_buf_release(&text);
}

/* One reason for neighbouring cells, as of a row, is noted at the first of them. */
static bool is_told_with(const struct nb_doubt *doubt, const struct nb_doubt *before)
{
    return doubt->mark.line == before->mark.line && doubt->mark.column == before->mark.column &&
           before->source[0] && strcmp(doubt->message, before->message) == 0;
}

void nb_settle_doubts(struct nb_reading *reading)
{
    struct nb_import *import = reading->import;
    int n_doubts = import->n_doubts, kept = 0;
    if (n_doubts)
        qsort(import->doubts, (size_t)n_doubts, sizeof *import->doubts, compare_doubts);
    for (int from = 0, to; from < n_doubts; from = to) {
        for (to = from + 1; to < n_doubts && import->doubts[to].cell == import->doubts[from].cell;)
            to++;
        struct nb_doubt *doubt = &import->doubts[kept];
        *doubt = joined(import, &import->doubts[from], to - from);
        if (doubt->source[0] && !(kept && is_told_with(doubt, doubt - 1)))
            note_doubt(reading, doubt);
        kept++;
    }
    import->n_doubts = kept;
}

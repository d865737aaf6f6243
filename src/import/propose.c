/* Figures that the texts name: so many items by microblog.
 *
 * Where a table is not in the report, its figures may be. A clause that ends in a number with the
 * unit of a cell and reads like the label of its row is offered for that cell, never written. */
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "prose.h"
#include "reading.h"

enum { MOST_CODES = 40, ALIKE = 350, ALIKE_ALONE = 500, APART = 100 };

/* A number with what stands before it in its clause. */
struct statement {
    const char *begin, *number, *end; /* of the clause, its digits, its unit */
    struct nb_codes words;
    struct nb_mark mark;
};

/* Behind the last sign that ends a clause before `to`. */
static const char *clause_begin(const char *from, const char *to)
{
    static const char *const signs[] = { "，", "。", "；", "、", "：", "（", "(", ",", ";", "！" };
    const char *begin = from;
    for (const char *at = from; at < to; at++) {
        for (size_t i = 0; i < nb_countof(signs); i++) {
            size_t len = strlen(signs[i]);
            if (strncmp(at, signs[i], len) == 0 && at + len <= to)
                begin = at + len;
        }
    }
    return begin;
}

/* The label of a row as texts would say it: without its unit and the word for number behind it. */
static int misfit_of(const struct nb_spelling *spelling, const struct nb_cell *cell,
                     const struct nb_codes *words)
{
    int best = NB_MISFIT;
    for (int i = 0; i < spelling->count; i++) {
        struct nb_codes label = spelling->items[i], unit = { 0 };
        nb_codes_add(&unit, cell->unit, strlen(cell->unit));
        if (label.count > 3 && label.items[label.count - 1] == U'数')
            label.count--;
        if (label.count > unit.count + 2 && unit.count &&
            memcmp(&label.items[label.count - unit.count], unit.items,
                   (size_t)unit.count * sizeof *unit.items) == 0)
            label.count -= unit.count;
        int misfit = nb_codes_fit(&label, words->items, words->count, words->count);
        best = misfit < best ? misfit : best;
        nb_codes_release(&unit);
    }
    return best;
}

static size_t longest(const struct nb_spelling *spelling)
{
    int most = 0;
    for (int i = 0; i < spelling->count; i++)
        most = spelling->items[i].count > most ? spelling->items[i].count : most;
    return (size_t)most;
}

/* Does one cell alone count in that unit? Then less has to be alike. */
static bool is_alone(const struct nb_form *form, const char *unit)
{
    int count = 0;
    for (int i = 0; i < form->n_cells; i++)
        count += form->cells[i].unit && strcmp(form->cells[i].unit, unit) == 0;
    return count == 1;
}

/* The one cell without a figure that the statement is about, -1: none or several. */
static int find_cell(const struct nb_reading *reading, const struct statement *statement)
{
    int cell = -1, best = NB_MISFIT, second = NB_MISFIT;
    size_t length = 0;
    for (int f = 0; f < reading->known->n_frames; f++) {
        const struct nb_frame *frame = &reading->known->frames[f];
        for (int i = 0; i < frame->n_targets; i++) {
            const struct nb_target *target = &frame->targets[i];
            const struct nb_cell *known = &reading->form->cells[target->cells[0]];
            if (target->n_cells != 1 || !target->spelling || !known->unit ||
                strncmp(statement->end, known->unit, strlen(known->unit)) != 0)
                continue;
            int misfit = misfit_of(target->spelling, known, &statement->words);
            if (misfit > (is_alone(reading->form, known->unit) ? ALIKE_ALONE : ALIKE))
                continue;
            bool longer = misfit == best && longest(target->spelling) > length;
            if (misfit < best || longer) {
                second = longer ? second : best;
                best = misfit;
                length = longest(target->spelling);
                cell = target->cells[0];
            } else if (misfit < second && misfit > best) {
                second = misfit;
            }
        }
    }
    return cell >= 0 && second - best >= APART && reading->doubted[cell] &&
                   !nb_draft_figure(reading->import->draft, cell).filled
               ? cell
               : -1;
}

static void propose(struct nb_reading *reading, const struct statement *statement, int cell,
                    const char *figure)
{
    struct nb_buf name = { 0 }, text = { 0 };
    nb_cell_add_name(&name, reading->form, cell);
    nb_text_add_brief(&text, statement->begin,
                      (size_t)(statement->end - statement->begin) +
                          strlen(reading->form->cells[cell].unit));
    struct nb_diag *diag =
        nb_diag_add(reading->diags, reading->file, statement->mark, NB_MSG_IMPORT_PROPOSAL, "cell",
                    nb_buf_text(&name), "text", nb_buf_text(&text), "figure", figure, NULL);
    diag->cell = nb_diag_keep(reading->diags, reading->form->cells[cell].address);
    for (int i = 0; i < reading->import->n_doubts; i++) {
        struct nb_doubt *doubt = &reading->import->doubts[i];
        if (doubt->cell != cell || doubt->proposed)
            continue;
        doubt->proposed = nb_arena_strdup(&reading->import->strings, figure);
        doubt->said = nb_arena_strdup(&reading->import->strings, nb_buf_text(&text));
        doubt->said_line = statement->mark.line;
    }
    nb_buf_release(&name);
    nb_buf_release(&text);
}

/* A number that begins at `at` in the line: returns where it ends. */
static const char *read_statement(struct nb_reading *reading, const struct nb_strip *strip,
                                  const char *before, const char *line, const char *at)
{
    struct statement statement = { .number = at, .mark = strip->mark };
    const char *end = at;
    while (nb_is_digit(*end) || (*end == '.' && nb_is_digit(end[1])))
        end++;
    statement.end = end + strspn(end, " ");
    statement.begin = clause_begin(line, at);
    if (statement.begin == line) {
        const char *tail = clause_begin(before, before + strlen(before));
        nb_codes_add(&statement.words, tail, strlen(tail));
    }
    nb_codes_add(&statement.words, statement.begin, (size_t)(at - statement.begin));
    statement.mark.column += nb_utf8_count(line, at);
    int cell = statement.words.count && statement.words.count <= MOST_CODES
                   ? find_cell(reading, &statement)
                   : -1;
    if (cell >= 0) {
        char *figure = nb_xstrndup(at, (size_t)(end - at));
        propose(reading, &statement, cell, figure);
        free(figure);
    }
    nb_codes_release(&statement.words);
    return end;
}

void nb_propose_figures(struct nb_reading *reading)
{
    const char *before = "";
    for (int i = 0; i < reading->document->n_strips && reading->import->n_doubts; i++) {
        const struct nb_strip *strip = &reading->document->strips[i];
        int part = reading->sorting->part_of[i];
        if (part < 0 || reading->sorting->parts[part].kind != NB_PART_TEXT || strip->is_row)
            continue;
        for (const char *at = strip->text; *at;) {
            bool starts = nb_is_digit(*at) && (at == strip->text || !nb_is_digit(at[-1]));
            at = starts ? read_statement(reading, strip, before, strip->text, at) : at + 1;
        }
        before = strip->text[0] && !nb_ends_line(strip->text) ? strip->text
                 : strip->text[0]                             ? ""
                                                              : before;
    }
}

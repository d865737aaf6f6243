#include <string.h>

#include "shape_support.h"

static void add_words(struct nb_buf *out, uint64_t *seed)
{
    static const char *const words[] = { "本年度",     "继续推进",
                                         "政务公开",   "（以下简称《条例》）",
                                         "平台建设",   "，",
                                         "、",         "2024年",
                                         "12345",      "www.example.gov.cn",
                                         "APP",        "“互联网＋”",
                                         "占96.5%",    "电话0000-0000000",
                                         "加强培训",   "；",
                                         "《办法》",   "共3929.08万元",
                                         "Word 2016 ", "其中：",
                                         "一是",       "二是",
                                         "规范答复",   "群众满意" };
    for (int count = 3 + random_below(seed, 40); count > 0; count--)
        nb_buf_puts(out, words[random_below(seed, (int)nb_countof(words))]);
    nb_buf_puts(out, random_below(seed, 8) ? "。" : "如下");
}

static void set_words(struct nb_draft *draft, int text, uint64_t *seed)
{
    static const char *const points[] = { "", "", "（一）", "1.", "二、" };
    struct nb_buf prose = { 0 };
    for (int count = 1 + random_below(seed, 4); count > 0; count--) {
        nb_buf_puts(&prose, points[random_below(seed, 5)]);
        add_words(&prose, seed);
        if (count > 1)
            nb_buf_putc(&prose, '\n');
    }
    nb_draft_set_text(draft, text, nb_buf_text(&prose));
    nb_buf_release(&prose);
}

void randomise_figures(struct nb_draft *draft, uint64_t *seed)
{
    const struct nb_form *form = nb_draft_form(draft);
    for (int cell = 0; cell < form->n_cells; cell++)
        nb_draft_set_figure(draft, cell, random_figure(seed, form->cells[cell].kind));
}

/* Parts at random, then each total from its parts, until every sum holds. A cell that only sums of
 * several rows bind is what they leave for it. */
static void balance(struct nb_draft *draft)
{
    const struct nb_form *form = nb_draft_form(draft);
    for (int pass = 0; pass < 6; pass++) {
        for (int i = 0; i < form->n_equations; i++) {
            const struct nb_equation *equation = &form->equations[i];
            nb_wide difference = 0;
            if (equation->rule->severity != NB_ERROR || equation->relation != NB_EQUAL)
                continue;
            for (int j = 0; j < equation->n_terms; j++) {
                const struct nb_term *term = &equation->terms[j];
                nb_wide value = nb_figure_value(form->cells[term->cell].kind,
                                                nb_draft_figure(draft, term->cell)) *
                                term->factor;
                difference += term->side == NB_LEFT ? value : -value;
            }
            /* more on the side that has less, where cells of more than one sum stand last */
            const struct nb_term *last = &equation->terms[equation->n_terms - 1];
            bool left = equation->terms[0].cell == equation->cell && difference < 0;
            int cell = left || last->side == NB_LEFT ? equation->cell : last->cell;
            nb_wide value = nb_figure_value(form->cells[cell].kind, nb_draft_figure(draft, cell));
            struct nb_figure figure;
            if (nb_figure_from_value(form->cells[cell].kind,
                                     left ? value - difference : value + difference, &figure))
                nb_draft_set_figure(draft, cell, figure);
        }
    }
}

void blank_totals(struct nb_draft *draft)
{
    const struct nb_form *form = nb_draft_form(draft);
    for (int i = 0; i < form->n_equations; i++) {
        const struct nb_equation *equation = &form->equations[i];
        const struct nb_cell *total = &form->cells[equation->cell];
        bool row = equation->rule->severity == NB_ERROR;
        for (int j = 0; j < equation->n_terms; j++) {
            const struct nb_cell *cell = &form->cells[equation->terms[j].cell];
            row &= cell->table == total->table && cell->row == total->row;
        }
        if (row)
            nb_draft_set_figure(draft, equation->cell, (struct nb_figure) { 0 });
    }
}

void change_digit(struct nb_draft *draft, uint64_t *seed)
{
    const struct nb_form *form = nb_draft_form(draft);
    int cell = random_below(seed, form->n_cells);
    struct nb_figure figure = nb_draft_figure(draft, cell);
    figure.units += form->cells[cell].kind == NB_AMOUNT ? 1000000 : 1 + random_below(seed, 9);
    nb_draft_set_figure(draft, cell, figure);
}

struct nb_draft *random_report(const struct nb_form *form, uint64_t *seed)
{
    static const char *const units[] = { "示例市", "示例市示例区人民政府", "示例县教育局" };
    struct nb_draft *draft = nb_draft_new(form);
    int sparse = random_below(seed, 3); /* real ones hold mostly zeros */
    nb_draft_set_year(draft, form->year_to ? form->year_to : 2024);
    for (int cell = 0; cell < form->n_cells; cell++) {
        struct nb_figure figure = { .units = random_below(seed, random_below(seed, 3) ? 9 : 900),
                                    .filled = true };
        if (sparse && random_below(seed, 4 * sparse))
            figure.units = 0;
        if (form->cells[cell].kind == NB_AMOUNT) {
            figure.units = figure.units * 1000000 + 250000;
            figure.decimals = 2;
        } else if (form->cells[cell].kind == NB_CHANGE && random_below(seed, 2)) {
            figure.units = -figure.units;
        }
        nb_draft_set_figure(draft, cell, figure);
    }
    balance(draft);
    nb_draft_set_text(draft, NB_TEXT_UNIT, units[random_below(seed, 3)]);
    if (random_below(seed, 4))
        nb_draft_set_text(draft, NB_TEXT_SIGNED_BY, "示例市人民政府办公室");
    if (random_below(seed, 4))
        nb_draft_set_text(draft, NB_TEXT_SIGNED_DATE, "2025-01-20");
    for (int text = NB_TEXT_PEOPLE_FILLED; text < NB_TEXT_PEOPLE_PHONE; text++)
        nb_draft_set_text(draft, text, random_below(seed, 2) ? "甲乙" : "");
    nb_draft_set_text(draft, NB_TEXT_PEOPLE_PHONE, random_below(seed, 2) ? "0000-0000000" : "");
    if (random_below(seed, 4))
        set_words(draft, NB_TEXT_PREAMBLE, seed);
    for (int i = 0; i < form->n_proses; i++) {
        if (form->proses[i]->required || random_below(seed, 3))
            set_words(draft, NB_TEXT_PROSE + i, seed);
    }
    return draft;
}

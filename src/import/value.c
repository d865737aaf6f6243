/* What a atom says in a cell. */
#include <string.h>

#include "nianbao/text.h"
#include "reading.h"

static bool is_money(const char *unit)
{
    static const char yuan[] = "元";
    size_t len = unit ? strlen(unit) : 0;
    return len >= sizeof yuan - 1 && strcmp(unit + len - (sizeof yuan - 1), yuan) == 0;
}

static bool ends_in_digit(const char *text)
{
    size_t len = strlen(text);
    return len && nb_is_digit(text[len - 1]);
}

/* Twelve are twelve, whatever word counts them; only money is another thing. */
static void drop_counter(struct nb_buf *text)
{
    size_t digits = text->len;
    while (digits && !nb_is_digit(text->data[digits - 1]))
        digits--;
    if (digits && !is_money(text->data + digits)) {
        text->len = digits;
        text->data[digits] = '\0';
    }
}

/* Amounts of money are in the unit behind the figure, else in that of the heads. */
enum nb_value nb_value_read(const struct nb_form *form, int cell, const struct nb_atom *atom,
                            const char *unit, struct nb_figure *figure)
{
    const struct nb_cell *row = &form->cells[cell];
    bool money = row->kind == NB_AMOUNT && is_money(row->unit), changed;
    *figure = (struct nb_figure) { 0 };
    if (atom->kind == NB_ATOM_BLANK)
        return NB_VALUE_BLANK;
    if (atom->kind != NB_ATOM_FIGURE)
        return NB_VALUE_BAD;
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, atom->text);
    bool bare = ends_in_digit(atom->text);
    if (money && bare && unit)
        nb_buf_puts(&text, unit);
    if (!money)
        drop_counter(&text);
    enum nb_figure_fault fault =
        nb_figure_type(nb_buf_text(&text), row->kind, row->unit, figure, &changed);
    nb_buf_release(&text);
    if (fault != NB_FIGURE_FINE) {
        *figure = (struct nb_figure) { 0 };
        return NB_VALUE_BAD;
    }
    if (money && figure->units && bare && !unit)
        return NB_VALUE_NO_UNIT;
    if (money && bare && unit && strcmp(unit, row->unit) != 0)
        return NB_VALUE_BY_HEADS;
    return money && !bare && !strstr(atom->text, row->unit) ? NB_VALUE_CONVERTED : NB_VALUE_FINE;
}

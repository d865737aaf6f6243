/* Figures: exact numbers of three kinds, as a draft stores them and as people write them.
 *
 * No floating point anywhere: a count or a change is a 64-bit integer, an amount a 64-bit number
 * of millionths that remembers how many decimals were typed. Sums are 128-bit millionths, which
 * no equation of a loadable form can overflow (form.h bounds factors and terms). */
#ifndef NIANBAO_FIGURE_H
#define NIANBAO_FIGURE_H

#include <stdint.h>

#include "nianbao/base.h"

enum nb_kind {
    NB_COUNT,  /* whole, >= 0 */
    NB_CHANGE, /* whole, signed */
    NB_AMOUNT, /* >= 0, up to six decimals */
};

struct nb_figure {
    int64_t units;    /* of one; of a millionth where the kind is NB_AMOUNT */
    uint8_t decimals; /* as typed, 0 to 6; only for NB_AMOUNT */
    bool filled;      /* false: blank, which is not zero */
};

/* The same value, of one kind: 504658.70 is 504658.7. Blank is the same as blank alone. */
static inline bool nb_figure_same(struct nb_figure a, struct nb_figure b)
{
    return a.filled == b.filled && (!a.filled || a.units == b.units);
}
/* And typed with as many decimals. */
static inline bool nb_figure_same_as_typed(struct nb_figure a, struct nb_figure b)
{
    return nb_figure_same(a, b) && (!a.filled || a.decimals == b.decimals);
}

/* A sum of figures in millionths. */
__extension__ typedef __int128 nb_wide;

enum nb_figure_fault { NB_FIGURE_FINE, NB_FIGURE_NONE, NB_FIGURE_TOO_LARGE };

/* The strict form of the draft file: count 0|[1-9][0-9]*, change the same with an optional -,
 * amount a count with optionally 1 to 6 decimals. `text` need not end with a NUL. */
enum nb_figure_fault nb_figure_read(const char *text, size_t len_bytes, enum nb_kind kind,
                                    struct nb_figure *figure);

/* What a person typed or pasted into a cell with that unit (NULL: none): full-width forms,
 * 1,234, 12件, 增71, 减3, 251000元 where the unit is 万元. Surrounding blanks are ignored. *changed
 * tells that more than the width of characters was normalised. */
enum nb_figure_fault nb_figure_type(const char *text, enum nb_kind kind, const char *unit,
                                    struct nb_figure *figure, bool *changed);

/* The power of ten of a unit of money: 元 0, 万元 4, 亿元 8; -1 for any other unit. */
int nb_unit_exponent(const char *unit, size_t len_bytes);

/* Blank figures append nothing. nb_figure_print() gives a positive change its +. */
void nb_figure_write(struct nb_buf *out, enum nb_kind kind, struct nb_figure figure);
void nb_figure_print(struct nb_buf *out, enum nb_kind kind, struct nb_figure figure);

/* The value of a filled figure; 0 for a blank one. */
nb_wide nb_figure_value(enum nb_kind kind, struct nb_figure figure);
/* The filled figure with that value; false when the kind or 64 bits cannot hold it. */
bool nb_figure_from_value(enum nb_kind kind, nb_wide value, struct nb_figure *figure);
/* Whole numbers without, others with as many decimals as needed. */
void nb_wide_write(struct nb_buf *out, nb_wide value);

/* What a figure of the kind looks like, for messages: 整数, … */
const char *nb_kind_wanted(enum nb_kind kind);
/* "count", "change", "amount" */
const char *nb_kind_name(enum nb_kind kind);

#endif

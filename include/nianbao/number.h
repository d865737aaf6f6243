/* Numbers as prose writes them: 3525, 3,525, 1.2万, 三千五百二十五, 两百零三, 12.5%,
 * 百分之十二点五.
 *
 * What a number counts, and whether it is meant exactly, is in the words around it. */
#ifndef NIANBAO_NUMBER_H
#define NIANBAO_NUMBER_H

#include "nianbao/figure.h"

struct nb_number {
    nb_wide value; /* 12.5% is 12.5 */
    nb_wide step;  /* one of its last written place: 10^8 millionths in 1.2万, 10^6 in 3525 */
    bool percent;
    bool chinese; /* written in ideographs */
    bool vague;   /* 三四, 一 by itself, more digits than any figure has: says no number */
};

/* The length in bytes of the number that begins at `text` with a digit or a numeral, 0: none does.
 * Text is narrow (half-width digits) and without blanks inside numbers; it need not end with a NUL.
 */
size_t nb_number_read(const char *text, const char *end, struct nb_number *number);

/* Does a number begin there, with a digit or a numeral? */
bool nb_number_may_begin(const char *text, const char *end);
/* All numerals, for looking out for them: three bytes each. */
extern const char nb_numerals[];

#endif

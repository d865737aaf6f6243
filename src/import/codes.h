/* Labels as they are compared: code points without blanks, punctuation, width and case. */
#ifndef IMPORT_CODES_H
#define IMPORT_CODES_H

#include <stdint.h>

#include "nianbao/base.h"

struct nb_codes {
    uint32_t *items; /* heap */
    int count, cap;
};

/* Appends what is essential of the text: NFKC, letters and digits alone, lower case, traditional
 * characters as simplified ones. */
void nb_codes_add(struct nb_codes *codes, const char *text, size_t len_bytes);
void nb_codes_release(struct nb_codes *codes);
bool nb_codes_equal(const struct nb_codes *a, const struct nb_codes *b);

/* Does the text stand somewhere in the word? */
bool nb_codes_part(const struct nb_codes *word, const struct nb_codes *text);

/* Behind an enumerator that the text begins with (一、 （三） 4. ③ 第二部分), else the text itself;
 * *number is its value, 0 where there is none. */
const char *nb_skip_enumerator(const char *text, int *number);

/* Twice the longest common subsequence over the sum of lengths, in thousandths. */
int nb_codes_likeness(const struct nb_codes *a, const struct nb_codes *b);

/* How badly `label` fits into `text`, in thousandths of its length: changes within the best place,
 * and what stands behind it. The place begins within the first `own` codes of the text, at least a
 * third of it; what is behind them was taken along to see labels that go on there. NB_MISFIT where
 * more than half of it stands nowhere in the text. */
int nb_codes_fit(const struct nb_codes *label, const uint32_t *text, int own, int count);
/* Changes between the label and the part of the text that is most like it. */
int nb_codes_within(const struct nb_codes *label, const struct nb_codes *text);
enum { NB_MISFIT = 1000 };

#endif

/* Slips of the keyboard that Chinese typography does not allow, and how they are mended.
 *
 * Which they are belongs to the language and not to any form: GB/T 15834-2011 (punctuation) and
 * GB/T 15835-2011 (figures), GB/T 9704-2012 7.3.5 (the brackets of a notice's year). Where a
 * reading without a slip is possible, nothing is said. */
#ifndef NIANBAO_TYPOGRAPHY_H
#define NIANBAO_TYPOGRAPHY_H

#include "nianbao/base.h"

enum nb_typo_kind {
    NB_TYPO_HALF_WIDTH, /* 测试,全部 -> 测试，全部 */
    NB_TYPO_BRACKETS,   /* 函[2021]30号 -> 函〔2021〕30号 */
    NB_TYPO_NUMBER,     /* 3929. 08万元 -> 3929.08万元 */
    NB_TYPO_KINDS
};

/* The bytes [offset, offset + len) should be `mended`. */
struct nb_typo {
    enum nb_typo_kind kind;
    size_t offset, len;
    const char *mended; /* static */
    bool again;         /* belongs to the slip before it, as ) to ( */
};

struct nb_typos {
    struct nb_typo *items; /* heap, by offset; they do not overlap */
    int count, cap;
};

/* Appends the slips of a text; `typos` starts from { 0 } or is used again. The text is valid
 * UTF-8. */
void nb_typos_find(struct nb_typos *typos, const char *text, size_t len_bytes);
/* Appends the text with all its slips mended. */
void nb_typos_mend(const struct nb_typos *typos, const char *text, size_t len_bytes,
                   struct nb_buf *out);
void nb_typos_release(struct nb_typos *typos);

#endif

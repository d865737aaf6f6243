/* Sentences and clauses of Chinese prose, as bytes of the text they stand in.
 *
 * Made for walking through a text once: nothing is allocated, and every step costs what it passes.
 * The text is valid UTF-8 and need not end with a NUL. */
#ifndef NIANBAO_SENTENCE_H
#define NIANBAO_SENTENCE_H

#include "nianbao/base.h"

struct nb_span {
    size_t start, len; /* bytes */
};

/* Moves on to the next sentence of the text, whose first one follows { 0 }; false behind the last,
 * with an empty span at the end. Blanks before it and empty lines are in none, its closing marks
 * are.
 *
 * A sentence ends with 。！？； (or several) or the line. Where one of the first four stands inside
 * brackets or quotes that are closed again in the same paragraph it ends nothing, unless a closing
 * quote right behind a 。 ends the sentence: 要求“应办尽办。”. Half-width ! ? ; count between
 * ideographs, a full-width ． behind one; a point never: it is decimal or numbers a list. */
bool nb_sentence_next(const char *text, size_t len_bytes, struct nb_span *sentence);

/* The same for the clauses of a sentence, which end with ， or ： outside brackets and quotes
 * (half-width where no digits are on both sides). Offsets are into `text`, of which the span
 * `sentence` is a part; the first one follows an empty span at its start. */
bool nb_clause_next(const char *text, struct nb_span sentence, struct nb_span *clause);

/* Moves on to the next run of ASCII digits, in the same way; costs little where there are none. */
bool nb_digits_next(const char *text, size_t len_bytes, struct nb_span *digits);

#endif

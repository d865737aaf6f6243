/* Records of a draft's lists as lines, to be compared like sentences. */
#ifndef NIANBAO_COMPARE_RECORD_H
#define NIANBAO_COMPARE_RECORD_H

#include "nianbao/draft.h"
#include "sentence.h"

/* A line for each record: its fields, each with a NUL behind it, in the arena. */
void nb_records_cut(const struct nb_draft *draft, enum nb_list list, struct nb_arena *arena,
                    struct nb_sentences *lines);
/* The fields of such a line, borrowed from it. */
void nb_record_split(const struct nb_sentence *line, const char *fields[NB_RECORD_FIELDS]);

#endif

#include "record.h"

#include <string.h>

void nb_records_cut(const struct nb_draft *draft, enum nb_list list, struct nb_arena *arena,
                    struct nb_sentences *lines)
{
    for (int i = 0; i < nb_draft_record_count(draft, list); i++) {
        const char *const *fields = nb_draft_record(draft, list, i);
        struct nb_buf line = { 0 };
        for (int field = 0; field < NB_RECORD_FIELDS; field++)
            nb_buf_add(&line, fields[field], strlen(fields[field]) + 1);
        NB_GROW(lines->items, lines->count, lines->cap);
        lines->items[lines->count++] =
            (struct nb_sentence) { nb_arena_strndup(arena, line.data, line.len), line.len, 0 };
        nb_buf_release(&line);
    }
}

void nb_record_split(const struct nb_sentence *line, const char *fields[NB_RECORD_FIELDS])
{
    const char *at = line->start;
    for (int field = 0; field < NB_RECORD_FIELDS; field++) {
        fields[field] = at;
        at += strlen(at) + 1;
    }
}

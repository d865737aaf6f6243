/* The state of reading a draft file, and what reading its parts has in common.
 *
 * Every fault is told once, at its own place; what has been told is passed over whole, so that
 * nothing is told twice. */
#ifndef NIANBAO_DRAFT_READER_H
#define NIANBAO_DRAFT_READER_H

#include <string.h>

#include "form/yaml.h"
#include "internal.h"

enum { NB_READER_MAX_ERRORS = 20 };

struct nb_reader {
    struct nb_yaml yaml;
    struct nb_catalog *catalog;
    struct nb_draft *draft; /* NULL until the form is known */
    unsigned seen;          /* of nianbao, form, year and unit */
    unsigned meant;         /* those of them that unknown keys were taken for */
    bool seen_text[NB_TEXT_PROSE], seen_list[NB_LIST_COUNT];
    bool seen_group[NB_TEXT_PROSE]; /* by the group's first text */
    bool looked_ahead;              /* for the form */
    bool given_up;                  /* nothing more can sensibly be told */
    int errors_before;
};

/* A key of a mapping, valid until the next event. */
struct nb_key_name {
    const char *text; /* may hold NULs */
    size_t len;
    struct nb_mark mark;
};

/* False when nothing more is to be read: the end, too many faults, or no use in going on. */
bool nb_reader_goes_on(const struct nb_reader *reader);

/* Tell of a value and pass over it. */
void nb_reader_type_fault(struct nb_reader *reader, const yaml_event_t *event, const char *key,
                          const char *wanted);
void nb_reader_value_fault(struct nb_reader *reader, struct nb_mark mark, const char *key,
                           const char *text, size_t len, const char *wanted);
void nb_reader_missing(struct nb_reader *reader, struct nb_mark mark, const char *key);
void nb_reader_skip_value(struct nb_reader *reader);

/* The next key of a mapping; false at its end. A key that is no name is told and passed over. */
bool nb_reader_next_key(struct nb_reader *reader, struct nb_key_name *key);
/* Tells and passes over. Returns which of the names was probably meant, or -1. */
int nb_reader_unknown_key(struct nb_reader *reader, const struct nb_key_name *key,
                          const char *const *names, int n_names);
/* True, told and passed over, where the key came before. */
bool nb_reader_is_repeated(struct nb_reader *reader, const struct nb_key_name *key, bool seen);

static inline bool nb_reader_is(const char *text, size_t len, const char *name)
{
    return strlen(name) == len && memcmp(text, name, len) == 0;
}

static inline const char *nb_reader_scalar_text(const yaml_event_t *event)
{
    return (const char *)event->data.scalar.value;
}

/* A text without newlines at its end, "" where there is none; NULL after a fault. Heap memory. */
char *nb_reader_take_text(struct nb_reader *reader, const yaml_event_t *event, const char *key,
                          enum nb_text_type type, struct nb_text_place *place);
/* Takes the value that follows into *text, which is NULL, and leaves it NULL where there is none.
 * False after a fault. */
bool nb_reader_put_text(struct nb_reader *reader, const char *key, enum nb_text_type type,
                        char **text, struct nb_text_place *place);

#endif

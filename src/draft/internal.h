/* The draft's inside and the tables that reader and writer share. */
#ifndef NIANBAO_DRAFT_INTERNAL_H
#define NIANBAO_DRAFT_INTERNAL_H

#include "nianbao/draft.h"

struct nb_record {
    const char *fields[NB_RECORD_FIELDS]; /* in the draft's arena */
};

/* Where a text stands in the file, with its quotes. */
struct nb_text_place {
    struct nb_mark start; /* line 0: not in the file */
    size_t from, to;      /* bytes */
};
/* The places of the bytes at `offsets`, in ascending order, of the text's value, which has a NUL
 * only at or behind them. */
void nb_text_place_marks(const struct nb_text_place *place, const char *file, const char *value,
                         const size_t *offsets, int count, struct nb_mark *marks);
struct nb_mark nb_text_place_mark(const struct nb_text_place *place, const char *file,
                                  const char *value, size_t offset);

struct nb_draft {
    const struct nb_form *form;
    int year;
    struct nb_figure *figures;    /* by cell */
    char **texts;                 /* heap; NULL is "" */
    struct nb_mark *cell_marks;   /* values; line 0: not in the file */
    struct nb_mark *key_marks;    /* keys of nb_form.keys */
    struct nb_text_place *places; /* by text */
    char *source;                 /* the file that was read, which places refer to */
    struct nb_arena arena;        /* records */
    struct {
        struct nb_record *items; /* heap */
        int count, cap;
    } lists[NB_LIST_COUNT];
};

/* What may stand in a text. */
enum nb_text_type { NB_TEXT_LINE, NB_TEXT_DATE, NB_TEXT_LINES };

/* The texts of the head, indexed by NB_TEXT_UNIT and so on. Those of one group stand together. */
struct nb_head_text {
    const char *group;                  /* NULL: stands at the top level */
    const char *name, *address, *title; /* title: what people call it */
    enum nb_text_type type;
};
extern const struct nb_head_text nb_head_texts[NB_TEXT_PROSE];

/* The lists of records. */
enum nb_field_kind { NB_RECORD_ADDRESS, NB_RECORD_RULE, NB_RECORD_TEXT };
struct nb_list_shape {
    const char *name, *title;
    struct {
        const char *name; /* NULL: no further field */
        enum nb_field_kind kind;
        bool required;
    } fields[NB_RECORD_FIELDS];
};
extern const struct nb_list_shape nb_list_shapes[NB_LIST_COUNT];

/* What is wrong with a text for that place, in words for "不是{wanted}", or NULL. */
const char *nb_text_type_fault(enum nb_text_type type, const char *value);
enum nb_text_type nb_draft_text_type(int text);

#endif

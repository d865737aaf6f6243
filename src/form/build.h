/* What the stages of compiling a form share: read.c takes the file apart, outline.c makes leaves,
 * cells and keys of the trees, expression.c and rules.c turn rules into equations. */
#ifndef NIANBAO_FORM_BUILD_H
#define NIANBAO_FORM_BUILD_H

#include <stddef.h>

#include "nianbao/form.h"
#include "tree.h"

struct nb_form_private {
    struct nb_arena arena;
    int *slots; /* open addressing over cell addresses; cell + 1, 0 is free */
    unsigned slot_mask;
    struct nb_mark id_mark; /* where the file gives its id */
};

struct nb_build {
    struct nb_form *form;
    struct nb_arena *arena;
    struct nb_diags *diags;
    const char *file;
    struct nb_known_forms known;
    /* parts of the file that need the cells to be known first; NULL where absent */
    const struct nb_tree *rules, *carry, *words, *topics, *phrases;
    /* What faults may have hidden, so that nothing follows from them: by section, some of its
     * cells; a section's id; anything. */
    bool *doubtful, nameless, all_doubtful;
};

/* A fault may have hidden cells of that section. */
void nb_build_doubt(struct nb_build *build, const struct nb_section *section);
/* May the form have this address in its author's mind, but for faults already told? */
bool nb_build_is_doubtful(const struct nb_build *build, const char *address);

/* An array of `count` zeroed items in the form's arena. */
void *nb_build_array(struct nb_build *build, int count, size_t size_bytes);
void nb_build_value_fault(struct nb_build *build, const struct nb_tree *value, const char *wanted);

/* How a key of a mapping is taken into the struct `target`. */
enum nb_field_type {
    NB_FIELD_TEXT,
    NB_FIELD_TEXTS, /* a list */
    NB_FIELD_WORDS, /* a list, or one text with blanks between the words */
    NB_FIELD_FLAG,
    NB_FIELD_OTHER
};
struct nb_field {
    const char *key;
    bool required;
    enum nb_field_type type;
    size_t offset;       /* of a const char *, a bool or, for texts, a const char *const * */
    size_t count_offset; /* of the int that counts texts */
    void (*take)(struct nb_build *build, const struct nb_tree *value, void *target);
};

/* Rows of such tables. */
#define TEXT(key, required, type, member)                                                          \
    {                                                                                              \
        key, required, NB_FIELD_TEXT, offsetof(type, member), 0, NULL                              \
    }
#define TEXTS(key, type, member, count)                                                            \
    {                                                                                              \
        key, false, NB_FIELD_TEXTS, offsetof(type, member), offsetof(type, count), NULL            \
    }
#define WORDS(key, type, member)                                                                   \
    {                                                                                              \
        key, false, NB_FIELD_WORDS, offsetof(type, member), 0, NULL                                \
    }
#define FLAG(key, type, member)                                                                    \
    {                                                                                              \
        key, false, NB_FIELD_FLAG, offsetof(type, member), 0, NULL                                 \
    }
#define OTHER(key, required, take)                                                                 \
    {                                                                                              \
        key, required, NB_FIELD_OTHER, 0, 0, take                                                  \
    }

/* Takes every pair of `map`; tells of unknown and missing keys and of wrong types. `name` is what
 * the mapping is called in messages. Returns the number of unknown keys: one of them may be what
 * the caller misses. */
int nb_build_fields(struct nb_build *build, const struct nb_tree *map, const char *name,
                    const struct nb_field *fields, size_t n_fields, void *target);
/* True for a list, else told. */
bool nb_build_is_list(struct nb_build *build, const struct nb_tree *value);

/* nb_form_compile() for a file that has already been read into a tree, which outlives the form. */
enum nb_status nb_form_compile_tree(const char *file, const struct nb_tree *root,
                                    const struct nb_known_forms *known, struct nb_diags *diags,
                                    struct nb_form **out);

/* The sections and cells of a form without its rules, for forms that name each other's cells.
 * Faults are not told; what they concern is left out. NULL where there is no tree. */
struct nb_form *nb_form_outline(const char *text, size_t len_bytes);
struct nb_form *nb_form_outline_tree(const struct nb_tree *root);

/* Takes the mapping `proofreading`. */
void nb_build_proofreading(struct nb_build *build, const struct nb_tree *map,
                           struct nb_proof_words *words);
void nb_build_sections(struct nb_build *build, const struct nb_tree *root);
void nb_build_outline(struct nb_build *build);
void nb_build_rules(struct nb_build *build);
void nb_build_carries(struct nb_build *build);
void nb_build_wording(struct nb_build *build);
/* A list of sums without relation: equations with all terms on the left. */
const struct nb_equation *nb_build_sums(struct nb_build *build, const struct nb_tree *list,
                                        int *count);

#endif

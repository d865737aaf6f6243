/* A YAML file as a tree with positions, for form files: small, read once, every key checked. */
#ifndef NIANBAO_FORM_TREE_H
#define NIANBAO_FORM_TREE_H

#include "nianbao/diag.h"

enum nb_tree_type { NB_TREE_TEXT, NB_TREE_LIST, NB_TREE_MAP, NB_TREE_REFUSED };

/* A value. The members of a list and the pairs of a map hang on `first`, linked by `next`; a member
 * of a map carries its key. */
struct nb_tree {
    enum nb_tree_type type;
    const char *text; /* of a scalar */
    bool plain;       /* a scalar without quotes on one line: its text stands at `mark` */
    struct nb_mark mark;
    const char *key; /* NULL outside a map */
    struct nb_mark key_mark;
    const struct nb_tree *first, *next;
    int count;
};

/* Reads the whole text into `arena`. NULL when the text is empty or cannot be read to its end;
 * faults are in `diags`, and a tree can come back along with faults. */
const struct nb_tree *nb_tree_read(const char *file, const char *text, size_t len_bytes,
                                   struct nb_arena *arena, struct nb_diags *diags);

#endif

/* The form files that are part of the program, already taken apart; tools/embed.c makes
 * build/builtin.c of forms/ when the program is built. */
#ifndef NIANBAO_FORM_BUILTIN_H
#define NIANBAO_FORM_BUILTIN_H

#include "tree.h"

struct nb_builtin_form {
    const char *id; /* the file's name without .yaml, which a test holds against its id */
    const struct nb_tree *root;
};
extern const struct nb_builtin_form nb_builtin_forms[];
extern const size_t nb_builtin_count;

#endif

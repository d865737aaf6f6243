/* The form files that are part of the program; build/builtin.c is made from forms/ by make. */
#ifndef NIANBAO_FORM_BUILTIN_H
#define NIANBAO_FORM_BUILTIN_H

#include <stddef.h>

struct nb_builtin_form {
    const char *id; /* the file's name without .yaml, which a test holds against its id */
    const unsigned char *text;
    size_t len_bytes;
};
extern const struct nb_builtin_form nb_builtin_forms[];
extern const size_t nb_builtin_count;

#endif

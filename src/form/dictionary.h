/* Making the dictionary of a form's wording; it and its words live in the form's arena. */
#ifndef NIANBAO_FORM_DICTIONARY_H
#define NIANBAO_FORM_DICTIONARY_H

#include "build.h"
#include "nianbao/wording.h"

struct nb_dictionary;

/* With room for so many words, each used once; NULL after having told that these are too many. */
struct nb_dictionary *nb_dictionary_new(struct nb_build *build, int n_words);
/* Adds the words, those that are new. */
void nb_dictionary_add_sense(struct nb_build *build, struct nb_dictionary *dictionary,
                             const char *words, enum nb_sense sense);
void nb_dictionary_add_uses(struct nb_build *build, struct nb_dictionary *dictionary,
                            const char *words, enum nb_role role, int index);

#endif

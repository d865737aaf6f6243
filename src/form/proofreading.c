/* The words of a form that checks of its texts go by. */
#include <string.h>

#include "build.h"

#define WORD_LIST(list)                                                                            \
    {                                                                                              \
#list, false, NB_FIELD_TEXTS,                                                              \
            offsetof(struct nb_proof_words, list) + offsetof(struct nb_words, items),              \
            offsetof(struct nb_proof_words, list) + offsetof(struct nb_words, count), NULL         \
    }
static const struct nb_field proof_fields[] = {
    WORD_LIST(elsewhen), WORD_LIST(outlook), WORD_LIST(period),  WORD_LIST(units),
    WORD_LIST(levels),   WORD_LIST(peers),   WORD_LIST(offices), WORD_LIST(no_names),
    WORD_LIST(own),      WORD_LIST(acts),    WORD_LIST(guests),  WORD_LIST(templates),
    WORD_LIST(doubles),  WORD_LIST(once),    WORD_LIST(links),
};

static bool has_word(const struct nb_words *words, const char *word)
{
    for (int i = 0; i < words->count; i++) {
        if (strcmp(words->items[i], word) == 0)
            return true;
    }
    return false;
}

/* A peer is one of the levels. */
static void check_peers(struct nb_build *build, const struct nb_tree *peers,
                        const struct nb_words *levels)
{
    for (const struct nb_tree *peer = peers->first; peer; peer = peer->next) {
        if (peer->type == NB_TREE_TEXT && peer->text[0] && !has_word(levels, peer->text))
            nb_build_value_fault(build, peer, " levels 里的词");
    }
}

void nb_build_proofreading(struct nb_build *build, const struct nb_tree *map,
                           struct nb_proof_words *words)
{
    nb_build_fields(build, map, "proofreading", proof_fields, nb_countof(proof_fields), words);
    for (const struct nb_tree *list = map->first; list; list = list->next) {
        if (map->type == NB_TREE_MAP && list->type == NB_TREE_LIST &&
            strcmp(list->key, "peers") == 0)
            check_peers(build, list, &words->levels);
    }
}

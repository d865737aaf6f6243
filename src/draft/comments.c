/* Does a draft file hold comments? They belong to no event of libyaml, so they are what is left of
 * the # signs when all scalars are taken away. */
#include <stdlib.h>
#include <string.h>

#include "form/yaml.h"
#include "nianbao/draft.h"

/* Overwrites what belongs to a scalar, so that only comments keep their #. */
static void blank_out(char *text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (text[i] == '#')
            text[i] = ' ';
    }
}

bool nb_draft_file_has_comments(const char *text, size_t len_bytes)
{
    if (!memchr(text, '#', len_bytes))
        return false;
    struct nb_diags ignored = { 0 };
    struct nb_yaml yaml;
    nb_yaml_open(&yaml, "", text, len_bytes, &ignored);
    char *bare = nb_xstrndup(yaml.text, yaml.len_bytes);
    for (const yaml_event_t *event; (event = nb_yaml_next(&yaml));) {
        if (event->type != YAML_SCALAR_EVENT)
            continue;
        size_t from = nb_yaml_byte(&yaml, event->start_mark);
        if (bare[from] == '|' || bare[from] == '>') /* a comment may follow on its line */
            from += strcspn(bare + from, "\n");
        size_t to = nb_yaml_byte(&yaml, event->end_mark);
        blank_out(bare, from, to);
    }
    bool found = memchr(bare, '#', yaml.len_bytes) != NULL;
    nb_yaml_close(&yaml);
    nb_diags_release(&ignored);
    free(bare);
    return found;
}

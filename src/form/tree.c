#include "tree.h"

#include <string.h>

#include "nianbao/text.h"
#include "yaml.h"

struct builder {
    struct nb_yaml yaml;
    struct nb_arena *arena;
};

static struct nb_tree *build(struct builder *builder, const yaml_event_t *event);

static void check_text(struct builder *builder, const struct nb_tree *value, size_t len)
{
    if (nb_text_fault(value->text, len) || strlen(value->text) != len)
        nb_diag_add(builder->yaml.diags, builder->yaml.file, value->mark, NB_MSG_YAML_CHARACTER,
                    "code", "（控制字符）", NULL);
}

static void build_text(struct builder *builder, const yaml_event_t *event, struct nb_tree *value)
{
    size_t len = event->data.scalar.length;
    value->type = NB_TREE_TEXT;
    value->text = nb_arena_strndup(builder->arena, (const char *)event->data.scalar.value, len);
    value->plain = nb_yaml_is_plain(event) && event->start_mark.line == event->end_mark.line;
    check_text(builder, value, len);
}

static void build_list(struct builder *builder, struct nb_tree *list)
{
    list->type = NB_TREE_LIST;
    const struct nb_tree **link = &list->first;
    for (const yaml_event_t *event;
         (event = nb_yaml_next(&builder->yaml)) && event->type != YAML_SEQUENCE_END_EVENT;) {
        struct nb_tree *value = build(builder, event);
        *link = value;
        link = &value->next;
        list->count++;
    }
}

static bool has_key(const struct nb_tree *map, const char *key)
{
    for (const struct nb_tree *pair = map->first; pair; pair = pair->next) {
        if (strcmp(pair->key, key) == 0)
            return true;
    }
    return false;
}

/* The value behind a key, NULL where the file ends. */
static struct nb_tree *build_value(struct builder *builder)
{
    const yaml_event_t *event = nb_yaml_next(&builder->yaml);
    return event ? build(builder, event) : NULL;
}

static void build_map(struct builder *builder, struct nb_tree *map)
{
    map->type = NB_TREE_MAP;
    const struct nb_tree **link = &map->first;
    for (const yaml_event_t *event;
         (event = nb_yaml_next(&builder->yaml)) && event->type != YAML_MAPPING_END_EVENT;) {
        const struct nb_tree *key = build(builder, event);
        struct nb_tree *value = build_value(builder);
        if (!value)
            return;
        const char *file = builder->yaml.file;
        if (key->type != NB_TREE_TEXT) {
            nb_diag_add(builder->yaml.diags, file, key->mark, NB_MSG_YAML_KEY, NULL);
        } else if (has_key(map, key->text)) {
            nb_diag_add(builder->yaml.diags, file, key->mark, NB_MSG_YAML_DUPLICATE, "key",
                        key->text, NULL);
        } else {
            value->key = key->text;
            value->key_mark = key->mark;
            *link = value;
            link = &value->next;
            map->count++;
        }
    }
}

/* Recursion is bounded by NB_YAML_MAX_DEPTH. */
static struct nb_tree *build(struct builder *builder, const yaml_event_t *event)
{
    struct nb_tree *value = nb_arena_alloc(builder->arena, sizeof *value);
    value->mark = nb_yaml_mark(event->start_mark);
    if (event->type == YAML_SCALAR_EVENT)
        build_text(builder, event, value);
    else if (event->type == YAML_SEQUENCE_START_EVENT)
        build_list(builder, value);
    else if (event->type == YAML_MAPPING_START_EVENT)
        build_map(builder, value);
    else
        value->type = NB_TREE_REFUSED;
    return value;
}

const struct nb_tree *nb_tree_read(const char *file, const char *text, size_t len_bytes,
                                   struct nb_arena *arena, struct nb_diags *diags)
{
    struct builder builder = { .arena = arena };
    nb_yaml_open(&builder.yaml, file, text, len_bytes, diags);
    struct nb_tree *root = build_value(&builder);
    if (builder.yaml.stopped)
        root = NULL; /* what is missing from half a file is no fault of its own */
    else
        nb_yaml_next(&builder.yaml); /* tells of a second document */
    nb_yaml_close(&builder.yaml);
    return root;
}

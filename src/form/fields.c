/* Taking a YAML mapping apart by a table of its keys. */
#include "build.h"

#include <assert.h>
#include <string.h>

#include "nianbao/text.h"

void *nb_build_array(struct nb_build *build, int count, size_t size_bytes)
{
    return nb_arena_alloc(build->arena, (size_t)count * size_bytes);
}

static void type_fault(struct nb_build *build, const struct nb_tree *value, const char *wanted)
{
    if (value->type != NB_TREE_REFUSED)
        nb_diag_add(build->diags, build->file, value->mark, NB_MSG_YAML_TYPE, "key",
                    value->key ? value->key : "-", "wanted", wanted, NULL);
}

void nb_build_value_fault(struct nb_build *build, const struct nb_tree *value, const char *wanted)
{
    if (value->type != NB_TREE_TEXT) {
        type_fault(build, value, wanted);
        return;
    }
    nb_diag_add(build->diags, build->file, value->mark, NB_MSG_FORM_VALUE, "key",
                value->key ? value->key : "-", "text", value->text, "wanted", wanted, NULL);
}

bool nb_build_is_list(struct nb_build *build, const struct nb_tree *value)
{
    if (value->type != NB_TREE_LIST)
        type_fault(build, value, "列表");
    return value->type == NB_TREE_LIST;
}

static const char *take_text(struct nb_build *build, const struct nb_tree *value)
{
    if (value->type == NB_TREE_TEXT && value->text[0])
        return value->text;
    type_fault(build, value, "文字");
    return "";
}

static void take_texts(struct nb_build *build, const struct nb_tree *list, const char ***texts,
                       int *count)
{
    if (!nb_build_is_list(build, list))
        return;
    const char **items = nb_build_array(build, list->count, sizeof *items);
    for (const struct nb_tree *value = list->first; value; value = value->next)
        items[(*count)++] = take_text(build, value);
    *texts = items;
}

/* A list becomes one text; blanks in a word do not count, as in the texts it is looked for in. */
static const char *join_words(struct nb_build *build, const struct nb_tree *list)
{
    struct nb_buf words = { 0 };
    for (const struct nb_tree *value = list->first; value; value = value->next) {
        const char *text = take_text(build, value);
        for (; *text; text++) {
            if (*text != ' ' && *text != '\n')
                nb_buf_putc(&words, *text);
        }
        nb_buf_putc(&words, ' ');
    }
    const char *kept = nb_arena_strndup(build->arena, nb_buf_text(&words), words.len);
    nb_buf_release(&words);
    return kept;
}

static const char *take_words(struct nb_build *build, const struct nb_tree *value)
{
    if (value->type == NB_TREE_TEXT)
        return value->text;
    return nb_build_is_list(build, value) ? join_words(build, value) : "";
}

static bool take_flag(struct nb_build *build, const struct nb_tree *value)
{
    bool yes = value->type == NB_TREE_TEXT && strcmp(value->text, "true") == 0;
    if (!yes && (value->type != NB_TREE_TEXT || strcmp(value->text, "false") != 0))
        nb_build_value_fault(build, value, " true 或 false");
    return yes;
}

static void take_field(struct nb_build *build, const struct nb_field *field,
                       const struct nb_tree *value, void *target)
{
    void *member = (char *)target + field->offset;
    switch (field->type) {
    case NB_FIELD_TEXT:
        *(const char **)member = take_text(build, value);
        break;
    case NB_FIELD_TEXTS:
        take_texts(build, value, member, (int *)(void *)((char *)target + field->count_offset));
        break;
    case NB_FIELD_WORDS:
        *(const char **)member = take_words(build, value);
        break;
    case NB_FIELD_FLAG:
        *(bool *)member = take_flag(build, value);
        break;
    case NB_FIELD_OTHER:
        if (field->take)
            field->take(build, value, target);
        break;
    }
}

void nb_build_doubt(struct nb_build *build, const struct nb_section *section)
{
    build->doubtful[section - build->form->sections] = true;
}

bool nb_build_is_doubtful(const struct nb_build *build, const char *address)
{
    const struct nb_form *form = build->form;
    size_t len = strcspn(address, ".");
    bool found = false, doubtful = false;
    for (int i = 0; i < form->n_sections; i++) {
        const char *id = form->sections[i].id;
        if (strncmp(id, address, len) != 0 || id[len])
            continue;
        found = true;
        doubtful = doubtful || build->doubtful[i];
    }
    return build->all_doubtful || doubtful || (!found && build->nameless);
}

/* Returns the index of the key that may be meant, -1 where none is near. */
static int unknown_key(struct nb_build *build, const struct nb_tree *value,
                       const struct nb_field *fields, size_t n_fields)
{
    enum { MOST = 32 };
    const char *keys[MOST] = { NULL };
    assert(n_fields <= MOST);
    for (size_t i = 0; i < n_fields; i++)
        keys[i] = fields[i].key;
    const char *nearest = nb_text_nearest(value->key, keys, (int)n_fields);
    struct nb_buf hint = { 0 };
    if (nearest)
        nb_buf_printf(&hint, "，是 %s 吗？", nearest);
    nb_diag_add(build->diags, build->file, value->key_mark, NB_MSG_KEY_UNKNOWN, "key", value->key,
                "hint", nb_buf_text(&hint), NULL);
    nb_buf_release(&hint);
    for (int i = 0; i < (int)n_fields; i++) {
        if (keys[i] == nearest)
            return i;
    }
    return -1;
}

static bool has_key(const struct nb_tree *map, const char *key)
{
    for (const struct nb_tree *value = map->first; value; value = value->next) {
        if (strcmp(value->key, key) == 0)
            return true;
    }
    return false;
}

int nb_build_fields(struct nb_build *build, const struct nb_tree *map, const char *name,
                    const struct nb_field *fields, size_t n_fields, void *target)
{
    int n_unknown = 0, meant;
    unsigned misspelt = 0; /* by field: an unknown key may be it, so it is not told as missing */
    if (map->type != NB_TREE_MAP) {
        if (map->type != NB_TREE_REFUSED)
            nb_diag_add(build->diags, build->file, map->mark, NB_MSG_YAML_TYPE, "key", name,
                        "wanted", "键和值", NULL);
        return 0;
    }
    for (const struct nb_tree *value = map->first; value; value = value->next) {
        size_t i = 0;
        while (i < n_fields && strcmp(fields[i].key, value->key) != 0)
            i++;
        if (i < n_fields) {
            take_field(build, &fields[i], value, target);
            continue;
        }
        n_unknown++;
        if ((meant = unknown_key(build, value, fields, n_fields)) >= 0)
            misspelt |= 1u << meant;
    }
    for (size_t i = 0; i < n_fields; i++) {
        if (fields[i].required && !(misspelt >> i & 1) && !has_key(map, fields[i].key))
            nb_diag_add(build->diags, build->file, map->mark, NB_MSG_KEY_MISSING, "key",
                        fields[i].key, NULL);
    }
    return n_unknown;
}

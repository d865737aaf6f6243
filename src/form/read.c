/* The grammar of form files (docs/form-file.md): each mapping is a table of its keys. */
#include "build.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"

/* Keys of the draft file that no section may take (docs/draft-file.md). */
static const char *const reserved[] = { "nianbao", "form",     "unit",     "year",
                                        "signed",  "people",   "prior",    "preamble",
                                        "marks",   "accepted", "finished", "sources" };

static const struct nb_tree *find_value(const struct nb_tree *map, const char *key)
{
    if (map->type != NB_TREE_MAP)
        return NULL;
    for (const struct nb_tree *value = map->first; value; value = value->next) {
        if (strcmp(value->key, key) == 0)
            return value;
    }
    return NULL;
}

/* A fault may have hidden cells of the section that is being read. */
static void doubt(struct nb_build *build)
{
    nb_build_doubt(build, &build->form->sections[build->form->n_sections - 1]);
}

/* Ids are [a-z_]+, so that every address can be referred to in prose. True for one that is; an
 * empty one has been told as no text. */
static bool check_id(struct nb_build *build, const struct nb_tree *map, const char *key)
{
    const struct nb_tree *value = find_value(map, key);
    if (!value || value->type != NB_TREE_TEXT || !value->text[0])
        return false;
    size_t len = strspn(value->text, "abcdefghijklmnopqrstuvwxyz_");
    if (value->text[len])
        nb_build_value_fault(build, value, "小写字母和下划线组成的名称");
    return !value->text[len];
}

static void check_one_line(struct nb_build *build, struct nb_mark mark, const char *key,
                           const char *text)
{
    if (text && strpbrk(text, "\n\t"))
        nb_diag_add(build->diags, build->file, mark, NB_MSG_FORM_VALUE, "key", key, "text", text,
                    "wanted", "一行文字", NULL);
}

/* ---- rows and columns ---- */

static void take_kind(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_node *node = target;
    for (enum nb_kind kind = NB_COUNT; kind <= NB_AMOUNT; kind++) {
        if (value->type == NB_TREE_TEXT && strcmp(value->text, nb_kind_name(kind)) == 0) {
            node->kind = kind;
            node->has_kind = true;
            return;
        }
    }
    nb_build_value_fault(build, value, " count、change 或 amount");
}

static void take_prints(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_node *node = target;
    node->prints_unit = value->type == NB_TREE_TEXT && strcmp(value->text, "unit") == 0;
    if (node->prints_unit)
        return;
    nb_build_value_fault(build, value, " unit");
    doubt(build); /* it may hold no cells */
}

/* What rows and columns have in common. */
#define NODE_FIELDS(labelled)                                                                      \
    TEXT("id", false, struct nb_node, id), TEXT("label", labelled, struct nb_node, label),         \
        TEXT("short", false, struct nb_node, brief), TEXTS("aka", struct nb_node, aka, n_aka),     \
        TEXT("help", false, struct nb_node, help), OTHER("kind", false, take_kind),                \
        TEXT("unit", false, struct nb_node, unit)

/* Children are read when all else of a node is known, since they inherit: read_node(). */
#define ROW_FIELDS(labelled)                                                                       \
    {                                                                                              \
        NODE_FIELDS(labelled), TEXT("own", false, struct nb_node, own), OTHER("rows", false, NULL) \
    }
static const struct nb_field row_fields[] = ROW_FIELDS(true);
static const struct nb_field bare_row_fields[] = ROW_FIELDS(false);
static const struct nb_field column_fields[] = {
    NODE_FIELDS(true),
    OTHER("prints", false, take_prints),
    OTHER("columns", false, NULL),
};

/* What an axis is called, and the keys of its nodes. */
struct axis_word {
    const char *key, *name, *at_least;
    const struct nb_field *fields;
    size_t n_fields;
};
static const struct axis_word rows_word = { "rows", "行", "至少一行", row_fields,
                                            nb_countof(row_fields) };
/* of `stub: none`, where no label is printed */
static const struct axis_word bare_rows_word = { "rows", "行", "至少一行", bare_row_fields,
                                                 nb_countof(bare_row_fields) };
static const struct axis_word columns_word = { "columns", "列", "至少一列", column_fields,
                                               nb_countof(column_fields) };

static void read_children(struct nb_build *build, const struct nb_tree *list,
                          const struct axis_word *word, struct nb_node *parent);

static void read_node(struct nb_build *build, const struct nb_tree *map,
                      const struct axis_word *word, struct nb_node *node)
{
    int n_unknown = nb_build_fields(build, map, word->name, word->fields, word->n_fields, node);
    node->mark = map->mark;
    bool bad_id = node->id && !check_id(build, map, "id");
    bool bad_own = node->own && !check_id(build, map, "own");
    if (map->type != NB_TREE_MAP || n_unknown || bad_id || bad_own)
        doubt(build);
    if (bad_id)
        node->id = NULL;
    if (bad_own)
        node->own = NULL;
    if (!node->label)
        node->label = "";
    if (!node->brief)
        node->brief = node->label;
    check_one_line(build, map->mark, "label", node->label);
    check_one_line(build, map->mark, "short", node->brief);
    const struct nb_tree *children = find_value(map, word->key);
    if (children)
        read_children(build, children, word, node);
    if (node->own && !children)
        nb_diag_add(build->diags, build->file, map->mark, NB_MSG_FORM_VALUE, "key", "own", "text",
                    node->own, "wanted", "有下级行的行才能写的", NULL);
}

static void inherit(struct nb_node *node, const struct nb_node *parent)
{
    node->parent = parent;
    node->depth = parent->depth + 1;
    node->kind = parent->kind;
    node->has_kind = parent->has_kind;
    node->unit = parent->unit;
}

static void read_children(struct nb_build *build, const struct nb_tree *list,
                          const struct axis_word *word, struct nb_node *parent)
{
    if (!nb_build_is_list(build, list) || !list->count)
        doubt(build);
    if (list->type != NB_TREE_LIST)
        return;
    if (!list->count)
        nb_build_value_fault(build, list, word->at_least);
    struct nb_node *children = nb_build_array(build, list->count, sizeof *children);
    parent->children = children;
    for (const struct nb_tree *map = list->first; map; map = map->next) {
        struct nb_node *node = &children[parent->n_children++];
        inherit(node, parent);
        read_node(build, map, word, node);
    }
}

/* ---- texts of the draft that title and feet of tables may hold: {unit} ---- */

static const char *const quoted[] = { "unit",        "year",          "signed.by",
                                      "signed.date", "people.filled", "people.checked",
                                      "people.head", "people.phone" };

static bool starts_with_quoted(const char *brace)
{
    for (size_t i = 0; i < nb_countof(quoted); i++) {
        size_t len = strlen(quoted[i]);
        if (strncmp(brace + 1, quoted[i], len) == 0 && brace[1 + len] == '}')
            return true;
    }
    return false;
}

/* One line, and no other brace in it. */
static void check_template(struct nb_build *build, const struct nb_tree *value)
{
    if (value->type != NB_TREE_TEXT)
        return;
    for (const char *brace = value->text; (brace = strchr(brace, '{')); brace++) {
        if (!starts_with_quoted(brace)) {
            nb_build_value_fault(build, value,
                                 "一行文字（花括号里只能是 unit、year 和 signed、people 的各项）");
            return;
        }
    }
    check_one_line(build, value->mark, value->key ? value->key : "-", value->text);
}

/* ---- tables and texts ---- */

static void take_stub(struct nb_build *build, const struct nb_tree *value, void *target)
{
    static const char *const names[] = { "columns", "indent", "none" };
    struct nb_table *table = target;
    for (int i = 0; i < (int)nb_countof(names); i++) {
        if (value->type == NB_TREE_TEXT && strcmp(value->text, names[i]) == 0) {
            table->stub = (enum nb_stub)i;
            return;
        }
    }
    nb_build_value_fault(build, value, " columns、indent 或 none");
}

static const struct nb_field table_fields[] = {
    OTHER("stub", false, take_stub),
    TEXT("corner", false, struct nb_table, corner),
    TEXT("caption", false, struct nb_table, caption),
    FLAG("joined", struct nb_table, joined),
    TEXTS("foot", struct nb_table, foot, n_foot),
    OTHER("columns", false, NULL), /* both are read when `stub` is known */
    OTHER("rows", false, NULL),
};

/* One row without label where the form gives none: the columns carry the ids. */
static const struct nb_node *single_row(struct nb_build *build, struct nb_mark mark)
{
    struct nb_node *root = nb_build_array(build, 1, sizeof *root);
    struct nb_node *row = nb_build_array(build, 1, sizeof *row);
    inherit(row, root);
    row->label = row->brief = "";
    row->mark = mark;
    root->children = row;
    root->n_children = 1;
    return root;
}

static const struct nb_node *read_root(struct nb_build *build, const struct nb_tree *list,
                                       const struct axis_word *word)
{
    struct nb_node *root = nb_build_array(build, 1, sizeof *root);
    read_children(build, list, word, root);
    return root;
}

static const struct nb_node *read_rows(struct nb_build *build, const struct nb_tree *map,
                                       const struct nb_table *table)
{
    const struct nb_tree *list = find_value(map, "rows");
    bool bare = table->stub == NB_STUB_NONE;
    if (!list)
        return bare ? single_row(build, map->mark) : NULL;
    const struct nb_node *root = read_root(build, list, bare ? &bare_rows_word : &rows_word);
    if (bare && (root->n_children > 1 || (root->n_children && root->children->n_children)))
        nb_build_value_fault(build, find_value(map, "stub"), "有几行的表可用的（各行要有标签）");
    return root;
}

/* NULL where rows or columns are missing. */
static const struct nb_table *read_table(struct nb_build *build, const struct nb_tree *map,
                                         const struct nb_section *section)
{
    struct nb_table *table = nb_build_array(build, 1, sizeof *table);
    table->section = section;
    int n_unknown =
        nb_build_fields(build, map, "table", table_fields, nb_countof(table_fields), table);
    if (!table->corner)
        table->corner = "";
    if (!table->caption)
        table->caption = "";
    const struct nb_tree *foot = find_value(map, "foot");
    for (const struct nb_tree *line = foot ? foot->first : NULL; line; line = line->next)
        check_template(build, line);
    const struct nb_tree *columns = find_value(map, "columns");
    if (columns)
        table->columns.root = read_root(build, columns, &columns_word);
    table->rows.root = read_rows(build, map, table);
    bool complete = table->columns.root && table->rows.root;
    if (!complete && !n_unknown && map->type == NB_TREE_MAP)
        nb_diag_add(build->diags, build->file, map->mark, NB_MSG_KEY_MISSING, "key",
                    "rows 或 columns", NULL);
    if (!complete || n_unknown)
        doubt(build);
    return complete && table->rows.root->n_children && table->columns.root->n_children ? table
                                                                                       : NULL;
}

static const struct nb_field aspect_fields[] = {
    TEXT("name", true, struct nb_aspect, name),
    TEXTS("words", struct nb_aspect, words, n_words),
};

static void take_aspects(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_prose *prose = target;
    if (!nb_build_is_list(build, value))
        return;
    struct nb_aspect *aspects = nb_build_array(build, value->count, sizeof *aspects);
    prose->aspects = aspects;
    for (const struct nb_tree *map = value->first; map; map = map->next)
        nb_build_fields(build, map, "aspects", aspect_fields, nb_countof(aspect_fields),
                        &aspects[prose->n_aspects++]);
}

/* `address` holds the id until the section's is put before it. */
#define PROSE_FIELDS(in_content)                                                                   \
    {                                                                                              \
        TEXT("id", in_content, struct nb_prose, address),                                          \
            FLAG("required", struct nb_prose, required),                                           \
            FLAG("other_years", struct nb_prose, other_years),                                     \
            TEXT("help", false, struct nb_prose, help), OTHER("aspects", false, take_aspects),     \
            TEXTS("not_alone", struct nb_prose, not_alone.items, not_alone.count),                 \
            TEXT("says", false, struct nb_prose, says),                                            \
    }
static const struct nb_field prose_fields[] = PROSE_FIELDS(false);
static const struct nb_field content_prose_fields[] = PROSE_FIELDS(true);

/* NULL where it has no address. */
static const struct nb_prose *read_prose(struct nb_build *build, const struct nb_tree *map,
                                         const struct nb_section *section, bool in_content)
{
    struct nb_prose *prose = nb_build_array(build, 1, sizeof *prose);
    prose->section = section;
    prose->mark = map->mark;
    nb_build_fields(build, map, "prose", in_content ? content_prose_fields : prose_fields,
                    nb_countof(prose_fields), prose);
    if (!prose->says)
        prose->says = "";
    check_one_line(build, map->mark, "says", prose->says);
    const struct nb_tree *id = find_value(map, "id");
    if (!in_content) {
        prose->address = section->id;
        if (id)
            nb_build_value_fault(build, id, "这里可以写的：整节是一篇文字时没有 id");
        return prose;
    }
    if (!check_id(build, map, "id"))
        return NULL;
    struct nb_buf address = { 0 };
    nb_buf_printf(&address, "%s.%s", section->id, prose->address);
    prose->address = nb_arena_strdup(build->arena, nb_buf_text(&address));
    nb_buf_release(&address);
    return prose;
}

/* ---- sections ---- */

static void add_item(struct nb_build *build, struct nb_section *section, struct nb_item *items,
                     const struct nb_tree *map)
{
    const struct nb_tree *only = map->type == NB_TREE_MAP && map->count == 1 ? map->first : NULL;
    struct nb_item item = { NULL, NULL };
    if (only && strcmp(only->key, "prose") == 0)
        item.prose = read_prose(build, only, section, true);
    else if (only && strcmp(only->key, "table") == 0)
        item.table = read_table(build, only, section);
    else {
        doubt(build);
        nb_diag_add(build->diags, build->file, map->mark, NB_MSG_YAML_TYPE, "key", "content",
                    "wanted", " prose 或 table", NULL);
    }
    if (item.prose || item.table)
        items[section->n_items++] = item;
}

static void read_content(struct nb_build *build, const struct nb_tree *list,
                         struct nb_section *section)
{
    if (!nb_build_is_list(build, list) || !list->count)
        doubt(build);
    if (list->type != NB_TREE_LIST)
        return;
    if (!list->count)
        nb_build_value_fault(build, list, "至少一篇文字或一张表");
    struct nb_item *items = nb_build_array(build, list->count, sizeof *items);
    section->items = items;
    for (const struct nb_tree *map = list->first; map; map = map->next)
        add_item(build, section, items, map);
}

static const struct nb_field section_fields[] = {
    TEXT("id", true, struct nb_section, id),
    TEXT("heading", false, struct nb_section, heading),
    TEXT("short", false, struct nb_section, brief),
    FLAG("annex", struct nb_section, annex),
    OTHER("prose", false, NULL),
    OTHER("content", false, NULL),
};

static void check_reserved(struct nb_build *build, const struct nb_tree *map,
                           const struct nb_section *section)
{
    for (size_t i = 0; i < nb_countof(reserved); i++) {
        if (strcmp(section->id, reserved[i]) == 0)
            nb_build_value_fault(build, find_value(map, "id"), "可用的名称（草稿文件留用）");
    }
}

/* Two sections of one id would be one key of the draft. */
static void check_section_id(struct nb_build *build, const struct nb_tree *map,
                             const struct nb_section *section)
{
    if (!check_id(build, map, "id")) {
        build->nameless = true;
        doubt(build);
        return;
    }
    for (const struct nb_section *other = build->form->sections; other < section; other++) {
        if (strcmp(other->id, section->id) != 0)
            continue;
        nb_diag_add(build->diags, build->file, find_value(map, "id")->mark, NB_MSG_FORM_DUPLICATE,
                    "what", " id", "text", section->id, NULL);
        doubt(build);
        return;
    }
}

/* `told`: an unknown key may be the one that is missing. */
static void read_parts(struct nb_build *build, const struct nb_tree *map,
                       struct nb_section *section, bool told)
{
    const struct nb_tree *prose = find_value(map, "prose");
    const struct nb_tree *content = find_value(map, "content");
    if (!prose == !content) {
        doubt(build);
        if (!told)
            nb_diag_add(build->diags, build->file, map->mark, NB_MSG_KEY_MISSING, "key",
                        "prose 或 content（只能有一个）", NULL);
    } else if (content) {
        read_content(build, content, section);
    } else {
        struct nb_item *item = nb_build_array(build, 1, sizeof *item);
        item->prose = read_prose(build, prose, section, false);
        section->items = item;
        section->n_items = 1;
    }
}

static void read_section(struct nb_build *build, const struct nb_tree *map,
                         struct nb_section *section)
{
    int n_unknown = nb_build_fields(build, map, "sections", section_fields,
                                    nb_countof(section_fields), section);
    section->mark = map->mark;
    if (!section->heading && !section->brief && !n_unknown && map->type == NB_TREE_MAP)
        nb_diag_add(build->diags, build->file, map->mark, NB_MSG_KEY_MISSING, "key",
                    "heading（不印标题的写 short）", NULL);
    if (!section->heading)
        section->heading = "";
    if (!section->brief)
        section->brief = section->heading;
    if (!section->id)
        section->id = "";
    check_section_id(build, map, section);
    if (map->type != NB_TREE_MAP)
        return;
    check_reserved(build, map, section);
    check_one_line(build, map->mark, "heading", section->heading);
    check_one_line(build, map->mark, "short", section->brief);
    if (n_unknown)
        doubt(build);
    read_parts(build, map, section, n_unknown > 0);
}

static void take_sections(struct nb_build *build, const struct nb_tree *list, void *target)
{
    struct nb_form *form = target;
    build->nameless = list->type != NB_TREE_LIST;
    if (!nb_build_is_list(build, list))
        return;
    struct nb_section *sections = nb_build_array(build, list->count, sizeof *sections);
    build->doubtful = nb_build_array(build, list->count, sizeof *build->doubtful);
    form->sections = sections;
    for (const struct nb_tree *map = list->first; map; map = map->next)
        read_section(build, map, &sections[form->n_sections++]);
    if (!form->n_sections)
        nb_build_value_fault(build, list, "至少一节");
}

/* ---- the head of the file ---- */

struct years {
    int from, to;
};

static int take_year(struct nb_build *build, const struct nb_tree *value)
{
    char *end;
    long year = value->type == NB_TREE_TEXT ? strtol(value->text, &end, 10) : 0;
    if (year < 1000 || year > 9999 || *end) {
        nb_build_value_fault(build, value, "四位数的年份");
        return 0;
    }
    return (int)year;
}

static void take_from(struct nb_build *build, const struct nb_tree *value, void *target)
{
    ((struct years *)target)->from = take_year(build, value);
}

static void take_to(struct nb_build *build, const struct nb_tree *value, void *target)
{
    ((struct years *)target)->to = take_year(build, value);
}

static const struct nb_field years_fields[] = {
    OTHER("from", false, take_from),
    OTHER("to", false, take_to),
};

static void take_years(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_form *form = target;
    struct years years = { 0, 0 };
    nb_build_fields(build, value, "years", years_fields, nb_countof(years_fields), &years);
    if (value->type == NB_TREE_MAP && !value->count)
        nb_build_value_fault(build, value, " from 或 to");
    form->year_from = years.from;
    form->year_to = years.to;
    if (years.to && years.to < years.from)
        nb_diag_add(build->diags, build->file, value->mark, NB_MSG_FORM_VALUE, "key", "to", "text",
                    find_value(value, "to")->text, "wanted", "不早于 from 的年份", NULL);
}

static const struct nb_field basis_fields[] = {
    TEXT("cite", true, struct nb_form, basis),
    TEXTS("outdated", struct nb_form, outdated, n_outdated),
};

static void take_basis(struct nb_build *build, const struct nb_tree *value, void *target)
{
    nb_build_fields(build, value, "basis", basis_fields, nb_countof(basis_fields), target);
}

static void take_version(struct nb_build *build, const struct nb_tree *value, void *target)
{
    (void)target;
    if (value->type != NB_TREE_TEXT || strcmp(value->text, "1") != 0)
        nb_diag_add(build->diags, build->file, value->mark, NB_MSG_VERSION, "version",
                    value->type == NB_TREE_TEXT ? value->text : "?", NULL);
}

static void take_title(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_form *form = target;
    form->title = value->type == NB_TREE_TEXT ? value->text : "";
    if (!form->title[0])
        nb_build_value_fault(build, value, "一行标题");
    check_template(build, value);
}

static void take_rules(struct nb_build *build, const struct nb_tree *value, void *target)
{
    (void)target;
    build->rules = value;
}

static void take_carry(struct nb_build *build, const struct nb_tree *value, void *target)
{
    (void)target;
    build->carry = value;
}

static void take_words(struct nb_build *build, const struct nb_tree *value, void *target)
{
    (void)target;
    build->words = value;
}

static void take_topics(struct nb_build *build, const struct nb_tree *value, void *target)
{
    (void)target;
    build->topics = value;
}

static void take_phrases(struct nb_build *build, const struct nb_tree *value, void *target)
{
    (void)target;
    build->phrases = value;
}

static void take_proofreading(struct nb_build *build, const struct nb_tree *value, void *target)
{
    nb_build_proofreading(build, value, &((struct nb_form *)target)->proof);
}

static const struct nb_field form_fields[] = {
    OTHER("nianbao-form", true, take_version),
    TEXT("id", true, struct nb_form, id),
    TEXT("name", false, struct nb_form, name),
    OTHER("title", true, take_title),
    OTHER("years", false, take_years),
    OTHER("basis", false, take_basis),
    OTHER("carry", false, take_carry),
    OTHER("sections", true, take_sections),
    OTHER("rules", false, take_rules),
    OTHER("words", false, take_words),
    OTHER("topics", false, take_topics),
    OTHER("phrases", false, take_phrases),
    OTHER("proofreading", false, take_proofreading),
};

void nb_build_sections(struct nb_build *build, const struct nb_tree *root)
{
    struct nb_form *form = build->form;
    build->nameless = true; /* until there are sections */
    nb_build_fields(build, root, "form", form_fields, nb_countof(form_fields), form);
    check_one_line(build, root->mark, "id", form->id);
    const struct nb_tree *id = find_value(root, "id");
    form->private->id_mark = id ? id->mark : root->mark;
    if (!form->name)
        form->name = form->id;
    if (!form->basis)
        form->basis = "";
}

/* From trees of rows and columns to leaves, cells, the keys of the draft file and their index. */
#include "build.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "nianbao/text.h"

enum { MAX_LEAVES = 2000, MAX_CELLS = 50000 };

/* ---- leaves ---- */

struct leaf_walk {
    struct nb_build *build;
    struct nb_axis *axis;
    struct nb_leaf *leaves;
    bool rows, indent;
};

static int count_nodes(const struct nb_node *node)
{
    int count = 1;
    for (int i = 0; i < node->n_children; i++)
        count += count_nodes(&node->children[i]);
    return count;
}

static const char *join(struct nb_build *build, const char *path, const char *id)
{
    if (!id)
        return path;
    if (!path[0])
        return id;
    size_t len = strlen(path), len_id = strlen(id);
    char *joined = nb_arena_alloc(build->arena, len + len_id + 2);
    memcpy(joined, path, len);
    joined[len] = '.';
    memcpy(joined + len + 1, id, len_id);
    return joined;
}

static void add_leaf(struct leaf_walk *walk, const struct nb_node *node, const char *path)
{
    walk->leaves[walk->axis->n_leaves++] = (struct nb_leaf) { node, path, node->n_children > 0 };
}

/* The nodes are this compilation's own until the form is handed over, hence the cast. */
static void walk_leaves(struct leaf_walk *walk, const struct nb_node *node, const char *path)
{
    struct nb_node *own = (struct nb_node *)node;
    own->first_leaf = walk->axis->n_leaves;
    if (node->depth > walk->axis->depth)
        walk->axis->depth = node->depth;
    if (!node->n_children)
        add_leaf(walk, node, path);
    else if (walk->rows && node->parent && (node->own || walk->indent))
        add_leaf(walk, node, join(walk->build, path, node->own));
    for (int i = 0; i < node->n_children; i++) {
        const struct nb_node *child = &node->children[i];
        walk_leaves(walk, child, join(walk->build, path, child->id));
    }
    own->n_leaves = walk->axis->n_leaves - node->first_leaf;
}

static void make_leaves(struct nb_build *build, struct nb_axis *axis, bool rows, bool indent)
{
    struct nb_leaf *leaves = nb_build_array(build, count_nodes(axis->root), sizeof *leaves);
    struct leaf_walk walk = { build, axis, leaves, rows, indent };
    walk_leaves(&walk, axis->root, "");
    axis->leaves = leaves;
}

/* ---- labels that import could not tell apart ---- */

static const char *spelling(const struct nb_node *node, int index)
{
    return index == 0 ? node->label : node->aka[index - 1];
}

static void compare_labels(struct nb_build *build, const struct nb_node *a, const struct nb_node *b)
{
    for (int i = 0; i <= a->n_aka; i++) {
        for (int j = 0; j <= b->n_aka; j++) {
            const char *text = spelling(b, j), *other = spelling(a, i);
            if (!text[0] || !other[0] || !nb_text_looks_like(text, other))
                continue;
            nb_diag_add(build->diags, build->file, b->mark, NB_MSG_FORM_LABEL, "text", text,
                        "other", other, NULL);
            return;
        }
    }
}

static bool same_id(const struct nb_node *a, const struct nb_node *b)
{
    return a->id && b->id && strcmp(a->id, b->id) == 0;
}

static void check_siblings(struct nb_build *build, const struct nb_section *section,
                           const struct nb_node *node)
{
    for (int i = 0; i < node->n_children; i++) {
        const struct nb_node *child = &node->children[i];
        for (int j = 0; j < i; j++) {
            compare_labels(build, &node->children[j], child);
            if (!same_id(&node->children[j], child))
                continue;
            nb_diag_add(build->diags, build->file, child->mark, NB_MSG_FORM_DUPLICATE, "what",
                        " id", "text", child->id, NULL);
            nb_build_doubt(build, section);
        }
        check_siblings(build, section, child);
    }
}

static void check_headings(struct nb_build *build)
{
    const struct nb_form *form = build->form;
    for (int i = 0; i < form->n_sections; i++) {
        for (int j = 0; j < i; j++) {
            const char *text = form->sections[i].heading, *other = form->sections[j].heading;
            if (text[0] && other[0] && nb_text_looks_like(text, other))
                nb_diag_add(build->diags, build->file, form->sections[i].mark, NB_MSG_FORM_LABEL,
                            "text", text, "other", other, NULL);
        }
    }
}

/* ---- cells ---- */

static bool crosses(const struct nb_leaf *row, const struct nb_leaf *column)
{
    return (!row->is_group || row->node->own) && !column->node->prints_unit;
}

static void make_cell(struct nb_build *build, struct nb_cell *cell, const struct nb_table *table,
                      int row, int column)
{
    const struct nb_leaf *r = &table->rows.leaves[row], *c = &table->columns.leaves[column];
    const char *path = r->path[0] && c->path[0] ? join(build, r->path, c->path)
                       : r->path[0]             ? r->path
                                                : c->path;
    const struct nb_node *kinded = r->node->has_kind ? r->node : c->node;
    *cell = (struct nb_cell) { .address = join(build, table->section->id, path[0] ? path : NULL),
                               .table = table,
                               .row = row,
                               .column = column,
                               .kind = kinded->kind,
                               .unit = r->node->unit ? r->node->unit : c->node->unit };
}

/* A row that names another kind than some column; told once however many columns do. */
static void check_kind(struct nb_build *build, const struct nb_table *table, int row)
{
    const struct nb_node *r = table->rows.leaves[row].node;
    for (int column = 0; column < table->columns.n_leaves && r->has_kind; column++) {
        const struct nb_node *c = table->columns.leaves[column].node;
        bool has_cell = table->cells[row * table->columns.n_leaves + column] >= 0;
        if (!has_cell || !c->has_kind || r->kind == c->kind)
            continue;
        nb_diag_add(build->diags, build->file, r->mark, NB_MSG_FORM_VALUE, "key", "kind", "text",
                    nb_kind_name(r->kind), "wanted", "与所在列一致的", NULL);
        return;
    }
}

static bool too_many(struct nb_build *build, const char *what, int count, int limit)
{
    if (count <= limit)
        return false;
    char text[16];
    snprintf(text, sizeof text, "%d", limit);
    nb_diag_add(build->diags, build->file, (struct nb_mark) { 1, 1 }, NB_MSG_FORM_LIMIT, "what",
                what, "limit", text, NULL);
    return true;
}

static void make_cells(struct nb_build *build, struct nb_table *table, struct nb_cell *cells)
{
    struct nb_form *form = build->form;
    int *grid = nb_build_array(build, table->rows.n_leaves * table->columns.n_leaves, sizeof *grid);
    table->cells = grid;
    for (int row = 0; row < table->rows.n_leaves; row++) {
        for (int column = 0; column < table->columns.n_leaves; column++) {
            int *slot = &grid[row * table->columns.n_leaves + column];
            *slot = -1;
            if (!crosses(&table->rows.leaves[row], &table->columns.leaves[column]))
                continue;
            *slot = form->n_cells++;
            make_cell(build, &cells[*slot], table, row, column);
        }
        check_kind(build, table, row);
    }
}

static unsigned hash(const char *text, size_t len)
{
    unsigned value = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < len; i++)
        value = (value ^ (unsigned char)text[i]) * 16777619u;
    return value;
}

int nb_form_find_cell(const struct nb_form *form, const char *address, size_t len_bytes)
{
    const struct nb_form_private *private = form->private;
    for (unsigned at = hash(address, len_bytes);; at++) {
        int slot = private->slots[at & private->slot_mask];
        if (!slot)
            return -1;
        const char *other = form->cells[slot - 1].address;
        if (strncmp(other, address, len_bytes) == 0 && !other[len_bytes])
            return slot - 1;
    }
}

static void index_cells(struct nb_build *build)
{
    struct nb_form *form = build->form;
    struct nb_form_private *private = form->private;
    unsigned size = 16;
    while (size < 2 * (unsigned)form->n_cells)
        size *= 2;
    private->slots = nb_build_array(build, (int)size, sizeof *private->slots);
    private->slot_mask = size - 1;
    for (int cell = 0; cell < form->n_cells; cell++) {
        const char *address = form->cells[cell].address;
        if (nb_form_find_cell(form, address, strlen(address)) >= 0)
            continue; /* the keys tell of it */
        unsigned at = hash(address, strlen(address));
        while (private->slots[at & private->slot_mask])
            at++;
        private->slots[at & private->slot_mask] = cell + 1;
    }
}

/* ---- the keys of the draft file ---- */

/* A key while the tree still grows; flattened at the end so that children are an array. */
struct bud {
    const char *name;
    size_t len;
    struct bud *first, *last, *next;
    int cell, prose, n_children;
};

static struct bud *new_bud(struct nb_arena *arena, const char *name, size_t len)
{
    struct bud *bud = nb_arena_alloc(arena, sizeof *bud);
    bud->name = name;
    bud->len = len;
    bud->cell = bud->prose = -1;
    return bud;
}

static struct bud *sprout(struct nb_arena *arena, struct bud *parent, const char *name, size_t len)
{
    for (struct bud *child = parent->first; child; child = child->next) {
        if (child->len == len && memcmp(child->name, name, len) == 0)
            return child;
    }
    struct bud *bud = new_bud(arena, name, len);
    if (parent->last)
        parent->last->next = bud;
    else
        parent->first = bud;
    parent->last = bud;
    parent->n_children++;
    return bud;
}

/* The bud of an address; NULL where it is taken or leads through a cell or a text. */
static struct bud *grow(struct nb_arena *arena, struct bud *root, const char *address)
{
    struct bud *at = root;
    for (const char *name = address; *name;) {
        size_t len = strcspn(name, ".");
        if (at->cell >= 0 || at->prose >= 0)
            return NULL;
        at = sprout(arena, at, name, len);
        name += len + (name[len] == '.');
    }
    bool taken = at == root || at->first || at->cell >= 0 || at->prose >= 0;
    return taken ? NULL : at;
}

static int count_buds(const struct bud *bud)
{
    int count = 1;
    for (const struct bud *child = bud->first; child; child = child->next)
        count += count_buds(child);
    return count;
}

static void duplicate_address(struct nb_build *build, struct nb_mark mark, const char *address)
{
    nb_diag_add(build->diags, build->file, mark, NB_MSG_FORM_DUPLICATE, "what", "地址", "text",
                address, NULL);
}

static void grow_prose(struct nb_build *build, struct bud *root, int index)
{
    const struct nb_prose *prose = build->form->proses[index];
    struct bud *bud = grow(build->arena, root, prose->address);
    if (bud)
        bud->prose = index;
    else if (!nb_build_is_doubtful(build, prose->address))
        duplicate_address(build, prose->mark, prose->address);
}

/* Is the path of the leaf also that of an earlier one, or does one lead through the other? */
static bool is_repeated(const struct nb_axis *axis, int leaf)
{
    const char *path = axis->leaves[leaf].path;
    size_t len = strlen(path);
    for (int i = 0; i < leaf; i++) {
        const char *other = axis->leaves[i].path;
        if (axis->leaves[i].node->prints_unit)
            continue;
        size_t common = strlen(other) < len ? strlen(other) : len;
        bool starts = strncmp(path, other, common) == 0;
        if (starts && (!path[common] || path[common] == '.') &&
            (!other[common] || other[common] == '.'))
            return true;
    }
    return false;
}

/* What has been told of a table: one fault for a row whose addresses are taken, and one for a
 * column that repeats another. */
struct told {
    bool row, *columns;
};

static void refuse_cell(struct nb_build *build, const struct nb_table *table, int cell,
                        struct told *told)
{
    const struct nb_cell *at = &build->form->cells[cell];
    bool by_column = is_repeated(&table->columns, at->column);
    const struct nb_leaf *leaf =
        by_column ? &table->columns.leaves[at->column] : &table->rows.leaves[at->row];
    bool *already = by_column ? &told->columns[at->column] : &told->row;
    if (!*already && !nb_build_is_doubtful(build, table->section->id))
        duplicate_address(build, leaf->node->mark, at->address);
    *already = true;
}

static void grow_cells(struct nb_build *build, struct bud *root, const struct nb_table *table)
{
    int n_columns = table->columns.n_leaves;
    struct told told = { .columns = nb_build_array(build, n_columns, sizeof *told.columns) };
    for (int i = 0; i < table->rows.n_leaves * n_columns; i++) {
        int cell = table->cells[i];
        if (i % n_columns == 0)
            told.row = false;
        if (cell < 0)
            continue;
        struct bud *bud = grow(build->arena, root, build->form->cells[cell].address);
        if (bud)
            bud->cell = cell;
        else
            refuse_cell(build, table, cell, &told);
    }
}

struct flattening {
    struct nb_build *build;
    struct nb_key *keys;
    int used;
};

static void flatten(struct flattening *flat, const struct bud *bud, struct nb_key *key)
{
    struct nb_key *children = flat->keys + flat->used;
    flat->used += bud->n_children;
    key->children = children;
    key->n_children = bud->n_children;
    key->cell = bud->cell;
    key->prose = bud->prose;
    key->index = (int)(key - flat->keys);
    key->only_figures = bud->n_children > 0;
    for (const struct bud *child = bud->first; child; child = child->next) {
        struct nb_key *into = children++;
        into->parent = key;
        into->name = nb_arena_strndup(flat->build->arena, child->name, child->len);
        into->len_bytes = child->len;
        into->address = join(flat->build, key->address, into->name);
        key->only_figures = key->only_figures && child->cell >= 0;
        flatten(flat, child, into);
    }
}

static void make_keys(struct nb_build *build)
{
    struct nb_form *form = build->form;
    struct bud *root = new_bud(build->arena, "", 0);
    int prose = 0;
    for (int i = 0; i < form->n_sections; i++) {
        const struct nb_section *section = &form->sections[i];
        for (int j = 0; j < section->n_items; j++) {
            if (section->items[j].prose)
                grow_prose(build, root, prose++);
            else if (section->items[j].table->cells)
                grow_cells(build, root, section->items[j].table);
        }
    }
    struct flattening flat = { .build = build, .used = 1 };
    form->n_keys = count_buds(root);
    flat.keys = nb_build_array(build, form->n_keys, sizeof *flat.keys);
    flat.keys[0].name = flat.keys[0].address = "";
    flatten(&flat, root, &flat.keys[0]);
    form->keys = flat.keys;
}

static bool has_name(const struct nb_key *key, const char *name, size_t len_bytes)
{
    return key->len_bytes == len_bytes && memcmp(key->name, name, len_bytes) == 0;
}

const struct nb_key *nb_key_child(const struct nb_key *key, const char *name, size_t len_bytes,
                                  const struct nb_key *hint)
{
    const struct nb_key *end = key->children + key->n_children;
    const struct nb_key *next = hint ? hint + 1 : key->children;
    if (next < end && has_name(next, name, len_bytes))
        return next;
    for (const struct nb_key *child = key->children; child < end; child++) {
        if (has_name(child, name, len_bytes))
            return child;
    }
    return NULL;
}

/* ---- all of it ---- */

static void list_items(struct nb_build *build)
{
    struct nb_form *form = build->form;
    int n_items = 0;
    for (int i = 0; i < form->n_sections; i++)
        n_items += form->sections[i].n_items;
    const struct nb_prose **proses = nb_build_array(build, n_items, sizeof *proses);
    const struct nb_table **tables = nb_build_array(build, n_items, sizeof *tables);
    for (int i = 0; i < form->n_sections; i++) {
        for (int j = 0; j < form->sections[i].n_items; j++) {
            const struct nb_item *item = &form->sections[i].items[j];
            if (item->prose)
                proses[form->n_proses++] = item->prose;
            else
                tables[form->n_tables++] = item->table;
        }
    }
    form->proses = proses;
    form->tables = tables;
}

/* The number of crossings, or -1 where a table is too large. */
static int make_axes(struct nb_build *build)
{
    struct nb_form *form = build->form;
    int crossings = 0;
    for (int i = 0; i < form->n_tables; i++) {
        struct nb_table *table = (struct nb_table *)form->tables[i];
        if (too_many(build, "行", count_nodes(table->rows.root), MAX_LEAVES) ||
            too_many(build, "列", count_nodes(table->columns.root), MAX_LEAVES))
            return -1;
        make_leaves(build, &table->rows, true, table->stub == NB_STUB_INDENT);
        make_leaves(build, &table->columns, false, false);
        check_siblings(build, table->section, table->rows.root);
        check_siblings(build, table->section, table->columns.root);
        crossings += table->rows.n_leaves * table->columns.n_leaves;
        if (too_many(build, "格", crossings, MAX_CELLS))
            return -1;
    }
    return crossings;
}

void nb_build_outline(struct nb_build *build)
{
    struct nb_form *form = build->form;
    list_items(build);
    check_headings(build);
    int crossings = make_axes(build);
    if (crossings < 0) {
        form->n_tables = crossings = 0;
        build->all_doubtful = true;
    }
    struct nb_cell *cells = nb_build_array(build, crossings, sizeof *cells);
    form->cells = cells;
    for (int i = 0; i < form->n_tables; i++)
        make_cells(build, (struct nb_table *)form->tables[i], cells);
    index_cells(build);
    make_keys(build);
}

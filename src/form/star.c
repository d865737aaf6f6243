#include "star.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"

char *nb_star_replace(const char *address, const char *path)
{
    const char *star = strchr(address, '*');
    if (!star)
        return nb_xstrdup(address);
    struct nb_buf buf = { 0 };
    nb_buf_add(&buf, address, (size_t)(star - address));
    nb_buf_puts(&buf, path);
    nb_buf_puts(&buf, star + 1);
    return buf.data;
}

/* ---- what the * ranges over ---- */

static bool is_in_section(const struct nb_table *table, const char *address)
{
    size_t len = strcspn(address, ".");
    return strncmp(table->section->id, address, len) == 0 && !table->section->id[len];
}

static bool is_path(const struct nb_leaf *leaf)
{
    return leaf->path[0] && (!leaf->is_group || leaf->node->own);
}

/* Does the path stand among the first `n_leaves` of the axis? */
static bool is_among(const struct nb_axis *axis, int n_leaves, const char *path)
{
    for (int i = 0; i < n_leaves; i++) {
        if (is_path(&axis->leaves[i]) && strcmp(axis->leaves[i].path, path) == 0)
            return true;
    }
    return false;
}

/* Rows, then columns of each table: has the leaf's path been visited before? */
static bool is_visited(const struct nb_form *form, int table, enum nb_star star, int leaf)
{
    const struct nb_table *own = form->tables[table];
    const struct nb_axis *axis = star == NB_STAR_ROW ? &own->rows : &own->columns;
    const char *path = axis->leaves[leaf].path;
    for (int i = 0; i < table; i++) {
        const struct nb_table *other = form->tables[i];
        if (other->section == own->section &&
            (is_among(&other->rows, other->rows.n_leaves, path) ||
             is_among(&other->columns, other->columns.n_leaves, path)))
            return true;
    }
    if (star == NB_STAR_COLUMN && is_among(&own->rows, own->rows.n_leaves, path))
        return true;
    return is_among(axis, leaf, path);
}

static int visit_axis(const struct nb_form *form, int table, enum nb_star star,
                      nb_star_visitor *visitor, void *context)
{
    const struct nb_table *own = form->tables[table];
    const struct nb_axis *axis = star == NB_STAR_ROW ? &own->rows : &own->columns;
    int count = 0;
    for (int i = 0; i < axis->n_leaves; i++) {
        if (is_path(&axis->leaves[i]) && !is_visited(form, table, star, i))
            count += visitor(context, axis->leaves[i].path, star);
    }
    return count;
}

int nb_star_visit(const struct nb_form *form, const char *address, nb_star_visitor *visitor,
                  void *context)
{
    int count = 0;
    for (int i = 0; i < form->n_tables; i++) {
        if (!is_in_section(form->tables[i], address))
            continue;
        count += visit_axis(form, i, NB_STAR_ROW, visitor, context);
        count += visit_axis(form, i, NB_STAR_COLUMN, visitor, context);
    }
    return count;
}

/* ---- addresses that exist nowhere ---- */

static bool has_address(const struct nb_form *form, const char *address)
{
    int *cells;
    int count = nb_form_resolve(form, address, &cells);
    free(cells);
    return count > 0;
}

bool nb_star_is_known(const struct nb_build *build, const char *address)
{
    return has_address(build->form, address) ||
           (build->known.has_address && build->known.has_address(build->known.context, address));
}

struct product_visit {
    const struct nb_build *build;
    const struct nb_product *product;
};

static bool visit_product(void *context, const char *path, enum nb_star star)
{
    const struct product_visit *visit = context;
    (void)star;
    char *address = nb_star_replace(visit->product->address, path);
    bool found = visit->product->last ? nb_star_is_known(visit->build, address)
                                      : has_address(visit->build->form, address);
    free(address);
    return found;
}

static bool exists_somewhere(const struct nb_build *build, const struct nb_product *product)
{
    struct product_visit visit = { build, product };
    if (!product->address)
        return true;
    if (!strchr(product->address, '*'))
        return visit_product(&visit, "", NB_STAR_NONE);
    return nb_star_visit(build->form, product->address, visit_product, &visit) > 0;
}

static void unknown_address(struct nb_build *build, const struct nb_product *product)
{
    const struct nb_form *form = build->form;
    const char **addresses = nb_xrealloc(NULL, (size_t)form->n_cells + 1, sizeof *addresses);
    for (int i = 0; i < form->n_cells; i++)
        addresses[i] = form->cells[i].address;
    const char *nearest = nb_text_nearest(product->address, addresses, form->n_cells);
    struct nb_buf hint = { 0 };
    if (nearest)
        nb_buf_printf(&hint, "，是 %s 吗？", nearest);
    nb_diag_add(build->diags, build->file, product->mark, NB_MSG_FORM_CELL_UNKNOWN, "cell",
                product->address, "hint", nb_buf_text(&hint), NULL);
    nb_buf_release(&hint);
    free(addresses);
}

void nb_star_explain_absence(struct nb_build *build, struct nb_mark mark, const char *text,
                             const struct nb_product *products, int n_products)
{
    bool explained = false;
    for (int i = 0; i < n_products; i++) {
        if (products[i].address && nb_build_is_doubtful(build, products[i].address)) {
            explained = true;
        } else if (!exists_somewhere(build, &products[i])) {
            unknown_address(build, &products[i]);
            explained = true;
        }
    }
    if (!explained)
        nb_diag_add(build->diags, build->file, mark, NB_MSG_FORM_UNREACHABLE, "text", text, NULL);
}

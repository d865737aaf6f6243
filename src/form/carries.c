/* What a new draft takes over from last year's. */
#include <stdlib.h>
#include <string.h>

#include "star.h"

struct carry_source {
    const struct nb_tree *from, *to;
};

static void take_carry_from(struct nb_build *build, const struct nb_tree *value, void *target)
{
    (void)build;
    ((struct carry_source *)target)->from = value;
}

static void take_carry_to(struct nb_build *build, const struct nb_tree *value, void *target)
{
    (void)build;
    ((struct carry_source *)target)->to = value;
}

static const struct nb_field carry_fields[] = {
    OTHER("from", true, take_carry_from),
    OTHER("to", true, take_carry_to),
};

struct carries {
    struct nb_build *build;
    struct nb_carry *items;
    int count, cap;
    const char *from, *to;
    int first;     /* of the carry at work */
    bool repeated; /* it has been told that another one fills the same cell */
    struct nb_mark mark;
};

static void refuse_repeated(struct carries *carries, int cell)
{
    struct nb_build *build = carries->build;
    for (int i = 0; i < carries->first && !carries->repeated; i++) {
        if (carries->items[i].to != cell)
            continue;
        nb_diag_add(build->diags, build->file, carries->mark, NB_MSG_FORM_DUPLICATE, "what", "带入",
                    "text", build->form->cells[cell].address, NULL);
        carries->repeated = true;
    }
}

static bool visit_carry(void *context, const char *path, enum nb_star star)
{
    struct carries *carries = context;
    (void)star;
    char *to = nb_star_replace(carries->to, path), *from = nb_star_replace(carries->from, path);
    int cell = nb_form_find_cell(carries->build->form, to, strlen(to));
    bool found = cell >= 0 && nb_star_is_known(carries->build, from);
    if (found) {
        refuse_repeated(carries, cell);
        NB_GROW(carries->items, carries->count, carries->cap);
        carries->items[carries->count++] =
            (struct nb_carry) { nb_arena_strdup(carries->build->arena, from), cell };
    }
    free(from);
    free(to);
    return found;
}

/* One address without factor or number, as a carry has on either side. */
static bool take_address(struct nb_build *build, const struct nb_tree *value,
                         struct nb_product *out)
{
    struct nb_expression expression;
    if (!value || !nb_expression_read(build, value, false, &expression))
        return false;
    *out = expression.products[0];
    if (expression.n_products == 1 && out->address && out->factor == 1 && !out->last)
        return true;
    nb_build_value_fault(build, value, "一格的地址");
    return false;
}

/* One figure into many cells, or many into one: surely not what was meant. */
static bool has_star_on_both(struct nb_build *build, const struct carry_source *source,
                             const struct nb_product *from, const struct nb_product *to)
{
    bool star_from = strchr(from->address, '*'), star_to = strchr(to->address, '*');
    if (star_from != star_to)
        nb_build_value_fault(build, star_from ? source->to : source->from,
                             "带 * 的地址（from 和 to 要么都有 *，要么都没有）");
    return star_from == star_to;
}

static void compile_carry(struct carries *carries, const struct nb_tree *map)
{
    struct nb_build *build = carries->build;
    struct carry_source source = { NULL, NULL };
    nb_build_fields(build, map, "carry", carry_fields, nb_countof(carry_fields), &source);
    struct nb_product pair[2], *to = &pair[0], *from = &pair[1];
    bool fine = take_address(build, source.from, from);
    if (!take_address(build, source.to, to) || !fine || !has_star_on_both(build, &source, from, to))
        return;
    from->last = true; /* read in last year's form */
    carries->from = from->address;
    carries->to = to->address;
    carries->first = carries->count;
    carries->repeated = false;
    carries->mark = map->mark;
    int count = strchr(to->address, '*')
                    ? nb_star_visit(build->form, to->address, visit_carry, carries)
                    : visit_carry(carries, "", NB_STAR_NONE);
    if (!count)
        nb_star_explain_absence(build, map->mark, from->address, pair, 2);
}

void nb_build_carries(struct nb_build *build)
{
    struct carries carries = { .build = build };
    if (!build->carry || !nb_build_is_list(build, build->carry))
        return;
    for (const struct nb_tree *map = build->carry->first; map; map = map->next)
        compile_carry(&carries, map);
    struct nb_carry *items = nb_build_array(build, carries.count, sizeof *items);
    if (carries.count)
        memcpy(items, carries.items, (size_t)carries.count * sizeof *items);
    free(carries.items);
    build->form->carries = items;
    build->form->n_carries = carries.count;
}

/* Rules to equations: each rule is written out for everything its * can stand for. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "expression.h"
#include "nianbao/text.h"

/* The equation under construction; terms of the same cell and side are added up. */
struct draft_equation {
    struct nb_term *terms;
    struct nb_last_term *last;
    int n_terms, cap_terms, n_last, cap_last;
    int64_t constant[2];
};

/* All equations so far, in heap memory until their number is known. */
struct equations {
    struct nb_equation *items;
    int count, cap;
};

struct compiler {
    struct nb_build *build;
    struct equations *equations;
    const struct nb_rule *rule;
    struct nb_expression expression; /* of the rule at work */
    struct draft_equation scratch;
};

/* The address with the * replaced; heap memory. */
static char *substitute(const char *address, const char *path)
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

static void add_term(struct draft_equation *scratch, const struct nb_form *form, int cell, int side,
                     int64_t factor)
{
    for (int i = 0; i < scratch->n_terms; i++) {
        struct nb_term *term = &scratch->terms[i];
        if (term->cell == cell && term->side == side) {
            term->factor += factor;
            return;
        }
    }
    NB_GROW(scratch->terms, scratch->n_terms, scratch->cap_terms);
    scratch->terms[scratch->n_terms++] =
        (struct nb_term) { .cell = cell,
                           .side = (unsigned char)side,
                           .kind = (unsigned char)form->cells[cell].kind,
                           .factor = factor };
}

static bool is_known(const struct nb_build *build, const char *address)
{
    int *cells;
    int count = nb_form_resolve(build->form, address, &cells);
    free(cells);
    if (count)
        return true;
    return build->known.has_address && build->known.has_address(build->known.context, address);
}

static void add_last(struct nb_build *build, struct draft_equation *scratch,
                     const struct nb_product *product, const char *address)
{
    NB_GROW(scratch->last, scratch->n_last, scratch->cap_last);
    scratch->last[scratch->n_last++] =
        (struct nb_last_term) { .address = nb_arena_strdup(build->arena, address),
                                .side = product->side,
                                .factor = product->factor };
}

/* Adds what the product stands for; false where it stands for nothing. */
static bool add_product(struct nb_build *build, struct draft_equation *scratch,
                        const struct nb_product *product, const char *path)
{
    if (!product->address) {
        scratch->constant[product->side] += product->factor;
        return true;
    }
    char *address = substitute(product->address, path);
    bool found = true;
    if (product->last) {
        found = is_known(build, address);
        if (found)
            add_last(build, scratch, product, address);
    } else {
        int *cells;
        int count = nb_form_resolve(build->form, address, &cells);
        for (int i = 0; i < count; i++)
            add_term(scratch, build->form, cells[i], product->side, product->factor);
        free(cells);
        found = count > 0;
    }
    free(address);
    return found;
}

static int reported_cell(const struct nb_equation *equation)
{
    int right = -1, n_right = 0;
    for (int i = 0; i < equation->n_terms; i++) {
        if (equation->terms[i].side == NB_RIGHT) {
            right = equation->terms[i].cell;
            n_right++;
        }
    }
    bool alone = n_right == 1 && equation->relation == NB_EQUAL && !equation->constant[NB_RIGHT];
    for (int i = 0; i < equation->n_last && alone; i++)
        alone = equation->last[i].side == NB_LEFT;
    return alone ? right : equation->terms[0].cell;
}

static void keep_equation(struct compiler *compiler, enum nb_star star)
{
    struct equations *equations = compiler->equations;
    const struct draft_equation *scratch = &compiler->scratch;
    struct nb_build *build = compiler->build;
    NB_GROW(equations->items, equations->count, equations->cap);
    struct nb_equation *equation = &equations->items[equations->count++];
    struct nb_term *terms = nb_build_array(build, scratch->n_terms, sizeof *terms);
    struct nb_last_term *last = nb_build_array(build, scratch->n_last, sizeof *last);
    memcpy(terms, scratch->terms, (size_t)scratch->n_terms * sizeof *terms);
    if (scratch->n_last)
        memcpy(last, scratch->last, (size_t)scratch->n_last * sizeof *last);
    *equation = (struct nb_equation) { .rule = compiler->rule,
                                       .relation = compiler->expression.relation,
                                       .terms = terms,
                                       .n_terms = scratch->n_terms,
                                       .last = last,
                                       .n_last = scratch->n_last,
                                       .constant = { scratch->constant[0], scratch->constant[1] },
                                       .star = star };
    equation->cell = reported_cell(equation);
}

/* Makes the instance for one path; false where a term does not exist for it. */
static bool instantiate(struct compiler *compiler, const char *path, enum nb_star star)
{
    struct draft_equation *scratch = &compiler->scratch;
    scratch->n_terms = scratch->n_last = 0;
    scratch->constant[0] = scratch->constant[1] = 0;
    for (int i = 0; i < compiler->expression.n_products; i++) {
        if (!add_product(compiler->build, scratch, &compiler->expression.products[i], path))
            return false;
    }
    if (!scratch->n_terms || scratch->n_terms > NB_MAX_TERMS)
        return false;
    keep_equation(compiler, star);
    return true;
}

/* ---- what the * ranges over ---- */

typedef bool visit_path(void *context, const char *path, enum nb_star star);

static bool is_repeated(const struct nb_axis *axis, int leaf)
{
    for (int i = 0; i < leaf; i++) {
        if (strcmp(axis->leaves[i].path, axis->leaves[leaf].path) == 0)
            return true;
    }
    return false;
}

static int visit_axis(const struct nb_axis *axis, enum nb_star star, visit_path *visit,
                      void *context)
{
    int count = 0;
    for (int i = 0; i < axis->n_leaves; i++) {
        const struct nb_leaf *leaf = &axis->leaves[i];
        bool has_cells = leaf->path[0] && (!leaf->is_group || leaf->node->own);
        if (has_cells && !is_repeated(axis, i))
            count += visit(context, leaf->path, star);
    }
    return count;
}

/* An earlier table of the section with the same columns has already been visited. */
static bool is_repeated_axis(const struct nb_form *form, int table, bool rows)
{
    const struct nb_table *own = form->tables[table];
    for (int i = 0; i < table; i++) {
        const struct nb_table *other = form->tables[i];
        const struct nb_axis *a = rows ? &own->rows : &own->columns;
        const struct nb_axis *b = rows ? &other->rows : &other->columns;
        bool same = other->section == own->section && a->n_leaves == b->n_leaves;
        for (int j = 0; same && j < a->n_leaves; j++)
            same = strcmp(a->leaves[j].path, b->leaves[j].path) == 0;
        if (same)
            return true;
    }
    return false;
}

/* Visits the paths of leaf rows and leaf columns of the section that `address` is in; returns how
 * many visits said yes. */
static int visit_paths(const struct nb_form *form, const char *address, visit_path *visit,
                       void *context)
{
    size_t len = strcspn(address, ".");
    int count = 0;
    for (int i = 0; i < form->n_tables; i++) {
        const struct nb_table *table = form->tables[i];
        if (strncmp(table->section->id, address, len) != 0 || table->section->id[len])
            continue;
        if (!is_repeated_axis(form, i, true))
            count += visit_axis(&table->rows, NB_STAR_ROW, visit, context);
        if (!is_repeated_axis(form, i, false))
            count += visit_axis(&table->columns, NB_STAR_COLUMN, visit, context);
    }
    return count;
}

static bool visit_instance(void *context, const char *path, enum nb_star star)
{
    return instantiate(context, path, star);
}

struct product_visit {
    struct nb_build *build;
    const struct nb_product *product;
};

static bool visit_product(void *context, const char *path, enum nb_star star)
{
    const struct product_visit *visit = context;
    (void)star;
    char *address = substitute(visit->product->address, path);
    int *cells = NULL;
    bool found = visit->product->last ? is_known(visit->build, address)
                                      : nb_form_resolve(visit->build->form, address, &cells) > 0;
    free(cells);
    free(address);
    return found;
}

/* Where no instance came to be: is it this product that exists nowhere? */
static bool exists_somewhere(struct nb_build *build, const struct nb_product *product)
{
    struct product_visit visit = { build, product };
    if (!product->address)
        return true;
    if (!strchr(product->address, '*'))
        return visit_product(&visit, "", NB_STAR_NONE);
    return visit_paths(build->form, product->address, visit_product, &visit) > 0;
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

/* Tells of every product that exists nowhere, or else of `value` as a whole. */
static void explain_absence(struct nb_build *build, const struct nb_tree *value,
                            const struct nb_expression *expression)
{
    bool told = false;
    for (int i = 0; i < expression->n_products; i++) {
        if (!exists_somewhere(build, &expression->products[i])) {
            unknown_address(build, &expression->products[i]);
            told = true;
        }
    }
    if (!told)
        nb_diag_add(build->diags, build->file, value->mark, NB_MSG_FORM_UNREACHABLE, "text",
                    value->text, NULL);
}

/* The address of this year with a *, which decides what the * ranges over; NULL without *. */
static const char *starred(const struct nb_expression *expression)
{
    const char *last = NULL;
    for (int i = 0; i < expression->n_products; i++) {
        const struct nb_product *product = &expression->products[i];
        if (!product->address || !strchr(product->address, '*'))
            continue;
        if (!product->last)
            return product->address;
        last = product->address;
    }
    return last;
}

static void compile(struct compiler *compiler, const struct nb_tree *value, bool with_relation)
{
    if (!nb_expression_read(compiler->build, value, with_relation, &compiler->expression))
        return;
    const char *star = starred(&compiler->expression);
    int count = star ? visit_paths(compiler->build->form, star, visit_instance, compiler)
                     : instantiate(compiler, "", NB_STAR_NONE);
    if (!count)
        explain_absence(compiler->build, value, &compiler->expression);
}

static void release_scratch(struct compiler *compiler)
{
    free(compiler->scratch.terms);
    free(compiler->scratch.last);
}

static const struct nb_equation *settle(struct nb_build *build, struct equations *equations)
{
    struct nb_equation *items = nb_build_array(build, equations->count, sizeof *items);
    if (equations->count)
        memcpy(items, equations->items, (size_t)equations->count * sizeof *items);
    free(equations->items);
    return items;
}

/* ---- rules ---- */

struct rule_source {
    struct nb_rule *rule;
    const struct nb_tree *assert;
};

static void take_assert(struct nb_build *build, const struct nb_tree *value, void *target)
{
    (void)build;
    ((struct rule_source *)target)->assert = value;
}

static void take_severity(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_rule *rule = ((struct rule_source *)target)->rule;
    for (enum nb_severity severity = NB_INFO; severity <= NB_ERROR; severity++) {
        if (value->type == NB_TREE_TEXT && strcmp(value->text, nb_severity_name(severity)) == 0) {
            rule->severity = severity;
            return;
        }
    }
    nb_build_value_fault(build, value, " error、warning 或 info");
}

static void take_rule_id(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_rule *rule = ((struct rule_source *)target)->rule;
    rule->id = value->type == NB_TREE_TEXT ? value->text : "";
    size_t len = strspn(rule->id, "abcdefghijklmnopqrstuvwxyz_.");
    if (!len || rule->id[len])
        nb_build_value_fault(build, value, "小写字母、下划线和点组成的名称");
    for (int i = 0; i < build->form->n_rules; i++) {
        const struct nb_rule *other = &build->form->rules[i];
        if (other != rule && strcmp(other->id, rule->id) == 0)
            nb_diag_add(build->diags, build->file, value->mark, NB_MSG_FORM_DUPLICATE, "what",
                        " id ", "text", rule->id, NULL);
    }
}

static void take_says(struct nb_build *build, const struct nb_tree *value, void *target)
{
    ((struct rule_source *)target)->rule->says = value->type == NB_TREE_TEXT ? value->text : "";
    if (value->type != NB_TREE_TEXT || strchr(value->text, '\n'))
        nb_build_value_fault(build, value, "一行文字");
}

static const struct nb_field rule_fields[] = {
    { "id", true, NB_FIELD_OTHER, 0, 0, take_rule_id },
    { "assert", true, NB_FIELD_OTHER, 0, 0, take_assert },
    { "severity", false, NB_FIELD_OTHER, 0, 0, take_severity },
    { "says", false, NB_FIELD_OTHER, 0, 0, take_says },
};

static void compile_rule(struct nb_build *build, const struct nb_tree *map,
                         struct equations *equations)
{
    struct nb_rule *rule = (struct nb_rule *)&build->form->rules[build->form->n_rules++];
    *rule = (struct nb_rule) {
        .id = "", .severity = NB_ERROR, .says = "", .mark = map->mark, .assert_text = ""
    };
    struct rule_source source = { rule, NULL };
    nb_build_fields(build, map, "rules", rule_fields, nb_countof(rule_fields), &source);
    if (!source.assert)
        return;
    rule->assert_text = source.assert->type == NB_TREE_TEXT ? source.assert->text : "";
    struct compiler compiler = { .build = build, .equations = equations, .rule = rule };
    compile(&compiler, source.assert, true);
    release_scratch(&compiler);
}

static void compile_rules(struct nb_build *build)
{
    struct nb_form *form = build->form;
    struct equations equations = { 0 };
    if (build->rules && nb_build_is_list(build, build->rules)) {
        form->rules = nb_build_array(build, build->rules->count, sizeof *form->rules);
        for (const struct nb_tree *map = build->rules->first; map; map = map->next)
            compile_rule(build, map, &equations);
    }
    form->n_equations = equations.count;
    form->equations = settle(build, &equations);
}

/* cell -> equations, as one array of equations and where each cell's part of it begins. A cell on
 * both sides of an equation is listed once. */
static void index_equations(struct nb_build *build)
{
    struct nb_form *form = build->form;
    int *from = nb_build_array(build, form->n_cells + 1, sizeof *from);
    int *last = nb_xrealloc(NULL, (size_t)form->n_cells + 1, sizeof *last);
    for (int pass = 0; pass < 2; pass++) {
        int *touched = (int *)form->touched;
        memset(last, -1, (size_t)form->n_cells * sizeof *last);
        for (int i = 0; i < form->n_equations; i++) {
            const struct nb_equation *equation = &form->equations[i];
            for (int j = 0; j < equation->n_terms; j++) {
                int cell = equation->terms[j].cell;
                if (last[cell] == i)
                    continue;
                last[cell] = i;
                if (pass == 0)
                    from[cell]++; /* counts first */
                else
                    touched[--from[cell]] = i; /* then fills each part from its end */
            }
        }
        if (pass == 0) {
            for (int cell = 1; cell <= form->n_cells; cell++)
                from[cell] += from[cell - 1];
            form->touched = nb_build_array(build, from[form->n_cells], sizeof *form->touched);
        }
    }
    form->touched_from = from;
    free(last);
}

/* ---- what carries over ---- */

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
    { "from", true, NB_FIELD_OTHER, 0, 0, take_carry_from },
    { "to", true, NB_FIELD_OTHER, 0, 0, take_carry_to },
};

struct carries {
    struct nb_build *build;
    struct nb_carry *items;
    int count, cap;
    const char *from, *to;
};

static bool visit_carry(void *context, const char *path, enum nb_star star)
{
    struct carries *carries = context;
    (void)star;
    char *to = substitute(carries->to, path), *from = substitute(carries->from, path);
    int cell = nb_form_find_cell(carries->build->form, to, strlen(to));
    bool found = cell >= 0 && is_known(carries->build, from);
    if (found) {
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

static void compile_carry(struct carries *carries, const struct nb_tree *map)
{
    struct nb_build *build = carries->build;
    struct carry_source source = { NULL, NULL };
    nb_build_fields(build, map, "carry", carry_fields, nb_countof(carry_fields), &source);
    struct nb_product from, to;
    bool fine = take_address(build, source.from, &from);
    if (!take_address(build, source.to, &to) || !fine)
        return;
    from.last = true; /* read in last year's form */
    carries->from = from.address;
    carries->to = to.address;
    int count = strchr(to.address, '*') ? visit_paths(build->form, to.address, visit_carry, carries)
                                        : visit_carry(carries, "", NB_STAR_NONE);
    if (count)
        return;
    if (!exists_somewhere(build, &to))
        unknown_address(build, &to);
    else if (!exists_somewhere(build, &from))
        unknown_address(build, &from);
    else
        nb_diag_add(build->diags, build->file, map->mark, NB_MSG_FORM_UNREACHABLE, "text",
                    from.address, NULL);
}

static void compile_carries(struct nb_build *build)
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

/* ---- phrases ---- */

static void take_equals(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_phrase *phrase = target;
    struct equations equations = { 0 };
    if (!nb_build_is_list(build, value))
        return;
    struct compiler compiler = { .build = build, .equations = &equations };
    for (const struct nb_tree *sum = value->first; sum; sum = sum->next)
        compile(&compiler, sum, false);
    release_scratch(&compiler);
    phrase->n_equals = equations.count;
    phrase->equals = settle(build, &equations);
}

static const struct nb_field phrase_fields[] = {
    { "verbs", false, NB_FIELD_TEXTS, offsetof(struct nb_phrase, verbs),
      offsetof(struct nb_phrase, n_verbs), NULL },
    { "objects", false, NB_FIELD_TEXTS, offsetof(struct nb_phrase, objects),
      offsetof(struct nb_phrase, n_objects), NULL },
    { "units", false, NB_FIELD_TEXTS, offsetof(struct nb_phrase, units),
      offsetof(struct nb_phrase, n_units), NULL },
    { "equals", true, NB_FIELD_OTHER, 0, 0, take_equals },
};

static void compile_phrases(struct nb_build *build)
{
    struct nb_form *form = build->form;
    if (!build->phrases || !nb_build_is_list(build, build->phrases))
        return;
    struct nb_phrase *phrases = nb_build_array(build, build->phrases->count, sizeof *phrases);
    form->phrases = phrases;
    for (const struct nb_tree *map = build->phrases->first; map; map = map->next)
        nb_build_fields(build, map, "phrases", phrase_fields, nb_countof(phrase_fields),
                        &phrases[form->n_phrases++]);
}

void nb_build_rules(struct nb_build *build)
{
    compile_rules(build);
    index_equations(build);
    compile_carries(build);
    compile_phrases(build);
}

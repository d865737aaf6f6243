/* Rules to equations: each rule is written out for everything its * can stand for. Sums without a
 * relation, of which wording.c makes phrases, are read the same way. */
#include <stdlib.h>
#include <string.h>

#include "star.h"

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
    bool too_large; /* an instance was beyond the limits of form.h */
};

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
    char *address = nb_star_replace(product->address, path);
    bool found = true;
    if (product->last) {
        found = nb_star_is_known(build, address);
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

/* What each term keeps on its own, terms of one cell may exceed together. */
static bool is_within_limits(const struct draft_equation *scratch)
{
    for (int i = 0; i < scratch->n_terms; i++) {
        if (llabs(scratch->terms[i].factor) > NB_MAX_FACTOR)
            return false;
    }
    return llabs(scratch->constant[NB_LEFT]) <= NB_MAX_FACTOR &&
           llabs(scratch->constant[NB_RIGHT]) <= NB_MAX_FACTOR &&
           scratch->n_terms + scratch->n_last <= NB_MAX_TERMS;
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
    if (!scratch->n_terms)
        return false;
    if (!is_within_limits(scratch)) {
        compiler->too_large = true;
        return false;
    }
    keep_equation(compiler, star);
    return true;
}

static bool visit_instance(void *context, const char *path, enum nb_star star)
{
    return instantiate(context, path, star);
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

/* False where the expression cannot be read. */
static bool compile(struct compiler *compiler, const struct nb_tree *value, bool with_relation)
{
    struct nb_build *build = compiler->build;
    const struct nb_expression *expression = &compiler->expression;
    if (!nb_expression_read(build, value, with_relation, &compiler->expression))
        return false;
    const char *star = starred(expression);
    compiler->too_large = false;
    int count = star ? nb_star_visit(build->form, star, visit_instance, compiler)
                     : instantiate(compiler, "", NB_STAR_NONE);
    if (compiler->too_large)
        nb_diag_add(build->diags, build->file, value->mark, NB_MSG_FORM_EXPRESSION, "what",
                    "同一格的系数合起来超过 1000000", NULL);
    else if (!count)
        nb_star_explain_absence(build, value->mark, value->text, expression->products,
                                expression->n_products);
    return true;
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
    const struct nb_tree *assert, *severity; /* NULL where absent */
};

static void take_assert(struct nb_build *build, const struct nb_tree *value, void *target)
{
    (void)build;
    ((struct rule_source *)target)->assert = value;
}

static void take_severity(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct rule_source *source = target;
    struct nb_rule *rule = source->rule;
    source->severity = value;
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
    if (!len || rule->id[len]) {
        nb_build_value_fault(build, value, "小写字母、下划线和点组成的名称");
        return;
    }
    for (int i = 0; i < build->form->n_rules; i++) {
        const struct nb_rule *other = &build->form->rules[i];
        if (other != rule && strcmp(other->id, rule->id) == 0)
            nb_diag_add(build->diags, build->file, value->mark, NB_MSG_FORM_DUPLICATE, "what",
                        " id", "text", rule->id, NULL);
    }
}

static void take_says(struct nb_build *build, const struct nb_tree *value, void *target)
{
    ((struct rule_source *)target)->rule->says = value->type == NB_TREE_TEXT ? value->text : "";
    if (value->type != NB_TREE_TEXT || strchr(value->text, '\n'))
        nb_build_value_fault(build, value, "一行文字");
}

static const struct nb_field rule_fields[] = {
    OTHER("id", true, take_rule_id),
    OTHER("assert", true, take_assert),
    OTHER("severity", false, take_severity),
    OTHER("says", false, take_says),
};

/* Nobody is kept from finishing by another year's draft: such a rule warns. */
static void settle_severity(struct nb_build *build, const struct rule_source *source,
                            const struct nb_expression *expression)
{
    bool needs_last = false;
    for (int i = 0; i < expression->n_products; i++)
        needs_last = needs_last || expression->products[i].last;
    if (!needs_last || source->rule->severity != NB_ERROR)
        return;
    if (!source->severity)
        source->rule->severity = NB_WARNING;
    else if (strcmp(source->severity->text, nb_severity_name(NB_ERROR)) == 0)
        nb_build_value_fault(build, source->severity, " warning 或 info（式子用到上年的数）");
}

/* Does the equation say nothing: are both sides the same sum, or is their difference a number that
 * fits? */
static bool holds_always(const struct nb_equation *equation)
{
    int64_t constant = equation->constant[NB_LEFT] - equation->constant[NB_RIGHT];
    for (int i = 0; i < equation->n_terms; i++) {
        int64_t factor = 0;
        for (int j = 0; j < equation->n_terms; j++) {
            const struct nb_term *term = &equation->terms[j];
            if (term->cell == equation->terms[i].cell)
                factor += term->side == NB_LEFT ? term->factor : -term->factor;
        }
        if (factor)
            return false;
    }
    if (equation->n_last)
        return false;
    switch (equation->relation) {
    case NB_AT_MOST:
        return constant <= 0;
    case NB_AT_LEAST:
        return constant >= 0;
    case NB_EQUAL:
    case NB_IFF_ZERO:
        break;
    }
    return constant == 0;
}

/* Tells of a rule none of whose instances, those from `first` on, can fail. */
static void refuse_idle(struct nb_build *build, const struct nb_tree *value,
                        const struct equations *equations, int first)
{
    for (int i = first; i < equations->count; i++) {
        if (!holds_always(&equations->items[i]))
            return;
    }
    if (first < equations->count)
        nb_diag_add(build->diags, build->file, value->mark, NB_MSG_FORM_IDLE, "text", value->text,
                    NULL);
}

static void compile_rule(struct nb_build *build, const struct nb_tree *map,
                         struct equations *equations)
{
    struct nb_rule *rule = (struct nb_rule *)&build->form->rules[build->form->n_rules++];
    *rule = (struct nb_rule) {
        .id = "", .severity = NB_ERROR, .says = "", .mark = map->mark, .assert_text = ""
    };
    struct rule_source source = { .rule = rule };
    nb_build_fields(build, map, "rules", rule_fields, nb_countof(rule_fields), &source);
    if (!source.assert)
        return;
    rule->assert_text = source.assert->type == NB_TREE_TEXT ? source.assert->text : "";
    struct compiler compiler = { .build = build, .equations = equations, .rule = rule };
    int first = equations->count;
    if (compile(&compiler, source.assert, true)) {
        settle_severity(build, &source, &compiler.expression);
        refuse_idle(build, source.assert, equations, first);
    }
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

/* ---- sums by themselves ---- */

const struct nb_equation *nb_build_sums(struct nb_build *build, const struct nb_tree *list,
                                        int *count)
{
    struct equations equations = { 0 };
    *count = 0;
    if (!nb_build_is_list(build, list))
        return NULL;
    struct compiler compiler = { .build = build, .equations = &equations };
    for (const struct nb_tree *sum = list->first; sum; sum = sum->next)
        compile(&compiler, sum, false);
    release_scratch(&compiler);
    *count = equations.count;
    return settle(build, &equations);
}

void nb_build_rules(struct nb_build *build)
{
    compile_rules(build);
    index_equations(build);
    nb_build_carries(build);
    nb_build_wording(build);
}

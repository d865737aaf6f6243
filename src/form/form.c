#include "nianbao/form.h"

#include <stdlib.h>
#include <string.h>

#include "build.h"

static struct nb_form *new_form(const char *file)
{
    struct nb_form *form = nb_xalloc(sizeof *form);
    form->private = nb_xalloc(sizeof *form->private);
    form->source = nb_arena_strdup(&form->private->arena, file);
    return form;
}

enum { MAX_ERRORS = 20 };

/* Sorts what has been told of a file since there were `from` diagnostics, and keeps the first. */
static void settle_faults(struct nb_diags *diags, int from)
{
    if (diags->count == from)
        return;
    struct nb_diags own = { .items = diags->items + from, .count = diags->count - from };
    nb_diags_sort(&own);
    if (own.count > MAX_ERRORS)
        diags->count = from + MAX_ERRORS;
}

/* Compiles stage by stage. Each says nothing that a fault of an earlier one may have caused
 * (nb_build_is_doubtful). `from` is how many diagnostics there were before the file. Takes the
 * form. */
static enum nb_status compile(struct nb_form *form, const struct nb_tree *root,
                              const struct nb_known_forms *known, struct nb_diags *diags, int from,
                              struct nb_form **out)
{
    struct nb_build build = {
        .form = form, .arena = &form->private->arena, .diags = diags, .file = form->source
    };
    if (known)
        build.known = *known;
    build.all_doubtful = diags->count > from;
    nb_build_sections(&build, root);
    nb_build_outline(&build);
    nb_build_rules(&build);
    if (diags->count == from) {
        *out = form;
        return NB_OK;
    }
    settle_faults(diags, from);
    nb_form_free(form);
    return NB_FAILED;
}

enum nb_status nb_form_compile_tree(const char *file, const struct nb_tree *root,
                                    const struct nb_known_forms *known, struct nb_diags *diags,
                                    struct nb_form **out)
{
    *out = NULL;
    return compile(new_form(file), root, known, diags, diags->count, out);
}

enum nb_status nb_form_compile(const char *file, const char *text, size_t len_bytes,
                               const struct nb_known_forms *known, struct nb_diags *diags,
                               struct nb_form **out)
{
    *out = NULL;
    int from = diags->count;
    struct nb_form *form = new_form(file);
    const struct nb_tree *root = nb_tree_read(file, text, len_bytes, &form->private->arena, diags);
    if (root)
        return compile(form, root, known, diags, from, out);
    if (diags->count == from)
        nb_diag_add(diags, file, (struct nb_mark) { 1, 1 }, NB_MSG_KEY_MISSING, "key",
                    "nianbao-form", NULL);
    nb_form_free(form);
    return NB_FAILED;
}

static struct nb_form *outline(struct nb_form *form, const struct nb_tree *root)
{
    struct nb_diags ignored = { 0 };
    struct nb_build build = {
        .form = form, .arena = &form->private->arena, .diags = &ignored, .file = ""
    };
    nb_build_sections(&build, root);
    nb_build_outline(&build);
    nb_diags_release(&ignored);
    return form;
}

struct nb_form *nb_form_outline_tree(const struct nb_tree *root)
{
    return outline(new_form(""), root);
}

struct nb_form *nb_form_outline(const char *text, size_t len_bytes)
{
    struct nb_diags ignored = { 0 };
    struct nb_form *form = new_form("");
    const struct nb_tree *root = nb_tree_read("", text, len_bytes, &form->private->arena, &ignored);
    nb_diags_release(&ignored);
    if (root)
        return outline(form, root);
    nb_form_free(form);
    return NULL;
}

void nb_form_free(struct nb_form *form)
{
    if (!form)
        return;
    nb_arena_release(&form->private->arena);
    free(form->private);
    free(form);
}

const char *nb_section_title(const struct nb_section *section)
{
    return section->heading[0] ? section->heading : section->brief;
}

void nb_node_add_name(struct nb_buf *out, const struct nb_node *node)
{
    if (node->parent && node->parent->id) {
        nb_node_add_name(out, node->parent);
        nb_buf_puts(out, "·");
    }
    nb_buf_puts(out, node->brief);
}

void nb_cell_add_name(struct nb_buf *out, const struct nb_form *form, int cell)
{
    const struct nb_cell *at = &form->cells[cell];
    const struct nb_leaf *column = &at->table->columns.leaves[at->column];
    size_t before = out->len;
    nb_node_add_name(out, at->table->rows.leaves[at->row].node);
    if (out->len > before && !column->path[0])
        return; /* it is the column of figures, there is no other */
    if (out->len > before)
        nb_buf_puts(out, "·");
    nb_node_add_name(out, column->node);
}

void nb_table_add_name(struct nb_buf *out, const struct nb_table *table)
{
    nb_buf_puts(out, nb_section_title(table->section));
    if (table->caption[0])
        nb_buf_printf(out, "·%s", table->caption);
}

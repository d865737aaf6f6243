#include "nianbao/form.h"

#include <stdlib.h>
#include <string.h>

#include "build.h"

static void compile_into(struct nb_build *build, const char *text, size_t len_bytes)
{
    const struct nb_tree *root =
        nb_tree_read(build->file, text, len_bytes, build->arena, build->diags);
    if (!root) {
        if (!nb_diags_count(build->diags, NB_ERROR))
            nb_diag_add(build->diags, build->file, (struct nb_mark) { 1, 1 }, NB_MSG_KEY_MISSING,
                        "key", "nianbao-form", NULL);
        return;
    }
    int before = nb_diags_count(build->diags, NB_ERROR);
    nb_build_sections(build, root);
    if (nb_diags_count(build->diags, NB_ERROR) > before)
        return; /* what follows would only repeat the same faults in other words */
    nb_build_outline(build);
    if (nb_diags_count(build->diags, NB_ERROR) == before)
        nb_build_rules(build);
}

enum nb_status nb_form_compile(const char *file, const char *text, size_t len_bytes,
                               const struct nb_known_forms *known, struct nb_diags *diags,
                               struct nb_form **out)
{
    *out = NULL;
    struct nb_form *form = nb_xalloc(sizeof *form);
    form->private = nb_xalloc(sizeof *form->private);
    struct nb_build build = {
        .form = form, .arena = &form->private->arena, .diags = diags, .file = file
    };
    if (known)
        build.known = *known;
    form->source = nb_arena_strdup(build.arena, file);
    int before = nb_diags_count(diags, NB_ERROR);
    compile_into(&build, text, len_bytes);
    if (nb_diags_count(diags, NB_ERROR) > before) {
        nb_form_free(form);
        return NB_FAILED;
    }
    *out = form;
    return NB_OK;
}

void nb_form_free(struct nb_form *form)
{
    if (!form)
        return;
    nb_arena_release(&form->private->arena);
    free(form->private);
    free(form);
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
    size_t before = out->len;
    nb_node_add_name(out, at->table->rows.leaves[at->row].node);
    if (out->len > before)
        nb_buf_puts(out, "·");
    nb_node_add_name(out, at->table->columns.leaves[at->column].node);
}

void nb_table_add_name(struct nb_buf *out, const struct nb_table *table)
{
    nb_buf_puts(out, table->section->heading);
    if (table->caption[0])
        nb_buf_printf(out, "·%s", table->caption);
}

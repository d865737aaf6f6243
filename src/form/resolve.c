/* Addresses to cells: one cell, or all leaves of a group.
 *
 * An address behind its section is a place on the row axis followed by one on the column axis, each
 * a group, a leaf or nothing: denied.natural is the group of rows `denied` crossed with the column
 * `natural`. A row's own figure is no leaf of its group. A name that fits several tables of the
 * section stands for the leaves of all. */
#include "nianbao/form.h"

#include <stdlib.h>
#include <string.h>

/* Does the leaf stand below the place `path`? The empty place is the whole axis. */
static bool is_below(const struct nb_leaf *leaf, const char *path, size_t len)
{
    bool starts = strncmp(leaf->path, path, len) == 0; /* so leaf->path has at least len bytes */
    if (leaf->is_group)
        return len && starts && !leaf->path[len];
    return !len || (starts && (!leaf->path[len] || leaf->path[len] == '.'));
}

static bool has_any_below(const struct nb_axis *axis, const char *path, size_t len)
{
    for (int i = 0; i < axis->n_leaves; i++) {
        if (is_below(&axis->leaves[i], path, len))
            return true;
    }
    return false;
}

static int cross(const struct nb_table *table, const char *rows, size_t len_rows,
                 const char *columns, int *cells)
{
    size_t len_columns = strlen(columns);
    int count = 0;
    if (!has_any_below(&table->columns, columns, len_columns))
        return 0;
    for (int row = 0; row < table->rows.n_leaves; row++) {
        if (!is_below(&table->rows.leaves[row], rows, len_rows))
            continue;
        for (int column = 0; column < table->columns.n_leaves; column++) {
            int cell = table->cells[row * table->columns.n_leaves + column];
            if (cell >= 0 && is_below(&table->columns.leaves[column], columns, len_columns))
                cells[count++] = cell;
        }
    }
    return count;
}

/* Tries every split of `path` into a place on the rows and one on the columns. */
static int resolve_in_table(const struct nb_table *table, const char *path, int *cells)
{
    for (const char *split = path;; split++) {
        split += strcspn(split, ".");
        const char *columns = *split ? split + 1 : split;
        int count = cross(table, path, (size_t)(split - path), columns, cells);
        if (count)
            return count;
        if (!*split)
            return cross(table, path, 0, path, cells);
    }
}

int nb_form_resolve(const struct nb_form *form, const char *address, int **cells)
{
    *cells = NULL;
    int cell = nb_form_find_cell(form, address, strlen(address));
    if (cell >= 0) {
        *cells = nb_xrealloc(NULL, 1, sizeof **cells);
        **cells = cell;
        return 1;
    }
    size_t len = strcspn(address, ".");
    if (!address[len] || strstr(address, "..") || address[strlen(address) - 1] == '.')
        return 0;
    int *found = nb_xrealloc(NULL, (size_t)form->n_cells, sizeof *found);
    int count = 0;
    for (int i = 0; i < form->n_tables; i++) {
        const char *section = form->tables[i]->section->id;
        if (strncmp(section, address, len) == 0 && !section[len])
            count += resolve_in_table(form->tables[i], address + len + 1, found + count);
    }
    if (count)
        *cells = found;
    else
        free(found);
    return count;
}

size_t nb_reference_length(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
    if (*text != '{')
        return 0;
    const char *at = text + 1;
    for (int parts = 0;; at++) {
        size_t len = strspn(at, letters);
        at += len;
        parts++;
        if (!len)
            return 0;
        if (*at == '}')
            return parts > 1 ? (size_t)(at + 1 - text) : 0;
        if (*at != '.')
            return 0;
    }
}

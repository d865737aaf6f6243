/* A printed table as rows of cells, to be damaged and written in other shapes. */
#ifndef TESTS_ROWS_SUPPORT_H
#define TESTS_ROWS_SUPPORT_H

#include "shape_support.h"

struct cell {
    char *text;
    int column, columns, rows;
    bool figure, head;
};

enum { MOST_ROWS = 120, MOST_CELLS = 40 };

struct rows {
    struct cell cells[MOST_ROWS][MOST_CELLS];
    int n_cells[MOST_ROWS];
    int n_rows, n_columns;
};

/* Does one damage; false where the table has nothing that could suffer it. */
bool damage_rows(struct rows *rows, enum damage damage, uint64_t *seed);

#endif

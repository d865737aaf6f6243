/* Reports as other programs write them: the tables of a draft in every shape that reaches an
 * importer, whole or damaged. */
#ifndef TESTS_SHAPE_SUPPORT_H
#define TESTS_SHAPE_SUPPORT_H

#include "draft_support.h"
#include "nianbao/report.h"

enum shape {
    SHAPE_PRINT,       /* as nianbao prints, 80 columns */
    SHAPE_PRINT_ASCII, /* 64 columns */
    SHAPE_TABS,        /* a row a line, merged cells once */
    SHAPE_TABS_FULL,   /* merged cells repeated */
    SHAPE_TABS_BLANK,  /* merged cells blank but for the first */
    SHAPE_CELL_LINES,  /* a cell a line behind a tab, an empty line between rows */
    SHAPE_LINES,       /* a cell a line, blank cells unseen */
    SHAPE_LINES_GAPS,  /* the same with empty lines between rows */
    SHAPE_LINES_SPLIT, /* the same with labels broken into lines of a few characters */
    SHAPE_PIPES_FULL,  /* Markdown */
    SHAPE_PIPES_BLANK,
    SHAPE_SPACES,    /* a row a line, cells two blanks apart, blank cells unseen */
    SHAPE_ONE_BLANK, /* the same with one blank */
    SHAPE_HTML,
    SHAPE_HTML_PAGE, /* within a page that is laid out by tables */
    SHAPE_COUNT
};
const char *shape_name(enum shape shape);
/* Does the shape show blank cells? */
bool shape_shows_blanks(enum shape shape);

enum damage {
    DAMAGE_NONE,
    DAMAGE_FIGURE_LOST,
    DAMAGE_ROW_LOST,
    DAMAGE_ROWS_SWAPPED,
    DAMAGE_ROW_TWICE,
    DAMAGE_COLUMN_LOST,
    DAMAGE_COLUMNS_SWAPPED,
    DAMAGE_LABEL_NOISE,
    DAMAGE_LABEL_LOST,
    DAMAGE_GLUED,
    DAMAGE_SPLIT,
    DAMAGE_DASH,
    DAMAGE_ILLEGIBLE,
    DAMAGE_EXTRA_CELL,
    /* these change nothing that is said */
    DAMAGE_GROUP_LATE,
    DAMAGE_SPACED,
    DAMAGE_WIDE,
    DAMAGE_TOTALS_BLANK, /* by blank_totals() */
    DAMAGE_DIGIT,        /* by change_digit(): the report itself is wrong */
    DAMAGE_COUNT
};
const char *damage_name(enum damage damage);

/* Blanks every cell that a sum of its row makes. */
void blank_totals(struct nb_draft *draft);
/* Changes one figure. */
void change_digit(struct nb_draft *draft, uint64_t *seed);

/* Appends the report of the draft in that shape, with one damage somewhere in its tables. The kinds
 * from SHAPE_HTML on know only whole reports; false: nothing could be damaged. */
bool add_report(struct nb_buf *out, const struct nb_draft *draft, enum shape shape,
                enum damage damage, uint64_t *seed);

/* A draft whose sums hold, with headings, texts and signature as in a real report. Yours. */
struct nb_draft *random_report(const struct nb_form *form, uint64_t *seed);
/* Sets its figures at random, sums or not. */
void randomise_figures(struct nb_draft *draft, uint64_t *seed);

#endif

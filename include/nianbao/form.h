/* A form: what may be filled in, how it is laid out and which sums must hold.
 *
 * Read from a form file (docs/form-file.md), then immutable; everything reachable from a form lives
 * as long as the form and is never freed apart. Nothing in C names a row, a column or a phrase of
 * any particular form.
 *
 * A table is a tree of rows crossed with a tree of columns:
 *
 *            columns   applicants ──┬── natural
 *                                   └── bodies ──┬── company      leaf column c
 *   rows                                         └── ...              │
 *   new ───────────────────────────────────────────────────────────── ┼ ──
 *   denied ──┬── secret            leaf row r ────────────────────── cell
 *            └── law
 *
 * A cell is an integer index into nb_form.cells, valid for one loaded form and never stored; its
 * address is section id, ids on the row path, ids on the column path, joined by dots:
 * requests.denied.secret.company. A node without id adds nothing. */
#ifndef NIANBAO_FORM_H
#define NIANBAO_FORM_H

#include "nianbao/diag.h"
#include "nianbao/figure.h"

enum nb_stub {
    NB_STUB_COLUMNS, /* each level of rows has a stub column of its own */
    NB_STUB_INDENT,  /* one stub column, levels indented */
    NB_STUB_NONE,    /* rows have no labels */
};

/* A row or a column, or a group of them. */
struct nb_node {
    const char *id;    /* NULL: adds nothing to addresses */
    const char *label; /* verbatim for the print; "" where the form gives none */
    const char *brief; /* `short` of the form file, else the label */
    const char *help;  /* NULL: none */
    const char *own;   /* the id of the row's own figure where it also has children, else NULL */
    const char *unit;  /* own or inherited, NULL: none */
    enum nb_kind kind; /* own or inherited */
    bool has_kind;     /* the node or a parent names a kind */
    bool prints_unit;  /* a column that shows the row's unit and holds no cell */
    const char *const *aka; /* other spellings that import accepts */
    int n_aka;
    const struct nb_node *parent; /* NULL for the root of an axis */
    const struct nb_node *children;
    int n_children;
    int depth; /* 0 for the root, which is no row or column itself */
    int first_leaf, n_leaves;
    struct nb_mark mark; /* where the form file describes it */
};

/* A printed row, or a column with cells below it. */
struct nb_leaf {
    const struct nb_node *node;
    const char *path; /* ids from the root joined by dots, "" where there are none */
    bool is_group;    /* a row with children: it has cells only where node->own is set */
};

struct nb_axis {
    const struct nb_node *root;
    const struct nb_leaf *leaves;
    int n_leaves;
    int depth; /* levels below the root */
};

struct nb_table {
    const struct nb_section *section;
    enum nb_stub stub;
    const char *corner, *caption; /* "" where the form gives none */
    bool joined;                  /* stands in one frame with the table before it */
    struct nb_axis rows, columns;
    const int *cells;        /* [row leaf * columns.n_leaves + column leaf], -1: no cell there */
    const char *const *foot; /* lines below the table, with texts of the draft: {people.head} */
    int n_foot;
};

struct nb_aspect {
    const char *name;
    const char *const *words;
    int n_words;
};

struct nb_words {
    const char *const *items;
    int count;
};

struct nb_prose {
    const struct nb_section *section;
    const char *address;
    const char *help; /* NULL: none */
    bool required;
    bool other_years;                /* it may speak of other years than the report's */
    const struct nb_aspect *aspects; /* what the text must speak of */
    int n_aspects;
    struct nb_words not_alone; /* what may not be all it says */
    const char *says;          /* why, for both; "" where the form gives none */
    struct nb_mark mark;
};

/* A piece of a section: a text or a table, the other is NULL. */
struct nb_item {
    const struct nb_prose *prose;
    const struct nb_table *table;
};

struct nb_section {
    const char *id;
    const char *heading; /* "": none is printed */
    const char *brief;   /* `short` of the form file, else the heading */
    bool annex;          /* printed behind signature and date */
    const struct nb_item *items;
    int n_items;
    struct nb_mark mark; /* where the form file describes it */
};

struct nb_cell {
    const char *address;
    const struct nb_table *table;
    int row, column; /* leaves of the table's axes */
    enum nb_kind kind;
    const char *unit; /* NULL: none */
};

/* The shape of the draft file: the tree of keys whose leaves are cells and texts. */
struct nb_key {
    const char *name;
    size_t len_bytes; /* of the name */
    const char *address;
    const struct nb_key *parent, *children;
    int n_children;
    int index;         /* in nb_form.keys */
    int cell;          /* -1: none */
    int prose;         /* index into nb_form.proses, -1: none */
    bool only_figures; /* every child is a cell: the mapping stands on one line */
};

enum nb_relation { NB_EQUAL, NB_AT_MOST, NB_AT_LEAST, NB_IFF_ZERO };

enum { NB_LEFT, NB_RIGHT };

struct nb_rule {
    const char *id;
    enum nb_severity severity;
    const char *says; /* "" where the form gives none */
    struct nb_mark mark;
    const char *assert_text;
};

struct nb_term {
    int cell;
    unsigned char side; /* NB_LEFT or NB_RIGHT */
    unsigned char kind; /* the cell's enum nb_kind, kept here since every check walks all terms */
    int64_t factor;
};

/* A figure of last year's draft, by its address in last year's form. */
struct nb_last_term {
    const char *address;
    int side;
    int64_t factor;
};

/* What the * of a rule stood for when this instance was made. */
enum nb_star { NB_STAR_NONE, NB_STAR_ROW, NB_STAR_COLUMN };

/* One instance of a rule as a sparse row of integers:  sum of left terms  relation  sum of right.
 * Groups are already expanded to their leaf cells. At most NB_MAX_TERMS terms, factors and
 * constants within +-NB_MAX_FACTOR: sums of figures then fit nb_wide. */
struct nb_equation {
    const struct nb_rule *rule;
    enum nb_relation relation;
    const struct nb_term *terms;
    int n_terms;
    const struct nb_last_term *last;
    int n_last;
    int64_t constant[2]; /* by side */
    int cell; /* the cell it is reported at: the single cell right of ==, else the first */
    enum nb_star star;
};
enum { NB_MAX_TERMS = 100000, NB_MAX_FACTOR = 1000000 };

struct nb_carry {
    const char *from; /* address in last year's form */
    int to;           /* cell */
};

/* The words that checks of texts go by; docs/form-file.md says what each list does. */
struct nb_proof_words {
    struct nb_words elsewhen, outlook, period, units;                    /* years */
    struct nb_words levels, peers, offices, no_names, own, acts, guests; /* names of bodies */
    struct nb_words templates, doubles, once, links;                     /* slips */
};

struct nb_form {
    const char *id, *name, *title;
    int year_from, year_to; /* inclusive; 0: open, both: chosen by its id alone */
    const char *basis;      /* the notice to cite, "" where the form names none */
    const char *const *outdated;
    int n_outdated;
    const char *source; /* file, or "" for a built-in form */
    const struct nb_section *sections;
    int n_sections;
    const struct nb_prose *const *proses; /* all texts in print order */
    int n_proses;
    const struct nb_table *const *tables;
    int n_tables;
    const struct nb_cell *cells;
    int n_cells;
    const struct nb_key *keys; /* keys[0] is the root, whose children are the sections */
    int n_keys;
    const struct nb_rule *rules;
    int n_rules;
    const struct nb_equation *equations;
    int n_equations;
    const int *touched; /* equations by cell: touched[touched_from[c] .. touched_from[c + 1]) */
    const int *touched_from;
    const struct nb_carry *carries;
    int n_carries;
    const struct nb_wording *wording; /* how texts speak of figures: wording.h */
    struct nb_proof_words proof;
    struct nb_form_private *private;
};

/* Tells whether any other form knows an address: last year's form may differ from this one. */
struct nb_known_forms {
    bool (*has_address)(void *context, const char *address);
    void *context;
};

/* Compiles the text of a form file. `file` names it in diagnostics and is kept as the source.
 * NB_OK: *out is yours, release it with nb_form_free(). Otherwise *out is NULL and diags has gained
 * one error for each fault, with line and column, sorted by place and at most 20. `known` may be
 * NULL: only this form is known. */
enum nb_status nb_form_compile(const char *file, const char *text, size_t len_bytes,
                               const struct nb_known_forms *known, struct nb_diags *diags,
                               struct nb_form **out);
void nb_form_free(struct nb_form *form); /* NULL is fine */

/* The cell with that address, or -1. `len_bytes` bytes of `address` count. */
int nb_form_find_cell(const struct nb_form *form, const char *address, size_t len_bytes);

/* The cells an address stands for: one, or the leaves of a group in all tables of its section.
 * *cells is heap memory, yours to free(); returns their number, 0 (and NULL) where the form has no
 * such address. */
int nb_form_resolve(const struct nb_form *form, const char *address, int **cells);
/* The reference {address} that begins at `text`: its length in bytes with both braces, 0 where
 * there is none. address = [a-z_]+(\.[a-z_]+)+; every other brace is a brace. */
size_t nb_reference_length(const char *text);

/* The child key with that name, or NULL. Tries `hint` and its successor first, so that files in the
 * form's order are read without searching. */
const struct nb_key *nb_key_child(const struct nb_key *key, const char *name, size_t len_bytes,
                                  const struct nb_key *hint);

/* What people call the section: its heading, else its short name. */
const char *nb_section_title(const struct nb_section *section);
/* Appends the names on the path of a node from the first with an id down, joined by ·. */
void nb_node_add_name(struct nb_buf *out, const struct nb_node *node);
/* Appends row and column of a cell in words: 一、本年新收·自然人. A column that adds nothing to the
 * address is left out. */
void nb_cell_add_name(struct nb_buf *out, const struct nb_form *form, int cell);
/* Appends what tells a table from the others of its form: section and caption. */
void nb_table_add_name(struct nb_buf *out, const struct nb_table *table);

/* Checks a form the way its author would want (nianbao forms): cells in no rule, single-cell errors
 * that no equation would notice, rules that cannot hold together, cells that can only be zero. */
void nb_form_lint(const struct nb_form *form, struct nb_diags *diags);

/* All forms this process can use: the built-in ones and those of folders. Forms are compiled when
 * first asked for and belong to the catalog. */
struct nb_catalog;
/* `folders` are searched in order, then the built-in forms; a form found earlier replaces a later
 * one with the same id. Faulty files of the folders are told in `diags` and left out, and so is the
 * second file of a folder with the same id. */
struct nb_catalog *nb_catalog_new(const char *const *folders, int n_folders,
                                  struct nb_diags *diags);
void nb_catalog_free(struct nb_catalog *catalog);
int nb_catalog_count(const struct nb_catalog *catalog);
const char *nb_catalog_id(const struct nb_catalog *catalog, int index);
/* The form with that id, NULL where there is none. */
const struct nb_form *nb_catalog_form(struct nb_catalog *catalog, const char *id);
/* The form in force for reports about that year (the latest, where several are), or NULL. */
const struct nb_form *nb_catalog_form_for_year(struct nb_catalog *catalog, int year);
/* For nb_form_compile(): all forms of the catalog. */
struct nb_known_forms nb_catalog_known(struct nb_catalog *catalog);

#endif

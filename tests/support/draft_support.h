/* Drafts, forms and findings for tests. What cannot be made ends the test and says why.
 *
 * Fixtures are files of tests/support; tests run in the top folder of the project. */
#ifndef TESTS_DRAFT_SUPPORT_H
#define TESTS_DRAFT_SUPPORT_H

#include "nianbao/check.h"

/* The first four lines of a draft that lacks nothing. */
#define DRAFT_HEAD "nianbao: 1\nform: \"2021\"\nunit: 示例市\nyear: 2024\n"

/* Fixture of a group: *state is a catalog of the built-in forms. */
int setup_catalog(void **state);
int teardown_catalog(void **state);

/* A form from the text of a form file; rules may name last year's figures freely. Yours. */
struct nb_form *form_of_text(const char *text);

/* An empty draft of the form for 2024, with CELL=VALUE, separated by blanks, set one after the
 * other. Yours. */
struct nb_draft *draft_with(const struct nb_form *form, const char *assignments);
void draft_assign(struct nb_draft *draft, const char *assignments);

/* The draft that a text or a file holds, without an error. Yours. */
struct nb_draft *draft_of_bytes(struct nb_catalog *catalog, const char *text, size_t len_bytes);
struct nb_draft *draft_of_file(struct nb_catalog *catalog, const char *path);
/* The catalog's form with that id. */
const struct nb_form *form_of_id(struct nb_catalog *catalog, const char *id);

void add_file(struct nb_buf *out, const char *path);

/* Appends one line a diagnostic: 12:5 error rule message. */
void add_diags(struct nb_buf *out, const struct nb_diags *diags);

/* Fail with the name of the case and both sides. */
void assert_text(const char *name, const char *got, const char *wanted);
void assert_bytes(const char *name, const struct nb_buf *got, const char *wanted, size_t len_bytes);
void assert_diags(const char *name, const struct nb_diags *got, const char *wanted);

/* The same for tables of cases, which go on after a failure: false, with both sides printed. */
bool same_diags(const char *name, const struct nb_diags *got, const char *wanted);

/* The cell with that address, which must exist. */
int cell_at(const struct nb_form *form, const char *address);

/* The same numbers in every run (xorshift64*); the seed is not 0. */
uint64_t random_next(uint64_t *seed);
int random_below(uint64_t *seed, int limit);

/* Appends up to `most` characters of those that have broken drafts before: blanks, marks of YAML,
 * line breaks of all kinds, characters of the supplementary planes. Ends with no newline. */
void add_random_text(struct nb_buf *out, uint64_t *seed, int most);
/* A figure of the kind, one in eight blank. */
struct nb_figure random_figure(uint64_t *seed, enum nb_kind kind);

#endif

/* A draft: the figures and texts of one body for one year, in memory, and its file.
 *
 * The file is strict YAML (docs/draft-file.md). What nianbao wrote it reads and writes again byte
 * by byte. Figures are exact, blank is not zero, and texts come back as they were typed. */
#ifndef NIANBAO_DRAFT_H
#define NIANBAO_DRAFT_H

#include "nianbao/form.h"

struct nb_draft;

/* The texts of a draft: those of its head, then from NB_TEXT_PROSE on those of its form, in the
 * order of nb_form.proses. A text that is not there is "". */
enum {
    NB_TEXT_UNIT,
    NB_TEXT_SIGNED_BY,
    NB_TEXT_SIGNED_DATE, /* 2025-01-20 */
    NB_TEXT_PEOPLE_FILLED,
    NB_TEXT_PEOPLE_CHECKED,
    NB_TEXT_PEOPLE_HEAD,
    NB_TEXT_PEOPLE_PHONE,
    NB_TEXT_PRIOR, /* last year's draft, relative to the folder of this one */
    NB_TEXT_PREAMBLE,
    NB_TEXT_FINISHED_AT,
    NB_TEXT_FINISHED_CONTENT,
    NB_TEXT_PROSE
};

/* Lists of records at the end of the file, and the fields of each. Fields that are not there are
 * "". */
enum nb_list { NB_LIST_MARKS, NB_LIST_ACCEPTED, NB_LIST_SOURCES, NB_LIST_COUNT };
enum { NB_MARK_CELL, NB_MARK_TEXT, NB_MARK_BY, NB_MARK_AT };
enum {
    NB_ACCEPTED_RULE,
    NB_ACCEPTED_CELL,
    NB_ACCEPTED_ABOUT,
    NB_ACCEPTED_REASON,
    NB_ACCEPTED_BY,
    NB_ACCEPTED_AT
};
enum { NB_SOURCE_UNIT, NB_SOURCE_FILE, NB_SOURCE_FIGURES };
enum { NB_RECORD_FIELDS = 6 };

/* An empty draft. The form must outlive it. */
struct nb_draft *nb_draft_new(const struct nb_form *form);
void nb_draft_free(struct nb_draft *draft); /* NULL is fine */

const struct nb_form *nb_draft_form(const struct nb_draft *draft);
int nb_draft_year(const struct nb_draft *draft); /* 0: not set */
void nb_draft_set_year(struct nb_draft *draft, int year);

struct nb_figure nb_draft_figure(const struct nb_draft *draft, int cell);
/* Appends the figure as typed; nothing where it is blank. */
void nb_draft_add_figure(const struct nb_draft *draft, int cell, struct nb_buf *out);
/* All of them, by cell; valid as long as the draft and always up to date. */
const struct nb_figure *nb_draft_figures(const struct nb_draft *draft);
/* The kind of the figure must be the cell's. */
void nb_draft_set_figure(struct nb_draft *draft, int cell, struct nb_figure figure);

int nb_draft_text_count(const struct nb_draft *draft);
/* Valid until that text is set again. */
const char *nb_draft_text(const struct nb_draft *draft, int text);
/* `value` passes nb_text_fault() and has no newline at its end; it is copied. */
void nb_draft_set_text(struct nb_draft *draft, int text, const char *value);
/* unit, signed.by, preamble, overview, disclosure.note, … */
const char *nb_draft_text_address(const struct nb_draft *draft, int text);
/* What people call a text of the head: 单位名称, … */
const char *nb_head_text_name(int text);
/* The text with that address, or -1. */
int nb_draft_find_text(const struct nb_draft *draft, const char *address);

/* Puts `len_bytes` bytes of `inserted` in the place of `removed` bytes at `offset`; what comes of
 * it must be as for nb_draft_set_text(), except that newlines may stand at its end: writing drops
 * them. */
void nb_draft_splice_text(struct nb_draft *draft, int text, size_t offset, size_t removed,
                          const char *inserted, size_t len_bytes);

/* What the file calls the list: marks, accepted, sources. */
const char *nb_list_name(enum nb_list list);
/* What people call it: 备注, … */
const char *nb_list_title(enum nb_list list);
/* What the file calls a field of its records; NULL: there is no such field. */
const char *nb_list_field(enum nb_list list, int field);
int nb_draft_record_count(const struct nb_draft *draft, enum nb_list list);
/* NB_RECORD_FIELDS texts, by the enums above. */
const char *const *nb_draft_record(const struct nb_draft *draft, enum nb_list list, int index);
/* Copies the fields; NULL is as good as "". */
void nb_draft_add_record(struct nb_draft *draft, enum nb_list list, const char *const *fields);
/* Before the record `index`, which may be their number. */
void nb_draft_insert_record(struct nb_draft *draft, enum nb_list list, int index,
                            const char *const *fields);
void nb_draft_remove_record(struct nb_draft *draft, enum nb_list list, int index);

/* Where things stand in the file the draft was read from: the cell's value, if absent its row's
 * key, else its section's, else 1:1. */
struct nb_mark nb_draft_cell_mark(const struct nb_draft *draft, int cell);
/* Likewise for a text, `offset` bytes into it. */
struct nb_mark nb_draft_text_mark(const struct nb_draft *draft, int text, size_t offset);
/* The same for many characters of one text, at ascending offsets: costs one walk. */
void nb_draft_text_marks(const struct nb_draft *draft, int text, const size_t *offsets, int count,
                         struct nb_mark *marks);

/* ---- the file ---- */

/* Reads a draft. `file` names it in diagnostics; the form comes from the catalog, which must
 * outlive the draft. NB_OK: *out is yours. Otherwise *out is NULL and up to 20 errors are in
 * `diags`. */
enum nb_status nb_draft_read(const char *file, const char *text, size_t len_bytes,
                             struct nb_catalog *catalog, struct nb_diags *diags,
                             struct nb_draft **out);
/* The same from a path, "-" for standard input. `text` receives the bytes; NULL where they are not
 * wanted. */
enum nb_status nb_draft_load(const char *path, struct nb_catalog *catalog, struct nb_diags *diags,
                             struct nb_buf *text, struct nb_draft **out);
/* Appends the file's text, in the form's order. */
void nb_draft_write(const struct nb_draft *draft, struct nb_buf *out);
/* Appends sha256:… of the file's text without its `finished`, what finished.content says. */
void nb_draft_add_content_hash(const struct nb_draft *draft, struct nb_buf *out);
/* Does a file hold comments, which nb_draft_write() cannot bring back? The text has been read
 * without errors. */
bool nb_draft_file_has_comments(const char *text, size_t len_bytes);

/* ---- by address, as people and scripts name things ---- */

/* Sets a figure (as typed: nb_figure_type()), a text, or `year`; an empty value makes it blank.
 * NB_FAILED tells why at the place of the old value and leaves the draft as it was. Removes the
 * mark of a finished draft, which is told once. */
enum nb_status nb_draft_set(struct nb_draft *draft, const char *file, const char *address,
                            const char *value, struct nb_diags *diags);
/* The year that a person typed, four digits, 0: none. */
int nb_year_type(const char *text);
/* What must stand in a text of that place instead of `value`, in words for "这里要写{…}"; NULL: it
 * may stand. */
const char *nb_draft_text_fault(int text, const char *value);
/* Appends the value; false where the form has no such cell or text. A group is no value. */
bool nb_draft_get(const struct nb_draft *draft, const char *address, struct nb_buf *out);
/* All addresses in the order of the file, for listing; `visit` is called for each. */
void nb_draft_each_address(const struct nb_draft *draft,
                           void (*visit)(void *context, const char *address), void *context);

/* ---- last year ---- */

/* Is `prior` of the year before? */
bool nb_draft_follows(const struct nb_draft *draft, const struct nb_draft *prior);
/* Carries over into the empty draft of a later year, whose unit and year are set, what its form
 * says (no figures where `prior` is not of the year before), and signer, people and preamble; what
 * needs a look is marked and told. */
void nb_draft_carry_over(struct nb_draft *draft, const struct nb_draft *prior, const char *file,
                         struct nb_diags *diags);

/* What a new draft is to be. */
struct nb_draft_plan {
    const char *path; /* where it will stand */
    const char *unit; /* as typed */
    int year;
    const struct nb_form *form;
    const struct nb_draft *prior; /* last year's draft, NULL: none */
    const char *prior_path;       /* NULL: of no file, so that the new draft cannot name it */
};
/* Makes the draft and carries over what last year's gives; writes nothing. NB_OK: *out is yours,
 * and `diags` may have gained what needs a look. */
enum nb_status nb_draft_make(const struct nb_draft_plan *plan, struct nb_diags *diags,
                             struct nb_draft **out);

/* The sum of the cells that `address` stands for in the draft's form. False where there is no such
 * address; *blank tells whether any of the cells is blank. */
bool nb_draft_sum(const struct nb_draft *draft, const char *address, nb_wide *sum, bool *blank);

/* ---- figure references in prose: {address} ---- */

/* Appends `text` with every reference to a known address replaced by its figure or sum, blank ones
 * by ＿＿. */
void nb_draft_add_resolved(const struct nb_draft *draft, const char *text, struct nb_buf *out);

#endif

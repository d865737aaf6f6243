/* The journal: what has been typed into a draft since it was saved, safe on the disk edit by edit;
 * also the lock that tells a second program that the draft is open.
 *
 * It is a file `.NAME.journal` beside the draft, or where the folder cannot be written, a file of
 * $XDG_STATE_HOME/nianbao/journal. Who may write the draft may write it. Figures that a second
 * person keys (verify.h) have a journal of their own, `.NAME.verify`, and are nowhere else. A line
 * for each record, escaped, with its checksum in front:
 *
 *     9f86d081884c7d65 journal 示例机\t王\t4711\t2025-01-12T09:30:00+08:00\tsha256:…
 *     60303ae22b998861 requests.new.natural 3440
 *
 * The first line says who opened the draft, when, and what the file held then. A record gives the
 * whole value of its address; later ones count. What a crash has torn off at the end is ignored.
 * See docs/durability.md for what is promised. */
#ifndef NIANBAO_JOURNAL_H
#define NIANBAO_JOURNAL_H

#include "nianbao/diag.h"

struct nb_journal;

enum nb_journal_kind { NB_JOURNAL_EDITS, NB_JOURNAL_VERIFY };

enum nb_journal_state {
    NB_JOURNAL_EMPTY, /* ours, nothing was left in it */
    NB_JOURNAL_LEFT,  /* ours, with the records of a program that did not end well */
    NB_JOURNAL_TAKEN, /* another program has the draft open */
};

struct nb_journal_record {
    const char *address, *value;
};

/* Opens and locks the journal of the draft at `path`. NB_OK: *out is yours; its strings live as
 * long as it. NB_FAILED: there is no journal to be had, and `diags` says why. */
enum nb_status nb_journal_open(const char *path, enum nb_journal_kind kind, struct nb_diags *diags,
                               struct nb_journal **out);
/* Is there one beside the draft, in use or left, that this user could open? */
bool nb_journal_exists(const char *path, enum nb_journal_kind kind);
enum nb_journal_state nb_journal_state(const struct nb_journal *journal);
/* Who has, or had, the draft open: 王 示例机 4711; since when; what the file held. "" where the
 * file does not say. */
const char *nb_journal_owner(const struct nb_journal *journal);
const char *nb_journal_since(const struct nb_journal *journal);
const char *nb_journal_base(const struct nb_journal *journal);
/* Does the journal stand in the state folder, because the draft's own cannot be written? */
bool nb_journal_is_elsewhere(const struct nb_journal *journal);

/* What was left: the last value of each address, in the order of their last records. */
int nb_journal_count(const struct nb_journal *journal);
const struct nb_journal_record *nb_journal_record(const struct nb_journal *journal, int index);

/* Begins anew: the draft is as its file, whose text has that hash. Drops all records. */
enum nb_status nb_journal_start(struct nb_journal *journal, const char *base,
                                struct nb_diags *diags);
/* Adds a record; it is safe only after the next nb_journal_flush(). */
void nb_journal_add(struct nb_journal *journal, const char *address, const char *value);
/* Writes what was added to the disk. On failure it stays to be written, and a later flush tries
 * again. */
enum nb_status nb_journal_flush(struct nb_journal *journal, struct nb_diags *diags);

/* Moves the journal to `path`, where a person may look at it, and goes on with an empty one. */
enum nb_status nb_journal_set_aside(struct nb_journal *journal, const char *path,
                                    struct nb_diags *diags);
/* Ends it; with `remove` the file goes, unless it was never ours. NULL is fine. */
void nb_journal_close(struct nb_journal *journal, bool remove);

#endif

/* What was changed in a draft, step by step, so that each step can be undone and done again.
 *
 * A step is what a person would call one edit: a figure, a pasted block, a run of typing. Every
 * change goes through here and is told to one listener, also when it is undone. */
#ifndef NIANBAO_HISTORY_H
#define NIANBAO_HISTORY_H

#include "nianbao/draft.h"

struct nb_history;

/* A figure of a cell, a stretch of a text, or a record of a list has changed. */
struct nb_change {
    enum { NB_CHANGE_FIGURE, NB_CHANGE_TEXT, NB_CHANGE_RECORD } what;
    int index; /* cell, text, or enum nb_list */
    struct {
        struct nb_figure figure;
        const char *text; /* the stretch; of a record: its fields, each with a NUL behind it; NULL:
                             no record */
        size_t len_bytes;
    } old, new;
    size_t offset; /* bytes in the text; index of the record */
};

/* The draft stays the caller's and must outlive the history. `changed` may be NULL; the change it
 * is given is valid during the call. */
struct nb_history *nb_history_new(struct nb_draft *draft,
                                  void (*changed)(void *context, const struct nb_change *change),
                                  void *context);
void nb_history_free(struct nb_history *history); /* NULL is fine */

/* Changes between begin and end are one step; a step without changes is none. With `join` they
 * become part of the step before, unless that one has been saved or undone. */
void nb_history_begin(struct nb_history *history, bool join);
void nb_history_end(struct nb_history *history);

/* Within a step. The first change of a finished draft takes its mark away in the same step. */
void nb_history_set_figure(struct nb_history *history, int cell, struct nb_figure figure);
/* Puts `len_bytes` bytes of `inserted` in the place of `removed` bytes at `offset`. The result must
 * be a text that the draft may hold. */
void nb_history_splice(struct nb_history *history, int text, size_t offset, size_t removed,
                       const char *inserted, size_t len_bytes);
void nb_history_set_text(struct nb_history *history, int text, const char *value);
void nb_history_add_record(struct nb_history *history, enum nb_list list,
                           const char *const *fields);
void nb_history_remove_record(struct nb_history *history, enum nb_list list, int index);

/* Takes back the last step, or does the next one again; false where there is none. */
bool nb_history_undo(struct nb_history *history);
bool nb_history_redo(struct nb_history *history);

/* How many steps are done: tells whether anything was changed in between. */
int nb_history_position(const struct nb_history *history);

/* From now on nothing is changed: the draft is only looked at. */
void nb_history_freeze(struct nb_history *history);
/* Has a change been refused since this was last asked? */
bool nb_history_take_refused(struct nb_history *history);

/* The draft as it is now is what the file holds. */
void nb_history_mark_saved(struct nb_history *history);
/* Is it still, or again? */
bool nb_history_is_saved(const struct nb_history *history);

#endif

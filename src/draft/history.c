/* A line of changes, cut into steps:
 *
 *     changes   c c c │ c │ c c c c │ c
 *     steps     ───1─── ─2─ ────3──── ─4─      `done` = 3: step 4 has been undone
 *
 * A new change drops what was undone. The mark of the saved state is a number of steps done, -1
 * when that state can no longer be reached. */
#include "nianbao/history.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

struct step {
    struct nb_change *changes;
    int count, cap;
};

struct nb_history {
    struct nb_draft *draft;
    void (*changed)(void *context, const struct nb_change *change);
    void *context;
    struct step *steps;
    int count, cap, done;
    int saved;        /* steps done when the file was written, -1: none of them */
    bool open, fresh; /* in a step; it has no change yet */
    bool join;
    bool frozen, refused;
};

struct nb_history *nb_history_new(struct nb_draft *draft,
                                  void (*changed)(void *context, const struct nb_change *change),
                                  void *context)
{
    struct nb_history *history = nb_xalloc(sizeof *history);
    history->draft = draft;
    history->changed = changed;
    history->context = context;
    return history;
}

static void release_change(struct nb_change *change)
{
    free((char *)change->old.text);
    free((char *)change->new.text);
}

static void release_step(struct step *step)
{
    for (int i = 0; i < step->count; i++)
        release_change(&step->changes[i]);
    free(step->changes);
    *step = (struct step) { 0 };
}

void nb_history_free(struct nb_history *history)
{
    if (!history)
        return;
    for (int i = 0; i < history->count; i++)
        release_step(&history->steps[i]);
    free(history->steps);
    free(history);
}

/* ---- records as one stretch of bytes ---- */

static void pack_record(struct nb_buf *out, const char *const *fields)
{
    for (int i = 0; i < NB_RECORD_FIELDS; i++) {
        const char *field = fields[i] ? fields[i] : "";
        nb_buf_add(out, field, strlen(field) + 1);
    }
}

static void insert_record(struct nb_draft *draft, enum nb_list list, size_t index,
                          const char *packed)
{
    const char *fields[NB_RECORD_FIELDS];
    for (int i = 0; i < NB_RECORD_FIELDS; i++) {
        fields[i] = packed;
        packed += strlen(packed) + 1;
    }
    nb_draft_insert_record(draft, list, (int)index, fields);
}

/* ---- making a change, either way ---- */

static void apply(struct nb_history *history, const struct nb_change *change, bool back)
{
    struct nb_draft *draft = history->draft;
    struct nb_change now = *change;
    if (back) {
        now.old = change->new;
        now.new = change->old;
    }
    switch (now.what) {
    case NB_CHANGE_FIGURE:
        nb_draft_set_figure(draft, now.index, now.new.figure);
        break;
    case NB_CHANGE_TEXT:
        nb_draft_splice_text(draft, now.index, now.offset, now.old.len_bytes, now.new.text,
                             now.new.len_bytes);
        break;
    case NB_CHANGE_RECORD:
        if (now.new.text)
            insert_record(draft, (enum nb_list)now.index, now.offset, now.new.text);
        else
            nb_draft_remove_record(draft, (enum nb_list)now.index, (int)now.offset);
        break;
    }
    if (history->changed)
        history->changed(history->context, &now);
}

/* ---- steps ---- */

void nb_history_begin(struct nb_history *history, bool join)
{
    assert(!history->open);
    history->open = history->fresh = true;
    history->join = join && history->done == history->count && history->done > 0 &&
                    history->saved != history->done;
}

void nb_history_end(struct nb_history *history)
{
    assert(history->open);
    history->open = false;
}

/* The step that changes now go into. */
static struct step *open_step(struct nb_history *history)
{
    assert(history->open);
    if (history->fresh && !history->join) {
        while (history->count > history->done)
            release_step(&history->steps[--history->count]);
        if (history->saved > history->done)
            history->saved = -1;
        NB_GROW(history->steps, history->count, history->cap);
        history->steps[history->count++] = (struct step) { 0 };
        history->done++;
    }
    history->fresh = false;
    return &history->steps[history->done - 1];
}

static void add_change(struct nb_history *history, struct nb_change change)
{
    if (history->frozen) {
        history->refused = true;
        release_change(&change);
        return;
    }
    struct step *step = open_step(history);
    NB_GROW(step->changes, step->count, step->cap);
    step->changes[step->count++] = change;
    apply(history, &change, false);
}

/* Copies, also of nothing, are heap memory of the step. */
static void add_splice(struct nb_history *history, int text, size_t offset, size_t removed,
                       const char *inserted, size_t len_bytes)
{
    const char *old = nb_draft_text(history->draft, text);
    struct nb_change change = { .what = NB_CHANGE_TEXT, .index = text, .offset = offset };
    change.old.text = nb_xstrndup(old + offset, removed);
    change.old.len_bytes = removed;
    change.new.text = nb_xstrndup(inserted, len_bytes);
    change.new.len_bytes = len_bytes;
    add_change(history, change);
}

static bool is_finishing(int text)
{
    return text == NB_TEXT_FINISHED_AT || text == NB_TEXT_FINISHED_CONTENT;
}

/* What a person signed has changed: docs/draft-file.md, finished. */
static void unfinish(struct nb_history *history)
{
    for (int text = NB_TEXT_FINISHED_AT; text <= NB_TEXT_FINISHED_CONTENT; text++) {
        size_t len = strlen(nb_draft_text(history->draft, text));
        if (len)
            add_splice(history, text, 0, len, "", 0);
    }
}

void nb_history_set_figure(struct nb_history *history, int cell, struct nb_figure figure)
{
    struct nb_figure old = nb_draft_figure(history->draft, cell);
    if (nb_figure_same_as_typed(old, figure))
        return;
    unfinish(history);
    struct nb_change change = { .what = NB_CHANGE_FIGURE, .index = cell };
    change.old.figure = old;
    change.new.figure = figure;
    add_change(history, change);
}

void nb_history_splice(struct nb_history *history, int text, size_t offset, size_t removed,
                       const char *inserted, size_t len_bytes)
{
    if (!removed && !len_bytes)
        return;
    if (!is_finishing(text))
        unfinish(history);
    add_splice(history, text, offset, removed, inserted, len_bytes);
}

void nb_history_set_text(struct nb_history *history, int text, const char *value)
{
    const char *old = nb_draft_text(history->draft, text);
    if (strcmp(old, value) != 0)
        nb_history_splice(history, text, 0, strlen(old), value, strlen(value));
}

static void change_record(struct nb_history *history, enum nb_list list, int index,
                          const char *const *fields, bool adds)
{
    struct nb_buf packed = { 0 };
    pack_record(&packed, fields);
    struct nb_change change = { .what = NB_CHANGE_RECORD, .index = (int)list };
    change.offset = (size_t)index;
    if (adds)
        change.new.text = packed.data;
    else
        change.old.text = packed.data;
    unfinish(history);
    add_change(history, change);
}

void nb_history_add_record(struct nb_history *history, enum nb_list list, const char *const *fields)
{
    change_record(history, list, nb_draft_record_count(history->draft, list), fields, true);
}

void nb_history_remove_record(struct nb_history *history, enum nb_list list, int index)
{
    change_record(history, list, index, nb_draft_record(history->draft, list, index), false);
}

bool nb_history_undo(struct nb_history *history)
{
    if (!history->done)
        return false;
    const struct step *step = &history->steps[--history->done];
    for (int i = step->count; i-- > 0;)
        apply(history, &step->changes[i], true);
    return true;
}

bool nb_history_redo(struct nb_history *history)
{
    if (history->done == history->count)
        return false;
    const struct step *step = &history->steps[history->done++];
    for (int i = 0; i < step->count; i++)
        apply(history, &step->changes[i], false);
    return true;
}

int nb_history_position(const struct nb_history *history)
{
    return history->done;
}

void nb_history_freeze(struct nb_history *history)
{
    history->frozen = true;
}

bool nb_history_take_refused(struct nb_history *history)
{
    bool refused = history->refused;
    history->refused = false;
    return refused;
}

void nb_history_mark_saved(struct nb_history *history)
{
    history->saved = history->done;
}

bool nb_history_is_saved(const struct nb_history *history)
{
    return history->saved == history->done;
}

#include "session.h"

#include <stdlib.h>
#include <string.h>

#include "keeper.h"
#include "nianbao/file.h"
#include "nianbao/hash.h"
#include "nianbao/text.h"
#include "nianbao/verify.h"

int tui_section_of_text(const struct nb_form *form, int text)
{
    if (text < NB_TEXT_PROSE)
        return -1;
    return (int)(form->proses[text - NB_TEXT_PROSE]->section - form->sections);
}

static int section_of_cell(const struct nb_form *form, int cell)
{
    return (int)(form->cells[cell].table->section - form->sections);
}

/* ---- changes ---- */

static void note_change(void *context, const struct nb_change *change)
{
    struct tui_session *session = context;
    session->stale = true;
    if (session->keeper)
        tui_keeper_note(session->keeper, change);
    session->version++;
    if (change->what == NB_CHANGE_FIGURE) {
        nb_checker_cell_changed(session->checker, change->index);
        session->changed = (struct tui_place) { section_of_cell(session->form, change->index),
                                                change->index, -1, 0 };
    } else if (change->what == NB_CHANGE_TEXT && change->index == NB_TEXT_FINISHED_AT) {
        session->unfinished = change->new.len_bytes == 0;
    } else if (change->what == NB_CHANGE_TEXT && change->index != NB_TEXT_FINISHED_CONTENT) {
        if (change->index == NB_TEXT_PRIOR || change->index == NB_TEXT_UNIT)
            session->prior_stale = true;
        session->changed =
            (struct tui_place) { tui_section_of_text(session->form, change->index), -1,
                                 change->index, change->offset + change->new.len_bytes };
    }
}

bool tui_session_set_figure(struct tui_session *session, int cell, struct nb_figure figure)
{
    unsigned version = session->version;
    nb_history_begin(session->history, false);
    nb_history_set_figure(session->history, cell, figure);
    nb_history_end(session->history);
    return session->version != version;
}

int tui_session_find_note(const struct tui_session *session, const char *address)
{
    for (int i = 0; i < nb_draft_record_count(session->draft, NB_LIST_MARKS); i++) {
        const char *const *mark = nb_draft_record(session->draft, NB_LIST_MARKS, i);
        if (strcmp(mark[NB_MARK_CELL], address) == 0)
            return i;
    }
    return -1;
}

void tui_session_add_prior(const struct tui_session *session, int cell, struct nb_buf *out)
{
    nb_wide sum;
    bool blank;
    if (session->prior &&
        nb_draft_sum(session->prior, session->form->cells[cell].address, &sum, &blank) && !blank)
        nb_wide_write(out, sum);
}

/* ---- opening and saving ---- */

static void take_base(struct tui_session *session, const struct nb_buf *text)
{
    struct nb_buf hash = { 0 };
    nb_hash_add(&hash, nb_buf_text(text), text->len);
    free(session->base);
    session->base = hash.data;
}

/* Last year's draft as this one names it now, and a checker that knows it. */
static void load_prior(struct tui_session *session)
{
    nb_checker_free(session->checker);
    nb_draft_free(session->prior);
    nb_diags_clear(&session->opening);
    nb_check_load_prior(session->draft, session->path, session->catalog, &session->opening,
                        &session->prior);
    session->checker =
        nb_checker_new(session->form, nb_draft_figures(session->draft), session->prior);
    session->prior_stale = false;
}

static char *visible_name(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    struct nb_buf shown = { 0 };
    nb_text_add_visible(&shown, name, strlen(name));
    return shown.data;
}

static struct tui_session *new_session(struct nb_catalog *catalog, const char *path,
                                       struct nb_draft *draft)
{
    struct tui_session *session = nb_xalloc(sizeof *session);
    session->catalog = catalog;
    session->form = nb_draft_form(draft);
    session->path = nb_xstrdup(path);
    session->name = visible_name(path);
    session->draft = draft;
    load_prior(session);
    session->history = nb_history_new(draft, note_change, session);
    session->marks = nb_xalloc((size_t)session->form->n_cells + 1);
    session->suspected = nb_xalloc((size_t)session->form->n_cells + 1);
    session->states = nb_xalloc(((size_t)session->form->n_sections + 1) * sizeof *session->states);
    session->stale = true;
    return session;
}

enum nb_status tui_session_open(struct nb_catalog *catalog, const char *path,
                                struct nb_diags *diags, struct tui_session **out)
{
    struct nb_draft *draft;
    struct nb_buf text = { 0 };
    *out = NULL;
    if (nb_draft_load(path, catalog, diags, &text, &draft) != NB_OK) {
        nb_buf_release(&text);
        return NB_FAILED;
    }
    struct tui_session *session = new_session(catalog, path, draft);
    take_base(session, &text);
    session->has_comments = nb_draft_file_has_comments(text.data, text.len);
    nb_buf_release(&text);
    *out = session;
    return NB_OK;
}

/* Without last year's draft: who keys again shall see nothing but the form and what they key. */
struct tui_session *tui_session_second(const struct tui_session *first)
{
    struct nb_draft *draft = nb_draft_new(first->form);
    nb_draft_set_text(draft, NB_TEXT_UNIT, nb_draft_text(first->draft, NB_TEXT_UNIT));
    nb_draft_set_year(draft, nb_draft_year(first->draft));
    struct tui_session *session = new_session(first->catalog, first->path, draft);
    struct nb_buf text = { 0 };
    nb_draft_write(draft, &text);
    take_base(session, &text);
    session->second = true;
    nb_buf_release(&text);
    return session;
}

void tui_session_forget_steps(struct tui_session *session)
{
    nb_history_free(session->history);
    session->history = nb_history_new(session->draft, note_change, session);
}

bool tui_session_has(const struct tui_session *session, int section)
{
    return !session->second || (section >= 0 && nb_verify_keyed(session->draft, section).cells > 0);
}

void tui_session_free(struct tui_session *session)
{
    if (!session)
        return;
    nb_history_free(session->history);
    nb_checker_free(session->checker);
    nb_draft_free(session->draft);
    nb_draft_free(session->prior);
    nb_diags_release(&session->diags);
    nb_diags_release(&session->opening);
    free(session->findings);
    free(session->lapsed);
    free(session->marks);
    free(session->suspected);
    free(session->states);
    free(session->path);
    free(session->base);
    free(session->name);
    free(session);
}

/* Keeps what the file held before in the state folder. A
 * comfort: where it fails, saving goes on. */
static void back_up(const struct tui_session *session)
{
    struct nb_buf path = { 0 }, old = { 0 };
    struct nb_diags ignored = { 0 };
    char *real = realpath(session->path, NULL);
    if (real && nb_file_add_state_path(&path, "backup", real) &&
        nb_file_read(real, (size_t)1 << 26, &ignored, &old) == NB_OK)
        nb_file_replace(path.data, &old, &ignored);
    free(real);
    nb_buf_release(&path);
    nb_buf_release(&old);
    nb_diags_release(&ignored);
}

enum nb_status tui_session_save(struct tui_session *session, struct nb_diags *diags)
{
    struct nb_buf text = { 0 };
    nb_draft_write(session->draft, &text);
    back_up(session);
    enum nb_status status = nb_file_replace(session->path, &text, diags);
    if (status == NB_OK) {
        nb_history_mark_saved(session->history);
        take_base(session, &text);
        if (session->keeper)
            tui_keeper_start(session->keeper, session->base, diags);
        session->has_comments = false;
    }
    nb_buf_release(&text);
    return status;
}

bool tui_session_is_saved(const struct tui_session *session)
{
    return nb_history_is_saved(session->history);
}

/* ---- findings ---- */

bool tui_session_place_of(const struct tui_session *session, const char *address,
                          struct tui_place *place)
{
    const struct nb_form *form = session->form;
    *place = (struct tui_place) { -1, nb_form_find_cell(form, address, strlen(address)), -1, 0 };
    if (place->cell >= 0) {
        place->section = section_of_cell(form, place->cell);
        return true;
    }
    place->text = nb_draft_find_text(session->draft, address);
    if (place->text >= 0)
        place->section = tui_section_of_text(form, place->text);
    return place->text >= 0;
}

struct tui_place tui_session_place_of_finding(const struct tui_session *session,
                                              const struct nb_diag *diag)
{
    struct tui_place place;
    if (!tui_session_place_of(session, diag->cell, &place))
        place.text = NB_TEXT_UNIT;
    if (place.text >= 0)
        place.offset = diag->offset;
    return place;
}

/* The order of the form: sections, in each its items. */
static int compare_places(const struct tui_place *a, const struct tui_place *b)
{
    if (a->section != b->section)
        return a->section - b->section;
    if (a->text >= 0 && b->text >= 0 && a->text != b->text)
        return a->text - b->text;
    if (a->cell != b->cell) /* texts, which have -1, stand before tables */
        return a->cell - b->cell;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static int compare_findings(const void *a, const void *b)
{
    const struct tui_finding *x = a, *y = b;
    int order = compare_places(&x->place, &y->place);
    if (!order)
        order = (int)y->diag->severity - (int)x->diag->severity;
    return order ? order : x->diag < y->diag ? -1 : 1;
}

static void mark_cells(struct tui_session *session, const struct tui_finding *finding)
{
    unsigned char mark = (unsigned char)(finding->diag->severity + 1);
    int cell = finding->place.cell;
    if (cell >= 0 && session->marks[cell] < mark)
        session->marks[cell] = mark;
}

static void mark_suspects(struct tui_session *session, const struct nb_hint *hint)
{
    for (int i = 0; hint && hint->is_telling && i < hint->n_suspects; i++) {
        const struct nb_suspect *suspect = &hint->suspects[i];
        int cell = nb_form_find_cell(session->form, suspect->cell, strlen(suspect->cell));
        session->suspected[cell] |= suspect->likely;
    }
}

static void add_findings(struct tui_session *session)
{
    for (int i = 0; i < session->diags.count; i++) {
        const struct nb_diag *diag = &session->diags.items[i];
        if (strcmp(diag->rule, "accepted.lapsed") == 0) {
            NB_GROW(session->lapsed, session->n_lapsed, session->cap_lapsed);
            session->lapsed[session->n_lapsed++] =
                (struct tui_finding) { diag, tui_session_place_of_finding(session, diag) };
        }
        if (diag->severity == NB_INFO || diag->accepted)
            continue;
        NB_GROW(session->findings, session->n_findings, session->cap_findings);
        struct tui_finding *finding = &session->findings[session->n_findings++];
        *finding = (struct tui_finding) { diag, tui_session_place_of_finding(session, diag) };
        session->n_errors += diag->severity == NB_ERROR;
        session->n_warnings += diag->severity == NB_WARNING;
        mark_cells(session, finding);
        mark_suspects(session, diag->hint);
    }
}

static void mark_notes(struct tui_session *session)
{
    for (int i = 0; i < nb_draft_record_count(session->draft, NB_LIST_MARKS); i++) {
        const char *address = nb_draft_record(session->draft, NB_LIST_MARKS, i)[NB_MARK_CELL];
        int cell = nb_form_find_cell(session->form, address, strlen(address));
        if (cell >= 0)
            session->marks[cell] = NB_INFO + 1;
    }
}

const struct tui_finding *tui_session_finding_at(const struct tui_session *session,
                                                 const struct tui_place *place)
{
    const struct tui_finding *best = NULL;
    for (int i = 0; i < session->n_findings; i++) {
        const struct tui_place *at = &session->findings[i].place;
        bool here = at->cell == place->cell && at->text == place->text;
        if (here && (!best || (at->offset > best->place.offset && at->offset <= place->offset)))
            best = &session->findings[i];
    }
    return best;
}

int tui_session_next_finding(const struct tui_session *session, const struct tui_place *place,
                             int step)
{
    int count = session->n_findings;
    if (!count)
        return -1;
    if (step > 0) {
        for (int i = 0; i < count; i++) {
            if (compare_places(&session->findings[i].place, place) > 0)
                return i;
        }
        return 0;
    }
    for (int i = count; i-- > 0;) {
        if (compare_places(&session->findings[i].place, place) < 0)
            return i;
    }
    return count - 1;
}

/* ---- the state of a section ---- */

static void count_cells(const struct tui_session *session, const struct nb_table *table,
                        int *filled, int *blank)
{
    int crossings = table->rows.n_leaves * table->columns.n_leaves;
    for (int i = 0; i < crossings; i++) {
        if (table->cells[i] < 0)
            continue;
        bool has = nb_draft_figure(session->draft, table->cells[i]).filled;
        *filled += has;
        *blank += !has;
    }
}

static void count_head(const struct tui_session *session, int *filled, int *blank)
{
    static const int wanted[] = { NB_TEXT_SIGNED_BY, NB_TEXT_SIGNED_DATE, NB_TEXT_PREAMBLE };
    for (size_t i = 0; i < nb_countof(wanted); i++) {
        bool has = nb_draft_text(session->draft, wanted[i])[0] != '\0';
        *filled += has;
        *blank += !has;
    }
}

static void count_section(const struct tui_session *session, int section, int *filled, int *blank)
{
    const struct nb_section *at = &session->form->sections[section];
    for (int i = 0; i < at->n_items; i++) {
        const struct nb_prose *prose = at->items[i].prose;
        if (at->items[i].table) {
            count_cells(session, at->items[i].table, filled, blank);
            continue;
        }
        if (session->second)
            continue;
        bool has =
            nb_draft_text(session->draft, nb_draft_find_text(session->draft, prose->address))[0];
        *filled += has;
        *blank += !has && (prose->required || at->n_items == 1);
    }
}

static enum tui_state judge_section(const struct tui_session *session, int section)
{
    enum tui_state state = TUI_NOT_BEGUN;
    for (int i = 0; i < session->n_findings; i++) {
        if (session->findings[i].place.section != section)
            continue;
        bool error = session->findings[i].diag->severity == NB_ERROR;
        if (error)
            return TUI_WRONG;
        state = TUI_WARNED;
    }
    if (state == TUI_WARNED)
        return state;
    int filled = 0, blank = 0;
    if (section < 0)
        count_head(session, &filled, &blank);
    else
        count_section(session, section, &filled, &blank);
    return !blank ? TUI_COMPLETE : filled ? TUI_BEGUN : TUI_NOT_BEGUN;
}

enum tui_state tui_session_state(const struct tui_session *session, int section)
{
    return session->states[section + 1];
}

/* What was told about last year's draft may be accepted as well. */
static void copy_opening(const struct tui_session *session, struct nb_diags *diags)
{
    for (int i = 0; i < session->opening.count; i++)
        nb_diag_add_copy(diags, &session->opening.items[i]);
}

void tui_session_check_final(const struct tui_session *session, struct nb_diags *diags)
{
    struct nb_check_options options = { .final = true, .prior = session->prior };
    copy_opening(session, diags);
    nb_check_draft(session->draft, session->path, &options, diags);
}

void tui_session_refresh(struct tui_session *session)
{
    if (!session->stale)
        return;
    session->stale = false;
    if (session->prior_stale)
        load_prior(session);
    nb_diags_clear(&session->diags);
    session->n_lapsed = 0;
    session->n_findings = session->n_errors = session->n_warnings = session->n_blank = 0;
    memset(session->marks, 0, (size_t)session->form->n_cells);
    memset(session->suspected, 0, (size_t)session->form->n_cells);
    mark_notes(session);
    copy_opening(session, &session->diags);
    nb_check_findings(session->checker, session->draft, session->path, false, &session->diags);
    add_findings(session);
    if (session->n_findings)
        qsort(session->findings, (size_t)session->n_findings, sizeof *session->findings,
              compare_findings);
    for (int cell = 0; cell < session->form->n_cells; cell++)
        session->n_blank += !nb_draft_figure(session->draft, cell).filled;
    for (int section = -1; section < session->form->n_sections; section++)
        session->states[section + 1] = judge_section(session, section);
}

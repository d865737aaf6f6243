/* An open draft: what the editor edits, with its checks, its findings and its file. Knows nothing
 * of keys and screens. */
#ifndef NIANBAO_TUI_SESSION_H
#define NIANBAO_TUI_SESSION_H

#include "nianbao/check.h"
#include "nianbao/history.h"

struct tui_keeper;

/* Somewhere in a draft: a cell of a table, or a text of the head or of a section. */
struct tui_place {
    int section; /* index into the form's sections, -1: the head */
    int cell;    /* -1: a text */
    int text;    /* -1: a cell */
    size_t offset;
};

struct tui_finding {
    const struct nb_diag *diag;
    struct tui_place place;
};

/* What the tab of a section says. */
enum tui_state { TUI_NOT_BEGUN, TUI_BEGUN, TUI_COMPLETE, TUI_WARNED, TUI_WRONG };

struct tui_session {
    struct nb_catalog *catalog;
    const struct nb_form *form;
    char *path, *name;              /* name: the file's, as it can be shown */
    struct nb_draft *draft, *prior; /* prior: last year's, NULL where there is none */
    struct nb_checker *checker;
    struct nb_history *history;
    char *base;                /* hash of the file as it was read or saved */
    struct tui_keeper *keeper; /* NULL: no journal */
    bool read_only;
    bool second; /* figures keyed a second time: tables only, no file, kept in its journal alone */
    bool has_comments;        /* the file has comments that saving would drop */
    unsigned version;         /* counts changes */
    struct tui_place changed; /* where the last change was made, also by undo */
    bool unfinished;          /* a change took the mark 定稿 away: to be said once */

    /* brought up to date by tui_session_refresh() */
    bool stale, prior_stale;
    struct nb_diags diags, opening; /* opening: told when the file was read, e.g. about prior */
    struct tui_finding *findings;   /* errors and open warnings, in the order of the form */
    int n_findings, cap_findings;
    struct tui_finding *lapsed; /* acceptances of what is no longer there */
    int n_lapsed, cap_lapsed;
    int n_errors, n_warnings, n_blank;
    unsigned char
        *marks;      /* by cell: enum nb_severity + 1 of the worst finding about it; 1: a note */
    bool *suspected; /* by cell: a hint that is worth telling names it */
    enum tui_state *states; /* by section + 1 */
};

/* Opens the draft at `path`. NB_OK: *out is yours; otherwise the faults are in `diags`. */
enum nb_status tui_session_open(struct nb_catalog *catalog, const char *path,
                                struct nb_diags *diags, struct tui_session **out);
/* Blank tables of the same unit, year and form, to be keyed a second time. Yours. */
struct tui_session *tui_session_second(const struct tui_session *first);
void tui_session_free(struct tui_session *session);

/* What is there now cannot be undone. */
void tui_session_forget_steps(struct tui_session *session);
/* Is the section, -1: the head, one to be filled in here? */
bool tui_session_has(const struct tui_session *session, int section);

/* Brings findings and counts up to date after changes. */
void tui_session_refresh(struct tui_session *session);
/* Appends what is found when the draft is judged as finished. */
void tui_session_check_final(const struct tui_session *session, struct nb_diags *diags);
/* The first finding about the cell, or the last one before the place in a text, else its first; or
 * NULL. */
const struct tui_finding *tui_session_finding_at(const struct tui_session *session,
                                                 const struct tui_place *place);
/* The next finding behind the place (before it with step -1), around the end; -1: none. */
int tui_session_next_finding(const struct tui_session *session, const struct tui_place *place,
                             int step);

/* Where the cell or text with that address stands; false: the form has none. */
bool tui_session_place_of(const struct tui_session *session, const char *address,
                          struct tui_place *place);

/* Where a finding stands; the unit's name where it is about the whole. */
struct tui_place tui_session_place_of_finding(const struct tui_session *session,
                                              const struct nb_diag *diag);

/* The note on a cell or text among the records of NB_LIST_MARKS, -1: none. */
int tui_session_find_note(const struct tui_session *session, const char *address);
/* Appends last year's figure of the cell; nothing where there is none. */
void tui_session_add_prior(const struct tui_session *session, int cell, struct nb_buf *out);

/* One figure as one step; false and nothing changed where it is the same. */
bool tui_session_set_figure(struct tui_session *session, int cell, struct nb_figure figure);

enum nb_status tui_session_save(struct tui_session *session, struct nb_diags *diags);
bool tui_session_is_saved(const struct tui_session *session);

/* Which section of the form a cell or a text belongs to, -1: the head. */
int tui_section_of_text(const struct nb_form *form, int text);
/* The state of a section for its tab, -1: the head. */
enum tui_state tui_session_state(const struct tui_session *session, int section);

#endif

/* The drafts of a folder, as its list shows them. Knows nothing of keys and screens. */
#ifndef NIANBAO_TUI_FOLDER_H
#define NIANBAO_TUI_FOLDER_H

#include <time.h>

#include "nianbao/check.h"

/* A file of the folder whose name ends with .yaml or .yml. */
struct tui_entry {
    char *name;           /* as the folder has it: any bytes */
    char *shown;          /* the same for people, valid UTF-8 */
    char *path;           /* with the folder's */
    struct timespec when; /* last changed */
    bool readable;
    /* of a draft that can be read */
    char *unit;
    int year;
    const struct nb_form *form;
    int n_filled, n_cells, n_errors, n_warnings; /* warnings: those not accepted */
    bool finished;
    char *prior; /* path of last year's draft, "": none named */
    struct timespec prior_when;
    /* of another: its first fault */
    char *fault;
    struct nb_mark mark;
};

struct tui_folder {
    char *path;
    struct nb_catalog *catalog;
    struct tui_entry *entries; /* by unit, then the latest year first; unreadable ones at the end */
    int n_entries, cap_entries;
    const char *fault; /* why the folder itself cannot be read, else NULL */
};

/* Reads the folder and checks every draft in it. The catalog must outlive it. */
void tui_folder_open(struct tui_folder *folder, const char *path, struct nb_catalog *catalog);
void tui_folder_release(struct tui_folder *folder);
/* Looks again: reads the files that are new, and those that have changed or whose last year's draft
 * has. Entries move; find them again by name. */
void tui_folder_refresh(struct tui_folder *folder);

/* The entry with that file name, or -1. */
int tui_folder_find(const struct tui_folder *folder, const char *name);
/* The readable draft of that unit and year, or -1. */
int tui_folder_find_draft(const struct tui_folder *folder, const char *unit, int year);
/* The readable draft that was changed last, or -1. */
int tui_folder_newest(const struct tui_folder *folder);
/* The path of a file of the folder; yours. */
char *tui_folder_path(const struct tui_folder *folder, const char *name);
/* Is there anything of that name? */
bool tui_folder_has(const struct tui_folder *folder, const char *name);

/* Bytes of a file's name before the ending of drafts, all of them where it has none. */
size_t tui_draft_name_stem(const char *name);
/* Appends a name for a new draft that is free: YEAR.yaml, else one with the unit. */
void tui_folder_suggest_name(const struct tui_folder *folder, const char *unit, int year,
                             struct nb_buf *out);
/* Appends the name that was typed for a new draft, with the ending that the list looks for. Returns
 * what is wrong with it, NULL: nothing. */
const char *tui_folder_take_name(const char *typed, struct nb_buf *name);

/* Appends a time as short as it is clear: 今天 09:12, 昨天 16:40, 01-04, 2024-01-19. */
void tui_add_time(struct nb_buf *out, time_t when, time_t now);

#endif

/* Atoms of a frame to records, records to the rows they are. */
#ifndef IMPORT_ROWS_H
#define IMPORT_ROWS_H

#include "atom.h"
#include "known.h"

/* Labels and the figures behind them: atoms [first, slots) and [slots, end). */
struct nb_record {
    int first, slots, end;
    int solid;   /* slots that are not blank */
    int strip;   /* where its figures begin */
    int target;  /* index into frame->targets, -1: none */
    int misfit;  /* of the label, in thousandths */
    int margin;  /* how much dearer the next best reading of all records is that reads this one
                    otherwise */
    bool astray; /* its row stands elsewhere in the form */
    bool nameless;
    struct nb_codes text; /* labels, and for lines what follows the figures */
    int own;              /* codes that stand before the figures */
};

struct nb_records {
    struct nb_record *items;
    int count, cap;
    int *record_of; /* by target, -1: none */
    int n_targets;
};

enum { NB_UNREADABLE = 500 }; /* a misfit of that much is another label */

/* Cuts atoms into records and finds their rows. Release with nb_records_release(). */
void nb_records_read(struct nb_records *records, const struct nb_atoms *atoms,
                     const struct nb_frame *frame);
void nb_records_release(struct nb_records *records);

#endif

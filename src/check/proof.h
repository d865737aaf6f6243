/* The rules about texts, and what is known of each text of a draft.
 *
 * A text is read once for each change of it. What follows from the text alone, its stretches and
 * the findings about how it is written, is kept in the checker, so that a typed figure costs no
 * reading:
 *
 *     proof     one text: stretches, findings         read anew when the text has changed
 *     proofs    all of them, and what they repeat     compared anew when one of them was read
 *
 * Rules stand in proof_*.c, by what they look at. They are silent where a careful reader could be
 * of two minds: a false alarm costs more trust than a miss. Words that matter come from the form.
 */
#ifndef NIANBAO_CHECK_PROOF_H
#define NIANBAO_CHECK_PROOF_H

#include "checker.h"
#include "nianbao/sentence.h"

/* What stands between two stops, 。；！？ or the end of the line, wherever they stand. */
struct nb_stretch {
    struct nb_span span;
    uint64_t hash; /* 0: too short to be repeated */
};

struct nb_proof {
    char *text; /* as it was read; NULL: not yet */
    size_t len_bytes;
    bool final; /* was it judged as 定稿 does? */
    struct nb_stretch *stretches;
    int n_stretches, cap_stretches;
    size_t *titles; /* where each 《 stands */
    int n_titles, cap_titles;
    uint64_t signs[4];     /* which characters there are besides ideographs: a bit by code % 256 */
    struct nb_diags found; /* by offset */
};

/* The unit's own name, with which names of other bodies are compared; points into the `unit` of
 * nb_proofs. */
struct nb_own_name {
    const char *unit; /* without 人民政府 and its like */
    size_t unit_len;
    const char *brief; /* of 甲市乙区 the part 乙区 */
    size_t brief_len;
    const char *level; /* its last word; NULL: the form knows none */
    size_t level_len;
    bool is_peer; /* no other body with this last word stands above or below it */
};

struct nb_proofs {
    struct nb_proof *items; /* by text of the draft */
    int count;
    char *unit, *signed_by; /* as they were when texts were read */
    struct nb_own_name own;
    struct nb_diags repeats;
};

/* Findings of one rule in one text; behind them it says no more. What is longer than the longest
 * sentence, in bytes, is no prose and not looked into. */
enum { NB_MOST_FOUND = 100, NB_MOST_SENTENCE = 6000 };

/* A text that is being read. */
struct nb_proof_check {
    const struct nb_checker *checker;
    const struct nb_draft *draft;
    const struct nb_form *form;
    const struct nb_prose *prose; /* NULL: the preamble */
    const char *file;
    int index; /* of the text in the draft */
    const char *text, *end;
    bool final;
    const char *outlook;     /* from here on it speaks of what comes; NULL: not yet known */
    struct nb_span sentence; /* the one last asked for */
    struct nb_proof *proof;
    struct nb_diags *diags; /* receives the findings */
};

/* Says what the finding that was added last is about: bytes of the text, and its evidence. */
void nb_proof_found(struct nb_proof_check *check, struct nb_diag *diag, const char *from,
                    size_t len, const char *about);
/* Where findings of the rules stand until their text is done. */
#define NB_NO_MARK ((struct nb_mark) { 0, 0 })
/* Gives findings about one text, by offset, their places in the file: one walk for all of them. */
void nb_proof_place(const struct nb_draft *draft, int text, struct nb_diag *diags, int count);

/* The sentence that holds the byte. Costs little where places are asked for in order. */
struct nb_span nb_proof_sentence(struct nb_proof_check *check, const char *at);
/* The line of the text that holds the byte, as far as a long sentence reaches on both sides. */
struct nb_span nb_proof_line(const struct nb_proof_check *check, const char *at);
/* Is `at` inside a bracket that opens behind `from`? Each pair is two characters of `brackets`. */
bool nb_proof_is_within(const char *from, const char *at, const char *brackets);
/* Appends words as evidence: all of them, or where they are many both ends and a checksum, so that
 * evidence changes when they do. */
void nb_proof_add_evidence(struct nb_buf *out, const char *from, size_t len);
/* Appends some characters before and behind a place, for showing where it is. */
void nb_proof_add_context(struct nb_buf *out, const struct nb_proof_check *check, const char *from,
                          const char *to);

/* Adds what is said once for a text: how often it is so, and the first place. */
void nb_proof_add_counted(struct nb_proof_check *check, enum nb_message message, const char *at,
                          size_t len, int count);

/* The first of the words in the text, NULL: none. */
const char *nb_words_find(const struct nb_words *words, const char *text, size_t len_bytes);
/* The longest of the words that the text begins or ends with: its length, 0: none. */
size_t nb_words_prefix(const struct nb_words *words, const char *text, size_t len_bytes);
size_t nb_words_suffix(const struct nb_words *words, const char *text, size_t len_bytes);

/* ---- rules: each appends its findings ---- */

void nb_proof_check_names(struct nb_proof_check *check);    /* text.name */
void nb_proof_check_typos(struct nb_proof_check *check);    /* text.halfwidth, .brackets, .number */
void nb_proof_check_template(struct nb_proof_check *check); /* text.template */
void nb_proof_check_content(struct nb_proof_check *check);  /* text.aspect, .alone, .missing */
void nb_proof_check_copied(struct nb_proof_check *check);   /* text.copied */
/* Marks as they come in a text; start from { 0 }. */
enum { NB_MOST_OPEN = 8 };
enum nb_mark_fault { NB_MARK_UNPAIRED, NB_MARK_TWICE, NB_MARK_EMPTY, NB_MARK_FAULTS };
struct nb_mark_scan {
    const char *open[NB_MOST_OPEN];
    uint32_t closing[NB_MOST_OPEN]; /* what each is waiting for */
    int depth;
    bool lost;          /* more were open than are looked at */
    const char *behind; /* the mark `last`, which was a point or a percent sign */
    uint32_t last;
    const char *first[NB_MARK_FAULTS];
    int counts[NB_MARK_FAULTS];
};
/* The character from `at` to `behind`, which is no ideograph; `from` begins the line or text. */
void nb_proof_take_mark(struct nb_mark_scan *scan, const char *from, const char *at,
                        const char *behind, uint32_t code);
/* With `finished` nothing will be added to the line. */
void nb_proof_end_line(struct nb_mark_scan *scan, bool finished);
void nb_proof_tell_marks(struct nb_proof_check *check,
                         const struct nb_mark_scan *scan); /* text.unpaired, .marks, .empty */
/* text.doubled; finds stretches, titles and signs of the proof on the way. */
void nb_proof_check_words(struct nb_proof_check *check);
/* What a run of ASCII digits is, with what stands around it; true where that was told. */
bool nb_proof_check_year(struct nb_proof_check *check, const char *at, size_t len);
bool nb_proof_check_notice(struct nb_proof_check *check, const char *at, size_t len);
bool nb_proof_check_private(struct nb_proof_check *check, const char *at, size_t len);

/* text.repeated, over all texts of the draft. */
void nb_proofs_check_repeats(const struct nb_checker *checker, const struct nb_draft *draft,
                             const char *file);

/* Takes the unit's name apart. */
void nb_own_name_take(const struct nb_proof_words *words, const char *unit,
                      struct nb_own_name *own);

/* Appends all findings about the draft's texts. */
void nb_proofs_add_findings(const struct nb_checker *checker, const struct nb_draft *draft,
                            const char *file, bool final, struct nb_diags *diags);
/* NULL is fine. */
struct nb_proofs *nb_proofs_new(int count);
void nb_proofs_free(struct nb_proofs *proofs);

#endif

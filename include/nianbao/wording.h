/* How texts speak of figures: the words, topics and phrases of a form (docs/form-file.md).
 *
 * A phrase says which words before or behind a number mean which sums of cells. A topic is what a
 * paragraph speaks of, so that a sentence need not say it again. A sense is what a word does to a
 * number near it whatever is counted: 上年 moves it to another year, 其中 makes it a part. All
 * words are in one dictionary, which finds the longest at a place. */
#ifndef NIANBAO_WORDING_H
#define NIANBAO_WORDING_H

#include "nianbao/form.h"

/* Rows of words are kept as the form file has them, one text with blanks between, "" for none: most
 * are only ever looked up. The next word of a row, which is no string, and its length; *row moves
 * behind it. NULL: there is none. */
const char *nb_words_next(const char **row, size_t *len_bytes);

/* Bits of nb_word.senses, one for each list of `words` in the form file. */
enum nb_sense {
    NB_SENSE_NEUTRAL,   /* changes nothing: 共, 已 */
    NB_SENSE_NOW,       /* the year of the report: 全年 */
    NB_SENSE_LAST_YEAR, /* 上年, 去年同期 */
    NB_SENSE_ELSEWHEN,  /* any other time: 上半年, 近年来 */
    NB_SENSE_HEDGE,     /* no figure behind it in the sentence is the plain one: 将, 剔除 */
    NB_SENSE_OTHERS,    /* somebody else: 部门, 各区 */
    NB_SENSE_EVERYONE,  /* all of them, behind a word for oneself: 各级行政机关 */
    NB_SENSE_ASIDE,     /* somebody named behind it does not act: 按照, 会同 */
    NB_SENSE_PARTLY,    /* only some of it: 网上, 按时 */
    NB_SENSE_AMONG,     /* what follows are parts: 其中 */
    NB_SENSE_JOINING,   /* 和 */
    NB_SENSE_EACH,      /* numbers behind it belong to the phrases before it, in turn: 分别为 */
    NB_SENSE_AWAY,      /* ends a topic: 建议提案 */
    NB_SENSE_SHARE,     /* a part of the whole: 占 */
    NB_SENSE_AGAINST,   /* compared: 较, 同比 */
    NB_SENSE_RISE,
    NB_SENSE_FALL,
    NB_SENSE_ABOUT,    /* near the number that follows: 约; behind it: 左右 */
    NB_SENSE_AT_LEAST, /* 超过; 余 */
    NB_SENSE_BELOW,    /* 不足 */
    NB_N_SENSES
};

/* What a word is to a phrase, a topic or a name for oneself. */
enum nb_role {
    NB_ROLE_VERB,
    NB_ROLE_OBJECT,
    NB_ROLE_WITH, /* may stand among them */
    NB_ROLE_UNIT,
    NB_ROLE_NONE,       /* says by itself that there is none */
    NB_ROLE_NEVER,      /* in one clause with it the phrase is not meant */
    NB_ROLE_TOPIC,      /* `index` is a topic: names it, and may stand in its phrases */
    NB_ROLE_TOPIC_WITH, /* may stand in phrases of the topic */
    NB_ROLE_TOPIC_UNIT, /* a unit of its phrases that have none of their own */
    NB_ROLE_SELF,       /* `index` is an nb_self */
    NB_N_ROLES
};

/* One use of a word; all of them by nb_word_uses() and nb_use_next(). */
struct nb_use {
    uint16_t next, index;
    uint8_t role; /* enum nb_role */
};

struct nb_word {
    const char *text; /* no string; narrow, without blanks */
    uint16_t len_bytes;
    uint16_t next, first_use; /* in the dictionary */
    uint16_t roles;           /* what it is to any phrase: 1u << enum nb_role */
    uint32_t senses;          /* 1u << enum nb_sense */
};

struct nb_topic {
    const char *id;
    const char *sections; /* whose texts speak of it from the start */
    const char *words, *with, *units;
    int of;            /* the topic that this one is a part of, -1: none */
    unsigned siblings; /* bits of the other parts of that */
};

/* What prose may say about figures: `verbs` with `objects`, or `verbs` where the topic is on. */
struct nb_phrase {
    const char *verbs, *objects, *with, *units, *none, *never; /* rows of words */
    const struct nb_equation *equals; /* any may be meant; terms on the left, nothing right */
    const struct nb_equation *over;   /* the number is a percentage of any of these */
    int n_equals, n_over;
    int topic; /* -1: none */
    bool adds; /* joined with another such phrase the sum is meant */
    bool some; /* the number may be less */
};

/* Words for the body that reports: 我局, where its name ends with one of `ends`, or always. */
struct nb_self {
    const char *ends, *words;
};

struct nb_wording {
    const char *this_year, *last_year, *next_year, *other_year; /* "" where the form has none */
    const char *senses[NB_N_SENSES];
    const struct nb_self *selves;
    int n_selves;
    const struct nb_topic *topics;
    int n_topics;
    const struct nb_phrase *phrases;
    int n_phrases;
    const struct nb_dictionary *dictionary;
};

/* The longest word that stands at `text`, which is narrow and without blanks; NULL: none. */
const struct nb_word *nb_wording_find(const struct nb_wording *wording, const char *text,
                                      const char *end);
/* What the word is to that phrase and its topic: 1u << enum nb_role, where a word or a unit of the
 * topic, or of the one that is a part of, is also a WITH or a UNIT of the phrase. NULL is no word.
 */
unsigned nb_word_roles(const struct nb_wording *wording, const struct nb_word *word, int phrase);
bool nb_word_has(const struct nb_word *word, enum nb_sense sense);
/* Bits of the topics that the word names, or a shorter word with which it begins. */
unsigned nb_word_topics(const struct nb_wording *wording, const struct nb_word *word);
/* The uses of a word one after the other, in the order of the file; NULL behind the last. */
const struct nb_use *nb_word_uses(const struct nb_wording *wording, const struct nb_word *word);
const struct nb_use *nb_use_next(const struct nb_wording *wording, const struct nb_use *use);

/* What characters can begin, for looking through texts quickly; now and then one bit too many: 12
 * bits of a character are looked at. */
enum {
    NB_BEGINS_CLAIM = 1,  /* a word for none */
    NB_BEGINS_DIGITS = 2, /* a full-width digit */
    NB_BEGINS_NUMERAL = 4,
    NB_BEGINS_UNIT = 8, /* what stands behind a number: numerals, units, 余 */
    NB_CHAR_TABLE = 4096
};
/* By nb_char_index(). */
const unsigned char *nb_wording_begins(const struct nb_wording *wording);

/* Where the character at `text`, three bytes long, is in that table. */
static inline unsigned nb_char_index(const char *text)
{
    return ((unsigned char)text[1] & 0x3Fu) << 6 | ((unsigned char)text[2] & 0x3Fu);
}

#endif

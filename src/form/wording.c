/* The wording of a form: its words, topics and phrases from the file, then the dictionary. */
#include "nianbao/wording.h"

#include <stddef.h>
#include <string.h>

#include "build.h"
#include "dictionary.h"

/* Indexes of uses stay small and a hostile file cheap. */
enum { MOST_PHRASES = 1000, MOST_TOPICS = 32 /* bits */ };

static void take_topic_id(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_topic *topic = target;
    topic->id = value->type == NB_TREE_TEXT ? value->text : "";
    const struct nb_wording *wording = build->form->wording;
    for (const struct nb_topic *other = wording->topics; other && other < topic; other++) {
        if (strcmp(other->id, topic->id) == 0)
            nb_diag_add(build->diags, build->file, value->mark, NB_MSG_FORM_DUPLICATE, "what",
                        " id", "text", topic->id, NULL);
    }
}

static int find_topic(const struct nb_wording *wording, const char *id, int count)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(wording->topics[i].id, id) == 0)
            return i;
    }
    return -1;
}

/* One that stands before it and is no part itself. */
static void take_topic_of(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_topic *topic = target;
    const struct nb_wording *wording = build->form->wording;
    if (value->type == NB_TREE_TEXT)
        topic->of = find_topic(wording, value->text, wording->n_topics - 1);
    if (topic->of < 0 || wording->topics[topic->of].of >= 0) {
        topic->of = -1;
        nb_build_value_fault(build, value, " topics 里在它前面的话题");
    }
}

static bool has_section(const struct nb_form *form, const char *id, size_t len)
{
    for (int i = 0; i < form->n_sections; i++) {
        if (strlen(form->sections[i].id) == len && memcmp(form->sections[i].id, id, len) == 0)
            return true;
    }
    return false;
}

static void check_sections(struct nb_build *build, const struct nb_tree *map, const char *sections)
{
    size_t len;
    for (const char *id; (id = nb_words_next(&sections, &len));) {
        if (!has_section(build->form, id, len))
            nb_diag_add(build->diags, build->file, map->mark, NB_MSG_FORM_VALUE, "key", "sections",
                        "text", nb_arena_strndup(build->arena, id, len), "wanted", "本格式的一节",
                        NULL);
    }
}

static const struct nb_field topic_fields[] = {
    OTHER("id", true, take_topic_id),       WORDS("sections", struct nb_topic, sections),
    WORDS("words", struct nb_topic, words), WORDS("with", struct nb_topic, with),
    WORDS("units", struct nb_topic, units), OTHER("of", false, take_topic_of),
};

static void take_topic(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_phrase *phrase = target;
    const struct nb_wording *wording = build->form->wording;
    if (value->type == NB_TREE_TEXT)
        phrase->topic = find_topic(wording, value->text, wording->n_topics);
    if (phrase->topic < 0)
        nb_build_value_fault(build, value, " topics 里的话题");
}

static void take_equals(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_phrase *phrase = target;
    phrase->equals = nb_build_sums(build, value, &phrase->n_equals);
}

static void take_over(struct nb_build *build, const struct nb_tree *value, void *target)
{
    struct nb_phrase *phrase = target;
    phrase->over = nb_build_sums(build, value, &phrase->n_over);
}

static const struct nb_field phrase_fields[] = {
    OTHER("topic", false, take_topic),
    WORDS("verbs", struct nb_phrase, verbs),
    WORDS("objects", struct nb_phrase, objects),
    WORDS("with", struct nb_phrase, with),
    WORDS("units", struct nb_phrase, units),
    WORDS("none", struct nb_phrase, none),
    WORDS("never", struct nb_phrase, never),
    FLAG("adds", struct nb_phrase, adds),
    FLAG("some", struct nb_phrase, some),
    OTHER("equals", true, take_equals),
    OTHER("over", false, take_over),
};

static const struct nb_field self_fields[] = {
    WORDS("ends", struct nb_self, ends),
    WORDS("words", struct nb_self, words),
};

/* ---- lists of mappings ---- */

static void read_selves(struct nb_build *build, const struct nb_tree *list, void *target)
{
    struct nb_wording *wording = target;
    if (!nb_build_is_list(build, list))
        return;
    struct nb_self *selves = nb_build_array(build, list->count, sizeof *selves);
    wording->selves = selves;
    for (const struct nb_tree *map = list->first; map; map = map->next) {
        struct nb_self *self = &selves[wording->n_selves++];
        *self = (struct nb_self) { "", "" };
        nb_build_fields(build, map, "self", self_fields, nb_countof(self_fields), self);
    }
}

#define YEAR(key, member) TEXT(key, false, struct nb_wording, member)
#define SENSE(key, sense) WORDS(key, struct nb_wording, senses[sense])

static const struct nb_field word_fields[] = {
    YEAR("this_year", this_year),         YEAR("last_year", last_year),
    YEAR("next_year", next_year),         YEAR("other_year", other_year),
    OTHER("self", false, read_selves),    SENSE("neutral", NB_SENSE_NEUTRAL),
    SENSE("now", NB_SENSE_NOW),           SENSE("lately", NB_SENSE_LAST_YEAR),
    SENSE("elsewhen", NB_SENSE_ELSEWHEN), SENSE("hedges", NB_SENSE_HEDGE),
    SENSE("others", NB_SENSE_OTHERS),     SENSE("everyone", NB_SENSE_EVERYONE),
    SENSE("aside", NB_SENSE_ASIDE),       SENSE("partly", NB_SENSE_PARTLY),
    SENSE("among", NB_SENSE_AMONG),       SENSE("joining", NB_SENSE_JOINING),
    SENSE("away", NB_SENSE_AWAY),         SENSE("share", NB_SENSE_SHARE),
    SENSE("against", NB_SENSE_AGAINST),   SENSE("rise", NB_SENSE_RISE),
    SENSE("fall", NB_SENSE_FALL),         SENSE("about", NB_SENSE_ABOUT),
    SENSE("at_least", NB_SENSE_AT_LEAST), SENSE("below", NB_SENSE_BELOW),
    SENSE("each", NB_SENSE_EACH),
};

static void read_topics(struct nb_build *build, const struct nb_tree *list,
                        struct nb_wording *wording)
{
    if (list->count > MOST_TOPICS) {
        nb_diag_add(build->diags, build->file, list->mark, NB_MSG_FORM_LIMIT, "what", "话题",
                    "limit", "32", NULL);
        return;
    }
    struct nb_topic *topics = nb_build_array(build, list->count, sizeof *topics);
    wording->topics = topics;
    for (const struct nb_tree *map = list->first; map; map = map->next) {
        struct nb_topic *topic = &topics[wording->n_topics++];
        *topic = (struct nb_topic) { "", "", "", "", "", .of = -1 };
        nb_build_fields(build, map, "topics", topic_fields, nb_countof(topic_fields), topic);
        check_sections(build, map, topic->sections);
    }
    for (int i = 0; i < wording->n_topics; i++) {
        for (int j = 0; j < wording->n_topics; j++)
            topics[i].siblings |=
                j != i && topics[i].of >= 0 && topics[j].of == topics[i].of ? 1u << j : 0;
    }
}

static void read_phrases(struct nb_build *build, const struct nb_tree *list,
                         struct nb_wording *wording)
{
    if (list->count > MOST_PHRASES) {
        nb_diag_add(build->diags, build->file, list->mark, NB_MSG_FORM_LIMIT, "what", "说法",
                    "limit", "1000", NULL);
        return;
    }
    struct nb_phrase *phrases = nb_build_array(build, list->count, sizeof *phrases);
    wording->phrases = phrases;
    for (const struct nb_tree *map = list->first; map; map = map->next) {
        struct nb_phrase *phrase = &phrases[wording->n_phrases++];
        *phrase = (struct nb_phrase) { "", "", "", "", "", "", .topic = -1 };
        nb_build_fields(build, map, "phrases", phrase_fields, nb_countof(phrase_fields), phrase);
    }
}

/* ---- the dictionary ---- */

/* Calls `visit` for every list of words that is used somewhere. */
typedef void use_visitor(void *context, const char *words, enum nb_role role, int index);

static void visit_phrase(const struct nb_phrase *phrase, int index, use_visitor *visit,
                         void *context)
{
    visit(context, phrase->verbs, NB_ROLE_VERB, index);
    visit(context, phrase->objects, NB_ROLE_OBJECT, index);
    visit(context, phrase->with, NB_ROLE_WITH, index);
    visit(context, phrase->units, NB_ROLE_UNIT, index);
    visit(context, phrase->none, NB_ROLE_NONE, index);
    visit(context, phrase->never, NB_ROLE_NEVER, index);
}

static void visit_uses(const struct nb_wording *wording, use_visitor *visit, void *context)
{
    for (int i = 0; i < wording->n_selves; i++)
        visit(context, wording->selves[i].words, NB_ROLE_SELF, i);
    for (int i = 0; i < wording->n_topics; i++) {
        visit(context, wording->topics[i].words, NB_ROLE_TOPIC, i);
        visit(context, wording->topics[i].with, NB_ROLE_TOPIC_WITH, i);
        visit(context, wording->topics[i].units, NB_ROLE_TOPIC_UNIT, i);
    }
    for (int i = 0; i < wording->n_phrases; i++)
        visit_phrase(&wording->phrases[i], i, visit, context);
}

static void count_uses(void *context, const char *words, enum nb_role role, int index)
{
    (void)role;
    (void)index;
    size_t len;
    while (nb_words_next(&words, &len))
        ++*(int *)context;
}

struct adding {
    struct nb_build *build;
    struct nb_dictionary *dictionary;
};

static void add_uses(void *context, const char *words, enum nb_role role, int index)
{
    const struct adding *adding = context;
    nb_dictionary_add_uses(adding->build, adding->dictionary, words, role, index);
}

static void make_dictionary(struct nb_build *build, struct nb_wording *wording)
{
    int count = 0;
    visit_uses(wording, count_uses, &count);
    for (int sense = 0; sense < NB_N_SENSES; sense++)
        count_uses(&count, wording->senses[sense], 0, 0);
    struct adding adding = { build, nb_dictionary_new(build, count) };
    wording->dictionary = adding.dictionary;
    if (!adding.dictionary)
        return;
    for (int sense = 0; sense < NB_N_SENSES; sense++)
        nb_dictionary_add_sense(build, adding.dictionary, wording->senses[sense],
                                (enum nb_sense)sense);
    visit_uses(wording, add_uses, &adding);
}

void nb_build_wording(struct nb_build *build)
{
    struct nb_wording *wording = nb_build_array(build, 1, sizeof *wording);
    wording->this_year = wording->last_year = wording->next_year = wording->other_year = "";
    for (int sense = 0; sense < NB_N_SENSES; sense++)
        wording->senses[sense] = "";
    build->form->wording = wording;
    if (build->words)
        nb_build_fields(build, build->words, "words", word_fields, nb_countof(word_fields),
                        wording);
    if (build->topics && nb_build_is_list(build, build->topics))
        read_topics(build, build->topics, wording);
    if (build->phrases && nb_build_is_list(build, build->phrases))
        read_phrases(build, build->phrases, wording);
    make_dictionary(build, wording);
}

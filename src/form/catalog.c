#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "builtin.h"
#include "nianbao/file.h"
#include "yaml.h"

struct entry {
    char *id;                      /* "" where the file gives none */
    const struct nb_tree *builtin; /* NULL: a file of a folder */
    char *path;
    struct nb_buf text;
    int folder;
    struct nb_form *outline; /* cells alone, for other forms to ask: two may name each other's */
    struct nb_form *form;    /* NULL until compiled */
    bool faulty;
};

struct nb_catalog {
    struct entry *entries;
    int count, cap;
};

static void release(struct entry *entry)
{
    nb_form_free(entry->form);
    nb_form_free(entry->outline);
    nb_buf_release(&entry->text);
    free(entry->path);
    free(entry->id);
}

/* The first of the entries before `end` that has the id and is of use. */
static struct entry *find(const struct nb_catalog *catalog, const char *id, int end)
{
    for (int i = 0; i < end; i++) {
        if (!catalog->entries[i].faulty && strcmp(catalog->entries[i].id, id) == 0)
            return &catalog->entries[i];
    }
    return NULL;
}

static struct entry *add(struct nb_catalog *catalog, const char *id)
{
    NB_GROW(catalog->entries, catalog->count, catalog->cap);
    struct entry *entry = &catalog->entries[catalog->count++];
    *entry = (struct entry) { .id = nb_xstrdup(id) };
    return entry;
}

static void add_file(struct nb_catalog *catalog, int folder, const char *path,
                     struct nb_diags *diags)
{
    struct nb_buf text = { 0 };
    if (nb_file_read(path, NB_YAML_MAX_BYTES, diags, &text) != NB_OK) {
        nb_buf_release(&text);
        return;
    }
    struct nb_form *outline = nb_form_outline(text.data, text.len);
    struct entry *entry = add(catalog, outline && outline->id ? outline->id : "");
    entry->path = nb_xstrdup(path);
    entry->text = text;
    entry->folder = folder;
    entry->outline = outline;
}

static int is_form_file(const struct dirent *item)
{
    size_t len = strlen(item->d_name);
    return item->d_name[0] != '.' && len > 5 && strcmp(item->d_name + len - 5, ".yaml") == 0;
}

static void add_folder(struct nb_catalog *catalog, int folder, const char *name,
                       struct nb_diags *diags)
{
    struct dirent **items;
    int count = scandir(name, &items, is_form_file, alphasort);
    if (count < 0) {
        nb_diag_add(diags, name, (struct nb_mark) { 1, 1 }, NB_MSG_FILE_READ, "why",
                    nb_file_why(errno), NULL);
        return;
    }
    for (int i = 0; i < count; i++) {
        struct nb_buf path = { 0 };
        nb_buf_printf(&path, "%s/%s", name, items[i]->d_name);
        add_file(catalog, folder, path.data, diags);
        nb_buf_release(&path);
        free(items[i]);
    }
    free(items);
}

/* A second file of one folder with the id of another: which of them was meant? */
static void refuse_double(struct nb_catalog *catalog, struct entry *entry, struct nb_diags *diags)
{
    for (const struct entry *other = catalog->entries; other < entry && entry->id[0]; other++) {
        if (other->folder != entry->folder || strcmp(other->id, entry->id) != 0)
            continue;
        struct nb_buf text = { 0 };
        nb_buf_printf(&text, "%s（%s 里已有）", entry->id, strrchr(other->path, '/') + 1);
        nb_diag_add(diags, entry->path, entry->outline->private->id_mark, NB_MSG_FORM_DUPLICATE,
                    "what", " id", "text", nb_buf_text(&text), NULL);
        nb_buf_release(&text);
        entry->faulty = true;
        return;
    }
}

static void compile_files(struct nb_catalog *catalog, int n_files, struct nb_diags *diags)
{
    struct nb_known_forms known = nb_catalog_known(catalog);
    for (int i = 0; i < n_files; i++) {
        struct entry *entry = &catalog->entries[i];
        refuse_double(catalog, entry, diags);
        if (nb_form_compile(entry->path, entry->text.data, entry->text.len, &known, diags,
                            &entry->form) != NB_OK)
            entry->faulty = true;
        nb_buf_release(&entry->text);
    }
}

/* Only what is of use stays: no faulty file, and of each id the first. */
static void drop_useless(struct nb_catalog *catalog)
{
    int kept = 0;
    for (int i = 0; i < catalog->count; i++) {
        struct entry *entry = &catalog->entries[i];
        if (entry->faulty || find(catalog, entry->id, kept))
            release(entry);
        else
            catalog->entries[kept++] = *entry;
    }
    catalog->count = kept;
}

struct nb_catalog *nb_catalog_new(const char *const *folders, int n_folders, struct nb_diags *diags)
{
    struct nb_catalog *catalog = nb_xalloc(sizeof *catalog);
    for (int i = 0; i < n_folders; i++)
        add_folder(catalog, i, folders[i], diags);
    int n_files = catalog->count;
    for (size_t i = 0; i < nb_builtin_count; i++)
        add(catalog, nb_builtin_forms[i].id)->builtin = nb_builtin_forms[i].root;
    compile_files(catalog, n_files, diags);
    drop_useless(catalog);
    return catalog;
}

/* Files of folders are compiled from the start; built-in forms compile: the tests see to it. */
static struct nb_form *compiled(struct nb_catalog *catalog, struct entry *entry)
{
    if (!entry->form) {
        struct nb_diags none = { 0 };
        struct nb_known_forms known = nb_catalog_known(catalog);
        nb_form_compile_tree("", entry->builtin, &known, &none, &entry->form);
        assert(none.count == 0);
        nb_diags_release(&none);
    }
    return entry->form;
}

void nb_catalog_free(struct nb_catalog *catalog)
{
    if (!catalog)
        return;
    for (int i = 0; i < catalog->count; i++)
        release(&catalog->entries[i]);
    free(catalog->entries);
    free(catalog);
}

int nb_catalog_count(const struct nb_catalog *catalog)
{
    return catalog->count;
}

const char *nb_catalog_id(const struct nb_catalog *catalog, int index)
{
    return catalog->entries[index].id;
}

const struct nb_form *nb_catalog_form(struct nb_catalog *catalog, const char *id)
{
    struct entry *entry = find(catalog, id, catalog->count);
    return entry ? compiled(catalog, entry) : NULL;
}

static bool is_in_force(const struct nb_form *form, int year)
{
    bool has_years = form->year_from || form->year_to;
    return has_years && form->year_from <= year && (!form->year_to || year <= form->year_to);
}

const struct nb_form *nb_catalog_form_for_year(struct nb_catalog *catalog, int year)
{
    const struct nb_form *latest = NULL;
    for (int i = 0; i < catalog->count; i++) {
        const struct nb_form *form = compiled(catalog, &catalog->entries[i]);
        if (form && is_in_force(form, year) && (!latest || form->year_from > latest->year_from))
            latest = form;
    }
    return latest;
}

/* The form as far as its cells go; compiling it might ask this very question. NULL: no form. */
static const struct nb_form *outlined(struct entry *entry)
{
    if (entry->form)
        return entry->form;
    if (!entry->outline && entry->builtin)
        entry->outline = nb_form_outline_tree(entry->builtin);
    return entry->outline;
}

/* A faulty form is asked too: its own faults are told, and others need not suffer from them. */
static bool any_has_address(void *context, const char *address)
{
    struct nb_catalog *catalog = context;
    for (int i = 0; i < catalog->count; i++) {
        struct entry *entry = &catalog->entries[i];
        const struct nb_form *form = find(catalog, entry->id, i) ? NULL : outlined(entry);
        int *cells = NULL;
        int count = form ? nb_form_resolve(form, address, &cells) : 0;
        free(cells);
        if (count)
            return true;
    }
    return false;
}

struct nb_known_forms nb_catalog_known(struct nb_catalog *catalog)
{
    return (struct nb_known_forms) { any_has_address, catalog };
}

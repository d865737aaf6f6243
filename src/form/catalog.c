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
    char *id;
    const struct nb_tree *builtin; /* NULL: a file of a folder */
    char *path;
    struct nb_buf text;
    struct nb_form *form; /* NULL until compiled */
    bool tried;           /* compiled, being compiled or faulty */
};

struct nb_catalog {
    struct entry *entries;
    int count, cap;
};

/* The `id` of a form file without compiling it; NULL where there is none to be found. */
static char *peek_id(const char *path, const struct nb_buf *file)
{
    struct nb_arena arena = { 0 };
    struct nb_diags ignored = { 0 };
    char *id = NULL;
    const struct nb_tree *root = nb_tree_read(path, file->data, file->len, &arena, &ignored);
    for (const struct nb_tree *value = root ? root->first : NULL; value; value = value->next) {
        if (root->type == NB_TREE_MAP && strcmp(value->key, "id") == 0 &&
            value->type == NB_TREE_TEXT)
            id = nb_xstrdup(value->text);
    }
    nb_diags_release(&ignored);
    nb_arena_release(&arena);
    return id;
}

static struct entry *find(const struct nb_catalog *catalog, const char *id)
{
    for (int i = 0; i < catalog->count; i++) {
        if (strcmp(catalog->entries[i].id, id) == 0)
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

static void add_file(struct nb_catalog *catalog, const char *folder, const char *name,
                     struct nb_diags *diags)
{
    struct nb_buf path = { 0 }, file = { 0 };
    nb_buf_printf(&path, "%s/%s", folder, name);
    if (nb_file_read(path.data, NB_YAML_MAX_BYTES, diags, &file) == NB_OK) {
        char *id = peek_id(path.data, &file);
        /* a file without id is kept under its name, so that compiling tells what is wrong */
        if (!id || !find(catalog, id)) {
            struct entry *entry = add(catalog, id ? id : name);
            entry->path = nb_xstrdup(path.data);
            entry->text = file;
            file = (struct nb_buf) { 0 };
        }
        free(id);
    }
    nb_buf_release(&file);
    nb_buf_release(&path);
}

static int is_form_file(const struct dirent *item)
{
    size_t len = strlen(item->d_name);
    return item->d_name[0] != '.' && len > 5 && strcmp(item->d_name + len - 5, ".yaml") == 0;
}

static void add_folder(struct nb_catalog *catalog, const char *folder, struct nb_diags *diags)
{
    struct dirent **items;
    int count = scandir(folder, &items, is_form_file, alphasort);
    if (count < 0) {
        nb_diag_add(diags, folder, (struct nb_mark) { 1, 1 }, NB_MSG_FILE_READ, "why",
                    nb_file_why(errno), NULL);
        return;
    }
    for (int i = 0; i < count; i++) {
        add_file(catalog, folder, items[i]->d_name, diags);
        free(items[i]);
    }
    free(items);
}

static void add_builtin(struct nb_catalog *catalog)
{
    for (size_t i = 0; i < nb_builtin_count; i++) {
        const struct nb_builtin_form *builtin = &nb_builtin_forms[i];
        if (find(catalog, builtin->id))
            continue;
        add(catalog, builtin->id)->builtin = builtin->root;
    }
}

static void compile(struct nb_catalog *catalog, struct entry *entry, struct nb_diags *diags)
{
    if (entry->tried)
        return;
    entry->tried = true; /* also keeps two forms that refer to each other from looping */
    struct nb_known_forms known = nb_catalog_known(catalog);
    if (entry->builtin)
        nb_form_compile_tree("", entry->builtin, &known, diags, &entry->form);
    else
        nb_form_compile(entry->path, entry->text.data, entry->text.len, &known, diags,
                        &entry->form);
}

/* Built-in forms compile: the tests see to it. */
static struct nb_form *compiled(struct nb_catalog *catalog, struct entry *entry)
{
    struct nb_diags none = { 0 };
    compile(catalog, entry, &none);
    assert(!entry->builtin || none.count == 0);
    nb_diags_release(&none);
    return entry->form;
}

struct nb_catalog *nb_catalog_new(const char *const *folders, int n_folders, struct nb_diags *diags)
{
    struct nb_catalog *catalog = nb_xalloc(sizeof *catalog);
    for (int i = 0; i < n_folders; i++)
        add_folder(catalog, folders[i], diags);
    int n_files = catalog->count;
    add_builtin(catalog);
    for (int i = 0; i < n_files; i++)
        compile(catalog, &catalog->entries[i], diags);
    return catalog;
}

void nb_catalog_free(struct nb_catalog *catalog)
{
    if (!catalog)
        return;
    for (int i = 0; i < catalog->count; i++) {
        struct entry *entry = &catalog->entries[i];
        nb_form_free(entry->form);
        nb_buf_release(&entry->text);
        free(entry->path);
        free(entry->id);
    }
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
    struct entry *entry = find(catalog, id);
    return entry ? compiled(catalog, entry) : NULL;
}

static bool is_in_force(const struct nb_form *form, int year)
{
    return form->year_from && form->year_from <= year && (!form->year_to || year <= form->year_to);
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

static bool any_has_address(void *context, const char *address)
{
    struct nb_catalog *catalog = context;
    for (int i = 0; i < catalog->count; i++) {
        int *cells = NULL;
        const struct nb_form *form = compiled(catalog, &catalog->entries[i]);
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

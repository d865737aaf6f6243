/* Form files as C, for the program to start without reading YAML: embed FILE... > builtin.c
 *
 * Writes the tree of each file as an array of constant nodes. Compiling a form from its tree is
 * what the program does anyway; only the reading is done here, once and for all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "form/tree.h"
#include "form/yaml.h"
#include "nianbao/file.h"

/* Nodes in the order in which they are written; a node's number is its place. */
struct writer {
    const char *name;
    int count;
};

static void write_text(const char *text)
{
    if (!text) {
        printf("0");
        return;
    }
    putchar('"');
    for (; *text; text++)
        printf("\\%03o", (unsigned char)*text);
    putchar('"');
}

static int count_nodes(const struct nb_tree *node)
{
    int count = 1;
    for (const struct nb_tree *child = node->first; child; child = child->next)
        count += count_nodes(child);
    return count;
}

static void write_link(const struct writer *writer, int number)
{
    if (number)
        printf(", &%s[%d]", writer->name, number);
    else
        printf(", 0");
}

/* Writes the node and what hangs on it; it has the number writer->count. */
static void write_node(struct writer *writer, const struct nb_tree *node)
{
    int number = writer->count++;
    printf("{%d, ", (int)node->type);
    write_text(node->text);
    printf(", %d, {%d, %d}, ", node->plain, node->mark.line, node->mark.column);
    write_text(node->key);
    printf(", {%d, %d}", node->key_mark.line, node->key_mark.column);
    write_link(writer, node->first ? number + 1 : 0);
    write_link(writer, node->next ? number + count_nodes(node) : 0);
    printf(", %d},\n", node->count);
    for (const struct nb_tree *child = node->first; child; child = child->next)
        write_node(writer, child);
}

/* The file's name without folder and .yaml, as a C name with `form_` before it. */
static void name_form(const char *path, char *id, size_t size, char *name)
{
    const char *slash = strrchr(path, '/');
    snprintf(id, size, "%s", slash ? slash + 1 : path);
    id[strcspn(id, ".")] = '\0';
    snprintf(name, size + 8, "form_%s", id);
    for (char *at = name; *at; at++) {
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789", *at))
            *at = '_';
    }
}

enum { ID_BYTES = 64 };

static int write_form(const char *path)
{
    struct nb_arena arena = { 0 };
    struct nb_diags diags = { 0 };
    struct nb_buf text = { 0 };
    const struct nb_tree *root = NULL;
    char id[ID_BYTES], name[ID_BYTES + 8];
    if (nb_file_read(path, NB_YAML_MAX_BYTES, &diags, &text) == NB_OK)
        root = nb_tree_read(path, text.data, text.len, &arena, &diags);
    for (int i = 0; i < diags.count; i++)
        fprintf(stderr, "%s:%d:%d: %s\n", path, diags.items[i].mark.line,
                diags.items[i].mark.column, diags.items[i].message);
    int status = !root || diags.count;
    if (!status) {
        name_form(path, id, sizeof id, name);
        struct writer writer = { name, 0 };
        printf("static const struct nb_tree %s[%d] = {\n", name, count_nodes(root));
        write_node(&writer, root);
        printf("};\n");
    }
    nb_diags_release(&diags);
    nb_buf_release(&text);
    nb_arena_release(&arena);
    return status;
}

int main(int argc, char **argv)
{
    printf("#include \"form/builtin.h\"\n");
    for (int i = 1; i < argc; i++) {
        if (write_form(argv[i]))
            return 1;
    }
    printf("const struct nb_builtin_form nb_builtin_forms[] = {\n");
    for (int i = 1; i < argc; i++) {
        char id[ID_BYTES], name[ID_BYTES + 8];
        name_form(argv[i], id, sizeof id, name);
        printf("{\"%s\", %s},\n", id, name);
    }
    printf("};\nconst size_t nb_builtin_count = %d;\n", argc - 1);
    return fflush(stdout) != 0;
}

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "library.h"

bool nb_xml_open(struct nb_xml *xml, const char *file, struct nb_diags *diags)
{
    static const struct nb_symbol symbols[] = {
        { "htmlReadMemory", offsetof(struct nb_xml, read_html) },
        { "xmlReadMemory", offsetof(struct nb_xml, read_xml) },
        { "xmlFreeDoc", offsetof(struct nb_xml, free_doc) },
        { "xmlGetLineNo", offsetof(struct nb_xml, line_of) },
    };
    xml->library = nb_library_open("libxml2.so.2", symbols, (int)nb_countof(symbols), xml);
    if (!xml->library)
        nb_diag_add(diags, file, (struct nb_mark) { 1, 1 }, NB_MSG_IMPORT_LIBRARY, "package",
                    "libxml2", NULL);
    return xml->library != NULL;
}

void nb_xml_close(struct nb_xml *xml)
{
    if (xml->library)
        dlclose(xml->library);
}

bool nb_xml_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const char *nb_xml_attribute(const xmlNode *node, const char *name)
{
    const xmlAttr *attribute = node->type == XML_ELEMENT_NODE ? node->properties : NULL;
    while (attribute && strcmp((const char *)attribute->name, name) != 0)
        attribute = attribute->next;
    const xmlNode *text = attribute ? attribute->children : NULL;
    return text && text->type == XML_TEXT_NODE && text->content ? (const char *)text->content
                                                                : NULL;
}

xmlNode *nb_xml_next(const xmlNode *root, xmlNode *node, bool over)
{
    bool inside = !over && node->children && node->type == XML_ELEMENT_NODE;
    if (inside)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

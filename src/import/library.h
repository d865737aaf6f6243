/* Libraries that only an import needs: loaded when one does, so that nobody else pays for them. */
#ifndef IMPORT_LIBRARY_H
#define IMPORT_LIBRARY_H

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <zip.h>

#include "nianbao/diag.h"

/* The functions of libxml2 that are used here. Release with nb_xml_close(). */
struct nb_xml {
    void *library;
    __typeof__(htmlReadMemory) *read_html;
    __typeof__(xmlReadMemory) *read_xml;
    __typeof__(xmlFreeDoc) *free_doc;
    __typeof__(xmlGetLineNo) *line_of;
};
/* False where it is not installed, which is told for `file`. */
bool nb_xml_open(struct nb_xml *xml, const char *file, struct nb_diags *diags);
void nb_xml_close(struct nb_xml *xml);

/* The text of an attribute, whatever its namespace; NULL: it has none. */
const char *nb_xml_attribute(const xmlNode *node, const char *name);
bool nb_xml_is(const xmlNode *node, const char *name);
/* The next node in the order of the document within `root`; with `over` none inside of `node`. NULL
 * at the end. */
xmlNode *nb_xml_next(const xmlNode *root, xmlNode *node, bool over);

/* Appends the file of that name from a zip archive. False where it is not there, is damaged or
 * longer than the limit: then `why` says so, NULL: it is not there. */
bool nb_zip_read(const char *bytes, size_t len_bytes, const char *name, size_t limit_bytes,
                 const char *file, struct nb_diags *diags, struct nb_buf *out, const char **why);

/* What both need: fills the members of `functions` at the offsets. */
struct nb_symbol {
    const char *name;
    size_t offset;
};
void *nb_library_open(const char *name, const struct nb_symbol *symbols, int count,
                      void *functions);

#endif

"""A .docx of the paragraphs and tables of an HTML page: make.py PAGE DOCX [more]

Spans become gridSpan and vMerge, as Word writes them."""
import re
import sys
import zipfile

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text, properties=''):
    half = len(text) // 2  # Word cuts text into runs anywhere
    if '&' in text:
        half = 0
    runs = ''.join('<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">%s</w:t></w:r>' % part
                   for part in (text[:half], text[half:]))
    return '<w:p><w:pPr>%s</w:pPr>%s</w:p>' % (properties, runs)


def span(attributes, name):
    found = re.search(name + '="([0-9]+)"', attributes)
    return int(found.group(1)) if found else 1


def cell(text, wide, merge):
    return '<w:tc><w:tcPr><w:gridSpan w:val="%d"/>%s</w:tcPr>%s</w:tc>' % (
        wide, merge, paragraph(text))


def table(html):
    out, covered = '<w:tbl><w:tblPr/>', {}
    for row in re.findall('<tr>(.*?)</tr>', html, re.S):
        cells = [(text, span(attributes, 'colspan'), span(attributes, 'rowspan'))
                 for attributes, text in re.findall('<t[dh]([^>]*)>(.*?)</t[dh]>', row, re.S)]
        out += '<w:tr>'
        column = 0
        while cells or covered.get(column):
            if covered.get(column):
                left, wide = covered[column]
                covered[column] = (left - 1, wide) if left > 1 else None
                out += cell('', wide, '<w:vMerge/>')
            else:
                text, wide, high = cells.pop(0)
                if high > 1:
                    covered[column] = (high - 1, wide)
                out += cell(text, wide, '<w:vMerge w:val="restart"/>' if high > 1 else '')
            column += wide
        out += '</w:tr>'
    return out + '</w:tbl>'


page = open(sys.argv[1], encoding='utf-8').read().split('<body>')[1]
body = ''
for tag, attributes, text in re.findall('<(h1|h2|p|table)([^>]*)>(.*?)</\\1>', page, re.S):
    right = '<w:jc w:val="right"/>' if 'signature' in attributes else ''
    body += table(text) if tag == 'table' else paragraph(text, right)
if len(sys.argv) > 3:  # what Word keeps besides: deleted text, fields, numbers of its own
    body = body.replace('</w:p>', '<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>'
                        '<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>', 1)
    body += paragraph('自动编号的一段。', '<w:numPr><w:numId w:val="1"/></w:numPr>')
with zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED) as out:
    out.writestr('[Content_Types].xml', '<Types/>')
    out.writestr('word/document.xml', '<?xml version="1.0" encoding="UTF-8"?>'
                 '<w:document %s><w:body>%s</w:body></w:document>' % (NS, body))

"""A PDF of what a text shows: make.py TEXT PDF

Letters stand where they stand in the text, 60 lines a page with its number below; rules are left
out. There is no font in it, only which letter each code means: pdftotext needs no more."""
import sys
import unicodedata

RULES = '│┌┐└┘├┤┬┴┼─'
LINES = 60


def width(letter):
    return 2 if unicodedata.east_asian_width(letter) in 'WF' else 1


def runs(line):
    """What stands between rules and wide gaps, with its column."""
    found, text, start, column = [], '', 0, 0
    for letter in line + '  ':
        if letter in RULES or (text.endswith(' ') and letter == ' '):
            if text.strip():
                found.append((start, text.rstrip()))
            text = ''
        elif text or letter != ' ':
            start = start if text else column
            text += letter
        column += width(letter)
    return found


class Pdf:
    def __init__(self):
        self.objects, self.codes = [], {}

    def add(self, content):
        self.objects.append(content if isinstance(content, bytes) else content.encode())
        return len(self.objects)

    def stream(self, content):
        return self.add('<< /Length %d >>\nstream\n%s\nendstream' % (len(content), content))

    def show(self, x, y, text):
        codes = ''.join('%04X' % self.codes.setdefault(c, len(self.codes) + 1) for c in text)
        return '1 0 0 1 %d %d Tm <%s> Tj\n' % (x, y, codes)

    def meaning(self):
        out = '/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def ' \
              '/CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n'
        items = list(self.codes.items())
        for i in range(0, len(items), 100):
            part = items[i:i + 100]
            out += '%d beginbfchar\n' % len(part)
            out += ''.join('<%04X> <%s>\n' % (code, letter.encode('utf-16-be').hex())
                           for letter, code in part)
            out += 'endbfchar\n'
        return out + 'endcmap end end'

    def write(self, path):
        out, places = b'%PDF-1.4\n', []
        for number, content in enumerate(self.objects, 1):
            places.append(len(out))
            out += b'%d 0 obj\n%s\nendobj\n' % (number, content)
        table = len(out)
        out += b'xref\n0 %d\n0000000000 65535 f \n' % (len(places) + 1)
        out += b''.join(b'%010d 00000 n \n' % place for place in places)
        out += b'trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF' % (len(places) + 1,
                                                                             table)
        open(path, 'wb').write(out)


pdf = Pdf()
pdf.add('<< /Type /Catalog /Pages 2 0 R >>')
pdf.add('')  # the pages
pdf.add('')  # the font
lines = open(sys.argv[1], encoding='utf-8').read().split('\n')
pages = []
for first in range(0, len(lines), LINES):
    shown = 'BT /F1 10 Tf\n'
    for place, line in enumerate(lines[first:first + LINES]):
        shown += ''.join(pdf.show(40 + column * 5, 800 - place * 12, text)
                         for column, text in runs(line))
    shown += pdf.show(290, 20, '— %d —' % (len(pages) + 1)) + 'ET'
    pages.append(pdf.add('<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R '
                         '/Resources << /Font << /F1 3 0 R >> >> >>' % pdf.stream(shown)))
widths = ' '.join('%d [%d]' % (code, 500 * width(letter)) for letter, code in pdf.codes.items())
descriptor = pdf.add('<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] '
                     '/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>')
letters = pdf.add('<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry '
                  '(Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /DW 1000 '
                  '/W [%s] >>' % (descriptor, widths))
pdf.objects[2] = b'<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H ' \
                 b'/DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>' % (letters,
                                                                   pdf.stream(pdf.meaning()))
pdf.objects[1] = ('<< /Type /Pages /Count %d /Kids [%s] >>' % (
    len(pages), ' '.join('%d 0 R' % page for page in pages))).encode()
pdf.write(sys.argv[2])

"""Makes the fallback fonts of this folder out of the Noto fonts of Debian.

usage: python3 subset.py   (needs fonttools and the Debian packages named in README.md)

The characters are those of three sets that BIZ UDGothic and BIZ UDMincho lack:
JIS X 0212 (the supplementary kanji: names of persons and places), the symbols that
Noto Sans CJK JP has, and a short list of kanji outside both.
"""
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
CJK = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'
SYMBOLS = '/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf'

# Kanji of names outside JIS X 0212 and JIS X 0213.
NAMES = '𠮷𡈽𣘺𤭖𨕫𣏒𠀋𡚴𥫗𩸽𠮟'
# Check marks and boxes, which Noto Sans CJK has not.
MARKS = '✓✔✕✖✗✘☐☑☒'
RANGES = [(0x2000, 0x2DFF), (0x2E00, 0x2E7F), (0x3000, 0x30FF), (0x3220, 0x33FF),
          (0xFB00, 0xFB06), (0xFF00, 0xFFEF), (0x1F100, 0x1F1FF), (0x1F200, 0x1F2FF)]


def jis_x_0212():
    for row in range(0xA1, 0xFF):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes([0x8F, row, cell]).decode('euc_jp'))
            except UnicodeDecodeError:
                pass


def make(source, name, characters, target):
    options = subset.Options(layout_features=[], notdef_outline=True, name_IDs=['*'],
                             hinting=False, font_number=0, drop_tables=['vhea', 'vmtx', 'VORG', 'BASE'],
                             canonical_order=True, recalc_timestamp=False)
    font = subset.load_font(source, options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    if 'CFF ' in font:
        to_truetype(font)
    for record in font['name'].names:
        if record.nameID in (1, 4, 16):
            record.string = name
        if record.nameID == 6:
            record.string = name.replace(' ', '') + '-Regular'
    font.save(target)
    print(target.name, len(characters), 'characters', target.stat().st_size, 'bytes')


def to_truetype(font):
    """Turns the outlines of a CFF font into TrueType's, a unit of which is hardly to be seen.

    When a PDF writer makes a subset of a CFF font, the default width of its glyphs may be lost;
    widths in the PDF that differ from those of the embedded font are forbidden by PDF/A and UA.
    """
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        outlines[name] = pen.glyph()
    del font['CFF ']
    font['loca'], font['glyf'] = newTable('loca'), newTable('glyf')
    font['glyf'].glyphOrder, font['glyf'].glyphs = order, outlines
    for name in order:
        outlines[name].recalcBounds(font['glyf'])
    font['hmtx'].metrics = {
        name: (font['hmtx'][name][0], getattr(outlines[name], 'xMin', 0)) for name in order
    }
    maxp = font['maxp']
    maxp.tableVersion = 0x00010000
    for field in ('maxPoints', 'maxContours', 'maxCompositePoints', 'maxCompositeContours',
                  'maxComponentDepth', 'maxTwilightPoints', 'maxStorage', 'maxFunctionDefs', 'maxInstructionDefs',
                  'maxStackElements', 'maxSizeOfInstructions', 'maxComponentElements'):
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.recalc(font)
    font['post'].formatType = 3.0
    font.sfntVersion = '\x00\x01\x00\x00'


def main():
    have = set(TTFont(HERE / 'BIZUDGothic-Regular.ttf').getBestCmap())
    cjk = set(TTFont(CJK, fontNumber=0).getBestCmap())
    wanted = set(jis_x_0212()) | {ord(c) for c in NAMES}
    wanted |= {c for first, last in RANGES for c in range(first, last + 1)}
    make(CJK, 'Bessatsu Fallback', (wanted & cjk) - have, HERE / 'BessatsuFallback-Regular.ttf')
    marks = {ord(c) for c in MARKS} - have
    make(SYMBOLS, 'Bessatsu Marks', marks, HERE / 'BessatsuMarks-Regular.ttf')


if __name__ == '__main__':
    main()

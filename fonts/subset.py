"""Makes the fonts of this folder that are no font of Debian's as it is.

usage: python3 subset.py   (needs fonttools and the Debian packages named in README.md)

BIZ UDPGothic, the face of nearly every annex, comes in parts: a program that reads a font to its
end before it sets the first letter then reads what is common, and the rest only where it occurs.

The fallback has the characters of three sets that BIZ UDGothic and BIZ UDMincho lack: JIS X 0212
(the supplementary kanji: names of persons and places), the symbols that Noto Sans CJK JP has, and
a short list of kanji outside both.
"""
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
BIZ = '/usr/share/fonts/truetype/bizud-gothic'
CJK = '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'
SYMBOLS = '/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf'

# In BIZ UDPGothic they are proportional; those of BIZ UDGothic take their place, half of whose width
# is blank and can be taken away.
BRACKETS = '「」『』（）【】〔〕［］｛｝〈〉《》'

# Kanji of names outside JIS X 0212 and JIS X 0213.
NAMES = '𠮷𡈽𣘺𤭖𨕫𣏒𠀋𡚴𥫗𩸽𠮟'
# Check marks and boxes, which Noto Sans CJK has not.
MARKS = '✓✔✕✖✗✘☐☑☒'
RANGES = [(0x2000, 0x2DFF), (0x2E00, 0x2E7F), (0x3000, 0x30FF), (0x3220, 0x33FF),
          (0xFB00, 0xFB06), (0xFF00, 0xFFEF), (0x1F100, 0x1F1FF), (0x1F200, 0x1F2FF)]


def is_kanji(character):
    return any(first <= character <= last for first, last in
               [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)])


def jis_x_0208(first, last):
    """The kanji of JIS X 0208 from one row to another; level 1 ends with row 47."""
    for row in range(0xA0 + first, 0xA1 + last):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes([row, cell]).decode('euc_jp'))
            except UnicodeDecodeError:
                pass


def jis_x_0212():
    for row in range(0xA1, 0xFF):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes([0x8F, row, cell]).decode('euc_jp'))
            except UnicodeDecodeError:
                pass


def part(face, family, characters, target):
    """A part of a font that is otherwise as it is; its name in a PDF stays, too."""
    options = subset.Options(notdef_outline=True, name_IDs=['*'], hinting=True,
                             drop_tables=['vhea', 'vmtx', 'DSIG'], recalc_timestamp=False)
    options.layout_features = [feature for feature in options.layout_features if feature[0] != 'v']
    font = subset.load_font(f'{BIZ}/{face}.ttf', options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    for record in font['name'].names:
        if record.nameID in (1, 4, 16):
            record.string = family
    font.save(HERE / target)
    print(target, len(characters), 'characters', (HERE / target).stat().st_size, 'bytes')


def parts():
    brackets = {ord(c) for c in BRACKETS}
    for weight, last in [('Regular', 84), ('Bold', 47)]:
        every = set(TTFont(f'{BIZ}/BIZUDPGothic-{weight}.ttf').getBestCmap())
        common = {c for c in every if not is_kanji(c)} | set(jis_x_0208(16, last)) & every
        if weight == 'Regular':
            every, common = every - brackets, common - brackets
        part(f'BIZUDPGothic-{weight}', 'BIZ UDPGothic', common, f'BIZUDPGothic-{weight}-Common.ttf')
        part(f'BIZUDPGothic-{weight}', 'BIZ UDPGothic Rest', every - common, f'BIZUDPGothic-{weight}-Rest.ttf')
    part('BIZUDGothic-Regular', 'BIZ UDPGothic Brackets', brackets, 'BIZUDPGothic-Brackets.ttf')


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
    parts()
    have = set(TTFont(HERE / 'BIZUDGothic-Regular.ttf').getBestCmap())
    cjk = set(TTFont(CJK, fontNumber=0).getBestCmap())
    wanted = set(jis_x_0212()) | {ord(c) for c in NAMES}
    wanted |= {c for first, last in RANGES for c in range(first, last + 1)}
    make(CJK, 'Bessatsu Fallback', (wanted & cjk) - have, HERE / 'BessatsuFallback-Regular.ttf')
    marks = {ord(c) for c in MARKS} - have
    make(SYMBOLS, 'Bessatsu Marks', marks, HERE / 'BessatsuMarks-Regular.ttf')


if __name__ == '__main__':
    main()

"""Makes the fallback fonts of this folder out of the Noto fonts of Debian.

usage: python3 subset.py   (needs fonttools and the Debian packages named in README.md)

The characters are those of three sets that BIZ UDGothic and BIZ UDMincho lack:
JIS X 0212 (the supplementary kanji: names of persons and places), the symbols that
Noto Sans CJK JP has, and a short list of kanji outside both.
"""
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

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
    for record in font['name'].names:
        if record.nameID in (1, 4, 16):
            record.string = name
        if record.nameID == 6:
            record.string = name.replace(' ', '') + '-Regular'
    font.save(target)
    print(target.name, len(characters), 'characters', target.stat().st_size, 'bytes')


def main():
    have = set(TTFont(HERE / 'BIZUDGothic-Regular.ttf').getBestCmap())
    cjk = set(TTFont(CJK, fontNumber=0).getBestCmap())
    wanted = set(jis_x_0212()) | {ord(c) for c in NAMES}
    wanted |= {c for first, last in RANGES for c in range(first, last + 1)}
    make(CJK, 'Bessatsu Fallback', (wanted & cjk) - have, HERE / 'BessatsuFallback-Regular.otf')
    marks = {ord(c) for c in MARKS} - have
    make(SYMBOLS, 'Bessatsu Marks', marks, HERE / 'BessatsuMarks-Regular.ttf')


if __name__ == '__main__':
    main()

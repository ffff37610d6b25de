"""The annex as it is usually made in Python: the strongest libraries, used well.

    peer.py SUBMISSIONS TYPST_PROJECT FONTS OUT

python-calamine (Rust) reads the forms, the texts are cleaned lightly, typst-py (Typst in
process) typesets the same templates to the same PDF standards, and XlsxWriter writes the
consolidated workbook meanwhile: the compiler works outside of Python's lock. Nothing is done
that bessatsu leaves out, and much is left out that it does: no rule is checked, no order of
print is made (the project's data.json is given), no page, JSON or CSV is written.
"""

import sys
import unicodedata
from pathlib import Path
from threading import Thread

import typst
import xlsxwriter
from python_calamine import CalamineWorkbook

MEASURES = [
    "施策ID", "区分", "分野", "掲載順", "施策名", "概要（D：デジタルで）", "目的（X：目指す姿）",
    "担当部局", "担当課室", "再掲分野", "備考",
]
KPIS = ["KPI ID", "区分", "分野", "掲載順", "主なKPI", "対象施策", "現状値", "目標値", "備考"]
NARROW = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}


def cleaned(value):
    if not isinstance(value, str):
        return value
    return unicodedata.normalize("NFC", value).translate(NARROW).strip(" \u3000\n")


def rows(sheet, labels):
    """The rows below the header that has the labels, in the labels' order."""
    columns = None
    for row in sheet.to_python(skip_empty_area=True):
        if columns is None:
            if labels[0] in row:
                columns = [row.index(label) for label in labels]
        elif row[columns[0]] and "（例）" not in str(row[columns[0]]):
            yield [cleaned(row[column]) for column in columns]


def read(folder):
    measures, kpis = [], []
    for path in sorted(folder.glob("*.xlsx")):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            if name.startswith("様式１"):
                measures += rows(book.get_sheet_by_name(name), MEASURES)
            elif name.startswith("様式２"):
                kpis += rows(book.get_sheet_by_name(name), KPIS)
    return measures, kpis


def typeset(project, fonts, out):
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
    )
    typst.compile(
        str(project / "main.typ"),
        output=str(out / "annex.pdf"),
        root=str(project),
        font_paths=found,
        pdf_standards=["ua-1", "a-2a"],
    )


def write_workbook(path, measures, kpis):
    with xlsxwriter.Workbook(str(path)) as book:
        text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for name, labels, table in [("施策", MEASURES, measures), ("KPI", KPIS, kpis)]:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(labels) - 1, 20, text)
            sheet.add_table(
                0,
                0,
                max(len(table), 1),
                len(labels) - 1,
                {"columns": [{"header": label} for label in labels], "data": table},
            )


def main(submissions, project, fonts, out):
    out.mkdir(parents=True, exist_ok=True)
    measures, kpis = read(submissions)
    typesetting = Thread(target=typeset, args=(project, fonts, out))
    typesetting.start()
    write_workbook(out / "annex.xlsx", measures, kpis)
    typesetting.join()
    if not (out / "annex.pdf").exists():
        sys.exit("no PDF was made")


main(*map(Path, sys.argv[1:]))

//! 記入要領: the sheet that says how the form is filled in.

use rust_xlsxwriter::{FormatAlign, Workbook, Worksheet};

use super::{Form, sheet};
use crate::edition::{Edition, Places};
use crate::model::Status;
use crate::schema::form::{CONTACT_LABELS, GUIDE_SHEET, NOTHING_MARK};
use crate::schema::{Column, FigureRole, Role, Schema, Table};
use crate::xlsx::{self, CellStyle, WriteError};

/// So wide that what is asked for stands on one page, and the rules of notation on the next.
const WIDTHS: [f64; 3] = [22.0, 66.0, 46.0];
/// What a program with a wider font may need of a line beside.
const SPARE: f64 = 3.0;

/// How a form is sent in.
const RETURN: &str = "上の「記入者」「内線」「メール」を書き、黄色の欄が残っていないことを確かめて、ファイル名を変えずに提出してください。出し直すときは「提出回」の数を1つ増やしてください。";

/// Writes line by line, so that no block has to know where the one before it ended.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    /// Of the rows of each section so far, in points, with the row that it begins in.
    sections: Vec<(u32, f64)>,
}

impl Page<'_> {
    fn line(&mut self, cells: &[(&str, CellStyle)]) -> Result<(), WriteError> {
        for (column, (text, style)) in (0u16..).zip(cells) {
            let format = match style {
                CellStyle::Body => style.format().set_align(FormatAlign::VerticalCenter),
                style => style.format(),
            };
            xlsx::write_text(self.sheet, (self.row, column), text, &format)?;
        }
        let wrapped = cells.iter().zip(WIDTHS).filter(|((_, style), _)| *style == CellStyle::Body);
        let texts = wrapped.map(|((text, _), width)| (*text, width - SPARE));
        self.next(xlsx::height(texts))
    }

    /// Goes on to the next row; this one is so high.
    fn next(&mut self, height: f64) -> Result<(), WriteError> {
        self.sheet.set_row_height(self.row, height)?;
        self.row += 1;
        self.grow(height);
        Ok(())
    }

    fn skip(&mut self) {
        self.row += 1;
        self.grow(xlsx::DEFAULT_HEIGHT);
    }

    /// The section of the row before is so much higher.
    fn grow(&mut self, height: f64) {
        if let Some((_, sum)) = self.sections.last_mut() {
            *sum += height;
        }
    }

    fn heading(&mut self, text: &str) -> Result<(), WriteError> {
        self.skip();
        self.sections.push((self.row, 0.0));
        self.line(&[(text, CellStyle::Heading)])
    }

    /// A label, and its text over the columns beside it.
    fn pair(&mut self, label: &str, value: &str) -> Result<(), WriteError> {
        let [_, first, second] = WIDTHS;
        let row = self.row;
        let format = CellStyle::Body.format().set_align(FormatAlign::VerticalCenter);
        xlsx::write_cell(self.sheet, (row, 0), &label.into(), CellStyle::Label)?;
        self.sheet.merge_range(row, 1, row, 2, "", &format)?;
        xlsx::write_text(self.sheet, (row, 1), value, &format)?;
        self.next(xlsx::height([(value, first + second - SPARE)]))
    }

    /// A label, and a cell to fill in beside it.
    fn asked(&mut self, label: &str) -> Result<(), WriteError> {
        let row = self.row;
        let format = CellStyle::Body.format().set_align(FormatAlign::VerticalCenter).set_unlocked();
        xlsx::write_cell(self.sheet, (row, 0), &label.into(), CellStyle::Label)?;
        self.sheet.merge_range(row, 1, row, 2, "", &format)?;
        self.skip();
        Ok(())
    }

    fn table<'t>(
        &mut self,
        header: [&str; 3],
        rows: impl IntoIterator<Item = [&'t str; 3]>,
    ) -> Result<(), WriteError> {
        self.line(&header.map(|text| (text, CellStyle::Header)))?;
        for [label, text, example] in rows {
            self.line(&[
                (label, CellStyle::Label),
                (text, CellStyle::Body),
                (example, CellStyle::Body),
            ])?;
        }
        Ok(())
    }
}

/// Adds the sheet.
pub(super) fn write(book: &mut Workbook, form: &Form) -> Result<(), WriteError> {
    let Form { edition, department, .. } = form;
    let sheet = book.add_worksheet();
    sheet.set_name(GUIDE_SHEET)?.set_screen_gridlines(false).protect();
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let mut page = Page { sheet, row: 0, sections: vec![(0, 0.0)] };
    let subtitle =
        format!("{}　{}（{}）", edition.front.title, edition.front.volume, edition.front.period);
    page.line(&[("調査票　記入要領", CellStyle::Title)])?;
    page.sheet.set_row_height(0, 32)?;
    page.line(&[(&subtitle, CellStyle::Subtitle)])?;
    page.skip();
    page.pair("提出する部局", &department.name)?;
    page.pair("提出期限", &edition.form.deadline)?;
    page.pair("提出先・問合せ先", &edition.form.contact)?;
    page.pair("基準日", &edition.form.as_of)?;
    page.pair("版", &format!("{}（様式の版：{}）", edition.id(), edition.form.version))?;
    for label in CONTACT_LABELS {
        page.asked(label)?;
    }
    match edition.results {
        Some(_) => steps_to_results(&mut page, edition)?,
        None => steps(&mut page, edition)?,
    }
    let mut numbers = ["２", "３", "４"].iter();
    for table in Table::ALL.into_iter().filter(|&table| edition.levels.have(table)) {
        let Some(number) = numbers.next() else { continue };
        page.heading(&format!("{number}　{}の書き方", edition.schema.words.sheet(table)))?;
        let columns: Vec<_> = sheet::columns(&edition.schema, table)
            .filter(|(_, column)| !column.locked)
            .map(|(_, column)| {
                (column, edition.schema.fill(&column.guide), sample(form, table, column))
            })
            .collect();
        let rows = columns
            .iter()
            .map(|(column, guide, sample)| [column.label.as_str(), guide, sample.as_str()]);
        page.table(["列", "書き方", "記入例"], rows)?;
    }
    notation(&mut page, edition, numbers.next().unwrap_or(&""))?;
    let document = format!("{}　{}", edition.front.title, department.name);
    let sections = page.sections;
    xlsx::page(sheet, &document, false)?;
    xlsx::portrait(sheet, &WIDTHS, &sections)
}

fn steps(page: &mut Page, edition: &Edition) -> Result<(), WriteError> {
    page.heading("１　記入の手順")?;
    let Schema { words, .. } = &*edition.schema;
    let [has_measures, has_kpis] = Table::ALL.map(|table| edition.levels.have(table));
    let table = if has_measures { Table::Measures } else { Table::Kpis };
    let (form, entry) = (words.form(table), words.entry(table));
    let schema = &edition.schema;
    let status = schema.fill(match table {
        Table::Measures => "{measures.status}",
        Table::Kpis => "{kpis.status}",
    });
    let mut steps = vec![
        format!(
            "{form}に、{entry}を1行に1つずつ記入してください。前の版から続く{entry}があれば、あらかじめ記入してあります。内容を確かめ、改めたときは{status}を「変更」にしてください。"
        ),
        format!(
            "取りやめる{entry}は、行を消さずに{status}を「廃止」にしてください。加える{entry}は、空いている行に記入し、{status}を「新規」にしてください。"
        ),
    ];
    if has_measures && has_kpis {
        let [name, kpi] = Table::ALL.map(|table| schema.name_label(table));
        let of = schema.fill("{kpis.measures}");
        let of_measures = match sheet::column(&edition.schema, Table::Kpis, Role::Measures) {
            Some(_) => format!("{of}は、{form}の{name}から選べます。"),
            None => String::new(),
        };
        let form = words.form(Table::Kpis);
        steps.push(format!("{form}に、{kpi}を1行に1つずつ記入してください。{of_measures}"));
    }
    let entries = match [has_measures, has_kpis] {
        [true, true] => format!("{}又は{}", words.measure, words.kpi),
        _ => entry.to_owned(),
    };
    steps.push(format!(
        "載せる{entries}がないときは、シートを消さずに、その様式の上にある「該当なし」の欄で「{NOTHING_MARK}」を選んでください。"
    ));
    steps.push(RETURN.into());
    steps.push("列の追加や並べ替え、セルの結合、取消線での削除はしないでください。文字の色や太さは、別冊には反映されません。灰色の（例）の行は、残したままで構いません。".into());
    for (number, text) in (1..).zip(steps) {
        page.pair(&format!("手順{number}"), &text)?;
    }
    Ok(())
}

/// The same, where the texts of the annex are shown and what came of them is asked for.
fn steps_to_results(page: &mut Page, edition: &Edition) -> Result<(), WriteError> {
    page.heading("１　記入の手順")?;
    let Schema { words, .. } = &*edition.schema;
    let tables = Table::ALL.into_iter().filter(|&table| edition.levels.have(table));
    let asked = tables.map(|table| {
        let columns = sheet::columns(&edition.schema, table).map(|(_, column)| column);
        let asked = columns.filter(|column| !column.locked && column.role != Role::Note);
        let labels: Vec<&str> = asked.map(|column| column.label.as_str()).collect();
        (words.form(table), labels)
    });
    let asked = asked.filter(|(_, labels)| !labels.is_empty());
    let mut steps: Vec<String> = asked
        .map(|(form, labels)| {
            format!("{form}の全ての行に、「{}」を記入してください。", labels.join("」「"))
        })
        .collect();
    steps.push("灰色の欄は、公表した別冊のとおりに記入してあり、変更できません。誤りや、名称・所管の変更があるときは、備考に書いてください。行の追加と削除はしないでください。".into());
    steps.push(RETURN.into());
    steps.push("セルの結合や取消線での削除はしないでください。文字の色や太さは、印刷に反映されません。灰色の（例）の行は、残したままで構いません。".into());
    for (number, text) in (1..).zip(steps) {
        page.pair(&format!("手順{number}"), &text)?;
    }
    Ok(())
}

/// What the sample row has in a column.
pub(super) fn sample(form: &Form, table: Table, column: &Column) -> String {
    let Form { edition, department, .. } = form;
    match column.role {
        Role::Id => format!("{}{}", edition.id(), column.sample),
        Role::Status => Status::Continued.label().into(),
        Role::Place | Role::Above { .. } => place_of_sample(edition, table, column),
        Role::Reposts => Places::new(edition).labels(table).pop().unwrap_or_default(),
        Role::Measures => edition.schema.sample_name(Table::Measures).into(),
        Role::Department => department.name.clone(),
        Role::Section => department.sections.first().cloned().unwrap_or_default(),
        Role::Figure { role: FigureRole::Target, year } => {
            let year = Edition::year_label(year.unwrap_or(edition.front.last_year));
            format!("{}（{year}）", column.sample)
        }
        Role::Figure {
            role: FigureRole::Base | FigureRole::Interim | FigureRole::Actual, ..
        }
        | Role::Name
        | Role::Order
        | Role::Note
        | Role::Value => column.sample.clone(),
    }
}

/// What a column of the place says of an entry under the first heading of the lowest level that
/// may hold it.
fn place_of_sample(edition: &Edition, table: Table, column: &Column) -> String {
    let (places, headings) = (Places::new(edition), edition.headings());
    let lowest = edition.levels.lowest(table);
    let Some(first) = headings.iter().find(|heading| heading.id.depth() == lowest) else {
        return String::new();
    };
    let written = edition.levels.columns(table).into_iter().zip(places.written(table, first.id));
    let depth = match column.role {
        Role::Above { level } => usize::from(level),
        _ => lowest,
    };
    written.filter(|(of, _)| *of == depth).map(|(_, text)| text).collect()
}

/// The rules of notation (公用文作成の考え方、令和4年1月) that matter most here.
fn notation(page: &mut Page, edition: &Edition, number: &str) -> Result<(), WriteError> {
    page.heading(&format!("{number}　表記のきまり"))?;
    let year = Edition::year_label(edition.front.last_year);
    let target = format!("○ 90%（{year}）　× 90%（{}年度末）", edition.front.last_year);
    let rows = [
        [
            "句読点",
            "読点は「、」、句点は「。」を使い、文の終わりには「。」を付けます。",
            "○ 整備し、運用する。　× 整備し，運用する",
        ],
        ["英字・数字", "半角で書きます。", "○ DX、2,000人　× ＤＸ、２０００人"],
        [
            "大きな数",
            "3桁ごとにコンマを付けます。「千」「百」は使わず、「万」「億」は使えます。",
            "○ 4,000件、80万人　× 4千件、4000件",
        ],
        ["年度", "本文では「令和7年度」、表の値では「R7」と書きます。", &target],
        [
            "数え方",
            "「か月」「か所」のように平仮名の「か」を使います。",
            "○ 3か月　× 3ヶ月、3ヵ月、3箇月",
        ],
        ["括弧", "全角の「（　）」を使い、開きと閉じをそろえます。", "○ （R9）　× (R9）"],
        ["片仮名", "全角で書きます。", "○ データ　× ﾃﾞｰﾀ"],
        [
            "特殊な文字",
            "外字は使えません。絵文字や機種によって違って見える文字も避けてください。",
            "○ ㈱、①、㎡は使えます",
        ],
        ["改行", "Alt+Enterで改行します。空白を並べて位置をそろえないでください。", ""],
    ];
    page.table(["きまり", "書き方", "例"], rows)?;
    page.line(&[("文化審議会建議「公用文作成の考え方」（令和4年1月）を基に、この別冊の書き方として定めたものです。", CellStyle::Note)])
}

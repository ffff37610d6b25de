//! What may be asked of an edition's papers: every text of its submissions and of its settings,
//! found without the program's own reader.

use std::io::Cursor;

use bessatsu::edition::{Edition, MeasureLayout};
use bessatsu::schema::{Column, Kind, Paper, Role, Table};
use calamine::{Data, DataType, Reader, Xlsx};
use toml::{Table as Toml, Value};
use unicode_normalization::UnicodeNormalization;

/// A text that has to be in some papers.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Where it was found.
    pub at: String,
    /// Its spellings, folded: one of them has to be there.
    pub spellings: Vec<String>,
    pub papers: Vec<Paper>,
    /// Where the lines of the first spelling end, in bytes: a page may end there.
    pub cuts: Vec<usize>,
}

/// What two spellings of one text have in common: width, dashes, waves and white space do not count.
pub fn fold(text: &str) -> String {
    let kept = text.nfkc().filter(|c| {
        !c.is_whitespace() && !matches!(c, '\u{200B}' | '\u{2060}' | '\u{AD}' | '\u{FEFF}')
    });
    kept.map(|c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | 'ー' => '-',
        '\u{301C}' | '\u{223C}' => '~',
        c => c,
    })
    .collect()
}

impl Asked {
    fn new(at: String, texts: &[&str], papers: &[Paper]) -> Option<Self> {
        let spellings: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        let says_nothing = |text: &String| text.chars().all(|c| c == '-');
        let lines: Vec<&str> = texts[0].split('\n').collect();
        let mut end = 0;
        let mut cuts = Vec::new();
        for line in &lines[..lines.len() - 1] {
            end += fold(line).len();
            cuts.push(end);
        }
        (!spellings.iter().all(says_nothing)).then(|| Self {
            at,
            spellings,
            papers: papers.to_vec(),
            cuts,
        })
    }
}

/// What all submissions and settings say.
pub fn asked(edition: &Edition, settings: &str, submissions: &[(String, Vec<u8>)]) -> Vec<Asked> {
    let mut asked = of_settings(&settings.parse::<Toml>().expect("settings"));
    let mut filled = Vec::new();
    for (name, bytes) in submissions {
        for sheet in sheets(bytes) {
            let Some((table, header)) = header(edition, &sheet) else { continue };
            let rows = rows(&sheet, header.row);
            if !rows.is_empty() && !filled.contains(&table) {
                filled.push(table);
            }
            for (number, row) in rows {
                for (cell, column) in row.iter().zip(&header.columns) {
                    let Some(column) = column.filter(|column| !is_typed(column)) else { continue };
                    let at = format!("{name} row {} {}", number + 1, column.label);
                    asked.extend(of_cell(&at, column, cell));
                }
            }
        }
    }
    asked.extend(filled.into_iter().flat_map(|table| labels(edition, table)));
    asked
}

/// The headings with their prose, and the notes under the KPIs.
fn of_settings(settings: &Toml) -> Vec<Asked> {
    let levels = settings.get("level").and_then(Value::as_array);
    let printed = |depth: usize| {
        let level = levels.and_then(|levels| levels.get(depth));
        level.and_then(|level| level.get("printed")).and_then(Value::as_bool).unwrap_or(true)
    };
    let mut asked = Vec::new();
    let mut open: Vec<(usize, &Value)> = Vec::new();
    for key in ["pillar", "heading"] {
        open.extend(
            settings.get(key).and_then(Value::as_array).into_iter().flatten().map(|h| (0, h)),
        );
    }
    while let Some((depth, heading)) = open.pop() {
        for key in ["category", "heading"] {
            let below = heading.get(key).and_then(Value::as_array).into_iter().flatten();
            open.extend(below.map(|below| (depth + 1, below)));
        }
        let text = |key: &str| heading.get(key).and_then(Value::as_str).unwrap_or_default();
        let title = text("title");
        let mut papers = vec![Paper::Workbook, Paper::Data, Paper::Text];
        if printed(depth) {
            papers.extend([Paper::Annex, Paper::Web]);
        }
        asked.extend(Asked::new(format!("heading {title}"), &[title], &papers));
        for line in text("text").lines() {
            let line = line.trim_start_matches(['・', '○', '●', '-', ' ', '\u{3000}']);
            let papers = [Paper::Annex, Paper::Web, Paper::Text];
            asked.extend(Asked::new(format!("prose of {title}"), &[line], &papers));
        }
        let note = text("kpi-note");
        asked.extend(Asked::new(format!("note of {title}"), &[note], &[Paper::Annex, Paper::Web]));
    }
    asked
}

/// The labels of the columns of a table.
fn labels(edition: &Edition, table: Table) -> Vec<Asked> {
    let has = |role| edition.schema.with_role(table, role).is_some_and(|c| c.is_on(Paper::Web));
    // The page shows both owners of a measure in one cell.
    let is_joined = has(Role::Department) && has(Role::Section);
    let of = |column: &Column| {
        let printed = [Paper::Annex, Paper::Web, Paper::Workbook];
        let mut papers: Vec<Paper> = printed.into_iter().filter(|p| column.is_on(*p)).collect();
        if column.under.is_some() || column.group {
            papers.retain(|paper| *paper == Paper::Workbook);
        }
        // A sheet has the name of its measure for a title.
        let are_sheets = edition.layout.measures != MeasureLayout::Table;
        if are_sheets && table == Table::Measures && column.role == Role::Name {
            papers.retain(|paper| *paper != Paper::Annex);
        }
        if is_joined && column.role == Role::Section {
            papers.retain(|paper| *paper != Paper::Web);
        }
        if is_typed(column) {
            papers.clear();
        }
        let at = format!("label of {}", column.key);
        let label = Asked::new(at.clone(), &[&column.label, column.short()], &papers);
        papers.retain(|paper| *paper != Paper::Workbook);
        let head = column.head.as_deref().unwrap_or_default();
        let head = Asked::new(format!("head of {at}"), &[head], &papers);
        label.into_iter().chain(head)
    };
    let columns = edition.schema.columns(table).iter();
    columns.flat_map(of).filter(|asked| !asked.papers.is_empty()).collect()
}

/// What no paper prints as it was typed: numbers given by the secretariat, words of the settings.
fn is_typed(column: &Column) -> bool {
    matches!(
        column.role,
        Role::Id
            | Role::Status
            | Role::Place
            | Role::Above { .. }
            | Role::Order
            | Role::Reposts
            | Role::Measures
    )
}

type Sheet = Vec<Vec<Data>>;

fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheets = book.worksheets().into_iter();
    sheets.map(|(_, range)| range.rows().map(<[Data]>::to_vec).collect()).collect()
}

/// A header row, and what stands under its cells.
struct Header<'a> {
    row: usize,
    columns: Vec<Option<&'a Column>>,
}

/// The header on a sheet, and which table it is of: the row that has the label of a table's names.
/// Both tables may call something by one word: the right one knows more of the row.
fn header<'a>(edition: &'a Edition, sheet: &Sheet) -> Option<(Table, Header<'a>)> {
    let called = |table: Table| -> Vec<(Vec<String>, &'a Column)> {
        let labels = |column: &Column| {
            std::iter::once(&column.label)
                .chain(&column.synonyms)
                .map(|label| fold(label))
                .collect()
        };
        edition.schema.columns(table).iter().map(|column| (labels(column), column)).collect()
    };
    let tables = Table::ALL.map(|table| (table, called(table)));
    sheet.iter().enumerate().find_map(|(row, cells)| {
        let texts: Vec<String> =
            cells.iter().map(|cell| fold(&cell.as_string().unwrap_or_default())).collect();
        let found = tables.iter().map(|(table, called)| {
            let of = |text: &String| {
                let column = called.iter().find(|(labels, _)| labels.contains(text));
                column.map(|(_, column)| *column)
            };
            let columns: Vec<_> = texts.iter().map(of).collect();
            let count = columns.iter().flatten().count();
            let named = columns.iter().flatten().any(|column| column.role == Role::Name);
            (if named { count } else { 0 }, *table, columns)
        });
        let (count, table, columns) = found.max_by_key(|(count, ..)| *count)?;
        (count > 2).then_some((table, Header { row, columns }))
    })
}

/// The rows below the header that a department filled in.
fn rows(sheet: &Sheet, header: usize) -> Vec<(usize, &Vec<Data>)> {
    let is_filled = |row: &(usize, &Vec<Data>)| {
        let texts = row.1.iter().filter_map(DataType::as_string).map(|text| fold(&text));
        let first = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        let sample = ["(例)", "例", "記入例", "(記入例)"].contains(&first.as_str());
        !first.is_empty() && !sample && !first.starts_with(['※', '注'])
    };
    sheet.iter().enumerate().skip(header + 1).filter(is_filled).collect()
}

fn of_cell(at: &str, column: &Column, cell: &Data) -> Vec<Asked> {
    let papers: Vec<Paper> = column.papers.iter().copied().collect();
    let texts: Vec<Vec<String>> = match cell {
        Data::Empty => Vec::new(),
        Data::Float(number) => vec![as_shown(*number)],
        Data::Int(number) => vec![as_shown(*number as f64)],
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            let western = format!("{year}/{month}/{day}");
            vec![vec![
                western,
                format!("{year}-{month:02}-{day:02}"),
                format!("{year}年{month}月{day}日"),
            ]]
        }
        cell => {
            let text = cell.as_string().unwrap_or_default();
            let several = column.kind == Kind::List || column.role == Role::Section;
            match several {
                true => text.split(['\n', '、']).map(|piece| vec![piece.to_owned()]).collect(),
                false => vec![vec![text]],
            }
        }
    };
    let of = |spellings: &Vec<String>| {
        let spellings: Vec<&str> = spellings.iter().map(String::as_str).collect();
        Asked::new(at.to_owned(), &spellings, &papers)
    };
    texts.iter().filter_map(of).collect()
}

/// A number as number formats show it.
pub fn as_shown(number: f64) -> Vec<String> {
    let plain = number.to_string();
    let mut shown = vec![plain.clone()];
    for decimals in 0..=2 {
        shown.push(separated(&format!("{number:.decimals$}")));
        shown.push(format!("{number:.decimals$}"));
        shown.push(format!("{:.decimals$}%", number * 100.0));
    }
    shown.retain(|text| !text.is_empty() && is_near(text, number));
    shown
}

/// Whether a text is this number and not another, rounded.
fn is_near(text: &str, number: f64) -> bool {
    let read = text.trim_end_matches('%').replace(',', "").parse::<f64>();
    let read = read.map(|read| if text.ends_with('%') { read / 100.0 } else { read });
    read.is_ok_and(|read| (read - number).abs() < 1e-9)
}

/// Commas between thousands.
fn separated(number: &str) -> String {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}{rest}")
}

//! Rules are tested on submissions that are written as a text, with the findings at their cells.
//!
//! ```text
//! == 02_企画部.xlsx
//! 施策名                 | 区分
//! 統計地図の公開（廃止） | 継続
//! ^ E631
//! 紙の帳票の廃止         | 継続
//! ```
//!
//! The text becomes workbooks, and these are read as submissions are. Its lines:
//!
//! - `== NAME` begins a file. What stands before the first of them is `01_総務部.xlsx`. A file of
//!   the edition before is `== 前の版 NAME`, one that is broken `== NAME : 壊れている`.
//!   `== edition.toml` adds to the settings at the end of this file; levels and departments of its
//!   own replace those.
//! - The first line after a blank line is the header of a table: its labels are the beginnings of
//!   the form's. Columns that are not named hold what no rule speaks of; `×再掲分野` is a column
//!   that the form does not have, `＋予算額` one that the form alone has.
//! - The lines below are the rows. `\n` and `\u{E000}` are characters, `~~text~~` is struck
//!   through.
//! - A line of cells that begin with `^` says what is found in the cells above it: the rule's
//!   code, the severity where it is not the rule's own, and what was found, expected, said and
//!   advised, where the test is about that: `^ E605 warning [見: …] [期: …] [文: …] [直: …]` (`[直: なし]`
//!   where nothing is). `+` is
//!   a further place that a finding names. Below `== NAME` a mark is on the file as such, below a
//!   line of the settings on that line.
//! - `> CELL | CELL` is a row that belongs to no table; above the header it stands in place of
//!   the row with the department's name. `-- NAME` begins a sheet, as every table does by itself.
//! - `@column budget 予算額` adds a column to the schema, of text that every row must fill in.
//!   `@stamp R6 1` is what the file says of itself: its edition and the version of the form.
//!   `@no-glyph 𠮷` names characters that no font has.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_xlsxwriter::{Format, Workbook};

use crate::checks::{self, Context};
use crate::diag::{CellRef, Finding, Place, Rule, Severity};
use crate::edition::{self, Edition};
use crate::intake::{self, Source};
use crate::schema::form::{EDITION_NAME, VERSION_NAME};
use crate::schema::{Column, Table, Words, keys};

/// Asserts that the rule finds what is marked in the text, and nothing else.
#[track_caller]
pub fn finds(rule: &Rule, text: &str) {
    let fixture = Fixture::parse(text);
    assert!(!fixture.marks.is_empty(), "nothing is marked: a text for `silent`");
    fixture.check(rule);
}

/// Asserts that the rule has nothing to say of the text.
#[track_caller]
pub fn silent(rule: &Rule, text: &str) {
    let fixture = Fixture::parse(text);
    assert!(fixture.marks.is_empty(), "something is marked: a text for `finds`");
    fixture.check(rule);
}

/// Everything that the rules say of a text.
pub fn findings(text: &str) -> Vec<Finding> {
    Fixture::parse(text).findings()
}

/// A text that was parsed.
#[derive(Default)]
struct Fixture {
    files: Vec<File>,
    edition: Edition,
    no_glyph: Vec<char>,
    marks: Vec<Mark>,
    further: BTreeSet<Place>,
}

struct File {
    name: Arc<str>,
    of_previous: bool,
    is_broken: bool,
    /// The edition and the version that it states.
    stamp: Option<(String, String)>,
    sheets: Vec<Sheet>,
}

struct Sheet {
    name: Arc<str>,
    /// The cells of each row, by column.
    rows: Vec<Vec<(usize, String)>>,
    has_table: bool,
}

/// A finding that is expected: its place, and what stands behind the `^`.
struct Mark {
    place: Place,
    text: String,
}

/// The file of a text that names none.
const FIRST_FILE: &str = "01_総務部.xlsx";

impl Fixture {
    #[track_caller]
    fn check(&self, rule: &Rule) {
        let mut findings = self.findings();
        findings.retain(|finding| finding.rule.code == rule.code);
        let shown: String = findings.iter().map(|finding| shown(finding) + "\n").collect();
        let mut rest: Vec<&Finding> = findings.iter().collect();
        for mark in &self.marks {
            let Some(index) = rest.iter().position(|finding| mark.fits(rule, finding)) else {
                panic!("{} ^ {}\nis not among\n{shown}", mark.place, mark.text);
            };
            rest.remove(index);
        }
        assert!(rest.is_empty(), "{} not marked, of\n{shown}", rest.len());
        let further: BTreeSet<Place> = findings.iter().flat_map(|f| f.more.clone()).collect();
        assert_eq!(further, self.further, "the further places are not those with a +");
    }

    fn findings(&self) -> Vec<Finding> {
        let edition = &self.edition;
        let mut old = edition.clone();
        old.front.edition = "R6".into();
        let has_previous = self.files.iter().any(|file| file.of_previous);
        let previous = has_previous.then(|| intake::run(&old, None, self.sources(true)).annex);
        let intake = intake::run(edition, previous.as_ref(), self.sources(false));
        let covers = |c| !self.no_glyph.contains(&c);
        let (annex, receipts) = (&intake.annex, &intake.receipts);
        checks::run(&Context::new(edition, annex, receipts, previous.as_ref(), &covers))
    }

    fn sources(&self, of_previous: bool) -> Vec<Source> {
        let files = self.files.iter().filter(|file| file.of_previous == of_previous);
        files.map(|file| Source { name: file.name.clone(), bytes: Ok(file.bytes()) }).collect()
    }
}

impl Mark {
    /// Whether the finding is the one that is expected here.
    fn fits(&self, rule: &Rule, finding: &Finding) -> bool {
        let (words, parts) = self.text.split_once(" [").unwrap_or((&self.text, ""));
        let (code, severity) = words.split_once(' ').unwrap_or((words, ""));
        assert_eq!(code, rule.code, "the mark of another rule");
        let severity = match severity {
            "" => rule.severity,
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            "info" => Severity::Info,
            other => panic!("{other}?"),
        };
        let mut parts = parts.strip_suffix(']').into_iter().flat_map(|all| all.split("] ["));
        self.place == finding.place
            && severity == finding.severity
            && parts.all(|part| match part.split_once(": ") {
                Some(("見", text)) => finding.found == unescaped(text),
                Some(("期", text)) => finding.expected == unescaped(text),
                Some(("文", text)) => finding.message.ja.contains(text),
                Some(("直", "なし")) => finding.help.is_empty(),
                Some(("直", text)) => finding.help.ja.contains(text),
                _ => panic!("[{part}]?"),
            })
    }
}

/// A finding with its places, as a mark.
fn shown(finding: &Finding) -> String {
    let more: String = finding.more.iter().map(|place| format!(" + {place}")).collect();
    format!(
        "{}{more} ^ {} {} [見: {}] [期: {}] [文: {}] [直: {}]",
        finding.place,
        finding.rule.code,
        finding.severity.say().en,
        finding.found.escape_debug(),
        finding.expected.escape_debug(),
        finding.message.ja,
        finding.help.ja
    )
}

impl Fixture {
    fn parse(text: &str) -> Self {
        let settings = settings_of(text);
        let mut edition = edition(&settings);
        for column in text.lines().filter_map(|line| line.trim().strip_prefix("@column ")) {
            let (key, label) = column.split_once(' ').expect("a key and a label");
            let column = Column { filled: true, ..Column::new(key, label) };
            Arc::make_mut(&mut edition.schema).measures.push(column);
        }
        let mut reader = Reader {
            fixture: Self { edition, ..Self::default() },
            above: Above::Place(Place::default()),
            table: None,
        };
        let mut line_of_settings = None;
        for line in text.lines().map(str::trim) {
            match (line.strip_prefix("== "), &mut line_of_settings) {
                (Some("edition.toml"), _) => {
                    line_of_settings = Some(base(&settings).lines().count());
                }
                (Some(name), _) => {
                    line_of_settings = None;
                    reader.file(name);
                }
                (None, Some(number)) if !line.starts_with('^') => {
                    *number += 1;
                    reader.above = Above::Place(Place::line("edition.toml", *number as u32));
                }
                (None, _) => reader.line(line),
            }
        }
        reader.fixture
    }
}

/// Reads a text line by line.
struct Reader {
    fixture: Fixture,
    /// What a mark points at.
    above: Above,
    /// The table whose rows follow.
    table: Option<Header>,
}

enum Above {
    Place(Place),
    /// A row, and the column of the sheet for each cell of the text.
    Row(Place, Vec<usize>),
}

/// The header of a table: the columns of the sheet, and which of them each cell of the text is.
struct Header {
    table: Table,
    columns: Vec<Column>,
    named: Vec<usize>,
}

impl Reader {
    fn file(&mut self, name: &str) {
        let (name, how) = name.split_once(" : ").unwrap_or((name, ""));
        assert!(["", "壊れている"].contains(&how), "{how}?");
        let plain = name.strip_prefix("前の版 ");
        let file = File {
            name: plain.unwrap_or(name).into(),
            of_previous: plain.is_some(),
            is_broken: !how.is_empty(),
            stamp: None,
            sheets: Vec::new(),
        };
        self.above = Above::Place(Place::file(&file.name));
        self.table = None;
        self.fixture.files.push(file);
    }

    fn line(&mut self, line: &str) {
        if line.is_empty() {
            self.table = None;
        } else if let Some(characters) = line.strip_prefix("@no-glyph ") {
            self.fixture.no_glyph.extend(unescaped(characters).chars());
        } else if line.starts_with("@column ") {
            // It is in the schema already.
        } else if let Some(stamp) = line.strip_prefix("@stamp ") {
            let (edition, version) = stamp.split_once(' ').expect("an edition and a version");
            self.current().stamp = Some((edition.to_owned(), version.to_owned()));
        } else if let Some(name) = line.strip_prefix("-- ") {
            self.begin_sheet(name);
        } else if let Some(cells) = line.strip_prefix("> ") {
            if self.current().sheets.is_empty() {
                self.begin_sheet(Words::default().sheet(Table::Measures));
            }
            let cells: Vec<(usize, String)> = cells.split('|').map(unescaped).enumerate().collect();
            let columns = (0..cells.len()).collect();
            self.write(cells, columns);
        } else if is_marks(line) {
            self.marks(line);
        } else {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let header = match self.table.take() {
                None => self.header(&cells),
                Some(header) => {
                    self.row(&header, &cells);
                    header
                }
            };
            self.table = Some(header);
        }
    }

    fn marks(&mut self, line: &str) {
        for (index, mark) in line.split('|').map(str::trim).enumerate() {
            let place = match &self.above {
                Above::Place(place) => place.clone(),
                Above::Row(row, columns) => {
                    let cell = |at: CellRef| CellRef::new(at.row, columns[index] as u32);
                    Place { cell: row.cell.map(cell), ..row.clone() }
                }
            };
            match mark.strip_prefix("^ ") {
                Some(text) => self.fixture.marks.push(Mark { place, text: text.to_owned() }),
                None if mark == "+" => drop(self.fixture.further.insert(place)),
                None => assert_eq!(mark, "", "no mark"),
            }
        }
    }

    /// The file that the lines are of.
    fn current(&mut self) -> &mut File {
        if self.fixture.files.is_empty() {
            self.file(FIRST_FILE);
        }
        self.fixture.files.last_mut().expect("a file")
    }

    fn begin_sheet(&mut self, name: &str) {
        self.table = None;
        let sheet = Sheet { name: name.into(), rows: Vec::new(), has_table: false };
        self.current().sheets.push(sheet);
    }

    /// Adds a row to the sheet; `columns` are those of the text's cells.
    fn write(&mut self, cells: Vec<(usize, String)>, columns: Vec<usize>) {
        let file = self.current();
        let name = file.name.clone();
        let sheet = file.sheets.last_mut().expect("a sheet");
        sheet.rows.push(cells);
        let cell = CellRef::new(sheet.rows.len() as u32 - 1, 0);
        self.above = Above::Row(Place::cell(&name, &sheet.name, cell), columns);
    }

    /// The department whose file it is, and the first of its sections.
    fn owner(&mut self) -> (String, String) {
        let file = self.current().name.clone();
        let all = &self.fixture.edition.departments;
        let department = all.iter().find(|department| file.contains(&department.name));
        let department = department.or(all.first()).expect("a department");
        (department.name.clone(), department.sections.first().cloned().unwrap_or_default())
    }

    fn header(&mut self, labels: &[&str]) -> Header {
        let schema = self.fixture.edition.schema.clone();
        let is = |column: &Column, label: &str| column.label.starts_with(label);
        let knows = |table: &Table| {
            labels.iter().filter(|label| !label.starts_with('＋')).all(|label| {
                let label = label.trim_start_matches('×');
                schema.columns(*table).iter().any(|column| is(column, label))
            })
        };
        let table = Table::ALL.into_iter().find(knows);
        let table = table.unwrap_or_else(|| panic!("no table has {labels:?}"));
        let lacks = |column: &Column| {
            labels.iter().any(|label| label.strip_prefix('×').is_some_and(|l| is(column, l)))
        };
        let columns = schema.columns(table).iter().filter(|column| !lacks(column));
        let further = labels.iter().filter_map(|label| label.strip_prefix('＋'));
        let further = further.map(|label| Column::new(label, label));
        let columns: Vec<Column> = columns.cloned().chain(further).collect();
        let labels: Vec<&&str> = labels.iter().filter(|label| !label.starts_with('×')).collect();
        let position = |label: &&&str| {
            let label = label.trim_start_matches('＋');
            columns.iter().position(|column| is(column, label))
        };
        let named: Vec<usize> = labels.iter().filter_map(position).collect();
        if self.current().sheets.last().is_none_or(|sheet| sheet.has_table) {
            self.begin_sheet(Words::default().sheet(table));
        }
        let (department, _) = self.owner();
        let as_of = self.fixture.edition.form.as_of.clone();
        let sheet = self.current().sheets.last_mut().expect("a sheet");
        sheet.has_table = true;
        if sheet.rows.is_empty() {
            let cells = ["部局名".into(), department, "基準日".into(), as_of];
            sheet.rows.push(vec![(0, Words::default().title(table).to_owned())]);
            sheet.rows.push(cells.into_iter().enumerate().collect());
        }
        sheet.rows.push(Vec::new());
        let labels = columns.iter().map(|column| column.label.to_owned()).enumerate().collect();
        self.write(labels, named.clone());
        Header { table, columns, named }
    }

    fn row(&mut self, header: &Header, cells: &[&str]) {
        let (department, section) = self.owner();
        let number = self.current().sheets.last().map_or(0, |sheet| sheet.rows.len());
        let text = |(index, column): (usize, &Column)| {
            let written = header.named.iter().position(|&named| named == index);
            let text = match written {
                Some(cell) => unescaped(cells.get(cell).copied().unwrap_or_default()),
                None => match (header.table, &*column.key) {
                    (_, keys::STATUS) => "継続".into(),
                    (_, keys::CATEGORY) => "1(1)".into(),
                    (Table::Measures, keys::NAME) => format!("{number}番目の施策"),
                    (Table::Kpis, keys::NAME) => format!("{number}番目の数"),
                    (_, keys::OVERVIEW) => "これを行う。".into(),
                    (_, keys::PURPOSE) => "これを進める。".into(),
                    (_, keys::DEPARTMENT) => department.clone(),
                    (_, keys::SECTION) => section.clone(),
                    (_, keys::CURRENT) => "500人".into(),
                    (_, keys::TARGET) => "800人（R9）".into(),
                    _ => String::new(),
                },
            };
            (index, text)
        };
        let texts = header.columns.iter().enumerate().map(text).collect();
        self.write(texts, header.named.clone());
    }
}

/// A line whose cells are marks or blank.
fn is_marks(line: &str) -> bool {
    line.split('|')
        .map(str::trim)
        .all(|cell| cell.is_empty() || cell == "+" || cell.starts_with("^ "))
}

/// The text with `\n` and `\u{E000}` as the characters that they mean.
fn unescaped(text: &str) -> String {
    let mut pieces = text.trim_matches(' ').split("\\u{");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_once('}').expect("the end of a code point");
        let code = u32::from_str_radix(code, 16).expect("a code point");
        plain.push(char::from_u32(code).expect("a character"));
        plain.push_str(rest);
    }
    plain.replace("\\n", "\n")
}

impl File {
    fn bytes(&self) -> Vec<u8> {
        if self.is_broken {
            return b"PK\x03\x04".to_vec();
        }
        let mut workbook = Workbook::new();
        if let Some((edition, version)) = &self.stamp {
            for (name, value) in [(EDITION_NAME, edition), (VERSION_NAME, version)] {
                workbook.define_name(name, &format!("=\"{value}\"")).expect("a name");
            }
        }
        for Sheet { name, rows, .. } in &self.sheets {
            let sheet = workbook.add_worksheet().set_name(name.as_ref()).expect("a name");
            for (row, cells) in rows.iter().enumerate() {
                for (column, text) in cells.iter().filter(|(_, text)| !text.is_empty()) {
                    let struck = text.strip_prefix("~~").and_then(|text| text.strip_suffix("~~"));
                    let format = match struck {
                        Some(_) => Format::new().set_font_strikethrough(),
                        None => Format::new(),
                    };
                    let text = struck.unwrap_or(text);
                    sheet
                        .write_with_format(row as u32, *column as u16, text, &format)
                        .expect("a cell");
                }
            }
        }
        workbook.save_to_buffer().expect("a workbook")
    }
}

/// What a text adds to the settings, without its marks.
fn settings_of(text: &str) -> String {
    let mut settings = String::new();
    let mut is_here = false;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("== ") {
            is_here = name == "edition.toml";
        } else if is_here && !line.starts_with('^') {
            settings += &format!("{line}\n");
        }
    }
    settings
}

fn edition(settings: &str) -> Edition {
    // The base ends within [form], to which a text may add; what stands above all tables goes there.
    let (top, below): (Vec<&str>, Vec<&str>) =
        settings.lines().partition(|line| line.starts_with("previous ="));
    let lines = |lines: Vec<&str>| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let text = lines(top) + &base(settings) + &lines(below).replace("[form]", "#");
    let (edition, findings) = edition::parse("edition.toml", &text);
    let faults: Vec<_> = findings.iter().map(|f| format!("{} {}", f.place, f.message.ja)).collect();
    edition.filter(|_| faults.is_empty()).unwrap_or_else(|| panic!("{faults:?}"))
}

/// The settings to which those of a text are added.
fn base(settings: &str) -> String {
    let levels = if settings.contains("[[pillar]]") { "" } else { LEVELS };
    let departments = if settings.contains("[[department]]") { "" } else { DEPARTMENTS };
    [GENERAL, levels, departments, FORM].concat()
}

const LEVELS: &str = r#"
[[pillar]]
number = 1
title = "暮らしのDX"

[[pillar.category]]
number = 1
title = "子育て支援"

[[pillar.category]]
number = 2
title = "教育の充実"
"#;

const DEPARTMENTS: &str = r#"
[[department]]
name = "総務部"
sections = ["広報課", "市町村課"]

[[department]]
name = "企画部"
sections = ["統計課"]
"#;

const FORM: &str = r#"
[form]
as-of = "令和7年1月"
version = "1"
"#;

const GENERAL: &str = r#"
[edition]
id = "R7"
year = 2025
title = "DX推進方針"
title-en = "Digital Plan"
period = "2025~2027"
first-year = 2025
last-year = 2027
volume = "別冊"
version = "第 1.0 版"
slogan = "つながる暮らし"
subslogan = "～デジタルとともに～"
chapter = "個別施策"
introduction = "個々の施策を掲げる。"

[kpi]
note = "※現状値はR6年度の数値"

[colophon]
issued = "令和7年3月"
issuer = "デジタル推進本部"
office = "企画部統計課"
address = "仙台市青葉区"
url = "https://example.com/"
"#;

//! Submissions from a readable text: `tests/editions/faults/contents.txt` says how it is written.

use std::io::{Cursor, Read, Write};

use bessatsu::diag::Say;
use bessatsu::intake::Source;
use bessatsu::schema::form::{EDITION_NAME, VERSION_NAME};
use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, FilterCondition, Format, FormatScript, Formula, Note, Shape,
    Workbook, Worksheet, utility,
};

/// The value that stands for none until the workbook is written.
const NO_VALUE: &str = "987654321";

/// Every file of the text, in its order.
pub fn sources(text: &str) -> Vec<Source> {
    written(text, workbook)
}

/// Every file of the text, the workbooks as `write` writes them from their lines.
pub fn written(text: &str, write: impl Fn(&str) -> Vec<u8>) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for file in text.split("\n== ").skip(1) {
        let (head, lines) = file.split_once('\n').unwrap_or((file, ""));
        let (name, how) = head.split_once(" : ").unwrap_or((head, ""));
        let (how, argument) = how.split_once(' ').unwrap_or((how, ""));
        let bytes = match how {
            "" => Ok(write(lines)),
            "part" => Ok(with_part(&workbook(lines), argument, b"code")),
            "external" => Ok(with_external(&workbook(lines), argument)),
            "text" => Ok(argument.as_bytes().to_vec()),
            "zeros" => Ok(vec![0; argument.parse().expect("a number of bytes")]),
            "with" => Ok(with_text(&workbook(lines), argument)),
            "copy" => Ok(of(&sources, argument).to_vec()),
            "unreadable" => Err(Say::new(argument, "used by another process").into()),
            "encrypted" => Ok(encrypted()),
            "cut" => {
                let whole = of(&sources, argument);
                Ok(whole[..whole.len() / 2].to_vec())
            }
            how => panic!("{head}: {how}?"),
        };
        sources.push(Source { name: name.into(), bytes });
    }
    sources
}

/// The bytes of an earlier file.
fn of<'s>(sources: &'s [Source], name: &str) -> &'s [u8] {
    let source = sources.iter().find(|source| *source.name == *name);
    source.expect("an earlier file").bytes.as_ref().expect("its bytes")
}

/// A workbook with one text for another in its parts.
fn with_text(bytes: &[u8], change: &str) -> Vec<u8> {
    let (from, to) = change.split_once(" => ").expect("two texts");
    rewritten(bytes, |_, text| text.replace(from, to))
}

fn workbook(lines: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for line in lines.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(stamp) = line.strip_prefix("stamp ") {
            for (name, value) in [EDITION_NAME, VERSION_NAME].iter().zip(stamp.split(' ')) {
                workbook.define_name(*name, &format!("=\"{value}\"")).expect("a name");
            }
        } else if let Some(name) = line.strip_prefix("-- ") {
            workbook.add_worksheet().set_name(name).expect("the name of a sheet");
        } else {
            let last = workbook.worksheets().len().checked_sub(1).expect("a sheet");
            let sheet = workbook.worksheet_from_index(last).expect("the last sheet");
            match line.strip_prefix('@') {
                Some(mark) => self::mark(sheet, mark),
                None => row(sheet, line),
            }
        }
    }
    let workbook = workbook.save_to_buffer().expect("a workbook");
    // The writer gives every formula a value.
    rewritten(&workbook, |_, text| text.replace(&format!("<v>{NO_VALUE}</v>"), ""))
}

/// What a line of the text says of a cell.
pub enum Cell<'t> {
    Blank,
    Text(String),
    /// A number and the code of its format.
    Number(f64, &'t str),
    /// A formula and its result, which may be none.
    Formula(&'t str, &'t str),
}

/// The row of a line, from 0, and its cells.
pub fn cells(line: &str) -> (u32, Vec<Cell<'_>>) {
    let (number, cells) = line.split_once(": ").unwrap_or((line.trim_end_matches(':'), ""));
    let row = number.parse::<u32>().expect("the number of a row") - 1;
    let cells = cells.split('|').map(|cell| cell.strip_prefix(' ').unwrap_or(cell));
    (row, cells.map(|cell| Cell::parse(cell.trim_end_matches(' '))).collect())
}

impl<'t> Cell<'t> {
    fn parse(text: &'t str) -> Self {
        let braced = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        match (braced, braced.and_then(|text| text.strip_prefix('='))) {
            (_, Some(formula)) => {
                let (formula, result) = formula.split_once(' ').expect("a formula and its result");
                Self::Formula(formula, result)
            }
            (Some(number), None) => {
                let (number, format) = number.split_once(' ').unwrap_or((number, "General"));
                Self::Number(number.parse().expect("a number"), format)
            }
            (None, None) if text.is_empty() => Self::Blank,
            (None, None) => Self::Text(unescaped(text)),
        }
    }
}

/// What a line says of the cells of the sheet before it.
pub struct Mark<'t> {
    pub kind: &'t str,
    /// First row and column, last row and column, from 0.
    pub cells: [u32; 4],
    pub text: &'t str,
}

impl<'t> Mark<'t> {
    pub fn parse(mark: &'t str) -> Self {
        let mut words = mark.splitn(3, ' ');
        let mut word = || words.next().unwrap_or_default();
        let (kind, at, text) = (word(), word(), word());
        let (first, last) = at.split_once(':').unwrap_or((at, at));
        let [[top, left], [bottom, right]] = [first, last].map(place);
        Self { kind, cells: [top, left, bottom, right], text }
    }

    /// `255調`: so many of a letter.
    pub fn repeated(&self) -> String {
        let letter = self.text.trim_start_matches(|c: char| c.is_ascii_digit());
        let count = self.text.trim_end_matches(letter).parse().expect("a number of letters");
        letter.repeat(count)
    }
}

/// Row and column of `B9`; what has no row or no column is in the first.
fn place(at: &str) -> [u32; 2] {
    let letters = at.trim_end_matches(|c: char| c.is_ascii_digit());
    let row = at[letters.len()..].parse::<u32>().unwrap_or(1) - 1;
    let column = if letters.is_empty() { 0 } else { utility::column_name_to_number(letters) };
    [row, column.into()]
}

fn row(sheet: &mut Worksheet, line: &str) {
    let (row, cells) = cells(line);
    for (column, cell) in (0u16..).zip(cells) {
        match cell {
            Cell::Blank => {}
            Cell::Text(text) => {
                sheet.write(row, column, text).expect("a text");
            }
            Cell::Number(number, format) => {
                let format = Format::new().set_num_format(format);
                sheet.write_with_format(row, column, number, &format).expect("a number");
            }
            Cell::Formula(formula, result) => {
                let result = if result.is_empty() { NO_VALUE } else { result };
                let formula = Formula::new(format!("={formula}")).set_result(result);
                sheet.write_formula(row, column, formula).expect("a formula");
            }
        }
    }
}

/// `\n` and `\u{E000}`.
fn unescaped(text: &str) -> String {
    let mut pieces = text.split("\\u{");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_once('}').expect("the end of a code point");
        let code = u32::from_str_radix(code, 16).expect("a code point");
        plain.push(char::from_u32(code).expect("a character"));
        plain.push_str(rest);
    }
    plain.replace("\\n", "\n")
}

fn mark(sheet: &mut Worksheet, mark: &str) {
    let mark = Mark::parse(mark);
    let Mark { kind, cells: [row, left, bottom, right], text } = mark;
    let [column, right] = [left, right].map(|column| column as u16);
    let done = match kind {
        "strike" => {
            sheet.set_cell_format(row, column, &Format::new().set_font_strikethrough()).map(drop)
        }
        "raise" => {
            let (plain, raised) =
                (Format::new(), Format::new().set_font_script(FormatScript::Superscript));
            let pieces = text.split('|').zip([&plain, &raised, &plain]);
            let pieces: Vec<(&Format, &str)> =
                pieces.map(|(text, format)| (format, text)).collect();
            sheet.write_rich_string(row, column, &pieces).map(drop)
        }
        "merge" => sheet.merge_range(row, column, bottom, right, text, &Format::new()).map(drop),
        "below" => sheet.write(row, column, text).map(drop),
        "white" => {
            let white = Format::new().set_font_color(Color::White);
            sheet.write_with_format(row, column, text, &white).map(drop)
        }
        "repeat" => sheet.write(row, column, mark.repeated()).map(drop),
        "condition" => {
            let struck = Format::new().set_font_strikethrough();
            let condition = ConditionalFormatFormula::new().set_rule(text).set_format(struck);
            sheet.add_conditional_format(row, column, bottom, right, &condition).map(drop)
        }
        "note" => {
            sheet.insert_note(row, column, &Note::new(text).add_author_prefix(false)).map(drop)
        }
        "box" => sheet.insert_shape(row, column, &Shape::textbox().set_text(text)).map(drop),
        "hide-row" => sheet.set_row_hidden(row).map(drop),
        "hide-column" => sheet.set_column_hidden(column).map(drop),
        "filter" => {
            let by = FilterCondition::new().add_list_filter("新規");
            sheet
                .autofilter(row, column, bottom, right)
                .and_then(|sheet| sheet.filter_column(place(text)[1] as u16, &by))
                .map(drop)
        }
        kind => panic!("@{kind}?"),
    };
    done.expect("a mark");
}

/// The package with one more part.
fn with_part(workbook: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut package = zip::ZipWriter::new_append(Cursor::new(workbook.to_vec())).expect("a zip");
    package.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
    package.write_all(content).expect("its content");
    package.finish().expect("a zip").into_inner()
}

/// The package with every part as `edit` makes it from its name and text.
fn rewritten(workbook: &[u8], edit: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(workbook)).expect("a zip");
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).expect("a part");
        let mut content = String::new();
        part.read_to_string(&mut content).expect("its text");
        let name = part.name().expect("its name").into_owned();
        let content = edit(&name, content);
        written.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        written.write_all(content.as_bytes()).expect("its content");
    }
    written.finish().expect("a zip").into_inner()
}

/// The package with a link to another workbook.
fn with_external(workbook: &[u8], target: &str) -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const END: &str = "</Relationships>";
    let relation = |kind: &str, id: &str, target: &str, mode: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{TYPES}/{kind}\" Target=\"{target}\"{mode}/>")
    };
    let linked = rewritten(workbook, |name, text| {
        let link = relation("externalLink", "rId99", "externalLinks/externalLink1.xml", "");
        match name {
            "xl/_rels/workbook.xml.rels" => text.replace(END, &format!("{link}{END}")),
            _ => text,
        }
    });
    let link = relation("externalLinkPath", "rId1", target, " TargetMode=\"External\"");
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         {link}{END}"
    );
    let part = "xl/externalLinks/externalLink1.xml";
    let linked = with_part(&linked, part, b"<externalLink/>");
    let part = "xl/externalLinks/_rels/externalLink1.xml.rels";
    with_part(&linked, part, relations.as_bytes())
}

/// A container with the streams that Excel writes for a workbook with a password.
fn encrypted() -> Vec<u8> {
    let longs =
        |longs: &[u32]| longs.iter().flat_map(|long| long.to_le_bytes()).collect::<Vec<_>>();
    // AES and SHA-1, and a proof that is of no password.
    let head = [0x0002_0004, 0x24, 32, 0x24, 0, 0x660E, 0x8004, 128, 0x18, 0, 0, 16];
    let info = [longs(&head), vec![7; 32], longs(&[20]), vec![7; 32]].concat();
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a container");
    for (name, content) in [("/EncryptedPackage", &b"?"[..]), ("/EncryptionInfo", &info)] {
        container.create_stream(name).expect("a stream").write_all(content).expect("bytes");
    }
    container.flush().expect("a container");
    container.into_inner().into_inner()
}

//! Files that mean harm, or that were harmed: each gets its finding, in little time and memory,
//! and the program goes on. All of them are made here.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::program::{example, program};

/// What one file may cost. The slowest file here takes six times as long where our own code is not
/// optimised, so three times the seconds are the stricter bound.
const SECONDS: f64 = if cfg!(debug_assertions) { 15.0 } else { 5.0 };
const MEBIBYTES: u64 = 512;

/// A good form.
fn form() -> Vec<u8> {
    fs::read(example().join("submissions/11_企業局.xlsx")).expect("a form of the example")
}

/// A form with its parts written anew.
fn rewritten(change: impl Fn(&str, String) -> String) -> Vec<u8> {
    package(|zip, name, text| {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(change(name, text).as_bytes()).expect("a part");
    })
}

type Writer = ZipWriter<Cursor<Vec<u8>>>;

fn package(mut part: impl FnMut(&mut Writer, &str, String)) -> Vec<u8> {
    let bytes = form();
    let mut from = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).expect("a part");
        let name = entry.name().expect("a name").into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        part(&mut zip, &name, text);
    }
    zip.finish().expect("a package").into_inner()
}

/// The sheet of the measures.
const SHEET: &str = "xl/worksheets/sheet2.xml";
const STRINGS: &str = "xl/sharedStrings.xml";

/// A form with more in the rows of a sheet.
fn with_rows(rows: &str) -> Vec<u8> {
    rewritten(|name, text| match name {
        SHEET => text.replace("</sheetData>", &format!("{rows}</sheetData>")),
        _ => text,
    })
}

/// What a run over a folder cost and said.
struct Run {
    seconds: f64,
    mebibytes: u64,
    code: Option<i32>,
    out: String,
    err: String,
}

/// Checks the example with these files as its submissions.
fn check(prepare: impl FnOnce(&Path)) -> Run {
    let example = example().display().to_string();
    run(&["check", &example, "--format", "json", "--submissions", "."], prepare)
}

/// Runs the program in a folder. A second run at the same time would spoil what is measured.
fn run(args: &[&str], prepare: impl FnOnce(&Path)) -> Run {
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = TempDir::new().expect("a folder");
    prepare(folder.path());
    let outputs = TempDir::new().expect("a folder");
    let file = |name: &str| fs::File::create(outputs.path().join(name)).expect("a file");
    let mut child = program()
        .args(args)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(file("out"))
        .stderr(file("err"))
        .spawn()
        .expect("the program runs");
    let start = Instant::now();
    let (mut seconds, mut mebibytes) = (0.0, 0);
    let code = loop {
        // Time on the processor: that other programs run is not the file's fault.
        let (time, memory) = cost(child.id());
        (seconds, mebibytes) = (time.max(seconds), memory.max(mebibytes));
        if let Some(status) = child.try_wait().expect("a child") {
            break status.code();
        }
        if mebibytes > 2 * MEBIBYTES || start.elapsed() > Duration::from_secs(60) {
            child.kill().expect("killed");
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let text = |name: &str| fs::read_to_string(outputs.path().join(name)).expect("text");
    Run { seconds, mebibytes, code, out: text("out"), err: text("err") }
}

/// Seconds on the processor, and the most memory so far in MiB; nothing where the system has no
/// `/proc`.
fn cost(process: u32) -> (f64, u64) {
    let read =
        |name: &str| fs::read_to_string(format!("/proc/{process}/{name}")).unwrap_or_default();
    let stat = read("stat");
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    let peak = read("status");
    let peak = peak.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    (ticks / 100.0, peak.unwrap_or(0) / 1024)
}

impl Run {
    /// The findings on a file: their names.
    fn findings(&self, file: &str) -> Vec<String> {
        let json: Value = serde_json::from_str(&self.out).expect("JSON");
        let findings = json["findings"].as_array().expect("findings");
        let of_file = findings.iter().filter(|finding| finding["place"]["file"] == file);
        of_file.map(|finding| finding["name"].as_str().expect("a name").to_owned()).collect()
    }

    fn within_bounds(&self, what: &str) {
        eprintln!("{what}: {:.2} s, {} MiB", self.seconds, self.mebibytes);
        assert!(matches!(self.code, Some(0..=2)), "{what}: {:?} {}", self.code, self.err);
        assert!(!self.err.contains("panicked"), "{what}: {}", self.err);
        assert!(self.seconds < SECONDS, "{what}: {:.2} s", self.seconds);
        assert!(self.mebibytes < MEBIBYTES, "{what}: {} MiB", self.mebibytes);
    }
}

const FILE: &str = "11_企業局.xlsx";

/// A file with this content has this finding, within the bounds.
fn told(what: &str, bytes: Vec<u8>, finding: &str) {
    let run = check(|folder| fs::write(folder.join(FILE), bytes).expect("written"));
    run.within_bounds(what);
    assert_eq!(run.code, Some(1), "{what}: {}", run.err);
    let findings = run.findings(FILE);
    assert!(findings.iter().any(|name| name == finding), "{what}: {findings:?}");
}

/// A file with this content is read as if there were nothing odd.
fn harmless(what: &str, bytes: Vec<u8>) {
    let run = check(|folder| fs::write(folder.join(FILE), bytes).expect("written"));
    run.within_bounds(what);
    let good = check(|folder| fs::write(folder.join(FILE), form()).expect("written"));
    assert_eq!(run.findings(FILE), good.findings(FILE), "{what}");
}

#[test]
fn a_zip_bomb() {
    let mebibyte = vec![b' '; 1 << 20];
    let bomb = |size: usize| {
        package(|zip, name, text| {
            zip.start_file(name, SimpleFileOptions::default()).expect("a part");
            let (head, tail) = text.split_at(if name == SHEET {
                text.find("<sheetData>").expect("rows")
            } else {
                0
            });
            zip.write_all(head.as_bytes()).expect("a part");
            for _ in 0..if name == SHEET { size } else { 0 } {
                zip.write_all(&mebibyte).expect("a part");
            }
            zip.write_all(tail.as_bytes()).expect("a part");
        })
    };
    told("a gibibyte of spaces", bomb(1024), "too-large");
    harmless("60 MiB of spaces", bomb(60));
    // The same with a size that is a lie, in the directory and before the parts.
    let mut lie = bomb(600);
    for (mark, offset) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        let places: Vec<usize> =
            lie.windows(4).enumerate().filter(|(_, w)| *w == mark).map(|(at, _)| at).collect();
        for at in places {
            lie[at + offset..at + offset + 4].copy_from_slice(&1_000u32.to_le_bytes());
        }
    }
    told("600 MiB that say they are 1,000 bytes", lie, "damaged");
}

#[test]
fn a_million_rows() {
    let rows = |row: &dyn Fn(u32) -> String| (100..1_000_100).map(row).collect::<String>();
    let empty = rows(&|r| format!(r#"<row r="{r}" s="1" customFormat="1"/>"#));
    harmless("a million styled empty rows", with_rows(&empty));
    let cells = rows(&|r| format!(r#"<row r="{r}"><c r="B{r}" s="1"/><c r="C{r}" s="1"/></row>"#));
    harmless("a million rows of styled empty cells", with_rows(&cells));
    let hidden = rows(&|r| format!(r#"<row r="{r}" hidden="1"/>"#));
    harmless("a million hidden rows", with_rows(&hidden));
    let striped = rows(&|r| format!(r#"<row r="{}" hidden="1"/>"#, r * 2));
    told("every other row hidden", with_rows(&striped), "too-large");
    let full = rows(&|r| format!(r#"<row r="{r}"><c r="B{r}"><v>1</v></c></row>"#));
    told("a million numbers", with_rows(&full), "too-large");
}

/// Formulas that were never calculated, and errors that only newer programs know, are cells.
#[test]
fn cells_that_the_reader_of_the_values_does_not_see() {
    let rows = |cell: &dyn Fn(u32) -> String| {
        (100..300_100).map(|r| format!(r#"<row r="{r}">{}</row>"#, cell(r))).collect::<String>()
    };
    let unvalued = rows(&|r| format!(r#"<c r="B{r}"><f>A1</f></c>"#));
    told("300,000 formulas without a value", with_rows(&unvalued), "too-large");
    let foreign = rows(&|r| format!(r#"<c r="B{r}" t="e"><v>#SPILL!</v></c>"#));
    told("300,000 errors of a newer Excel", with_rows(&foreign), "too-large");
    let rich =
        rows(&|r| format!(r#"<c r="B{r}" t="inlineStr"><is><r><rPr/><t>x</t></r></is></c>"#));
    told("300,000 texts with runs", with_rows(&rich), "too-large");
}

/// An `.ods` file of one sheet.
fn open_document(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"S\">\
         {rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in
        [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)]
    {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    }
    zip.finish().expect("a package").into_inner()
}

#[test]
fn an_open_document_of_marks_alone() {
    let note = "<table:table-row><table:table-cell><office:annotation><text:p>x</text:p>\
                </office:annotation></table:table-cell></table:table-row>";
    told("200,000 notes in .ods", open_document(&note.repeat(200_000)), "too-large");
    let merge = "<table:table-row><table:table-cell table:number-columns-spanned=\"2\"/>\
                 </table:table-row>";
    told("200,000 merged cells in .ods", open_document(&merge.repeat(200_000)), "too-large");
    let striped = "<table:table-row table:visibility=\"collapse\"/><table:table-row/>";
    told("every other row hidden in .ods", open_document(&striped.repeat(200_000)), "too-large");
    let hidden = "<table:table-row table:visibility=\"collapse\"/>".repeat(200_000);
    let columns = "<table:table-column/><table:table-column table:visibility=\"collapse\"/>";
    let cell =
        "<table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";
    let full = format!("<table:table-row>{}</table:table-row>", cell.repeat(8_000)).repeat(10);
    let busy = open_document(&format!("{}{full}{hidden}", columns.repeat(8_000)));
    check(|folder| fs::write(folder.join(FILE), busy).expect("written"))
        .within_bounds("80,000 cells, half of the columns hidden");
    let sheets = "</table:table><table:table table:name=\"T\">".repeat(1_000);
    told("1,000 sheets in .ods", open_document(&sheets), "too-large");
}

/// An `.xls` file of one sheet with these records.
fn old_workbook(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut stream = Vec::new();
    let mut record = |kind: u16, data: &[u8]| {
        stream.extend(kind.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    };
    record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    // One sheet 「S」, which starts behind this record and the end of the workbook's own.
    record(0x0085, &[&37u32.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat());
    record(0x000A, &[]);
    record(0x0809, &[0, 6, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (kind, data) in records {
        record(*kind, data);
    }
    record(0x000A, &[]);
    // Small streams lie elsewhere in the container.
    stream.resize(stream.len().max(8_192), 0);
    let mut container =
        cfb::CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))
            .expect("a container");
    container.create_stream("/Workbook").expect("a stream").write_all(&stream).expect("a stream");
    container.flush().expect("a container");
    container.into_inner().into_inner()
}

#[test]
fn an_old_workbook_of_marks_alone() {
    let words = |words: &[u16]| words.iter().flat_map(|word| word.to_le_bytes()).collect();
    // Each note is an object and a place; the numbers of objects come again.
    let notes = |count: u32| -> Vec<(u16, Vec<u8>)> {
        let object = |n: u32| (0x005D, words(&[21, 18, 0x19, n as u16]));
        let place = |n: u32| (0x001C, words(&[n as u16, 0, 0, n as u16, 0]));
        (0..count).map(object).chain((0..count).map(place)).collect()
    };
    told("200,000 notes in .xls", old_workbook(&notes(200_000)), "too-large");
    check(|folder| fs::write(folder.join(FILE), old_workbook(&notes(90_000))).expect("written"))
        .within_bounds("90,000 notes in .xls");
    let striped: Vec<(u16, Vec<u8>)> =
        (0..30_000).map(|n| (0x0208, words(&[n * 2, 0, 0, 0, 0, 0, 0x20, 0]))).collect();
    told("every other row hidden in .xls", old_workbook(&striped), "too-large");
    let hidden: Vec<(u16, Vec<u8>)> =
        (0..60_000).map(|n| (0x0208, words(&[n, 0, 0, 0, 0, 0, 0x20, 0]))).collect();
    check(|folder| fs::write(folder.join(FILE), old_workbook(&hidden)).expect("written"))
        .within_bounds("60,000 hidden rows in .xls");
    // Regions, as many as a record has room for, in many records.
    let regions: Vec<u16> =
        [1_027].into_iter().chain((0..1_027).flat_map(|n| [n, n, 0, 1])).collect();
    let merges: Vec<(u16, Vec<u8>)> = (0..200).map(|_| (0x00E5, words(&regions))).collect();
    told("200,000 merged cells in .xls", old_workbook(&merges), "too-large");
}

/// Cells as a row has them: column and text.
fn row(number: u32, cells: &[(&str, &str)]) -> String {
    let cells = cells.iter().map(|(column, text)| {
        format!(r#"<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#)
    });
    format!(r#"<row r="{number}">{}</row>"#, cells.collect::<String>())
}

#[test]
fn a_form_of_nothing_but_headers() {
    let header = |r: u32| {
        row(r, &[("C", "分野"), ("E", "施策名"), ("F", "概要"), ("G", "目的"), ("I", "担当課室")])
    };
    let headers: String = (50..8_050).map(|n| header(2 * n)).collect();
    // Nothing above them says what is looked for there.
    let nameless = rewritten(|name, text| match name {
        STRINGS => text.replace("部局名", "－").replace("基準日", "－").replace("提出回", "－"),
        SHEET => text.replace("</sheetData>", &format!("{headers}</sheetData>")),
        _ => text,
    });
    check(|folder| fs::write(folder.join(FILE), nameless).expect("written"))
        .within_bounds("8,000 headers");
    // Each with a region that reaches down through all of them.
    let regions: String = (0..16_000)
        .map(|n| format!(r#"<mergeCell ref="A{}:B{}"/>"#, 100 + n, 17_000 + n))
        .collect();
    let merged = rewritten(|name, text| match name {
        SHEET => text.replace("</sheetData>", &format!("{headers}</sheetData>")).replacen(
            "</sheetData>",
            &format!("</sheetData><mergeCells>{regions}</mergeCells>"),
            1,
        ),
        _ => text,
    });
    check(|folder| fs::write(folder.join(FILE), merged).expect("written"))
        .within_bounds("8,000 headers under 16,000 regions");
}

/// The sheet of the KPIs.
const KPIS: &str = "xl/worksheets/sheet3.xml";

#[test]
fn names_that_can_be_joined_in_many_ways() {
    let measures: String = (0..12)
        .map(|n| {
            let name = ["あ"; 12][..=n as usize].join("・");
            row(100 + n, &[("C", "1(1)"), ("E", &name), ("F", "概要"), ("I", "課")])
        })
        .collect();
    let line = format!("{}い", "あ・".repeat(60));
    let kpis: String = (100..120)
        .map(|n| row(n, &[("C", "1(1)"), ("E", &format!("指標{n}")), ("F", &line), ("G", "1件")]))
        .collect();
    let form = rewritten(|name, text| match name {
        SHEET => text.replace("</sheetData>", &format!("{measures}</sheetData>")),
        KPIS => text.replace("</sheetData>", &format!("{kpis}</sheetData>")),
        _ => text,
    });
    check(|folder| fs::write(folder.join(FILE), form).expect("written"))
        .within_bounds("names that can be joined in many ways");
}

#[test]
fn whole_columns_of_errors() {
    let error = |column: &str, r: u32| format!(r#"<c r="{column}{r}" t="e"><v>#REF!</v></c>"#);
    let rows: String = (100..11_100)
        .map(|r| {
            let name = format!(r#"<c r="E{r}" t="inlineStr"><is><t>施策その{r}</t></is></c>"#);
            let [b, c] = ["B", "C"].map(|column| error(column, r));
            let rest: String = ["F", "G", "H", "I", "J"].map(|column| error(column, r)).concat();
            format!(r#"<row r="{r}">{b}{c}{name}{rest}</row>"#)
        })
        .collect();
    told("11,000 rows of #REF!", with_rows(&rows), "error-value");
}

#[test]
fn far_more_measures_than_a_form_has() {
    let rows: String = (100..3_000)
        .map(|r| {
            let cells = ["B", "C", "D", "E", "F", "G", "H", "I", "J", "K"].iter().map(|c| {
                format!(r#"<c r="{c}{r}" t="inlineStr"><is><t>施策{c}その{r}</t></is></c>"#)
            });
            format!(r#"<row r="{r}">{}</row>"#, cells.collect::<String>())
        })
        .collect();
    let run = check(|folder| fs::write(folder.join(FILE), with_rows(&rows)).expect("written"));
    run.within_bounds("2,900 measures");
}

/// A name that was filled down by accident takes no longer for each row the more rows there are,
/// and what no form has is refused before anything is made of it.
#[test]
fn one_long_name_in_every_row() {
    let rows = |count: u32| -> String {
        (100..100 + count).map(|r| row(r, &[("E", &"長い名前の施策".repeat(14))])).collect()
    };
    told("90,000 rows", with_rows(&rows(90_000)), "too-large");
    told("4,000 rows of one name", with_rows(&rows(4_000)), "measure-given-twice");
}

#[test]
fn lists_that_name_one_heading_again_and_again() {
    let headings = ["3(7)"; 50].join("&#10;");
    let rows: String = (100..19_900)
        .map(|r| {
            let name = format!("施策その{r}");
            row(r, &[("C", "1(1)"), ("E", &name), ("F", "概要"), ("I", "課"), ("J", &headings)])
        })
        .collect();
    told("a million mentions of one heading", with_rows(&rows), "repost-twice");
}

#[test]
fn sheets_and_strings_that_cost_nothing_to_write() {
    let one_part = rewritten(|name, text| match name {
        "xl/workbook.xml" => {
            let at = text.find("sheetId=\"2\"").expect("the sheet of the measures");
            let id = text[at..].split("r:id=\"").nth(1).and_then(|rest| rest.split('"').next());
            let id = id.expect("its relation");
            let sheet = |n: u32| format!(r#"<sheet name="S{n}" sheetId="{n}" r:id="{id}"/>"#);
            let sheets: String = (100..350).map(sheet).collect();
            text.replace("</sheets>", &format!("{sheets}</sheets>"))
        }
        _ => text,
    });
    told("250 sheets of one part", one_part, "damaged");
    let strings = rewritten(|name, text| match name {
        STRINGS => text.replace("</sst>", &format!("{}</sst>", "<si/>".repeat(2_000_000))),
        _ => text,
    });
    told("two million empty strings", strings, "too-large");
    let strings = rewritten(|name, text| match name {
        STRINGS => text.replace("</sst>", &format!("{}</sst>", "<si/>".repeat(10_000_000))),
        _ => text,
    });
    told("ten million empty strings", strings, "too-large");
}

/// Each is a mistake of its own, and none is looked at for long.
#[test]
fn a_million_headings_that_nobody_knows() {
    let rows: String = (100..19_900)
        .map(|r| {
            let headings: Vec<String> = (0..50).map(|n| format!("謎{r}の{n}")).collect();
            let (name, headings) = (format!("施策その{r}"), headings.join("&#10;"));
            row(r, &[("C", "1(1)"), ("E", &name), ("F", "概要"), ("I", "課"), ("J", &headings)])
        })
        .collect();
    let run = check(|folder| fs::write(folder.join(FILE), with_rows(&rows)).expect("written"));
    run.within_bounds("a million unknown headings");
    let told = run.findings(FILE);
    let count = told.iter().filter(|name| *name == "repost-category-unknown").count();
    assert_eq!(count, 2_000);
    assert!(run.out.contains("ほかに19761件ある"), "what is not told one by one is counted");
}

#[test]
fn a_hundred_thousand_comments() {
    let comment = |r: u32| format!(r#"<comment ref="B{r}"><text><t>注{r}</t></text></comment>"#);
    let comments: String = (100..99_100).map(comment).collect();
    let mut is_first = true;
    let form = package(|zip, name, text| {
        if std::mem::take(&mut is_first) {
            let schemas = "http://schemas.openxmlformats.org";
            let kind = format!("{schemas}/officeDocument/2006/relationships/comments");
            for (name, text) in [
                (
                    "xl/comments1.xml",
                    format!("<comments><commentList>{comments}</commentList></comments>"),
                ),
                (
                    "xl/worksheets/_rels/sheet2.xml.rels",
                    format!(
                        r#"<Relationships xmlns="{schemas}/package/2006/relationships"><Relationship Id="rId1" Type="{kind}" Target="../comments1.xml"/></Relationships>"#
                    ),
                ),
            ] {
                zip.start_file(name, SimpleFileOptions::default()).expect("a part");
                zip.write_all(text.as_bytes()).expect("a part");
            }
        }
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    });
    let run = check(|folder| fs::write(folder.join(FILE), form).expect("written"));
    run.within_bounds("99,000 comments");
    assert!(run.out.contains("ほかに97000件ある"), "what is not told one by one is counted");
}

/// A mistake many times over is told some thousand times and then counted.
#[test]
fn findings_of_one_rule_without_end() {
    let rows: String = (100..9_100)
        .map(|r| {
            let (name, place) = (format!("施策その{r}"), format!("9({r})"));
            row(r, &[("C", &place), ("E", &name), ("F", "概要"), ("I", "課")])
        })
        .collect();
    let run = check(|folder| fs::write(folder.join(FILE), with_rows(&rows)).expect("written"));
    run.within_bounds("9,000 unknown headings");
    assert_eq!(run.findings(FILE).iter().filter(|name| *name == "category-unknown").count(), 2_001);
    assert!(run.out.contains("ほかに7000件ある"), "what is not told one by one is counted");
}

#[test]
fn a_cell_in_the_last_corner() {
    // A text there would be told, as any beside a table.
    let corner = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    harmless("one cell at XFD1048576", with_rows(corner));
    let beyond = r#"<row r="4294967295"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>"#;
    told("a cell beyond the sheet", with_rows(beyond), "damaged");
}

#[test]
fn texts_that_grow() {
    let mut entities = String::from("<!DOCTYPE x [<!ENTITY a0 \"ha\">");
    for level in 1..30 {
        let below = format!("&a{};", level - 1).repeat(10);
        entities.push_str(&format!("<!ENTITY a{level} \"{below}\">"));
    }
    entities.push_str("]>");
    let bomb = rewritten(|name, text| match name {
        STRINGS => text.replacen("<sst", &format!("{entities}<sst"), 1).replace("企業局", "&a29;"),
        _ => text,
    });
    let run = check(|folder| fs::write(folder.join(FILE), bomb).expect("written"));
    run.within_bounds("an entity bomb");
    assert!(!run.findings(FILE).is_empty(), "the department's name is gone");

    let huge = rewritten(|name, text| match name {
        STRINGS => text.replace("企業局", &"局".repeat(20 << 20)),
        _ => text,
    });
    told("a text of 60 MiB", huge, "too-large");

    // A text as long as Excel allows, shown by very many cells.
    let cells: String = (100..100_100)
        .map(|r| format!(r#"<row r="{r}"><c r="B{r}" t="s"><v>0</v></c></row>"#))
        .collect();
    let echo = rewritten(|name, text| match name {
        STRINGS => {
            let first = text.find("<si>").expect("a string");
            let end = text.find("</si>").expect("a string") + "</si>".len();
            format!("{}<si><t>{}</t></si>{}", &text[..first], "長".repeat(32_000), &text[end..])
        }
        SHEET => text.replace("</sheetData>", &format!("{cells}</sheetData>")),
        _ => text,
    });
    told("a long text in 100,000 cells", echo, "too-large");

    let deep = format!("{}{}", "<a>".repeat(1_000_000), "</a>".repeat(1_000_000));
    told("a million nested elements", with_rows(&deep), "too-large");
}

#[test]
fn packages_that_are_not_what_they_should_be() {
    for name in ["../x", "xl/../../../etc/cron.d/x", "..\\x"] {
        let mut first = true;
        let outside = package(|zip, part, text| {
            if std::mem::take(&mut first) {
                zip.start_file(name, SimpleFileOptions::default()).expect("a part");
                zip.write_all(b"x").expect("a part");
            }
            zip.start_file(part, SimpleFileOptions::default()).expect("a part");
            zip.write_all(text.as_bytes()).expect("a part");
        });
        told(name, outside, "damaged");
    }
    let mut first = true;
    let crowded = package(|zip, part, text| {
        if std::mem::take(&mut first) {
            for index in 0..50_000 {
                let name = format!("x/{index}");
                zip.start_file(name, SimpleFileOptions::default()).expect("a part");
            }
        }
        zip.start_file(part, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    });
    told("50,000 parts", crowded, "too-large");
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(1 << 20, 0xFF);
    told("an OLE container of nothing", ole, "damaged");
}

#[test]
#[cfg(unix)]
fn what_is_no_file() {
    let outside = TempDir::new().expect("a folder");
    let elsewhere = outside.path().join("elsewhere.xlsx");
    fs::write(&elsewhere, form()).expect("written");
    let run = check(|folder| {
        std::os::unix::fs::symlink(&elsewhere, folder.join("link.xlsx")).expect("a link");
        std::os::unix::fs::symlink("loop.xlsx", folder.join("loop.xlsx")).expect("a link");
        fs::create_dir(folder.join("folder.xlsx")).expect("a folder");
        let made = Command::new("mkfifo").arg(folder.join("pipe.xlsx")).status();
        assert!(made.expect("mkfifo").success());
        let large = fs::File::create(folder.join("large.xlsx")).expect("a file");
        large.set_len(1 << 40).expect("a hole");
        fs::write(folder.join("nothing.xlsx"), "").expect("written");
    });
    run.within_bounds("what is no file");
    for (file, finding) in [
        ("link.xlsx", "unreadable"),
        ("loop.xlsx", "unreadable"),
        ("folder.xlsx", "stray-file"),
        ("pipe.xlsx", "unreadable"),
        ("large.xlsx", "too-large"),
        ("nothing.xlsx", "empty-file"),
    ] {
        assert!(
            run.findings(file).iter().any(|name| name == finding),
            "{file}: {:?}",
            run.findings(file)
        );
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn files_cut_short() {
    let (form, mut dice) = (form(), Dice(1));
    let run = check(|folder| {
        for index in 0..40 {
            let length = dice.below(form.len());
            fs::write(folder.join(format!("{index:02}.xlsx")), &form[..length]).expect("written");
        }
    });
    run.within_bounds("40 files cut short");
    for index in 0..40 {
        let file = format!("{index:02}.xlsx");
        assert!(!run.findings(&file).is_empty(), "{file}");
    }
}

/// Flips bytes of the file as it lies on the disk, and of the parts inside it.
#[test]
fn files_with_flipped_bytes() {
    let form = form();
    let mut dice = Dice(2);
    let mut flipped = |mut bytes: Vec<u8>| {
        for _ in 0..=dice.below(8) {
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(8);
        }
        bytes
    };
    let run = check(|folder| {
        for index in 0..30 {
            let outer = flipped(form.clone());
            fs::write(folder.join(format!("outer{index}.xlsx")), outer).expect("written");
            let chosen = [SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml"][index % 4];
            let inner = package(|zip, name, text| {
                zip.start_file(name, SimpleFileOptions::default()).expect("a part");
                let part = text.into_bytes();
                let part = if name == chosen { flipped(part) } else { part };
                zip.write_all(&part).expect("a part");
            });
            fs::write(folder.join(format!("inner{index}.xlsx")), inner).expect("written");
        }
    });
    run.within_bounds("60 files with flipped bytes");
}

/// A package inside a package, as a form that somebody packed once more.
#[test]
fn packages_within_packages() {
    let mut inner = form();
    for _ in 0..50 {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("inner.xlsx", SimpleFileOptions::default()).expect("a part");
        zip.write_all(&inner).expect("a part");
        inner = zip.finish().expect("a package").into_inner();
    }
    told("a form packed fifty times", inner.clone(), "not-a-workbook");
    let mut first = true;
    let with_guest = package(|zip, name, text| {
        if std::mem::take(&mut first) {
            zip.start_file("xl/embeddings/guest.xlsx", SimpleFileOptions::default())
                .expect("a part");
            zip.write_all(&inner).expect("a part");
        }
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    });
    harmless("a form with a package in it", with_guest);
}

/// Somebody saves, and takes away, while the program reads.
#[test]
fn files_that_change_and_vanish_while_they_are_read() {
    for round in 0..5 {
        let busy = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let mut hand = None;
        let run = check(|folder| {
            let (path, gone) = (folder.join(FILE), folder.join("03_企画部.xlsx"));
            let (form, busy) = (form(), busy.clone());
            fs::write(&path, &form).expect("written");
            hand = Some(std::thread::spawn(move || {
                while busy.load(std::sync::atomic::Ordering::Relaxed) {
                    let _ = fs::write(&path, &form[..form.len() / 2]);
                    let _ = fs::write(&path, &form);
                    let _ = fs::write(&gone, &form);
                    let _ = fs::remove_file(&gone);
                }
            }));
        });
        busy.store(false, std::sync::atomic::Ordering::Relaxed);
        hand.expect("a thread").join().expect("it ends");
        run.within_bounds(&format!("files that change, round {round}"));
        assert!(run.code != Some(2), "the rest is read: {}", run.err);
    }
}

/// An edition with settings of one's own.
fn edition(folder: &Path, settings: &[u8]) {
    fs::create_dir(folder.join("submissions")).expect("a folder");
    fs::write(folder.join("submissions").join(FILE), form()).expect("written");
    fs::write(folder.join("edition.toml"), settings).expect("written");
}

fn settings(more: &str) -> Vec<u8> {
    let text = fs::read_to_string(example().join("edition.toml")).expect("settings");
    format!("{more}\n{text}").into_bytes()
}

#[test]
fn settings_that_are_none() {
    let deep = |open: &str, close: &str| {
        format!("a = {}{}", open.repeat(200_000), close.repeat(200_000)).into_bytes()
    };
    let keys: String = (0..150_000).map(|at| format!("k{at} = {at}\n")).collect();
    let one_line: String = (0..200_000).map(|at| format!("k{at} = {at}, ")).collect();
    let departments: String =
        (0..55_000).map(|at| format!("{{name = \"部{at}\", sections = []}}, ")).collect();
    let cases: [(&str, Vec<u8>); 9] = [
        ("departments on one line", format!("department = [{departments}]").into_bytes()),
        (
            "binary settings",
            (0..1u32 << 20).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect(),
        ),
        ("deep arrays", deep("[", "]")),
        ("deep tables", deep("{a = ", "}")),
        ("arrays without an end", deep("[", "")),
        ("many keys", keys.into_bytes()),
        ("a long line", format!("a = {{ {one_line} }}").into_bytes()),
        ("settings in UTF-16", [0xFF, 0xFE, b'a', 0, b'=', 0].to_vec()),
        ("a key of 3 MiB", [b"a".repeat(3 << 20), b" = 1".to_vec()].concat()),
    ];
    for (what, bytes) in cases {
        let run = run(&["check", "."], |folder| edition(folder, &bytes));
        run.within_bounds(what);
        assert_eq!(run.code, Some(1), "{what}: {}", run.err);
        assert!(run.out.contains("edition.toml") && run.out.contains("S1"), "{what}: {}", run.out);
    }
    let run = run(&["check", "."], |folder| {
        edition(folder, b"");
        fs::File::options()
            .write(true)
            .open(folder.join("edition.toml"))
            .and_then(|file| file.set_len(1 << 40))
            .expect("a hole");
    });
    run.within_bounds("settings of a terabyte");
    assert!(run.out.contains("大きすぎる"), "{}", run.out);
}

#[test]
#[cfg(unix)]
fn what_the_settings_and_the_user_name() {
    type Lay = fn(&Path);
    let cases: [(&str, Lay); 7] = [
        ("nothing", |_| {}),
        ("a pipe", |path| {
            assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
        }),
        ("a terabyte", |path| {
            fs::File::create(path).and_then(|file| file.set_len(1 << 40)).expect("a hole");
        }),
        ("deep JSON", |path| fs::write(path, "[".repeat(10_000_000)).expect("written")),
        ("binary", |path| fs::write(path, [0xFF; 1 << 20]).expect("written")),
        ("JSON of something else", |path| fs::write(path, "{\"a\": [1, 2]}").expect("written")),
        ("a link to itself", |path| std::os::unix::fs::symlink(path, path).expect("a link")),
    ];
    for (what, lay) in cases {
        let previous = run(&["check", "."], |folder| {
            edition(folder, &settings("previous = \"old\""));
            lay(&folder.join("old"));
        });
        previous.within_bounds(&format!("as the edition before: {what}"));
        assert_eq!(previous.code, Some(2), "{what}: {}", previous.err);
        assert!(
            previous.err.contains("前の版") && previous.err.contains("old"),
            "{}",
            previous.err
        );
        let example = example().display().to_string();
        let compared = run(&["diff", "old", &example], |folder| lay(&folder.join("old")));
        compared.within_bounds(&format!("to compare with: {what}"));
        assert_eq!(compared.code, Some(2), "{what}: {}", compared.err);
        assert!(compared.err.contains("old"), "{what}: {}", compared.err);
        let template = run(&["build", "."], |folder| {
            edition(folder, &settings("templates = \"own\""));
            fs::create_dir(folder.join("own")).expect("a folder");
            lay(&folder.join("own/cover.typ"));
        });
        template.within_bounds(&format!("as a template: {what}"));
    }
}

/// What typesetting costs is bounded: a template that asks for too much ends the program, with a
/// word why, and the papers that are there stay.
#[test]
fn a_template_that_asks_for_too_much() {
    let cases = [
        ("a gigabyte", "#let x = \"a\" * 1000000000\n#x.len()"),
        ("a gigabyte that is printed", "#(\"あ\" * 300000000)"),
        ("an array of a gigabyte", "#range(60000000).map(n => str(n)).len()"),
        ("a loop of hours", "#for a in range(100000) { for b in range(100000) { [] } }"),
    ];
    for (what, template) in cases {
        for is_chapter in [false, true] {
            let key = if is_chapter { "" } else { "templates = \"own\"" };
            let chapter = "\n[[chapter]]\ntitle = \"趣旨\"\nfile = \"own/cover.typ\"\n";
            let run = run(&["build", ".", "--draft"], |folder| {
                let mut settings = settings(key);
                settings.extend(chapter.bytes().filter(|_| is_chapter));
                edition(folder, &settings);
                fs::create_dir(folder.join("own")).expect("a folder");
                fs::write(folder.join("own/cover.typ"), template).expect("written");
                fs::create_dir(folder.join("out")).expect("a folder");
                fs::write(folder.join("out/annex.pdf"), "the last good one").expect("written");
            });
            let what = format!("{what}, in a chapter: {is_chapter}");
            run.within_bounds(&what);
            assert_eq!(run.code, Some(2), "{what}: {} {}", run.out, run.err);
            assert!(run.err.contains("[limits]"), "{what}: {}", run.err);
            assert!(run.err.contains("typesetting"), "{what}: {}", run.err);
        }
    }
}

/// The other papers that are typeset are bounded as the annex is.
#[test]
#[cfg(target_os = "linux")]
fn every_paper_that_is_typeset_is_bounded() {
    let limited = || {
        let text = String::from_utf8(settings("")).expect("text");
        let usual = "# typesetting-memory = 256";
        assert!(text.contains(usual));
        text.replacen(usual, "typesetting-memory = 1", 1).into_bytes()
    };
    for args in [
        &["diff", ".", ".", "-o", "x.pdf"][..],
        &["progress", ".", "-o", "x.pdf"],
        &["confirm", "--department", "11", "-o", "x.pdf"],
        &["build", "--draft"],
    ] {
        let run = run(args, |folder| edition(folder, &limited()));
        let what = args.join(" ");
        run.within_bounds(&what);
        assert_eq!(run.code, Some(2), "{what}: {} {}", run.out, run.err);
        assert!(run.err.contains("typesetting-memory"), "{what}: {}", run.err);
    }
}

/// What the system refuses ends the program, and the papers that are there stay.
#[test]
fn a_text_of_more_than_all_memory() {
    let folder = TempDir::new().expect("a folder");
    let (own, out) = (folder.path().join("own"), folder.path().join("out"));
    edition(folder.path(), &settings("templates = \"own\""));
    fs::create_dir(&own).expect("a folder");
    fs::write(own.join("cover.typ"), "#(\"a\" * 100000000000000)").expect("written");
    fs::create_dir(&out).expect("a folder");
    fs::write(out.join("annex.pdf"), "the last good one").expect("written");
    let build = program().args(["build", "--draft"]).arg(folder.path()).output().expect("it runs");
    assert!(!build.status.success(), "{build:?}");
    let papers = fs::read_to_string(out.join("annex.pdf")).expect("the paper");
    assert_eq!(papers, "the last good one");
}

#[test]
fn an_annex_that_names_what_it_does_not_hold() {
    let made = TempDir::new().expect("a folder");
    let built = program().args(["build", "--quiet", "-o"]).arg(made.path()).arg(example()).output();
    assert!(built.expect("the program runs").status.success());
    let annex = fs::read_to_string(made.path().join("annex.json")).expect("annex.json");
    let annex: Value = serde_json::from_str(&annex).expect("JSON");
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 3] = [
        ("R7-999", |annex| annex["kpis"][0]["measures"][0]["measure"] = "R7-999".into()),
        ("R7-001", |annex| {
            let first = annex["measures"][0].clone();
            annex["measures"].as_array_mut().expect("measures").push(first);
        }),
        ("R7-001", |annex| drop(annex["measures"].as_array_mut().expect("measures").remove(0))),
    ];
    for (named, change) in changes {
        let mut broken = annex.clone();
        change(&mut broken);
        for args in [&["diff", "broken.json", "good.json"][..], &["text", "broken.json"]] {
            let run = run(args, |folder| {
                fs::write(folder.join("broken.json"), broken.to_string()).expect("written");
                fs::write(folder.join("good.json"), annex.to_string()).expect("written");
            });
            run.within_bounds(named);
            assert_eq!(run.code, Some(2), "{named}: {}{}", run.out, run.err);
            assert!(run.err.contains(named), "{}", run.err);
        }
    }
}

/// The comparison of a text that no cell can hold, but an annex.json can.
#[test]
fn a_text_of_100_000_letters_in_a_comparison() {
    let made = TempDir::new().expect("a folder");
    let built = program().args(["build", "--quiet", "-o"]).arg(made.path()).arg(example()).output();
    assert!(built.expect("the program runs").status.success());
    let annex = fs::read_to_string(made.path().join("annex.json")).expect("annex.json");
    let annex: Value = serde_json::from_str(&annex).expect("JSON");
    let mut dice = Dice(3);
    let letters: Vec<char> = "あいうえおかきくけこ漢字文章行政計画実施".chars().collect();
    let mut text =
        || -> String { (0..100_000).map(|_| letters[dice.below(letters.len())]).collect() };
    let with = |text: &str| {
        let mut annex = annex.clone();
        annex["measures"][3]["values"]["overview"]["value"] = text.into();
        annex.to_string()
    };
    let (first, second) = (text(), text());
    let edited: String =
        first.chars().enumerate().map(|(at, c)| if at % 50 == 0 { '改' } else { c }).collect();
    for (what, old, new) in
        [("one", "短い文章。", &*first), ("an edit", &*first, &*edited), ("two", &*first, &*second)]
    {
        for redline in [&[][..], &["--redline"]] {
            let run = run(
                &[&["diff", "old.json", "new.json", "-o", "x.pdf"], redline].concat(),
                |folder| {
                    fs::write(folder.join("old.json"), with(old)).expect("written");
                    fs::write(folder.join("new.json"), with(new)).expect("written");
                },
            );
            run.within_bounds(&format!("{what}, {redline:?}"));
            assert_eq!(run.code, Some(1), "{what}: {}", run.err);
        }
    }
}

/// Settings are bounded as forms are: whatever stands in them, a draft is made in little time.
#[test]
fn settings_without_measure() {
    let example = fs::read_to_string(example().join("edition.toml")).expect("settings");
    let with = |from: &str, to: &str| {
        assert!(example.contains(from), "{from}");
        example.replacen(from, to, 1)
    };
    let title = format!("title = \"{}", "長".repeat(100_000));
    let turned = "title = \"\u{202E}";
    let directions = "[[kpi-direction]]\nkpi = \"どれでもない指標\"\nbetter = \"lower\"\n";
    for (what, settings, code, quoted) in [
        ("a long title", with("title = \"", &title), "S105", "字まで"),
        ("a title that turns", with("title = \"", turned), "S106", "<U+202E>"),
        (
            "50,000 directions",
            format!("{example}\n{}", directions.repeat(50_000)),
            "S105",
            "個まで",
        ),
        (
            "a slogan of a million letters",
            with("slogan = \"", &format!("slogan = \"{}", "あ".repeat(1_000_000))),
            "S105",
            "字まで",
        ),
        (
            "50,000 settings that nobody knows",
            format!("{example}\n{}", "[[kpi-direction]]\nkip = \"どれ\"\n".repeat(50_000)),
            "S105",
            "個まで",
        ),
        ("a wide margin", with("binding-margin = 0", "binding-margin = 200"), "S104", "6.6"),
        (
            "templates outside",
            format!("templates = \"../..\"\n{example}"),
            "S104",
            "版のフォルダー",
        ),
    ] {
        let run = run(&["build", ".", "--draft", "-o", "made"], |folder| {
            fs::create_dir(folder.join("submissions")).expect("a folder");
            fs::write(folder.join("submissions").join(FILE), form()).expect("written");
            fs::write(folder.join("edition.toml"), settings).expect("written");
        });
        run.within_bounds(what);
        let said = format!("{}{}", run.out, run.err);
        assert!(said.contains(code) && said.contains(quoted), "{what}: {said}");
    }
}

#[test]
fn a_consolidated_workbook_that_is_a_bomb() {
    let spaces = vec![b' '; 200 << 20];
    let bomb = package(|zip, name, text| {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(if name == SHEET { &spaces } else { text.as_bytes() }).expect("a part");
    });
    let example = example().display().to_string();
    let run = run(&["diff", "annex.xlsx", &example], |folder| {
        fs::write(folder.join("annex.xlsx"), bomb).expect("written");
    });
    run.within_bounds("a bomb to compare with");
    assert_eq!(run.code, Some(2), "{}", run.err);
    assert!(run.err.contains("F107") && run.err.contains("unpacked"), "{}", run.err);
}

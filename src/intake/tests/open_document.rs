//! Open Documents as other programs write them: packages and flat files.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::form::{observations, read};
use crate::diag::CellRef;
use crate::edition::Limits;
use crate::intake::{Intake, Source};
use crate::schema::keys;

/// The namespaces of a document.
const NAMESPACES: &str = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0""#;

/// A text as a cell.
fn cell(text: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
    )
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| cell(text)).collect();
    format!("<table:table-row>{cells}</table:table-row>")
}

/// The body of a form with one KPI, whose current value is a cell of its own.
fn body(current: &str) -> String {
    let entry = format!(
        "<table:table-row>{}{current}{}</table:table-row>",
        ["1(1)", "人数", "施策"].map(cell).concat(),
        cell("20人")
    );
    format!(
        r#"<office:body><office:spreadsheet><table:table table:name="様式２">{}{}{entry}</table:table></office:spreadsheet></office:body>"#,
        row(&["部局名", "総務部"]),
        row(&["分野", "主なKPI", "対象施策", "現状値", "目標値"]),
    )
}

/// A package of parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    }
    zip.finish().expect("a package").into_inner()
}

fn content(styles: &str, current: &str) -> String {
    let body = body(current);
    format!(
        "<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>{body}</office:document-content>"
    )
}

/// A document with one KPI: its styles, what its row is like, its current value, what comes after
/// the rows, and whether it is set to show no zeros.
pub fn document(styles: &str, row: &str, current: &str, after: &str, no_zeros: bool) -> Vec<u8> {
    let content = content(styles, current);
    let entry = content.rfind("<table:table-row>").expect("the row") + "<table:table-row".len();
    let (before, rest) = content.split_at(entry);
    let content = format!(
        "{before} {row}{}",
        rest.replace("</table:table>", &format!("{after}</table:table>"))
    );
    let settings = format!(
        r#"<office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item config:name="ShowZeroValues">{}</config:config-item></config:config-item-set></office:settings>"#,
        !no_zeros
    );
    package(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
        ("settings.xml", &settings),
    ])
}

/// The current value as it is printed, and what is told of the file but for the table and the
/// columns that it does not have.
fn printed(intake: &Intake) -> (String, Vec<String>) {
    let value = intake.annex.kpis.first();
    let value = value.map(|kpi| kpi.figure(keys::CURRENT).value.printed.clone());
    let told = observations(&intake.receipts[0]);
    let told = told.into_iter().filter(|line| !line.contains("Missing"));
    (value.unwrap_or_default(), told.collect())
}

#[test]
fn a_document_is_read_without_the_part_that_names_it_and_as_one_flat_text() {
    let expected = ("10人".to_owned(), vec![]);
    let cell = cell("10人");
    let bare = package(&[("content.xml", &content("", &cell))]);
    assert_eq!(printed(&read(&[("01_総務部.ods", bare)])), expected);
    let flat = |mime: &str| {
        let body = body(&cell);
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:mimetype="{mime}">{body}</office:document>"#
        )
    };
    let spreadsheet = flat("application/vnd.oasis.opendocument.spreadsheet");
    assert_eq!(printed(&read(&[("01_総務部.fods", spreadsheet.clone().into_bytes())])), expected);
    let wide: Vec<u8> = spreadsheet.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(printed(&read(&[("01_総務部.fods", wide)])), expected);
    let text = flat("application/vnd.oasis.opendocument.text").into_bytes();
    assert_eq!(printed(&read(&[("01_総務部.fods", text)])).1, ["NotAWorkbook ODF"]);
    let mut cut = spreadsheet.into_bytes();
    cut.truncate(cut.len() - 40);
    let (value, told) = printed(&read(&[("01_総務部.fods", cut)]));
    assert!(value.is_empty() && told[0].starts_with("Damaged XML: "), "{told:?}");
}

#[test]
fn content_that_ends_too_early_is_damage() {
    let whole = content("", &cell("10人"));
    for length in [0, whole.len() / 2, whole.len() - 5] {
        let cut: String = whole.chars().take_while(char::is_ascii).take(length).collect();
        let cut = if length == 0 { String::new() } else { cut };
        let (value, told) = printed(&read(&[(
            "01_総務部.ods",
            package(&[
                ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                ("content.xml", &cut),
            ]),
        )]));
        assert!(value.is_empty() && told[0].starts_with("Damaged content.xml: "), "{told:?}");
    }
}

#[test]
fn a_workbook_of_another_kind_of_xml_is_told_how_to_be_saved() {
    let xml = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>"#;
    let intake = read(&[("01_総務部.xls", xml.as_bytes().to_vec())]);
    let told = &intake.receipts[0].observations[0];
    assert_eq!(told.found, "XML スプレッドシート 2003");
    assert!(told.why.ja.contains("名前を付けて保存"), "{told:?}");
}

#[test]
fn a_value_without_its_text_is_shown_through_the_style_of_its_cell() {
    let number = |digits: &str, unit: &str| {
        format!(
            r#"<number:number-style style:name="N1"><number:number {digits}/><number:text>{unit}</number:text></number:number-style>"#
        )
    };
    let plain = r#"number:decimal-places="0" number:min-integer-digits="1""#;
    let grouped = format!(r#"{plain} number:grouping="true""#);
    let percent = r#"<number:percentage-style style:name="N1"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>"#;
    let date = r#"<number:date-style style:name="N1"><number:era number:style="long" number:calendar="gengou"/><number:year number:calendar="gengou"/><number:text>年</number:text><number:month/><number:text>月</number:text><number:day/><number:text>日</number:text></number:date-style>"#;
    let signed = r#"<number:number-style style:name="P0"><number:number number:decimal-places="0" number:min-integer-digits="1"/></number:number-style><number:number-style style:name="N1"><number:text>△</number:text><number:number number:decimal-places="0" number:min-integer-digits="1"/><style:map style:condition="value()&gt;=0" style:apply-style-name="P0"/></number:number-style>"#;
    let float = r#"office:value-type="float" office:value"#;
    for (style, value, printed_as, told) in [
        (String::new(), format!(r#"{float}="974""#), "974", ""),
        (number(plain, "人"), format!(r#"{float}="974""#), "974人", ""),
        (number(&grouped, "人"), format!(r#"{float}="36218""#), "36,218人", ""),
        (number(plain, "人"), format!(r#"{float}="0""#), "0人", ""),
        (
            percent.to_owned(),
            r#"office:value-type="percentage" office:value="0.5""#.to_owned(),
            "50.0%",
            "",
        ),
        (
            String::new(),
            r#"office:value-type="percentage" office:value="0.5""#.to_owned(),
            "0.5",
            "UnshownFormat D3 0.5",
        ),
        (signed.to_owned(), format!(r#"{float}="-5""#), "△5", ""),
        (signed.to_owned(), format!(r#"{float}="5""#), "5", ""),
        (
            date.to_owned(),
            r#"office:value-type="date" office:date-value="2025-03-31""#.to_owned(),
            "令和7年3月31日",
            "DateAsValue D3 令和7年3月31日",
        ),
        (
            String::new(),
            r#"office:value-type="boolean" office:boolean-value="true""#.to_owned(),
            "TRUE",
            "",
        ),
        (
            String::new(),
            r#"office:value-type="string" office:string-value="10人""#.to_owned(),
            "10人",
            "",
        ),
        (
            number("number:display-factor=\"1000\"", "千人"),
            format!(r#"{float}="5000""#),
            "5000",
            "UnshownFormat D3 5000",
        ),
    ] {
        let used = r#"<style:style style:name="base" style:family="table-cell" style:data-style-name="N1"/><style:style style:name="own" style:family="table-cell" style:parent-style-name="base"/>"#;
        let alone = r#"<style:style style:name="own" style:family="table-cell"/>"#;
        let styles = if style.is_empty() { alone.to_owned() } else { style + used };
        for text in ["", "<text:p/>"] {
            let cell = format!(
                r#"<table:table-cell table:style-name="own" {value}>{text}</table:table-cell>"#
            );
            let bytes = package(&[("content.xml", &content(&styles, &cell))]);
            let (shown, observations) = printed(&read(&[("01_総務部.ods", bytes)]));
            assert_eq!(shown, printed_as, "{cell}");
            assert_eq!(observations.join("|"), told, "{cell}");
        }
    }
}

#[test]
fn white_space_and_readings_are_what_a_reader_sees_of_them() {
    let cell = |text: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    for (text, printed_as) in [
        ("\n      10\n   人   以上 \n", "10 人 以上"),
        ("10<text:s text:c=\"2\"/>人", "10  人"),
        ("10 <text:span>人</text:span> <text:span> 以上</text:span>", "10 人 以上"),
        ("10人<text:line-break/>\n  以上", "10人\n 以上"),
        (
            "<text:ruby><text:ruby-base>十</text:ruby-base><text:ruby-text>じゅう</text:ruby-text></text:ruby>人",
            "十人",
        ),
    ] {
        let bytes = package(&[("content.xml", &content("", &cell(text)))]);
        let source = Source { name: "01_総務部.ods".into(), bytes: Ok(bytes) };
        let book = crate::intake::read::read(source, &Limits::default());
        assert_eq!(book.sheets[0].cells[&CellRef::new(2, 3)].text, printed_as, "{text}");
    }
}

#[test]
fn a_value_is_its_text_whatever_parts_it_and_a_formula_without_one_or_in_error_is_told() {
    let formula = |attributes: &str, inner: &str| {
        format!(
            "<table:table-cell table:formula=\"of:=[.A1]\" {attributes}>{inner}</table:table-cell>"
        )
    };
    for (current, printed_as, told) in [
        (cell("10<!-- 2 -->人"), "10人", ""),
        (cell("<![CDATA[10]]>人"), "10人", ""),
        (cell("&#49;0人"), "10人", ""),
        (formula("", ""), "", "FormulaWithoutValue D3"),
        (
            formula("office:value-type=\"string\"", "<text:p>#REF!</text:p>"),
            "#REF!",
            "ErrorValue D3 #REF!",
        ),
        (
            formula("office:value-type=\"string\"", "<text:p>Err:502</text:p>"),
            "Err:502",
            "ErrorValue D3 Err:502",
        ),
        (formula("office:value-type=\"string\"", "<text:p>10人</text:p>"), "10人", ""),
        (
            "<table:table-cell office:value-type=\"float\" office:value=\" 10 \"/>".to_owned(),
            "10",
            "",
        ),
        // No escape of Excel's.
        (cell("10_x0041_人"), "10_x0041_人", ""),
    ] {
        let bytes = package(&[("content.xml", &content("", &current))]);
        let (value, found) = printed(&read(&[("01_総務部.ods", bytes)]));
        assert_eq!((value.as_str(), found.join("|").as_str()), (printed_as, told), "{current}");
    }
}

#[test]
fn a_style_of_cells_that_is_not_there_is_told() {
    let current = |style: &str| {
        format!(
            r#"<table:table-cell table:style-name="{style}" office:value-type="string"><text:p>10人</text:p></table:table-cell>"#
        )
    };
    let own = |parent: &str| {
        format!(
            r#"<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="{parent}"/>"#
        )
    };
    let told = |styles: &str, style: &str| {
        let bytes = document(styles, "", &current(style), "", false);
        printed(&read(&[("01_総務部.ods", bytes)])).1
    };
    assert_eq!(told(&own("Default"), "ce1"), [""; 0]);
    assert_eq!(told(&own("Default"), "Default"), [""; 0]);
    assert_eq!(told(&own("Default"), "ce2"), ["PartLacking セルのスタイル ce2"]);
    // It may strike through, as a style of the department's own does.
    assert_eq!(told(&own("取消"), "ce1"), ["PartLacking セルのスタイル 取消"]);
}

//! `.xlsx` packages as other programs write them, and cells that are not what they should be.

use super::files::{is_sheet, renamed, rewritten, rewritten_bytes, with_part};
use super::form::{Form, observations, read};
use super::open_document::document;
use super::xlsb::{Part, package_with, styles};
use crate::intake::Intake;
use crate::schema::keys;

/// The standard form with its parts rewritten.
fn with(change: impl Fn(&str, String) -> String) -> Intake {
    let form = Form::new();
    read(&[(form.file, rewritten(&form.bytes(), change))])
}

/// The standard form with a cell of the KPIs' sheet in place of the one that is there.
fn with_current_value(cell: &str) -> Intake {
    with(|name, text| {
        if name != "xl/worksheets/sheet2.xml" {
            return text;
        }
        let begin = text.find("<c r=\"G6\"").expect("the cell");
        let end = begin + text[begin..].find("</c>").expect("its end") + "</c>".len();
        format!("{}{cell}{}", &text[..begin], &text[end..])
    })
}

/// What is printed for a cell, and what is told of the file.
fn current_value(cell: &str) -> (String, Vec<String>) {
    let intake = with_current_value(cell);
    let printed =
        intake.annex.kpis.first().map(|kpi| kpi.figure(keys::CURRENT).value.printed.clone());
    (printed.unwrap_or_default(), observations(&intake.receipts[0]))
}

#[test]
fn a_form_in_other_clothes_is_the_same_form() {
    let expected = Form::new().read();
    let same = |what: &str, found: &Intake| {
        assert!(found.annex == expected.annex, "{what}");
        assert_eq!(observations(&found.receipts[0]), [""; 0], "{what}");
    };
    let in_sheets = |change: &dyn Fn(&str) -> String| {
        with(|name, text| if is_sheet(name) { change(&text) } else { text })
    };
    for (what, before, after) in [
        ("white space", "<v>$</v>", "<v>\n  $ </v>"),
        ("a comment", "<v>$</v>", "<v>$<!-- 5 --></v>"),
        ("a comment before", "<v>$</v>", "<v><!-- 5 -->$</v>"),
        ("character data", "<v>$</v>", "<v><![CDATA[$]]></v>"),
        ("a character reference", "<v>$</v>", "<v>&#x20;$</v>"),
        ("something new in a cell", "<v>$</v>", "<v>$</v><extLst><ext/></extLst>"),
        ("something new among the rows", "</row>", "</row><new><c r=\"A1\"/></new>"),
        ("a range of columns", "<sheetData>", "<dimension ref=\"A:K\"/><sheetData>"),
    ] {
        let (begin, end) = before.split_once('$').unwrap_or((before, ""));
        let changed = in_sheets(&|text| {
            if end.is_empty() {
                return text.replace(before, after);
            }
            let pieces =
                text.split(begin).enumerate().map(|(index, piece)| match piece.split_once(end) {
                    Some((value, rest)) if index > 0 => {
                        format!("{}{rest}", after.replace('$', value))
                    }
                    _ => piece.to_owned(),
                });
            pieces.collect()
        });
        same(what, &changed);
    }
    let strict = with(|_, text| {
        text.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        .replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
    });
    same("strict OOXML", &strict);
    for (what, encode, mark) in [
        ("UTF-16LE", u16::to_le_bytes as fn(u16) -> [u8; 2], vec![0xFF, 0xFE]),
        ("UTF-16BE", u16::to_be_bytes, vec![0xFE, 0xFF]),
        ("UTF-16LE without its mark", u16::to_le_bytes, vec![]),
    ] {
        let form = Form::new();
        let bytes = rewritten_bytes(&form.bytes(), |_, text| {
            let text = text.replace("UTF-8", "UTF-16");
            mark.iter().copied().chain(text.encode_utf16().flat_map(encode)).collect()
        });
        same(what, &read(&[(form.file, bytes)]));
    }
    let extra = with(|name, text| {
        let sheet = r#"<sheets><sheet name="秘密" sheetId="99" state="veryHidden" r:id=""/>"#;
        if name == "xl/workbook.xml" { text.replace("<sheets>", sheet) } else { text }
    });
    same("an entry without a sheet", &extra);
    let state = with(|name, text| match name {
        "xl/workbook.xml" => text.replace(" r:id=\"rId1\"", " state=\"\" r:id=\"rId1\""),
        _ => text,
    });
    same("an unknown state", &state);
}

#[test]
fn a_part_is_found_however_its_name_is_written() {
    let form = Form::new();
    let expected = form.read();
    let bytes = form.bytes();
    let with_target = |target: &str| {
        rewritten(&bytes, |name, text| match name {
            "xl/_rels/workbook.xml.rels" => text.replace("worksheets/sheet1.xml", target),
            _ => text,
        })
    };
    let spaced = |name: &str| name.replace("sheet1.xml", "様式 1.xml");
    for (what, bytes) in [
        ("backslashes", renamed(&bytes, |name| name.replace('/', "\\"))),
        ("capitals", renamed(&bytes, |name| name.replace("xl/", "XL/"))),
        (
            "a target with escapes",
            renamed(&with_target("worksheets/%E6%A7%98%E5%BC%8F%201.xml"), spaced),
        ),
        (
            "an entry with escapes",
            renamed(&with_target("worksheets/様式 1.xml"), |name| {
                name.replace("sheet1.xml", "%E6%A7%98%E5%BC%8F%201.xml")
            }),
        ),
        ("a target with backslashes", with_target(r"worksheets\sheet1.xml")),
        ("a target from the root", with_target("/xl/worksheets/sheet1.xml")),
    ] {
        let found = read(&[(form.file, bytes)]);
        assert_eq!(observations(&found.receipts[0]), [""; 0], "{what}");
        assert!(found.annex == expected.annex, "{what}");
    }
}

#[test]
fn a_name_that_two_parts_have_is_told_in_every_package_and_neither_of_them_read() {
    let cell =
        "<table:table-cell office:value-type=\"string\"><text:p>10人</text:p></table:table-cell>";
    let document = document("", "", cell, "", false);
    let binary = package_with(&Part::default(), &Part::default(), &styles(), &[]);
    for (file, bytes, part, other) in [
        (
            "01_総務部.xlsx",
            Form::new().bytes(),
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheeT1.xml",
        ),
        ("01_総務部.xlsb", binary, "xl/worksheets/sheet1.bin", "xl/worksheets/sheeT1.bin"),
        ("01_総務部.ods", document, "content.xml", "contenT.xml"),
    ] {
        let other_case = with_part(&bytes, other, "<worksheet/>");
        let mut same = other_case.clone();
        let name = other.as_bytes();
        while let Some(at) = same.windows(name.len()).position(|window| window == name) {
            same[at..at + name.len()].copy_from_slice(part.as_bytes());
        }
        for bytes in [other_case, same] {
            let told = observations(&read(&[(file, bytes)]).receipts[0]);
            let expected = format!("同じ名前の部品が2つある「{part}」");
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].to_lowercase().contains(&expected), "{told:?}");
        }
    }
}

#[test]
fn a_number_format_that_the_workbook_lacks_is_told() {
    let mut form = Form::new();
    form.kpis.edit(|sheet| {
        let format = rust_xlsxwriter::Format::new().set_num_format("0\"人\"");
        sheet.write_number_with_format(5, 6, 974, &format).unwrap();
    });
    let bytes = form.bytes();
    let current = |change: &dyn Fn(String) -> String| {
        let change = |name: &str, text| if name == "xl/styles.xml" { change(text) } else { text };
        let intake = read(&[(form.file, rewritten(&bytes, change))]);
        let value = intake.annex.kpis[0].figure(keys::CURRENT).value.printed.clone();
        (value, observations(&intake.receipts[0]).join("|"))
    };
    assert_eq!(current(&|text| text), ("974人".to_owned(), String::new()));
    let told = ("974".to_owned(), "UnshownFormat G6 974".to_owned());
    assert_eq!(current(&|text| text.replace("<numFmt ", "<other ")), told);
    assert_eq!(current(&|text| text.replace("formatCode=", "code=")), told);
    assert_eq!(current(&|text| text.replace("cellXfs", "cells")), told);
    let from_named = current(&|text| {
        let (before, after) = text.split_once("<cellXfs").expect("the formats of cells");
        let named = before.replace("<xf numFmtId=\"0\"", "<xf numFmtId=\"164\"");
        format!("{named}<cellXfs{}", after.replace("numFmtId=\"164\"", ""))
    });
    assert_eq!(from_named, ("974人".to_owned(), String::new()));
}

#[test]
fn what_is_wrong_with_a_part_is_said_in_japanese() {
    for (change, why) in [
        ("<sheetData>|<sheetData><row></sheetData>", "「<row>」が「</sheetData>」で閉じられている"),
        ("</worksheet>|", "途中で切れている"),
        ("</worksheet>|</worksheet><more/>", "終わりの後に別の内容がある"),
        ("<sheetData>|<sheetData><row r=1></row>", "属性の書き方が正しくない"),
        ("<sheetData>|<sheetData><row r=\"9\" r=\"9\"></row>", "属性の書き方が正しくない"),
    ] {
        let (before, after) = change.split_once('|').expect("two texts");
        let broken = with(|name, text| {
            if name == "xl/worksheets/sheet2.xml" { text.replace(before, after) } else { text }
        });
        let told = observations(&broken.receipts[0]);
        let expected = format!("Damaged 「様式２　KPI」: xl/worksheets/sheet2.xml: {why}");
        assert_eq!(told, [expected], "{change}");
    }
    let empty = with(|name, text| if name.ends_with("sheet2.xml") { String::new() } else { text });
    let told = observations(&empty.receipts[0]);
    assert_eq!(told, ["Damaged 「様式２　KPI」: xl/worksheets/sheet2.xml: 中身がない"]);
}

#[test]
fn a_cell_holds_what_it_says() {
    for (cell, printed, told) in [
        (r#"<c r="G6"><v> 5 </v></c>"#, "5", ""),
        (r#"<c r="G6" t="n"><v>1<!-- 2 -->5</v></c>"#, "15", ""),
        (r#"<c><v>5</v></c>"#, "5", ""),
        (r#"<c r="G6"><v>約5</v></c>"#, "約5", ""),
        (r#"<c r="G6" t="b"><v> 1 </v></c>"#, "TRUE", ""),
        (r#"<c r="G6" t="str"><f>A1</f><v>6_x0035_%</v></c>"#, "65%", ""),
        (r#"<c r="G6" t="str"><f>A1</f><v></v></c>"#, "", ""),
        (r#"<c r="G6"><f>A1</f></c>"#, "", "FormulaWithoutValue G6"),
        (r#"<c r="G6" t="e"><v>#CALC!</v></c>"#, "#CALC!", "ErrorValue G6 #CALC!"),
        (r#"<c r="G6" t="d"><v>2025-03-31</v></c>"#, "45747", ""),
        (r#"<c r="G6" t="d"><v>きのう</v></c>"#, "きのう", "DateAsValue G6 きのう"),
        (r#"<c r="G6" s="77"><v>5</v></c>"#, "5", "UnshownFormat G6 5"),
        (
            r#"<c r="G6" t="inlineStr"><is><t>65</t><rPh sb="0" eb="1"><t>ロクジュウゴ</t></rPh></is></c>"#,
            "65",
            "",
        ),
        (
            r#"<c r="G6" t="inlineStr"><is><r><t>1_x0030_</t></r><r><rPr><strike/></rPr><t xml:space="preserve"> 件</t></r></is></c>"#,
            "10 件",
            "StruckText G6 件",
        ),
    ] {
        let (found, observations) = current_value(cell);
        assert_eq!(found, printed, "{cell}");
        assert_eq!(observations.join("|"), told, "{cell}");
    }
}

#[test]
fn a_cell_that_cannot_be_read_is_told_with_its_place_and_never_guessed() {
    for (cell, told) in [
        (r#"<c r="G6" t="s"><v>3a</v></c>"#, "共有文字列の番号「3a」"),
        (r#"<c r="G6" t="s"><v>-1</v></c>"#, "共有文字列の番号「-1」"),
        (r#"<c r="G6" t="s"><v>+1</v></c>"#, "共有文字列の番号「+1」"),
        (r#"<c r="G6" t="s"><v>1.0</v></c>"#, "共有文字列の番号「1.0」"),
        (
            r#"<c r="G6" t="s"><v>18446744073709551621</v></c>"#,
            "共有文字列の番号「18446744073709551621」",
        ),
        (r#"<c r="G6" t="s"><v>99999</v></c>"#, "ない共有文字列「99999」"),
        (r#"<c r="G6" t="n"><v>約5</v></c>"#, "数値「約5」"),
        (r#"<c r="G6" t="n"><v>inf</v></c>"#, "数値「inf」"),
        (r#"<c r="G6" t="n"><v>1e999</v></c>"#, "数値「1e999」"),
        (r#"<c r="G6" t="b"><v>2</v></c>"#, "真偽値「2」"),
        (r#"<c r="G6" t="x"><v>2</v></c>"#, "種類 x の値「2」"),
        (r#"<c r="G6" s="a"><v>2</v></c>"#, "書式番号「a」"),
        (r#"<c r="G6" s="+1"><v>2</v></c>"#, "書式番号「+1」"),
        (r#"<c r="G6"><v>2</v></c><c r="G6"><v>3</v></c>"#, "同じセルが2回書かれている「2」「3」"),
    ] {
        let (printed, observations) = current_value(cell);
        assert_eq!(printed, "〓", "{cell}");
        assert_eq!(observations.join("|"), format!("CellUnreadable G6 {told}"), "{cell}");
    }
}

#[test]
fn a_sheet_of_the_form_that_ends_in_a_fault_is_not_read_by_half() {
    for (cell, told) in [
        (r#"<c r="G"><v>2</v></c>"#, "セル番地「G」"),
        (r#"<c r="G6" t=s><v>2</v></c>"#, "xl/worksheets/sheet2.xml: "),
        (r#"<c r="G6" t="&s;"><v>2</v></c>"#, "xl/worksheets/sheet2.xml: "),
        (r#"<c r="G6"><v>2</w></c>"#, "xl/worksheets/sheet2.xml: "),
        (r#"</row><row r="0"><c><v>2</v></c>"#, "行番号「0」"),
        (r#"<c r="G6"><v>&nbsp;</v></c>"#, "xl/worksheets/sheet2.xml: 知らない実体「&nbsp;」"),
    ] {
        let (_, observations) = current_value(cell);
        let told = format!("Damaged 「様式２　KPI」: {told}");
        assert!(
            observations.len() == 1 && observations[0].starts_with(&told),
            "{cell}: {observations:?}"
        );
    }
}

/// The standard form with one more sheet that holds this.
fn with_sheet(name: &str, kind: &str, content: &str) -> Intake {
    let bytes = with_part(&Form::new().bytes(), "xl/worksheets/more.xml", content);
    let relation = format!(
        r#"<Relationship Id="more" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="worksheets/more.xml"/>"#
    );
    let bytes = rewritten(&bytes, |part, text| match part {
        "xl/workbook.xml" => text.replace(
            "<sheets>",
            &format!(r#"<sheets><sheet name="{name}" sheetId="99" r:id="more"/>"#),
        ),
        "xl/_rels/workbook.xml.rels" => {
            text.replace("</Relationships>", &(relation.clone() + "</Relationships>"))
        }
        _ => text,
    });
    read(&[("01_総務部.xlsx", bytes)])
}

#[test]
fn a_sheet_that_nobody_reads_does_not_cost_the_workbook() {
    let cells = |cells: &str| {
        format!(r#"<worksheet><sheetData><row r="1">{cells}</row></sheetData></worksheet>"#)
    };
    let expected = Form::new().read();
    for (name, kind, content, told) in [
        (
            "記入要領",
            "worksheet",
            cells(r#"<c r="B1" t="s"><v>x</v></c>"#),
            "SheetSkipped B1 共有文字列の番号「x」",
        ),
        (
            "控え",
            "worksheet",
            cells(r#"<c r="B1" t="n"><v>約1</v></c>"#),
            "SheetSkipped B1 数値「約1」",
        ),
        (
            "控え",
            "worksheet",
            "<worksheet><sheetData>".to_owned(),
            "SheetSkipped xl/worksheets/more.xml: 途中で切れている",
        ),
        ("控え", "worksheet", cells(r#"<c r="?"/>"#), "SheetSkipped セル番地「?」"),
        ("マクロ", "xlMacrosheet", "<macrosheet/>".to_owned(), "HasMacros"),
        ("グラフ", "chartsheet", "<chartsheet/>".to_owned(), ""),
    ] {
        let found = with_sheet(name, kind, &content);
        let observations = observations(&found.receipts[0]);
        let others = observations.iter().filter(|told| *told != "SheetNotRead B1 〓");
        let others: Vec<&str> = others.map(String::as_str).collect();
        assert_eq!(others.join("|"), told, "{name}");
        assert!(found.annex == expected.annex, "{name}");
    }
    let cut = with_sheet("様式１", "worksheet", "<worksheet><sheetData>");
    let told = observations(&cut.receipts[0]);
    assert_eq!(told, ["Damaged 「様式１」: xl/worksheets/more.xml: 途中で切れている"]);
}

#[test]
fn a_cell_of_which_two_readers_say_different_things_is_told_with_both() {
    // Ours goes by the relation, the other one by the usual name of the part.
    let form = Form::new();
    let bytes = form.bytes();
    let mut strings = String::new();
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a package");
    let mut part = zip.by_name("xl/sharedStrings.xml").expect("the strings");
    std::io::Read::read_to_string(&mut part, &mut strings).expect("a text");
    let other = strings.replace("施策あの概要", "別の概要");
    let bytes = with_part(&bytes, "xl/strings.xml", &strings);
    let bytes = rewritten(&bytes, |name, text| match name {
        "xl/sharedStrings.xml" => other.clone(),
        "xl/_rels/workbook.xml.rels" => text.replace("\"sharedStrings.xml", "\"strings.xml"),
        _ => text,
    });
    let intake = read(&[(form.file, bytes)]);
    let told = observations(&intake.receipts[0]);
    assert_eq!(told, ["ReadingsDiffer F6 「施策あの概要」と「別の概要」"]);
    assert_eq!(intake.receipts[0].observations[0].at.sheet.as_deref(), Some(form.measures.name));
}

#[test]
fn days_count_from_1904_where_the_workbook_says_so() {
    let mut form = Form::new();
    form.kpis.edit(|sheet| {
        let format = rust_xlsxwriter::Format::new().set_num_format("yyyy/m/d");
        sheet.write_number_with_format(5, 6, 44_285, &format).unwrap();
    });
    let bytes = rewritten(&form.bytes(), |name, text| match name {
        "xl/workbook.xml" => text.replace("<workbookPr ", "<workbookPr date1904=\"1\" "),
        _ => text,
    });
    let intake = read(&[(form.file, bytes)]);
    assert_eq!(intake.annex.kpis[0].figure(keys::CURRENT).value.printed, "2025/3/31");
    assert_eq!(observations(&intake.receipts[0]), ["DateAsValue G6 2025/3/31"]);
}

#[test]
fn a_row_without_height_is_hidden() {
    let low = with(|name, text| match name {
        "xl/worksheets/sheet1.xml" => {
            text.replace("<row r=\"6\"", "<row r=\"6\" ht=\"0\" customHeight=\"1\"")
        }
        _ => text,
    });
    assert_eq!(observations(&low.receipts[0]), ["HiddenData A6 施策あ"]);
}

#[test]
fn a_part_that_ends_too_early_is_damage() {
    for part in ["xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"] {
        let cut = with(|name, text| {
            if name == part { text.chars().take(text.chars().count() - 9).collect() } else { text }
        });
        let told = observations(&cut.receipts[0]);
        assert!(told.len() == 1 && told[0].starts_with("Damaged "), "{part}: {told:?}");
    }
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The standard form with relations of the measures' sheet to these parts, by kind and name.
fn with_relations(parts: &[(&str, &str)]) -> Vec<u8> {
    let relation = |(kind, part): &(&str, &str)| {
        format!("<Relationship Id=\"{kind}\" Type=\"{RELATIONS}/{kind}\" Target=\"../{part}\"/>")
    };
    let relations: String = parts.iter().map(relation).collect();
    let relations = format!("<Relationships>{relations}</Relationships>");
    with_part(&Form::new().bytes(), "xl/worksheets/_rels/sheet1.xml.rels", &relations)
}

fn told_of(bytes: Vec<u8>) -> Vec<String> {
    observations(&read(&[("01_総務部.xlsx", bytes)]).receipts[0])
}

#[test]
fn a_part_that_is_named_and_is_not_there_is_told() {
    for (kind, part) in [
        ("comments", "comments1.xml"),
        ("threadedComment", "threadedComments/threadedComment1.xml"),
        ("vmlDrawing", "drawings/vmlDrawing1.vml"),
        ("drawing", "drawings/drawing1.xml"),
        ("table", "tables/table1.xml"),
    ] {
        assert_eq!(told_of(with_relations(&[(kind, part)])), [format!("PartLacking xl/{part}")]);
    }
    let diagram = r#"<xdr:wsDr xmlns:xdr="x" xmlns:r="r" xmlns:dgm="d"><xdr:twoCellAnchor><dgm:relIds r:dm="rId9"/></xdr:twoCellAnchor></xdr:wsDr>"#;
    let bytes = with_relations(&[("drawing", "drawings/drawing1.xml")]);
    let bytes = with_part(&bytes, "xl/drawings/drawing1.xml", diagram);
    assert_eq!(told_of(bytes), ["PartLacking xl/drawings/drawing1.xml の図 rId9"]);
}

#[test]
fn a_format_that_names_a_font_that_is_not_there_is_told() {
    let change = |from: &'static str, to: &'static str| {
        let bytes = rewritten(&Form::new().bytes(), move |name, text| match name {
            "xl/styles.xml" => {
                assert!(text.contains(from), "{text}");
                text.replace("</cellXfs>", &format!("<xf {to} xfId=\"0\"/></cellXfs>"))
            }
            _ => text,
        });
        told_of(bytes)
    };
    for (to, told) in [
        (r#"numFmtId="0" fontId="99" fillId="0" borderId="0""#, "書式のフォントの番号 99"),
        (r#"numFmtId="0" fontId="0" fillId="98" borderId="0""#, "書式の塗りつぶしの番号 98"),
        (r#"numFmtId="0" fontId="0" fillId="0" borderId="97""#, "書式の罫線の番号 97"),
    ] {
        assert_eq!(change("<cellXfs", to), [format!("PartLacking {told}")]);
    }
}

#[test]
fn a_place_that_is_none_is_damage_and_not_passed_over() {
    let merge = |range: &'static str| {
        with(move |name, text| {
            let merges = format!("</sheetData><mergeCells><mergeCell{range}/></mergeCells>");
            if is_sheet(name) { text.replace("</sheetData>", &merges) } else { text }
        })
    };
    for range in [" ref=\"様式\"", " ref=\"A1:\"", ""] {
        let told = observations(&merge(range).receipts[0]);
        assert!(told[0].starts_with("Damaged") && told[0].contains("結合セルの範囲"), "{told:?}");
    }
    assert_eq!(observations(&merge(" ref=\"A1:A1\"").receipts[0]), [""; 0]);
    for (reference, is_read) in [("ref=\"E6\"", true), ("ref=\"六\"", false), ("", false)] {
        let notes = format!(
            "<comments><commentList><comment {reference}><text><t>確認中</t></text></comment></commentList></comments>"
        );
        let bytes = with_relations(&[("comments", "comments1.xml")]);
        let told = told_of(with_part(&bytes, "xl/comments1.xml", &notes));
        match is_read {
            true => assert_eq!(told, ["Note E6 確認中"]),
            false => assert!(told[0].contains("メモのセル番地"), "{told:?}"),
        }
    }
    let totals = "<table totalsRowCount=\"1\" ref=\"?\"/>";
    let bytes = with_relations(&[("table", "tables/table1.xml")]);
    let told = told_of(with_part(&bytes, "xl/tables/table1.xml", totals));
    assert!(told[0].contains("テーブルの範囲「?」"), "{told:?}");
}

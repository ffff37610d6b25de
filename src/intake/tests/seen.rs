//! What the screen shows otherwise than the print: in packages that are written by hand, since
//! no writer makes all of it.

use super::files::{rewritten, with_part};
use super::form::{Form, observations, read};
use super::open_document::document;
use crate::model::Receipt;
use crate::schema::keys;

/// What is told of the standard form after its package was changed.
fn told(change: impl Fn(&str, String) -> String) -> Vec<String> {
    let form = Form::new();
    let receipt: Receipt =
        read(&[(form.file, rewritten(&form.bytes(), change))]).receipts.remove(0);
    observations(&receipt)
}

/// The cell of a sheet in other words.
fn cell(text: &str, at: &str, cell: &str) -> String {
    let begin = text.find(&format!("<c r=\"{at}\"")).expect("the cell");
    let end = begin + text[begin..].find("</c>").expect("its end") + "</c>".len();
    format!("{}{cell}{}", &text[..begin], &text[end..])
}

/// What is told when the style of F6, of the fields of its own, is written so.
fn styled(fonts: &str, fills: &str, borders: &str) -> Vec<String> {
    let xf = |attributes: &str| format!("<xf numFmtId=\"0\" xfId=\"0\" {attributes}/>");
    let styles = format!(
        "<styleSheet><fonts><font/>{fonts}</fonts><fills><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>{fills}</fills><borders><border/>{borders}</borders><cellStyleXfs>{0}</cellStyleXfs><cellXfs>{0}{1}</cellXfs></styleSheet>",
        xf("fontId=\"0\" fillId=\"0\" borderId=\"0\""),
        xf(&format!(
            "fontId=\"{}\" fillId=\"{}\" borderId=\"{}\"",
            u8::from(!fonts.is_empty()),
            if fills.is_empty() { 0 } else { 2 },
            u8::from(!borders.is_empty())
        )),
    );
    told(|name, text| match name {
        "xl/styles.xml" => styles.clone(),
        "xl/worksheets/sheet1.xml" => {
            let text = text.replace("<c r=\"F6\" ", "<c r=\"F6\" s=\"1\" ");
            assert!(text.contains("s=\"1\""));
            text
        }
        _ => text,
    })
}

#[test]
fn letters_that_nobody_sees_are_told_and_no_others() {
    let solid = |colour: &str| {
        format!("<fill><patternFill patternType=\"solid\"><fgColor {colour}/></patternFill></fill>")
    };
    let font = |colour: &str| format!("<font><sz val=\"11\"/><color {colour}/></font>");
    let unseen: &[&str] = &["UnseenText F6 施策あの概要"];
    for (fonts, fills, expected) in [
        (font("rgb=\"FFFFFFFF\""), String::new(), unseen),
        (font("theme=\"0\""), String::new(), unseen),
        (font("indexed=\"9\""), String::new(), unseen),
        (font("theme=\"1\""), solid("rgb=\"FF000000\""), unseen),
        (String::new(), solid("rgb=\"FF000000\""), unseen),
        ("<font><sz val=\"1\"/></font>".to_owned(), String::new(), unseen),
        (font("theme=\"0\""), solid("rgb=\"FF1F497D\""), &[]),
        (font("theme=\"0\" tint=\"-0.35\""), String::new(), &[]),
        (font("auto=\"1\""), String::new(), &[]),
        (font("rgb=\"FFFF0000\""), solid("rgb=\"FFFFFF00\""), &[]),
        // What is behind the letters of a pattern cannot be told.
        (font("rgb=\"FFFFFFFF\""), "<fill><patternFill patternType=\"darkGray\"><fgColor rgb=\"FFFFFFFF\"/></patternFill></fill>".to_owned(), &[]),
    ] {
        assert_eq!(styled(&fonts, &fills, ""), expected, "{fonts} {fills}");
    }
}

#[test]
fn a_part_of_a_text_that_nobody_sees_is_told_alone() {
    let runs = |cell_style: &str, second: &str| {
        told(|name, text| match name {
            "xl/styles.xml" => {
                let xf = |font: u8| {
                    format!(
                        "<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
                    )
                };
                format!(
                    "<styleSheet><fonts><font/><font><color rgb=\"FFFFFFFF\"/></font></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs>{0}</cellStyleXfs><cellXfs>{0}{1}</cellXfs></styleSheet>",
                    xf(0),
                    xf(1)
                )
            }
            "xl/worksheets/sheet1.xml" => cell(
                &text,
                "F6",
                &format!(
                    "<c r=\"F6\" {cell_style} t=\"inlineStr\"><is><r><t>窓口で配る。</t></r><r><rPr>{second}</rPr><t>（案）</t></r></is></c>"
                ),
            ),
            _ => text,
        })
    };
    let white = "<color rgb=\"FFFFFFFF\"/>";
    assert_eq!(runs("", "<b/>"), [""; 0]);
    assert_eq!(runs("", white), ["UnseenText F6 （案）"]);
    assert_eq!(runs("", "<color theme=\"0\"/>"), ["UnseenText F6 （案）"]);
    assert_eq!(runs("", "<sz val=\"1\"/>"), ["UnseenText F6 （案）"]);
    // The first piece is as the cell, which is white; the second has a colour of its own.
    assert_eq!(runs("s=\"1\"", "<b/>"), ["UnseenText F6 窓口で配る。"]);
    assert_eq!(runs("s=\"1\"", white), ["UnseenText F6 窓口で配る。（案）"]);
}

#[test]
fn what_changes_no_letter_is_not_told() {
    for (attributes, inner) in [
        // A text that was typed with an apostrophe before it, which is in no cell.
        ("quotePrefix=\"1\"", ""),
        // Letters on top of each other, and letters that lie on their side.
        ("applyAlignment=\"1\"", "<alignment textRotation=\"255\"/>"),
        ("applyAlignment=\"1\"", "<alignment textRotation=\"90\"/>"),
    ] {
        let form = Form::new();
        let bytes = rewritten(&form.bytes(), |name, text| match name {
            "xl/styles.xml" => {
                let begin = text.find("<cellXfs").expect("the formats of cells");
                let end = begin + text[begin..].find("</cellXfs>").expect("their end");
                let own = format!(
                    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" {attributes}>{inner}</xf>"
                );
                format!("{}<cellXfs><xf/>{own}{}", &text[..begin], &text[end..])
            }
            "xl/worksheets/sheet1.xml" => text.replace("<c r=\"F6\" ", "<c r=\"F6\" s=\"1\" "),
            _ => text,
        });
        let intake = read(&[(form.file, bytes)]);
        assert_eq!(observations(&intake.receipts[0]), [""; 0], "{attributes} {inner}");
        let overview = intake.annex.measures[0].value(keys::OVERVIEW);
        assert_eq!(overview.value, "施策あの概要", "{attributes}");
    }
}

#[test]
fn a_border_from_corner_to_corner_strikes_a_text_out() {
    let border = |attributes: &str, style: &str| {
        format!("<border {attributes}><diagonal style=\"{style}\"/></border>")
    };
    let struck: &[&str] = &["FloatingText F6 斜めの罫線"];
    for (attributes, style, expected) in [
        ("diagonalUp=\"1\"", "thin", struck),
        ("diagonalDown=\"1\"", "thin", struck),
        ("diagonalUp=\"1\"", "none", &[]),
        ("", "thin", &[]),
    ] {
        assert_eq!(styled("", "", &border(attributes, style)), expected, "{attributes} {style}");
    }
}

/// What is told when something stands behind or before the cells of the measures' sheet.
fn sheet(from: &str, to: &str) -> Vec<String> {
    told(|name, text| {
        if name != "xl/worksheets/sheet1.xml" {
            return text;
        }
        assert!(text.contains(from), "{text}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn rows_and_columns_without_a_size_are_hidden() {
    let row: &[&str] = &["HiddenData A6 施策あ"];
    let column: &[&str] = &["HiddenData G5 施策あの目的"];
    let in_row = |attributes: &str| sheet("<row r=\"6\"", &format!("<row {attributes} r=\"6\""));
    let columns = |columns: &str| sheet("<sheetData>", &format!("{columns}<sheetData>"));
    assert_eq!(in_row("ht=\"0\" customHeight=\"1\""), row);
    assert_eq!(in_row("ht=\"0.75\" customHeight=\"1\""), row);
    assert_eq!(in_row("hidden=\"1\" outlineLevel=\"1\""), row);
    assert_eq!(in_row("ht=\"15\""), [""; 0]);
    let seven = |attributes: &str| {
        columns(&format!("<cols><col min=\"7\" max=\"7\" {attributes}/></cols>"))
    };
    assert_eq!(seven("width=\"0\" customWidth=\"1\""), column);
    assert_eq!(seven("width=\"0.1\" customWidth=\"1\""), column);
    assert_eq!(seven("hidden=\"1\" width=\"9\""), column);
    assert_eq!(seven("width=\"9\""), [""; 0]);
    let all = |height: &str| {
        told(|name, text| match name {
            "xl/worksheets/sheet1.xml" => {
                let begin = text.find("<sheetFormatPr").expect("the usual sizes");
                let end = begin + text[begin..].find("/>").expect("its end");
                format!("{}<sheetFormatPr {height}{}", &text[..begin], &text[end..])
            }
            _ => text,
        })
    };
    assert_eq!(all("defaultRowHeight=\"0\" customHeight=\"1\""), row);
    // Rows that are there are seen, although those that are not are hidden.
    assert_eq!(all("defaultRowHeight=\"15\" zeroHeight=\"1\""), [""; 0]);
}

#[test]
fn zeros_that_the_sheet_does_not_show_are_told() {
    let zeros = |shown: &str, value: &str| {
        told(|name, text| match name {
            "xl/worksheets/sheet2.xml" => {
                let text =
                    text.replace("<sheetView ", &format!("<sheetView showZeros=\"{shown}\" "));
                cell(&text, "G6", &format!("<c r=\"G6\"><v>{value}</v></c>"))
            }
            _ => text,
        })
    };
    assert_eq!(zeros("0", "0"), ["UnseenText G6 0"]);
    assert_eq!(zeros("0", "0.0"), ["UnseenText G6 0"]);
    assert_eq!(zeros("0", "5"), [""; 0]);
    assert_eq!(zeros("1", "0"), [""; 0]);
}

/// What is told when the measures' sheet has these conditional formats; the formats are: struck,
/// hidden, white, bold.
fn conditional(rules: &str) -> Vec<String> {
    told(|name, text| match name {
        "xl/styles.xml" => {
            let dxfs = "<dxfs><dxf><font><strike/></font></dxf><dxf><numFmt numFmtId=\"190\" formatCode=\";;;\"/></dxf><dxf><font><color theme=\"0\"/></font></dxf><dxf><font><b/></font></dxf></dxfs>";
            let begin = text.find("<dxfs").unwrap_or(text.find("</styleSheet>").expect("the end"));
            format!("{}{dxfs}</styleSheet>", &text[..begin])
        }
        "xl/worksheets/sheet1.xml" => text.replace("</sheetData>", &format!("</sheetData>{rules}")),
        _ => text,
    })
}

#[test]
fn a_conditional_format_strikes_or_hides_where_its_condition_holds() {
    let struck: &[&str] = &["StruckText F6 施策あの概要"];
    let unseen: &[&str] = &["UnseenText F6 施策あの概要"];
    let rule = |kind: &str, format: usize, inner: &str| {
        conditional(&format!(
            "<conditionalFormatting sqref=\"F6:F9 K1\"><cfRule {kind} dxfId=\"{format}\" priority=\"1\">{inner}</cfRule></conditionalFormatting>"
        ))
    };
    let formula = |formula: &str| format!("<formula>{formula}</formula>");
    for (kind, format, inner, expected) in [
        ("type=\"expression\"", 0, formula("TRUE"), struck),
        ("type=\"expression\"", 1, formula("TRUE"), unseen),
        ("type=\"expression\"", 2, formula("1"), unseen),
        ("type=\"expression\"", 3, formula("TRUE"), &[]),
        ("type=\"expression\"", 0, formula("$B6=\"継続\""), struck),
        ("type=\"expression\"", 0, formula("$B6=\"廃止\""), &[]),
        ("type=\"expression\"", 0, formula("AND($B6=\"継続\",$K6=\"\")"), struck),
        ("type=\"expression\"", 0, formula("OR(ISBLANK($B6),LEN($E6)&gt;99)"), &[]),
        ("type=\"expression\"", 0, formula("NOT(ISERROR(SEARCH(\"概要\",F6)))"), struck),
        ("type=\"expression\"", 0, formula("LEFT($E6,2)=\"施策\""), struck),
        ("type=\"cellIs\" operator=\"equal\"", 0, formula("\"施策あの概要\""), struck),
        ("type=\"cellIs\" operator=\"notEqual\"", 0, formula("\"施策あの概要\""), &[]),
        ("type=\"containsText\" operator=\"containsText\" text=\"概要\"", 0, String::new(), struck),
        ("type=\"beginsWith\" operator=\"beginsWith\" text=\"概要\"", 0, String::new(), &[]),
        ("type=\"notContainsBlanks\"", 0, formula("LEN(TRIM(F6))&gt;0"), struck),
        // What cannot be worked out is told, if it would matter.
        (
            "type=\"expression\"",
            0,
            formula("COUNTIF($E:$E,$E6)&gt;1"),
            &["ConditionalFormat F6 COUNTIF($E:$E,$E6)>1"],
        ),
        ("type=\"expression\"", 3, formula("COUNTIF($E:$E,$E6)&gt;1"), &[]),
        ("type=\"duplicateValues\"", 0, String::new(), &["ConditionalFormat F6 duplicateValues"]),
    ] {
        assert_eq!(rule(kind, format, &inner), expected, "{kind} {inner}");
    }
}

#[test]
fn conditional_formats_count_by_their_priority_and_in_extensions_too() {
    let two = |stops: &str| {
        conditional(&format!(
            "<conditionalFormatting sqref=\"F6\"><cfRule type=\"expression\" dxfId=\"0\" priority=\"2\"><formula>TRUE</formula></cfRule><cfRule type=\"expression\" dxfId=\"3\" priority=\"1\" {stops}><formula>TRUE</formula></cfRule></conditionalFormatting>"
        ))
    };
    assert_eq!(two(""), ["StruckText F6 施策あの概要"]);
    assert_eq!(two("stopIfTrue=\"1\""), [""; 0]);
    // Cells that are named from their last corner on.
    let turned = "<conditionalFormatting sqref=\"K9:F6\"><cfRule type=\"expression\" dxfId=\"0\" priority=\"1\"><formula>LEN(F6)=6</formula></cfRule></conditionalFormatting>";
    assert_eq!(conditional(turned), ["StruckText F6 施策あの概要", "StruckText G6 施策あの目的"]);
    let extension = "<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type=\"expression\" priority=\"1\"><xm:f>$B6=\"継続\"</xm:f><x14:dxf><font><strike/></font></x14:dxf></x14:cfRule><xm:sqref>F6</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>";
    assert_eq!(conditional(extension), ["StruckText F6 施策あの概要"]);
}

#[test]
fn a_row_that_is_struck_from_end_to_end_is_told_once() {
    let rule = "<conditionalFormatting sqref=\"A6:K6\"><cfRule type=\"expression\" dxfId=\"0\" priority=\"1\"><formula>TRUE</formula></cfRule></conditionalFormatting>";
    assert_eq!(conditional(rule), ["StruckText B6 施策あ"]);
}

#[test]
fn what_a_merged_cell_covers_is_told_where_it_says_something_else() {
    let mut form = Form::new();
    form.measures.row("施策い", &[("担当課室", "統計課")]).row("施策う", &[]);
    let merged = rewritten(&form.bytes(), |name, text| match name {
        "xl/worksheets/sheet1.xml" => text.replace(
            "</sheetData>",
            "</sheetData><mergeCells><mergeCell ref=\"I6:I8\"/></mergeCells>",
        ),
        _ => text,
    });
    let receipt = read(&[(form.file, merged)]).receipts.remove(0);
    assert_eq!(observations(&receipt), ["MergedCells I6 I6:I8", "CoveredText I7 統計課"]);
}

#[test]
fn a_picture_in_a_cell_is_no_error_value_and_no_text() {
    let picture = "ObjectInCell F6 画像";
    let in_cell = |content: &str| {
        told(|name, text| match name {
            "xl/worksheets/sheet1.xml" => cell(&text, "F6", &format!("<c r=\"F6\" {content}</c>")),
            _ => text,
        })
    };
    for content in [
        "t=\"str\"><f>_xlfn.DISPIMG(\"ID_1\",1)</f><v>=DISPIMG(\"ID_1\",1)</v>",
        "t=\"inlineStr\"><is><t>=DISPIMG(\"ID_1\",1)</t></is>",
        "t=\"e\"><f>_xlfn.IMAGE(\"https://example.jp/a.png\")</f><v>#NAME?</v>",
    ] {
        assert_eq!(in_cell(content), [picture], "{content}");
    }
    let rich = |kind: Option<&str>| {
        let form = Form::new();
        let bytes = rewritten(&form.bytes(), |name, text| match name {
            "xl/worksheets/sheet1.xml" => {
                cell(&text, "F6", "<c r=\"F6\" t=\"e\" vm=\"1\"><v>#VALUE!</v></c>")
            }
            _ => text,
        });
        let bytes = match kind {
            None => bytes,
            Some(kind) => [
                ("xl/metadata.xml", "<metadata><futureMetadata><bk><extLst><ext><rvb i=\"0\"/></ext></extLst></bk></futureMetadata><valueMetadata><bk><rc t=\"1\" v=\"0\"/></bk></valueMetadata></metadata>".to_owned()),
                ("xl/richData/rdrichvalue.xml", "<rvData><rv s=\"0\"><v>0</v></rv></rvData>".to_owned()),
                ("xl/richData/rdrichvaluestructure.xml", format!("<rvStructures><s t=\"{kind}\"/></rvStructures>")),
            ]
            .iter()
            .fold(bytes, |bytes, (name, text)| with_part(&bytes, name, text)),
        };
        observations(&read(&[(form.file, bytes)]).receipts[0])
    };
    assert_eq!(rich(Some("_localImage")), [picture]);
    assert_eq!(rich(Some("_webimage")), [picture]);
    assert_eq!(rich(Some("_linkedentity")), ["ObjectInCell F6 データ型"]);
    assert_eq!(rich(Some("_error")), ["ErrorValue F6 #VALUE!"]);
    assert_eq!(rich(None), ["ObjectInCell F6 画像又はデータ型"]);
}

#[test]
fn the_totals_row_of_a_table_object_is_no_entry() {
    let with_totals = |name: &str| {
        let mut form = Form::new();
        form.measures.row(name, &[("概要（D：デジタルで）", "")]);
        let relations = "<Relationships><Relationship Id=\"rId1\" Type=\"x/table\" Target=\"../tables/table1.xml\"/></Relationships>";
        let table = "<table ref=\"A5:K7\" totalsRowCount=\"1\"><tableColumns><tableColumn totalsRowLabel=\"集計\"/></tableColumns></table>";
        let bytes = with_part(&form.bytes(), "xl/worksheets/_rels/sheet1.xml.rels", relations);
        let bytes = with_part(&bytes, "xl/tables/table1.xml", table);
        read(&[(form.file, bytes)]).annex.measures.len()
    };
    assert_eq!(with_totals("集計"), 1);
    // Somebody wrote an entry there.
    assert_eq!(with_totals("施策い"), 2);
}

#[test]
fn the_style_of_a_table_object_strikes_the_parts_through_that_it_shows() {
    let struck = |part: &str, shown: &str| {
        let mut form = Form::new();
        form.measures.row("施策い", &[]);
        let relations = "<Relationships><Relationship Id=\"rId1\" Type=\"x/table\" Target=\"../tables/table1.xml\"/></Relationships>";
        let table = format!("<table ref=\"E5:F7\"><tableStyleInfo name=\"取消\" {shown}/></table>");
        let bytes = rewritten(&form.bytes(), |name, text| match name {
            "xl/styles.xml" => {
                let begin =
                    text.find("<dxfs").unwrap_or(text.find("</styleSheet>").expect("the end"));
                let styles = format!(
                    "<dxfs><dxf><font><b/></font></dxf><dxf><font><strike/></font></dxf></dxfs><tableStyles><tableStyle name=\"取消\"><tableStyleElement type=\"wholeTable\" dxfId=\"0\"/><tableStyleElement type=\"{part}\" dxfId=\"1\"/></tableStyle></tableStyles>"
                );
                format!("{}{styles}</styleSheet>", &text[..begin])
            }
            _ => text,
        });
        let bytes = with_part(&bytes, "xl/worksheets/_rels/sheet1.xml.rels", relations);
        let bytes = with_part(&bytes, "xl/tables/table1.xml", &table);
        let told = observations(&read(&[(form.file, bytes)]).receipts[0]).into_iter();
        told.filter_map(|told| Some(told.strip_prefix("StruckText ")?[..2].to_owned()))
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (part, shown, expected) in [
        ("wholeTable", "", "E5 F5 E6 F6 E7 F7"),
        ("headerRow", "", "E5 F5"),
        ("totalRow", "", ""),
        ("firstColumn", "", ""),
        ("firstColumn", "showFirstColumn=\"1\"", "E5 E6 E7"),
        ("lastColumn", "showLastColumn=\"1\"", "F5 F6 F7"),
        ("firstRowStripe", "showRowStripes=\"1\"", "E6 F6"),
        ("secondRowStripe", "showRowStripes=\"1\"", "E7 F7"),
        ("secondColumnStripe", "showColumnStripes=\"1\"", "F6 F7"),
    ] {
        assert_eq!(struck(part, shown), expected, "{part} {shown}");
    }
}

#[test]
fn a_text_that_ends_where_programs_cut_is_told() {
    let overview = |text: &str| {
        let mut form = Form::new();
        form.measures.rows[0].retain(|(label, _)| *label != "概要（D：デジタルで）");
        form.measures.rows[0].push(("概要（D：デジタルで）", text.to_owned()));
        form.observations()
    };
    let end = "調".repeat(20);
    assert_eq!(overview(&"調".repeat(255)), [format!("CutText F6 …{end}")]);
    assert_eq!(overview(&"調".repeat(32_767)), [format!("CutText F6 …{end}")]);
    assert_eq!(overview(&format!("{}。", "調".repeat(254))), [""; 0]);
    assert_eq!(overview(&"調".repeat(254)), [""; 0]);
}

/// What is told of the measures' sheet with a drawing or a VML part beside it.
fn beside(kind: &str, target: &str, text: &str) -> Vec<String> {
    let form = Form::new();
    let relations = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"x/{kind}\" Target=\"../drawings/{target}\"/></Relationships>"
    );
    let bytes = with_part(&form.bytes(), "xl/worksheets/_rels/sheet1.xml.rels", &relations);
    let bytes = with_part(&bytes, &format!("xl/drawings/{target}"), text);
    observations(&read(&[(form.file, bytes)]).receipts[0])
}

#[test]
fn shapes_without_words_are_told_by_what_they_are() {
    let anchored = |inner: &str| {
        let drawing = format!(
            "<wsDr><twoCellAnchor><from><col>1</col><row>5</row></from><to><col>2</col><row>6</row></to>{inner}</twoCellAnchor></wsDr>"
        );
        beside("drawing", "drawing1.xml", &drawing)
    };
    let shape = |form: &str| {
        anchored(&format!(
            "<sp><nvSpPr><cNvPr id=\"2\"/></nvSpPr><spPr><prstGeom prst=\"{form}\"/></spPr></sp>"
        ))
    };
    for (form, name) in [
        ("ellipse", "楕円"),
        ("donut", "楕円"),
        ("rect", "四角形"),
        ("roundRect", "四角形"),
        ("line", "線"),
        ("straightConnector1", "線"),
        ("mathMultiply", "バツ印"),
        ("wedgeEllipseCallout", "吹き出し"),
        ("star5", "図形"),
    ] {
        assert_eq!(shape(form), [format!("FloatingText B6 {name}")], "{form}");
    }
    for (inner, expected) in [
        ("<cxnSp/>", &["FloatingText B6 線"] as &[&str]),
        ("<sp><spPr><custGeom/></spPr></sp>", &["FloatingText B6 図形"]),
        ("<pic><spPr><prstGeom prst=\"rect\"/></spPr></pic>", &["FloatingText B6 画像"]),
        ("<grpSp><sp/><pic/></grpSp>", &["FloatingText B6 図形、画像"]),
        ("<graphicFrame><graphic><chart/></graphic></graphicFrame>", &["FloatingText B6 グラフ"]),
        ("<sp><nvSpPr><cNvPr hidden=\"1\"/></nvSpPr></sp>", &[]),
        (
            "<AlternateContent><Choice><contentPart/></Choice><Fallback><pic/></Fallback></AlternateContent>",
            &["FloatingText B6 手書きの線"],
        ),
        (
            "<AlternateContent><Choice/><Fallback><pic/></Fallback></AlternateContent>",
            &["FloatingText B6 画像"],
        ),
    ] {
        assert_eq!(anchored(inner), expected, "{inner}");
    }
}

#[test]
fn a_shape_is_told_with_all_cells_that_are_under_it() {
    let over = |kind: &str, target: &str, part: &str| {
        let form = Form::new();
        let relations = format!(
            "<Relationships><Relationship Id=\"rId1\" Type=\"x/{kind}\" Target=\"../drawings/{target}\"/></Relationships>"
        );
        let bytes = with_part(&form.bytes(), "xl/worksheets/_rels/sheet1.xml.rels", &relations);
        let bytes = with_part(&bytes, &format!("xl/drawings/{target}"), part);
        let told = read(&[(form.file, bytes)]).receipts[0].observations[0].clone();
        format!("{} {}", told.at.cell.expect("a cell"), told.why.ja)
    };
    let anchored = |to: &str| {
        let from = "<from><col>1</col><colOff>99</colOff><row>5</row><rowOff>0</rowOff></from>";
        over(
            "drawing",
            "drawing1.xml",
            &format!("<wsDr><twoCellAnchor>{from}{to}<sp/></twoCellAnchor></wsDr>"),
        )
    };
    let to = |column: u32, right: u32, row: u32, down: u32| {
        anchored(&format!(
            "<to><col>{column}</col><colOff>{right}</colOff><row>{row}</row><rowOff>{down}</rowOff></to>"
        ))
    };
    assert_eq!(to(2, 5, 7, 5), "B6 B6:C8の上にある");
    // An end on the border of a cell does not reach into it.
    assert_eq!(to(2, 0, 6, 0), "B6 ");
    assert_eq!(to(2, 0, 8, 0), "B6 B6:B8の上にある");
    // A file that names its end before its begin, or no end at all.
    assert_eq!(to(0, 0, 0, 0), "B6 ");
    assert_eq!(anchored(""), "B6 ");
    let control = |anchor: &str| {
        over(
            "vmlDrawing",
            "vmlDrawing1.vml",
            &format!(
                "<xml><shape><ClientData ObjectType=\"Button\"><Anchor>{anchor}</Anchor></ClientData></shape></xml>"
            ),
        )
    };
    assert_eq!(control("10, 5, 5, 3, 11, 60, 9, 2"), "K6 K6:L10の上にある");
    assert_eq!(control("10, 5, 5, 3, 11, 0, 6, 0"), "K6 ");
    assert_eq!(control("10, 5, 5, 3"), "K6 ");
}

#[test]
fn form_controls_are_told_with_their_captions_and_states() {
    let control = |kind: &str, caption: &str, more: &str| {
        beside(
            "vmlDrawing",
            "vmlDrawing1.vml",
            &format!(
                "<xml><shape id=\"_x0000_s1025\"><textbox><div><font>{caption}</font><br></div></textbox><ClientData ObjectType=\"{kind}\"><Anchor>10, 5, 5, 3, 11, 60, 9, 2</Anchor>{more}</ClientData></shape></xml>"
            ),
        )
    };
    for (kind, more, expected) in [
        ("Checkbox", "<Checked>1</Checked>", "チェックボックス「掲載不要」（オン）"),
        ("Checkbox", "", "チェックボックス「掲載不要」（オフ）"),
        ("Radio", "<Checked>0</Checked>", "オプションボタン「掲載不要」（オフ）"),
        ("Button", "", "ボタン「掲載不要」"),
    ] {
        let told = control(kind, "掲載不要", more);
        assert_eq!(told, [format!("FloatingText K6 {expected}")], "{kind} {more}");
    }
    assert_eq!(control("Note", "掲載不要", ""), [""; 0]);
    // A part that no XML parser reads does not stop the reading of the form.
    let broken = "<xml><shape><ClientData ObjectType=\"Checkbox\"></shape></xml>";
    let told = beside("vmlDrawing", "vmlDrawing1.vml", broken);
    assert_eq!(told, ["FloatingText フォームコントロール"]);
}

#[test]
fn an_open_document_is_seen_as_a_workbook_of_excel_is() {
    let style = |name: &str, properties: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"table-cell\" {properties}</style:style>"
        )
    };
    let text = |properties: &str| format!("><style:text-properties {properties}/>");
    let cell = |attributes: &str, inner: &str| {
        format!(
            "<table:table-cell {attributes} office:value-type=\"string\">{inner}<text:p>50人</text:p></table:table-cell>"
        )
    };
    let plain = cell("", "");
    let own = cell("table:style-name=\"a\"", "");
    let parent = style("取消", &text("style:text-line-through-style=\"solid\""));
    let hidden_row = "<style:style style:name=\"r\" style:family=\"table-row\"><style:table-row-properties style:row-height=\"0cm\"/></style:style>";
    let drawn = |shape: &str| cell("", shape);
    let diagonal = |line: &str| {
        style("a", &format!("><style:table-cell-properties style:diagonal-tl-br=\"{line}\"/>"))
    };
    let mapped = |condition: &str| {
        let map =
            format!("<style:map style:condition=\"{condition}\" style:apply-style-name=\"取消\"/>");
        format!("{parent}{}", style("a", &format!(">{map}")))
    };
    let condition = |value: &str| {
        format!(
            "<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address=\"様式２.D3:様式２.D3\"><calcext:condition calcext:apply-style-name=\"取消\" calcext:value=\"{value}\"/></calcext:conditional-format></calcext:conditional-formats>"
        )
    };
    let spans = "<style:style style:name=\"w\" style:family=\"text\"><style:text-properties fo:color=\"#ffffff\"/></style:style>".to_owned();
    let in_spans =
        cell("", "").replace("50人", "50人<text:span text:style-name=\"w\">（案）</text:span>");
    let letters_of = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let letters = |count: usize| letters_of(&"調".repeat(count));
    let covered = format!(
        "<table:table-row>{}<table:covered-table-cell office:value-type=\"string\"><text:p>9人</text:p></table:covered-table-cell>{}</table:table-row>",
        ["1(1)", "件数", "施策"].map(letters_of).concat(),
        letters_of("20人")
    );
    let zero = "<table:table-cell office:value-type=\"float\" office:value=\"0\"><text:p>0</text:p></table:table-cell>";
    for (what, styles, row, current, after, no_zeros, expected) in [
        ("nothing", "", "", plain.as_str(), String::new(), false, &[] as &[&str]),
        (
            "a parent",
            &format!("{parent}{}", style("a", "style:parent-style-name=\"取消\">")),
            "",
            &own,
            String::new(),
            false,
            &["StruckText D3 50人"],
        ),
        (
            "white letters",
            &style("a", &text("fo:color=\"#ffffff\"")),
            "",
            &own,
            String::new(),
            false,
            &["UnseenText D3 50人"],
        ),
        (
            "white letters in a part",
            &spans,
            "",
            &in_spans,
            String::new(),
            false,
            &["UnseenText D3 （案）"],
        ),
        (
            "small letters",
            &style("a", &text("fo:font-size=\"1pt\"")),
            "",
            &own,
            String::new(),
            false,
            &["UnseenText D3 50人"],
        ),
        (
            "a line across",
            &diagonal("0.5pt solid #000000"),
            "",
            &own,
            String::new(),
            false,
            &["FloatingText D3 斜めの罫線"],
        ),
        ("no line across", &diagonal("none"), "", &own, String::new(), false, &[]),
        (
            "no line across, as gnumeric writes it",
            &diagonal("0.000cm none #c7c7c7"),
            "",
            &own,
            String::new(),
            false,
            &[],
        ),
        (
            "a row of no height",
            hidden_row,
            "table:style-name=\"r\"",
            &plain,
            String::new(),
            false,
            &["HiddenData A3 人数"],
        ),
        (
            "a text under a merged cell",
            "",
            "",
            &cell("table:number-rows-spanned=\"2\"", ""),
            covered.clone(),
            false,
            &["MergedCells D3 D3:D4", "CoveredText D4 9人"],
        ),
        (
            "a text that may have been cut",
            "",
            "",
            &letters(255),
            String::new(),
            false,
            &[&format!("CutText D3 …{}", "調".repeat(20))],
        ),
        ("a text of the usual length", "", "", &letters(254), String::new(), false, &[]),
        (
            "a picture in the place of a text",
            "",
            "",
            &letters_of("=DISPIMG(&quot;ID_1&quot;,1)"),
            String::new(),
            false,
            &["ObjectInCell D3 画像"],
        ),
        (
            "a style under a condition",
            &mapped("cell-content()=&quot;50人&quot;"),
            "",
            &own,
            String::new(),
            false,
            &["StruckText D3 50人"],
        ),
        (
            "a style under another",
            &mapped("cell-content()=&quot;5人&quot;"),
            "",
            &own,
            String::new(),
            false,
            &[],
        ),
        (
            "a condition",
            &parent,
            "",
            &plain,
            condition("formula-is([.B3]=&quot;人数&quot;)"),
            false,
            &["StruckText D3 50人"],
        ),
        (
            "a condition that fails",
            &parent,
            "",
            &plain,
            condition("contains-text(&quot;件&quot;)"),
            false,
            &[],
        ),
        (
            "a condition that nobody knows",
            &parent,
            "",
            &plain,
            condition("duplicate"),
            false,
            &["ConditionalFormat D3 duplicate"],
        ),
        ("zeros not shown", "", "", zero, String::new(), true, &["UnseenText D3 0"]),
        ("zeros shown", "", "", zero, String::new(), false, &[]),
        (
            "a callout",
            "",
            "",
            &drawn("<draw:caption><text:p>要確認</text:p></draw:caption>"),
            String::new(),
            false,
            &["FloatingText D3 要確認"],
        ),
        (
            "a path",
            "",
            "",
            &drawn("<draw:path><text:p>要確認</text:p></draw:path>"),
            String::new(),
            false,
            &["FloatingText D3 要確認"],
        ),
        (
            "a ring",
            "",
            "",
            &drawn(
                "<draw:custom-shape><draw:enhanced-geometry draw:type=\"ooxml-ellipse\"/></draw:custom-shape>",
            ),
            String::new(),
            false,
            &["FloatingText D3 楕円"],
        ),
        (
            "a picture",
            "",
            "",
            &drawn("<draw:frame><draw:image/></draw:frame>"),
            String::new(),
            false,
            &["FloatingText D3 画像"],
        ),
        (
            "a line",
            "",
            "",
            &drawn("<draw:connector/>"),
            String::new(),
            false,
            &["FloatingText D3 線"],
        ),
        (
            "a group",
            "",
            "",
            &drawn("<draw:g><draw:rect/><draw:rect><text:p>差替え</text:p></draw:rect></draw:g>"),
            String::new(),
            false,
            &["FloatingText D3 差替え"],
        ),
    ] {
        let bytes = document(styles, row, current, &after, no_zeros);
        let intake = read(&[("01_総務部.ods", bytes)]);
        let receipt = intake.receipts.into_iter().next().expect("a receipt");
        let told = observations(&receipt);
        let told: Vec<&str> =
            told.iter().map(String::as_str).filter(|told| !is_of_the_form(told)).collect();
        assert_eq!(told, expected, "{what}");
    }
}

/// What is told of the small document whatever is in its cells.
fn is_of_the_form(told: &str) -> bool {
    ["SheetMissing", "ColumnMissing", "NumberAsText"].iter().any(|kind| told.starts_with(kind))
}

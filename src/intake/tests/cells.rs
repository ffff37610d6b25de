//! Cells: shown values, and the marks beside them that must not be dropped in silence.

use rust_xlsxwriter::{Format, FormatScript, Formula, Note, Shape};

use super::form::Form;
use crate::edition::StruckText;
use crate::intake::Source;
use crate::schema::keys;

#[test]
fn values_are_what_excel_shows() {
    for (value, format, shown) in [
        (0.8740000000000001, "0.0%", "87.4%"),
        (1551.0, "#,##0\"人\"", "1,551人"),
        (0.5, "General", "0.5"),
        (45747.0, "yyyy\"年\"m\"月\"d\"日\"", "2025年3月31日"),
    ] {
        let mut form = Form::new();
        form.kpis.edit(move |sheet| {
            let format = Format::new().set_num_format(format);
            sheet.write_number_with_format(5, 6, value, &format).unwrap();
        });
        assert_eq!(form.only_kpi().figure(keys::CURRENT).value.printed, shown);
    }
}

#[test]
fn a_formula_counts_with_its_stored_value() {
    let mut form = Form::new();
    form.kpis.edit(|sheet| {
        sheet.write_formula(5, 6, Formula::new("=\"6\"&\"5%\"").set_result("65%")).unwrap();
    });
    assert_eq!(form.only_kpi().figure(keys::CURRENT).value.printed, "65%");
    assert_eq!(form.observations(), [""; 0]);
}

#[test]
fn text_is_cleaned_and_the_raw_text_kept() {
    let mut form = Form::new();
    form.measures.rows[0].retain(|(label, _)| *label != "施策名");
    form.measures.rows[0].push(("施策名", "ＩＣＴ活用\u{3000}".into()));
    let measure = form.only_measure();
    assert_eq!(measure.name.value, "ICT活用");
    assert_eq!(measure.name.raw.as_deref(), Some("ＩＣＴ活用\u{3000}"));
    assert!(!measure.name.changes.is_empty());
}

/// Writes something into a measure's row and checks what is told of it.
fn told(edit: impl Fn(&mut rust_xlsxwriter::Worksheet) + 'static, observations: &[&str]) {
    let mut form = Form::new();
    form.measures.edit(edit);
    assert_eq!(form.observations(), observations);
}

#[test]
fn struck_text_is_told_whole_or_in_part() {
    told(
        |sheet| {
            let struck = Format::new().set_font_strikethrough();
            sheet.write_with_format(5, 5, "やめた概要", &struck).unwrap();
        },
        &["StruckText F6 やめた概要"],
    );
    told(
        |sheet| {
            let struck = Format::new().set_font_strikethrough();
            let plain = Format::new();
            let runs = [(&plain, "目標を"), (&struck, "５０"), (&plain, "７０件とする")];
            sheet.write_rich_string(5, 5, &runs).unwrap();
        },
        &["StruckText F6 ５０"],
    );
}

#[test]
fn a_row_that_is_struck_from_end_to_end_is_told_once() {
    let mut form = Form::new();
    form.measures.row("施策い", &[]);
    form.measures.edit(|sheet| {
        let struck = Format::new().set_font_strikethrough();
        for column in 0..11 {
            sheet.set_cell_format(6, column, &struck).unwrap();
        }
    });
    assert_eq!(form.observations(), ["StruckText B7 施策い"]);
}

#[test]
fn struck_text_is_left_out_where_the_settings_say_so() {
    let mut form = Form::new();
    form.measures.row("施策い", &[]);
    form.measures.edit(|sheet| {
        let (plain, struck) = (Format::new(), Format::new().set_font_strikethrough());
        let runs = [(&plain, "目標を"), (&struck, "５０"), (&plain, "７０件とする")];
        sheet.write_rich_string(5, 5, &runs).unwrap();
        sheet.write_with_format(6, 4, "施策い", &struck).unwrap();
        sheet.write_with_format(6, 5, "やめた概要", &struck).unwrap();
    });
    let mut edition = super::form::edition();
    edition.form.struck_text = StruckText::LeaveOut;
    let source = Source { name: form.file.into(), bytes: Ok(form.bytes()) };
    let intake = crate::intake::run(&edition, None, vec![source]);
    assert_eq!(intake.annex.measures[0].value(keys::OVERVIEW).value, "目標を70件とする");
    assert_eq!(
        super::form::observations(&intake.receipts[0]),
        [
            "RowWithoutName C7 1(1) 子育て支援",
            "StruckText F6 ５０",
            "StruckText E7 施策い",
            "StruckText F7 やめた概要",
        ]
    );
}

#[test]
fn superscripts_and_subscripts_are_told() {
    for script in [FormatScript::Superscript, FormatScript::Subscript] {
        let mut form = Form::new();
        form.kpis.edit(move |sheet| {
            let (plain, small) = (Format::new(), Format::new().set_font_script(script));
            let runs = [(&plain, "10"), (&small, "3"), (&plain, "人")];
            sheet.write_rich_string(5, 6, &runs).unwrap();
        });
        assert_eq!(form.only_kpi().figure(keys::CURRENT).value.printed, "103人");
        assert_eq!(form.observations(), ["RaisedText G6 3"]);
    }
}

#[test]
fn hidden_rows_columns_and_sheets_are_told_when_they_hold_data() {
    told(
        |sheet| {
            sheet.set_row_hidden(5).unwrap();
        },
        &["HiddenData A6 施策あ"],
    );
    told(
        |sheet| {
            sheet.set_row_hidden(20).unwrap();
        },
        &[],
    );
    told(
        |sheet| {
            sheet.set_column_hidden(6).unwrap();
        },
        &["HiddenData G5 施策あの目的"],
    );
    told(
        |sheet| {
            sheet.set_column_hidden(9).unwrap();
        },
        &[],
    );
    let mut form = Form::new();
    form.kpis.edit(|sheet| {
        sheet.set_hidden(true);
    });
    assert_eq!(form.observations(), ["HiddenData"]);
    assert_eq!(form.read().annex.kpis.len(), 1);
}

#[test]
fn filtered_rows_are_told_apart_from_hidden_ones() {
    told(
        |sheet| {
            sheet.autofilter(4, 0, 6, 10).unwrap();
            let filter = rust_xlsxwriter::FilterCondition::new().add_list_filter("新規");
            sheet.filter_column(1, &filter).unwrap();
            sheet.set_row_hidden(5).unwrap();
        },
        &["FilteredRows A6 施策あ"],
    );
}

#[test]
fn notes_and_boxes_are_told_with_their_text() {
    told(
        |sheet| {
            let note = Note::new("確認中です").add_author_prefix(false);
            sheet.insert_note(5, 4, &note).unwrap();
        },
        &["Note E6 確認中です"],
    );
    told(
        |sheet| {
            let shape = Shape::textbox().set_text("課長の指示により削除");
            sheet.insert_shape(7, 2, &shape).unwrap();
        },
        &["FloatingText C8 課長の指示により削除"],
    );
}

#[test]
fn pictures_lines_and_diagrams_over_the_table_are_told() {
    const SHAPE: &str = "課長の指示により削除";
    let mut form = Form::new();
    form.measures.edit(|sheet| {
        sheet.insert_shape(5, 2, &Shape::textbox().set_text(SHAPE)).unwrap();
    });
    let sound = form.bytes();
    for (what, told) in [
        (
            r#"<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="図 1"/></xdr:nvPicPr></xdr:pic>"#,
            "画像",
        ),
        (r#"<xdr:cxnSp><xdr:spPr><a:prstGeom prst="line"/></xdr:spPr></xdr:cxnSp>"#, "線"),
        (r#"<xdr:sp><xdr:spPr><a:prstGeom prst="line"/></xdr:spPr></xdr:sp>"#, "線"),
        (
            r#"<xdr:graphicFrame><a:graphicData><dgm:relIds r:dm="rId7"/></a:graphicData></xdr:graphicFrame>"#,
            "工程は\n別紙",
        ),
        (r#"<xdr:sp><xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr></xdr:sp>"#, "四角形"),
    ] {
        let bytes = super::files::rewritten(&sound, |name, text| {
            if !name.starts_with("xl/drawings/drawing") {
                return text;
            }
            let (begin, end) = (text.find("<xdr:sp ").unwrap(), text.rfind("</xdr:sp>").unwrap());
            format!("{}{what}{}", &text[..begin], &text[end + "</xdr:sp>".len()..])
        });
        let relation = r#"<Relationships><Relationship Id="rId7" Type="x/diagramData" Target="../diagrams/data1.xml"/></Relationships>"#;
        let diagram = "<dgm:dataModel><dgm:t><a:p><a:r><a:t>工程は</a:t></a:r></a:p><a:p><a:r><a:t>別紙</a:t></a:r></a:p></dgm:t></dgm:dataModel>";
        let bytes =
            super::files::with_part(&bytes, "xl/drawings/_rels/drawing1.xml.rels", relation);
        let bytes = super::files::with_part(&bytes, "xl/diagrams/data1.xml", diagram);
        let receipt = super::form::read(&[(form.file, bytes)]).receipts.remove(0);
        let expected = [format!("FloatingText C6 {told}")];
        assert_eq!(super::form::observations(&receipt), expected, "{what}");
    }
}

#[test]
fn errors_and_formulas_without_a_value_are_told() {
    for error in ["#REF!", "#N/A"] {
        told(
            move |sheet| {
                sheet.write_formula(5, 5, Formula::new("=A1").set_result(error)).unwrap();
            },
            &[&format!("ErrorValue F6 {error}")],
        );
    }
    // A newer error value, which calamine does not know.
    let mut form = Form::new();
    form.measures.edit(|sheet| {
        sheet.write_formula(5, 5, Formula::new("=A1").set_result("#N/A")).unwrap();
    });
    let bytes = super::files::rewritten(&form.bytes(), |_, text| text.replace("#N/A", "#SPILL!"));
    let intake = super::form::read(&[(form.file, bytes)]);
    assert_eq!(super::form::observations(&intake.receipts[0]), ["ErrorValue F6 #SPILL!"]);
    assert_eq!(intake.annex.measures[0].value(keys::OVERVIEW).value, "#SPILL!");
    // A text that reads the same stays as it is written.
    let mut form = Form::new();
    form.measures.edit(|sheet| {
        sheet.write_formula(5, 5, Formula::new("=A1").set_result("#N/A")).unwrap();
    });
    let bytes = super::files::rewritten(&form.bytes(), |name, text| {
        let text = text.replace("#N/A", "&#35;SPILL!");
        if !super::files::is_sheet(name) {
            return text;
        }
        let cells = text.split_inclusive("</c>").map(|cell| match cell.find("<c r=\"G6\"") {
            Some(at) => {
                let text = r##"<c r="G6" t="inlineStr"><is><t>#SPILL!</t></is></c>"##;
                format!("{}{text}", &cell[..at])
            }
            None => cell.to_owned(),
        });
        cells.collect()
    });
    let intake = super::form::read(&[(form.file, bytes)]);
    assert_eq!(intake.annex.measures[0].value(keys::OVERVIEW).value, "#SPILL!");
    assert_eq!(intake.annex.measures[0].value(keys::PURPOSE).value, "#SPILL!");
    let mut form = Form::new();
    form.measures.edit(|sheet| {
        sheet.write_formula(5, 5, "=A1").unwrap();
    });
    let bytes = super::files::without(&form.bytes(), "<v>0</v>");
    let receipt = super::form::read(&[(form.file, bytes)]).receipts.remove(0);
    assert_eq!(super::form::observations(&receipt), ["FormulaWithoutValue F6"]);
}

#[test]
fn numbers_where_words_belong_are_told_and_the_reverse() {
    told(
        |sheet| {
            sheet.write(5, 5, 5).unwrap();
        },
        &["TextAsNumber F6 5"],
    );
    told(
        |sheet| {
            sheet.write(5, 3, "１").unwrap();
        },
        &["NumberAsText D6 １"],
    );
    told(
        |sheet| {
            sheet.write(5, 3, 1).unwrap();
        },
        &[],
    );
    told(
        |sheet| {
            sheet.write(5, 3, "最初").unwrap();
        },
        &["UnknownOrder D6 最初"],
    );
    told(
        |sheet| {
            sheet.write(5, 1, "継続中").unwrap();
        },
        &["UnknownStatus B6 継続中"],
    );
    let date = Format::new().set_num_format("m\"月\"d\"日\"");
    let mut form = Form::new();
    form.kpis.edit(move |sheet| {
        sheet.write_number_with_format(5, 6, 45747, &date).unwrap();
    });
    assert_eq!(form.observations(), ["DateAsValue G6 3月31日"]);
    for (format, shown) in [("m/d", "3/31"), ("yyyy/m/d", "2025/3/31")] {
        let date = Format::new().set_num_format(format);
        let mut form = Form::new();
        form.measures.edit(move |sheet| {
            sheet.write_number_with_format(5, 5, 45747, &date).unwrap();
        });
        assert_eq!(form.observations(), [format!("DateAsText F6 {shown}")]);
    }
}

#[test]
fn a_number_whose_sign_only_a_colour_shows_is_published_with_it_and_told() {
    for (format, shown, told) in [
        ("#,##0\"人\";[Red]#,##0\"人\"", "-5", true),
        ("#,##0\"人\";[Red]▲#,##0\"人\"", "▲5人", false),
        ("#,##0\"人\";[Red]-#,##0\"人\"", "-5人", false),
    ] {
        let mut form = Form::new();
        form.kpis.edit(move |sheet| {
            let format = Format::new().set_num_format(format);
            sheet.write_number_with_format(5, 6, -5, &format).unwrap();
        });
        assert_eq!(form.only_kpi().figure(keys::CURRENT).value.printed, shown, "{format}");
        let expected = if told { vec![format!("UnshownFormat G6 {shown}")] } else { vec![] };
        assert_eq!(form.observations(), expected, "{format}");
    }
}

#[test]
fn a_format_that_hides_its_value_is_told() {
    told(
        |sheet| {
            let nothing = Format::new().set_num_format(";;;");
            sheet.write_with_format(5, 5, "見えない", &nothing).unwrap();
        },
        &["UnshownFormat F6 見えない"],
    );
}

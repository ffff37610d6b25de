//! Forms whose layout was changed: the same rows are found, or the change is told.

use rust_xlsxwriter::Format;

use super::form::{Form, check};
use crate::schema::keys;

#[test]
fn an_untouched_form_is_read_without_a_word() {
    check(|_| {}, &["施策あ"], &[]);
    let measure = Form::new().only_measure();
    assert_eq!(measure.value(keys::OVERVIEW).value, "施策あの概要");
    assert_eq!(
        measure.value(keys::OVERVIEW).at.to_string(),
        "01_総務部.xlsx「様式１　個別施策」F6"
    );
    assert_eq!(measure.value(keys::OVERVIEW).raw, None);
    assert_eq!(measure.owners[0].section, "広報課");
    assert_eq!(measure.id.0, "R7-001");
    let kpi = Form::new().only_kpi();
    assert_eq!(kpi.measures[0].measure, Some(measure.entry.id));
    assert_eq!(kpi.figure(keys::TARGET).value.readings[0].number, Some(80.0));
    assert_eq!(kpi.id.0, "R7-K01");
}

#[test]
fn a_table_is_found_wherever_it_stands() {
    check(
        |form| form.measures.above.extend([vec![], vec!["お願い"], vec![]]),
        &["施策あ"],
        &["TextOutside A6 お願い"],
    );
    check(|form| form.measures.name = "Sheet1", &["施策あ"], &[]);
    check(
        |form| {
            form.measures.header.reverse();
            form.kpis.header.reverse();
        },
        &["施策あ"],
        &[],
    );
    check(|form| form.measures.header.insert(0, ""), &["施策あ"], &[]);
}

#[test]
fn labels_over_two_rows_count_through_their_merged_cells() {
    let mut form = Form::new();
    form.measures.above.push(vec![]);
    let row = form.measures.header_row();
    form.measures.edit(move |sheet| {
        for (column, label) in [(0, "施策ID"), (1, "区分"), (2, "分野"), (4, "施策名")] {
            sheet.merge_range(row - 1, column, row, column, label, &Format::new()).unwrap();
        }
        sheet.merge_range(row - 1, 5, row - 1, 6, "施策の内容", &Format::new()).unwrap();
    });
    assert_eq!(form.observations(), [""; 0]);
    assert_eq!(form.names(), ["施策あ"]);
}

#[test]
fn labels_are_found_under_other_words() {
    check(
        |form| {
            form.measures.rows[0].push(("事業名", "施策い".into()));
            form.measures.header[4] = "事業名";
        },
        &["施策い"],
        &[],
    );
    check(
        |form| {
            form.measures.rows[0].push(("施策名（正式）", "施策う".into()));
            form.measures.header[4] = "施策名（正式）";
        },
        &["施策う"],
        &["LabelHung E5 施策名（正式）"],
    );
}

#[test]
fn a_column_that_is_not_the_forms_is_told() {
    let extra = |label: &'static str| {
        move |form: &mut Form| {
            form.measures.header.push(label);
            form.measures.rows[0].push((label, "100千円".into()));
        }
    };
    check(extra("予算額"), &["施策あ"], &["UnknownColumn L5 予算額"]);
    check(|form| form.measures.header.push("予算額"), &["施策あ"], &[]);
    check(
        extra("施策名"),
        &["施策あ"],
        &["ColumnTwice L5 施策名、施策名", "UnknownColumn L6 施策あ"],
    );
}

#[test]
fn a_missing_column_or_table_is_told() {
    check(|form| form.measures.header[6] = "", &["施策あ"], &["ColumnMissing A5"]);
    check(
        |form| form.measures.header[4] = "",
        &[],
        &["ColumnMissing A5", "RowWithoutName C6 1(1) 子育て支援"],
    );
    check(
        |form| form.kpis.header.clear(),
        &["施策あ"],
        &["SheetMissing", "SheetNotRead A1 調査票"],
    );
}

#[test]
fn samples_notes_and_spare_rows_are_no_data() {
    for mark in ["（例）", "(例)", "（ 例 ）", "例", "記入例", "例２", "（例1）", "【例】", "※例"]
    {
        let told = format!("SampleSkipped A7 {mark}");
        let told =
            if mark.contains(['（', '(']) && !mark.contains('1') { vec![] } else { vec![&*told] };
        let marked = |form: &mut Form| {
            form.measures.row("○○の運用", &[("施策ID", mark)]);
        };
        check(marked, &["施策あ"], &told);
        let name = format!("{mark}：○○の運用");
        let told = format!("SampleSkipped E7 {name}");
        let before = |form: &mut Form| {
            form.measures.row(&name, &[]);
        };
        check(before, &["施策あ"], &[&told]);
    }
    check(
        |form| {
            form.measures.row("（記入例）広報紙の配信", &[]);
        },
        &["施策あ"],
        &["SampleOverwritten E7 （記入例）広報紙の配信"],
    );
    for note in ["※行が足りなければ足してください。", "注１　略称は使わない。", "注）", "　※1"]
    {
        let told = format!("TextOutside A9 {}", note.trim());
        let told = if note.contains('1') { vec![] } else { vec![told.as_str()] };
        check(|form| form.measures.below = vec![vec![], vec![], vec![note]], &["施策あ"], &told);
    }
    check(
        |form| form.measures.below = vec![vec!["R7-009", "継続", "", "", "", "", "", "総務部"]],
        &["施策あ"],
        &[],
    );
    check(
        |form| {
            form.measures.row("注文の電子化", &[]);
        },
        &["施策あ", "注文の電子化"],
        &[],
    );
    check(
        |form| {
            form.measures.below = vec![vec![], vec![]];
            form.measures.edit(|sheet| {
                sheet.set_row_format(40, &Format::new().set_bold()).unwrap();
                sheet.write_blank(41, 4, &Format::new().set_bold()).unwrap();
            });
        },
        &["施策あ"],
        &[],
    );
}

#[test]
fn a_row_with_data_but_no_name_is_told() {
    check(
        |form| {
            form.measures.row("", &[]);
        },
        &["施策あ"],
        &["RowWithoutName C7 1(1) 子育て支援"],
    );
    check(
        |form| form.measures.below = vec![vec!["【広報課分】"]],
        &["施策あ"],
        &["RowWithoutName A7 【広報課分】"],
    );
}

#[test]
fn merged_cells_count_for_every_row_they_cover() {
    let mut form = Form::new();
    form.measures.row("施策い", &[("担当課室", ""), ("分野", "")]);
    form.measures.row("施策う", &[("担当課室", ""), ("分野", "")]);
    form.measures.edit(|sheet| {
        sheet.merge_range(5, 8, 7, 8, "広報課", &Format::new()).unwrap();
        sheet.merge_range(5, 2, 7, 2, "1(1) 子育て支援", &Format::new()).unwrap();
    });
    assert_eq!(form.observations(), ["MergedCells C6 C6:C8", "MergedCells I6 I6:I8"]);
    let annex = form.read().annex;
    assert_eq!(annex.outline[0].headings[0].listings.len(), 3);
    assert!(
        annex.measures.iter().all(|m| m.owners.len() == 1 && m.section.at.cell.unwrap().row == 5)
    );
}

#[test]
fn an_entry_over_two_merged_rows_counts_once() {
    let mut form = Form::new();
    form.measures.edit(|sheet| {
        for (column, text) in [
            (2, "1(1) 子育て支援"),
            (4, "施策あ"),
            (5, "概要"),
            (6, "目的"),
            (7, "総務部"),
            (8, "広報課"),
        ] {
            sheet.merge_range(5, column, 6, column, text, &Format::new()).unwrap();
        }
        sheet.merge_range(5, 1, 6, 1, "継続", &Format::new()).unwrap();
    });
    assert_eq!(form.names(), ["施策あ"]);
}

#[test]
fn a_header_that_comes_again_starts_the_table_anew() {
    let header = Form::new().measures.header;
    let row = vec!["", "継続", "1(1)", "", "施策い", "概要", "目的", "総務部", "広報課"];
    check(|form| form.measures.below = vec![vec![], header, row], &["施策あ", "施策い"], &[]);
}

#[test]
fn what_stands_above_the_table_is_read() {
    for line in
        [vec!["部局名", "総務部"], vec!["部局名：総務部"], vec!["", "部 局 名", "", "総務部"]]
    {
        let mut form = Form::new();
        form.file = "提出.xlsx";
        form.measures.above[1] = line;
        form.measures.above[2] = vec!["提出回", "第２回"];
        let receipt = form.read().receipts.remove(0);
        assert_eq!(receipt.department.as_deref(), Some("総務部"));
        assert_eq!(receipt.round, Some(2));
    }
    let mut form = Form::new();
    form.measures.above[1] = vec!["部局名", "総務局"];
    form.kpis.above[1] = vec![];
    assert_eq!(form.observations(), ["UnknownDepartment B2 総務局"]);
    assert_eq!(form.read().receipts[0].department.as_deref(), Some("総務部"));
}

#[test]
fn a_form_of_another_edition_is_told() {
    let mut form = Form::new();
    form.stamp = Some(("R7", "1"));
    assert_eq!(form.observations(), [""; 0]);
    // However wide the letters are: a setting in full width is no fault of the forms.
    form.stamp = Some(("Ｒ７", "1"));
    assert_eq!(form.observations(), [""; 0]);
    form.stamp = Some(("R6", "1"));
    assert_eq!(form.observations(), ["OtherEdition R6 様式の版 1"]);
}

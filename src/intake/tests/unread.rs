//! What a form says where nobody reads it, or says in a way that would be read wrongly: it is told.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook};

use super::form::{Form, check, observations, read};
use crate::intake::{self, Source};
use crate::model::{Measure, Outcome, RIGHTS_MANAGED};

#[test]
fn the_sample_is_known_without_its_mark() {
    check(
        |form| {
            form.measures.row("○○手続のオンライン化", &[]);
            let own = [("現状値", "48.0%"), ("KPI ID", "R7-K09")];
            form.kpis.row("○○手続のオンライン利用率（％）", &own);
        },
        &["施策あ"],
        &[
            "SampleSkipped E7 ○○手続のオンライン化",
            "SampleSkipped E7 ○○手続のオンライン利用率（％）",
        ],
    );
    check(
        |form| {
            form.measures.row("○○手続のオンライン化", &[("施策ID", "R7-002")]);
        },
        &["施策あ"],
        &["SampleSkipped E7 ○○手続のオンライン化"],
    );
    // With words of one's own beside the name it is read, and the name is told of.
    check(
        |form| {
            form.measures
                .row("○○手続のオンライン化", &[("概要（D：デジタルで）", "申請を受ける。")]);
        },
        &["施策あ", "○○手続のオンライン化"],
        &[],
    );
}

#[test]
fn what_says_that_there_is_nothing_is_no_entry() {
    for word in ["該当なし", "なし", "（該当なし）", "特になし", "N/A"] {
        let told = format!("NothingRow A7 {word}");
        check(|form| form.measures.below = vec![vec![word]], &["施策あ"], &[&told]);
        let told = format!("NothingRow E7 {word}");
        let named =
            vec!["", "継続", "1(1) 子育て支援", "－", word, "―", "", "総務部", "広報課", "-"];
        check(|form| form.measures.below = vec![named.clone()], &["施策あ"], &[&told]);
    }
    let dashes = vec!["－"; 11];
    check(|form| form.measures.below = vec![dashes.clone()], &["施策あ"], &[]);
    for end in ["以上", "（以上）", "以下余白", "（注）速報値である。", "【注】速報値"]
    {
        let told = format!("TextOutside A7 {end}");
        check(|form| form.measures.below = vec![vec![end]], &["施策あ"], &[&told]);
    }
    check(
        |form| {
            form.measures.rows[0].extend([
                ("施策ID", "－".to_owned()),
                ("掲載順", "なし".to_owned()),
                ("再掲分野", "該当なし".to_owned()),
                ("備考", "特になし".to_owned()),
            ]);
        },
        &["施策あ"],
        &[
            "NothingSaid A6 －",
            "NothingSaid D6 なし",
            "NothingSaid J6 該当なし",
            "NothingSaid K6 特になし",
        ],
    );
}

#[test]
fn a_heading_between_the_rows_is_the_place_of_those_that_name_none() {
    let mut form = Form::new();
    form.measures.rows.clear();
    let heading = |form: &mut Form, text: &str| {
        let row = form.measures.header_row() + 1 + form.measures.rows.len() as u32;
        let text = text.to_owned();
        form.measures.rows.push(vec![("施策ID", text.clone())]);
        form.measures.edit(move |sheet| {
            sheet.merge_range(row, 0, row, 10, &text, &Format::new()).expect("a region");
        });
    };
    heading(&mut form, "１　暮らしのDX");
    form.measures.row("施策い", &[("分野", "（２）")]);
    heading(&mut form, "（１）子育て支援");
    form.measures.row("施策う", &[("分野", "")]);
    form.measures.row("施策え", &[("分野", "3(6)")]);
    heading(&mut form, "総務課の施策");
    form.measures.row("施策お", &[("分野", "")]);
    let said = |m: Measure| {
        let id = m.entry.category.value.map(|id| id.to_string()).unwrap_or_default();
        format!("{} {id}", m.entry.name.value)
    };
    let mut places: Vec<String> = form.read().annex.measures.into_iter().map(said).collect();
    places.sort_unstable();
    assert_eq!(places, ["施策い 1(2)", "施策う 1(1)", "施策え 3(6)", "施策お 1(1)"]);
    assert_eq!(
        form.observations(),
        [
            "GroupHeading A6 １　暮らしのDX",
            "GroupHeading A8 （１）子育て支援",
            "TextOutside A11 総務課の施策",
        ]
    );
}

#[test]
fn an_entry_written_over_the_sample_is_told() {
    check(
        |form| {
            form.measures.row("施策い", &[("施策ID", "（例）")]);
        },
        &["施策あ"],
        &["SampleOverwritten A7 施策い"],
    );
    // A column before the id makes no difference.
    check(
        |form| {
            form.measures.header.insert(0, "No");
            form.measures.rows[0].push(("No", "1".into()));
            form.measures.row("施策い", &[("No", "2"), ("施策ID", "（例）")]);
        },
        &["施策あ"],
        &["SampleOverwritten B7 施策い", "UnknownColumn A5 No"],
    );
}

#[test]
fn a_missing_column_of_ids_is_told() {
    check(|form| form.measures.header[0] = "", &["施策あ"], &["ColumnMissing B5"]);
}

#[test]
fn a_second_column_that_resembles_a_field_is_told() {
    let side_by_side = |own: usize, first: &'static str, second: &'static str| {
        move |form: &mut Form| {
            form.kpis.header[own] = first;
            form.kpis.header.push(second);
            form.kpis.rows[0].extend([(first, "50%".into()), (second, "60%".into())]);
        }
    };
    check(
        side_by_side(7, "目標値", "目標値（修正後）"),
        &["施策あ"],
        &["ColumnTwice J5 目標値、目標値（修正後）", "UnknownColumn J5 目標値（修正後）"],
    );
    check(
        side_by_side(6, "現状値（R5）", "現状値（R6）"),
        &["施策あ"],
        &[
            "LabelHung G5 現状値（R5）",
            "ColumnTwice J5 現状値（R5）、現状値（R6）",
            "UnknownColumn J5 現状値（R6）",
        ],
    );
    check(
        |form| {
            form.measures.header[4] = "旧施策名";
            form.measures.header.push("新施策名");
            let texts = [("旧施策名", "施策あ".into()), ("新施策名", "施策い".into())];
            form.measures.rows[0].extend(texts);
        },
        &["施策あ"],
        &[
            "LabelAlike E5 旧施策名",
            "ColumnTwice L5 旧施策名、新施策名",
            "UnknownColumn L5 新施策名",
        ],
    );
    check(|form| form.kpis.header.push("目標値（修正後）"), &["施策あ"], &[]);
    check(side_by_side(7, "目標値", "前回の現状値（参考）"), &["施策あ"], &[]);
}

#[test]
fn an_entry_that_begins_with_the_sign_of_a_note_is_read() {
    check(
        |form| {
            form.measures.header[..4].fill("");
            form.measures.below = vec![
                vec!["", "", "", "", "※DX推進の新施策", "概要"],
                vec!["", "", "", "", "※施策のみ"],
            ];
        },
        &["施策あ", "※DX推進の新施策"],
        &[
            "ColumnMissing E5",
            "ColumnMissing E5",
            "ColumnMissing E5",
            "ColumnMissing E5",
            "TextOutside E8 ※施策のみ",
        ],
    );
}

#[test]
fn texts_around_a_table_are_told() {
    check(
        |form| {
            form.measures.above[3] = vec!["", "", "★全て仮の値です"];
            form.measures.edit(|sheet| {
                sheet.write(6, 13, "右の覚書").unwrap();
                sheet.write(8, 13, 12).unwrap();
            });
            form.measures.below = vec![vec![], vec!["※2行目は廃止"]];
        },
        &["施策あ"],
        &[
            "TextOutside C4 ★全て仮の値です",
            "TextOutside N7 右の覚書",
            "TextOutside A8 ※2行目は廃止",
        ],
    );
    check(
        |form| {
            form.measures.above[0] = vec!["ポリシー　別冊　様式１　個別施策調査票"];
            form.measures.above[1] =
                vec!["部局名", "総務部", "", "", "", crate::schema::form::FILL_HINT];
            form.measures.above[3] = vec!["提出回", "1", crate::schema::form::ROUND_HINT];
        },
        &["施策あ"],
        &[],
    );
}

#[test]
fn sheets_that_are_not_read_are_told() {
    let told = |name: &str, rows: &[&[&str]]| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*cells) {
                sheet.write(row, column, *text).unwrap();
            }
        }
        let bytes = book.save_to_buffer().unwrap();
        observations(&read(&[("01_総務部.xlsx", bytes)]).receipts[0])
    };
    let header: &[&str] =
        &["区分", "分野", "施策名", "概要", "目的", "担当課室", "施策ID", "掲載順", "再掲分野"];
    let row: &[&str] = &["新規", "1(1)", "施策い", "概要", "目的", "広報課"];
    let sample: &[&str] = &["新規", "1(1)", "○○の整備", "概要", "目的", "広報課"];
    let missing = ["SheetMissing"];
    for (name, rows, expected) in [
        ("メモ", &[&["", "打合せの記録"] as &[&str]] as &[_], Some("SheetNotRead B1 打合せの記録")),
        ("様式１（記入例の続き）", &[header, row], Some("SheetNotRead C2 施策い")),
        ("記入例", &[header, sample], None),
        ("記入要領", &[&["１　記入の手順"]], None),
        ("選択肢", &[&["継続"]], None),
        ("点検結果", &[&["指摘"]], None),
        ("Sheet2", &[], None),
    ] {
        let expected: Vec<&str> = missing.into_iter().chain(expected).collect();
        assert_eq!(told(name, rows), expected, "{name}");
    }
}

#[test]
fn headings_that_differ_are_told() {
    check(
        |form| form.kpis.above[1] = vec!["部局名", "企画部"],
        &["施策あ"],
        &["DepartmentDiffers B2 企画部"],
    );
    check(
        |form| {
            form.measures.above[2] = vec!["基準日", "2025/1/31"];
            form.kpis.above[2] = vec!["基準日", "令和6年1月"];
        },
        &["施策あ"],
        &["AsOfDiffers B3 令和6年1月"],
    );
}

#[test]
fn a_hint_is_no_department() {
    let blank = |form: &mut Form| {
        let line = vec!["部局名", "", "", "", "", crate::schema::form::FILL_HINT];
        form.measures.above[1].clone_from(&line);
        form.kpis.above[1] = line;
    };
    check(blank, &["施策あ"], &["UnknownDepartment B2"]);
    let mut form = Form::new();
    blank(&mut form);
    form.file = "提出.xlsx";
    assert_eq!(form.observations(), ["UnknownDepartment B2"]);
    assert_eq!(form.read().receipts[0].department, None);
}

#[test]
fn an_order_of_zero_is_told_and_not_used() {
    let mut form = Form::new();
    form.measures.row("施策い", &[("掲載順", "0")]);
    assert_eq!(form.observations(), ["UnknownOrder D7 0"]);
    assert_eq!(form.names(), ["施策あ", "施策い"]);
}

#[test]
fn which_of_two_files_is_newer_is_undecided_where_a_round_is_no_number() {
    let bytes = |round: &'static str| {
        let mut form = Form::new();
        form.measures.above[3] = vec!["提出回", round];
        form.bytes()
    };
    let intake =
        read(&[("01_総務部.xlsx", bytes("8")), ("01_総務部（修正）.xlsx", bytes("R7.1.20"))]);
    let outcomes: Vec<_> = intake.receipts.iter().map(|receipt| receipt.outcome).collect();
    assert_eq!(outcomes, [Outcome::Read, Outcome::Superseded]);
    assert_eq!(observations(&intake.receipts[0]), ["SecondFile 提出回 不明"]);
    assert_eq!(
        observations(&intake.receipts[1]),
        ["UnknownRound B4 R7.1.20", "SecondFile 提出回 不明"],
    );
}

#[test]
fn of_a_file_that_a_newer_one_replaces_only_that_is_told() {
    let bytes = |round: &'static str, is_faulty: bool| {
        let mut form = Form::new();
        form.measures.above[3] = vec!["提出回", round];
        if is_faulty {
            form.measures.row("施策い", &[("分野", "9(9) 誰も知らない"), ("掲載順", "後")]);
            form.measures.row("", &[]);
            form.measures.edit(|sheet| {
                let struck = rust_xlsxwriter::Format::new().set_font_strikethrough();
                sheet.write_with_format(5, 5, "やめた概要", &struck).unwrap();
            });
        }
        form.bytes()
    };
    let alone = read(&[("01_総務部.xlsx", bytes("1", true))]);
    assert!(observations(&alone.receipts[0]).len() > 2, "{:?}", alone.receipts[0].observations);
    let both = [("01_総務部.xlsx", bytes("1", true)), ("01_総務部（2）.xlsx", bytes("2", false))];
    let intake = read(&both);
    assert_eq!(observations(&intake.receipts[0]), ["SecondFile 提出回 1"]);
    assert_eq!(observations(&intake.receipts[1]), [""; 0]);
    assert_eq!(intake.annex.measures.len(), 1);
}

#[test]
fn files_of_the_system_are_passed_over() {
    let names = ["Thumbs.db", "desktop.ini", ".DS_Store", "._01_総務部.xlsx", "01_総務部.xlsx"];
    let sources = names.map(|name| Source { name: name.into(), bytes: Ok(Form::new().bytes()) });
    let intake = intake::run(&super::form::edition(), None, sources.into());
    let files: Vec<&str> = intake.receipts.iter().map(|receipt| &*receipt.file).collect();
    assert_eq!(files, ["01_総務部.xlsx"]);
}

#[test]
fn a_workbook_under_rights_management_is_told_from_one_with_a_password() {
    let container = |storages: &[&str], streams: &[&str]| {
        let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("one");
        for storage in storages {
            container.create_storage_all(storage).expect("a storage");
        }
        for stream in streams {
            let mut stream = container.create_stream(stream).expect("a stream");
            stream.write_all(&[7; 64]).expect("bytes");
        }
        container.flush().expect("a container");
        container.into_inner().into_inner()
    };
    let transform = "/\u{6}DataSpaces/TransformInfo/DRMEncryptedTransform";
    for bytes in [
        container(&[transform], &["/EncryptedPackage"]),
        container(&[transform], &["/EncryptedPackage", "/EncryptionInfo"]),
        container(&["/\u{6}DataSpaces/DataSpaceInfo"], &["/EncryptedPackage"]),
        container(&[], &["/\u{9}DRMContent", "/Workbook"]),
    ] {
        let receipt = read(&[("01_総務部.xlsx", bytes)]).receipts.remove(0);
        assert_eq!(observations(&receipt), [format!("Encrypted {RIGHTS_MANAGED}")]);
        assert_eq!(receipt.outcome, Outcome::Unreadable);
    }
    let password = container(&[], &["/EncryptedPackage", "/EncryptionInfo"]);
    let receipt = read(&[("01_総務部.xlsx", password)]).receipts.remove(0);
    assert!(!observations(&receipt)[0].contains(RIGHTS_MANAGED), "{receipt:?}");
}

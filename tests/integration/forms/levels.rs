//! The drop-downs of the levels: each offers what stands under the headings that the columns
//! before it name, in the words of a person.

use bessatsu::edition::{self, Edition};
use bessatsu::forms;
use bessatsu::schema::{Role, Table};

use super::{elements, part, sheet_part};
use crate::support::program::root;
use crate::support::{office, pipeline, planted, repacked};

/// The first row to fill in.
const FIRST: usize = 8;
/// Excel takes no longer formula for a drop-down.
const LONGEST: usize = 255;

fn parsed(text: &str) -> Edition {
    let (edition, findings) = edition::parse("edition.toml", text);
    assert!(findings.is_empty(), "{findings:#?}");
    edition.expect("settings")
}

fn of_shape(name: &str) -> Edition {
    let path = root().join("tests/editions").join(name).join("edition.toml");
    parsed(&std::fs::read_to_string(path).expect("settings"))
}

fn blank(edition: &Edition) -> Vec<u8> {
    forms::write(edition, &edition.departments[0], None).into_bytes().expect("a form")
}

/// The formulas of a sheet's drop-downs with the letters of their columns.
fn sources(form: &[u8], table: Table) -> Vec<(String, String)> {
    let lists = elements(&part(form, sheet_part(table)), "dataValidation").into_iter();
    let lists = lists.filter(|(at, _)| at.get("type").is_some_and(|kind| kind == "list"));
    let of = |at: &str| -> String { at.chars().take_while(char::is_ascii_alphabetic).collect() };
    lists.map(|(at, text)| (of(&at["sqref"]), elements(&text, "formula1").remove(0).1)).collect()
}

/// The letters of the columns that name the place of a measure, the topmost level first.
fn letters(edition: &Edition) -> Vec<String> {
    let columns = edition.schema.columns(Table::Measures).iter().enumerate();
    let places = columns
        .filter(|(_, c)| matches!(c.role, Role::Place | Role::Above { .. }))
        .map(|(at, _)| at);
    places.map(|at| char::from(b'A' + at as u8).to_string()).collect()
}

/// What LibreOffice finds in the list of each column for what stands in the columns: the number of
/// its items and the first of them.
fn offered(edition: &Edition, rows: &[&[&str]]) -> Option<Vec<Vec<String>>> {
    let form = blank(edition);
    let letters = letters(edition);
    let sources = sources(&form, Table::Measures);
    let formula = |letter: &String| {
        let (_, formula) = sources.iter().find(|(of, _)| of == letter).expect("a drop-down");
        formula.replace("&quot;", "\"").replace("&amp;", "&")
    };
    let formulas: Vec<String> = letters.iter().map(formula).collect();
    let form = repacked::with_part(&form, sheet_part(Table::Measures), |xml| {
        for (at, row) in rows.iter().enumerate() {
            let number = FIRST + at;
            for (letter, text) in letters.iter().zip(*row).filter(|(_, text)| !text.is_empty()) {
                let begin = xml.find(&format!("<c r=\"{letter}{number}\"")).expect("a cell");
                let end = begin + xml[begin..].find("/>").expect("an empty cell");
                let open = xml[begin..end].to_owned();
                let cell = format!(
                    "{open} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                );
                xml.replace_range(begin..end + 2, &cell);
            }
            let begin = xml.find(&format!("<row r=\"{number}\"")).expect("a row");
            let end = begin + xml[begin..].find("</row>").expect("its end");
            let cells = ["AA", "AB", "AC", "AD"].iter().zip(&formulas).map(|(letter, formula)| {
                let of = formula.replace(&format!("{FIRST})"), &format!("{number})"));
                let of = format!("ROWS({of})&\" \"&INDEX({of},1)");
                let of = of.replace('&', "&amp;").replace('"', "&quot;");
                format!("<c r=\"{letter}{number}\" t=\"str\"><f>{of}</f><v></v></c>")
            });
            let cells: String = cells.collect();
            xml.insert_str(end, &cells);
        }
    });
    let sheets = office::sheets(&form)?;
    let shown = &sheets[edition.schema.words.sheet(Table::Measures)];
    let row = |at: usize| -> Vec<String> {
        shown[FIRST - 1 + at].iter().skip(26).take(letters.len()).cloned().collect()
    };
    Some((0..rows.len()).map(row).collect())
}

#[test]
fn a_level_offers_what_stands_under_the_heading_before_it_however_that_is_called() {
    let edition = of_shape("levels");
    let one = ["健やかに暮らせるまち", "生涯を通じた健康づくり", "医療と介護の連携"];
    let rows: [(&[&str], [&str; 2]); 11] = [
        (&["", "", ""], ["4 政策(1)", "6 施策の展開①　健診"]),
        (&["基本目標Ⅰ　健やかに暮らせるまち", "", ""], ["3 政策(1)", "4 施策の展開①　健診"]),
        (&[one[0], "", ""], ["3 政策(1)", "4 施策の展開①　健診"]),
        (&["安心して暮らせるまち", "", ""], ["3 政策(1)", "4 施策の展開①　健診"]),
        (&["基本目標Ⅱ ", "", ""], ["1 政策(6)", "2 施策の展開①　デジタル"]),
        (
            &["基本目標Ⅰ", "政策（１）生涯を通じた健康づくり", ""],
            ["3 政策(1)", "2 施策の展開①　健診"],
        ),
        (&["基本目標Ⅰ", "政策(２)", ""], ["3 政策(1)", "1 施策の展開①　在宅"]),
        (&["", one[2], ""], ["4 政策(1)", "1 施策の展開①　在宅"]),
        (&["", one[1], ""], ["4 政策(1)", "2 施策の展開①　健診"]),
        // Nothing is guessed of what is not known, or contradicts.
        (&["別のまち", "", ""], ["4 政策(1)", "6 施策の展開①　健診"]),
        (&["基本目標Ⅰ", "政策(6)", ""], ["3 政策(1)", "6 施策の展開①　健診"]),
    ];
    let said: Vec<&[&str]> = rows.iter().map(|(said, _)| *said).collect();
    let Some(offered) = offered(&edition, &said) else { return };
    for ((said, expected), offered) in rows.iter().zip(offered) {
        assert_eq!(offered[0], "2 基本目標Ⅰ　健やかに暮らせるまち");
        for (expected, offered) in expected.iter().zip(&offered[1..]) {
            assert!(offered.starts_with(expected), "{said:?}: {offered} for {expected}");
        }
    }
}

/// An edition whose upper level may hold measures itself.
const OPEN: &str = r#"
[edition]
id = "R8"
year = 2026
title = "計画"
period = "2026"
first-year = 2026
last-year = 2026
volume = "別冊"
version = "第1版"
chapter = "施策"

[kpi]
note = ""

[colophon]
issued = "令和8年3月"
issuer = "あおば県"

[form]
as-of = "令和8年1月"
version = "1"

[[level]]
word = "章"
number = "{1}"
measures = true
column = true

[[level]]
word = "節"
number = "({1})"
measures = true

[[heading]]
title = "総論"

[[heading]]
title = "各論"

[[heading.heading]]
title = "水"

[[department]]
name = "企画部"
sections = ["計画課"]
"#;

#[test]
fn a_heading_with_nothing_below_it_offers_a_word_for_nothing_which_is_read_so() {
    let edition = parsed(OPEN);
    let rows: [&[&str]; 2] = [&["1 総論", ""], &["2 各論", ""]];
    if let Some(offered) = offered(&edition, &rows) {
        assert_eq!(offered[0][1], "1 －");
        assert_eq!(offered[1][1], "1 (1) 水");
    }
    let text = "\n== 01_企画部.xlsx\nstamp R8 1\n-- 様式１　個別施策\n\
        1: 部局名 | 企画部 | 基準日 | 令和8年1月\n\
        3: 施策ID | 区分 | 章 | 節 | 掲載順 | 施策名 | 概要 | 目的 | 担当部局 | 担当課室 | 再掲節 | 備考\n\
        4: | 新規 | 1 総論 | － | | 進行の管理 | 管理する。 | 進める。 | 企画部 | 計画課\n\
        5: | 新規 | 2 各論 | (1) 水 | | 水源の森 | 守る。 | 残す。 | 企画部 | 計画課\n";
    let intake = bessatsu::intake::run(&edition, None, planted::sources(text));
    let place = |name: &str| {
        let measure = intake.annex.measures.iter().find(|m| m.name.value == name).expect(name);
        measure.category.value.map(|id| id.to_string())
    };
    assert_eq!(place("進行の管理").as_deref(), Some("1"));
    assert_eq!(place("水源の森").as_deref(), Some("2(1)"));
    let findings = pipeline::findings(&edition, None, &intake, &|_| true);
    let about: Vec<_> =
        findings.iter().filter(|f| matches!(f.rule.code, "E601" | "E602")).collect();
    assert!(about.is_empty(), "{about:#?}");
}

#[test]
fn excel_takes_every_formula_of_a_drop_down() {
    for name in ["levels", "four-levels", "indicators"] {
        let edition = of_shape(name);
        let form = blank(&edition);
        for number in 2..4 {
            let xml = repacked::part(&form, &format!("xl/worksheets/sheet{number}.xml"));
            for (_, text) in elements(&xml, "dataValidation") {
                for (_, formula) in elements(&text, "formula1") {
                    let formula = formula.replace("&quot;", "\"").replace("&amp;", "&");
                    assert!(formula.chars().count() <= LONGEST, "{name}: {formula}");
                }
            }
        }
    }
}

/// What a check of a period takes without asking, as LibreOffice reckons it.
#[test]
fn a_period_is_checked_as_a_year_is() {
    let edition = of_shape("four-levels");
    let form = blank(&edition);
    let xml = part(&form, sheet_part(Table::Measures));
    let custom = elements(&xml, "dataValidation").into_iter().find(|(at, _)| {
        at.get("type").is_some_and(|kind| kind == "custom") && at["errorStyle"] == "warning"
    });
    let (at, text) = custom.expect("a check of the period");
    assert!(at["error"].contains("期間"), "{at:?}");
    let formula = elements(&text, "formula1").remove(0).1;
    let cell = at["sqref"].split(':').next().expect("a cell").to_owned();
    let texts = ["R7-R9", "令和7～9年度", "2025～", "～R9", " R8", "通年", "来年度から", "12"];
    let expected = [true, true, true, true, true, false, false, false];
    let letter = cell.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let form = repacked::with_part(&form, sheet_part(Table::Measures), |xml| {
        for (at, text) in texts.iter().enumerate() {
            let number = FIRST + at;
            let begin = xml.find(&format!("<c r=\"{letter}{number}\"")).expect("a cell");
            let end = begin + xml[begin..].find("/>").expect("an empty cell");
            let open = xml[begin..end].to_owned();
            xml.replace_range(
                begin..end + 2,
                &format!(
                    "{open} t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                ),
            );
            let row = xml.find(&format!("<row r=\"{number}\"")).expect("a row");
            let end = row + xml[row..].find("</row>").expect("its end");
            let of = formula.replace(&cell, &format!("{letter}{number}"));
            xml.insert_str(
                end,
                &format!("<c r=\"AA{number}\" t=\"str\"><f>IF({of},\"y\",\"n\")</f><v></v></c>"),
            );
        }
    });
    let Some(sheets) = office::sheets(&form) else { return };
    let shown = &sheets[edition.schema.words.sheet(Table::Measures)];
    for (at, (text, expected)) in texts.iter().zip(expected).enumerate() {
        let told = shown[FIRST - 1 + at][26].as_str();
        assert_eq!(told, if expected { "y" } else { "n" }, "{text}");
    }
}

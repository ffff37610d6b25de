//! The settings of the edition after this one, as a text to go on from.
//!
//! The text is edited in place, so the secretariat's comments and order stay. What only they can
//! know (a new plan, the day of a deadline) is moved on as far as it can be, and asked in a comment
//! behind its line: see [`crate::text::confirm`].

mod edits;
mod years;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::limits::SETTINGS_BYTES;
use crate::text::era;
use years::{first_version, moved_on};

pub(super) use edits::Edits;
pub use years::names_year;

/// Tables that speak of one year's forms and pages.
const DROPPED: [&str; 2] = ["[[accept]]", "[[page-break]]"];

/// What speaks of a year's own entries and files, or of the plan, and is no text of this year.
const LASTING: [&str; 15] = [
    "previous",
    "templates",
    "period",
    "accept",
    "page-break",
    "kpi-direction",
    "kpi-value",
    "department",
    "joint",
    "formerly",
    "synonyms",
    "key",
    "after",
    "under",
    "file",
];

/// What is asked before the departments; the table of the reorganisation answers it.
pub(super) const OWNERS: &str = "部局、課室、見出しの再編。あれば再編表（reorganisation.xlsx）に書いて bessatsu forms に --reorganisation で渡してください（この行も消えます）。なければ、この行を消してください";

/// What is asked of the lines of a next edition.
mod asked {
    pub const YEAR: &str = "版の年度。1年進めました";
    pub const ID: &str = "版の略称。この版のものに改めてください";
    pub const VERSION: &str = "版の番号。改訂の番号を最初に戻しました";
    pub const PLAN: &str = "この版の年度が計画期間の後です。新しい計画のものに改めてください";
    pub const DATE: &str = "日付。1年進め、曜日は除きました。この版の日付に改めてください";
    pub const NOTE: &str = "注の年度。1年進めました";
    pub const PAST: &str = "年度の入った文章。前の版のままです";
    pub const LABEL: &str = "新しく記入してもらう欄の年度。1年進めました";
    pub const REPORT: &str = "報告する年度。1年進めました";
    pub const LEFT: &str = "前の年度の語があります。この版でもよいか確かめてください";
    pub const CHAPTER: &str = "この文章に前の年度の語があります。文章も書き改めてください";
}

/// The settings in `text` moved on by a year: id, year, version, and the dates of form, note and
/// colophon. `previous` is the `annex.json` of the edition that `text` belongs to, as seen from the
/// new one, and `dated` are the files of its chapters that name its year. `None` where the text is
/// not TOML or has no `[edition]` with a year.
pub fn next(text: &str, previous: &str, dated: &[&str]) -> Option<String> {
    let root = DeTable::parse(text).ok()?;
    let root = root.get_ref();
    let edition = root.get("edition")?.get_ref().as_table()?;
    let year = edition.get("year")?;
    let number: i32 = year.get_ref().as_integer()?.as_str().parse().ok()?;
    let mut edits = Edits::new(text);
    edits.put_and_ask(year.span(), (number + 1).to_string(), asked::YEAR);
    of_edition(root, edition, number, &mut edits);
    of_dates(root, &mut edits);
    of_labels(root, &mut edits);
    // Whatever was called otherwise in the edition before this one, is not so in the one after.
    edits.drop_former_names(root);
    for key in ["accept", "page-break"] {
        let inline = root.get(key).map(Spanned::span).filter(|span| {
            text.get(span.clone()).is_some_and(|t| t.starts_with('[') && !t.starts_with("[["))
        });
        if let Some(span) = inline {
            edits.put(span, "[]".into());
        }
    }
    match root.get("previous") {
        Some(value) => edits.put(value.span(), quoted(previous)),
        None => edits.insert_previous(previous),
    }
    for file in tables(root.get("chapter")).chain(tables(root.get("appendix"))) {
        let file = file.get("file");
        let names = |file: &&Spanned<DeValue>| {
            file.get_ref().as_str().is_some_and(|name| dated.contains(&name))
        };
        file.filter(names).into_iter().for_each(|file| edits.ask(file.span(), asked::CHAPTER));
    }
    left(root, number, &mut edits);
    edits.ask_before("[[department]]", OWNERS);
    Some(without_dropped(&title(&edits.apply()))).filter(|text| text.len() as u64 <= SETTINGS_BYTES)
}

/// What the edition itself is called, and the plan that may be over.
fn of_edition(root: &DeTable, edition: &DeTable, year: i32, edits: &mut Edits) {
    if let Some(id) = edition.get("id") {
        let spellings = [era::short, |year: i32| year.to_string()];
        let is_in = |spelling: &&fn(i32) -> String| {
            id.get_ref().as_str().is_some_and(|id| id == spelling(year))
        };
        match spellings.iter().find(is_in) {
            Some(spelling) => {
                edits.put(id.span(), quoted(&spelling(year + 1)));
                // The numbers of the new ids begin anew.
                for key in ["used-measures", "used-kpis"] {
                    if let Some(used) = within(root, "ids", key) {
                        edits.put(used.span(), "0".into());
                    }
                }
            }
            None => edits.ask(id.span(), asked::ID),
        }
    }
    if let Some(version) = edition.get("version")
        && let Some(text) = version.get_ref().as_str()
    {
        edits.put_and_ask(version.span(), quoted(&first_version(text)), asked::VERSION);
    }
    let last = edition.get("last-year").and_then(|last| last.get_ref().as_integer());
    let last = last.and_then(|last| last.as_str().parse::<i32>().ok());
    if last.is_some_and(|last| last < year + 1) {
        for key in ["title", "period", "first-year", "last-year"] {
            edition.get(key).into_iter().for_each(|value| edits.ask(value.span(), asked::PLAN));
        }
    }
}

/// The dates, and the texts that speak of years.
fn of_dates(root: &DeTable, edits: &mut Edits) {
    let dated = [
        ("kpi", "note", asked::NOTE),
        ("colophon", "issued", asked::DATE),
        ("form", "as-of", asked::DATE),
        ("form", "deadline", asked::DATE),
        ("form", "return-deadline", asked::DATE),
    ];
    for (table, key, asked) in dated {
        within(root, table, key).into_iter().for_each(|value| edits.move_on(value, asked));
    }
    for heading in headings(root) {
        heading.get("kpi-note").into_iter().for_each(|note| edits.move_on(note, asked::NOTE));
        // What is said of the past in a text goes on to be of its year.
        heading.get("text").into_iter().for_each(|text| edits.ask_of_years(text, asked::PAST));
    }
}

/// Labels and years of what the forms ask for anew.
fn of_labels(root: &DeTable, edits: &mut Edits) {
    for label in yearly_labels(root) {
        edits.move_on(label, asked::LABEL);
    }
    let reported = within(root, "progress", "reporting-year").map(|year| (year, asked::REPORT));
    let years = yearly_years(root).map(|year| (year, asked::LABEL)).into_iter().chain(reported);
    for (year, asked) in years {
        let number = year.get_ref().as_integer().and_then(|n| n.as_str().parse::<i32>().ok());
        if let Some(number) = number {
            edits.put_and_ask(year.span(), (number + 1).to_string(), asked);
        }
    }
}

/// Asks of every text that still names the year of the edition before.
fn left(table: &DeTable, year: i32, edits: &mut Edits) {
    for (key, value) in table.iter() {
        if !LASTING.contains(&key.get_ref().as_ref()) {
            left_in(value, year, edits);
        }
    }
}

fn left_in(value: &Spanned<DeValue>, year: i32, edits: &mut Edits) {
    match value.get_ref() {
        DeValue::String(text) if names_year(text, year) => {
            edits.ask_unless_changed(value.span(), asked::LEFT);
        }
        DeValue::Array(items) => items.iter().for_each(|item| left_in(item, year, edits)),
        DeValue::Table(table) => left(table, year, edits),
        _ => {}
    }
}

pub(super) fn within<'a, 'i>(
    root: &'a DeTable<'i>,
    table: &str,
    key: &str,
) -> Option<&'a Spanned<DeValue<'i>>> {
    root.get(table)?.get_ref().as_table()?.get(key)
}

/// The tables of an array of them.
pub(super) fn tables<'a, 'i>(
    value: Option<&'a Spanned<DeValue<'i>>>,
) -> impl Iterator<Item = &'a DeTable<'i>> {
    let items = value.and_then(|v| v.get_ref().as_array()).into_iter().flat_map(|a| a.iter());
    items.filter_map(|item| item.get_ref().as_table())
}

/// The headings of all levels.
fn headings<'a, 'i>(root: &'a DeTable<'i>) -> Vec<&'a DeTable<'i>> {
    let mut found: Vec<&DeTable> =
        tables(root.get("pillar")).chain(tables(root.get("heading"))).collect();
    let mut at = 0;
    while let Some(heading) = found.get(at) {
        let below = tables(heading.get("category")).chain(tables(heading.get("heading")));
        found.extend(below.collect::<Vec<_>>());
        at += 1;
    }
    found
}

/// The labels that name the year of what is asked for anew: of columns that the next form has
/// blank, and of the actual value where there is one alone. What is carried over keeps its year,
/// and so do base, targets, and values year by year.
fn yearly_labels<'a, 'i>(root: &'a DeTable<'i>) -> Vec<&'a Spanned<DeValue<'i>>> {
    let says = |table: &DeTable, key: &str, words: &[&str]| {
        let said = table.get(key).and_then(|value| value.get_ref().as_str());
        said.is_some_and(|said| words.contains(&said))
    };
    let columns = tables(root.get("measure-column")).chain(tables(root.get("kpi-column")));
    let mut asked: Vec<&DeTable> =
        columns.filter(|column| says(column, "next-year", &["clear", "reference"])).collect();
    let actual: Vec<&DeTable> =
        tables(root.get("kpi-value")).filter(|value| says(value, "role", &["actual"])).collect();
    if let [one] = actual.as_slice() {
        asked.extend((!says(one, "next-year", &["keep"])).then_some(*one));
    }
    let labels =
        asked.into_iter().flat_map(|table| ["label", "short", "head"].map(|key| table.get(key)));
    labels.flatten().collect()
}

/// The years that go with [`yearly_labels`].
fn yearly_years<'a, 'i>(root: &'a DeTable<'i>) -> Option<&'a Spanned<DeValue<'i>>> {
    let mut actual = tables(root.get("kpi-value")).filter(|value| {
        value.get("role").and_then(|role| role.get_ref().as_str()) == Some("actual")
    });
    let one = actual.next().filter(|_| actual.next().is_none())?;
    let keeps = one.get("next-year").and_then(|value| value.get_ref().as_str()) == Some("keep");
    one.get("year").filter(|_| !keeps)
}

pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "/").replace('"', "\\\""))
}

/// The first comment names the edition: moved on as well.
fn title(text: &str) -> String {
    match text.split_once('\n') {
        Some((first, rest)) if first.starts_with('#') => format!("{}\n{rest}", moved_on(first)),
        _ => text.to_owned(),
    }
}

/// Leaves out the tables of [`DROPPED`]. Comments before the next table are that one's.
pub(super) fn without_dropped(text: &str) -> String {
    let mut dropping = false;
    let mut kept = String::new();
    let mut comments = String::new();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (at, line) in lines.iter().enumerate() {
        let start = line.trim_start();
        if dropping && (start.starts_with('#') || start.is_empty()) {
            comments.push_str(line);
            continue;
        }
        if start.starts_with('[') {
            let behind = lines.get(at + 1..).unwrap_or_default();
            dropping = DROPPED.iter().any(|table| start.starts_with(table)) && !is_lasting(behind);
            kept.push_str(&comments);
        }
        comments.clear();
        if !dropping {
            kept.push_str(line);
        }
    }
    kept + &comments
}

/// Whether the table that these lines belong to accepts a fault of the settings, which go on as
/// they are; all else was accepted in one year's forms.
fn is_lasting(lines: &[&str]) -> bool {
    let own = lines.iter().map(|line| line.trim_start());
    let mut own = own.take_while(|line| !line.starts_with('['));
    own.any(|line| {
        line.starts_with("code") && ["\"S1", "\"S2"].iter().any(|code| line.contains(code))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Finding;
    use crate::edition::{parse, unconfirmed};

    /// The settings of the next edition, and what is found in them but that they are to be confirmed.
    fn read(text: &str) -> (Option<crate::edition::Edition>, Vec<Finding>) {
        let (edition, mut findings) = parse("edition.toml", text);
        findings.retain(|finding| finding.rule.code != "S119");
        (edition, findings)
    }

    #[test]
    fn the_next_edition_keeps_the_plan_and_asks_for_the_new_dates() {
        let example = include_str!("../../../inputs/2025/edition.toml");
        let accepted = "\n[[accept]]\ncode = \"K503\"\nreason = \"来年度の計画で定める\"\n";
        let example = example.replace("# reporting-year = 2025", "reporting-year = 2025");
        let text = next(&format!("{example}{accepted}"), "../2025", &[]).unwrap();
        let (now, _) = parse("edition.toml", &example);
        let (then, findings) = read(&text);
        assert!(findings.is_empty(), "{findings:#?}");
        let (now, then) = (now.unwrap(), then.unwrap());
        assert_eq!((then.id(), then.year), ("R8", 2026));
        assert_eq!(then.previous.as_deref(), Some("../2025"));
        assert_eq!(then.progress.reporting_year, Some(2026));
        assert_eq!(then.form.as_of, "令和8年1月");
        assert_eq!(then.form.deadline, "令和8年1月24日");
        assert_eq!(then.front.issued, "令和8年3月");
        assert!(then.kpi_note.contains("R7年度の数値（R8年1月"), "{}", then.kpi_note);
        assert!(then.accepts.is_empty(), "an exception was for last year's cell");
        assert_eq!(
            (then.front.first_year, then.front.last_year),
            (now.front.first_year, now.front.last_year)
        );
        assert_eq!(
            (&then.front.version, &then.front.title),
            (&now.front.version, &now.front.title)
        );
        assert_eq!(then.places().len(), now.places().len());
        assert_eq!(then.departments.len(), now.departments.len());
        assert!(text.starts_with("# 別冊の設定（R8 令和8年度版）\n"), "{text}");
        assert!(text.contains("as-of = \"令和8年1月\"  # 要確認：日付。"));
        assert!(text.contains("# ---- 部局と課室 ----"), "comments stay");
        let after = next(&text, "../2026", &[]).unwrap();
        assert!(after.contains("previous = \"../2026\"\n"), "{after}");
    }

    #[test]
    fn exceptions_and_page_breaks_go_and_nothing_else_however_they_are_written() {
        let example = include_str!("../../../inputs/2025/edition.toml");
        let before = parse("edition.toml", example).0.unwrap().departments.len();
        let end = "\n# 末尾の注記\n";
        for tables in [
            "\n[[accept]]\n# 昨年も認めたもの\ncode = \"K503\"\n\n# 理由\nreason = \"来年度の計画で定める\"\n",
            "\n[[page-break]]\ncategory = \"1(2)\"\n# 表の途中\nbefore = \"R7-012\"\n",
            "\n[[accept]]\ncode = \"K503\"\nreason = \"計画中\"\n# 次の部局\n[[department]]\nname = \"新設局\"\nsections = [\"新設課\"]\n",
        ] {
            let text = next(&format!("{example}{tables}{end}"), "../2025", &[]).unwrap();
            let (then, findings) = read(&text);
            assert!(findings.is_empty(), "{tables}: {findings:#?}");
            let then = then.unwrap();
            assert!(then.accepts.is_empty() && then.page_breaks.is_empty(), "{tables}");
            let added = usize::from(tables.contains("新設局"));
            assert_eq!(then.departments.len(), before + added, "{tables}");
            assert_eq!(text.contains("# 次の部局"), added == 1);
            assert!(text.ends_with("# 末尾の注記\n"), "{tables}");
        }
        let lasting = "\n[[accept]]\ncode = \"S203\"\nreason = \"課室を置かない\"\n";
        let text = next(&format!("{example}{lasting}{end}"), "../2025", &[]).unwrap();
        assert!(text.contains(lasting), "{text}");
        let inline = "accept = [{ code = \"K503\", reason = \"計画中\" }]\n";
        let (_, findings) = read(&next(&format!("{inline}{example}"), "a", &[]).unwrap());
        assert!(findings.is_empty(), "{findings:#?}");
    }

    #[test]
    fn what_is_asked_of_a_value_in_an_inline_table_stands_above_it_and_hides_nothing() {
        let text = "form = { as-of = \"令和7年1月\", contact = \"企画部\" }\n[edition]\nyear = 2025 # 年\n";
        let next = next(text, "a", &[]).unwrap();
        let form = "form = { as-of = \"令和8年1月\", contact = \"企画部\" }\n";
        assert!(next.starts_with(&format!("# 要確認：{}\n{form}", asked::DATE)), "{next}");
        assert!(next.contains(&format!("year = 2026  # 要確認：{} # 年\n", asked::YEAR)), "{next}");
    }

    #[test]
    fn the_labels_of_what_is_asked_for_anew_move_on_and_former_names_go() {
        let text = r#"
[edition]
year = 2025
[[heading]]
title = "健康"
formerly = ["保健", "医療"]  # 改称
text = """
令和6年度に見直した。
・R7から始める。"""
[[heading.heading]]
title = "暮らし"
text = "年度を言わない文章"
kpi-note = """
※R6年度の数値
※R6年度末"""
[[measure-column]]
key = "budget"
label = "R8予算額"
next-year = "clear"
[[measure-column]]
key = "start"
label = "R7から始めたもの"
[[kpi-value]]
key = "base"
label = "基準値（R5）"
role = "base"
year = 2023
[[kpi-value]]
key = "now"
label = "現状値（R6）"
role = "actual"
year = 2024
[[department]]
name = "企画・デジタル部"
formerly = [
    "企画部",
]
sections = ["統計課", { name = "地域課", formerly = ["地域振興課"] }]
"#;
        let next = next(text, "a", &[]).unwrap();
        for (line, is_there) in [
            ("令和6年度に見直した。\n・R7から始める。\"\"\"  # 要確認：", true),
            ("text = \"年度を言わない文章\"\n", true),
            ("※R7年度の数値\n※R7年度末\"\"\"  # 要確認：", true),
            ("label = \"R9予算額\"  # 要確認", true),
            ("label = \"R7から始めたもの\"", true),
            ("label = \"基準値（R5）\"", true),
            ("label = \"現状値（R7）\"  # 要確認", true),
            ("year = 2023", true),
            ("year = 2025  # 要確認", true),
            ("sections = [\"統計課\", \"地域課\"]", true),
            ("formerly =", false),
            ("企画部", false),
        ] {
            assert_eq!(next.contains(line), is_there, "{line} in {next}");
        }
    }

    #[test]
    fn whatever_names_the_old_year_is_moved_on_or_asked_about() {
        let text = r#"[edition]
id = "令和7"
year = 2025
last-year = 2025
title = "計画2025"
version = "第 1.3 版"
[colophon]
url = "https://example.jp/2025/"
[[chapter]]
title = "はじめに"
file = "intro.txt"
[[department]]
name = "総務部"
"#;
        let next = next(text, "a", &["intro.txt"]).unwrap();
        let asked: Vec<_> = unconfirmed(&next).into_iter().map(|u| (u.setting, u.asked)).collect();
        let expected = [
            ("id = \"令和7\"", asked::ID),
            ("year = 2026", asked::YEAR),
            ("last-year = 2025", asked::PLAN),
            ("title = \"計画2025\"", asked::PLAN),
            ("version = \"第 1.0 版\"", asked::VERSION),
            ("url = \"https://example.jp/2025/\"", asked::LEFT),
            ("file = \"intro.txt\"", asked::CHAPTER),
            ("", OWNERS),
        ];
        let expected = expected.map(|(setting, asked)| (setting.to_owned(), asked.to_owned()));
        assert_eq!(asked, expected);
        // Made once more from there, nothing is asked twice.
        let after = super::next(&next, "a", &[]).unwrap();
        assert_eq!(unconfirmed(&after).len(), asked.len());
    }

    #[test]
    fn settings_that_cannot_be_read_have_no_next() {
        assert_eq!(next("[edition", "../2025", &[]), None);
        assert_eq!(next("[edition]\nid = \"R7\"\n", "../2025", &[]), None);
    }
}

//! The settings of the edition after this one, as a text to go on from.
//!
//! The text is edited in place, so the secretariat's comments and order stay. What only they can
//! know (the version, a new plan) is left as it is; every line that was moved on says so.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::text::era;

/// What the changed lines end with.
const MARK: &str = "  # 要確認";
/// Tables that speak of one year's forms and pages.
const DROPPED: [&str; 2] = ["[[accept]]", "[[page-break]]"];

/// The settings in `text` moved on by a year: id, year, and the dates of form, note and
/// colophon. `previous` is the `annex.json` of the edition that `text` belongs to, as seen
/// from the new one. `None` where the text is not TOML or has no `[edition]` with a year.
pub fn next(text: &str, previous: &str) -> Option<String> {
    let root = DeTable::parse(text).ok()?;
    let root = root.get_ref();
    let edition = root.get("edition")?.get_ref().as_table()?;
    let year = edition.get("year")?;
    let number: i32 = year.get_ref().as_integer()?.as_str().parse().ok()?;
    let mut edits = Edits { text, edits: Vec::new() };
    edits.put(year.span(), (number + 1).to_string());
    if let Some(id) = edition
        .get("id")
        .filter(|id| id.get_ref().as_str().is_some_and(|id| id == era::short(number)))
    {
        edits.put(id.span(), format!("\"{}\"", era::short(number + 1)));
        // The numbers of the new ids begin anew.
        for key in ["used-measures", "used-kpis"] {
            if let Some(used) = within(root, "ids", key) {
                edits.put(used.span(), "0".into());
            }
        }
    }
    let dated = [
        ("kpi", "note"),
        ("colophon", "issued"),
        ("form", "as-of"),
        ("form", "deadline"),
        ("form", "return-deadline"),
    ];
    for value in dated.into_iter().filter_map(|(table, key)| within(root, table, key)) {
        edits.move_on(value);
    }
    for heading in headings(root) {
        heading.get("kpi-note").into_iter().for_each(|note| edits.move_on(note));
        // What is said of the past in a text goes on to be of its year.
        heading.get("text").into_iter().for_each(|text| edits.mark(text));
    }
    for label in yearly_labels(root) {
        edits.move_on(label);
    }
    let reported = within(root, "progress", "reporting-year");
    for year in yearly_years(root).into_iter().chain(reported) {
        let number = year.get_ref().as_integer().and_then(|n| n.as_str().parse::<i32>().ok());
        if let Some(number) = number {
            edits.put(year.span(), (number + 1).to_string());
        }
    }
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
    Some(without_dropped(&title(&edits.apply())))
}

fn within<'a, 'i>(
    root: &'a DeTable<'i>,
    table: &str,
    key: &str,
) -> Option<&'a Spanned<DeValue<'i>>> {
    root.get(table)?.get_ref().as_table()?.get(key)
}

/// The tables of an array of them.
fn tables<'a, 'i>(
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

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "/").replace('"', "\\\""))
}

/// Replacements of parts of the text, by byte range.
struct Edits<'a> {
    text: &'a str,
    edits: Vec<(Range<usize>, String)>,
}

impl Edits<'_> {
    fn put(&mut self, span: Range<usize>, value: String) {
        if self.text.get(span.clone()).is_some_and(|old| old != value) {
            let mark = self.mark_behind(&span);
            self.edits.push((span, value + mark));
        }
    }

    /// The mark, unless the line has it already, or goes on behind the value: it would hide what
    /// follows.
    fn mark_behind(&self, span: &Range<usize>) -> &'static str {
        let behind = self.text.get(span.end..).unwrap_or_default();
        let rest = behind.lines().next().unwrap_or_default().trim_start();
        let is_last = rest.is_empty() || rest.starts_with('#');
        if behind.starts_with(MARK) || !is_last { "" } else { MARK }
    }

    /// Marks a text that names a year, and leaves it as it is.
    fn mark(&mut self, value: &Spanned<DeValue>) {
        let Range { end, .. } = value.span();
        let Some(old) = self.text.get(value.span()) else { return };
        if moved_on(old) != old {
            self.edits.push((end..end, self.mark_behind(&value.span()).to_owned()));
        }
    }

    /// Moves the years in a text on.
    fn move_on(&mut self, value: &Spanned<DeValue>) {
        let Some(old) = self.text.get(value.span()) else { return };
        let mark = self.mark_behind(&value.span());
        let new = moved_on(old);
        if new != old {
            self.edits.push((value.span(), new + mark));
        }
    }

    fn drop_former_names(&mut self, root: &DeTable) {
        let departments: Vec<&DeTable> = tables(root.get("department")).collect();
        for table in departments.iter().copied().chain(headings(root)) {
            for (key, value) in table.iter().filter(|(key, _)| key.get_ref() == "formerly") {
                self.drop_line(key.span().start..value.span().end);
            }
        }
        let sections =
            departments.iter().filter_map(|table| table.get("sections")?.get_ref().as_array());
        for section in sections.flat_map(|sections| sections.iter()) {
            let name = section.get_ref().as_table().and_then(|table| table.get("name"));
            if let Some(name) = name.and_then(|name| self.text.get(name.span())) {
                self.edits.push((section.span(), name.to_owned()));
            }
        }
    }

    /// Takes out the lines of a key and its value, or the value alone where more stands on them.
    fn drop_line(&mut self, span: Range<usize>) {
        let before = self.text.get(..span.start).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let behind = self.text.get(span.end..).unwrap_or_default();
        let rest = behind.lines().next().unwrap_or_default();
        let is_alone = before.get(start..).is_some_and(|own| own.trim().is_empty())
            && (rest.trim().is_empty() || rest.trim_start().starts_with('#'));
        if is_alone {
            let end = (span.end + rest.len() + 1).min(self.text.len());
            self.edits.push((start..end, String::new()));
        } else {
            let value = self.text.get(span.clone()).and_then(|text| text.find('['));
            self.edits.push((span.start + value.unwrap_or(0)..span.end, "[]".into()));
        }
    }

    /// In place of the example of `previous` in a comment, else before the first table.
    fn insert_previous(&mut self, previous: &str) {
        let line = format!("previous = {}{MARK}\n", quoted(previous));
        let mut start = 0;
        let mut first_table = self.text.len();
        for text in self.text.split_inclusive('\n') {
            let end = start + text.len();
            if text.starts_with("# previous =") {
                self.edits.push((start..end, line));
                return;
            }
            if text.starts_with('[') && first_table == self.text.len() {
                first_table = start;
            }
            start = end;
        }
        self.edits.push((first_table..first_table, line + "\n"));
    }

    fn apply(mut self) -> String {
        self.edits.sort_by_key(|(span, _)| span.start);
        let mut text = self.text.to_owned();
        for (span, new) in self.edits.into_iter().rev() {
            text.replace_range(span, &new);
        }
        text
    }
}

/// The first comment names the edition: moved on as well.
fn title(text: &str) -> String {
    match text.split_once('\n') {
        Some((first, rest)) if first.starts_with('#') => format!("{}\n{rest}", moved_on(first)),
        _ => text.to_owned(),
    }
}

/// Leaves out the tables of [`DROPPED`]. Comments before the next table are that one's.
fn without_dropped(text: &str) -> String {
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

/// The text with every year one later (「R7」「令和7年」「2025年」), and without the day of the
/// week of a date, which is another one then.
fn moved_on(text: &str) -> String {
    let mut moved = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let in_word = moved.ends_with(|c: char| c.is_ascii_alphanumeric());
        match era::prefix(rest).filter(|_| !in_word) {
            Some((year, behind)) if !c.is_ascii_digit() || behind.starts_with('年') => {
                if c.is_ascii_digit() {
                    moved.push_str(&(year + 1).to_string());
                } else if c.is_ascii() {
                    moved.push_str(&era::short(year + 1));
                } else {
                    moved.push_str(era::long(year + 1).trim_end_matches("年度"));
                }
                rest = behind;
            }
            _ => {
                moved.push(c);
                rest = rest.strip_prefix(c).unwrap_or_default();
            }
        }
    }
    for day in "月火水木金土日".chars() {
        for (open, close) in [('（', '）'), ('(', ')')] {
            moved = moved.replace(&format!("日{open}{day}{close}"), "日");
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::parse;

    #[test]
    fn years_move_on_in_every_spelling_and_nothing_else_does() {
        for (before, after) in [
            ("令和7年1月24日（金）", "令和8年1月24日"),
            (
                "※現状値は特記がない限りR6年度の数値（R7年1月照会時点）",
                "※現状値は特記がない限りR7年度の数値（R8年1月照会時点）",
            ),
            ("2025年3月", "2026年3月"),
            ("内線2211、R7-001", "内線2211、R8-001"),
            ("令和元年度", "令和2年度"),
            ("USR7, DX", "USR7, DX"),
            ("", ""),
        ] {
            assert_eq!(moved_on(before), after);
        }
    }

    #[test]
    fn the_next_edition_keeps_the_plan_and_asks_for_the_new_dates() {
        let example = include_str!("../../inputs/2025/edition.toml");
        let accepted = "\n[[accept]]\ncode = \"K503\"\nreason = \"来年度の計画で定める\"\n";
        let example = example.replace("# reporting-year = 2025", "reporting-year = 2025");
        let text = next(&format!("{example}{accepted}"), "../2025").unwrap();
        let (now, _) = parse("edition.toml", &example);
        let (then, findings) = parse("edition.toml", &text);
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
        assert!(text.contains("as-of = \"令和8年1月\"  # 要確認\n"));
        assert!(text.contains("# ---- 部局と課室 ----"), "comments stay");
        let after = next(&text, "../2026").unwrap();
        assert!(after.contains("previous = \"../2026\"  # 要確認\n"), "{after}");
    }

    #[test]
    fn exceptions_and_page_breaks_go_and_nothing_else_however_they_are_written() {
        let example = include_str!("../../inputs/2025/edition.toml");
        let before = parse("edition.toml", example).0.unwrap().departments.len();
        let end = "\n# 末尾の注記\n";
        for tables in [
            "\n[[accept]]\n# 昨年も認めたもの\ncode = \"K503\"\n\n# 理由\nreason = \"来年度の計画で定める\"\n",
            "\n[[page-break]]\ncategory = \"1(2)\"\n# 表の途中\nbefore = \"R7-012\"\n",
            "\n[[accept]]\ncode = \"K503\"\nreason = \"計画中\"\n# 次の部局\n[[department]]\nname = \"新設局\"\nsections = [\"新設課\"]\n",
        ] {
            let text = next(&format!("{example}{tables}{end}"), "../2025").unwrap();
            let (then, findings) = parse("edition.toml", &text);
            assert!(findings.is_empty(), "{tables}: {findings:#?}");
            let then = then.unwrap();
            assert!(then.accepts.is_empty() && then.page_breaks.is_empty(), "{tables}");
            let added = usize::from(tables.contains("新設局"));
            assert_eq!(then.departments.len(), before + added, "{tables}");
            assert_eq!(text.contains("# 次の部局"), added == 1);
            assert!(text.ends_with("# 末尾の注記\n"), "{tables}");
        }
        let lasting = "\n[[accept]]\ncode = \"S203\"\nreason = \"課室を置かない\"\n";
        let text = next(&format!("{example}{lasting}{end}"), "../2025").unwrap();
        assert!(text.contains(lasting), "{text}");
        let inline = "accept = [{ code = \"K503\", reason = \"計画中\" }]\n";
        let (_, findings) =
            parse("edition.toml", &next(&format!("{inline}{example}"), "a").unwrap());
        assert!(findings.is_empty(), "{findings:#?}");
    }

    #[test]
    fn a_value_in_an_inline_table_is_moved_on_without_a_mark_that_would_hide_the_rest() {
        let text = "form = { as-of = \"令和7年1月\", contact = \"企画部\" }\n[edition]\nyear = 2025 # 年\n";
        let next = next(text, "a").unwrap();
        assert!(next.contains("{ as-of = \"令和8年1月\", contact = \"企画部\" }\n"), "{next}");
        assert!(next.contains("year = 2026  # 要確認 # 年\n"), "{next}");
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
        let next = next(text, "a").unwrap();
        for (line, is_there) in [
            ("令和6年度に見直した。\n・R7から始める。\"\"\"  # 要確認\n", true),
            ("text = \"年度を言わない文章\"\n", true),
            ("※R7年度の数値\n※R7年度末\"\"\"  # 要確認\n", true),
            ("label = \"R9予算額\"  # 要確認", true),
            ("label = \"R7から始めたもの\"", true),
            ("label = \"基準値（R5）\"", true),
            ("label = \"現状値（R7）\"  # 要確認", true),
            ("year = 2023", true),
            ("year = 2025  # 要確認", true),
            ("sections = [\"統計課\", \"地域課\"]", true),
            ("formerly", false),
            ("企画部", false),
        ] {
            assert_eq!(next.contains(line), is_there, "{line} in {next}");
        }
    }

    #[test]
    fn settings_that_cannot_be_read_have_no_next() {
        assert_eq!(next("[edition", "../2025"), None);
        assert_eq!(next("[edition]\nid = \"R7\"\n", "../2025"), None);
    }
}

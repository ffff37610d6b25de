//! A draft as the text of an `edition.toml`.
//!
//! The text is that of the example, which explains every key; what it says of the example's own
//! content is replaced or left out. So a key that is new in the example is in every first edition too.

mod syntax;
mod table;

use super::Draft;
use super::front::Front;
use super::outline::{Heading, Level, Outline};
use super::owners::Owners;
use crate::text::confirm::TO_CONFIRM;
use crate::text::{era, toml_text};
use syntax::{Table, texts};

/// In place of a word that no form says; the check of the settings tells of it.
const UNKNOWN: &str = "○○";
/// Tables of the example that are of its own content.
const REPLACED: [&str; 6] =
    ["pillar", "department", "joint", "kpi-direction", "accept", "page-break"];
/// As many columns beside one another are too many for an upright page.
const WIDE: usize = 9;

/// The settings that a draft makes of those of the example.
pub fn settings(draft: &Draft, example: &str) -> String {
    let mut text = Settings::new(example);
    front(draft, &mut text);
    text.replace("pillar", outline(&draft.outline) + &table::words(draft) + &table::tables(draft));
    text.replace("department", departments(&draft.owners));
    text.replace("joint", joints(&draft.owners));
    let heading = heading(draft, text.year());
    text.finish(&heading)
}

/// The first lines: what the settings are of, and what they were made from.
fn heading(draft: &Draft, year: Option<i32>) -> String {
    let year = year
        .map_or_else(String::new, |year| format!("（{} {}版）", era::short(year), era::long(year)));
    let mut text = format!("# 別冊の設定{year}\n#\n");
    text += "# 使っている様式から作りました。推測したところと、様式だけでは分からないところには\n";
    text += &format!(
        "# 「{TO_CONFIRM}」と書いてあります。確かめたら、その印を消してください。\n#\n# 読み取った表:\n"
    );
    for source in draft.sources() {
        let what = match source.table {
            Some(crate::schema::Table::Measures) => "施策",
            Some(crate::schema::Table::Kpis) => "KPI",
            None => "取り入れていません（名称の欄が見つかりません）",
        };
        // A comment may have no control characters.
        let plain = |name: &str| name.replace(char::is_control, " ");
        let (file, sheet, rows) = (plain(&source.file), plain(&source.sheet), source.rows);
        let others = match source.tables {
            0 | 1 => String::new(),
            tables => format!("など{tables}つの表"),
        };
        text += &format!("#   {file}「{sheet}」{others} {rows}行 → {what}\n");
    }
    text
}

fn front(draft: &Draft, text: &mut Settings) {
    let Front { title, as_of, year, years } = &draft.front;
    let dated = if year.is_some() { "様式から推測" } else { "様式に年度がない" };
    // Where the forms name no year, that of the example stays, to be looked at.
    let year = year.or_else(|| text.year()).unwrap_or_default();
    let id = era::short(year);
    let guess = |why: &str| Some(format!("{TO_CONFIRM}：{why}"));
    text.set("edition", "id", &toml_text(&id), guess(dated));
    text.set("edition", "year", &year.to_string(), guess(dated));
    let named = title.as_ref().map_or("様式に題名がない", |_| "様式の見出しから");
    text.set(
        "edition",
        "title",
        &toml_text(title.as_deref().unwrap_or(&format!("{UNKNOWN}計画"))),
        guess(named),
    );
    let (first, last) = years.unwrap_or((year, year));
    let planned =
        if years.is_some() { "KPIの年度から" } else { "様式に計画期間がない" };
    text.set("edition", "period", &toml_text(&format!("{first}~{last}")), guess(planned));
    text.set("edition", "first-year", &first.to_string(), guess(planned));
    text.set("edition", "last-year", &last.to_string(), guess(planned));
    for key in ["volume", "version"] {
        text.mark("edition", key);
    }
    let words =
        [&draft.measures, &draft.kpis].into_iter().flatten().map(|table| table.word.as_str());
    let chapter = words.collect::<Vec<_>>().join("・");
    text.set("edition", "chapter", &toml_text(&chapter), guess("本文の章の見出し"));
    for key in ["title-en", "slogan", "subslogan", "introduction"] {
        text.set("edition", key, "\"\"", None);
    }
    text.set("kpi", "note", "\"\"", None);
    for key in ["issued", "issuer"] {
        text.set("colophon", key, &toml_text(UNKNOWN), guess("様式にない"));
    }
    for key in ["office", "address", "url"] {
        text.set("colophon", key, "\"\"", None);
    }
    let stated = as_of.as_deref().unwrap_or(UNKNOWN);
    text.set(
        "form",
        "as-of",
        &toml_text(stated),
        as_of.is_none().then(|| format!("{TO_CONFIRM}：様式に基準日がない")),
    );
    for key in ["deadline", "contact"] {
        text.set("form", key, "\"\"", None);
    }
    let printed =
        [&draft.measures, &draft.kpis].into_iter().flatten().map(|table| table.columns.printed);
    if let Some(printed) = printed.max().filter(|&printed| printed > WIDE) {
        let why = format!("{TO_CONFIRM}：欄が{printed}あるので横置き");
        text.set("layout", "orientation", "\"landscape\"", Some(why));
    }
}

/// Levels and headings; those of the standard edition in its own tables.
fn outline(outline: &Outline) -> String {
    if outline.is_standard {
        return pillars(outline);
    }
    let mut text = String::new();
    for level in &outline.levels {
        text += &self::level(level);
    }
    text += "# ---- 見出し ----\n\n";
    headings(&outline.headings, &outline.levels, 0, "", &mut text);
    text
}

fn pillars(outline: &Outline) -> String {
    let mut text = String::new();
    let number = |heading: &Heading| heading.number.map(|number| number.to_string());
    for pillar in &outline.headings {
        let mut table = Table::new("pillar");
        table.put_if_any("number", number(pillar));
        table.put("title", toml_text(&pillar.title)).remark("様式に柱の題名がない");
        text += &table.finish();
        for category in &pillar.children {
            let mut table = Table::new("pillar.category");
            table.put_if_any("number", number(category));
            table.put("title", toml_text(&category.title));
            text += &table.finish();
        }
    }
    text
}

fn level(level: &Level) -> String {
    let mut table = Table::new("level");
    table.comment(level.remark);
    table.put("word", toml_text(&level.word));
    let pattern = level.style.as_ref().map_or_else(String::new, super::number::Style::pattern);
    table.put("number", toml_text(&pattern));
    if !level.printed {
        table.put("printed", "false".into());
    }
    for (key, is) in [("measures", level.measures), ("kpis", level.kpis), ("column", level.column)]
    {
        table.put(key, is.to_string());
    }
    table.finish()
}

fn headings(headings: &[Heading], levels: &[Level], depth: usize, above: &str, text: &mut String) {
    let name = vec!["heading"; depth + 1].join(".");
    let style = levels.get(depth).and_then(|level| level.style.as_ref());
    let mut before = 0;
    for heading in headings {
        let mut table = Table::new(&name);
        let (number, printed) = heading.stated(before, style, above);
        table.put_if_any("number", number.map(|number| number.to_string()));
        table.put_if_any("number-text", printed.map(toml_text));
        table.put("title", toml_text(&heading.title));
        if heading.title.contains(UNKNOWN) {
            table.remark("様式に題名がない");
        }
        *text += &table.finish();
        before = heading.number.unwrap_or(before + 1);
        self::headings(&heading.children, levels, depth + 1, &heading.printed, text);
    }
}

fn departments(owners: &Owners) -> String {
    let mut text = String::new();
    for department in &owners.departments {
        let mut table = Table::new("department");
        table.put("name", toml_text(&department.name));
        table.put("sections", texts(&department.sections));
        if department.sections.is_empty() {
            table.remark("様式に課室がない");
        }
        text += &table.finish();
    }
    if owners.departments.is_empty() {
        let mut table = Table::new("department");
        table.put("name", toml_text(&format!("{UNKNOWN}部"))).remark("様式に部局がない");
        table.put("sections", texts(&[format!("{UNKNOWN}課")])).remark("様式に課室がない");
        text += &table.finish();
    }
    text
}

fn joints(owners: &Owners) -> String {
    let joints = owners.joints.iter().map(|joint| {
        let mut table = Table::new("joint");
        table.put("department", toml_text(&joint.department));
        table.put("section", toml_text(&joint.section));
        let owners = joint.owners.iter().map(|(department, section)| {
            format!(
                "    {{ department = {}, section = {} }},\n",
                toml_text(department),
                toml_text(section)
            )
        });
        table.put("owners", format!("[\n{}]", owners.collect::<String>())).remark("名前から推測");
        table.finish()
    });
    joints.collect()
}

/// The text of the example on its way to other settings.
struct Settings {
    lines: Vec<String>,
}

impl Settings {
    fn new(example: &str) -> Self {
        Self { lines: example.lines().map(str::to_owned).collect() }
    }

    /// The lines of a table, without its header: from and to.
    fn table(&self, name: &str) -> Option<(usize, usize)> {
        let header = format!("[{name}]");
        let start = self.lines.iter().position(|line| line.trim_end() == header)? + 1;
        let rest = self.lines.get(start..)?;
        let length = rest.iter().position(|line| line.starts_with('[')).unwrap_or(rest.len());
        Some((start, start + length))
    }

    /// The lines of a key in a table; a text may go over several.
    fn key(&self, table: &str, key: &str) -> Option<(usize, usize)> {
        let (start, end) = self.table(table)?;
        let begin = format!("{key} =");
        let at =
            start + self.lines.get(start..end)?.iter().position(|line| line.starts_with(&begin))?;
        let opened = self.lines.get(at)?.matches("\"\"\"").count() == 1;
        if !opened {
            return Some((at, at + 1));
        }
        let length = self.lines.get(at + 1..)?.iter().position(|line| line.contains("\"\"\""))?;
        Some((at, at + length + 2))
    }

    /// The year that is set so far.
    fn year(&self) -> Option<i32> {
        let (at, _) = self.key("edition", "year")?;
        let (_, value) = self.lines.get(at)?.split_once('=')?;
        value.split('#').next()?.trim().parse().ok()
    }

    /// Gives a key another value. One that the example only speaks of comes first in its table, and a
    /// table that it does not have comes last of all.
    fn set(&mut self, table: &str, key: &str, value: &str, remark: Option<String>) {
        let remark = remark.map_or_else(String::new, |remark| format!("  # {remark}"));
        let line = format!("{key} = {value}{remark}");
        if let Some((from, to)) = self.key(table, key) {
            self.lines.splice(from..to, [line]);
        } else if let Some((start, _)) = self.table(table) {
            self.lines.insert(start, line);
        } else {
            self.lines.extend([String::new(), format!("[{table}]"), line]);
        }
    }

    /// Marks what stays as the example has it.
    fn mark(&mut self, table: &str, key: &str) {
        let Some((at, _)) = self.key(table, key) else { return };
        if let Some(line) = self.lines.get_mut(at) {
            *line = format!("{line}  # {TO_CONFIRM}");
        }
    }

    /// Puts a text in place of the tables of a name; at the end where there are none.
    fn replace(&mut self, name: &str, text: String) {
        let at = self.lines.iter().position(|line| is_of(line, name)).unwrap_or(self.lines.len());
        self.remove(name);
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        self.lines.splice(at..at, lines);
    }

    /// Leaves out the tables of a name. The comments before the next table are that one's.
    fn remove(&mut self, name: &str) {
        let mut kept = Vec::new();
        let mut is_within = false;
        for line in std::mem::take(&mut self.lines) {
            if line.starts_with('[') {
                is_within = is_of(&line, name);
            } else if line.starts_with('#') {
                is_within = false;
            }
            if !is_within {
                kept.push(line);
            }
        }
        self.lines = kept;
    }

    fn finish(mut self, heading: &str) -> String {
        for name in REPLACED {
            if !matches!(name, "pillar" | "department" | "joint") {
                self.remove(name);
            }
        }
        let lines = self.lines.iter().skip_while(|line| line.starts_with("# 別冊の設定"));
        let mut text = heading.to_owned();
        let mut is_blank = false;
        for line in lines {
            // What was taken out leaves no holes.
            if !(line.is_empty() && is_blank) {
                text.push_str(line);
                text.push('\n');
            }
            is_blank = line.is_empty();
        }
        text
    }
}

/// Whether a line begins a table of a name, or one below it.
fn is_of(line: &str, name: &str) -> bool {
    let Some(header) = line.strip_prefix("[[") else { return false };
    header.strip_prefix(name).is_some_and(|rest| rest.starts_with([']', '.']))
}

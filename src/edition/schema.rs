//! The columns of the edition: those of the standard one, changed and added to as the settings
//! declare, and what is wrong with the declarations.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::columns::Declared;
use super::reader::{Reader, Section};
use super::rules;
use crate::diag::{Finding, Rule, Say};
use crate::schema::{Column, Kind, Paper, Role, Schema, TAKEN, Table, keys};
use crate::text;
use crate::text::similar::nearest;

/// Characters of the longest label: what is longer is not read as one.
const LABEL: usize = 60;
/// And of the longest where there is little room, as beside a cell in Excel.
const SHORT: usize = 32;

/// Changes the columns of the schema to what the settings declare. `values` says what the values
/// of the KPIs, which it has already, are as columns; a page has so many millimetres for columns.
/// Gives back what the settings say of the columns of each table.
pub(super) fn read(
    top: &mut Section,
    r: &mut Reader,
    schema: &mut Schema,
    values: Vec<Declared>,
    width: f64,
) -> [Vec<Declared>; 2] {
    let measures = top.sections(r, "measure-column", "[[measure-column]]", Declared::read);
    let mut kpis = values;
    kpis.extend(top.sections(r, "kpi-column", "[[kpi-column]]", Declared::read));
    let usual = schema.clone();
    declare(schema.columns_mut(Table::Measures), &usual, Table::Measures, &measures, width, r);
    declare(schema.columns_mut(Table::Kpis), &usual, Table::Kpis, &kpis, width, r);
    [measures, kpis]
}

/// Changes the columns of a table to what is declared, and says what is wrong with that.
fn declare(
    columns: &mut Vec<Column>,
    usual: &Schema,
    table: Table,
    declared: &[Declared],
    width: f64,
    r: &mut Reader,
) {
    let mut sound: Vec<&Declared> = Vec::new();
    for one in declared {
        let faults = r.findings.len();
        key(table, columns, one, &sound, r);
        if r.findings.len() > faults {
            continue;
        }
        sound.push(one);
        let at = match columns.iter().position(|column| column.is(&one.key)) {
            Some(at) => at,
            None => add(usual, table, columns, one),
        };
        if let Some(column) = columns.get_mut(at) {
            one.apply(column);
            kind(column, one, r);
            sizes(column, one, r);
            hidden(column, one, r);
        }
    }
    for one in &sound {
        neighbours(columns, one, r);
    }
    place(columns, &sound);
    one_group(columns, &sound, r);
    widths(columns, &sound, width, r);
    Labels::new(columns, &sound).distinct(r);
    alone(columns);
}

/// A fault of one of the keys of a declaration.
fn fault(r: &Reader, rule: &'static Rule, of: &Declared, key: &str, message: Say) -> Finding {
    r.fault(rule, of.span(key), message)
}

/// Its key: well formed, given once, and of a column that the table may have.
fn key(table: Table, columns: &[Column], one: &Declared, before: &[&Declared], r: &mut Reader) {
    let key = &*one.key;
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let is_formed = key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(is_part);
    let is_new = !columns.iter().any(|column| column.is(key));
    if !is_formed {
        let message = say!("欄の key「{key}」の書き方が違う", "column key {key} is malformed");
        let finding = fault(r, &rules::COLUMN_KEY, one, "key", message).found(key);
        r.add(
            finding
                .expected("英小文字で始まる、英小文字・数字・「-」「_」の並び（budget-r8 など）"),
        );
    } else if TAKEN.contains(&key) || is_new && typed(key).is_some() && !is_lent(table, key) {
        let message = say!(
            "欄の key「{key}」は別の意味に使われている",
            "column key {key} means something else"
        );
        r.add(fault(r, &rules::COLUMN_KEY, one, "key", message).found(key));
    } else if before.iter().any(|other| other.key == key) {
        let message = say!("欄「{key}」が2回定義されている", "column {key} is declared twice");
        r.add(fault(r, &rules::COLUMN_KEY, one, "key", message).found(key));
    } else if is_new && typed(key).is_none() && one.label.is_none() {
        let message = say!("欄「{key}」に label がない", "column {key} has no label");
        let near = nearest(key, columns.iter().map(|column| &*column.key));
        let mut finding =
            fault(r, &rules::MISSING_KEY, one, "", message).found(key).expected("label = …");
        if let Some(near) = near {
            finding = finding.help(say!(
                "標準の欄「{near}」を改めるのであれば、key をそのつづりにしてください。",
                "did you mean the standard column {near}?"
            ));
        }
        r.add(finding);
    }
}

/// The standard column of the measures that is this typed field of the model.
fn typed(key: &str) -> Option<Column> {
    typed_in(&Schema::standard(), key)
}

/// The same in the words of an edition.
fn typed_in(usual: &Schema, key: &str) -> Option<Column> {
    let both = usual.measures.iter().chain(&usual.kpis);
    both.filter(|column| column.role.key().is_some()).find(|column| column.is(key)).cloned()
}

/// Whether the KPIs may have a column that the standard edition has for measures alone.
fn is_lent(table: Table, key: &str) -> bool {
    table == Table::Kpis && [keys::DEPARTMENT, keys::SECTION, keys::REPOSTS].contains(&key)
}

/// Adds the column of a declaration where it stands unless it says otherwise: behind the values of
/// a measure, before the note of a KPI.
fn add(usual: &Schema, table: Table, columns: &mut Vec<Column>, one: &Declared) -> usize {
    let label = one.label.as_deref().unwrap_or_default();
    let column = typed_in(usual, &one.key).unwrap_or_else(|| Column::new(&one.key, label));
    let behind = columns.iter().rposition(|column| column.role == Role::Value);
    let note = columns.iter().position(|column| column.role == Role::Note);
    let at = match (table, behind, note) {
        (Table::Measures, Some(behind), _) => behind + 1,
        (_, _, Some(note)) => note,
        _ => columns.len(),
    };
    columns.insert(at, column);
    at
}

/// What its kind allows.
fn kind(column: &Column, one: &Declared, r: &mut Reader) {
    if one.has_unknown_kind() {
        return;
    }
    let key = &*one.key;
    let mut clash = |of: &str, found: String, message: Say| {
        r.add(fault(r, &rules::COLUMN_KIND, one, of, message).found(found));
    };
    let is_chosen = matches!(column.kind, Kind::Choice | Kind::List);
    // A section may be one of several or several, a note anything; the others have a meaning.
    let is_fixed = !matches!(column.role, Role::Value | Role::Section | Role::Note);
    if is_fixed && (one.kind.is_some() || one.choices.is_some()) {
        let of = if one.kind.is_some() { "kind" } else { "choices" };
        let message = say!(
            "欄「{key}」の種類と選択肢は変えられない",
            "the kind and choices of column {key} cannot be changed"
        );
        clash(of, format!("{of} = …"), message);
    } else if !column.choices.is_empty() && !is_chosen {
        let message = say!(
            "選択肢のある欄「{key}」の kind が choice でも list でもない",
            "column {key} has choices and is neither choice nor list"
        );
        clash("choices", "choices = …".into(), message);
    } else if column.role == Role::Value && column.kind == Kind::Choice && column.choices.is_empty()
    {
        let message = say!("選ぶ欄「{key}」に選択肢がない", "column {key} is a choice of nothing");
        clash("kind", "kind = \"choice\"".into(), message);
    }
    let mut seen: Vec<&str> = Vec::new();
    for choice in one.choices.iter().flatten() {
        if choice.is_empty() || seen.contains(&choice.as_str()) {
            let message = say!(
                "欄「{key}」の選択肢に、空のもの又は同じものがある",
                "column {key} has a choice that is empty or given twice"
            );
            clash("choices", choice.clone(), message);
        }
        seen.push(choice);
    }
    let may_count = column.role == Role::Value && column.kind.is_numeric();
    if !may_count && one.total == Some(true) {
        let message = say!(
            "合計する欄「{key}」の kind が number でも amount でもない",
            "column {key} has a total and no numbers"
        );
        clash("total", "total = true".into(), message);
    }
    if !may_count && !column.is_figure() && one.unit.as_ref().is_some_and(|unit| !unit.is_empty()) {
        let message = say!(
            "単位のある欄「{key}」の kind が number でも amount でもない",
            "column {key} has a unit and no numbers"
        );
        clash("unit", one.unit.clone().unwrap_or_default(), message);
    }
}

/// Labels that fit, and a width that there can be.
fn sizes(column: &Column, one: &Declared, r: &mut Reader) {
    let key = &*one.key;
    let synonyms = one.synonyms.iter().flatten().map(|synonym| ("synonyms", synonym.as_str()));
    let stated = [("label", one.label.as_deref()), ("short", one.short.as_deref())];
    let stated = stated.into_iter().filter_map(|(of, text)| Some((of, text?)));
    for (of, text) in stated.chain(synonyms) {
        let length = text.chars().count();
        if of != "short" && text::key(text).is_empty() {
            let message = say!("欄「{key}」の見出しが空である", "column {key} has an empty label");
            r.add(fault(r, &rules::COLUMN_LABEL, one, of, message));
        } else if length > LABEL || of == "short" && length > SHORT {
            let most = if of == "short" { SHORT } else { LABEL };
            let message =
                say!("欄「{key}」の見出しが長すぎる", "the label of column {key} is too long");
            let finding = fault(r, &rules::COLUMN_LABEL, one, of, message);
            r.add(finding.found(text).expected(format!("{most}字以内")));
        }
    }
    if one.label.is_some() && column.short().chars().count() > SHORT && one.short.is_none() {
        let message = say!(
            "欄「{key}」の見出しが長く、短い見出し short がない",
            "column {key} has a long label and no short one"
        );
        let finding = fault(r, &rules::COLUMN_LABEL, one, "label", message).found(column.short());
        r.add(finding.expected(format!("short = …（{SHORT}字以内）")));
    }
    if let Some(width) = one.width.filter(|width| *width <= 0.0) {
        let message = say!("欄「{key}」の幅が0以下である", "column {key} has no width");
        let finding = fault(r, &rules::COLUMN_WIDTH, one, "width", message);
        r.add(finding.found(width.to_string()).expected("0より大きい数（mm）"));
    }
    if one.longest == Some(0) {
        let message = say!("longest の値の書き方が違う", "longest has a value of the wrong kind");
        r.add(
            fault(r, &rules::WRONG_VALUE, one, "longest", message)
                .found("0")
                .expected("1以上の整数"),
        );
    }
}

/// What an edition cannot do without stays where it is asked for and read back.
fn hidden(column: &Column, one: &Declared, r: &mut Reader) {
    let needed = [(Paper::Form, "form"), (Paper::Workbook, "workbook")];
    let lacks = |(paper, _): &&(Paper, &str)| !column.is_on(*paper);
    let lacking: Vec<&str> = needed.iter().filter(lacks).map(|(_, word)| *word).collect();
    if matches!(column.role, Role::Id | Role::Place | Role::Name) && !lacking.is_empty() {
        let key = &*one.key;
        let message = say!("欄「{key}」は省けない", "column {key} cannot be left out");
        let finding = fault(r, &rules::COLUMN_KEY, one, "papers", message);
        let expected: Vec<String> = lacking.iter().map(|word| format!("\"{word}\"")).collect();
        r.add(finding.found(key).expected(format!("papers に {} を加える", expected.join("、"))));
    }
}

/// The columns that it names.
fn neighbours(columns: &mut [Column], one: &Declared, r: &mut Reader) {
    let named = [("after", &one.after), ("under", &one.under)];
    for (of, named) in named.into_iter().filter_map(|(of, key)| Some((of, key.as_deref()?))) {
        if named.is_empty() {
            continue;
        }
        let (key, known) = (&*one.key, columns.iter().find(|column| column.is(named)));
        let message = match known {
            None => say!(
                "欄「{key}」の {of} の欄「{named}」がない",
                "{of} of column {key} names no column: {named}"
            ),
            Some(other) if other.is(key) => {
                say!(
                    "欄「{key}」の {of} がその欄自身である",
                    "{of} of column {key} is the column itself"
                )
            }
            Some(other)
                if of == "under"
                    && (other.under.is_some() || other.group || !other.is_on(Paper::Annex)) =>
            {
                say!(
                    "欄「{key}」を下に置く欄「{named}」が、紙面に独立の欄としてない",
                    "column {named}, under which column {key} is to stand, is no column in print"
                )
            }
            Some(_) => continue,
        };
        let mut finding = fault(r, &rules::COLUMN_NEIGHBOUR, one, of, message).found(named);
        let others = columns.iter().map(|column| &*column.key).filter(|other| *other != key);
        if let Some(near) = nearest(named, others) {
            finding = finding.expected(near);
        }
        r.add(finding);
        if let Some(column) = columns.iter_mut().find(|column| of == "under" && column.is(&one.key))
        {
            column.under = None;
        }
    }
}

/// Puts the columns that say what they stand after there, several of one place in their order.
fn place(columns: &mut Vec<Column>, declared: &[&Declared]) {
    let mut last: BTreeMap<&str, &str> = BTreeMap::new();
    for one in declared {
        let Some(after) = one.after.as_deref().filter(|after| *after != one.key) else { continue };
        if !columns.iter().any(|column| column.is(after)) {
            continue;
        }
        let Some(from) = columns.iter().position(|column| column.is(&one.key)) else { continue };
        let column = columns.remove(from);
        let behind = last.insert(after, &one.key).unwrap_or(after);
        let at = columns.iter().position(|column| column.is(behind));
        columns.insert(at.map_or(from, |at| at + 1), column);
    }
}

/// Rows are grouped by one column, which has its own place.
fn one_group(columns: &mut [Column], declared: &[&Declared], r: &mut Reader) {
    let mut grouping: Option<&str> = None;
    for one in declared.iter().filter(|one| one.group == Some(true)) {
        let key = &*one.key;
        let Some(column) = columns.iter_mut().find(|column| column.is(key)) else { continue };
        let message = match grouping {
            _ if column.under.is_some() || !column.is_on(Paper::Annex) => say!(
                "行をまとめる欄「{key}」が、紙面に独立の欄としてない",
                "column {key} groups the rows and is no column in print"
            ),
            Some(other) => say!(
                "行をまとめる欄が2つある（「{other}」「{key}」）",
                "two columns group the rows: {other} and {key}"
            ),
            None => {
                grouping = Some(key);
                continue;
            }
        };
        column.group = false;
        r.add(fault(r, &rules::COLUMN_NEIGHBOUR, one, "group", message).found(key));
    }
}

/// The columns in print have room beside each other.
fn widths(columns: &[Column], declared: &[&Declared], printed_width: f64, r: &mut Reader) {
    let printed = columns.iter().filter(|column| column.is_on(Paper::Annex));
    let printed = printed.filter(|column| column.under.is_none() && !column.group);
    let sum: f64 = printed.filter_map(|column| column.widths.annex).sum();
    let widest = declared.iter().filter(|one| one.width.is_some());
    let widest = widest.max_by(|a, b| a.width.partial_cmp(&b.width).unwrap_or(Ordering::Equal));
    if let Some(one) = widest.filter(|_| sum > printed_width) {
        let message =
            say!("欄の幅の合計が紙面より広い", "the columns together are wider than the page");
        let finding = fault(r, &rules::COLUMN_WIDTH, one, "width", message);
        r.add(finding.found(format!("{sum}mm")).expected(format!("{printed_width:.1}mm以下")));
    }
}

/// Where a table has no departments, none is chosen before its section.
fn alone(columns: &mut [Column]) {
    let is_asked = |column: &Column| column.is_on(Paper::Form);
    let mut departments = columns.iter().filter(|column| column.role == Role::Department);
    if departments.any(is_asked) {
        return;
    }
    for column in columns.iter_mut().filter(|column| column.role == Role::Section) {
        column.prompt = "一覧から選んでください。".into();
        column.alert =
            "一覧にない課室です。このまま使うときは「はい」を押し、{measures.note}に理由を記入してください。"
                .into();
        if typed(keys::SECTION).is_some_and(|usual| usual.guide == column.guide) {
            column.guide = "一覧から選びます。".into();
        }
    }
}

/// The words by which columns are known, and the declarations that say them.
struct Labels<'c, 'd> {
    columns: &'c mut [Column],
    declared: &'c [&'d Declared],
}

impl<'c, 'd> Labels<'c, 'd> {
    fn new(columns: &'c mut [Column], declared: &'c [&'d Declared]) -> Self {
        Self { columns, declared }
    }

    /// Whether the settings themselves say these synonyms.
    fn says_synonyms(&self, column: &Column) -> bool {
        self.declared.iter().any(|one| column.is(&one.key) && one.synonyms.is_some())
    }

    /// No two columns are known by one word. A synonym of the standard edition gives way.
    fn distinct(mut self, r: &mut Reader) {
        self.give_way();
        for one in self.declared {
            let own = self.columns.iter().find(|column| column.is(&one.key));
            let others = self.columns.iter().filter(|column| !column.is(&one.key));
            let Some(own) = own else { continue };
            let words = std::iter::once(("label", &own.label));
            let words = words.chain(own.synonyms.iter().map(|synonym| ("synonyms", synonym)));
            for (of, word) in words {
                let is_word = |other: &&String| text::key(other) == text::key(word);
                let known = |other: &&Column| {
                    std::iter::once(&other.label).chain(&other.synonyms).any(|word| is_word(&word))
                };
                let Some(other) = others.clone().find(known) else { continue };
                let (key, other) = (&*one.key, &*other.key);
                let message = say!(
                    "欄「{key}」の見出し「{word}」が、欄「{other}」の見出しでもある",
                    "the label {word} of column {key} is also one of column {other}"
                );
                r.add(fault(r, &rules::COLUMN_LABEL, one, of, message).found(word));
            }
        }
    }

    fn give_way(&mut self) {
        let said: Vec<(usize, String)> = self
            .columns
            .iter()
            .enumerate()
            .flat_map(|(at, column)| {
                // What a level is called is said by its word.
                let says = self.says_synonyms(column)
                    || matches!(column.role, Role::Place | Role::Above { .. });
                let synonyms = column.synonyms.iter().filter(|_| says);
                let words = std::iter::once(&column.label).chain(synonyms);
                words.map(move |word| (at, text::key(word))).collect::<Vec<_>>()
            })
            .collect();
        for at in 0..self.columns.len() {
            let Some(column) = self.columns.get(at) else { continue };
            if self.says_synonyms(column) {
                continue;
            }
            let is_free = |synonym: &String| {
                let synonym = text::key(synonym);
                !said.iter().any(|(of, word)| *of != at && *word == synonym)
            };
            if let Some(column) = self.columns.get_mut(at) {
                column.synonyms.retain(is_free);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{Edition, parse};
    use crate::schema::NextYear;

    const EXAMPLE: &str = include_str!("../../inputs/2025/edition.toml");

    fn edition(tables: &str) -> Edition {
        let (edition, findings) = parse("edition.toml", &format!("{EXAMPLE}\n{tables}"));
        let said: Vec<_> = findings.iter().map(|f| (&f.place, &f.message.ja)).collect();
        assert!(said.is_empty(), "{said:?}");
        edition.unwrap()
    }

    fn keys_of(edition: &Edition, table: Table) -> Vec<&str> {
        edition.schema.columns(table).iter().map(|column| &*column.key).collect()
    }

    #[test]
    fn without_a_word_of_them_the_columns_are_the_standard_ones() {
        assert!(edition("").schema.is_standard());
    }

    #[test]
    fn the_explained_column_is_one() {
        let lines = EXAMPLE.lines().skip_while(|line| *line != "# [[measure-column]]");
        let lines = lines.take_while(|line| line.starts_with("# "));
        let text: String = lines.map(|line| format!("{}\n", &line[2..])).collect();
        let text = ["under", "choices"]
            .iter()
            .fold(text, |text, key| text.replace(&format!("\n{key} ="), &format!("\n# {key} =")));
        let edition = edition(&text);
        let column = edition.schema.column(Table::Measures, "budget").unwrap();
        assert_eq!((column.label.as_str(), column.short()), ("R8予算額（千円）", "R8予算額"));
        assert_eq!((column.kind, column.unit.as_deref()), (Kind::Amount, Some("千円")));
        assert!(column.total && column.group && column.filled && column.is_on(Paper::Text));
        assert_eq!(column.widths.annex, Some(18.0));
        assert!(column.prompt.contains("千円") && column.prompt.contains("当初予算"));
    }

    #[test]
    fn a_standard_column_changes_in_what_is_said_of_it_alone() {
        let edition = edition(
            "[[measure-column]]\nkey = \"purpose\"\nlabel = \"ねらい\"\nrequired = false\n\
             [[measure-column]]\nkey = \"overview\"\npapers = []\n\
             [[kpi-column]]\nkey = \"current\"\nnext-year = \"clear\"\n",
        );
        let schema = &edition.schema;
        let standard = Schema::standard();
        let of = |key| standard.column(Table::Measures, key).unwrap();
        let purpose = schema.column(Table::Measures, "purpose").unwrap();
        assert_eq!((purpose.label.as_str(), purpose.short()), ("ねらい", "ねらい"));
        assert!(!purpose.filled && !purpose.required);
        assert_eq!(
            (&purpose.synonyms, &purpose.guide),
            (&of("purpose").synonyms, &of("purpose").guide)
        );
        let overview = schema.column(Table::Measures, "overview").unwrap();
        assert!(overview.papers.is_empty() && !overview.filled && !overview.required);
        let current = schema.column(Table::Kpis, "current").unwrap();
        assert_eq!(current.next_year, NextYear::Clear);
        assert_eq!(keys_of(&edition, Table::Measures).len(), standard.measures.len());
    }

    #[test]
    fn columns_stand_where_they_say() {
        let one = |table: &str, key: &str, more: &str| {
            format!("[[{table}-column]]\nkey = \"{key}\"\nlabel = \"{key}の欄\"\n{more}\n")
        };
        let text = one("measure", "a", "")
            + &one("measure", "b", "")
            + &one("measure", "c", "after = \"name\"")
            + &one("measure", "d", "after = \"name\"")
            + &one("kpi", "e", "")
            + &one("kpi", "f", "")
            + &one("kpi", "g", "after = \"f\"")
            + "[[kpi-column]]\nkey = \"section\"\n[[kpi-column]]\nkey = \"note\"\nafter = \"name\"\n";
        let edition = edition(&text);
        assert_eq!(
            keys_of(&edition, Table::Measures)[4..],
            [
                "name",
                "c",
                "d",
                "overview",
                "purpose",
                "a",
                "b",
                "department",
                "section",
                "reposts",
                "note"
            ]
        );
        assert_eq!(
            keys_of(&edition, Table::Kpis)[4..],
            ["name", "note", "measures", "current", "target", "e", "f", "g", "section"]
        );
        let section = edition.schema.column(Table::Kpis, "section").unwrap();
        assert_eq!(section.role, Role::Section);
        assert!(!section.prompt.contains("部局") && !section.guide.contains("部局"));
        assert_eq!(edition.schema.fault(), None);
    }

    #[test]
    fn a_synonym_of_the_standard_edition_gives_way_to_what_is_declared() {
        let edition = edition(
            "[[measure-column]]\nkey = \"gist\"\nlabel = \"目的\"\nsynonyms = [\"概要\"]\n",
        );
        let column = |key| edition.schema.column(Table::Measures, key).unwrap();
        assert!(!column("purpose").synonyms.contains(&"目的".into()));
        assert!(!column("overview").synonyms.contains(&"概要".into()));
        assert_eq!(column("gist").synonyms, ["概要"]);
    }

    #[test]
    fn a_synonym_of_the_standard_edition_gives_way_to_what_a_level_is_called() {
        let text = r#"
            [[level]]
            word = "部局"
            column = true
            [[level]]
            word = "所属"
            measures = true
            column = true
            [[measure-column]]
            key = "department"
            papers = []
        "#;
        let (edition, findings) = parse("edition.toml", text);
        assert!(findings.iter().all(|f| f.rule.code != "S221"), "{findings:#?}");
        let schema = edition.unwrap().schema;
        let known: Vec<&str> = schema
            .columns(Table::Measures)
            .iter()
            .filter(|column| column.label == "部局" || column.synonyms.iter().any(|s| s == "部局"))
            .map(|column| &*column.key)
            .collect();
        assert_eq!(known, ["level-1"]);
    }
}

//! Where a form says that its department has nothing for a table: in the box above it, in a row of
//! it, or in a sentence beside the tables, which also stands for a table that was deleted.

use std::collections::BTreeSet;
use std::ops::Range;

use super::heading::areas_above;
use super::labels::{HeadingLabels, REACH, cells_of};
use super::located::Located;
use super::table::is_guide;
use crate::diag::{CellRef, Place};
use crate::intake::read::grid::{Book, Sheet};
use crate::model::{Nothing, ObservationKind, Observations, TableReceived};
use crate::schema::form::{
    ANYTHING_LABELS, FINDINGS_SHEET, LISTS_SHEET, NOTHING_LABELS, nothing_hint,
};
use crate::schema::{Schema, Table, keys};
use crate::text::{is_word_for_nothing, key, says_nothing};

/// Bytes of the longest text that may say so.
const LONGEST: usize = 200;
/// What stands around a mark and says nothing.
const AROUND: &[char] = &[
    '(', ')', '[', ']', '<', '>', '【', '】', '〔', '〕', '「', '」', '※', '*', ':', '.', '。',
    '、', '・',
];
/// Marks of a box, in the letters of keys.
const YES: [&str; 21] = [
    "○", "〇", "◯", "◎", "●", "⭕", "✓", "✔", "☑", "☒", "■", "◼", "レ", "v", "o", "1", "丸",
    "まる", "はい", "yes", "y",
];
/// Marks that deny what the box asks.
const NO: [&str; 8] = ["□", "☐", "×", "✕", "✗", "いいえ", "no", "n"];
/// Words that say that there is something.
const SOMETHING: [&str; 6] = ["有", "有り", "あり", "該当あり", "該当有", "該当有り"];
/// What stands between the names of tables and what is said of them.
const JOINTS: [&str; 13] = [
    "について",
    "については",
    "ともに",
    "及び",
    "は",
    "に",
    "の",
    "が",
    "も",
    "と",
    "、",
    "・",
    "/",
];
/// What a sentence may end with.
const ENDS: [&str; 4] = ["です", "とします", "とする", "である"];

/// The tables of a form, and what it says of those that hold nothing.
#[derive(Debug, Default)]
pub struct Received {
    pub tables: Vec<TableReceived>,
    /// The cells that say it, with the labels and hints beside them.
    pub said: BTreeSet<Place>,
}

/// What a box asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    WhetherNothing,
    WhetherSomething,
}

/// What was found of a box.
enum Asked {
    Box(Nothing),
    /// The words alone, with no sign that they are the label of a box.
    Words {
        at: Place,
        text: String,
    },
}

/// Looks for what the form says of each table; a table that is nowhere, and of which nothing is
/// said, is missed.
pub fn received<'b>(
    book: &Book,
    schema: &Schema,
    usual_sheet: impl Fn(Table) -> Option<&'b str>,
    located: &[Located],
    observations: &mut Observations,
) -> Received {
    let labels = HeadingLabels::new();
    let mut reader = Reader { schema, labels, said: BTreeSet::new() };
    let areas = areas_above(located);
    let mut tables = Vec::new();
    for table in Table::ALL {
        let own: Vec<_> = areas.iter().filter(|(located, _)| located.table == table).collect();
        let mut received = own.first().map(|(first, _)| TableReceived {
            table,
            at: header_of(first),
            first: own.iter().find_map(|(located, _)| first_of(located)),
            is_begun: own.iter().any(|(located, _)| is_begun(located, observations)),
            nothing: Nothing::Unasked,
        });
        if let Some(received) = &mut received {
            let asked = own.iter().map(|(located, above)| {
                reader.asked(located.sheet, above.clone(), received.is_begun)
            });
            let in_row = own.iter().any(|(located, _)| has_nothing_row(located, observations));
            received.nothing = asked.max_by_key(rank).unwrap_or(Nothing::Unasked);
            if in_row && rank(&received.nothing) < rank(&Nothing::InRow) {
                received.nothing = Nothing::InRow;
            }
        }
        let is_open = received.as_ref().is_none_or(|received| {
            !received.is_begun && rank(&received.nothing) < rank(&Nothing::InRow)
        });
        if is_open
            && usual_sheet(table).is_some()
            && let Some((at, text)) = reader.elsewhere(book, table, located)
        {
            let nothing = Nothing::Stated { at: at.clone(), text, in_box: false };
            let absent = TableReceived {
                table,
                at,
                first: None,
                is_begun: false,
                nothing: Nothing::Unasked,
            };
            received = Some(TableReceived { nothing, ..received.unwrap_or(absent) });
        }
        tables.extend(received);
    }
    Received { tables, said: reader.said }
}

/// Notes the tables that the edition has and nothing was received of.
pub fn note_missing<'b>(
    book: &Book,
    usual_sheet: impl Fn(Table) -> Option<&'b str>,
    has: impl Fn(Table) -> bool,
    observations: &mut Observations,
) {
    let missing = Table::ALL.into_iter().filter(|&table| !has(table)).filter_map(usual_sheet);
    let missing: Vec<&str> = missing.collect();
    if book.readable && !missing.is_empty() {
        let noted = observations.note(ObservationKind::SheetMissing, Place::file(&book.file));
        noted.expected(missing.join("、"));
    }
}

/// What says most of a table comes first.
fn rank(nothing: &Nothing) -> u8 {
    match nothing {
        Nothing::Unasked => 0,
        Nothing::Unsaid(_) => 1,
        Nothing::Unclear { .. } => 2,
        Nothing::InRow => 3,
        Nothing::Stated { .. } => 4,
    }
}

fn header_of(located: &Located) -> Place {
    let first = located.columns.values().min().copied().unwrap_or(0);
    located.sheet.place(CellRef::new(located.header, first))
}

fn first_of(located: &Located) -> Option<Place> {
    let (at, _) = located.rows.first()?.entries.get(keys::NAME)?;
    Some(located.sheet.place(*at))
}

/// Whether something is written in the rows, be it an entry or not.
fn is_begun(located: &Located, observations: &Observations) -> bool {
    const BEGUN: [ObservationKind; 2] =
        [ObservationKind::RowWithoutName, ObservationKind::SampleOverwritten];
    !located.rows.is_empty() || BEGUN.iter().any(|&kind| is_in_rows(located, kind, observations))
}

fn has_nothing_row(located: &Located, observations: &Observations) -> bool {
    is_in_rows(located, ObservationKind::NothingRow, observations)
}

fn is_in_rows(located: &Located, kind: ObservationKind, observations: &Observations) -> bool {
    let rows = located.header..located.end;
    observations.iter().any(|observation| {
        observation.kind == kind
            && observation.at.sheet.as_ref() == Some(&located.sheet.name)
            && observation.at.cell.is_some_and(|cell| rows.contains(&cell.row))
    })
}

struct Reader<'a> {
    schema: &'a Schema,
    labels: HeadingLabels,
    said: BTreeSet<Place>,
}

impl Reader<'_> {
    /// What the box above a table says. Words alone are a statement where the table holds nothing.
    fn asked(&mut self, sheet: &Sheet, rows: Range<u32>, is_begun: bool) -> Nothing {
        match self.find(sheet, rows) {
            Some((Asked::Box(nothing), cells)) => {
                self.said.extend(cells);
                nothing
            }
            Some((Asked::Words { at, text }, cells)) if !is_begun => {
                self.said.extend(cells);
                Nothing::Stated { at, text, in_box: false }
            }
            _ => Nothing::Unasked,
        }
    }

    /// The first box in some rows of a sheet, with its cells.
    fn find(&self, sheet: &Sheet, rows: Range<u32>) -> Option<(Asked, Vec<Place>)> {
        let cells = sheet.cells.range(cells_of(rows)).filter(|(_, cell)| !cell.is_blank());
        for (&at, cell) in cells {
            let Some((asks, rest)) = labelled(&cell.text) else { continue };
            let own = sheet.place(at);
            let beside = sheet
                .row(at.row)
                .filter(|(other, _)| other.column > at.column)
                .take_while(|(other, _)| other.column <= at.column + REACH);
            let (hints, values): (Vec<_>, Vec<_>) =
                beside.partition(|(_, cell)| self.is_hint(&cell.text));
            let mut of_box = vec![own.clone()];
            of_box.extend(hints.iter().map(|(at, _)| sheet.place(*at)));
            let right = CellRef::new(at.row, at.column + 1);
            let is_box = !hints.is_empty() || sheet.drop_downs.at(right).is_some();
            let value = values.first().filter(|(_, cell)| !self.labels.has(cell.text.trim()));
            let nothing = match (rest, value) {
                (Rest::Text(text), _) => answer(asks, &text, own),
                (_, Some((at, cell))) => {
                    of_box.push(sheet.place(*at));
                    answer(asks, cell.text.trim(), sheet.place(*at))
                }
                (Rest::Blank, None) => Nothing::Unsaid(own),
                (Rest::None, None) if is_box => Nothing::Unsaid(sheet.place(right)),
                (Rest::None, None) if asks == Asks::WhetherNothing => {
                    let words = Asked::Words { at: own, text: cell.text.trim().to_owned() };
                    return Some((words, of_box));
                }
                (Rest::None, None) => continue,
            };
            return Some((Asked::Box(nothing), of_box));
        }
        None
    }

    fn is_hint(&self, text: &str) -> bool {
        let own = |&table: &Table| key(&nothing_hint(&self.schema.words, table)) == key(text);
        text.contains('。') && (Table::ALL.iter().any(own) || !is_word_for_nothing(text))
    }

    /// A sentence beside the tables that says that there is nothing for one of them, or a sheet
    /// under its name that says no more.
    fn elsewhere(
        &mut self,
        book: &Book,
        table: Table,
        located: &[Located],
    ) -> Option<(Place, String)> {
        let words = &self.schema.words;
        let names = [words.sheet(table), words.form(table)].map(key);
        let is_other = |sheet: &&Sheet| {
            let name = key(&sheet.name);
            is_guide(sheet) || [FINDINGS_SHEET, LISTS_SHEET].iter().any(|own| name == key(own))
        };
        for sheet in book.sheets.iter().filter(|sheet| !is_other(sheet)) {
            let own = || located.iter().filter(|l| std::ptr::eq(l.sheet, sheet));
            let is_entry = |at: CellRef| {
                own().any(|l| l.rows.binary_search_by_key(&at.row, |row| row.number).is_ok())
            };
            let name = key(&sheet.name);
            let is_alone = own().next().is_none() && names.iter().any(|own| name.contains(own));
            if is_alone
                && let Some(rows) = sheet.last_row()
                && let Nothing::Stated { at, text, .. } = self.asked(sheet, 0..rows + 1, false)
            {
                return Some((at, text));
            }
            let cells = sheet.cells.iter().filter(|(_, cell)| !cell.is_blank());
            let says_so = |text: &str| {
                said_of(self.schema, text).contains(&table)
                    || (is_alone && is_word_for_nothing(text))
            };
            let mut cells = cells.filter(|(at, cell)| says_so(&cell.text) && !is_entry(**at));
            if let Some((&at, cell)) = cells.next() {
                let (at, text) = (sheet.place(at), cell.text.trim().to_owned());
                self.said.insert(at.clone());
                return Some((at, text));
            }
        }
        None
    }
}

/// What stands in the cell of a label beside it.
enum Rest {
    None,
    /// Brackets with nothing in them.
    Blank,
    Text(String),
}

/// The label of a box, and what stands in its cell: 「該当なし」, 「☑該当なし」, 「該当なし：○」.
fn labelled(text: &str) -> Option<(Asks, Rest)> {
    if text.len() > LONGEST {
        return None;
    }
    let text = key(text);
    let all = [(NOTHING_LABELS, Asks::WhetherNothing), (ANYTHING_LABELS, Asks::WhetherSomething)];
    all.into_iter().find_map(|(labels, asks)| {
        let parted = labels.iter().find_map(|label| text.split_once(&key(label)));
        let (before, behind) = parted?;
        let rest = format!("{before}{behind}");
        let core = rest.trim_matches(AROUND);
        let rest = if !core.is_empty() {
            let is_answer = YES.contains(&core) || NO.contains(&core) || SOMETHING.contains(&core);
            Rest::Text((is_answer || asks == Asks::WhetherSomething).then(|| core.to_owned())?)
        } else if rest.contains(['(', '[', '〔']) {
            Rest::Blank
        } else {
            Rest::None
        };
        Some((asks, rest))
    })
}

/// What an answer in a box says.
fn answer(asks: Asks, text: &str, at: Place) -> Nothing {
    let own = key(text);
    let core = own.trim_matches(AROUND);
    let is_nothing =
        is_word_for_nothing(text) || (asks == Asks::WhetherNothing && YES.contains(&core));
    let is_something = says_nothing(text)
        || SOMETHING.contains(&core)
        || (asks == Asks::WhetherNothing && NO.contains(&core));
    let text = text.to_owned();
    if is_nothing {
        Nothing::Stated { at, text, in_box: true }
    } else if is_something {
        Nothing::Unsaid(at)
    } else {
        Nothing::Unclear { at, text }
    }
}

/// The tables of which a sentence says that there is nothing: 「様式２は該当なし」, 「KPI：なし」.
fn said_of(schema: &Schema, text: &str) -> Vec<Table> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let words = &schema.words;
    let mut names: Vec<(String, Table)> = Table::ALL
        .into_iter()
        .flat_map(|table| {
            let all = [words.sheet(table), words.title(table), words.form(table)];
            let several = match table {
                Table::Measures => &words.measures,
                Table::Kpis => &words.kpis,
            };
            let more = [words.in_full(table), words.entry(table), several];
            all.into_iter().chain(more).map(move |name| (key(name), table))
        })
        .filter(|(name, _)| !name.is_empty())
        .collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let text = key(text);
    let mut rest = text.trim_matches(AROUND);
    let mut said = Vec::new();
    loop {
        let named = names.iter().find_map(|(name, of)| Some((rest.strip_prefix(name)?, *of)));
        if let Some((behind, of)) = named {
            said.push(of);
            rest = behind;
        } else if let Some(behind) = JOINTS.iter().find_map(|joint| rest.strip_prefix(joint)) {
            rest = behind;
        } else {
            let bare = rest.trim_start_matches(AROUND).trim_start_matches('-');
            if bare == rest {
                break;
            }
            rest = bare;
        }
        if said.is_empty() {
            return said;
        }
    }
    let rest = ENDS.iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    if is_word_for_nothing(rest) { said } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_answered_by_any_mark() {
        let at = Place::default;
        for text in
            ["○", "〇", "◯", "レ", "✔", "☑", "■", "該当なし", "なし。", "はい", "（○）", "Ｏ"]
        {
            let said = answer(Asks::WhetherNothing, text, at());
            assert!(matches!(said, Nothing::Stated { in_box: true, .. }), "{text}: {said:?}");
        }
        for text in ["×", "□", "－", "該当あり", "有", "いいえ"] {
            let said = answer(Asks::WhetherNothing, text, at());
            assert!(matches!(said, Nothing::Unsaid(_)), "{text}: {said:?}");
        }
        for text in ["来年度から", "検討中", "△", "0"] {
            let said = answer(Asks::WhetherNothing, text, at());
            assert!(matches!(said, Nothing::Unclear { .. }), "{text}: {said:?}");
        }
        let said = |text| answer(Asks::WhetherSomething, text, at());
        assert!(matches!(said("無"), Nothing::Stated { .. }));
        assert!(matches!(said("有"), Nothing::Unsaid(_)));
        assert!(matches!(said("有・無"), Nothing::Unclear { .. }));
        assert!(matches!(said("○"), Nothing::Unclear { .. }));
    }

    #[test]
    fn a_label_is_told_from_a_sentence() {
        for (text, rest) in [
            ("該当なし", Some("")),
            ("該当無し：", Some("")),
            ("☑ 該当なし", Some("☑")),
            ("該当なし（○）", Some("○")),
            ("該当なし（　）", Some("()")),
            ("□該当なし", Some("□")),
            ("該当の有無：無", Some("無")),
            ("KPIは該当なし", None),
            ("該当なしの場合は○を付けてください。", None),
            ("施策名", None),
        ] {
            let found = labelled(text).map(|(_, rest)| match rest {
                Rest::None => String::new(),
                Rest::Blank => "()".to_owned(),
                Rest::Text(text) => text,
            });
            assert_eq!(found.as_deref(), rest, "{text}");
        }
    }

    #[test]
    fn a_sentence_says_of_which_table_there_is_nothing() {
        let schema = Schema::standard();
        let (measures, kpis) = (Table::Measures, Table::Kpis);
        for (text, tables) in [
            ("様式２は該当なし", vec![kpis]),
            ("様式２　KPI　該当なし", vec![kpis]),
            ("※ KPIなし", vec![kpis]),
            ("KPI：特になし。", vec![kpis]),
            ("主なKPIは該当ありません", vec![kpis]),
            ("様式１及び様式２ともに該当なしです", vec![measures, kpis]),
            ("施策なし", vec![measures]),
            ("該当なし", vec![]),
            ("KPI", vec![]),
            ("KPIの見直しなし", vec![]),
            ("様式２に記入", vec![]),
        ] {
            assert_eq!(said_of(&schema, text), tables, "{text}");
        }
    }
}

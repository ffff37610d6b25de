//! The columns of the tables as templates get them: how each is set, and how much room its texts
//! ask for.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::Serialize;

use super::blocks::{Run, runs};
use super::data::DataError;
use super::widths::{self, Demand};
use crate::model::{Annex, Row};
use crate::schema::{Column, Key, Kind, Paper, Role, Schema, Table, keys};
use crate::text::columns;

/// The columns of the tables that are printed, in the order of the schema.
#[derive(Debug, Serialize)]
pub struct Columns<'a> {
    pub measures: Vec<TableColumn<'a>>,
    pub kpis: Vec<TableColumn<'a>>,
}

/// A column of a table.
#[derive(Debug, Serialize)]
pub struct TableColumn<'a> {
    /// The field of a row that holds its text.
    pub key: &'a str,
    pub label: &'a str,
    /// The width of the label on one line, in em.
    pub label_width: f64,
    pub kind: TextKind,
    pub align: Align,
    /// Millimetres, where the settings say so.
    pub width: Option<f64>,
    /// What the table gives it where the settings do not say; none in the standard tables, whose
    /// widths are those of the lay-out.
    pub room: Option<Room>,
    /// What stands above it and its neighbours of the same head.
    pub head: Option<&'a str>,
    /// The column in whose cell it stands, below that one's text.
    pub under: Option<&'a str>,
    /// It has no place of its own, but stands under the name.
    pub below_name: bool,
}

/// How a text is to be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    Text,
    /// Figures under figures.
    Figure,
}

/// Where the lines of a cell stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    Left,
    Center,
    Right,
}

/// The widths that a column can do with, in em.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Room {
    /// No figure and no short word is parted, and the label has no more than a few lines.
    pub least: f64,
    /// Nothing of it has a second line.
    pub most: f64,
    /// Between the two, columns share the room as these.
    pub weight: f64,
}

/// The fields of a row that are no column.
const ROW_FIELDS: [&str; 4] = ["id", "break_before", "repost", "group_title"];

/// The columns of both tables of an annex on paper of a width in millimetres; sheets have the widths
/// of their texts too.
pub fn of(annex: &Annex, are_sheets: bool, paper: f64) -> Result<Columns<'_>, DataError> {
    let measures = annex.measures.iter().filter(|measure| measure.entry.is_printed());
    let kpis = annex.kpis.iter().filter(|kpi| kpi.entry.is_printed());
    Ok(Columns {
        measures: of_table(
            &annex.schema,
            Table::Measures,
            &measures.collect::<Vec<_>>(),
            are_sheets,
            paper,
        )?,
        kpis: of_table(&annex.schema, Table::Kpis, &kpis.collect::<Vec<_>>(), false, paper)?,
    })
}

fn of_table<'a, R: Row>(
    schema: &'a Schema,
    table: Table,
    rows: &[&R],
    are_sheets: bool,
    paper: f64,
) -> Result<Vec<TableColumn<'a>>, DataError> {
    let is_standard = is_standard(schema, table) && !are_sheets;
    let mut rooms = if is_standard { Rooms::new() } else { rooms(schema, table, rows, paper) };
    let mut columns = Vec::new();
    for column in printed(schema, table) {
        if ROW_FIELDS.contains(&&*column.key) {
            return Err(DataError::KeyTaken(column.key.clone()));
        }
        let texts: Vec<Cow<str>> = if is_standard {
            Vec::new()
        } else {
            rows.iter().map(|row| row.text(column)).collect()
        };
        let widths: Vec<f64> = texts.iter().map(|text| natural(text)).collect();
        columns.push(TableColumn {
            key: &column.key,
            label: &column.label,
            label_width: width(&column.label),
            kind: text_kind(column.kind),
            align: if is_standard { Align::Left } else { align(column, &widths) },
            width: column.widths.annex,
            room: rooms.shift_remove(&column.key),
            head: column.head.as_deref(),
            under: column.under.as_deref(),
            below_name: column.role == Role::Measures && column.under.is_none(),
        });
    }
    Ok(columns)
}

/// The columns of a table that have a place in print.
fn printed(schema: &Schema, table: Table) -> impl Iterator<Item = &Column> {
    schema.on(table, Paper::Annex).filter(|column| !column.group)
}

/// Whether the columns are those that the lay-out has widths for, under whatever labels.
fn is_standard(schema: &Schema, table: Table) -> bool {
    let usual = Schema::standard();
    let set = |column: &Column| {
        let Column { key, kind, widths, head, under, group, .. } = column;
        (key.clone(), *kind, widths.annex, head.clone(), under.clone(), *group)
    };
    schema.on(table, Paper::Annex).map(set).eq(usual.on(table, Paper::Annex).map(set))
}

fn text_kind(kind: Kind) -> TextKind {
    match kind {
        Kind::Text | Kind::Choice | Kind::List => TextKind::Text,
        Kind::Number | Kind::Amount | Kind::Year | Kind::Period | Kind::Date => TextKind::Figure,
    }
}

/// A figure with no more than its unit and year; in em.
const SHORT: f64 = 10.0;
/// A word that is chosen, an owner, a date; in em.
const WORD: f64 = 6.0;

/// Numbers stand at the right, short words in the middle, sentences at the left.
fn align(column: &Column, widths: &[f64]) -> Align {
    let all_within = |most: f64| widths.iter().all(|width| *width <= most);
    match column.kind {
        Kind::Number | Kind::Amount if all_within(SHORT) => Align::Right,
        Kind::Year | Kind::Date | Kind::Choice if all_within(WORD) => Align::Center,
        _ => Align::Left,
    }
}

/// Lines of a label above a narrow column.
const LABEL_LINES: f64 = 3.0;
/// What a column has at least, at most asks for, and what its widest piece may claim; in em.
const LEAST: f64 = 3.0;
const MOST: f64 = 60.0;
/// What a name has at least, and a column of sentences; in em. Japanese may break anywhere, so that
/// their widest piece asks for next to nothing.
const NAME: f64 = 8.0;
const SENTENCES: f64 = 5.0;
const WIDEST_PIECE: f64 = 12.0;

/// The rooms by the keys of their columns.
type Rooms = IndexMap<Key, Room>;

/// What templates leave of the paper beside a table, and a column has of its own beside its text;
/// in millimetres. `layout.typ` has both.
const MARGINS: f64 = 25.2;
const INSETS: f64 = 2.8;
/// An em of the tables, in millimetres.
const EM: f64 = 3.175;
/// Both in a table that is set closer.
const DENSE_INSETS: f64 = 2.117;
const DENSE_EM: f64 = 2.822;
/// The share of its width that the columns of such a table may claim for their pieces alone; the
/// rest is for those whose texts make the rows high.
const DENSE_ASKED: f64 = 0.85;
/// What no line parts has to fit: what it has beside its letters, and the width of a wide letter.
const SLACK: f64 = 0.3;
const WIDE_LETTER: f64 = 0.85;
/// A word of a choice that stays on one line even there; in em.
const SHORT_WORD: f64 = 4.0;
/// What a piece may claim where there is not room for all; in em.
const PIECES: [f64; 7] = [10.0, 8.0, 7.0, 6.0, 5.0, 4.0, LEAST];

/// The rooms of all columns of a table.
fn rooms<R: Row>(schema: &Schema, table: Table, rows: &[&R], paper: f64) -> Rooms {
    let columns: Vec<(&Column, Vec<Cow<str>>)> = printed(schema, table)
        .map(|column| (column, rows.iter().map(|row| row.text(column)).collect()))
        .collect();
    let host = |column: &Column| {
        let is_below = column.role == Role::Measures && column.under.is_none();
        let under = column.under.as_ref();
        let host = under.filter(|under| columns.iter().any(|(other, _)| other.key == **under));
        if is_below { Some(Key::from(keys::NAME)) } else { host.cloned() }
    };
    let own = columns.iter().filter(|(column, _)| host(column).is_none());
    let given: f64 = own.clone().filter_map(|(column, _)| column.widths.annex).sum();
    let free = own.clone().filter(|(column, _)| column.widths.annex.is_none());
    let count = free.clone().count() as f64;
    let mut total = (paper - MARGINS - given - INSETS * count) / EM;
    let mut rooms: Rooms =
        columns.iter().map(|(column, texts)| (column.key.clone(), room(column, texts))).collect();
    let asked = |rooms: &Rooms| -> f64 {
        free.clone().filter_map(|(column, _)| Some(rooms.get(&column.key)?.least)).sum()
    };
    if asked(&rooms) >= total {
        // The table is set closer then.
        total = (paper - MARGINS - given - DENSE_INSETS * count) / DENSE_EM;
        narrow(&mut rooms, &columns, |rooms| asked(rooms) <= DENSE_ASKED * total);
    }
    if asked(&rooms) >= total {
        return rooms;
    }
    // What stands in one cell needs the room of all of it.
    let demands: Vec<Demand> = (free.clone())
        .map(|(column, texts)| {
            let below =
                columns.iter().filter(|(other, _)| host(other).as_ref() == Some(&column.key));
            let all: Vec<&Vec<Cow<str>>> =
                [texts].into_iter().chain(below.map(|(_, t)| t)).collect();
            let lines = |row: usize| {
                let texts = all.iter().filter_map(|texts| texts.get(row));
                texts.flat_map(|text| text.lines().map(width)).collect()
            };
            let least = rooms.get(&column.key).map_or(LEAST, |room| room.least);
            Demand { least, rows: (0..rows.len()).map(lines).collect() }
        })
        .collect();
    let best: IndexMap<&Key, f64> =
        free.map(|(column, _)| &column.key).zip(widths::best(&demands, total)).collect();
    for (column, _) in &columns {
        let of = host(column);
        if let (Some(best), Some(room)) =
            (best.get(of.as_ref().unwrap_or(&column.key)), rooms.get_mut(&column.key))
        {
            room.weight = *best;
            room.most = room.most.max(*best);
        }
    }
    rooms
}

/// Lets the pieces that should not be parted claim less and less, until it is enough. No column is
/// narrower for it than its label, what no line parts, a short word and a name ask for.
fn narrow(
    rooms: &mut Rooms,
    columns: &[(&Column, Vec<Cow<str>>)],
    is_enough: impl Fn(&Rooms) -> bool,
) {
    for most in PIECES {
        if is_enough(rooms) {
            return;
        }
        for (column, texts) in columns {
            let floor = if column.role == Role::Name { NAME } else { LEAST };
            let pieces = texts.iter().map(|text| widest(text, Figures::Parted) + SLACK);
            let pieces = pieces.fold(0.0, f64::max);
            let longest = texts.iter().map(|text| natural(text)).fold(0.0, f64::max);
            let word = if longest <= SHORT_WORD { longest } else { 0.0 };
            let floor = label_least(column).max(floor).max(pieces).max(word).max(most);
            if let Some(room) = rooms.get_mut(&column.key) {
                room.least = room.least.min(half_up(floor)).max(half_up(pieces));
            }
        }
    }
}

/// What the label asks for.
fn label_least(column: &Column) -> f64 {
    let label = width(&column.label);
    (label / LABEL_LINES + 0.5).max(widest_piece(&column.label)).max(label.min(LEAST))
}

/// Widths in steps, so that a changed cell does not change every width of its table.
fn room(column: &Column, texts: &[Cow<str>]) -> Room {
    let label = width(&column.label);
    // A short figure or period stays on one line.
    let is_whole = |text: &str| column.kind.noun() != "" && natural(text) <= SHORT;
    let piece = |text: &Cow<str>| if is_whole(text) { natural(text) } else { widest_piece(text) };
    let pieces = texts.iter().map(piece).fold(LEAST, f64::max);
    let most = texts.iter().map(|text| natural(text)).fold(label.min(SHORT) + 0.5, f64::max);
    let sum: f64 = texts.iter().map(|text| width(text)).sum();
    let mean = sum / texts.len().max(1) as f64;
    let readable = match column.role {
        Role::Name => NAME,
        _ if text_kind(column.kind) == TextKind::Text && most > MOST / 2.0 => SENTENCES,
        _ => LEAST,
    };
    let least = half_up(pieces.max(label_least(column)).min(WIDEST_PIECE).max(readable.min(most)));
    // With the root of their texts, columns have the fewest lines together; in proportion, the
    // highest of each row has. This is between the two.
    let step = 1.1_f64;
    let weight = step.powf((mean.max(1.0).ln() * 0.6 / step.ln()).round());
    // Of a column that nobody fills in there is the label alone.
    let is_empty = texts.iter().all(|text| text.trim().is_empty());
    let most = if is_empty { least } else { half_up(most.min(MOST)).max(least) };
    Room { least, most, weight }
}

fn half_up(width: f64) -> f64 {
    (width * 2.0).ceil() / 2.0
}

/// The width of the longest line of a text.
fn natural(text: &str) -> f64 {
    text.lines().map(width).fold(0.0, f64::max)
}

/// What begins no line, and what ends none.
const NOT_FIRST: &str = "、。，．,.：:；;？！?!）)」』】〕］]｝}〉》・ー々％%ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
const NOT_LAST: &str = "（(「『【〔［[｛{〈《";

/// Whether a figure stays in one piece with its unit; else it is parted where it does not fit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Figures {
    Whole,
    Parted,
}

/// The width of the widest piece in which no line ends.
fn widest_piece(text: &str) -> f64 {
    widest(text, Figures::Whole)
}

fn widest(text: &str, figures: Figures) -> f64 {
    let mut widest = 0.0_f64;
    for line in text.lines() {
        let (mut piece, mut before) = (0.0, None);
        for run in runs(line) {
            let (text, is_whole) = match &run {
                Run::NoBreak { .. } if figures == Figures::Parted => {
                    before = None;
                    continue;
                }
                Run::NoBreak { text, .. } => (text.as_str(), true),
                Run::Text(text) => (text.as_str(), false),
                // It breaks anywhere.
                Run::Word { .. } | Run::BreakOpportunity { .. } => ("", false),
            };
            for (at, c) in text.char_indices() {
                let is_inside = is_whole && at > 0;
                if !is_inside && before.is_none_or(|before| may_part(before, c)) {
                    piece = 0.0;
                }
                piece += match figures {
                    Figures::Parted if c.is_ascii_alphabetic() || c == '@' => WIDE_LETTER,
                    _ => char_width(c),
                };
                widest = widest.max(piece);
                before = Some(c);
            }
        }
    }
    widest
}

/// Whether a line may end between two characters.
fn may_part(before: char, after: char) -> bool {
    let is_word = |c: char| c.is_ascii_graphic();
    !(NOT_LAST.contains(before) || NOT_FIRST.contains(after) || is_word(before) && is_word(after))
}

/// The width of a text on one line, in em; rather too much than too little.
fn width(text: &str) -> f64 {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> f64 {
    match c {
        '0'..='9' | '%' => 0.76,
        ',' | '.' => 0.4,
        ' '..='~' => 0.68,
        _ => columns::width(c.encode_utf8(&mut [0; 4])) as f64 / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: Kind, label: &str) -> Column {
        Column { kind, ..Column::new("budget", label) }
    }

    #[test]
    fn numbers_stand_at_the_right_and_short_words_in_the_middle() {
        let widths = |texts: &[&str]| -> Vec<f64> { texts.iter().map(|t| natural(t)).collect() };
        let long = "関係機関と調整の上で決める予定であり未定";
        for (kind, texts, expected) in [
            (Kind::Amount, ["13,767", "約1億2,000万円"], Align::Right),
            (Kind::Amount, ["13,767", long], Align::Left),
            (Kind::Choice, ["◎", "○"], Align::Center),
            (Kind::Choice, ["◎", long], Align::Left),
            (Kind::Text, ["◎", "○"], Align::Left),
        ] {
            assert_eq!(align(&column(kind, "欄"), &widths(&texts)), expected, "{texts:?}");
        }
    }

    #[test]
    fn a_column_has_room_for_its_figures_and_its_label() {
        let room = |label: &str, texts: &[&str]| {
            let texts: Vec<Cow<str>> = texts.iter().map(|text| Cow::Borrowed(*text)).collect();
            room(&column(Kind::Amount, label), &texts)
        };
        let narrow = room("額", &["1", "2"]);
        assert_eq!((narrow.least, narrow.most), (LEAST, LEAST));
        let figures = room("額", &["13,767千円"]);
        assert!(figures.least >= 6.0 && figures.most <= 7.0, "{figures:?}");
        let bracketed = room("額", &["全体で始めたのは（2025年）"]);
        assert!((6.0..7.0).contains(&bracketed.least), "{bracketed:?}");
        let labelled = room("令和８年度当初予算額（千円）", &["1"]);
        assert!((5.0..6.0).contains(&labelled.least), "{labelled:?}");
        let (short, long) = (room("欄", &["短い文"]), room("欄", &["長い文".repeat(40).as_str()]));
        assert!(long.weight > 2.0 * short.weight, "{short:?} {long:?}");
        assert_eq!(room("欄", &[]).least, LEAST);
        let empty = room("課題", &["", ""]);
        assert_eq!(empty.least, empty.most);
    }

    #[test]
    fn where_there_is_no_room_for_all_pieces_long_texts_still_get_more_than_short_ones() {
        let texts = |text: &str| vec![Cow::Owned(text.to_owned()); 3];
        let long = "住み慣れた地域で暮らし続けられるようにするための取組の成果を測る。".repeat(3);
        let number = texts("5,203,796千円台");
        let keys = ["a", "b", "c", "d", "e", "f", "g"];
        let amount = |key| Column { kind: Kind::Amount, ..Column::new(key, "年度の値") };
        let columns: Vec<Column> = keys.map(amount).into();
        let mut drawn: Vec<(&Column, Vec<Cow<str>>)> =
            columns.iter().map(|column| (column, number.clone())).collect();
        drawn[5].1 = texts("成果指標");
        drawn[6].1 = texts(&long);
        let mut rooms: Rooms =
            drawn.iter().map(|(of, texts)| (of.key.clone(), room(of, texts))).collect();
        let asked = |rooms: &Rooms| rooms.values().map(|room| room.least).sum::<f64>();
        let before = asked(&rooms);
        narrow(&mut rooms, &drawn, |rooms| asked(rooms) <= before - 6.0);
        assert!(asked(&rooms) <= before - 6.0, "{rooms:?}");
        assert!(rooms["a"].least >= width("5,203,796"), "{rooms:?}");
        assert!(rooms["f"].least >= 4.0, "a short word stays whole: {rooms:?}");
    }

    #[test]
    fn the_standard_tables_have_the_widths_of_the_lay_out() {
        let annex = Annex::default();
        let columns = of(&annex, false, 210.0).expect("the keys are free");
        let both = columns.measures.iter().chain(&columns.kpis);
        assert!(both.clone().all(|column| column.room.is_none() && column.align == Align::Left));
        assert_eq!(both.filter(|column| column.below_name).count(), 1);
    }
}

//! Good forms, deformed the way departments deform them: they give the same model, or a finding
//! says what is different. Never silence, never a panic.
//!
//! `BESSATSU_LONG=60 cargo test --test integration deform` tries them for a minute.

use std::collections::{BTreeMap, BTreeSet};

use bessatsu::edition::Edition;
use bessatsu::intake::Intake;
use bessatsu::model::{Annex, Sourced};
use bessatsu::schema::{Schema, keys};
use proptest::collection::vec;
use proptest::prelude::*;

const DEPARTMENT: &str = "企画部";

/// One thing that somebody does to a table of the form. Numbers are taken modulo what there is.
#[derive(Clone, Debug)]
enum Deform {
    TitleRows(usize),
    MoveRight(u16),
    BlankRow(usize),
    HeaderAgain(usize),
    FootNote,
    UnknownColumn {
        at: usize,
        label: &'static str,
        filled: &'static str,
    },
    MoveColumn {
        from: usize,
        to: usize,
    },
    Merge {
        field: Field,
        row: usize,
        length: usize,
    },
    WideLabels,
    NarrowLabels,
    BrokenLabels,
    /// A label with a remark hung on it.
    RemarkInLabel,
    RaisedLabels(usize),
    WideText {
        field: Field,
        row: usize,
    },
    HalfWidthKana {
        field: Field,
        row: usize,
    },
    BrokenText {
        field: Field,
        row: usize,
        at: usize,
    },
    Spaces {
        field: Field,
        row: usize,
        kind: usize,
    },
    HideRow(usize),
    HideColumn(Field),
    RenameSheet,
    OneSheet,
    SheetsTurned,
    DropIds(usize),
    NumbersAsText,
    /// 「69.0%」 as the number 0.69 under a format, 「1,551人」 likewise.
    FiguresAsNumbers,
    /// The category by its number alone.
    ShortCategory(usize),
    /// The category and the reposts in another spelling.
    Respelled {
        row: usize,
        kind: usize,
    },
    /// Labels with a number before them, or a unit, a date or a remark behind.
    HungLabels(usize),
    /// A word for nothing in every cell that may be blank.
    SaysNothing {
        row: usize,
        word: usize,
    },
    /// A row of a sample under another mark than the form's.
    Sample(usize),
    /// A heading between the rows, merged over all columns.
    GroupHeading {
        row: usize,
        kind: usize,
    },
    /// A line below the table that is no entry.
    RowBelow(usize),
    DropColumn(Field),
    DropTable,
    DropName(usize),
}
use Deform::*;

use crate::support::grid::{self, Cell, Column, Field, Form};
use crate::support::held::hold;
use crate::support::{example, office, pipeline, submissions, xlsb};

/// What the findings have to say of a deformed form.
#[derive(Debug, Default)]
struct Explained {
    /// Codes of which there must be more findings than before.
    must: BTreeSet<&'static str>,
    /// Codes of which there may be.
    may: BTreeSet<&'static str>,
    /// Codes that tell of a difference where there are more of them.
    tells: BTreeSet<&'static str>,
    /// The model cannot be the same.
    loses: bool,
}

impl Deform {
    /// Whether nobody does this on top of what was done before: two remarks on one label, a
    /// spelling of a spelling.
    fn is_once(&self, before: &Self) -> bool {
        let hangs = |deform: &Self| matches!(deform, HungLabels(_) | RemarkInLabel);
        let spells = |deform: &Self| match deform {
            Respelled { row, .. } | ShortCategory(row) => Some(*row),
            _ => None,
        };
        (hangs(self) && hangs(before)) || (spells(self).is_some() && spells(self) == spells(before))
    }

    fn apply(&self, form: &mut Form, page: usize, explained: &mut Explained) {
        let index = page % form.pages.len();
        match self {
            OneSheet => return form.stacked = true,
            SheetsTurned => return form.pages.reverse(),
            DropTable => {
                if form.pages.len() > 1 {
                    form.pages.remove(index);
                    explained.loses = true;
                    explained.must.insert("F201");
                }
                return;
            }
            _ => {}
        }
        let page = &mut form.pages[index];
        let rows = page.rows.len();
        match self {
            TitleRows(count) => {
                let titles = ["別冊の照会について", "提出期限：１月24日", "※黄色のセルに記入"];
                for title in titles.iter().cycle().take(*count) {
                    page.above.insert(0, vec![(*title).to_owned()]);
                }
                explained.may.insert("F231");
            }
            MoveRight(columns) => page.left += columns,
            BlankRow(row) => drop(page.gaps.insert(row % rows)),
            HeaderAgain(row) => drop(page.headers.insert(row % rows)),
            FootNote => {
                page.below.push("※　記入に当たっては要領を参照のこと。".into());
                explained.may.insert("F231");
            }
            UnknownColumn { at, label, filled } => {
                let at = at % (page.columns.len() + 1);
                page.columns.insert(at, Column::unknown(label, filled));
            }
            MoveColumn { from, to } => {
                let column = page.columns.remove(from % page.columns.len());
                let to = to % (page.columns.len() + 1);
                page.columns.insert(to, column);
            }
            Merge { field, row, length } => merge(page, field, row % rows, *length),
            RemarkInLabel => {
                page.column(keys::NAME).iter_mut().for_each(|c| c.label += "（必須）");
            }
            RaisedLabels(mask) => {
                for (bit, column) in page.columns.iter_mut().enumerate() {
                    column.raised = !column.label.is_empty() && mask >> bit & 1 == 1;
                }
            }
            HideRow(row) => drop(page.hidden.insert(row % rows)),
            HideColumn(field) => {
                page.column(field).into_iter().for_each(|column| column.hidden = true);
            }
            RenameSheet => page.name += "（最終版）",
            DropColumn(field) => page.columns.retain(|column| column.field != Some(*field)),
            DropName(row) => drop(page.rows[row % rows].remove(&keys::NAME)),
            DropIds(mask) => {
                for (bit, row) in page.rows.iter_mut().enumerate() {
                    if mask >> (bit % 16) & 1 == 1 {
                        row.remove(&keys::ID);
                    }
                }
            }
            NumbersAsText => {
                for cell in page.rows.iter_mut().filter_map(|row| row.get_mut(&keys::ORDER)) {
                    if let Cell::Number(number) = cell {
                        *cell = Cell::Text(widened(&number.to_string()));
                    }
                }
            }
            FiguresAsNumbers => {
                for field in [keys::CURRENT, keys::TARGET] {
                    for cell in page.rows.iter_mut().filter_map(|row| row.get_mut(&field)) {
                        if let Cell::Text(text) = cell
                            && let Some(number) = number(text)
                        {
                            *cell = number;
                        }
                    }
                }
            }
            ShortCategory(row) => {
                if let Some(text) = page.text(row % rows, keys::CATEGORY)
                    && let Some(end) = text.find(')')
                {
                    text.truncate(end + 1);
                    explained.may.insert("E622");
                }
            }
            Respelled { row, kind } => {
                for field in [keys::CATEGORY, keys::REPOSTS] {
                    if let Some(text) = page.text(row % rows, field) {
                        *text = text
                            .lines()
                            .map(|line| respelled(line, *kind))
                            .collect::<Vec<_>>()
                            .join(if kind % 2 == 0 { "、" } else { "\n" });
                    }
                }
                explained.may.insert("E622");
            }
            HungLabels(kind) => {
                for (at, column) in page.columns.iter_mut().enumerate() {
                    if column.field.is_some() {
                        column.label = hung(&column.label, at + 1, *kind);
                    }
                }
                explained.may.insert("F250");
            }
            SaysNothing { row, word } => {
                let word = NOTHING[word % NOTHING.len()];
                let row = &mut page.rows[row % rows];
                for field in [keys::ID, keys::ORDER, keys::REPOSTS, keys::NOTE] {
                    row.entry(field).or_insert(Cell::Text(word.into()));
                }
                explained.may.insert("F252");
            }
            Sample(kind) => {
                page.samples.push(sample(*kind));
                explained.may.insert("F251");
            }
            GroupHeading { row, kind } => {
                let row = row % rows;
                if let Some(label) = page.text(row, keys::CATEGORY).cloned() {
                    page.groups.insert(row, respelled(&label, *kind));
                    explained.may.insert("F254");
                }
            }
            RowBelow(kind) => {
                page.below.push(BELOW[kind % BELOW.len()].into());
                explained.may.extend(["F231", "F253", "F251"]);
            }
            _ => self.apply_to_text(page, explained),
        }
    }

    /// What changes letters alone.
    fn apply_to_text(&self, page: &mut grid::Page, explained: &mut Explained) {
        let rows = page.rows.len();
        let labels = page.columns.iter_mut().map(|column| &mut column.label);
        match self {
            WideLabels => labels.for_each(|label| *label = widened(label)),
            NarrowLabels => labels.for_each(|label| *label = half_width(&narrowed(label))),
            BrokenLabels => labels.for_each(|label| *label = broken(label, 1)),
            WideText { field, row } => {
                page.text(row % rows, field)
                    .into_iter()
                    .for_each(|text| *text = wide_letters(text));
                explained.may.extend(["N405"]);
            }
            HalfWidthKana { field, row } => {
                page.text(row % rows, field).into_iter().for_each(|text| *text = half_width(text));
                explained.may.extend(["C306", "N405"]);
            }
            BrokenText { field, row, at } => {
                page.text(row % rows, field).into_iter().for_each(|text| *text = broken(text, *at));
                // A measure of another department's form is not known here, and its name is not
                // put together again.
                if *field == keys::MEASURES {
                    explained.tells.insert("K502");
                }
            }
            Spaces { field, row, kind } => {
                let spaces = [("", "　"), ("", "  \n"), (" ", ""), ("　", " "), ("\n", "")];
                let (before, after) = spaces[kind % spaces.len()];
                page.text(row % rows, field)
                    .into_iter()
                    .for_each(|text| *text = format!("{before}{text}{after}"));
            }
            _ => unreachable!("{self:?} does not change letters alone"),
        }
    }
}

impl Explained {
    /// What the form's final state must be said of.
    fn complete(&mut self, form: &Form) {
        for page in &form.pages {
            let schema = Schema::standard();
            for column in schema.columns(page.table).iter().filter(|own| own.is_missed()) {
                let own = page.columns.iter().find(|own| own.field == Some(&*column.key));
                if own.is_none() {
                    self.loses = true;
                    self.must.insert("F202");
                }
            }
            let has = |field| page.columns.iter().any(|own| own.field == Some(field));
            if !has(keys::NAME) {
                // Without names there are no rows that more could be said of.
                continue;
            }
            if page.rows.iter().any(|row| !row.contains_key(keys::NAME)) {
                self.loses = true;
                self.must.insert("F216");
            }
            let name = page.columns.iter().find(|own| own.field == Some(keys::NAME));
            if name.is_some_and(|own| own.label.contains("必")) {
                self.must.insert("F250");
            }
            let rows = page.rows.iter().enumerate();
            let named = |row: &BTreeMap<Field, Cell>| row.contains_key(keys::NAME);
            if rows.clone().any(|(at, row)| page.hidden.contains(&at) && named(row))
                || page.columns.iter().any(|column| column.hidden && column.field.is_some())
            {
                self.must.insert("F206");
            }
            if page.possible_merges().next().is_some() {
                self.must.insert("F211");
            }
            if page.columns.iter().any(|own| own.field.is_none() && !own.filled.is_empty()) {
                self.must.insert("F205");
            }
            let order = |row: &BTreeMap<Field, Cell>| matches!(row.get(&keys::ORDER), Some(Cell::Text(text)) if !NOTHING.contains(&text.as_str()));
            if page.rows.iter().any(order) && has(keys::ORDER) {
                self.must.insert("F214");
            }
        }
    }
}

/// A figure that is one number and its unit as a number under a format.
fn number(text: &str) -> Option<Cell> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
    let (digits, unit) = text.split_at(end);
    let decimals = digits.split_once('.').map_or("", |(_, decimals)| decimals);
    let number: f64 = digits.replace(',', "").parse().ok()?;
    let zeros =
        if decimals.is_empty() { "".into() } else { format!(".{}", "0".repeat(decimals.len())) };
    match unit {
        "%" => Some(Cell::Formatted(number / 100.0, format!("0{zeros}%"))),
        _ if unit.chars().count() < 4 && unit.chars().all(|c| c > '\u{3000}') => {
            let group = if digits.contains(',') { "#,##0" } else { "0" };
            Some(Cell::Formatted(number, format!("{group}{zeros}\"{unit}\"")))
        }
        _ => None,
    }
}

/// Merges equal neighbours, from a row down.
fn merge(page: &mut grid::Page, field: Field, row: usize, length: usize) {
    let value = |at: usize| page.rows.get(at).and_then(|row| row.get(&field));
    let Some(Cell::Text(_)) = value(row) else { return };
    let equal = (row..row + length).take_while(|&at| value(at) == value(row)).count();
    let last = row + equal - 1;
    let apart =
        |&(other, first, end): &(Field, usize, usize)| other != field || end < row || last < first;
    if last > row && page.merges.iter().all(apart) {
        page.merges.push((field, row, last));
    }
}

/// Letters, digits and signs of ASCII in full width.
fn widened(text: &str) -> String {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        ' ' => '　',
        c => c,
    };
    text.chars().map(wide).collect()
}

/// Letters and digits alone in full width: signs belong to the sentence.
fn wide_letters(text: &str) -> String {
    let wide = |c: char| if c.is_ascii_alphanumeric() { widened(&c.to_string()) } else { c.into() };
    text.chars().map(wide).collect()
}

fn narrowed(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '　' => ' ',
        c => c,
    };
    text.chars().map(narrow).collect()
}

/// Some words of katakana in half width.
fn half_width(text: &str) -> String {
    let words = [
        ("デジタル", "ﾃﾞｼﾞﾀﾙ"),
        ("システム", "ｼｽﾃﾑ"),
        ("データ", "ﾃﾞｰﾀ"),
        ("サービス", "ｻｰﾋﾞｽ"),
        ("スポーツ", "ｽﾎﾟｰﾂ"),
        ("オンライン", "ｵﾝﾗｲﾝ"),
    ];
    words.iter().fold(text.to_owned(), |text, (kana, half)| text.replace(kana, half))
}

/// Words for nothing.
const NOTHING: [&str; 9] =
    ["—", "－", "なし", "該当なし", "特になし", "―", "N/A", "（なし）", "無し"];

/// Lines below a table that are no entries.
const BELOW: [&str; 7] =
    ["以上", "該当なし", "（以下余白）", "（注）値は速報値である。", "例２", "※ 参照", "－"];

/// A row that is marked as a sample, in the first column or before the name.
fn sample(kind: usize) -> BTreeMap<Field, Cell> {
    const MARKS: [&str; 10] = [
        "（例1）",
        "例２",
        "記入例",
        "【例】",
        "※例",
        "サンプル",
        "（記載例）",
        "例①",
        "例その２",
        "見本",
    ];
    const BEFORE: [&str; 4] = ["（記入例）", "（例1）\n", "【例】", "例：　"];
    let text = |text: String| Cell::Text(text);
    let name = "○○手続の電子化".to_owned();
    let mut row = BTreeMap::from([(keys::STATUS, text("新規".into()))]);
    if kind.is_multiple_of(2) {
        row.insert(keys::ID, text(MARKS[kind / 2 % MARKS.len()].into()));
        row.insert(keys::NAME, text(name));
    } else {
        row.insert(keys::NAME, text(format!("{}{name}", BEFORE[kind / 2 % BEFORE.len()])));
    }
    row
}

/// The titles of the headings above those of the example.
const ABOVE: [&str; 4] = ["", "暮らしのDX", "産業・地域のDX", "行政のDX"];

/// A heading in another spelling: 「2(7) 題名」 as 「２－（７）」, 「Ⅱ－７　題名」 and the like.
fn respelled(label: &str, kind: usize) -> String {
    let numbers = label.split_once(' ').and_then(|(number, title)| {
        let (upper, lower) = number.trim_end_matches(')').split_once('(')?;
        Some((upper.parse::<usize>().ok()?, lower.to_owned(), title))
    });
    let Some((upper, lower, title)) = numbers else { return label.to_owned() };
    let roman = ["", "Ⅰ", "Ⅱ", "Ⅲ"][upper.min(3)];
    match kind % 14 {
        0 => widened(&format!("{upper}-({lower})")),
        1 => format!("{upper}-({lower})　{title}"),
        2 => format!("{roman}－{lower}"),
        3 => format!("{upper}.{lower}"),
        4 => title.to_owned(),
        5 => format!("柱{upper} 分野{lower}　{title}"),
        6 => format!("分野{upper}（{lower}）"),
        7 => format!("{upper}\n({lower})\n{title}"),
        8 => format!("【{upper}-{lower}】{title}"),
        9 => format!("{title}（{upper}-{lower}）"),
        10 => format!("第{upper}の{lower}"),
        11 => format!("{}－（{}）{title}", widened(&upper.to_string()), widened(&lower)),
        12 => {
            let above = ABOVE[upper.min(3)];
            let [upper, lower] = [upper.to_string(), lower].map(|number| widened(&number));
            format!("{upper}　{above}（{lower}）{title}")
        }
        _ => format!("{upper} （{lower}） 　{title}"),
    }
}

/// A label with something hung on it.
fn hung(label: &str, number: usize, kind: usize) -> String {
    match kind % 12 {
        0 => format!("{number}．{label}"),
        1 => format!("※{label}"),
        2 => format!("{label}\n（必須）"),
        3 => format!("【{label}】"),
        4 => format!("（{number}）{label}"),
        5 => format!("{label}※"),
        6 => format!("{label}：",),
        8 => format!("{label}\n（単位：件・人）"),
        9 => format!("{label}（事業名）"),
        10 => format!("{label}（入力してください）"),
        11 => format!("{label}（令和7年1月末現在）"),
        _ => format!("{label}〔記入欄〕"),
    }
}

/// Broken over two lines between two of its characters.
fn broken(text: &str, at: usize) -> String {
    let places: Vec<usize> = text.char_indices().map(|(place, _)| place).skip(1).collect();
    let Some(&place) = places.get(at % places.len().max(1)) else { return text.to_owned() };
    format!("{}\n{}", &text[..place], &text[place..])
}

fn intake_of(edition: &Edition, previous: Option<&Annex>, form: Vec<u8>) -> Intake {
    pipeline::read(edition, previous, [("03_企画部.xlsx".to_owned(), form)])
}

/// How many findings there are of each code.
fn counts(
    edition: &Edition,
    previous: Option<&Annex>,
    intake: &Intake,
) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for finding in pipeline::findings(edition, previous, intake, &|_| true) {
        *counts.entry(finding.rule.code).or_default() += 1 + finding.more.len();
    }
    counts
}

/// All that is published of an annex, an entry a line, without where and how it was written.
fn published(annex: &Annex) -> Vec<String> {
    fn bare<T: Clone>(sourced: &Sourced<T>) -> T {
        sourced.value.clone()
    }
    let mut lines = Vec::new();
    for category in annex.places() {
        lines.push(format!("{} {:?} {:?}", category.id, category.listings, category.kpis));
    }
    for m in &annex.measures {
        let texts =
            [&m.name, m.value(keys::OVERVIEW), m.value(keys::PURPOSE), &m.department, &m.section]
                .map(bare);
        let reposts: Vec<_> = m.reposts.iter().map(bare).collect();
        let (status, category) = (bare(&m.status), bare(&m.category));
        let (order, note) = (m.order.as_ref().map(bare), m.note.as_ref().map(bare));
        let owners = &m.owners;
        lines.push(format!(
            "{} {status:?} {category:?} {order:?} {texts:?} {owners:?} {reposts:?} {note:?} {}",
            m.id, m.submitted_by
        ));
    }
    for k in &annex.kpis {
        let links: Vec<_> = k.measures.iter().map(|l| (bare(&l.text), &l.measure)).collect();
        let (status, category, name) = (bare(&k.status), bare(&k.category), bare(&k.name));
        let (order, note) = (k.order.as_ref().map(bare), k.note.as_ref().map(bare));
        let (current, target, parts) =
            (bare(k.figure(keys::CURRENT)), bare(k.figure(keys::TARGET)), &k.parts);
        lines.push(format!(
            "{} {status:?} {category:?} {order:?} {name:?} {parts:?} {links:?} {current:?} \
             {target:?} {note:?} {}",
            k.id, k.submitted_by
        ));
    }
    lines
}

fn deforms() -> impl Strategy<Value = Deform> {
    let any = || 0usize..64;
    let text = || {
        let fields = [
            keys::CATEGORY,
            keys::NAME,
            keys::OVERVIEW,
            keys::PURPOSE,
            keys::DEPARTMENT,
            keys::SECTION,
            keys::MEASURES,
            keys::CURRENT,
        ];
        (proptest::sample::select(fields.to_vec()), any())
    };
    // Line breaks within what the department writes freely are its own.
    let broken = proptest::sample::select(vec![
        keys::CATEGORY,
        keys::MEASURES,
        keys::REPOSTS,
        keys::DEPARTMENT,
        keys::SECTION,
    ]);
    let merged = proptest::sample::select(vec![
        keys::STATUS,
        keys::CATEGORY,
        keys::DEPARTMENT,
        keys::SECTION,
    ]);
    let dropped = vec![
        keys::ID,
        keys::STATUS,
        keys::ORDER,
        keys::CATEGORY,
        keys::NAME,
        keys::OVERVIEW,
        keys::SECTION,
        keys::REPOSTS,
        keys::TARGET,
    ];
    let dropped = proptest::sample::select(dropped);
    let unknown = proptest::sample::select(vec![
        ("予算額（千円）", "1,200"),
        ("連絡先", ""),
        ("", "済"),
        ("確認", "○"),
    ]);
    prop_oneof![
        (1usize..5).prop_map(TitleRows),
        (1u16..4).prop_map(MoveRight),
        any().prop_map(BlankRow),
        any().prop_map(HeaderAgain),
        Just(FootNote),
        (any(), unknown).prop_map(|(at, (label, filled))| UnknownColumn { at, label, filled }),
        (any(), any()).prop_map(|(from, to)| MoveColumn { from, to }),
        (merged, any(), 2usize..5).prop_map(|(field, row, length)| Merge { field, row, length }),
        Just(WideLabels),
        Just(NarrowLabels),
        Just(BrokenLabels),
        Just(RemarkInLabel),
        any().prop_map(RaisedLabels),
        text().prop_map(|(field, row)| WideText { field, row }),
        text().prop_map(|(field, row)| HalfWidthKana { field, row }),
        (broken, any(), any()).prop_map(|(field, row, at)| BrokenText { field, row, at }),
        (text(), 0usize..8).prop_map(|((field, row), kind)| Spaces { field, row, kind }),
        any().prop_map(HideRow),
        text().prop_map(|(field, _)| HideColumn(field)),
        Just(RenameSheet),
        Just(OneSheet),
        Just(SheetsTurned),
        (1usize..65536).prop_map(DropIds),
        Just(NumbersAsText),
        Just(FiguresAsNumbers),
        any().prop_map(ShortCategory),
        (any(), any()).prop_map(|(row, kind)| Respelled { row, kind }),
        any().prop_map(HungLabels),
        (any(), any()).prop_map(|(row, word)| SaysNothing { row, word }),
        any().prop_map(Sample),
        (any(), any()).prop_map(|(row, kind)| GroupHeading { row, kind }),
        any().prop_map(RowBelow),
        dropped.prop_map(DropColumn),
        Just(DropTable),
        any().prop_map(DropName),
    ]
}

/// The good form, and what is read of it.
struct Good {
    edition: Edition,
    form: Form,
    /// Ids that were deleted are known again by name from the model before.
    previous: Annex,
    published: Vec<String>,
    counts: BTreeMap<&'static str, usize>,
}

impl Good {
    fn new() -> Self {
        let edition = example::edition();
        let form = Form::of(&edition, &example::annex(&edition), DEPARTMENT);
        let bytes = || form.write().expect("the good form");
        let previous = intake_of(&edition, None, bytes()).annex;
        assert!(previous.measures.len() > 20 && previous.kpis.len() > 5, "it holds something");
        let read = intake_of(&edition, Some(&previous), bytes());
        assert_eq!(read.receipts[0].observations, [], "the good form is good");
        let counts = counts(&edition, Some(&previous), &read);
        Self { form, published: published(&read.annex), counts, previous, edition }
    }

    /// Asserts that the deformed form gives the same model, or findings that explain it.
    fn holds(&self, deforms: &[(Deform, usize)]) -> Result<(), TestCaseError> {
        let (mut form, mut explained) = (self.form.clone(), Explained::default());
        for (index, (deform, page)) in deforms.iter().enumerate() {
            if deforms.iter().take(index).any(|(before, _)| deform.is_once(before)) {
                continue;
            }
            deform.apply(&mut form, *page, &mut explained);
        }
        explained.complete(&form);
        let bytes = form.write().map_err(|error| TestCaseError::fail(error.to_string()))?;
        let intake = intake_of(&self.edition, Some(&self.previous), bytes);
        let after = counts(&self.edition, Some(&self.previous), &intake);
        let before = |code: &str| self.counts.get(code).copied().unwrap_or(0);
        let more = |code: &str| after.get(code).is_some_and(|&number| number > before(code));
        for &code in &explained.must {
            prop_assert!(more(code), "no finding {code}");
        }
        if explained.loses || explained.tells.iter().any(|code| more(code)) {
            return Ok(());
        }
        let found = published(&intake.annex);
        for (found, expected) in found.iter().zip(&self.published) {
            prop_assert_eq!(found, expected, "{:?}", intake.receipts[0].observations);
        }
        prop_assert_eq!(found.len(), self.published.len());
        for (&code, &number) in &after {
            let known = explained.must.contains(code) || explained.may.contains(code);
            let observations = &intake.receipts[0].observations;
            prop_assert!(
                known || number == before(code),
                "an idle finding {code}: {observations:?}"
            );
        }
        Ok(())
    }
}

#[test]
fn a_deformed_form_gives_the_same_model_or_a_finding_that_explains_the_difference() {
    let good = Good::new();
    let deforms = vec((deforms(), 0usize..2), 1..6);
    // A case is a workbook written, read and checked.
    hold(96, deforms, |deforms| good.holds(&deforms));
}

#[test]
fn deformations_that_were_once_misread_are_read() {
    let good = Good::new();
    let broken = |field, row, at| vec![(BrokenText { field, row, at }, 0)];
    for deforms in [
        broken(keys::DEPARTMENT, 0, 0),
        broken(keys::SECTION, 0, 2),
        broken(keys::REPOSTS, 52, 0),
        broken(keys::REPOSTS, 52, 3),
        vec![(OneSheet, 0)],
        vec![(OneSheet, 0), (MoveRight(2), 1)],
        vec![(OneSheet, 0), (HeaderAgain(0), 1)],
        vec![(OneSheet, 0), (RaisedLabels(2), 1)],
        vec![(OneSheet, 0), (RaisedLabels(43), 1), (MoveRight(2), 1)],
        vec![(OneSheet, 0), (TitleRows(4), 1), (FootNote, 0)],
        vec![(RaisedLabels(1), 0), (HeaderAgain(0), 0)],
        vec![(OneSheet, 0), (HungLabels(0), 0)],
        vec![(OneSheet, 0), (HungLabels(3), 1)],
    ] {
        if let Err(error) = good.holds(&deforms) {
            panic!("{deforms:?}: {error}");
        }
    }
}

/// All forms of an edition with every benign mess at once, in every format.
#[test]
fn a_whole_set_of_forms_in_the_spellings_of_departments_gives_the_same_annex() {
    let (edition, annex) = (example::edition(), example::annex(&example::edition()));
    let forms = |deform: &dyn Fn(usize, &mut Form)| -> Vec<(String, Form)> {
        let form = |(at, department): (usize, &bessatsu::edition::Department)| {
            let mut form = Form::of(&edition, &annex, &department.name);
            form.pages.retain(|page| !page.rows.is_empty());
            deform(at, &mut form);
            (format!("{:02}_{}.xlsx", at + 1, department.name), form)
        };
        edition.departments.iter().enumerate().map(form).collect()
    };
    let written = |forms: &[(String, Form)]| -> Vec<(String, Vec<u8>)> {
        let form = |(name, form): &(String, Form)| (name.clone(), form.write().expect("a form"));
        forms.iter().map(form).collect()
    };
    let good = pipeline::read(&edition, None, written(&forms(&|_, _| ())));
    assert_eq!(good.annex.listings().count(), 190);
    let messy = forms(&|at, form| {
        let mut explained = Explained::default();
        for page in 0..form.pages.len() {
            for row in 0..form.pages[page].rows.len() {
                let deform = Respelled { row, kind: at + row };
                deform.apply(form, page, &mut explained);
                SaysNothing { row, word: at + row }.apply(form, page, &mut explained);
            }
            for deform in [
                HungLabels(at),
                Sample(2 * at),
                Sample(2 * at + 1),
                RowBelow(at),
                RowBelow(at + 1),
                RowBelow(at + 2),
            ] {
                deform.apply(form, page, &mut explained);
            }
        }
    });
    let in_xlsx = written(&messy);
    let in_xlsb = messy
        .iter()
        .map(|(name, form)| (name.replace(".xlsx", ".xlsb"), xlsb::workbook(&form.lines())));
    let before = counts(&edition, None, &good);
    for (format, forms) in [
        ("xlsb", Some(in_xlsb.collect())),
        ("xls", office::all_saved_as(&in_xlsx, "xls")),
        ("ods", office::all_saved_as(&in_xlsx, "ods")),
        ("xlsx", Some(in_xlsx)),
    ] {
        let Some(forms) = forms else { continue };
        let messy = pipeline::read(&edition, None, forms);
        for (found, expected) in published(&messy.annex).iter().zip(&published(&good.annex)) {
            assert_eq!(found, expected, "{format}");
        }
        assert_eq!(messy.annex.listings().count(), 190, "{format}");
        let after = counts(&edition, None, &messy);
        let told = ["E622", "F231", "F250", "F251", "F252", "F253"];
        let others = |counts: &BTreeMap<&'static str, usize>| {
            counts
                .iter()
                .filter(|(code, _)| !told.contains(code))
                .map(|(c, n)| (*c, *n))
                .collect::<Vec<_>>()
        };
        assert_eq!(others(&after), others(&before), "{format}");
    }
}

#[test]
fn the_example_forms_saved_by_libreoffice_in_any_format_give_the_same_model() {
    let edition = example::edition();
    let read = |forms| pipeline::read(&edition, None, forms);
    let forms = submissions::of_example();
    let original = read(forms.clone());
    let (expected, before) = (published(&original.annex), counts(&edition, None, &original));
    assert_eq!(original.annex.listings().count(), 190);
    for format in ["xls", "ods", "xlsx"] {
        let Some(saved) = office::all_saved_as(&forms, format) else { return };
        let saved = read(saved);
        for (found, expected) in published(&saved.annex).iter().zip(&expected) {
            assert_eq!(found, expected, "{format}");
        }
        assert_eq!(published(&saved.annex).len(), expected.len(), "{format}");
        assert_eq!(counts(&edition, None, &saved), before, "{format}");
    }
}

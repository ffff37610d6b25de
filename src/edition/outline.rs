//! The outline of an edition: `[[level]]` and `[[heading]]`, or `[[pillar]]` with its categories
//! for the standard levels.

use std::collections::BTreeMap;

use super::check::Checker;
use super::reader::{Reader, Section};
use super::rules;
use super::settings::Edition;
use crate::schema::form::consolidated;
use crate::schema::outline::{self, UP, placeholder};
use crate::schema::{HeadingId, Level, Levels, MOST_LEVELS, Paper, Role, Table, Words};
use crate::text::key;
use crate::text::numeral::Numeral;

/// A heading of the settings, with those that stand under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    pub number: u32,
    /// Printed as its number instead of what the pattern of its level gives.
    pub number_text: Option<String>,
    pub title: String,
    /// Titles that it had in the edition before.
    pub formerly: Vec<String>,
    /// What is said below it.
    pub text: String,
    /// The ※ note under its KPI table, where it has one of its own.
    pub kpi_note: Option<String>,
    pub headings: Vec<Heading>,
    pub line: u32,
}

/// A heading with its id and its printed number.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbered<'e> {
    pub id: HeadingId,
    pub heading: &'e Heading,
    /// Its number as it is printed where it stands.
    pub number: String,
    /// What stands before its title where it is named elsewhere.
    pub prefix: String,
}

impl Numbered<'_> {
    /// What the forms call it: 「1(1) 子育て支援」.
    pub fn label(&self) -> String {
        outline::label(&self.prefix, &self.heading.title)
    }

    /// Number and title as they are printed where it stands.
    pub fn label_in_place(&self) -> String {
        outline::label(&self.number, &self.heading.title)
    }
}

impl Edition {
    /// All headings of all levels in order, each before those that stand under it.
    pub fn headings(&self) -> Vec<Numbered<'_>> {
        let mut all = Vec::new();
        number(&self.levels, &self.outline, None, &mut all);
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for heading in &all {
            *counts.entry(heading.label()).or_default() += 1;
        }
        // One that is called as another is called by those above it too.
        for at in 0..all.len() {
            let Some(heading) = all.get(at) else { continue };
            let (id, label) = (heading.id, heading.label());
            let above = id.depth().checked_sub(1).and_then(|depth| id.at_level(depth));
            if counts.get(&label).is_some_and(|&count| count > 1)
                && let Some(above) = above.and_then(|id| all.iter().find(|h| h.id == id))
            {
                let prefix = format!("{}／{}", above.label(), heading.prefix);
                all.get_mut(at).into_iter().for_each(|h| h.prefix.clone_from(&prefix));
            }
        }
        all
    }

    /// The headings under which entries may stand, in order.
    pub fn places(&self) -> Vec<Numbered<'_>> {
        let mut places = self.headings();
        places.retain(|place| {
            Table::ALL.into_iter().any(|table| self.levels.hold(place.id.depth(), table))
        });
        places
    }
}

fn number<'e>(
    levels: &Levels,
    headings: &'e [Heading],
    above: Option<(HeadingId, &str)>,
    all: &mut Vec<Numbered<'e>>,
) {
    for heading in headings {
        let (id, up) = match above {
            None => (Some(HeadingId::top(heading.number)), ""),
            Some((above, up)) => (above.child(heading.number), up),
        };
        // What is too deep is told of where the settings are read.
        let Some(id) = id else { continue };
        let given = heading.number_text.clone();
        let by_pattern = levels.level(id.depth()).map(|level| {
            let own = heading.number;
            (level.printed_number(up, own), level.number_in_place(up, own))
        });
        let (full, in_place) = match (given, by_pattern) {
            (Some(given), _) => (given.clone(), given),
            (None, Some(numbers)) => numbers,
            (None, None) => Default::default(),
        };
        all.push(Numbered { id, heading, number: in_place, prefix: full.clone() });
        number(levels, &heading.headings, Some((id, &full)), all);
    }
}

/// What the settings call the tables of headings of each level.
const TABLES: [&str; MOST_LEVELS] = [
    "[[heading]]",
    "[[heading.heading]]",
    "[[heading.heading.heading]]",
    "[[heading.heading.heading.heading]]",
];

/// How the settings give the outline, to be asked when all of it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineTables {
    /// The lines of the levels; none where they are the standard ones.
    pub(super) levels: Vec<u32>,
    /// It is given as `[[heading]]`, not as `[[pillar]]`.
    pub(super) has_headings: bool,
    /// The line of the first pillar, where the settings have both pillars and headings.
    pub(super) both: Option<u32>,
}

/// Reads levels and headings into the edition.
pub(super) fn read(top: &mut Section, r: &mut Reader, edition: &mut Edition) {
    let levels = top.sections(r, "level", "[[level]]", |s, r| (level(s, r), s.line(r)));
    let pillars = top.sections(r, "pillar", "[[pillar]]", pillar);
    let headings = top.sections(r, "heading", "[[heading]]", |s, r| heading(s, r, 1));
    let both = pillars.first().filter(|_| !headings.is_empty()).map(|pillar| pillar.line);
    let (levels, lines): (Vec<Level>, Vec<u32>) = levels.into_iter().unzip();
    if !levels.is_empty() {
        edition.levels = levels.into();
    }
    let has_headings = !headings.is_empty();
    edition.outline = if has_headings { headings } else { pillars };
    number_on(&mut edition.outline);
    edition.outline_tables = OutlineTables { levels: lines, has_headings, both };
}

fn level(s: &mut Section, r: &mut Reader) -> Level {
    Level {
        word: s.text(r, "word"),
        number: s.text_or(r, "number", ""),
        page_break: s.flag(r, "page-break", false),
        printed: s.flag(r, "printed", true),
        measures: s.flag(r, "measures", false),
        kpis: s.flag(r, "kpis", false),
        column: s.flag(r, "column", false),
    }
}

fn pillar(s: &mut Section, r: &mut Reader) -> Heading {
    Heading {
        number: s.number(r, "number").unwrap_or_default(),
        title: s.text(r, "title"),
        formerly: s.texts(r, "formerly"),
        line: s.line(r),
        headings: s.sections(r, "category", "[[pillar.category]]", |s, r| Heading {
            number: s.number(r, "number").unwrap_or_default(),
            title: s.text(r, "title"),
            formerly: s.texts(r, "formerly"),
            kpi_note: s.optional(r, "kpi-note"),
            line: s.line(r),
            ..Heading::default()
        }),
        ..Heading::default()
    }
}

fn heading(s: &mut Section, r: &mut Reader, depth: usize) -> Heading {
    Heading {
        title: s.text(r, "title"),
        formerly: s.texts(r, "formerly"),
        number: s.number_if_any(r, "number").unwrap_or(UNNUMBERED),
        number_text: s.optional(r, "number-text"),
        text: s.text_or(r, "text", ""),
        kpi_note: s.optional(r, "kpi-note"),
        line: s.line(r),
        headings: match TABLES.get(depth) {
            Some(name) => s.sections(r, "heading", name, |s, r| heading(s, r, depth + 1)),
            None => Vec::new(),
        },
    }
}

/// Stands for a number that the settings do not give.
const UNNUMBERED: u32 = u32::MAX;

/// Numbers what the settings do not number: one more than the heading before, from 1.
fn number_on(headings: &mut [Heading]) {
    let mut last = 0;
    for heading in headings {
        if heading.number == UNNUMBERED {
            heading.number = last + 1;
        }
        last = heading.number.min(UNNUMBERED - 1);
        number_on(&mut heading.headings);
    }
}

impl Checker<'_> {
    /// What the levels and headings say against each other.
    pub(super) fn outline(&mut self, edition: &Edition) {
        let tables = &edition.outline_tables;
        self.levels(edition);
        if let Some(line) = tables.both {
            let message = say!(
                "[[pillar]] と [[heading]] の両方が書かれている",
                "there are both [[pillar]] and [[heading]]"
            );
            let finding = self.add(&rules::HEADINGS, line, message);
            finding.expected = "[[level]] を書いたときは [[heading]] だけ".into();
        } else if let Some(first) = edition.outline.first()
            && tables.has_headings == tables.levels.is_empty()
        {
            let (found, expected) = if tables.has_headings {
                ("[[heading]]", "[[level]]（階層の呼び名）と [[heading]]")
            } else {
                ("[[pillar]]", "[[heading]]（[[level]] を書いたとき）")
            };
            let message = say!(
                "見出しの書き方が [[level]] の有無と合わない",
                "[[level]] and {found} do not go together"
            );
            let finding = self.add(&rules::HEADINGS, first.line, message);
            (finding.found, finding.expected) = (found.into(), expected.into());
        }
        if edition.outline.is_empty() {
            let word = edition.levels.word(1);
            let table = if tables.levels.is_empty() { "[[pillar]]" } else { "[[heading]]" };
            let message = say!("{word}（{table}）が1つもない", "there is no {table}");
            self.add(&rules::EMPTY, edition.line, message);
        }
        self.headings(edition, &edition.outline, None, 1);
        if edition.levels.is_standard() {
            let mut titles = Vec::new();
            for place in edition.places() {
                titles.push((place.heading.title.clone(), place.heading.line));
            }
            let word = edition.levels.place_word(Table::Measures);
            self.twice_of(&rules::TITLE_TWICE, &titles, |t| {
                say!("{word}の名称「{t}」が2回使われている", "{word} title {t} is used twice")
            });
        }
    }

    fn levels(&mut self, edition: &Edition) {
        let lines = &edition.outline_tables.levels;
        let Some(&first) = lines.first() else { return };
        let levels = &edition.levels;
        if levels.len() > MOST_LEVELS {
            let line = lines.get(MOST_LEVELS).copied().unwrap_or(first);
            let message = say!("階層（[[level]]）が多すぎる", "there are too many [[level]]");
            let finding = self.add(&rules::LEVELS, line, message);
            finding.found = format!("{}階層", levels.len());
            finding.expected = format!("{MOST_LEVELS}階層まで");
        }
        if !levels.iter().any(|level| level.measures || level.kpis) {
            let Words { measure, kpi, .. } = &edition.schema.words;
            let message =
                say!("{measure}も{kpi}も置ける階層がない", "no level may hold measures or KPIs");
            let finding = self.add(&rules::LEVELS, first, message);
            finding.expected = "measures = true 又は kpis = true の [[level]]".into();
        }
        let words: Vec<(String, u32)> =
            levels.iter().zip(lines).map(|(level, &line)| (level.word.clone(), line)).collect();
        self.twice_of(&rules::LEVELS, &words, |word| {
            say!("階層の呼び名「{word}」が2回使われている", "level {word} is given twice")
        });
        for (at, (level, &line)) in levels.iter().zip(lines).enumerate() {
            if level.word.is_empty() {
                let message = say!("階層に呼び名 word がない", "a level has no word");
                self.add(&rules::LEVELS, line, message).expected = "word = \"…\"".into();
            }
            self.pattern(level, at == 0, line);
            self.word_of_column(edition, &level.word, line);
        }
    }

    /// The word of a level is the label of its column in the form and in the workbook, which must
    /// not be another column's.
    fn word_of_column(&mut self, edition: &Edition, word: &str, line: u32) {
        let columns = Table::ALL.into_iter().flat_map(|table| edition.schema.columns(table));
        let others = columns.filter(|column| {
            let is_place = matches!(column.role, Role::Place | Role::Above { .. });
            !is_place && (column.is_on(Paper::Form) || column.is_on(Paper::Workbook))
        });
        // A synonym gives way to it.
        let labels = others.map(|column| column.label.as_str());
        let fixed = [consolidated::SUBMITTER, consolidated::OWNERS, consolidated::CHANGES];
        let taken = labels.chain(fixed).chain([consolidated::PLACE]);
        let same = taken.into_iter().find(|label| key(label) == key(word)).map(str::to_owned);
        if let Some(label) = same.filter(|_| !word.is_empty()) {
            let message = say!(
                "階層の呼び名「{word}」は、様式又は集約ブックのほかの列の見出しでもある",
                "level {word} is called as another column"
            );
            let finding = self.add(&rules::LEVELS, line, message);
            finding.found = label;
            finding.expected = "ほかの列の見出しと違う呼び名".into();
        }
    }

    /// A pattern has one placeholder of a number, and no other braces than those of `{up}`.
    fn pattern(&mut self, level: &Level, is_top: bool, line: u32) {
        let pattern = &level.number;
        if pattern.is_empty() {
            return;
        }
        let signs: Vec<String> =
            Numeral::ALL.iter().map(|numeral| format!("{{{}}}", numeral.sign())).collect();
        let rest = placeholder(pattern).map(|numeral| {
            pattern.replacen(&format!("{{{}}}", numeral.sign()), "", 1).replace(UP, "")
        });
        let word = &level.word;
        let message = match &rest {
            None => say!(
                "階層「{word}」の番号の型に番号の印がない",
                "the number pattern of {word} has no placeholder"
            ),
            Some(rest) if rest.contains(['{', '}']) => say!(
                "階層「{word}」の番号の型に使えない印がある",
                "the number pattern of {word} has an unknown placeholder"
            ),
            Some(_) if is_top && pattern.contains(UP) => say!(
                "一番上の階層「{word}」の番号の型に {{up}} がある",
                "the number pattern of {word}, the topmost level, has {{up}}"
            ),
            Some(_) => return,
        };
        let finding = self.add(&rules::LEVELS, line, message);
        finding.found.clone_from(pattern);
        finding.expected = format!("{} のどれか1つ（上の見出しの番号は {UP}）", signs.join("、"));
    }

    fn headings(
        &mut self,
        edition: &Edition,
        headings: &[Heading],
        above: Option<&str>,
        depth: usize,
    ) {
        let levels = &edition.levels;
        let word = levels.word(depth);
        if depth > levels.len() {
            if let Some(heading) = headings.first() {
                let title = &heading.title;
                let message = say!(
                    "見出し「{title}」に当たる階層がない",
                    "there is no level for heading {title}"
                );
                let finding = self.add(&rules::HEADINGS, heading.line, message);
                finding.found = format!("{depth}階層目");
                finding.expected = format!("{}階層まで（[[level]] の数）", levels.len());
            }
            return;
        }
        let numbers: Vec<(String, u32)> =
            headings.iter().map(|h| (h.number.to_string(), h.line)).collect();
        self.twice_of(&rules::NUMBER_TWICE, &numbers, |n| match above {
            None => say!("{word}の番号{n}が2回使われている", "number {n} of {word} is used twice"),
            Some(above) => say!(
                "{above}の中で{word}の番号{n}が2回使われている",
                "number {n} of {word} is used twice in {above}"
            ),
        });
        for heading in headings {
            let name = format!("{word}{}", heading.number);
            let level = levels.level(depth);
            let is_printed = level.is_some_and(|level| level.printed);
            if heading.title.is_empty() && is_printed && edition.outline_tables.has_headings {
                let message = say!("{name}に名称がない", "{name} has no title");
                let finding = self.add(&rules::HEADINGS, heading.line, message);
                finding.expected =
                    "title = \"…\"（見出しを印刷しない階層では printed = false）".into();
            }
            let holds = level.is_some_and(|level| level.measures || level.kpis);
            if heading.headings.is_empty() && !holds {
                let below = levels.word(depth + 1);
                let message = if below.is_empty() {
                    let Words { measure, kpi, .. } = &edition.schema.words;
                    say!("{name}には{measure}も{kpi}も置けない", "{name} can hold nothing")
                } else {
                    say!("{name}に{below}が1つもない", "{name} has no {below}")
                };
                self.add(&rules::EMPTY, heading.line, message);
            }
            self.headings(edition, &heading.headings, Some(&name), depth + 1);
        }
    }
}

//! The headings of an edition as the forms name them: by number, by title, by both, or by all that
//! they stand under, in any spelling that a person would recognise.

use std::collections::BTreeMap;

use super::spelling::{joined, loosened, squeezed, without_end};
use super::{Edition, Numbered};
use crate::schema::outline::{UP, placeholder};
use crate::schema::{HeadingId, Level, Levels, Table};
use crate::text::key;
use crate::text::numeral::Numeral;

/// Parts the headings of a path where several columns name them.
pub const JOINT: &str = "／";

/// The headings of an edition, ready to be found.
#[derive(Clone, Debug, Default)]
pub struct Places {
    levels: Levels,
    /// The words of the levels, the longest first.
    words: Vec<String>,
    pub(super) known: Vec<Known>,
    /// What is called so and nothing else is, by the key of the text.
    exact: BTreeMap<String, Option<HeadingId>>,
}

/// A heading and what it is called.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: HeadingId,
    label: String,
    label_in_place: String,
    /// Its number, its title and both, without what parts them.
    forms: Vec<String>,
    /// Its title without the words of the levels; blank where it has no other words.
    pub(super) title: String,
    /// As `forms`, without those words, and with its number in whatever numerals and behind the
    /// title as well.
    loose: Vec<String>,
}

/// How closely a text has to be what a heading is called.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    Usual,
    Loose,
}

/// What a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A heading under which entries of the table may stand.
    One(HeadingId),
    /// A heading of a level that holds none of them.
    NotHere(HeadingId),
    /// It could be any of these.
    Several(Vec<HeadingId>),
    /// It names all of these, and they are not one: the number of one with the title of another.
    Contradicting(Vec<HeadingId>),
    Nothing,
}

impl Places {
    pub fn new(edition: &Edition) -> Self {
        let headings = edition.headings();
        let levels = edition.levels.clone();
        let mut words: Vec<String> = levels.iter().map(|level| squeezed(&level.word)).collect();
        words.retain(|word| !word.is_empty());
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let known = headings
            .iter()
            .map(|heading| Known::new(heading, levels.level(heading.id.depth()), &words));
        let known = known.collect();
        let mut places = Self { levels, words, known, exact: BTreeMap::new() };
        for heading in &headings {
            let mut names = vec![
                heading.label(),
                heading.label_in_place(),
                heading.prefix.clone(),
                heading.heading.title.clone(),
                heading.id.to_string(),
            ];
            for table in Table::ALL {
                names.push(places.written(table, heading.id).join(JOINT));
            }
            places.call(heading.id, &names);
        }
        places
    }

    /// Notes what a heading is called; what another is called too, names neither.
    fn call(&mut self, id: HeadingId, names: &[String]) {
        for name in names.iter().map(|name| key(name)).filter(|name| !name.is_empty()) {
            let of = self.exact.entry(name).or_insert(Some(id));
            if *of != Some(id) {
                *of = None;
            }
        }
    }

    /// The heading that a text names as the place of an entry, in whatever spelling.
    pub fn find(&self, table: Table, text: &str) -> Found {
        match self.find_called(table, text) {
            Found::Nothing => self.guess(table, &self.loosened(text)),
            found => found,
        }
    }

    /// The heading that is called so, letter for letter but for what parts numbers and titles.
    pub fn find_called(&self, table: Table, text: &str) -> Found {
        if let Some(&Some(id)) = self.exact.get(&key(text))
            && self.levels.hold(id.depth(), table)
        {
            return Found::One(id);
        }
        match self.named(table, &squeezed(text), Spelling::Usual) {
            Found::Nothing => self.named(table, &self.loosened(text), Spelling::Loose),
            found => found,
        }
    }

    /// The heading that the forms call so, letter for letter.
    pub fn labelled(&self, table: Table, text: &str) -> Option<HeadingId> {
        let known = self.known.iter().find(|known| known.label == text)?;
        Some(known.id).filter(|id| self.levels.hold(id.depth(), table))
    }

    fn loosened(&self, text: &str) -> String {
        loosened(&squeezed(text), &self.words)
    }

    fn named(&self, table: Table, text: &str, spelling: Spelling) -> Found {
        if text.is_empty() {
            return Found::Nothing;
        }
        self.among(table, &self.all_named(text, spelling))
    }

    /// Every heading that a text names.
    pub(super) fn all_named(&self, text: &str, spelling: Spelling) -> Vec<HeadingId> {
        let named = self.known.iter().filter(|known| self.is_named(known, text, spelling));
        named.map(|known| known.id).collect()
    }

    /// What it means that a text could be each of these.
    pub(super) fn among(&self, table: Table, all: &[HeadingId]) -> Found {
        let here: Vec<HeadingId> =
            (all.iter().copied()).filter(|id| self.levels.hold(id.depth(), table)).collect();
        match (here.as_slice(), all) {
            (&[one], _) => Found::One(one),
            ([], &[one]) => Found::NotHere(one),
            ([], []) => Found::Nothing,
            ([], several) | (several, _) => Found::Several(several.to_vec()),
        }
    }

    /// The heading, where the text names one that may hold entries of the table.
    pub fn place(&self, table: Table, text: &str) -> Option<HeadingId> {
        match self.find(table, text) {
            Found::One(id) => Some(id),
            Found::NotHere(_) | Found::Several(_) | Found::Contradicting(_) | Found::Nothing => {
                None
            }
        }
    }

    /// The heading that the columns of several levels name together, each with its level; the
    /// lowest that says something names it.
    pub fn place_in_columns(&self, table: Table, said: &[(usize, &str)]) -> Option<HeadingId> {
        let usual = said.iter().map(|(depth, text)| (*depth, squeezed(text))).collect::<Vec<_>>();
        let loose = || -> Vec<(usize, String)> {
            said.iter().map(|(depth, text)| (*depth, self.loosened(text))).collect()
        };
        self.fitting(table, &usual, Spelling::Usual)
            .or_else(|| self.fitting(table, &loose(), Spelling::Loose))
    }

    fn fitting(
        &self,
        table: Table,
        said: &[(usize, String)],
        spelling: Spelling,
    ) -> Option<HeadingId> {
        let &(lowest, _) = said.last()?;
        let fits = |known: &&Known| {
            known.id.depth() == lowest
                && self.levels.hold(lowest, table)
                && said.iter().all(|(depth, text)| {
                    let named = known.id.at_level(*depth).and_then(|id| self.known(id));
                    named.is_some_and(|named| self.is_named(named, text, spelling))
                })
        };
        let mut fitting = self.known.iter().filter(fits);
        let found = fitting.next()?;
        fitting.next().is_none().then_some(found.id)
    }

    /// Whether a text is what a heading is called, with or without headings above it before that.
    pub(super) fn is_named(&self, known: &Known, text: &str, spelling: Spelling) -> bool {
        known.forms(spelling).iter().any(|form| {
            let Some(before) = without_end(text, form) else { return false };
            before.is_empty()
                || self.known.iter().any(|other| {
                    is_above(other.id, known.id) && self.is_named(other, before, spelling)
                })
        })
    }

    /// The headings under which an entry of a table may stand, as the forms call them.
    pub fn labels(&self, table: Table) -> Vec<String> {
        let here = self.known.iter().filter(|known| self.levels.hold(known.id.depth(), table));
        here.map(|known| known.label.clone()).collect()
    }

    /// The headings of a level, as the column of that level calls them where the column before it
    /// is that of the level `above`, or there is none (0).
    pub fn labels_at(&self, above: usize, depth: usize) -> Vec<String> {
        let known = self.known.iter().filter(|known| known.id.depth() == depth);
        let mut labels: Vec<String> = Vec::new();
        for label in known.map(|known| self.in_column(above, known.id)) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels
    }

    /// What the column of its level calls a heading, behind one of the level `above`: as it is
    /// called where it stands, and where others are called so too that the columns do not part,
    /// behind the headings between the two levels.
    pub fn in_column(&self, above: usize, id: HeadingId) -> String {
        let Some(own) = self.known(id) else { return String::new() };
        let is_same = |other: &&Known| {
            other.id != id
                && other.id.depth() == id.depth()
                && (above == 0 || other.id.at_level(above) == id.at_level(above))
                && other.label_in_place == own.label_in_place
        };
        if !self.known.iter().any(|other| is_same(&other)) {
            return own.label_in_place.clone();
        }
        let path = (above + 1..=id.depth()).filter_map(|depth| self.known(id.at_level(depth)?));
        path.map(|known| known.label_in_place.as_str()).collect::<Vec<_>>().join(JOINT)
    }

    /// What the forms call a heading.
    pub fn label(&self, id: HeadingId) -> Option<&str> {
        self.known(id).map(|known| known.label.as_str())
    }

    fn known(&self, id: HeadingId) -> Option<&Known> {
        self.known.iter().find(|known| known.id == id)
    }

    /// The levels that the form of a table has a column for.
    pub fn columns(&self, table: Table) -> Vec<usize> {
        self.levels.columns(table)
    }

    /// What the columns of a table's form have for an entry at a heading, level by level; blank
    /// below it. With one column it is the heading's label.
    pub fn written(&self, table: Table, id: HeadingId) -> Vec<String> {
        let depths = self.levels.columns(table);
        if let [_] = depths.as_slice() {
            return vec![self.label(id).unwrap_or_default().to_owned()];
        }
        let above = [0].into_iter().chain(depths.iter().copied());
        let at = |(above, depth): (usize, &usize)| {
            id.at_level(*depth).map_or_else(String::new, |id| self.in_column(above, id))
        };
        above.zip(&depths).map(at).collect()
    }

    /// The same in one text, as it is read from the columns.
    pub fn written_as_path(&self, table: Table, id: HeadingId) -> String {
        let mut written = self.written(table, id);
        written.retain(|text| !text.is_empty());
        written.join(JOINT)
    }
}

/// Whether a heading stands above another.
pub(super) fn is_above(above: HeadingId, id: HeadingId) -> bool {
    above.depth() < id.depth() && id.at_level(above.depth()) == Some(above)
}

impl Known {
    fn new(heading: &Numbered, level: Option<&Level>, words: &[String]) -> Self {
        // What has no number in print is not called by one.
        let is_numbered = level.is_some_and(|level| !level.number.is_empty());
        let number = if is_numbered { heading.heading.number.to_string() } else { String::new() };
        let word = level.map_or("", |level| &level.word).to_owned();
        let title = squeezed(&heading.heading.title);
        // The numeral alone: Ⅰ for 基本目標Ⅰ.
        let numeral = level.and_then(|level| placeholder(&level.number));
        let numeral = numeral.map(|numeral| numeral.write(heading.heading.number));
        // And by its pattern where the settings print another number, or with digits: 目標1. What
        // hangs on the number above is no number alone.
        let pattern = level.filter(|level| !level.number.contains(UP));
        let own = heading.heading.number;
        let by_pattern = pattern.map(|level| level.printed_number("", own));
        let in_digits = pattern.and_then(|level| level.number_in_digits(own));
        let numbers = [
            numeral.unwrap_or_default(),
            by_pattern.unwrap_or_default(),
            in_digits.unwrap_or_default(),
            heading.number.clone(),
            heading.prefix.clone(),
            number.clone(),
            if is_numbered { word + &number } else { String::new() },
        ];
        let former = heading.heading.formerly.iter().map(|title| squeezed(title));
        let titles: Vec<String> = std::iter::once(title).chain(former).collect();
        let mut forms = titles.clone();
        for number in numbers.iter().map(|number| squeezed(number)) {
            forms.extend(titles.iter().map(|title| joined(&number, title)));
            forms.push(number);
        }
        forms.retain(|form| !form.is_empty());
        // The longest first: what it leaves is least.
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.dedup();
        let mut numbers: Vec<String> = numbers.into();
        if is_numbered {
            numbers.extend([key(&Numeral::Roman.write(own)), Numeral::Kanji.write(own)]);
        }
        let mut titles: Vec<String> = titles.iter().map(|title| loosened(title, words)).collect();
        let title = titles.first().cloned().unwrap_or_default();
        titles.retain(|title| !title.is_empty());
        let mut loose = titles.clone();
        for number in numbers.iter().map(|number| loosened(&squeezed(number), words)) {
            let with_title = |title: &String| [joined(&number, title), joined(title, &number)];
            loose.extend(titles.iter().flat_map(with_title));
            loose.push(number);
        }
        loose.retain(|form| !form.is_empty());
        loose.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        loose.dedup();
        Self {
            id: heading.id,
            label: heading.label(),
            label_in_place: heading.label_in_place(),
            forms,
            title,
            loose,
        }
    }

    fn forms(&self, spelling: Spelling) -> &[String] {
        match spelling {
            Spelling::Usual => &self.forms,
            Spelling::Loose => &self.loose,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::parse;

    fn places(text: &str) -> Places {
        let (edition, findings) = parse("edition.toml", text);
        let outline: Vec<_> = findings.iter().filter(|f| f.rule.code.starts_with("S21")).collect();
        assert!(outline.is_empty(), "{outline:#?}");
        Places::new(&edition.unwrap_or_default())
    }

    fn found(places: &Places, table: Table, text: &str) -> String {
        let joined = |ids: &[HeadingId], sign: &str| {
            ids.iter().map(HeadingId::to_string).collect::<Vec<_>>().join(sign)
        };
        match places.find(table, text) {
            Found::One(id) => id.to_string(),
            Found::NotHere(id) => format!("not {id}"),
            Found::Several(ids) => joined(&ids, "?"),
            Found::Contradicting(ids) => joined(&ids, "!"),
            Found::Nothing => "-".into(),
        }
    }

    #[test]
    fn a_category_is_found_in_every_spelling() {
        let places = places(include_str!("../../inputs/2025/edition.toml"));
        let title = places.label(HeadingId::of(&[2, 3]).expect("an id")).expect("a label");
        let title = title.split_once(' ').expect("a title").1.to_owned();
        for (text, expected) in [
            ("1(1) 子育て支援", "1(1)"),
            ("１（１）", "1(1)"),
            ("子育て支援", "1(1)"),
            ("1-(1)", "1(1)"),
            ("１－１　子育て支援", "1(1)"),
            ("1-1", "1(1)"),
            ("1 暮らしのDX／(1) 子育て支援", "1(1)"),
            ("分野1(1)子育て支援", "1(1)"),
            ("柱１ 分野（１）", "1(1)"),
            ("第1の1", "1(1)"),
            ("Ⅰ－１", "1(1)"),
            ("Ⅰ（１）子育て支援", "1(1)"),
            ("1.1", "1(1)"),
            ("子育て支援（1-1）", "1(1)"),
            ("子育て支援 (1)", "1(1)"),
            ("【分野】子育て支援", "1(1)"),
            ("子育ての支援", "1(1)"),
            ("1(1) 子育ての支援", "1(1)"),
            ("1(1) 子育て", "1(1)"),
            ("子育て", "-"),
            ("1(1) 教育の充実", "1(1)!1(2)"),
            ("1(2) 子育ての支援", "1(2)!1(1)"),
            ("1(9) 子育て", "-"),
            ("2(19)", "-"),
            ("11", "-"),
            ("9-9", "-"),
            ("1", "not 1"),
            ("(1)", "1(1)?2(1)?3(1)"),
            (&format!("２－（３）{title}"), "2(3)"),
            (&format!("２\n(3)\n{title}"), "2(3)"),
        ] {
            let expected =
                if text == "1" { found(&places, Table::Measures, "1") } else { expected.into() };
            assert_eq!(found(&places, Table::Measures, text), expected, "{text}");
        }
    }

    const DEEP: &str = r#"
[[level]]
word = "大区分"
number = "{１}"
[[level]]
word = "政策"
number = "政策({1})"
kpis = true
column = true
[[level]]
word = "施策の展開"
number = "施策の展開{①}"
measures = true
column = true
[[heading]]
title = "人"
[[heading.heading]]
title = "健康づくり"
[[heading.heading.heading]]
title = "暮らし"
[[heading.heading.heading]]
title = "病気の予防"
[[heading.heading]]
title = "医療"
number-text = "政策(２)"
[[heading.heading.heading]]
title = "提供体制"
"#;

    #[test]
    fn a_heading_of_several_levels_is_found_by_its_path() {
        let places = places(DEEP);
        for (table, text, expected) in [
            (Table::Measures, "施策の展開①　暮らし", "1-1-1"),
            (Table::Measures, "政策(1) 健康づくり／施策の展開②　病気の予防", "1-1-2"),
            (Table::Measures, "１　人 政策（１）健康づくり 施策の展開② 病気の予防", "1-1-2"),
            (Table::Measures, "政策(2)／施策の展開①", "1-2-1"),
            (Table::Measures, "1-2-1", "1-2-1"),
            (Table::Measures, "提供体制", "1-2-1"),
            (Table::Measures, "施策の展開①", "1-1-1?1-2-1"),
            (Table::Measures, "政策(2) 医療", "not 1(2)"),
            (Table::Kpis, "政策(２)　医療", "1(2)"),
            (Table::Kpis, "政策2", "1(2)"),
            (Table::Kpis, "施策の展開②　病気の予防", "not 1-1-2"),
            (Table::Measures, "健康づくり／提供体制", "1(1)!1-2-1"),
            (Table::Measures, "施策の展開①　提供の体制", "1-2-1"),
            (Table::Measures, "政策(2)／施策の展開②　病気の予防", "-"),
            (Table::Measures, "第1-1-2", "1-1-2"),
            (Table::Measures, "Ⅰ-Ⅰ-Ⅱ", "1-1-2"),
            (Table::Measures, "一の１の２", "-"),
        ] {
            assert_eq!(found(&places, table, text), expected, "{text}");
        }
        let numerals = DEEP.replace("\"{１}\"", "\"区分{Ⅰ}\"").replace("①}", "ア}");
        let numerals = self::places(&numerals.replace("政策(２)", "政策(新)"));
        for (text, expected) in [
            ("Ⅰ 人／政策(1)／イ　病気の予防", "1-1-2"),
            ("区分１　人／政策(1)／施策の展開イ", "1-1-2"),
            ("区分Ⅰ／政策(２)／施策の展開1", "1-2-1"),
        ] {
            assert_eq!(found(&numerals, Table::Measures, text), expected, "{text}");
        }
        let id = HeadingId::of(&[1, 2, 1]).expect("an id");
        assert_eq!(places.written(Table::Measures, id), ["政策(２) 医療", "施策の展開①　提供体制"]);
        assert_eq!(places.labels(Table::Kpis), ["政策(1) 健康づくり", "政策(２) 医療"]);
    }

    #[test]
    fn headings_that_the_columns_do_not_part_are_called_by_those_above_them() {
        let part =
            "[[heading.heading]]\ntitle = \"備え\"\n[[heading.heading.heading]]\ntitle = \"水\"\n";
        let places = places(&format!(
            "[[level]]\nword = \"部\"\nnumber = \"{{Ⅰ}}\"\n\
             [[level]]\nword = \"章\"\nnumber = \"{{1}}\"\ncolumn = true\n\
             [[level]]\nword = \"節\"\nnumber = \"({{1}})\"\nmeasures = true\n\
             [[heading]]\ntitle = \"甲\"\n{part}[[heading]]\ntitle = \"乙\"\n{part}"
        ));
        for (top, chapter) in [(1, "Ⅰ　甲／1 備え"), (2, "Ⅱ　乙／1 備え")] {
            let id = HeadingId::of(&[top, 1, 1]).expect("an id");
            let written = places.written(Table::Measures, id);
            assert_eq!(written, [chapter, "(1) 水"]);
            let said: Vec<(usize, &str)> =
                [2, 3].into_iter().zip(written.iter().map(String::as_str)).collect();
            assert_eq!(places.place_in_columns(Table::Measures, &said), Some(id));
        }
        assert_eq!(places.labels_at(0, 2), ["Ⅰ　甲／1 備え", "Ⅱ　乙／1 備え"]);
    }
}

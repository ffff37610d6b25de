//! The settings' words as the forms use them: headings, departments, sections, statuses.
//!
//! All but the headings is matched by [`key`], so width, white space and look-alikes do not matter.

use std::cell::Cell;
use std::collections::BTreeMap;

use crate::edition::{self, Edition, Found, Places};
use crate::model::{HeadingId, Owner, Status};
use crate::schema::Table;
use crate::text::key;

/// The vocabulary of an edition, ready to be matched.
pub struct Vocabulary<'e> {
    pub edition: &'e Edition,
    pub places: Places,
    /// Departments with their sections.
    departments: Vec<(String, Vec<String>)>,
}

/// How many more names that nobody knows are looked at in every way. A file with as many of them was
/// not filled in for this edition, and a person would no longer ask either what each of them means.
pub struct Patience(Cell<usize>);

impl Default for Patience {
    fn default() -> Self {
        Self(Cell::new(2_000))
    }
}

impl Patience {
    fn is_over(&self) -> bool {
        self.0.get() == 0
    }

    fn spend(&self, names: usize) {
        self.0.set(self.0.get().saturating_sub(names));
    }
}

/// Where an owner's measures stand among the others of a category: by department, then section.
/// What the settings do not know comes after what they know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    department: usize,
    section: usize,
}

impl<'e> Vocabulary<'e> {
    pub fn new(edition: &'e Edition) -> Self {
        let departments = edition.departments.iter().map(|department| {
            (key(&department.name), department.sections.iter().map(|s| key(s)).collect())
        });
        Self { edition, places: Places::new(edition), departments: departments.collect() }
    }

    /// The headings of a cell: one a line, several on a line where each is known, and one over
    /// several lines where the whole is known.
    ///
    /// Each that nobody knows costs `patience`; without any left, a line is what it is called or is
    /// unknown.
    pub fn headings<'t>(
        &self,
        table: Table,
        text: &'t str,
        patience: &Patience,
    ) -> Vec<(&'t str, Option<HeadingId>)> {
        let mut found = Vec::new();
        // A cell may name one heading on many lines; to look for it once is enough.
        let mut looked_up: BTreeMap<&str, Option<HeadingId>> = BTreeMap::new();
        let mut called =
            |text: &'t str| *looked_up.entry(text).or_insert_with(|| self.called(table, text));
        let mut lines: BTreeMap<&str, Vec<(&str, Option<HeadingId>)>> = BTreeMap::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            if patience.is_over() {
                found.extend(self.exact_lines(table, rest));
                break;
            }
            let ends = rest.match_indices('\n').map(|(end, _)| end).chain([rest.len()]);
            let heads: Vec<&str> = ends.take(3).filter_map(|end| rest.get(..end)).collect();
            let line = heads.first().copied().unwrap_or(rest);
            // 「1(1)」 above 「子育て支援」 is one heading, so the longest that is known counts; but
            // 「1(1)」 above 「1(2)」 is two, even where a heading of four numbers is called so.
            let mut longest_first = heads.into_iter().rev();
            let known = longest_first.find_map(|head| {
                let id = called(head)?;
                (head == line || !edition::is_numbers(head)).then_some((head, id))
            });
            let taken = match known {
                Some((head, id)) => {
                    found.push((head.trim(), Some(id)));
                    head
                }
                None => {
                    let named = lines.entry(line).or_insert_with(|| self.on_a_line(table, line));
                    patience.spend(named.iter().filter(|(_, id)| id.is_none()).count());
                    found.extend_from_slice(named);
                    line
                }
            };
            rest = rest.split_at(taken.len()).1.trim_start();
        }
        found
    }

    /// The headings of lines that are looked at no further: what is called so, letter for letter; all
    /// lines between are one that nobody knows.
    fn exact_lines<'t>(&self, table: Table, text: &'t str) -> Vec<(&'t str, Option<HeadingId>)> {
        let mut found = Vec::new();
        let (mut begin, mut at) = (0, 0);
        let unknown = |from: usize, to: usize| {
            let between = text.get(from..to).map(str::trim).filter(|text| !text.is_empty());
            between.map(|text| (text, None))
        };
        for line in text.split_inclusive('\n') {
            if let Some(id) = self.places.labelled(table, line.trim()) {
                found.extend(unknown(begin, at));
                found.push((line.trim(), Some(id)));
                begin = at + line.len();
            }
            at += line.len();
        }
        found.extend(unknown(begin, at));
        found
    }

    /// The headings of a line that is not one as a whole.
    fn on_a_line<'t>(&self, table: Table, line: &'t str) -> Vec<(&'t str, Option<HeadingId>)> {
        let place = |piece: &'t str| (piece, self.places.place(table, piece));
        let pieces = |parts: fn(char) -> bool| -> Vec<&'t str> {
            line.split(parts).map(str::trim).filter(|piece| !piece.is_empty()).collect()
        };
        let by_sign = pieces(|c| "、,，;；".contains(c));
        let by_any = pieces(|c| "、,，;；／/・＆&".contains(c) || c.is_whitespace());
        for pieces in [&by_sign, &by_any] {
            if pieces.len() > 1 && pieces.iter().all(|piece| self.called(table, piece).is_some()) {
                return pieces.iter().copied().map(place).collect();
            }
        }
        let whole = place(line.trim());
        let apart: Vec<_> = by_sign.into_iter().map(place).collect();
        if whole.1.is_none() && apart.iter().all(|(_, id)| id.is_some()) {
            apart
        } else {
            vec![whole]
        }
    }

    /// The heading that is called so.
    fn called(&self, table: Table, text: &str) -> Option<HeadingId> {
        match self.places.find_called(table, text) {
            Found::One(id) => Some(id),
            Found::NotHere(_) | Found::Several(_) | Found::Contradicting(_) | Found::Nothing => {
                None
            }
        }
    }

    /// A department's position in the settings.
    pub fn department(&self, text: &str) -> Option<usize> {
        let text = key(text);
        self.departments.iter().position(|(name, _)| *name == text)
    }

    /// The department whose form it is by a name: that of now, else the only one that was called
    /// so in the edition before.
    pub fn submitter(&self, text: &str) -> Option<usize> {
        self.department(text).or_else(|| self.formerly(|former| key(former) == key(text)))
    }

    /// The only department of which a former name is what is looked for.
    fn formerly(&self, is_meant: impl Fn(&str) -> bool) -> Option<usize> {
        let all = self.edition.departments.iter().enumerate();
        let mut meant = all.filter(|(_, d)| d.formerly.iter().any(|former| is_meant(former)));
        let (index, _) = meant.next()?;
        meant.next().is_none().then_some(index)
    }

    /// The department that a file name names: 「01_総務部.xlsx」, 「総務部（第2回）.xlsx」.
    pub fn department_of_file(&self, file: &str) -> Option<usize> {
        let stem = key(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
        let named =
            self.departments.iter().enumerate().filter(|(_, (name, _))| stem.contains(name));
        let now = named.max_by_key(|(_, (name, _))| name.chars().count()).map(|(index, _)| index);
        now.or_else(|| self.formerly(|former| !former.is_empty() && stem.contains(&key(former))))
    }

    pub fn department_name(&self, index: usize) -> Option<&'e str> {
        self.edition.departments.get(index).map(|department| department.name.as_str())
    }

    /// Who answers for a measure, by 担当部局 and 担当課室 as printed; nobody where the settings
    /// do not know them.
    pub fn owners(&self, department: &str, section: &str) -> Vec<Owner> {
        let (department_key, section_key) = (key(department), key(section));
        let joint = self.edition.joints.iter().find(|joint| {
            key(&joint.department) == department_key && key(&joint.section) == section_key
        });
        if let Some(joint) = joint {
            let owner = |o: &crate::edition::JointOwner| Owner {
                department: o.department.clone(),
                section: o.section.clone(),
            };
            return joint.owners.iter().map(owner).collect();
        }
        let owner = |section: &str| {
            let department = self.department(department)?;
            let (_, sections) = self.departments.get(department)?;
            let section = sections.iter().position(|known| *known == section)?;
            let department = self.edition.departments.get(department)?;
            let section = department.sections.get(section)?.clone();
            Some(Owner { department: department.name.clone(), section })
        };
        if let Some(owner) = owner(&section_key) {
            return vec![owner];
        }
        // Several sections of the department, one a line or with 「、」 between them.
        let names = section.split(['\n', '、']).map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| owner(&key(name))).collect::<Option<Vec<_>>>().unwrap_or_default()
    }

    /// Where a measure stands by its owners. Several owners stand after the sections of the
    /// first's department, and so does a section that the settings do not know.
    pub fn sort_key(&self, owners: &[Owner], department: &str, submitted_by: &str) -> SortKey {
        let last = usize::MAX;
        let by_name = |name: &str| self.department(name);
        match owners {
            [] => SortKey {
                department: by_name(department).or(by_name(submitted_by)).unwrap_or(last),
                section: last,
            },
            [owner] => {
                let department = by_name(&owner.department);
                let sections = department.and_then(|index| self.departments.get(index));
                let section = key(&owner.section);
                let section = sections.and_then(|(_, all)| all.iter().position(|s| *s == section));
                SortKey { department: department.unwrap_or(last), section: section.unwrap_or(last) }
            }
            [first, ..] => {
                SortKey { department: by_name(&first.department).unwrap_or(last), section: last }
            }
        }
    }

    pub fn status(text: &str) -> Option<Status> {
        let text = key(text);
        Status::ALL.into_iter().find(|status| key(status.label()) == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition;

    #[test]
    fn a_cell_may_name_several_headings_and_break_one_over_lines() {
        let text = include_str!("../../../inputs/2025/edition.toml");
        let edition = edition::parse("edition.toml", text).0.unwrap_or_default();
        let words = Vocabulary::new(&edition);
        for (text, expected) in [
            ("1(2) 教育の充実\n3(6)", "1(2) 3(6)"),
            ("1(2)、3(6)\n1(1)", "1(2) 3(6) 1(1)"),
            ("1(2)\n教育の充実\n3(6)", "1(2) 3(6)"),
            ("1\n(2) 教育の\n充実\r\n3(6)", "1(2) 3(6)"),
            ("1(2)\n子育て支援", "1(2) 1(1)"),
            ("1(2)；3(6)", "1(2) 3(6)"),
            ("１－２／３－６", "1(2) 3(6)"),
            ("1(2)　3(6)", "1(2) 3(6)"),
            ("1-(2) 教育の充実、子育ての支援", "1(2) 1(1)"),
            ("Ⅰ－２\n分野3(6)", "1(2) 3(6)"),
            ("1 暮らしのDX／(2) 教育の充実", "1(2)"),
            ("1(2)、教育\n1(9)\n\n", "1(2) ?"),
            ("1(2)、防災\n1(9)", "? ?"),
            ("\n", ""),
        ] {
            let found = words.headings(Table::Measures, text, &Patience::default()).into_iter();
            let found: Vec<String> =
                found.map(|(_, id)| id.map_or("?".into(), |id| id.to_string())).collect();
            assert_eq!(found.join(" "), expected, "{text:?}");
        }
        // Without patience, what is called so is still known, and nothing is lost.
        let patience = Patience::default();
        patience.spend(usize::MAX);
        let found = words.headings(Table::Measures, "謎\n防災\n1(2) 教育の充実\n\n謎2", &patience);
        let found: Vec<(&str, bool)> =
            found.iter().map(|(text, id)| (*text, id.is_some())).collect();
        assert_eq!(found, [("謎\n防災", false), ("1(2) 教育の充実", true), ("謎2", false)]);
    }
}

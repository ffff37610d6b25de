//! Departments and sections of the table: which are which now.

use super::{Judge, rules, same};
use crate::edition::{Department, NewDepartment, NewSection};
use crate::model::Entry;
use crate::schema::reorganisation::{Cell, DepartmentRow, Reorganisation, SectionRow, Sheet};
use crate::text::similar::nearest;

/// Names and the new ones.
type Renamed = Vec<(String, String)>;

/// What the rows of the departments say.
#[derive(Default)]
struct Successors<'t> {
    /// The departments of now, in their order.
    now: Vec<&'t str>,
    /// Those of before, each with a department that succeeds it.
    pairs: Vec<(&'t Cell, &'t Cell)>,
    gone: Vec<&'t Cell>,
}

impl<'t> Successors<'t> {
    /// The departments that a department of before is now.
    fn of(&self, old: &str) -> Vec<&'t str> {
        let its = self.pairs.iter().filter(|(before, _)| same(&before.text, old));
        its.map(|(_, now)| now.text.as_str()).collect()
    }

    /// A name as the first row has it.
    fn named(&self, name: &str) -> Option<&'t str> {
        self.now.iter().copied().find(|now| same(now, name))
    }
}

impl<'j> Judge<'j> {
    pub(super) fn owners(&mut self, table: &Reorganisation) -> (Vec<NewDepartment>, Renamed) {
        let successors = self.departments(&table.departments);
        let mut now = Vec::new();
        for name in &successors.now {
            now.push(self.department(name, &successors));
        }
        let mut renamed = Vec::new();
        for (old, new) in successors.pairs.iter().filter(|(old, new)| old.text != new.text) {
            if successors.of(&old.text).len() == 1 {
                renamed.push((old.text.clone(), new.text.clone()));
            }
        }
        self.sections(&table.sections, &successors, &mut now, &mut renamed);
        (now, renamed)
    }

    fn departments<'t>(&mut self, rows: &'t [DepartmentRow]) -> Successors<'t> {
        let mut found = Successors::default();
        for DepartmentRow { old, new } in rows {
            if new.is_blank() {
                let message =
                    say!("この版の部局が空欄になっている", "the department of now is blank");
                self.tell(&rules::EMPTY, new, message);
                continue;
            }
            if !old.is_blank() && self.settings_of(&old.text).is_none() {
                self.unknown_department(old);
                continue;
            }
            if new.is_gone() {
                self.department_gone(old, new);
                found.gone.push(old);
                continue;
            }
            if found.named(&new.text).is_none() {
                found.now.push(&new.text);
            }
            if !old.is_blank() {
                found.pairs.push((old, new));
            }
        }
        let has_row = |department: &&Department| {
            // One that is new has no row of its own, when the table is read once more.
            let is_it = |row: &DepartmentRow| same(&row.new.text, &department.name);
            rows.iter().any(|row| department.is_or_was(&row.old.text) || is_it(row))
        };
        let missing: Vec<_> = self.edition.departments.iter().filter(|d| !has_row(d)).collect();
        for department in missing {
            let name = &department.name;
            self.row_missing(Sheet::Departments, rows.first().map(|row| &row.old), name);
        }
        found
    }

    /// A department that goes may have left nothing but what its sections have: they are looked at one
    /// by one.
    fn department_gone(&mut self, old: &Cell, new: &Cell) {
        let has_sections = self.settings_of(&old.text).is_some_and(|d| !d.sections.is_empty());
        let is_left = |entry: &Entry| {
            entry.is_of(&old.text, None) && (!has_sections || entry.owners.is_empty())
        };
        if let Some(counted) = self.counted(is_left) {
            let (ja, en) = (counted.ja, counted.en);
            let message = say!("なくなる部局に{ja}が残っている", "a department that goes has {en}");
            self.tell(&rules::LEFT_OVER, new, message);
        }
    }

    /// The department of the settings that is called so, or was before the table was read once.
    fn settings_of(&self, old: &str) -> Option<&'j Department> {
        let all = &self.edition.departments;
        let named = all.iter().find(|department| same(&department.name, old));
        named.or_else(|| all.iter().find(|department| department.is_or_was(old)))
    }

    fn unknown_department(&mut self, cell: &Cell) {
        let names = self.edition.departments.iter().map(|department| department.name.as_str());
        let near = nearest(&cell.text, names).map(str::to_owned);
        let message =
            say!("前の版の部局が edition.toml にない", "the settings have no such department");
        let finding = self.tell(&rules::UNKNOWN, cell, message);
        finding.expected = near.unwrap_or_default();
    }

    fn row_missing(&mut self, sheet: Sheet, near: Option<&Cell>, name: &str) {
        let mut cell = near.cloned().unwrap_or_default();
        (cell.at.cell, cell.text) = (None, name.to_owned());
        let sheet = sheet.name();
        let message = say!(
            "シート「{sheet}」に「{name}」の行がない",
            "sheet “{sheet}” has no row of “{name}”"
        );
        self.tell(&rules::ROW_MISSING, &cell, message);
    }

    /// A department of now: it goes on from the one that has its name, else from the first that it
    /// succeeds and that is no more.
    fn department(&self, name: &str, successors: &Successors) -> NewDepartment {
        let before: Vec<&str> = successors
            .pairs
            .iter()
            .filter(|(_, new)| same(&new.text, name))
            .map(|(old, _)| old.text.as_str())
            .collect();
        let in_settings = self.edition.departments.iter().find(|d| same(&d.name, name));
        let is_first =
            |old: &&&str| successors.of(old).first().is_some_and(|first| same(first, name));
        let goes_on = before.iter().find(is_first).filter(|old| successors.named(old).is_none());
        let goes_on = goes_on.and_then(|old| self.settings_of(old));
        let formerly = before.iter().filter(|old| !same(old, name));
        NewDepartment {
            name: name.to_owned(),
            base: in_settings.or(goes_on).map(|department| department.name.clone()),
            formerly: formerly.map(|old| (*old).to_owned()).collect(),
            sections: Vec::new(),
        }
    }

    fn sections(
        &mut self,
        rows: &[SectionRow],
        successors: &Successors,
        now: &mut [NewDepartment],
        renamed: &mut Renamed,
    ) {
        for (at, row) in rows.iter().enumerate() {
            let Some(department) = self.department_of(row, successors) else { continue };
            if row.new.is_blank() {
                let message = say!("この版の課室が空欄になっている", "the section of now is blank");
                self.tell(&rules::EMPTY, &row.new, message);
                continue;
            }
            let is_same_old = |other: &&SectionRow| {
                !row.old.is_blank()
                    && same(&other.old.text, &row.old.text)
                    && same(&other.old_department.text, &row.old_department.text)
            };
            if rows.iter().take(at).any(|other| is_same_old(&other)) {
                let message = say!("1つの課室が2つになっている", "one section is two now");
                self.tell(&rules::UNDECIDED, &row.new, message);
                continue;
            }
            let Some(own) = now.iter_mut().find(|own| same(&own.name, department)) else {
                continue;
            };
            let old = &row.old_department.text;
            let is_its = same(old, department) || own.formerly.iter().any(|name| same(name, old));
            if !old.is_empty() && !is_its {
                own.formerly.push(old.clone());
            }
            let is_renamed = !row.old.is_blank() && !same(&row.old.text, &row.new.text);
            let formerly = is_renamed.then(|| row.old.text.clone());
            renamed.extend(formerly.iter().map(|old| (old.clone(), row.new.text.clone())));
            match own.sections.iter_mut().find(|section| same(&section.name, &row.new.text)) {
                Some(section) => section.formerly.extend(formerly),
                None => own.sections.push(NewSection {
                    name: row.new.text.clone(),
                    formerly: formerly.into_iter().collect(),
                }),
            }
        }
        self.sections_without_rows(rows);
    }

    /// The department of now that a section is in; nothing where the section is no more, or nobody
    /// can tell.
    fn department_of<'t>(
        &mut self,
        row: &'t SectionRow,
        successors: &Successors<'t>,
    ) -> Option<&'t str> {
        let SectionRow { old_department, old, department, new } = row;
        if department.is_gone() || new.is_gone() {
            let is_its = |entry: &Entry| entry.is_of(&old_department.text, Some(&old.text));
            if let Some(counted) = self.counted(is_its) {
                let (ja, en) = (counted.ja, counted.en);
                let message =
                    say!("なくなる課室に{ja}が残っている", "a section that goes has {en}");
                self.tell(&rules::LEFT_OVER, new, message);
            }
            return None;
        }
        if department.is_blank() {
            let message = say!("この版の部局が空欄になっている", "the department of now is blank");
            self.tell(&rules::EMPTY, department, message);
            return None;
        }
        let its = successors.of(&department.text);
        match (successors.named(&department.text), its.as_slice()) {
            (Some(named), _) => Some(named),
            (None, [one]) => Some(*one),
            (None, []) if successors.gone.iter().any(|gone| same(&gone.text, &department.text)) => {
                let message = say!("この部局はなくなる", "this department goes");
                self.tell(&rules::LEFT_OVER, department, message);
                None
            }
            (None, []) => {
                let near = nearest(&department.text, successors.now.iter().copied());
                let near = near.map(str::to_owned).unwrap_or_default();
                let message = say!(
                    "この版の部局がシート「部局」にない",
                    "the sheet of the departments has no such department of now"
                );
                self.tell(&rules::UNKNOWN, department, message).expected = near;
                None
            }
            (None, several) => {
                let could = several.join("、");
                let message = say!(
                    "部局が分かれるので、この課室がどれになるか決まらない",
                    "the department is divided, and nothing tells which part has this section"
                );
                self.tell(&rules::UNDECIDED, department, message).expected = could;
                None
            }
        }
    }

    /// Sections that no row is of, and departments that go with all that they have.
    fn sections_without_rows(&mut self, rows: &[SectionRow]) {
        for department in &self.edition.departments {
            let names = std::iter::once(&department.name).chain(&department.formerly);
            let names: Vec<&String> = names.collect();
            for section in &department.sections {
                let was = |row: &&SectionRow| {
                    let is_its = department.section(&row.old.text) == Some(section.as_str());
                    let in_it = names.iter().any(|name| same(name, &row.old_department.text));
                    // A section that came with the table, or from another department.
                    let is_now = same(&row.new.text, section);
                    is_its && in_it || is_now
                };
                if !rows.iter().any(|row| was(&row)) {
                    let name = format!("{} {section}", department.name);
                    self.row_missing(Sheet::Sections, rows.first().map(|row| &row.old), &name);
                }
            }
        }
    }
}

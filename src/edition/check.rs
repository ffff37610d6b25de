//! Settings that contradict each other.

use std::collections::BTreeMap;

use super::identity;
use super::rules;
use super::settings::{Accept, Edition, JointOwner};
use crate::diag::{CellRef, Finding, Place, Rule, Say};
use crate::schema::{Paper, Role, Table};
use crate::text::key;
use crate::text::similar::nearest;

pub(super) struct Checker<'a> {
    file: &'a str,
    findings: &'a mut Vec<Finding>,
}

/// Adds what the settings say against each other.
pub(super) fn contradictions(file: &str, edition: &Edition, findings: &mut Vec<Finding>) {
    let mut checker = Checker { file, findings };
    checker.identity(edition);
    checker.front(edition);
    checker.outline(edition);
    checker.departments(edition);
    checker.former_names(edition);
    checker.joints(edition);
    checker.accepts(edition);
    checker.page_breaks(edition);
    checker.progress(edition);
    checker.abolition_reasons(edition);
    checker.results(edition);
}

impl Checker<'_> {
    pub(super) fn add(&mut self, rule: &'static Rule, line: u32, message: Say) -> &mut Finding {
        let index = self.findings.len();
        self.findings.push(rule.finding(message).at(&Place::line(self.file, line)));
        &mut self.findings[index]
    }

    /// Reports every later entry of a list whose key an earlier one has.
    pub(super) fn twice<'k>(
        &mut self,
        rule: &'static Rule,
        entries: impl Iterator<Item = (&'k str, u32)>,
        message: impl Fn(&str) -> Say,
    ) {
        let mut first: BTreeMap<&str, u32> = BTreeMap::new();
        for (key, line) in entries.filter(|(key, _)| !key.is_empty()) {
            match first.get(key) {
                None => _ = first.insert(key, line),
                Some(&earlier) => {
                    let place = Place::line(self.file, earlier);
                    let finding = self.add(rule, line, message(key));
                    finding.found = key.to_owned();
                    finding.more.push(place);
                }
            }
        }
    }

    /// The same of keys that were made for it.
    pub(super) fn twice_of(
        &mut self,
        rule: &'static Rule,
        entries: &[(String, u32)],
        message: impl Fn(&str) -> Say,
    ) {
        self.twice(rule, entries.iter().map(|(key, line)| (key.as_str(), *line)), message);
    }

    fn identity(&mut self, edition: &Edition) {
        let (id, first, last) = (edition.id(), edition.front.first_year, edition.front.last_year);
        if id.is_empty() || !id.chars().all(|c| c.is_ascii_alphanumeric()) {
            let finding = self.add(
                &rules::BAD_ID,
                edition.line,
                say!(
                    "版の略称 id が半角の英数字でない",
                    "the edition's id is not ASCII letters and digits"
                ),
            );
            finding.found = id.to_owned();
            finding.expected = "R7".into();
        }
        identity::check(self, edition);
        // No workbook has a date outside of these; nothing was read where it is 0.
        for (key, year) in [("year", edition.year), ("first-year", first), ("last-year", last)] {
            if year != 0 && !(1901..=9998).contains(&year) {
                let message = say!("{key} が西暦の年度でない", "{key} is no year");
                let finding = self.add(&rules::WRONG_VALUE, edition.line, message);
                finding.found = year.to_string();
                finding.expected = "1901から9998までの数".into();
            }
        }
        if first > last {
            let finding = self.add(
                &rules::YEARS,
                edition.line,
                say!(
                    "計画期間の初年度が最終年度より後になっている",
                    "the plan's first year comes after its last"
                ),
            );
            finding.found = format!("first-year = {first}、last-year = {last}");
            finding.expected = "first-year ≦ last-year".into();
        }
    }

    fn departments(&mut self, edition: &Edition) {
        if edition.departments.is_empty() {
            self.add(
                &rules::EMPTY,
                edition.line,
                say!("部局（[[department]]）が1つもない", "there is no [[department]]"),
            );
        }
        let names = edition.departments.iter().map(|d| (d.name.as_str(), d.line));
        self.twice(&rules::DEPARTMENT_TWICE, names, |n| {
            say!("部局「{n}」が2回書かれている", "department {n} is given twice")
        });
        let asks_for_sections = Table::ALL.into_iter().any(|table| {
            let column = edition.schema.with_role(table, Role::Section);
            let is_asked = column.is_some_and(|column| column.is_on(Paper::Form));
            is_asked && edition.levels.iter().any(|level| level.holds(table))
        });
        for department in &edition.departments {
            let name = &department.name;
            let sections = department.sections.iter().map(|s| (s.as_str(), department.line));
            self.twice(&rules::SECTION_TWICE, sections, |s| {
                say!("{name}に課室「{s}」が2回書かれている", "section {s} is given twice in {name}")
            });
            if department.sections.is_empty() && asks_for_sections {
                self.add(
                    &rules::EMPTY,
                    department.line,
                    say!("{name}に課室が1つもない", "{name} has no section"),
                );
            }
        }
    }

    fn joints(&mut self, edition: &Edition) {
        for joint in &edition.joints {
            let words = format!("{}　{}", joint.department, joint.section);
            if joint.owners.len() < 2 {
                self.add(
                    &rules::JOINT_OWNER,
                    joint.line,
                    say!(
                        "共同所管「{words}」の owners が2つ以上ない",
                        "joint {words} has less than two owners"
                    ),
                );
            }
            for owner in &joint.owners {
                self.joint_owner(edition, &words, joint.line, owner);
            }
        }
    }

    fn joint_owner(&mut self, edition: &Edition, words: &str, line: u32, owner: &JointOwner) {
        let department = edition.department(&owner.department);
        let (found, known): (&str, Vec<&str>) = match department {
            Some(d) if d.sections.contains(&owner.section) => return,
            Some(d) => (&owner.section, d.sections.iter().map(String::as_str).collect()),
            None => {
                (&owner.department, edition.departments.iter().map(|d| d.name.as_str()).collect())
            }
        };
        let finding = self.add(
            &rules::JOINT_OWNER,
            line,
            say!(
                "共同所管「{words}」の「{found}」が部局・課室の一覧にない",
                "{found} of joint {words} is not among the departments and sections"
            ),
        );
        finding.found = found.to_owned();
        if let Some(near) = nearest(found, known) {
            finding.expected = near.to_owned();
        }
    }

    /// A cover without its title, or papers without their version or issuer, are none.
    fn front(&mut self, edition: &Edition) {
        let front = &edition.front;
        // What is not there is told of already, and empty for that reason.
        if self.findings.iter().any(|f| f.rule.code == rules::MISSING_KEY.code) {
            return;
        }
        for (key, value, line) in [
            ("title", &front.title, edition.line),
            ("version", &front.version, edition.line),
            ("issuer", &front.issuer, edition.colophon_line),
        ] {
            if value.is_empty() {
                let message = say!("{key} が空である", "{key} is empty");
                self.add(&rules::MISSING_KEY, line, message).expected = format!("{key} = …");
            }
        }
    }

    fn accepts(&mut self, edition: &Edition) {
        for accept in &edition.accepts {
            let Accept { code, reason, line, cell, .. } = accept;
            if reason.is_empty() {
                self.add(
                    &rules::ACCEPT,
                    *line,
                    say!(
                        "例外として認める指摘 {code} に理由がない",
                        "accepted finding {code} has no reason"
                    ),
                );
            }
            if let Some(cell) = cell.as_ref().filter(|c| CellRef::parse(c).is_none()) {
                let finding = self.add(
                    &rules::ACCEPT,
                    *line,
                    say!(
                        "例外として認める指摘 {code} のセル番地が読めない",
                        "the cell of accepted finding {code} is no address"
                    ),
                );
                finding.found.clone_from(cell);
                // 「Ｈ８」 in full width is meant as 「H8」.
                let meant = CellRef::parse(&key(cell));
                finding.expected = meant.map_or("F9".into(), |cell| cell.to_string());
            }
        }
    }

    fn page_breaks(&mut self, edition: &Edition) {
        let numbers: Vec<String> =
            edition.places().iter().map(|place| place.id.to_string()).collect();
        let word = edition.levels.all_place_words();
        for page_break in &edition.page_breaks {
            let Some(category) = &page_break.category else { continue };
            if !numbers.contains(category) {
                let finding = self.add(
                    &rules::PAGE_BREAK,
                    page_break.line,
                    say!(
                        "改ページの{word} {category} が設定にない",
                        "page break names unknown heading {category}"
                    ),
                );
                finding.found.clone_from(category);
                finding.expected = numbers.join("、");
            }
        }
        let keys: Vec<_> = edition
            .page_breaks
            .iter()
            .map(|b| (format!("{} {}", b.before, b.category.as_deref().unwrap_or("")), b.line))
            .collect();
        self.twice_of(&rules::PAGE_BREAK, &keys, |k| {
            say!("同じ改ページが2回書かれている：{k}", "the same page break is given twice: {k}")
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::edition::parse;

    #[test]
    fn a_department_needs_no_sections_where_the_form_asks_for_none() {
        let example = include_str!("../../inputs/2025/edition.toml");
        let bare = "\n[[department]]\nname = \"監査局\"\nsections = []\n";
        let hidden = "\n[[measure-column]]\nkey = \"section\"\npapers = []\n";
        for (more, expected) in [("", vec!["S203"]), (hidden, vec![])] {
            let (_, findings) = parse("edition.toml", &format!("{example}{bare}{more}"));
            let codes: Vec<&str> = findings.iter().map(|finding| finding.rule.code).collect();
            assert_eq!(codes, expected, "{more}");
        }
    }

    #[test]
    fn an_exception_without_a_reason_is_one_finding_and_a_cell_in_full_width_is_told_as_meant() {
        let example = include_str!("../../inputs/2025/edition.toml");
        let of = |lines: &str| -> Vec<(&str, String)> {
            let accept = format!("{example}\n[[accept]]\ncode = \"K503\"\n{lines}");
            let (_, findings) = parse("edition.toml", &accept);
            findings.into_iter().map(|f| (f.rule.code, f.expected)).collect()
        };
        let none = vec![("S209", String::new())];
        assert_eq!((of(""), of("reason = \"\"\n")), (none.clone(), none));
        assert_eq!(of("cell = \"Ｈ８\"\nreason = \"理由\"\n"), [("S209", "H8".to_owned())]);
        assert_eq!(of("cell = \"h8\"\nreason = \"理由\"\n"), []);
    }

    #[test]
    fn a_form_that_no_level_has_entries_for_asks_for_no_sections() {
        let bare = "[[level]]\nword = \"章\"\nkpis = true\n[[department]]\nname = \"監査局\"\nsections = []\n";
        let of = |text: &str| {
            let (_, findings) = parse("edition.toml", text);
            let said = findings.into_iter().map(|finding| finding.message.ja);
            said.filter(|said| said.contains("課室が1つもない")).count()
        };
        assert_eq!(of(bare), 0);
        assert_eq!(of(&bare.replace("kpis", "measures")), 1);
    }
}

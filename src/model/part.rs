//! The part of an annex that one department answers for.

use std::collections::BTreeSet;

use super::{Annex, Heading, Id, Kpi, Measure};

impl Measure {
    /// Whether the department answers for it, alone or with others.
    pub fn is_of(&self, department: &str) -> bool {
        match self.owners.as_slice() {
            [] => self.department.value == department,
            owners => owners.iter().any(|owner| owner.department == department),
        }
    }
}

impl Annex {
    /// What one department answers for, under its headings; what else the annex says is the same.
    /// A measure of another department that a KPI is tied to keeps its printed name.
    pub fn part_of(&self, department: &str) -> Self {
        let measures: Vec<Measure> =
            self.measures.iter().filter(|measure| measure.is_of(department)).cloned().collect();
        let own: BTreeSet<Id> = measures.iter().map(|measure| measure.id.clone()).collect();
        let mut kpis: Vec<Kpi> = Vec::new();
        for kpi in self.kpis.iter().filter(|kpi| kpi.submitted_by == department) {
            let mut kpi = kpi.clone();
            for link in &mut kpi.measures {
                let named = self.printed_name(link).to_owned();
                link.text.value = named;
                link.measure = link.measure.take().filter(|id| own.contains(id));
            }
            kpis.push(kpi);
        }
        let kept: BTreeSet<Id> = kpis.iter().map(|kpi| kpi.id.clone()).collect();
        let outline = self.outline.iter().filter_map(|h| with_rows(h, &own, &kept)).collect();
        Self { outline, measures, kpis, ..self.clone() }
    }
}

/// A heading with these rows alone; nothing where neither it nor one below it has any.
fn with_rows(heading: &Heading, measures: &BTreeSet<Id>, kpis: &BTreeSet<Id>) -> Option<Heading> {
    let mut part = heading.clone();
    part.listings.retain(|listing| measures.contains(&listing.measure));
    part.kpis.retain(|id| kpis.contains(id));
    part.headings =
        heading.headings.iter().filter_map(|below| with_rows(below, measures, kpis)).collect();
    let is_empty = part.listings.is_empty() && part.kpis.is_empty() && part.headings.is_empty();
    (!is_empty).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entry, HeadingId, Link, Listing, Sourced};

    fn measure(id: &str, department: &str) -> Measure {
        let department = Sourced { value: department.to_owned(), ..Sourced::default() };
        let name = Sourced { value: format!("施策{id}"), ..Sourced::default() };
        Measure { entry: Entry { id: Id(id.into()), name, department, ..Entry::default() } }
    }

    #[test]
    fn a_part_has_the_rows_of_its_department_and_no_heading_without_one() {
        let list = |id: &str| Listing { measure: Id(id.into()), repost: false };
        let heading = |number, listings| Heading {
            listings,
            ..Heading::standard(HeadingId::of(&[1, number]).expect("an id"), "見出し")
        };
        let top = Heading {
            headings: vec![heading(1, vec![list("1"), list("2")]), heading(2, vec![list("2")])],
            ..Heading::standard(HeadingId::top(1), "柱")
        };
        let link = Link { text: Sourced::default(), measure: Some(Id("2".into())) };
        let entry = Entry { id: Id("K1".into()), submitted_by: "甲".into(), ..Entry::default() };
        let kpi = Kpi { entry, measures: vec![link], ..Kpi::default() };
        let annex = Annex {
            outline: vec![top],
            measures: vec![measure("1", "甲"), measure("2", "乙")],
            kpis: vec![kpi],
            ..Annex::default()
        };
        let part = annex.part_of("甲");
        assert_eq!(part.measures.iter().map(|m| m.id.as_str()).collect::<Vec<_>>(), ["1"]);
        assert_eq!(part.headings().count(), 2);
        assert_eq!(part.listings().count(), 1);
        assert_eq!(part.kpis[0].measures[0].text.value, "施策2");
        assert!(part.broken_reference().is_none());
        assert_eq!(annex.part_of("丙").headings().count(), 0);
    }
}

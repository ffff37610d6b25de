//! Whether an annex is whole: every id once, and every reference to something that is there.

use std::collections::BTreeSet;

use super::{Annex, Id};
use crate::diag::Say;
use crate::schema::Words;

/// What an id is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Measure,
    Kpi,
}

impl Kind {
    fn say(self, words: &Words) -> Say {
        match self {
            Self::Measure => Say::new(&words.measure, "measure"),
            Self::Kpi => Say::new(&words.kpi, "KPI"),
        }
    }
}

/// What is wrong with the ids of an annex: no paper of it would be complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrokenReference {
    GivenTwice {
        /// What the id is of.
        entry: Say,
        id: Id,
    },
    /// A heading lists what is not among the measures or KPIs.
    Unknown { entry: Say, id: Id, heading: String },
    /// A KPI is tied to what is not among the measures.
    Untied { kpi: Say, entry: Say, id: Id },
}

impl BrokenReference {
    /// The reason, to stand in brackets.
    pub fn say(&self) -> Say {
        match self {
            Self::GivenTwice { entry: Say { ja, en }, id } => {
                say!("{ja}ID「{id}」が2回あります", "the {en} id \"{id}\" is there twice")
            }
            Self::Unknown { entry: Say { ja, en }, id, heading } => {
                say!(
                    "{heading}に載っている{ja}「{id}」が見つかりません",
                    "there is no {en} \"{id}\", which {heading} lists"
                )
            }
            Self::Untied { kpi, entry: Say { ja, en }, id } => {
                let (of, of_en) = (&kpi.ja, &kpi.en);
                say!(
                    "{of}の{ja}「{id}」が見つかりません",
                    "there is no {en} \"{id}\", which {of_en} is of"
                )
            }
        }
    }
}

impl Annex {
    /// The first reference that does not hold. Everything that is made of an annex leaves out the
    /// rows of what is not there, so that nothing may be made of one that has such a fault.
    pub fn broken_reference(&self) -> Option<BrokenReference> {
        self.references().err()
    }

    fn references(&self) -> Result<(), BrokenReference> {
        let [measure, kpi] = [Kind::Measure, Kind::Kpi].map(|kind| kind.say(&self.schema.words));
        let measures = distinct(&measure, self.measures.iter().map(|measure| &measure.id))?;
        let kpis = distinct(&kpi, self.kpis.iter().map(|kpi| &kpi.id))?;
        for heading in self.headings() {
            let listings =
                heading.listings.iter().map(|listing| (&measure, &measures, &listing.measure));
            let rows = heading.kpis.iter().map(|id| (&kpi, &kpis, id));
            for (entry, known, id) in listings.chain(rows) {
                if !known.contains(id) {
                    let (id, heading) = (id.clone(), heading.id.to_string());
                    let entry = entry.clone();
                    return Err(BrokenReference::Unknown { entry, id, heading });
                }
            }
        }
        for of in &self.kpis {
            let tied = of.measures.iter().filter_map(|link| link.measure.as_ref());
            if let Some(id) = tied.into_iter().find(|id| !measures.contains(id)) {
                let (Say { ja, en }, of) = (&kpi, &of.id);
                let kpi = say!("{ja}「{of}」", "the {en} \"{of}\"");
                return Err(BrokenReference::Untied { kpi, entry: measure, id: id.clone() });
            }
        }
        Ok(())
    }
}

fn distinct<'a>(
    entry: &Say,
    ids: impl Iterator<Item = &'a Id>,
) -> Result<BTreeSet<&'a Id>, BrokenReference> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(BrokenReference::GivenTwice { entry: entry.clone(), id: id.clone() });
        }
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entry, Heading, Kpi, Link, Listing, Measure, Sourced};

    fn annex(ids: &[&str], listed: &str) -> Annex {
        let measure =
            |id: &&str| Measure { entry: Entry { id: Id((*id).into()), ..Entry::default() } };
        let listing = Listing { measure: Id(listed.into()), repost: false };
        let id = "1(2)".parse().expect("a number");
        let category =
            Heading { listings: vec![listing], ..Heading::standard(id, "教育の充実") };
        Annex {
            outline: vec![category],
            measures: ids.iter().map(measure).collect(),
            ..Annex::default()
        }
    }

    #[test]
    fn an_id_that_is_given_twice_or_leads_nowhere_is_named() {
        let said = |annex: &Annex| annex.broken_reference().map(|fault| fault.say().ja);
        assert_eq!(said(&annex(&["R7-001"], "R7-001")), None);
        let gone = said(&annex(&["R7-001"], "R7-002")).expect("a fault");
        assert_eq!(gone, "1(2)に載っている施策「R7-002」が見つかりません");
        let twice = said(&annex(&["R7-001", "R7-001"], "R7-001")).expect("a fault");
        assert_eq!(twice, "施策ID「R7-001」が2回あります");
        let mut tied = annex(&["R7-001"], "R7-001");
        let link = |id: &str| Link { text: Sourced::default(), measure: Some(Id(id.into())) };
        let entry = Entry { id: Id("R7-K01".into()), ..Entry::default() };
        tied.kpis.push(Kpi { entry, measures: vec![link("R7-001")], ..Kpi::default() });
        assert_eq!(said(&tied), None);
        tied.kpis[0].measures.push(link("R7-999"));
        let untied = said(&tied).expect("a fault");
        assert_eq!(untied, "KPI「R7-K01」の施策「R7-999」が見つかりません");
    }
}

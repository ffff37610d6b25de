//! The annex as plain lines, one field a line, for `git diff` and for eyes.

use crate::model::{Annex, Kpi, Listing, Measure};
use crate::schema::front::SETTINGS;
use crate::schema::keys;

/// Every published field of the annex in printed order, each on a line that begins with the id.
/// A line break inside a text is written `⏎`, so that a line is a field.
pub fn lines(annex: &Annex) -> String {
    let mut out = Lines::default();
    let front = &annex.front;
    for setting in &SETTINGS {
        if let Some(label) = setting.line_label {
            out.put(&front.edition, label, &front.word(setting));
        }
    }
    for pillar in &annex.pillars {
        out.heading(&format!("{} {}", pillar.number, pillar.title));
        for category in &pillar.categories {
            out.heading(&format!("{} {}", category.id, category.title));
            let rows = category.listings.iter();
            rows.filter_map(|row| Some((row, annex.measure(&row.measure)?)))
                .for_each(|(row, measure)| out.listing(row, measure));
            category.kpis.iter().filter_map(|id| annex.kpi(id)).for_each(|kpi| out.kpi(annex, kpi));
        }
    }
    out.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn heading(&mut self, text: &str) {
        self.0.push_str(&format!("\n# {text}\n"));
    }

    fn put(&mut self, id: &str, field: &str, text: &str) {
        if !text.is_empty() {
            self.0.push_str(&format!("{id} {field}: {}\n", text.replace('\n', "⏎")));
        }
    }

    /// A repost is its original's text: the line names it, and no more.
    fn listing(&mut self, row: &Listing, measure: &Measure) {
        let id = measure.id.as_str();
        if row.repost {
            return self.put(id, "再掲", measure.name.as_str());
        }
        self.put(id, "施策名", measure.name.as_str());
        self.put(id, "概要", measure.value(keys::OVERVIEW).as_str());
        self.put(id, "目的", measure.value(keys::PURPOSE).as_str());
        self.put(id, "担当部局", measure.department.as_str());
        self.put(id, "担当課室", measure.section.as_str());
    }

    fn kpi(&mut self, annex: &Annex, kpi: &Kpi) {
        let id = kpi.id.as_str();
        self.put(id, "主なKPI", kpi.name.as_str());
        for link in &kpi.measures {
            self.put(id, "対象施策", annex.printed_name(link));
        }
        self.put(id, "現状値", &kpi.figure(keys::CURRENT).value.printed);
        self.put(id, "目標値", &kpi.figure(keys::TARGET).value.printed);
    }
}

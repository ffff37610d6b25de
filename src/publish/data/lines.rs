//! The annex as plain lines, one field a line, for `git diff` and for eyes.

use crate::model::{Annex, Content, Kpi, Listing, Measure, Row};
use crate::schema::front::SETTINGS;
use crate::schema::{Column, Paper, Table};

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
    for heading in annex.headings() {
        out.heading(&heading.name());
        out.prose(&heading.text);
        let rows = heading.listings.iter();
        rows.filter_map(|row| Some((row, annex.measure(&row.measure)?)))
            .for_each(|(row, measure)| out.listing(annex, row, measure));
        let kpis = heading.kpis.iter().filter_map(|id| annex.kpi(id));
        kpis.for_each(|kpi| out.kpi(annex, kpi, kpi.is_repost(heading)));
    }
    out.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn heading(&mut self, text: &str) {
        self.0.push_str(&format!("\n# {text}\n"));
    }

    /// What is said below a heading, line by line.
    fn prose(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.0.push_str(line);
            self.0.push('\n');
        }
    }

    fn put(&mut self, id: &str, field: &str, text: &str) {
        if !text.is_empty() {
            self.0.push_str(&format!("{id} {field}: {}\n", text.replace('\n', "⏎")));
        }
    }

    /// A repost is its original's text: the line names it, and no more.
    fn listing(&mut self, annex: &Annex, row: &Listing, measure: &Measure) {
        if row.repost {
            let reposted = annex.schema.words.reposted();
            return self.put(measure.id.as_str(), reposted, measure.name.as_str());
        }
        for column in annex.schema.on(Table::Measures, Paper::Text) {
            self.column(annex, measure, column);
        }
    }

    fn kpi(&mut self, annex: &Annex, kpi: &Kpi, repost: bool) {
        if repost {
            let reposted = annex.schema.words.reposted();
            return self.put(kpi.id.as_str(), reposted, kpi.name.as_str());
        }
        for column in annex.schema.on(Table::Kpis, Paper::Text) {
            self.column(annex, kpi, column);
        }
    }

    /// A line for each of a KPI's measures, else one for the column.
    fn column<R: Row>(&mut self, annex: &Annex, row: &R, column: &Column) {
        let id = row.entry().id.as_str();
        match row.content(column) {
            Content::Links(links) => {
                for link in links {
                    self.put(id, column.short(), annex.printed_name(link));
                }
            }
            content => self.put(id, column.short(), &content.text()),
        }
    }
}

//! Puts the rows of a table together.

use super::{Cell, Entry, Layout, Line, Options, Row, Table};
use crate::compare::{
    self, Change, Field, Inline, ListingKind, Match, Matched, MatchedRow, MatchedSection,
    OwnerTexts, Subject,
};
use crate::model::{Heading, HeadingId, Kpi, Measure, Row as _};
use crate::publish::comparison::{corrected, remarks, remarks_of, words};
use crate::schema::front::Printed;
use crate::schema::{Column, Paper, Role, Schema, keys};

/// The line of department and section.
const OWNER: &str = "担当";

/// The table of everything printed that changed; as a redline also of what did not.
pub fn table(matched: &Matched, options: Options) -> Table {
    let builder = Builder { matched, layout: options.layout };
    let mut rows = builder.rows();
    join_omitted(&mut rows);
    let comparison = &matched.comparison;
    let named = [comparison.new.title.as_str(), &comparison.new.volume, options.layout.label()];
    Table {
        title: named.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" "),
        new_version: comparison.new.shown(),
        old_version: comparison.old.shown(),
        legend: options.layout.legend().to_owned(),
        rows,
        options,
    }
}

/// Leaves one （略） of several, and none between headings that nothing follows.
fn join_omitted(rows: &mut Vec<Row>) {
    rows.dedup_by(|after, before| *after == Row::Omitted && *before == Row::Omitted);
}

struct Builder<'m, 'a> {
    matched: &'m Matched<'a>,
    layout: Layout,
}

/// What becomes of a line whose text did not change in a table of changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unchanged {
    /// It says where a change belongs.
    Shown,
    /// （略）
    Omitted,
}

impl Builder<'_, '_> {
    fn schema(&self) -> &Schema {
        &self.matched.new.schema
    }

    fn entry(&self, subject: Subject, lines: Vec<Line>, remarks: String) -> Row {
        let word = self.schema().fill(subject.label()).into_owned();
        Row::Entry(Entry { subject, word, lines, remarks })
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = self.settings();
        rows.extend(self.throughout());
        rows.extend(self.matched.sections.iter().flat_map(|section| self.section(section)));
        let rest = self.entries_of(&self.matched.unplaced);
        if rest.iter().any(|row| *row != Row::Omitted) {
            let text = Inline::same(&self.matched.comparison.no_place());
            rows.push(Row::Heading { level: 2, text });
            rows.extend(rest);
        }
        rows
    }

    /// A heading with its rows, and with the headings under it.
    fn section(&self, section: &MatchedSection) -> Vec<Row> {
        let mut inside = self.entries_of(section);
        inside.extend(section.sections.iter().flat_map(|section| self.section(section)));
        let mut rows = Vec::new();
        push_under(&mut rows, heading_of(section), inside);
        rows
    }

    fn settings(&self) -> Vec<Row> {
        let entries = self.matched.comparison.entries.iter();
        let mut lines = Vec::new();
        for change in entries.flat_map(|entry| &entry.changes) {
            if let Change::Setting { setting, text } = change
                && setting.printed != Printed::Nowhere
            {
                lines.push(line(setting.label, Cell::Text(text.clone())));
            }
        }
        if lines.is_empty() {
            return Vec::new();
        }
        lines.insert(0, line("", Cell::Text(Inline::same("表紙・前文・奥付"))));
        vec![self.entry(Subject::Settings, lines, String::new())]
    }

    /// What changed alike wherever it stood: a row each, before all others. The whole text of a
    /// redline has it where it stands.
    fn throughout(&self) -> Vec<Row> {
        if self.layout == Layout::Redline {
            return Vec::new();
        }
        let entries = self.matched.comparison.entries.iter();
        let rows = entries.flat_map(|entry| &entry.changes).filter_map(|change| match change {
            Change::Throughout { old, new, .. } => {
                let mut text = words::replaced(old, new);
                text.0.extend(Inline::same("（以下同じ）").0);
                let lines = vec![line("", Cell::Text(text))];
                Some(self.entry(Subject::Throughout, lines, remarks(change).ja))
            }
            _ => None,
        });
        rows.collect()
    }

    /// Who answers for a measure, before and after. Where all that changed is told once, a table of
    /// changes has the same on both sides; else each side quotes its own.
    fn owners(&self, row: &MatchedRow<Measure>) -> (Option<String>, Option<String>) {
        let texts = row.texts(|measure| OwnerTexts::of(measure).joined());
        match (row.old, row.new) {
            (Some(old), Some(new)) if self.layout == Layout::SideBySide => {
                let told = Some(self.matched.owners_before(old, new).joined());
                let is_all = told == texts.1;
                (if is_all { told } else { texts.0 }, texts.1)
            }
            _ => texts,
        }
    }

    fn entries_of(&self, section: &MatchedSection) -> Vec<Row> {
        let mut rows: Vec<Row> = self.text(section).into_iter().collect();
        let heading = section.new.or(section.old).map(|heading| heading.id);
        rows.extend(section.measures.iter().map(|row| self.measure(row, heading)));
        rows.extend(section.kpis.iter().map(|row| self.kpi(row)));
        rows.extend(self.note(section));
        rows
    }

    fn changes<T>(&self, row: &MatchedRow<T>) -> &[Change] {
        self.matched.entry(row).map_or(&[], |entry| entry.changes.as_slice())
    }

    fn measure(&self, row: &MatchedRow<Measure>, heading: Option<HeadingId>) -> Row {
        let changes = self.changes(row);
        let is_repost = row.listing == ListingKind::Repost;
        let is_shown = self.layout == Layout::Redline
            || if is_repost {
                row.old.is_none() || row.new.is_none() || row.reordered.is_some()
            } else {
                changes.iter().any(|c| is_printed(&self.matched.measure_columns, c))
            };
        if !is_shown {
            return Row::Omitted;
        }
        let mark = self.matched.new.schema.words.repost.as_str();
        let name = |m: &Measure| format!("{}{}", m.name.value, if is_repost { mark } else { "" });
        let mut lines = vec![
            self.line("", row.texts(name), Unchanged::Shown, Inline::between),
            self.line(OWNER, self.owners(row), Unchanged::Shown, Inline::of_owners),
        ];
        for column in printed(&self.matched.measure_columns) {
            let texts = row.texts(|m| m.text(column).into_owned());
            lines.push(self.column(column, texts, changes));
        }
        finish(&mut lines);
        let remarks = if is_repost {
            self.remarks_of_repost(row, heading)
        } else {
            let entry = self.matched.entry(row);
            all_remarks(self.schema(), row, &self.matched.measure_columns, entry)
        };
        self.entry(Subject::Measure, lines, remarks)
    }

    /// What is said of a measure where it is listed again, at a heading.
    fn remarks_of_repost(&self, row: &MatchedRow<Measure>, heading: Option<HeadingId>) -> String {
        let order = row.reordered.map(|orders| reordered(self.schema(), orders));
        let id = row.new.or(row.old).map(|measure| &measure.id);
        let is_it = |entry: &&compare::Entry| {
            let known = entry.new.as_ref().or(entry.old.as_ref());
            entry.subject == Subject::Measure && known.map(|identity| &identity.id) == id
        };
        let is_here = |change: &&Change| match change {
            Change::RepostAdded { category } | Change::RepostRemoved { category } => {
                Some(category.id) == heading
            }
            _ => false,
        };
        let entry = self.matched.comparison.entries.iter().find(is_it);
        let change = entry.and_then(|entry| Some((entry, entry.changes.iter().find(is_here)?)));
        let corrected = change.map(|(entry, change)| corrected(entry, change).ja);
        let said = order.into_iter().chain(corrected.filter(|said| !said.is_empty()));
        said.collect::<Vec<_>>().join("\n")
    }

    fn kpi(&self, row: &MatchedRow<Kpi>) -> Row {
        let changes = self.changes(row);
        if self.layout == Layout::SideBySide
            && !changes.iter().any(|c| is_printed(&self.matched.kpi_columns, c))
        {
            return Row::Omitted;
        }
        let name = |k: &Kpi| k.name.value.clone();
        let mut lines = vec![self.line("", row.texts(name), Unchanged::Shown, Inline::between)];
        for column in printed(&self.matched.kpi_columns) {
            let after = row.new.map(|k| self.matched.new.printed_text(k, column).into_owned());
            let before = match (row.old, &after) {
                // A measure, or an owner, that is only called otherwise now is no change of the KPI.
                (Some(_), Some(after))
                    if self.layout == Layout::SideBySide
                        && matches!(column.role, Role::Department | Role::Section)
                        && found(changes, column).is_none() =>
                {
                    Some(after.clone())
                }
                (Some(_), Some(after))
                    if column.role == Role::Measures && found(changes, column).is_none() =>
                {
                    Some(after.clone())
                }
                (old, _) => old.map(|k| self.matched.old.printed_text(k, column).into_owned()),
            };
            lines.push(self.column(column, (before, after), changes));
        }
        finish(&mut lines);
        let entry = self.matched.entry(row);
        let remarks = all_remarks(self.schema(), row, &self.matched.kpi_columns, entry);
        self.entry(Subject::Kpi, lines, remarks)
    }

    /// What is said below a heading.
    fn text(&self, section: &MatchedSection) -> Option<Row> {
        let text = |heading: Option<&Heading>| heading.map(|heading| heading.text.clone());
        self.said(section, Field::heading_text(), "", (text(section.old), text(section.new)))
    }

    /// The ※ note under a heading's KPI table.
    fn note(&self, section: &MatchedSection) -> Option<Row> {
        let old = match (section.old, section.new) {
            (Some(old), Some(new)) if self.layout == Layout::SideBySide => {
                Some(self.matched.note_before(&old.note, &new.note).to_owned())
            }
            (old, _) => old.map(|heading| heading.note.clone()),
        };
        let new = section.new.map(|heading| heading.note.clone());
        self.said(section, Field::kpi_note(self.schema()), "※", (old, new))
    }

    /// A text of a heading itself.
    fn said(
        &self,
        section: &MatchedSection,
        field: Field,
        label: &str,
        (old, new): (Option<String>, Option<String>),
    ) -> Option<Row> {
        let is_filled = [&old, &new].into_iter().flatten().any(|text| !text.is_empty());
        if !is_filled || (self.layout == Layout::SideBySide && old == new) {
            return None;
        }
        let name = line("", Cell::Text(Inline::same(field.label())));
        let lines = vec![name, self.line(label, (old, new), Unchanged::Shown, Inline::between)];
        let depth = section.new.or(section.old).map_or(0, |heading| heading.id.depth());
        let word = self.matched.comparison.levels.word(depth).to_owned();
        let remarks = String::new();
        Some(Row::Entry(Entry { subject: Subject::Category, word, lines, remarks }))
    }

    /// The line of a column, with its changes as the comparison found them.
    fn column(
        &self,
        column: &Column,
        texts: (Option<String>, Option<String>),
        changes: &[Change],
    ) -> Line {
        let compare = |old: &str, new: &str| match found(changes, column) {
            Some(text) => text.clone(),
            None => Inline::between(old, new),
        };
        self.line(column.short(), texts, Unchanged::Omitted, compare)
    }

    /// A line of the old and the new text; `compare` marks what is different where both are there.
    fn line(
        &self,
        label: &str,
        (old, new): (Option<String>, Option<String>),
        unchanged: Unchanged,
        compare: impl Fn(&str, &str) -> Inline,
    ) -> Line {
        let is_omitted = unchanged == Unchanged::Omitted && self.layout == Layout::SideBySide;
        let cell = match (old, new) {
            (Some(old), Some(new)) if old == new && is_omitted => Cell::Omitted,
            (Some(old), Some(new)) => Cell::Text(compare(&old, &new)),
            (Some(text), None) => Cell::Removed { text, first: false },
            (None, Some(text)) => Cell::Added { text, first: false },
            (None, None) => Cell::Text(Inline::default()),
        };
        line(label, cell)
    }
}

fn heading_of(section: &MatchedSection) -> Row {
    let depth = section.new.or(section.old).map_or(0, |heading| heading.id.depth());
    let level = u8::try_from(depth).unwrap_or(u8::MAX);
    heading(level, section.old.map(Heading::name), section.new.map(Heading::name))
}

fn heading(level: u8, old: Option<String>, new: Option<String>) -> Row {
    let text = match (old, new) {
        (Some(old), Some(new)) => Inline::between(&old, &new),
        (Some(old), None) => Inline::deleted(&old),
        (None, Some(new)) => Inline::inserted(&new),
        (None, None) => Inline::default(),
    };
    Row::Heading { level, text }
}

/// The columns that the annex prints.
fn printed<'c>(columns: &'c [&Column]) -> impl Iterator<Item = &'c Column> {
    columns.iter().copied().filter(|column| column.is_on(Paper::Annex))
}

/// The text of a column as the comparison found it to have changed.
fn found<'c>(changes: &'c [Change], column: &Column) -> Option<&'c Inline> {
    changes.iter().find_map(|change| match change {
        Change::Field { field, text } if field.is(&column.key) => Some(text),
        Change::Figure { field, figures } if field.is(&column.key) => Some(&figures.text),
        Change::Current(figures) if column.is(keys::CURRENT) => Some(&figures.text),
        Change::Target(figures) if column.is(keys::TARGET) => Some(&figures.text),
        _ => None,
    })
}

/// A heading stands only over something that is shown, or where it changed itself.
fn push_under(rows: &mut Vec<Row>, heading: Row, inside: Vec<Row>) {
    let changed = matches!(&heading, Row::Heading { text, .. } if text.is_changed());
    if changed || inside.iter().any(|row| *row != Row::Omitted) {
        rows.push(heading);
        rows.extend(inside);
    } else {
        rows.push(Row::Omitted);
    }
}

fn line(label: &str, cell: Cell) -> Line {
    Line { label: label.to_owned(), cell }
}

/// Joins the unchanged lines beside each other, leaves out empty ones, and puts （新設） or
/// （削る） beside the first.
fn finish(lines: &mut Vec<Line>) {
    lines.retain(|line| match &line.cell {
        Cell::Added { text, .. } | Cell::Removed { text, .. } => !text.trim().is_empty(),
        Cell::Text(text) => !text.0.is_empty(),
        Cell::Omitted => true,
    });
    lines.dedup_by(|after, before| {
        let both = after.cell == Cell::Omitted && before.cell == Cell::Omitted;
        if both {
            before.label = format!("{}・{}", before.label, after.label);
        }
        both
    });
    if let Some(line) = lines.first_mut()
        && let Cell::Added { first, .. } | Cell::Removed { first, .. } = &mut line.cell
    {
        *first = true;
    }
}

/// Whether a change shows in the printed annex.
fn is_printed(columns: &[&Column], change: &Change) -> bool {
    match change {
        Change::Field { field, .. } | Change::Figure { field, .. } => {
            let column = columns.iter().find(|column| field.is(&column.key));
            column.is_none_or(|column| column.is_on(Paper::Annex))
        }
        Change::Status { .. }
        | Change::RepostAdded { .. }
        | Change::RepostRemoved { .. }
        | Change::Reordered { repost: true, .. } => false,
        _ => true,
    }
}

/// The column that a change is of, where it is of one, else its kind.
fn what_changed(schema: &Schema, change: &Change) -> String {
    match change {
        Change::Field { field, .. } => field.label().to_owned(),
        change => schema.fill(change.kind().label()).into_owned(),
    }
}

fn reordered(schema: &Schema, (old, new): (usize, usize)) -> String {
    let order = schema.fill("{measures.order}");
    format!("{order}を{old}番目から{new}番目に改める。")
}

fn all_remarks<T>(
    schema: &Schema,
    row: &MatchedRow<T>,
    columns: &[&Column],
    entry: Option<&compare::Entry>,
) -> String {
    let mut said = Vec::new();
    for (entry, change) in entry.into_iter().flat_map(|e| e.changes.iter().map(move |c| (e, c))) {
        let corrected = corrected(entry, change).ja;
        match change {
            Change::Moved { old: Some(old), .. } => {
                said.push(format!("{}から移す。{corrected}", old.shown()));
            }
            Change::Reordered { repost: false, old, new, .. } => {
                said.push(reordered(schema, (*old, *new)) + &corrected);
            }
            // They are told where they stand.
            Change::RepostAdded { .. } | Change::RepostRemoved { .. } => {}
            change => {
                let remarks = remarks_of(entry, change).ja;
                if !remarks.is_empty() {
                    said.push(format!("{}：{remarks}", what_changed(schema, change)));
                }
            }
        }
    }
    let rewritten = |c: &Change| {
        matches!(c, Change::Renamed { .. } | Change::Owner { .. } | Change::Field { .. })
            && is_printed(columns, c)
    };
    if !row.reposted_in.is_empty() && entry.is_some_and(|e| e.changes.iter().any(rewritten)) {
        let ids: Vec<String> = row.reposted_in.iter().map(HeadingId::to_string).collect();
        let also_at = ids.join("、");
        let reposted = schema.words.reposted();
        said.push(format!("{reposted}（{also_at}）も同様に改める。"));
    }
    if let Some(Match::Likeness { .. }) = row.how {
        said.push("対応は文章の近さによる推定".to_owned());
    }
    said.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::diag::Place;
    use crate::model::{Annex, HeadingId, Id, Listing, Sourced};
    use crate::publish::comparison::table::{Side, Span};

    fn measure(number: u32, category: u32) -> Measure {
        let sourced = |text: String| Sourced::new(text, Place::default());
        let id = Id::measure("R7", number);
        Measure {
            entry: crate::model::Entry {
                stated_id: Some(sourced(id.0.clone())),
                id,
                category: Sourced::new(Some([1, category].into()), Place::default()),
                name: sourced(format!("施策{number}")),
                values: [
                    (keys::OVERVIEW.into(), sourced("窓口を設ける。".into())),
                    (keys::PURPOSE.into(), sourced("便利にする。".into())),
                ]
                .into(),
                department: sourced("総務部".into()),
                section: sourced("人事課".into()),
                ..Default::default()
            },
        }
    }

    /// Three categories of three measures; the first measure is listed again in the last one.
    fn annex() -> Annex {
        let mut annex = Annex::default();
        annex.outline.push(Heading::standard(HeadingId::top(1), "柱"));
        for category in 1..=3 {
            let numbers = (category - 1) * 3 + 1..=category * 3;
            let mut listings = Vec::new();
            for number in numbers {
                annex.measures.push(measure(number, category));
                let measure = Id::measure("R7", number);
                listings.push(Listing { measure, repost: false });
            }
            if category == 3 {
                listings.push(Listing { measure: Id::measure("R7", 1), repost: true });
            }
            annex.outline[0].headings.push(Heading {
                listings,
                ..Heading::standard([1, category].into(), format!("分野{category}"))
            });
        }
        annex
    }

    fn shown(rows: &[Row]) -> Vec<String> {
        let text = |spans: Vec<Span>| spans.iter().map(|s| s.text.clone()).collect::<String>();
        rows.iter()
            .map(|row| match row {
                Row::Heading { text, .. } => text.new_text(),
                Row::Omitted => "略".to_owned(),
                Row::Entry(entry) => {
                    let lines = entry.lines.iter();
                    let lines = lines.map(|l| {
                        format!("{}|{}", text(l.side(Side::New)), text(l.side(Side::Old)))
                    });
                    format!("{}／{}", lines.collect::<Vec<_>>().join("／"), entry.remarks)
                }
            })
            .collect()
    }

    #[test]
    fn unchanged_entries_and_categories_are_joined_and_every_change_has_its_heading() {
        let mut new = annex();
        new.measures[0].value_mut(keys::PURPOSE).value = "楽にする。".into();
        new.outline[0].headings[2].listings.remove(1);
        new.measures.remove(7);
        let table = table(&compare(&annex(), &new), Options::default());
        assert_eq!(
            shown(&table.rows),
            [
                "1 柱",
                "1(1) 分野1",
                "施策1|施策1／総務部 人事課|総務部 人事課／（略）|（略）／楽にする。|便利にする。／再掲（1(3)）も同様に改める。",
                "略",
                "1(3) 分野3",
                "略",
                "（削る）|施策8／|総務部 人事課／|窓口を設ける。／|便利にする。／",
                "略",
            ]
        );
    }

    #[test]
    fn a_redline_has_everything_that_is_printed() {
        let options = Options { layout: Layout::Redline, ..Options::default() };
        let table = table(&compare(&annex(), &annex()), options);
        let entries = table.rows.iter().filter(|row| matches!(row, Row::Entry(_))).count();
        assert_eq!(entries, 10);
        assert!(!table.rows.contains(&Row::Omitted));
    }

    #[test]
    fn nothing_changed_is_one_omission() {
        assert_eq!(table(&compare(&annex(), &annex()), Options::default()).rows, [Row::Omitted]);
    }
}

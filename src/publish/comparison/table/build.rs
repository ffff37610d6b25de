//! Puts the rows of a table together.

use super::{Cell, Entry, Layout, Line, Options, Row, Table};
use crate::compare as whole;
use crate::compare::changes::measures_of;
use crate::compare::entries;
use crate::compare::inline::{inline, lines, owners};
use crate::compare::outline::{self, Outline, Section};
use crate::compare::{Change, Field, Inline, Match, Subject, Version};
use crate::model::{Annex, Kpi, Measure, Setting};
use crate::publish::comparison::remarks;

/// The line of department and section.
const OWNER: &str = "担当";

/// The table of everything printed that changed from `old` to `new`; as a redline also of what
/// did not.
pub fn table(old: &Annex, new: &Annex, options: Options) -> Table {
    let outline = Outline::new(old, new);
    let builder = Builder { outline: &outline, layout: options.layout };
    let mut rows = builder.rows();
    join_omitted(&mut rows);
    let front = &new.front;
    let named = [front.title.as_str(), front.volume.as_str(), options.layout.label()];
    Table {
        title: named.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" "),
        new_version: Version::of(new).shown(),
        old_version: Version::of(old).shown(),
        legend: options.layout.legend().to_owned(),
        rows,
        options,
    }
}

/// Leaves one （略） of several, and none between headings that nothing follows.
fn join_omitted(rows: &mut Vec<Row>) {
    rows.dedup_by(|after, before| *after == Row::Omitted && *before == Row::Omitted);
}

struct Builder<'o, 'a> {
    outline: &'o Outline<'a>,
    layout: Layout,
}

impl Builder<'_, '_> {
    fn rows(&self) -> Vec<Row> {
        let mut rows = self.settings(&entries::settings(self.outline));
        for (old, new, sections) in &self.outline.pillars {
            let entry = entries::pillar(self.outline, *old, *new);
            let inside: Vec<Row> = sections.iter().flat_map(|s| self.section(s)).collect();
            push_under(&mut rows, self.heading(1, &entry), inside);
        }
        let rest = self.entries_of(&self.outline.unplaced);
        if rest.iter().any(|row| *row != Row::Omitted) {
            let text = Inline::same("分野なし");
            rows.push(Row::Heading { level: 2, text });
            rows.extend(rest);
        }
        rows
    }

    fn section(&self, section: &Section) -> Vec<Row> {
        let entry = entries::category(self.outline, section);
        let mut rows = Vec::new();
        push_under(&mut rows, self.heading(2, &entry), self.entries_of(section));
        rows
    }

    fn heading(&self, level: u8, entry: &whole::Entry) -> Row {
        let title = |identity: &whole::Identity| format!("{} {}", identity.id, identity.name);
        let text = match (&entry.old, &entry.new) {
            (Some(old), Some(new)) => inline(&title(old), &title(new)),
            (Some(old), None) => Inline::deleted(&title(old)),
            (None, Some(new)) => Inline::inserted(&title(new)),
            (None, None) => Inline::default(),
        };
        Row::Heading { level, text }
    }

    fn settings(&self, entry: &whole::Entry) -> Vec<Row> {
        let hidden = [Setting::Edition, Setting::FirstYear, Setting::LastYear];
        let lines: Vec<Line> = entry
            .changes
            .iter()
            .filter_map(|change| match change {
                Change::Setting { setting, text } if !hidden.contains(setting) => {
                    Some(line(setting.label(), Cell::Text(text.clone())))
                }
                _ => None,
            })
            .collect();
        if lines.is_empty() {
            return Vec::new();
        }
        let name = line("", Cell::Text(Inline::same("表紙・前文・奥付")));
        let lines = std::iter::once(name).chain(lines).collect();
        vec![Row::Entry(Entry { subject: Subject::Settings, lines, remarks: String::new() })]
    }

    fn entries_of(&self, section: &Section) -> Vec<Row> {
        let mut rows = Vec::new();
        for row in &section.measures {
            let pair = (self.outline.old.measure(row.old), self.outline.new.measure(row.new));
            let entry = entries::measure(self.outline, section, row, None);
            rows.extend(entry.map(|entry| self.measure(row, pair, &entry)));
        }
        for row in &section.kpis {
            let pair = (self.outline.old.kpi(row.old), self.outline.new.kpi(row.new));
            let entry = entries::kpi(self.outline, section, row, None);
            rows.extend(entry.map(|entry| self.kpi(pair, &entry)));
        }
        if let Some(note) = self.note(section) {
            rows.push(note);
        }
        rows
    }

    fn measure(
        &self,
        row: &outline::Row,
        (old, new): (Option<&Measure>, Option<&Measure>),
        entry: &whole::Entry,
    ) -> Row {
        let shown = self.layout == Layout::Redline
            || if row.repost {
                row.old.is_none() || row.new.is_none() || row.reordered.is_some()
            } else {
                entry.changes.iter().any(is_printed)
            };
        if !shown {
            return Row::Omitted;
        }
        let name =
            |m: &Measure| format!("{}{}", m.name.value, if row.repost { "（再掲）" } else { "" });
        let owner = |m: &Measure| format!("{} {}", m.department.value, m.section.value);
        let mut lines = vec![
            self.line("", old.map(name), new.map(name), true),
            self.line(OWNER, old.map(owner), new.map(owner), true),
        ];
        let overview = |m: &Measure| m.overview.value.clone();
        let purpose = |m: &Measure| m.purpose.value.clone();
        lines.push(self.line(Field::Overview.label(), old.map(overview), new.map(overview), false));
        lines.push(self.line(Field::Purpose.label(), old.map(purpose), new.map(purpose), false));
        finish(&mut lines);
        let remarks = if row.repost {
            row.reordered.map(reordered).unwrap_or_default()
        } else {
            all_remarks(entry, &self.also_at(row))
        };
        Row::Entry(Entry { subject: Subject::Measure, lines, remarks })
    }

    fn kpi(&self, (old, new): (Option<&Kpi>, Option<&Kpi>), entry: &whole::Entry) -> Row {
        if self.layout == Layout::SideBySide && !entry.changes.iter().any(is_printed) {
            return Row::Omitted;
        }
        let name = |k: &Kpi| k.name.value.clone();
        let mut lines = vec![self.line("", old.map(name), new.map(name), true)];
        // A measure that is only called otherwise now is no change of the KPI.
        let kept = !entry
            .changes
            .iter()
            .any(|c| matches!(c, Change::Field { field: Field::Measures, .. }));
        let after = new.map(|k| measures_of(self.outline, k, false));
        let before = match &after {
            Some(after) if old.is_some() && kept => Some(after.clone()),
            _ => old.map(|k| measures_of(self.outline, k, true)),
        };
        lines.push(self.line(Field::Measures.label(), before, after, false));
        let current = |k: &Kpi| k.current.value.printed.clone();
        let target = |k: &Kpi| k.target.value.printed.clone();
        lines.push(self.line(Field::Current.label(), old.map(current), new.map(current), false));
        lines.push(self.line(Field::Target.label(), old.map(target), new.map(target), false));
        finish(&mut lines);
        Row::Entry(Entry { subject: Subject::Kpi, lines, remarks: all_remarks(entry, "") })
    }

    /// The ※ note under a category's KPI table.
    fn note(&self, section: &Section) -> Option<Row> {
        let old = section.old.and_then(|at| self.outline.old.categories.get(at));
        let new = section.new.and_then(|at| self.outline.new.categories.get(at));
        let note = |(_, category): &(_, &crate::model::Category)| category.note.clone();
        let (old, new) = (old.map(note), new.map(note));
        let filled = [&old, &new].into_iter().flatten().any(|note| !note.is_empty());
        if !filled || (self.layout == Layout::SideBySide && old == new) {
            return None;
        }
        let name = line("", Cell::Text(Inline::same(Field::KpiNote.label())));
        let lines = vec![name, self.line("※", old, new, true)];
        Some(Row::Entry(Entry { subject: Subject::Category, lines, remarks: String::new() }))
    }

    /// `kept`: shown even where it did not change.
    fn line(&self, label: &str, old: Option<String>, new: Option<String>, kept: bool) -> Line {
        let compare = match label {
            OWNER => owners,
            _ if label == Field::Measures.label() => lines,
            _ => inline,
        };
        let cell = match (old, new) {
            (Some(old), Some(new)) => {
                if old == new && !kept && self.layout == Layout::SideBySide {
                    Cell::Omitted
                } else {
                    Cell::Text(compare(&old, &new))
                }
            }
            (Some(text), None) => Cell::Removed { text, first: false },
            (None, text) => Cell::Added { text: text.unwrap_or_default(), first: false },
        };
        line(label, cell)
    }

    /// The categories in which a rewritten measure is listed again.
    fn also_at(&self, row: &outline::Row) -> String {
        if row.old.is_none() || row.new.is_none() {
            return String::new();
        }
        let sections = self.outline.all().filter(|section| {
            section.measures.iter().any(|r| r.repost && r.old.is_some() && r.new == row.new)
        });
        let ids = sections.filter_map(|section| self.outline.new.name(section.new));
        ids.map(|name| name.id.to_string()).collect::<Vec<_>>().join("、")
    }
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
fn is_printed(change: &Change) -> bool {
    !matches!(change, Change::Status { .. } | Change::Field { field: Field::Note, .. })
        && !matches!(change, Change::RepostAdded { .. } | Change::RepostRemoved { .. })
        && !matches!(change, Change::Reordered { repost: true, .. })
}

fn reordered((old, new): (usize, usize)) -> String {
    format!("掲載順を{old}番目から{new}番目に改める。")
}

fn all_remarks(entry: &whole::Entry, also_at: &str) -> String {
    let mut said = Vec::new();
    for change in &entry.changes {
        match change {
            Change::Moved { old: Some(old), .. } => {
                said.push(format!("{} {}から移す。", old.id, old.title));
            }
            Change::Reordered { repost: false, old, new, .. } => said.push(reordered((*old, *new))),
            change => {
                let remarks = remarks(change);
                if !remarks.is_empty() {
                    said.push(format!("{}：{remarks}", change.kind().label()));
                }
            }
        }
    }
    let rewritten = |c: &Change| {
        matches!(c, Change::Renamed { .. } | Change::Owner { .. } | Change::Field { .. })
            && is_printed(c)
    };
    if !also_at.is_empty() && entry.changes.iter().any(rewritten) {
        said.push(format!("再掲（{also_at}）も同様に改める。"));
    }
    if let Some(Match::Likeness { .. }) = entry.matched {
        said.push("対応は文章の近さによる推定".to_owned());
    }
    said.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;
    use crate::model::{Category, CategoryId, Id, Listing, Pillar, Sourced};
    use crate::publish::comparison::table::{Side, Span};

    fn measure(number: u32, category: u32) -> Measure {
        let sourced = |text: String| Sourced::new(text, Place::default());
        let id = Id::measure("R7", number);
        Measure {
            stated_id: Some(sourced(id.0.clone())),
            id,
            category: Sourced::new(Some(CategoryId { pillar: 1, category }), Place::default()),
            name: sourced(format!("施策{number}")),
            overview: sourced("窓口を設ける。".into()),
            purpose: sourced("便利にする。".into()),
            department: sourced("総務部".into()),
            section: sourced("人事課".into()),
            ..Measure::default()
        }
    }

    /// Three categories of three measures; the first measure is listed again in the last one.
    fn annex() -> Annex {
        let mut annex = Annex::default();
        annex.pillars.push(Pillar { number: 1, title: "柱".into(), categories: Vec::new() });
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
            annex.pillars[0].categories.push(Category {
                id: CategoryId { pillar: 1, category },
                title: format!("分野{category}"),
                listings,
                kpis: Vec::new(),
                note: String::new(),
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
        new.measures[0].purpose.value = "楽にする。".into();
        new.pillars[0].categories[2].listings.remove(1);
        new.measures.remove(7);
        let table = table(&annex(), &new, Options::default());
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
        let table = table(&annex(), &annex(), options);
        let entries = table.rows.iter().filter(|row| matches!(row, Row::Entry(_))).count();
        assert_eq!(entries, 10);
        assert!(!table.rows.contains(&Row::Omitted));
    }

    #[test]
    fn nothing_changed_is_one_omission() {
        assert_eq!(table(&annex(), &annex(), Options::default()).rows, [Row::Omitted]);
    }
}

//! Headings of the table: the outline as it is now.

use super::{Judge, rules};
use crate::diag::Severity;
use crate::edition::{Heading, NewHeading, Numbered};
use crate::model::{Entry, HeadingId};
use crate::schema::reorganisation::{Cell, HeadingRow, Sheet};
use crate::text::key;

/// A heading of the settings, by what the table calls it.
struct Known<'e> {
    label: String,
    id: HeadingId,
    heading: &'e Heading,
    /// Its places, from the topmost.
    path: Vec<usize>,
}

/// The last row of each level so far: where it is in the plan, or that it is no more.
#[derive(Clone, PartialEq)]
enum Above {
    At(Vec<usize>),
    Gone,
}

/// What is wrong is told already.
struct Told;

/// The heading that a row of a new one is of since the table was read before.
fn written_before<'k>(
    row: &HeadingRow,
    rows: &[HeadingRow],
    known: &'k [Known<'k>],
    seen: &mut Vec<usize>,
) -> Option<&'k Known<'k>> {
    let has_row =
        |heading: &Known| rows.iter().any(|other| key(&other.old.text) == key(&heading.label));
    let is_it =
        |heading: &Known| key(&heading.heading.title) == key(&row.new.text) && !has_row(heading);
    let mut found = known.iter().enumerate();
    let (at, heading) = found.find(|(at, heading)| is_it(heading) && !seen.contains(at))?;
    seen.push(at);
    Some(heading)
}

impl<'j> Judge<'j> {
    pub(super) fn headings(&mut self, rows: &[HeadingRow]) -> Vec<NewHeading> {
        let known = self.known();
        let mut outline: Vec<NewHeading> = Vec::new();
        let mut above: Vec<Above> = Vec::new();
        let mut seen: Vec<usize> = Vec::new();
        for row in rows {
            let own = match row.old.is_blank() {
                true => Ok(written_before(row, rows, &known, &mut seen)),
                false => self.heading_of(row, &known, &mut seen).map(Some),
            };
            let Ok(own) = own else { continue };
            let Some(depth) = self.depth(row, own) else { continue };
            if row.new.is_blank() {
                let message =
                    say!("この版の見出しが空欄になっている", "the heading of now is blank");
                self.tell(&rules::EMPTY, &row.new, message);
                continue;
            }
            let place = above.get(..depth.saturating_sub(1)).map(<[Above]>::to_vec);
            let Some(place) = place else {
                let message =
                    say!("上の階層の見出しの行がない", "no row of the level above is before it");
                self.tell(&rules::UNKNOWN, &row.level, message);
                continue;
            };
            above.truncate(depth - 1);
            if row.new.is_gone() {
                if let Some(own) = own {
                    self.gone(row, own.id);
                }
                above.push(Above::Gone);
                continue;
            }
            let path = match place.last() {
                None => Vec::new(),
                Some(Above::At(path)) => path.clone(),
                Some(Above::Gone) => {
                    let message = say!(
                        "上の見出しがなくなるので、置き場所がない",
                        "the heading above it goes, and it is under none"
                    );
                    self.tell(&rules::UNKNOWN, &row.new, message);
                    above.push(Above::Gone);
                    continue;
                }
            };
            let Some(siblings) = inside(&mut outline, &path) else { continue };
            let at = self.put(row, own, siblings);
            above.push(Above::At([path, vec![at]].concat()));
        }
        self.without_rows(rows, &known, &seen);
        outline
    }

    /// Headings that no row is of.
    fn without_rows(&mut self, rows: &[HeadingRow], known: &[Known], seen: &[usize]) {
        let unseen = known.iter().enumerate().filter(|(at, _)| !seen.contains(at));
        for (_, heading) in unseen {
            let mut cell = rows.first().map(|row| row.old.clone()).unwrap_or_default();
            (cell.at.cell, cell.text) = (None, heading.label.clone());
            let (sheet, label) = (Sheet::Headings.name(), &heading.label);
            let message = say!(
                "シート「{sheet}」に「{label}」の行がない",
                "sheet “{sheet}” has no row of “{label}”"
            );
            self.tell(&rules::ROW_MISSING, &cell, message);
        }
    }

    fn known(&self) -> Vec<Known<'j>> {
        let mut paths = Vec::new();
        collect(&self.edition.outline, &[], &mut paths);
        let edition = self.edition;
        let numbered = edition.headings();
        let known = numbered.iter().zip(paths).map(|(numbered, path)| Known {
            label: Numbered::label(numbered),
            id: numbered.id,
            heading: numbered.heading,
            path,
        });
        known.collect()
    }

    /// The heading of before that a row is of; an error, which is told, where there is none.
    fn heading_of<'k>(
        &mut self,
        row: &HeadingRow,
        known: &'k [Known<'k>],
        seen: &mut Vec<usize>,
    ) -> Result<&'k Known<'k>, Told> {
        let old = key(&row.old.text);
        let is_now = |heading: &Known| key(&heading.label) == old;
        // Where the table was read before, the heading has its new title already.
        let was = |heading: &Known| {
            let title = &heading.heading.title;
            let is_new = key(title) == key(&row.new.text);
            let names = heading.heading.formerly.iter().chain([title]);
            is_new && names.map(|name| key(name)).any(|name| old.ends_with(&name))
        };
        let found = known.iter().position(is_now).or_else(|| known.iter().position(was));
        let Some((at, heading)) = found.and_then(|at| Some((at, known.get(at)?))) else {
            let message =
                say!("前の版の見出しが edition.toml にない", "the settings have no such heading");
            self.tell(&rules::UNKNOWN, &row.old, message);
            return Err(Told);
        };
        if seen.contains(&at) && !was(heading) {
            let message = say!("1つの見出しが2つになっている", "one heading is two now");
            self.tell(&rules::UNDECIDED, &row.new, message);
            return Err(Told);
        }
        seen.push(at);
        Ok(heading)
    }

    /// The level of a row, from 1.
    fn depth(&mut self, row: &HeadingRow, own: Option<&Known>) -> Option<usize> {
        let words: Vec<String> =
            self.edition.levels.iter().map(|level| level.word.clone()).collect();
        let found = words.iter().position(|word| key(word) == key(&row.level.text));
        let own = own.map(|own| own.id.depth()).filter(|_| row.level.is_blank());
        let depth = found.map(|at| at + 1).or(own);
        if depth.is_none() {
            let message = say!("階層の呼び名が正しくない", "there is no level of that name");
            self.tell(&rules::UNKNOWN, &row.level, message).expected = words.join("、");
        }
        depth
    }

    /// Puts a heading behind its siblings, or joins it with the one of its title; where it is.
    fn put(
        &mut self,
        row: &HeadingRow,
        own: Option<&Known>,
        siblings: &mut Vec<NewHeading>,
    ) -> usize {
        let title = title_of(&row.new.text, own);
        let before = own.map(|own| own.heading);
        // Under its own title it is found again by itself.
        let old = before.map(|heading| heading.title.clone());
        let former = old.filter(|old| key(old) != key(&title));
        let kept = before.into_iter().flat_map(|heading| heading.formerly.clone());
        let formerly: Vec<String> = former.into_iter().chain(kept).collect();
        if let Some(at) = siblings.iter().position(|other| key(&other.title) == key(&title)) {
            if let Some(joined) = siblings.get_mut(at) {
                joined.formerly.extend(formerly);
                joined.formerly.dedup();
            }
            return at;
        }
        let last = siblings.last().map_or(0, |last| last.number);
        let number = self.number(&row.number).filter(|number| *number > last).unwrap_or(last + 1);
        let base = own.map(|own| own.path.clone());
        siblings.push(NewHeading { base, title, formerly, number, headings: Vec::new() });
        siblings.len() - 1
    }

    /// The number that a row asks for; that of the row before it, plus one, where it asks for none.
    fn number(&mut self, cell: &Cell) -> Option<u32> {
        if cell.is_blank() {
            return None;
        }
        let number = cell.text.parse().ok();
        if number.is_none() {
            let message = say!("番号が数でない", "the number is none");
            self.tell(&rules::UNKNOWN, cell, message);
        }
        number
    }

    fn gone(&mut self, row: &HeadingRow, id: HeadingId) {
        let is_under = |entry: &Entry| entry.category.value == Some(id);
        let Some(counted) = self.counted(is_under) else { return };
        let (ja, en) = (counted.ja, counted.en);
        let message = say!(
            "なくなる見出しに{ja}がある。様式では掲載先が空欄になる",
            "a heading that goes has {en}; their place is blank in the forms"
        );
        self.tell(&rules::LEFT_OVER, &row.new, message).severity = Severity::Warning;
    }
}

/// The places of all headings, each before those under it.
fn collect(headings: &[Heading], above: &[usize], paths: &mut Vec<Vec<usize>>) {
    for (at, heading) in headings.iter().enumerate() {
        let path = [above, &[at]].concat();
        paths.push(path.clone());
        collect(&heading.headings, &path, paths);
    }
}

/// The headings under the one at a place; the topmost where there is none.
fn inside<'h>(
    headings: &'h mut Vec<NewHeading>,
    path: &[usize],
) -> Option<&'h mut Vec<NewHeading>> {
    path.iter().try_fold(headings, |headings, &at| Some(&mut headings.get_mut(at)?.headings))
}

/// The title that a row gives; whoever writes number and title means the title.
fn title_of(text: &str, own: Option<&Known>) -> String {
    match own.filter(|own| key(&own.label) == key(text)) {
        Some(own) => own.heading.title.clone(),
        None => text.to_owned(),
    }
}

//! The formats of a workbook: ours are added behind its own, and its own are taken with another
//! colour behind the cell.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::markup::{Edits, Kind, Tag, is_usual, scan};

/// A list of formats of a kind.
#[derive(Debug, Default)]
struct List {
    /// The tag that opens it.
    open: Range<usize>,
    /// Where the tag that closes it begins.
    end: usize,
    items: Vec<Range<usize>>,
    added: Vec<String>,
}

impl List {
    fn add(&mut self, item: String) -> usize {
        self.added.push(item);
        self.len() - 1
    }

    fn len(&self) -> usize {
        self.items.len() + self.added.len()
    }

    fn get<'s>(&'s self, xml: &'s str, index: usize) -> Option<&'s str> {
        match self.items.get(index) {
            Some(at) => xml.get(at.clone()),
            None => self.added.get(index - self.items.len()).map(String::as_str),
        }
    }
}

const FONTS: &str = "fonts";
const FILLS: &str = "fills";
const BORDERS: &str = "borders";
const FORMATS: &str = "cellXfs";

#[derive(Debug)]
pub struct Styles {
    xml: String,
    lists: BTreeMap<&'static str, List>,
    /// Formats with a colour behind the cell, by the format that it had.
    coloured: BTreeMap<(usize, Option<&'static str>), usize>,
}

impl Styles {
    /// Nothing where the part is of an unusual kind or lacks a list.
    pub fn read(xml: String) -> Option<Self> {
        if !is_usual(&xml, "styleSheet") {
            return None;
        }
        let mut lists: BTreeMap<&str, List> = BTreeMap::new();
        let (mut depth, mut within, mut item) = (0, None, 0);
        scan(&xml, |tag| {
            let after = match tag.kind {
                Kind::Open => depth + 1,
                Kind::Empty => depth,
                Kind::Close => depth - 1,
            };
            let level = if tag.kind == Kind::Close { after } else { depth };
            match (level, tag.kind) {
                (1, Kind::Open) => {
                    within =
                        [FONTS, FILLS, BORDERS, FORMATS].into_iter().find(|l| *l == tag.name());
                    let list = List { open: tag.at.clone(), ..List::default() };
                    within.map(|name| lists.insert(name, list));
                }
                (1, Kind::Close) => {
                    if let Some(list) = within.take().and_then(|name| lists.get_mut(name)) {
                        list.end = tag.at.start;
                    }
                }
                (2, Kind::Open) => item = tag.at.start,
                (2, kind) => {
                    let from = if kind == Kind::Empty { tag.at.start } else { item };
                    if let Some(list) = within.and_then(|name| lists.get_mut(name)) {
                        list.items.push(from..tag.at.end);
                    }
                }
                _ => {}
            }
            depth = after;
            Some(())
        })?;
        let is_whole = lists.len() == 4 && lists.values().all(|list| list.end > 0);
        is_whole.then_some(Self { xml, lists, coloured: BTreeMap::new() })
    }

    fn get(&self, list: &str, index: usize) -> Option<&str> {
        self.lists.get(list)?.get(&self.xml, index)
    }

    fn add(&mut self, list: &str, item: String) -> Option<usize> {
        Some(self.lists.get_mut(list)?.add(item))
    }

    fn fill(&mut self, color: &str) -> Option<usize> {
        let fill = format!(
            "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{color}\"/><bgColor indexed=\"64\"/></patternFill></fill>"
        );
        let fills = self.lists.get(FILLS)?;
        let known = (0..fills.len()).find(|&index| self.get(FILLS, index) == Some(&fill));
        known.or_else(|| self.add(FILLS, fill))
    }

    /// A format as it is but for the colour behind the cell; without one for `None`.
    pub fn coloured(&mut self, format: usize, color: Option<&'static str>) -> Option<usize> {
        if let Some(&known) = self.coloured.get(&(format, color)) {
            return Some(known);
        }
        let fill = color.map_or(Some(0), |color| self.fill(color))?.to_string();
        let own = self.get(FORMATS, format)?.to_owned();
        let own = with_attributes(&own, &[("fillId", &fill), ("applyFill", "1")])?;
        let added = self.add(FORMATS, own)?;
        self.coloured.insert((format, color), added);
        Some(added)
    }

    /// The formats that have one of these colours behind the cell.
    pub fn of_colors(&self, colors: &[&str]) -> BTreeSet<usize> {
        let formats = self.lists.get(FORMATS).map_or(0, List::len);
        let has = |format: &usize| {
            let fill = attribute(self.get(FORMATS, *format)?, "fillId")?;
            let fill = self.get(FILLS, fill)?.to_uppercase();
            Some(colors.iter().any(|color| fill.contains(&format!("\"{color}\""))))
        };
        (0..formats).filter(|format| has(format) == Some(true)).collect()
    }

    /// Adds all formats of a workbook of ours; where each of them is now.
    pub fn take_in(&mut self, ours: &Self) -> Option<Vec<usize>> {
        let mut begins = BTreeMap::new();
        for list in [FONTS, FILLS, BORDERS] {
            let items = ours.lists.get(list)?;
            begins.insert(list, self.lists.get(list)?.len());
            for index in 0..items.len() {
                self.add(list, ours.get(list, index)?.to_owned())?;
            }
        }
        let moved = |format: &str, id: &str, list: &str| {
            Some((attribute(format, id)? + begins.get(list)?).to_string())
        };
        let formats = ours.lists.get(FORMATS)?.len();
        let mut numbers = Vec::with_capacity(formats);
        for index in 0..formats {
            let format = ours.get(FORMATS, index)?;
            let [font, fill, border] =
                [("fontId", FONTS), ("fillId", FILLS), ("borderId", BORDERS)]
                    .map(|(id, list)| moved(format, id, list));
            let ids = [
                ("fontId", &*font?),
                ("fillId", &*fill?),
                ("borderId", &*border?),
                ("applyFont", "1"),
                ("applyFill", "1"),
                ("applyBorder", "1"),
                ("xfId", "0"),
            ];
            // A number format of our own would be another in this workbook.
            attribute(format, "numFmtId").filter(|&id| id < 164)?;
            numbers.push(self.add(FORMATS, with_attributes(format, &ids)?)?);
        }
        Some(numbers)
    }

    /// The part with what was added.
    pub fn written(self) -> Option<String> {
        let mut edits = Edits::default();
        for list in self.lists.values().filter(|list| !list.added.is_empty()) {
            let text = self.xml.get(list.open.clone())?;
            let open = Tag { kind: Kind::Open, text, at: list.open.clone() };
            edits.replace(list.open.clone(), open.with("count", &list.len().to_string()));
            edits.insert(list.end, list.added.concat());
        }
        edits.apply(&self.xml)
    }
}

/// A number among the attributes of an element's first tag.
fn attribute(element: &str, name: &str) -> Option<usize> {
    first_tag(element)?.number(name).and_then(|number| usize::try_from(number).ok())
}

fn first_tag(element: &str) -> Option<Tag<'_>> {
    let end = element.find('>')? + 1;
    let text = element.get(..end)?;
    let kind = if text.ends_with("/>") { Kind::Empty } else { Kind::Open };
    Some(Tag { kind, text, at: 0..end })
}

fn with_attributes(element: &str, values: &[(&str, &str)]) -> Option<String> {
    let mut element = element.to_owned();
    for (name, value) in values {
        let tag = first_tag(&element)?;
        let (end, changed) = (tag.at.end, tag.with(name, value));
        element.replace_range(..end, &changed);
    }
    Some(element)
}

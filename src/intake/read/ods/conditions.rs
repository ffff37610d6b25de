//! The conditional formats of the sheet that is being read.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::super::conditional::{self, Rule, Test, Values};
use super::super::grid::{Region, Sheet};
use super::super::look::Look;
use super::super::part::attribute;
use super::styles::Styles;
use crate::diag::CellRef;

#[derive(Debug, Default)]
pub struct Conditions {
    values: Values,
    rules: Vec<Rule>,
    /// The cells of the list of conditions that is open.
    regions: Vec<Region>,
    /// The cells of each style that has conditions in itself.
    styled: BTreeMap<String, Vec<Region>>,
}

impl Conditions {
    /// Takes a list of conditions, or one of it.
    pub fn open(&mut self, start: &BytesStart, styles: &Styles) {
        if start.local_name().as_ref() == "conditional-format" {
            let cells = attribute(start, "target-range-address").unwrap_or_default();
            self.regions = regions(&cells);
        } else if let Some(condition) = attribute(start, "value") {
            let style = attribute(start, "apply-style-name").unwrap_or_default();
            let regions = self.regions.clone();
            self.push(regions, &condition, &style, styles);
        }
    }

    fn push(&mut self, regions: Vec<Region>, condition: &str, style: &str, styles: &Styles) {
        let priority = i64::try_from(self.rules.len()).unwrap_or(i64::MAX);
        self.rules.push(Rule {
            regions,
            priority,
            test: Test::of_open_document(condition),
            condition: condition.to_owned(),
            effect: styles.effect(style),
            // Only one style of a list is put on a cell.
            stops: true,
        });
    }

    /// Takes a cell.
    pub fn cell(
        &mut self,
        at: CellRef,
        number: Option<f64>,
        look: Look,
        style: &str,
        styles: &Styles,
    ) {
        self.values.numbers.extend(number.map(|number| (at, number)));
        if look != Look::default() {
            self.values.looks.insert(at, look);
        }
        if !styles.maps(style).is_empty() {
            let cells = self.styled.entry(style.to_owned()).or_default();
            cells.push(Region { first: at, last: at });
        }
    }

    /// Puts on a sheet that was read whole what its conditions strike or hide.
    pub fn apply(&mut self, sheet: &mut Sheet, styles: &Styles) {
        for (style, cells) in std::mem::take(&mut self.styled) {
            for (condition, under) in styles.maps(&style) {
                self.push(cells.clone(), condition, under, styles);
            }
        }
        let Self { values, rules, .. } = std::mem::take(self);
        conditional::apply(sheet, rules, &values);
    }
}

/// Reads `Sheet1.A1:Sheet1.B2 'Sheet 1'.C3`.
fn regions(cells: &str) -> Vec<Region> {
    let mut regions = Vec::new();
    let mut quoted = false;
    let ranges = cells.split(|c| {
        quoted ^= c == '\'';
        c == ' ' && !quoted
    });
    for range in ranges {
        let mut corners = range.split(':').map(|corner| {
            let cell = corner.rsplit('.').next().unwrap_or(corner);
            CellRef::parse(cell)
        });
        if let Some(Some(first)) = corners.next() {
            let last = corners.next().flatten().unwrap_or(first);
            regions.push(Region { first, last }.in_order());
        }
    }
    regions
}

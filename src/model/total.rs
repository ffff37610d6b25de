//! Sums of the numbers that entries have in a column.

use super::Entry;
use crate::schema::{Column, Role};
use crate::text::{quantity, says_nothing};

/// Decimals of a sum beyond which there is only the noise of binary fractions.
const DECIMALS: usize = 6;

/// The number of an entry in a column, in the column's unit: it adds up with those of others.
pub fn number_in(column: &Column, entry: &Entry) -> Option<f64> {
    let (number, unit) = entry.number(&column.key).filter(|_| column.role == Role::Value)?;
    let is_its = column.unit.as_deref().is_none_or(|own| own == unit);
    is_its.then_some(number)
}

/// What the numbers of entries in a column add up to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Total {
    /// `None` where no entry has a number, or their units differ.
    pub sum: Option<f64>,
    /// The unit of the numbers that count; empty for none.
    pub unit: String,
    /// The column has no unit of its own, and its numbers have several.
    pub is_mixed: bool,
    /// Entries that say something of which no number counts.
    pub untold: usize,
}

impl Total {
    pub fn of<'e>(column: &Column, entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        let mut total = Self { unit: column.unit.clone().unwrap_or_default(), ..Self::default() };
        for entry in entries {
            let Some(number) = number_in(column, entry) else {
                total.untold += usize::from(!says_nothing(entry.value(&column.key).as_str()));
                continue;
            };
            let unit = entry.number(&column.key).map_or("", |(_, unit)| unit);
            total.is_mixed |= total.sum.is_some() && total.unit != unit;
            unit.clone_into(&mut total.unit);
            total.sum = Some(total.sum.unwrap_or(0.0) + number);
        }
        if total.is_mixed {
            total.sum = None;
        }
        total
    }
}

/// A sum as it is printed: 「1,234.5」.
pub fn printed_total(total: f64) -> String {
    let text = format!("{total:.DECIMALS$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    quantity::grouped(if text == "-0" { "0" } else { text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Typed;
    use crate::schema::Kind;

    #[test]
    fn numbers_of_the_columns_unit_add_up() {
        let unit = Some("千円".to_owned());
        let column = Column { kind: Kind::Amount, unit, ..Column::new("budget", "予算額") };
        let entry = |number: f64, unit: &str| {
            let mut entry = Entry::default();
            let number = Typed::Number { number, unit: unit.into() };
            entry.typed.insert("budget".into(), number);
            entry
        };
        let entries = [entry(0.1, "千円"), entry(0.2, "千円"), entry(50.0, "人"), Entry::default()];
        let total = Total::of(&column, &entries);
        assert_eq!(printed_total(total.sum.unwrap()), "0.3");
        assert_eq!((total.unit.as_str(), total.is_mixed), ("千円", false));
        assert_eq!(Total::of(&column, &entries[2..]).sum, None);
        assert_eq!(printed_total(1_234_567.0), "1,234,567");
        assert_eq!(printed_total(-0.0), "0");
    }
}

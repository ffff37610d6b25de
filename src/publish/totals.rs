//! What the rows of a table add up to: the row below a printed table.

use indexmap::IndexMap;
use serde::Serialize;

use crate::model::{Entry, Total, printed_total};
use crate::schema::{Column, Key, Paper, Role, Schema, Table};

/// What the row is called.
const LABEL: &str = "計";

/// The sums of the rows of a table, as they are printed below it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TotalRow {
    pub label: &'static str,
    /// The sums by the keys of their columns; none where there are notes alone.
    pub sums: IndexMap<Key, String>,
    /// What the sums are without, a sentence each.
    pub notes: Vec<String>,
}

impl TotalRow {
    /// The row below a table with these rows: an entry, and whether it is listed again here, where
    /// it does not count. `None` where no column of the paper has a total, or no row a number. Where
    /// nothing adds up because the units differ, the notes say so.
    pub fn of<'e>(
        schema: &Schema,
        table: Table,
        paper: Paper,
        rows: impl Iterator<Item = (&'e Entry, bool)>,
    ) -> Option<Self> {
        let columns: Vec<&Column> = (schema.on(table, paper))
            .filter(|column| column.total && column.role == Role::Value && !column.group)
            .collect();
        if columns.is_empty() {
            return None;
        }
        let (again, own): (Vec<_>, Vec<_>) = rows.partition(|(_, is_again)| *is_again);
        let mut row = Self { label: LABEL, sums: IndexMap::new(), notes: Vec::new() };
        let mut is_mixed = false;
        for column in columns {
            let total = Total::of(column, own.iter().map(|(entry, _)| *entry));
            is_mixed |= total.is_mixed;
            if let Some(sum) = total.sum {
                row.sums.insert(column.key.clone(), printed(column, sum, &total.unit));
            }
            row.notes.extend(told(column, &total));
        }
        if row.sums.is_empty() {
            return is_mixed.then_some(row);
        }
        if !again.is_empty() {
            let (mark, count) = (schema.words.reposted(), again.len());
            row.notes.insert(0, format!("{LABEL}は、{mark}の{count}件を除く。"));
        }
        Some(row)
    }
}

/// A sum with its unit, unless what stands above the column says it.
fn printed(column: &Column, sum: f64, unit: &str) -> String {
    let above = [Some(&column.label), column.head.as_ref()];
    let is_said = above.into_iter().flatten().any(|label| label.contains(unit));
    format!("{}{}", printed_total(sum), if is_said { "" } else { unit })
}

/// What a sum is without.
fn told(column: &Column, total: &Total) -> Option<String> {
    let label = column.short();
    if total.is_mixed {
        return Some(format!("「{label}」は、単位が一つでないため合計していない。"));
    }
    let count = total.untold;
    (count > 0)
        .then(|| format!("「{label}」の{LABEL}は、数又は単位が欄に合わない{count}件を含まない。"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Sourced, Typed};
    use crate::schema::Kind;

    fn entry(text: &str, typed: Option<(f64, &str)>) -> Entry {
        let mut entry = Entry::default();
        entry.values.insert("cost".into(), Sourced { value: text.into(), ..Sourced::default() });
        if let Some((number, unit)) = typed {
            entry.typed.insert("cost".into(), Typed::Number { number, unit: unit.into() });
        }
        entry
    }

    fn row(label: &str, unit: Option<&str>, rows: &[(Entry, bool)]) -> Option<TotalRow> {
        let mut schema = Schema::standard().as_ref().clone();
        let column = Column::new("cost", label);
        let unit = unit.map(str::to_owned);
        schema.measures.push(Column { kind: Kind::Amount, total: true, unit, ..column });
        let rows = rows.iter().map(|(entry, again)| (entry, *again));
        TotalRow::of(&schema, Table::Measures, Paper::Annex, rows)
    }

    #[test]
    fn a_sum_says_its_unit_and_what_it_is_without() {
        let rows = [
            (entry("1,200", Some((1200.0, "千円"))), false),
            (entry("800", Some((800.0, "千円"))), false),
            (entry("5人", Some((5.0, "人"))), false),
            (entry("調整中", None), false),
            (entry("－", None), false),
            (entry("900", Some((900.0, "千円"))), true),
        ];
        let said = row("費用", Some("千円"), &rows).expect("a row");
        assert_eq!(said.sums["cost"], "2,000千円");
        assert_eq!(
            said.notes,
            ["計は、再掲の1件を除く。", "「費用」の計は、数又は単位が欄に合わない2件を含まない。"]
        );
        let said = row("費用（千円）", Some("千円"), &rows[..2]).expect("a row");
        assert_eq!((said.sums["cost"].as_str(), said.notes.len()), ("2,000", 0));
    }

    #[test]
    fn numbers_of_several_units_are_not_added() {
        let rows =
            [(entry("5人", Some((5.0, "人"))), false), (entry("3件", Some((3.0, "件"))), false)];
        let said = row("数", None, &rows).expect("a row that says why");
        assert!(said.sums.is_empty(), "{said:?}");
        assert_eq!(said.notes, ["「数」は、単位が一つでないため合計していない。"]);
        let said = row("数", None, &rows[..1]).expect("a row");
        assert_eq!(said.sums["cost"], "5人");
        assert_eq!(row("費用", Some("千円"), &[]), None);
    }
}

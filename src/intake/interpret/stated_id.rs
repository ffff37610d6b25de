//! Identifiers as forms state them.

use crate::model::Id;
use crate::schema::Table;
use crate::text::key;

/// An id as a form states it, in its proper spelling; `None` where the text is none.
pub fn stated_id(text: &str, table: Table) -> Option<Id> {
    let text = key(text).to_ascii_uppercase();
    let (edition, number) = text.split_once('-')?;
    let letters = edition.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.is_empty()
        || letters.len() == edition.len()
        || !letters.chars().all(|c| c.is_ascii_alphabetic())
    {
        return None;
    }
    let digits = match table {
        Table::Measures => number,
        Table::Kpis => number.strip_prefix('K')?,
    };
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number = digits.parse().ok()?;
    Some(numbered(table, edition, number))
}

/// The id of a number in a table.
pub fn numbered(table: Table, edition: &str, number: u32) -> Id {
    match table {
        Table::Measures => Id::measure(edition, number),
        Table::Kpis => Id::kpi(edition, number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_known_in_any_width() {
        for (text, table, id) in [
            ("R7-001", Table::Measures, Some("R7-001")),
            ("Ｒ７－００１", Table::Measures, Some("R7-001")),
            ("r7-12", Table::Measures, Some("R7-012")),
            ("R7-K3", Table::Kpis, Some("R7-K03")),
            ("R7-K3", Table::Measures, None),
            ("R7-003", Table::Kpis, None),
            ("新規", Table::Measures, None),
            ("R-1", Table::Measures, None),
            ("7-1", Table::Measures, None),
            ("R7-", Table::Measures, None),
            ("R7-99999999999", Table::Measures, None),
        ] {
            assert_eq!(stated_id(text, table).map(|id| id.0).as_deref(), id, "{text}");
        }
    }
}

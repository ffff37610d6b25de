//! What is said to two rows of one measure: to the one to clear, and to the one to keep. Each names
//! the other, so that nobody clears both.

use crate::checks::prelude::*;
use crate::model::Measure;
use crate::schema::{Role, Table};

/// A row, and the one before it that is to be kept.
pub struct TwoRows<'a> {
    pub clear: &'a Measure,
    pub keep: &'a Measure,
    /// The columns whose texts differ.
    pub differing: Vec<&'a str>,
}

impl TwoRows<'_> {
    /// A finding with what is said to both.
    pub fn told(&self, context: &Context, reposted_in: Option<&str>, finding: Finding) -> Finding {
        let [kept, cleared] = [(self.keep, self.clear), (self.clear, self.keep)]
            .map(|(row, from)| row_seen_from(&row.name.at, &from.name.at));
        let owners = [&self.clear.submitted_by, &self.keep.submitted_by];
        let finding = finding.also_at([self.keep.name.at.clone()]);
        let reposts = context.label(Table::Measures, Role::Reposts);
        let (clear, keep) = match (reposted_in, reposts) {
            // A form that does not ask for reposts has nowhere to write one.
            (Some(_), None) => return finding,
            (Some(place), Some(column)) => reposted(&kept, &cleared, column, place),
            (None, _) => given_twice(context, &kept, &cleared),
        };
        let columns = self.differing.join("・");
        let unified = |row: &str| match columns.as_str() {
            "" => String::new(),
            columns => format!("{columns}が異なるので、まず{row}を載せたい文章に直してください。"),
        };
        // Neither of two departments can write into the form of the other.
        let [own, other] = owners;
        let agreed = |with: &str| match own == other || with.is_empty() {
            true => String::new(),
            false => format!("どちらの行を残すかを{with}と決めてください。"),
        };
        let (unify, agree) = (unified(&kept.ja), agreed(other));
        let (unify_here, agree_here) = (unified("この行"), agreed(own));
        let (Say { ja, en }, Say { ja: keep_ja, en: keep_en }) = (clear, keep);
        finding
            .help(say!("{agree}{unify}{ja}", "{en}"))
            .help_at_more(say!("{agree_here}{unify_here}{keep_ja}", "{keep_en}"))
    }
}

/// The row to clear is that of another place, which the one to keep is to name.
fn reposted(kept: &Say, cleared: &Say, column: &str, place: &str) -> (Say, Say) {
    let (kept_ja, kept_en) = (&kept.ja, &kept.en);
    let (cleared_ja, cleared_en) = (&cleared.ja, &cleared.en);
    (
        say!(
            "この行の記入を全て消して、{kept_ja}の「{column}」に「{place}」と書いてください。",
            "Delete this row and write “{place}” under {column} in {kept_en}"
        ),
        say!(
            "この行を残して「{column}」に「{place}」と書き、{cleared_ja}の記入を全て消してください。",
            "Keep this row, write “{place}” under {column} in it, and delete {cleared_en}"
        ),
    )
}

fn given_twice(context: &Context, kept: &Say, cleared: &Say) -> (Say, Say) {
    let (word, name) = (&context.words().measure, context.label(Table::Measures, Role::Name));
    let otherwise = name.map_or_else(String::new, |name| {
        format!("別の{word}であれば、{name}で区別できるようにしてください。")
    });
    let (kept_ja, kept_en) = (&kept.ja, &kept.en);
    let (cleared_ja, cleared_en) = (&cleared.ja, &cleared.en);
    (
        say!(
            "{kept_ja}を残し、この行の記入を全て消してください。{otherwise}",
            "Keep {kept_en} and delete this row, or tell the two apart by their names"
        ),
        say!(
            "この行を残し、{cleared_ja}の記入を全て消してください。{otherwise}",
            "Keep this row and delete {cleared_en}, or tell the two apart by their names"
        ),
    )
}

/// A row in the words of another one, which stands in the same sheet or elsewhere.
fn row_seen_from(at: &Place, from: &Place) -> Say {
    let Some(cell) = at.cell else { return Say::new("もう一方の行", "the other row") };
    let row = cell.row + 1;
    let of = match &at.sheet {
        _ if at.file != from.file => &*at.file,
        Some(sheet) if at.sheet != from.sheet => sheet,
        _ => return say!("{row}行目", "row {row}"),
    };
    say!("「{of}」の{row}行目", "row {row} of “{of}”")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::CellRef;

    #[test]
    fn a_row_of_another_file_or_sheet_is_named_with_it() {
        let place = |file: &str, sheet: &str, row| {
            Place::cell(&file.into(), &sheet.into(), CellRef::new(row, 4))
        };
        let from = place("01_総務部.xlsx", "様式１", 13);
        for (at, said) in [
            (place("01_総務部.xlsx", "様式１", 5), "6行目"),
            (place("01_総務部.xlsx", "様式１ (2)", 5), "「様式１ (2)」の6行目"),
            (place("02_企画部.xlsx", "様式１", 5), "「02_企画部.xlsx」の6行目"),
            (Place::default(), "もう一方の行"),
        ] {
            assert_eq!(row_seen_from(&at, &from).ja, said);
        }
    }
}

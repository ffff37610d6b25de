//! What a submission may hold at most. A form has some hundred rows; whatever is beyond these
//! bounds is a mistake or an attack, and is refused before it costs time or memory.
//!
//! This is the only list of them. `[limits]` in the settings raises or lowers each one.

/// What is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A file as it lies on the disk.
    File,
    /// All parts of a package together.
    Unpacked,
    /// Parts of a package.
    Entries,
    /// Elements of an XML part inside one another.
    Nesting,
    /// Sheets of a workbook.
    Sheets,
    /// Texts that the cells of a workbook share.
    Strings,
    /// Cells with content in a workbook.
    Cells,
    /// Rows of a table of a form.
    Rows,
    /// Characters of a cell; the usual bound is Excel's own.
    CellCharacters,
    /// Text in all cells of a workbook: one long text can be shown by many cells.
    Text,
    /// Merged regions, notes and text boxes of a sheet, each.
    Marks,
    /// Runs of hidden rows of a sheet.
    HiddenRuns,
    /// Seconds for the typesetting of an annex, beside those for each of its listings.
    Typesetting,
    /// Memory for it, likewise.
    TypesettingMemory,
}

/// Bytes of the settings themselves, which are read before they can say anything.
pub const SETTINGS_BYTES: u64 = 4 << 20;

const MEGABYTE: u64 = 1 << 20;
/// The most that a key can be set to.
const MOST: u64 = 1 << 32;

/// How the settings and the findings speak of a limit.
struct Words {
    key: &'static str,
    label: &'static str,
    /// What one of the key's units counts: bytes, or the thing itself.
    unit: u64,
    usual: u64,
}

const fn words(key: &'static str, label: &'static str, unit: u64, usual: u64) -> Words {
    Words { key, label, unit, usual }
}

impl Limit {
    pub const ALL: [Self; 14] = [
        Self::File,
        Self::Unpacked,
        Self::Entries,
        Self::Nesting,
        Self::Sheets,
        Self::Strings,
        Self::Cells,
        Self::Rows,
        Self::CellCharacters,
        Self::Text,
        Self::Marks,
        Self::HiddenRuns,
        Self::Typesetting,
        Self::TypesettingMemory,
    ];

    fn words(self) -> Words {
        match self {
            Self::File => words("file", "ファイルの大きさ", MEGABYTE, 64),
            Self::Unpacked => words("unpacked", "圧縮を解いた中身の大きさ", MEGABYTE, 96),
            Self::Entries => words("entries", "ブックの中の部品の数", 1, 4_096),
            Self::Nesting => words("nesting", "XMLの入れ子の深さ", 1, 256),
            Self::Sheets => words("sheets", "シートの数", 1, 256),
            Self::Strings => words("strings", "セルが共有する文字列の数", 1, 1_000_000),
            Self::Rows => words("rows", "表の行の数", 1, 20_000),
            Self::Cells => words("cells", "内容のあるセルの数", 1, 100_000),
            Self::CellCharacters => words("cell-characters", "1セルの文字数", 1, 32_767),
            Self::Text => words("text", "全てのセルの文字の量", MEGABYTE, 32),
            Self::Marks => words("marks", "1シートの結合セル、又はコメントと図形の数", 1, 100_000),
            Self::HiddenRuns => words("hidden-runs", "1シートの非表示行のかたまりの数", 1, 10_000),
            Self::Typesetting => words("typesetting", "組版にかける秒数", 1, 4),
            Self::TypesettingMemory => {
                words("typesetting-memory", "組版に使うメモリの大きさ", MEGABYTE, 256)
            }
        }
    }

    /// Its key in `[limits]`.
    pub fn key(self) -> &'static str {
        self.words().key
    }

    /// What is bounded, in the words of the findings.
    pub fn label(self) -> &'static str {
        self.words().label
    }

    /// An amount as the findings show it: `1.5MB`, `100001`. A part of a megabyte counts up, so
    /// that what is beyond a limit looks so.
    pub fn show(self, amount: u64) -> String {
        match self.words().unit {
            MEGABYTE => {
                let tenths = u128::from(amount) * 10;
                let tenths = tenths.div_ceil(u128::from(MEGABYTE));
                match (tenths / 10, tenths % 10) {
                    (whole, 0) => format!("{whole}MB"),
                    (whole, tenth) => format!("{whole}.{tenth}MB"),
                }
            }
            _ => amount.to_string(),
        }
    }

    /// Whether the settings may give the key this value.
    pub fn allows(value: u64) -> bool {
        (1..=MOST).contains(&value)
    }
}

/// The limits of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits([u64; Limit::ALL.len()]);

impl Default for Limits {
    fn default() -> Self {
        Self(Limit::ALL.map(|limit| limit.words().usual))
    }
}

impl Limits {
    /// The most that is read, in bytes where it is a size.
    pub fn most(&self, limit: Limit) -> u64 {
        self.0[limit as usize].saturating_mul(limit.words().unit)
    }

    /// As [`most`](Self::most), for what is counted in memory.
    pub fn count(&self, limit: Limit) -> usize {
        usize::try_from(self.most(limit)).unwrap_or(usize::MAX)
    }

    /// Sets a limit in the unit of its key.
    pub fn set(&mut self, limit: Limit, value: u64) {
        self.0[limit as usize] = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_is_kept_under_its_own_key() {
        let mut limits = Limits::default();
        for (index, limit) in Limit::ALL.into_iter().enumerate() {
            limits.set(limit, index as u64 + 1);
        }
        for (index, limit) in Limit::ALL.into_iter().enumerate() {
            assert_eq!(limits.most(limit) / limit.words().unit, index as u64 + 1, "{limit:?}");
            let same = Limit::ALL.iter().filter(|other| other.key() == limit.key());
            assert_eq!(same.count(), 1, "{}", limit.key());
        }
    }

    #[test]
    fn what_is_beyond_a_limit_looks_so() {
        let usual = Limits::default().most(Limit::File);
        assert_eq!(Limit::File.show(usual), "64MB");
        assert_eq!(Limit::File.show(usual + 1), "64.1MB");
        assert_eq!(Limit::Cells.show(100_001), "100001");
        assert!(Limit::Unpacked.show(u64::MAX).ends_with("MB"));
    }
}

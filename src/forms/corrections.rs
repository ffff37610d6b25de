//! What the secretariat has corrected in a department's form, for what goes back to it.

use crate::diag::Place;
use crate::model::{Annex, Correction};

/// A correction of a department's form, with what its entry and its column are called.
#[derive(Clone, Copy, Debug)]
pub struct OwnCorrection<'a> {
    pub correction: &'a Correction,
    pub name: &'a str,
    pub column: &'a str,
}

/// What heads the corrections, wherever a department is told of them.
pub(super) const HEAD: &str = "事務局で次のとおり修正しました";

/// The corrections of what a department sent in.
pub fn own_corrections<'a>(annex: &'a Annex, department: &str) -> Vec<OwnCorrection<'a>> {
    let own = annex.corrections.iter().filter_map(|correction| {
        let entry = annex.entry(&correction.id).filter(|e| e.submitted_by == department)?;
        let column = annex.label_of(correction);
        Some(OwnCorrection { correction, name: &entry.name.value, column })
    });
    own.collect()
}

impl<'a> OwnCorrection<'a> {
    pub(super) fn at(&self) -> &'a Place {
        &self.correction.at
    }

    /// 「R7-012「窓口予約」の施策名」
    pub(super) fn subject(&self) -> String {
        let Self { correction, name, column } = self;
        let name = name.replace('\n', " ");
        match correction.column {
            Some(_) => format!("{}「{name}」の「{column}」", correction.id),
            None => format!("{}「{name}」：{column}", correction.id),
        }
    }

    /// What stood there and what stands there now; nothing where the entry is left out.
    pub(super) fn texts(&self) -> [String; 2] {
        let shown = |text: &str| match (text, &self.correction.column) {
            (_, None) => String::new(),
            ("", Some(_)) => "（空欄）".to_owned(),
            (text, Some(_)) => text.to_owned(),
        };
        [shown(&self.correction.from), shown(&self.correction.to)]
    }
}

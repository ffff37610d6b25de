//! F252: a word for nothing that was read as a blank.

use indexmap::IndexMap;

use crate::checks::prelude::*;
use crate::model::ObservationKind;

pub static RULE: Rule = Rule {
    code: "F252",
    name: "read-as-nothing",
    severity: Severity::Info,
    title: "「なし」などを空欄として読んだ",
    title_en: "word for nothing read as a blank",
    what: "{measures.id}・{measures.order}・{measures.reposts}・{measures.note}のように空欄でもよい欄に、「－」「なし」「該当なし」「特になし」などと書かれているかを見ます。",
    why: "何もないという意味に読み、空欄と同じに扱います。読み方が合っているかを確かめられるようにするためです。",
    mend: "読み方が合っていれば、そのままで構いません。",
    example: "{measures.reposts}の「なし」→ 空欄",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut said: IndexMap<_, Finding> = IndexMap::new();
    for (receipt, observation) in context.observations(ObservationKind::NothingSaid) {
        let (found, label) = (&observation.found, &observation.expected);
        // Once for each column of a sheet, however many rows say so.
        let of = (&receipt.file, &observation.at.sheet, found, label);
        match said.get_mut(&of) {
            Some(finding) => finding.more.push(observation.at.clone()),
            None => {
                let message = say!(
                    "{label}の「{found}」を空欄として読んだ",
                    "“{found}” in “{label}” is read as a blank"
                );
                said.insert(of, finding_of(&RULE, receipt, observation, message).expected(""));
            }
        }
    }
    findings.extend(said.into_values());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn words_for_nothing_are_told_once_for_each_column() {
        finds(
            &RULE,
            r"
            施策名           | 施策ID | 掲載順 | 再掲分野 | 備考
            広報紙の電子配信 | －     | ―     | なし     | 該当なし
                             | ^ F252 [見: －] | ^ F252 [見: ―] | ^ F252 [見: なし] | ^ F252 [見: 該当なし]
            電子申請の受付   |        |        | なし     | 特になし
                             |        |        | +        | ^ F252 [見: 特になし]
            ",
        );
    }

    #[test]
    fn what_says_something_is_kept() {
        silent(
            &RULE,
            r"
            施策名           | 備考 | 概要
            広報紙の電子配信 | 同上 | 広報紙を配信する。
            電子申請の受付   | なしの産地を含む | －
            ",
        );
    }
}

//! F230: an entry written over the sample row.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F230",
    name: "sample-overwritten",
    severity: Severity::Error,
    title: "（例）の行に施策・KPIが書かれている",
    title_en: "entry written over the sample row",
    what: "「（例）」の印のある行に、様式の記入例とは別の名前が書かれていないかを見ます。",
    why: "「（例）」の行は記入例として読み飛ばすため、そこに書かれた施策やKPIは載りません。",
    mend: "載せるものであれば、その行の「（例）」を消してください。載せないものであれば、行を削除してください。",
    example: "「（例）」の行に書かれた「広報紙の電子配信」→「（例）」を消して空欄にする",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::SampleOverwritten) {
        let found = &oddity.found;
        let message = say!(
            "（例）の行に書かれた「{found}」は読まれない",
            "“{found}” stands in the sample row and is not read"
        );
        findings.push(odd(&RULE, receipt, oddity, message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::speaks_of;

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::SampleOverwritten, OddityKind::RowWithoutName);
    }
}

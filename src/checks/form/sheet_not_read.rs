//! F232: a sheet that is not read though something stands on it.

use crate::checks::{Context, odd};
use crate::diag::{Finding, Rule, Severity};
use crate::model::OddityKind;

pub static RULE: Rule = Rule {
    code: "F232",
    name: "sheet-not-read",
    severity: Severity::Warning,
    title: "読まれないシートに記入がある",
    title_en: "a sheet with content that is not read",
    what: "様式の表のないシートに文字がないかを見ます。名前に「記入例」「記入要領」を含むシートでは、表に記入例でない行があるときに警告にし、そのほかのシートは情報として知らせます。",
    why: "様式の表のないシートと記入例のシートは読まれません。そこに書かれた施策やKPIは載りません。",
    mend: "載せる施策やKPIであれば、様式１か様式２の表に書いてください。シートの名前が「記入例」を含むときは、様式の名前に直してください。",
    example: "シート「様式１（記入例の続き）」の施策 →「様式１　個別施策」の行に移す",
    source: "",
};

pub(in crate::checks) fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, oddity) in context.oddities(OddityKind::SheetNotRead) {
        let sheet = oddity.at.sheet.as_deref().unwrap_or_default();
        let message = say!("シート「{sheet}」は読まれない", "the sheet “{sheet}” is not read");
        let finding = odd(&RULE, receipt, oddity, message);
        let has_table = !oddity.expected.is_empty();
        findings.push(if has_table { finding } else { finding.severity(Severity::Info) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{Case, speaks_of};

    #[test]
    fn speaks_of_its_oddity_alone() {
        speaks_of(&RULE, OddityKind::SheetNotRead, OddityKind::TextOutside);
    }

    #[test]
    fn a_table_among_the_samples_is_a_warning_and_other_text_is_told_on_request() {
        for (table, severity) in [("様式１　個別施策", Severity::Warning), ("", Severity::Info)]
        {
            let mut case = Case::sound();
            case.odd_with(OddityKind::SheetNotRead, "E7", "広報紙の電子配信", table);
            let found: Vec<_> = case.findings_of(&RULE).iter().map(|f| f.severity).collect();
            assert_eq!(found, [severity], "{table}");
        }
    }
}

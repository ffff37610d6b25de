//! F232: a sheet that is not read though something stands on it.

use crate::checks::prelude::*;
use crate::model::ObservationKind;

pub static RULE: Rule = Rule {
    code: "F232",
    name: "sheet-not-read",
    severity: Severity::Warning,
    title: "読まれないシートに記入がある",
    title_en: "a sheet with content that is not read",
    what: "様式の表のないシートに文字がないかを見ます。名前に「記入例」「記入要領」を含むシートでは、表に記入例でない行があるときに警告にし、そのほかのシートは情報として知らせます。",
    why: "様式の表のないシートと記入例のシートは読まれません。そこに書かれた{measure}や{kpi}は載りません。",
    mend: "載せる{measure}や{kpi}であれば、{measures-form}か{kpis-form}の表に書いてください。シートの名前が「記入例」を含むときは、様式の名前に直してください。",
    example: "シート「{measures-form}（記入例の続き）」の{measure} →「{measures-sheet}」の行に移す",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for (receipt, observation) in context.observations(ObservationKind::SheetNotRead) {
        let message = match &observation.at.sheet {
            Some(sheet) => {
                say!("シート「{sheet}」は読まれない", "the sheet “{sheet}” is not read")
            }
            None => Say::new(RULE.title, RULE.title_en),
        };
        let finding = finding_of(&RULE, receipt, observation, message);
        let has_table = !observation.expected.is_empty();
        findings.push(if has_table { finding } else { finding.severity(Severity::Info) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn a_sheet_without_a_table_is_told_on_request() {
        finds(
            &RULE,
            r"
            施策名
            広報紙の電子配信

            -- メモ
            > 打合せの記録
            ^ F232 info
            ",
        );
    }

    #[test]
    fn a_table_of_the_samples_sheet_is_a_warning() {
        finds(
            &RULE,
            r"
            施策名
            広報紙の電子配信

            -- 記入例
            > 施策名 | 概要 | 目的 | 担当課室 | 分野
            > 統計地図の公開 | 地図を公開する。 | 調べやすくする。 | 統計課 | 1(1)
            ^ F232 warning
            ",
        );
    }

    #[test]
    fn the_sheets_of_the_form_are_read() {
        silent(
            &RULE,
            r"
            施策名
            広報紙の電子配信

            主なKPI
            広報紙の購読者数（人）
            ",
        );
    }
}

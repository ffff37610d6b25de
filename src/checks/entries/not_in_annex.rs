//! E681: a row in a form for results that the annex does not have.

use super::{entries, former};
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "E681",
    name: "not-in-annex",
    severity: Severity::Error,
    title: "実績の様式に、別冊にない行がある",
    title_en: "a row of results that the annex does not have",
    what: "実績を集める版（[results]）で、全ての行が元の版（previous）にある{measure}と{kpi}かを見ます。",
    why: "実績は、公表した別冊の{measure}と{kpi}についてのものです。加えた行は、どこにも公表されていないものの実績になります。",
    mend: "行の記入を全て消してください。新しい{measure}や{kpi}は、次の版の様式に記入してください。IDを書き換えた行は、元のIDに戻してください。",
    example: "空いている行に加えた{measure}",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    if context.previous.is_none() || context.edition.results.is_none() {
        return;
    }
    for (table, entry) in entries(context.annex) {
        if former(context, table, entry.id.as_str()).is_some() {
            continue;
        }
        let (word, name) = (context.words().entry(table), &entry.name.value);
        let message =
            say!("元の版にない{word}の行がある", "this row is of nothing that the annex has");
        let finding = RULE.finding(message).of(&entry.submitted_by).at(&entry.name.at);
        findings.push(finding.found(name.replace('\n', " ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    const RESULTS: &str = r#"
            == edition.toml
            previous = "previous.json"
            [results]
            year = 2025
            [[measure-column]]
            key = "state"
            label = "取組状況"
            asked = "progress"
            "#;

    #[test]
    fn a_row_that_was_added_is_found() {
        let text = r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            == 01_総務部.xlsx
            施策ID | 施策名           | 取組状況
            R6-001 | 広報紙の電子配信 | 配信した。
                   | 窓口予約の導入   | 導入した。
                   | ^ E681 [見: 窓口予約の導入] |
            ";
        finds(&RULE, &format!("{RESULTS}{text}"));
    }

    #[test]
    fn a_new_row_of_an_annex_is_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            == 01_総務部.xlsx
            施策ID | 施策名           | 区分
            R6-001 | 広報紙の電子配信 | 継続
                   | 窓口予約の導入   | 新規
            ",
        );
    }
}

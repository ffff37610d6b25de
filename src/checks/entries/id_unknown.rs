//! E615: an id that was never given.

use super::{entries, former};
use crate::checks::prelude::*;
use crate::model::Id;
use crate::schema::Table;

pub static RULE: Rule = Rule {
    code: "E615",
    name: "id-unknown",
    severity: Severity::Error,
    title: "{measures.id}・{kpis.id}が知られていない",
    title_en: "unknown id",
    what: "様式に書かれた{measures.id}・{kpis.id}が、前の版か今回の版で付けられたものかを見ます。",
    why: "IDは版を越えて同じ{measure}をたどるためのものです。誤ったIDでは、別の{measure}の続きになってしまいます。",
    mend: "配られた様式のIDに戻してください。新しい{measure}・{kpi}であれば空欄にしてください。IDは事務局が付けます。",
    example: "「12」→「R6-012」",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let edition = context.edition.id();
    for (table, entry) in entries(context.annex) {
        let stated = entry.stated_id.as_ref().filter(|stated| !stated.value.is_empty());
        let Some(stated) = stated else { continue };
        let kpi = table == Table::Kpis;
        let id = Id(stated.value.clone());
        let known = id.number(edition, kpi).is_some()
            || former(context, table, id.as_str()).is_some()
            || (context.previous.is_none() && is_formed(id.as_str(), kpi));
        if !known {
            let expected = if kpi { Id::kpi(edition, 1) } else { Id::measure(edition, 1) };
            let message = say!("ID「{id}」は付けられたことがない", "the id “{id}” was never given");
            let finding = RULE.finding(message).of(&entry.submitted_by).at(&stated.at);
            findings.push(finding.found(&id.0).help(say!(
                "配られた様式のID（{expected}のような形）に戻してください。新しいものであれば、空欄にしてください（IDは事務局が付けます）。",
                "Write the id of the form that was sent out, like {expected}; leave it blank for something new"
            )));
        }
    }
}

/// Whether it looks like an id of some edition: `R6-012`, `R6-K03`.
fn is_formed(id: &str, kpi: bool) -> bool {
    let Some((edition, _)) = id.split_once('-') else { return false };
    !edition.is_empty() && Id(id.to_owned()).number(edition, kpi).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn an_id_that_was_never_given_is_found() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            == 01_総務部.xlsx
            施策ID | 施策名
            12     | 広報紙の電子配信
            ^ E615 [直: R7-001のような形]
            R6-777 | 電子申請の受付
            ^ E615
            R6-K01 | 窓口予約の導入
            ^ E615
            ",
        );
    }

    #[test]
    fn ids_of_this_edition_and_of_the_one_before_are_known() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            == 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            R7-002 | 電子申請の受付
            ",
        );
    }

    #[test]
    fn without_an_edition_before_any_well_formed_id_may_be_known() {
        silent(
            &RULE,
            r"
            施策ID | 施策名
            R5-120 | 広報紙の電子配信
            ",
        );
    }
}

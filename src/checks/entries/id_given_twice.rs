//! E616: one id on two rows.

use std::collections::BTreeMap;

use super::{entries, transfers};
use crate::checks::prelude::*;

pub static RULE: Rule = Rule {
    code: "E616",
    name: "id-given-twice",
    severity: Severity::Error,
    title: "同じIDが2つの行に書かれている",
    title_en: "one id on two rows",
    what: "同じ{measures.id}・{kpis.id}が2つ以上の行に書かれていないかを、全ての様式を通して見ます。一方の部局が「廃止」とし、ほかの部局が続けるものは、移管とみます（E642）。",
    why: "行を写して新しい{measure}を書いたときに、IDまで写されたものです。どちらが続きなのか決められません。",
    mend: "新しいほうの行のIDを空欄にしてください。",
    example: "2行に「R6-012」→ 一方を空欄にする",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let mut rows: Vec<_> = entries(context.annex)
        .filter_map(|(_, entry)| Some((entry.stated_id.as_ref()?, &entry.submitted_by)))
        .filter(|(stated, _)| !stated.value.is_empty())
        .collect();
    // Where one department gives up what another takes over, the abolished row has no claim.
    let given: Vec<&Place> = transfers(context)
        .into_iter()
        .filter_map(|transfer| Some(&transfer.given.stated_id.as_ref()?.at))
        .collect();
    rows.retain(|(stated, _)| !given.contains(&&stated.at));
    rows.sort_by(|(a, _), (b, _)| a.at.cmp(&b.at));
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for (stated, department) in rows {
        let id = stated.value.as_str();
        match seen.get(id) {
            Some(&first) => {
                let message = say!("ID「{id}」がほかの行にもある", "the id “{id}” is on two rows");
                let finding = RULE.finding(message).of(department).at(&stated.at).found(id);
                findings.push(finding.also_at([first.clone()]));
            }
            None => drop(seen.insert(id, &stated.at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn the_second_row_is_found_with_the_first() {
        finds(
            &RULE,
            r"
            施策ID | 施策名
            R7-001 | 広報紙の電子配信
            +
            R7-001 | 電子申請の受付
            ^ E616
            ",
        );
    }

    #[test]
    fn rows_without_ids_are_right() {
        silent(
            &RULE,
            r"
            施策ID | 施策名
            R7-001 | 広報紙の電子配信
                   | 電子申請の受付
                   | 窓口予約の導入
            ",
        );
    }
}

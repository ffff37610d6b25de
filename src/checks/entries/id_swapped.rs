//! E633: an id on another entry than in the edition before.

use super::{former, printed};
use crate::checks::prelude::*;
use crate::model::Entry;
use crate::schema::Table;
use crate::text::key;

pub static RULE: Rule = Rule {
    code: "E633",
    name: "id-swapped",
    severity: Severity::Warning,
    title: "IDがほかの行のものと入れ替わっている",
    title_en: "id of another entry",
    what: "様式に書かれたIDについて、前の版でそのIDを持っていた{measure}・{kpi}の名称が、この版では別のIDの行にないかを見ます。前の版がないときは見ません。",
    why: "IDが入れ替わると、新旧対照表や達成状況で、別の{measure}・{kpi}と比べることになります。",
    mend: "配られた様式のIDに戻してください。行を並べ替えたときは、IDの列も一緒に並べ替えてください。",
    example: "「広報紙の電子配信」のID「R7-002」→「R7-001」",
    source: "",
};

/// From this likeness on (0 to 1), a name is taken for the one of the edition before.
const ALIKE: f64 = 0.85;
/// Shorter names are alike by chance.
const SHORTEST: usize = 8;

pub fn check<'a>(context: &Context<'a>, findings: &mut Vec<Finding>) {
    let named = |(table, entry): (Table, &'a Entry)| (table, entry, key(&entry.name.value));
    let current: Vec<(Table, &Entry, String)> = printed(context.annex).map(named).collect();
    for (table, entry, name) in &current {
        let stated = entry.stated_id.as_ref().filter(|stated| stated.value == entry.id.0);
        let Some(stated) = stated else { continue };
        let Some(before) = former(context, *table, entry.id.as_str()) else { continue };
        let old = key(&before.name.value);
        let is_old = |name: &str| {
            let long = old.chars().count() >= SHORTEST;
            name == old || long && likeness(name, &old) >= ALIKE
        };
        if is_old(name) {
            continue;
        }
        let mut others = current.iter().filter(|(of, o, _)| of == table && o.id != entry.id);
        if let Some((_, other, _)) = others.find(|(_, _, other)| is_old(other)) {
            let (id, was, now) = (&entry.id, &before.name.value, &other.id);
            let message = say!(
                "ID「{id}」は前の版では「{was}」のものだが、その名称はID「{now}」の行にある",
                "the id “{id}” was that of “{was}”, which has the id “{now}” here"
            );
            let finding = RULE.finding(message).of(&entry.submitted_by).at(&stated.at);
            findings.push(finding.also_at([other.name.at.clone()]).found(&id.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn two_measures_that_exchanged_their_ids_are_found() {
        finds(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            R6-002 | 電子申請の受付
            == 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 電子申請の受付
            ^ E633 | +
            R6-002 | 広報紙の電子配信
            ^ E633 | +
            ",
        );
    }

    #[test]
    fn a_new_name_and_a_name_given_again_are_right() {
        silent(
            &RULE,
            r"
            == 前の版 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            R6-002 | 電子申請の受付
            == 01_総務部.xlsx
            施策ID | 施策名
            R6-001 | 広報紙の電子配信
            R6-002 | オンライン申請の受付
            R7-004 | 広報紙の電子配信
            ",
        );
    }

    #[test]
    fn a_first_edition_has_no_ids_to_swap() {
        silent(
            &RULE,
            r"
            施策ID | 施策名
            R6-001 | 電子申請の受付
            R6-002 | 広報紙の電子配信
            ",
        );
    }
}

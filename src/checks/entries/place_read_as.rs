//! E622: a heading in another spelling than the form's.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::entries;
use crate::checks::prelude::*;
use crate::edition::Places;
use crate::text::key;

pub static RULE: Rule = Rule {
    code: "E622",
    name: "place-read-as",
    severity: Severity::Info,
    title: "{place}を別の書き方から読み取った",
    title_en: "place read from another spelling",
    what: "「{place}」と「{measures.reposts}」のうち、一覧のとおりでない書き方（「２－（３）」「Ⅱ－３」、番号だけ、題名だけなど）のものを、どの見出しとして読んだかを知らせます。",
    why: "読み方が合っているかを確かめられるようにするためです。",
    mend: "読み方が合っていれば、そのままで構いません。違うときは、一覧から{place}を選び直してください。",
    example: "「１－（１）」→「1(1) 子育て支援」として読む",
    source: "",
};

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    let places = Places::new(context.edition);
    let mut read: IndexMap<_, Finding> = IndexMap::new();
    let mut usual = BTreeMap::new();
    for (table, entry) in entries(context.annex) {
        let word = context.edition.levels.place_word(table);
        for stated in std::iter::once(&entry.category).chain(&entry.reposts) {
            let (Some(id), Some(written)) = (stated.value, &stated.raw) else { continue };
            let Some(label) = places.label(id) else { continue };
            let usual = usual
                .entry((table, id))
                .or_insert_with(|| [label, &places.written_as_path(table, id)].map(key));
            if usual.contains(&key(written)) {
                continue;
            }
            let of = (&stated.at.file, table, id, written);
            match read.get_mut(&of) {
                // What a cell says twice comes one after the other.
                Some(finding) if finding.more.last().unwrap_or(&finding.place) == &stated.at => {}
                Some(finding) => finding.more.push(stated.at.clone()),
                None => {
                    let message = say!(
                        "{word}「{written}」を「{label}」として読んだ",
                        "“{written}” is read as “{label}”"
                    );
                    let finding = RULE.finding(message).of(&entry.submitted_by).at(&stated.at);
                    read.insert(of, finding.found(written));
                }
            }
        }
    }
    findings.extend(read.into_values());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn another_spelling_is_told_with_what_it_was_read_as() {
        finds(
            &RULE,
            r"
            施策名           | 分野   | 再掲分野
            広報紙の電子配信 | １－（１） | 教育の充実
                             | ^ E622 [見: １－（１）] [文: 「1(1) 子育て支援」として] | ^ E622 [文: 「1(2) 教育の充実」として]
            電子申請の受付   | １－（１） |
                             | +          |
            窓口予約の導入   | 子育ての支援 |
                             | ^ E622 [文: 「1(1) 子育て支援」として]
            ",
        );
    }

    #[test]
    fn what_the_list_has_is_right_in_any_width() {
        silent(
            &RULE,
            r"
            施策名           | 分野
            広報紙の電子配信 | 1(1) 子育て支援
            電子申請の受付   | １（１）　子育て支援
            窓口予約の導入   | 9-9
            ",
        );
    }
}

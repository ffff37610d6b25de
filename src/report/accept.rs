//! S704, S709: marks what the settings accept, and finds exceptions that accept nothing, or that
//! hold for whatever comes to stand in a cell.

use crate::diag::{CellRef, Finding, Place, Rule, Severity};
use crate::edition::{self, Accept, Edition};
use crate::text::similar::similarity;
use crate::text::{key, toml_text};

pub(super) static RULE: Rule = Rule {
    code: "S704",
    name: "accept-unused",
    severity: Severity::Warning,
    title: "当てはまる指摘のない例外がある",
    title_en: "exception that accepts nothing",
    what: "edition.toml の [[accept]] のそれぞれに、当てはまる指摘があるかを見ます。text（記載内容）や id を書いた例外は、その記載やIDの行だけに効き、記載が変われば効かなくなります。",
    why: "直った箇所の例外を残しておくと、同じ所に後から出た誤りを見逃します。",
    mend: "誤りが直っていれば、その [[accept]] を取り除いてください。記載が変わったときは、認めてよいかをもう一度確かめ、text を書き直してください。どちらでもなければ、ファイル・シート・セルの書き方を確かめてください。",
    example: "text = \"－\" の例外があるが、目標値が書かれた → 例外を取り除く",
    source: "",
};

pub(super) static BY_CELL: Rule = Rule {
    code: "S709",
    name: "accept-by-cell",
    severity: Severity::Warning,
    title: "例外がセルの番地だけで書かれている",
    title_en: "exception for a cell alone",
    what: "edition.toml の [[accept]] のうち、cell だけを書いて、text（記載内容）も id も書いていないものを探します。",
    why: "行が動いたり書き直されたりすると、確かめていない別の記載まで認めてしまいます。",
    mend: "指摘に示された text 又は id の行を、その [[accept]] に加えてください。",
    example: "cell = \"H9\" → text = \"－\" を加える",
    source: "",
};

/// Marks every finding that an exception accepts, and adds a finding for every exception that
/// accepts none, or holds for a cell alone.
pub(super) fn apply(edition: &Edition, mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut more = Vec::new();
    for accept in &edition.accepts {
        match mark(accept, &mut findings) {
            // What is wrong with the exception itself may be why it accepts nothing.
            None => {
                more.extend((!is_faulty(accept, &findings)).then(|| not_needed(accept, &findings)))
            }
            Some(accepted) if is_by_cell(accept) => more.push(by_cell(accept, accepted)),
            Some(_) => {}
        }
    }
    findings.append(&mut more);
    findings
}

/// Adds findings to those that the exceptions were applied to already: an exception that had
/// nothing to accept so far may accept one of them.
pub(super) fn apply_to_more(
    edition: &Edition,
    mut findings: Vec<Finding>,
    mut more: Vec<Finding>,
) -> Vec<Finding> {
    for accept in &edition.accepts {
        if mark(accept, &mut more).is_some() {
            let line = Some(accept.line);
            findings.retain(|f| f.rule.code != RULE.code || f.place.line != line);
        }
    }
    findings.append(&mut more);
    findings
}

/// Marks what an exception accepts; the first of it.
fn mark<'f>(accept: &Accept, findings: &'f mut [Finding]) -> Option<&'f Finding> {
    let mut first = None;
    for (index, finding) in findings.iter_mut().enumerate().filter(|(_, f)| covers(accept, f)) {
        finding.accepted.get_or_insert_with(|| accept.reason.clone());
        first = first.or(Some(index));
    }
    findings.get(first?)
}

/// Whether the settings were told of as wrong in the line of an exception.
fn is_faulty(accept: &Accept, findings: &[Finding]) -> bool {
    let at = Some(accept.line);
    findings.iter().any(|f| f.rule.code == edition::ACCEPT.code && f.place.line == at)
}

/// What an exception names besides the file and the sheet, so that it holds for one finding wherever
/// that moves: its words, or else its entry; its cell where it has neither.
pub fn grounds(finding: &Finding) -> Option<(&'static str, String)> {
    let cell = finding.place.cell.map(|cell| ("cell", cell.to_string()));
    [("text", &finding.found), ("id", &finding.entry), ("text", &finding.text)]
        .into_iter()
        .find(|(_, said)| !said.is_empty())
        .map(|(key, said)| (key, said.clone()))
        .or(cell)
}

/// Whether only the address says what is accepted.
fn is_by_cell(accept: &Accept) -> bool {
    accept.cell.is_some() && accept.text.is_none() && accept.id.is_none()
}

/// Code, words, id, file and sheet agree as far as they are given, at the place of the finding or
/// at one of its further places; the cell too, where only it is given.
fn covers(accept: &Accept, finding: &Finding) -> bool {
    let wanted = accept.cell.as_deref().filter(|_| is_by_cell(accept)).map(CellRef::parse);
    // 「f9」 and 「$F$9」 are the same cell.
    let is_at = |place: &Place| {
        is_in(accept, place) && wanted.is_none_or(|cell| cell.is_some() && cell == place.cell)
    };
    accept.code == finding.rule.code
        && accept.text.as_deref().is_none_or(|text| says(finding, text))
        && accept.id.as_deref().is_none_or(|id| key(id) == key(&finding.entry))
        && std::iter::once(&finding.place).chain(&finding.more).any(is_at)
}

/// Whether a place is in the file and on the sheet, as far as they are given.
fn is_in(accept: &Accept, place: &Place) -> bool {
    let agrees = |wanted: &Option<String>, is: Option<&str>| {
        wanted.as_deref().is_none_or(|wanted| is == Some(wanted))
    };
    agrees(&accept.file, Some(&place.file)) && agrees(&accept.sheet, place.sheet.as_deref())
}

/// Whether these are the words that a finding is about.
fn says(finding: &Finding, words: &str) -> bool {
    let words = key(words);
    [&finding.found, &finding.text].into_iter().any(|said| key(said) == words)
}

fn not_needed(accept: &Accept, findings: &[Finding]) -> Finding {
    let code = &accept.code;
    let given = [&accept.file, &accept.sheet, &accept.cell, &accept.text, &accept.id];
    let found: Vec<&str> = std::iter::once(code.as_str())
        .chain(given.into_iter().flatten().map(String::as_str))
        .collect();
    let message = say!(
        "例外として認めた {code} に当てはまる指摘がない",
        "an exception for {code} accepts nothing"
    );
    let finding =
        RULE.finding(message).at(&Place::line("edition.toml", accept.line)).found(found.join(" "));
    match meant(accept, findings) {
        Some(meant) => finding.expected(meant),
        None => finding,
    }
}

/// What an exception that accepts nothing may have been meant for, as it would be written: a
/// finding of its rule that differs in one thing that is given.
fn meant(accept: &Accept, findings: &[Finding]) -> Option<String> {
    let alike = || findings.iter().filter(|f| f.rule.code == accept.code && f.accepted.is_none());
    let with = |accept: Accept| alike().find(|finding| covers(&accept, finding));
    if let Some(file) = &accept.file {
        let is_near = |known: &&str| similarity(&key(stem(file)), &key(stem(known))) >= NEAR;
        let near = alike().map(|f| &*f.place.file).find(is_near).map(str::to_owned);
        if near.is_some() && with(Accept { file: near.clone(), ..accept.clone() }).is_some() {
            return near.map(|file| format!("file = {}", toml_text(&file)));
        }
    }
    if let Some(sheet) = &accept.sheet {
        let is_near = |known: &&str| key(known).contains(&key(sheet));
        let mut sheets = alike().filter_map(|f| f.place.sheet.as_deref());
        let near = sheets.find(is_near).map(str::to_owned);
        if near.is_some() && with(Accept { sheet: near.clone(), ..accept.clone() }).is_some() {
            return near.map(|sheet| format!("sheet = {}", toml_text(&sheet)));
        }
    }
    // The words have changed since: those of the cell, or of the entry, are other ones now.
    let same = Accept { text: None, ..accept.clone() };
    let at_cell = accept.cell.as_deref().and_then(CellRef::parse);
    let is_there = |f: &&Finding| {
        covers(&same, f) && (accept.id.is_some() || at_cell.is_some() && f.place.cell == at_cell)
    };
    let changed = accept.text.as_ref().and_then(|_| alike().find(is_there));
    changed.filter(|f| !f.found.is_empty()).map(|f| format!("text = {}", toml_text(&f.found)))
}

/// Names of files that are as similar as this may be one.
const NEAR: f64 = 0.7;

/// The name of a file without its extension, which is the same for most.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

fn by_cell(accept: &Accept, accepted: &Finding) -> Finding {
    let cell = accept.cell.as_deref().unwrap_or_default();
    let code = &accept.code;
    let line = grounds(accepted).filter(|(key, _)| *key != "cell");
    let line = line.map(|(key, said)| format!("{key} = {}", toml_text(&said))).unwrap_or_default();
    let message = say!(
        "{code} の例外がセル{cell}の番地だけで書かれている",
        "an exception for {code} is for the cell {cell} alone"
    );
    BY_CELL
        .finding(message)
        .at(&Place::line("edition.toml", accept.line))
        .found(cell)
        .expected(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{accept, edition, finding};

    fn run(accepts: Vec<Accept>) -> Vec<(String, Option<String>)> {
        let mut edition = edition();
        edition.accepts = accepts;
        let findings = vec![finding("01_総務部.xlsx", "F9"), finding("01_総務部.xlsx", "F10")];
        apply(&edition, findings)
            .into_iter()
            .map(|f| (format!("{} {}", f.rule.code, f.place), f.accepted))
            .collect()
    }

    #[test]
    fn an_exception_accepts_the_places_it_names_and_no_other() {
        let found = run(vec![accept("T100", Some("01_総務部.xlsx"), Some("F9"))]);
        assert_eq!(found[0].1.as_deref(), Some("確認済み"));
        assert_eq!(found[1].1, None);
        for cell in ["f9", "$F$9"] {
            let found = run(vec![accept("T100", Some("01_総務部.xlsx"), Some(cell))]);
            assert_eq!(found[0].1.as_deref(), Some("確認済み"), "{cell}");
        }
        let found = run(vec![accept("T100", None, None)]);
        assert!(found.iter().all(|(_, accepted)| accepted.is_some()));
    }

    #[test]
    fn an_exception_may_be_for_what_is_found_later() {
        let mut edition = edition();
        edition.accepts = vec![accept("T100", Some("01_総務部.xlsx"), Some("F9"))];
        let early = apply(&edition, vec![finding("01_総務部.xlsx", "F10")]);
        assert_eq!(early.len(), 2, "the exception accepts nothing so far");
        let all = apply_to_more(&edition, early, vec![finding("01_総務部.xlsx", "F9")]);
        let shown: Vec<_> = all.iter().map(|f| (f.rule.code, f.accepted.is_some())).collect();
        assert_eq!(shown, [("T100", false), ("T100", true)]);
    }

    #[test]
    fn an_exception_that_matches_nothing_is_a_finding() {
        for (code, file, cell) in [
            ("T101", None, None),
            ("T100", Some("02_企画部.xlsx"), None),
            ("T100", Some("01_総務部.xlsx"), Some("F11")),
        ] {
            let found = run(vec![accept(code, file, cell)]);
            assert_eq!(found[2].0, "S704 edition.toml:30");
        }
    }

    #[test]
    fn an_exception_holds_for_the_words_and_not_for_the_cell() {
        let mut edition = edition();
        let file = Some("01_総務部.xlsx");
        let words =
            |text: &str| Accept { text: Some(text.into()), ..accept("T100", file, Some("F9")) };
        edition.accepts = vec![words("未定")];
        let moved = finding("01_総務部.xlsx", "F30").found("未 定");
        let found = apply(&edition, vec![moved]);
        assert!(found[0].accepted.is_some() && found.len() == 1, "the row has moved");
        let other = finding("01_総務部.xlsx", "F9").found("検討中");
        let found = apply(&edition, vec![other]);
        assert_eq!(found[0].accepted, None, "other words have come into the cell");
        assert_eq!((found[1].rule.code, &*found[1].expected), ("S704", "text = \"検討中\""));
    }

    #[test]
    fn an_exception_may_be_for_an_entry() {
        let mut edition = edition();
        edition.accepts = vec![Accept { id: Some("R7-001".into()), ..accept("T100", None, None) }];
        let of =
            |id: &str, cell| Finding { entry: id.into(), ..finding("01_総務部.xlsx", cell) };
        let found = apply(&edition, vec![of("R7-001", "F9"), of("R7-0010", "F10"), of("", "F11")]);
        let accepted: Vec<bool> = found.iter().map(|f| f.accepted.is_some()).collect();
        assert_eq!(accepted, [true, false, false]);
    }

    #[test]
    fn an_exception_for_a_cell_alone_says_the_words_to_add() {
        let found = run(vec![accept("T100", Some("01_総務部.xlsx"), Some("F9"))]);
        assert_eq!(found[2].0, "S709 edition.toml:30");
        let mut edition = edition();
        edition.accepts = vec![accept("T100", None, Some("F9"))];
        let told = apply(&edition, vec![finding("01_総務部.xlsx", "F9").found("未定")]);
        assert_eq!(told[1].expected, "text = \"未定\"");
    }

    #[test]
    fn an_exception_that_is_wrong_itself_is_told_of_once() {
        let mut edition = edition();
        edition.accepts = vec![accept("t100", None, None)];
        let wrong = edition::ACCEPT
            .finding(crate::diag::Say::new("コードでない", "no code"))
            .at(&Place::line("edition.toml", edition.accepts[0].line));
        let told = apply(&edition, vec![wrong, finding("01_総務部.xlsx", "H8")]);
        let codes: Vec<_> = told.iter().map(|f| f.rule.code).collect();
        assert_eq!(codes, ["S209", "T100"]);
    }

    #[test]
    fn a_near_miss_is_told_with_what_was_meant() {
        let near = |change: fn(&mut Accept)| {
            let mut edition = edition();
            let mut accept = accept("T100", Some("01_総務部.xlsx"), Some("h8"));
            change(&mut accept);
            edition.accepts = vec![accept];
            apply(&edition, vec![finding("01_総務部.xlsx", "H8")]).pop().unwrap().expected
        };
        assert_eq!(near(|a| a.sheet = Some("様式２".into())), "sheet = \"様式２　KPI\"");
        for file in ["01_総務部.xls", "０１＿総務部.xlsx", "1_総務部.xlsx"] {
            let mut edition = edition();
            edition.accepts = vec![accept("T100", Some(file), None)];
            let told = apply(&edition, vec![finding("01_総務部.xlsx", "H8")]).pop();
            assert_eq!(told.expect("S704").expected, "file = \"01_総務部.xlsx\"", "{file}");
        }
        assert_eq!(near(|a| a.cell = Some("H99".into())), "");
        assert_eq!(near(|a| a.file = Some("03_出納局.xlsx".into())), "", "it is another's");
    }
}

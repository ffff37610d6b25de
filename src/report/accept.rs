//! S704: marks what the settings accept, and finds exceptions that accept nothing.

use crate::diag::{CellRef, Finding, Place, Rule, Severity};
use crate::edition::{Accept, Edition};

pub(super) static RULE: Rule = Rule {
    code: "S704",
    name: "accept-unused",
    severity: Severity::Warning,
    title: "当てはまる指摘のない例外がある",
    title_en: "exception that accepts nothing",
    what: "edition.toml の [[accept]] のそれぞれに、当てはまる指摘があるかを見ます。",
    why: "直った箇所の例外を残しておくと、同じ所に後から出た誤りを見逃します。",
    mend: "誤りが直っていれば、その [[accept]] を取り除いてください。直っていなければ、コード・ファイル・シート・セルの書き方を確かめてください。",
    example: "cell = \"G9\" の例外があるが、G9 は直っている → 例外を取り除く",
    source: "",
};

/// Marks every finding that an exception accepts, and adds a finding for every other exception.
pub(super) fn apply(edition: &Edition, mut findings: Vec<Finding>) -> Vec<Finding> {
    let mut unused = Vec::new();
    for accept in &edition.accepts {
        let mut used = false;
        for finding in findings.iter_mut().filter(|f| covers(accept, f)) {
            finding.accepted.get_or_insert_with(|| accept.reason.clone());
            used = true;
        }
        if !used {
            unused.push(not_needed(accept));
        }
    }
    findings.append(&mut unused);
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
        let mut used = false;
        for finding in more.iter_mut().filter(|f| covers(accept, f)) {
            finding.accepted.get_or_insert_with(|| accept.reason.clone());
            used = true;
        }
        if used {
            let line = Some(accept.line);
            findings.retain(|f| f.rule.code != RULE.code || f.place.line != line);
        }
    }
    findings.append(&mut more);
    findings
}

/// Code, file, sheet and cell agree as far as they are given, at the place of the finding or at
/// one of its further places.
fn covers(accept: &Accept, finding: &Finding) -> bool {
    let agrees = |wanted: &Option<String>, is: Option<&str>| {
        wanted.as_deref().is_none_or(|wanted| is == Some(wanted))
    };
    // 「f9」 and 「$F$9」 are the same cell.
    let cell = accept.cell.as_deref().map(CellRef::parse);
    let is_at = |place: &Place| {
        agrees(&accept.file, Some(&place.file))
            && agrees(&accept.sheet, place.sheet.as_deref())
            && cell.is_none_or(|wanted| wanted.is_some() && wanted == place.cell)
    };
    accept.code == finding.rule.code
        && std::iter::once(&finding.place).chain(&finding.more).any(is_at)
}

fn not_needed(accept: &Accept) -> Finding {
    let code = &accept.code;
    let given = [&accept.file, &accept.sheet, &accept.cell];
    let found: Vec<&str> = std::iter::once(code.as_str())
        .chain(given.into_iter().flatten().map(String::as_str))
        .collect();
    let message = say!(
        "例外として認めた {code} に当てはまる指摘がない",
        "an exception for {code} accepts nothing"
    );
    RULE.finding(message).at(&Place::line("edition.toml", accept.line)).found(found.join(" "))
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
        assert_eq!(found.len(), 2);
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
}

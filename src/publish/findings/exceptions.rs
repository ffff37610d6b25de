//! Open findings as the exceptions that would accept them, to be pasted into the settings: whoever
//! means one of them has only the reason to write, and without a reason it is an error.

use indexmap::IndexMap;

use crate::diag::{Finding, Lang, Place, Say, Severity};
use crate::edition;
use crate::publish::findings::text;
use crate::report::{self, Report};
use crate::text::toml_text;

/// The exceptions, one for all findings that it would accept; those of severity info too where they
/// are asked for.
pub fn render(report: &Report, info: bool, lang: Lang) -> String {
    let options = text::Options { color: false, info, lang };
    let mut exceptions: IndexMap<String, String> = IndexMap::new();
    let open = report.findings.iter().filter(|finding| finding.accepted.is_none());
    let shown = open.filter(|finding| info || finding.severity != Severity::Info);
    for finding in shown.filter(|finding| !is_of_exceptions(finding)) {
        let lines = exception(finding, &finding.place, grounds(finding));
        let remarks = exceptions.entry(lines).or_default();
        remarks.push_str(&format!("# {}\n", text::line(finding, &options)));
        // Of several that say the same of their cells, and quote nothing, each is an exception.
        let others = finding.more.iter().filter(|_| finding.found.is_empty());
        for place in others {
            let cell = place.cell.map(|cell| ("cell", cell.to_string()));
            exceptions.entry(exception(finding, place, cell.into_iter().collect())).or_default();
        }
    }
    let head = Say::new(
        "# 認める指摘だけを edition.toml の終わりに貼り、reason に理由を書いてください（空のままではエラーになります）。\n",
        "# Paste what is to be accepted at the end of edition.toml, each with its reason (one without is an error).\n",
    );
    let exceptions = exceptions.iter().map(|(lines, remarks)| format!("\n{remarks}{lines}"));
    head.get(lang).to_owned() + &exceptions.collect::<String>()
}

/// Whether a finding is about an exception, so that one for it would make no sense.
fn is_of_exceptions(finding: &Finding) -> bool {
    let rules = report::RULES.iter().copied().chain([&edition::ACCEPT]);
    rules.into_iter().any(|rule| rule.code == finding.rule.code)
}

/// What an exception is for: the words, and the entry beside them, as a word alone may stand in other
/// rows too.
fn grounds(finding: &Finding) -> Vec<(&'static str, String)> {
    let of_words = report::grounds(finding);
    let is_text = of_words.as_ref().is_some_and(|(key, _)| *key == "text");
    let is_alone = is_text && finding.more.is_empty() && !finding.entry.is_empty();
    let entry = is_alone.then(|| ("id", finding.entry.clone()));
    of_words.into_iter().chain(entry).collect()
}

fn exception(finding: &Finding, place: &Place, grounds: Vec<(&str, String)>) -> String {
    let named = [("file", Some(&*place.file).filter(|file| !file.is_empty()))];
    let named = named.into_iter().chain([("sheet", place.sheet.as_deref())]);
    let named = named.filter_map(|(key, name)| Some((key, name?.to_owned())));
    let lines = std::iter::once(("code", finding.rule.code.to_owned()))
        .chain(named)
        .chain(grounds)
        .chain([("reason", String::new())])
        .map(|(key, text)| format!("{key} = {}\n", toml_text(&text)));
    format!("[[accept]]\n{}", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{accept, edition, finding};

    #[test]
    fn every_open_finding_has_the_exception_that_would_accept_it() {
        let mut edition = edition();
        edition.accepts = vec![accept("T100", Some("02_企画部.xlsx"), None)];
        let file = "01_総務部.xlsx";
        let findings = vec![
            finding(file, "G7").found("一\n「\"二\"」"),
            finding(file, "H9").found("－"),
            finding(file, "J9").found("－"),
            finding(file, "K9"),
            Finding { entry: "R7-001".into(), ..finding(file, "L9") },
            Finding { entry: "R7-002".into(), ..finding(file, "L10") },
            Finding { entry: "R7-003".into(), ..finding(file, "N10").found("こと") },
            finding(file, "M9").severity(Severity::Info),
            finding("02_企画部.xlsx", "G7"),
        ];
        insta::assert_snapshot!(render(&Report::new(&edition, findings), false, Lang::Ja), @r#"
        # 認める指摘だけを edition.toml の終わりに貼り、reason に理由を書いてください（空のままではエラーになります）。

        # エラー T100  01_総務部.xlsx「様式２　KPI」G7  値がおかしい（一↵「"二"」）
        [[accept]]
        code = "T100"
        file = "01_総務部.xlsx"
        sheet = "様式２　KPI"
        text = "一\n「\"二\"」"
        reason = ""

        # エラー T100  01_総務部.xlsx「様式２　KPI」H9  値がおかしい（－）
        # エラー T100  01_総務部.xlsx「様式２　KPI」J9  値がおかしい（－）
        [[accept]]
        code = "T100"
        file = "01_総務部.xlsx"
        sheet = "様式２　KPI"
        text = "－"
        reason = ""

        # エラー T100  01_総務部.xlsx「様式２　KPI」K9  値がおかしい
        [[accept]]
        code = "T100"
        file = "01_総務部.xlsx"
        sheet = "様式２　KPI"
        cell = "K9"
        reason = ""

        # エラー T100  01_総務部.xlsx「様式２　KPI」L9  値がおかしい
        [[accept]]
        code = "T100"
        file = "01_総務部.xlsx"
        sheet = "様式２　KPI"
        id = "R7-001"
        reason = ""

        [[accept]]
        code = "T100"
        file = "01_総務部.xlsx"
        sheet = "様式２　KPI"
        cell = "L10"
        reason = ""

        # エラー T100  01_総務部.xlsx「様式２　KPI」N10  値がおかしい（こと）
        [[accept]]
        code = "T100"
        file = "01_総務部.xlsx"
        sheet = "様式２　KPI"
        text = "こと"
        id = "R7-003"
        reason = ""
        "#);
    }
}

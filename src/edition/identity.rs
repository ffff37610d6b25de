//! S126: an edition whose id is the short name of another year than its own.

use super::Edition;
use super::check::Checker;
use crate::diag::{Rule, Severity};
use crate::text::era;

pub(super) static RULE: Rule = Rule {
    code: "S126",
    name: "edition-id-of-other-year",
    severity: Severity::Warning,
    title: "版の略称が版の年度と合わない",
    title_en: "edition id of another year",
    what: "[edition] の id が「R8」のように年度の略称で書かれているとき、year（西暦の年度）と同じ年度かを見ます。年度の略称でない id は見ません。",
    why: "片方だけを次の年度に改めると、{measures.id}に別の年度の略称が付き、戻ってきた様式が別の年度のものと扱われます。",
    mend: "id と year のうち、誤っている方を改めてください。",
    example: "誤：id = \"R7\"、year = 2026\n正：id = \"R8\"、year = 2026",
    source: "",
};

/// Adds what id and year say against each other.
pub(super) fn check(checker: &mut Checker, edition: &Edition) {
    let id = edition.id();
    // Nothing was read where the year is 0.
    let of_year = |year: &i32| era::short(*year) == id && edition.year != 0;
    let Some(year) = era::year(id).filter(of_year).filter(|year| *year != edition.year) else {
        return;
    };
    let (own, said, named) = (edition.year, era::short(edition.year), era::long(year));
    let message = say!(
        "版の略称 {id} は{named}の略称だが、year は {own} である",
        "the id {id} is of the year {year}, and year is {own}"
    );
    let finding = checker.add(&RULE, edition.line, message);
    finding.found = format!("id = \"{id}\"、year = {own}");
    finding.expected = format!("id = \"{said}\" 又は year = {year}");
}

#[cfg(test)]
mod tests {
    use crate::edition::parse;

    #[test]
    fn an_id_of_another_year_is_told_and_any_other_word_is_none() {
        let example = include_str!("../../inputs/2025/edition.toml");
        for (id, year, is_told) in [
            ("R7", 2025, false),
            ("R7", 2026, true),
            ("R8", 2026, false),
            ("R8", 2025, true),
            ("KEIKAKU7", 2026, false),
            ("2025", 2026, false),
        ] {
            let settings = example.replace("id = \"R7\"", &format!("id = \"{id}\""));
            let settings = settings.replace("year = 2025\ntitle", &format!("year = {year}\ntitle"));
            let (_, findings) = parse("edition.toml", &settings);
            let told = findings.iter().any(|finding| finding.rule.code == "S126");
            assert_eq!(told, is_told, "{id} {year}: {findings:?}");
        }
    }
}

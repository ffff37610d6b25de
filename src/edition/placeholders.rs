//! Words that are still to come: 「○○計画」, as a first edition has them that was drawn from forms.

use super::rules;
use super::settings::Edition;
use crate::diag::{Finding, Place};
use crate::schema::front::SETTINGS;
use crate::text::filler;

/// Adds what in the settings stands in place of a word.
pub(super) fn left(file: &str, edition: &Edition, findings: &mut Vec<Finding>) {
    let front = SETTINGS
        .iter()
        .map(|setting| (setting.label, edition.line_of(setting), edition.front.word(setting)));
    let form = [("基準日", 0, edition.form.as_of.clone())];
    let departments = edition.departments.iter().flat_map(|department| {
        let names = std::iter::once(("部局", &department.name));
        let names = names.chain(department.sections.iter().map(|section| ("課室", section)));
        names.map(|(what, name)| (what, department.line, name.clone()))
    });
    let headings = edition.headings().into_iter().map(|numbered| {
        let heading = numbered.heading;
        (edition.levels.word(numbered.id.depth()), heading.line, heading.title.clone())
    });
    for (what, line, text) in front.chain(form).chain(headings).chain(departments) {
        if filler(&text).is_some() {
            let place = if line > 0 { Place::line(file, line) } else { Place::file(file) };
            let message = say!(
                "{what}がまだ決まっていない",
                "a word of the settings is still to come ({what})"
            );
            findings.push(rules::PLACEHOLDER.finding(message).at(&place).found(text));
        }
    }
}

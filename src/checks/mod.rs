//! The rules: one file each, or one row where a rule says no more than that a fact is there.
//!
//! A rule file is named as its rule (`kpi_measure_unknown.rs`) and has the rule's documentation,
//! its `check`, and tests on small texts: that it finds its fault in the right cell, and that it
//! stays silent beside it (`testing.rs` says how the texts are written). A rule that only judges
//! a recorded fact is a row of [`facts`]. The letter of the code says where the fault lies:
//!
//! | code | folder | the fault lies in |
//! |---|---|---|
//! | C3xx | `characters` | the characters of a cell |
//! | E67x | [`crate::corrections`] | what the secretariat corrects in an entry |
//! | E6xx | `entries` | a measure, or what measures and KPIs have in common |
//! | F1xx | `file`, `facts/file.rs` | the file as such |
//! | F2xx | `form`, `facts/form.rs`, `facts/seen.rs`, `facts/workbook.rs` | the sheets, columns and cells of the form |
//! | K5xx | `kpis` | a KPI and its values |
//! | N4xx | `notation` | the way a text is written |
//! | S7xx | `whole` | the edition as a whole and its settings |

mod cells;
mod characters;
mod entries;
mod facts;
mod figures;
mod file;
mod form;
mod kpis;
mod nearest;
mod notation;
mod prelude;
mod settled;
#[cfg(test)]
mod testing;
mod told;
mod two_rows;
mod whole;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use indexmap::IndexMap;
use rayon::prelude::*;

use cells::Cell;
use facts::Fact;

use crate::diag::{Finding, Place, Rule, Say};
use crate::edition::Edition;
use crate::model::{Annex, Observation, ObservationKind, Outcome, Receipt, TableReceived};
use crate::schema::{Column, Paper, Role, Table, Words};

/// What a rule may look at.
pub struct Context<'a> {
    pub edition: &'a Edition,
    pub annex: &'a Annex,
    /// Every file that was found, with what was observed about it.
    pub receipts: &'a [Receipt],
    /// The annex of the edition before, where there is one.
    pub previous: Option<&'a Annex>,
    /// Whether some font of the edition has the character.
    pub covers: &'a Covers<'a>,
    /// Every text that is printed, for the rules that look at texts alone.
    cells: Vec<Cell<'a>>,
}

/// Whether there is a font that has a character.
pub type Covers<'a> = dyn Fn(char) -> bool + Sync + 'a;

/// A rule and what looks for its faults.
#[derive(Clone, Copy)]
pub struct Check {
    pub rule: &'static Rule,
    check: CheckWith,
}

#[derive(Clone, Copy)]
enum CheckWith {
    /// The function of a rule's file.
    Function(fn(&Context, &mut Vec<Finding>)),
    /// A row of [`facts`].
    Fact(&'static Fact),
}

impl Check {
    fn run(&self, context: &Context, findings: &mut Vec<Finding>) {
        match self.check {
            CheckWith::Function(check) => check(context, findings),
            CheckWith::Fact(fact) => fact.check(context, findings),
        }
    }
}

macro_rules! checks {
    ($($folder:ident::$rule:ident),* $(,)?) => {
        &[$(Check {
            rule: &$folder::$rule::RULE,
            check: CheckWith::Function($folder::$rule::check),
        }),*]
    };
}

/// Every rule, sorted by code.
pub static RULES: LazyLock<Vec<Check>> = LazyLock::new(|| {
    let facts = facts::all().map(|fact| Check { rule: &fact.rule, check: CheckWith::Fact(fact) });
    let mut rules: Vec<Check> = facts.chain(WITH_FILES.iter().copied()).collect();
    rules.sort_by_key(|check| check.rule.code);
    rules
});

/// The rules that have a file each.
static WITH_FILES: &[Check] = checks![
    characters::private_use,
    characters::char_without_font,
    characters::variation_sequence,
    characters::compatibility_character,
    characters::invisible_character,
    characters::half_width_kana,
    characters::decomposed_kana,
    characters::term_spelling,
    entries::required_field_missing,
    entries::category_unknown,
    entries::department_unknown,
    entries::section_unknown,
    entries::measure_given_twice,
    entries::listed_twice,
    entries::shared_name,
    entries::near_duplicate,
    entries::repost_into_own_category,
    entries::repost_category_unknown,
    entries::place_read_as,
    entries::repost_twice,
    entries::repost_mark_in_name,
    entries::new_with_old_id,
    entries::continued_without_forerunner,
    entries::id_unknown,
    entries::id_given_twice,
    entries::id_of_other_department,
    entries::entry_missing,
    entries::order_given_twice,
    entries::text_too_long,
    entries::placeholder_left,
    entries::abolition_mark_in_name,
    entries::note_asks,
    entries::id_swapped,
    entries::mark_beside_name,
    entries::line_break_in_name,
    entries::abolished_but_written,
    entries::abolished_without_reason,
    entries::status_contradicts_changes,
    entries::department_left_blank,
    entries::value_not_of_kind,
    entries::value_not_among_choices,
    entries::transferred,
    entries::locked_text_changed,
    entries::not_in_annex,
    file::unknown_department,
    file::second_file,
    file::stray_file,
    file::other_edition,
    form::column_missing,
    form::unknown_column,
    form::struck_text,
    form::unknown_status,
    form::unknown_order,
    form::text_outside,
    form::read_as_nothing,
    form::sheet_not_read,
    form::nothing_stated,
    form::left_blank,
    form::nothing_contradicted,
    form::nothing_unclear,
    kpis::kpi_without_measure,
    kpis::kpi_measure_unknown,
    kpis::kpi_without_target,
    kpis::kpi_without_current,
    kpis::kpi_parts_differ,
    kpis::kpi_measure_abolished,
    kpis::target_outside_period,
    kpis::target_before_current,
    kpis::percentage_over_hundred,
    kpis::target_already_met,
    kpis::unit_changed,
    kpis::current_contradicts_previous,
    kpis::kpi_given_twice,
    kpis::target_without_year,
    kpis::percentage_as_fraction,
    kpis::magnitude_changed,
    kpis::current_in_future,
    kpis::target_lowered,
    kpis::number_not_read,
    kpis::number_in_brackets,
    kpis::year_of_other_slot,
    kpis::value_in_words,
    notation::comma_mixed,
    notation::counter_ka,
    notation::thousand_in_han,
    notation::digits_without_separators,
    notation::narrowed_letters,
    notation::brackets_unpaired,
    notation::year_forms_mixed,
    notation::full_stop_missing,
    notation::words_piled_up,
    notation::unit_missing,
    notation::unit_differs,
    notation::house_spelling,
    notation::era_year_differs,
    notation::year_without_era,
    whole::department_not_submitted,
    whole::section_not_submitted,
    whole::category_without_measures,
    whole::direction_unused,
    whole::page_break_unused,
];

/// Runs every rule; the findings come in the order of the rules.
pub fn run(context: &Context) -> Vec<Finding> {
    let found = |check: &Check| {
        let mut findings = Vec::new();
        check.run(context, &mut findings);
        bounded(check.rule, findings)
    };
    let mut findings: Vec<Finding> = RULES.par_iter().flat_map_iter(found).collect();
    name_entries(context.annex, &mut findings);
    settled::leave_out(context, &mut findings);
    findings
}

/// Says of every finding in whose row it stands.
fn name_entries(annex: &Annex, findings: &mut [Finding]) {
    let row = |at: &Place| Some((at.file.clone(), at.sheet.clone()?, at.cell?.row));
    let measures = annex.measures.iter().map(|measure| (row(&measure.name.at), &measure.id));
    let kpis = annex.kpis.iter().map(|kpi| (row(&kpi.name.at), &kpi.id));
    let entries = measures.chain(kpis).filter_map(|(row, id)| Some((row?, id)));
    let entries: BTreeMap<_, _> = entries.collect();
    for finding in findings {
        let id = row(&finding.place).and_then(|row| entries.get(&row));
        finding.entry = id.map(ToString::to_string).unwrap_or_default();
    }
}

/// Findings of one rule on one file that are told one by one. A form has some hundred rows: more
/// are one mistake many times over, and nobody reads them all.
const MOST_OF_A_RULE: usize = 2_000;

/// The first findings of a rule on each file, and how many more there are.
fn bounded(rule: &'static Rule, mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() <= MOST_OF_A_RULE {
        return findings;
    }
    let mut told: IndexMap<Arc<str>, usize> = IndexMap::new();
    let mut more: IndexMap<Arc<str>, Vec<Finding>> = IndexMap::new();
    for finding in std::mem::take(&mut findings) {
        let file = finding.place.file.clone();
        let count = told.entry(file.clone()).or_default();
        *count += 1;
        if *count <= MOST_OF_A_RULE {
            findings.push(finding);
        } else {
            more.entry(file).or_default().push(finding);
        }
    }
    for (file, more) in more {
        let (count, worst) = (more.len(), more.iter().min_by_key(|finding| finding.severity));
        let Some(worst) = worst else { continue };
        let finding = more_of_a_rule(rule, &file, count).of(&worst.department);
        findings.push(Finding { severity: worst.severity, ..finding });
    }
    findings
}

/// Runs the rules on files and forms over a consolidated workbook that was read back
/// ([`crate::intake::consolidated`]); what its entries say is not judged again.
pub fn of_consolidated(receipt: &Receipt) -> Vec<Finding> {
    of_receipt(receipt, "F")
}

/// What the rules about a file say of a workbook of which nothing more is known.
pub fn of_unknown(receipt: &Receipt) -> Vec<Finding> {
    of_receipt(receipt, "F1")
}

fn of_receipt(receipt: &Receipt, codes: &str) -> Vec<Finding> {
    let (edition, annex) = (Edition::default(), Annex::default());
    let receipts = std::slice::from_ref(receipt);
    let context = Context::new(&edition, &annex, receipts, None, &|_| true);
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|check| check.rule.code.starts_with(codes)) {
        rule.run(&context, &mut findings);
    }
    findings
}

impl<'a> Context<'a> {
    pub fn new(
        edition: &'a Edition,
        annex: &'a Annex,
        receipts: &'a [Receipt],
        previous: Option<&'a Annex>,
        covers: &'a Covers<'a>,
    ) -> Self {
        Self { edition, annex, receipts, previous, covers, cells: cells::cells(annex) }
    }

    /// The column that is a typed field of the model, where the form asks for it.
    fn asked(&self, table: Table, role: Role) -> Option<&'a Column> {
        let column = self.edition.schema.with_role(table, role);
        column.filter(|column| column.is_on(Paper::Form))
    }

    /// The form's label of the column that is a typed field of the model; `None` where the form
    /// does not ask for it, so that nothing stands in it that a rule could speak of.
    fn label(&self, table: Table, role: Role) -> Option<&'a str> {
        self.asked(table, role).map(|column| column.label.as_str())
    }

    /// What the edition calls things.
    fn words(&self) -> &'a Words {
        &self.edition.schema.words
    }

    /// A text with the words and labels of the edition in place of its placeholders.
    fn fill<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.edition.schema.fill(text)
    }

    /// Every observation of a kind, with the file that has it.
    fn observations(
        &self,
        kind: ObservationKind,
    ) -> impl Iterator<Item = (&'a Receipt, &'a Observation)> {
        self.receipts
            .iter()
            .flat_map(|receipt| {
                receipt.observations.iter().map(move |observation| (receipt, observation))
            })
            .filter(move |(_, observation)| observation.kind == kind)
    }
}

/// That there are so many more findings of a rule on a file.
fn more_of_a_rule(rule: &'static Rule, file: &str, count: usize) -> Finding {
    let message = say!(
        "同じ種類の指摘がほかに{count}件ある（多いので1件ずつは示さない）",
        "{count} more findings of this rule, which are not told one by one"
    );
    rule.finding(message).at(&Place::file(file))
}

/// What a rule says of an observation: at its place, of its department, with what was found there.
pub fn finding_of(
    rule: &'static Rule,
    receipt: &Receipt,
    observation: &Observation,
    message: Say,
) -> Finding {
    let place = if observation.at.is_nowhere() {
        Place::file(&receipt.file)
    } else {
        observation.at.clone()
    };
    finding_at(rule, receipt, &place, message)
        .found(&observation.found)
        .expected(&observation.expected)
        .also_at(observation.more.iter().cloned())
}

/// What a rule says of a place in a file: of the department whose file it is.
pub fn finding_at(rule: &'static Rule, receipt: &Receipt, at: &Place, message: Say) -> Finding {
    let department = receipt.department.as_deref().unwrap_or_default();
    rule.finding(message).at(at).of(department)
}

/// Every table of the files that count, with its file.
pub fn received<'a>(
    context: &Context<'a>,
) -> impl Iterator<Item = (&'a Receipt, &'a TableReceived)> {
    let read = context.receipts.iter().filter(|receipt| receipt.outcome == Outcome::Read);
    read.flat_map(|receipt| receipt.tables.iter().map(move |received| (receipt, received)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn rules_are_sorted_and_their_codes_and_names_unique() {
        let codes: Vec<_> = RULES.iter().map(|c| c.rule.code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "not sorted or not unique: {codes:?}");
        let names: BTreeSet<_> = RULES.iter().map(|c| c.rule.name).collect();
        assert_eq!(names.len(), RULES.len(), "a name is used twice");
    }

    #[test]
    fn every_rule_file_is_registered_under_its_name() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks");
        let letters = [
            ("characters", "C3"),
            ("entries", "E6"),
            ("file", "F1"),
            ("form", "F2"),
            ("kpis", "K5"),
            ("notation", "N4"),
            ("whole", "S7"),
        ];
        let mut files = BTreeSet::new();
        for (sub, prefix) in letters {
            for entry in std::fs::read_dir(folder.join(sub)).expect("the folder of rules") {
                let path = entry.expect("a directory entry").path();
                let stem = path.file_stem().and_then(|s| s.to_str()).expect("a file name");
                if stem != "mod" {
                    files.insert((prefix, stem.replace('_', "-")));
                }
            }
        }
        let registered: BTreeSet<_> =
            WITH_FILES.iter().map(|c| (&c.rule.code[..2], c.rule.name.to_owned())).collect();
        assert_eq!(registered, files);
    }

    #[test]
    fn every_rule_is_documented() {
        for Check { rule, .. } in RULES.iter() {
            for (part, text) in [
                ("title", rule.title),
                ("title_en", rule.title_en),
                ("what", rule.what),
                ("why", rule.why),
                ("mend", rule.mend),
                ("example", rule.example),
            ] {
                assert!(!text.trim().is_empty(), "{}: {part} is empty", rule.code);
            }
            assert!(!rule.title.ends_with('。'), "{}: the title is a phrase", rule.code);
            for text in [rule.what, rule.why, rule.mend] {
                assert!(text.ends_with('。'), "{}: not a sentence: {text}", rule.code);
            }
        }
    }

    #[test]
    fn a_column_that_is_added_to_the_schema_is_checked_as_the_others_are() {
        let text = "
            @column budget 予算額
            施策名           | 予算額
            広報紙の電子配信 |
            電子申請の受付   | 同上
            窓口予約の導入   | \u{E000}千円
            名簿の電子化     | （千円";
        let found = testing::findings(text);
        let added = found.iter().filter(|f| f.place.cell.is_some_and(|cell| cell.column == 11));
        let codes: BTreeSet<&str> = added.map(|finding| finding.rule.code).collect();
        // Nothing stands there, a word was to be replaced, 外字, an open bracket.
        for code in ["E601", "E630", "C301", "N406"] {
            assert!(codes.contains(code), "{code} in {codes:?}");
        }
    }

    #[test]
    fn a_sound_edition_has_no_findings() {
        let text = "
            == 01_総務部.xlsx
            分野 | 施策名             | 概要               | 目的                 | 担当課室
            1(1) 子育て支援 | 広報紙の電子配信   | 広報紙を配信する。 | 読みやすくする。     | 広報課
            1(2) 教育の充実 | 電子申請の受付     | 申請を受け付ける。 | 手間を減らす。       | 市町村課

            分野 | 主なKPI                | 対象施策         | 現状値 | 目標値
            1(1) 子育て支援 | 広報紙の購読者数（人） | 広報紙の電子配信 | 500人  | 800人（R9）
            == 02_企画部.xlsx
            分野 | 施策名             | 概要               | 目的                 | 再掲分野
            1(1) 子育て支援 | 統計地図の公開     | 地図を公開する。   | 調べやすくする。     | 1(2) 教育の充実

            分野            | 主なKPI            | 対象施策
            1(1) 子育て支援 | 地図の閲覧数（人） | 統計地図の公開
            ";
        let found = testing::findings(text);
        let said: Vec<_> = found.iter().map(|f| format!("{} {}", f.place, f.message.ja)).collect();
        assert_eq!(said, Vec::<String>::new());
    }
}

//! The columns whose texts a paper prints, as settings name them by their keys: those of `[progress]`,
//! and the reason of the lists of what is abolished (S127).

use std::collections::BTreeSet;

use super::check::Checker;
use super::rules;
use super::settings::{Chapter, Edition};
use crate::diag::{Rule, Severity};
use crate::schema::Table;
use crate::text::similar::nearest;

pub(super) static RULE: Rule = Rule {
    code: "S127",
    name: "abolition-reason-unknown",
    severity: Severity::Error,
    title: "廃止の一覧の理由の欄がない",
    title_en: "no column with the reasons of what is abolished",
    what: "廃止した{measure}と{kpi}の一覧（[[appendix]] 又は [[chapter]] の kind = \"abolished\"）の reason に書かれた key の欄が、{measure}か{kpi}の欄にあるかを調べます。",
    why: "ない欄を指していると、一覧に廃止の理由が1つも印刷されません。",
    mend: "reason に、理由を書く欄（[[measure-column]]、[[kpi-column]]）の key を書いてください。理由を印刷しないときは、reason の行を消してください。",
    example: "誤：reason = \"resaon\"\n正：reason = \"reason\"",
    source: "",
};

/// A setting that names columns: its table, its key and the line that is told.
#[derive(Clone, Copy)]
struct Naming<'a> {
    rule: &'static Rule,
    table: &'a str,
    setting: &'a str,
    line: u32,
}

impl Checker<'_> {
    /// The columns that 進捗状況 prints must be there.
    pub(super) fn printed_columns(&mut self, edition: &Edition) {
        let progress = &edition.progress;
        let of_measures = progress.measures.iter().map(|key| ("measures", key));
        for (setting, key) in of_measures.chain(progress.reason.iter().map(|key| ("reason", key))) {
            let (table, line) = ("[progress]", progress.line);
            let naming = Naming { rule: &rules::PROGRESS, table, setting, line };
            self.named_column(edition, &[Table::Measures], naming, key);
        }
    }

    /// So must that with the reasons of a list of what is abolished: in one of its two tables.
    pub(super) fn abolition_reasons(&mut self, edition: &Edition) {
        let lists = [("[[chapter]]", &edition.chapters), ("[[appendix]]", &edition.appendices)];
        for (table, chapters) in lists {
            for Chapter { abolished, line, .. } in chapters {
                let reason = abolished.as_ref().and_then(|list| list.reason.as_deref());
                let naming = Naming { rule: &RULE, table, setting: "reason", line: *line };
                let tables = [Table::Measures, Table::Kpis];
                if let Some(key) = reason {
                    self.named_column(edition, &tables, naming, key);
                }
            }
        }
    }

    /// Tells a key that no column of the tables has, be it asked for with the results only.
    fn named_column(&mut self, edition: &Edition, tables: &[Table], naming: Naming, key: &str) {
        let columns = tables.iter().flat_map(|table| edition.schema.columns(*table));
        let later = edition.asked_with_results.iter().map(String::as_str);
        let mut seen = BTreeSet::new();
        let known = columns.map(|column| &*column.key).chain(later);
        let known: Vec<&str> = known.filter(|key| seen.insert(*key)).collect();
        if known.contains(&key) {
            return;
        }
        let Naming { rule, table, setting, line } = naming;
        let message =
            say!("{table} の {setting} に書かれた欄がない", "{setting} of {table} names no column");
        let finding = self.add(rule, line, message);
        finding.found = key.to_owned();
        finding.expected = known.join("、");
        if let Some(near) = nearest(key, known) {
            finding.help =
                say!("\"{near}\" の書き誤りではありませんか。", "did you mean \"{near}\"?");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::edition::parse;

    /// What is told of a list with this reason beside a column of the measures and one of the KPIs.
    fn told(table: &str, reason: &str) -> Vec<(u32, String, String)> {
        let example = include_str!("../../inputs/2025/edition.toml");
        let columns = "[[measure-column]]\nkey = \"why\"\nlabel = \"廃止の理由\"\n\
                       [[kpi-column]]\nkey = \"because\"\nlabel = \"廃止の理由\"\n";
        let list = format!("[[{table}]]\ntitle = \"廃止\"\nkind = \"abolished\"\n{reason}\n");
        let (_, findings) = parse("edition.toml", &format!("{list}{example}\n{columns}"));
        let findings = findings.into_iter();
        let told = findings.map(|f| (f.place.line.unwrap_or(0), f.rule.code.to_owned(), f.help.ja));
        told.collect()
    }

    #[test]
    fn a_reason_that_no_column_has_would_print_no_reasons_in_silence() {
        for table in ["appendix", "chapter"] {
            for sound in ["", "reason = \"why\"", "reason = \"because\"", "reason = \"note\""] {
                assert_eq!(told(table, sound), [], "{sound}");
            }
            let near = |key: &str| format!("\"{key}\" の書き誤りではありませんか。");
            for (wrong, help) in
                [("becuase", near("because")), ("9", String::new()), ("", String::new())]
            {
                let reason = format!("reason = \"{wrong}\"");
                assert_eq!(told(table, &reason), [(1, "S127".to_owned(), help)], "{wrong}");
            }
        }
    }
}

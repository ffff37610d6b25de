//! Side files: `csv` and `json` beside templates of one's own, with more about the entries of the
//! annex. What is of an entry goes by its id; here it is looked at whether the ids are right.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diag::{Finding, Place, Rule, Say, Severity};
use crate::model::Annex;
use crate::schema::Words;
use crate::text::key;
use crate::text::similar::nearest;

pub(super) static UNREADABLE: Rule = Rule {
    code: "T910",
    name: "side-file-unreadable",
    severity: Severity::Error,
    title: "ひな形の付属ファイルを読み取れない",
    title_en: "a side file of the templates cannot be read",
    what: "ひな形のフォルダーに置かれた付属ファイル（.csv と .json）が、文字コードUTF-8の、それぞれの書式のとおりのファイルかどうかを見ます。",
    why: "読み取れない付属ファイルは、ひな形からも読めません。",
    mend: "示された行を直してください。Excelでは「CSV UTF-8（コンマ区切り）」を選んで保存してください。",
    example: "誤：見出しが3列で、ある行が2列だけのCSV\n正：全ての行の列の数が同じCSV",
    source: "",
};

pub(super) static ID_UNKNOWN: Rule = Rule {
    code: "T911",
    name: "side-file-id-unknown",
    severity: Severity::Warning,
    title: "ひな形の付属ファイルのIDが別冊にない",
    title_en: "an id of a side file is not in the annex",
    what: "ひな形の付属ファイル（.csv と .json）に書かれたIDが、別冊に載る{measure}か{kpi}のものかどうかを見ます。CSVでは「id」「{measures.id}」のような見出しの最初の列、JSONではIDを名前とする項目、又は並びの中の「id」を見ます。IDのないファイルは、照合せずに情報として知らせます。",
    why: "別冊にないIDの行は、どこにも印刷されません。",
    mend: "IDを確かめてください。廃止された{measure}の行は取り除いてください。",
    example: "誤：R7-01\n正：R7-001",
    source: "",
};

pub(super) static ENTRY_MISSING: Rule = Rule {
    code: "T912",
    name: "side-file-entry-missing",
    severity: Severity::Warning,
    title: "ひな形の付属ファイルに行のない{measure}・{kpi}がある",
    title_en: "entries without a row in a side file",
    what: "{measure}のIDを持つ付属ファイルに、別冊に載る全ての{measure}の行があるかどうかを見ます。{kpi}のIDを持つものでは、{kpi}について同じように見ます。",
    why: "行のない{measure}は、付属ファイルから印刷する欄が空白になります。",
    mend: "行を書き足してください。書くことがない{measure}も、IDだけの行を置いてください。",
    example: "誤：R7-012の行がない\n正：R7-012の行がある",
    source: "",
};

/// The ids of an entry that was told as missing, at most.
const SHOWN: usize = 10;

/// Looks at every side file among an edition's own templates.
pub fn check(annex: &Annex, templates: &[(String, Vec<u8>)]) -> Vec<Finding> {
    let known = Known::of(annex);
    let mut findings = Vec::new();
    for (name, bytes) in templates {
        let read = match std::path::Path::new(name).extension().and_then(|e| e.to_str()) {
            Some(kind) if kind.eq_ignore_ascii_case("csv") => of_csv as fn(&str) -> Read,
            Some(kind) if kind.eq_ignore_ascii_case("json") => of_json,
            _ => continue,
        };
        match ids(name, bytes, read) {
            Ok(Some(ids)) => known.judge(name, &ids, &mut findings),
            Ok(None) => {
                let message = say!(
                    "IDのない付属ファイルなので、別冊と照合していない",
                    "a side file without ids is not compared with the annex"
                );
                let finding = ID_UNKNOWN.finding(message).severity(Severity::Info);
                findings.push(finding.at(&Place::file(name)));
            }
            Err(finding) => findings.push(*finding),
        }
    }
    findings
}

/// An id as a file has it, with its line.
struct Stated {
    id: String,
    line: Option<u32>,
}

/// The ids of a file, or that it has none; else its line that is at fault, and why.
type Read = Result<Option<Vec<Stated>>, (Option<u32>, Say)>;

fn ids(
    name: &str,
    bytes: &[u8],
    read: fn(&str) -> Read,
) -> Result<Option<Vec<Stated>>, Box<Finding>> {
    let fault = |line: Option<u32>, message: Say| {
        let place = line.map_or_else(|| Place::file(name), |line| Place::line(name, line));
        Box::new(UNREADABLE.finding(message).at(&place))
    };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or(bytes);
        let feeds = before.iter().filter(|&&byte| byte == b'\n').count();
        fault(
            u32::try_from(feeds + 1).ok(),
            say!("文字コードが UTF-8 でない", "it is not in UTF-8"),
        )
    })?;
    read(text.strip_prefix('\u{feff}').unwrap_or(text)).map_err(|(line, why)| fault(line, why))
}

/// Whether a heading is that of a column of ids: 「id」「施策ID」「KPI ID」.
fn is_of_ids(heading: &str) -> bool {
    let key = key(heading);
    let Some(before) = key.strip_suffix("id") else { return false };
    before == "kpi" || !before.ends_with(|c: char| c.is_ascii_alphanumeric())
}

fn of_csv(text: &str) -> Read {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| not_csv(&error))?;
    let Some(column) = headings.iter().position(is_of_ids) else { return Ok(None) };
    let mut ids = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| not_csv(&error))?;
        let line = record.position().and_then(|at| u32::try_from(at.line()).ok());
        let id = record.get(column).unwrap_or_default().trim().to_owned();
        ids.push(Stated { id, line });
    }
    Ok(Some(ids))
}

fn not_csv(error: &csv::Error) -> (Option<u32>, Say) {
    let line = error.position().and_then(|at| u32::try_from(at.line()).ok());
    let why = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => say!(
            "列の数が見出しの行と違う（見出し {expected_len}列、この行 {len}列）",
            "the row has {len} columns, the heading {expected_len}"
        ),
        _ => say!("CSVとして読み取れない（{error}）", "it is no CSV ({error})"),
    };
    (line, why)
}

fn of_json(text: &str) -> Read {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let why = say!("JSONとして読み取れない（{error}）", "it is no JSON ({error})");
        (u32::try_from(error.line()).ok(), why)
    })?;
    let ids: Vec<String> = match &value {
        Value::Object(object) => object.keys().filter(|key| is_like_an_id(key)).cloned().collect(),
        Value::Array(rows) => rows.iter().filter_map(id_of_row).collect(),
        _ => Vec::new(),
    };
    let line = |id: &str| {
        let quoted = Value::from(id).to_string();
        let before = text.find(&quoted).and_then(|at| text.get(..at))?;
        u32::try_from(before.matches('\n').count() + 1).ok()
    };
    let stated = |id: String| Stated { line: line(&id), id };
    Ok((!ids.is_empty()).then(|| ids.into_iter().map(stated).collect()))
}

fn id_of_row(row: &Value) -> Option<String> {
    let (_, id) = row.as_object()?.iter().find(|(key, _)| is_of_ids(key))?;
    Some(id.as_str().map_or_else(|| id.to_string(), |id| id.trim().to_owned()))
}

/// Whether a text is written as ids are: `R7-001`, `R7-K01`.
fn is_like_an_id(text: &str) -> bool {
    text.split_once('-').is_some_and(|(edition, number)| {
        let number = number.strip_prefix(['K', 'k']).unwrap_or(number);
        let is_of =
            |text: &str, is: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(is);
        is_of(edition, u8::is_ascii_alphanumeric) && is_of(number, u8::is_ascii_digit)
    })
}

/// The ids of the entries that are printed.
struct Known<'a> {
    measures: BTreeSet<&'a str>,
    kpis: BTreeSet<&'a str>,
    words: &'a Words,
}

impl<'a> Known<'a> {
    fn of(annex: &'a Annex) -> Self {
        let measures = annex.measures.iter().filter(|measure| measure.is_printed());
        let kpis = annex.kpis.iter().filter(|kpi| kpi.is_printed());
        Self {
            measures: measures.map(|measure| measure.id.as_str()).collect(),
            kpis: kpis.map(|kpi| kpi.id.as_str()).collect(),
            words: &annex.schema.words,
        }
    }

    fn has(&self, id: &str) -> bool {
        self.measures.contains(id) || self.kpis.contains(id)
    }

    fn judge(&self, name: &str, ids: &[Stated], findings: &mut Vec<Finding>) {
        let unknown: Vec<&Stated> = ids.iter().filter(|stated| !self.has(&stated.id)).collect();
        if unknown.len() == ids.len() && ids.len() > 1 {
            let message = say!("IDがどれも別冊にない", "none of its ids is in the annex");
            let found = ids.first().map(|stated| stated.id.clone()).unwrap_or_default();
            findings.push(ID_UNKNOWN.finding(message).at(&Place::file(name)).found(found));
            return;
        }
        findings.extend(unknown.into_iter().map(|stated| self.unknown(name, stated)));
        let stated: BTreeSet<&str> = ids.iter().map(|stated| stated.id.as_str()).collect();
        let Words { measure, kpi, .. } = self.words;
        let both = [(measure, "measures", &self.measures), (kpi, "KPIs", &self.kpis)];
        for (kind, kind_en, entries) in both {
            let missing: Vec<&str> = entries.difference(&stated).copied().collect();
            if missing.is_empty() || missing.len() == entries.len() {
                // None of the kind: the file is about the other one.
                continue;
            }
            let count = missing.len();
            let message = say!("{kind}{count}件の行がない", "{count} {kind_en} have no row");
            let mut shown = missing.iter().take(SHOWN).copied().collect::<Vec<_>>().join("、");
            if let Some(more) = count.checked_sub(SHOWN).filter(|more| *more > 0) {
                shown.push_str(&format!(" ほか{more}件"));
            }
            let finding = ENTRY_MISSING.finding(message).at(&Place::file(name));
            findings.push(finding.expected(shown));
        }
    }

    fn unknown(&self, name: &str, stated: &Stated) -> Finding {
        let Stated { id, line } = stated;
        let message = if id.is_empty() {
            say!("IDが空である", "the id is blank")
        } else {
            let Words { measure, kpi, .. } = self.words;
            say!(
                "ID「{id}」の{measure}・{kpi}が別冊にない",
                "no entry of the annex has the id \"{id}\""
            )
        };
        let place = line.map_or_else(|| Place::file(name), |line| Place::line(name, line));
        let near = nearest(id, self.measures.iter().chain(&self.kpis).copied());
        let finding = ID_UNKNOWN.finding(message).at(&place).found(id);
        near.map_or(finding.clone(), |near| finding.expected(near))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Entry, Id, Kpi, Measure};

    fn annex() -> Annex {
        let entry = |id: &str| Entry { id: Id(id.into()), ..Entry::default() };
        let measure = |id: &&str| Measure { entry: entry(id) };
        Annex {
            measures: ["R7-001", "R7-002", "R7-003"].iter().map(measure).collect(),
            kpis: vec![Kpi { entry: entry("R7-K01"), ..Kpi::default() }],
            ..Annex::default()
        }
    }

    fn said(name: &str, text: &[u8]) -> Vec<String> {
        let findings = check(&annex(), &[(name.to_owned(), text.to_vec())]);
        let shown = |f: &Finding| {
            let line = f.place.line.unwrap_or(0);
            format!("{} {line} {}→{}", f.rule.code, f.found, f.expected)
        };
        findings.iter().map(shown).collect()
    }

    #[test]
    fn a_file_with_a_row_for_every_entry_is_right() {
        for (name, text) in [
            ("budget.csv", "\u{feff}施策ID,予算\r\nR7-001,1\r\nR7-002,\"2\r\n\"\r\nR7-003,\r\n"),
            ("kpis.CSV", "name,KPI ID\nx,R7-K01\n"),
            ("photos.json", r#"{ "R7-001": "a", "R7-002": "b", "R7-003": "c", "note": "x" }"#),
            ("rows.json", r#"[{ "id": "R7-K01", "text": "x" }]"#),
            ("tables.typ", "#let id = 1"),
        ] {
            assert_eq!(said(name, text.as_bytes()), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn ids_that_are_not_in_the_annex_and_entries_without_a_row_are_found() {
        let csv = "施策ID,予算\nR7-001,1\nR7-020,2\n,3\n";
        assert_eq!(
            said("budget.csv", csv.as_bytes()),
            ["T911 3 R7-020→R7-002", "T911 4 →", "T912 0 →R7-002、R7-003"]
        );
        let json = "{\n  \"R7-001\": 1,\n  \"R7-002\": 2,\n  \"R7-004\": 3\n}";
        assert_eq!(said("a.json", json.as_bytes()), ["T911 4 R7-004→R7-001", "T912 0 →R7-003"]);
        let old = "id\nR6-001\nR6-002\n";
        assert_eq!(said("old.csv", old.as_bytes()), ["T911 0 R6-001→"]);
    }

    #[test]
    fn a_file_without_ids_is_told_as_information_alone() {
        for (name, text) in [
            ("glossary.csv", "用語,意味\nDX,変革\n"),
            ("glossary.json", r#"{ "DX": "変革" }"#),
            ("grid.csv", "grid\n1\n"),
        ] {
            let found = check(&annex(), &[(name.to_owned(), text.as_bytes().to_vec())]);
            let told: Vec<_> = found.iter().map(|f| (f.rule.code, f.severity)).collect();
            assert_eq!(told, [("T911", Severity::Info)], "{name}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named_with_its_line() {
        for (name, text, expected) in [
            ("a.csv", &b"id,x\nR7-001,1\nR7-002\n"[..], "T910 3 →"),
            ("a.csv", b"id,x\nR7-001,\x83\x65\n", "T910 2 →"),
            ("a.json", b"{\n  \"R7-001\": \n}", "T910 3 →"),
        ] {
            assert_eq!(said(name, text), [expected], "{name}");
        }
    }
}

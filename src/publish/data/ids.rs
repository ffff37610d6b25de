//! `ids.csv`: the ids that an edition has given out, so that none is ever another entry's.

use std::collections::BTreeMap;

use super::csv::{guarded, record, unguarded};
use crate::diag::{Finding, Place, Rule, Say, Severity};
use crate::model::{Annex, Entry, Id, KeptId};
use crate::publish::artifact::{Artifact, ContentType};
use crate::schema::{Table, Words};
use crate::text::key;

/// The name of the file in an edition's folder.
pub const FILE: &str = "ids.csv";

/// What the columns are called, in their order.
const LABELS: [&str; 6] = ["ID", "種別", "部局", "課室", "見出し", "名称"];

/// The rules on the file.
pub static RULES: &[&Rule] = &[&INVALID, &LOST, &ROWS];

static INVALID: Rule = Rule {
    code: "S281",
    name: "ids-file-invalid",
    severity: Severity::Error,
    title: "ids.csv の内容が正しくない",
    title_en: "ids.csv is not valid",
    what: "付けたIDを控えた ids.csv に、見出しの行、正しい形のID、名称があり、1つのIDが2行にないかを見ます。",
    why: "誤ったまま使うと、一度付けたIDが別の{measure}・{kpi}のものになります。",
    mend: "ids.csv は別冊の作成のたびに書き足されます。ふだんは書き換えないでください。書き換えたときは、示された行を元に戻してください。",
    example: "「R7-012」が2行にある → 誤って写した行を消す",
    source: "",
};

static LOST: Rule = Rule {
    code: "S282",
    name: "ids-file-lost",
    severity: Severity::Warning,
    title: "ids.csv がなくなっている",
    title_en: "ids.csv is gone",
    what: "保存された版（out の中の版ごとのフォルダー）があるのに、付けたIDを控えた ids.csv がないことがないかを見ます。",
    why: "控えがないと、改訂のときにIDがずれ、別の{measure}・{kpi}のものになります。",
    mend: "ids.csv を元に戻してください。戻せないときは、保存された版のIDを使い、正式版を作るときに ids.csv を作り直します。",
    example: "ids.csv を誤って消した → 控えから戻す",
    source: "",
};

static ROWS: Rule = Rule {
    code: "S110",
    name: "ids-rows-missing",
    severity: Severity::Error,
    title: "ids.csv の行が減っているか、増えている",
    title_en: "ids.csv has fewer or more rows than were written",
    what: "ids.csv の見出しの行に控えた件数と、実際の行の数が同じかを見ます。",
    why: "行が抜けると、その{measure}・{kpi}に新しいIDが付き、公表した版とIDが変わります。",
    mend: "消した行を、控えや保存された版（out の中の版ごとのフォルダー）から戻してください。承知の上で行を変えたときは、見出しの行の末尾の件数を実際の件数に直してください。",
    example: "見出しに「174件」とあるのに行が173 → 消した行を戻す",
    source: "",
};

/// The rows of an annex with those that were kept before: what is gone keeps its id.
pub fn kept(annex: &Annex, before: &[KeptId]) -> Vec<KeptId> {
    let measures = annex.measures.iter().map(|measure| (Table::Measures, &measure.entry));
    let now = measures.chain(annex.kpis.iter().map(|kpi| (Table::Kpis, &kpi.entry)));
    // What has no name as yet cannot be found again.
    let named = now.filter(|(_, entry)| !entry.name.value.trim().is_empty());
    let now: Vec<KeptId> = named.map(|(table, entry)| row(annex, table, entry)).collect();
    joined(before, &now)
}

/// Rows with others, which have the last word on an id that both have.
pub fn joined(before: &[KeptId], now: &[KeptId]) -> Vec<KeptId> {
    let mut rows: BTreeMap<(Table, &Id), &KeptId> = BTreeMap::new();
    for row in before.iter().chain(now) {
        rows.insert((row.table, &row.id), row);
    }
    rows.into_values().cloned().collect()
}

fn row(annex: &Annex, table: Table, entry: &Entry) -> KeptId {
    let heading = entry.category.value.and_then(|id| annex.heading(id));
    KeptId {
        id: entry.id.clone(),
        table,
        department: entry.submitted_by.clone(),
        section: entry.section.value.clone(),
        heading: heading.map(crate::model::Heading::name).unwrap_or_default(),
        name: entry.name.value.clone(),
    }
}

/// The file, in the words of the edition.
pub fn render(kept: &[KeptId], words: &Words) -> Artifact {
    let mut csv = String::from('\u{feff}');
    let labels = LABELS.iter().map(|label| (*label).into());
    // The count stands in the row that has to be there, so that no other can go unnoticed.
    record(&mut csv, labels.chain([count(kept.len()).into()]));
    for row in kept {
        let texts = [
            row.id.as_str(),
            words.entry(row.table),
            &row.department,
            &row.section,
            &row.heading,
            &row.name,
        ];
        record(&mut csv, texts.into_iter().map(|text| guarded(text.into())));
    }
    Artifact::new(FILE, ContentType::Csv, csv.into_bytes())
}

/// The word for so many rows, behind the labels of the columns.
fn count(rows: usize) -> String {
    format!("{rows}件")
}

/// The kept ids, and what is wrong with the file.
pub fn read(bytes: &[u8]) -> (Vec<KeptId>, Vec<Finding>) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let message = say!("{FILE} の文字コードが UTF-8 でない", "{FILE} is not UTF-8");
        let finding = INVALID.finding(message).at(&Place::file(FILE)).help(say!(
            "Excel で保存し直したときは、「CSV UTF-8」を選んでください。",
            "Excel saves it so as “CSV UTF-8”"
        ));
        return (Vec::new(), vec![finding]);
    };
    // A record that ends with CRLF would count its line feed as the next one's.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Rows::default();
    for record in reader.records() {
        match record {
            Ok(record) => rows.add(&record),
            Err(error) => {
                let line = error.position().map_or(1, ::csv::Position::line);
                rows.fault(line, say!("{FILE} のこの行を読み取れない", "{FILE} is no CSV here"));
            }
        }
    }
    if rows.columns.is_none() {
        let message = say!("{FILE} に見出しの行がない", "{FILE} has no header");
        rows.fault(1, message).expected = LABELS.join("、");
    }
    rows.count();
    (rows.kept, rows.findings)
}

/// The file as it is read, row by row.
#[derive(Default)]
struct Rows {
    /// Where each of [`LABELS`] stands; nothing before the header.
    columns: Option<[Option<usize>; LABELS.len()]>,
    /// How many rows there are to be, and the line that says so.
    stated: Option<(usize, u64)>,
    /// How many there are, with those that are wrong.
    rows: usize,
    kept: Vec<KeptId>,
    findings: Vec<Finding>,
    ids: BTreeMap<String, u64>,
}

impl Rows {
    fn fault(&mut self, line: u64, message: Say) -> &mut Finding {
        let place = Place::line(FILE, u32::try_from(line).unwrap_or(u32::MAX));
        self.findings.push_mut(INVALID.finding(message).at(&place))
    }

    fn add(&mut self, record: &::csv::StringRecord) {
        let line = record.position().map_or(1, ::csv::Position::line);
        if record.iter().all(|field| field.trim().is_empty()) {
            return;
        }
        let Some(columns) = self.columns else {
            let at = |label: &str| record.iter().position(|field| key(field) == key(label));
            let columns = LABELS.map(at);
            if let [Some(_), .., Some(_)] = columns {
                self.columns = Some(columns);
                let count = |field: &str| key(field).strip_suffix('件')?.parse().ok();
                self.stated = record.iter().find_map(count).map(|stated| (stated, line));
            }
            return;
        };
        self.rows += 1;
        let texts = columns.map(|at| {
            let field = at.and_then(|at| record.get(at)).unwrap_or_default();
            unguarded(field).trim().to_owned()
        });
        let [id, _, department, section, heading, name] = texts;
        let Some(table) = table_of(&id) else {
            let message = match id.as_str() {
                "" => say!("「{name}」の行にIDがない", "“{name}” has no id"),
                _ => say!("「{id}」はIDの形をしていない", "“{id}” is no id"),
            };
            let finding = self.fault(line, message);
            finding.found = id;
            finding.expected = "R7-001、R7-K01".into();
            return;
        };
        if name.is_empty() {
            let message = say!("ID「{id}」の行に名称がない", "“{id}” has no name");
            self.fault(line, message).found = id;
            return;
        }
        if let Some(&first) = self.ids.get(&id) {
            let message = say!("ID「{id}」が2行にある", "“{id}” is on two lines");
            let finding = self.fault(line, message);
            finding.more.push(Place::line(FILE, u32::try_from(first).unwrap_or(u32::MAX)));
            finding.found = id;
            return;
        }
        self.ids.insert(id.clone(), line);
        self.kept.push(KeptId { id: Id(id), table, department, section, heading, name });
    }
}

impl Rows {
    /// Tells of rows that were taken away or added, where the header says how many there were.
    fn count(&mut self) {
        let rows = self.rows;
        let Some((stated, line)) = self.stated.filter(|(stated, _)| *stated != rows) else {
            return;
        };
        let place = Place::line(FILE, u32::try_from(line).unwrap_or(u32::MAX));
        let message = match stated.checked_sub(rows) {
            Some(less) => {
                say!("{FILE} の行が{less}件足りない", "{less} rows of {FILE} are missing")
            }
            None => {
                let more = rows - stated;
                say!("{FILE} の行が{more}件多い", "{FILE} has {more} rows too many")
            }
        };
        let finding = ROWS.finding(message).at(&place).expected(count(stated));
        let gaps = if rows < stated { self.gaps() } else { Vec::new() };
        let found = match gaps.as_slice() {
            [] => count(rows),
            gaps => format!("{}（{} がない）", count(rows), gaps.join("、")),
        };
        self.findings.push(finding.found(found));
    }

    /// The first of the numbers that are missing between those that are there.
    fn gaps(&self) -> Vec<String> {
        let mut last: BTreeMap<(&str, usize), u32> = BTreeMap::new();
        let mut gaps = Vec::new();
        for id in self.ids.keys() {
            let digits = id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let (before, number) = id.split_at(digits);
            let Ok(number) = number.parse::<u32>() else { continue };
            let last = last.entry((before, id.len())).or_insert(number);
            let missing = last.saturating_add(1)..number;
            let width = id.len() - digits;
            gaps.extend(missing.take(MOST_GAPS).map(|gap| format!("{before}{gap:0width$}")));
            *last = number;
        }
        gaps.truncate(MOST_GAPS);
        gaps
    }
}

/// So many of the ids that are missing are named.
const MOST_GAPS: usize = 10;

/// The table of an id by its form: `R7-001`, `R7-K01`.
fn table_of(id: &str) -> Option<Table> {
    let (edition, number) = id.rsplit_once('-')?;
    let (table, digits) = match number.strip_prefix('K') {
        Some(digits) => (Table::Kpis, digits),
        None => (Table::Measures, number),
    };
    let is_formed = !edition.is_empty() && !digits.is_empty();
    (is_formed && digits.bytes().all(|b| b.is_ascii_digit())).then_some(table)
}

/// That the file is gone, where ids were taken from the annexes of versions that are kept.
pub fn lost(from: &str) -> Finding {
    let message = say!(
        "{FILE} がないため、保存された版のIDを使った",
        "{FILE} is gone; the ids of the versions that are kept were taken"
    );
    LOST.finding(message).at(&Place::file(FILE)).found(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "ID,種別,部局,課室,見出し,名称\r\n";

    fn said(text: &str) -> String {
        let (_, findings) = read(text.as_bytes());
        let line = |f: &Finding| format!("{}: {}", f.place.line.unwrap_or(0), f.message.ja);
        findings.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_file_is_read_as_it_was_written_and_what_is_gone_stays() {
        let row = |id: &str, table, name: &str| KeptId {
            id: Id(id.into()),
            table,
            department: "総務部".into(),
            section: "広報課".into(),
            heading: "1(1) 子育て支援".into(),
            name: name.into(),
        };
        let rows = vec![
            row("R7-001", Table::Measures, "=広報, 紙の「電子」配信"),
            row("R7-002", Table::Measures, "窓口\n予約"),
            row("R7-K01", Table::Kpis, "購読者数（人）"),
        ];
        let file = render(&rows, &Words::default());
        let (back, findings) = read(&file.bytes);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(back, rows);
        assert_eq!(kept(&Annex::default(), &rows), rows, "nobody has them any more");
    }

    #[test]
    fn a_file_that_was_edited_wrongly_is_told_of_by_line() {
        for (rows, expected) in [
            ("R7-001,施策,総務部,広報課,1(1),配信\r\n\r\n", ""),
            (",施策,総務部,広報課,1(1),配信\r\n", "2: 「配信」の行にIDがない"),
            ("12,施策,総務部,広報課,1(1),配信\r\n", "2: 「12」はIDの形をしていない"),
            ("R7-001,施策,総務部,広報課,1(1),\r\n", "2: ID「R7-001」の行に名称がない"),
            ("R7-001,,,,,あ\r\nR7-001,,,,,い\r\n", "3: ID「R7-001」が2行にある"),
            ("R7-001,,,,,あ\r\nR7-002,,,,,あ\r\n", ""),
        ] {
            assert_eq!(said(&format!("{HEADER}{rows}")), expected);
        }
        assert_eq!(said("R7-001,施策\r\n"), "1: ids.csv に見出しの行がない");
        for (count, rows, expected) in [
            ("3件", "R7-001,,,,,あ\r\nR7-003,,,,,い\r\n", "1: ids.csv の行が1件足りない"),
            ("３件", "R7-001,,,,,あ\r\n", "1: ids.csv の行が2件足りない"),
            ("1件", "R7-001,,,,,あ\r\nR7-003,,,,,い\r\n", "1: ids.csv の行が1件多い"),
            ("2件", "R7-001,,,,,あ\r\nR7-003,,,,,い\r\n", ""),
        ] {
            let text = format!("{},{count}\r\n{rows}", HEADER.trim_end());
            assert_eq!(said(&text), expected);
        }
        let (_, gap) = read(
            format!("{},3件\r\nR7-001,,,,,あ\r\nR7-003,,,,,い\r\n", HEADER.trim_end()).as_bytes(),
        );
        assert_eq!((gap[0].rule.code, &*gap[0].found), ("S110", "2件（R7-002 がない）"));
        let (_, findings) = read(&[0x93, 0xfa]);
        assert!(findings[0].message.ja.contains("UTF-8"));
    }
}

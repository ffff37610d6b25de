//! The report for the terminal: by department, then sheet and cell.

use crate::diag::{CellRef, Finding, Lang, Place, Say, Severity};
use crate::report::{Counts, Report};
use crate::text::columns::{cut, cut_start, pad, widest, width};
use crate::text::escape::visible;

/// How the report is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Colours by ANSI escape sequences.
    pub color: bool,
    /// Findings of severity info too.
    pub info: bool,
    pub lang: Lang,
}

/// Columns to which an excerpt of a cell is cut.
const WIDTH: usize = 100;
/// Columns to which a cell that is shown from its beginning is cut; the workbook has all of it.
const LONGEST: usize = 300;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[33m";
const CYAN: &str = "\u{1b}[36m";
const PLAIN: &str = "\u{1b}[0m";

/// The findings and, as the last line, their number.
pub fn render(report: &Report, options: &Options) -> String {
    let mut out = Out { text: String::new(), options };
    let shown: Vec<&Finding> =
        report.findings.iter().filter(|f| options.info || f.severity != Severity::Info).collect();
    for department in shown.chunk_by(|a, b| a.department == b.department) {
        out.department(department);
    }
    out.summary(&report.counts());
    out.text
}

/// A finding in one line: label, code, place, message, and what was found where that says more.
pub fn line(finding: &Finding, options: &Options) -> String {
    let out = Out { text: String::new(), options };
    let message = finding.message.get(options.lang);
    let label = out.label(finding);
    let mut line = format!(
        "{label} {}  {}",
        finding.rule.code,
        visible(&format!("{}  {message}", finding.place.say().get(options.lang)))
    );
    if !finding.found.is_empty() && !message.contains(finding.found.as_str()) {
        line.push_str(&format!("（{}）", cut(&visible(&finding.found), WIDTH / 2)));
    }
    line
}

struct Out<'a> {
    text: String,
    options: &'a Options,
}

impl Out<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn paint(&self, color: &str, text: &str) -> String {
        if self.options.color { format!("{color}{text}{PLAIN}") } else { text.to_owned() }
    }

    fn word(&self, ja: &'static str, en: &'static str) -> &'static str {
        match self.options.lang {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    fn department(&mut self, findings: &[&Finding]) {
        let name = match findings.first().map(|f| f.department.as_str()) {
            None | Some("") => self.word("版の全体", "The edition").to_owned(),
            Some(name) => visible(name),
        };
        let heading = self.paint(BOLD, &name);
        self.line(&heading);
        let same_sheet = |a: &&Finding, b: &&Finding| {
            a.place.file == b.place.file && a.place.sheet == b.place.sheet
        };
        for block in findings.chunk_by(same_sheet) {
            self.sheet(block);
        }
        self.line("");
    }

    fn sheet(&mut self, findings: &[&Finding]) {
        if let Some(first) = findings.first() {
            let place = Place { cell: None, line: None, column: None, ..first.place.clone() };
            if !place.is_nowhere() {
                self.line(&format!("  {}", visible(&place.to_string())));
            }
        }
        let positions: Vec<String> =
            findings.iter().map(|f| f.place.position().get(self.options.lang).to_owned()).collect();
        let width = widest(positions.iter().map(String::as_str));
        for (finding, position) in findings.iter().zip(&positions) {
            self.finding(finding, position, width);
        }
    }

    fn finding(&mut self, finding: &Finding, position: &str, width: usize) {
        let gap = if width == 0 { "" } else { "  " };
        let position = pad(position, width);
        let label = self.label(finding);
        let code = finding.rule.code;
        let message = finding.message.get(self.options.lang);
        self.line(&format!("    {position}{gap}{label} {code}  {}", visible(message)));
        let indent = " ".repeat(4 + width + gap.len());
        self.excerpt(finding, &indent);
        let lang = self.options.lang;
        let help = finding.help.get(lang);
        if finding.text.is_empty() && !message.contains(finding.found.as_str()) {
            self.detail(
                &indent,
                self.word("記載", "found"),
                &cut(&visible(&finding.found), LONGEST),
            );
        }
        if !help.contains(finding.expected.as_str()) && !message.contains(finding.expected.as_str())
        {
            let expected = cut(&visible(&finding.expected), LONGEST);
            self.detail(&indent, self.word("求める内容", "expected"), &expected);
        }
        let mut help = help.lines();
        self.detail(&indent, self.word("直し方", "help"), help.next().unwrap_or_default());
        // What is to be pasted stands on lines of its own.
        for line in help {
            self.line(&format!("{indent}  {}", visible(line)));
        }
        let more = also_at(finding, lang);
        self.detail(&indent, self.word("ほか", "also"), &more);
        if let Some(reason) = &finding.accepted {
            self.detail(&indent, self.word("理由", "reason"), reason);
        }
    }

    fn label(&self, finding: &Finding) -> String {
        let (color, word) = match (finding.accepted.is_some(), finding.severity) {
            (true, _) => (DIM, Say::new("例外", "accepted")),
            (false, Severity::Error) => (RED, Severity::Error.say()),
            (false, Severity::Warning) => (YELLOW, Severity::Warning.say()),
            (false, Severity::Info) => (CYAN, Severity::Info.say()),
        };
        let width = match self.options.lang {
            Lang::Ja => 6,
            Lang::En => 8,
        };
        self.paint(color, &pad(word.get(self.options.lang), width))
    }

    fn detail(&mut self, indent: &str, label: &str, text: &str) {
        if !text.is_empty() {
            let label = self.paint(DIM, label);
            self.line(&format!("{indent}{label}  {}", visible(text)));
        }
    }

    /// The text around what was found, with a pointer under it.
    fn excerpt(&mut self, finding: &Finding, indent: &str) {
        if finding.text.is_empty() {
            return;
        }
        let room = WIDTH.saturating_sub(indent.len() + 2).max(20);
        let (text, before, under) = window(&finding.text, &finding.found, room);
        let bar = self.paint(DIM, "│");
        self.line(&format!("{indent}{bar} {text}"));
        if under > 0 {
            let pointer = self.paint(YELLOW, &"^".repeat(under));
            self.line(&format!("{indent}{bar} {}{pointer}", " ".repeat(before)));
        }
    }

    fn summary(&mut self, counts: &Counts) {
        let Counts { error, warning, info, accepted } = *counts;
        let mut line = if error + warning + info + accepted == 0 {
            say!("指摘はありません", "No findings")
        } else {
            say!(
                "エラー {error}件　警告 {warning}件　情報 {info}件",
                "{error} errors, {warning} warnings, {info} infos"
            )
        };
        if accepted > 0 {
            line.ja += &format!("　認めた例外 {accepted}件");
            line.en += &format!(", {accepted} accepted");
        }
        if info > 0 && !self.options.info {
            line.ja += "（情報は --info で表示します）";
            line.en += " (infos are shown with --info)";
        }
        let line = self.paint(BOLD, line.get(self.options.lang));
        self.line(&line);
        if error + warning > 0 {
            let hint = self.word(
                "指摘の意味と直し方は bessatsu explain コード で読めます。直さずに認める指摘は、bessatsu check --format accept で例外の書き方が分かります。",
                "bessatsu explain CODE tells what a finding means and how to mend it; bessatsu check --format accept writes the exceptions for what is accepted as it is.",
            );
            self.line(hint);
        }
    }
}

/// The further places: cells of the same sheet as ranges, others in full.
fn also_at(finding: &Finding, lang: Lang) -> String {
    let here = &finding.place;
    let (same, other): (Vec<&Place>, Vec<&Place>) = finding.more.iter().partition(|place| {
        place.file == here.file && place.sheet == here.sheet && place.cell.is_some()
    });
    let mut parts = ranges(same.iter().filter_map(|place| place.cell));
    parts.extend(other.iter().map(|place| place.say().get(lang).to_owned()));
    let list = parts.join("、");
    match same.len() {
        0 | 1 => list,
        count => say!("{list}（{count}か所）", "{list} ({count} cells)").get(lang).to_owned(),
    }
}

/// `G8:G46` for cells that follow one another down a column.
fn ranges(cells: impl Iterator<Item = CellRef>) -> Vec<String> {
    let mut cells: Vec<CellRef> = cells.collect();
    cells.sort_by_key(|cell| (cell.column, cell.row));
    cells
        .chunk_by(|a, b| a.column == b.column && a.row + 1 == b.row)
        .filter_map(|run| Some((run.first()?, run.last()?)))
        .map(|(a, b)| if a == b { a.to_string() } else { format!("{a}:{b}") })
        .collect()
}

/// The part of a text around `found` that fits into `room` columns, the columns before `found`
/// and the columns that it takes (0 where it is not in the text).
fn window(text: &str, found: &str, room: usize) -> (String, usize, usize) {
    let split = if found.is_empty() { None } else { text.split_once(found) };
    let Some((before, after)) = split else {
        return (cut(&visible(text), room), 0, 0);
    };
    let middle = cut(&visible(found), room / 2);
    let lead = cut_start(&visible(before), (room - width(&middle)) / 2);
    let rest = room.saturating_sub(width(&lead) + width(&middle));
    let tail = cut(&visible(after), rest);
    let (indent, under) = (width(&lead), width(&middle));
    (format!("{lead}{middle}{tail}"), indent, under.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{accept, edition, finding};

    fn report() -> Report {
        let mut edition = edition();
        edition.accepts = vec![accept("T100", Some("02_企画部.xlsx"), None)];
        let mut findings: Vec<_> =
            (7..10).map(|row| finding("01_総務部.xlsx", &format!("G{row}"))).collect();
        findings.push(
            finding("01_総務部.xlsx", "F10")
                .found("ＩＣＴ")
                .within("授業にＩＣＴを活用して指導する能力")
                .expected("ICT"),
        );
        findings.push(finding("02_企画部.xlsx", "F9").severity(Severity::Warning));
        findings.push(finding("02_企画部.xlsx", "F8").severity(Severity::Info).found("値"));
        Report::new(&edition, findings)
    }

    #[test]
    fn the_report_stands_by_department_sheet_and_cell() {
        let text = render(&report(), &Options::default());
        insta::assert_snapshot!(text, @r#"
        総務部
          01_総務部.xlsx「様式２　KPI」
            G7   エラー T100  値がおかしい
                 ほか  G8:G9（2か所）
            F10  エラー T100  値がおかしい
                 │ 授業にＩＣＴを活用して指導する能力
                 │       ^^^^^^
                 求める内容  ICT

        企画部
          02_企画部.xlsx「様式２　KPI」
            F9  例外   T100  値がおかしい
                理由  確認済み

        エラー 2件　警告 0件　情報 0件　認めた例外 2件
        指摘の意味と直し方は bessatsu explain コード で読めます。直さずに認める指摘は、bessatsu check --format accept で例外の書き方が分かります。
        "#);
    }

    #[test]
    fn infos_and_english_are_flags() {
        let options = Options { info: true, lang: Lang::En, ..Options::default() };
        insta::assert_snapshot!(render(&report(), &options), @r#"
        総務部
          01_総務部.xlsx「様式２　KPI」
            G7   error    T100  the value is odd
                 also  G8:G9 (2 cells)
            F10  error    T100  the value is odd
                 │ 授業にＩＣＴを活用して指導する能力
                 │       ^^^^^^
                 expected  ICT

        企画部
          02_企画部.xlsx「様式２　KPI」
            F8  accepted T100  the value is odd
                found  値
                reason  確認済み
            F9  accepted T100  the value is odd
                reason  確認済み

        2 errors, 0 warnings, 0 infos, 2 accepted
        bessatsu explain CODE tells what a finding means and how to mend it; bessatsu check --format accept writes the exceptions for what is accepted as it is.
        "#);
    }

    #[test]
    fn colours_are_a_flag() {
        let plain = render(&report(), &Options::default());
        assert!(!plain.contains('\u{1b}'));
        let colored = render(&report(), &Options { color: true, ..Options::default() });
        assert!(colored.contains("\u{1b}[1;31mエラー\u{1b}[0m"));
    }

    #[test]
    fn a_long_text_is_cut_around_what_was_found() {
        let text = format!("{}外字{}", "あ".repeat(50), "い".repeat(50));
        let (shown, before, under) = window(&text, "外字", 40);
        assert!(width(&shown) <= 40, "{shown}");
        assert_eq!((before, under), (17, 4));
        assert_eq!(shown, "…ああああああああ外字いいいいいいいいい…");
    }
}

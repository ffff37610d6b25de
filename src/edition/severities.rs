//! `[rules]`: what the edition says of the severity of the rules, by their codes.
//!
//! Which rules there are is known above: whoever has their list asks [`faults_of_rules`]. What no
//! edition may weaken stands here, because it holds whatever the settings say.

use super::reader::{Reader, Section};
use super::rules;
use super::settings::Edition;
use crate::diag::{Finding, Place, Rule, Say, Severity};
use crate::text::similar::nearest;

/// What the edition makes of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSetting {
    pub code: String,
    /// `None`: the rule says nothing.
    pub severity: Option<Severity>,
    pub line: u32,
}

const WORDS: [&str; 4] = ["off", "info", "warning", "error"];

fn severity(word: &str) -> Option<Severity> {
    match word {
        "info" => Some(Severity::Info),
        "warning" => Some(Severity::Warning),
        "error" => Some(Severity::Error),
        _ => None,
    }
}

fn word(severity: Option<Severity>) -> &'static str {
    match severity {
        None => "off",
        Some(Severity::Info) => "info",
        Some(Severity::Warning) => "warning",
        Some(Severity::Error) => "error",
    }
}

pub(super) fn read(s: &mut Section, r: &mut Reader) -> Vec<RuleSetting> {
    let chosen = s.choices_by_key(r, &WORDS);
    let setting = |(code, word, line)| RuleSetting { code, severity: severity(word), line };
    chosen.into_iter().map(setting).collect()
}

/// Why a rule may not be weakened.
#[derive(Clone, Copy)]
enum Reason {
    Settings,
    Unread,
    Lost,
    Paper,
}

impl Reason {
    fn say(self) -> Say {
        match self {
            Self::Settings => Say::new(
                "設定が書いたとおりに効かないまま、紙面が作られてしまいます。",
                "papers would be made with settings that do not hold",
            ),
            Self::Unread => Say::new(
                "読めなかったファイルの内容が、知らないうちに別冊から抜け落ちます。",
                "what an unread file holds would be missing without a word",
            ),
            Self::Lost => Say::new(
                "様式に書かれた内容が、知らないうちに別冊から抜け落ちます。",
                "what a form says would be missing without a word",
            ),
            Self::Paper => Say::new(
                "誤った紙面が、正しいものとして書き出されてしまいます。",
                "a wrong paper would be published as a right one",
            ),
        }
    }
}

/// The settings whose faults do no more than leave a list empty or a name ambiguous.
const OF_THE_EDITION: [&str; 6] = ["S119", "S202", "S203", "S205", "S207", "S270"];
/// Files of which nothing is read.
const UNREAD: [&str; 8] = ["F101", "F102", "F103", "F104", "F106", "F107", "F108", "F112"];
/// What stands in a form, and is not read or not printed.
const LOST: [&str; 9] = ["E602", "F201", "F203", "F212", "F213", "F216", "F230", "F245", "F246"];
/// Text that no paper has: whoever asks for all that there is to know must find it.
const UNPRINTED: [&str; 3] = ["F205", "F231", "F232"];

/// The least severity that a rule must keep, as against its own, and why.
fn least(code: &str, own: Severity) -> Option<(Severity, Reason)> {
    let is_of = |prefixes: &[&str]| prefixes.iter().any(|prefix| code.starts_with(prefix));
    if is_of(&["S1", "S2"]) && !OF_THE_EDITION.contains(&code) {
        Some((own, Reason::Settings))
    } else if UNREAD.contains(&code) {
        Some((own, Reason::Unread))
    } else if LOST.contains(&code) {
        Some((own, Reason::Lost))
    } else if UNPRINTED.contains(&code) {
        Some((Severity::Info, Reason::Lost))
    } else if is_of(&["T9"]) {
        Some((own, Reason::Paper))
    } else {
        None
    }
}

impl Edition {
    /// What becomes of a finding under `[rules]`: its severity, or `None` where it is not told.
    ///
    /// A finding that is weaker than its rule, for the case is, does not become stronger than it
    /// was. What no edition may weaken stays as it is.
    pub fn severity_of(&self, finding: &Finding) -> Option<Severity> {
        let (rule, is) = (finding.rule, finding.severity);
        let Some(setting) = self.rules.iter().find(|setting| setting.code == rule.code) else {
            return Some(is);
        };
        // Error is the least of the three, and info the greatest.
        let asked =
            setting.severity.map(|asked| if is > rule.severity { is.max(asked) } else { asked });
        match least(rule.code, rule.severity) {
            Some((least, _)) => Some(asked.unwrap_or(Severity::Info).min(least.max(is))),
            None => asked,
        }
    }
}

/// What is wrong with `[rules]` and `[[accept]]`: codes of no rule, and rules that may not be
/// weakened so far.
pub fn faults_of_rules(file: &str, edition: &Edition, known: &[&'static Rule]) -> Vec<Finding> {
    let of_rules = edition.rules.iter().filter_map(|setting| fault(file, setting, edition, known));
    let accepts = edition.accepts.iter().filter(|accept| !accept.code.is_empty());
    let of_accepts = accepts.filter(|accept| known.iter().all(|rule| rule.code != accept.code));
    let of_accepts = of_accepts.map(|accept| {
        let at = Place::line(file, accept.line);
        no_code(&rules::ACCEPT, "[[accept]]", &accept.code, edition, known).at(&at)
    });
    of_rules.chain(of_accepts).collect()
}

/// That there is no rule with a code.
fn no_code(
    rule: &'static Rule,
    table: &str,
    code: &str,
    edition: &Edition,
    known: &[&'static Rule],
) -> Finding {
    let message =
        say!("{table}の {code} は指摘のコードでない", "{code} in {table} is the code of no rule");
    let help = say!(
        "コードの一覧は bessatsu explain で表示されます。",
        "bessatsu explain lists the codes"
    );
    let finding = rule.finding(message).found(code).help(help);
    match meant(code, known) {
        Some(rule) => {
            let title = edition.schema.fill(rule.title);
            finding.expected(format!("{}（{title}）", rule.code))
        }
        None => finding,
    }
}

fn fault(
    file: &str,
    setting: &RuleSetting,
    edition: &Edition,
    known: &[&'static Rule],
) -> Option<Finding> {
    let RuleSetting { code, severity, line } = setting;
    let at = Place::line(file, *line);
    let Some(rule) = known.iter().find(|rule| rule.code == code) else {
        return Some(no_code(&rules::RULE_SETTING, "[rules]", code, edition, known).at(&at));
    };
    let (least, reason) = least(code, rule.severity)?;
    if severity.is_some_and(|severity| severity <= least) {
        return None;
    }
    let (title, title_en) = (edition.schema.fill(rule.title), rule.title_en);
    let message = say!(
        "{code}（{title}）は、これより軽くできない",
        "{code} ({title_en}) cannot be made as light as this"
    );
    let help = reason.say();
    Some(
        rules::RULE_SETTING
            .finding(message)
            .at(&at)
            .found(format!("{code} = \"{}\"", word(*severity)))
            .expected(format!("{code} = \"{}\"", word(Some(least))))
            .help(help),
    )
}

/// The rule that an unknown code most likely means: by its code, or by its name.
fn meant(code: &str, known: &[&'static Rule]) -> Option<&'static Rule> {
    let words = known.iter().flat_map(|rule| [rule.code, rule.name]);
    let near = nearest(code, words)?;
    known.iter().copied().find(|rule| [rule.code, rule.name].contains(&near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Accept;

    static STRONG: Rule = rule("F103", Severity::Error);
    static UNPRINTED_TEXT: Rule = rule("F231", Severity::Info);
    static PLAIN: Rule = rule("N411", Severity::Warning);

    const fn rule(code: &'static str, severity: Severity) -> Rule {
        Rule {
            code,
            name: "a-rule-for-tests",
            severity,
            title: "試しの規則",
            title_en: "a rule for tests",
            what: "",
            why: "",
            mend: "",
            example: "",
            source: "",
        }
    }

    fn edition(code: &str, severity: Option<Severity>) -> Edition {
        let rules = vec![RuleSetting { code: code.into(), severity, line: 12 }];
        Edition { rules, ..Edition::default() }
    }

    #[test]
    fn a_finding_takes_the_severity_that_the_edition_gives_its_rule() {
        use Severity::{Error, Info, Warning};
        for (rule, is, asked, expected) in [
            (&PLAIN, Warning, Some(Error), Some(Error)),
            (&PLAIN, Warning, Some(Info), Some(Info)),
            (&PLAIN, Warning, None, None),
            // The case is weaker than the rule, and stays so.
            (&PLAIN, Info, Some(Error), Some(Info)),
            (&PLAIN, Error, Some(Warning), Some(Warning)),
            // What may not be weakened.
            (&STRONG, Error, Some(Info), Some(Error)),
            (&STRONG, Error, None, Some(Error)),
            (&STRONG, Warning, None, Some(Warning)),
            (&UNPRINTED_TEXT, Info, None, Some(Info)),
            (&UNPRINTED_TEXT, Info, Some(Warning), Some(Warning)),
        ] {
            let finding = rule.finding(Say::new("文", "text")).severity(is);
            let got = edition(rule.code, asked).severity_of(&finding);
            assert_eq!(got, expected, "{} {is:?} {asked:?}", rule.code);
        }
    }

    #[test]
    fn a_rule_that_was_meant_is_named_in_the_words_of_the_edition() {
        static OF_TARGET: Rule =
            Rule { title: "{kpis.target}に年度がない", ..rule("K514", Severity::Warning) };
        static OF_FILE: Rule = Rule { title: "{measure}の行", ..rule("F103", Severity::Error) };
        let known = [&OF_TARGET, &OF_FILE];
        for (code, severity) in [("k514", Severity::Info), ("F103", Severity::Info)] {
            let findings = faults_of_rules("edition.toml", &edition(code, Some(severity)), &known);
            let [finding] = findings.as_slice() else { panic!("{code}: {findings:?}") };
            let said = format!("{}{}", finding.expected, finding.message.ja);
            assert!(!said.contains('{'), "{said}");
            assert!(said.contains("目標値に年度がない") || said.contains("施策の行"), "{said}");
        }
    }

    #[test]
    fn an_exception_for_a_code_that_there_is_not_is_named() {
        let accept = |code: &str| Accept {
            text: None,
            id: None,
            code: code.into(),
            file: None,
            sheet: None,
            cell: None,
            reason: "確認済み".into(),
            line: 7,
        };
        let edition = Edition {
            accepts: vec![accept("N411"), accept("N41"), accept("")],
            ..Edition::default()
        };
        let found = faults_of_rules("edition.toml", &edition, &[&STRONG, &PLAIN]);
        let shown: Vec<_> =
            found.iter().map(|f| (f.rule.code, f.place.line, f.expected.as_str())).collect();
        assert_eq!(shown, [("S209", Some(7), "N411（試しの規則）")]);
    }

    #[test]
    fn what_is_no_code_and_what_may_not_be_weakened_is_named() {
        let known = [&STRONG, &UNPRINTED_TEXT, &PLAIN];
        for (code, severity, expected) in [
            ("N411", None, None),
            ("F103", Some(Severity::Error), None),
            ("F231", Some(Severity::Info), None),
            ("n411", None, Some("N411（試しの規則）")),
            ("a-rule-for-test", None, Some("F103（試しの規則）")),
            ("F103", Some(Severity::Warning), Some("F103 = \"error\"")),
            ("F231", None, Some("F231 = \"info\"")),
        ] {
            let found = faults_of_rules("edition.toml", &edition(code, severity), &known);
            let expectations: Vec<&str> = found.iter().map(|f| f.expected.as_str()).collect();
            assert_eq!(expectations, expected.into_iter().collect::<Vec<_>>(), "{code}");
            assert!(found.iter().all(|f| f.place.line == Some(12) && f.is_blocking()));
        }
    }
}

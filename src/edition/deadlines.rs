//! Until when forms are to come: a text that the departments read, and the day in it.

use super::reader::{Reader, Section};
use super::settings::Form;
use crate::diag::{Rule, Severity};
use crate::text::day::{Day, day, weekday_word};
use crate::text::filler;

pub(super) static DEADLINE_UNCLEAR: Rule = Rule {
    code: "A803",
    name: "deadline-unclear",
    severity: Severity::Info,
    title: "提出の期限を日付として読めない",
    title_en: "a deadline is no day",
    what: "[form] の deadline（提出期限）と return-deadline（再提出の期限）が、1つの日付として読めるかどうかを見ます。読める書き方は「令和8年5月29日（金）」「R8.5.29」「2026-05-29」で、後ろに「17時必着」などがあっても構いません。",
    why: "日付として読めない期限からは、bessatsu status が残りの日数を出せません。様式や差戻しの文面には、書いたとおりに入ります。",
    mend: "期限を1つの日付に書き直してください。日付の決まらない期限は、そのままで構いません。",
    example: "誤：deadline = \"5月末\"\n正：deadline = \"令和8年5月29日（金）\"",
    source: "",
};

pub(super) static DEADLINE_WRONG: Rule = Rule {
    code: "A804",
    name: "deadline-wrong",
    severity: Severity::Warning,
    title: "提出の期限の日付に誤りがある",
    title_en: "a deadline contradicts the calendar",
    what: "[form] の deadline（提出期限）と return-deadline（再提出の期限）が、暦にある日か、曜日が日付と合うか、再提出の期限が提出期限より前になっていないかを見ます。",
    why: "期限は、様式と差戻しの文面に入って全ての部局に届きます。曜日が違うと、どちらが正しいのか、部局には分かりません。",
    mend: "日付か曜日を直してください。前の年度の設定を写したときは、曜日が残っていることがあります。",
    example: "誤：deadline = \"令和8年5月29日（木）\"\n正：deadline = \"令和8年5月29日（金）\"",
    source: "",
};

impl Form {
    /// The day of [`Self::deadline`].
    pub fn deadline_day(&self) -> Day {
        day(&self.deadline)
    }

    /// The day of [`Self::return_deadline`].
    pub fn return_deadline_day(&self) -> Day {
        day(&self.return_deadline)
    }
}

/// The keys of `[form]`.
const KEYS: [&str; 2] = ["deadline", "return-deadline"];

/// Adds what the deadlines say that no calendar does, and that they name no day.
pub(super) fn check(form: &Form, s: &Section, r: &mut Reader) {
    let [first, again] = KEYS;
    for (key, text) in [(first, &form.deadline), (again, &form.return_deadline)] {
        // What is still to be filled in is told of as such.
        if text.is_empty() || filler(text).is_some() {
            continue;
        }
        let (rule, message, expected) = match day(text) {
            Day::Unclear => {
                let message = say!(
                    "{key} を日付として読めないので、期限までの日数を出せない",
                    "{key} is no day, so the days that are left are not known"
                );
                (&DEADLINE_UNCLEAR, message, "令和8年5月29日（金）".to_owned())
            }
            Day::Nowhere => {
                let message = say!("{key} の日は暦にない", "there is no such day as {key}");
                (&DEADLINE_WRONG, message, String::new())
            }
            Day::Named(named) => {
                let is_right = named.weekday.is_none_or(|said| said == named.date.weekday());
                if is_right {
                    continue;
                }
                let date = named.date;
                let message = say!(
                    "{key} の曜日が日付と合わない",
                    "the weekday of {key} is not that of its date"
                );
                (&DEADLINE_WRONG, message, format!("{date}（{}）", weekday_word(date)))
            }
        };
        let finding = s.fault(r, rule, key, message);
        r.add(finding.found(text).expected(expected));
    }
    if let (Some(deadline), Some(returned)) =
        (form.deadline_day().date(), form.return_deadline_day().date())
        && returned < deadline
    {
        let message =
            say!("{again} が {first} より前の日になっている", "{again} is before {first}");
        let finding = s.fault(r, &DEADLINE_WRONG, again, message);
        r.add(finding.found(&form.return_deadline).expected(&form.deadline));
    }
}

#[cfg(test)]
mod tests {
    use crate::edition::parse;

    #[test]
    fn a_deadline_that_is_no_day_or_a_wrong_one_is_told_with_its_line() {
        let example = include_str!("../../inputs/2025/edition.toml");
        let deadline = "deadline = \"令和7年1月24日（金）\"\n";
        for (lines, expected) in [
            (deadline, vec![]),
            ("deadline = \"2025-01-24\"\n", vec![]),
            ("deadline = \"\"\n", vec![]),
            ("deadline = \"令和○○年○月○日\"\n", vec![]),
            ("deadline = \"1月末\"\n", vec!["A803 令和8年5月29日（金）"]),
            ("deadline = \"令和7年1月24日（木）\"\n", vec!["A804 2025-01-24（金）"]),
            ("deadline = \"令和7年2月29日\"\n", vec!["A804 "]),
            (
                "deadline = \"R7.1.24\"\nreturn-deadline = \"R7.1.23（金）\"\n",
                vec!["A804 2025-01-23（木）", "A804 R7.1.24"],
            ),
        ] {
            assert!(example.contains(deadline));
            let (_, findings) = parse("edition.toml", &example.replace(deadline, lines));
            let said = findings.iter().map(|f| format!("{} {}", f.rule.code, f.expected));
            assert_eq!(said.collect::<Vec<_>>(), expected, "{lines}");
            assert!(findings.iter().all(|finding| finding.place.line.is_some()));
        }
    }
}

//! What a reading leaves behind: digits that no number was made of.

use super::value::{self, Body};
use super::when;
use crate::model::Reading;
use crate::text::quantity::{self, Found};

/// Words behind a number that counts what the value is a part of, or is measured by.
const PER: [&str; 6] = ["当たり", "あたり", "につき", "に対し", "中", "のうち"];
/// Words behind a number that is a time.
const TIMES: [&str; 6] = ["年", "か年", "カ年", "ヶ年", "月", "日"];
/// What looks like a number and was not read as one, or stands beside the number that was:
/// 「85,5%」, 「50%→70%」. Ranges, fractions and numbers with words between them (「1時間30分」) are no
/// faults. `outside` is the text of the reading without what stands in brackets.
pub(super) fn of(outside: &str, reading: &Reading) -> Option<String> {
    let Body { body, .. } = value::body(outside);
    if reading.number.is_none() {
        let when = when::read(outside);
        // 「2022」 and 「2022年」 are a year, and no value.
        let starts = outside.starts_with(|c: char| c.is_ascii_digit());
        return match when {
            Some(when) if when.as_of.is_some() => None,
            Some(_) if starts => Some(outside.to_owned()),
            _ => malformed(body),
        };
    }
    let Found { before: label, behind, .. } = value::find_number(body)?;
    let unit = &reading.unit;
    // A letter that was meant for a digit: 「8O%」.
    if let Some(rest) = behind.strip_prefix(['O', 'o'])
        && !rest.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return Some(body.to_owned());
    }
    if is_parted_by_a_point(body, label, behind, unit) {
        return Some(body.to_owned());
    }
    if value::numbers(label).iter().any(|found| stands_alone(found)) {
        return Some(label.trim().to_owned());
    }
    let before = value::numbers(label).into_iter().find_map(|found| {
        let rest = found.behind.strip_prefix(unit.as_str()).filter(|_| !unit.is_empty())?;
        (!PER.iter().any(|per| rest.starts_with(per))).then(|| label.trim().to_owned())
    });
    before.or_else(|| {
        let words = behind.split_whitespace().skip(1);
        let mut others = words.filter(|word| when::read(word).is_none());
        others.find(|word| !word.starts_with(['※', '注', '*']) && counts(word)).map(str::to_owned)
    })
}

/// Units of what is counted in whole numbers.
const WHOLE: [&str; 16] = [
    "人",
    "名",
    "件",
    "回",
    "社",
    "台",
    "校",
    "店",
    "店舗",
    "団体",
    "世帯",
    "施設",
    "か所",
    "者",
    "事業者",
    "円",
];

/// Whether a point stands where a comma parts the thousands of what is counted: 「12.500人」.
fn is_parted_by_a_point(body: &str, label: &str, behind: &str, unit: &str) -> bool {
    let digits = body.get(label.len()..body.len() - behind.len()).unwrap_or_default();
    let digits = digits.trim_start_matches(|c: char| !c.is_ascii_digit());
    WHOLE.contains(&unit)
        && digits.split_once('.').is_some_and(|(whole, decimals)| {
            whole != "0" && decimals.len() == 3 && decimals.bytes().all(|b| b.is_ascii_digit())
        })
}

/// Whether a number has nothing behind it that it could count or belong to: 78.0 of 「①78.0 ②」. The
/// digits of a word (「Web3」, 「第3」) belong to that.
fn stands_alone(found: &Found) -> bool {
    let in_word = found.before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '第');
    let next = found.behind.chars().next();
    let parts =
        |c: char| c.is_whitespace() || quantity::is_mark(c) || matches!(c, '／' | '→' | '、');
    !in_word && next.is_none_or(parts)
}

/// Whether a word has a number that is no time.
fn counts(word: &str) -> bool {
    let numbers = value::numbers(word);
    numbers.iter().any(|found| !TIMES.iter().any(|time| found.behind.starts_with(time)))
}

/// The digits of a text that has no number: one alone, or several with nothing sensible between.
fn malformed(body: &str) -> Option<String> {
    let numbers = value::numbers(body);
    let [first, others @ ..] = numbers.as_slice() else { return None };
    if others.is_empty() {
        return (!value::ends_in_range(first.before)).then(|| body.to_owned());
    }
    let apart = numbers.windows(2).all(|pair| {
        let [one, other] = pair else { return true };
        let gap = other.before.get(body.len() - one.behind.len()..).unwrap_or_default().trim();
        let joins = |c| quantity::is_range(c) || matches!(c, '/' | '／' | '×');
        // A year between them: 「2,569／R9 2,629」 are two values.
        if quantity::numbers(gap).len() > value::numbers(gap).len() {
            return false;
        }
        gap.contains(joins) || gap.contains(|c: char| c.is_alphabetic() && !c.is_ascii())
    });
    (!apart).then(|| body.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::intake::figure;

    #[test]
    fn numbers_that_no_reading_took_are_found() {
        for (value, left) in [
            ("8 0%(R9)", "8 0%"),
            ("85,5%(R9)", "85,5%"),
            ("85・5%(R9)", "85・5%"),
            ("1.2.3%(R9)", "1.2.3%"),
            ("1,23人(R9)", "1,23人"),
            ("1O0人(R9)", "1O0人"),
            ("8O%(R9)", "8O%"),
            ("80%1(R9)", "80%1"),
            ("1、000人(R9)", "1、000人"),
            ("1．5倍", "1．5倍"),
            ("1．7,223,580回\n2．100% (R9)", "1．7,223,580回\n2．100%"),
            ("50%(R7)→70%(R9)", "→70%"),
            ("(1)80% (2)90%", "90%"),
            ("結婚 700件 子育て 3,000件", "結婚 700件 子育て"),
            ("R5：700件 R6：800件", "R6：800件"),
            ("4,200件※R9", "4,200件※R9"),
            ("－ 5件", "－ 5件"),
            ("12.500人(R9)", "12.500人"),
            ("延べ1.000件", "延べ1.000件"),
        ] {
            assert_eq!(figure::read(value).leftover(), Some(left), "{value}");
        }
    }

    #[test]
    fn values_that_are_read_whole_leave_nothing() {
        for value in [
            "",
            "－",
            "(80%)(R9)",
            "令和7年3月 45%",
            "686/2,882件(結婚/子育て) (R6.12月末)",
            "解析件数548件／解析待機日数0.64日",
            "①10件、②20件 (R6.12月末)",
            "男性50%\n女性60%\n(R9)",
            "過去3年間の平均5件",
            "10件中5件",
            "1件当たり5件",
            "95%（40校中38校）",
            "50～60件",
            "1時間30分",
            "3分の2",
            "2/3",
            "100点満点中80点",
            "Web3.0利用率80%",
            "100% R5",
            "50件 5年平均",
            "50件 ※3",
            "令和6年12月31日現在",
            "R9年度完了",
            "全国平均（R9）",
            "8,367時間(R6.4-9月)",
            "ー5.2%",
            "(5.2%)",
            "▲ 5.2%",
            "10–20件",
            "0.125人",
            "12.5人",
            "3.936万トン",
            "令和5年度比10%減(R9)",
        ] {
            assert_eq!(figure::read(value).leftover(), None, "{value}");
        }
    }
}

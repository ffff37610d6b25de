//! Numbers below zero as accounts and some formats of Excel show them: in brackets, 「(5.2%)」.

use super::when;
use crate::text::quantity;

/// The value with a minus in place of its brackets: 「(5.2%)」 and 「(5.2)%」 are 「-5.2%」. `None`
/// where the brackets stand behind words, or hold more than a number with its unit.
///
/// They may have been meant otherwise, so that a rule tells of every number that was read so.
pub(super) fn written_out(text: &str) -> Option<String> {
    let (inner, behind) = text.trim_start().strip_prefix(['(', '（'])?.split_once([')', '）'])?;
    let (inner_unit, inner) = (unit_of(inner)?, inner.trim());
    let outer_unit = if inner_unit.is_empty() { quantity::unit(behind) } else { None };
    let rest = behind.strip_prefix(outer_unit.unwrap_or_default())?;
    let opens_brackets = rest.trim_start().starts_with(['(', '（']);
    let is_apart = rest.starts_with(char::is_whitespace) || outer_unit.is_some();
    let is_sign = opens_brackets
        || rest.is_empty()
        || is_apart && (rest.trim().is_empty() || when::read(rest).is_some());
    let is_time = when::read(inner).is_some() && outer_unit.is_none();
    (is_sign && !is_time).then(|| format!("-{inner}{behind}"))
}

/// The unit of a text that is a number without a sign and nothing else; it may be empty.
fn unit_of(text: &str) -> Option<&str> {
    let text = text.trim();
    let starts = text.starts_with(|c: char| c.is_ascii_digit());
    let (_, unit) = starts.then(|| quantity::number(text)).flatten()?;
    (unit.is_empty() || quantity::unit(unit) == Some(unit)).then_some(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::figure;
    use proptest::prelude::*;

    #[test]
    fn brackets_around_the_number_are_a_minus() {
        for (text, plain) in [
            ("(5.2%)", Some("-5.2%")),
            ("（5.2%）", Some("-5.2%")),
            ("(5.2)%", Some("-5.2%")),
            ("(5.2%) (R9)", Some("-5.2% (R9)")),
            ("(5.2)%(R9)", Some("-5.2%(R9)")),
            ("(5.2%) R9", Some("-5.2% R9")),
            ("(1,234)", Some("-1,234")),
            ("(80万人)", Some("-80万人")),
            ("(80%)(R9)", Some("-80%(R9)")),
            ("(80)(R9)", Some("-80(R9)")),
            ("(R9)", None),
            ("(2027)", None),
            ("(令和9年度)", None),
            ("延べ(80万人)", None),
            ("(延べ80万人)", None),
            ("(▲5.2%)", None),
            ("(1)80% (2)90%", None),
            ("(2)人材育成", None),
            ("(5.2%)／(3.0%)", None),
            ("(5.2%", None),
        ] {
            assert_eq!(written_out(text).as_deref(), plain, "{text}");
        }
    }

    fn number(text: &str) -> Option<f64> {
        match figure::read(text).readings.as_slice() {
            [reading] => reading.number,
            _ => None,
        }
    }

    proptest! {
        #[test]
        fn all_signs_of_a_number_below_zero_are_one_thing(
            digits in "[1-9][0-9]{0,2}(\\.[0-9])?", unit in "(|%|件|人|ポイント)", year in "(| ?\\(R9\\))",
        ) {
            let below = format!("-{digits}").parse().ok();
            let signs = ["-", "−", "－", "‐", "‑", "–", "—", "―", "ー", "▲", "△", "▲ ", "マイナス"];
            for sign in signs {
                for words in ["", "約", "前年度比", "伸び率 "] {
                    let text = format!("{words}{sign}{digits}{unit}{year}");
                    prop_assert_eq!(number(&text), below, "{}", text);
                }
            }
            for text in [format!("({digits}{unit})"), format!("（{digits}{unit}）")] {
                let text = format!("{text}{year}");
                prop_assert_eq!(number(&text), below, "{}", text);
                prop_assert!(figure::read(&text).readings[0].in_brackets, "it is told of");
            }
        }

        #[test]
        fn what_is_no_sign_makes_no_number_below_zero(
            low in 1u32..500, high in 500u32..999, unit in "(%|件|人|か所)", dash in "[-−－‐–—―ー～〜~]",
        ) {
            for text in [
                format!("{low}{dash}{high}{unit}"),
                format!("{low}{unit}{dash}{high}{unit}"),
                format!("約{low}{dash}{high}{unit}"),
                format!("サーバー{low}{unit}"),
                format!("サービスー{low}{unit}"),
                format!("A{dash}{low}{unit}"),
                format!("延べ{low}{unit}({high}{unit})"),
                format!("{low}{unit}（R9）"),
                format!("{dash} {low}{unit}"),
            ] {
                for reading in figure::read(&text).readings {
                    prop_assert!(reading.number.is_none_or(|number| number > 0.0), "{text}");
                }
            }
        }
    }
}

//! The units of figures: the one list that line breaking, comparison and checks go by.

/// What stands directly behind a number and counts with it. Large numbers (万, 億) belong to the
/// number, words of comparison (以上) stand behind the unit.
const UNITS: &[&str] = &[
    // People and those who act.
    "人",
    "名",
    "者",
    "歳",
    "代",
    "世帯",
    "事業者",
    "社",
    "店",
    "団体",
    "機関",
    "局",
    "課",
    "室",
    // Places and what stands there.
    "か所",
    "ヶ所",
    "ヵ所",
    "カ所",
    "箇所",
    "市町村",
    "圏域",
    "地区",
    "施設",
    "校",
    "棟",
    "戸",
    "床",
    // Things and events.
    "件",
    "回",
    "台",
    "本",
    "冊",
    "基",
    "機",
    "頭",
    "隻",
    "点",
    "位",
    "号",
    "次",
    "つ",
    "種類",
    "事業",
    // Time.
    "年度",
    "年",
    "か月",
    "ヶ月",
    "ヵ月",
    "カ月",
    "月末",
    "月",
    "日",
    "時間",
    "分",
    "秒",
    "期",
    // Shares, money, measures.
    "%",
    "％",
    "パーセント",
    "ポイント",
    "割",
    "倍",
    "度",
    "円",
    "百万円",
    "トン",
];

/// Units in Latin letters, which end where the word ends: 「10km」, but not the 10 of 「10kmh」.
const LATIN_UNITS: &[&str] = &["km", "m", "ha", "kg", "t", "kWh", "MB", "GB", "TB"];

/// The unit at the beginning of a text, the longest of those that fit.
pub fn unit(text: &str) -> Option<&str> {
    let letters = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let latin = text.get(..letters).filter(|word| LATIN_UNITS.contains(word));
    let longest = || UNITS.iter().filter(|unit| text.starts_with(**unit)).max_by_key(|u| u.len());
    latin.or_else(|| text.get(..longest()?.len()))
}

/// Units that count nothing where they stand alone, but name a time or a place in a row.
const TIMES: [&str; 6] = ["年度", "年", "月末", "月", "号", "次"];
/// What is counted by two things at once: 人泊, 人日.
const SECOND: [&str; 4] = ["泊", "日", "回", "時間"];

/// Whether a whole text is a unit, with large numbers (億円) and what it is counted by (円/人).
pub fn is_unit(text: &str) -> bool {
    let (text, per) = match text.split_once(['/', '／']) {
        Some((text, per)) => (text, Some(per)),
        None => (text, None),
    };
    let bare = text.trim_start_matches(|c| super::number::is_scale(c) || matches!(c, '十' | '百'));
    let Some(unit) = unit(bare) else { return false };
    let second = bare.get(unit.len()..).unwrap_or_default();
    let is_whole = second.is_empty() || SECOND.contains(&second);
    let is_per = per.is_none_or(|per| !per.is_empty() && !per.contains(char::is_whitespace));
    is_whole && is_per && (per.is_some() || !TIMES.contains(&bare))
}

/// The text before a unit at its end that counts a number, and else the whole text: 「約10」 of
/// 「約10件」.
pub(super) fn without_unit(text: &str) -> &str {
    let fits = |unit: &&&str| {
        text.strip_suffix(**unit).is_some_and(|rest| rest.ends_with(super::ends_number))
    };
    let longest = UNITS.iter().chain(LATIN_UNITS).filter(fits).max_by_key(|unit| unit.len());
    longest.and_then(|unit| text.strip_suffix(*unit)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unit_is_taken() {
        for (text, taken) in [
            ("事業者数", Some("事業者")),
            ("年度末まで", Some("年度")),
            ("人以上", Some("人")),
            ("km/h", Some("km")),
            ("kmh", None),
            ("GB", Some("GB")),
            ("データセット", None),
            ("", None),
        ] {
            assert_eq!(unit(text), taken, "{text}");
        }
    }

    #[test]
    fn no_unit_stands_twice() {
        for (at, unit) in UNITS.iter().enumerate() {
            assert!(!UNITS.iter().skip(at + 1).any(|other| other == unit), "{unit}");
        }
    }

    #[test]
    fn a_unit_behind_a_number_is_left_out() {
        for (text, rest) in [("約10件", "約10"), ("80万人", "80万"), ("案件", "案件"), ("5km", "5")]
        {
            assert_eq!(without_unit(text), rest, "{text}");
        }
    }
}

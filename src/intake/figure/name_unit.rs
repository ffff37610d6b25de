//! The unit at the end of a KPI's name: 「勤務医師数（人）」, 「割合（2008年度比：％）」, 「所得【単位】千円」.

use super::value::brackets;
use crate::text::quantity::is_unit;

/// The unit that a name states for its values; `None` where it states none.
pub fn unit_of_name(name: &str) -> Option<&str> {
    let behind_word = name.rsplit_once("単位】").map(|(_, unit)| unit);
    behind_word.into_iter().map(str::trim).find(|unit| is_unit(unit)).or_else(|| {
        let (_, inside) = brackets(name);
        // The last of them: 「件数（支店を含む）（件）［累計］」.
        inside.into_iter().rev().find_map(|content| {
            let unit = content.rsplit([':', '：', '、']).next()?;
            let unit = unit.trim().strip_prefix("単位").unwrap_or(unit).trim();
            is_unit(unit).then_some(unit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_stands_in_the_last_brackets_that_hold_one() {
        for (name, unit) in [
            ("医療施設（病院、診療所）勤務医師数（人）", Some("人")),
            ("医療機関数（箇所）〔累計〕", Some("箇所")),
            ("減少率（2008年度比：％）", Some("％")),
            ("外国人延べ宿泊者数（万人泊）", Some("万人泊")),
            ("消費額単価（外国人）（円/人）", Some("円/人")),
            ("出荷額（食料品を除く）（億円）", Some("億円")),
            ("割合（％）の少なさを維持", Some("％")),
            ("介護職員数（人）※標本調査による推計値", Some("人")),
            ("漁業所得【単位】千円", Some("千円")),
            ("漁業所得（単位：千円）", Some("千円")),
            ("死亡率（人口10万人対）", None),
            ("割合（基準の改訂後（令和6年3月）によるもの）（％）", Some("％")),
            ("件数（延べ）", None),
            ("公表（令和7年度）", None),
            ("公表（年度）", None),
            ("保護", None),
            ("", None),
        ] {
            assert_eq!(unit_of_name(name), unit, "{name}");
        }
    }
}

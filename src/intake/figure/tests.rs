//! Every value of the public 2025 edition, and forms that departments may use next.

use proptest::prelude::*;

use super::*;

/// A value (line breaks as `\n`), its printed form if that differs, its readings.
const CASES: &str = include_str!("cases.txt");

/// A reading in one line: what was found in it, in a fixed order.
fn render(reading: &Reading) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(reading.mark.map(String::from));
    if !reading.label.is_empty() {
        words.push(format!("{}:", reading.label));
    }
    words.extend(reading.number.map(|n| n.to_string()));
    words.push(reading.unit.clone());
    words.extend(reading.comparison.map(|c| format!("{c:?}")));
    if let Some(absence) = &reading.absence {
        words.push(format!("{:?}<{}>", absence.kind, absence.printed));
        words.extend(absence.from_year.map(|y| format!("from {y}")));
    }
    words.extend(reading.fiscal_year.map(|y| format!("for {y}")));
    if let Some(as_of) = &reading.as_of {
        let parts = [as_of.month, as_of.day].into_iter().flatten().map(|n| format!("-{n}"));
        let until = as_of.until_month.map(|m| format!("..{m}"));
        let end = as_of.end_of_month.then(|| " end".to_owned());
        let date: String = parts.chain(until).chain(end).collect();
        words.push(format!("at {}{date} <{}>", as_of.year, as_of.printed));
    }
    words.extend(reading.remarks.iter().map(|r| format!("[{r}]")));
    words.extend(reading.in_brackets.then(|| "in brackets".to_owned()));
    words.extend(reading.leftover.as_ref().map(|left| format!("left <{left}>")));
    words.retain(|w| !w.is_empty());
    words.join(" ").replace('\n', "\\n")
}

#[test]
fn every_value_reads_as_expected() {
    let mut lines = String::new();
    for line in CASES.lines().filter(|l| !l.starts_with("  ")) {
        let text = line.replace("\\n", "\n");
        let figure = read(&text);
        lines.push_str(&format!("{line}\n"));
        if figure.printed != text {
            lines.push_str(&format!("  = {}\n", figure.printed.replace('\n', "\\n")));
        }
        for reading in &figure.readings {
            lines.push_str(&format!("  {}\n", render(reading)));
        }
    }
    for (read, expected) in lines.lines().zip(CASES.lines()) {
        assert_eq!(read, expected);
    }
    assert_eq!(lines, CASES);
}

#[test]
fn names_are_divided_where_they_start_with_a_mark() {
    for (name, printed, expected) in [
        ("①件数②割合（%）", "①件数\n②割合（%）", vec![('①', "件数"), ('②', "割合（%）")]),
        ("①件数\n②割合\n", "①件数\n②割合", vec![('①', "件数"), ('②', "割合")]),
        ("① 件数\n② 割合", "① 件数\n② 割合", vec![('①', "件数"), ('②', "割合")]),
        (
            "①件数のうち②を除くもの\n②割合",
            "①件数のうち②を除くもの\n②割合",
            vec![('①', "件数のうち②を除くもの"), ('②', "割合")],
        ),
        (
            "①件数（②を除く）②割合",
            "①件数（②を除く）\n②割合",
            vec![('①', "件数（②を除く）"), ('②', "割合")],
        ),
        ("①のみの指標", "①のみの指標", vec![('①', "のみの指標")]),
        ("①と②の合計", "①と②の合計", vec![]),
        ("施策①の件数②の割合", "施策①の件数②の割合", vec![]),
        ("②から始まる①", "②から始まる①", vec![]),
        ("満足度（%）", "満足度（%）", vec![]),
        (
            "窓口の満足度（%）\n①来庁者\n②電話",
            "窓口の満足度（%）\n①来庁者\n②電話",
            vec![('①', "来庁者"), ('②', "電話")],
        ),
        ("満足度\n①来庁者", "満足度\n①来庁者", vec![]),
        ("満足度\n①と②の平均", "満足度\n①と②の平均", vec![]),
        ("", "", vec![]),
    ] {
        let (text, parts) = parts(name);
        let parts: Vec<_> = parts.iter().map(|p| (p.mark, p.name.as_str())).collect();
        assert_eq!((text.as_str(), parts), (printed, expected), "{name:?}");
    }
}

/// Texts made of what values are made of.
fn values() -> impl Strategy<Value = String> {
    let pieces = [
        "①",
        "②",
        "③",
        "5",
        "1,000",
        "3.9",
        "万",
        "億",
        "人",
        "件",
        "%",
        "以上",
        "未満",
        "（",
        "）",
        "(",
        ")",
        "R9",
        "R6.12月末",
        "令和7年度",
        "元年",
        "2027",
        "から",
        "未測定",
        "／",
        "/",
        "、",
        "-",
        "▲",
        "～",
        " ",
        "\n",
        "延べ",
        "時点",
        "の",
        "年",
        "月",
        "当たり",
        "【",
    ];
    let piece = prop_oneof![
        8 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #[test]
    fn reading_loses_nothing_that_is_printed(text in values()) {
        let figure = read(&text);
        prop_assert_eq!(visible(&figure.printed), visible(&text));
        prop_assert_eq!(figure.readings.is_empty(), visible(&text).is_empty());
        for reading in &figure.readings {
            prop_assert!(reading.number.is_some() != reading.absence.is_some());
            prop_assert!(reading.number.is_none_or(f64::is_finite));
        }
    }

    #[test]
    fn printed_values_and_names_read_the_same_again(text in values()) {
        let once = read(&text);
        prop_assert_eq!(&read(&once.printed), &once);
        let (name, found) = parts(&text);
        prop_assert_eq!(parts(&name), (name.clone(), found));
    }

    #[test]
    fn two_numbers_never_yield_one_in_silence(
        first in 1u32..100_000,
        second in 1u32..100_000,
        unit in prop::sample::select(vec!["", "件", "人", "%", "か所", "円"]),
        between in prop::sample::select(vec![
            "/", "／", "、", "，", ",", "・", " ", "→", "⇒", "と", "又は", "から", "～", "-", "\n", ";", "；", "|", "+", "×",
        ]),
        year in prop::sample::select(vec!["", "（R9）", "(R6.12月末)"]),
    ) {
        // Digits with a comma between them may be one number: 「1,234」.
        prop_assume!(between != "," || second < 100 || !unit.is_empty());
        for text in [
            format!("{first}{unit}{between}{second}{unit}{year}"),
            format!("{first}{between}{second}{unit}{year}"),
        ] {
            prop_assume!(between != "," || unit.is_empty() || !text.starts_with(&format!("{first},{second}")));
            let figure = read(&text);
            let numbers = figure.readings.iter().filter(|r| r.number.is_some()).count();
            prop_assert!(numbers != 1, "{text}: {:?}", figure.readings);
        }
    }
}

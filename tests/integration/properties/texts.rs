//! The text rules and the reader of values, on what departments write and on what nobody does.

use std::collections::BTreeMap;

use bessatsu::intake::figure;
use bessatsu::schema::keys;
use bessatsu::text::{clean, era, key, quantity};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::support::example;
use crate::support::held::hold;

/// Texts of the example.
fn written() -> Vec<String> {
    let annex = example::annex(&example::edition());
    let texts = annex
        .measures
        .iter()
        .flat_map(|m| [&m.name, m.value(keys::OVERVIEW), m.value(keys::PURPOSE)]);
    let mut texts: Vec<String> = texts.map(|text| text.value.clone()).collect();
    texts.extend(annex.kpis.iter().map(|kpi| kpi.name.value.clone()));
    let figures =
        annex.kpis.iter().flat_map(|kpi| [kpi.figure(keys::CURRENT), kpi.figure(keys::TARGET)]);
    texts.extend(figures.map(|figure| figure.value.printed.clone()));
    texts
}

/// Characters that some rule looks at.
const SPECIAL: &str = "ＡＺａ０９％＋－．，／：＆（）　 \t\u{A0}\r\n\u{B}\u{85}\u{2028}ｶﾊｳﾞﾟｰ｡か\
    \u{3099}\u{309A}\u{301}e\u{200B}\u{200D}\u{FEFF}\u{7}\u{AD}神\u{FA19}①⑳㈱㎡ー～〜-−漢字人Ω\
    \u{2126}\u{212B}葛\u{E0100}\u{FE0F}👨‍👩‍👧\u{E000}RH元令和年度月日約%▲△億万千百.,現在以上";

/// A piece of what was written, with characters put into it.
fn texts() -> impl Strategy<Value = String> {
    let special: Vec<char> = SPECIAL.chars().collect();
    let character = prop_oneof![
        6 => prop::sample::select(special),
        1 => any::<char>(),
    ];
    let insertions = prop::collection::vec((any::<usize>(), character), 0..12);
    let piece = (prop::sample::select(written()), any::<usize>(), 0usize..48);
    let joined = prop::sample::select(vec!["", "_x000D_", "_x0041_", "\r\n", " 　 "]);
    (piece, insertions, joined).prop_map(|((text, from, length), insertions, joined)| {
        let chars: Vec<char> = text.chars().collect();
        let from = from % chars.len().max(1);
        let mut piece: Vec<char> = chars.iter().skip(from).take(length).copied().collect();
        for (at, character) in insertions {
            piece.insert(at % (piece.len() + 1), character);
        }
        let middle = piece.len() / 2;
        piece.splice(middle..middle, joined.chars());
        piece.into_iter().collect()
    })
}

/// How often each letter and digit occurs, whatever its width and however it is composed.
fn letters(text: &str) -> BTreeMap<char, usize> {
    let mut letters = BTreeMap::new();
    for c in text.nfkd().filter(|c| c.is_alphanumeric()) {
        *letters.entry(c).or_default() += 1;
    }
    letters
}

#[test]
fn the_text_rules_stand_still_after_once_and_lose_no_letter() {
    hold(2_000, texts(), |raw| {
        let once = clean(&raw);
        let twice = clean(&once.text);
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert_eq!(twice.changes, []);
        prop_assert_eq!(once.changes.is_empty(), once.text == raw);
        // `_x000D_` stands for a line break, so its letters are none.
        if !key(&raw).contains("_x000") {
            prop_assert_eq!(letters(&once.text), letters(&raw));
            prop_assert_eq!(key(&once.text), key(&raw));
        }
        prop_assert_eq!(key(&key(&raw)), key(&raw));
        Ok(())
    });
}

#[test]
fn a_value_keeps_what_is_printed_and_reads_the_same_again() {
    let visible = |text: &str| text.split_whitespace().collect::<String>();
    hold(2_000, texts(), |raw| {
        let text = clean(&raw).text;
        let figure = figure::read(&text);
        prop_assert_eq!(visible(&figure.printed), visible(&text));
        prop_assert_eq!(figure.readings.is_empty(), visible(&text).is_empty());
        for reading in &figure.readings {
            prop_assert!(reading.number.is_some() != reading.absence.is_some());
            prop_assert!(reading.number.is_none_or(f64::is_finite));
        }
        prop_assert_eq!(&figure::read(&figure.printed), &figure);
        let (name, parts) = figure::parts(&text);
        prop_assert_eq!(figure::parts(&name), (name.clone(), parts));
        // Any text at all, cleaned or not.
        figure::read(&raw);
        era::year(&raw);
        if let Some((_, rest)) = quantity::number(&raw) {
            prop_assert!(raw.ends_with(rest));
        }
        Ok(())
    });
}

//! Cuts a text into the pieces that change as a whole: a Latin word, a number with its unit, or
//! else a single character.

use similar::DiffableStr;

/// Units that stand directly behind a number; of several that fit the longest is taken.
const UNITS: [&str; 42] = [
    "ポイント",
    "パーセント",
    "市町村",
    "事業者",
    "世帯",
    "時間",
    "団体",
    "箇所",
    "か所",
    "カ所",
    "ヶ所",
    "施設",
    "地区",
    "機関",
    "種類",
    "百万円",
    "トン",
    "人",
    "件",
    "%",
    "円",
    "年度",
    "年",
    "月末",
    "月",
    "日",
    "回",
    "校",
    "台",
    "社",
    "者",
    "名",
    "歳",
    "分",
    "秒",
    "点",
    "位",
    "倍",
    "割",
    "課",
    "室",
    "m",
];

/// The pieces of the text in order; put together they are the text.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let word = first_word(rest);
        if word > 0 {
            let (piece, behind) = rest.split_at(word);
            pieces.push(piece);
            rest = behind;
        } else {
            // Characters up to the next word, cut in one go: each cut reads all that is given.
            let mut starts = rest.char_indices().map(|(at, _)| at);
            let end = starts.find(|at| first_word(rest.get(*at..).unwrap_or_default()) > 0);
            let (characters, behind) = rest.split_at(end.unwrap_or(rest.len()));
            pieces.extend(characters.tokenize_graphemes());
            rest = behind;
        }
    }
    pieces
}

/// Length in bytes of the word or number at the start; 0 where there is none.
fn first_word(text: &str) -> usize {
    let signed = text.strip_prefix(['▲', '△', '+', '-']).filter(|rest| starts_with_digit(rest));
    let body = signed.unwrap_or(text);
    let word = word(body);
    if word == 0 {
        return 0;
    }
    let mut end = text.len() - body.len() + word;
    if text.get(..end).is_some_and(|word| word.ends_with(|c: char| c.is_ascii_digit())) {
        end += scales_and_unit(text.get(end..).unwrap_or_default());
    }
    end
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Length of the Latin word or number at the start; a sign between two letters or digits
/// (AI-OCR, 1,802, R6.12, don't) is part of it.
fn word(text: &str) -> usize {
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let joins = at > 0
            && matches!(c, '.' | ',' | '-' | '\'' | '’' | '_')
            && characters.peek().is_some_and(|&(_, next)| is_latin(next));
        if !is_latin(c) && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Letters of the Latin script, with and without accents, and digits, at half or full width.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{C0}'..='\u{24F}' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９')
}

/// Length of what belongs to the number before: 「億2,000万円」 of 「1億2,000万円」.
fn scales_and_unit(text: &str) -> usize {
    let mut end = 0;
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let behind = rest.trim_start_matches(['千', '万', '億', '兆']);
        end += rest.len() - behind.len();
        if behind.len() == rest.len() || !starts_with_digit(behind) {
            break;
        }
        end += word(behind);
    }
    let rest = text.get(end..).unwrap_or_default();
    let unit = UNITS.iter().filter(|unit| rest.starts_with(**unit)).map(|unit| unit.len()).max();
    end + unit.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_keep_their_units_and_words_their_letters() {
        for (text, pieces) in [
            ("約1,802人が", &["約", "1,802人", "が"][..]),
            ("1億2,000万円", &["1億2,000万円"]),
            ("▲5.5%", &["▲5.5%"]),
            ("AI-OCRとRPA", &["AI-OCR", "と", "RPA"]),
            ("50か所(R6.12月末)", &["50か所", "(", "R6.12月末", ")"]),
            ("don't do", &["don't", " ", "do"]),
            ("葛\u{E0100}城\n", &["葛\u{E0100}", "城", "\n"]),
            ("①548件", &["①", "548件"]),
            ("3-", &["3", "-"]),
        ] {
            assert_eq!(tokens(text), pieces, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in any::<String>(), plain in "[-▲0-9,.千万億円人件A-Z か所]{0,30}") {
            prop_assert_eq!(tokens(&text).concat(), text);
            prop_assert_eq!(tokens(&plain).concat(), plain);
        }
    }
}

//! Where the lines of a short text end: between its words, and not before its last letter.
//!
//! In a narrow column Typst fills each line and breaks between any two letters, so that names end in
//! lines of one letter and words are cut. A short text therefore goes to the templates with the ways
//! in which it can be parted between its words, each with the width that it needs. Which of them
//! fits is the templates' to say, who know the width of the column: one that takes no more lines
//! than the text does by itself, so that no row becomes higher.
//!
//! Words are told by the kinds of their letters alone, without a dictionary. Two kanji make a word
//! more often than not, so a long run of them may be parted after an even number.

use std::ops::Range;

use serde::Serialize;

use super::blocks::SMALL;
use super::fonts;

/// A way to set a text in a number of lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lines {
    /// The least width, in em, in which the text takes so many lines when they end anywhere.
    pub anywhere: f64,
    /// The same when they end between words, the better ends first.
    pub ways: Vec<Way>,
}

/// The lines of a text, and the width in em that they need.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Way {
    pub width: f64,
    pub lines: Vec<String>,
}

/// A longer text is prose.
const LONGEST: usize = 36;
/// More lines are not looked at.
const MOST_LINES: usize = 5;
/// What the columns whose texts come here hold at most, and at least, in em.
const WIDEST: f64 = 12.6;
const NARROWEST: f64 = 4.0;
/// The space between Japanese and Latin letters, in em.
const LATIN_GAP: f64 = 0.25;
/// A line that ends with a bracket, or begins with one, goes without its blank half, in em.
const BLANK: f64 = 0.5;

/// What parts of a text are worth as the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
enum End {
    /// Where the rules allow it, though one letter is left over.
    LeftOver,
    /// Inside a word.
    Anywhere,
    /// Between two pairs of kanji.
    Pair,
    /// Between words.
    Word,
}

/// The ways to set a text of a family in one line, two, and so on; none where it is long. No line
/// ends in what stays `whole`, counted in letters. What was found is remembered as long as what
/// Typst found: of an annex that is set anew, most texts are as they were.
#[comemo::memoize]
pub fn lines(family: &str, text: &str, whole: &[Range<usize>]) -> Vec<Lines> {
    find(text, whole, fonts::advances(family))
}

/// The same by the width of each character in em.
fn find(text: &str, whole: &[Range<usize>], width: impl Fn(char) -> f64) -> Vec<Lines> {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() < 2 || letters.len() > LONGEST || letters.iter().any(|c| c.is_whitespace()) {
        return Vec::new();
    }
    let line = Measured::new(letters, width);
    let end_at = |at: usize| {
        let end = end(&line.letters, at)?;
        let begins_ending = line.letters.get(at).is_some_and(|&c| kind(c) == Kind::Hiragana);
        if whole.iter().any(|part| part.start < at && at < part.end) {
            None
        } else if end > End::LeftOver && !begins_ending && whole.iter().any(|p| p.end == at) {
            Some(End::Word)
        } else {
            Some(end)
        }
    };
    let ends: Vec<Option<End>> = (0..=line.letters.len()).map(end_at).collect();
    let [any, inside, pairs, words] =
        [End::LeftOver, End::Anywhere, End::Pair, End::Word].map(|least| stops(&ends, least));
    let narrowest = line.narrowest(&any);
    // Inside of words only where one letter would be left over else.
    let leaves_one = |width: f64| match line.fill(&any, width).as_deref() {
        Some([.., before, last]) => last - before == 1,
        _ => false,
    };
    let widths = line.widths(&any);
    let inside = line.filled(&inside, widths.into_iter().filter(|width| leaves_one(*width)));
    let [words, pairs] = [words, pairs].map(|stops| line.filled(&stops, line.widths(&stops)));
    let ways = [words, pairs, inside];
    let mut found = Vec::new();
    // In a column that holds so much the text takes a line less.
    let mut fewer = WIDEST;
    for (n, anywhere) in narrowest.into_iter().enumerate() {
        let mut chosen: Vec<Way> = Vec::new();
        for ways in &ways {
            let least = chosen.last().map_or(fewer, |way| way.width);
            let of = ways.iter().filter(|way| way.lines.len() == n + 1 && way.width < least);
            chosen.extend(of.cloned());
        }
        if anywhere < fewer {
            found.push(Lines { anywhere, ways: chosen });
            fewer = anywhere;
        }
        if fewer <= NARROWEST {
            break;
        }
    }
    found
}

/// A text with what is known of the width of every part of it.
struct Measured {
    letters: Vec<char>,
    /// The width of the letters before each place, and of the gaps before the letter at it.
    before: Vec<f64>,
}

impl Measured {
    fn new(letters: Vec<char>, width: impl Fn(char) -> f64) -> Self {
        let mut before = Vec::with_capacity(letters.len() + 1);
        let (mut sum, mut last) = (0.0, None);
        for &c in &letters {
            if last.is_some_and(|last| has_gap(last, c)) {
                sum += LATIN_GAP;
            }
            before.push(sum);
            sum += width(c);
            last = Some(c);
        }
        before.push(sum);
        Self { letters, before }
    }

    /// The width of a line from one place to another; a gap behind it counts a little too much.
    fn width(&self, start: usize, end: usize) -> f64 {
        let (Some(from), Some(to)) = (self.before.get(start), self.before.get(end)) else {
            return f64::INFINITY;
        };
        let kind_at = |at: Option<usize>| at.and_then(|at| self.letters.get(at)).map(|&c| kind(c));
        let opens = kind_at(Some(start)) == Some(Kind::Opening);
        let closes = kind_at(end.checked_sub(1)) == Some(Kind::Closing);
        to - from - BLANK * f64::from(u8::from(opens) + u8::from(closes))
    }

    /// The least width in which the text takes one line, two, and so on, between the stops.
    fn narrowest(&self, stops: &[usize]) -> Vec<f64> {
        // For every stop, the least width in which the lines so far end there.
        let mut best = vec![f64::INFINITY; stops.len()];
        if let Some(first) = best.first_mut() {
            *first = 0.0;
        }
        let mut found = Vec::new();
        for _ in 0..MOST_LINES {
            let widths = stops.iter().enumerate().map(|(to, &end)| {
                let lines = stops.iter().zip(&best).take(to);
                lines
                    .map(|(&start, width)| width.max(self.width(start, end)))
                    .fold(f64::INFINITY, f64::min)
            });
            best = widths.collect();
            found.extend(best.last().copied().filter(|width| width.is_finite()));
        }
        found
    }

    /// The widths of all parts between two stops, the widest first.
    fn widths(&self, stops: &[usize]) -> Vec<f64> {
        let spans = stops.iter().enumerate().flat_map(|(n, &start)| {
            stops.iter().skip(n + 1).map(move |&end| self.width(start, end))
        });
        let mut widths: Vec<f64> = spans.collect();
        widths.sort_by(|a, b| b.total_cmp(a));
        widths
    }

    /// The ways to fill lines of these widths one after the other, the widest first.
    fn filled(&self, stops: &[usize], widths: impl IntoIterator<Item = f64>) -> Vec<Way> {
        let mut ways: Vec<(f64, Vec<usize>)> = Vec::new();
        for width in widths {
            let Some(ends) = self.fill(stops, width) else { break };
            // The same lines hold in less, down to the width of the widest.
            match ways.last_mut() {
                Some((least, known)) if *known == ends => *least = width,
                _ => ways.push((width, ends)),
            }
        }
        ways.into_iter().map(|(width, ends)| Way { width, lines: self.lines(&ends) }).collect()
    }

    /// Where the lines end when each takes what it holds; `None` where what is between two stops is
    /// wider.
    fn fill(&self, stops: &[usize], width: f64) -> Option<Vec<usize>> {
        let (mut ends, mut start) = (Vec::new(), 0);
        let mut rest = stops.iter().copied().skip(1).peekable();
        while let Some(first) = rest.next() {
            if self.width(start, first) > width {
                return None;
            }
            let mut end = first;
            while let Some(next) = rest.next_if(|&next| self.width(start, next) <= width) {
                end = next;
            }
            ends.push(end);
            start = end;
        }
        Some(ends)
    }

    /// The lines that end there.
    fn lines(&self, ends: &[usize]) -> Vec<String> {
        let starts = std::iter::once(&0).chain(ends);
        let spans = starts.zip(ends).filter_map(|(&start, &end)| self.letters.get(start..end));
        spans.map(|line| line.iter().collect()).collect()
    }
}

/// Whether Typst sets a gap between two letters.
fn has_gap(before: char, after: char) -> bool {
    is_latin(before) && kind(after).is_japanese() || kind(before).is_japanese() && is_latin(after)
}

/// The places where a line may begin or end, the two ends of the text among them.
fn stops(ends: &[Option<End>], least: End) -> Vec<usize> {
    let last = ends.len() - 1;
    let is_stop =
        |at: usize, end: &Option<End>| at == 0 || at == last || end.is_some_and(|end| end >= least);
    let stops = ends.iter().enumerate().filter(|(at, end)| is_stop(*at, end));
    stops.map(|(at, _)| at).collect()
}

/// The kinds of letters that words are told by.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Kanji,
    Hiragana,
    Katakana,
    Latin,
    Opening,
    Closing,
    /// ・ 、 。 and the like, behind which a line may end.
    Mark,
    Other,
}

impl Kind {
    fn is_japanese(self) -> bool {
        matches!(self, Self::Kanji | Self::Hiragana | Self::Katakana)
    }
}

fn kind(c: char) -> Kind {
    match c {
        '々' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
            Kind::Kanji
        }
        'ぁ'..='ゖ' => Kind::Hiragana,
        'ァ'..='ヺ' | 'ー' => Kind::Katakana,
        '（' | '「' | '『' | '【' | '〔' | '［' | '｛' | '〈' | '《' => Kind::Opening,
        '）' | '」' | '』' | '】' | '〕' | '］' | '｝' | '〉' | '》' => Kind::Closing,
        '・' | '、' | '。' | '，' | '．' | '／' => Kind::Mark,
        _ if c.is_ascii_graphic() => Kind::Latin,
        _ => Kind::Other,
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Whether a line may end before the letter at this place, and how well. A line never ends inside a
/// Latin word, before a sign that begins none, or so that one letter is left over.
fn end(letters: &[char], at: usize) -> Option<End> {
    let (before, after) = letters.split_at_checked(at)?;
    let (&last, &first) = (before.last()?, after.first()?);
    let (a, b) = (kind(last), kind(first));
    let begins_none = matches!(b, Kind::Closing | Kind::Mark) || SMALL.contains(&first);
    if begins_none || a == Kind::Opening || (a == Kind::Latin && b == Kind::Latin) {
        return None;
    }
    let left_over = after.iter().filter(|&&c| kind(c) != Kind::Closing).count();
    if at == 1 || left_over < 2 {
        return Some(End::LeftOver);
    }
    let is_word = match (a, b) {
        (_, Kind::Opening) | (Kind::Closing | Kind::Mark, _) => true,
        // What follows a word is not its ending.
        (Kind::Katakana | Kind::Latin, Kind::Kanji) => {
            run(after.iter()) > 1 && !ENDINGS.contains(first)
        }
        (Kind::Kanji, Kind::Katakana | Kind::Latin) => run(before.iter().rev()) > 1,
        (Kind::Katakana, Kind::Latin) | (Kind::Latin, Kind::Katakana) => true,
        (Kind::Hiragana, Kind::Katakana | Kind::Latin) => true,
        (Kind::Hiragana, Kind::Kanji) => {
            PARTICLES.contains(last) || before.ends_with(&['及', 'び']) || begins_word(before)
        }
        (Kind::Kanji | Kind::Katakana | Kind::Latin, Kind::Hiragana) => {
            run(after.iter()) >= LONG_RUN && !PARTICLES.contains(first) && a != Kind::Kanji
        }
        _ => false,
    };
    if is_word {
        return Some(End::Word);
    }
    if a != Kind::Kanji || b != Kind::Kanji || run(after.iter()) < 2 {
        return Some(End::Anywhere);
    }
    // The ending of a word before the kanji is none of a pair: デジタル化|推進¦事業.
    let length = run(before.iter().rev());
    let ahead = before.iter().rev().nth(length).map(|&c| kind(c));
    let has_ending = matches!(ahead, Some(Kind::Katakana | Kind::Latin))
        && before.iter().rev().nth(length - 1).is_some_and(|&c| ENDINGS.contains(c));
    Some(match length - usize::from(has_ending) {
        0 => End::Word,
        pairs if pairs % 2 == 0 => End::Pair,
        _ => End::Anywhere,
    })
}

/// Kanji that end a word in katakana or Latin letters.
const ENDINGS: &str = "化的性等用型系版式";

/// Hiragana that end what stands before another word more often than they stand inside one.
const PARTICLES: &str = "のをにでとがはへもやなるた";
/// So many hiragana in a row are a word, and not an ending.
const LONG_RUN: usize = 3;

/// How many letters are of the first one's kind.
fn run<'a>(mut letters: impl Iterator<Item = &'a char>) -> usize {
    let Some(first) = letters.next().map(|&c| kind(c)) else { return 0 };
    1 + letters.take_while(|&&c| kind(c) == first).count()
}

/// Whether the hiragana at the end are a word of their own and not the ending of kanji.
fn begins_word(before: &[char]) -> bool {
    let length = run(before.iter().rev());
    let ahead = before.iter().rev().nth(length).map(|&c| kind(c));
    length >= LONG_RUN && ahead != Some(Kind::Kanji)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ends between words as |, those between pairs of kanji as ¦.
    fn shown(text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let mut shown = String::new();
        for (at, c) in letters.iter().enumerate() {
            match end(&letters, at) {
                Some(End::Word) => shown.push('|'),
                Some(End::Pair) => shown.push('¦'),
                _ => {}
            }
            shown.push(*c);
        }
        shown
    }

    #[test]
    fn lines_end_between_words_and_leave_no_letter_over() {
        for (text, expected) in [
            ("経済商工観光部", "経済¦商工¦観光部"),
            ("復興・危機管理部", "復興・|危機¦管理部"),
            ("子ども・家庭支援課", "子ども・|家庭¦支援課"),
            ("デジタルみやぎ推進課", "デジタル|みやぎ|推進課"),
            ("ネットワークの管理運営", "ネットワークの|管理¦運営"),
            ("システムの導入（試行）", "システムの|導入|（試行）"),
            ("AIエージェント化の推進", "AI|エージェント化の|推進"),
            ("土木総務課", "土木¦総務課"),
            ("会計課", "会計課"),
            ("採点業務デジタル化推進事業", "採点¦業務|デジタル化|推進¦事業"),
            ("ICTを活用した学びの共創", "ICTを|活用した|学びの|共創"),
            ("学び直しの支援", "学び直しの|支援"),
            ("「みやぎ」アプリ", "「みやぎ」|アプリ"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    fn ways(text: &str, width: f64) -> Vec<String> {
        let lines = find(text, &[], |c| if c.is_ascii() { 0.6 } else { 1.0 });
        let fits = lines.iter().find(|lines| lines.anywhere <= width).expect("lines that fit");
        let way = fits.ways.iter().find(|way| way.width <= width);
        way.map_or_else(Vec::new, |way| way.lines.clone())
    }

    #[test]
    fn a_text_is_parted_between_words_where_it_takes_no_more_lines() {
        for (text, width, expected) in [
            ("経済商工観光部", 6.0, vec!["経済商工", "観光部"]),
            ("子ども・家庭支援課", 7.0, vec!["子ども・", "家庭支援課"]),
            ("デジタルみやぎ推進課", 7.0, vec!["デジタルみやぎ", "推進課"]),
            ("会計課", 6.0, vec!["会計課"]),
            (
                "ICTを活用した学びの共創推進事業",
                7.5,
                vec!["ICTを活用した", "学びの", "共創推進事業"],
            ),
            // In two lines each holds five letters, and no word ends there.
            ("コミュニケーション支援", 6.0, vec![]),
        ] {
            assert_eq!(ways(text, width), expected, "{text}");
        }
    }

    #[test]
    fn figures_stay_whole_and_no_letter_is_left_over_inside_a_word() {
        let set = |text: &str, whole: &[Range<usize>], width: f64| {
            let lines = find(text, whole, |_| 1.0);
            let fits = lines.into_iter().find(|lines| lines.anywhere <= width).expect("lines");
            fits.ways.into_iter().find(|way| way.width <= width).map(|way| way.lines.join("/"))
        };
        let whole = 1..4;
        assert_eq!(set("第13回対策事業", &[whole], 5.0).as_deref(), Some("第13回/対策事業"));
        assert_eq!(set("サポートシステム", &[], 7.0).as_deref(), Some("サポートシス/テム"));
        assert_eq!(set("サポートシステム", &[], 6.0), None);
    }

    #[test]
    fn prose_and_texts_with_spaces_are_left_to_the_line_breaker() {
        for text in ["字", "北 南", &"長".repeat(LONGEST + 1)] {
            assert_eq!(find(text, &[], |_| 1.0), []);
        }
    }
}

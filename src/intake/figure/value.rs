//! One part of a value: one number or several, with labels, units, comparisons and remarks.

use super::when::{self, When};
use super::{absence, accounting, leftover};
use crate::model::{AsOf, Reading};
use crate::text::quantity::{self, Found};
use crate::text::{era, says_nothing};

/// How deep in brackets a text is.
#[derive(Default)]
pub(super) struct Depth(usize);

impl Depth {
    pub fn pass(&mut self, c: char) {
        match c {
            '(' | '（' | '[' | '［' | '【' | '〔' => self.0 += 1,
            ')' | '）' | ']' | '］' | '】' | '〕' => self.0 = self.0.saturating_sub(1),
            _ => {}
        }
    }

    pub fn is_outside(&self) -> bool {
        self.0 == 0
    }
}

/// Signs that part several values in one, from the most generous reading to the strictest.
const SEPARATORS: [&[char]; 3] = [&['／', '/', '、', '\n'], &['／', '\n'], LINES];
/// Numbers without any words are several values only where each has a line of its own.
const LINES: &[char] = &['\n'];

/// The readings of one part; at least one unless it is empty.
pub(super) fn read(text: &str) -> Vec<Reading> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    SEPARATORS
        .iter()
        .find_map(|separators| read_several(text, separators))
        .unwrap_or_else(|| vec![read_one(text)])
}

/// 「548件／0.64日」「686/2,882件(結婚/子育て)」: several values, if every one of them can be read
/// and they do not look like a fraction.
fn read_several(text: &str, separators: &[char]) -> Option<Vec<Reading>> {
    if separators.contains(&'、') && parts_thousands(text) {
        return None;
    }
    let segments = segments(text, separators);
    if segments.len() < 2 {
        return None;
    }
    let mut readings: Vec<Reading> = segments.into_iter().map(read_one).collect();
    let heading = take_heading(&mut readings);
    let all = readings.iter().all(|r| r.number.is_some() || !absence::in_words(r));
    let plain = readings.iter().all(|r| r.label.is_empty() && r.unit.is_empty());
    if !all || plain && separators != LINES {
        return None;
    }
    if let Some(heading) = heading {
        readings.iter_mut().for_each(|reading| date(reading, &heading));
    }
    let unit = readings.last().map(|r| r.unit.clone()).unwrap_or_default();
    for reading in readings.iter_mut().filter(|r| r.label.is_empty() && r.unit.is_empty()) {
        reading.unit.clone_from(&unit);
    }
    label_from_remark(&mut readings);
    Some(readings)
}

/// The time that stands alone above the values of all lines: 「(2018)」.
fn take_heading(readings: &mut Vec<Reading>) -> Option<Reading> {
    let first = readings.first()?;
    let says_only_when = first.absence.as_ref().is_some_and(|absence| absence.printed.is_empty())
        && first.remarks.is_empty()
        && (first.fiscal_year.is_some() || first.as_of.is_some());
    (says_only_when && readings.len() > 2).then(|| readings.remove(0))
}

/// Gives a reading that says no time of its own that of another.
pub(super) fn date(reading: &mut Reading, of: &Reading) {
    if reading.fiscal_year.is_none() && reading.as_of.is_none() {
        reading.fiscal_year = of.fiscal_year;
        reading.as_of.clone_from(&of.as_of);
    }
}

/// Whether 、 stands where a comma parts the thousands of a number: 「1、000人」.
fn parts_thousands(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    text.match_indices('、').any(|(at, sign)| {
        let (before, behind) = (text.get(..at), text.get(at + sign.len()..));
        let digits = behind.map_or(0, |t| t.chars().take_while(|&c| is_digit(c)).count());
        digits == 3 && before.is_some_and(|t| t.ends_with(is_digit))
    })
}

/// The text cut at separators outside brackets; a piece of brackets alone belongs to the one
/// before it.
fn segments<'a>(text: &'a str, separators: &[char]) -> Vec<&'a str> {
    let mut cuts = vec![0];
    let mut depth = Depth::default();
    for (at, c) in text.char_indices() {
        depth.pass(c);
        if depth.is_outside() && separators.contains(&c) {
            let behind = text.get(at + c.len_utf8()..).unwrap_or_default();
            if !brackets(behind.split(separators).next().unwrap_or_default()).0.trim().is_empty() {
                cuts.push(at);
            }
        }
    }
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    let pieces = cuts.iter().zip(ends).filter_map(|(&start, end)| text.get(start..end));
    pieces.map(|p| p.trim_start_matches(separators).trim()).collect()
}

/// A remark with as many words as there are values names them: 「(結婚/子育て)」.
fn label_from_remark(readings: &mut [Reading]) {
    if readings.iter().any(|r| !r.label.is_empty()) {
        return;
    }
    let count = readings.len();
    let Some(last) = readings.last_mut() else { return };
    let words = |remark: &str| -> Vec<String> {
        remark.split(['/', '／', '・', '、']).map(|w| w.trim().to_owned()).collect()
    };
    let Some(at) = last.remarks.iter().position(|r| words(r).len() == count) else { return };
    let labels = words(&last.remarks.remove(at));
    for (reading, label) in readings.iter_mut().zip(labels) {
        reading.label = label;
    }
}

/// A text with one value.
pub(super) fn read_one(text: &str) -> Reading {
    let below_zero = accounting::written_out(text);
    let text = below_zero.as_deref().unwrap_or(text);
    let (outside, inside) = brackets(text);
    let outside = outside.trim();
    let is_time = |text: &str| when::read(text).is_some();
    if outside.is_empty() {
        // 「（調査中）」 and 「(80%)(R9)」: what is in brackets is all there is.
        let (times, values): (Vec<&str>, Vec<&str>) = inside.iter().partition(|c| is_time(c));
        if !values.is_empty() {
            let mut reading = read_one(&values.join(" "));
            times.into_iter().for_each(|time| add_remark(time, &mut reading));
            return reading;
        }
    }
    let mut reading = Reading { in_brackets: below_zero.is_some(), ..Reading::default() };
    if is_time(outside) {
        // 「令和9年度末」 alone says when, and no number.
        add_remark(outside, &mut reading);
        reading.absence = Some(absence::read(outside));
    } else if absence::start(outside).is_some() {
        reading.absence = Some(absence::read(outside));
    } else {
        read_value(outside, &mut reading);
    }
    for content in inside {
        if let Some(absence) = &mut reading.absence {
            absence.from_year = absence.from_year.or(absence::start(content));
        }
        add_remark(content, &mut reading);
    }
    reading.in_brackets &= reading.number.is_some();
    reading.leftover = leftover::of(outside, &reading).or(reading.leftover);
    reading
}

/// A number with its words, else words alone.
fn read_value(text: &str, reading: &mut Reading) {
    let Body { date, year, body } = body(text);
    date.into_iter().for_each(|date| add_remark(date, reading));
    reading.fiscal_year = reading.fiscal_year.or(year);
    let found = find_number(body).filter(|found| !counts_in_a_phrase(found.behind));
    let found = found.and_then(|found| Some((found, found.number.to_f64()?)));
    match found {
        Some((Found { before, behind, .. }, number)) => {
            reading.number = Some(number);
            set_label(before, reading);
            set_unit(behind, reading);
        }
        None => reading.absence = Some(absence::read(text)),
    }
}

/// Whether a number counts something within words that go on: 3 of 「3地区の海岸」 is no value.
fn counts_in_a_phrase(behind: &str) -> bool {
    let word = behind.split_whitespace().next().unwrap_or_default();
    !word.starts_with(['%', 'の']) && word.contains('の')
}

/// A text without the time that stands before its value.
pub(super) struct Body<'a> {
    pub date: Option<&'a str>,
    pub year: Option<i32>,
    pub body: &'a str,
}

/// Takes the time from the start of a text: 「令和7年3月 45%」, 「R9:100件」.
pub(super) fn body(text: &str) -> Body<'_> {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let is_date = when::read(word).is_some_and(|when| when.as_of.is_some());
    if is_date && !rest.trim().is_empty() {
        return Body { date: Some(word), year: None, body: rest.trim_start() };
    }
    let (year, body) = when::leading_year(text).map_or((None, text), |(y, b)| (Some(y), b));
    Body { date: None, year, body }
}

/// The text outside brackets, and what stands in each pair. A bracket that nothing closes is
/// text.
pub(super) fn brackets(text: &str) -> (String, Vec<&str>) {
    let (mut outside, mut inside) = (String::new(), Vec::new());
    let mut depth = Depth::default();
    let mut open = None;
    for (at, c) in text.char_indices() {
        let was_outside = depth.is_outside();
        depth.pass(c);
        match (was_outside, depth.is_outside()) {
            (true, true) => outside.push(c),
            (true, false) => open = Some((at, at + c.len_utf8())),
            (false, true) => {
                inside.extend(open.take().and_then(|(_, start)| text.get(start..at)));
                // Two words on either side of a bracket stay two words.
                outside.push(' ');
            }
            (false, false) => {}
        }
    }
    // One bracket too few at the end: 「(R11年度(2029年度)」.
    let closed = text.strip_suffix([')', '）', ']', '］', '】', '〕']);
    match (open, closed) {
        (Some((_, start)), Some(closed)) => inside.extend(closed.get(start..)),
        (Some((start, _)), None) => outside.push_str(text.get(start..).unwrap_or_default()),
        (None, _) => {}
    }
    (outside, inside)
}

/// The number of a text, with the words before it and behind it.
///
/// Where words stand first, the last number counts (「過去3年間の平均5件」), else the first. A range
/// (「50～60件」) and a compound (「1時間30分」) are not one number, nor is one behind a dash that may
/// be its sign or begin an item of a list (「－ 5件」).
pub(super) fn find_number(text: &str) -> Option<Found<'_>> {
    let numbers = numbers(text);
    let first = numbers.first()?;
    let per = ["当たり", "あたり", "につき", "に対し"];
    let found = if first.before.is_empty() && !per.iter().any(|p| first.behind.contains(p)) {
        first
    } else {
        numbers.last()?
    };
    let is_part = ends_in_range(found.before) || found.before.ends_with('.');
    let in_doubt = !found.before.is_empty() && says_nothing(found.before);
    let compound = found.behind.split_whitespace().next().unwrap_or_default();
    let is_one = !is_part && !in_doubt && !compound.contains(|c: char| c.is_ascii_digit());
    is_one.then_some(*found)
}

/// Whether a text ends with a sign between the two ends of a range, or between the parts of a
/// fraction or a product.
pub(super) fn ends_in_range(text: &str) -> bool {
    quantity::ends_in_range(text) || text.ends_with(['/', '／', '×'])
}

/// All numbers of a text but those that are years of an era.
pub(super) fn numbers(text: &str) -> Vec<Found<'_>> {
    let mut numbers = quantity::numbers(text);
    numbers.retain(|found| !names_era(found.before) && !is_year(text, found));
    numbers
}

/// Whether a number is a western year: 2022 of 「2022年」.
fn is_year(text: &str, found: &Found) -> bool {
    let digits = text.get(found.before.len()..text.len() - found.behind.len()).unwrap_or_default();
    let counts = found.behind.starts_with("年間") || !found.behind.starts_with('年');
    !counts && digits.len() == 4 && era::prefix(digits).is_some_and(|(_, rest)| rest.is_empty())
}

/// Whether a text ends with the name of an era, so that a year follows and no value.
fn names_era(label: &str) -> bool {
    let letter = label.strip_suffix(['R', 'H']);
    ["令和", "平成", "昭和"].iter().any(|e| label.ends_with(e))
        || letter.is_some_and(|l| !l.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Words before a number that is not exact.
pub(super) fn is_about(word: &str) -> bool {
    matches!(word, "約" | "およそ" | "おおよそ" | "概ね" | "おおむね" | "ほぼ")
}

fn set_label(label: &str, reading: &mut Reading) {
    let label = label.trim().trim_end_matches([':', '：', ' ', '　']);
    if is_about(label) {
        reading.remarks.push(label.to_owned());
    } else if when::read(label).is_some() {
        add_remark(label, reading);
    } else {
        reading.label = label.to_owned();
    }
}

/// The unit and the comparison behind a number, and remarks behind a space.
fn set_unit(behind: &str, reading: &mut Reading) {
    let mut words = behind.split_whitespace();
    let first = words.next().unwrap_or_default();
    // The mark of a note is no unit: 「18,579※」.
    let note = first.find(['※', '*', '＊', '†']).unwrap_or(first.len());
    let (first, note) = first.split_at(note);
    let mut unit = first.trim_end_matches(['、', ',', '。']).to_owned();
    reading.remarks.extend((!note.is_empty()).then(|| note.to_owned()));
    // 「30件以上/年」 has its word before the unit of time.
    if let Some((bare, comparison)) = quantity::split_comparison(&unit) {
        unit = bare;
        reading.comparison = Some(comparison);
    }
    match unit.strip_prefix('%') {
        Some(rest) if !rest.is_empty() && !rest.starts_with("ポイント") => {
            reading.unit = "%".to_owned();
            reading.remarks.push(rest.to_owned());
        }
        _ => reading.unit = unit,
    }
    for word in words {
        add_remark(word, reading);
    }
}

/// What stands in brackets: a year, a date, or a remark; several of them parted by 、.
fn add_remark(content: &str, reading: &mut Reading) {
    let content = content.trim();
    if content.is_empty() {
        return;
    }
    let pieces: Vec<&str> = content.split(['、', '；', ';']).map(str::trim).collect();
    if pieces.iter().all(|p| when::read(p).is_none()) {
        // 「R3.3時点(R3.9月判明)」: a time, and what is said of it.
        let (outside, inside) = brackets(content);
        match when::read(&outside.split_whitespace().collect::<String>()) {
            Some(when) if !inside.is_empty() => {
                add_time(content, when, reading);
                reading.remarks.extend(inside.into_iter().map(str::to_owned));
            }
            _ => reading.remarks.push(content.to_owned()),
        }
        return;
    }
    for piece in pieces {
        match when::read(piece) {
            Some(when) => add_time(piece, when, reading),
            None => reading.remarks.push(piece.to_owned()),
        }
    }
}

/// A time that the value states. One that is of another year than the time before leaves open
/// which of them the number is of.
fn add_time(text: &str, When { fiscal_year, as_of, remark }: When, reading: &mut Reading) {
    let before = reading.stated_year();
    reading.fiscal_year = fiscal_year.or(reading.fiscal_year);
    reading.as_of = as_of.or(reading.as_of.take());
    reading.remarks.extend(remark);
    let now = fiscal_year.or_else(|| reading.as_of.as_ref().map(AsOf::fiscal_year));
    if before.is_some() && now != before {
        reading.leftover.get_or_insert_with(|| text.to_owned());
    }
}

//! E630: a word that was to be replaced, or that points elsewhere.

use super::bracketed;
use crate::checks::prelude::*;
use crate::schema::{FigureRole, Kind, Role};
use crate::text::quantity;
use crate::text::{blank_to_fill, circle_of_unit, filler, key, says_nothing};

pub static RULE: Rule = Rule {
    code: "E630",
    name: "placeholder-left",
    severity: Severity::Error,
    title: "書き換えるはずの語が残っている",
    title_en: "placeholder left in a text",
    what: "印刷する名称・{measures.overview.short}・{measures.purpose.short}・{kpis.current}・{kpis.target}に、「同上」「〃」「別紙のとおり」「○○」「XX%」「令和　年　月」「（　）人」「記入してください」「#REF!」などが残っていないか、「－」や「0」だけの欄がないかを見ます。「検討中」「未定」だけの欄（{kpis.current}を除く）と、（案）・（仮称）・（調整中）・要確認・要精査の語は、警告にします。",
    why: "別冊では行の順が変わるため、「同上」の指す行が分からなくなります。仮の語は、そのまま印刷されてしまいます。",
    mend: "載せる文章や値を書いてください。「0」だけの欄は、空欄のセルを参照した数式かもしれません。",
    example: "「同上」→ 上の行と同じ文章",
    source: "",
};

/// Words that point elsewhere or ask for a text, where they are all there is.
const ALONE: [&str; 19] = [
    "同上",
    "〃",
    "々",
    "同左",
    "同右",
    "同様",
    "上記同様",
    "上記のとおり",
    "上に同じ",
    "上記に同じ",
    "別紙",
    "別添",
    "記入",
    "要記入",
    "未記入",
    "ここに記入",
    "tbd",
    "...",
    "?",
];
/// The same within a longer text.
const WITHIN: [&str; 14] = [
    "後日記入",
    "後日記載",
    "後日追記",
    "追って記入",
    "追って記載",
    "追って追記",
    "記入してください",
    "記入して下さい",
    "別紙のとおり",
    "別紙の通り",
    "別紙参照",
    "別添のとおり",
    "別添の通り",
    "別添参照",
];
/// Error values of Excel that were copied as text, in the letters of keys.
const ERRORS: [&str; 6] = ["#ref!", "#n/a", "#value!", "#div/0!", "#name?", "#num!"];
/// Words that say that a text is still to come, where they are all there is.
const OPEN_ALONE: [&str; 8] =
    ["検討中", "未定", "調整中", "作成中", "精査中", "確認中", "検討中である", "今後検討する"];
/// Words that say that a text is not settled.
const OPEN_WITHIN: [&str; 3] = ["要確認", "要精査", "(仮称)"];

pub fn check(context: &Context, findings: &mut Vec<Finding>) {
    for cell in context.cells.iter().filter(|cell| is_free(cell)) {
        let (whole, label) = (plain(cell.text), cell.label());
        if let Some(word) = left(cell, &whole) {
            let message = say!(
                "「{label}」に、書き換えるはずの「{word}」が残っている",
                "“{word}” is left in “{label}”"
            );
            findings.push(cell.finding(&RULE, message).found(word).within(cell.text));
        } else if let Some(word) = open(cell, &whole) {
            let message = say!(
                "「{label}」に、決まっていないことを示す「{word}」がある",
                "“{word}” in “{label}” says that it is not settled"
            );
            let finding = cell.finding(&RULE, message).found(word).within(cell.text);
            findings.push(finding.severity(Severity::Warning).help(say!(
                "決まった内容に改めるか、このまま載せてよいことを確かめてください。",
                "Write what was decided, or make sure that it may be printed like this"
            )));
        }
    }
}

fn is_value(cell: &Cell) -> bool {
    cell.column.is_figure()
}

/// The columns that are printed as they are written: what is a choice, a number or a time is judged
/// by what its kind may be.
fn is_free(cell: &Cell) -> bool {
    let column = cell.column;
    let is_words = matches!(column.kind, Kind::Text | Kind::List);
    is_value(cell) || column.role == Role::Name || (column.role == Role::Value && is_words)
}

/// Longer texts, in bytes, are no single word.
const LONG: usize = 120;

/// The text in the letters of the words above. A key takes its time, and of a long text only its
/// brackets matter.
fn plain(text: &str) -> String {
    if text.len() <= LONG || text.contains(['#', '＃']) {
        key(text)
    } else {
        text.replace('（', "(").replace('）', ")")
    }
}

/// What should have been replaced.
fn left(cell: &Cell, whole: &str) -> Option<String> {
    let text = cell.text.trim();
    if text.is_empty() {
        return None;
    }
    // A dash in place of a value is another matter: K503 and K504. What may be empty is empty.
    if !is_value(cell) && (says_nothing(text) && cell.column.filled || text == "0") {
        return Some(text.to_owned());
    }
    let core = core(whole);
    if let Some(word) = ALONE.iter().find(|word| core == **word) {
        return Some((*word).to_owned());
    }
    if let Some(word) = WITHIN.iter().find(|word| whole.contains(**word)) {
        return Some((*word).to_owned());
    }
    let is_error = |word: &&&str| whole.contains('#') && whole.contains(**word);
    if let Some(word) = ERRORS.iter().find(is_error) {
        return Some(word.to_uppercase());
    }
    let sign = || text.chars().find(|c| is_value(cell) && "○◯●〇".contains(*c));
    let question = |c: &char| is_value(cell) && "?？".contains(*c) && open(cell, whole).is_none();
    let sign = || sign().or_else(|| text.chars().find(question));
    let blank = || blank_to_fill(text).or_else(|| circle_of_unit(text)).map(str::to_owned);
    let sign = || sign().map(String::from).or_else(|| unit_alone(cell, text));
    filler(text).map(str::to_owned).or_else(|| crosses(text)).or_else(blank).or_else(sign)
}

/// A value that is a unit without its number: 「　　人（R9）」.
fn unit_alone(cell: &Cell, text: &str) -> Option<String> {
    let outside = text.split(['(', '（']).find(|piece| !piece.trim().is_empty());
    let outside = outside.map(|piece| piece.trim_matches([' ', '\u{3000}', ')', '）']));
    let unit = outside.filter(|word| is_value(cell) && !word.is_empty())?;
    let bare = quantity::split_comparison(unit).map_or_else(|| unit.to_owned(), |(bare, _)| bare);
    quantity::is_unit(&bare).then(|| unit.to_owned())
}

/// Two and more X that are no part of a word.
fn crosses(text: &str) -> Option<String> {
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_run = |word: &&str| word.len() >= 2 && word.chars().all(|c| matches!(c, 'X' | 'x'));
    words.find(is_run).map(str::to_owned)
}

/// What is still open.
fn open(cell: &Cell, whole: &str) -> Option<String> {
    let core = core(whole).trim_end_matches(['?', '？']);
    // That a current value is still to come is an answer: K504.
    let may_be_open = !matches!(cell.column.role, Role::Figure { role: FigureRole::Actual, .. });
    let alone = OPEN_ALONE.iter().find(|word| may_be_open && core == **word);
    let is_draft = match cell.column.role {
        Role::Value => whole.trim_end_matches('。').ends_with("(案)"),
        _ => whole.contains("(案)"),
    };
    let within = || {
        OPEN_WITHIN.iter().find(|word| {
            // 「必要確認事項」 has another 要.
            whole.match_indices(**word).any(|(at, _)| {
                !whole.get(..at).is_some_and(|t| t.ends_with(['必', '重', '主', '概', '需', '不']))
            })
        })
    };
    let draft = || is_draft.then_some(&"(案)");
    let bracketed = || {
        let mut inside = bracketed(whole).into_iter();
        inside
            .find(|word| may_be_open && OPEN_ALONE.contains(word))
            .map(|word| format!("（{word}）"))
    };
    let word = alone.or_else(draft).or_else(within);
    let word = word.map(|word| word.replace('(', "（").replace(')', "）"));
    word.or_else(bracketed)
}

/// A text without brackets around or behind it, and without its full stop: 「（同上）」,
/// 「同上（R9）」.
fn core(whole: &str) -> &str {
    let whole = whole.trim_end_matches(['。', '、']);
    match whole.split_once('(') {
        Some((before, _)) if !before.is_empty() && whole.ends_with(')') => before,
        _ => whole.trim_matches(['(', ')', '【', '】', '[', ']', '<', '>', '「', '」']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::testing::{finds, silent};

    #[test]
    fn words_that_were_to_be_replaced_are_errors() {
        finds(
            &RULE,
            r"
            概要
            同上
            ^ E630 error [見: 同上]
            （同上）
            ^ E630 error
            〃
            ^ E630 error
            －
            ^ E630 error
            ―
            ^ E630 error
            ー
            ^ E630 error
            0
            ^ E630 error
            別紙のとおり。
            ^ E630 error
            （記入してください）
            ^ E630 error
            ○○の申請を電子化する。
            ^ E630 error
            ●●を行う。
            ^ E630 error
            XX件を処理する。
            ^ E630 error
            ＸＸ課が行う。
            ^ E630 error
            令和　　年　　月に更新する。
            ^ E630 error
            令和○年度に更新する。
            ^ E630 error
            第　回の会議を開く。
            ^ E630 error
            参加者（　　）人を集める。
            ^ E630 error
            ＿＿＿課が行う。
            ^ E630 error
            更新は○月に行う。
            ^ E630 error
            詳細は後日記入。
            ^ E630 error
            開始時期は？？
            ^ E630 error

            目標値
            同上(R9)
            ^ E630 error
            #REF!(R9)
            ^ E630 error
            XX%(R9)
            ^ E630 error
            ○%
            ^ E630 error
            ●●人(R9)
            ^ E630 error
            （　　）人
            ^ E630 error
            　　件以上（R9）
            ^ E630 error
            80%（令和　　年度）
            ^ E630 error
            ？%
            ^ E630 error
            約　人
            ^ E630 error
            〃
            ^ E630 error
            ",
        );
    }

    #[test]
    fn words_that_say_that_nothing_is_settled_are_warnings() {
        finds(
            &RULE,
            r"
            施策名               | 目的
            広報紙の電子配信     | 検討中
                                 | ^ E630 warning
            電子申請の受付       | 未定。
                                 | ^ E630 warning
            会議の開催           | 会議を開く【要精査】。
                                 | ^ E630 warning
            窓口予約の導入       | 要確認
                                 | ^ E630 warning
            条例の公開           | 条例を改める（案）
                                 | ^ E630 warning
            （仮称）広報館の整備 | 広報館を整備する。
            ^ E630 warning

            目標値
            80%（案）(R9)
            ^ E630 warning
            80%（調整中）
            ^ E630 warning
            調整中？
            ^ E630 warning
            検討中(R9)
            ^ E630 warning
            未定
            ^ E630 warning
            ",
        );
    }

    #[test]
    fn sentences_and_reasons_are_right() {
        silent(
            &RULE,
            r"
            概要
            導入を検討中のシステムと合同上映会を支える。
            ○ 申請を受け付ける。\n○ 審査する。
            別紙様式を電子化する。
            必要確認事項を示す。
            条例（案）への意見を集める。
            二〇〇〇年から続ける。
            DXXを使う。
            令和 8年 4月から続ける。
            ○人材を育てる。\n○年度末に評価する。
            何が必要かを問う「なぜ？」を大切にする。
            毎年 5月に 3回、10年 続ける。
            丸印（○）を付ける。

            現状値
            検討中
            －
            0
            0件
            ",
        );
    }

    #[test]
    fn a_dash_in_what_may_be_empty_is_empty() {
        let settings = |rest: &str| {
            format!(
                "
            == edition.toml
            [[measure-column]]
            key = \"review\"
            label = \"成果\"
            {rest}

            == 01_総務部.xlsx
            成果
            －"
            )
        };
        silent(&RULE, &settings("required = false"));
        silent(&RULE, &settings("kind = \"amount\""));
        finds(&RULE, &(settings("required = true") + "\n            ^ E630"));
    }
}

//! Facts about a cell that holds another kind of value than its column is for.

use super::{Fact, TITLE};
use crate::diag::{Rule, Severity};
use crate::model::ObservationKind;

pub static FACTS: &[Fact] = &[
    // A number that was typed as text.
    Fact {
        kind: ObservationKind::NumberAsText,
        message: TITLE,
        rule: Rule {
            code: "F214",
            name: "number-as-text",
            severity: Severity::Info,
            title: "数値が文字列として入力されている",
            title_en: "number typed as text",
            what: "数値を書く欄（{measures.order}など）に、文字列として入力された数字がないかを見ます。",
            why: "読み取りに支障はありませんが、Excel での並べ替えや集計には使えません。",
            mend: "セルの左上に出る印から「数値に変換する」を選んでください。",
            example: "文字列の「3」→ 数値の「3」",
            source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
        },
    },
    // A text cell that Excel made a number or date of.
    Fact {
        kind: ObservationKind::TextAsNumber,
        message: TITLE,
        rule: Rule {
            code: "F215",
            name: "text-as-number",
            severity: Severity::Info,
            title: "文字の欄に数値が入っている",
            title_en: "number in a text column",
            what: "文字を書く欄に、数値として入力された値がないかを見ます。",
            why: "「007」と打った文字が7に変わるなど、Excel が打ったものと別の値にしていることがあります。",
            mend: "セルの書式を「文字列」にしてから、打ち直してください。",
            example: "数値になった「7」→ 文字列の「007」",
            source: "",
        },
    },
    // A number that Excel made a date of.
    Fact {
        kind: ObservationKind::DateAsValue,
        message: TITLE,
        rule: Rule {
            code: "F236",
            name: "date-as-value",
            severity: Severity::Warning,
            title: "値の欄に日付が入っている",
            title_en: "date in a column of values",
            what: "{kpis.current}・{kpis.target}など数を書く欄に、Excelの日付が入っていないかを見ます。",
            why: "「3/5」と打った分数が3月5日に変わるなど、Excelが打ったものと別の値にしています。日付の見えるとおりに印刷し、数としては扱いません。",
            mend: "セルの書式を「文字列」にしてから、値を打ち直してください。年度だけを書いたものであれば、その年度の値を「80%（R9）」のように書いてください。",
            example: "日付になった「3月5日」→ 文字列の「3/5」",
            source: "",
        },
    },
    // A text that Excel made a date of.
    Fact {
        kind: ObservationKind::DateAsText,
        message: TITLE,
        rule: Rule {
            code: "F270",
            name: "date-as-text",
            severity: Severity::Warning,
            title: "文字の欄に日付が入っている",
            title_en: "date in a text column",
            what: "文字を書く欄に、Excelの日付が入っていないかを見ます。",
            why: "「1-2」と打った文字が1月2日に変わるなど、Excelが打ったものと別の値にしていることがあります。日付は、画面に見えるとおりに載ります。",
            mend: "打ったものと違っていれば、セルの書式を「文字列」にしてから打ち直してください。日付でよければ、「令和7年3月31日」のように文字で書いてください。",
            example: "日付になった「1月2日」→ 文字列の「1-2」",
            source: "",
        },
    },
];

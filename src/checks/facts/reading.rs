//! Facts about what was recognised in a form although it is written otherwise than the form asks.

use super::Fact;
use crate::diag::{Rule, Severity};
use crate::model::ObservationKind;

pub static FACTS: &[Fact] = &[
    // A label with something hung on it.
    Fact {
        kind: ObservationKind::LabelHung,
        message: Some(|found, expected| {
            say!(
                "見出し「{found}」を「{expected}」として読んだ",
                "the header “{found}” is read as “{expected}”"
            )
        }),
        rule: Rule {
            code: "F250",
            name: "label-read-as",
            severity: Severity::Info,
            title: "見出しを様式の見出しとして読んだ",
            title_en: "header read as that of the form",
            what: "様式の見出しの前後に、番号や記号、単位、時点、（事業名）のような断りを付けた見出しを、様式の見出しとして読んだときに知らせます。別の年度を書いた見出しは、別の列とみなします。",
            why: "読み方が合っているかを確かめられるようにするためです。",
            mend: "読み方が合っていれば、そのままで構いません。別の項目の列であれば、見出しを別の名前に変えてください。",
            example: "「１．{measures.name}（事業名）」→「{measures.name}」として読む",
            source: "",
        },
    },
    // A sample row without the form's own mark.
    Fact {
        kind: ObservationKind::SampleSkipped,
        message: Some(|found, _| {
            say!(
                "「{found}」の行は記入例として読み飛ばした",
                "the row with “{found}” is taken for a sample and not read"
            )
        }),
        rule: Rule {
            code: "F251",
            name: "sample-skipped",
            severity: Severity::Info,
            title: "記入例の行を読み飛ばした",
            title_en: "sample row not read",
            what: "「例１」「【例】」「記入例」のような印のある行や、名前の前に「（記入例）」と書かれた行、様式の記入例のままの行を、記入例として読み飛ばしたときに知らせます。",
            why: "記入例は載せるものではないので読みませんが、読まなかったことを確かめられるようにするためです。",
            mend: "記入例であれば、そのままで構いません。載せるものであれば、印を消して、名前や内容を書いてください。",
            example: "「例２」の行にある「○○システムの導入」→ 読み飛ばす",
            source: "",
        },
    },
    // A row that says that there is nothing.
    Fact {
        kind: ObservationKind::NothingRow,
        message: Some(|found, expected| {
            say!(
                "「{found}」とだけ書かれた行なので、「{expected}」に載せるものはないと読んだ",
                "a row with no more than “{found}”: no entry of “{expected}”"
            )
        }),
        rule: Rule {
            code: "F253",
            name: "nothing-row",
            severity: Severity::Info,
            title: "「該当なし」の行がある",
            title_en: "row that says that there is nothing",
            what: "「該当なし」「なし」「特になし」とだけ書かれた行を探します。",
            why: "{measure}や{kpi}ではないので載せませんが、書かれていることを確かめられるようにするためです。",
            mend: "載せるものがなければ、そのままで構いません。",
            example: "{kpis.name}の欄に「該当なし」とだけある行 → {kpi}としては読まない",
            source: "",
        },
    },
    // A heading of the outline between the rows.
    Fact {
        kind: ObservationKind::GroupHeading,
        message: Some(|found, expected| match expected {
            "" => say!(
                "「{found}」は、下の行をまとめる見出しとして読んだ",
                "“{found}” is read as a heading of the rows below"
            ),
            _ => say!(
                "「{found}」は、下の行の見出し「{expected}」として読んだ。掲載先が空欄の行は、ここに載る",
                "“{found}” is read as “{expected}”, the place of the rows below that name none"
            ),
        }),
        rule: Rule {
            code: "F254",
            name: "group-heading",
            severity: Severity::Info,
            title: "表の途中に見出しの行がある",
            title_en: "heading between the rows",
            what: "表の途中に、{place}などの見出しだけを書いた行（列を結合した行など）があるかを見ます。",
            why: "{measure}や{kpi}ではないので載せません。その下で「{place}」が空欄の行は、その見出しのものとして読みます。",
            mend: "読み方が合っていれば、そのままで構いません。違うときは、行ごとに「{place}」を書いてください。",
            example: "列を結合して「1(1) 子育て支援」と書いた行 → その下の行の{place}として読む",
            source: "",
        },
    },
];

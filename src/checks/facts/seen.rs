//! Facts about what the screen shows otherwise than the print will.

use super::Fact;
use crate::diag::{Rule, Severity};
use crate::model::ObservationKind;
use crate::text::quotation;

pub static FACTS: &[Fact] = &[
    // A text that is there and that nobody sees.
    Fact {
        kind: ObservationKind::UnseenText,
        message: Some(|found, _| {
            let found = quotation(found);
            say!("「{found}」が画面では見えない", "“{found}” is not to be seen on the screen")
        }),
        rule: Rule {
            code: "F240",
            name: "unseen-text",
            severity: Severity::Warning,
            title: "画面で見えない文字がある",
            title_en: "text that the screen does not show",
            what: "背景と同じ色の文字、ごく小さい文字、条件付き書式で隠れた文字、「ゼロ値のセルにゼロを表示する」を外したシートの「0」のように、セルにあっても画面で見えない文字を探します。",
            why: "画面では空欄に見えても、別冊には載ります。消したつもりの文字や、空欄のつもりの「0」が載ってしまいます。",
            mend: "載せない文字であればセルから削除し、載せる文字であれば、文字の色や大きさ、条件付き書式、シートの表示の設定を改めて、見えるようにしてください。",
            example: "白い文字で隠した「（案）」→ 削除する",
            source: "",
        },
    },
    // A conditional format that may strike or hide a text.
    Fact {
        kind: ObservationKind::ConditionalFormat,
        message: Some(|found, _| {
            say!(
                "条件付き書式（{found}）が、文字に取消線を引くか、文字を隠すことがある",
                "a conditional format ({found}) may strike the text through or hide it"
            )
        }),
        rule: Rule {
            code: "F241",
            name: "conditional-format",
            severity: Severity::Warning,
            title: "取消線や非表示にする条件付き書式がある",
            title_en: "conditional format that strikes or hides",
            what: "文字に取消線を引いたり、文字を隠したりする条件付き書式のうち、その条件が成り立つかどうかを読み取れないものを探します。",
            why: "画面で取消線が付いたり隠れたりしていても、別冊には元の文字がそのまま載ります。",
            mend: "画面で取消線が付いている文字や見えない文字があれば、載せないものは削除し、載せるものは条件付き書式を消してください。",
            example: "「ほかのシートで廃止なら取消線」の書式 → 書式を消し、廃止の行は{measures.status}を「廃止」にする",
            source: "",
        },
    },
    // A text below a merged cell.
    Fact {
        kind: ObservationKind::CoveredText,
        message: Some(|found, expected| {
            let [found, expected] = [found, expected].map(quotation);
            say!(
                "結合したセルの下に「{found}」が隠れている（見えるのは「{expected}」）",
                "the merged cell covers “{found}” and shows “{expected}”"
            )
        }),
        rule: Rule {
            code: "F242",
            name: "covered-text",
            severity: Severity::Warning,
            title: "結合したセルの下に別の文字が隠れている",
            title_en: "other text below a merged cell",
            what: "結合したセルに隠れている元のセルに、見えている値と違う値が残っていないかを見ます。",
            why: "別冊には、見えている値が結合した全部の行の値として載り、隠れている値は載りません。書式の貼り付けで結合すると、行ごとに違う値が隠れたまま残ることがあります。",
            mend: "セルの結合を解除し、それぞれの行の値を確かめてください。",
            example: "3行を結合した「広報課」の下に残った「統計課」→ 結合を解除し、行ごとに課室を書く",
            source: "",
        },
    },
    // A picture in the place of a text.
    Fact {
        kind: ObservationKind::ObjectInCell,
        message: Some(|found, _| {
            say!(
                "セルの中身が{found}で、文字がない",
                "the cell holds a picture or another object, and no text"
            )
        }),
        rule: Rule {
            code: "F243",
            name: "object-in-cell",
            severity: Severity::Warning,
            title: "セルの中に画像などが置かれている",
            title_en: "picture or other object in a cell",
            what: "「セルに配置」した画像、IMAGE 関数、WPS Office の画像（DISPIMG）、株価・地理などのデータ型のセルを探します。",
            why: "別冊には文字だけが載るため、そのセルは空欄として読みます。",
            mend: "画像などに書かれている内容を、文字でセルに書いてください。要らないものであれば、削除してください。",
            example: "概要を写した画像 → 概要の文章を打ち込む",
            source: "",
        },
    },
    // A text that ends where programs cut.
    Fact {
        kind: ObservationKind::CutText,
        message: Some(|found, expected| {
            say!(
                "文章がちょうど{expected}字で終わっている（終わりは「{found}」）",
                "the text ends at exactly {expected} characters: “{found}”"
            )
        }),
        rule: Rule {
            code: "F244",
            name: "cut-text",
            severity: Severity::Warning,
            title: "文章が途中で切れているおそれがある",
            title_en: "text that may have been cut off",
            what: "文章がちょうど255字又は32,767字で、文の途中で終わっていないかを見ます。",
            why: "古い形式の保存や貼り付けでは255字、Excel のセルでは32,767字を超えた分が、知らせなしに切り捨てられます。",
            mend: "元の文章と比べ、切れていれば続きを書いてください。切れていなければ、文を「。」で終えてください。",
            example: "255字で「…を進め」と終わる概要 → 元の文章の続きを書く",
            source: "",
        },
    },
    // A part that is named and is not there.
    Fact {
        kind: ObservationKind::PartLacking,
        message: Some(|found, _| {
            say!("ファイルにあるはずの部品「{found}」がない", "the file lacks its part “{found}”")
        }),
        rule: Rule {
            code: "F264",
            name: "part-lacking",
            severity: Severity::Warning,
            title: "ファイルの部品が欠けている",
            title_en: "a part of the file is not there",
            what: "ブックが使うと言っているメモ・図形・テーブル・書式の部品が、ファイルの中にあるかを見ます。",
            why: "欠けた部品に書かれていたメモや図形の文字、取消線や文字の色は、誰にも分かりません。",
            mend: "元のブックを Excel で開き、メモ・図形・取消線が元のとおりかを確かめて、保存し直して提出してください。",
            example: "メモの部品が抜け落ちたブック → Excel で保存し直したブック",
            source: "",
        },
    },
];

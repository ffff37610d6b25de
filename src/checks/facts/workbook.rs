//! Facts about a consolidated workbook that was read back.

use super::{Fact, TITLE};
use crate::diag::{Rule, Severity};
use crate::model::ObservationKind;

pub static FACTS: &[Fact] = &[
    // Category does not agree with the table of codes, in a consolidated workbook that is read back.
    Fact {
        kind: ObservationKind::CategoryNotInCodes,
        message: TITLE,
        rule: Rule {
            code: "F220",
            name: "category-not-in-codes",
            severity: Severity::Warning,
            title: "分野の記載がコード表と合わない",
            title_en: "category does not agree with the table of codes",
            what: "集約ブックの各行の「分野」が、シート「コード表」にある分野の番号と名称に合っているかを見ます。",
            why: "番号が読み取れない行は、どの分野にも属さないものとして比べられます。名称だけが違うときは、番号の分野として読み取ります。",
            mend: "「1(1) 子育て支援」のように、コード表にある番号と名称で書いてください。分野を新しく設けるときは、コード表にも加えてください。",
            example: "「子育て」→「1(1) 子育て支援」",
            source: "",
        },
    },
    // Id is missing, unreadable or given twice, in a consolidated workbook that is read back.
    Fact {
        kind: ObservationKind::IdUnusable,
        message: TITLE,
        rule: Rule {
            code: "F221",
            name: "id-unusable",
            severity: Severity::Warning,
            title: "IDが読み取れない、又は重なっている",
            title_en: "id is missing, unreadable or given twice",
            what: "集約ブックの各行の施策ID・KPI IDが、正しい形で、1つの行だけに付いているかを見ます。",
            why: "IDのない行は新しい項目として仮の番号で読み取られ、元の項目との対応は名称や文章から推定されます。",
            mend: "元からある項目であれば元のIDを書き、新しく加えた項目であればそのままにしてください。",
            example: "「R7-1O3」（英字のO）→「R7-103」",
            source: "",
        },
    },
    // Repost without its original, in a consolidated workbook that is read back.
    Fact {
        kind: ObservationKind::RepostWithoutOriginal,
        message: TITLE,
        rule: Rule {
            code: "F222",
            name: "repost-without-original",
            severity: Severity::Warning,
            title: "再掲の元の施策がない",
            title_en: "repost without its original",
            what: "集約ブックの「再掲」の行に、元の施策の行があるかを見ます。",
            why: "再掲は元の施策をもう一度載せるものなので、元の行がないと読み取れません。",
            mend: "元の施策の行を戻すか、再掲の行も削除してください。",
            example: "元の行だけを削除した → 再掲の行も削除した",
            source: "",
        },
    },
    // Repost differs from its original, in a consolidated workbook that is read back.
    Fact {
        kind: ObservationKind::RepostDiffers,
        message: TITLE,
        rule: Rule {
            code: "F223",
            name: "repost-differs",
            severity: Severity::Warning,
            title: "再掲の記載が元の施策と違う",
            title_en: "repost differs from its original",
            what: "集約ブックの「再掲」の行の記載が、元の施策の行と同じであるかを見ます。",
            why: "再掲には元の施策の記載がそのまま印刷されるため、再掲の行だけを直しても反映されません。",
            mend: "元の施策の行を直してください。",
            example: "再掲の行だけで施策名を直した → 元の行の施策名を直した",
            source: "",
        },
    },
];

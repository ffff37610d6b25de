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
            title: "{place}の記載がコード表と合わない",
            title_en: "category does not agree with the table of codes",
            what: "集約ブックの各行の「{place}」が、シート「コード表」にある{place}の番号と名称に合っているかを見ます。",
            why: "番号が読み取れない行は、どの{place}にも属さないものとして比べられます。名称だけが違うときは、番号の{place}として読み取ります。",
            mend: "「1(1) 子育て支援」のように、コード表にある番号と名称で書いてください。{place}を新しく設けるときは、コード表にも加えてください。",
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
            what: "集約ブックの各行の{measures.id}・{kpis.id}が、正しい形で、1つの行だけに付いているかを見ます。",
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
            title: "{reposted}の元の{measure}がない",
            title_en: "repost without its original",
            what: "集約ブックの「{reposted}」の行に、元の{measure}の行があるかを見ます。",
            why: "{reposted}は元の{measure}をもう一度載せるものなので、元の行がないと読み取れません。",
            mend: "元の{measure}の行を戻すか、{reposted}の行も削除してください。",
            example: "元の行だけを削除した → {reposted}の行も削除した",
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
            title: "{reposted}の記載が元の{measure}と違う",
            title_en: "repost differs from its original",
            what: "集約ブックの「{reposted}」の行の記載が、元の{measure}の行と同じであるかを見ます。",
            why: "{reposted}には元の{measure}の記載がそのまま印刷されるため、{reposted}の行だけを直しても反映されません。",
            mend: "元の{measure}の行を直してください。",
            example: "{reposted}の行だけで{measures.name}を直した → 元の行の{measures.name}を直した",
            source: "",
        },
    },
];

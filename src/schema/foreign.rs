//! The labels that other offices use: what a column of a form that nobody declared most likely is.
//!
//! The labels of our own form and their synonyms are in the schema; these are further ones, seen in
//! plans and reports of prefectures, cities and ministries. They are guesses for the first settings
//! of an edition, and nothing else reads by them.

use super::{Schema, Table, keys};
use crate::text::key;

/// Whole labels, by the key of the column that they are.
const LABELS: &[(&str, &[&str])] = &[
    (
        keys::ID,
        &[
            "ID",
            "施策ID",
            "事業ID",
            "KPI ID",
            "指標ID",
            "事業番号",
            "施策番号",
            "指標番号",
            "整理番号",
            "管理番号",
            "コード",
            "事業コード",
        ],
    ),
    (
        keys::STATUS,
        &[
            "区分",
            "継続・新規",
            "新規・継続",
            "新規・継続の別",
            "新規/継続",
            "継続/新規",
            "新規継続",
        ],
    ),
    (
        keys::ORDER,
        &[
            "掲載順",
            "並び順",
            "順番",
            "No",
            "No.",
            "NO",
            "番号",
            "連番",
            "通番",
            "通し番号",
            "項番",
        ],
    ),
    (
        keys::DEPARTMENT,
        &[
            "担当部局",
            "担当部局名",
            "部局",
            "部局名",
            "所管部局",
            "担当部",
            "所管部",
            "部",
            "部名",
            "局",
            "局名",
            "部局等",
        ],
    ),
    (
        keys::SECTION,
        &[
            "担当課室",
            "担当課",
            "担当課等",
            "担当課(室)",
            "担当課室等",
            "所管課",
            "所管課室",
            "課室",
            "課室名",
            "課",
            "課名",
            "課(室)",
            "所属",
            "所属名",
            "担当所属",
            "担当部署",
            "所管部署",
            "担当部課",
            "担当課名",
            "担当",
        ],
    ),
    (keys::REPOSTS, &["再掲", "再掲先", "再掲分野", "再掲先分野", "再掲箇所"]),
    (keys::NOTE, &["備考", "備考欄", "摘要", "特記事項"]),
    (
        keys::OVERVIEW,
        &[
            "概要",
            "取組概要",
            "取組の概要",
            "事業概要",
            "事業の概要",
            "施策概要",
            "施策の概要",
            "取組内容",
            "事業内容",
            "施策内容",
            "内容",
        ],
    ),
    (keys::PURPOSE, &["目的", "事業目的", "事業の目的", "施策の目的", "取組の目的", "目指す姿"]),
];

/// Beginnings of the label of the column that says which measures a KPI is of.
const OF_MEASURES: &[&str] = &["対象", "関連", "該当"];
/// What measures and KPIs are called, the more telling first.
const MEASURE_WORDS: &[&str] = &["事業", "施策", "取組", "政策", "プロジェクト", "アクション"];
const KPI_WORDS: &[&str] = &["指標", "kpi", "目標", "ベンチマーク"];
/// What levels of headings are called.
const LEVEL_WORDS: &[&str] = &[
    "柱",
    "分野",
    "政策",
    "施策",
    "章",
    "節",
    "方向",
    "方針",
    "戦略",
    "大区分",
    "中区分",
    "小区分",
    "項目",
    "展開",
    "方策",
    "テーマ",
    "プロジェクト",
    "領域",
    "重点",
    "推進",
    "カテゴリ",
    "基本目標",
    "取組",
    "体系",
    "編",
    "部門",
    "ビジョン",
    "ミッション",
];
/// How sheets and titles of a form go on behind the word for what it asks for.
const TITLE_ENDS: &[&str] =
    &["調査票", "記入票", "一覧表", "一覧", "調書", "様式", "シート", "表", "個票", "リスト"];

/// Keys for columns of one's own, by a word of their labels; the more telling words first.
const KEYS: &[(&str, &str)] = &[
    ("予算", "budget"),
    ("決算", "settled"),
    ("事業費", "cost"),
    ("経費", "cost"),
    ("財源", "funding"),
    ("期間", "period"),
    ("スケジュール", "schedule"),
    ("工程", "schedule"),
    ("開始", "start"),
    ("終了", "end"),
    ("sdgs", "sdgs"),
    ("理由", "reason"),
    ("評価", "evaluation"),
    ("達成", "achievement"),
    ("進捗", "progress"),
    ("課題", "issues"),
    ("成果", "results"),
    ("効果", "effects"),
    ("今後", "next-steps"),
    ("改善", "improvements"),
    ("方向性", "direction"),
    ("単位", "unit"),
    ("根拠", "basis"),
    ("出典", "source"),
    ("算出", "formula"),
    ("算定", "formula"),
    ("分類", "class"),
    ("種別", "class"),
    ("種類", "class"),
    ("類型", "class"),
    ("区分", "division"),
    ("対象者", "audience"),
    ("実施主体", "body"),
    ("法令", "law"),
    ("説明", "explanation"),
    ("現状", "situation"),
    ("目標", "goal"),
    ("実績", "result"),
    ("計画", "plan"),
    ("取組", "activities"),
    ("主要", "main"),
    ("事業", "projects"),
    ("施策", "measures-text"),
    ("年度", "year"),
    ("url", "url"),
    ("公表", "published"),
    ("月日", "date"),
    ("日付", "date"),
    ("連絡先", "contact"),
    ("担当者", "person"),
    ("注", "remark"),
    ("名称", "title"),
];

/// The key of the column that a label means by itself, if it means one.
pub fn column(label: &str) -> Option<&'static str> {
    let label = key(label);
    LABELS
        .iter()
        .find(|(_, labels)| labels.iter().any(|known| key(known) == label))
        .map(|&(key, _)| key)
}

/// Whether a label is one that tables have: one of these, or of our own form.
pub fn is_known(label: &str) -> bool {
    let folded = key(label);
    let schema = Schema::standard();
    let is_own = Table::ALL.into_iter().any(|table| {
        schema.columns(table).iter().any(|column| {
            std::iter::once(&column.label).chain(&column.synonyms).any(|known| key(known) == folded)
        })
    });
    is_own || column(label).is_some()
}

/// Whether the label is of the measures that a KPI is of.
pub fn is_of_measures(label: &str) -> bool {
    let label = key(label);
    OF_MEASURES.iter().any(|begin| label.starts_with(begin))
        && names(&label) == Some(Table::Measures)
}

/// Which table's entries a text names: 「主な事業」 measures, 「測定指標」 KPIs. A word of KPIs tells
/// more: 「事業目標」 has both.
pub fn names(text: &str) -> Option<Table> {
    let text = key(text);
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match (has(KPI_WORDS), has(MEASURE_WORDS)) {
        (true, _) => Some(Table::Kpis),
        (false, true) => Some(Table::Measures),
        (false, false) => None,
    }
}

/// Whether a label is likely one of a level of headings.
pub fn is_level(label: &str) -> bool {
    let label = key(label);
    LEVEL_WORDS.iter().any(|word| label.contains(word))
}

/// A label or a title without what goes on behind the word for the entries: 「事業名」 and
/// 「様式１　事業調査票」 are of 「事業」.
pub fn bare(text: &str) -> &str {
    let mut text = text.trim();
    if let Some(rest) = text.strip_prefix("様式") {
        let number = |c: char| c.is_numeric() || matches!(c, '-' | '－' | 'の' | '第' | '号');
        text = rest.trim_start_matches(number).trim_start();
    }
    for end in TITLE_ENDS.iter().chain(&["名称", "名"]) {
        match text.strip_suffix(end) {
            Some(rest) if !rest.trim().is_empty() => return rest.trim_end(),
            _ => {}
        }
    }
    text
}

/// A key for a column of one's own, from the words of its label.
pub fn own_key(label: &str) -> Option<&'static str> {
    let label = key(label);
    KEYS.iter().find(|(word, _)| label.contains(word)).map(|&(_, key)| key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_other_offices_are_known() {
        for (label, expected) in [
            ("担当課等", Some(keys::SECTION)),
            ("Ｎｏ．", Some(keys::ORDER)),
            ("取組概要", Some(keys::OVERVIEW)),
            ("進捗評価", None),
        ] {
            assert_eq!(column(label), expected, "{label}");
        }
        assert!(is_of_measures("対象政策内容") && !is_of_measures("対象者"));
        assert_eq!(names("主な事業"), Some(Table::Measures));
        assert_eq!(names("測定指標"), Some(Table::Kpis));
        assert_eq!(names("概要"), None);
    }

    #[test]
    fn the_word_for_the_entries_is_found_in_labels_and_titles() {
        for (text, word) in [
            ("事業名", "事業"),
            ("様式１　事業調査票", "事業"),
            ("様式第２号　目標指標", "目標指標"),
            ("主な事業", "主な事業"),
            ("施策一覧表", "施策"),
            ("名称", "名称"),
        ] {
            assert_eq!(bare(text), word, "{text}");
        }
    }
}

//! The words of the form and of the consolidated workbook beside the columns: sheets, what stands
//! above the tables, marks.

use super::{Table, Words};

/// Name of the sheet with the instructions.
pub const GUIDE_SHEET: &str = "記入要領";
/// Name of the hidden sheet behind the form's drop-downs.
pub const LISTS_SHEET: &str = "選択肢";
/// Name of the sheet with the findings in a form that went back to its department.
pub const FINDINGS_SHEET: &str = "点検結果";
/// Label left of the department's name, above the tables.
pub const DEPARTMENT_LABELS: &[&str] = &["部局名", "部局", "提出部局"];
/// Label left of the reference date.
pub const AS_OF_LABELS: &[&str] = &["基準日", "照会時点", "時点"];
/// Label left of the number of the submission.
pub const ROUND_LABELS: &[&str] = &["提出回", "提出回数", "版"];
/// Labels of the box above a table in which a department says that it has nothing for it.
pub const NOTHING_LABELS: &[&str] = &["該当なし", "該当無し", "該当無", "該当事項なし"];
/// Labels of a box that asks whether there is something: it is answered the other way round.
pub const ANYTHING_LABELS: &[&str] = &["該当の有無", "該当有無", "該当事項の有無"];
/// What the form offers in the box.
pub const NOTHING_MARK: &str = "○";
/// Labels on the sheet of instructions of who fills the form in: name, 内線, mail.
pub const CONTACT_LABELS: [&str; 3] = ["記入者", "内線", "メール"];
/// What stands above the tables for whoever fills them in: beside 提出回, and beside 部局名.
pub const ROUND_HINT: &str = "出し直すときは、数を1つ増やしてください。";
pub const FILL_HINT: &str = "白い欄に記入してください（「記入要領」を参照）。黄色の欄は、まだ記入されていない必須の欄です。";
/// What stands beside the box in which a department says that it has nothing for a table.
pub fn nothing_hint(words: &Words, table: Table) -> String {
    let entry = words.entry(table);
    format!("載せる{entry}がないときは、「{NOTHING_MARK}」を選んでください。")
}

/// What marks the sample row in its first cell.
pub const SAMPLE_MARK: &str = "（例）";
/// Words that mark a sample row, with a number and brackets or without.
pub const SAMPLE_WORDS: &[&str] =
    &["例", "記入例", "記載例", "入力例", "作成例", "例示", "記入見本", "見本", "サンプル"];
/// First characters of a foot note.
pub const NOTE_MARKS: &[char] = &['※', '注', '＊', '*'];
/// Words that a foot note begins with, a colon or a bracket behind them.
pub const NOTE_WORDS: &[&str] =
    &["注意", "注意事項", "注記", "備考", "参考", "凡例", "補足", "留意事項"];
/// What stands where a table ends.
pub const END_WORDS: &[&str] =
    &["以上", "以上です", "以下余白", "以下空白", "余白", "以下、余白", "以下省略", "終わり"];
/// The workbook-scoped defined names by which a form says which edition and version it is.
pub const EDITION_NAME: &str = "bessatsu_edition";
pub const VERSION_NAME: &str = "bessatsu_form_version";

/// The consolidated workbook: the sheets and labels by which it reads back.
pub mod consolidated {
    use crate::schema::{Schema, Table, Words};

    pub const COVER: &str = "表紙";
    pub const CODES: &str = "コード表";
    /// The definitions of columns that are not the standard ones, and the labels of its columns.
    pub const DEFINITIONS: &str = "欄の定義";
    pub const DEFINITION_LABELS: [&str; 2] = ["表", "定義"];
    /// In place of a table, where the definition is that of the words.
    pub const DEFINED_WORDS: &str = "（語）";
    /// In place of the table, the definitions of the levels and headings.
    pub const LEVEL: &str = "階層";
    pub const HEADING: &str = "見出し";
    /// What all sheets of data begin with.
    pub const DATA: &str = "データ_";
    pub const SUMMARY: &str = "部局別集計";
    pub const TOTALS: &str = "数値の集計";
    pub const FINDINGS: &str = "点検結果";
    pub const DATA_GUIDE: &str = "データの説明";
    pub const CHANGED: &str = "変更点";
    pub const PROGRESS: &str = "進捗状況";
    pub const CORRECTIONS: &str = "修正一覧";
    /// The labels of its columns.
    pub const CORRECTION_LABELS: [&str; 13] = [
        "ID",
        "種別",
        "名称",
        "提出部局",
        "修正の種類",
        "項目",
        "修正前",
        "修正後",
        "理由",
        "修正日",
        "修正者",
        "出典ファイル",
        "出典セル",
    ];
    /// The sheets that are called so in the words of every edition.
    pub const FIXED: &[&str] = &[
        COVER,
        CODES,
        DEFINITIONS,
        SUMMARY,
        TOTALS,
        FINDINGS,
        DATA_GUIDE,
        CHANGED,
        PROGRESS,
        CORRECTIONS,
    ];
    /// Heading above the words of the edition on the cover.
    pub const WORDS: &str = "版の情報";

    pub const SUBMITTER: &str = "提出部局";
    pub const OWNERS: &str = "担当の内訳";
    /// Between the department and the section of an owner.
    pub const OWNER_JOINT: char = '／';
    /// In place of the id of a measure that is not known.
    pub const NO_MEASURE: &str = "－";
    pub const CHANGES: &str = "変更";
    /// Columns that are for reading alone, beside what was read of the figures.
    pub const SHOWN: &[&str] = &[CHANGES, PLACE, "出典ファイル", "出典セル"];
    /// What an entry's heading is called, where several columns name it.
    pub const PLACE: &str = "掲載場所";

    /// The name of a table's sheet: 個別施策, KPI.
    pub fn table_sheet(words: &Words, table: Table) -> &str {
        match table {
            Table::Measures => &words.measures,
            Table::Kpis => &words.kpi,
        }
    }

    /// The label of the column with the ids of a KPI's measures: 対象施策ID.
    pub fn measure_ids(schema: &Schema) -> String {
        format!("{}ID", schema.fill("{kpis.measures}"))
    }

    /// The name of the sheet with the entries of a table that are printed nowhere.
    pub fn unlisted(words: &Words, table: Table) -> String {
        format!("掲載外の{}", words.entry(table))
    }

    /// The name of the sheet that lists the reposts.
    pub fn reposts(words: &Words) -> String {
        format!("{}一覧", words.reposted())
    }

    pub const CODE_ITEM: &str = "項目";
    pub const CODE: &str = "コード";
    pub const CODE_MEANING: &str = "意味";
    pub const CODE_NOTE: &str = "説明";

    /// The item of the codes of a level's headings: 「分野の番号」.
    pub fn number_code(word: &str) -> String {
        format!("{word}の番号")
    }
}

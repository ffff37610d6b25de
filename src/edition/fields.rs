//! The standard form: its sheets, its columns, their labels and synonyms.
//!
//! This is the only table of labels. The writer of forms takes the first label of a field; the
//! reader accepts every one of them after removing white space and folding width.

/// The two tables of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// 様式１
    Measures,
    /// 様式２
    Kpis,
}

/// A column of one of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Id,
    Status,
    Category,
    Order,
    Name,
    Overview,
    Purpose,
    Department,
    Section,
    Reposts,
    Measures,
    Current,
    Target,
    Note,
}

/// A column as the form has it.
#[derive(Debug)]
pub struct Column {
    pub field: Field,
    /// The form's label.
    pub label: &'static str,
    /// Other labels that mean it.
    pub synonyms: &'static [&'static str],
    /// A table without it is not the form.
    pub required: bool,
}

const fn column(
    field: Field,
    label: &'static str,
    synonyms: &'static [&'static str],
    required: bool,
) -> Column {
    Column { field, label, synonyms, required }
}

/// Name of the sheet with the instructions.
pub const GUIDE_SHEET: &str = "記入要領";
/// Name of the hidden sheet behind the form's drop-downs.
pub const LISTS_SHEET: &str = "選択肢";
/// Name of the sheet with the findings in a form that went back to its department.
pub const FINDINGS_SHEET: &str = "点検結果";
/// How the notes begin that say a finding in such a form; they are not the department's.
pub const NOTE_PREFIX: &str = "【点検】";
/// Label of the locked column that shows last year's current value for reference. It may stand
/// right of 様式２ and is not read.
pub const REFERENCE_LABEL: &str = "前回の現状値（参考）";
/// Label left of the department's name, above the tables.
pub const DEPARTMENT_LABELS: &[&str] = &["部局名", "部局", "提出部局"];
/// Label left of the reference date.
pub const AS_OF_LABELS: &[&str] = &["基準日", "照会時点", "時点"];
/// Label left of the number of the submission.
pub const ROUND_LABELS: &[&str] = &["提出回", "提出回数", "版"];
/// What stands above the tables for whoever fills them in: beside 提出回, and beside 部局名.
pub const ROUND_HINT: &str = "出し直すときは、数を1つ増やしてください。";
pub const FILL_HINT: &str = "白い欄に記入してください（「記入要領」を参照）。黄色の欄は、まだ記入されていない必須の欄です。";
/// First cells that mark a sample row.
pub const SAMPLE_MARKS: &[&str] = &["(例)", "例", "記入例", "(記入例)"];
/// First characters of a foot note.
pub const NOTE_MARKS: &[char] = &['※', '注'];
/// The workbook-scoped defined names by which a form says which edition and version it is.
pub const EDITION_NAME: &str = "bessatsu_edition";
pub const VERSION_NAME: &str = "bessatsu_form_version";

static MEASURES: [Column; 11] = [
    column(Field::Id, "施策ID", &["施策番号", "ID"], false),
    column(Field::Status, "区分", &["継続・新規", "新規・継続"], false),
    column(Field::Category, "分野", &["分野名", "掲載分野"], true),
    column(Field::Order, "掲載順", &["並び順", "順番"], false),
    column(Field::Name, "施策名", &["施策", "個別施策", "個別施策名", "事業名", "施策名称"], true),
    column(
        Field::Overview,
        "概要（D：デジタルで）",
        &["概要", "施策の概要", "D：デジタルで", "概要(D)"],
        true,
    ),
    column(
        Field::Purpose,
        "目的（X：目指す姿）",
        &["目的", "施策の目的", "X：目指す姿", "目的(X)"],
        true,
    ),
    column(Field::Department, "担当部局", &["部局", "部局名", "所管部局"], false),
    column(
        Field::Section,
        "担当課室",
        &["課室", "課室名", "担当課", "所管課室", "担当課(室)"],
        true,
    ),
    column(Field::Reposts, "再掲分野", &["再掲", "再掲先", "再掲先分野"], false),
    column(Field::Note, "備考", &["摘要", "特記事項"], false),
];

static KPIS: [Column; 9] = [
    column(Field::Id, "KPI ID", &["KPI番号", "ID", "指標ID"], false),
    column(Field::Status, "区分", &["継続・新規", "新規・継続"], false),
    column(Field::Category, "分野", &["分野名", "掲載分野"], true),
    column(Field::Order, "掲載順", &["並び順", "順番"], false),
    column(
        Field::Name,
        "主なKPI",
        &["KPI", "KPI名", "指標", "指標名", "重要業績評価指標", "主な重要業績評価指標(KPI)"],
        true,
    ),
    column(Field::Measures, "対象施策", &["対象施策名", "対象事業", "関連施策"], true),
    column(Field::Current, "現状値", &["現状", "現況値", "実績値"], true),
    column(Field::Target, "目標値", &["目標"], true),
    column(Field::Note, "備考", &["摘要", "特記事項"], false),
];

impl Table {
    pub const ALL: [Table; 2] = [Self::Measures, Self::Kpis];

    /// The form's name of the sheet.
    pub fn sheet(self) -> &'static str {
        match self {
            Self::Measures => "様式１　個別施策",
            Self::Kpis => "様式２　KPI",
        }
    }

    /// The title in the sheet's first row.
    pub fn title(self) -> &'static str {
        match self {
            Self::Measures => "様式１　個別施策調査票",
            Self::Kpis => "様式２　主な重要業績評価指標（KPI）調査票",
        }
    }

    /// The name in the sample row, by which that row is known without its mark.
    pub fn sample_name(self) -> &'static str {
        match self {
            Self::Measures => "○○手続のオンライン化",
            Self::Kpis => "○○手続のオンライン利用率（%）",
        }
    }

    /// The columns in the form's order.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Self::Measures => &MEASURES,
            Self::Kpis => &KPIS,
        }
    }

    /// The label of a field of this table; empty where the table has no such column.
    pub fn label(self, field: Field) -> &'static str {
        self.columns().iter().find(|c| c.field == field).map_or("", |c| c.label)
    }
}

/// The consolidated workbook: the sheets and labels by which it reads back.
pub mod consolidated {
    pub const COVER: &str = "表紙";
    pub const MEASURES: &str = "個別施策";
    pub const KPIS: &str = "KPI";
    pub const UNLISTED_MEASURES: &str = "掲載外の施策";
    pub const UNLISTED_KPIS: &str = "掲載外のKPI";
    pub const CODES: &str = "コード表";
    /// What all sheets of data begin with.
    pub const DATA: &str = "データ_";
    /// Every other sheet, which follows from these and is not read.
    pub const DERIVED: &[&str] = &["部局別集計", "再掲一覧", "点検結果", "データの説明", "変更点"];
    /// Heading above the words of the edition on the cover.
    pub const WORDS: &str = "版の情報";

    pub const PILLAR: &str = "柱";
    pub const SUBMITTER: &str = "提出部局";
    pub const OWNERS: &str = "担当の内訳";
    /// Between the department and the section of an owner.
    pub const OWNER_JOINT: char = '／';
    pub const MEASURE_IDS: &str = "対象施策ID";
    /// In place of the id of a measure that is not known.
    pub const NO_MEASURE: &str = "－";
    pub const CHANGES: &str = "変更";
    /// Columns that are for reading alone.
    pub const SHOWN: &[&str] = &[
        CHANGES,
        "出典ファイル",
        "出典セル",
        "現状値の数値",
        "現状値の単位",
        "現状値の年度",
        "現状値の時点",
        "目標値の数値",
        "目標値の単位",
        "目標値の年度",
        "目標値の時点",
    ];

    pub const CODE_ITEM: &str = "項目";
    pub const CODE: &str = "コード";
    pub const CODE_MEANING: &str = "意味";
    pub const CODE_NOTE: &str = "説明";
    pub const PILLAR_CODE: &str = "柱の番号";
    pub const CATEGORY_CODE: &str = "分野の番号";
}

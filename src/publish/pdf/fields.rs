//! The fields that a template may read, with what they hold: the table of the README and the help on
//! unknown fields come from here.

use crate::schema::front::SETTINGS;
use crate::schema::{Paper, Schema, Table, WORDS, Words};

/// Every field that a template may read, with the columns of the standard edition: its path and what
/// it holds.
pub fn fields() -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for setting in &SETTINGS {
        let path = format!("front.{}", setting.field_name());
        fields.push((path, format!("{}{}", setting.label, setting.hint)));
    }
    for word in &WORDS {
        let standard = Words::default();
        let usual = word.of(&standard);
        fields.push((format!("words.{}", word.field_name()), format!("語「{usual}」")));
    }
    fields.extend(FIELDS.iter().map(|&(path, what)| (path.to_owned(), what.to_owned())));
    for (table, rows) in [(Table::Measures, "measures"), (Table::Kpis, "kpis")] {
        fields.extend(Schema::standard().on(table, Paper::Annex).map(|column| {
            (format!("{rows}.{}", column.key), format!("{}（段落）", column.short()))
        }));
    }
    fields
}

/// The fields beside the words of the front matter and the texts of the columns.
///
/// `blocks` are paragraphs and lists: `(runs: (…), lines: (…))` or `(items: ((mark, runs, items), …))`; `lines`
/// are the ways to end the lines of a short text, see `phrases`; a run is a
/// string, `(keep, before, after)`, `(word)` or `(seam)`.
static FIELDS: &[(&str, &str)] = &[
    ("settings.fonts", "本文の書体（先のものから順に使う）"),
    ("settings.heading_fonts", "見出しの書体"),
    ("settings.repeat_header", "表の見出し行を次のページで繰り返すか"),
    ("settings.binding_margin", "とじしろ（mm）"),
    ("settings.double_sided", "両面印刷用のページ番号か"),
    ("settings.strict_kinsoku", "小書きの仮名と長音を行頭に置かないか"),
    ("settings.paper", "用紙の大きさ（width、height。mm）"),
    ("settings.sheets", "施策を1件ずつの個票にするか"),
    ("settings.sheet_page_break", "個票ごとに改ページするか"),
    ("draft", "案のとき、残っている誤りの数（正式版では none）"),
    (
        "confirmation",
        "部局に確認を頼む紙面のとき、その内容（department、document、contact、listed、corrections。別冊では none）",
    ),
    ("date", "発行日（year、month、day）"),
    ("headings", "全ての見出しの並び（上の見出しの後に、その下の見出しが続く）"),
    ("headings.id", "見出しの番号（1(2)。部局別のときの上の見出しは部局の名称）"),
    ("headings.level", "印刷する見出しの階層（一番上が 1）"),
    ("headings.number", "印刷する番号（なければ空）"),
    ("headings.title", "名称"),
    ("headings.label", "番号と名称"),
    ("headings.text", "見出しの下の文章（段落）"),
    ("headings.printed", "見出しを印刷するか"),
    ("headings.break_before", "この見出しの前で改ページするか"),
    ("headings.first", "上の見出しのすぐ下にある見出しか"),
    ("headings.measures", "個別施策の行"),
    ("headings.kpis", "KPIの行"),
    (
        "headings.measures_total",
        "個別施策の表の計の行（label、欄ごとの sums、含まないものの notes。なければ none）",
    ),
    ("headings.kpis_total", "KPIの表の計の行（同じ）"),
    ("headings.note", "KPIの表の下の注"),
    ("chapters", "表の前に置く章の並び"),
    ("appendices", "表の後に置く付属資料の並び"),
    ("chapter.id", "章の記号（chapter-1、appendix-1）"),
    ("chapter.title", "題"),
    ("chapter.text", "文章（段落。Typstのファイルでは空）"),
    ("chapter.file", "Typstのファイルの名前（文章のファイルでは none）"),
    ("measures.id", "施策ID"),
    ("measures.break_before", "この行の前で改ページするか"),
    ("measures.repost", "再掲か"),
    ("measures.group_title", "この行から始まるまとまりの見出し（column、text。なければ none）"),
    ("kpis.id", "KPI ID"),
    ("kpis.break_before", "この行の前で改ページするか"),
    ("kpis.group_title", "この行から始まるまとまりの見出し（column、text。なければ none）"),
    ("columns.measures", "個別施策の表の欄の並び"),
    ("columns.kpis", "KPIの表の欄の並び"),
    ("column.key", "欄の文章がある、行の項目の名前"),
    ("column.label", "表の見出し"),
    ("column.kind", "text（文章）又はfigure（数値）"),
    ("column.label_width", "表の見出しを1行に置いたときの幅（字数）"),
    ("column.align", "left（左）、center（中央）又はright（右）"),
    ("column.width", "紙面での幅（mm。指定がなければ none）"),
    (
        "column.room",
        "幅の指定がないときの幅の目安（字数で least、most、比 weight。標準の表では none）",
    ),
    ("column.head", "隣の欄とまとめる上の見出し（なければ none）"),
    ("column.under", "欄の中の下の段に置くとき、その欄の key（なければ none）"),
    ("column.below_name", "独立の欄とせず、名称の下に置くか"),
];

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::chapters::ChapterText;
    use super::super::columns;
    use super::super::data::{
        Cells, Data, Date, HeadingRows, KpiRow, MeasureRow, PaperSize, Settings, words,
    };
    use super::*;
    use crate::model::{Annex, Front};

    /// The fields of a value as [`fields`] names them.
    fn paths(value: &Value, parent: &str, found: &mut Vec<String>) {
        let Value::Object(fields) = value else { return };
        for (name, value) in fields {
            found.push(if parent.is_empty() { name.clone() } else { format!("{parent}.{name}") });
            match (name.as_str(), value) {
                ("measures" | "kpis", Value::Array(items)) if parent == "columns" => {
                    items.iter().take(1).for_each(|item| paths(item, "column", found));
                }
                ("chapters" | "appendices", Value::Array(items)) => {
                    items.iter().take(1).for_each(|item| paths(item, "chapter", found));
                }
                ("headings" | "measures" | "kpis", Value::Array(items)) => {
                    items.iter().take(1).for_each(|item| paths(item, name, found));
                }
                ("front" | "words" | "settings" | "columns", _) => paths(value, name, found),
                _ => {}
            }
        }
    }

    #[test]
    fn every_field_that_templates_get_is_documented() {
        let schema = Schema::standard();
        let cells = |table: Table| -> Cells {
            schema.on(table, Paper::Annex).map(|column| (column.key.clone(), vec![])).collect()
        };
        let row = MeasureRow {
            id: String::new(),
            break_before: false,
            repost: false,
            group_title: None,
            cells: cells(Table::Measures),
        };
        let kpi = KpiRow {
            id: String::new(),
            break_before: false,
            group_title: None,
            cells: cells(Table::Kpis),
        };
        let heading =
            HeadingRows { measures: vec![row], kpis: vec![kpi], ..HeadingRows::default() };
        let settings = Settings {
            fonts: vec![],
            heading_fonts: vec![],
            repeat_header: false,
            binding_margin: 0.0,
            double_sided: false,
            strict_kinsoku: false,
            paper: PaperSize { width: 210.0, height: 297.0 },
            sheets: false,
            sheet_page_break: false,
        };
        let front = Front::default();
        let date = Date { year: 2025, month: 3, day: 1 };
        let annex = Annex::default();
        let columns = columns::of(&annex, false, 210.0).expect("the keys are free");
        let headings = vec![heading];
        let chapter = |kind: &str| ChapterText {
            id: format!("{kind}-1"),
            title: "",
            text: vec![],
            file: None,
        };
        let data = Data {
            front: &front,
            words: words(&schema.words),
            settings,
            draft: None,
            confirmation: None,
            date,
            columns,
            headings,
            chapters: vec![chapter("chapter")],
            appendices: vec![chapter("appendix")],
        };
        let mut found = Vec::new();
        paths(&serde_json::to_value(data).expect("data is JSON"), "", &mut found);
        found.retain(|path| !["front", "words", "settings", "columns"].contains(&path.as_str()));
        found.sort();
        found.dedup();
        let mut documented: Vec<String> = fields().into_iter().map(|(path, _)| path).collect();
        documented.sort_unstable();
        assert_eq!(found, documented);
    }
}

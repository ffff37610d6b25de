//! The words and the columns of a draft as text.

use super::super::columns::{Column, Value};
use super::super::{Draft, TableDraft};
use super::syntax::{Table, texts};
use crate::schema::{self, FigureRole, Kind, Paper, Schema};
use crate::text::confirm::TO_CONFIRM;
use crate::text::{key as fold, toml_text};

/// The words for the entries, and their sheets and titles; nothing where they are the standard ones,
/// or follow from the others.
pub fn words(draft: &Draft) -> String {
    let mut said: Vec<(&str, String, &str)> = Vec::new();
    for (found, [entry, list, sheet, title]) in [
        (&draft.measures, ["measure", "measures", "measures-sheet", "measures-title"]),
        (&draft.kpis, ["kpi", "kpis", "kpis-sheet", "kpis-title"]),
    ] {
        let Some(found) = found else { continue };
        let mark = if found.is_word_guessed { TO_CONFIRM } else { "" };
        let one = found.word.strip_prefix("主な").unwrap_or(&found.word);
        // The sheet may say more of the list than the label of the names: 「個別施策」 of 「施策名」.
        let of_sheet = found.sheet.as_deref().map_or("", schema::foreign::bare);
        let is_more = of_sheet.contains(&found.word) && of_sheet.chars().count() <= 20;
        let several = if is_more { of_sheet } else { found.word.as_str() };
        for (key, word, mark) in [
            (entry, Some(one), mark),
            (list, Some(several), mark),
            (sheet, found.sheet.as_deref(), ""),
            (title, found.title.as_deref(), ""),
        ] {
            let Some(word) = word else { continue };
            // 個別施策 is the standard word for a list of 施策, which no form has to say.
            if key == list && one == word && following(&[], entry).as_deref() == Some(one) {
                continue;
            }
            if following(&said, key).is_none_or(|usual| fold(&usual) != fold(word)) {
                said.push((key, word.to_owned(), mark));
            }
        }
    }
    if said.is_empty() {
        return String::new();
    }
    let mut text = String::from("# ---- 言葉 ----\n\n[words]\n");
    for (key, word, mark) in said {
        let mark = if mark.is_empty() { String::new() } else { format!("  # {mark}") };
        text += &format!("{key} = {}{mark}\n", toml_text(&word));
    }
    text + "\n"
}

/// What a word is where the others are said.
fn following(said: &[(&str, String, &str)], key: &str) -> Option<String> {
    let stated = |word: &schema::Word| {
        said.iter().find(|(key, ..)| *key == word.key).map(|(_, text, _)| text.clone())
    };
    let words = schema::Words::following(stated);
    schema::WORDS.iter().find(|word| word.key == key).map(|word| word.of(&words).to_owned())
}

/// The columns of both tables, and the values of the KPIs.
pub fn tables(draft: &Draft) -> String {
    let mut text = String::new();
    for (name, title, table) in [
        ("measure-column", "様式１の欄", &draft.measures),
        ("kpi-column", "様式２の欄", &draft.kpis),
    ] {
        let Some(TableDraft { columns, .. }) = table else {
            if name == "measure-column" {
                text += "# ---- 様式１の欄（様式１に当たる表はありません） ----\n\n";
                for key in [schema::keys::DEPARTMENT, schema::keys::SECTION] {
                    let papers = Some(Vec::new());
                    text += &column(name, &Column { key: key.into(), papers, ..Column::default() });
                }
            }
            continue;
        };
        if !columns.columns.is_empty() {
            text += &format!("# ---- {title}（標準の様式と違うもの） ----\n\n");
        }
        text +=
            &columns.columns.iter().map(|column| self::column(name, column)).collect::<String>();
        if !columns.values.is_empty() {
            text += "# ---- KPIの値 ----\n\n";
        }
        text += &columns.values.iter().map(value).collect::<String>();
    }
    text
}

fn column(name: &str, column: &Column) -> String {
    let mut table = Table::new(name);
    table.comment(column.remark.unwrap_or_default());
    table.put("key", toml_text(&column.key));
    table.put_if_any("label", column.label.as_deref().map(toml_text));
    table.put_if_any("head", column.head.as_deref().map(toml_text));
    table.put_if_any("synonyms", column.synonyms.as_deref().map(texts));
    let content = &column.content;
    if content.kind != Kind::Text {
        table.put("kind", toml_text(kind(content.kind)));
        if content.is_guessed {
            table.remark("記入された内容から推測");
        }
    }
    table.put_if_any("unit", content.unit.as_deref().map(toml_text));
    if !content.choices.is_empty() {
        table.put("choices", texts(&content.choices));
        if content.is_guessed {
            table.remark("記入されていたもの");
        }
    }
    if column.is_optional {
        table.put("required", "false".into()).remark("空欄の行がある");
    } else if column.is_filled && column.label.is_some() && !is_standard(&column.key) {
        table.propose("required", "true", "全ての行に記入がある");
    }
    if let Some(longest) = column.longest {
        table.put("longest", longest.to_string()).remark("標準より長い文がある");
    }
    if let Some(papers) = &column.papers {
        let papers: Vec<String> =
            papers.iter().map(|paper| self::paper(*paper).to_owned()).collect();
        table.put("papers", texts(&papers));
    }
    table.put_if_any("after", column.after.as_deref().map(toml_text));
    if content.kind == Kind::Amount {
        table.propose("total", "true", "合計を出すとき");
    }
    if !column.sample.is_empty() {
        table.put("sample", toml_text(&column.sample));
    }
    table.finish()
}

fn is_standard(key: &str) -> bool {
    let schema = Schema::standard();
    schema::Table::ALL.into_iter().any(|table| schema.column(table, key).is_some())
}

fn value(value: &Value) -> String {
    let mut table = Table::new("kpi-value");
    table.put("key", toml_text(&value.key));
    table.put("label", toml_text(&value.label));
    table.put_if_any("head", value.head.as_deref().map(toml_text));
    table.put_if_any("synonyms", value.synonyms.as_deref().map(texts));
    table.put("role", toml_text(role(value.role)));
    if value.is_guessed {
        table.remark("見出しから推測");
    }
    table.put_if_any("year", value.year.map(|year| year.to_string()));
    if value.is_optional && Schema::standard().column(schema::Table::Kpis, &value.key).is_some() {
        table.put("required", "false".into()).remark("値のない行がある");
    }
    if let Some(over) = &value.over {
        table.propose("under", &toml_text(over), "目標値の下の段に印刷するとき");
    }
    if !value.sample.is_empty() {
        table.put("sample", toml_text(&value.sample));
    }
    table.finish()
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "text",
        Kind::Choice => "choice",
        Kind::Number => "number",
        Kind::Amount => "amount",
        Kind::Year => "year",
        Kind::Period => "period",
        Kind::Date => "date",
        Kind::List => "list",
    }
}

fn role(role: FigureRole) -> &'static str {
    match role {
        FigureRole::Base => "base",
        FigureRole::Interim => "interim",
        FigureRole::Actual => "actual",
        FigureRole::Target => "target",
    }
}

fn paper(paper: Paper) -> &'static str {
    match paper {
        Paper::Form => "form",
        Paper::Annex => "annex",
        Paper::Workbook => "workbook",
        Paper::Web => "web",
        Paper::Data => "data",
        Paper::Diff => "diff",
        Paper::Text => "text",
    }
}

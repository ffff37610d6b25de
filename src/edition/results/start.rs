//! The settings of an edition that asks for results, made of those of the annex: its text with what
//! differs changed in place, and behind it what is asked for.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::next::{Edits, quoted, tables, within, without_dropped};
use super::super::settings::Edition;
use crate::schema::{FigureRole, Role, Table};
use crate::text::{era, key};

/// Behind the id of the annex, so that the forms of one are not taken for those of the other.
const SUFFIX: &str = "P";

/// What is asked of its lines.
const DATE: &str = "実績を集めるときの日付。改めてください";
const DEADLINE: &str = "実績を集めるときの期限。書き入れてください";

/// A column that the standard edition asks for, as the settings declare it.
struct Question {
    key: &'static str,
    label: &'static str,
    /// What follows in its table.
    more: &'static str,
}

const OF_MEASURES: [Question; 4] = [
    Question {
        key: "state",
        label: "取組状況",
        more: r#"longest = 400
required = true
guide = "その年度に何をし、どうなったかを、数を挙げて書きます。進まなかったときは、その理由も書きます。"
sample = "申請の受付を3手続で始め、利用の手引を作った。"
"#,
    },
    Question {
        key: "grade",
        label: "評価",
        more: r#"kind = "choice"
choices = ["順調", "概ね順調", "やや遅れている", "遅れている"]
required = true
guide = "一覧から選びます。"
sample = "順調"
"#,
    },
    Question {
        key: "next",
        label: "次年度の方向",
        more: r#"kind = "choice"
choices = ["拡充", "継続", "見直し", "縮小", "廃止"]
required = true
guide = "一覧から選びます。"
sample = "継続"
"#,
    },
    Question {
        key: "settled",
        label: "決算額",
        more: r#"kind = "amount"
unit = "千円"
total = true
guide = "決算の額を千円単位で書きます。予算を伴わないときは空欄にします。"
sample = "13,767"
"#,
    },
];

/// The settings in `text` as those of an edition that asks for the results of its year. `previous`
/// is the `annex.json` that is reported on, as seen from the new edition, which has so many `earlier`
/// ones beside it. `None` where the text is not TOML or has no `[edition]`.
pub fn results(text: &str, edition: &Edition, previous: &str, earlier: usize) -> Option<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = DeTable::parse(text).ok()?;
    let root = root.get_ref();
    let mut edits = Edits::new(text);
    let id = within(root, "edition", "id")?;
    edits.put(id.span(), quoted(&format!("{}{SUFFIX}", edition.id())));
    if let Some(volume) = within(root, "edition", "volume") {
        let title = format!("{}　{}の実績", edition.front.volume, era::long(edition.year));
        edits.put(volume.span(), quoted(&title));
    }
    if let Some(issued) = within(root, "colophon", "issued") {
        edits.move_on(issued, DATE);
    }
    // The fiscal year ends in the March of the next.
    if let Some(as_of) = within(root, "form", "as-of") {
        let march = era::long(edition.year + 1);
        let as_of_march = quoted(&format!("{}3月末", march.trim_end_matches("度")));
        edits.put_and_ask(as_of.span(), as_of_march, DATE);
    }
    for key in ["deadline", "return-deadline"] {
        if let Some(deadline) = within(root, "form", key) {
            edits.put_and_ask(deadline.span(), "\"\"".into(), DEADLINE);
        }
    }
    if let Some(on) = within(root, "progress", "on") {
        edits.put(on.span(), r#"["page", "workbook", "data", "pdf"]"#.into());
    }
    if let Some(year) = within(root, "progress", "reporting-year") {
        edits.put(year.span(), edition.year.to_string());
    }
    let history: Vec<String> = (1..=earlier).map(|n| quoted(&format!("before-{n}.json"))).collect();
    let history = format!("history = [{}]", history.join(", "));
    let is_placed = earlier == 0 || put_history(root, &history, &mut edits);
    edits.drop_former_names(root);
    match root.get("previous") {
        Some(value) => edits.put(value.span(), quoted(previous)),
        None => edits.insert_previous(previous),
    }
    let mut asked = questions(root, edition, &mut edits);
    if !is_placed {
        asked += &format!("\n[progress]\n{history}\n");
    }
    let head = format!("# {}を集める版の設定\n#\n", era::long(edition.year) + "の実績");
    Some(head + without_dropped(&edits.apply()).trim_end() + "\n" + &asked)
}

/// Writes where the earlier annexes are into `[progress]`; whether the text has that table.
fn put_history(root: &DeTable, history: &str, edits: &mut Edits) -> bool {
    let progress = root.get("progress").and_then(|value| value.get_ref().as_table());
    let Some(progress) = progress else { return false };
    let said = progress.iter().find(|(key, _)| key.get_ref() == "history");
    let first = progress.iter().map(|(key, _)| key.span().start).min();
    match (said, first) {
        (Some((key, value)), _) => edits.put(key.span().start..value.span().end, history.into()),
        (None, Some(first)) => edits.put(first..first, format!("{history}\n")),
        (None, None) => return false,
    }
    true
}

/// What is asked for: as the settings of the annex say, else as usual.
fn questions(root: &DeTable, edition: &Edition, edits: &mut Edits) -> String {
    let (year, short) = (edition.year, era::short(edition.year));
    let kpi = &edition.schema.words.kpi;
    let mut asked = format!(
        r#"
# ---- 実績の照会 ----
#
# {}の実績を部局に尋ねる版です（bessatsu forms --progress が用意しました）。
# asked = "progress" の欄と備考だけを部局が記入します。ほかの欄は、元の版（previous）のとおりに記入して
# 変更できないようにし、違いがあれば点検で指摘します。欄は増やすことも減らすこともできます。
# 改めたら、bessatsu forms で様式を作り直してください。
[results]
year = {year}
"#,
        era::long(year)
    );
    let is_declared = ["measure-column", "kpi-column", "kpi-value"]
        .iter()
        .any(|array| tables(root.get(*array)).any(|table| says(table, "asked", "progress")));
    if is_declared {
        return asked;
    }
    let of_year = Role::Figure { role: FigureRole::Actual, year: Some(year) };
    let is_measured = edition.schema.figures().any(|column| column.role == of_year);
    let label = format!("{short}実績値");
    if edition.levels.have(Table::Kpis)
        && !is_measured
        && !is_known(edition, Table::Kpis, "result", &label)
    {
        let last = edition.schema.figures_of(&[FigureRole::Base, FigureRole::Actual]).last();
        let after = last.map(|column| format!("after = \"{}\"\n", column.key)).unwrap_or_default();
        asked += &format!(
            r#"
[[kpi-value]]
key = "result"
label = "{label}"
role = "actual"
year = {year}
asked = "progress"
{after}required = true
guide = "{}末の値を、目標値と同じ単位で書きます。数値がないときは、「未測定」のように理由を書きます。①②のある{kpi}は、値にも①②を付けます。"
sample = "52.0%"
"#,
            era::long(year)
        );
    }
    for question in OF_MEASURES.iter().filter(|_| edition.levels.have(Table::Measures)) {
        let Question { key, label, more } = question;
        if is_known(edition, Table::Measures, key, label) {
            // The annex has it already: it is asked for anew.
            open(root, key, edits);
        } else {
            asked += &format!(
                "\n[[measure-column]]\nkey = \"{key}\"\nlabel = \"{label}\"\nasked = \"progress\"\n{more}"
            );
        }
    }
    asked
}

fn says(table: &DeTable, key: &str, word: &str) -> bool {
    table.get(key).and_then(|value| value.get_ref().as_str()) == Some(word)
}

/// Whether the table has a column of this key, or one under this label.
fn is_known(edition: &Edition, table: Table, name: &str, label: &str) -> bool {
    edition.schema.columns(table).iter().any(|column| {
        let mut labels = std::iter::once(&column.label).chain(&column.synonyms);
        column.is(name) || labels.any(|other| key(other) == key(label))
    })
}

/// Asks with the results for a column of measures that the settings declare.
fn open(root: &DeTable, name: &str, edits: &mut Edits) {
    let declared = tables(root.get("measure-column")).find(|table| says(table, "key", name));
    let value: Option<&Spanned<DeValue>> = declared.and_then(|table| table.get("key"));
    if let Some(value) = value {
        edits.put(value.span(), format!("{}\nasked = \"progress\"", quoted(name)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::parse;

    const EXAMPLE: &str = include_str!("../../../inputs/2025/edition.toml");

    #[test]
    fn the_earlier_annexes_are_named_wherever_the_progress_is_set() {
        let start = EXAMPLE.find("[progress]").expect("it is set");
        let end = EXAMPLE.find("[rules]").expect("what follows it");
        let without = format!("{}{}", &EXAMPLE[..start], &EXAMPLE[end..]);
        let said = EXAMPLE
            .replace("scheme = \"plan\"", "scheme = \"plan\"\nhistory = [\"../2024/a.json\"]");
        for text in [EXAMPLE, &without, &said] {
            let (edition, _) = parse("edition.toml", text);
            let made = results(text, &edition.expect("TOML"), "previous.json", 2).expect("TOML");
            let (edition, findings) = parse("edition.toml", &made);
            assert!(findings.iter().all(|finding| finding.rule.code == "S119"), "{findings:#?}");
            let history = edition.expect("TOML").progress.history;
            assert_eq!(history, ["before-1.json", "before-2.json"]);
        }
    }

    fn made(text: &str) -> (String, Edition) {
        let (edition, findings) = parse("edition.toml", text);
        assert!(findings.is_empty(), "{findings:#?}");
        let made = results(text, &edition.expect("TOML"), "previous.json", 0).expect("TOML");
        let (edition, findings) = parse("edition.toml", &made);
        let asked = findings.iter().filter(|finding| finding.rule.code == "S119");
        assert_eq!((asked.count(), findings.len()), (3, 3), "{made}\n{findings:#?}");
        (made, edition.expect("TOML"))
    }

    fn open_keys(edition: &Edition) -> String {
        let columns = Table::ALL.into_iter().flat_map(|table| edition.schema.columns(table));
        let keys = columns.filter(|column| !column.locked).map(|column| &*column.key);
        keys.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_standard_edition_asks_for_state_grade_direction_settlement_and_values() {
        let (text, edition) = made(EXAMPLE);
        assert_eq!(open_keys(&edition), "state grade next settled note result note");
        assert_eq!(edition.id(), "R7P");
        assert_eq!(edition.results.as_ref().map(|results| results.year), Some(2025));
        assert_eq!(edition.front.volume, "別冊　令和7年度の実績");
        assert_eq!(edition.form.as_of, "令和8年3月末");
        assert_eq!((edition.form.deadline.as_str(), &*edition.front.issued), ("", "令和8年3月"));
        assert_eq!(edition.previous.as_deref(), Some("previous.json"));
        assert_eq!(edition.progress.on.len(), 4);
        assert_eq!(edition.progress.measures, ["state", "grade", "next", "settled"]);
        assert_eq!(edition.progress.reporting_year, Some(2025));
        assert!(text.contains("key = \"settled\""), "{text}");
        let labels: Vec<&str> = edition.schema.figures().map(|column| &*column.label).collect();
        assert_eq!(labels, ["現状値", "R7実績値", "目標値"]);
    }

    #[test]
    fn what_the_annex_declares_is_asked_for_and_nothing_else() {
        let declared =
            "[[measure-column]]\nkey = \"done\"\nlabel = \"やったこと\"\nasked = \"progress\"\n";
        assert_eq!(open_keys(&made(&format!("{EXAMPLE}{declared}")).1), "done note note");
    }

    #[test]
    fn a_column_that_the_annex_has_already_is_asked_for_anew() {
        let state = "[[measure-column]]\nkey = \"state\"\nlabel = \"取組状況\"\n";
        let named = "[[measure-column]]\nkey = \"result\"\nlabel = \"次年度の方向\"\n";
        let values = "[[kpi-value]]\nkey = \"base\"\nlabel = \"基準値\"\nrole = \"base\"\nyear = 2023\n\
                      [[kpi-value]]\nkey = \"a2025\"\nlabel = \"R7\"\nrole = \"actual\"\nyear = 2025\n\
                      [[kpi-value]]\nkey = \"target\"\n";
        let (_, edition) = made(&format!("{EXAMPLE}{state}{named}{values}"));
        assert_eq!(open_keys(&edition), "state grade settled note a2025 note");
    }
}

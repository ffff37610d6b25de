//! Columns of any kind and values of KPIs, which the settings declare: what departments write in them comes back from
//! forms, workbook and `annex.json` as it went in, with what was read of it.

use bessatsu::edition::{self, Edition};
use bessatsu::forms;
use bessatsu::intake;
use bessatsu::model::{Annex, Entry, Kpi};
use bessatsu::publish::{data, workbook};
use bessatsu::report::Report;
use bessatsu::schema::Table;
use proptest::prelude::*;

use crate::support::{model, pipeline};

const EXAMPLE: &str = include_str!("../../../inputs/2025/edition.toml");

/// A kind, what is declared with it, and what stands in such a column.
const KINDS: [(&str, &str, &[&str]); 8] = [
    ("text", "", &["現地を調べる。", "1行目\n2行目", "=SUM(A1)", "'引用"]),
    ("choice", "choices = [\"順調\", \"遅れ\"]\n", &["順調", "遅れ", "中止"]),
    ("number", "total = true\n", &["10", "1,234", "8.5", "0", "多数", "-3"]),
    (
        "amount",
        "unit = \"千円\"\ntotal = true\n",
        &["13,767", "2230", "300千円", "1,500,000円", "50人", "未定", "12.5（うち国費）", "▲300"],
    ),
    ("year", "", &["R7", "2025", "令和7年度", "来年度"]),
    ("period", "", &["R7-R9", "令和7～9年度", "R7～", "通年"]),
    ("date", "", &["R7.1.24", "令和7年3月", "2025/1/24", "2025-01-24", "春"]),
    ("list", "choices = [\"9 産業\", \"11 まち\"]\n", &["9 産業", "9 産業\n11 まち", "12 消費"]),
];

/// A declared column: its table, its kind, and which text each entry has.
#[derive(Clone, Debug)]
struct Drawn {
    table: Table,
    kind: usize,
    papers: bool,
    next_year: usize,
    texts: Vec<usize>,
}

fn columns() -> impl Strategy<Value = Vec<Drawn>> {
    let table = prop_oneof![Just(Table::Measures), Just(Table::Kpis)];
    let texts = prop::collection::vec(0..9usize, 1..6);
    let column = (table, 0..KINDS.len(), any::<bool>(), 0..3usize, texts).prop_map(
        |(table, kind, papers, next_year, texts)| Drawn { table, kind, papers, next_year, texts },
    );
    prop::collection::vec(column, 1..6)
}

impl Drawn {
    fn key(at: usize) -> String {
        format!("drawn-{at}")
    }

    /// As the settings declare it.
    fn declared(&self, at: usize) -> String {
        let name = match self.table {
            Table::Measures => "measure-column",
            Table::Kpis => "kpi-column",
        };
        let (kind, more, _) = KINDS[self.kind];
        let papers = match self.papers {
            true => String::new(),
            false => "papers = [\"form\", \"workbook\", \"data\"]\n".into(),
        };
        let fate = ["keep", "clear", "reference"][self.next_year];
        format!(
            "[[{name}]]\nkey = \"{}\"\nlabel = \"{at}番目の欄\"\nkind = \"{kind}\"\nnext-year = \"{fate}\"\n{more}{papers}",
            Self::key(at)
        )
    }

    /// What the entry of a number has; now and then nothing.
    fn text(&self, entry: usize) -> &'static str {
        let (.., texts) = KINDS[self.kind];
        let drawn = self.texts[entry % self.texts.len()];
        texts.get(drawn).copied().unwrap_or_default()
    }
}

fn edition(columns: &[Drawn]) -> Edition {
    let declared = columns.iter().enumerate().map(|(at, column)| column.declared(at));
    let text = format!("{EXAMPLE}\n{}", declared.collect::<String>());
    let (edition, findings) = edition::parse("edition.toml", &text);
    assert!(findings.is_empty(), "{findings:?}");
    edition.unwrap()
}

/// The small annex with what was drawn.
fn filled(edition: &Edition, columns: &[Drawn]) -> Annex {
    let (_, mut annex) = model::small_annex();
    annex.schema = edition.schema.clone();
    for (at, column) in columns.iter().enumerate() {
        let put = |number: usize, entry: &mut Entry| {
            entry.value_mut(&Drawn::key(at)).value = column.text(number).into();
        };
        match column.table {
            Table::Measures => {
                annex.measures.iter_mut().enumerate().for_each(|(n, m)| put(n, &mut m.entry));
            }
            Table::Kpis => {
                annex.kpis.iter_mut().enumerate().for_each(|(n, k)| put(n, &mut k.entry));
            }
        }
    }
    annex
}

/// What stands in a value of a KPI.
const FIGURES: [&str; 7] =
    ["12件", "3,456人（R6）", "48.5%", "調査中", "約1億2,000万円", "未定", "0.1未満"];
const ROLES: [&str; 4] = ["base", "interim", "actual", "target"];

/// A declared value: its role, its year, whether it stands under the one before, and which text
/// each KPI has.
#[derive(Clone, Debug)]
struct DrawnValue {
    role: usize,
    year: Option<i32>,
    under: bool,
    texts: Vec<usize>,
}

fn values() -> impl Strategy<Value = Vec<DrawnValue>> {
    let texts = prop::collection::vec(0..FIGURES.len() + 1, 1..5);
    let value = (0..ROLES.len(), prop::option::of(2023..2031), any::<bool>(), texts)
        .prop_map(|(role, year, under, texts)| DrawnValue { role, year, under, texts });
    prop::collection::vec(value, 1..7)
}

impl DrawnValue {
    fn key(at: usize) -> String {
        format!("value-{at}")
    }

    fn declared(&self, at: usize, is_first: bool) -> String {
        let (key, role) = (Self::key(at), ROLES[self.role]);
        let year = self.year.map(|year| format!("year = {year}\n")).unwrap_or_default();
        let under = match self.under && !is_first && at % 2 == 1 {
            true => format!("under = \"{}\"\n", Self::key(at - 1)),
            false => String::new(),
        };
        format!(
            "[[kpi-value]]\nkey = \"{key}\"\nlabel = \"{at}番目の値\"\nrole = \"{role}\"\nrequired = false\n{year}{under}"
        )
    }
}

/// What the KPIs have in the drawn values, in the order of their names.
fn figures(annex: &Annex, count: usize) -> Vec<String> {
    let of = |kpi: &Kpi| {
        let figures = (0..count).map(|at| {
            let figure = &kpi.figure(&DrawnValue::key(at)).value;
            let numbers = figure.readings.iter().map(|reading| reading.number);
            format!("{} {:?}", figure.printed, numbers.collect::<Vec<_>>())
        });
        format!("{} {}", kpi.name.value, figures.collect::<Vec<_>>().join(" | "))
    };
    let mut all: Vec<String> = annex.kpis.iter().map(of).collect();
    all.sort();
    all
}

/// What the forms with the content of an annex are read as.
fn through_forms(edition: &Edition, annex: &Annex) -> Annex {
    let forms = edition.departments.iter().map(|department| {
        let bytes = forms::write(edition, department, Some(annex)).into_bytes().unwrap();
        (forms::file_name(edition, department), bytes)
    });
    pipeline::read(edition, None, forms).annex
}

/// The texts of the drawn columns and what was read of them, entry by entry in the order of names.
fn content(annex: &Annex, columns: &[Drawn]) -> Vec<String> {
    let of = |entry: &Entry, table: Table| {
        let own = columns.iter().enumerate().filter(|(_, column)| column.table == table);
        let cells = own.map(|(at, _)| {
            let key = Drawn::key(at);
            format!("{:?} {:?}", entry.value(&key).value, entry.typed.get(key.as_str()))
        });
        format!("{} {}", entry.name.value, cells.collect::<Vec<_>>().join(" | "))
    };
    let measures = annex.measures.iter().map(|m| of(&m.entry, Table::Measures));
    let mut all: Vec<String> =
        measures.chain(annex.kpis.iter().map(|k| of(&k.entry, Table::Kpis))).collect();
    all.sort();
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn declared_columns_come_back_as_they_went_in(columns in columns()) {
        let edition = edition(&columns);
        let drawn = filled(&edition, &columns);
        let read = through_forms(&edition, &drawn);
        for (at, column) in columns.iter().enumerate() {
            let written: Vec<&str> = match column.table {
                Table::Measures => drawn.measures.iter().map(|m| m.value(&Drawn::key(at)).as_str()).collect(),
                Table::Kpis => drawn.kpis.iter().map(|k| k.value(&Drawn::key(at)).as_str()).collect(),
            };
            let back: Vec<&str> = match column.table {
                Table::Measures => read.measures.iter().map(|m| m.value(&Drawn::key(at)).as_str()).collect(),
                Table::Kpis => read.kpis.iter().map(|k| k.value(&Drawn::key(at)).as_str()).collect(),
            };
            let sorted = |mut texts: Vec<&str>| { texts.sort_unstable(); texts.join("\u{1f}") };
            prop_assert_eq!(sorted(back), sorted(written), "{:?}", column);
        }
        let told = content(&read, &columns);
        prop_assert_eq!(content(&through_forms(&edition, &read), &columns), told.clone(), "forms");
        let text = data::json(&read).into_text().unwrap();
        prop_assert_eq!(data::read(&text).unwrap(), read.clone(), "annex.json");
        let report = Report::new(&edition, Vec::new());
        let book = workbook::render(&edition, &read, &report).into_bytes().unwrap();
        let (back, _) = intake::consolidated("annex.xlsx", &book);
        prop_assert_eq!(content(&back.unwrap(), &columns), told, "workbook");
    }

    #[test]
    fn declared_values_come_back_as_they_went_in(values in values()) {
        let declared = values.iter().enumerate().map(|(at, value)| value.declared(at, at == 0));
        let text = format!("{EXAMPLE}\n{}", declared.collect::<String>());
        let (edition, findings) = edition::parse("edition.toml", &text);
        prop_assert!(findings.is_empty(), "{findings:?}");
        let edition = edition.unwrap();
        let (_, mut drawn) = model::small_annex();
        drawn.schema = edition.schema.clone();
        for (number, kpi) in drawn.kpis.iter_mut().enumerate() {
            for (at, value) in values.iter().enumerate() {
                let text = FIGURES.get(value.texts[number % value.texts.len()]).copied();
                kpi.figure_mut(&DrawnValue::key(at)).value.printed = text.unwrap_or_default().into();
            }
        }
        let read = through_forms(&edition, &drawn);
        let printed = |annex: &Annex| -> Vec<String> {
            let texts = annex.kpis.iter().flat_map(|kpi| {
                (0..values.len()).map(|at| kpi.figure(&DrawnValue::key(at)).value.printed.clone())
            });
            let mut texts: Vec<String> = texts.collect();
            texts.sort();
            texts
        };
        prop_assert_eq!(printed(&read), printed(&drawn));
        let told = figures(&read, values.len());
        prop_assert_eq!(figures(&through_forms(&edition, &read), values.len()), told.clone(), "forms");
        let text = data::json(&read).into_text().unwrap();
        prop_assert_eq!(data::read(&text).unwrap(), read.clone(), "annex.json");
        let report = Report::new(&edition, Vec::new());
        let book = workbook::render(&edition, &read, &report).into_bytes().unwrap();
        let (back, _) = intake::consolidated("annex.xlsx", &book);
        prop_assert_eq!(figures(&back.unwrap(), values.len()), told, "workbook");
    }
}

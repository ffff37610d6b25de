//! Twenty-two invented KPIs of a plan of three years (R7 to R9), two of them gone by, under each
//! scheme.

use super::*;
use crate::edition::Better::{self, Higher, Keep, Lower};
use crate::edition::Counting::{self, Cumulative, Level, Yearly};
use crate::edition::Scheme;

/// A KPI: what is said of it, its values of R6 (the base), R7 and R8, and its target.
type Invented = (Option<Better>, Counting, [&'static str; 4]);

/// The judgements by plan, line, way and ratio, and how it stands under the first.
type Expected = [&'static str; 5];

const KPIS: [(Invented, Expected); 22] = [
    (
        (None, Level, ["100人", "150人", "300人", "400人(R9)"]),
        ["A", "A", "△", "やや遅れ", "順調です"],
    ),
    (
        (None, Level, ["100人", "150人", "250人", "400人(R9)"]),
        ["C", "B", "×", "やや遅れ", "遅れています"],
    ),
    (
        (None, Level, ["100人", "120人", "180人", "400人(R9)"]),
        ["D", "C", "×", "遅れ", "遅れています"],
    ),
    (
        (None, Level, ["100人", "300人", "410人", "400人(R9)"]),
        ["A", "S", "◎", "順調", "目標値に達しています"],
    ),
    (
        (Some(Higher), Level, ["100人", "90人", "80人", "400人(R9)"]),
        ["D", "C", "×", "遅れ", "遅れています"],
    ),
    (
        (Some(Lower), Level, ["50%", "45%", "35%", "30%(R9)"]),
        ["A", "A", "△", "概ね順調", "順調です"],
    ),
    ((None, Level, ["5件", "5件", "3件", "2件以下(R9)"]), ["A", "A", "△", "やや遅れ", "順調です"]),
    // Less may be wanted, or no less than that.
    (
        (None, Level, ["50%", "45%", "40%", "30%(R9)"]),
        ["－", "－", "－", "－", "増減のどちらが良いか設定されていないため判定しません"],
    ),
    (
        (Some(Keep), Level, ["96%", "95.5%", "94%", "95%(R9)"]),
        ["B", "B", "○", "概ね順調", "遅れています"],
    ),
    (
        (Some(Keep), Level, ["96%", "95%", "97%", "95%(R9)"]),
        ["A", "S", "◎", "順調", "目標値に達しています"],
    ),
    (
        (Some(Keep), Level, ["2件", "1件", "4件", "2件以下(R9)"]),
        ["D", "C", "×", "遅れ", "遅れています"],
    ),
    (
        (Some(Keep), Level, ["1件", "1件", "0件", "2件以下(R9)"]),
        ["A", "S", "◎", "順調", "目標値に達しています"],
    ),
    // The base is beyond the target: that is to be kept.
    (
        (None, Level, ["548件", "500件", "280件", "300件以上(R9)"]),
        ["B", "B", "○", "概ね順調", "遅れています"],
    ),
    (
        (Some(Higher), Cumulative, ["120件", "50件", "110件", "200件(R9)"]),
        ["B", "B", "×", "遅れ", "遅れています"],
    ),
    (
        (Some(Higher), Yearly, ["120件", "60件", "70件", "200件(R9)"]),
        ["B", "B", "△", "やや遅れ", "遅れています"],
    ),
    (
        (Some(Higher), Yearly, ["120件", "未測定", "70件", "200件(R9)"]),
        ["－", "－", "－", "－", "値のない年度があるため足し上げられません"],
    ),
    (
        (None, Level, ["10分", "20分", "30分", "全国平均(R9)"]),
        ["－", "－", "－", "－", "目標値が数値ではありません"],
    ),
    (
        (None, Level, ["10件", "未測定", "調査中", "50件(R9)"]),
        ["－", "－", "－", "－", "基準値のみです"],
    ),
    // Nobody knows the base, and one value is no way; nor are words.
    (
        (None, Level, ["未測定", "未測定", "30件", "50件(R9)"]),
        ["－", "－", "－", "－", "基準値のみです"],
    ),
    (
        (Some(Higher), Level, ["未測定", "調査中", "未測定", "50件(R9)"]),
        ["－", "－", "－", "－", "まだ数値がありません"],
    ),
    (
        (None, Level, ["10件", "20件", "30件", "50%(R9)"]),
        ["－", "－", "－", "－", "単位が違うため比べられません"],
    ),
    ((Some(Lower), Level, ["8件", "5件", "2件", "0件(R9)"]), ["A", "A", "△", "遅れ", "順調です"]),
];

fn bands(names: [&str; 4]) -> Vec<Band> {
    let bounds = [Some(1.0), Some(0.8), Some(0.6), None];
    names.into_iter().zip(bounds).map(|(name, from)| Band { name: name.into(), from }).collect()
}

#[test]
fn the_kpis_are_judged_as_each_scheme_asks() {
    let schemes = [
        (Scheme::Plan, Vec::new()),
        (Scheme::Line, Vec::new()),
        (Scheme::Way, bands(["◎", "○", "△", "×"])),
        (Scheme::Ratio, bands(["順調", "概ね順調", "やや遅れ", "遅れ"])),
    ];
    for ((better, counting, [base, first, second, target]), expected) in KPIS {
        let aims = BTreeMap::from([(Id(ID.into()), Aim { better, counting })]);
        let values = [("R7", base, target), ("R8", first, target), ("R9", second, target)];
        let course = |scheme, bands| {
            let settings = Settings { scheme, bands, aims: aims.clone(), ..Settings::default() };
            tracks(&values, &settings).remove(0).course
        };
        let mut said: Vec<String> = Vec::new();
        for (scheme, bands) in schemes.clone() {
            said.push(course(scheme, bands).band.unwrap_or_else(|| "－".into()));
        }
        let standing = course(Scheme::Plan, Vec::new()).standing;
        said.push(crate::schema::Schema::standard().fill(standing.label()).into_owned());
        assert_eq!(said, expected, "{values:?}");
        let unjudged = course(Scheme::None, bands(["◎", "○", "△", "×"]));
        assert_eq!((unjudged.band, unjudged.rate.filter(|_| better != Some(Keep))), (None, None));
    }
}

#[test]
fn the_plan_is_as_far_as_the_year_that_is_reported_on() {
    let values = [("R7", "100人", "400人(R9)"), ("R8", "200人", "400人(R9)")];
    let told = |reporting_year| {
        let settings = Settings { scheme: Scheme::Plan, reporting_year, ..Settings::default() };
        line(&tracks(&values, &settings)[0])
    };
    let begin = "2024*=100 2025*=200";
    assert_eq!(told(None), format!("{begin} OnCourse share 0.33 rate 1.00 A"));
    assert_eq!(told(Some(2026)), format!("{begin} Behind share 0.33 rate 0.50 D"));
    assert_eq!(told(Some(2030)), format!("{begin} Behind share 0.33 rate 0.33 D"));
    assert_eq!(told(Some(2024)), format!("{begin} BeforePlan share 0.33"));
}

#[test]
fn a_ratio_is_of_the_target_of_its_year() {
    let mut annex = edition("R8", "件数", "90件(R7)", "400件(R9)");
    let schema = std::sync::Arc::make_mut(&mut annex.schema);
    let mut interim = schema.column(Table::Kpis, keys::TARGET).unwrap().clone();
    interim.key = "t2025".into();
    interim.role = Role::Figure { role: FigureRole::Interim, year: Some(2025) };
    schema.kpis.push(interim);
    let aim = Sourced { value: figure::read("100件(R7)"), ..Sourced::default() };
    annex.kpis[0].figures.insert("t2025".into(), aim);
    let before = edition("R7", "件数", "50件", "400件(R9)");
    let settings = Settings { scheme: Scheme::Ratio, ..Settings::default() };
    let progress = progress(&[&before, &annex], &settings);
    assert_eq!(line(&progress.tracks[0]), "2024*=50 2025=90 Behind share 0.11 rate 0.90 B");
}

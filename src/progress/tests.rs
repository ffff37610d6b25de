//! The judgement, by figures as departments print them.

use std::collections::BTreeMap;

use super::*;
use crate::edition::Better;
use crate::intake::figure;
use crate::model::{Annex, Entry, Figure, Front, Heading, Kpi, Sourced};
use crate::schema::{Column, FigureRole, Half, Role, Schema, Table, keys};

mod checks;
mod grades;

const ID: &str = "R7-K01";

/// An edition with one KPI of this name and these values.
fn edition(id: &str, name: &str, current: &str, target: &str) -> Annex {
    let sourced =
        |text: &str| Sourced::<Figure> { value: figure::read(text), ..Sourced::default() };
    let (name, parts) = figure::parts(name);
    let kpi = Kpi {
        entry: Entry {
            id: Id(ID.into()),
            name: Sourced { value: name, ..Sourced::default() },
            ..Entry::default()
        },
        parts,
        figures: [(keys::CURRENT.into(), sourced(current)), (keys::TARGET.into(), sourced(target))]
            .into(),
        ..Kpi::default()
    };
    let category =
        Heading { kpis: vec![kpi.id.clone()], ..Heading::standard([1, 1].into(), "分野") };
    Annex {
        front: Front { edition: id.into(), first_year: 2025, last_year: 2027, ..Front::default() },
        outline: vec![Heading {
            headings: vec![category],
            ..Heading::standard(HeadingId::top(1), "柱")
        }],
        kpis: vec![kpi],
        ..Annex::default()
    }
}

fn tracks(values: &[(&str, &str, &str)], settings: &Settings) -> Vec<Track> {
    let name =
        if values.iter().any(|(_, current, target)| format!("{current}{target}").contains('②')) {
            "①件数\n②割合"
        } else {
            "件数"
        };
    let editions: Vec<Annex> =
        values.iter().map(|(id, current, target)| edition(id, name, current, target)).collect();
    progress(&editions.iter().collect::<Vec<_>>(), settings).tracks
}

/// A track in one line: mark, values by year, standing, share, rate, band.
fn line(track: &Track) -> String {
    let point = |p: &Point| {
        let year = p.fiscal_year.map_or("?".into(), |year| year.to_string());
        let mark = if p.year_assumed { "*" } else { "" };
        let value = p.number.map_or_else(|| format!("「{}」", p.printed), |n| n.to_string());
        let old = p.restated_from.map(|old| format!("<{old}>")).unwrap_or_default();
        format!("{year}{mark}={value}{old}")
    };
    let mut words: Vec<String> = track.mark.iter().map(char::to_string).collect();
    words.extend(track.points.iter().map(point));
    let course = &track.course;
    words.push(format!("{:?}", course.standing));
    words.extend(course.share.map(|share| format!("share {share:.2}")));
    words.extend(course.rate.map(|rate| format!("rate {rate:.2}")));
    words.extend(course.band.clone());
    words.join(" ")
}

#[test]
fn values_are_judged_against_the_straight_line() {
    for (values, expected) in [
        (vec![("R7", "1,551人", "2,200人(R9)")], "2024*=1551 BaseOnly"),
        (
            vec![("R7", "100人", "400人(R9)"), ("R8", "200人", "400人(R9)")],
            "2024*=100 2025*=200 OnCourse share 0.33 rate 1.00 A",
        ),
        (
            vec![("R7", "100人", "400人(R9)"), ("R8", "250人", "400人(R9)")],
            "2024*=100 2025*=250 OnCourse share 0.50 rate 1.50 S",
        ),
        (
            vec![("R7", "100人", "400人(R9)"), ("R8", "170人", "400人(R9)")],
            "2024*=100 2025*=170 Behind share 0.23 rate 0.70 B",
        ),
        (
            vec![("R7", "100人", "400人(R9)"), ("R8", "90人", "400人(R9)")],
            "2024*=100 2025*=90 Behind share -0.03 rate -0.10 C",
        ),
        (
            vec![("R7", "100人", "400人(R9)"), ("R8", "410人", "400人(R9)")],
            "2024*=100 2025*=410 Met share 1.03 rate 3.10 S",
        ),
        (
            vec![("R7", "65.5%", "50%以下(R8)"), ("R8", "60%(R7)", "50%以下(R8)")],
            "2024*=65.5 2025=60 Behind share 0.35 rate 0.71 B",
        ),
        (
            vec![("R7", "65.5%", "50%以下(R8)"), ("R8", "65.5%(R7)", "50%以下(R8)")],
            "2024*=65.5 2025=65.5 Behind share 0.00 rate 0.00 C",
        ),
        // A date tells the fiscal year, and a newer statement of the same year stands.
        (
            vec![("R7", "10件(R7.1.20時点)", "40件(R9)"), ("R8", "12件(R6)", "40件(R9)")],
            "2024=12<10> BaseOnly",
        ),
        // Long after the target's year the line stays at the target.
        (
            vec![("R7", "100(R6)", "200(R7)"), ("R10", "190(R9)", "200(R7)")],
            "2024=100 2027=190 Behind share 0.90 rate 0.90 B",
        ),
    ] {
        let tracks = tracks(&values, &Settings::default());
        assert_eq!(line(&tracks[0]), expected, "{values:?}");
    }
}

#[test]
fn words_are_shown_and_never_guessed() {
    for (values, expected) in [
        (vec![("R7", "49.6分(R4)", "全国平均(R9)")], "2022=49.6 TargetInWords"),
        (vec![("R7", "R7から実施", "300件(R9)")], "2024*=「R7から実施」 NoNumber"),
        (
            vec![("R7", "未測定", "80%(R9)"), ("R8", "60%", "80%(R9)")],
            "2024*=「未測定」 2025*=60 BaseOnly",
        ),
        // Words do not stand over a number of the same year.
        (vec![("R7", "60%(R6)", "80%(R9)"), ("R8", "未測定(R6)", "80%(R9)")], "2024=60 BaseOnly"),
        (vec![("R7", "10件", "50%(R9)")], "2024*=10 UnitsDiffer"),
        (vec![("R7", "52", "100件(R9)")], "2024*=52 BaseOnly"),
        (
            vec![("R7", "10件", "50件"), ("R8", "20件", "50件")],
            "2024*=10 2025*=20 YearsUnclear share 0.25",
        ),
        (vec![("試行版", "10件", "50件(R9)")], "?*=10 YearsUnclear"),
        (vec![("R7", "55,000件", "55,000件(R9)")], "2024*=55000 DirectionUnclear"),
        // A base that meets the target already is a base still.
        (vec![("R7", "548件", "300件以上(R9)")], "2024*=548 BaseOnly"),
        (vec![("R7", "0.64日", "1.1日以下(R9)")], "2024*=0.64 BaseOnly"),
    ] {
        let tracks = tracks(&values, &Settings::default());
        assert_eq!(line(&tracks[0]), expected, "{values:?}");
    }
}

#[test]
fn a_way_has_two_ends_on_one_scale() {
    for (current, target, way) in [
        ("10件", "50件(R9)", Some([(2024, 10.0), (2027, 50.0)])),
        ("10件", "50%(R9)", None),
        ("10件", "50件", None),
        ("10件", "全国平均(R9)", None),
        ("未測定", "50件(R9)", None),
    ] {
        let tracks = tracks(&[("R7", current, target)], &Settings::default());
        let ends = tracks[0].way().map(|ends| ends.map(|end| (end.fiscal_year, end.number)));
        assert_eq!(ends, way, "{current} → {target}");
    }
}

#[test]
fn parts_are_tracks_of_their_own() {
    let lines = |values: &[(&str, &str, &str)]| -> Vec<String> {
        tracks(values, &Settings::default()).iter().map(line).collect()
    };
    assert_eq!(
        lines(&[("R7", "未測定", "①80%②6件(R9)"), ("R8", "①40%②3件", "①80%②6件(R9)")]),
        ["① 2024*=「未測定」 2025*=40 BaseOnly", "② 2024*=「未測定」 2025*=3 BaseOnly"]
    );
    assert_eq!(
        lines(&[("R7", "686/2,882件(結婚/子育て)(R6)", "4,200件(R9)")]),
        ["2024=686 PartsDiffer", "2024=2882 PartsDiffer"]
    );
    // One number for two parts is neither's.
    assert_eq!(
        lines(&[("R7", "5件", "①80%②6件(R9)")]),
        ["① 2024*=「5件」 PartsDiffer", "② 2024*=「5件」 PartsDiffer"]
    );
}

#[test]
fn a_setting_stands_above_what_the_target_tells() {
    let values = [("R7", "95.5%", "95%(R9)"), ("R8", "95.8%", "95%(R9)")];
    let told = |settings: &Settings| {
        let course = tracks(&values, settings).remove(0).course;
        (course.standing, course.direction_from)
    };
    let usual = Settings::default();
    assert_eq!(told(&usual), (Standing::DirectionUnclear, None));
    for (better, standing) in [
        (Better::Higher, Standing::Met),
        (Better::Keep, Standing::Met),
        (Better::Lower, Standing::Behind),
    ] {
        let aim = Aim { better: Some(better), ..Aim::default() };
        let set = Settings { aims: BTreeMap::from([(Id(ID.into()), aim)]), ..usual.clone() };
        assert_eq!(told(&set), (standing, Some(DirectionSource::Setting)));
    }
}

#[test]
fn former_targets_are_kept_and_a_dropped_kpi_is_not_lost() {
    let mut editions =
        vec![edition("R7", "件数", "10件", "50件(R9)"), edition("R8", "件数", "20件", "60件(R9)")];
    let all = progress(&editions.iter().collect::<Vec<_>>(), &Settings::default());
    let track = &all.tracks[0];
    assert_eq!(track.target.as_ref().and_then(|target| target.number), Some(60.0));
    assert_eq!(track.former_targets.len(), 1);
    assert_eq!(track.former_targets[0].number, Some(50.0));
    editions.push(Annex {
        front: Front { edition: "R9".into(), ..Front::default() },
        ..Annex::default()
    });
    let all = progress(&editions.iter().collect::<Vec<_>>(), &Settings::default());
    assert_eq!(all.tracks[0].last_edition, "R8");
    assert!(
        crate::publish::progress::json::render(&all)
            .into_text()
            .unwrap()
            .contains("\"last_edition\": \"R8\"")
    );
}

#[test]
fn the_judgement_goes_by_the_bands_of_the_settings() {
    let band = |name: &str, from| Band { name: name.into(), from };
    let bands = vec![band("◎", Some(2.0)), band("○", Some(0.5)), band("×", None)];
    let settings = Settings { bands, unstated_year: 0, ..Settings::default() };
    for (current, expected) in [
        ("300人", "2025*=100 2026*=300 OnCourse share 0.67 rate 1.33 ○"),
        ("150人", "2025*=100 2026*=150 Behind share 0.17 rate 0.33 ×"),
        // What has reached its target is the best, whatever the rate.
        ("400人", "2025*=100 2026*=400 Met share 1.00 rate 2.00 ◎"),
        ("450人", "2025*=100 2026*=450 Met share 1.17 rate 2.33 ◎"),
    ] {
        let values = [("R7", "100人", "400人(R9)"), ("R8", current, "400人(R9)")];
        assert_eq!(line(&tracks(&values, &settings)[0]), expected);
    }
}

/// An edition with one KPI and these values: what each stands for, its fiscal year, its text.
fn edition_of(values: &[(FigureRole, i32, &str)]) -> Annex {
    let mut schema = Schema::default();
    schema.kpis.retain(|column| !column.is_figure());
    let mut figures = indexmap::IndexMap::new();
    for (at, (role, year, text)) in values.iter().enumerate() {
        let column = Column::new(&format!("v{at}"), &format!("値{at}"));
        let role = Role::Figure { role: *role, year: Some(*year) };
        let slot = figure::Slot { year: Some(*year), unit: None, unit_from_name: true };
        let value = figure::read_row("件数（件）", &[], &[(slot, *text)]).remove(0);
        figures.insert(column.key.clone(), Sourced { value, ..Sourced::default() });
        schema.kpis.push(Column { role, ..column });
    }
    let mut annex = edition("R7", "件数（件）", "", "");
    annex.schema = std::sync::Arc::new(schema);
    annex.kpis[0].figures = figures;
    annex
}

#[test]
fn the_stations_of_the_way_are_the_interim_targets_between_its_ends() {
    use FigureRole::{Actual, Base, Interim, Target};
    let plan = [
        (Base, 2023, "100"),
        (Interim, 2025, "150"),
        (Interim, 2026, "300"),
        (Target, 2028, "500"),
    ];
    for (more, stations) in [
        (vec![(Actual, 2025, "150")], "2025=150 2026=300"),
        // What is before the base or behind the target is no station, and words are none.
        (
            vec![(Interim, 2022, "90"), (Interim, 2029, "600"), (Interim, 2027, "検討中")],
            "2025=150 2026=300",
        ),
        // Of two for one year the first stands.
        (vec![(Interim, 2026, "310")], "2025=150 2026=300"),
        // The text's own year stands over its column's.
        (vec![(Interim, 2029, "420（R9）")], "2025=150 2026=300 2027=420"),
    ] {
        let values: Vec<_> = plan.iter().chain(&more).copied().collect();
        let annex = edition_of(&values);
        let track = progress(&[&annex], &Settings::default()).tracks.remove(0);
        let at = |known: &Known| format!("{}={}", known.fiscal_year, known.number);
        let shown: Vec<String> = track.stations().iter().map(at).collect();
        assert_eq!(shown.join(" "), stations, "{more:?}");
    }
}

#[test]
fn the_last_interim_target_is_the_goal_where_no_target_is_a_number() {
    use FigureRole::{Actual, Base, Interim, Target};
    for last in [vec![], vec![(Target, 2028, "全国平均")]] {
        let values = [
            (Base, 2023, "100"),
            (Interim, 2025, "150"),
            (Interim, 2026, "300"),
            (Actual, 2025, "160"),
        ];
        let values: Vec<_> = values.into_iter().chain(last).collect();
        let annex = edition_of(&values);
        let track = progress(&[&annex], &Settings::default()).tracks.remove(0);
        let goal = track.target.as_ref().and_then(Milestone::known).expect("a goal");
        assert_eq!((goal.fiscal_year, goal.number), (2026, 300.0));
        let stations = track.stations();
        assert_eq!(stations.len(), 1, "{stations:?}");
        assert_eq!((stations[0].fiscal_year, stations[0].number), (2025, 150.0));
    }
}

#[test]
fn half_years_are_shown_in_their_order_and_judge_nothing() {
    let of = |halves: &[(&str, i32, Half, &str)]| {
        let before = edition("R7", "人数", "100人", "400人(R9)");
        let mut annex = edition("R8", "人数", "250人", "400人(R9)");
        for (key, year, half, text) in halves {
            let role = Role::Figure { role: FigureRole::Actual, year: Some(*year) };
            let column = Column { role, half: Some(*half), ..Column::new(key, key) };
            std::sync::Arc::make_mut(&mut annex.schema).kpis.push(column);
            annex.kpis[0].figure_mut(key).value = figure::read(text);
        }
        progress(&[&before, &annex], &Settings::default())
    };
    let shown = |progress: &Progress| -> Vec<String> {
        let halves = progress.tracks[0].halves.iter();
        halves.map(|half| format!("{} {}", half.period(), half.shown("人"))).collect()
    };
    let with = of(&[
        ("h2", 2025, Half::Second, "250人"),
        ("h3", 2026, Half::First, "未測定"),
        ("h1", 2025, Half::First, "1,200人"),
        ("h4", 2026, Half::Second, ""),
    ]);
    assert_eq!(shown(&with), ["R7上半期 1,200人", "R7下半期 250人", "R8上半期 未測定"]);
    let without = of(&[]);
    assert_eq!(with.tracks[0].course, without.tracks[0].course);
    assert_eq!(with.tracks[0].points, without.tracks[0].points);
    assert_eq!(with.reporting_year, Some(2025));
}

//! Models that tests of every output start from.

use std::path::PathBuf;
use std::sync::Arc;

use bessatsu::diag::{CellRef, Place};
use bessatsu::edition::{self, Department, Edition, Joint, JointOwner};
use bessatsu::intake::figure;
use bessatsu::model::{
    Absence, AbsenceKind, Annex, AsOf, Comparison, Entry, FORMAT, Figure, Front, Heading,
    HeadingId, Id, Kpi, Link, Listing, Measure, Owner, Part, Reading, Sourced, Status,
};
use bessatsu::schema::keys;
use bessatsu::text::clean;
use serde_json::Value;

use super::program::root;

const MEASURES_SHEET: &str = "様式１　個別施策";
const KPIS_SHEET: &str = "様式２　KPI";

/// Texts that a careless writer turns into something else.
pub const HOSTILE: [&str; 12] = [
    "=1+1",
    "+81-22-211-1111",
    "-5",
    "@SUM(A1)",
    "'quoted",
    "007",
    "https://example.com/",
    "A&B <tag> \"q\" ]]>",
    "_x0041_",
    "#panic() *x* $y$ \\u{41}",
    "1行目\n2行目",
    "吉\u{1}田\t𠮷",
];

/// Two pillars, three categories, three departments; a repost, a joint measure, an abolished one,
/// a KPI with parts, and the texts of [`HOSTILE`].
pub fn small_annex() -> (Edition, Annex) {
    let edition = small_edition();
    let mut measures: Vec<Measure> = HOSTILE
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let number = u32::try_from(at).unwrap() + 1;
            let (department, section) =
                if at % 2 == 0 { ("総務部", "人事課") } else { ("企画部", "統計課") };
            let mut measure = measure(number, department, section, (1, 1 + number % 2));
            measure.value_mut(keys::OVERVIEW).value = (*text).into();
            measure
        })
        .collect();
    let mut named = measure(13, "企画部", "統計課", (2, 1));
    named.name.value = "=HYPERLINK(\"https://example.com/\")".into();
    named.status.value = Status::New;
    named.reposts = vec![Sourced::new(Some(category(1, 1)), place("企画部", true, 13, 9))];
    let mut joint = measure(14, "警察本部・企画部", "情報管理課・統計課", (2, 1));
    joint.submitted_by = "警察本部".into();
    joint.owners = vec![owner("警察本部", "情報管理課"), owner("企画部", "統計課")];
    joint.note = Some(Sourced::new("共同で行う".into(), place("警察本部", true, 14, 10)));
    let mut abolished = measure(15, "総務部", "人事課", (1, 1));
    abolished.status.value = Status::Abolished;
    measures.extend([named, joint, abolished]);

    let mut outline: Vec<Heading> = edition.outline.iter().map(pillar).collect();
    for measure in measures.iter().filter(|m| m.status.value != Status::Abolished) {
        let homes = measure.category.value.iter().map(|home| (*home, false));
        let again = measure.reposts.iter().filter_map(|r| r.value.map(|c| (c, true)));
        for (id, repost) in homes.chain(again) {
            let category = Heading::find_mut(&mut outline, id);
            category.unwrap().listings.push(Listing { measure: measure.id.clone(), repost });
        }
    }
    let kpis = small_kpis();
    for kpi in &kpis {
        let id = kpi.category.value.unwrap();
        let category = Heading::find_mut(&mut outline, id);
        category.unwrap().kpis.push(kpi.id.clone());
    }
    let annex = Annex {
        format: FORMAT.into(),
        schema: edition.schema.clone(),
        front: edition.front.clone(),
        levels: edition.levels.clone(),
        outline,
        measures,
        kpis,
        corrections: Vec::new(),
    };
    (edition, annex)
}

/// The small model as intake would give it: its texts under the text rules.
pub fn clean_annex() -> (Edition, Annex) {
    let (edition, mut annex) = small_annex();
    for measure in &mut annex.measures {
        measure.value_mut(keys::OVERVIEW).value = clean(&measure.value(keys::OVERVIEW).value).text;
    }
    (edition, annex)
}

fn small_kpis() -> Vec<Kpi> {
    let year = |year| Reading { fiscal_year: Some(year), ..Reading::default() };
    let mut parts = kpi(1, "①相談件数（件）\n②満足度（%）", (1, 1), "R7-001");
    parts.parts = vec![
        Part { mark: '①', name: "相談件数（件）".into() },
        Part { mark: '②', name: "満足度（%）".into() },
    ];
    parts.figure_mut(keys::CURRENT).value = figure(
        "未測定",
        vec![Reading {
            absence: Some(Absence {
                kind: AbsenceKind::NotMeasured,
                printed: "未測定".into(),
                from_year: None,
            }),
            ..Reading::default()
        }],
    );
    parts.figure_mut(keys::TARGET).value = figure(
        "①1,200件\n②80%以上(R9)",
        vec![
            Reading { mark: Some('①'), number: Some(1200.0), unit: "件".into(), ..year(2027) },
            Reading {
                mark: Some('②'),
                number: Some(80.0),
                unit: "%".into(),
                comparison: Some(Comparison::AtLeast),
                ..year(2027)
            },
        ],
    );
    let mut single = kpi(2, "利用率（%）", (1, 2), "R7-002");
    let as_of = AsOf {
        printed: "R6.12月末".into(),
        year: 2024,
        month: Some(12),
        day: None,
        until_month: None,
        end_of_month: true,
    };
    single.figure_mut(keys::CURRENT).value = figure(
        "69.5%(R6.12月末)",
        vec![Reading {
            number: Some(69.5),
            unit: "%".into(),
            as_of: Some(as_of),
            ..Reading::default()
        }],
    );
    single.figure_mut(keys::TARGET).value = figure(
        "1,000,000人(R9)",
        vec![Reading { number: Some(1e6), unit: "人".into(), ..year(2027) }],
    );
    let mut unlinked = kpi(3, "-削減率", (2, 1), "R7-013");
    unlinked.measures.push(Link {
        text: Sourced::new("ない施策".into(), place("企画部", false, 3, 5)),
        measure: None,
    });
    unlinked.figure_mut(keys::CURRENT).value =
        figure("52", vec![Reading { number: Some(52.0), ..year(2024) }]);
    unlinked.figure_mut(keys::TARGET).value = figure("全国平均", vec![Reading::default()]);
    vec![parts, single, unlinked]
}

/// The example edition as a model, from the shared files; says aloud where they are not at hand.
pub fn example_annex() -> Option<(Edition, Annex)> {
    let path = shared("example/annex.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not here", path.display());
        return None;
    };
    let source: Value = serde_json::from_str(&text).unwrap();
    let mut edition = small_edition();
    edition.front.title = string(&source, "title");
    edition.front.introduction = string(&source, "intro");
    edition.front.chapter = string(&source, "chapter");
    edition.departments = array(&source, "departments")
        .iter()
        .map(|name| department(name.as_str().unwrap(), &[]))
        .collect();
    let mut annex =
        Annex { format: FORMAT.into(), front: edition.front.clone(), ..Annex::default() };
    let mut homes = Vec::new();
    for pillar in array(&source, "pillars") {
        let number = pillar["number"].as_u64().unwrap() as u32;
        let categories = array(pillar, "categories")
            .iter()
            .map(|source| example_category(source, number, &mut annex, &mut homes))
            .collect();
        annex.outline.push(Heading {
            headings: categories,
            ..Heading::standard(HeadingId::top(number), string(pillar, "title"))
        });
    }
    link(&mut annex, &homes);
    Some((edition, annex))
}

/// One category of the example; the ids in the source of own measures are put into `homes`.
fn example_category(
    source: &Value,
    pillar: u32,
    annex: &mut Annex,
    homes: &mut Vec<(String, Id)>,
) -> Heading {
    let own = source["number"].as_u64().unwrap() as u32;
    let id = category(pillar, own);
    let mut listings = Vec::new();
    for row in array(source, "measures") {
        if row["repost"] == Value::Bool(true) {
            // The id of the source until `link` knows all of them.
            listings.push(Listing { measure: Id(string(row, "repost_of")), repost: true });
            continue;
        }
        let number = annex.measures.len() as u32 + 1;
        let [department, section] = ["department", "section"].map(|key| string(row, key));
        let mut measure = measure(number, &department, &section, (pillar, own));
        measure.name.value = string(row, "name");
        measure.value_mut(keys::OVERVIEW).value = string(row, "overview");
        measure.value_mut(keys::PURPOSE).value = string(row, "purpose");
        homes.push((string(row, "id"), measure.id.clone()));
        listings.push(Listing { measure: measure.id.clone(), repost: false });
        annex.measures.push(measure);
    }
    let mut kpis = Vec::new();
    for row in array(source, "kpis") {
        let number = annex.kpis.len() as u32 + 1;
        let mut kpi = kpi(number, &string(row, "name"), (pillar, own), "");
        (kpi.name.value, kpi.parts) = figure::parts(&kpi.name.value);
        kpi.figure_mut(keys::CURRENT).value = figure::read(&clean(&string(row, "current")).text);
        kpi.figure_mut(keys::TARGET).value = figure::read(&clean(&string(row, "target")).text);
        kpi.measures = array(row, "measures")
            .iter()
            .map(|name| Link {
                text: Sourced::new(
                    name.as_str().unwrap().into(),
                    place("企画部", false, number, 5),
                ),
                measure: None,
            })
            .collect();
        kpis.push(kpi.id.clone());
        annex.kpis.push(kpi);
    }
    let note = string(source, "note");
    Heading { listings, kpis, note, ..Heading::standard(id, string(source, "title")) }
}

/// Turns the source's ids of reposts and the KPIs' names of measures into ids of the model.
fn link(annex: &mut Annex, homes: &[(String, Id)]) {
    for listing in
        annex.outline.iter_mut().flat_map(|p| &mut p.headings).flat_map(|c| &mut c.listings)
    {
        if listing.repost {
            let home = homes.iter().find(|(source, _)| *source == listing.measure.0);
            listing.measure = home.unwrap().1.clone();
        }
    }
    for link in annex.kpis.iter_mut().flat_map(|kpi| &mut kpi.measures) {
        let measure = annex.measures.iter().find(|m| m.name.value == link.text.value);
        link.measure = measure.map(|measure| measure.id.clone());
    }
}

/// A file of the shared data beside the project.
pub fn shared(path: &str) -> PathBuf {
    root().join("../shared").join(path)
}

fn small_edition() -> Edition {
    let heading = |number, title: &str, headings: Vec<edition::Heading>| edition::Heading {
        number,
        title: title.into(),
        headings,
        ..edition::Heading::default()
    };
    let category = |number, title: &str| heading(number, title, Vec::new());
    Edition {
        front: Front {
            edition: "R7".into(),
            title: "推進ポリシー R&D".into(),
            title_en: "Promotion Policy".into(),
            period: "2025~2027".into(),
            first_year: 2025,
            last_year: 2027,
            volume: "別冊".into(),
            version: "第1.0版".into(),
            slogan: "デジタルで明日をひらく".into(),
            subslogan: "～暮らしも仕事も～".into(),
            chapter: "個別施策・主な重要業績評価指標（KPI）".into(),
            introduction: "個々の施策と、その成果を測る指標を掲げる。".into(),
            issued: "令和7年3月".into(),
            issuer: "情報化政策推進本部".into(),
            office: "（事務局：企画部）".into(),
            address: "仙台市".into(),
            url: "https://example.com/".into(),
        },
        year: 2025,
        kpi_note: "※現状値は特記がない限りR6年度の数値".into(),
        outline: vec![
            heading(1, "暮らしのDX", vec![category(1, "子育て支援"), category(2, "教育の充実")]),
            heading(2, "行政のDX", vec![category(1, "働き方改革・業務効率化")]),
        ],
        departments: vec![
            department("総務部", &["人事課"]),
            department("企画部", &["統計課"]),
            department("警察本部", &["情報管理課"]),
        ],
        joints: vec![Joint {
            department: "警察本部・企画部".into(),
            section: "情報管理課・統計課".into(),
            owners: vec![
                JointOwner { department: "警察本部".into(), section: "情報管理課".into() },
                JointOwner { department: "企画部".into(), section: "統計課".into() },
            ],
            line: 0,
        }],
        ..Edition::default()
    }
}

fn department(name: &str, sections: &[&str]) -> Department {
    let sections = sections.iter().map(ToString::to_string).collect();
    Department { name: name.into(), sections, ..Department::default() }
}

fn pillar(pillar: &edition::Heading) -> Heading {
    let categories = pillar.headings.iter().map(|source| Heading {
        note: "※現状値は特記がない限りR6年度の数値".into(),
        ..Heading::standard(category(pillar.number, source.number), source.title.as_str())
    });
    Heading {
        headings: categories.collect(),
        ..Heading::standard(HeadingId::top(pillar.number), pillar.title.as_str())
    }
}

fn measure(number: u32, department: &str, section: &str, home: (u32, u32)) -> Measure {
    let at = |column| place(department, true, number, column);
    Measure {
        entry: Entry {
            id: Id::measure("R7", number),
            category: Sourced::new(Some(category(home.0, home.1)), at(2)),
            name: Sourced::new(format!("施策その{number}"), at(4)),
            submitted_by: department.into(),
            values: [
                (keys::OVERVIEW.into(), Sourced::new(format!("概要その{number}"), at(5))),
                (keys::PURPOSE.into(), Sourced::new(format!("目的その{number}"), at(6))),
            ]
            .into(),
            department: Sourced::new(department.into(), at(7)),
            section: Sourced::new(section.into(), at(8)),
            owners: vec![owner(department, section)],
            ..Entry::default()
        },
    }
}

fn kpi(number: u32, name: &str, home: (u32, u32), measure: &str) -> Kpi {
    let at = |column| place("企画部", false, number, column);
    Kpi {
        entry: Entry {
            id: Id::kpi("R7", number),
            category: Sourced::new(Some(category(home.0, home.1)), at(2)),
            name: Sourced::new(name.into(), at(4)),
            submitted_by: "企画部".into(),
            ..Entry::default()
        },
        measures: vec![Link {
            text: Sourced::new(measure.into(), at(5)),
            measure: Some(Id(measure.into())),
        }],
        figures: [
            (keys::CURRENT.into(), Sourced::new(Figure::default(), at(6))),
            (keys::TARGET.into(), Sourced::new(Figure::default(), at(7))),
        ]
        .into(),
        ..Kpi::default()
    }
}

fn figure(printed: &str, readings: Vec<Reading>) -> Figure {
    Figure { printed: printed.into(), readings }
}

fn owner(department: &str, section: &str) -> Owner {
    Owner { department: department.into(), section: section.into() }
}

fn category(pillar: u32, category: u32) -> HeadingId {
    [pillar, category].into()
}

fn place(department: &str, measures: bool, number: u32, column: u32) -> Place {
    let file: Arc<str> = format!("{department}.xlsx").into();
    let sheet = if measures { MEASURES_SHEET } else { KPIS_SHEET };
    Place::cell(&file, &sheet.into(), CellRef::new(number + 5, column))
}

fn string(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().into()
}

fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

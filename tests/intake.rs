//! Intake against the public edition: the forms it would have come from give it back, measure by
//! measure and KPI by KPI, in printed order.

use std::path::{Path, PathBuf};

use bessatsu::edition::{self, Edition};
use bessatsu::intake::{self, Intake, Source};
use bessatsu::model::{Annex, OddityKind, Outcome};
use bessatsu::text::clean;
use serde_json::Value;

fn edition() -> Edition {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("inputs/2025/edition.toml");
    let text = std::fs::read_to_string(&path).expect("the example edition is part of the project");
    let (edition, findings) = edition::parse("edition.toml", &text);
    edition.unwrap_or_else(|| panic!("{findings:?}"))
}

/// The reference data; a test without them says so and passes.
fn reference() -> Option<PathBuf> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/reference/2025");
    let folder = std::env::var_os("BESSATSU_REFERENCE").map_or(near, PathBuf::from);
    if folder.join("annex.json").is_file() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no reference data at {} (set BESSATSU_REFERENCE)", folder.display());
    None
}

fn sources(folder: &Path) -> Vec<Source> {
    let entries = std::fs::read_dir(folder).expect("the submissions folder can be listed");
    entries
        .map(|entry| entry.expect("an entry of the folder").path())
        .map(|path| Source {
            name: path.file_name().map_or("", |n| n.to_str().unwrap_or("")).into(),
            bytes: std::fs::read(&path).map_err(|error| error.to_string()),
        })
        .collect()
}

/// A text as far as the two sources agree on it: printed pages lost line breaks.
fn folded(text: &str) -> String {
    clean(text).text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn text(value: &Value, name: &str) -> String {
    folded(value[name].as_str().unwrap_or_default())
}

fn items<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten()
}

/// Every listing and KPI of the printed annex, one line each.
fn printed(annex: &Value) -> (Vec<String>, Vec<String>) {
    let (mut listings, mut kpis) = (Vec::new(), Vec::new());
    for pillar in items(annex, "pillars") {
        for category in items(pillar, "categories") {
            let place = format!("{}({})", pillar["number"], category["number"]);
            for measure in items(category, "measures") {
                let repost = measure["repost"].as_bool().unwrap_or_default();
                let fields = ["name", "overview", "purpose", "department", "section"];
                let fields = fields.map(|field| text(measure, field)).join("|");
                listings.push(format!("{place} {repost} {fields}"));
            }
            for kpi in items(category, "kpis") {
                let fields = ["name", "measures_as_printed", "current", "target"];
                kpis.push(format!("{place} {}", fields.map(|field| text(kpi, field)).join("|")));
            }
        }
    }
    (listings, kpis)
}

/// The same of a model.
fn read(annex: &Annex) -> (Vec<String>, Vec<String>) {
    let (mut listings, mut kpis) = (Vec::new(), Vec::new());
    for category in annex.pillars.iter().flat_map(|pillar| &pillar.categories) {
        for listing in &category.listings {
            let measure = annex.measure(&listing.measure).expect("a listing's measure");
            let fields = [
                &measure.name.value,
                &measure.overview.value,
                &measure.purpose.value,
                &measure.department.value,
                &measure.section.value,
            ];
            let fields = fields.map(|text| folded(text)).join("|");
            listings.push(format!("{} {} {fields}", category.id, listing.repost));
        }
        for id in &category.kpis {
            let kpi = annex.kpi(id).expect("a category's KPI");
            let measures: Vec<&str> = kpi.measures.iter().map(|l| l.text.as_str()).collect();
            let fields = [
                folded(&kpi.name.value),
                folded(&measures.join("・")),
                folded(&kpi.current.value.printed),
                folded(&kpi.target.value.printed),
            ];
            kpis.push(format!("{} {}", category.id, fields.join("|")));
        }
    }
    (listings, kpis)
}

fn assert_same(read: &[String], printed: &[String]) {
    for (index, (read, printed)) in read.iter().zip(printed).enumerate() {
        assert_eq!(read, printed, "entry {index}");
    }
    assert_eq!(read.len(), printed.len());
}

fn read_reference(folder: &Path) -> Intake {
    intake::run(&edition(), None, sources(&folder.join("submissions")))
}

#[test]
fn the_reference_forms_give_the_printed_annex_in_its_order() {
    let Some(folder) = reference() else { return };
    let annex = std::fs::read_to_string(folder.join("annex.json")).expect("the printed annex");
    let annex: Value = serde_json::from_str(&annex).expect("the printed annex is JSON");
    let intake = read_reference(&folder);
    let (listings, kpis) = read(&intake.annex);
    let (printed_listings, printed_kpis) = printed(&annex);
    assert_same(&listings, &printed_listings);
    assert_same(&kpis, &printed_kpis);
    assert_eq!((listings.len(), kpis.len()), (190, 54));
}

#[test]
fn the_reference_forms_are_read_whole() {
    let Some(folder) = reference() else { return };
    let intake = read_reference(&folder);
    assert_eq!(intake.receipts.len(), 14);
    for receipt in &intake.receipts {
        assert_eq!(receipt.outcome, Outcome::Read, "{}", receipt.file);
        assert!(receipt.department.is_some(), "{}", receipt.file);
        assert_eq!(receipt.as_of.as_deref(), Some("令和7年1月"), "{}", receipt.file);
        let odd: Vec<OddityKind> = receipt.oddities.iter().map(|oddity| oddity.kind).collect();
        assert_eq!(odd, [], "{} {:?}", receipt.file, receipt.oddities);
    }
    let annex = &intake.annex;
    let measures: usize = intake.receipts.iter().map(|receipt| receipt.measures).sum();
    assert_eq!(measures, annex.measures.len());
    assert!(annex.measures.iter().all(|measure| !measure.owners.is_empty()));
    assert!(annex.measures.is_sorted_by(|a, b| a.id < b.id), "ids are unique and in order");
    assert!(annex.kpis.is_sorted_by(|a, b| a.id < b.id), "ids are unique and in order");
    let unknown = annex.kpis.iter().flat_map(|kpi| &kpi.measures);
    assert_eq!(unknown.filter(|link| link.measure.is_none()).count(), 3);
}

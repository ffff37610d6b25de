//! The web edition as a browser, a screen reader and a table reader have it.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use bessatsu::edition::Edition;
use bessatsu::intake::figure;
use bessatsu::model::Annex;
use bessatsu::progress::{Progress, Settings, progress};
use bessatsu::publish::data::{self, csv, datapackage};
use bessatsu::publish::tables;
use bessatsu::publish::web;
use bessatsu::schema::{Column, Role, Schema, Table, keys};
use tempfile::TempDir;

use crate::support::program::program;
use crate::support::{browser, example, model, office, revision};

/// The example edition.
fn annex() -> (Edition, Annex) {
    let (edition, annex, _) = revision::versions();
    (edition, annex)
}

/// Two editions: what is, and the next with values halfway to the targets.
fn two_editions(annex: &Annex) -> Progress {
    let mut next = annex.clone();
    next.front.edition = "R8".into();
    for kpi in &mut next.kpis {
        let target = kpi.figure(keys::TARGET).value.readings.clone();
        let current = &mut kpi.figure_mut(keys::CURRENT).value;
        for (reading, goal) in current.readings.iter_mut().zip(target) {
            reading.number = reading.number.zip(goal.number).map(|(a, b)| (a + b) / 2.0);
            reading.as_of = None;
            reading.fiscal_year = None;
        }
    }
    progress(&[annex, &next], &Settings::default())
}

fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!(" {name}=\"");
    page.split(open.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_within_the_page_has_its_place_and_every_place_is_one() {
    for (edition, annex) in [model::small_annex(), annex()] {
        let page = web::render(&edition, &annex, Some(&two_editions(&annex))).into_text().unwrap();
        let ids = attributes(&page, "id");
        let places: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(places.len(), ids.len(), "an id stands twice");
        for link in attributes(&page, "href").iter().filter_map(|href| href.strip_prefix('#')) {
            assert!(places.contains(link), "#{link}");
        }
        for (category, listing, measure) in annex.listings() {
            let (id, c) = (&measure.id, category.id);
            let place = match listing.repost {
                true => format!("{id}-{}", c.dashed()),
                false => id.to_string(),
            };
            assert!(places.contains(place.as_str()), "{place}");
        }
        assert!(annex.kpi_rows().all(|(_, kpi)| places.contains(kpi.id.as_str())));
    }
}

#[test]
fn sections_alone_have_a_column_of_their_own() {
    let (mut edition, mut annex) = model::small_annex();
    let schema = Arc::make_mut(&mut annex.schema);
    let hidden = |column: &&mut Column| column.role == Role::Department;
    schema.columns_mut(Table::Measures).iter_mut().find(hidden).unwrap().papers.clear();
    edition.schema = annex.schema.clone();
    let page = web::render(&edition, &annex, None).into_text().unwrap();
    assert!(page.contains("<th scope=\"col\" role=\"columnheader\">担当課室</th>"), "{page}");
    assert!(page.contains("data-label=\"担当課室\">人事課</td>") && !page.contains("担当部局"));
}

#[test]
fn hostile_texts_stay_texts_and_the_page_asks_for_nothing() {
    let (edition, annex) = model::small_annex();
    let page = web::render(&edition, &annex, None).into_text().unwrap();
    assert!(page.contains("A&amp;B &lt;tag&gt; &quot;q&quot; ]]&gt;"));
    assert!(!page.contains("<tag>"));
    for request in [" src=", "@import", "url(", "<link", "<iframe", "fetch("] {
        assert!(!page.contains(request), "{request}");
    }
    assert_eq!(page, web::render(&edition, &annex, None).into_text().unwrap());
}

#[test]
fn a_model_that_does_not_hold_together_still_makes_a_page() {
    let (edition, mut annex) = model::small_annex();
    annex.measures.truncate(3);
    annex.kpis.iter_mut().for_each(|kpi| kpi.measures.clear());
    let page = web::render(&edition, &annex, None).into_text().unwrap();
    assert!(page.contains("id=\"R7-001\""));
    web::render(&edition, &Annex::default(), None).into_text().unwrap();
    web::render_progress(&Schema::default(), &progress(&[], &Settings::default()))
        .into_text()
        .unwrap();
}

#[test]
fn the_data_reads_back_as_the_model_has_it() {
    for (_, annex) in [model::small_annex(), annex()] {
        let table = |name: &str| {
            let table = tables::TABLES.iter().find(|table| table.name == name).unwrap();
            office::cells(&csv::render(table, &annex))
        };
        let column = |name: &str, column: &str| -> Vec<String> {
            let rows = table(name);
            let at = rows[0].iter().position(|header| header == column).unwrap();
            rows[1..].iter().map(|row| csv::unguarded(&row[at]).to_owned()).collect()
        };
        let own: Vec<_> = annex.listings().filter(|(_, listing, _)| !listing.repost).collect();
        let overviews: Vec<&str> =
            own.iter().map(|(_, _, m)| m.value(keys::OVERVIEW).as_str()).collect();
        assert_eq!(column("measures", "overview"), overviews);
        let places: Vec<&str> = annex.listings().map(|(_, _, m)| m.id.as_str()).collect();
        assert_eq!(column("listings", "measure_id"), places);

        let rows = |figure: &bessatsu::model::Figure| figure.readings.len().max(1);
        let readings = annex
            .kpi_rows()
            .map(|(_, kpi)| {
                rows(&kpi.figure(keys::CURRENT).value) + rows(&kpi.figure(keys::TARGET).value)
            })
            .sum::<usize>();
        assert_eq!(column("kpis", "number").len(), readings);
        let numbers = annex.kpi_rows().flat_map(|(_, kpi)| {
            let both = [&kpi.figure(keys::CURRENT).value, &kpi.figure(keys::TARGET).value];
            both.into_iter().flat_map(|figure| figure.readings.iter().filter_map(|r| r.number))
        });
        let read = column("kpis", "number");
        let read: Vec<f64> = read.iter().filter_map(|number| number.parse().ok()).collect();
        assert_eq!(read, numbers.collect::<Vec<_>>());
    }
}

/// The files of the data package, by name.
fn files_of(annex: &Annex) -> Vec<(String, Vec<u8>)> {
    let artifacts = datapackage::render(annex).artifacts.into_iter();
    artifacts.map(|artifact| (artifact.name, artifact.bytes.to_vec())).collect()
}

#[test]
fn the_data_package_describes_every_file_and_column() {
    let (_, annex) = model::small_annex();
    let files = files_of(&annex);
    assert_eq!(files, files_of(&annex));
    let (name, package) = files.last().unwrap();
    assert_eq!(name, "datapackage.json");
    let package: serde_json::Value = serde_json::from_slice(package).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), files.len() - 1);
    for (resource, (name, bytes)) in resources.iter().zip(&files) {
        assert_eq!(resource["path"], *name.as_str());
        assert_eq!(resource["bytes"], bytes.len());
        assert!(bytes.starts_with(b"\xef\xbb\xbf"), "{name} has no byte order mark");
        let rows = office::cells(std::str::from_utf8(bytes).unwrap());
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|f| f["name"].as_str().unwrap()).collect();
        assert_eq!(rows[0], names);
        let key: Vec<usize> = resource["schema"]["primaryKey"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| names.iter().position(|name| key == name).unwrap())
            .collect();
        let mut keys = BTreeSet::new();
        for row in &rows[1..] {
            assert_eq!(row.len(), names.len());
            let key: Vec<&String> = key.iter().map(|at| &row[*at]).collect();
            assert!(keys.insert(key.clone()), "{name}: {key:?} stands twice");
            for (field, cell) in fields.iter().zip(row) {
                assert!(
                    field["constraints"]["required"] != true || !cell.is_empty(),
                    "{name}: {field}"
                );
                let codes = field["constraints"]["enum"].as_array();
                assert!(
                    cell.is_empty() || codes.is_none_or(|codes| codes.iter().any(|c| c == cell))
                );
            }
        }
    }
}

#[test]
fn an_independent_reader_finds_the_data_package_valid() {
    let python = std::env::var("BESSATSU_PYTHON").unwrap_or_else(|_| "python3".into());
    let frictionless = |args: &[&str], folder: &Path| {
        let mut run = Command::new(&python);
        run.args(["-m", "frictionless"]).args(args).current_dir(folder).output().ok()
    };
    let folder = tempfile::tempdir().unwrap();
    let known = frictionless(&["--version"], folder.path());
    if !known.is_some_and(|output| output.status.success()) {
        eprintln!("SKIPPED: {python} has no module frictionless");
        return;
    }
    for (_, annex) in [model::small_annex(), annex()] {
        let mut files = files_of(&annex);
        for spoilt in [false, true] {
            if spoilt {
                // A reader that finds nothing to say of this would say nothing of anything.
                let (_, listings) =
                    files.iter_mut().find(|(name, _)| name == "listings.csv").unwrap();
                listings.extend_from_slice(b"R7,many,,,,,,\r\n");
            }
            for (name, bytes) in &files {
                std::fs::write(folder.path().join(name), bytes).unwrap();
            }
            let output =
                frictionless(&["validate", "--json", "datapackage.json"], folder.path()).unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            let report: serde_json::Value = serde_json::from_str(&said).unwrap();
            assert_eq!(report["valid"], !spoilt, "{said}");
            let warnings = report["warnings"].as_array().is_none_or(Vec::is_empty);
            assert!(spoilt || warnings, "{said}");
            assert_eq!(report["stats"]["tasks"], files.len() - 1, "{said}");
        }
    }
}

/// `build` of the example with these settings put before its own.
fn built(settings: &str, previous: Option<&Annex>) -> TempDir {
    built_of(&format!("{settings}{}", example_settings()), previous)
}

/// `build` of the example's forms under these settings, into `out`.
fn built_of(settings: &str, previous: Option<&Annex>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let example = example::folder();
    std::fs::write(folder.path().join("edition.toml"), settings).unwrap();
    if let Some(previous) = previous {
        std::fs::write(
            folder.path().join("previous.json"),
            data::json(previous).into_text().unwrap(),
        )
        .unwrap();
    }
    let out = folder.path().join("out");
    let run = program()
        .args(["build", "--draft"])
        .arg(folder.path())
        .arg("--submissions")
        .arg(example.join("submissions"))
        .arg("-o")
        .arg(&out)
        .output()
        .unwrap();
    assert!(out.is_dir(), "{}", String::from_utf8_lossy(&run.stderr));
    folder
}

#[test]
fn build_shows_the_kpis_over_the_years_as_far_as_the_editions_tell() {
    // Of a first year there is a start and no way: neither a grade nor a bar.
    let first = page(&built("", None));
    for word in ["id=\"progress", "KPIの進み具合", "判定", "基準値のみ", "0%</span>"] {
        assert!(!first.contains(word), "{word} on the page of a first edition");
    }

    // The year before had the same KPIs with other values.
    let (_, mut previous) = annex();
    previous.front.edition = "R6".into();
    let kpi = previous.kpis.iter_mut().find(|kpi| kpi.id.as_str() == "R7-K03").unwrap();
    kpi.figure_mut(keys::CURRENT).value = figure::read("1,000人");
    let with_previous = "previous = \"previous.json\"\n";
    let second = page(&built(with_previous, Some(&previous)));
    assert!(second.contains("id=\"progress-R7-K03\""));
    assert!(second.contains("R5※ 1,000人") && second.contains("R6※ 1,551人"));
    assert!(second.contains("計画期間が始まっていません"), "it is judged before its plan begins");

    // The settings say which papers show it, and how it is judged.
    let everywhere = "on = [\"workbook\", \"data\", \"pdf\"]\nscheme = \"line\"";
    let text = example_settings().replace("on = [\"page\"]\n", "");
    let text = text.replace("scheme = \"plan\"", everywhere);
    let out = built_of(&format!("{with_previous}{text}"), Some(&previous));
    assert!(!page(&out).contains("KPIの進み具合"));
    let json = std::fs::read_to_string(out.path().join("out/progress.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["scheme"], "line");
    let built = std::fs::read(out.path().join("out/progress.pdf")).unwrap();
    assert!(built.starts_with(b"%PDF"));
    // The command prints the same for whoever has the annexes alone.
    let status = program()
        .current_dir(out.path())
        .args(["progress", "previous.json", "out/annex.json", "-o", "進捗状況.pdf"])
        .status()
        .unwrap();
    assert!(status.success());
    let printed = std::fs::read(out.path().join("進捗状況.pdf")).unwrap();
    assert!(printed.starts_with(b"%PDF"));
    let book = std::fs::read(out.path().join("out/annex.xlsx")).unwrap();
    assert!(sheet_names(&book).iter().any(|name| name == "進捗状況"));
    let (read, receipt) = bessatsu::intake::consolidated("annex.xlsx", &book);
    assert!(read.is_some() && receipt.observations.is_empty(), "{:?}", receipt.observations);
}

fn example_settings() -> String {
    std::fs::read_to_string(example::folder().join("edition.toml")).unwrap()
}

fn page(built: &TempDir) -> String {
    std::fs::read_to_string(built.path().join("out/annex.html")).unwrap()
}

fn sheet_names(book: &[u8]) -> Vec<String> {
    let book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
    calamine::Reader::sheet_names(&book)
}

/// What a first edition can say of its KPIs: a start and a target.
fn one_edition(annex: &Annex) -> Progress {
    progress(&[annex], &Settings::default())
}

#[test]
fn a_browser_finds_filters_and_reads_the_pages() {
    let (edition, annex) = annex();
    let progress = two_editions(&annex);
    let pages = [
        ("annex.html", web::render(&edition, &annex, Some(&progress)).into_text().unwrap()),
        (
            "single.html",
            web::render(&edition, &annex, Some(&one_edition(&annex))).into_text().unwrap(),
        ),
        ("progress.html", web::render_progress(&Schema::default(), &progress).into_text().unwrap()),
    ];
    browser::read("annex.mjs", &pages.each_ref().map(|(name, page)| (*name, page.as_str())));
}

//! The PDF as others read it.

use bessatsu::diag::Severity;
use bessatsu::edition::{Edition, PageBreak};
use bessatsu::model::{Annex, Id, Link, Measure};
use bessatsu::publish::artifact::Rendered;
use bessatsu::publish::pdf::{self, IncrementalRenderer, Layout, Options, Picture};
use bessatsu::schema::{Column, Kind, Schema, keys};

use crate::support::pdf::{dense, read};
use crate::support::program::root;
use crate::support::{laid_out, model, pdf as pdf_reader};

/// The PDF of a model that gives no cause for findings.
fn typeset(edition: &Edition, annex: &Annex, options: &Options) -> Vec<u8> {
    let (bytes, findings) = pdf::render(edition, annex, options).into_parts();
    assert!(findings.is_empty(), "{findings:#?}");
    bytes.expect("no findings, so a PDF")
}

/// The rows in the order of print, cell by cell, without white space.
fn rows(annex: &Annex) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for category in annex.places() {
        for listing in &category.listings {
            let measure = annex.measure(&listing.measure).unwrap();
            let mark = if listing.repost { "（再掲）" } else { "" };
            let name = format!("{}{mark}", measure.name.value);
            let rest = [
                measure.value(keys::OVERVIEW),
                measure.value(keys::PURPOSE),
                &measure.department,
                &measure.section,
            ];
            rows.push(std::iter::once(name).chain(rest.map(|field| field.value.clone())).collect());
        }
        for kpi in category.kpis.iter().map(|id| annex.kpi(id).unwrap()) {
            let names: Vec<&str> = kpi.measures.iter().map(|link| printed(annex, link)).collect();
            rows.push(vec![
                format!("{}【{}】", kpi.name.value, names.join("・")),
                kpi.figure(keys::CURRENT).value.printed.clone(),
                kpi.figure(keys::TARGET).value.printed.clone(),
            ]);
        }
    }
    rows.iter().map(|row: &Vec<String>| row.iter().map(|cell| dense(cell)).collect()).collect()
}

#[test]
fn pdftotext_gives_back_every_cell_in_order() {
    let (edition, annex) = model::clean_annex();
    let bytes = typeset(&edition, &annex, &Options::default());
    assert_reads_back(&bytes, &annex);
}

#[test]
fn pdftotext_gives_back_every_cell_of_the_example_in_every_family() {
    let Some((mut edition, annex)) = model::example_annex() else { return };
    for family in bessatsu::edition::FAMILIES {
        edition.layout.font = family.into();
        assert_reads_back(&typeset(&edition, &annex, &Options::default()), &annex);
    }
}

/// A KPI names its measures, whether the form gave their names or their ids.
fn printed<'a>(annex: &'a Annex, link: &'a Link) -> &'a str {
    let measure = link.measure.as_ref().and_then(|id| annex.measure(id));
    measure.map_or(&link.text.value, |measure| &measure.name.value)
}

/// Every row must follow the one before it, cell by cell; a row that a page break cuts goes on
/// at the top of the next page, where every cell gives its rest.
fn assert_reads_back(pdf: &[u8], annex: &Annex) {
    let Some(text) = read(pdf, "pdftotext", &["-raw", "@", "-"]) else { return };
    // The last line of a page is its number; the cover and the contents hold no rows.
    let body = |page: &str| dense(page.trim_end().rsplit_once('\n').map_or("", |(body, _)| body));
    let pages: Vec<String> = text.split('\u{c}').skip(2).map(body).collect();
    let (mut page, mut at) = (0, 0);
    for row in rows(annex) {
        let whole = row.concat();
        loop {
            assert!(page < pages.len(), "not found: {row:?}");
            let rest = &pages[page][at..];
            if let Some(start) = rest.find(&whole) {
                at += start + whole.len();
                break;
            }
            let next = pages.get(page + 1).map_or("", String::as_str);
            let cut = rest.char_indices().find_map(|(start, _)| cut(&rest[start..], &row, next));
            page += 1;
            at = cut.unwrap_or(0);
            if cut.is_some() {
                break;
            }
        }
    }
}

/// Where the row ends on the next page, if it is cut into `foot` and the begin of `next`.
fn cut(foot: &str, row: &[String], next: &str) -> Option<usize> {
    fn split(foot: &str, row: &[String], tails: &str, next: &str) -> Option<usize> {
        let Some((cell, others)) = row.split_first() else {
            return (foot.is_empty() && next.starts_with(tails)).then_some(tails.len());
        };
        let common = foot.chars().zip(cell.chars()).take_while(|(a, b)| a == b).count();
        let ends: Vec<usize> =
            cell.char_indices().map(|(at, _)| at).chain([cell.len()]).take(common + 1).collect();
        let tried =
            |end: usize| split(&foot[end..], others, &format!("{tails}{}", &cell[end..]), next);
        ends.into_iter().rev().find_map(tried)
    }
    split(foot, row, "", next)
}

#[test]
fn the_file_is_whole_and_says_what_it_is() {
    let (edition, annex) = model::clean_annex();
    let bytes = typeset(&edition, &annex, &Options::default());
    read(&bytes, "qpdf", &["--check", "@"]);
    let Some(info) = read(&bytes, "pdfinfo", &["@"]) else { return };
    for line in [
        format!(
            "Title:           {} {} {}",
            edition.front.title, edition.front.volume, edition.front.version
        ),
        "Tagged:          yes".into(),
        "JavaScript:      no".into(),
        "Page size:       595.276 x 841.89 pts (A4)".into(),
    ] {
        assert!(info.contains(&line), "{line}\nis not in\n{info}");
    }
}

#[test]
fn the_bookmarks_lead_to_every_category() {
    let (edition, annex) = model::clean_annex();
    let bytes = typeset(&edition, &annex, &Options::default());
    let Some(json) = read(&bytes, "qpdf", &["--json", "--json-key=outlines", "@"]) else { return };
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let mut titles = Vec::new();
    bookmarks(&json["outlines"], 1, &mut titles);
    let mut expected = vec![(1, "目次".to_string()), (1, edition.front.chapter.clone())];
    for heading in annex.headings() {
        expected.push((heading.id.depth() + 1, heading.label()));
    }
    assert_eq!(titles, expected);
}

/// The structure elements in the order of reading: type, attributes, types of what they hold.
fn structure(pdf: &[u8]) -> Option<Vec<(String, String, Vec<String>)>> {
    let json = read(pdf, "qpdf", &["--json", "--json-key=qpdf", "@"])?;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let objects = &json["qpdf"][1];
    let resolve = |value: &serde_json::Value| -> serde_json::Value {
        let name = value.as_str().filter(|name| name.ends_with(" R"));
        name.map_or_else(|| value.clone(), |name| objects[format!("obj:{name}")]["value"].clone())
    };
    let kids = |element: &serde_json::Value| -> Vec<serde_json::Value> {
        match resolve(&element["/K"]) {
            serde_json::Value::Array(kids) => kids.iter().map(&resolve).collect(),
            kid => vec![kid],
        }
    };
    let root = resolve(&resolve(&objects["trailer"]["value"]["/Root"])["/StructTreeRoot"]);
    let mut left = kids(&root);
    let mut elements = Vec::new();
    while let Some(element) = left.pop() {
        let Some(kind) = element["/S"].as_str() else { continue };
        let held = kids(&element);
        let kinds = held.iter().map(|kid| kid["/S"].as_str().unwrap_or("content").to_owned());
        elements.push((kind.to_owned(), element["/A"].to_string(), kinds.collect()));
        left.extend(held.into_iter().rev());
    }
    Some(elements)
}

#[test]
fn every_table_has_its_header_cells_and_every_heading_its_level() {
    let (mut edition, annex) = model::clean_annex();
    for (repeat_header, breaks) in [(false, false), (true, false), (false, true)] {
        edition.layout.repeat_header = repeat_header;
        if breaks {
            // In the middle of a table, which becomes two.
            let before = annex.outline[0].headings[0].listings[2].measure.to_string();
            edition.page_breaks.push(PageBreak { before, category: None, line: 1 });
        }
        let bytes = typeset(&edition, &annex, &Options::default());
        let Some(elements) = structure(&bytes) else { return };
        let tables: Vec<_> = elements.iter().filter(|(kind, ..)| kind == "/Table").collect();
        assert_eq!(tables.len(), 6 + usize::from(breaks));
        // Rows with headers of their own are not parted into a head and a body.
        assert!(
            tables.iter().all(|(.., held)| held.iter().all(|kind| kind == "/TR")),
            "{tables:?}"
        );
        // Every column has its header, and every row: what it is about.
        let (listings, kpis) = (annex.listings().count(), annex.kpi_rows().count());
        let heads = |scope: &str| {
            let heads = elements.iter().filter(|(kind, ..)| kind == "/TH");
            let of_scope = heads.filter(|(_, attributes, _)| attributes.contains(scope));
            of_scope.inspect(|(.., held)| assert!(!held.is_empty())).count()
        };
        assert_eq!(heads("\"/Column\""), 3 * 5 + 3 * 3 + 5 * usize::from(breaks));
        assert_eq!(heads("\"/Row\""), listings + kpis);
        // No text stands in the document but in an element that says what it is.
        let (_, _, top) = &elements[0];
        assert!(top.iter().all(|kind| kind != "/Span" && kind != "content"), "{top:?}");
        let levels: String =
            elements.iter().filter_map(|(kind, ..)| kind.strip_prefix("/H")).collect();
        assert_eq!(levels, "1123443442344");
        // Repeated headers, rules and running feet are artifacts, so nothing is read twice.
        let rows = elements.iter().filter(|(kind, ..)| kind == "/TR").count();
        assert_eq!(rows, listings + kpis + tables.len());
    }
}

fn bookmarks(entries: &serde_json::Value, level: usize, titles: &mut Vec<(usize, String)>) {
    for entry in entries.as_array().into_iter().flatten() {
        titles.push((level, entry["title"].as_str().unwrap().to_string()));
        bookmarks(&entry["kids"], level + 1, titles);
    }
}

#[test]
fn two_checkers_find_nothing_against_the_standards() {
    if !(pdf_reader::has_module("page") && pdf_reader::has_module("pdfua")) {
        return;
    }
    let (mut edition, annex) = model::clean_annex();
    for repeat_header in [false, true] {
        edition.layout.repeat_header = repeat_header;
        let bytes = typeset(&edition, &annex, &Options::default());
        read(&bytes, &pdf_reader::python(), &[&pdf_reader::script("check_pdf.py"), "@"]);
    }
    let Some((edition, annex)) = model::example_annex() else { return };
    let bytes = typeset(&edition, &annex, &Options::default());
    read(&bytes, &pdf_reader::python(), &[&pdf_reader::script("check_pdf.py"), "@"]);
}

/// A change of template shows in this file which rows moved; `BESSATSU_BLESS=1` rewrites it.
#[test]
fn every_row_of_the_example_stands_on_its_page() {
    let Some((edition, annex)) = model::example_annex() else { return };
    let map: String = laid_out::page_map(&edition, &annex, &Options::default())
        .iter()
        .map(|row| format!("{}\t{}\t{}\n", row.page, row.category, row.id))
        .collect();
    let path = root().join("tests/golden/page-map.txt");
    if std::env::var_os("BESSATSU_BLESS").is_some() {
        std::fs::write(&path, &map).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap();
    let moved: Vec<_> = golden.lines().zip(map.lines()).filter(|(old, new)| old != new).collect();
    assert!(golden == map, "rows moved (old, new): {moved:#?}");
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let (edition, annex) = model::clean_annex();
    let options = Options::default();
    assert_eq!(typeset(&edition, &annex, &options), typeset(&edition, &annex, &options));
}

/// The renderer keeps what Typst laid out before, which is not to be seen.
#[test]
fn a_paper_rendered_after_others_is_the_one_that_is_rendered_alone() {
    let (edition, annex) = model::clean_annex();
    let changed = |change: &dyn Fn(&mut Annex)| {
        let mut annex = annex.clone();
        change(&mut annex);
        annex
    };
    let official = Options::default();
    let draft = Options { draft: Some(3), ..Options::default() };
    let departments = Options { layout: Layout::Department, ..Options::default() };
    let own =
        ("contents.typ".to_owned(), b"#let contents = context counter(page).final()".to_vec());
    let own = Options { templates: vec![own], ..Options::default() };
    let longer = |measure: fn(&mut [Measure]) -> Option<&mut Measure>| {
        changed(&|annex| {
            let measure = measure(&mut annex.measures).expect("a measure");
            measure.value_mut(keys::OVERVIEW).value =
                measure.value(keys::OVERVIEW).value.repeat(99);
        })
    };
    let shorter = changed(&|annex| annex.outline.truncate(1));
    let steps = [
        ("first", annex.clone(), &official),
        ("a cell", changed(&|annex| annex.measures[0].name.value.push('又')), &official),
        ("pages more", longer(<[_]>::first_mut), &official),
        ("as before", annex.clone(), &official),
        ("pages more behind", longer(<[_]>::last_mut), &draft),
        ("pages fewer", shorter, &official),
        ("other chapters", annex.clone(), &departments),
        ("other templates", annex.clone(), &own),
        ("at last", annex.clone(), &official),
    ];
    let mut renderer = IncrementalRenderer::default();
    for (step, annex, options) in steps {
        let (rendered, findings) = renderer.render(&edition, &annex, options).into_parts();
        assert!(findings.is_empty(), "{step}: {findings:#?}");
        comemo::evict(0);
        let alone = typeset(&edition, &annex, options);
        assert!(rendered.is_some_and(|rendered| rendered == alone), "{step}");
    }
}

#[test]
fn a_further_column_is_printed_with_its_label_and_nothing_leaves_its_place() {
    let (edition, mut annex) = model::clean_annex();
    let mut schema = Schema::standard().as_ref().clone();
    let mut budget = Column::new("budget", "予算額（千円）");
    budget.kind = Kind::Amount;
    budget.widths.annex = Some(18.0);
    schema.measures.insert(6, budget);
    schema.measures.push(Column::new("partner", "連携先"));
    schema.kpis.insert(5, Column::new("source", "出典"));
    annex.schema = schema.into();
    annex.measures[0].value_mut("budget").value = "1,234,567千円".into();
    annex.measures[0].value_mut("partner").value = "県内の全ての市町村".into();
    annex.kpis[0].value_mut("source").value = "県民意識調査".into();
    let bytes = typeset(&edition, &annex, &Options::default());
    let Some(text) = read(&bytes, "pdftotext", &["-raw", "@", "-"]) else { return };
    let text = dense(&text);
    let labels = [
        "施策名概要（D：デジタルで）予算額（千円）目的（X：目指す姿）担当部局担当課室連携先",
        "主なKPI出典現状値目標値",
    ];
    for part in labels.iter().chain(&["1,234,567千円", "県内の全ての市町村", "県民意識調査"])
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    // A column that is not for the annex is not printed.
    let mut schema = Schema::standard().as_ref().clone();
    schema.measures.retain(|column| !column.is(keys::PURPOSE));
    annex.schema = schema.into();
    let bytes = typeset(&edition, &annex, &Options::default());
    let text = dense(&read(&bytes, "pdftotext", &["-raw", "@", "-"]).unwrap());
    assert!(text.contains("施策名概要（D：デジタルで）担当部局担当課室"), "{text}");
}

#[test]
fn a_column_under_the_name_of_another_field_is_an_internal_error() {
    let (edition, mut annex) = model::clean_annex();
    let mut schema = Schema::standard().as_ref().clone();
    schema.measures.push(Column::new("repost", "再掲の印"));
    annex.schema = schema.into();
    let (bytes, findings) = pdf::render(&edition, &annex, &Options::default()).into_parts();
    assert!(bytes.is_none());
    assert!(findings.iter().all(|finding| finding.rule.code == "T907"), "{findings:#?}");
}

#[test]
fn a_listing_without_its_measure_is_an_internal_error_and_no_paper() {
    let (edition, mut annex) = model::clean_annex();
    let missing = annex.measures.remove(0).entry.id;
    let (bytes, findings) = pdf::render(&edition, &annex, &Options::default()).into_parts();
    assert!(bytes.is_none());
    let [finding] = findings.as_slice() else { panic!("{findings:#?}") };
    assert_eq!((finding.rule.code, finding.severity), ("T907", Severity::Error));
    assert!(finding.message.ja.contains(missing.as_str()), "{finding:#?}");
}

#[test]
fn a_draft_says_so_and_moves_nothing() {
    let (edition, annex) = model::clean_annex();
    let draft = Options { draft: Some(3), ..Options::default() };
    let official = laid_out::page_map(&edition, &annex, &Options::default());
    assert!(!official.is_empty());
    assert_eq!(laid_out::page_map(&edition, &annex, &draft), official);
    let Some(text) = read(&typeset(&edition, &annex, &draft), "pdftotext", &["@", "-"]) else {
        return;
    };
    assert!(dense(&text).contains("（案）未解決の誤り3件"), "{text}");
}

#[test]
fn the_settings_put_a_row_on_a_new_page() {
    let (mut edition, annex) = model::clean_annex();
    let before = laid_out::page_map(&edition, &annex, &Options::default());
    let row = &before[1];
    edition.page_breaks.push(PageBreak { before: row.id.clone(), category: None, line: 1 });
    let after = laid_out::page_map(&edition, &annex, &Options::default());
    assert_eq!(after[0].page, before[0].page);
    assert_eq!(after[1].page, before[1].page + 1);
}

#[test]
fn departments_get_a_chapter_each_with_all_of_their_rows() {
    let (edition, annex) = model::clean_annex();
    let options = Options { layout: Layout::Department, ..Options::default() };
    typeset(&edition, &annex, &options);
    let rows = laid_out::page_map(&edition, &annex, &options);
    for measure in annex.measures.iter().filter(|m| annex.listings().any(|(_, _, l)| l.id == m.id))
    {
        assert!(rows.iter().any(|row| Id(row.id.clone()) == measure.id), "{}", measure.id);
    }
}

#[test]
fn a_template_error_is_a_finding_with_file_line_and_column() {
    let (edition, annex) = model::clean_annex();
    for (file, text, code, line, column, help) in [
        ("foot.typ", "#let foot = [\n  #oops\n]", "T901", 2, 4, ""),
        (
            "foot.typ",
            "#import \"data.typ\": front\n#let foot = front.isued",
            "T902",
            2,
            19,
            "「issued」の誤りではありませんか。",
        ),
        ("colophon.typ", "#import \"@preview/a:1.0.0\": b", "T901", 1, 9, ""),
        ("colophon.typ", "#let colophon = read(\"/etc/passwd\")", "T901", 1, 22, ""),
    ] {
        let templates = vec![(file.to_string(), text.as_bytes().to_vec())];
        let (bytes, findings) =
            pdf::render(&edition, &annex, &Options { templates, ..Options::default() })
                .into_parts();
        assert!(bytes.is_none(), "{text}");
        let [finding] = findings.as_slice() else { panic!("{text}: {findings:#?}") };
        assert_eq!(finding.rule.code, code, "{text}: {finding:#?}");
        assert_eq!(finding.severity, Severity::Error);
        let place = &finding.place;
        assert_eq!((&*place.file, place.line, place.column), (file, Some(line), Some(column)));
        if !help.is_empty() {
            assert_eq!(finding.help.ja, help);
        }
    }
}

#[test]
fn a_character_that_no_font_has_is_known_before_and_named_after_typesetting() {
    let (edition, mut annex) = model::clean_annex();
    let covers = pdf::covers(&edition);
    for c in "髙﨑①㈱㎡𠮷✔☑☐🄰ー\n".chars() {
        assert!(covers(c), "{c}");
    }
    assert!(!covers('😀') && !covers('\u{E000}'));
    annex.measures[0].value_mut(keys::OVERVIEW).value = "笑顔😀で".into();
    let (bytes, findings) = pdf::render(&edition, &annex, &Options::default()).into_parts();
    assert!(bytes.is_none());
    assert!(
        findings.iter().any(|f| f.rule.code == "T903" && f.message.ja.contains('😀')),
        "{findings:#?}"
    );
}

#[test]
fn previews_are_pictures_of_the_chosen_sheets() {
    let (edition, annex) = model::clean_annex();
    let options = Options { pages: pdf::parse_pages("1,3"), ..Options::default() };
    for (picture, magic) in [(Picture::Png(1.0), &b"\x89PNG"[..]), (Picture::Svg, b"<svg")] {
        let Rendered { artifacts, findings } = pdf::previews(&edition, &annex, &options, picture);
        assert!(findings.is_empty(), "{findings:#?}");
        let stems: Vec<&str> = artifacts.iter().filter_map(|a| a.name.split('.').next()).collect();
        assert_eq!(stems, ["annex-01", "annex-03"]);
        assert!(artifacts.iter().all(|picture| picture.bytes.starts_with(magic)));
    }
}

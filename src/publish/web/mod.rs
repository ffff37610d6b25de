//! The web edition: the whole annex as one accessible page that asks for nothing from outside.
//!
//! The page follows JIS X 8341-3:2016 level AA. It is whole without its script, which adds
//! search, filter and the choice of colours. Entries stand under their ids (`#R7-001`,
//! `#R7-K01`), a repost under the id with its category (`#R7-001-3-6`), so that links last from
//! version to version.

mod chart;
pub mod diff;
mod page;
mod progress;

use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior, context};
use serde_json::Value as Json;

use crate::edition::Edition;
use crate::model::Annex;
use crate::progress::Progress;
use crate::publish::artifact::{ContentType, Rendered};
use crate::schema::{Schema, Words};

const TEMPLATES: [(&str, &str); 4] = [
    ("annex.html", include_str!("../../../templates/web/annex.html")),
    ("course.html", include_str!("../../../templates/web/course.html")),
    ("diff.html", include_str!("../../../templates/web/diff.html")),
    ("progress.html", include_str!("../../../templates/web/progress.html")),
];
const STYLE: &str = include_str!("../../../templates/web/page.css");
/// For tables of more columns than fit side by side.
const MANY_STYLE: &str = include_str!("../../../templates/web/many.css");
/// For tables with a row of totals.
const TOTALS_SCRIPT: &str = include_str!("../../../templates/web/totals.js");
const SCRIPT: &str = include_str!("../../../templates/web/page.js");

/// The annex as `annex.html`, UTF-8, with the way of its KPIs over the years as a last section:
/// the same bytes for the same annex.
pub fn render(edition: &Edition, annex: &Annex, progress: Option<&Progress>) -> Rendered {
    let page = page::Page::new(edition, annex, progress);
    let style = if page.has_many() { format!("{STYLE}{MANY_STYLE}") } else { STYLE.to_owned() };
    let code =
        if page.has_totals() { format!("{SCRIPT}{TOTALS_SCRIPT}") } else { SCRIPT.to_owned() };
    let page = context! {
        progress => Serde(progress.map(|progress| progress::section(&annex.schema, progress, Some(annex)))),
        words => words(&annex.schema),
        css => Value::from_safe_string(style),
        script => script(&annex.schema, &code),
        ..Value::from(Serde(page))
    };
    page_of("annex.html", "annex.html", page)
}

/// What the templates call things: the words of an edition, and labels of its columns.
fn words(schema: &Schema) -> Value {
    let Words { measure, kpi, measures, kpis, repost, place, .. } = &schema.words;
    context! {
        measure, kpi, measures, kpis, repost, place,
        reposted => schema.words.reposted(),
        kpi_name => schema.fill("{kpis.name}"),
        current => schema.fill("{kpis.current}"),
        target => schema.fill("{kpis.target}"),
    }
}

/// A script with the words of an edition in its texts, written so that they stay texts.
fn script(schema: &Schema, script: &str) -> Value {
    let escaped = |word: &str| {
        let quoted = Json::from(word).to_string().replace('<', "\\u003c");
        let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        inner.map_or_else(String::new, str::to_owned)
    };
    Value::from_safe_string(schema.fill_with(script, escaped).into_owned())
}

/// The way of the KPIs over the years as a page of its own.
pub fn render_progress(schema: &Schema, progress: &Progress) -> Rendered {
    let section = progress::section(schema, progress, None);
    let page = context! {
        progress => Serde(section),
        words => words(schema),
        title => &progress.title,
        editions => progress.editions.join("、"),
        css => Value::from_safe_string(STYLE.to_owned()),
        script => script(schema, SCRIPT),
    };
    page_of("progress.html", "course.html", page)
}

/// A page of one of our own templates, which has no fault unless the program has.
fn page_of(name: &str, template: &str, values: Value) -> Rendered {
    let page = || environment()?.get_template(template)?.render(values);
    Rendered::text(name, ContentType::Html, page().map_err(|error| format!("{error:#}")))
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    Ok(environment)
}

//! On which pages the rows of the annex stand, as the templates mark them.

use typst::foundations::{Content, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use super::Options;
use crate::diag::Finding;
use crate::edition::Edition;
use crate::model::Annex;
use crate::publish::confirmation::Pages;

/// The page on which every row begins; rows that a template of one's own does not mark are not
/// among them. Nothing where the annex cannot be laid out: the findings say why.
pub fn entry_pages(
    edition: &Edition,
    annex: &Annex,
    options: &Options,
) -> (Option<Pages>, Vec<Finding>) {
    let (document, findings) = super::pages(edition, annex, options);
    let pages = document.as_ref().map(pages_in);
    super::forget();
    (pages, findings)
}

fn pages_in(document: &PagedDocument) -> Pages {
    let mut pages = Pages::default();
    let Some(label) = Label::new(PicoStr::intern("row")) else { return pages };
    for mark in document.introspector().query(&Selector::Label(label)) {
        if let Some((heading, id, page)) = row(document, &mark) {
            pages.add(&heading, &id, page);
        }
    }
    pages
}

/// The heading and the id of a mark, and its page as it is printed.
fn row(document: &PagedDocument, mark: &Content) -> Option<(String, String, u64)> {
    let Value::Dict(said) = &mark.to_packed::<MetadataElem>()?.value else { return None };
    let text = |key: &str| match said.get(key) {
        Ok(Value::Str(text)) => Some(text.as_str().to_owned()),
        _ => None,
    };
    let position = document.introspector().position(mark.location()?)?;
    let page = document.pages().get(position.page.get() - 1)?;
    Some((text("category")?, text("id")?, page.number))
}

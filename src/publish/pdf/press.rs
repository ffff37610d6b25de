//! Prints the annex again and again, and does again only what a change asks for.

use std::sync::Arc;

use typst_layout::PagedDocument;

use super::world::AnnexWorld;
use super::{Options, Standard, again, data, ident, lay_out, overflow, put_out};
use crate::diag::Finding;
use crate::edition::Edition;
use crate::model::Annex;

/// A paper as the press keeps it, too: [`super::Paper`], and its bytes belong to both.
pub type Kept = (Option<Arc<Vec<u8>>>, Vec<Finding>);

/// Prints one annex after another: pages that did not change are not laid out again, and a paper
/// of which nothing changed is not even put out again.
#[derive(Default)]
pub struct Press {
    last: Option<Print>,
}

struct Print {
    world: AnnexWorld,
    pages: Option<PagedDocument>,
    ident: String,
    standard: Standard,
    paper: Kept,
}

impl Press {
    /// As [`super::render`].
    pub fn print(&mut self, edition: &Edition, annex: &Annex, options: &Options) -> Kept {
        let ident = ident(edition, options);
        let data = data::json(edition, annex, options);
        let mut before = None;
        let world = match self.last.take() {
            None => AnnexWorld::annex(options.templates.clone(), data),
            Some(last) => {
                // What is said of a layout names cells, which may have moved.
                let is_silent = last.paper.1.is_empty();
                let is_same = last.ident == ident
                    && last.standard == options.standard
                    && last.world.is(&options.templates, &data);
                if is_same && is_silent {
                    let paper = last.paper.clone();
                    self.last = Some(last);
                    return paper;
                }
                before = last.pages;
                let mut world = last.world;
                world.renew(options.templates.clone(), data);
                world
            }
        };
        // Templates of somebody else's may let their pages depend on what was guessed.
        let before = before.filter(|_| options.templates.is_empty());
        let laid_out = match before.and_then(|pages| again::lay_out(&world, pages)) {
            Some(pages) => (Some(pages), Vec::new()),
            None => lay_out(&world),
        };
        let inspect = |document: &PagedDocument| overflow::findings(document, edition, annex);
        let (bytes, findings) = put_out(&world, &laid_out, ident.clone(), options, inspect);
        let paper: Kept = (bytes.map(Arc::new), findings);
        self.last = Some(Print {
            world,
            pages: laid_out.0,
            ident,
            standard: options.standard,
            paper: paper.clone(),
        });
        paper
    }
}

//! Renders the annex again and again, and does again only what a change asks for.

use super::world::AnnexWorld;
use super::{Export, Options, data, gaps, lay_out, overflow, put_out};
use crate::edition::Edition;
use crate::model::Annex;
use crate::publish::artifact::Rendered;
use crate::publish::internal::internal_error;

/// Renders one annex after another. Typst lays out anew only what changed since the last time, and
/// a paper of which nothing changed is not even exported again.
#[derive(Default)]
pub struct IncrementalRenderer {
    cached: Option<Cached>,
}

/// The last rendering and what it was made of.
struct Cached {
    world: AnnexWorld,
    export: Export,
    paper: Rendered,
}

impl IncrementalRenderer {
    /// As [`super::render`].
    pub fn render(&mut self, edition: &Edition, annex: &Annex, options: &Options) -> Rendered {
        let export = Export::annex(edition, options);
        let data = data::json(edition, annex, options);
        let marked = data.and_then(|data| gaps::marked(edition, export.is_draft, data));
        let (data, marked) = match marked {
            Ok(data) => data,
            Err(error) => return Rendered::failed(internal_error(export.name, error)),
        };
        let files = options.files();
        let world = match self.cached.take() {
            None => AnnexWorld::annex(files, data),
            Some(cached) => {
                // Findings on a layout name cells, which may have moved.
                let has_no_findings = cached.paper.findings.is_empty();
                let is_same = cached.export == export && cached.world.is(&files, &data);
                if is_same && has_no_findings {
                    let paper = cached.paper.clone();
                    self.cached = Some(cached);
                    return paper;
                }
                let mut world = cached.world;
                world.renew(files, data);
                world
            }
        };
        let laid_out = lay_out(&world);
        let inspect = |document: &_| overflow::findings(document, edition, annex);
        let mut paper = put_out(edition, &world, laid_out, export.clone(), inspect);
        paper.findings.extend(marked);
        self.cached = Some(Cached { world, export, paper: paper.clone() });
        paper
    }
}

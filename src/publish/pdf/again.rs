//! The layout of a paper that was laid out a moment ago.
//!
//! Typst lays a document out until nothing moves any more: at first it does not know on which
//! pages the headings will stand, and then the contents can tell. Where the paper was laid out
//! before, its old pages are a good guess, and mostly one layout is enough.

use comemo::{Constraint, Track};
use typst::World;
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Content, Output, StyleChain, Target, TargetElem};
use typst::introspection::Introspector;
use typst::utils::Protected;
use typst_layout::PagedDocument;

use super::world::AnnexWorld;

/// How often a guess is mended before the layout begins from nothing: once, since a change that
/// moves headings moves nothing else.
const ATTEMPTS: usize = 2;

/// The pages, found from those of the layout before; `None` where they are not to be found so, or
/// where there is anything to say of the templates.
///
/// What comes of it is the layout that begins from nothing only if the pages do not depend on the
/// guess. In our templates they do not: the contents have a line for every heading, wherever it
/// stands.
pub fn lay_out(world: &AnnexWorld, before: PagedDocument) -> Option<PagedDocument> {
    let world: &dyn World = world;
    let content = evaluate(world)?;
    let mut guess = before;
    for _ in 0..ATTEMPTS {
        let (pages, is_right) = attempt(world, &content, guess.introspector().as_ref())?;
        if is_right {
            return Some(pages);
        }
        guess = pages;
    }
    None
}

/// The content of the main template.
fn evaluate(world: &dyn World) -> Option<Content> {
    let (traced, route, mut sink) = (Traced::default(), Route::default(), Sink::new());
    let main = world.source(world.main()).ok()?;
    let (world, library) = (world.track(), world.library());
    let module =
        typst_eval::eval(world, library, traced.track(), sink.track_mut(), route.track(), &main);
    let content = module.ok()?.content();
    is_silent(sink).then_some(content)
}

/// Lays the content out as if its pages were the guessed ones, and tells whether they are, as far
/// as the content asked.
fn attempt(
    world: &dyn World,
    content: &Content,
    guess: &dyn Introspector,
) -> Option<(PagedDocument, bool)> {
    let (traced, mut sink, asked) = (Traced::default(), Sink::new(), Constraint::new());
    let library = world.library();
    let target = TargetElem::target.set(Target::Paged).wrap();
    let base = StyleChain::new(&library.styles);
    let mut engine = Engine {
        world: world.track(),
        library,
        introspector: Protected::new(guess.track_with(&asked)),
        traced: traced.track(),
        sink: sink.track_mut(),
        route: Route::default(),
    };
    let pages = PagedDocument::create(&mut engine, content, base.chain(&target)).ok()?;
    let found: &dyn Introspector = pages.introspector().as_ref();
    let is_right = asked.validate(found);
    is_silent(sink).then_some((pages, is_right))
}

fn is_silent(mut sink: Sink) -> bool {
    sink.delayed().is_empty() && sink.warnings().is_empty()
}

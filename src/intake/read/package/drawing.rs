//! DrawingML: the texts, shapes, pictures and lines that lie over the cells of a sheet.

use quick_xml::events::BytesStart;

use super::super::grid::{Floating, Region, Sheet};
use super::super::part::{Parts, Tag, Xml, attribute, flag, walk};
use super::super::refusal::Refusal;
use super::super::shape::Shape;
use super::floating::Controls;
use super::relations::Relations;
use crate::diag::CellRef;

/// Adds what a drawing lays over the cells: texts, and shapes without one, which hide or strike
/// out or mark what is below them. Form controls that were told already are passed over.
pub fn read(
    parts: &mut Parts,
    part: &str,
    told: &Controls,
    sheet: &mut Sheet,
) -> Result<(), Refusal> {
    let mut drawing = Drawing::default();
    walk(&sheet.had(parts.xml(part)?, part), |tag, text| {
        match tag {
            Tag::Open(start) => drawing.open(start, told),
            Tag::Close(name) => drawing.close(name, &text),
        }
        Ok(())
    })?;
    sheet.floating.append(&mut drawing.floating);
    if drawing.diagrams.is_empty() {
        return Ok(());
    }
    let related = Relations::read(parts, part)?;
    for (over, diagram) in drawing.diagrams {
        let Some(target) = related.target(&diagram) else {
            sheet.lacking.insert(format!("{part} の図 {diagram}"));
            continue;
        };
        let words = words(&sheet.had(parts.xml(target)?, target))?;
        let words = Some(words).filter(|words| !words.is_empty());
        sheet.floating.extend(words.map(|words| Floating { over, words }));
    }
    Ok(())
}

/// What is read of a drawing.
#[derive(Default)]
struct Drawing {
    floating: Vec<Floating>,
    /// SmartArt diagrams, by the relation to their words.
    diagrams: Vec<(Option<Region>, String)>,
    anchor: Anchor,
    /// What the first of several ways to show one thing has; the others are for programs that do
    /// not know it.
    choice: Option<usize>,
    in_fallback: bool,
}

/// Where a thing begins or ends.
#[derive(Clone, Copy)]
enum End {
    From,
    To,
}

/// A place in a cell.
#[derive(Default)]
struct Corner {
    column: Option<u32>,
    row: Option<u32>,
    /// How far from the left and the upper border of the cell.
    offsets: [i64; 2],
}

/// A thing on a drawing, as far as it is read.
#[derive(Default)]
struct Anchor {
    from: Corner,
    to: Corner,
    /// The corner that is being read.
    corner: Option<End>,
    words: String,
    /// What there is without words, in its order.
    shapes: Vec<Shape>,
    /// A shape that is not shown; what follows it is another.
    hidden: bool,
    /// A form control that was told already.
    told: bool,
}

impl Drawing {
    fn open(&mut self, start: &BytesStart, told: &Controls) {
        match start.local_name().as_ref() {
            "Choice" => self.choice = Some(self.things()),
            "Fallback" => {
                self.in_fallback = self.choice.is_some_and(|before| self.things() > before);
            }
            _ if self.in_fallback => {}
            "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => {
                self.anchor = Anchor::default();
            }
            "relIds" => {
                let diagram = attribute(start, "dm");
                self.diagrams.extend(diagram.map(|diagram| (self.anchor.over(), diagram)));
                // It is told by its words.
                self.anchor.shapes.pop();
            }
            name => self.anchor.open(name, start, told),
        }
    }

    fn close(&mut self, name: &str, text: &str) {
        match name {
            "AlternateContent" => self.choice = None,
            "Fallback" => self.in_fallback = false,
            _ if self.in_fallback => {}
            "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => {
                let anchor = std::mem::take(&mut self.anchor);
                let over = anchor.over();
                self.floating.extend(anchor.told().map(|words| Floating { over, words }));
            }
            name => self.anchor.close(name, text),
        }
    }

    /// How much there is so far.
    fn things(&self) -> usize {
        let anchor = &self.anchor;
        self.floating.len() + self.diagrams.len() + anchor.shapes.len() + usize::from(anchor.told)
    }
}

impl Anchor {
    fn open(&mut self, name: &str, start: &BytesStart, told: &Controls) {
        match name {
            "from" => self.corner = Some(End::From),
            "to" => self.corner = Some(End::To),
            "sp" => self.shapes.push(Shape::Other),
            "pic" => self.shapes.push(Shape::Picture),
            "cxnSp" => self.shapes.push(Shape::Line),
            "graphicFrame" => self.shapes.push(Shape::Other),
            "contentPart" => self.shapes.push(Shape::Ink),
            "chart" => self.is(Shape::Chart),
            "cNvPr" => self.hidden = flag(start, "hidden", false),
            "prstGeom" => {
                let preset = attribute(start, "prst").map(|name| Shape::of_preset(&name));
                // A picture has a geometry too.
                if let (Some(shape), Some(Shape::Other)) = (preset, self.shapes.last()) {
                    self.is(shape);
                }
            }
            "compatExt" => {
                self.told |= attribute(start, "spid").is_some_and(|id| told.contains(&id));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str, text: &str) {
        match name {
            "from" | "to" => self.corner = None,
            "col" | "row" | "colOff" | "rowOff" => self.corner(name, text.trim()),
            "t" => self.words.push_str(text),
            "p" => self.words.push('\n'),
            "sp" | "pic" | "cxnSp" | "graphicFrame" | "contentPart" if self.hidden => {
                self.shapes.pop();
                self.hidden = false;
            }
            _ => {}
        }
    }

    fn corner(&mut self, name: &str, text: &str) {
        let corner = match self.corner {
            Some(End::From) => &mut self.from,
            Some(End::To) => &mut self.to,
            None => return,
        };
        let [right, down] = &mut corner.offsets;
        match name {
            "col" => corner.column = text.parse().ok(),
            "row" => corner.row = text.parse().ok(),
            "colOff" => *right = text.parse().unwrap_or(1),
            _ => *down = text.parse().unwrap_or(1),
        }
    }

    /// The thing that is open is of a kind.
    fn is(&mut self, shape: Shape) {
        if let Some(last) = self.shapes.last_mut() {
            *last = shape;
        }
    }

    /// Its words, or else what it is.
    fn told(mut self) -> Option<String> {
        let words = self.words.trim();
        if self.told {
            return None;
        } else if !words.is_empty() {
            return Some(words.to_owned());
        }
        self.shapes.dedup();
        let labels: Vec<&str> = self.shapes.iter().map(|shape| shape.label()).collect();
        (!labels.is_empty()).then(|| labels.join("、"))
    }

    /// The cells under it; one whose end is not said is known by the cell where it begins.
    fn over(&self) -> Option<Region> {
        let first = self.from.at()?;
        let reaches = self.to.offsets.map(|offset| offset > 0);
        Some(match self.to.at() {
            Some(last) => Region::anchored(first, last, reaches),
            None => Region::cell(first),
        })
    }
}

impl Corner {
    fn at(&self) -> Option<CellRef> {
        self.row.zip(self.column).map(|(row, column)| CellRef::new(row, column))
    }
}

/// The words of a SmartArt diagram, a paragraph a line.
fn words(diagram: &Xml) -> Result<String, Refusal> {
    let mut words = String::new();
    walk(diagram, |tag, text| {
        match tag {
            Tag::Close("t") => words.push_str(&text),
            Tag::Close("p") if !words.is_empty() && !words.ends_with('\n') => words.push('\n'),
            _ => {}
        }
        Ok(())
    })?;
    Ok(words.trim().to_owned())
}

//! What is drawn over the cells: one thing at a time, whatever it is made of.

use std::collections::BTreeMap;

use quick_xml::events::BytesStart;

use super::super::part::attribute;
use super::super::shape::{Shape, control};
use super::geometry::Extent;

/// The drawn thing that is open, and the form controls by their ids.
#[derive(Debug, Default)]
pub struct Shapes {
    open: Option<Drawn>,
    controls: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Drawn {
    /// How many drawn things are open in it, itself included.
    depth: usize,
    kind: Shape,
    words: String,
    extent: Option<Extent>,
}

impl Shapes {
    /// Takes the begin of an element.
    pub fn open(&mut self, start: &BytesStart) {
        let name = start.local_name();
        let name = name.as_ref();
        if let Some(kind) = drawn(name) {
            let begin =
                || Drawn { depth: 0, kind, words: String::new(), extent: Extent::read(start) };
            let drawn = self.open.get_or_insert_with(begin);
            drawn.depth += 1;
        }
        match name {
            "image" => self.is(Shape::Picture),
            "object" => self.is(Shape::Chart),
            "object-ole" | "plugin" | "applet" => self.is(Shape::Other),
            "enhanced-geometry" => {
                let preset = attribute(start, "type").unwrap_or_default();
                self.is(Shape::of_preset(preset.trim_start_matches("ooxml-")));
            }
            // A control is declared before the cells, and shown over one of them.
            "control" => {
                let told = attribute(start, "control").and_then(|id| self.controls.get(&id));
                if let (Some(drawn), Some(told)) = (&mut self.open, told) {
                    drawn.words.push_str(told);
                }
            }
            name => self.declare(name, start),
        }
    }

    /// A form control.
    fn declare(&mut self, name: &str, start: &BytesStart) {
        let kind = match name {
            "checkbox" => "チェックボックス",
            "radio" => "オプションボタン",
            "button" | "image-button" => "ボタン",
            "combobox" => "コンボボックス",
            "listbox" => "リストボックス",
            "fixed-text" => "ラベル",
            "text" | "textarea" | "formatted-text" | "number" | "date" | "time" => "テキスト欄",
            "value-range" => "スピンボタン",
            _ => return,
        };
        let Some(id) = attribute(start, "id") else { return };
        let words = ["label", "current-value", "value"];
        let caption = words.iter().find_map(|name| attribute(start, name)).unwrap_or_default();
        let states = ["current-state", "current-selected", "state", "selected"];
        let state = states.iter().find_map(|name| attribute(start, name));
        let checked = ["checkbox", "radio"]
            .contains(&name)
            .then(|| state.is_some_and(|state| state == "checked" || state == "true"));
        self.controls.insert(id, control(kind, &caption, checked));
    }

    /// What is open turns out to be of a kind.
    fn is(&mut self, kind: Shape) {
        // A picture that stands in for a chart or an object does not make a picture of it.
        let is_open = |kind| kind == Shape::Other;
        if let Some(drawn) = self.open.as_mut().filter(|drawn| is_open(drawn.kind)) {
            drawn.kind = kind;
        }
    }

    /// The words of the open thing.
    pub fn words(&mut self) -> Option<&mut String> {
        self.open.as_mut().map(|drawn| &mut drawn.words)
    }

    /// Takes the end of an element: the words of a thing that ends, or else what it is, and where
    /// it is.
    pub fn close(&mut self, name: &str) -> Option<(String, Option<Extent>)> {
        drawn(name)?;
        let open = self.open.as_mut()?;
        open.depth -= 1;
        if open.depth > 0 {
            return None;
        }
        let Drawn { words, kind, extent, .. } = self.open.take()?;
        let words = words.trim();
        let told = if words.is_empty() { kind.label() } else { words };
        Some((told.to_owned(), extent))
    }
}

/// Whether an element is a drawn thing, and of which kind by its name alone.
fn drawn(name: &str) -> Option<Shape> {
    Some(match name {
        "line" | "connector" | "measure" => Shape::Line,
        "rect" => Shape::Rectangle,
        "circle" | "ellipse" => Shape::Ellipse,
        "caption" => Shape::Callout,
        "custom-shape" | "frame" | "polyline" | "polygon" | "regular-polygon" | "path" | "g"
        | "control" | "scene" | "text-box" | "page-thumbnail" => Shape::Other,
        _ => return None,
    })
}

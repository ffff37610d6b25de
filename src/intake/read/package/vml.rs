//! VML: the form controls of a sheet, with their captions and whether they are checked.
//!
//! Notes are drawn here as well; their words come from the part of the comments. The part is
//! hardly ever checked by the programs that write it, so it is read as far as it goes, and what
//! cannot be read is told as a control without words.

use quick_xml::events::BytesStart;

use super::super::grid::{Floating, Region};
use super::super::part::{Tag, Xml, attribute, walk};
use super::super::shape::control;
use super::floating::Controls;
use crate::diag::CellRef;

/// What a control is called that has no other name here.
const ANY: &str = "フォームコントロール";

pub fn read(xml: &Xml, controls: &mut Controls, floating: &mut Vec<Floating>) {
    // The words are HTML, where a line break has no end.
    let xml = xml.replaced("<br>", "<br/>");
    let mut reader = Reader::default();
    let read = walk(&xml, |tag, text| {
        match tag {
            Tag::Open(start) => reader.open(start),
            Tag::Close(name) => reader.close(name, &text),
        }
        Ok(())
    });
    if read.is_err() && xml.matches("ObjectType=").count() > reader.objects {
        reader.floating.push(Floating { over: None, words: ANY.to_owned() });
    }
    controls.append(&mut reader.controls);
    floating.append(&mut reader.floating);
}

#[derive(Default)]
struct Reader {
    controls: Controls,
    floating: Vec<Floating>,
    /// How many objects were read, notes included.
    objects: usize,
    id: Option<String>,
    kind: Option<String>,
    caption: String,
    in_caption: bool,
    over: Option<Region>,
    checked: bool,
}

impl Reader {
    fn open(&mut self, start: &BytesStart) {
        match start.local_name().as_ref() {
            "shape" => {
                let floating = std::mem::take(&mut self.floating);
                let controls = std::mem::take(&mut self.controls);
                let objects = self.objects;
                let id = attribute(start, "spid").or(attribute(start, "id"));
                *self = Self { floating, controls, objects, id, ..Self::default() };
            }
            "textbox" => self.in_caption = true,
            "ClientData" => self.kind = attribute(start, "ObjectType"),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, text: &str) {
        match name {
            "textbox" => {
                self.caption.push_str(text);
                self.in_caption = false;
            }
            "Anchor" => self.over = anchored(text),
            "Checked" => self.checked = text.trim() != "0",
            "ClientData" => self.client_data(),
            "div" | "br" if self.in_caption => {
                self.caption.push_str(text);
                self.caption.push('\n');
            }
            _ if self.in_caption => self.caption.push_str(text),
            _ => {}
        }
    }

    /// All that is known of the object has been read.
    fn client_data(&mut self) {
        let Some(kind) = self.kind.take() else { return };
        self.objects += 1;
        if kind == "Note" {
            return;
        }
        self.controls.extend(self.id.take());
        let checked = ["Checkbox", "Radio"].contains(&kind.as_str()).then_some(self.checked);
        let words = control(name(&kind), &self.caption, checked);
        self.floating.push(Floating { over: self.over, words });
    }
}

/// What Excel calls a control.
fn name(kind: &str) -> &'static str {
    match kind {
        "Checkbox" => "チェックボックス",
        "Radio" => "オプションボタン",
        "Button" => "ボタン",
        "Drop" => "コンボボックス",
        "List" => "リストボックス",
        "Label" => "ラベル",
        "GBox" => "グループボックス",
        "Scroll" => "スクロールバー",
        "Spin" => "スピンボタン",
        _ => ANY,
    }
}

/// The cells under an anchor: column, offset, row, offset, and the same of the lower right corner.
fn anchored(anchor: &str) -> Option<Region> {
    let numbers: Vec<u32> = anchor.split(',').map_while(|n| n.trim().parse().ok()).collect();
    let corner = |at: usize| Some(CellRef::new(*numbers.get(at + 2)?, *numbers.get(at)?));
    let first = corner(0)?;
    let reaches = [5, 7].map(|at| numbers.get(at).is_some_and(|&offset| offset > 0));
    Some(corner(4).map_or(Region::cell(first), |last| Region::anchored(first, last, reaches)))
}

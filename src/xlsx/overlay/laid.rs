//! The sheet that is laid in, as it stands in a workbook of ours.

use super::Package;
use super::markup::{Edits, Kind, scan};
use super::styles::Styles;

/// The first sheet of a workbook of ours as it goes into another: with its texts in it, and with
/// its formats where they are there.
pub fn sheet(book: &[u8], styles: &mut Styles) -> Option<String> {
    let mut package = Package::open(book)?;
    let numbers = styles.take_in(&Styles::read(package.text("xl/styles.xml")?)?)?;
    let texts = texts(&package.text("xl/sharedStrings.xml")?)?;
    let xml = package.text("xl/worksheets/sheet1.xml")?;
    let mut edits = Edits::default();
    let mut text = None;
    scan(&xml, |tag| {
        let format = |name: &str| {
            let own = usize::try_from(tag.number(name)?).ok()?;
            Some(numbers.get(own)?.to_string())
        };
        match (tag.name(), tag.kind) {
            ("c", Kind::Open | Kind::Empty) => {
                let cell = format("s").map_or(tag.text.to_owned(), |own| tag.with("s", &own));
                let is_text = tag.attribute("t").is_some_and(|kind| kind == "s");
                let kind = if is_text { "t=\"inlineStr\"" } else { "" };
                edits.replace(tag.at.clone(), cell.replace("t=\"s\"", kind));
                text = is_text.then_some(0);
            }
            ("v", Kind::Open) if text.is_some() => text = Some(tag.at.start),
            ("v", Kind::Close) => {
                if let Some(from) = text.take() {
                    let number = xml.get(from..tag.at.start)?.trim_start_matches("<v>");
                    let shared = texts.get(number.parse::<usize>().ok()?)?;
                    edits.replace(from..tag.at.end, format!("<is>{shared}</is>"));
                }
            }
            ("row", Kind::Open | Kind::Empty) => {
                if let Some(own) = format("s") {
                    edits.replace(tag.at.clone(), tag.with("s", &own));
                }
            }
            ("col", Kind::Open | Kind::Empty) => {
                if let Some(own) = format("style") {
                    edits.replace(tag.at.clone(), tag.with("style", &own));
                }
            }
            // A filter stands under a name of the workbook too, which is not taken along.
            ("autoFilter", Kind::Empty) => edits.replace(tag.at.clone(), ""),
            _ => {}
        }
        Some(())
    })?;
    edits.apply(&xml)
}

/// What stands in the shared strings, one by one.
fn texts(xml: &str) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    let mut from = 0;
    scan(xml, |tag| {
        match (tag.name(), tag.kind) {
            ("si", Kind::Open) => from = tag.at.end,
            ("si", Kind::Close) => texts.push(xml.get(from..tag.at.start)?.to_owned()),
            ("si", Kind::Empty) => texts.push(String::new()),
            _ => {}
        }
        Some(())
    })?;
    Some(texts)
}

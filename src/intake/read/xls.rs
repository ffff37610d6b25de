//! `.xls`: a stream of records in an OLE container.

use super::biff::Workbook;
use super::container::Container;
use super::encryption::stream_of;
use super::grid::Book;
use super::package::stamp_of;
use super::properties::custom_properties;
use super::refusal::{Budget, Refusal};
use crate::edition::Limits;
use crate::model::ObservationKind;

pub fn fill(book: &mut Book, container: &Container, limits: &Limits) -> Result<(), Refusal> {
    let mut budget = Budget::new(limits);
    let (stream, is_old) = match container.stream("Workbook")? {
        Some(stream) => (Some(stream), false),
        None => (container.stream("Book")?, true),
    };
    let stream = stream.ok_or_else(|| Refusal::new(ObservationKind::NotAWorkbook, "OLE"))?;
    let stream = stream_of(stream, is_old)?;
    let workbook = Workbook::read(&stream, &budget)?;
    if container.has_storage("_VBA_PROJECT_CUR") || workbook.has_macros {
        book.note(ObservationKind::HasMacros, "");
    }
    for link in &workbook.external {
        book.note(ObservationKind::ExternalLink, link);
    }
    for lacking in &workbook.lacking {
        book.note(ObservationKind::PartLacking, lacking);
    }
    book.sheets = workbook.sheets(&stream, &mut budget)?;
    book.stamp = match workbook.stamp {
        Some(stamp) => Some(stamp),
        None => {
            let properties = container.stream("\u{5}DocumentSummaryInformation")?;
            properties.and_then(|stream| stamp_of(&mut custom_properties(&stream)))
        }
    };
    Ok(())
}

//! Characters that no font has: in a draft, and in a comparison, each is a mark, so that the rest can be
//! read.

use std::collections::BTreeSet;

use serde_json::Value;

use super::data::DataError;
use super::{errors, fonts};
use crate::diag::{Finding, Severity};
use crate::edition::Edition;

/// The geta, which printers set where a type is missing.
const GETA: char = '〓';

fn is_printed(covers: &dyn Fn(char) -> bool, c: char) -> bool {
    c.is_whitespace() || covers(c) && !c.is_control()
}

/// The source of a template or of a chapter with marks for what cannot be printed; `None` where there
/// is none of it.
pub fn marked_source(edition: &Edition, source: &[u8]) -> Option<Vec<u8>> {
    let covers = fonts::covers(edition);
    let text = std::str::from_utf8(source).ok()?;
    let is_missing = |c: char| c != '\u{feff}' && !is_printed(&covers, c);
    let text: String = text
        .contains(is_missing)
        .then(|| text.chars().map(|c| if is_missing(c) { GETA } else { c }).collect())?;
    Some(text.into_bytes())
}

/// The data of an annex, in a draft with a mark for every character that cannot be printed, and
/// what there is to say of it.
pub fn marked(
    edition: &Edition,
    is_draft: bool,
    data: Vec<u8>,
) -> Result<(Vec<u8>, Vec<Finding>), DataError> {
    if !is_draft {
        return Ok((data, Vec::new()));
    }
    let covers = fonts::covers(edition);
    let is_printed = |c: char| is_printed(&covers, c);
    let mut missing = BTreeSet::new();
    let mut values: Value = serde_json::from_slice(&data)?;
    mark(&mut values, &is_printed, &mut missing);
    if missing.is_empty() {
        return Ok((data, Vec::new()));
    }
    let finding = |c: &char| {
        let code = u32::from(*c);
        let shown = if c.is_control() { String::new() } else { format!("「{c}」") };
        let message = say!(
            "{shown}（U+{code:04X}）はどの書体にもないため、「{GETA}」にした",
            "no font has {shown} (U+{code:04X}); “{GETA}” stands in its place"
        );
        errors::GLYPH_MISSING.finding(message).severity(Severity::Warning).found(*c)
    };
    let findings = missing.iter().map(finding).collect();
    Ok((serde_json::to_vec(&values)?, findings))
}

fn mark(value: &mut Value, is_printed: &dyn Fn(char) -> bool, missing: &mut BTreeSet<char>) {
    match value {
        Value::String(text) if !text.chars().all(is_printed) => {
            missing.extend(text.chars().filter(|&c| !is_printed(c)));
            *text = text.chars().map(|c| if is_printed(c) { c } else { GETA }).collect();
        }
        Value::Array(values) => values.iter_mut().for_each(|v| mark(v, is_printed, missing)),
        Value::Object(values) => values.values_mut().for_each(|v| mark(v, is_printed, missing)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

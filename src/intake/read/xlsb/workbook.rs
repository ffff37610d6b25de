//! The workbook part of an `.xlsb` package: the sheets in their order, the form's stamp, and from
//! when days count.

use std::collections::BTreeMap;

use super::super::bytes::{u16_at, u32_at};
use super::super::package::bin::{cut_off, text, walk, wide};
use super::super::package::stamp_of;
use super::super::refusal::Refusal;
use crate::model::FormStamp;

#[derive(Debug, Default)]
pub struct Workbook {
    pub sheets: Vec<Entry>,
    /// Days count from 1904, as old Macintoshes had it.
    pub date1904: bool,
    pub stamp: Option<FormStamp>,
}

/// A sheet as the workbook lists it.
#[derive(Debug)]
pub struct Entry {
    pub name: String,
    /// The id of the relation to its part.
    pub relation: String,
    pub hidden: bool,
}

impl Workbook {
    pub fn read(part: &[u8]) -> Result<Self, Refusal> {
        let mut workbook = Self::default();
        let mut names = BTreeMap::new();
        let mut is_listed = false;
        walk(part, |kind, data| {
            match kind {
                39 => names.extend(name(data)),
                144 => is_listed = true,
                153 => workbook.date1904 = u32_at(data, 0).is_some_and(|flags| flags & 1 != 0),
                156 => workbook.sheets.push(entry(data).ok_or_else(cut_off)?),
                _ => {}
            }
            Ok(())
        })?;
        if !is_listed {
            return Err(cut_off());
        }
        workbook.stamp = stamp_of(&mut names);
        Ok(workbook)
    }
}

/// A sheet's entry: whether it is hidden, its relation, its name.
fn entry(data: &[u8]) -> Option<Entry> {
    let hidden = u32_at(data, 0)? != 0;
    // A sheet without a relation has a length there that says so.
    let (relation, rest) = match u32_at(data, 8)? {
        u32::MAX => (String::new(), data.get(12..)?),
        _ => text(data.get(8..)?)?,
    };
    Some(Entry { name: text(rest)?.0, relation, hidden })
}

/// A defined name that stands for a text: the formula is one string.
fn name(data: &[u8]) -> Option<(String, String)> {
    let (name, formula) = text(data.get(9..)?)?;
    let &[0x17, ..] = formula.get(4..)? else { return None };
    let count = usize::from(u16_at(formula, 5)?);
    Some((name, wide(formula.get(7..)?, count)?.0))
}

//! The departments that somebody asks for.

use super::error::Error;
use crate::edition::{Department, Edition};
use crate::text::similar::nearest;

/// The department of a name or of its number in the settings (`08`, as its files begin), or all
/// where none is named.
pub fn chosen<'a>(edition: &'a Edition, named: Option<&str>) -> Result<Vec<&'a Department>, Error> {
    let Some(named) = named else { return Ok(edition.departments.iter().collect()) };
    let number = named.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let of_number = || edition.departments.get(number?);
    edition.department(named).or_else(of_number).map(|department| vec![department]).ok_or_else(
        || {
            let known = edition.departments.iter().map(|d| d.name.clone()).collect();
            let near = nearest(named, edition.departments.iter().map(|d| d.name.as_str()));
            Error::UnknownDepartment {
                name: named.to_owned(),
                known,
                near: near.map(str::to_owned),
            }
        },
    )
}

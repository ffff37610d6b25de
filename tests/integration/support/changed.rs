//! A submission that somebody changed and saved again, to measure what is built again.

use bessatsu::forms;
use bessatsu::model::Measure;
use bessatsu::schema::keys;

use super::larger::Larger;

/// The first form of an edition with one cell changed, every time in another way.
pub fn submission(larger: &Larger, number: usize) -> (String, Vec<u8>) {
    let department = &larger.edition.departments[0];
    let mut annex = larger.annex.clone();
    let own = |measure: &&mut Measure| measure.submitted_by == department.name;
    let measure = annex.measures.iter_mut().find(own).expect("a measure of the department");
    let overview = &mut measure.value_mut(keys::OVERVIEW).value;
    *overview = overview.replacen('る', &format!("る{number}"), 1);
    let form =
        forms::write(&larger.edition, department, Some(&annex)).into_bytes().expect("a form");
    (forms::file_name(&larger.edition, department), form)
}

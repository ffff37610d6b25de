//! Submissions as the program gets them.

use super::example;

/// The forms of the example edition as files: name and bytes, in the order of the departments.
pub fn of_example() -> Vec<(String, Vec<u8>)> {
    let edition = example::edition();
    example::written(&edition, &example::annex(&edition))
}

//! `bessatsu` turns the Excel forms that a prefecture's departments send in into the official
//! annex (別冊): a typeset PDF, and a consolidated workbook that reviewers compare.

#[macro_use]
pub mod diag;
pub mod edition;
pub mod forms;
pub mod intake;
pub mod model;
pub mod proof;
pub mod publish;
pub mod text;
pub mod xlsx;

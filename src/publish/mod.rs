//! The papers, one room each: PDF, workbook, web page, data, comparisons, progress, findings, how an
//! edition stands, and what a department is to confirm.

pub mod artifact;
pub mod comparison;
pub mod confirmation;
pub mod data;
pub mod findings;
pub mod internal;
pub mod pdf;
pub mod progress;
pub mod status;
pub mod tables;
pub mod totals;
pub mod web;
pub mod workbook;

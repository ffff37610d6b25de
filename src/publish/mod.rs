//! The papers, one room each: PDF, workbook, web page, data, comparisons, progress, findings, and how an edition stands.

pub mod artifact;
pub mod comparison;
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

//! The papers: PDF, workbook, data.

pub mod data;
pub mod pdf;
pub mod web;
pub mod workbook;

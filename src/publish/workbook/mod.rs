//! The consolidated workbook, one file per sheet.

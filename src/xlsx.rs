//! Cell formats and fixed properties shared by everything that writes a workbook.

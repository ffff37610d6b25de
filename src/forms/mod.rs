//! The standard workbook that departments fill in: blank, pre-filled, or returned with findings.

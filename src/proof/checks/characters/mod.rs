//! Rules on the characters of a cell.

//! Rules on the way a text is written.

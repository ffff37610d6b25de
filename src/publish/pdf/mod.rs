//! The typeset PDF.

//! Workbooks to model: read, locate, normalize, assemble.

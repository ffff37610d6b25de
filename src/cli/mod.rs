//! The command line: what was typed, what will be done, one file per command.

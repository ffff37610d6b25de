//! Intake on small forms written in memory.

mod cells;
mod consolidated;
mod files;
mod form;
mod joined;
mod layout;
mod open_document;
mod package;
mod seen;
mod seen_binary;
mod unread;
mod xls;
mod xlsb;

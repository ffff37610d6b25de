//! The small part of TOML that is written: tables of keys with values and remarks.

use crate::text::confirm::TO_CONFIRM;
use crate::text::toml_text;

/// A table of an array of tables.
pub struct Table {
    text: String,
}

impl Table {
    pub fn new(name: &str) -> Self {
        Self { text: format!("[[{name}]]\n") }
    }

    pub fn put(&mut self, key: &str, value: String) -> &mut Self {
        self.text += &format!("{key} = {value}\n");
        self
    }

    pub fn put_if_any(&mut self, key: &str, value: Option<String>) -> &mut Self {
        if let Some(value) = value {
            self.put(key, value);
        }
        self
    }

    /// Says at the end of the last line what is to be looked at there.
    pub fn remark(&mut self, remark: &str) -> &mut Self {
        self.text.truncate(self.text.trim_end_matches('\n').len());
        self.text += &format!("  # {TO_CONFIRM}：{remark}\n");
        self
    }

    /// Says in a line of its own what is to be looked at in this table; nothing for an empty text.
    pub fn comment(&mut self, remark: &str) -> &mut Self {
        if !remark.is_empty() {
            self.text += &format!("# {TO_CONFIRM}：{remark}\n");
        }
        self
    }

    /// A key that is only proposed.
    pub fn propose(&mut self, key: &str, value: &str, why: &str) -> &mut Self {
        self.text += &format!("# {key} = {value}  # {TO_CONFIRM}：{why}\n");
        self
    }

    pub fn finish(self) -> String {
        self.text + "\n"
    }
}

/// Several texts, each in a line of its own where they are many.
pub fn texts(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| toml_text(text)).collect();
    if texts.iter().map(|text| text.chars().count()).sum::<usize>() <= 60 {
        return format!("[{}]", texts.join(", "));
    }
    let lines = texts.iter().map(|text| format!("    {text},\n"));
    format!("[\n{}]", lines.collect::<String>())
}

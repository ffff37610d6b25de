//! The words of the cover and the colophon: each is defined once, in [`SETTINGS`], and everything
//! that goes through them (settings, cover of the workbook and the reading of it, comparison,
//! templates) iterates over that.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The words of the annex that no department writes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Front {
    /// Short name of the edition and prefix of its ids: `R7`.
    pub edition: String,
    pub title: String,
    pub title_en: String,
    /// The plan's period as printed: 「2025~2027」.
    pub period: String,
    /// The plan's first and last fiscal year (western); 0 where it is not known.
    pub first_year: i32,
    pub last_year: i32,
    pub volume: String,
    pub version: String,
    pub slogan: String,
    pub subslogan: String,
    pub chapter: String,
    pub introduction: String,
    pub issued: String,
    pub issuer: String,
    pub office: String,
    pub address: String,
    pub url: String,
}

/// One of the words of a [`Front`].
#[derive(Clone, Copy)]
pub struct Setting {
    /// What it is called in a comparison; with `_` for `-`, the field of a [`Front`].
    pub name: &'static str,
    /// The table of `edition.toml` that it stands in, and its key there.
    pub table: SettingTable,
    pub key: &'static str,
    /// What users call it.
    pub label: &'static str,
    /// What is added to the label where templates are explained.
    pub hint: &'static str,
    /// Whether the settings must say it.
    pub need: Need,
    pub printed: Printed,
    /// How the annex as lines of text calls it, where it tells it.
    pub line_label: Option<&'static str>,
    field: Field,
}

/// A table of `edition.toml` with words of the front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingTable {
    Edition,
    Colophon,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
}

/// Where the annex prints a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// Nowhere as it stands.
    Nowhere,
    Cover,
    /// At the start of the chapter.
    Body,
    Colophon,
    CoverAndColophon,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingKind {
    Text,
    /// A fiscal year (western).
    Year,
}

/// The field of a [`Front`] that holds a word, to read and to write.
#[derive(Clone, Copy)]
enum Field {
    Text(fn(&Front) -> &String, fn(&mut Front) -> &mut String),
    Year(fn(&Front) -> i32, fn(&mut Front) -> &mut i32),
}

/// All words, as they follow one another on the cover and in the colophon.
pub static SETTINGS: [Setting; 17] = [
    Setting {
        key: "id",
        hint: "（R7）",
        printed: Printed::Nowhere,
        ..text("edition", "版の略称", |f| &f.edition, |f| &mut f.edition)
    },
    text("title", "題名", |f| &f.title, |f| &mut f.title)
        .on(Printed::CoverAndColophon)
        .in_lines_as("題名"),
    text("title-en", "題名（英語）", |f| &f.title_en, |f| &mut f.title_en).optional(),
    text("period", "計画期間", |f| &f.period, |f| &mut f.period).in_lines_as("計画期間"),
    year("first-year", "計画の初年度", |f| f.first_year, |f| &mut f.first_year),
    year("last-year", "計画の最終年度", |f| f.last_year, |f| &mut f.last_year),
    Setting {
        hint: "（別冊）",
        ..text("volume", "冊子の種別", |f| &f.volume, |f| &mut f.volume)
            .on(Printed::CoverAndColophon)
    },
    text("version", "版", |f| &f.version, |f| &mut f.version)
        .on(Printed::CoverAndColophon)
        .in_lines_as("版"),
    text("slogan", "標語", |f| &f.slogan, |f| &mut f.slogan).optional(),
    text("subslogan", "副標語", |f| &f.subslogan, |f| &mut f.subslogan).optional(),
    text("chapter", "章の題名", |f| &f.chapter, |f| &mut f.chapter).on(Printed::Body),
    text("introduction", "前文", |f| &f.introduction, |f| &mut f.introduction)
        .on(Printed::Body)
        .optional(),
    text("issued", "発行年月", |f| &f.issued, |f| &mut f.issued)
        .in_colophon(Printed::CoverAndColophon)
        .in_lines_as("発行"),
    text("issuer", "発行者", |f| &f.issuer, |f| &mut f.issuer)
        .in_colophon(Printed::CoverAndColophon)
        .in_lines_as("発行者"),
    text("office", "事務局", |f| &f.office, |f| &mut f.office)
        .in_colophon(Printed::Colophon)
        .optional(),
    text("address", "所在地", |f| &f.address, |f| &mut f.address)
        .in_colophon(Printed::Colophon)
        .optional(),
    text("url", "URL", |f| &f.url, |f| &mut f.url).in_colophon(Printed::Colophon).optional(),
];

/// A required text of the cover.
const fn text(
    name: &'static str,
    label: &'static str,
    get: fn(&Front) -> &String,
    get_mut: fn(&mut Front) -> &mut String,
) -> Setting {
    Setting {
        name,
        table: SettingTable::Edition,
        key: name,
        label,
        hint: "",
        need: Need::Required,
        printed: Printed::Cover,
        line_label: None,
        field: Field::Text(get, get_mut),
    }
}

/// A required year, which is not printed as it stands.
const fn year(
    name: &'static str,
    label: &'static str,
    get: fn(&Front) -> i32,
    get_mut: fn(&mut Front) -> &mut i32,
) -> Setting {
    Setting {
        name,
        table: SettingTable::Edition,
        key: name,
        label,
        hint: "（西暦）",
        need: Need::Required,
        printed: Printed::Nowhere,
        line_label: None,
        field: Field::Year(get, get_mut),
    }
}

impl Setting {
    const fn on(self, printed: Printed) -> Self {
        Self { printed, ..self }
    }

    const fn in_colophon(self, printed: Printed) -> Self {
        Self { table: SettingTable::Colophon, printed, ..self }
    }

    const fn optional(self) -> Self {
        Self { need: Need::Optional, ..self }
    }

    const fn in_lines_as(self, label: &'static str) -> Self {
        Self { line_label: Some(label), ..self }
    }

    pub fn kind(&self) -> SettingKind {
        match self.field {
            Field::Text(..) => SettingKind::Text,
            Field::Year(..) => SettingKind::Year,
        }
    }

    /// The field of a [`Front`] that holds it, in data and in templates: `title_en`.
    pub fn field_name(&self) -> String {
        self.name.replace('-', "_")
    }
}

impl PartialEq for Setting {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Setting {}

impl fmt::Debug for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Serialize for Setting {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

impl<'de> Deserialize<'de> for Setting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let found = SETTINGS.into_iter().find(|setting| setting.name == name);
        found.ok_or_else(|| de::Error::custom(format!("unknown setting {name}")))
    }
}

impl JsonSchema for Setting {
    fn schema_name() -> Cow<'static, str> {
        "Setting".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
        json_schema!({
            "description": "One of the words of a [`Front`].",
            "type": "string",
            "enum": names,
        })
    }
}

impl Front {
    /// The text of a word; a year in western figures, nothing where it is not known.
    pub fn word(&self, setting: &Setting) -> String {
        match setting.field {
            Field::Text(get, _) => get(self).clone(),
            Field::Year(get, _) => match get(self) {
                0 => String::new(),
                year => year.to_string(),
            },
        }
    }

    /// Gives a word its text; false where a year is no number, which is then not known.
    pub fn set_word(&mut self, setting: &Setting, text: &str) -> bool {
        match setting.field {
            Field::Text(_, get_mut) => {
                text.clone_into(get_mut(self));
                true
            }
            Field::Year(_, get_mut) => {
                let read = text.trim().parse().ok();
                *get_mut(self) = read.unwrap_or(0);
                read.is_some()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_kept_apart_from_the_others() {
        let mut front = Front::default();
        for (at, setting) in SETTINGS.iter().enumerate() {
            assert_eq!(front.word(setting), "", "{setting:?}");
            assert!(front.set_word(setting, &(2025 + at).to_string()), "{setting:?}");
        }
        for (at, setting) in SETTINGS.iter().enumerate() {
            assert_eq!(front.word(setting), (2025 + at).to_string(), "{setting:?}");
        }
        let year =
            SETTINGS.iter().find(|s| s.kind() == SettingKind::Year).expect("there are years");
        assert!(!front.set_word(year, "令和9年度"));
        assert_eq!(front.word(year), "");
    }

    #[test]
    fn every_field_of_the_front_matter_is_a_setting() {
        let front = serde_json::to_value(Front::default()).expect("it is plain data");
        let fields: Vec<&String> = front.as_object().expect("an object").keys().collect();
        let mut named: Vec<String> = SETTINGS.iter().map(Setting::field_name).collect();
        named.sort_unstable();
        let mut fields: Vec<String> = fields.into_iter().cloned().collect();
        fields.sort_unstable();
        assert_eq!(fields, named);
    }
}

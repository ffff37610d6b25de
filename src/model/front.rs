//! The words of the cover and the colophon, and what users call them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The words of the annex that no department writes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Front {
    /// Short name of the edition and prefix of its ids: `R7`.
    pub edition: String,
    pub title: String,
    pub title_en: String,
    /// The plan's period as printed: 「2025~2027」.
    pub period: String,
    /// The plan's first and last fiscal year (western).
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
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    Edition,
    Title,
    TitleEn,
    Period,
    FirstYear,
    LastYear,
    Volume,
    Version,
    Slogan,
    Subslogan,
    Chapter,
    Introduction,
    Issued,
    Issuer,
    Office,
    Address,
    Url,
}

impl Setting {
    /// All of them, as they follow one another on the cover and in the colophon.
    pub const ALL: [Self; 17] = [
        Self::Edition,
        Self::Title,
        Self::TitleEn,
        Self::Period,
        Self::FirstYear,
        Self::LastYear,
        Self::Volume,
        Self::Version,
        Self::Slogan,
        Self::Subslogan,
        Self::Chapter,
        Self::Introduction,
        Self::Issued,
        Self::Issuer,
        Self::Office,
        Self::Address,
        Self::Url,
    ];

    /// What users call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Edition => "版の略称",
            Self::Title => "題名",
            Self::TitleEn => "題名（英語）",
            Self::Period => "計画期間",
            Self::FirstYear => "計画の初年度",
            Self::LastYear => "計画の最終年度",
            Self::Volume => "冊子の種別",
            Self::Version => "版",
            Self::Slogan => "標語",
            Self::Subslogan => "副標語",
            Self::Chapter => "章の題名",
            Self::Introduction => "前文",
            Self::Issued => "発行年月",
            Self::Issuer => "発行者",
            Self::Office => "事務局",
            Self::Address => "所在地",
            Self::Url => "URL",
        }
    }
}

/// The place of a text in a [`Front`], to read or to write; the years are no texts.
macro_rules! place {
    ($front:ident, $setting:expr, [$($reference:tt)+]) => {
        match $setting {
            Setting::Edition => Some($($reference)+ $front.edition),
            Setting::Title => Some($($reference)+ $front.title),
            Setting::TitleEn => Some($($reference)+ $front.title_en),
            Setting::Period => Some($($reference)+ $front.period),
            Setting::Volume => Some($($reference)+ $front.volume),
            Setting::Version => Some($($reference)+ $front.version),
            Setting::Slogan => Some($($reference)+ $front.slogan),
            Setting::Subslogan => Some($($reference)+ $front.subslogan),
            Setting::Chapter => Some($($reference)+ $front.chapter),
            Setting::Introduction => Some($($reference)+ $front.introduction),
            Setting::Issued => Some($($reference)+ $front.issued),
            Setting::Issuer => Some($($reference)+ $front.issuer),
            Setting::Office => Some($($reference)+ $front.office),
            Setting::Address => Some($($reference)+ $front.address),
            Setting::Url => Some($($reference)+ $front.url),
            Setting::FirstYear | Setting::LastYear => None,
        }
    };
}

impl Front {
    /// The text of a word; a year in western figures, nothing where it is not known.
    pub fn word(&self, setting: Setting) -> String {
        let year = |year: i32| if year == 0 { String::new() } else { year.to_string() };
        match setting {
            Setting::FirstYear => year(self.first_year),
            Setting::LastYear => year(self.last_year),
            word => place!(self, word, [&]).cloned().unwrap_or_default(),
        }
    }

    /// Gives a word its text; false where a year is no number, which is then not known.
    pub fn set_word(&mut self, setting: Setting, text: &str) -> bool {
        let year = match setting {
            Setting::FirstYear => &mut self.first_year,
            Setting::LastYear => &mut self.last_year,
            word => {
                place!(self, word, [&mut]).into_iter().for_each(|word| text.clone_into(word));
                return true;
            }
        };
        let read = text.trim().parse().ok();
        *year = read.unwrap_or_default();
        read.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_kept_apart_from_the_others() {
        let mut front = Front::default();
        for (at, setting) in Setting::ALL.into_iter().enumerate() {
            assert_eq!(front.word(setting), "", "{setting:?}");
            assert!(front.set_word(setting, &(2025 + at).to_string()), "{setting:?}");
        }
        for (at, setting) in Setting::ALL.into_iter().enumerate() {
            assert_eq!(front.word(setting), (2025 + at).to_string(), "{setting:?}");
        }
        assert!(!front.set_word(Setting::LastYear, "令和9年度"));
        assert_eq!(front.word(Setting::LastYear), "");
    }
}

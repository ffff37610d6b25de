//! What an edition calls things: measures, KPIs, reposts, the sheets of the form.
//!
//! Whoever writes a sentence for users takes these words for it. A text that is fixed when the
//! program is built (a rule's documentation, the title of a data file) names a word or a column
//! by a placeholder instead, `{measure}` or `{kpis.target}`, which [`Schema::fill`] replaces.
//!
//! [`Schema::fill`]: super::Schema::fill

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Levels, Table};

/// The words of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Words {
    /// One measure: 施策.
    pub measure: String,
    /// One KPI: KPI.
    pub kpi: String,
    /// The measures as a list: 個別施策.
    pub measures: String,
    /// The KPIs as a list: 主なKPI.
    pub kpis: String,
    /// What stands above the printed table of measures: 【個別施策】.
    pub measures_caption: String,
    /// The same of the KPIs: 【主な重要業績評価指標（KPI）】.
    pub kpis_caption: String,
    /// The mark behind the name of a repost: （再掲）.
    pub repost: String,
    /// The sheet of the form with the measures: 「様式１　個別施策」.
    pub measures_sheet: String,
    /// The title in that sheet's first row.
    pub measures_title: String,
    pub kpis_sheet: String,
    pub kpis_title: String,
    /// What the headings are called that entries stand under: 分野. It follows from the levels.
    pub place: String,
    /// What the headings of all levels are called: 柱と分野. It follows from them too.
    pub levels: String,
}

/// One of the [`Words`] that the settings may say.
#[derive(Clone, Copy)]
pub struct Word {
    /// Its key in the settings.
    pub key: &'static str,
    pub used: WordUse,
    /// The most characters for it; a sheet's name has 31.
    pub longest: usize,
    get: fn(&Words) -> &String,
    get_mut: fn(&mut Words) -> &mut String,
}

/// What is called so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordUse {
    Text,
    /// Sheets of the workbooks that are made, among others.
    SheetOfWorkbook,
    /// A sheet of the form, which is read again.
    Sheet,
}

/// All words that the settings may say.
pub static WORDS: [Word; 11] = [
    part_of_sheet("measure", |w| &w.measure, |w| &mut w.measure),
    part_of_sheet("kpi", |w| &w.kpi, |w| &mut w.kpi),
    part_of_sheet("measures", |w| &w.measures, |w| &mut w.measures),
    part_of_sheet("kpis", |w| &w.kpis, |w| &mut w.kpis),
    text("measures-caption", |w| &w.measures_caption, |w| &mut w.measures_caption),
    text("kpis-caption", |w| &w.kpis_caption, |w| &mut w.kpis_caption),
    part_of_sheet("repost", |w| &w.repost, |w| &mut w.repost),
    sheet("measures-sheet", |w| &w.measures_sheet, |w| &mut w.measures_sheet),
    text("measures-title", |w| &w.measures_title, |w| &mut w.measures_title),
    sheet("kpis-sheet", |w| &w.kpis_sheet, |w| &mut w.kpis_sheet),
    text("kpis-title", |w| &w.kpis_title, |w| &mut w.kpis_title),
];

const fn text(
    key: &'static str,
    get: fn(&Words) -> &String,
    get_mut: fn(&mut Words) -> &mut String,
) -> Word {
    Word { key, used: WordUse::Text, longest: 60, get, get_mut }
}

const fn part_of_sheet(
    key: &'static str,
    get: fn(&Words) -> &String,
    get_mut: fn(&mut Words) -> &mut String,
) -> Word {
    Word { used: WordUse::SheetOfWorkbook, longest: 20, ..text(key, get, get_mut) }
}

const fn sheet(
    key: &'static str,
    get: fn(&Words) -> &String,
    get_mut: fn(&mut Words) -> &mut String,
) -> Word {
    Word { used: WordUse::Sheet, longest: 31, ..text(key, get, get_mut) }
}

impl Word {
    /// Its name in templates: `measures_caption`.
    pub fn field_name(self) -> String {
        self.key.replace('-', "_")
    }

    pub fn of(self, words: &Words) -> &str {
        (self.get)(words)
    }
}

const MEASURE: &str = "施策";
const KPI: &str = "KPI";

impl Default for Words {
    /// Those of the standard edition.
    fn default() -> Self {
        Self::following(|_| None)
    }
}

impl Words {
    /// The words of settings that say some of them. What they do not say follows from what they
    /// say, so that an edition with 事業 for 施策 has no 施策 left anywhere.
    pub fn following(said: impl Fn(&Word) -> Option<String>) -> Self {
        let mut words = Self::unsaid();
        for word in &WORDS {
            if let Some(said) = said(word) {
                *(word.get_mut)(&mut words) = said;
            }
        }
        // In this order, because each may stand in those behind it.
        or(&mut words.measure, || MEASURE.into());
        or(&mut words.kpi, || KPI.into());
        let (measure, kpi) = (words.measure.clone(), words.kpi.clone());
        or(&mut words.measures, || if measure == MEASURE { "個別施策".into() } else { measure });
        or(&mut words.kpis, || if kpi == KPI { "主なKPI".into() } else { kpi.clone() });
        or(&mut words.measures_caption, || format!("【{}】", words.measures));
        or(&mut words.kpis_caption, || match (kpi.as_str(), words.kpis.as_str()) {
            (KPI, "主なKPI") => "【主な重要業績評価指標（KPI）】".into(),
            (_, kpis) => format!("【{kpis}】"),
        });
        or(&mut words.repost, || "（再掲）".into());
        or(&mut words.measures_sheet, || format!("様式１　{}", words.measures));
        or(&mut words.kpis_sheet, || format!("様式２　{kpi}"));
        let title = |sheet: &str, caption: &str| match first_part(sheet) {
            form if form == sheet => sheet.to_owned(),
            form => format!("{form}　{}調査票", without_brackets(caption)),
        };
        or(&mut words.measures_title, || title(&words.measures_sheet, &words.measures_caption));
        or(&mut words.kpis_title, || title(&words.kpis_sheet, &words.kpis_caption));
        words
    }

    fn unsaid() -> Self {
        Self {
            measure: String::new(),
            kpi: String::new(),
            measures: String::new(),
            kpis: String::new(),
            measures_caption: String::new(),
            kpis_caption: String::new(),
            repost: String::new(),
            measures_sheet: String::new(),
            measures_title: String::new(),
            kpis_sheet: String::new(),
            kpis_title: String::new(),
            place: Levels::default().all_place_words(),
            levels: Levels::default().words("と"),
        }
    }

    /// The words of an edition with these levels.
    pub(super) fn under(self, levels: &Levels) -> Self {
        Self { place: levels.all_place_words(), levels: levels.words("と"), ..self }
    }

    pub fn is_standard(&self) -> bool {
        *self == Self::default()
    }

    /// One entry of a table: 施策, KPI.
    pub fn entry(&self, table: Table) -> &str {
        match table {
            Table::Measures => &self.measure,
            Table::Kpis => &self.kpi,
        }
    }

    /// The form's name of a table's sheet.
    pub fn sheet(&self, table: Table) -> &str {
        match table {
            Table::Measures => &self.measures_sheet,
            Table::Kpis => &self.kpis_sheet,
        }
    }

    /// The title in the first row of a table's sheet.
    pub fn title(&self, table: Table) -> &str {
        match table {
            Table::Measures => &self.measures_title,
            Table::Kpis => &self.kpis_title,
        }
    }

    /// What a sentence calls the sheet of a table: 様式１.
    pub fn form(&self, table: Table) -> &str {
        first_part(self.sheet(table))
    }

    /// The entries of a table in full, as their caption has them: 「主な重要業績評価指標（KPI）」.
    pub fn in_full(&self, table: Table) -> &str {
        without_brackets(match table {
            Table::Measures => &self.measures_caption,
            Table::Kpis => &self.kpis_caption,
        })
    }

    /// What a repost is called: 再掲.
    pub fn reposted(&self) -> &str {
        without_brackets(&self.repost)
    }

    /// The word of a placeholder; `None` where there is no such placeholder.
    pub(super) fn placeholder(&self, name: &str) -> Option<&str> {
        Some(match name {
            "measure" => &self.measure,
            "kpi" => &self.kpi,
            "measures" => &self.measures,
            "kpis" => &self.kpis,
            "measures-in-full" => self.in_full(Table::Measures),
            "kpis-in-full" => self.in_full(Table::Kpis),
            "repost" => &self.repost,
            "reposted" => self.reposted(),
            "measures-sheet" => &self.measures_sheet,
            "kpis-sheet" => &self.kpis_sheet,
            "measures-form" => self.form(Table::Measures),
            "kpis-form" => self.form(Table::Kpis),
            "place" => &self.place,
            "levels" => &self.levels,
            _ => return None,
        })
    }
}

/// Says a word that the settings did not say.
fn or(word: &mut String, usual: impl FnOnce() -> String) {
    if word.is_empty() {
        *word = usual();
    }
}

/// 「様式１　個別施策」 without what stands behind the space.
fn first_part(sheet: &str) -> &str {
    sheet.split(char::is_whitespace).next().unwrap_or(sheet)
}

/// A caption or mark without the brackets or the sign around it.
fn without_brackets(text: &str) -> &str {
    const PAIRS: [(char, char); 10] = [
        ('【', '】'),
        ('（', '）'),
        ('(', ')'),
        ('［', '］'),
        ('[', ']'),
        ('〔', '〕'),
        ('〈', '〉'),
        ('《', '》'),
        ('「', '」'),
        ('＜', '＞'),
    ];
    let text = text.trim().trim_start_matches(['※', '＊', '*', '■', '◆', '●', '○', '・']);
    let inner = PAIRS.iter().find_map(|&(open, close)| {
        text.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.contains(close))
    });
    inner.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(said: &[(&str, &str)]) -> Words {
        Words::following(|word| {
            let said = said.iter().find(|(key, _)| *key == word.key)?;
            Some(said.1.to_owned())
        })
    }

    #[test]
    fn the_standard_words_follow_from_one_another() {
        let standard = words(&[]);
        assert!(standard.is_standard());
        assert_eq!(standard.sheet(Table::Measures), "様式１　個別施策");
        assert_eq!(standard.title(Table::Measures), "様式１　個別施策調査票");
        assert_eq!(standard.sheet(Table::Kpis), "様式２　KPI");
        assert_eq!(standard.title(Table::Kpis), "様式２　主な重要業績評価指標（KPI）調査票");
        assert_eq!(standard.form(Table::Kpis), "様式２");
        assert_eq!(standard.in_full(Table::Kpis), "主な重要業績評価指標（KPI）");
        assert_eq!(standard.reposted(), "再掲");
    }

    #[test]
    fn what_is_not_said_follows_from_what_is() {
        let others = words(&[("measure", "事業"), ("kpi", "目標指標"), ("repost", "※再掲")]);
        for (word, expected) in [
            (&others.measures, "事業"),
            (&others.measures_caption, "【事業】"),
            (&others.measures_sheet, "様式１　事業"),
            (&others.measures_title, "様式１　事業調査票"),
            (&others.kpis_caption, "【目標指標】"),
            (&others.kpis_title, "様式２　目標指標調査票"),
        ] {
            assert_eq!(word, expected);
        }
        assert_eq!(others.reposted(), "再掲");
        let one = words(&[("measures-sheet", "取組一覧"), ("kpis-caption", "■ 目標指標")]);
        assert_eq!(one.form(Table::Measures), "取組一覧");
        assert_eq!(one.title(Table::Measures), "取組一覧");
        assert_eq!(one.title(Table::Kpis), "様式２　目標指標調査票");
        assert_eq!(one.measure, "施策");
    }

    #[test]
    fn every_word_of_the_settings_is_kept_apart_from_the_others() {
        let words = Words::following(|word| Some(word.key.to_owned()));
        for word in &WORDS {
            assert_eq!(word.of(&words), word.key);
        }
    }
}

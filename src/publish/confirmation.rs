//! What a department is asked to confirm: where each of its entries will stand in the annex, and
//! what the secretariat has corrected. The PDF and the workbook of it are made of this.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Annex, Correction, Id, Kpi};
use crate::schema::Table;

/// On which page of the annex each row begins, by the label of its heading and the id of its entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages(BTreeMap<(String, String), u64>);

impl Pages {
    /// Takes down where a row begins; of one that a page break parts the first page counts.
    pub fn add(&mut self, heading: &str, id: &str, page: u64) {
        self.0.entry((heading.to_owned(), id.to_owned())).or_insert(page);
    }

    fn of(&self, heading: &str, id: &Id) -> Option<u64> {
        self.0.get(&(heading.to_owned(), id.to_string())).copied()
    }
}

/// What one department is asked to confirm.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Confirmation {
    pub department: String,
    /// The annex that it is of.
    pub document: String,
    /// Whom the answer goes to.
    pub contact: String,
    /// A row for every place where an entry stands, in printed order.
    pub listed: Vec<Listed>,
    pub corrections: Vec<Corrected>,
}

/// Where an entry stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Listed {
    pub id: String,
    /// 施策
    pub word: String,
    pub name: String,
    /// 「1(2) 教育の充実」
    pub heading: String,
    /// The page of the annex; none where its templates do not say it.
    pub page: Option<u64>,
    /// 再掲
    pub repost: bool,
    /// The secretariat has corrected something of it.
    pub corrected: bool,
}

/// What the secretariat has corrected of an entry.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Corrected {
    pub id: String,
    pub name: String,
    /// The label of the column, or what is decided of the entry.
    pub column: String,
    /// 誤
    pub from: String,
    /// 正
    pub to: String,
    pub reason: String,
}

impl Confirmation {
    /// Of a department's `part` of an annex, with the pages of the whole.
    pub fn new(part: &Annex, department: &str, contact: &str, pages: &Pages) -> Self {
        let front = &part.front;
        let document = [&front.title, &front.volume, &front.version];
        let document: Vec<&str> =
            document.into_iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
        let own = part.corrections.iter().filter(|correction| part.entry(&correction.id).is_some());
        Self {
            department: department.to_owned(),
            document: document.join(" "),
            contact: contact.to_owned(),
            listed: listed(part, pages),
            corrections: own.map(|correction| corrected(part, correction)).collect(),
        }
    }

    /// The pages of an entry as a cell has them: 「12（再掲 34、40）」; empty where nobody knows.
    pub fn pages_of(&self, id: &str, reposted: &str) -> String {
        let pages = |repost: bool| {
            let of_it = self.listed.iter().filter(move |row| row.id == id && row.repost == repost);
            of_it.filter_map(|row| row.page).map(|page| page.to_string()).collect::<Vec<_>>()
        };
        let (own, again) = (pages(false).join("、"), pages(true).join("、"));
        match (own.is_empty(), again.is_empty()) {
            (_, true) => own,
            (true, false) => format!("{reposted} {again}"),
            (false, false) => format!("{own}（{reposted} {again}）"),
        }
    }

    /// What was corrected of an entry.
    pub fn corrections_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Corrected> {
        self.corrections.iter().filter(move |corrected| corrected.id == id)
    }
}

fn listed(part: &Annex, pages: &Pages) -> Vec<Listed> {
    let mut rows = Vec::new();
    for heading in part.headings() {
        let label = heading.label();
        let words = &part.schema.words;
        let row = |table: Table, id: &Id, repost: bool| Listed {
            id: id.to_string(),
            word: words.entry(table).to_owned(),
            name: part.name_of(id).unwrap_or_default().replace('\n', " "),
            heading: heading.name(),
            page: pages.of(&label, id),
            repost,
            corrected: part.corrections.iter().any(|correction| correction.id == *id),
        };
        let measures = heading.listings.iter();
        rows.extend(measures.map(|of| row(Table::Measures, &of.measure, of.repost)));
        let is_repost = |kpi: &Kpi| kpi.is_repost(heading);
        let kpis = heading.kpis.iter().filter_map(|id| part.kpi(id));
        rows.extend(kpis.map(|kpi| row(Table::Kpis, &kpi.id, is_repost(kpi))));
    }
    rows
}

fn corrected(part: &Annex, correction: &Correction) -> Corrected {
    let shown = |text: &str| match (text, &correction.column) {
        ("", Some(_)) => "（空欄）".to_owned(),
        (text, _) => text.to_owned(),
    };
    Corrected {
        id: correction.id.to_string(),
        name: part.name_of(&correction.id).unwrap_or_default().replace('\n', " "),
        column: part.label_of(correction).to_owned(),
        from: shown(&correction.from),
        to: shown(&correction.to),
        reason: correction.reason.clone(),
    }
}

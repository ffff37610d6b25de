//! Small forms in memory, as departments send them back.

use rust_xlsxwriter::{Workbook, Worksheet};

use crate::edition::{self, Edition};
use crate::intake::{self, Intake, Source};
use crate::model::{Kpi, Measure, Receipt};

/// The project's own example edition: real departments, sections and categories.
pub fn edition() -> Edition {
    let text = include_str!("../../../inputs/2025/edition.toml");
    edition::parse("edition.toml", text).0.expect("the example edition is sound")
}

type Edit = Box<dyn Fn(&mut Worksheet)>;

/// A sheet: lines above, a header, rows by label, lines below, and whatever an edit does then.
pub struct Page {
    pub name: &'static str,
    pub above: Vec<Vec<&'static str>>,
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<(&'static str, String)>>,
    pub below: Vec<Vec<&'static str>>,
    edits: Vec<Edit>,
}

/// A form of 総務部 with one measure and one KPI, to be deformed.
pub struct Form {
    pub file: &'static str,
    pub measures: Page,
    pub kpis: Page,
    pub stamp: Option<(&'static str, &'static str)>,
}

impl Page {
    fn new(name: &'static str, header: &str) -> Self {
        let header = header.split('|').map(|label| &*label.to_owned().leak()).collect();
        let above =
            vec![vec!["調査票"], vec!["部局名", "総務部"], vec!["基準日", "令和7年1月"], vec![]];
        Self { name, above, header, rows: Vec::new(), below: Vec::new(), edits: Vec::new() }
    }

    /// A row of the standard content under another name, with the given fields changed.
    pub fn row(&mut self, name: &str, changes: &[(&'static str, &str)]) -> &mut Self {
        let mut row = vec![
            ("区分", "継続".to_owned()),
            ("分野", "1(1) 子育て支援".to_owned()),
            ("施策名", name.to_owned()),
            ("概要（D：デジタルで）", format!("{name}の概要")),
            ("目的（X：目指す姿）", format!("{name}の目的")),
            ("担当部局", "総務部".to_owned()),
            ("担当課室", "広報課".to_owned()),
            ("主なKPI", name.to_owned()),
            ("対象施策", "施策あ".to_owned()),
            ("現状値", "50%".to_owned()),
            ("目標値", "80%（R9）".to_owned()),
        ];
        for &(label, text) in changes {
            row.retain(|(known, _)| *known != label);
            row.push((label, text.to_owned()));
        }
        self.rows.push(row);
        self
    }

    pub fn edit(&mut self, edit: impl Fn(&mut Worksheet) + 'static) -> &mut Self {
        self.edits.push(Box::new(edit));
        self
    }

    /// The zero-based row of the header, and that of the first row of data.
    pub fn header_row(&self) -> u32 {
        self.above.len() as u32
    }

    fn write(&self, sheet: &mut Worksheet) {
        sheet.set_name(self.name).expect("a sheet name");
        let mut number = 0;
        let mut lines = |sheet: &mut Worksheet, lines: &[Vec<&str>]| {
            for line in lines {
                for (column, text) in line.iter().enumerate() {
                    sheet.write(number, column as u16, *text).expect("a cell");
                }
                number += 1;
            }
        };
        lines(sheet, &self.above);
        lines(sheet, std::slice::from_ref(&self.header));
        for row in &self.rows {
            let line = self.header.iter().map(|label| {
                row.iter().find(|(known, _)| known == label).map_or("", |(_, text)| text.as_str())
            });
            lines(sheet, &[line.collect()]);
        }
        lines(sheet, &self.below);
        for edit in &self.edits {
            edit(sheet);
        }
    }
}

impl Form {
    pub fn new() -> Self {
        let measures = "施策ID|区分|分野|掲載順|施策名|概要（D：デジタルで）|目的（X：目指す姿）|担当部局|担当課室|再掲分野|備考";
        let kpis = "KPI ID|区分|分野|掲載順|主なKPI|対象施策|現状値|目標値|備考";
        let mut form = Self {
            file: "01_総務部.xlsx",
            measures: Page::new("様式１　個別施策", measures),
            kpis: Page::new("様式２　KPI", kpis),
            stamp: None,
        };
        form.measures.row("施策あ", &[]);
        form.kpis.row("指標あ", &[]);
        form
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        self.measures.write(workbook.add_worksheet());
        self.kpis.write(workbook.add_worksheet());
        if let Some((edition, version)) = self.stamp {
            let name = |name: &str, value: &str| (name.to_owned(), format!("=\"{value}\""));
            for (name, value) in
                [name("bessatsu_edition", edition), name("bessatsu_form_version", version)]
            {
                workbook.define_name(name, &value).expect("a name");
            }
        }
        workbook.save_to_buffer().expect("a workbook")
    }

    pub fn read(&self) -> Intake {
        read(&[(self.file, self.bytes())])
    }

    /// What is odd about the form, a line each: kind, place, found.
    pub fn observations(&self) -> Vec<String> {
        observations(&self.read().receipts[0])
    }

    /// The names of the measures that are read, in the order of their ids.
    pub fn names(&self) -> Vec<String> {
        self.read().annex.measures.into_iter().map(|measure| measure.entry.name.value).collect()
    }

    pub fn only_measure(&self) -> Measure {
        let mut measures = self.read().annex.measures;
        assert_eq!(measures.len(), 1);
        measures.remove(0)
    }

    pub fn only_kpi(&self) -> Kpi {
        let mut kpis = self.read().annex.kpis;
        assert_eq!(kpis.len(), 1);
        kpis.remove(0)
    }
}

pub fn read(files: &[(&str, Vec<u8>)]) -> Intake {
    let source =
        |(name, bytes): &(&str, Vec<u8>)| Source { name: (*name).into(), bytes: Ok(bytes.clone()) };
    intake::run(&edition(), None, files.iter().map(source).collect())
}

pub fn observations(receipt: &Receipt) -> Vec<String> {
    let line = |observation: &crate::model::Observation| {
        let cell = observation.at.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
        let found = if observation.found.is_empty() {
            String::new()
        } else {
            format!(" {}", observation.found)
        };
        format!("{:?}{cell}{found}", observation.kind)
    };
    receipt.observations.iter().map(line).collect()
}

/// Deforms a form and checks what is read of it and what is told.
pub fn check(deform: impl FnOnce(&mut Form), names: &[&str], observations: &[&str]) {
    let mut form = Form::new();
    deform(&mut form);
    assert_eq!(form.observations(), observations);
    assert_eq!(form.names(), names);
}

//! A form as a grid that can be deformed: its tables by columns and rows, written as a workbook
//! by hand, the way departments make forms of their own.

use std::collections::{BTreeMap, BTreeSet};

use bessatsu::edition::Edition;
use bessatsu::model::{Annex, HeadingId, Kpi, Measure};
use bessatsu::schema::{Schema, Table, keys};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// The key of a column.
pub type Field = &'static str;

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    /// A number under a number format.
    Formatted(f64, String),
}

/// A column as the form has it; one without a field means nothing to the reader.
#[derive(Clone, Debug)]
pub struct Column {
    pub field: Option<Field>,
    pub label: String,
    /// What stands in every row of a column without a field.
    pub filled: String,
    pub hidden: bool,
    /// Its label stands a row above the others', merged down to them.
    pub raised: bool,
}

/// A table with what stands around it.
#[derive(Clone, Debug)]
pub struct Page {
    pub table: Table,
    pub name: String,
    /// The rows above the header.
    pub above: Vec<Vec<String>>,
    pub below: Vec<String>,
    pub left: u16,
    pub columns: Vec<Column>,
    pub rows: Vec<BTreeMap<Field, Cell>>,
    /// Rows with a blank row before them.
    pub gaps: BTreeSet<usize>,
    /// Rows with the header again before them.
    pub headers: BTreeSet<usize>,
    pub hidden: BTreeSet<usize>,
    /// Fields merged from a row to a later one.
    pub merges: Vec<(Field, usize, usize)>,
    /// Rows of samples above the others.
    pub samples: Vec<BTreeMap<Field, Cell>>,
    /// Rows with a text above them that is merged over all columns.
    pub groups: BTreeMap<usize, String>,
}

#[derive(Clone, Debug)]
pub struct Form {
    pub pages: Vec<Page>,
    /// All tables on one sheet, one below the other.
    pub stacked: bool,
}

impl Form {
    /// The form of a department with its entries of the annex.
    pub fn of(edition: &Edition, annex: &Annex, department: &str) -> Self {
        let mut measures: Vec<&Measure> =
            annex.measures.iter().filter(|m| m.submitted_by == department).collect();
        measures.sort_by_key(|m| m.name.at.cell);
        let kpis = annex.kpis.iter().filter(|k| k.submitted_by == department);
        let page = |table: Table, rows| Page {
            table,
            name: Schema::standard().words.sheet(table).into(),
            above: vec![
                vec![Schema::standard().words.title(table).into()],
                ["部局名", department, "基準日", &edition.form.as_of].map(String::from).into(),
            ],
            below: Vec::new(),
            left: 0,
            columns: columns(table).collect(),
            rows,
            gaps: BTreeSet::new(),
            headers: BTreeSet::new(),
            hidden: BTreeSet::new(),
            merges: Vec::new(),
            samples: Vec::new(),
            groups: BTreeMap::new(),
        };
        let measures = measures.into_iter().map(|m| measure(edition, m)).collect();
        let kpis = kpis.map(|k| kpi(edition, k)).collect();
        Self {
            pages: vec![page(Table::Measures, measures), page(Table::Kpis, kpis)],
            stacked: false,
        }
    }

    /// The form as the lines of a planted submission, with all that is neither hidden nor merged.
    pub fn lines(&self) -> String {
        self.pages.iter().map(Page::lines).collect()
    }

    pub fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let mut top = 0;
        for (index, page) in self.pages.iter().enumerate() {
            let sheet = if self.stacked && index > 0 {
                workbook.worksheet_from_index(0)?
            } else {
                top = 0;
                workbook.add_worksheet().set_name(&page.name)?
            };
            top = page.write(sheet, top)? + 2;
        }
        workbook.save_to_buffer()
    }
}

/// The columns of the standard form.
fn columns(table: Table) -> impl Iterator<Item = Column> {
    let keys: &[Field] = match table {
        Table::Measures => &[
            keys::ID,
            keys::STATUS,
            keys::CATEGORY,
            keys::ORDER,
            keys::NAME,
            keys::OVERVIEW,
            keys::PURPOSE,
            keys::DEPARTMENT,
            keys::SECTION,
            keys::REPOSTS,
            keys::NOTE,
        ],
        Table::Kpis => &[
            keys::ID,
            keys::STATUS,
            keys::CATEGORY,
            keys::ORDER,
            keys::NAME,
            keys::MEASURES,
            keys::CURRENT,
            keys::TARGET,
            keys::NOTE,
        ],
    };
    let schema = Schema::standard();
    keys.iter()
        .map(move |&key| Column::of(key, &schema.column(table, key).expect("a column").label))
}

impl Column {
    fn of(field: Field, label: &str) -> Self {
        Self { field: Some(field), ..Self::unknown(label, "") }
    }

    pub fn unknown(label: &str, filled: &str) -> Self {
        let (label, filled) = (label.to_owned(), filled.to_owned());
        Self { field: None, label, filled, hidden: false, raised: false }
    }
}

impl Page {
    pub fn column(&mut self, field: Field) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.field == Some(field))
    }

    pub fn text(&mut self, row: usize, field: Field) -> Option<&mut String> {
        match self.rows.get_mut(row)?.get_mut(&field)? {
            Cell::Text(text) => Some(text),
            Cell::Number(_) | Cell::Formatted(..) => None,
        }
    }

    /// The merges that can be: of a column that is there, without a header or a text in between.
    pub fn possible_merges(&self) -> impl Iterator<Item = &(Field, usize, usize)> {
        self.merges.iter().filter(|(field, first, last)| {
            let mut between = self.headers.iter().chain(self.groups.keys());
            self.columns.iter().any(|column| column.field == Some(*field))
                && !between.any(|row| (first + 1..=*last).contains(row))
        })
    }

    fn lines(&self) -> String {
        let text = |text: &str| text.replace('\n', "\\n");
        let above = self.above.iter().map(|line| line.iter().map(|cell| text(cell)).collect());
        let header = self.columns.iter().map(|column| text(&column.label)).collect();
        let cells = |cells: &BTreeMap<Field, Cell>| -> Vec<String> {
            let cell = |column: &Column| match column.field.and_then(|field| cells.get(&field)) {
                Some(Cell::Text(words)) => text(words),
                Some(Cell::Number(number)) => format!("{{{number}}}"),
                Some(Cell::Formatted(number, format)) => format!("{{{number} {format}}}"),
                None => text(&column.filled),
            };
            self.columns.iter().map(cell).collect()
        };
        let entries = self.samples.iter().chain(&self.rows).map(cells);
        let below = self.below.iter().map(|line| vec![text(line)]);
        let rows = above.chain([header]).chain(entries).chain(below);
        let line = |(row, cells): (usize, Vec<String>)| format!("{row}: {}\n", cells.join(" | "));
        format!("-- {}\n{}", self.name, (1..).zip(rows).map(line).collect::<String>())
    }

    /// Writes the page from a row on; returns the row after its last.
    fn write(&self, sheet: &mut Worksheet, top: u32) -> Result<u32, XlsxError> {
        let mut row = top;
        for line in &self.above {
            for (column, text) in (self.left..).zip(line) {
                sheet.write(row, column, text)?;
            }
            row += 1;
        }
        row += u32::from(self.columns.iter().any(|column| column.raised));
        self.write_header(sheet, row, true)?;
        row += 1;
        for sample in &self.samples {
            self.write_cells(sheet, row, sample)?;
            row += 1;
        }
        let mut places = Vec::new();
        for (index, cells) in self.rows.iter().enumerate() {
            if self.headers.contains(&index) {
                self.write_header(sheet, row, false)?;
                row += 1;
            }
            row += u32::from(self.gaps.contains(&index));
            if let Some(text) = self.groups.get(&index) {
                let last = self.left + self.columns.len() as u16 - 1;
                sheet.merge_range(row, self.left, row, last, text, &Format::new())?;
                row += 1;
            }
            self.write_cells(sheet, row, cells)?;
            if self.hidden.contains(&index) {
                sheet.set_row_hidden(row)?;
            }
            places.push(row);
            row += 1;
        }
        for (field, first, last) in self.possible_merges() {
            let index = self.columns.iter().position(|column| column.field == Some(*field));
            let at = self.left + index.unwrap_or(0) as u16;
            match self.rows[*first].get(field) {
                Some(Cell::Text(text)) => {
                    sheet.merge_range(
                        places[*first],
                        at,
                        places[*last],
                        at,
                        text,
                        &Format::new(),
                    )?;
                }
                _ => unreachable!("only texts are merged"),
            }
        }
        for text in &self.below {
            sheet.write(row, self.left, text)?;
            row += 1;
        }
        Ok(row)
    }

    fn write_cells(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        cells: &BTreeMap<Field, Cell>,
    ) -> Result<(), XlsxError> {
        for (column, at) in self.columns.iter().zip(self.left..) {
            match column.field.and_then(|field| cells.get(&field)) {
                Some(Cell::Text(text)) => sheet.write(row, at, text)?,
                Some(Cell::Number(number)) => sheet.write(row, at, *number)?,
                Some(Cell::Formatted(number, format)) => {
                    let format = Format::new().set_num_format(format);
                    sheet.write_with_format(row, at, *number, &format)?
                }
                None if column.field.is_none() && !column.filled.is_empty() => {
                    sheet.write(row, at, &column.filled)?
                }
                None => continue,
            };
        }
        Ok(())
    }

    fn write_header(&self, sheet: &mut Worksheet, row: u32, first: bool) -> Result<(), XlsxError> {
        for (column, at) in self.columns.iter().zip(self.left..) {
            if column.raised && first {
                sheet.merge_range(row - 1, at, row, at, &column.label, &Format::new())?;
            } else if !column.label.is_empty() {
                sheet.write(row, at, &column.label)?;
            }
            if column.hidden {
                sheet.set_column_hidden(at)?;
            }
        }
        Ok(())
    }
}

fn label(edition: &Edition, id: HeadingId) -> String {
    let all = edition.places();
    all.iter().find(|place| place.id == id).map_or(String::new(), |place| place.label())
}

/// The cells that hold something.
fn cells<const N: usize>(cells: [(Field, String); N]) -> BTreeMap<Field, Cell> {
    cells
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(field, text)| (field, Cell::Text(text)))
        .collect()
}

fn measure(edition: &Edition, m: &Measure) -> BTreeMap<Field, Cell> {
    let reposts: Vec<String> =
        m.reposts.iter().filter_map(|r| r.value).map(|id| label(edition, id)).collect();
    cells([
        (keys::ID, m.id.to_string()),
        (keys::STATUS, m.status.value.label().into()),
        (keys::CATEGORY, m.category.value.map_or(String::new(), |id| label(edition, id))),
        (keys::NAME, m.name.value.clone()),
        (keys::OVERVIEW, m.value(keys::OVERVIEW).value.clone()),
        (keys::PURPOSE, m.value(keys::PURPOSE).value.clone()),
        (keys::DEPARTMENT, m.department.value.clone()),
        (keys::SECTION, m.section.value.clone()),
        (keys::REPOSTS, reposts.join("\n")),
    ])
}

fn kpi(edition: &Edition, k: &Kpi) -> BTreeMap<Field, Cell> {
    let links: Vec<&str> = k.measures.iter().map(|link| link.text.as_str()).collect();
    let mut cells = cells([
        (keys::ID, k.id.to_string()),
        (keys::STATUS, k.status.value.label().into()),
        (keys::CATEGORY, k.category.value.map_or(String::new(), |id| label(edition, id))),
        (keys::NAME, k.name.value.clone()),
        (keys::MEASURES, links.join("\n")),
        (keys::CURRENT, k.figure(keys::CURRENT).value.printed.clone()),
        (keys::TARGET, k.figure(keys::TARGET).value.printed.clone()),
    ]);
    if let Some(order) = &k.order {
        cells.insert(keys::ORDER, Cell::Number(order.value));
    }
    cells
}

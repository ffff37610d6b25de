//! The sheet 点検結果: every finding with its place, in the order of the report.

use rust_xlsxwriter::Worksheet;

use crate::diag::Finding;
use crate::report::Report;
use crate::schema::Schema;
use crate::schema::form::consolidated;
use crate::xlsx::{self, CellStyle, CellValue, TableColumn, WriteError};

pub(super) const NAME: &str = consolidated::FINDINGS;

const COLUMNS: &[TableColumn] = &[
    TableColumn::new("重大度", 8.0, CellStyle::Centre),
    TableColumn::new("コード", 8.0, CellStyle::Centre),
    TableColumn::new("部局", 16.0, CellStyle::Body),
    TableColumn::new("ファイル", 20.0, CellStyle::Body),
    TableColumn::new("シート", 16.0, CellStyle::Body),
    TableColumn::new("セル", 7.0, CellStyle::Centre),
    TableColumn::new("指摘", 40.0, CellStyle::Body),
    TableColumn::new("記載内容", 28.0, CellStyle::Body),
    TableColumn::new("求める内容", 28.0, CellStyle::Body),
    TableColumn::new("直し方", 40.0, CellStyle::Body),
    TableColumn::new("ほかの箇所", 28.0, CellStyle::Body),
    TableColumn::new("例外の理由", 22.0, CellStyle::Body),
];

pub(super) fn write(sheet: &mut Worksheet, report: &Report) -> Result<(), WriteError> {
    let rows: Vec<_> =
        report.findings.iter().map(|finding| cells(&report.schema, finding).into()).collect();
    xlsx::table(sheet, COLUMNS, &rows)
}

fn cells<'f>(schema: &Schema, finding: &'f Finding) -> [CellValue<'f>; 12] {
    let place = &finding.place;
    // A place in the settings has a line where a place in a form has a cell.
    let position = place.position().ja;
    let more = finding.more.iter().map(|place| place.say().ja).collect::<Vec<_>>().join("\n");
    [
        finding.severity.say().ja.into(),
        finding.rule.code.into(),
        finding.department.as_str().into(),
        (*place.file).into(),
        place.sheet.as_deref().unwrap_or_default().into(),
        position.into(),
        finding.message.ja.as_str().into(),
        finding.found.as_str().into(),
        finding.expected.as_str().into(),
        schema.mend(finding).into(),
        more.into(),
        finding.accepted.as_deref().unwrap_or_default().into(),
    ]
}

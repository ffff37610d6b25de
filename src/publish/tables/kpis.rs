//! The tables of the KPIs: their readings, and the measures they belong to.

use std::collections::BTreeSet;

use super::{
    CATEGORY, CATEGORY_TITLE, Cell, EDITION, FixedColumn, FormColumns, KPI_ID, Kind, PILLAR,
    PILLAR_TITLE, Row, Table, calendar_era, figures, integer, text,
};
use crate::model::{AbsenceKind, Annex, AsOf, Comparison, Id, Reading};
use crate::schema;
use crate::text::era;

pub(super) static KPIS: Table = Table {
    name: "kpis",
    title: "{kpis}",
    description: "{kpi}の{figures}の、数値1つにつき1行。①②に分かれる{kpi}は、その数だけ行がある",
    key: &["kpi_id", "figure", "reading_number"],
    links: &[],
    form_tables: &[schema::Table::Kpis],
    form: Some(FormColumns { table: schema::Table::Kpis, before: "figure" }),
    figure: Some("figure"),
    fixed: &[
        EDITION,
        KPI_ID,
        PILLAR,
        PILLAR_TITLE,
        CATEGORY,
        CATEGORY_TITLE,
        FixedColumn {
            name: "kpi_name",
            title: "{kpi}の名称",
            kind: Kind::Text,
            required: true,
            description: "{kpi}の名称の全体（①②があれば全て）",
            codes: &[],
            value: |row| row.kpi.map_or(Cell::Empty, |kpi| text(kpi.name.as_str())),
        },
        FixedColumn {
            name: "figure",
            title: "値の種類",
            kind: Kind::Text,
            required: true,
            // Which there are is the schema's, see `Table::columns`.
            description: "",
            codes: &[],
            value: |row| row.column.map_or(Cell::Empty, |column| text(&*column.key)),
        },
        FixedColumn {
            name: "reading_number",
            title: "値の番号",
            kind: Kind::Integer,
            required: true,
            description: "同じ{kpi}の{figure}の中での順番（1から）",
            codes: &[],
            value: |row| integer(u32::try_from(row.position).ok()),
        },
        FixedColumn {
            name: "part_mark",
            title: "部分の記号",
            kind: Kind::Text,
            required: false,
            description: "①②などの記号。空欄は、部分に分かれていない値、又は全ての部分に共通の値",
            codes: &[],
            value: |row| {
                row.reading.map_or(Cell::Empty, |reading| {
                    reading.mark.map_or(Cell::Empty, |mark| text(mark.to_string()))
                })
            },
        },
        FixedColumn {
            name: "part_name",
            title: "部分の名称",
            kind: Kind::Text,
            required: false,
            description: "記号の付いた部分の名称。空欄は、部分に分かれていない値",
            codes: &[],
            value: part_name,
        },
        FixedColumn {
            name: "label",
            title: "値の前の語",
            kind: Kind::Text,
            required: false,
            description: "数値の前に書かれた語や、何の値かを示す語。空欄は記載なし",
            codes: &[],
            value: |row| row.reading.map_or(Cell::Empty, |reading| text(&reading.label)),
        },
        FixedColumn {
            name: "number",
            title: "数値",
            kind: Kind::Number,
            required: false,
            description: "万・億などを付けない単位での数値（80万人は800000、69.0%は69）。空欄は、数値がないことを示し、理由はabsenceの列にある",
            codes: &[],
            value: |row| {
                row.reading.and_then(|reading| reading.number).map_or(Cell::Empty, Cell::Number)
            },
        },
        FixedColumn {
            name: "unit",
            title: "単位",
            kind: Kind::Text,
            required: false,
            description: "数値の単位（人、件、%など）。空欄は記載なし",
            codes: &[],
            value: |row| row.reading.map_or(Cell::Empty, |reading| text(&reading.unit)),
        },
        FixedColumn {
            name: "comparison",
            title: "以上・以下",
            kind: Kind::Text,
            required: false,
            description: "数値に付く「以上」などの語。空欄は記載なし",
            codes: &[("at-least", "以上"), ("at-most", "以下"), ("above", "超"), ("below", "未満")],
            value: |row| {
                row.reading.and_then(|reading| reading.comparison).map_or(Cell::Empty, comparison)
            },
        },
        FixedColumn {
            name: "fiscal_year",
            title: "年度",
            kind: Kind::Integer,
            required: false,
            description: "値の年度（西暦）。2027は2027年4月から2028年3月まで。空欄は記載なし",
            codes: &[],
            value: |row| integer(row.reading.and_then(|reading| reading.fiscal_year)),
        },
        FixedColumn {
            name: "fiscal_year_era",
            title: "年度（和暦）",
            kind: Kind::Text,
            required: false,
            description: "値の年度（和暦）。空欄は記載なし",
            codes: &[],
            value: |row| {
                row.reading
                    .and_then(|reading| reading.fiscal_year)
                    .map_or(Cell::Empty, |year| text(era::long(year)))
            },
        },
        FixedColumn {
            name: "as_of",
            title: "時点",
            kind: Kind::Text,
            required: false,
            description: "値の時点（書かれたとおり）。空欄は記載なし",
            codes: &[],
            value: |row| as_of(row).map_or(Cell::Empty, |as_of| text(&as_of.printed)),
        },
        FixedColumn {
            name: "as_of_year",
            title: "時点の年",
            kind: Kind::Integer,
            required: false,
            description: "時点（期間のときはその始め）の年（西暦）。空欄は時点の記載なし",
            codes: &[],
            value: |row| integer(as_of(row).map(|as_of| as_of.year)),
        },
        FixedColumn {
            name: "as_of_year_era",
            title: "時点の年（和暦）",
            kind: Kind::Text,
            required: false,
            description: "時点（期間のときはその始め）の年（和暦）。空欄は時点の記載なし",
            codes: &[],
            value: |row| {
                as_of(row).map_or(Cell::Empty, |as_of| text(calendar_era(as_of.year, as_of.month)))
            },
        },
        FixedColumn {
            name: "as_of_month",
            title: "時点の月",
            kind: Kind::Integer,
            required: false,
            description: "時点（期間のときはその始め）の月。空欄は記載なし",
            codes: &[],
            value: |row| integer(as_of(row).and_then(|as_of| as_of.month)),
        },
        FixedColumn {
            name: "as_of_day",
            title: "時点の日",
            kind: Kind::Integer,
            required: false,
            description: "時点の日。空欄は記載なし",
            codes: &[],
            value: |row| integer(as_of(row).and_then(|as_of| as_of.day)),
        },
        FixedColumn {
            name: "as_of_until_month",
            title: "期間の終わりの月",
            kind: Kind::Integer,
            required: false,
            description: "期間の終わりの月（「4-9月」の9）。空欄は期間でない",
            codes: &[],
            value: |row| integer(as_of(row).and_then(|as_of| as_of.until_month)),
        },
        FixedColumn {
            name: "as_of_month_end",
            title: "月末",
            kind: Kind::Boolean,
            required: false,
            description: "時点が「末」と書かれているときtrue。空欄は時点の記載なし",
            codes: &[],
            value: |row| as_of(row).map_or(Cell::Empty, |as_of| Cell::Boolean(as_of.end_of_month)),
        },
        FixedColumn {
            name: "absence",
            title: "数値がない理由",
            kind: Kind::Text,
            required: false,
            description: "数値がない理由の区分。空欄は、数値があること、又は理由の記載がないことを示す",
            codes: ABSENCES,
            value: |row| row.reading.map_or(Cell::Empty, absence),
        },
        FixedColumn {
            name: "absence_words",
            title: "数値に代わる語",
            kind: Kind::Text,
            required: false,
            description: "数値の代わりに書かれた語（「全国平均」「R7から実施」など、書かれたとおり）。空欄は記載なし",
            codes: &[],
            value: |row| {
                row.reading.map_or(Cell::Empty, |reading| {
                    reading.absence.as_ref().map_or(Cell::Empty, |absence| text(&absence.printed))
                })
            },
        },
        FixedColumn {
            name: "absence_from_year",
            title: "数値が出る年度",
            kind: Kind::Integer,
            required: false,
            description: "数値が出るようになる年度（西暦）。空欄は記載なし",
            codes: &[],
            value: |row| {
                integer(row.reading.and_then(|reading| reading.absence.as_ref()?.from_year))
            },
        },
        FixedColumn {
            name: "absence_from_year_era",
            title: "数値が出る年度（和暦）",
            kind: Kind::Text,
            required: false,
            description: "数値が出るようになる年度（和暦）。空欄は記載なし",
            codes: &[],
            value: |row| {
                row.reading
                    .and_then(|reading| reading.absence.as_ref()?.from_year)
                    .map_or(Cell::Empty, |year| text(era::long(year)))
            },
        },
        FixedColumn {
            name: "remarks",
            title: "付記",
            kind: Kind::Text,
            required: false,
            description: "年度でも時点でもないかっこ書き（複数のときは改行で区切る）。空欄は記載なし",
            codes: &[],
            value: |row| {
                row.reading.map_or(Cell::Empty, |reading| text(reading.remarks.join("\n")))
            },
        },
        FixedColumn {
            name: "printed",
            title: "掲載された値",
            kind: Kind::Text,
            required: false,
            description: "別冊に掲載されている{figure}の全体。空欄は記載なし",
            codes: &[],
            value: |row| row.figure.map_or(Cell::Empty, |figure| text(&figure.printed)),
        },
    ],
    rows: readings,
};

pub(super) static KPI_MEASURES: Table = Table {
    name: "kpi-measures",
    title: "{kpi}の{kpis.measures}",
    description: "{kpi}の{kpis.measures}1件につき1行",
    key: &["kpi_id", "position"],
    links: &[("measure_id", "measures", "measure_id")],
    form_tables: &[schema::Table::Kpis, schema::Table::Measures],
    form: None,
    figure: None,
    fixed: &[
        EDITION,
        KPI_ID,
        FixedColumn {
            name: "position",
            title: "順番",
            kind: Kind::Integer,
            required: true,
            description: "{kpi}の{kpis.measures}の中での順番（1から）",
            codes: &[],
            value: |row| integer(u32::try_from(row.position).ok()),
        },
        FixedColumn {
            name: "measure_id",
            title: "{measures.id}",
            kind: Kind::Text,
            required: false,
            description: "{kpis.measures}のID。空欄は、同じ名称の{measure}が別冊に見当たらないことを示す",
            codes: &[],
            value: |row| row.measure.map_or(Cell::Empty, |measure| text(measure.id.as_str())),
        },
        FixedColumn {
            name: "measure_printed",
            title: "{kpis.measures}",
            kind: Kind::Text,
            required: true,
            description: "別冊に掲載されている{kpis.measures}の名称",
            codes: &[],
            value: |row| row.link.map_or(Cell::Empty, |link| text(row.annex.printed_name(link))),
        },
    ],
    rows: links,
};

const ABSENCES: &[(&str, &str)] = &[
    ("not-measured", "未測定"),
    ("not-started", "これから始まる"),
    ("being-surveyed", "調査中"),
    ("in-words", "ことばによる目標"),
    ("not-stated", "記載なし"),
];

fn absence<'a>(reading: &Reading) -> Cell<'a> {
    let Some(absence) = &reading.absence else { return Cell::Empty };
    text(match absence.kind {
        AbsenceKind::NotMeasured => "not-measured",
        AbsenceKind::NotStarted => "not-started",
        AbsenceKind::BeingSurveyed => "being-surveyed",
        AbsenceKind::InWords => "in-words",
        AbsenceKind::NotStated => "not-stated",
    })
}

fn comparison<'a>(comparison: Comparison) -> Cell<'a> {
    text(match comparison {
        Comparison::AtLeast => "at-least",
        Comparison::AtMost => "at-most",
        Comparison::Above => "above",
        Comparison::Below => "below",
    })
}

fn as_of<'a>(row: &Row<'a>) -> Option<&'a AsOf> {
    row.reading.and_then(|reading| reading.as_of.as_ref())
}

fn part_name<'a>(row: &Row<'a>) -> Cell<'a> {
    let mark = row.reading.and_then(|reading| reading.mark);
    let parts = row.kpi.map_or(&[][..], |kpi| &kpi.parts);
    let part = parts.iter().find(|part| Some(part.mark) == mark);
    part.map_or(Cell::Empty, |part| text(&part.name))
}

fn rows_of_kpis(annex: &Annex) -> impl Iterator<Item = Row<'_>> {
    let rows = annex.kpi_rows();
    rows.map(move |(place, kpi)| Row { place: Some(place), kpi: Some(kpi), ..Row::new(annex) })
}

/// A figure that says nothing has a row too, so that no KPI is left out.
fn readings(annex: &Annex) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for row in rows_of_kpis(annex) {
        let Some(kpi) = row.kpi else { continue };
        for column in figures(&annex.schema) {
            let figure = &kpi.figure(&column.key).value;
            let row = Row { column: Some(column), figure: Some(figure), position: 1, ..row };
            if figure.readings.is_empty() {
                rows.push(row);
            }
            rows.extend(figure.readings.iter().enumerate().map(|(at, reading)| Row {
                reading: Some(reading),
                position: at + 1,
                ..row
            }));
        }
    }
    rows
}

fn links(annex: &Annex) -> Vec<Row<'_>> {
    let listed: BTreeSet<&Id> =
        annex.listings().filter(|(_, l, _)| !l.repost).map(|(_, _, m)| &m.id).collect();
    let mut rows = Vec::new();
    for row in rows_of_kpis(annex) {
        let links = row.kpi.map_or(&[][..], |kpi| &kpi.measures);
        rows.extend(links.iter().enumerate().map(|(at, link)| {
            Row {
                link: Some(link),
                // A measure that is not printed is in no table.
                measure: link
                    .measure
                    .as_ref()
                    .filter(|id| listed.contains(id))
                    .and_then(|id| annex.measure(id)),
                position: at + 1,
                ..row
            }
        }));
    }
    rows
}

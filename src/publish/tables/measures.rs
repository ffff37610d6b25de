//! The tables of the measures: themselves, their places in print, their owners.

use super::{
    CATEGORY, CATEGORY_TITLE, Cell, EDITION, FixedColumn, FormColumns, Kind, MEASURE_ID,
    MEASURE_NAME, PILLAR, PILLAR_TITLE, Row, Table, integer, text,
};
use crate::model::{Annex, Status};
use crate::schema;

pub(super) static MEASURES: Table = Table {
    name: "measures",
    title: "{measures}",
    description: "{measure}1件につき1行（{reposted}は数えない）。{levels}は、{measure}が本来掲載される{place}",
    key: &["measure_id"],
    links: &[],
    form_tables: &[schema::Table::Measures],
    form: Some(FormColumns { table: schema::Table::Measures, before: "department" }),
    figure: None,
    fixed: &[
        EDITION,
        MEASURE_ID,
        MEASURE_NAME,
        PILLAR,
        PILLAR_TITLE,
        CATEGORY,
        CATEGORY_TITLE,
        FixedColumn {
            name: "status",
            title: "{measures.status}",
            kind: Kind::Text,
            required: true,
            description: "この版での扱い",
            codes: &STATUS,
            value: |row| {
                row.measure.map_or(Cell::Empty, |measure| text(status(measure.status.value)))
            },
        },
        FixedColumn {
            name: "department",
            title: "{measures.department}",
            kind: Kind::Text,
            required: false,
            description: "別冊に掲載されているとおりの{measures.department}名。共同の{measure}を部局ごとに数えるときはmeasure-owners.csvを使う。空欄は記載なし",
            codes: &[],
            value: |row| {
                row.measure.map_or(Cell::Empty, |measure| text(measure.department.as_str()))
            },
        },
        FixedColumn {
            name: "section",
            title: "{measures.section}",
            kind: Kind::Text,
            required: false,
            description: "別冊に掲載されているとおりの{measures.section}名。空欄は記載なし",
            codes: &[],
            value: |row| row.measure.map_or(Cell::Empty, |measure| text(measure.section.as_str())),
        },
    ],
    rows: |annex| listings(annex).filter(|row| !row.repost).collect(),
};

pub(super) static LISTINGS: Table = Table {
    name: "listings",
    title: "{measure}の掲載場所",
    description: "別冊の{measure}の表の1行につき1行（{reposted}を含む）。並びは別冊のとおり",
    key: &["measure_id", "category_id"],
    links: &[("measure_id", "measures", "measure_id")],
    form_tables: &[schema::Table::Measures],
    form: None,
    figure: None,
    fixed: &[
        EDITION,
        PILLAR,
        PILLAR_TITLE,
        CATEGORY,
        CATEGORY_TITLE,
        FixedColumn {
            name: "position",
            title: "{measures.order}",
            kind: Kind::Integer,
            required: true,
            description: "{place}の中での順番（1から）",
            codes: &[],
            value: |row| integer(u32::try_from(row.position).ok()),
        },
        MEASURE_ID,
        FixedColumn {
            name: "repost",
            title: "{reposted}",
            kind: Kind::Boolean,
            required: true,
            description: "{reposted}のときtrue、本来の掲載のときfalse",
            codes: &[],
            value: |row| Cell::Boolean(row.repost),
        },
    ],
    rows: |annex| listings(annex).collect(),
};

pub(super) static OWNERS: Table = Table {
    name: "measure-owners",
    title: "{measure}の担当",
    description: "{measure}の担当の部局と課室の組1つにつき1行。共同の{measure}は複数行になる",
    key: &["measure_id", "department", "section"],
    links: &[("measure_id", "measures", "measure_id")],
    form_tables: &[schema::Table::Measures],
    form: None,
    figure: None,
    fixed: &[
        EDITION,
        MEASURE_ID,
        FixedColumn {
            name: "department",
            title: "部局",
            kind: Kind::Text,
            required: true,
            description: "担当する部局の名称",
            codes: &[],
            value: |row| row.owner.map_or(Cell::Empty, |owner| text(&owner.department)),
        },
        FixedColumn {
            name: "section",
            title: "課室",
            kind: Kind::Text,
            required: true,
            description: "担当する課室の名称",
            codes: &[],
            value: |row| row.owner.map_or(Cell::Empty, |owner| text(&owner.section)),
        },
    ],
    rows: owners,
};

const STATUS: [(&str, &str); 4] =
    [("continued", "継続"), ("new", "新規"), ("changed", "変更"), ("abolished", "廃止")];

fn status(status: Status) -> &'static str {
    match status {
        Status::Continued => "continued",
        Status::New => "new",
        Status::Changed => "changed",
        Status::Abolished => "abolished",
    }
}

fn listings(annex: &Annex) -> impl Iterator<Item = Row<'_>> {
    annex.headings().flat_map(move |place| {
        place.listings.iter().enumerate().filter_map(move |(at, listing)| {
            Some(Row {
                place: Some(place),
                position: at + 1,
                repost: listing.repost,
                measure: Some(annex.measure(&listing.measure)?),
                ..Row::new(annex)
            })
        })
    })
}

fn owners(annex: &Annex) -> Vec<Row<'_>> {
    let own = listings(annex).filter(|row| !row.repost);
    own.flat_map(|row| {
        let owners = row.measure.map_or(&[][..], |measure| &measure.owners);
        owners.iter().map(move |owner| Row { owner: Some(owner), ..row })
    })
    .collect()
}

//! The tables of the measures: themselves, their places in print, their owners.

use super::{
    CATEGORY, CATEGORY_TITLE, Cell, EDITION, FixedColumn, FormColumns, Kind, MEASURE_ID,
    MEASURE_NAME, PILLAR, PILLAR_TITLE, Row, Table, integer, places, text,
};
use crate::model::{Annex, Status};
use crate::schema;

pub(super) static MEASURES: Table = Table {
    name: "measures",
    title: "個別施策",
    description: "施策1件につき1行（再掲は数えない）。柱と分野は、施策が本来掲載される分野",
    key: &["measure_id"],
    links: &[],
    form: Some(FormColumns {
        table: schema::Table::Measures, entry: "施策", before: "department"
    }),
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
            title: "区分",
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
            title: "担当部局",
            kind: Kind::Text,
            required: false,
            description: "別冊に掲載されているとおりの担当部局名。共同の施策を部局ごとに数えるときはmeasure-owners.csvを使う。空欄は記載なし",
            codes: &[],
            value: |row| {
                row.measure.map_or(Cell::Empty, |measure| text(measure.department.as_str()))
            },
        },
        FixedColumn {
            name: "section",
            title: "担当課室",
            kind: Kind::Text,
            required: false,
            description: "別冊に掲載されているとおりの担当課室名。空欄は記載なし",
            codes: &[],
            value: |row| row.measure.map_or(Cell::Empty, |measure| text(measure.section.as_str())),
        },
    ],
    rows: |annex| listings(annex).filter(|row| !row.repost).collect(),
};

pub(super) static LISTINGS: Table = Table {
    name: "listings",
    title: "施策の掲載場所",
    description: "別冊の施策の表の1行につき1行（再掲を含む）。並びは別冊のとおり",
    key: &["measure_id", "category_id"],
    links: &[("measure_id", "measures", "measure_id")],
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
            title: "掲載順",
            kind: Kind::Integer,
            required: true,
            description: "分野の中での順番（1から）",
            codes: &[],
            value: |row| integer(u32::try_from(row.position).ok()),
        },
        MEASURE_ID,
        FixedColumn {
            name: "repost",
            title: "再掲",
            kind: Kind::Boolean,
            required: true,
            description: "再掲のときtrue、本来の掲載のときfalse",
            codes: &[],
            value: |row| Cell::Boolean(row.repost),
        },
    ],
    rows: |annex| listings(annex).collect(),
};

pub(super) static OWNERS: Table = Table {
    name: "measure-owners",
    title: "施策の担当",
    description: "施策の担当の部局と課室の組1つにつき1行。共同の施策は複数行になる",
    key: &["measure_id", "department", "section"],
    links: &[("measure_id", "measures", "measure_id")],
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
    places(annex).flat_map(move |place| {
        place.1.listings.iter().enumerate().filter_map(move |(at, listing)| {
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

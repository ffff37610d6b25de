//! Rows in groups, each under a title of its own.

use serde::Serialize;

use super::data::{KpiRow, MeasureRow};
use crate::model;
use crate::schema::{Column, Key, Paper, Schema, Table};

/// The title of a group, which the first of its rows has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupTitle {
    /// The column that it is the text of.
    pub column: Key,
    pub text: String,
}

impl GroupTitle {
    /// What a row is grouped by; `None` where its table has no such column, or the row no text.
    pub fn of(schema: &Schema, table: Table, row: &impl model::Row) -> Option<Self> {
        let column = grouping(schema, table)?;
        let text = row.text(column).lines().map(str::trim).collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| Self { column: column.key.clone(), text })
    }
}

/// The column by which a table is grouped in print.
fn grouping(schema: &Schema, table: Table) -> Option<&Column> {
    schema.on(table, Paper::Annex).find(|column| column.group)
}

/// A row that may begin a group.
pub trait Grouped {
    fn title(&mut self) -> &mut Option<GroupTitle>;
}

impl Grouped for MeasureRow {
    fn title(&mut self) -> &mut Option<GroupTitle> {
        &mut self.group_title
    }
}

impl Grouped for KpiRow {
    fn title(&mut self) -> &mut Option<GroupTitle> {
        &mut self.group_title
    }
}

/// Puts the rows of a group together where the first of them stands, and takes the title from all
/// others. Rows of no group come first: below a title they would belong to it.
pub fn group<R: Grouped>(rows: Vec<R>) -> Vec<R> {
    let mut groups: Vec<(Option<GroupTitle>, Vec<R>)> = vec![(None, Vec::new())];
    for mut row in rows {
        let title = row.title().take();
        match groups.iter_mut().find(|(known, _)| *known == title) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((title, vec![row])),
        }
    }
    let titled = groups.into_iter().flat_map(|(title, mut rows)| {
        if let Some(first) = rows.first_mut() {
            *first.title() = title;
        }
        rows
    });
    titled.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row(char, Option<GroupTitle>);

    impl Grouped for Row {
        fn title(&mut self) -> &mut Option<GroupTitle> {
            &mut self.1
        }
    }

    #[test]
    fn the_rows_of_a_group_stand_together_below_its_title() {
        let row = |(id, title): (char, &str)| {
            let title = GroupTitle { column: "field".into(), text: title.into() };
            Row(id, Some(title).filter(|title| !title.text.is_empty()))
        };
        let rows = [('a', "乙"), ('b', "甲"), ('c', ""), ('d', "乙")].map(row);
        let grouped = group(rows.into_iter().collect());
        let shown: Vec<(char, &str)> = grouped
            .iter()
            .map(|Row(id, title)| (*id, title.as_ref().map_or("", |title| &*title.text)))
            .collect();
        assert_eq!(shown, [('c', ""), ('a', "乙"), ('d', ""), ('b', "甲")]);
    }
}

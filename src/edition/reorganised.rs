//! A reorganisation written into the settings: names, former names, sections and headings as they
//! are now. The text is edited in place; what does not change keeps its comments and its lines.

use std::collections::BTreeMap;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use super::next::OWNERS;
use crate::text::confirm::question;
use crate::text::key;

/// What becomes of departments, sections and headings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reorganised {
    /// All departments, in their order.
    pub departments: Vec<NewDepartment>,
    /// All headings of the topmost level, in their order.
    pub headings: Vec<NewHeading>,
    /// Names and the new ones for texts that name somebody: departments, then sections.
    pub renamed: Vec<(String, String)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewDepartment {
    pub name: String,
    /// The name in the settings of the department that goes on as this one.
    pub base: Option<String>,
    pub formerly: Vec<String>,
    pub sections: Vec<NewSection>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewSection {
    pub name: String,
    pub formerly: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewHeading {
    /// The places in the settings of the heading that goes on as this one: from the topmost, each
    /// among those beside it.
    pub base: Option<Vec<usize>>,
    pub title: String,
    pub formerly: Vec<String>,
    pub number: u32,
    pub headings: Vec<NewHeading>,
}

/// What is asked of a text in which a name was replaced.
const RENAMED: &str = "改称に合わせて名称を書き改めました";

/// The settings with a reorganisation in them; `None` where the text is not TOML.
pub fn reorganised(text: &str, new: &Reorganised) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    departments(&mut document, &new.departments);
    let name = if document.contains_key("heading") { "heading" } else { "pillar" };
    if let Some(before) = document.get(name).and_then(Item::as_array_of_tables).cloned() {
        let is_numbered = name == "pillar";
        let below = if is_numbered { "category" } else { "heading" };
        let now = headings(&new.headings, Outline { root: &before, below, is_numbered });
        document.insert(name, Item::ArrayOfTables(with_first_comment(now, &before)));
    }
    texts(&mut document, &new.renamed);
    Some(without_question(&document.to_string()))
}

fn departments(document: &mut DocumentMut, new: &[NewDepartment]) {
    let before = document.get("department").and_then(Item::as_array_of_tables);
    let before = before.cloned().unwrap_or_default();
    let named: BTreeMap<String, &Table> = before
        .iter()
        .filter_map(|table| Some((key(table.get("name")?.as_str()?), table)))
        .collect();
    let mut now = ArrayOfTables::new();
    for department in new {
        let base = department.base.as_ref().and_then(|base| named.get(&key(base)).copied());
        let mut table = base.cloned().unwrap_or_else(blank);
        table.set_position(None);
        set(&mut table, "name", department.name.as_str().into());
        set_formerly(&mut table, "name", &department.formerly);
        set_sections(&mut table, &department.sections);
        now.push(table);
    }
    document.insert("department", Item::ArrayOfTables(with_first_comment(now, &before)));
}

/// A table of its own, with a blank line before it.
fn blank() -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    table
}

/// The comment above the first table is about all of them.
fn with_first_comment(mut now: ArrayOfTables, before: &ArrayOfTables) -> ArrayOfTables {
    let prefix = |tables: &ArrayOfTables| {
        let raw = tables.iter().next()?.decor().prefix()?;
        Some(raw.as_str()?.to_owned())
    };
    let Some(first) = prefix(before) else { return now };
    if prefix(&now).is_none_or(|own| own != first) {
        for (at, table) in now.iter_mut().enumerate() {
            let own = table.decor().prefix().and_then(|raw| raw.as_str()) == Some(&first);
            if at == 0 {
                table.decor_mut().set_prefix(first.clone());
            } else if own {
                table.decor_mut().set_prefix("\n");
            }
        }
    }
    now
}

/// Gives a key another value, and leaves what stands around it.
fn set(table: &mut Table, key: &str, new: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(own) => {
            let is_same = own.as_str() == new.as_str() && own.as_integer() == new.as_integer();
            if !is_same {
                let decor = own.decor().clone();
                *own = new;
                *own.decor_mut() = decor;
            }
        }
        None => _ = table.insert(key, value(new)),
    }
}

/// The former names, behind the name; none where there are none.
fn set_formerly(table: &mut Table, behind: &str, names: &[String]) {
    let is_so = table.get("formerly").and_then(Item::as_array).map_or(names.is_empty(), |array| {
        array.iter().map(Value::as_str).eq(names.iter().map(|name| Some(name.as_str())))
    });
    if is_so {
        return;
    }
    table.remove("formerly");
    if names.is_empty() {
        return;
    }
    let array: Array = names.iter().map(String::as_str).collect();
    // What is put in comes last: all that stands behind the name goes behind it again.
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let rest = keys.iter().skip_while(|key| *key != behind).skip(1);
    let taken: Vec<_> = rest.filter_map(|key| table.remove_entry(key)).collect();
    table.insert("formerly", value(array));
    for (key, item) in taken {
        table.insert_formatted(&key, item);
    }
}

/// The sections as they are now; those that stay keep their lines.
fn set_sections(table: &mut Table, sections: &[NewSection]) {
    let before = table.get("sections").and_then(Item::as_array).cloned().unwrap_or_default();
    let name_of = |value: &Value| {
        let name = value.as_inline_table().map_or(Some(value), |table| table.get("name"));
        name.and_then(Value::as_str).map(str::to_owned)
    };
    let mut now = before.clone();
    now.clear();
    let usual = before.iter().next().map(|value| value.decor().clone());
    for section in sections {
        let own = before.iter().find(|value| name_of(value).as_ref() == Some(&section.name));
        let own = own.filter(|value| value.is_str() == section.formerly.is_empty());
        let mut item = own.cloned().unwrap_or_else(|| section_value(section));
        if own.is_none() {
            // Where it goes on from another, it stands as that did.
            let was = before
                .iter()
                .find(|value| name_of(value).is_some_and(|name| section.formerly.contains(&name)));
            let decor = was.map(|was| was.decor().clone()).or_else(|| usual.clone());
            *item.decor_mut() = decor.unwrap_or_default();
        }
        now.push_formatted(item);
    }
    if now.to_string() != before.to_string() || !table.contains_key("sections") {
        match table.get_mut("sections") {
            Some(item) => *item = value(now),
            None => _ = table.insert("sections", value(now)),
        }
    }
}

fn section_value(section: &NewSection) -> Value {
    if section.formerly.is_empty() {
        return Value::from(section.name.as_str());
    }
    let formerly: Array = section.formerly.iter().map(String::as_str).collect();
    let fields = [("name", Value::from(section.name.as_str())), ("formerly", formerly.into())];
    Value::InlineTable(fields.into_iter().collect::<InlineTable>())
}

/// How the settings give headings.
#[derive(Clone, Copy)]
struct Outline<'t> {
    /// The topmost, as they were.
    root: &'t ArrayOfTables,
    /// What the tables below a heading are called.
    below: &'t str,
    /// Every one has a number.
    is_numbered: bool,
}

/// The headings of a level, with those under them.
fn headings(new: &[NewHeading], outline: Outline) -> ArrayOfTables {
    let mut now = ArrayOfTables::new();
    for heading in new {
        let base = heading.base.as_ref().and_then(|path| at(outline, path));
        let mut table = base.cloned().unwrap_or_else(blank);
        table.set_position(None);
        table.remove(outline.below);
        if outline.is_numbered || table.contains_key("number") {
            set(&mut table, "number", i64::from(heading.number).into());
        }
        set(&mut table, "title", heading.title.as_str().into());
        set_formerly(&mut table, "title", &heading.formerly);
        if !heading.headings.is_empty() {
            let inside = headings(&heading.headings, outline);
            table.insert(outline.below, Item::ArrayOfTables(inside));
        }
        now.push(table);
    }
    now
}

/// The table of a heading by its places.
fn at<'t>(Outline { root, below, .. }: Outline<'t>, path: &[usize]) -> Option<&'t Table> {
    let (&first, rest) = path.split_first()?;
    rest.iter()
        .try_fold(root.get(first)?, |table, &at| table.get(below)?.as_array_of_tables()?.get(at))
}

/// Puts new names into the texts that name somebody, and asks about those that stand outside of the
/// tables of owners.
fn texts(document: &mut DocumentMut, renamed: &[(String, String)]) {
    for (table, key) in [("colophon", "office"), ("form", "contact")] {
        let own = document.get_mut(table).and_then(|table| table.get_mut(key));
        if let Some(own) = own.and_then(Item::as_value_mut)
            && rename(own, renamed)
        {
            let comment = own.decor().suffix().and_then(|raw| raw.as_str()).unwrap_or_default();
            if comment.trim().is_empty() {
                own.decor_mut().set_suffix(format!("  {}", question(RENAMED)));
            }
        }
    }
    let joints = document.get_mut("joint").and_then(Item::as_array_of_tables_mut);
    for joint in joints.into_iter().flat_map(ArrayOfTables::iter_mut) {
        for key in ["department", "section"] {
            joint.get_mut(key).and_then(Item::as_value_mut).map(|own| rename(own, renamed));
        }
        let owners = joint.get_mut("owners").and_then(Item::as_array_mut);
        let owners = owners.into_iter().flat_map(Array::iter_mut);
        for owner in owners.filter_map(Value::as_inline_table_mut) {
            for key in ["department", "section"] {
                owner.get_mut(key).map(|own| rename(own, renamed));
            }
        }
    }
}

/// Whether a text is another with the new names.
fn rename(own: &mut Value, renamed: &[(String, String)]) -> bool {
    let Some(before) = own.as_str() else { return false };
    let mut text = before.to_owned();
    for (old, new) in renamed {
        // A text that has the new name is of today.
        if !text.contains(new.as_str()) {
            text = text.replace(old.as_str(), new);
        }
    }
    if text == before {
        return false;
    }
    let decor = own.decor().clone();
    *own = Value::from(text);
    *own.decor_mut() = decor;
    true
}

/// Without the question whether there is a reorganisation.
fn without_question(text: &str) -> String {
    let asked = question(OWNERS);
    text.split_inclusive('\n').filter(|line| line.trim_end() != asked).collect()
}

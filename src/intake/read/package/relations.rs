//! The relations of a part: which other parts it means by which id.

use super::super::part::{Parts, Tag, attribute, walk};
use super::super::refusal::Refusal;

/// The relations of one part, in the package's order.
#[derive(Debug, Default)]
pub struct Relations(Vec<Relation>);

#[derive(Debug)]
pub struct Relation {
    id: String,
    /// The last word of the type's address: `worksheet`.
    pub kind: String,
    /// The name of the part, or the address of what is outside the package.
    pub target: String,
}

impl Relations {
    /// The relations of a part; those of the package for an empty name.
    pub fn read(parts: &mut Parts, of: &str) -> Result<Self, Refusal> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let slash = if folder.is_empty() { "" } else { "/" };
        let part = format!("{folder}{slash}_rels/{file}.rels");
        let Some(xml) = parts.xml(&part)? else { return Ok(Self::default()) };
        let mut relations = Vec::new();
        walk(&xml, |tag, _| {
            let Tag::Open(start) = tag else { return Ok(()) };
            if start.local_name().as_ref() != "Relationship" {
                return Ok(());
            }
            let outside = attribute(start, "TargetMode").is_some_and(|mode| mode == "External");
            let target = attribute(start, "Target").unwrap_or_default();
            let kind = attribute(start, "Type").unwrap_or_default();
            relations.push(Relation {
                id: attribute(start, "Id").unwrap_or_default(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if outside { target } else { resolve(folder, &target) },
            });
            Ok(())
        })?;
        Ok(Self(relations))
    }

    pub fn find(&self, id: &str) -> Option<&Relation> {
        self.0.iter().find(|relation| relation.id == id)
    }

    pub fn target(&self, id: &str) -> Option<&str> {
        self.find(id).map(|relation| relation.target.as_str())
    }

    /// Whether there is one of these kinds.
    pub fn has(&self, kinds: &[&str]) -> bool {
        self.0.iter().any(|relation| kinds.contains(&relation.kind.as_str()))
    }

    /// The part of a sheet that has cells. Charts and macros have sheets of their own, and an entry
    /// without a relation has no content at all.
    pub fn worksheet(&self, id: &str) -> Option<&str> {
        let relation = self.find(id)?;
        let others = ["chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"];
        (!others.contains(&relation.kind.as_str())).then_some(relation.target.as_str())
    }

    /// The targets of a kind.
    pub fn all(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |r| r.kind == kind).map(|r| r.target.as_str())
    }

    pub fn first(&self, kind: &str) -> Option<&str> {
        self.all(kind).next()
    }
}

/// A target as the name of a part: relative to the folder, or from the root.
fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = if target.starts_with(['/', '\\']) {
        Vec::new()
    } else {
        folder.split(['/', '\\']).filter(|step| !step.is_empty()).collect()
    };
    for step in target.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_the_folder_or_the_root() {
        for (folder, target, part) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets", "../drawings/drawing1.xml", "xl/drawings/drawing1.xml"),
            ("xl", "/xl/sharedStrings.xml", "xl/sharedStrings.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "worksheets\\sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("", "\\xl\\workbook.xml", "xl/workbook.xml"),
        ] {
            assert_eq!(resolve(folder, target), part);
        }
    }
}

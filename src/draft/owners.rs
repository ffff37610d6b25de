//! Who answers for the entries: departments and their sections, and those who answer together.

use super::part::Understood;
use crate::schema::keys;

/// A department and its sections, in the order in which they are met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    pub name: String,
    pub sections: Vec<String>,
}

/// Owners who answer together, under the words of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joint {
    pub department: String,
    pub section: String,
    pub owners: Vec<(String, String)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owners {
    pub departments: Vec<Department>,
    pub joints: Vec<Joint>,
}

/// Signs between names that stand together.
const JOINTS: &[char] = &['・', '、', '／', '/', ','];

pub fn owners(tables: &[Understood]) -> Owners {
    let pairs: Vec<(String, String)> = tables.iter().flat_map(pairs).collect();
    let mut owners = Owners::default();
    let mut joint = Vec::new();
    for (department, section) in &pairs {
        if is_joint(department, &pairs) {
            if !joint.contains(&(department, section)) {
                joint.push((department, section));
            }
        } else {
            owners.add(department, section);
        }
    }
    for (department, section) in joint {
        match owners.joint(department, section) {
            Some(found) => owners.joints.push(found),
            None => owners.add(department, section),
        }
    }
    owners
}

/// Department and section of every row, the department of the sender where the row names none.
fn pairs(table: &Understood) -> Vec<(String, String)> {
    let (department, section) = (table.column(keys::DEPARTMENT), table.column(keys::SECTION));
    let mut pairs = Vec::new();
    for (row, sender) in table.gathered.departments.iter().enumerate() {
        let own = department.and_then(|column| table.gathered.text(column, row));
        let Some(name) = own.or(sender.as_deref()) else { continue };
        let sections =
            section.and_then(|column| table.gathered.text(column, row)).unwrap_or_default();
        let name = name.lines().collect::<Vec<_>>().join("・");
        if sections.is_empty() {
            pairs.push((name, String::new()));
        } else if name.contains(JOINTS) {
            pairs.push((name, sections.lines().collect::<Vec<_>>().join("・")));
        } else {
            pairs.extend(sections.lines().map(|section| (name.clone(), section.trim().to_owned())));
        }
    }
    pairs
}

/// Whether a name is several names of departments that stand alone elsewhere.
fn is_joint(name: &str, pairs: &[(String, String)]) -> bool {
    let mut parts = name.split(JOINTS);
    name.contains(JOINTS)
        && parts.all(|part| pairs.iter().any(|(department, _)| department == part.trim()))
}

impl Owners {
    fn add(&mut self, name: &str, section: &str) {
        let at = self.departments.iter().position(|department| department.name == name);
        let at = at.unwrap_or_else(|| {
            self.departments.push(Department { name: name.to_owned(), sections: Vec::new() });
            self.departments.len() - 1
        });
        if let Some(department) = self.departments.get_mut(at)
            && !section.is_empty()
            && !department.sections.iter().any(|known| known == section)
        {
            department.sections.push(section.to_owned());
        }
    }

    /// The owners behind names that stand together, where each section is one of its department's.
    fn joint(&self, department: &str, section: &str) -> Option<Joint> {
        let (departments, sections): (Vec<&str>, Vec<&str>) =
            (department.split(JOINTS).collect(), section.split(JOINTS).collect());
        if departments.len() != sections.len() {
            return None;
        }
        let owner = |(department, section): (&str, &str)| {
            let known = self.departments.iter().find(|known| known.name == department.trim())?;
            let full = known.sections.iter().find(|known| known.ends_with(section.trim()))?;
            Some((known.name.clone(), full.clone()))
        };
        let owners: Option<Vec<_>> = departments.into_iter().zip(sections).map(owner).collect();
        Some(Joint {
            department: department.to_owned(),
            section: section.to_owned(),
            owners: owners?,
        })
    }
}

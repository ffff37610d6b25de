//! What departments, sections and headings were called in the edition before.

use std::collections::BTreeMap;

use super::check::Checker;
use super::outline::Heading;
use super::rules;
use super::settings::Edition;
use crate::diag::Place;
use crate::text::key;

/// A former name, with what it is of now.
struct Former<'e> {
    name: &'e str,
    now: &'e str,
    line: u32,
}

impl Checker<'_> {
    /// Former names that are none, or that several have of which only one can.
    pub(super) fn former_names(&mut self, edition: &Edition) {
        for department in &edition.departments {
            let line = department.line;
            let own = department.formerly.iter();
            let own: Vec<Former> =
                own.map(|name| Former { name, now: &department.name, line }).collect();
            self.former("部局", &own);
            let sections = department.former_sections.iter();
            let sections: Vec<Former> = sections
                .map(|former| Former { name: &former.formerly, now: &former.section, line })
                .collect();
            self.former("課室", &sections);
        }
        let mut headings = Vec::new();
        collect(&edition.outline, &mut headings);
        self.former("見出し", &headings);
    }

    fn former(&mut self, word: &str, names: &[Former]) {
        let mut first: BTreeMap<String, (&str, u32)> = BTreeMap::new();
        for Former { name, now, line } in names {
            let name_key = key(name);
            let earlier = first.get(&name_key).copied();
            let message = match earlier {
                _ if name_key.is_empty() => say!(
                    "{word}「{now}」の formerly に空の名称がある",
                    "a former name of “{now}” is empty"
                ),
                _ if name_key == key(now) => say!(
                    "{word}「{now}」の formerly が今の名称と同じ",
                    "the former name of “{now}” is its name"
                ),
                Some((other, _)) if other == *now => say!(
                    "{word}「{now}」の formerly に「{name}」が2回ある",
                    "“{now}” was “{name}” twice"
                ),
                Some((other, _)) => say!(
                    "前の版の{word}「{name}」を、「{other}」と「{now}」の両方が引き継いでいる",
                    "both “{other}” and “{now}” were “{name}” before"
                ),
                None => {
                    first.insert(name_key, (*now, *line));
                    continue;
                }
            };
            let finding = self.add(&rules::FORMER_NAME, *line, message);
            finding.found = (*name).to_owned();
            if let Some((_, earlier)) = earlier {
                let place = Place { line: Some(earlier), column: None, ..finding.place.clone() };
                finding.more.push(place);
            }
        }
    }
}

fn collect<'e>(headings: &'e [Heading], into: &mut Vec<Former<'e>>) {
    for heading in headings {
        let (now, line) = (heading.title.as_str(), heading.line);
        into.extend(heading.formerly.iter().map(|name| Former { name, now, line }));
        collect(&heading.headings, into);
    }
}

#[cfg(test)]
mod tests {
    use crate::edition::parse;

    #[test]
    fn former_names_that_cannot_be_are_told_and_others_are_read() {
        let example = include_str!("../../inputs/2025/edition.toml");
        let with = |from: &str, more: &str| example.replacen(from, &format!("{from}{more}"), 1);
        let department = "name = \"企画部\"\n";
        let title = "title = \"子育て支援\"\n";
        let two = with(title, "formerly = [\"教育\"]\n").replacen(
            "title = \"教育の充実\"\n",
            "title = \"教育の充実\"\nformerly = [\"教育\"]\n",
            1,
        );
        for (text, expected) in [
            (with(department, "formerly = [\"総合企画部\", \"情報部\"]\n"), ""),
            (with(department, "formerly = [\"企 画 部\"]\n"), "今の名称と同じ"),
            (with(department, "formerly = [\"\"]\n"), "空の名称"),
            (with(department, "formerly = [\"情報部\", \"情報部\"]\n"), "2回ある"),
            (with(title, "formerly = [\"子育て\"]\n"), ""),
            (two, "「子育て支援」と「教育の充実」の両方"),
            (
                example.replacen(
                    "    \"統計課\",",
                    "    { name = \"統計課\", formerly = [\"統計室\"] },",
                    1,
                ),
                "",
            ),
            (
                example.replacen(
                    "    \"統計課\",",
                    "    { name = \"統計課\", former = [\"統計室\"] },",
                    1,
                ),
                "former という項目はない",
            ),
        ] {
            let (edition, findings) = parse("edition.toml", &text);
            let said: Vec<&str> = findings.iter().map(|f| f.message.ja.as_str()).collect();
            match expected {
                "" => assert!(said.is_empty(), "{said:?}"),
                _ => assert!(said.len() == 1 && said[0].contains(expected), "{said:?}"),
            }
            assert_eq!(edition.map(|e| e.departments.len()), Some(14));
        }
    }
}

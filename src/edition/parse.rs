//! `edition.toml` → [`Edition`].

use std::sync::Arc;

use toml::de::DeTable;

use super::limits::{Limit, Limits};
use super::reader::{Reader, Section};
use super::settings::{
    Accept, ComparisonTable, Department, Edition, Form, FormerSection, Joint, JointOwner,
    PageBreak, StruckText,
};
use super::{
    check, deadlines, layout, limits, notation, outline, placeholders, progress, results, rules,
    schema, severities, syntax, unconfirmed, values, words,
};
use crate::diag::{Finding, Place, Say};
use crate::schema::front::{Front, Need, SETTINGS, Setting, SettingKind, SettingTable};
use crate::text::is_mail_address;

/// Reads the settings of an edition from a file's bytes; more than
/// [`SETTINGS_BYTES`](limits::SETTINGS_BYTES) of them are refused.
pub fn read(file: &str, bytes: &[u8]) -> (Option<Edition>, Vec<Finding>) {
    match text_of(file, bytes) {
        Ok(text) => parse(file, text),
        Err(finding) => (None, vec![*finding]),
    }
}

/// The text of a file of settings.
///
/// # Errors
/// It is no text, or too large to be settings.
pub(super) fn text_of<'t>(file: &str, bytes: &'t [u8]) -> Result<&'t str, Box<Finding>> {
    let refuse = |valid: usize, message: Say, found: String, help: Say| {
        let lines = bytes.get(..valid).unwrap_or_default().split(|&byte| byte == b'\n').count();
        let place = Place::line(file, u32::try_from(lines).unwrap_or(u32::MAX));
        Box::new(rules::SYNTAX.finding(message).at(&place).found(found).help(help))
    };
    if bytes.len() as u64 > limits::SETTINGS_BYTES {
        let most = limits::SETTINGS_BYTES >> 20;
        return Err(refuse(
            0,
            say!("設定ファイルが大きすぎる", "the settings are too large"),
            format!("{most}MBより大きい"),
            say!(
                "設定ファイルは通常数十キロバイトです。別のファイルと取り違えていないか確かめてください。",
                "is this another file?"
            ),
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        refuse(
            error.valid_up_to(),
            say!("設定ファイルの文字コードが UTF-8 でない", "the settings are not UTF-8"),
            String::new(),
            say!(
                "メモ帳などで開き、文字コードに「UTF-8」を選んで保存し直してください。",
                "save the file as UTF-8"
            ),
        )
    })
}

/// Reads the settings of an edition.
///
/// `file` is the name that findings show. The edition is given whenever the text is TOML at all,
/// with empty texts for what is missing, so that the submissions can be checked nevertheless;
/// the findings say whether it may be used for an official build.
pub fn parse(file: &str, text: &str) -> (Option<Edition>, Vec<Finding>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::new(file, text);
    let (root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        // After a syntax error the tables are guesswork; what else they lack says nothing.
        return (None, syntax::findings(&reader, &errors));
    }
    let mut top = Section::new("edition.toml", root.get_ref(), 0..0);
    let edition = edition(&mut top, &mut reader);
    top.finish(&mut reader);
    let mut findings = reader.findings;
    check::contradictions(file, &edition, &mut findings);
    placeholders::left(file, &edition, &mut findings);
    findings.extend(unconfirmed::left(file, text));
    findings.sort_by_key(|f| (f.place.line, f.place.column));
    (Some(edition), findings)
}

fn edition(top: &mut Section, r: &mut Reader) -> Edition {
    let mut edition = top.section(r, "edition", "[edition]", |s, r| {
        // What is said of an unknown key lists the known ones as they are asked for here: the year
        // stands behind the id.
        let mut settings = SETTINGS.iter().filter(|setting| setting.table == SettingTable::Edition);
        let start = front_matter(s, r, settings.by_ref().take(1), Front::default());
        let year = s.number(r, "year").unwrap_or_default();
        let front = front_matter(s, r, settings, start);
        Edition { year, front, line: s.line(r), ..Edition::default() }
    });
    edition.previous = top.optional(r, "previous").filter(|p| !p.is_empty());
    edition.templates = layout::templates(top, r);
    edition.kpi_note = top.section(r, "kpi", "[kpi]", |s, r| s.text(r, "note"));
    let front = std::mem::take(&mut edition.front);
    (edition.front, edition.colophon_line) = top.section(r, "colophon", "[colophon]", |s, r| {
        let settings = SETTINGS.iter().filter(|setting| setting.table == SettingTable::Colophon);
        (front_matter(s, r, settings, front), s.line(r))
    });
    edition.form = top.section(r, "form", "[form]", form);
    edition.layout = top.section(r, "layout", "[layout]", layout::read);
    edition.chapters = top.sections(r, "chapter", "[[chapter]]", layout::chapter);
    edition.appendices = top.sections(r, "appendix", "[[appendix]]", layout::chapter);
    edition.limits = top.section(r, "limits", "[limits]", bounds);
    edition.comparison = top.section(r, "comparison", "[comparison]", comparison);
    (edition.used_measures, edition.used_kpis) = top.section(r, "ids", "[ids]", |s, r| {
        let measures = s.number_if_any(r, "used-measures").unwrap_or(0);
        (measures, s.number_if_any(r, "used-kpis").unwrap_or(0))
    });
    outline::read(top, r, &mut edition);
    edition.departments = top.sections(r, "department", "[[department]]", department);
    edition.joints = top.sections(r, "joint", "[[joint]]", joint);
    edition.accepts = top.sections(r, "accept", "[[accept]]", accept);
    edition.rules = top.section(r, "rules", "[rules]", severities::read);
    edition.notation = top.section(r, "notation", "[notation]", notation::read);
    edition.directions = top.sections(r, "kpi-direction", "[[kpi-direction]]", progress::direction);
    let levels = edition.levels.clone();
    let mut schema = top.section(r, "words", "[words]", |s, r| words::schema(s, r, &levels));
    let values = values::read(top, r, &mut schema);
    let declared = schema::read(top, r, &mut schema, values, edition.layout.table_width());
    edition.results = results::read(top, r);
    edition.asked_with_results = results::settle(&mut schema, &declared, edition.results.as_ref());
    edition.schema = Arc::new(schema);
    edition.progress = top.section(r, "progress", "[progress]", |s, r| {
        progress::read(s, r, edition.results.as_ref())
    });
    if edition.results.is_some() && edition.progress.measures.is_empty() {
        edition.progress.measures.clone_from(&edition.asked_with_results);
    }
    edition.page_breaks = top.sections(r, "page-break", "[[page-break]]", |s, r| PageBreak {
        before: s.text(r, "before"),
        category: s.optional(r, "category"),
        line: s.line(r),
    });
    edition
}

/// The front matter with the words of these settings.
fn front_matter(
    s: &mut Section,
    r: &mut Reader,
    settings: impl Iterator<Item = &'static Setting>,
    mut front: Front,
) -> Front {
    for setting in settings {
        let key = setting.key;
        let word = match (setting.kind(), setting.need) {
            (SettingKind::Text, Need::Required) => s.text(r, key),
            (SettingKind::Text, Need::Optional) => s.text_or(r, key, ""),
            // A year that is missing or no number is not known; the reader has said so.
            (SettingKind::Year, _) => {
                s.number::<i32>(r, key).map_or_else(String::new, |year| year.to_string())
            }
        };
        front.set_word(setting, &word);
    }
    front
}

fn department(s: &mut Section, r: &mut Reader) -> Department {
    let name = s.text(r, "name");
    let formerly = s.texts(r, "formerly");
    let (mut sections, mut former_sections) = (Vec::new(), Vec::new());
    for (section, before) in s.names(r, "sections") {
        let former = |formerly| FormerSection { section: section.clone(), formerly };
        former_sections.extend(before.into_iter().map(former));
        sections.push(section);
    }
    let email = s.optional(r, "email").filter(|email| !email.is_empty());
    if let Some(email) = email.as_ref().filter(|email| !is_mail_address(email)) {
        let message =
            say!("{name}の email がメールアドレスでない", "email of {name} is no address of mail");
        let finding = s.fault(r, &rules::WRONG_VALUE, "email", message);
        r.add(finding.found(email).expected("soumu@example.jp"));
    }
    Department { name, formerly, sections, former_sections, email, line: s.line(r) }
}

fn form(s: &mut Section, r: &mut Reader) -> Form {
    let form = Form {
        as_of: s.text(r, "as-of"),
        version: s.text(r, "version"),
        deadline: s.text_or(r, "deadline", ""),
        return_deadline: s.text_or(r, "return-deadline", ""),
        contact: s.text_or(r, "contact", ""),
        struck_text: match s.choice(r, "struck-text", "refuse", &["refuse", "leave-out"]) {
            "leave-out" => StruckText::LeaveOut,
            _ => StruckText::Refuse,
        },
    };
    deadlines::check(&form, s, r);
    form
}

fn accept(s: &mut Section, r: &mut Reader) -> Accept {
    Accept {
        code: s.text(r, "code"),
        file: s.optional(r, "file"),
        sheet: s.optional(r, "sheet"),
        text: s.optional(r, "text"),
        id: s.optional(r, "id"),
        cell: s.optional(r, "cell"),
        // That there is none is told of as such.
        reason: s.text_or(r, "reason", ""),
        line: s.line(r),
    }
}

fn bounds(s: &mut Section, r: &mut Reader) -> Limits {
    let mut limits = Limits::default();
    for limit in Limit::ALL {
        if let Some(value) = s.limit(r, limit.key()) {
            limits.set(limit, value);
        }
    }
    limits
}

fn comparison(s: &mut Section, r: &mut Reader) -> ComparisonTable {
    let usual = ComparisonTable::default();
    ComparisonTable {
        new_label: s.text_or(r, "new-label", &usual.new_label),
        old_label: s.text_or(r, "old-label", &usual.old_label),
        new_first: s.flag(r, "new-first", usual.new_first),
        remarks: s.flag(r, "remarks", usual.remarks),
    }
}

fn joint(s: &mut Section, r: &mut Reader) -> Joint {
    Joint {
        department: s.text(r, "department"),
        section: s.text(r, "section"),
        line: s.line(r),
        owners: s.sections(r, "owners", "owners", |s, r| JointOwner {
            department: s.text(r, "department"),
            section: s.text(r, "section"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings::FAMILIES;
    use super::*;

    const EXAMPLE: &str = include_str!("../../inputs/2025/edition.toml");

    /// The findings as `code:line:column found`, one a line.
    fn findings(text: &str) -> String {
        let (_, findings) = parse("edition.toml", text);
        let show = |f: &Finding| {
            let (line, column) = (f.place.line.unwrap_or(0), f.place.column.unwrap_or(0));
            format!("{}:{line}:{column} {}", f.rule.code, f.found)
        };
        findings.iter().map(show).collect::<Vec<_>>().join("\n")
    }

    /// The example with one place changed.
    fn changed(from: &str, to: &str) -> String {
        assert_eq!(EXAMPLE.matches(from).count(), 1, "{from}");
        EXAMPLE.replacen(from, to, 1)
    }

    fn line_of(text: &str, needle: &str) -> usize {
        text[..text.find(needle).unwrap()].lines().count() + 1
    }

    #[test]
    fn the_example_edition_reads_without_a_finding() {
        assert_eq!(findings(EXAMPLE), "");
        let (edition, _) = parse("edition.toml", EXAMPLE);
        let edition = edition.unwrap();
        assert_eq!((edition.id(), edition.year), ("R7", 2025));
        assert_eq!(edition.outline.len(), 3);
        assert_eq!(edition.places().len(), 20);
        assert_eq!(edition.departments.len(), 14);
        assert_eq!(edition.joints[0].owners.len(), 2);
        let department = &edition.departments[1];
        assert_eq!(department.name, "復興・危機管理部");
        assert_eq!(
            EXAMPLE.lines().nth(department.line as usize - 1),
            Some("[[department]]"),
            "a table's line is its header's"
        );
    }

    #[test]
    fn a_syntax_error_is_named_with_its_line() {
        let text = changed("title-en = \"Miyagi DX Promotion Policy\"", "title-en = \"Miyagi");
        let line = line_of(&text, "title-en");
        let (edition, found) = parse("edition.toml", &text);
        assert!(edition.is_none());
        assert_eq!(found[0].rule.code, "S101");
        assert_eq!(found[0].place.line, Some(line as u32));
        assert_eq!(found[0].message.ja, "文字列が「\"」で閉じられていない");
    }

    #[test]
    fn every_fault_of_the_keys_is_named_at_once() {
        let text = changed("volume = \"別冊\"", "volum = \"別冊\"");
        let text = text.replacen("year = 2025", "year = \"2025\"", 1);
        let (volume, year) = (line_of(&text, "volum ="), line_of(&text, "year ="));
        let edition = line_of(&text, "[edition]");
        assert_eq!(
            findings(&text),
            format!("S103:{edition}:1 \nS104:{year}:8 \"2025\"\nS102:{volume}:1 volum")
        );
        let (_, found) = parse("edition.toml", &text);
        assert_eq!(found[2].help.ja, "volume の書き誤りではありませんか。");
    }

    #[test]
    fn settings_that_contradict_each_other_are_named_with_both_lines() {
        let cases = [
            ("id = \"R7\"", "id = \"令和７\"", "[edition]", "S201"),
            ("last-year = 2027", "last-year = 2024", "[edition]", "S202"),
            ("title = \"子育て支援\"", "title = \"教育の充実\"", "", "S205"),
            ("name = \"企画部\"\n", "name = \"総務部\"\n", "", "S206"),
            ("    \"市町村課\",", "    \"広報課\",", "", "S207"),
            (
                "{ department = \"企画部\", section = \"デジタルみやぎ推進課\" }",
                "{ department = \"企画部\", section = \"デジタル推進課\" }",
                "[[joint]]",
                "S208",
            ),
        ];
        for (from, to, header, code) in cases {
            let text = changed(from, to);
            let (_, found) = parse("edition.toml", &text);
            let finding = found.iter().find(|f| f.rule.code == code);
            let finding = finding.unwrap_or_else(|| panic!("{code}: {}", findings(&text)));
            if !header.is_empty() {
                let line = text.lines().position(|l| l == header).unwrap() + 1;
                assert_eq!(finding.place.line, Some(line as u32), "{code}");
            }
        }
        let more = |extra: &str| findings(&format!("{EXAMPLE}{extra}"));
        assert!(more("[[accept]]\ncode = \"K503\"\nreason = \"\"\n").starts_with("S209:"));
        assert!(
            more("[[accept]]\ncode = \"K503\"\ncell = \"9F\"\nreason = \"理由\"\n")
                .ends_with(" 9F")
        );
        assert!(
            more("[[page-break]]\nbefore = \"R7-001\"\ncategory = \"9(9)\"\n").ends_with(" 9(9)")
        );
        let (_, font) =
            parse("edition.toml", &changed("font = \"BIZ UDPGothic\"", "font = \"BIZ UD Mincho\""));
        let [font] = font.as_slice() else { panic!("{font:#?}") };
        assert_eq!((font.rule.code, font.place.column), ("S104", Some(8)));
        assert_eq!(font.message.ja, "font に「BIZ UD Mincho」は選べない");
        assert_eq!(font.help.ja, "\"BIZ UDMincho\" の書き誤りではありませんか。");
        assert!(FAMILIES.iter().all(|family| font.expected.contains(family)));
        let direction = "[[kpi-direction]]\nkpi = \"R7-K01\"\nbetter =";
        assert_eq!(more(&format!("{direction} \"lower\"\n")), "");
        assert!(more(&format!("{direction} \"down\"\n")).starts_with("S104:"));
        assert_eq!(more(&format!("{direction} \"keep\"\n")), "");
        let said = more(&format!("{direction} \"keep\"\nvalues = \"yearly\"\n"));
        assert!(said.starts_with("S215:") && said.ends_with(" R7-K01"), "{said}");
        assert!(more("[[kpi-direction]]\nkpi = \"R7-K01\"\n").starts_with("S103:"));
        let twice = format!("{direction} \"higher\"\n").repeat(2);
        assert!(more(&twice).starts_with("S215:"));
        for (from, to, code) in [
            ("on = [\"page\"]", "on = [\"paper\"]", "S104"),
            ("on = [\"page\"]", "on = []", ""),
            ("scheme = \"plan\"", "scheme = \"plans\"", "S104"),
            ("scheme = \"plan\"", "scheme = \"none\"", ""),
            ("# reporting-year = 2025", "reporting-year = 2025", ""),
            ("# reporting-year = 2025", "reporting-year = 2024", "S215"),
            ("# reporting-year = 2025", "reporting-years = 2025", "S102"),
            ("# reporting-year = 2025", "measures = [\"overview\"]", ""),
            ("# reporting-year = 2025", "measures = [\"overveiw\"]", "S215"),
            ("# reporting-year = 2025", "reason = \"riyuu\"", "S215"),
        ] {
            let said = findings(&changed(from, to));
            assert_eq!(said.split(':').next(), Some(code), "{to}: {said}");
        }
        let bands = |bands: &str| {
            let start = EXAMPLE.find("[[progress.band]]").unwrap();
            let end = EXAMPLE.find("[ids]").unwrap();
            findings(&format!("{}{bands}\n{}", &EXAMPLE[..start], &EXAMPLE[end..]))
        };
        let band =
            |name: &str, from: &str| format!("[[progress.band]]\nname = \"{name}\"\n{from}\n");
        let at = EXAMPLE[..EXAMPLE.find("[[progress.band]]").unwrap()].lines().count() + 1;
        assert_eq!(bands(""), "", "without bands the usual ones hold");
        assert_eq!(bands(&(band("A", "from = 1") + &band("B", ""))), "");
        for (wrong, place, found) in [
            (band("A", "from = 1.5"), at, "from = 1.5"),
            (band("A", "from = 100") + &band("B", ""), at, "from = 100"),
            (band("A", "") + &band("B", ""), at, ""),
            (
                band("A", "from = 1.0") + &band("B", "from = 1.0") + &band("C", ""),
                at + 3,
                "from = 1",
            ),
            (band("A", "from = 1.0") + &band("A", ""), at + 3, "A"),
            (band("", "from = 1.0") + &band("B", ""), at, ""),
        ] {
            assert_eq!(bands(&wrong), format!("S215:{place}:0 {found}"), "{wrong}");
        }
        for (year, found) in [("-3", ""), ("0", ""), ("-4", "S215"), ("2024", "S215")] {
            let text = changed("unstated-year = -1", &format!("unstated-year = {year}"));
            let said = findings(&text);
            assert_eq!(said.split(':').next(), Some(found), "{said}");
        }
        assert!(bands(&band("A", "from = \"1.2\"")).starts_with("S104:"));
        assert!(more("[[pillar]]\nnumber = 3\ntitle = \"柱\"\n").contains("S204:"));
        assert!(more("[[department]]\nname = \"部\"\n").contains("S203:"));
    }

    #[test]
    fn every_limit_is_in_the_settings_to_be_raised_and_is_read_from_there() {
        let usual = Limits::default();
        for limit in Limit::ALL {
            let mut limits = EXAMPLE.lines().skip_while(|line| *line != "[limits]");
            let line = limits.find(|line| line.starts_with(&format!("# {} = ", limit.key())));
            let line = line.unwrap_or_else(|| panic!("{} is not explained", limit.key()));
            let text =
                changed(&format!("{line}\n"), &format!("{}\n", line.trim_start_matches("# ")));
            let (edition, found) = parse("edition.toml", &text);
            assert_eq!(found.len(), 0, "{line}");
            assert_eq!(edition.unwrap().limits, usual, "{line}: is not the usual value");
            let (value, at) = (line.rsplit(' ').next().unwrap(), line_of(&text, &line[2..]));
            for bad in ["0", "-1", "\"64\"", "1.5", "99999999999999999999"] {
                let text = text.replace(&line[2..], &line[2..].replace(value, bad));
                assert_eq!(
                    findings(&text),
                    format!("S104:{at}:{} {bad}", limit.key().len() + 4),
                    "{line}"
                );
            }
            let text = text.replace(&line[2..], &format!("{} = 7", limit.key()));
            let limits = parse("edition.toml", &text).0.unwrap().limits;
            assert_ne!(limits.most(limit), usual.most(limit), "{line}");
        }
    }

    #[test]
    fn settings_that_are_no_text_are_a_finding_of_their_line() {
        let sjis = "総務部";
        let mut bytes = EXAMPLE.replace("\n", "\r\n").into_bytes();
        assert_eq!(super::read("edition.toml", &bytes).1.len(), 0, "line ends of Windows");
        let at = EXAMPLE.replace("\n", "\r\n").find(sjis).unwrap();
        bytes.splice(at..at + sjis.len(), *b"\x91\x8d\x96\xb1\x95\x94");
        let line = EXAMPLE.lines().position(|line| line.contains(sjis)).unwrap() + 1;
        let (edition, found) = super::read("edition.toml", &bytes);
        assert!(edition.is_none());
        assert_eq!(found[0].place.line, Some(line as u32));
        assert!(found[0].message.ja.contains("UTF-8"));
        let (edition, found) = super::read("edition.toml", &vec![b'#'; 5 << 20]);
        assert!(edition.is_none() && found[0].message.ja.contains("大きすぎる"));
        let noise: String = (0..50_000).map(|at| format!("k{at} = 1\n")).collect();
        assert!(parse("edition.toml", &noise).1.len() < super::super::reader::MOST_FINDINGS + 20);
        let deep = format!("a = {}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(!parse("edition.toml", &deep).1.is_empty());
    }
}

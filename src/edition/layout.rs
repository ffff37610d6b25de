//! `[layout]`: how the annex is typeset.

use super::reader::{Reader, Section};
use super::settings::{FAMILIES, Layout, PaperSize};

/// The words of the settings.
const PAPERS: [&str; 2] = ["A4", "A3"];
const ORIENTATIONS: [&str; 2] = ["portrait", "landscape"];

pub(super) fn read(s: &mut Section, r: &mut Reader) -> Layout {
    let usual = Layout::default();
    Layout {
        font: s.choice(r, "font", FAMILIES[0], &FAMILIES).to_owned(),
        repeat_header: s.flag(r, "repeat-header", usual.repeat_header),
        binding_margin: s.length(r, "binding-margin", usual.binding_margin),
        double_sided: s.flag(r, "double-sided", usual.double_sided),
        strict_kinsoku: s.flag(r, "strict-kinsoku", usual.strict_kinsoku),
        paper: match s.choice(r, "paper", PAPERS[0], &PAPERS) {
            "A3" => PaperSize::A3,
            _ => PaperSize::A4,
        },
        landscape: s.choice(r, "orientation", ORIENTATIONS[0], &ORIENTATIONS) == ORIENTATIONS[1],
    }
}

#[cfg(test)]
mod tests {
    use crate::edition::{Layout, parse};

    const EXAMPLE: &str = include_str!("../../inputs/2025/edition.toml");

    #[test]
    fn a_page_is_as_the_settings_say() {
        let size = |keys: &str| {
            let text = EXAMPLE.replacen("[layout]", &format!("[layout]\n{keys}"), 1);
            let (edition, findings) = parse("edition.toml", &text);
            let found: Vec<String> =
                findings.iter().map(|f| format!("{} {}", f.rule.code, f.found)).collect();
            (edition.expect("it is TOML").layout.page_size(), found)
        };
        assert_eq!(size(""), ((210.0, 297.0), vec![]));
        assert_eq!(size("orientation = \"landscape\""), ((297.0, 210.0), vec![]));
        let both = "paper = \"A3\"\norientation = \"landscape\"";
        assert_eq!(size(both), ((420.0, 297.0), vec![]));
        assert_eq!(size("paper = \"B4\""), ((210.0, 297.0), vec!["S104 \"B4\"".to_owned()]));
        assert!((Layout::default().table_width() - 184.8).abs() < 1e-9);
    }
}

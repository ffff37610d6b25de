//! What goes out comes back: forms, the consolidated workbook, `annex.json`.

use std::fs;

use super::{annex, authored};
use crate::support::editions::{Case, files, questions};
use crate::support::{office, repacked};

questions!(
    forms_that_come_back_untouched_change_nothing,
    forms_that_another_program_saved_have_the_same_content,
    the_workbook_and_the_data_are_the_same_annex,
    the_lines_of_text_are_those_of_the_data,
);

fn forms_that_come_back_untouched_change_nothing(case: &Case) {
    let submitted = annex(case);
    case.done(&["forms", ".", "-o", "forms"]);
    let forms = case.path().join("forms");
    case.submit(&forms);
    let once = annex(case);
    assert_eq!(authored(&once), authored(&submitted));
    case.done(&["check", "."]);
    case.done(&["forms", ".", "-o", "again"]);
    for ((name, first), (_, second)) in files(&forms).iter().zip(files(&case.path().join("again")))
    {
        differ_in_their_round_alone(name, first, &second);
    }
    case.submit(&case.path().join("again"));
    assert_eq!(annex(case), once);
}

/// The form that goes out after a submission asks for the next 提出回, and is otherwise the same.
fn differ_in_their_round_alone(name: &str, first: &[u8], second: &[u8]) {
    if !name.ends_with(".xlsx") {
        return assert_eq!(first, second, "{name}");
    }
    let [first, second] = [first, second].map(repacked::parts);
    assert!(first.keys().eq(second.keys()), "{name}: other parts");
    for (part, text) in &first {
        let cells = text.split("<c ").zip(second[part].split("<c "));
        let other: Vec<_> = cells.filter(|(first, second)| first != second).collect();
        let is_round = |(first, second): &(&str, &str)| {
            (1..9).any(|round| {
                let next = format!("<v>{}</v>", round + 1);
                first.replace(&format!("<v>{round}</v>"), &next) == *second
            })
        };
        assert!(other.len() <= 1 && other.iter().all(is_round), "{name} {part}: {other:?}");
        assert_eq!(text.matches("<c ").count(), second[part].matches("<c ").count(), "{name}");
    }
}

fn forms_that_another_program_saved_have_the_same_content(case: &Case) {
    let submitted = authored(&annex(case));
    case.done(&["forms", ".", "-o", "forms"]);
    let mut forms = files(&case.path().join("forms"));
    forms.retain(|(name, _)| name.ends_with(".xlsx"));
    for extension in ["ods", "xls"] {
        let Some(saved) = office::all_saved_as(&forms, extension) else { return };
        let folder = case.path().join(extension);
        fs::create_dir(&folder).expect("a folder");
        for (name, bytes) in saved {
            fs::write(folder.join(name), bytes).expect("written");
        }
        case.submit(&folder);
        assert_eq!(authored(&annex(case)), submitted, "{extension}");
    }
}

fn the_workbook_and_the_data_are_the_same_annex(case: &Case) {
    case.build();
    for [old, new] in [
        ["out/annex.json", "."],
        ["out/annex.xlsx", "."],
        ["out/annex.json", "out/annex.xlsx"],
        ["out/annex.xlsx", "out/annex.json"],
    ] {
        let run = case.done(&["diff", old, new]);
        assert!(run.out.contains("変更はありません"), "{old} {new}: {}", run.out);
    }
}

fn the_lines_of_text_are_those_of_the_data(case: &Case) {
    case.build();
    let [folder, data, book] =
        [".", "out/annex.json", "out/annex.xlsx"].map(|path| case.done(&["text", path]).out);
    assert_eq!(folder, data);
    assert_eq!(folder, book);
}

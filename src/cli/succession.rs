//! What became of the entries of the edition before, in words.

use crate::diag::Say;
use crate::session::{HeadingNote, Note, Orphan};

/// Why no forms are made: entries of the edition before would be in none of them. `measure` and
/// `kpi` are what this edition calls them.
pub fn not_succeeded(orphans: &[Orphan], measure: &str, kpi: &str) -> Say {
    let mut said = Say::default();
    for Orphan { department, measures, kpis, likely } in orphans {
        said.ja += &format!(
            "前の版の{department}の{measure} {measures}件・{kpi} {kpis}件は、どの様式にも入っていません。\n"
        );
        said.en += &format!(
            "{measures} measures and {kpis} KPIs of {department} of the edition before are in no form.\n"
        );
        let heir = likely.as_deref().unwrap_or("…");
        let lines = format!(
            "    [[department]]\n    name = \"{heir}\"\n    formerly = [\"{department}\"]\n"
        );
        said.ja += &lines;
        said.en += &lines;
    }
    said.ja += "edition.toml の、引き継ぐ部局のところに、上のように formerly（前の版での名称）を書いてください（部局の名称は確かめてください）。いくつかの部局に分かれたときは、そのそれぞれに書くと、課室によって振り分けます。全て取りやめたものも、「廃止」と記入してもらう部局に書いてください。様式は作っていません。";
    said.en += "Write formerly (the name in the edition before) in the department that succeeds it, as above; where several do, in each of them: the sections decide. No forms were made.";
    said
}

/// What was decided of an entry, a heading or a section of the edition before, or could not be.
pub fn note(note: &Note) -> Say {
    match note {
        Note::Heading(HeadingNote::Renamed { before, now }) => say!(
            "前の版の「{before}」は、この版の「{now}」に改められたものとして記入しました。違うときは、edition.toml の正しい見出しに formerly を書いて作り直してください。\n",
            "“{before}” of the edition before is taken for “{now}”. If it is not, write formerly in the right heading and make the forms anew.\n"
        ),
        Note::Heading(HeadingNote::Unknown { before, entries, could }) => {
            let could_be = match could.as_slice() {
                [] => "引き継ぐ見出しがあれば、そこに".to_owned(),
                could => format!("「{}」であれば、その見出しに", could.join("」か「")),
            };
            say!(
                "前の版の「{before}」はこの版に見つからないため、{entries}件の掲載先を空欄にしました。{could_be} formerly を書いて作り直すか、部局に選んでもらってください。\n",
                "“{before}” is no heading of this edition: the place of {entries} entries is left blank. Write formerly in the heading that it is now and make the forms anew, or let the departments choose.\n"
            )
        }
        Note::Divided { entry, before, now } => say!(
            "「{entry}」は、{before}から分かれたどの部局のものか決まらないため、{now}の様式に記入しました。\n",
            "Nothing tells which part of {before} has “{entry}” now; it is in the form of {now}.\n"
        ),
        Note::SectionGone { department, section, entries } => say!(
            "{department}の課室「{section}」はこの版の設定になく、{entries}件に前の版のまま記入しました。名称が変わったときは、edition.toml の sections に {{ name = \"今の名称\", formerly = [\"{section}\"] }} と書いて作り直してください。\n",
            "{department} has no section “{section}” in this edition; {entries} entries have it as before. If it has another name now, write {{ name = \"…\", formerly = [\"{section}\"] }} among its sections and make the forms anew.\n"
        ),
    }
}

//! Words for the papers and forms in a folder: which were written, which are in the way.

use std::path::Path;

use super::succession;
use super::words::error;
use crate::diag::Say;
use crate::session::{BuildResult, FormsMade, Stamp, Unread, Written};

/// A line for a file that is in its place.
pub fn written(paper: &Written) -> Say {
    let path = paper.path.display();
    if paper.is_new {
        say!("  書出し　 {path}\n", "  written   {path}\n")
    } else {
        say!("  変更なし {path}\n", "  unchanged {path}\n")
    }
}

/// Where what may be published is, and that the ids could not be kept; nothing of a draft.
pub fn kept(result: &BuildResult) -> Say {
    let mut said = Say::default();
    if let Some(public) = &result.public {
        // The names of the folders are Japanese.
        let out = public.ancestors().nth(2).unwrap_or(public).display();
        let public = public.display();
        said.ja += &format!(
            "この版は「{public}」にも残しました。公表してよいのはその中のファイルです（annex.json と annex.xlsx には、備考など部局が事務局に宛てた記載が入っています）。\n"
        );
        said.en += &format!(
            "This version is kept in a folder of its own in \"{out}\" too, with what may be published apart (annex.json and annex.xlsx hold remarks to the secretariat).\n"
        );
    }
    if let Err(why) = &result.ids_written {
        let Say { ja, en } = error(why);
        said.ja += &format!(
            "付けたIDを ids.csv に控えられませんでした。次に作るときにIDがずれることがあります。{ja}\n"
        );
        said.en += &format!(
            "The ids could not be kept in ids.csv and may shift in the next build: {en}\n"
        );
    }
    said
}

/// What lies in a folder in place of which nothing is put unasked.
pub fn others(folder: &Path, there: &Stamp, new: &Stamp) -> Say {
    let folder = folder.display();
    let of = |stamp: &Stamp| {
        let Stamp { edition, version, draft } = stamp;
        let (ja, en) = match draft {
            Some(true) => ("の案", ", a draft"),
            Some(false) => ("（正式版）", ", official"),
            None => ("", ""),
        };
        Say::new(format!("{edition} {version}{ja}"), format!("{edition} {version}{en}"))
    };
    let (there, new) = (of(there), of(new));
    let (there_ja, there_en, new_ja, new_en) = (there.ja, there.en, new.ja, new.en);
    say!(
        "「{folder}」には {there_ja}の別冊があるため、{new_ja}では置き換えていません。-o で別のフォルダーを指定するか、置き換えてよければ --overwrite を付けてください。",
        "\"{folder}\" has the papers of {there_en}; they are not replaced by {new_en}. Name another folder with -o, or replace them with --overwrite."
    )
}

/// What forms were made, and of whom there is less in them than was sent.
pub fn forms_made(made: &FormsMade) -> Vec<Say> {
    let forms = made.written.len();
    let mut said: Vec<Say> = made.unread.iter().map(unread).collect();
    said.extend(made.notes.iter().map(succession::note));
    said.push(say!("様式 {forms}件を作りました。\n", "{forms} forms made.\n"));
    said.extend(made.written.iter().map(written));
    said.extend(made.outdated.iter().map(|file| {
        let file = file.display();
        say!(
            "「{file}」は前に作ったもので、いまの部局の様式ではありません。送らず、削除してください。\n",
            "\"{file}\" was made before and is the form of no department now; delete it, do not send it.\n"
        )
    }));
    said
}

fn unread(unread: &Unread) -> Say {
    let name = &unread.department;
    if unread.has_previous {
        say!(
            "{name}の提出は読み取れないため、前の版の内容を記入しました。\n",
            "What {name} submitted cannot be read; the form holds what the edition before has.\n"
        )
    } else {
        say!(
            "{name}の提出は読み取れないため、内容を記入していません。\n",
            "What {name} submitted cannot be read; the form is blank.\n"
        )
    }
}

/// That there is no official version to compare with.
pub fn no_last(out: &Path, version: &str) -> Say {
    let out = out.display();
    say!(
        "「{out}」に、{version}より前の正式な版（版ごとのフォルダー）が残っていないため、新旧対照表を作れません。前の版を正式に作ってから edition.toml の version を改めるか、--against で比べる版を指定してください。",
        "\"{out}\" keeps no official version before {version} to compare with. Build that officially before version in edition.toml is changed, or name a version with --against."
    )
}

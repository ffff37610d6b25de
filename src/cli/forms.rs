//! `forms`: the forms to send out, of this edition or of the one after it.

use std::path::Path;

use super::args::Forms;
use super::terminal::Terminal;
use super::{Outcome, Status, requests, words};
use crate::session::{Session, Unread};

pub fn run(args: &Forms, terminal: &Terminal) -> Outcome {
    let mut session = Session::open(requests::paths(&args.edition)?);
    if let Some(folder) = &args.next {
        return next(&mut session, folder, terminal);
    }
    let made = session.write_forms(args.department.as_deref(), &args.out)?;
    made.unread.iter().for_each(|unread| note_unread(unread, terminal));
    let forms = made.written.len();
    terminal.note(&say!("様式 {forms}件を作りました。\n", "{forms} forms made.\n"));
    made.written.iter().for_each(|paper| terminal.note(&words::written(paper)));
    Ok(Status::Clean)
}

fn note_unread(unread: &Unread, terminal: &Terminal) {
    let name = &unread.department;
    terminal.note(&if unread.has_previous {
        say!(
            "{name}の提出は読み取れないため、前の版の内容を記入しました。\n",
            "What {name} submitted cannot be read; the form holds what the edition before has.\n"
        )
    } else {
        say!(
            "{name}の提出は読み取れないため、内容を記入していません。\n",
            "What {name} submitted cannot be read; the form is blank.\n"
        )
    });
}

fn next(session: &mut Session, folder: &Path, terminal: &Terminal) -> Outcome {
    let forms = session.write_next(folder)?;
    let folder = folder.display();
    terminal.note(&say!(
        "次の版を「{folder}」に用意しました。\n  edition.toml     「要確認」の行を確かめてください\n  forms/           送付する様式 {forms}件\n  submissions/     戻ってきた様式を置くフォルダー\n",
        "The next edition is in \"{folder}\".\n  edition.toml     see the lines that say 要確認\n  forms/           {forms} forms to send out\n  submissions/     for the forms that come back\n"
    ));
    Ok(Status::Clean)
}

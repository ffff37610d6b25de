//! What the session found, in words that name the options of the command line.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::{next, papers, succession};
use crate::diag::{Lang, Say};
use crate::session::{
    BuildResult, Error, FirstMade, Holder, Input, NotWritten, Outdated, Paths, Returned, Work,
    of_system,
};

/// What is said where the fault is the program's own.
pub fn internal_fault() -> Say {
    Say::new(
        "プログラムの誤りで処理が止まりました。前回の出力はそのままです。同じことが続くときは、入力のファイルを添えて開発者に知らせてください。",
        "an error in the program itself; the last output is as it was. If it happens again, send the input files to the developers.",
    )
}

/// Why something could not be done.
pub fn error(error: &Error) -> Say {
    match error {
        Error::NoEdition { near } => no_edition(near),
        Error::NoSettings { folder } => {
            let folder = folder.display();
            say!(
                "「{folder}」に設定ファイル edition.toml がありません。edition.toml のあるフォルダーを指定してください。",
                "\"{folder}\" has no edition.toml. Name a folder with an edition.toml."
            )
        }
        Error::NoSubmissions { folder } => {
            let folder = folder.display();
            say!(
                "提出された様式のフォルダー「{folder}」がありません。フォルダーを作って様式を置くか、--submissions で指定してください。",
                "there is no folder of submissions \"{folder}\". Make it and put the forms there, or name another with --submissions."
            )
        }
        Error::Settings { folder } => {
            let folder = folder.display();
            say!(
                "edition.toml に誤りがあります。bessatsu check {folder} で誤りの場所を確かめてください。",
                "edition.toml has errors. See where with bessatsu check {folder}."
            )
        }
        Error::WithinSubmissions { out } => {
            let out = out.display();
            say!(
                "「{out}」は、提出された様式のフォルダーの中です。-o で別のフォルダーを指定してください。",
                "\"{out}\" is within the folder of the submissions. Name another folder with -o."
            )
        }
        Error::Unreadable { .. } | Error::NotAVersion { .. } | Error::Incomplete { .. } => {
            unreadable(error)
        }
        Error::Unwritable { path, source } => {
            let (path, Say { ja, en }) = (path.display(), why_unwritable(source));
            say!("「{path}」に書けません（{ja}）。", "cannot write \"{path}\" ({en}).")
        }
        Error::InUse { folder } => {
            let folder = folder.display();
            say!(
                "「{folder}」には、いま別の bessatsu が書き込んでいます。終わってからもう一度実行してください。",
                "another bessatsu is writing to \"{folder}\". Try again when it is done."
            )
        }
        Error::Held { folder, holder } => held(folder, holder.as_deref()),
        Error::NotSubmitted { department } => say!(
            "{department}の様式は、まだ提出されていないか、読めていません。bessatsu status で確かめてください。",
            "nothing that {department} has submitted can be read. See with bessatsu status."
        ),
        Error::HasSettings { folder } => {
            let folder = folder.display();
            say!(
                "「{folder}」にはもう edition.toml があります。新しいフォルダーを指定してください。",
                "\"{folder}\" has an edition.toml already. Name a new folder."
            )
        }
        Error::HasFiles { folder } => {
            let folder = folder.display();
            say!(
                "「{folder}」にはもうファイルがあります。新しいフォルダーを指定してください。",
                "\"{folder}\" has files already. Name a new folder."
            )
        }
        Error::NextBegun { folder, asked } => next::begun_before(folder, *asked),
        Error::Unconfirmed { path, lines } => next::unconfirmed(path, lines),
        Error::NoPrevious { folder } => next::no_previous(folder),
        Error::NoLastVersion { out, version } => papers::no_last(out, version),
        Error::OtherPapers { folder, there, new } => papers::others(folder, there, new),
        Error::NoForm { .. } | Error::NoWorkbooks { .. } | Error::SameName { .. } => no_form(error),
        Error::Blocked { .. }
        | Error::OfResults { .. }
        | Error::NotCarriedOver
        | Error::UnknownDepartment { .. }
        | Error::NotSucceeded { .. }
        | Error::OutOfOrder { .. }
        | Error::TooCostly { .. }
        | Error::NoSuchPage
        | Error::NotMade(_) => not_possible(error),
    }
}

/// That no edition was named, with the editions that are here.
fn no_edition(near: &[PathBuf]) -> Say {
    let Some(first) = near.first().map(|folder| folder.display()) else {
        return Say::new(
            "版が見つかりません。edition.toml のあるフォルダーを指定してください。\n新しく始めるには: bessatsu new 令和8年度版",
            "there is no edition here. Name a folder with an edition.toml.\nTo start one: bessatsu new FOLDER",
        );
    };
    let shown: Vec<String> = near.iter().map(|folder| folder.display().to_string()).collect();
    let (ja, en) = (shown.join("、"), shown.join(", "));
    say!(
        "版が見つかりません。版のフォルダーを指定してください。ここにある版: {ja}\n例: bessatsu check {first}",
        "no edition was named. Here are: {en}\nExample: bessatsu check {first}"
    )
}

/// What cannot be read.
fn unreadable(error: &Error) -> Say {
    match error {
        Error::Unreadable { what, path, why } => {
            let (path, Say { ja, en }) = (path.display(), why.say());
            let what = match what {
                Input::File => Say::default(),
                Input::Template => Say::new("ひな形", "the template "),
                Input::Previous => Say::new("前の版", "the edition before, "),
            };
            let (what_ja, what_en) = (what.ja, what.en);
            say!(
                "{what_ja}「{path}」を読めません（{ja}）。",
                "cannot read {what_en}\"{path}\" ({en})."
            )
        }
        Error::NotAVersion { path, .. } => {
            let path = path.display();
            say!(
                "「{path}」を読めません（版のフォルダー、annex.json、集約ブックのどれでもありません）。",
                "cannot read \"{path}\" (it is no folder of an edition, no annex.json and no consolidated workbook)."
            )
        }
        Error::Incomplete { path, missing, .. } => {
            let (path, ja, en) = (path.display(), missing.join("」「"), missing.join("\", \""));
            say!(
                "「{path}」には、集約ブックのシート又は列「{ja}」がないため、比べられません。元に戻すか、正しいファイルを指定してください。",
                "\"{path}\" lacks sheets or columns of a consolidated workbook (\"{en}\") and cannot be compared. Put them back, or name the right file."
            )
        }
        other => say!("{other}", "{other}"),
    }
}

/// What no edition can be started from.
fn no_form(error: &Error) -> Say {
    match error {
        Error::NoForm { path, .. } => {
            let path = path.display();
            say!(
                "「{path}」から、施策やKPIの一覧を読み取れません。見出しの行（「事業名」「指標」など）と、その下に記入された行のある Excel ブックを --from で指定してください。",
                "\"{path}\" has no table of measures or KPIs. Name a workbook with a row of labels (事業名, 指標 …) and rows below it with --from."
            )
        }
        Error::NoWorkbooks { folder } => {
            let folder = folder.display();
            say!(
                "「{folder}」に Excel ブックがありません。様式や一覧のファイル、又はそれらを置いたフォルダーを --from で指定してください。",
                "there is no workbook in \"{folder}\". Name a form or a list, or a folder of them, with --from."
            )
        }
        Error::SameName { name } => say!(
            "--from に「{name}」という名前のファイルが2つあります。片方の名前を変えてください。",
            "two of the files of --from are called \"{name}\". Give one of them another name."
        ),
        other => say!("{other}", "{other}"),
    }
}

/// What cannot be done with what was read.
fn not_possible(error: &Error) -> Say {
    match error {
        Error::Blocked { folder, errors } => {
            let folder = folder.display();
            say!(
                "エラーの指摘が{errors}件残っているため、この版から新しい版を用意できません。bessatsu check {folder} で確かめ、直すか、例外として認めてください。",
                "{errors} findings are errors, so the next edition cannot be started. See them with bessatsu check {folder}; fix them, or accept them as exceptions."
            )
        }
        Error::OfResults { folder } => {
            let folder = folder.display();
            say!(
                "「{folder}」は実績を集める版です。元の別冊の版のフォルダーを指定してください。",
                "\"{folder}\" asks for the results of an annex. Name the folder of that annex."
            )
        }
        Error::NotCarriedOver => Say::new(
            "edition.toml を新しい版のものに書き改められません。手で写して直してください。",
            "edition.toml cannot be carried over to the next year. Copy and change it by hand.",
        ),
        Error::UnknownDepartment { name, known, near } => {
            let numbered = (1..).zip(known).map(|(number, name)| format!("{number:02} {name}"));
            let known: Vec<String> = numbered.collect();
            let (ja, en) = (known.join("、"), known.join(", "));
            let near = near.as_ref().map_or_else(Say::default, |near| {
                say!("「{near}」のことではありませんか。", " Did you mean \"{near}\"?")
            });
            let (near_ja, near_en) = (near.ja, near.en);
            say!(
                "「{name}」という部局は設定にありません。{near_ja}\n設定にある部局: {ja}",
                "the settings have no department \"{name}\".{near_en}\nThey have: {en}"
            )
        }
        Error::NotSucceeded { orphans, measure, kpi } => {
            succession::not_succeeded(orphans, measure, kpi)
        }
        Error::OutOfOrder { earlier, later } => say!(
            "「{earlier}」の後に、それより古い「{later}」が指定されています。古い順に指定してください。",
            "\"{later}\" is named after \"{earlier}\" and is older. Name the oldest first."
        ),
        Error::TooCostly { limit, most } => {
            let (what, key) = (limit.label(), limit.key());
            say!(
                "{what}が上限（{most}）を超えたため、途中でやめました。前回の出力はそのままです。版のひな形（templates のフォルダー、[[chapter]] の .typ）に、終わらない繰返しや極端に長い文字列がないか、比べる版に極端に長い文章がないかを確かめてください。必要な組版であれば、edition.toml の [limits] の {key} を大きくしてください。",
                "typesetting went beyond the limit ({key}, {most}) and was ended; the last papers are untouched. Look for a loop without an end, or a text without measure, in the templates and chapters of the edition, or for a text without measure in what is compared. If it is meant, raise {key} in [limits] of edition.toml."
            )
        }
        Error::NoSuchPage => Say::new(
            "--pages に当たるページがありません。表紙を1として数えた番号で指定してください。",
            "no page is one of --pages. Pages are counted from the cover, which is 1.",
        ),
        Error::NotMade(finding) => {
            let Say { ja, en } = &finding.message;
            say!("{ja}。", "{en}.")
        }
        other => say!("{other}", "{other}"),
    }
}

/// Why something cannot be written.
pub fn why_unwritable(error: &io::Error) -> Say {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Say::new("ディスクの空き容量が足りません", "the disk is full")
        }
        ErrorKind::ReadOnlyFilesystem => {
            Say::new("読み取り専用の場所です", "it is a read-only place")
        }
        ErrorKind::PermissionDenied => Say::new(
            "書き込みの権限がないか、ほかのソフトで開いています。開いていれば閉じてください",
            "it may not be written, or another program has it open; close it there",
        ),
        ErrorKind::NotFound => {
            Say::new("途中のフォルダーがありません", "a folder on the way to it is not there")
        }
        ErrorKind::IsADirectory => {
            Say::new("同じ名前のフォルダーがあります", "there is a folder of the same name")
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            Say::new("同じ名前のファイルがあります", "there is a file of the same name")
        }
        ErrorKind::InvalidFilename => Say::new(
            "ファイルの名前に使えない文字があります",
            "its name has characters that no file name may have",
        ),
        _ => of_system(error),
    }
}

/// Why nothing was written, and what to do about it.
pub fn not_written(why: NotWritten) -> Say {
    match why {
        NotWritten::Settings => Say::new(
            "edition.toml に誤りがあるため、何も書き出していません（前回の出力はそのままです）。\n",
            "edition.toml has errors, so nothing was written (the last output is as it was).\n",
        ),
        NotWritten::Errors => Say::new(
            "エラーの指摘があるため、何も書き出していません（前回の出力はそのままです）。\n\
             示された箇所を直すか、案として作るときは --draft を付けてください。\n",
            "There are errors, so nothing was written (the last output is as it was).\n\
             Fix what is shown, or make a draft with --draft.\n",
        ),
        NotWritten::NoPaper => Say::new(
            "別冊を作れないため、何も書き出していません（前回の出力はそのままです）。\n\
             コードがTで始まる指摘の箇所を直してください。--draft を付けても作れません。\n",
            "The annex cannot be made, so nothing was written (the last output is as it was).\n\
             Fix the findings whose code begins with T. It cannot be made with --draft either.\n",
        ),
    }
}

/// What `new` has put where.
pub fn example_made(folder: &Path, blank: bool) -> Say {
    let folder = folder.display();
    if blank {
        return say!(
            "見本の設定で「{folder}」に版を用意しました。提出された様式はまだありません。\n  edition.toml    別冊の題名、柱と分野、部局と課室など（令和7年度版の見本です。書き換えてください）\n様式を作るには: bessatsu forms {folder}\n",
            "An edition with the settings of the example is in \"{folder}\", without forms.\n  edition.toml    title, pillars and categories, departments and sections (of the example: make them your own)\nTo make the forms: bessatsu forms {folder}\n"
        );
    }
    say!(
        "見本の版を「{folder}」に用意しました。\n  edition.toml    別冊の題名、柱と分野、部局と課室など\n  submissions/    提出された様式（見本が入っています）\n作ってみるには: bessatsu build {folder}\n様式のない版から始めるには: bessatsu new フォルダー --blank\n",
        "An example edition is in \"{folder}\".\n  edition.toml    title, pillars and categories, departments and sections\n  submissions/    the forms that came back (of the example)\nTo build it: bessatsu build {folder}\nTo start without forms: bessatsu new FOLDER --blank\n"
    )
}

/// What `new` has drawn from the forms of an office.
pub fn first_made(folder: &Path, made: &FirstMade) -> Say {
    let folder = folder.display();
    let FirstMade { measures, kpis, guesses, submissions, .. } = made;
    let mut said = say!(
        "様式から「{folder}」に版を用意しました（施策 {measures}行、KPI {kpis}行を読みました）。\n  edition.toml    言葉、見出し、欄、KPIの値、部局と課室\n",
        "The edition in \"{folder}\" is drawn from the forms ({measures} rows of measures, {kpis} of KPIs).\n  edition.toml    words, headings, columns, values of the KPIs, departments\n"
    );
    let mut add = |more: Say| {
        said.ja += &more.ja;
        said.en += &more.en;
    };
    if *submissions > 0 {
        add(say!(
            "  submissions/    {submissions}件のファイル\n",
            "  submissions/    {submissions} files\n"
        ));
    }
    for (file, sheet) in &made.unknown {
        add(say!(
            "「{file}」の「{sheet}」の表は、名称の欄が見つからないので取り入れていません。\n",
            "The table on \"{sheet}\" of \"{file}\" is left out: no column of names was found in it.\n"
        ));
    }
    for path in &made.passed_over {
        let path = path.display();
        add(say!(
            "「{path}」は Excel ブックではないので読んでいません。\n",
            "\"{path}\" is no workbook and was not read.\n"
        ));
    }
    add(say!(
        "edition.toml の「要確認」{guesses}か所を確かめ、決めたら印を消してください。その後で様式を作れます: bessatsu forms {folder}\n",
        "Look at the {guesses} lines of edition.toml with 要確認 and take the marks away. Then make the forms: bessatsu forms {folder}\n"
    ));
    said
}

/// What was read, of which edition, and what was written; nothing where nothing was.
pub fn summary(paths: &Paths, result: &BuildResult, lang: Lang) -> String {
    let (Some(content), Ok(written)) = (&result.content, &result.written) else {
        return String::new();
    };
    let annex = &content.intake.annex;
    let files = content.intake.receipts.len();
    let (listings, measures) = (annex.listings().count(), annex.measures.len());
    let kpis = annex.kpi_rows().count();
    let words = &annex.schema.words;
    let (measure, kpi, reposted) = (&words.measure, &words.kpi, words.reposted());
    // Where no folder was named, this says which was taken.
    let Say { ja, en } = match paths.folder.as_path() {
        here if here == Path::new(".") => Say::new("この版", "this edition"),
        folder => {
            let folder = folder.display();
            say!("「{folder}」", "\"{folder}\"")
        }
    };
    let said = say!(
        "{ja}の様式 {files}件を読み、{measure} {measures}件（{reposted}を含む掲載 {listings}件）、{kpi} {kpis}件をまとめました。\n",
        "Read {files} forms of {en}: {measures} measures ({listings} listings with reposts), {kpis} KPIs.\n"
    );
    let mut text = said.get(lang).to_owned();
    written.iter().for_each(|paper| text.push_str(papers::written(paper).get(lang)));
    text.push_str(papers::kept(result).get(lang));
    text
}

/// Who is writing to an edition, and what to do.
fn held(folder: &Path, holder: Option<&Holder>) -> Say {
    let folder = folder.display();
    let (ja, en) = match holder {
        None => ("別の bessatsu ".to_owned(), "another bessatsu".to_owned()),
        Some(Holder { work: Work { command, by }, since }) => {
            let who = if by.is_empty() { String::new() } else { format!("{by}、") };
            let whom = if by.is_empty() { String::new() } else { format!("{by}, ") };
            (
                format!("別の bessatsu {command}（{who}{since} から）"),
                format!("another bessatsu {command} ({whom}since {since})"),
            )
        }
    };
    say!(
        "版のフォルダー「{folder}」には、いま{ja}が書き込んでいます。終わってからもう一度実行してください。長く終わらないときは、その画面を確かめてください（途中で止めても、届いた様式や修正は失われません）。",
        "{en} is writing to the edition \"{folder}\". Try again when it is done. If it does not end, see what it is doing; when it is stopped, nothing is lost."
    )
}

/// What goes back, and what was sent back before and is right now.
pub fn returned(returned: &Returned) -> Vec<Say> {
    let mut said: Vec<Say> = returned.outdated.iter().map(outdated).collect();
    let departments = returned.departments.len();
    if departments == 0 {
        let nothing = "部局に差し戻すものはありません。\n";
        said.push(Say::new(nothing, "There is nothing to send back.\n"));
        return said;
    }
    said.push(say!(
        "{departments}部局に送るファイルを作りました。\n",
        "Files for {departments} departments made.\n"
    ));
    said.extend(returned.written.iter().map(papers::written));
    said
}

fn outdated(outdated: &Outdated) -> Say {
    let (department, file) = (&outdated.department, outdated.file.display());
    say!(
        "「{file}」は前に作ったもので、いま{department}に差し戻すものではありません。送らないでください。\n",
        "\"{file}\" was made before and is not what goes back to {department} now; do not send it.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_way_of_a_paper_is_said_in_both_languages() {
        let source = io::Error::from(ErrorKind::IsADirectory);
        let said = error(&Error::Unwritable { path: "out/annex.xlsx".into(), source });
        assert!(said.ja.contains("annex.xlsx") && said.ja.contains("フォルダー"), "{}", said.ja);
        assert!(said.en.contains("annex.xlsx") && said.en.contains("folder"), "{}", said.en);
        let said = error(&Error::InUse { folder: "out".into() });
        assert!(said.ja.contains("別の bessatsu") && said.en.contains("another bessatsu"));
        assert!(said.en.is_ascii(), "{}", said.en);
    }

    #[test]
    fn who_holds_an_edition_is_named_as_far_as_that_is_known() {
        let work = Work { command: "receive".into(), by: "tanaka@PC1".into() };
        let holder = Holder { work, since: "2026-05-01 10:30".into() };
        let of = |holder| error(&Error::Held { folder: "R8".into(), holder });
        let said = of(Some(Box::new(holder)));
        assert!(said.ja.contains("bessatsu receive（tanaka@PC1、2026-05-01 10:30 から）"));
        assert!(said.en.contains("bessatsu receive (tanaka@PC1, since 2026-05-01 10:30)"));
        let said = of(None);
        assert!(said.ja.contains("いま別の bessatsu が") && said.en.is_ascii(), "{}", said.ja);
    }
}

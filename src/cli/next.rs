//! Words for the edition after this one, or for its results, and for what in settings is still to be
//! confirmed.

use std::path::Path;

use crate::diag::Say;
use crate::session::{NextMade, ReorganisationRead, Unconfirmed};

/// How the lines are answered.
const HOW: (&str, &str) = (
    "正しければ「# 要確認」からその行の終わりまでを消し、違っていれば書き改めてから消してください。\n",
    "Take the mark (# 要確認 to the end of the line) away where the line is right; else change it first.\n",
);

/// What was begun where, what is to be decided, and how to go on.
pub fn begun(folder: &Path, made: &NextMade) -> Say {
    let mut said = begun_as(("次の版", "The next edition"), folder, made);
    let table = folder.join("reorganisation.xlsx");
    let table = table.display();
    add(
        &mut said,
        say!(
            "部局、課室、見出しが変わるときは、「{table}」（再編表）に書いてください。\n",
            "Write departments, sections and headings that change into \"{table}\".\n"
        ),
    );
    said
}

/// The same of an edition that asks for results.
pub fn begun_results(folder: &Path, made: &NextMade) -> Say {
    let mut said = begun_as(("実績を集める版", "The edition for the results"), folder, made);
    add(
        &mut said,
        Say::new(
            "尋ねる欄は、edition.toml の末尾で改められます。bessatsu build で進捗状況ができます。\n",
            "What is asked for stands at the end of edition.toml. A build prints how the plan stands.\n",
        ),
    );
    said
}

fn begun_as((ja, en): (&str, &str), folder: &Path, made: &NextMade) -> Say {
    let NextMade { asked, forms } = made;
    let folder = folder.display();
    let mut said = say!(
        "{ja}を「{folder}」に用意しました。\n  edition.toml     設定\n  previous.json    この版の内容（様式への転記、ID、比較に使います）\n  submissions/     戻ってきた様式を置くフォルダー\n",
        "{en} is in \"{folder}\".\n  edition.toml     the settings\n  previous.json    what this edition has: for the forms, ids, comparisons\n  submissions/     for the forms that come back\n"
    );
    if let Some(forms) = forms {
        add(
            &mut said,
            say!(
                "  forms/           送付する様式 {forms}件\n",
                "  forms/           {forms} forms to send out\n"
            ),
        );
    }
    if !asked.is_empty() {
        let count = asked.len();
        add(
            &mut said,
            say!(
                "edition.toml の次の{count}か所（要確認）を決めてください。\n",
                "Decide these {count} lines of edition.toml:\n"
            ),
        );
        add(&mut said, listed(asked));
        add(&mut said, Say::new(HOW.0, HOW.1));
    }
    let again = if forms.is_some() {
        Say::new("決めた後で、様式を作り直してください", "Then make the forms anew")
    } else {
        Say::new("決めた後で、様式を作れます", "Then make the forms")
    };
    let (ja, en) = (again.ja, again.en);
    add(&mut said, say!("{ja}: bessatsu forms {folder}\n", "{en}: bessatsu forms {folder}\n"));
    said
}

/// That the next edition is there already.
pub fn begun_before(folder: &Path, asked: usize) -> Say {
    let folder = folder.display();
    if asked == 0 {
        return say!(
            "次の版は「{folder}」にもう用意してあります。何も書き換えていません。様式を作るには: bessatsu forms {folder}",
            "the next edition is in \"{folder}\" already; nothing was changed. To make its forms: bessatsu forms {folder}"
        );
    }
    say!(
        "次の版は「{folder}」にもう用意してあり、edition.toml の要確認が{asked}か所残っています。何も書き換えていません。残りは bessatsu forms {folder} で示されます。",
        "the next edition is in \"{folder}\" already, with {asked} lines of edition.toml to be confirmed; nothing was changed. bessatsu forms {folder} lists them."
    )
}

/// Why no forms are made: these lines are to be decided first.
pub fn unconfirmed(path: &Path, lines: &[Unconfirmed]) -> Say {
    let (path, count) = (path.display(), lines.len());
    let mut said = say!(
        "「{path}」に、まだ決まっていないところ（要確認）が{count}か所あるため、様式は作っていません。\n",
        "{count} lines of \"{path}\" are still to be confirmed, so no forms were made.\n"
    );
    add(&mut said, listed(lines));
    add(&mut said, Say::new(HOW.0, HOW.1));
    add(
        &mut said,
        Say::new(
            "このまま様式を作るときは、--force を付けてください。",
            "To make the forms as they are, say --force.",
        ),
    );
    said
}

/// What became of the table of a reorganisation; nothing where its findings say it.
pub fn reorganised(read: &ReorganisationRead) -> Say {
    let settings = read.settings.display();
    if read.report.is_blocked() {
        Say::new(
            "再編表に誤りがあるため、edition.toml は書き換えていません。\n",
            "The table of the reorganisation has errors, so edition.toml is as it was.\n",
        )
    } else if read.is_new {
        say!(
            "再編表の内容を「{settings}」に書き込みました。\n",
            "The reorganisation is written into \"{settings}\".\n"
        )
    } else {
        say!(
            "「{settings}」は、もう再編表のとおりです。\n",
            "\"{settings}\" is as the table says already.\n"
        )
    }
}

/// Why no reorganisation can be written.
pub fn no_previous(folder: &Path) -> Say {
    let folder = folder.display();
    say!(
        "「{folder}」の edition.toml に前の版（previous）が書かれていないため、再編表を取り込めません。",
        "the settings of \"{folder}\" name no edition before (previous), so there is nothing to reorganise."
    )
}

/// A line for each: its number, what is set, what is asked.
fn listed(lines: &[Unconfirmed]) -> Say {
    let mut said = Say::default();
    for Unconfirmed { line, setting, asked } in lines {
        let colon = if setting.is_empty() || asked.is_empty() { "" } else { "　…　" };
        let shown = format!("{setting}{colon}{asked}\n");
        add(&mut said, say!("  {line}行目　{shown}", "  line {line}: {shown}"));
    }
    said
}

fn add(said: &mut Say, more: Say) {
    said.ja += &more.ja;
    said.en += &more.en;
}

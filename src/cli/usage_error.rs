//! What clap has to say of a command line, in plain Japanese or English.

use std::io::Write;
use std::process::ExitCode;

use crate::diag::{Lang, Say};
use crate::text::escape::harmless;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The commands in English; their options are explained in Japanese, to those who use them.
const HELP: &str = "\
Makes the official annex of a policy out of the Excel forms of the departments.

Usage: bessatsu COMMAND [EDITION] [OPTIONS]

Commands:
  new       start an edition from the example
  forms     write the forms to send out (--next: of the next edition)
  receive   take forms that came in
  status    show who has submitted
  check     show what is found in the forms and the settings
  returns   send forms back with their findings
  correct   correct a submitted value without touching the form
  confirm   ask a department to approve its part, take its answer down
  build     make the annex: PDF, workbook, web page, data
  diff      compare two versions
  progress  show the KPIs over the years
  watch     build again whenever something is saved
  explain   say what a finding means
  text      print an annex as lines
  licenses  print the licences

EDITION is the folder with edition.toml; without it, the current folder or the newest in inputs.
--lang en       messages in English
--color WHEN    auto, always, never
-q, --quiet     print results alone

The options of a command are explained in Japanese: bessatsu COMMAND --help.
Exit status: 0 clean, 1 findings of severity error (diff: changes), 2 could not run.
";

/// Prints what is wrong (or the help that was asked for) and gives the exit status.
pub fn exit(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is the reader's choice, not an error.
            let _ = match (error.kind(), language(std::env::args())) {
                (ErrorKind::DisplayHelp, Lang::En) => std::io::stdout().write_all(HELP.as_bytes()),
                _ => error.print(),
            };
            ExitCode::SUCCESS
        }
        _ => {
            let words = explain(error);
            let words = words.get(language(std::env::args()));
            let _ = writeln!(std::io::stderr(), "{}", harmless(words));
            ExitCode::from(2)
        }
    }
}

/// The language that was asked for; the command line as a whole could not be read.
fn language(arguments: impl Iterator<Item = String>) -> Lang {
    let arguments: Vec<String> = arguments.collect();
    let is_english = arguments.iter().any(|argument| argument == "--lang=en")
        || arguments.windows(2).any(|pair| pair == ["--lang", "en"]);
    if is_english { Lang::En } else { Lang::Ja }
}

fn explain(error: &clap::Error) -> Say {
    let mut lines = vec![fault(error)];
    for kind in
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
    {
        let words = text(error, kind);
        if !words.is_empty() {
            lines
                .push(say!("「{words}」の書き誤りではありませんか。", "Did you mean \"{words}\"?"));
        }
    }
    let known = text(error, ContextKind::ValidValue);
    if !known.is_empty() {
        let listed = known.replace('、', ", ");
        lines.push(say!("使える値: {known}", "Possible values: {listed}"));
    }
    lines.push(Say::new(
        "使い方は bessatsu --help で表示されます。",
        "bessatsu --help shows how to use it (in Japanese).",
    ));
    let (ja, en): (Vec<_>, Vec<_>) = lines.into_iter().map(|Say { ja, en }| (ja, en)).unzip();
    Say::new(ja.join("\n"), en.join("\n"))
}

/// What clap knows of a fault; nothing where it knows nothing of that kind.
fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    }
}

fn fault(error: &clap::Error) -> Say {
    let argument = text(error, ContextKind::InvalidArg);
    // 「--format <形式>」: the name of the value is in Japanese.
    let option = argument.split(" <").next().unwrap_or(&argument);
    let value = text(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let command = text(error, ContextKind::InvalidSubcommand);
            say!("「{command}」というコマンドはありません。", "there is no command \"{command}\".")
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => say!(
            "「{argument}」というオプションはありません。",
            "there is no option \"{argument}\"."
        ),
        ErrorKind::UnknownArgument => {
            say!("「{argument}」は余分です。", "\"{argument}\" is one too many.")
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            say!("「{argument}」に値が要ります。", "\"{option}\" needs a value.")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => say!(
            "「{argument}」に「{value}」は使えません。",
            "\"{option}\" does not take \"{value}\"."
        ),
        ErrorKind::MissingRequiredArgument => {
            let named = argument.replace("...", "").replace(['<', '>'], "");
            say!("「{named}」を指定してください。", "name \"{named}\".")
        }
        ErrorKind::ArgumentConflict => {
            let other = text(error, ContextKind::PriorArg);
            let before = other.split(" <").next().unwrap_or(&other);
            say!(
                "「{argument}」は「{other}」と一緒に使えません。",
                "\"{option}\" does not go with \"{before}\"."
            )
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Say::new(
                "コマンドを指定してください。\n\
                 はじめに版のフォルダーを用意し、様式を送り、届いたら点検して、別冊を作ります。\n  \
                 bessatsu new 令和8年度版\n  \
                 bessatsu forms 令和8年度版\n  \
                 bessatsu check 令和8年度版\n  \
                 bessatsu build 令和8年度版",
                "name a command: new to start an edition, then forms, check and build.",
            )
        }
        _ => Say::new(
            "コマンドの書き方が正しくありません。",
            "the command is not written as it should be.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Args;

    #[test]
    fn the_english_help_has_every_command() {
        for command in Args::command().get_subcommands() {
            let name = command.get_name();
            assert!(HELP.lines().any(|line| line.trim_start().starts_with(name)), "{name}");
        }
        assert!(HELP.is_ascii());
    }
}

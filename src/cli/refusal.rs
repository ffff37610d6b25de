//! What clap has to say of a command line, in plain Japanese.

use std::io::Write;
use std::process::ExitCode;

use crate::text::escape::harmless;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Prints what is wrong (or the help that was asked for) and gives the exit status.
pub fn exit(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A closed pipe is the reader's choice, not an error.
            let _ = error.print();
            ExitCode::SUCCESS
        }
        _ => {
            let _ = writeln!(std::io::stderr(), "{}", harmless(&explain(error)));
            ExitCode::from(2)
        }
    }
}

fn explain(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let mut lines = vec![match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("「{}」というコマンドはありません。", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("「{argument}」というオプションはありません。")
        }
        ErrorKind::UnknownArgument => format!("「{argument}」は余分です。"),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("「{argument}」に値が要ります。")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("「{argument}」に「{value}」は使えません。")
        }
        ErrorKind::MissingRequiredArgument => {
            let named = argument.replace("...", "").replace(['<', '>'], "");
            format!("「{named}」を指定してください。")
        }
        ErrorKind::ArgumentConflict => {
            format!("「{argument}」は「{}」と一緒に使えません。", text(ContextKind::PriorArg))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "コマンドを指定してください。".to_owned()
        }
        _ => "コマンドの書き方が正しくありません。".to_owned(),
    }];
    for kind in
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
    {
        let words = text(kind);
        if !words.is_empty() {
            lines.push(format!("「{words}」の書き誤りではありませんか。"));
        }
    }
    let known = text(ContextKind::ValidValue);
    if !known.is_empty() {
        lines.push(format!("使える値: {known}"));
    }
    lines.push("使い方は bessatsu --help で表示されます。".to_owned());
    lines.join("\n")
}

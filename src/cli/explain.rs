//! `explain`: what a finding means and how to fix it.

use super::args::Explain;
use super::terminal::Terminal;
use super::{Failure, Outcome, Status};
use crate::diag::{Rule, Say};
use crate::publish::findings::explain;
use crate::{session, text};

pub fn run(args: &Explain, terminal: &Terminal) -> Outcome {
    let rules = session::rules();
    match &args.code {
        None => terminal.print(&explain::list(&rules, terminal.lang)),
        Some(code) => {
            let rule = explain::find(&rules, &text::key(code));
            let rule = rule.ok_or_else(|| Failure::Usage(unknown(code, &rules)))?;
            terminal.print(&explain::rule(rule, terminal.lang));
        }
    }
    Ok(Status::Clean)
}

fn unknown(code: &str, rules: &[&'static Rule]) -> Say {
    let mut said = say!(
        "「{code}」という指摘のコードはありません。一覧は bessatsu explain で表示されます。",
        "no finding has the code \"{code}\". bessatsu explain lists them."
    );
    for Rule { code, name, title, title_en, .. } in explain::similar(rules, code) {
        said.ja.push_str(&format!("\n  近いもの: {code} {title}（{name}）"));
        said.en.push_str(&format!("\n  similar: {code} {title_en} ({name})"));
    }
    said
}

//! `explain`: what a finding means and how to mend it.

use super::args::Explain;
use super::terminal::Terminal;
use super::{CannotRun, Outcome, Status};
use crate::checks;
use crate::diag::Rule;
use crate::publish::findings::explain;
use crate::publish::{internal, pdf};
use crate::report;
use crate::{edition, text};

pub fn run(args: &Explain, terminal: &mut Terminal) -> Outcome {
    let rules = rules();
    let Some(code) = &args.code else {
        terminal.print(&explain::list(&rules, terminal.lang));
        return Ok(Status::Clean);
    };
    let Some(rule) = explain::find(&rules, &text::key(code)) else {
        let near: Vec<String> = explain::similar(&rules, code)
            .iter()
            .map(|rule| format!("\n  近いもの: {} {}（{}）", rule.code, rule.title, rule.name))
            .collect();
        return Err(CannotRun(format!(
            "「{code}」という指摘のコードはありません。一覧は bessatsu explain で表示されます。{}",
            near.concat()
        )));
    };
    terminal.print(&explain::rule(rule, terminal.lang));
    Ok(Status::Clean)
}

/// Every rule of the program, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<_> = checks::RULES
        .iter()
        .map(|check| check.rule)
        .chain(report::RULES.iter().copied())
        .chain(edition::RULES.iter().copied())
        .chain(pdf::RULES.iter().copied())
        .chain(internal::RULES.iter().copied())
        .collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

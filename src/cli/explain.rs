//! `explain`: what a finding means and how to mend it.

use super::args::Explain;
use super::terminal::Terminal;
use super::{CannotRun, Outcome, Status};
use crate::diag::Rule;
use crate::proof::{checks, report::explain};
use crate::publish::pdf;
use crate::{edition, text};

pub fn run(args: &Explain, terminal: &mut Terminal) -> Outcome {
    let rules = rules();
    let Some(code) = &args.code else {
        terminal.print(&explain::list(&rules, terminal.lang));
        return Ok(Status::Clean);
    };
    let wanted = text::key(code);
    let is_meant = |rule: &&&Rule| {
        rule.code.eq_ignore_ascii_case(&wanted) || rule.name.eq_ignore_ascii_case(&wanted)
    };
    let Some(rule) = rules.iter().find(is_meant) else {
        return Err(CannotRun(format!(
            "「{code}」という指摘のコードはありません。一覧は bessatsu explain で表示されます。"
        )));
    };
    terminal.print(&explain::rule(rule, terminal.lang));
    Ok(Status::Clean)
}

/// Every rule of the program, by code.
pub fn rules() -> Vec<&'static Rule> {
    let checks = checks::RULES.iter().map(|check| check.rule);
    let mut rules: Vec<_> = checks
        .chain(edition::RULES.iter().copied())
        .chain(pdf::RULES.iter().copied())
        .collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

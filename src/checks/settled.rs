//! What is settled where only results are asked for: the texts of the annex, which the departments
//! cannot change.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Context, run};
use crate::diag::Finding;
use crate::edition::Edition;
use crate::schema::Table;

/// Takes out what the rules say of the annex as well that the results are of: it was published so,
/// and those who fill in the results have no cell to mend it in.
pub fn leave_out(context: &Context, findings: &mut Vec<Finding>) {
    let Some(previous) = context.previous.filter(|_| context.edition.results.is_some()) else {
        return;
    };
    let mut schema = (*context.edition.schema).clone();
    for table in Table::ALL {
        schema.columns_mut(table).retain(|column| column.locked);
    }
    let schema = Arc::new(schema);
    let mut annex = previous.clone();
    annex.schema = Arc::clone(&schema);
    let edition = Edition { schema, results: None, ..context.edition.clone() };
    let before = run(&Context::new(&edition, &annex, &[], None, context.covers));
    let of_entries = before.iter().filter(|finding| !finding.entry.is_empty());
    let said: BTreeSet<_> = of_entries.map(told).collect();
    findings.retain(|finding| finding.entry.is_empty() || !said.contains(&told(finding)));
}

/// What a finding says, wherever the row of its entry stands.
fn told(finding: &Finding) -> (&str, &str, &str) {
    (finding.rule.code, &finding.entry, &finding.message.ja)
}

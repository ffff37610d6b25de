//! The findings of one run, counted and in order; one file per renderer.

use crate::diag::Finding;

/// Every finding of a run, sorted by department, file, sheet, cell and code.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// 「みやぎDX推進ポリシー 別冊 第1.0版」
    pub edition: String,
    pub findings: Vec<Finding>,
}

//! Findings of a made-up rule for the tests of the report.

use crate::diag::{CellRef, Finding, Place, Rule, Say, Severity};
use crate::edition::{Accept, Department, Edition};
use crate::model::Front;

pub static RULE: Rule = Rule {
    code: "T100",
    name: "test-rule",
    severity: Severity::Error,
    title: "試しの規則",
    title_en: "a rule for tests",
    what: "試しに見ます。",
    why: "試しです。",
    mend: "直してください。",
    example: "「甲」→「乙」",
    source: "試験の手引 1",
};

pub fn finding(file: &str, cell: &str) -> Finding {
    let cell = CellRef::parse(cell).expect("a cell address");
    let place = Place::cell(&file.into(), &"様式２　KPI".into(), cell);
    let department = match file {
        "01_総務部.xlsx" => "総務部",
        "02_企画部.xlsx" => "企画部",
        _ => "",
    };
    RULE.finding(Say::new("値がおかしい", "the value is odd")).at(&place).of(department)
}

pub fn accept(code: &str, file: Option<&str>, cell: Option<&str>) -> Accept {
    Accept {
        code: code.into(),
        file: file.map(Into::into),
        sheet: None,
        text: None,
        id: None,
        cell: cell.map(Into::into),
        reason: "確認済み".into(),
        line: 30,
    }
}

pub fn edition() -> Edition {
    let department =
        |name: &str, line| Department { name: name.into(), line, ..Department::default() };
    Edition {
        front: Front {
            title: "DX推進方針".into(),
            volume: "別冊".into(),
            version: "第1.0版".into(),
            ..Front::default()
        },
        departments: vec![department("総務部", 20), department("企画部", 21)],
        ..Edition::default()
    }
}

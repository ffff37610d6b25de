//! The conditional formats of a worksheet, and those in its extensions.

use quick_xml::events::BytesStart;

use super::super::conditional::{Comparison, Effect, Expression, Rule, Test, Words};
use super::super::grid::Region;
use super::super::part::{attribute, flag};
use super::effect;
use super::sheet::region;
use super::styles::Styles;

/// The formats that were read, and the one that is open.
#[derive(Debug, Default)]
pub struct Conditional {
    pub rules: Vec<Rule>,
    open: Option<Open>,
}

/// One list of conditions for the same cells.
#[derive(Debug, Default)]
struct Open {
    regions: Vec<Region>,
    rules: Vec<OpenRule>,
}

#[derive(Debug, Default)]
struct OpenRule {
    kind: String,
    operator: String,
    text: Option<String>,
    priority: i64,
    stops: bool,
    effect: Effect,
    formulas: Vec<String>,
}

impl Conditional {
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Takes the begin of an element.
    pub fn open(&mut self, start: &BytesStart, styles: &Styles) {
        match start.local_name().as_ref() {
            "conditionalFormatting" => {
                let regions = attribute(start, "sqref").map(|cells| regions(&cells));
                let regions = regions.unwrap_or_default();
                self.open = Some(Open { regions, rules: Vec::new() });
            }
            "cfRule" => {
                let Some(open) = &mut self.open else { return };
                let number = |name| attribute(start, name)?.trim().parse::<i64>().ok();
                let format = number("dxfId").and_then(|id| usize::try_from(id).ok());
                let effect = format.and_then(|id| styles.effect(id)).cloned();
                open.rules.push(OpenRule {
                    kind: attribute(start, "type").unwrap_or_default(),
                    operator: attribute(start, "operator").unwrap_or_default(),
                    text: attribute(start, "text"),
                    priority: number("priority").unwrap_or(i64::MAX),
                    stops: flag(start, "stopIfTrue", false),
                    effect: effect.unwrap_or_default(),
                    formulas: Vec::new(),
                });
            }
            // A rule of an extension holds its format itself.
            _ => {
                let rule = self.open.as_mut().and_then(|open| open.rules.last_mut());
                if let Some(rule) = rule {
                    effect::see(&mut rule.effect, start, &styles.theme);
                }
            }
        }
    }

    /// Takes the end of an element, with the text before it.
    pub fn close(&mut self, name: &str, text: &str) {
        let Some(open) = &mut self.open else { return };
        match name {
            "formula" | "f" => {
                if let Some(rule) = open.rules.last_mut() {
                    rule.formulas.push(text.to_owned());
                }
            }
            "sqref" => open.regions = regions(text),
            "conditionalFormatting" => {
                let Some(open) = self.open.take() else { return };
                for rule in open.rules {
                    self.rules.push(rule.close(&open.regions));
                }
            }
            _ => {}
        }
    }
}

impl OpenRule {
    fn close(self, regions: &[Region]) -> Rule {
        let test = self.test();
        let Self { kind, operator, text, priority, stops, effect, formulas } = self;
        let condition = match (formulas.is_empty(), text) {
            (false, _) => format!("{operator} {}", formulas.join(", ")),
            (true, Some(text)) => format!("{kind} {text}"),
            (true, None) => kind,
        };
        let condition = condition.trim().to_owned();
        Rule { regions: regions.to_vec(), priority, test, condition, effect, stops }
    }

    fn test(&self) -> Test {
        let formula = |index: usize| {
            let formula = self.formulas.get(index);
            formula.map_or(Expression::Unknown, |formula| Expression::parse(formula))
        };
        let words = |place, present| match &self.text {
            Some(words) => Test::Words { place, words: words.clone(), present },
            None => Test::Formula(formula(0)),
        };
        match self.kind.as_str() {
            "expression" => Test::Formula(formula(0)),
            "cellIs" => match self.operator.as_str() {
                "between" | "notBetween" => {
                    let inside = self.operator == "between";
                    Test::Between { inside, low: formula(0), high: formula(1) }
                }
                operator => match comparison(operator) {
                    Some(comparison) => Test::Compare(comparison, formula(0)),
                    None => Test::Unknown,
                },
            },
            "containsText" => words(Words::Anywhere, true),
            "notContainsText" | "notContains" => words(Words::Anywhere, false),
            "beginsWith" => words(Words::AtBegin, true),
            "endsWith" => words(Words::AtEnd, true),
            "containsBlanks" => Test::Blank(true),
            "notContainsBlanks" => Test::Blank(false),
            "containsErrors" => Test::Error(true),
            "notContainsErrors" => Test::Error(false),
            _ => Test::Unknown,
        }
    }
}

fn comparison(operator: &str) -> Option<Comparison> {
    Some(match operator {
        "equal" => Comparison::Equal,
        "notEqual" => Comparison::NotEqual,
        "lessThan" => Comparison::Less,
        "lessThanOrEqual" => Comparison::LessOrEqual,
        "greaterThan" => Comparison::Greater,
        "greaterThanOrEqual" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

/// Reads `A1:B2 C3`.
fn regions(cells: &str) -> Vec<Region> {
    cells.split_whitespace().filter_map(region).collect()
}

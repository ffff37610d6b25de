//! What the rules say of themselves, in the words of the standard edition: one rule, the list of
//! all, the catalogue of the manual.

use crate::diag::{Lang, Rule, Say};
use crate::schema::Schema;
use crate::text::columns::{self, pad, widest};
use crate::text::similar::similarity;

/// From this similarity on (0 to 1) a rule may be the one that was meant.
const SIMILAR: f64 = 0.6;
/// Columns of the explanation of one rule.
const WIDTH: usize = 78;

/// The rule of a code or a name, in upper or lower case.
pub fn find(rules: &[&'static Rule], code_or_name: &str) -> Option<&'static Rule> {
    let wanted = code_or_name.trim();
    rules
        .iter()
        .copied()
        .find(|r| r.code.eq_ignore_ascii_case(wanted) || r.name.eq_ignore_ascii_case(wanted))
}

/// The rules whose code or name is nearest to what was typed: at most three.
pub fn similar(rules: &[&'static Rule], typed: &str) -> Vec<&'static Rule> {
    let wanted = typed.trim().to_lowercase();
    let mut ranked: Vec<(f64, &'static Rule)> = rules
        .iter()
        .map(|&rule| {
            let code = similarity(&wanted, &rule.code.to_lowercase());
            (code.max(similarity(&wanted, rule.name)), rule)
        })
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .collect();
    ranked.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.code.cmp(other.code)));
    ranked.into_iter().take(3).map(|(_, rule)| rule).collect()
}

/// Everything that a rule says of itself. The documentation is for those who fill in the forms, and
/// in Japanese in either language; English says what each part of it is.
pub fn rule(rule: &Rule, lang: Lang) -> String {
    let schema = Schema::standard();
    let (severity, title) = (rule.severity.say(), schema.fill(title(rule, lang)));
    let severity = severity.get(lang);
    let mut text = format!("{} {} ({severity})\n{title}\n", rule.code, rule.name);
    for (heading, body) in sections(rule) {
        let heading = heading.get(lang);
        text += &format!("\n{heading}\n");
        for line in schema.fill(body).lines().flat_map(|line| wrap(line, WIDTH - 2)) {
            text += &format!("  {line}\n");
        }
    }
    text
}

/// A line for every rule: code, severity, title, name.
pub fn list(rules: &[&'static Rule], lang: Lang) -> String {
    let rules = sorted(rules);
    let schema = Schema::standard();
    let titles: Vec<_> = rules.iter().map(|rule| schema.fill(title(rule, lang))).collect();
    let width = widest(titles.iter().map(|title| &**title));
    let mut text = String::new();
    for (rule, title) in rules.iter().zip(&titles) {
        let severity = pad(rule.severity.say().get(lang), 7);
        let title = pad(title, width);
        text += &format!("{}  {severity}  {title}  {}\n", rule.code, rule.name);
    }
    text
}

/// The page of the manual with every rule, in Markdown.
pub fn catalogue(rules: &[&'static Rule]) -> String {
    let (rules, schema) = (sorted(rules), Schema::standard());
    let mut page = String::from(
        "# 点検の規則\n\n\
         様式と版の設定を点検する規則の一覧です。同じ説明は `bessatsu explain コード` で読めます。\n\n\
         重大度は、エラー（正式な印刷を止める）、警告（表示する）、情報（`--info` で表示する）の3段階です。\n\n\
         | コード | 重大度 | 内容 |\n|---|---|---|\n",
    );
    for rule in &rules {
        let (code, severity) = (rule.code, rule.severity.say().ja);
        let anchor = format!("{}-{}", code.to_lowercase(), rule.name);
        page += &format!("| [{code}](#{anchor}) | {severity} | {} |\n", schema.fill(rule.title));
    }
    for rule in &rules {
        let severity = rule.severity.say().ja;
        page += &format!("\n## {} {}\n\n", rule.code, rule.name);
        page += &format!("**{}**（{severity}）\n", schema.fill(rule.title));
        for (heading, body) in sections(rule) {
            let heading = heading.ja;
            page += &format!("\n- {heading}：{}", schema.fill(body).replace('\n', "  \n  "));
        }
        page.push('\n');
    }
    page
}

fn sorted(rules: &[&'static Rule]) -> Vec<&'static Rule> {
    let mut rules = rules.to_vec();
    rules.sort_by_key(|rule| rule.code);
    rules
}

fn title(rule: &Rule, lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => rule.title,
        Lang::En => rule.title_en,
    }
}

fn sections(rule: &Rule) -> Vec<(Say, &'static str)> {
    let sections = [
        (Say::new("点検する内容", "What is looked at (in Japanese)"), rule.what),
        (Say::new("理由", "Why (in Japanese)"), rule.why),
        (Say::new("直し方", "How to mend it (in Japanese)"), rule.mend),
        (Say::new("例", "Example"), rule.example),
        (Say::new("根拠", "Source"), rule.source),
    ];
    sections.into_iter().filter(|(_, body)| !body.is_empty()).collect()
}

/// Lines of at most `width` columns; no line begins with a closing sign.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut columns) = (String::new(), 0);
    for c in text.chars() {
        let wide = columns::width(c.encode_utf8(&mut [0; 4]));
        if columns + wide > width && !"、。」）・ーっゃゅょ".contains(c) {
            lines.push(std::mem::take(&mut line));
            columns = 0;
        }
        line.push(c);
        columns += wide;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks;
    use crate::edition;
    use crate::progress;
    use crate::publish::data;
    use crate::report;
    use crate::report::testing::RULE;
    use crate::succession;

    fn rules() -> Vec<&'static Rule> {
        let checks = checks::RULES.iter().map(|c| c.rule);
        let others = edition::RULES.iter().chain(report::RULES);
        let others = others.chain(succession::RULES).chain(progress::RULES).chain(data::RULES);
        checks.chain(others.copied()).collect()
    }

    #[test]
    fn a_rule_is_found_by_code_and_by_name() {
        let rules = rules();
        for typed in ["K502", "k502", " kpi-measure-unknown "] {
            assert_eq!(find(&rules, typed).map(|r| r.code), Some("K502"), "{typed}");
        }
        assert!(find(&rules, "K599").is_none());
    }

    #[test]
    fn a_mistyped_code_or_name_has_near_ones() {
        let rules = rules();
        let codes = |typed| similar(&rules, typed).iter().map(|r| r.code).collect::<Vec<_>>();
        assert_eq!(codes("kpi-measure-unkown")[0], "K502");
        assert!(codes("K520").contains(&"K502"));
        assert!(codes("まったく違う").is_empty());
    }

    #[test]
    fn one_rule_shows_all_its_parts() {
        insta::assert_snapshot!(super::rule(&RULE, Lang::Ja), @r#"
        T100 test-rule (エラー)
        試しの規則

        点検する内容
          試しに見ます。

        理由
          試しです。

        直し方
          直してください。

        例
          「甲」→「乙」

        根拠
          試験の手引 1
        "#);
    }

    #[test]
    fn no_line_of_a_long_text_is_wider_than_the_page() {
        for rule in rules() {
            for line in super::rule(rule, Lang::Ja).lines() {
                assert!(columns::width(line) <= WIDTH + 6, "{line}");
            }
        }
    }

    #[test]
    fn the_list_has_a_line_for_every_rule() {
        assert_eq!(list(&rules(), Lang::Ja).lines().count(), rules().len());
    }

    /// `BESSATSU_BLESS=1` writes the page anew.
    #[test]
    fn the_catalogue_of_the_manual_is_fresh() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/checks/CATALOGUE.md");
        let page = catalogue(&rules());
        if std::env::var_os("BESSATSU_BLESS").is_some() {
            std::fs::write(path, &page).expect("the page can be written");
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(written == page, "{path} is stale: run the test with BESSATSU_BLESS=1");
    }
}

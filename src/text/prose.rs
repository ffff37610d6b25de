//! Prose of the settings: paragraphs by line, and lists of the lines that begin with a mark.

/// What a line that is an item of a list begins with.
const MARKS: &[char] = &['・', '○', '●', '-', '－', '•'];

/// A paragraph, or the items of a list that follow one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prose<'t> {
    Paragraph(&'t str),
    List(Vec<Item<'t>>),
}

/// An item of a list, with the mark that it began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item<'t> {
    pub mark: char,
    pub text: &'t str,
}

/// A text as paragraphs and lists; blank lines are left out. A number below zero is no item.
pub fn prose(text: &str) -> Vec<Prose<'_>> {
    let mut blocks: Vec<Prose> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (item(line), blocks.last_mut()) {
            (Some(item), Some(Prose::List(items))) => items.push(item),
            (Some(item), _) => blocks.push(Prose::List(vec![item])),
            (None, _) => blocks.push(Prose::Paragraph(line)),
        }
    }
    blocks
}

fn item(line: &str) -> Option<Item<'_>> {
    let mark = line.chars().next().filter(|mark| MARKS.contains(mark))?;
    let text = line.strip_prefix(mark)?.trim_start();
    let is_number = matches!(mark, '-' | '－') && text.starts_with(|c: char| c.is_ascii_digit());
    (!text.is_empty() && !is_number).then_some(Item { mark, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_paragraphs_and_items() {
        let item = |mark, text| Item { mark, text };
        assert_eq!(
            prose("現状である。\n\n・一つ目\n- 二つ目\n続き\n　○三つ目\n-5%減\n・"),
            [
                Prose::Paragraph("現状である。"),
                Prose::List(vec![item('・', "一つ目"), item('-', "二つ目")]),
                Prose::Paragraph("続き"),
                Prose::List(vec![item('○', "三つ目")]),
                Prose::Paragraph("-5%減"),
                Prose::Paragraph("・"),
            ]
        );
        assert!(prose("").is_empty());
    }
}

//! What has still to be decided in a text of settings: a comment 「# 要確認：…」 with what is asked.
//! Who has decided takes the comment away.

/// What such a comment begins with.
pub const TO_CONFIRM: &str = "要確認";

/// The comment that asks something.
pub fn question(asked: &str) -> String {
    format!("# {TO_CONFIRM}：{asked}")
}

/// What a comment asks, which may be nothing in particular; `None` where it is another comment.
pub fn asked(comment: &str) -> Option<&str> {
    let text = comment.trim().trim_start_matches('#').trim_start();
    let rest = text.strip_prefix(TO_CONFIRM)?;
    let is_whole =
        rest.is_empty() || rest.starts_with(['：', ':', '#', '（', '(', ' ', '\u{3000}']);
    is_whole.then(|| rest.trim_start_matches(['：', ':']).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_as_it_was_asked_and_another_comment_is_none() {
        assert_eq!(asked(&question("期限を決める")), Some("期限を決める"));
        for (comment, expected) in [
            ("# 要確認\n", Some("")),
            ("#要確認: 年度", Some("年度")),
            ("# 要確認 # 年", Some("# 年")),
            ("# 「要確認」と書いてあります。", None),
            ("# 要確認事項はない", None),
            ("# 年度", None),
        ] {
            assert_eq!(asked(comment), expected, "{comment}");
        }
    }
}

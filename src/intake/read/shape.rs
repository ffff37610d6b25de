//! What lies over the cells, by what it is where it has no words of its own.

/// A kind of drawn object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Picture,
    Line,
    Rectangle,
    Ellipse,
    Cross,
    Callout,
    Chart,
    Ink,
    Other,
}

impl Shape {
    /// What it is called where it has no words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Picture => PICTURE,
            Self::Line => "線",
            Self::Rectangle => "四角形",
            Self::Ellipse => "楕円",
            Self::Cross => "バツ印",
            Self::Callout => "吹き出し",
            Self::Chart => "グラフ",
            Self::Ink => "手書きの線",
            Self::Other => "図形",
        }
    }

    /// The shape of a preset geometry, by its name in DrawingML (`roundRect`).
    pub fn of_preset(name: &str) -> Self {
        let lower = name.to_ascii_lowercase();
        let has = |word: &str| lower.contains(word);
        if lower == "line" || has("connector") {
            Self::Line
        } else if has("ellipse") && !has("callout") || lower == "donut" {
            Self::Ellipse
        } else if has("callout") {
            Self::Callout
        } else if lower == "rect" || has("rectangle") || lower.ends_with("rect") {
            Self::Rectangle
        } else if has("multiply") || lower == "cross" {
            Self::Cross
        } else {
            Self::Other
        }
    }
}

/// What a picture is called.
pub const PICTURE: &str = "画像";
/// What a border from corner to corner is called.
pub const DIAGONAL: &str = "斜めの罫線";

/// A form control as it is told: what it is, its caption, and whether it is checked where it can
/// be.
pub fn control(kind: &str, caption: &str, checked: Option<bool>) -> String {
    let caption = caption.trim();
    let caption = if caption.is_empty() { String::new() } else { format!("「{caption}」") };
    let state = match checked {
        Some(true) => "（オン）",
        Some(false) => "（オフ）",
        None => "",
    };
    format!("{kind}{caption}{state}")
}

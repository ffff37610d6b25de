//! What headings are identified by: their numbers.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most levels that an outline has.
pub const MOST_LEVELS: usize = 4;

/// A heading by the numbers of those that it stands under and its own, from the top: `1(2)`.
///
/// Two numbers are written `1(2)`, one `1`, more `1-2-3`. They count the headings; what is printed
/// as their number is another matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[schemars(with = "String")]
pub struct HeadingId {
    path: [u32; MOST_LEVELS],
    depth: u8,
}

impl HeadingId {
    /// The heading of these numbers; `None` for none of them, and for more than there are levels.
    pub fn of(numbers: &[u32]) -> Option<Self> {
        if numbers.is_empty() {
            return None;
        }
        let mut id = Self::default();
        for &number in numbers {
            id = id.child(number)?;
        }
        Some(id)
    }

    /// The heading of this number at the top.
    pub fn top(number: u32) -> Self {
        Self { path: [number, 0, 0, 0], depth: 1 }
    }

    /// The heading of this number under this one; `None` below the lowest level.
    pub fn child(self, number: u32) -> Option<Self> {
        let mut id = self;
        *id.path.get_mut(usize::from(self.depth))? = number;
        id.depth += 1;
        Some(id)
    }

    /// Its numbers from the top.
    pub fn numbers(&self) -> &[u32] {
        self.path.get(..self.depth()).unwrap_or_default()
    }

    /// Its own number.
    pub fn number(&self) -> u32 {
        self.numbers().last().copied().unwrap_or_default()
    }

    /// Its level, from 1 at the top.
    pub fn depth(&self) -> usize {
        usize::from(self.depth)
    }

    /// The heading of a level that it stands under, or itself; `None` where it stands above.
    pub fn at_level(&self, depth: usize) -> Option<Self> {
        Self::of(self.numbers().get(..depth)?)
    }

    /// Its numbers joined by dashes, whatever their count: for the names of places on a page.
    pub fn dashed(&self) -> String {
        let numbers: Vec<String> = self.numbers().iter().map(u32::to_string).collect();
        numbers.join("-")
    }
}

impl From<[u32; 2]> for HeadingId {
    /// The heading of the second level with the number of that above and its own.
    fn from([top, second]: [u32; 2]) -> Self {
        Self { path: [top, second, 0, 0], depth: 2 }
    }
}

impl fmt::Display for HeadingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.numbers() {
            [top, second] => write!(f, "{top}({second})"),
            _ => f.write_str(&self.dashed()),
        }
    }
}

impl FromStr for HeadingId {
    type Err = ();

    /// Reads what [`Display`](fmt::Display) writes; the letters must be folded to half width
    /// before.
    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |text: &str| text.parse::<u32>().map_err(|_| ());
        if let Some((top, rest)) = text.split_once('(') {
            let second = rest.strip_suffix(')').ok_or(())?;
            return Self::of(&[number(top)?, number(second)?]).ok_or(());
        }
        let numbers = text.split('-').map(number).collect::<Result<Vec<u32>, ()>>()?;
        Self::of(&numbers).ok_or(())
    }
}

impl Serialize for HeadingId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HeadingId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom(format!("not a heading number: {text}")))
    }
}

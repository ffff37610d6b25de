//! A moment with the offset of the clock that it was read from.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{ZonedDateTime, fmt::temporal::Pieces};
use serde::{Deserialize, Serialize};

/// `2026-05-01T10:30:00+09:00`, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment {
    at: DateTime,
    offset: Offset,
}

impl Moment {
    /// What a clock shows.
    pub fn of(clock: &ZonedDateTime) -> Self {
        let at = clock.datetime();
        let time = at.time();
        let whole = jiff::civil::time(time.hour(), time.minute(), time.second(), 0);
        Self { at: at.date().to_datetime(whole), offset: clock.offset() }
    }

    /// The day in the place where the clock was.
    pub fn date(&self) -> Date {
        self.at.date()
    }

    /// 「2026-05-01 10:30」
    pub fn shown(&self) -> String {
        self.at.strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// Reads a moment that says its offset.
    pub fn parse(text: &str) -> Option<Self> {
        let pieces = Pieces::parse(text).ok()?;
        let offset = pieces.to_numeric_offset()?;
        let at = pieces.date().to_datetime(pieces.time()?);
        Some(Self { at, offset })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.offset.seconds();
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs() / 60);
        let at = self.at.strftime("%Y-%m-%dT%H:%M:%S");
        write!(f, "{at}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("no moment with its offset: {text}"))
    }
}

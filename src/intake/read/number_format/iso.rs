//! Dates written out (`2025-03-31T00:00:00`) as the numbers that Excel counts days with.

use super::date::{DAYS_TO_1904, civil};

/// The number of a date, a time of day or both; `None` for anything else.
pub fn serial_of_iso(text: &str, date1904: bool) -> Option<f64> {
    let text = text.trim().trim_end_matches('Z');
    let (day, clock) = match text.split_once('T') {
        Some((day, clock)) => (Some(day), Some(clock)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let day = match day {
        Some(day) => serial_of_day(day)? - if date1904 { DAYS_TO_1904 } else { 0 },
        None => 0,
    };
    let part = match clock {
        Some(clock) => seconds_of_clock(clock)? / 86_400.0,
        None => 0.0,
    };
    (day >= 0).then_some(day as f64 + part)
}

fn serial_of_day(text: &str) -> Option<i64> {
    let mut parts = text.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if parts.next().is_some() || year > 9999 || !(1..=12).contains(&month) {
        return None;
    }
    // Days from 1 March of the year 0, as in `civil`, which undoes this.
    let (years, months) =
        if month > 2 { (year, month - 3) } else { (year.checked_sub(1)?, month + 9) };
    let (years, months) = (i64::from(years), i64::from(months));
    let leap_days = years / 4 - years / 100 + years / 400;
    let days = 365 * years + leap_days + (153 * months + 2) / 5 + i64::from(day) - 1;
    let serial = days - 693_899;
    // Excel's 1900 has a day 60 that there never was.
    let serial = if serial <= 60 { serial - 1 } else { serial };
    let is_a_day = serial > 0 && civil(serial) == (i32::try_from(year).ok()?, month, day);
    is_a_day.then_some(serial)
}

fn seconds_of_clock(text: &str) -> Option<f64> {
    let mut parts = text.split(':');
    let mut whole = |below: u32| {
        let part = parts.next()?.parse::<u32>().ok()?;
        (part < below).then(|| f64::from(part))
    };
    let (hours, minutes) = (whole(24)?, whole(60)?);
    let seconds = match parts.next() {
        Some(part) => part.parse::<f64>().ok().filter(|part| (0.0..60.0).contains(part))?,
        None => 0.0,
    };
    parts.next().is_none().then_some((hours * 60.0 + minutes) * 60.0 + seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_counted_as_excel_counts_them() {
        for (text, expected) in [
            ("2025-03-31T00:00:00", Some(45_747.0)),
            ("2025-03-31", Some(45_747.0)),
            ("2025-03-31T12:00:00.000Z", Some(45_747.5)),
            ("1900-01-01", Some(1.0)),
            ("1900-02-28", Some(59.0)),
            ("1900-03-01", Some(61.0)),
            ("2000-02-29", Some(36_585.0)),
            ("06:00", Some(0.25)),
            ("1899-12-31", None),
            ("2025-02-30", None),
            ("2025-13-01", None),
            ("2025-03", None),
            ("2025-03-31T25:00:00", None),
            ("2025-03-31T00:00:00+09:00", None),
            ("令和7年", None),
            ("", None),
        ] {
            assert_eq!(serial_of_iso(text, false), expected, "{text}");
        }
        assert_eq!(serial_of_iso("1904-01-02", true), Some(1.0));
        assert_eq!(serial_of_iso("1903-12-31", true), None);
    }

    #[test]
    fn every_day_comes_back() {
        for serial in (61..200_000).step_by(97) {
            let (year, month, day) = civil(serial);
            let text = format!("{year:04}-{month:02}-{day:02}");
            assert_eq!(serial_of_iso(&text, false), Some(serial as f64), "{text}");
        }
    }
}

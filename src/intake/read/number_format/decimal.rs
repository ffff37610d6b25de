//! Decimal numbers of 15 significant digits, as Excel shows them.

/// A number not below zero: 0.d₁d₂d₃… × 10^`point`. Zero has no digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Decimal {
    /// Without zeros at either end.
    digits: Vec<u8>,
    /// How many digits stand before the point; below zero where zeros follow it.
    point: i32,
}

impl Decimal {
    /// The 15 digits nearest to a finite number not below zero.
    pub fn from_f64(value: f64) -> Self {
        let text = format!("{value:.14e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits = mantissa.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
        let mut decimal = Self { digits, point: exponent.parse::<i32>().unwrap_or(0) + 1 };
        decimal.trim();
        decimal
    }

    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Times 10^`power`.
    pub fn shifted(mut self, power: i32) -> Self {
        if !self.is_zero() {
            self.point += power;
        }
        self
    }

    /// Rounded to so many places behind the point, halves away from zero.
    pub fn rounded(mut self, places: i32) -> Self {
        let Ok(keep) = usize::try_from(self.point.saturating_add(places)) else {
            return Self::default();
        };
        let Some(&next) = self.digits.get(keep) else { return self };
        self.digits.truncate(keep);
        if next >= 5 {
            self.increment();
        }
        self.trim();
        self
    }

    /// Adds one to the last digit kept.
    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            *digit += 1;
            if *digit < 10 {
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        let leading = self.digits.iter().take_while(|d| **d == 0).count();
        self.digits.drain(..leading);
        self.point -= i32::try_from(leading).unwrap_or(0);
        if self.digits.is_empty() {
            self.point = 0;
        }
    }

    /// The exponent of the first digit: 2 for 123, -3 for 0.00123; 0 for zero.
    pub fn exponent(&self) -> i32 {
        if self.is_zero() { 0 } else { self.point - 1 }
    }

    /// How many digits stand before the point; none in 0.5.
    pub fn whole_length(&self) -> usize {
        usize::try_from(self.point).unwrap_or(0)
    }

    /// How many digits stand behind the point.
    pub fn places(&self) -> usize {
        let length = i32::try_from(self.digits.len()).unwrap_or(i32::MAX);
        usize::try_from(length - self.point).unwrap_or(0)
    }

    /// The digit of 10^`power`.
    pub fn digit(&self, power: i32) -> u8 {
        let index = usize::try_from(self.point - 1 - power).ok();
        index.and_then(|i| self.digits.get(i)).copied().unwrap_or(0)
    }

    /// The digits before the point; empty below 1.
    pub fn whole(&self) -> String {
        let length = i32::try_from(self.whole_length()).unwrap_or(0);
        (0..length).rev().map(|power| char::from(b'0' + self.digit(power))).collect()
    }

    /// Plain digits with a point: `0.05`, `120`.
    pub fn plain(&self) -> String {
        let mut text = self.whole();
        if text.is_empty() {
            text.push('0');
        }
        for place in 1..=self.places() {
            if place == 1 {
                text.push('.');
            }
            let power = -i32::try_from(place).unwrap_or(0);
            text.push(char::from(b'0' + self.digit(power)));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero_on_the_decimal() {
        for (value, places, shown) in [
            (1.005, 2, "1.01"),
            (2.675, 2, "2.68"),
            (0.5, 0, "1"),
            (0.05, 0, "0"),
            (9.995, 2, "10"),
            (99.5, 0, "100"),
            (0.8740000000000001, 4, "0.874"),
            (1234.5, -2, "1200"),
            (5.0, -2, "0"),
            (0.0, 3, "0"),
        ] {
            assert_eq!(Decimal::from_f64(value).rounded(places).plain(), shown, "{value}");
        }
    }
}

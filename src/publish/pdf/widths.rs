//! How wide the columns of a table are best: so that its rows are low together.

/// A column, and what stands in it.
pub struct Demand {
    /// What it has at least, in em.
    pub least: f64,
    /// The width of every line that was typed, row by row, in em.
    pub rows: Vec<Vec<f64>>,
}

/// What a line of the table costs beside one that makes its row higher.
const OTHER_LINES: f64 = 0.02;
/// What is given to a column at once, in em; and how far ahead a gain is looked for.
const STEP: f64 = 0.5;
const AHEAD: [usize; 5] = [1, 2, 4, 8, 16];
/// As many rows are looked at, spread over the table.
const ROWS: usize = 200;
/// A line holds a little less than its width, where Japanese does not break.
const FILLED: f64 = 0.94;

/// The widths at which the rows are lowest, within `total`, which is more than what all ask for at
/// least; in the order of the columns. What is gained by no column is left over.
pub fn best(demands: &[Demand], total: f64) -> Vec<f64> {
    let rows = demands.iter().map(|demand| demand.rows.len()).max().unwrap_or(0);
    let sample: Vec<usize> = (0..rows).step_by(rows.div_ceil(ROWS).max(1)).collect();
    let mut widths: Vec<f64> = demands.iter().map(|demand| demand.least).collect();
    let mut lines: Vec<Vec<f64>> = (demands.iter().zip(&widths))
        .map(|(demand, width)| demand.lines(&sample, *width))
        .collect();
    let mut left = total - widths.iter().sum::<f64>();
    while let Some((column, width)) = best_step(demands, &widths, &lines, &sample, left) {
        if let (Some(at), Some(of), Some(demand)) =
            (widths.get_mut(column), lines.get_mut(column), demands.get(column))
        {
            left -= width - *at;
            *at = width;
            *of = demand.lines(&sample, width);
        }
    }
    widths
}

/// The column that gains most for its room, and the width that it gets.
fn best_step(
    demands: &[Demand],
    widths: &[f64],
    lines: &[Vec<f64>],
    sample: &[usize],
    left: f64,
) -> Option<(usize, f64)> {
    let mut best: Option<(usize, f64, f64)> = None;
    for (column, (demand, width)) in demands.iter().zip(widths).enumerate() {
        // The highest of the other columns in every row.
        let others: Vec<f64> = (0..sample.len())
            .map(|row| {
                let others = lines.iter().enumerate().filter(|(other, _)| *other != column);
                others.filter_map(|(_, lines)| lines.get(row)).copied().fold(1.0, f64::max)
            })
            .collect();
        let cost = |lines: &[f64]| -> f64 {
            let rows = lines.iter().zip(&others);
            rows.map(|(own, others)| own.max(*others) + OTHER_LINES * own).sum()
        };
        let now = lines.get(column).map_or(0.0, |lines| cost(lines));
        for steps in AHEAD {
            let more = STEP * steps as f64;
            if more > left {
                break;
            }
            let gain = (now - cost(&demand.lines(sample, width + more))) / more;
            if gain > 0.0 && best.is_none_or(|(.., known)| gain > known) {
                best = Some((column, width + more, gain));
            }
        }
    }
    best.map(|(column, width, _)| (column, width))
}

impl Demand {
    /// The lines of every row that is looked at.
    fn lines(&self, sample: &[usize], width: f64) -> Vec<f64> {
        let of = |natural: &f64| {
            if *natural <= width { 1.0 } else { (natural / (width * FILLED)).ceil().max(2.0) }
        };
        let row = |row: &usize| self.rows.get(*row).map_or(0.0, |row| row.iter().map(of).sum());
        sample.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn demand(least: f64, rows: &[&[f64]]) -> Demand {
        Demand { least, rows: rows.iter().map(|row| row.to_vec()).collect() }
    }

    #[test]
    fn the_column_that_makes_the_rows_high_gets_the_room() {
        let long = demand(5.0, &[&[100.0], &[80.0]]);
        let short = demand(5.0, &[&[12.0], &[4.0]]);
        let widths = best(&[long, short], 40.0);
        assert!(widths[0] > 25.0 && widths[1] < 15.0, "{widths:?}");
        assert!(widths.iter().sum::<f64>() <= 40.0);
    }

    #[test]
    fn what_nothing_is_gained_by_is_left() {
        let widths = best(&[demand(3.0, &[&[2.0]]), demand(4.0, &[])], 30.0);
        assert_eq!(widths, [3.0, 4.0]);
        assert_eq!(best(&[], 30.0), [0.0; 0]);
    }
}

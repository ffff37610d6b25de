//! What typesetting may cost. A template can ask for anything, a text of a gigabyte or a loop of hours,
//! and nobody can stop Typst from within: so whoever runs the process is told, and ends it. The papers
//! that are there stay.
//!
//! Every paper that is typeset is guarded, also those that no template of the edition has a part in:
//! what is compared may be of any length. The memory is known on Linux alone; elsewhere only the time
//! is watched. One allocation that the system refuses ends the process before anybody can be told.

use std::fs;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::error::Error;
use super::observer::Observer;
use crate::edition::{Edition, Limit, Limits};
use crate::model::Annex;

/// So often is looked what it costs. A gigabyte is taken in some hundred milliseconds.
const PAUSE: Duration = Duration::from_millis(10);
/// Where the system does not tell the time on the processor, the clock counts the waiting as well.
const WAITING: u32 = 4;
/// What each listing of an annex adds: in the largest that was measured, each took a half of this time
/// and of this memory.
const TIME_A_LISTING: Duration = Duration::from_millis(3);
const BYTES_A_LISTING: u64 = 3 << 18;
/// What each letter adds where texts of any length are compared: twice the time that was measured.
const TIME_A_LETTER: Duration = Duration::from_micros(80);

/// What may be spent.
pub struct Allowance {
    time: Duration,
    bytes: u64,
    limits: Limits,
}

impl Allowance {
    /// What the limits of an edition allow for what is typeset of annexes: its own, or several that
    /// are compared or follow each other.
    pub fn of<'a>(edition: &Edition, annexes: impl IntoIterator<Item = &'a Annex>) -> Self {
        let listings = |annex: &Annex| annex.listings().count() + annex.kpi_rows().count();
        Self::new(&edition.limits, annexes.into_iter().map(listings).sum())
    }

    /// With what so many letters take that are set beside each other.
    pub fn for_letters(self, letters: usize) -> Self {
        let more = TIME_A_LETTER.saturating_mul(u32::try_from(letters).unwrap_or(u32::MAX));
        Self { time: self.time.saturating_add(more), ..self }
    }

    fn new(limits: &Limits, listings: usize) -> Self {
        let seconds = Duration::from_secs(limits.most(Limit::Typesetting));
        let more = u32::try_from(listings).unwrap_or(u32::MAX);
        let bytes = BYTES_A_LISTING.saturating_mul(listings as u64);
        Self {
            time: seconds.saturating_add(TIME_A_LISTING.saturating_mul(more)),
            bytes: limits.most(Limit::TypesettingMemory).saturating_add(bytes),
            limits: *limits,
        }
    }

    /// The limit that is passed.
    fn passed(&self, start: &Spent, clock: Instant) -> Option<Limit> {
        let (time, most) = match (Spent::now().time, start.time) {
            (Some(now), Some(start)) => (now.saturating_sub(start), self.time),
            _ => (clock.elapsed(), self.time.saturating_mul(WAITING)),
        };
        if time > most {
            return Some(Limit::Typesetting);
        }
        Spent::now().bytes.filter(|bytes| *bytes > self.bytes).map(|_| Limit::TypesettingMemory)
    }
}

/// Does the work. Where it costs more than is allowed, `observer` is told, who may end the process;
/// else the work goes on.
pub fn guarded<T>(observer: &dyn Observer, allowance: &Allowance, work: impl FnOnce() -> T) -> T {
    let done = Done::default();
    let (start, clock) = (Spent::now(), Instant::now());
    let is_told = || match allowance.passed(&start, clock) {
        Some(limit) => {
            let most = limit.show(allowance.limits.most(limit));
            observer.exhausted(&Error::TooCostly { limit, most });
            true
        }
        None => false,
    };
    thread::scope(|scope| {
        let watch = || {
            while !done.wait(PAUSE) {
                if is_told() {
                    return true;
                }
            }
            false
        };
        // Without a thread to watch it the work is done all the same.
        let watch = thread::Builder::new().spawn_scoped(scope, watch);
        let result = {
            let _ends = Ends(&done);
            work()
        };
        let was_told = watch.ok().and_then(|watch| watch.join().ok());
        // What was over between two looks counts as well.
        if was_told != Some(true) {
            is_told();
        }
        result
    })
}

/// Whether the work is over.
#[derive(Default)]
struct Done {
    is_over: Mutex<bool>,
    over: Condvar,
}

impl Done {
    /// Waits so long; `true` where the work is over.
    fn wait(&self, time: Duration) -> bool {
        let is_over = self.is_over.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.over.wait_timeout_while(is_over, time, |is_over| !*is_over);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Says that the work is over, also where it ends in a panic.
struct Ends<'d>(&'d Done);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        *self.0.is_over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.over.notify_all();
    }
}

/// What the process took so far, as far as the system tells.
struct Spent {
    time: Option<Duration>,
    bytes: Option<u64>,
}

impl Spent {
    fn now() -> Self {
        Self { time: time(), bytes: bytes() }
    }
}

/// The time on the processor, by the ticks of Linux: 14th and 15th field, behind the name.
fn time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.sum::<Result<u64, _>>().ok()?;
    Some(Duration::from_millis(ticks.saturating_mul(10)))
}

/// The memory that it holds.
fn bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = held.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes.saturating_mul(1024))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was told.
    #[derive(Default)]
    struct Told(Mutex<Vec<String>>);

    impl Observer for Told {
        fn exhausted(&self, error: &Error) {
            self.0.lock().expect("nobody panics").push(error.to_string());
        }
    }

    fn told(limits: &Limits, work: impl FnOnce()) -> Vec<String> {
        let observer = Told::default();
        guarded(&observer, &Allowance::new(limits, 0), work);
        observer.0.into_inner().expect("nobody panics")
    }

    #[test]
    fn work_that_never_ends_is_told_of_and_other_work_is_not() {
        let mut limits = Limits::default();
        assert_eq!(told(&limits, || ()), [""; 0]);
        limits.set(Limit::Typesetting, 1);
        let busy = || {
            let start = Instant::now();
            // The clock counts where the system does not tell of the processor.
            let longest = Duration::from_secs(1) * (WAITING + 1);
            while start.elapsed() < longest && time().is_none_or(|_| start.elapsed().as_secs() < 4)
            {
                std::hint::spin_loop();
            }
        };
        let said = told(&limits, busy);
        assert!(said.len() == 1 && said[0].contains("typesetting"), "{said:?}");
        // Its thread ends with it, and the panic goes on.
        let panics = std::panic::catch_unwind(|| {
            guarded(&(), &Allowance::new(&limits, 0), || panic!("a fault"))
        });
        assert!(panics.is_err());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn work_that_takes_all_memory_is_told_of() {
        let mut limits = Limits::default();
        limits.set(Limit::TypesettingMemory, 1);
        let said = told(&limits, || thread::sleep(PAUSE * 10));
        assert!(said.len() == 1 && said[0].contains("typesetting-memory"), "{said:?}");
    }
}

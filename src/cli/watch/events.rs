//! What `watch` waits for: events of the file system, and the user's Ctrl+C.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// How soon Ctrl+C is heard.
const SLICE: Duration = Duration::from_millis(100);

pub struct Events {
    /// Absent where the system has no events to give: then there are only snapshots.
    watcher: Option<RecommendedWatcher>,
    watched: BTreeSet<PathBuf>,
    touched: Receiver<()>,
    stopped: Arc<AtomicBool>,
}

impl Events {
    pub fn new() -> io::Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            // A second one ends the program at once, should a build not come to an end.
            flag::register_conditional_shutdown(signal, 0, stopped.clone())?;
            flag::register(signal, stopped.clone())?;
        }
        let (sender, touched) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // What only read a file changed nothing. An error may stand for lost events.
            if !event.is_ok_and(|event| event.kind.is_access()) {
                let _ = sender.send(());
            }
        });
        Ok(Self { watcher: watcher.ok(), watched: BTreeSet::new(), touched, stopped })
    }

    /// Listens to these folders and to no others. One that cannot be listened to, as it is gone
    /// or on a drive without events, is tried again the next time.
    pub fn listen_to(&mut self, folders: BTreeSet<PathBuf>) {
        let Some(watcher) = &mut self.watcher else { return };
        for gone in self.watched.difference(&folders) {
            let _ = watcher.unwatch(gone);
        }
        self.watched.retain(|folder| folders.contains(folder) && folder.is_dir());
        for folder in folders {
            if !self.watched.contains(&folder)
                && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok()
            {
                self.watched.insert(folder);
            }
        }
    }

    /// Waits for an event, or so long. `true` where the user has had enough.
    pub fn wait(&self, time: Duration) -> bool {
        let start = Instant::now();
        while !self.is_stopped() {
            let left = time.saturating_sub(start.elapsed());
            if left.is_zero() || self.touched.recv_timeout(left.min(SLICE)).is_ok() {
                break;
            }
            // Without a watcher the channel is closed and does not wait.
            if self.watcher.is_none() {
                std::thread::sleep(left.min(SLICE));
            }
        }
        self.is_stopped()
    }

    /// Waits so long whatever happens, and forgets the events of that time.
    pub fn sleep(&self, time: Duration) -> bool {
        let start = Instant::now();
        while !self.is_stopped() && start.elapsed() < time {
            std::thread::sleep(SLICE.min(time));
        }
        while self.touched.try_recv().is_ok() {}
        self.is_stopped()
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

//! OLE containers: the streams of `.xls` workbooks and of encrypted packages.
//!
//! Writers are careless with what no reader needs: the entries of unused sectors, the length of the
//! root, the order of the directory's tree. Only what a stream depends on is looked at, so that a
//! container that other programs open is opened here too; a chain that breaks before the stream
//! is whole is damage.

use super::bytes::{u16_at, u32_at};
use super::refusal::Refusal;

/// A container and where its streams are.
pub struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// Streams shorter than this lie in the small sectors.
    cutoff: u64,
    next: Vec<u32>,
    small: Vec<u8>,
    small_next: Vec<u32>,
    entries: Vec<Entry>,
    /// The names of all streams and storages, at whatever depth.
    names: Vec<String>,
}

/// What the directory says of a stream or a storage that lies directly in the container.
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    kind: u8,
    siblings: [u32; 2],
    child: u32,
    start: u32,
    size: u64,
}

const STORAGE: u8 = 1;
const STREAM: u8 = 2;
const SMALL: usize = 64;
/// From here on, the number of a sector is none.
const SPECIAL: u32 = 0xFFFF_FFFA;
/// The sectors of the table that the header itself names.
const IN_HEADER: usize = 109;

impl<'a> Container<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let long = |at| u32_at(bytes, at).ok_or_else(cut_off);
        let sector = match u16_at(bytes, 30).ok_or_else(cut_off)? {
            9 => 512,
            12 => 4096,
            shift => return Err(damaged(format!("セクターの大きさ 2^{shift}"))),
        };
        let mut container = Self {
            bytes,
            sector,
            cutoff: long(56)?.into(),
            next: Vec::new(),
            small: Vec::new(),
            small_next: Vec::new(),
            entries: Vec::new(),
            names: Vec::new(),
        };
        container.next = container.table(long(68)?)?;
        let directory = container.chain(long(48)?, u64::MAX)?;
        let entries: Vec<Entry> = directory.as_chunks::<128>().0.iter().map(entry).collect();
        let root = entries.first().ok_or_else(|| damaged("目次がない"))?;
        container.entries = below(root, &entries);
        container.names = entries.iter().map(|entry| entry.name.clone()).collect();
        if u32_at(bytes, 60).is_some_and(|start| start < SPECIAL) {
            // How long the root is said to be matters little: a stream knows its own length.
            container.small = container.chain(root.start, u64::MAX)?;
            container.small_next = longs(&container.chain(long(60)?, u64::MAX)?);
        }
        Ok(container)
    }

    pub fn has_storage(&self, name: &str) -> bool {
        self.find(name, STORAGE).is_some()
    }

    /// Whether a stream or a storage of this name lies anywhere in the container.
    pub fn has_anywhere(&self, name: &str) -> bool {
        self.names.iter().any(|own| own.trim_start_matches(char::is_control) == name)
    }

    pub fn has_stream(&self, name: &str) -> bool {
        self.find(name, STREAM).is_some()
    }

    /// The bytes of a stream, if there is one of that name.
    pub fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(entry) = self.find(name, STREAM) else { return Ok(None) };
        let bytes = if entry.size < self.cutoff {
            chain(entry.start, entry.size, &self.small_next, |number| {
                let start = number as usize * SMALL;
                self.small.get(start..self.small.len().min(start + SMALL))
            })?
        } else {
            self.chain(entry.start, entry.size)?
        };
        if (bytes.len() as u64) < entry.size {
            return Err(cut_off());
        }
        Ok(Some(bytes))
    }

    fn find(&self, name: &str, kind: u8) -> Option<&Entry> {
        let is_it = |entry: &&Entry| entry.kind == kind && entry.name.eq_ignore_ascii_case(name);
        self.entries.iter().find(is_it)
    }

    /// Which sector follows which. `more` is the first sector with further places of the table.
    fn table(&self, mut more: u32) -> Result<Vec<u32>, Refusal> {
        let sectors = self.bytes.len() / self.sector;
        let mut places = longs(self.bytes.get(76..76 + 4 * IN_HEADER).ok_or_else(cut_off)?);
        let mut seen = 0;
        while more < SPECIAL && seen <= sectors {
            let mut list = longs(self.sector_at(more).ok_or_else(cut_off)?);
            more = list.pop().ok_or_else(cut_off)?;
            places.append(&mut list);
            seen += 1;
        }
        let mut table = Vec::new();
        for place in places.into_iter().filter(|&place| place < SPECIAL) {
            // No more than there are sectors can be in use.
            if table.len() > sectors {
                break;
            }
            // Which streams a part that is not there concerns is seen when they are read.
            let Some(sector) = self.sector_at(place) else { break };
            table.extend(longs(sector));
        }
        Ok(table)
    }

    /// The bytes of a sector, fewer at the end of the file.
    fn sector_at(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = self.bytes.len().min(start.saturating_add(self.sector));
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    fn chain(&self, start: u32, size: u64) -> Result<Vec<u8>, Refusal> {
        chain(start, size, &self.next, |number| self.sector_at(number))
    }
}

/// The bytes of a chain of sectors, as many as are wanted or as there are.
fn chain<'a>(
    start: u32,
    size: u64,
    next: &[u32],
    sector: impl Fn(u32) -> Option<&'a [u8]>,
) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut number = start;
    let mut steps = 0;
    while number < SPECIAL && (bytes.len() as u64) < size {
        bytes.extend_from_slice(sector(number).ok_or_else(cut_off)?);
        number = next.get(number as usize).copied().unwrap_or(SPECIAL);
        steps += 1;
        if steps > next.len() + 1 {
            return Err(damaged("セクターの並びが輪になっている"));
        }
    }
    if let Ok(size) = usize::try_from(size) {
        bytes.truncate(size);
    }
    Ok(bytes)
}

/// The entries below the root: what embedded objects hold has names of its own.
fn below(root: &Entry, entries: &[Entry]) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut seen = vec![false; entries.len()];
    let mut ahead = vec![root.child];
    while let Some(number) = ahead.pop() {
        let number = number as usize;
        let (Some(entry), Some(seen)) = (entries.get(number), seen.get_mut(number)) else {
            continue;
        };
        if !std::mem::replace(seen, true) {
            ahead.extend(entry.siblings);
            found.push(entry.clone());
        }
    }
    found
}

fn entry(bytes: &[u8; 128]) -> Entry {
    let long = |at: usize| u32_at(bytes, at).unwrap_or(SPECIAL);
    let units = bytes[..64].as_chunks::<2>().0.iter().map(|&unit| u16::from_le_bytes(unit));
    let units: Vec<u16> = units.take_while(|&unit| unit != 0).collect();
    Entry {
        name: String::from_utf16_lossy(&units),
        kind: bytes[66],
        siblings: [long(68), long(72)],
        child: long(76),
        start: long(116),
        // No file here is as long as the upper half of the number would say.
        size: long(120).into(),
    }
}

fn longs(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|&long| u32::from_le_bytes(long)).collect()
}

fn damaged(what: impl std::fmt::Display) -> Refusal {
    Refusal::damaged(format!("OLE コンテナー: {what}"))
}

fn cut_off() -> Refusal {
    damaged("ファイルの途中で切れている")
}

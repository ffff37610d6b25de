//! Damage done to workbooks, so that the reading still gets deep: to bytes, to the records of
//! the old formats, and to tags, values and texts of XML, in the parts of a package that is
//! packed again.

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// One thing done to a file. Places are taken modulo what there is.
#[derive(Clone, Debug)]
pub struct Damage {
    pub part: usize,
    pub at: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub enum Kind {
    Flip(u8),
    Set(u8),
    /// Two bytes, as lengths and types of records are.
    SetTwo(u16),
    Remove(usize),
    Repeat(usize),
    Cut,
    /// Tags of XML, from `<` to `>`.
    DropTag,
    DoubleTag,
    SwapTag(usize),
    /// The value of an attribute, or the text between two tags.
    Value(String),
    Text(String),
}

/// Values that readers stumble on.
const NASTY: [&str; 36] = [
    "",
    " ",
    "-1",
    "0",
    "1",
    "00",
    "65536",
    "4294967295",
    "4294967296",
    "18446744073709551616",
    "-9223372036854775809",
    "1e308",
    "1e-400",
    "NaN",
    "0x10",
    "A0",
    "A1",
    "XFD1048576",
    "ZZZZZZ99999999999",
    "A1:XFD1048576",
    "B2:A1",
    ":",
    "true",
    "s",
    "str",
    "inlineStr",
    "e",
    "d",
    "b",
    "&#0;",
    "&unknown;",
    "&#x110000;",
    "]]>",
    "../../x",
    "rId1",
    "施策名",
];

pub fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let value = || {
        prop_oneof![
            8 => prop::sample::select(NASTY.to_vec()).prop_map(str::to_owned),
            1 => "\\PC{0,8}",
            1 => (1usize..40_000).prop_map(|length| "あ".repeat(length)),
        ]
    };
    let kind = prop_oneof![
        2 => (0u8..8).prop_map(Kind::Flip),
        2 => any::<u8>().prop_map(Kind::Set),
        2 => prop_oneof![Just(0), Just(0xFFFF), Just(0x7FFF), any::<u16>()].prop_map(Kind::SetTwo),
        1 => (1usize..64).prop_map(Kind::Remove),
        1 => (1usize..64).prop_map(Kind::Repeat),
        1 => Just(Kind::Cut),
        3 => Just(Kind::DropTag),
        3 => Just(Kind::DoubleTag),
        2 => any::<usize>().prop_map(Kind::SwapTag),
        8 => value().prop_map(Kind::Value),
        4 => value().prop_map(Kind::Text),
    ];
    let damage = (any::<usize>(), any::<usize>(), kind);
    let damage = damage.prop_map(|(part, at, kind)| Damage { part, at, kind });
    prop::collection::vec(damage, 1..5)
}

impl Damage {
    /// Does it to some bytes.
    pub fn hit(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let at = self.at % bytes.len();
        match &self.kind {
            Kind::Flip(bit) => bytes[at] ^= 1 << bit,
            Kind::Set(value) => bytes[at] = *value,
            Kind::SetTwo(value) => {
                for (byte, new) in bytes[at..].iter_mut().zip(value.to_le_bytes()) {
                    *byte = new;
                }
            }
            Kind::Remove(length) => drop(bytes.drain(at..bytes.len().min(at + length))),
            Kind::Repeat(length) => {
                let piece = bytes[at..bytes.len().min(at + length)].repeat(3);
                bytes.splice(at..at, piece);
            }
            Kind::Cut => bytes.truncate(at),
            _ => self.hit_text(bytes),
        }
    }

    /// Does to the nth tag, value or text of XML; nothing where there is none.
    fn hit_text(&self, bytes: &mut Vec<u8>) {
        let spans = match self.kind {
            Kind::Value(_) => spans(bytes, |before, b| b == b'"' && before == b'=', |b| b == b'"'),
            Kind::Text(_) => spans(bytes, |_, b| b == b'>', |b| b == b'<'),
            _ => spans(bytes, |_, b| b == b'<', |b| b == b'>'),
        };
        let Some(&(from, to)) = spans.get(self.at % spans.len().max(1)) else { return };
        // A tag with its brackets, a value or text without what is around it.
        let tag = from - 1..to + 1;
        match &self.kind {
            Kind::DropTag => drop(bytes.drain(tag)),
            Kind::DoubleTag => {
                let copy = bytes[tag.clone()].to_vec();
                bytes.splice(tag.end..tag.end, copy);
            }
            Kind::SwapTag(other) => {
                let (other_from, other_to) = spans[other % spans.len()];
                let other = bytes[other_from - 1..other_to + 1].to_vec();
                bytes.splice(tag, other);
            }
            Kind::Value(new) | Kind::Text(new) => drop(bytes.splice(from..to, new.bytes())),
            _ => unreachable!("what is done to bytes is done elsewhere"),
        }
    }
}

/// What stands between an opening and the next closing byte.
fn spans(
    bytes: &[u8],
    opens: impl Fn(u8, u8) -> bool,
    closes: impl Fn(u8) -> bool,
) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut open = None;
    let mut before = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        match open {
            Some(from) if closes(byte) => {
                spans.push((from, at));
                open = None;
                // The end of a tag is the begin of a text.
                if opens(before, byte) && byte != b'"' {
                    open = Some(at + 1);
                }
            }
            None if opens(before, byte) => open = Some(at + 1),
            _ => {}
        }
        before = byte;
    }
    spans
}

/// A workbook taken apart as far as its format allows.
pub enum Opened {
    /// A package: its parts by name.
    Zip(Vec<(String, Vec<u8>)>),
    /// A compound file, with its one stream that counts.
    Ole { file: Vec<u8>, stream: String },
}

impl Opened {
    pub fn new(bytes: &[u8]) -> Self {
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(mut zip) => {
                let mut parts = Vec::new();
                for index in 0..zip.len() {
                    let mut entry = zip.by_index(index).expect("a part");
                    let name = entry.name().expect("a name").into_owned();
                    let mut part = Vec::new();
                    entry.read_to_end(&mut part).expect("a part");
                    parts.push((name, part));
                }
                Self::Zip(parts)
            }
            Err(_) => {
                let file = cfb::CompoundFile::open(Cursor::new(bytes)).expect("a compound file");
                let stream = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name));
                let stream = stream.expect("a workbook").to_owned();
                Self::Ole { file: bytes.to_vec(), stream }
            }
        }
    }

    /// The workbook with the damage done to its parts, whole as a package.
    pub fn damaged(&self, damages: &[Damage]) -> Vec<u8> {
        match self {
            Self::Zip(parts) => {
                let mut parts = parts.clone();
                // Content is hit more often than what stands around it.
                let weight = |name: &str| {
                    let telling = ["sheet", "Strings", "content", "styles"];
                    if telling.iter().any(|word| name.contains(word)) { 4 } else { 1 }
                };
                let often = parts
                    .iter()
                    .enumerate()
                    .flat_map(|(index, (name, _))| std::iter::repeat_n(index, weight(name)));
                let often: Vec<usize> = often.collect();
                for damage in damages {
                    damage.hit(&mut parts[often[damage.part % often.len()]].1);
                }
                packed(&parts)
            }
            Self::Ole { file, stream } => {
                let mut file = cfb::CompoundFile::open(Cursor::new(file.clone())).expect("a file");
                let mut content = Vec::new();
                let mut open = file.open_stream(stream).expect("the stream");
                open.read_to_end(&mut content).expect("the stream");
                for damage in damages {
                    hit_records(damage, &mut content);
                }
                let mut open = file.create_stream(stream).expect("a stream");
                open.write_all(&content).expect("written");
                drop(open);
                file.into_inner().into_inner()
            }
        }
    }
}

/// Does to a record of BIFF8 as a whole what is done to tags, and to bytes the rest.
fn hit_records(damage: &Damage, content: &mut Vec<u8>) {
    let mut records = Vec::new();
    let mut at = 0;
    while let Some(head) = content.get(at..at + 4) {
        let end = at + 4 + usize::from(u16::from_le_bytes([head[2], head[3]]));
        if end > content.len() {
            break;
        }
        records.push(at..end);
        at = end;
    }
    let Some(record) = records.get(damage.at % records.len().max(1)).cloned() else { return };
    match &damage.kind {
        Kind::DropTag => drop(content.drain(record)),
        Kind::DoubleTag => {
            let copy = content[record.clone()].to_vec();
            content.splice(record.end..record.end, copy);
        }
        Kind::SwapTag(other) => {
            let copy = content[records[other % records.len()].clone()].to_vec();
            content.splice(record, copy);
        }
        // Within a record, so that the others are still found.
        Kind::Value(new) | Kind::Text(new) => {
            let length = record.len();
            let target = &mut content[record];
            let from = damage.part % length;
            for (byte, new) in target[from..].iter_mut().zip(new.bytes()) {
                *byte = new;
            }
        }
        _ => damage.hit(content),
    }
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(part).expect("a part");
    }
    zip.finish().expect("a package").into_inner()
}

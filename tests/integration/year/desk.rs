//! The desk on which the story happens: a folder, the program, and the files that come and go.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{DataType, Reader, Xlsx};
use tempfile::TempDir;

use super::script::Act;
use crate::support::filled::{Row, cell, filled, filled_all};
use crate::support::pdf;
use crate::support::program::{Run, example, run};

/// So many files of one kind are told as a number.
const MANY: usize = 5;
/// What the settings have where something is to be decided, to the end of the line.
const UNDECIDED: &str = "# 要確認";

pub struct Desk {
    folder: TempDir,
    last: Run,
    /// The lock of somebody else at work.
    busy: Option<fs::File>,
    seen: BTreeMap<String, Vec<u8>>,
}

impl Desk {
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let last = Run { code: 0, out: String::new(), err: String::new() };
        Self { folder, last, busy: None, seen: BTreeMap::new() }
    }

    /// Does what a line of the story says, and holds it to what it expects; `differs` says in what
    /// a text is not as it was blessed.
    pub fn act(
        &mut self,
        act: &Act,
        differs: impl Fn(&str, &str) -> Option<String>,
    ) -> Result<(), String> {
        match act {
            Act::Run { words, status } => {
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                self.last = run(self.folder.path(), &words);
                self.busy = None;
                self.expect(self.last.code == *status, &format!("exit {}", self.last.code))
            }
            Act::Busy(folder) => {
                let lock = fs::File::create(self.path(folder).join(".bessatsu.lock"));
                let lock = lock.map_err(|why| format!("{folder}: {why}"))?;
                lock.lock().map_err(|why| why.to_string())?;
                self.busy = Some(lock);
                Ok(())
            }
            Act::Says(text) => self.expect(self.says(text), &format!("does not say 「{text}」")),
            Act::Silent(text) => self.expect(!self.says(text), &format!("says 「{text}」")),
            Act::Shows(golden) => differs(golden, &self.last.out).map_or(Ok(()), Err),
            Act::Fill { form, row, label, text } => {
                let path = self.path(form);
                let bytes = fs::read(&path).map_err(|why| format!("{form}: {why}"))?;
                let row = row.strip_prefix('+').map_or(Row::Named(row), Row::Blank);
                fs::write(&path, filled(&bytes, row, label, text)).map_err(|why| why.to_string())
            }
            Act::Answer { forms, label, answers } => self.answer(forms, label, answers),
            Act::Each { forms, sheet, label, texts } => {
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                for path in self.files_of(forms)? {
                    let form = fs::read(&path).map_err(|why| why.to_string())?;
                    let form = filled_all(&form, sheet, label, &texts);
                    fs::write(&path, form).map_err(|why| why.to_string())?;
                }
                Ok(())
            }
            Act::Set { file, from, to } => {
                let path = self.path(file);
                let text = fs::read_to_string(&path).map_err(|why| format!("{file}: {why}"))?;
                if text.matches(from.as_str()).count() != 1 {
                    return Err(format!("{file} has not one 「{from}」"));
                }
                fs::write(&path, text.replace(from, to)).map_err(|why| why.to_string())
            }
            Act::Copy { from, to } => self.copy(from, to),
            Act::Cut { file } => {
                let path = self.path(file);
                let bytes = fs::read(&path).map_err(|why| format!("{file}: {why}"))?;
                fs::write(&path, &bytes[..bytes.len() / 2]).map_err(|why| why.to_string())
            }
            Act::Decide(file) => {
                let path = self.path(file);
                let text = fs::read_to_string(&path).map_err(|why| format!("{file}: {why}"))?;
                let undecided = |line: &&str| !line.starts_with(UNDECIDED);
                let decided = text.lines().filter(undecided).map(|line| {
                    line.split_once(UNDECIDED).map_or(line, |(decided, _)| decided.trim_end())
                });
                let decided: String = decided
                    .map(|line| {
                        format!(
                            "{line}
"
                        )
                    })
                    .collect();
                fs::write(&path, decided).map_err(|why| why.to_string())
            }
            Act::Delete(file) => {
                fs::remove_file(self.path(file)).map_err(|why| format!("{file}: {why}"))
            }
            Act::Leaves(file) => self.expect(self.path(file).exists(), "it is not there"),
            Act::Lacks(file) => self.expect(!self.path(file).exists(), "it is there"),
            Act::Paper { paper, pages, golden } => {
                let bytes = fs::read(self.path(paper)).map_err(|why| format!("{paper}: {why}"))?;
                let text = words_of(paper, &bytes, *pages);
                text.and_then(|text| differs(golden, &text)).map_or(Ok(()), Err)
            }
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What is sent: a file of the desk, or of the example edition's departments.
    fn sent(&self, name: &str) -> PathBuf {
        match name.strip_prefix("example") {
            Some(rest) => example().join("submissions").join(rest.trim_start_matches('/')),
            None => self.path(name),
        }
    }

    fn says(&self, text: &str) -> bool {
        self.last.out.contains(text) || self.last.err.contains(text)
    }

    fn expect(&self, holds: bool, otherwise: &str) -> Result<(), String> {
        let Run { out, err, .. } = &self.last;
        if holds { Ok(()) } else { Err(format!("{otherwise}\n{out}{err}")) }
    }

    /// The files of a folder, by name.
    fn files_of(&self, folder: &str) -> Result<Vec<PathBuf>, String> {
        let entries = fs::read_dir(self.path(folder)).map_err(|why| format!("{folder}: {why}"))?;
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        let mut paths = paths.collect::<Result<Vec<_>, _>>().map_err(|why| why.to_string())?;
        paths.sort();
        Ok(paths)
    }

    /// Every line of a file beside the story (`ROW | TEXT`) in the form that has such a row.
    fn answer(&self, forms: &str, label: &str, answers: &str) -> Result<(), String> {
        let answers = fs::read_to_string(super::folder().join(answers));
        let answers = answers.map_err(|why| why.to_string())?;
        let lines = answers.lines().filter(|line| !line.starts_with('#'));
        let mut open: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(" | ")).collect();
        for path in self.files_of(forms)? {
            let mut form = fs::read(&path).map_err(|why| why.to_string())?;
            open.retain(|(row, text)| {
                let is_here = cell(&form, Row::Named(row), label).is_some();
                if is_here {
                    form = filled(&form, Row::Named(row), label, text);
                }
                !is_here
            });
            fs::write(&path, form).map_err(|why| why.to_string())?;
        }
        let first = open.first();
        first.map_or(Ok(()), |(row, _)| Err(format!("{} in no form: {row} …", open.len())))
    }

    /// A file, or all files of a folder with this ending (`forms/*.xlsx`).
    fn copy(&self, from: &str, to: &str) -> Result<(), String> {
        let to = self.path(to);
        let into = if to.extension().is_some() { to.parent() } else { Some(to.as_path()) };
        fs::create_dir_all(into.expect("a folder")).map_err(|why| why.to_string())?;
        let Some((folder, ending)) = from.split_once("/*") else {
            let from = self.sent(from);
            let name = from.file_name().expect("a name");
            let to = if to.is_dir() { to.join(name) } else { to };
            return fs::copy(&from, to).map(drop).map_err(|why| format!("{from:?}: {why}"));
        };
        for entry in fs::read_dir(self.sent(folder)).map_err(|why| why.to_string())? {
            let path = entry.map_err(|why| why.to_string())?.path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if name.ends_with(ending) {
                fs::copy(&path, to.join(name)).map_err(|why| why.to_string())?;
            }
        }
        Ok(())
    }

    /// The files that came (`+`), changed (`~`) and went (`-`) since this was last asked.
    pub fn what_it_leaves(&mut self) -> String {
        let mut now = BTreeMap::new();
        collect(self.folder.path(), self.folder.path(), &mut now);
        let mut changes: Vec<(char, &String)> = Vec::new();
        for (name, bytes) in &now {
            match self.seen.get(name) {
                None => changes.push(('+', name)),
                Some(then) if then != bytes => changes.push(('~', name)),
                Some(_) => {}
            }
        }
        changes.extend(self.seen.keys().filter(|name| !now.contains_key(*name)).map(|n| ('-', n)));
        let told = told(&changes);
        self.seen = now;
        told
    }
}

/// A line for each file, or one for many of a folder with the same ending.
fn told(changes: &[(char, &String)]) -> String {
    let mut kinds: BTreeMap<(char, &str, &str), Vec<&String>> = BTreeMap::new();
    for (sign, name) in changes {
        let folder = name.rfind('/').map_or("", |end| &name[..=end]);
        let ending = name.rfind('.').map_or("", |start| &name[start..]);
        kinds.entry((*sign, folder, ending)).or_default().push(name);
    }
    let mut lines: Vec<String> = Vec::new();
    for ((sign, folder, ending), names) in kinds {
        if names.len() < MANY {
            lines.extend(names.iter().map(|name| format!("{sign} {name}\n")));
        } else {
            lines.push(format!("{sign} {folder}*{ending}  {}\n", names.len()));
        }
    }
    lines.sort_by(|a, b| a[2..].cmp(&b[2..]));
    lines.concat()
}

fn collect(root: &Path, folder: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, into);
        } else {
            let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
            // What a lock holds is nobody's business; that it is there may be.
            let is_lock = name.ends_with(".lock");
            let bytes = if is_lock { Vec::new() } else { fs::read(&path).expect("a file") };
            into.insert(name, bytes);
        }
    }
}

/// What a paper says, a line for a line or a row; `None` where no program here reads it.
fn words_of(paper: &str, bytes: &[u8], pages: Option<(u32, u32)>) -> Option<String> {
    let text = match paper.rsplit('.').next() {
        Some("pdf") => {
            let pages = pages.map(|(first, last)| [first.to_string(), last.to_string()]);
            let mut asked = vec!["-layout"];
            if let Some([first, last]) = &pages {
                asked.extend(["-f", first, "-l", last]);
            }
            asked.extend(["@", "-"]);
            pdf::read(bytes, "pdftotext", &asked)?
        }
        Some("xlsx") => rows_of(bytes),
        _ => String::from_utf8(bytes.to_vec()).expect("UTF-8"),
    };
    // How wide the gaps are is poppler's guess.
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    Some(lines.filter(|line| !line.is_empty()).map(|line| line + "\n").collect())
}

/// The sheets of a workbook, the cells of a row on a line.
fn rows_of(bytes: &[u8]) -> String {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let mut text = String::new();
    for (name, cells) in book.worksheets() {
        text += &format!("-- {name}\n");
        for row in cells.rows() {
            let cells = row.iter().filter_map(DataType::as_string).map(|c| c.replace('\n', "⏎"));
            text += &(cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ") + "\n");
        }
    }
    text
}

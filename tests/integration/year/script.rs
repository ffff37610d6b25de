//! The story as it is written down: `tests/year/story.txt`, whose head says how.

/// A step of the year, with what is done in it.
pub struct Step {
    pub title: String,
    pub acts: Vec<(usize, Act)>,
}

/// One line of the story.
pub enum Act {
    /// A command of ours, word by word, with its status.
    Run {
        words: Vec<String>,
        status: i32,
    },
    /// Somebody else is at work on an edition while the next command runs.
    Busy(String),
    /// What the last command says, or does not say.
    Says(String),
    Silent(String),
    /// All that the last command says on standard output is as in this file.
    Shows(String),
    /// A department types in a form.
    Fill {
        form: String,
        row: String,
        label: String,
        text: String,
    },
    /// Every department types what this file has of its rows.
    Answer {
        forms: String,
        label: String,
        answers: String,
    },
    /// Every department types one of these texts, in turn, into every row of a sheet.
    Each {
        forms: String,
        sheet: String,
        label: String,
        texts: Vec<String>,
    },
    /// The secretariat writes in a text file.
    Set {
        file: String,
        from: String,
        to: String,
    },
    /// A file goes somewhere else, under another name perhaps.
    Copy {
        from: String,
        to: String,
    },
    /// Half of a file is lost on the way.
    Cut {
        file: String,
    },
    /// The secretariat takes the marks of what is to be decided out of its settings.
    Decide(String),
    /// The secretariat deletes a file.
    Delete(String),
    /// A file is there; a file is not there.
    Leaves(String),
    Lacks(String),
    /// A paper says what this file has.
    Paper {
        paper: String,
        pages: Option<(u32, u32)>,
        golden: String,
    },
}

/// The steps of a story.
pub fn parse(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(title) = line.strip_prefix("== ") {
            steps.push(Step { title: title.to_owned(), acts: Vec::new() });
            continue;
        }
        let step = steps.last_mut().unwrap_or_else(|| panic!("line {number}: no step yet"));
        let act = act(line).unwrap_or_else(|| panic!("line {number}: 「{line}」?"));
        match (act, step.acts.last_mut()) {
            (Act::Run { words, status }, Some((_, Act::Run { status: of, .. })))
                if words.is_empty() =>
            {
                *of = status;
            }
            (act, _) => step.acts.push((number, act)),
        }
    }
    steps
}

fn act(line: &str) -> Option<Act> {
    let (verb, rest) = line.split_once(' ')?;
    let rest = rest.trim();
    let parts: Vec<String> = rest.split('|').map(|part| part.trim().to_owned()).collect();
    Some(match (verb, parts.as_slice()) {
        ("$", _) => Act::Run { words: words(rest.strip_prefix("bessatsu ")?), status: 0 },
        ("exit", [status]) => Act::Run { words: Vec::new(), status: status.parse().ok()? },
        ("says", _) => Act::Says(rest.to_owned()),
        ("silent", _) => Act::Silent(rest.to_owned()),
        ("shows", [golden]) => Act::Shows(golden.clone()),
        ("fill", [form, row, label, text]) => Act::Fill {
            form: form.clone(),
            row: row.clone(),
            label: label.clone(),
            text: text.clone(),
        },
        ("answer", [forms, label, answers]) => {
            Act::Answer { forms: forms.clone(), label: label.clone(), answers: answers.clone() }
        }
        ("each", [forms, sheet, label, texts]) => Act::Each {
            forms: forms.clone(),
            sheet: sheet.clone(),
            label: label.clone(),
            texts: texts.split(" / ").map(str::to_owned).collect(),
        },
        ("set", [file, from, to]) => {
            let lines = |text: &String| text.replace("\\n", "\n");
            Act::Set { file: file.clone(), from: lines(from), to: lines(to) }
        }
        ("copy", [from, to]) => Act::Copy { from: from.clone(), to: to.clone() },
        ("cut", [file]) => Act::Cut { file: file.clone() },
        ("busy", [folder]) => Act::Busy(folder.clone()),
        ("decide", [file]) => Act::Decide(file.clone()),
        ("delete", [file]) => Act::Delete(file.clone()),
        ("leaves", [file]) => Act::Leaves(file.clone()),
        ("lacks", [file]) => Act::Lacks(file.clone()),
        ("paper", [paper, golden]) => {
            Act::Paper { paper: paper.clone(), pages: None, golden: golden.clone() }
        }
        ("paper", [paper, pages, golden]) => {
            let (first, last) = pages.split_once('-')?;
            let pages = Some((first.parse().ok()?, last.parse().ok()?));
            Act::Paper { paper: paper.clone(), pages, golden: golden.clone() }
        }
        _ => return None,
    })
}

/// The words of a command; what stands in quotation marks is one.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

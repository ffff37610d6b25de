//! The whole year of the secretariat, from the first forms to a revision of the year after: the
//! story of `tests/year/story.txt`, told once by the program itself.
//!
//! Every step is held to what stands in the story, to the files that it leaves
//! (`tests/year/files.txt`), and to the words of its papers (`tests/year/papers/`).

mod desk;
mod script;

use std::fs;
use std::path::{Path, PathBuf};

use desk::Desk;
use script::{Act, Step};

use crate::support::program::root;

fn folder() -> PathBuf {
    root().join("tests/year")
}

fn story() -> Vec<Step> {
    let text = fs::read_to_string(folder().join("story.txt")).expect("the story");
    script::parse(&text)
}

/// What is told otherwise than as in the file; written anew under `BESSATSU_BLESS=1`.
fn differs(golden: &Path, text: &str) -> Option<String> {
    if std::env::var_os("BESSATSU_BLESS").is_some() {
        fs::create_dir_all(golden.parent().expect("a folder")).expect("a folder");
        fs::write(golden, text).expect("written");
    }
    let expected = fs::read_to_string(golden).unwrap_or_default();
    if text == expected {
        return None;
    }
    let (now, then) = (text.lines().chain([""]), expected.lines().chain([""]));
    let line = (1..).zip(now.zip(then)).find(|(_, (now, then))| now != then);
    let (number, (now, then)) = line.unwrap_or((0, ("another number of lines", "")));
    Some(format!("{}:{number}\n  now  {now}\n  then {then}", golden.display()))
}

#[test]
fn a_year_and_the_revision_after_it_go_as_the_story_tells() {
    let mut desk = Desk::new();
    let mut wrong = Vec::new();
    let mut files = String::new();
    for step in story() {
        for (line, act) in &step.acts {
            let told =
                desk.act(act, |name, text| differs(&folder().join("papers").join(name), text));
            if let Err(why) = told {
                wrong.push(format!("story.txt:{line} {}: {why}", step.title));
            }
        }
        // What follows would go wrong for the same reason.
        if !wrong.is_empty() {
            break;
        }
        files += &format!("== {}\n{}", step.title, desk.what_it_leaves());
    }
    if wrong.is_empty() {
        wrong.extend(differs(&folder().join("files.txt"), &files));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// A command without the moments that make the story the same on every day.
fn without_moments(words: &[String]) -> Vec<String> {
    let mut left = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--at" | "--date" => _ = words.next(),
            _ => left.push(word.clone()),
        }
    }
    left
}

#[test]
fn the_ten_lines_of_the_readme_are_lines_of_the_story() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let section = readme.split("\n## The year\n").nth(1).expect("a section on the year");
    let commands = section.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next());
    let commands: Vec<Vec<String>> = commands
        .expect("commands")
        .lines()
        .map(|line| line.split(" # ").next().unwrap_or(line).trim())
        .map(|line| script::words(line.strip_prefix("bessatsu ").expect("a command of ours")))
        .collect();
    assert_eq!(commands.len(), 10, "{commands:?}");
    let steps = story();
    let acts = steps.iter().flat_map(|step| &step.acts);
    let mut told = acts.filter_map(|(_, act)| match act {
        Act::Run { words, .. } => Some(without_moments(words)),
        _ => None,
    });
    for command in commands {
        assert!(
            told.any(|words| words == command),
            "not in the story, or not in its order: {command:?}"
        );
    }
}

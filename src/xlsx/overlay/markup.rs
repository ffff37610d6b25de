//! The XML of a part, edited where it has to be and left as it is everywhere else.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

/// The namespace of a workbook's parts in the usual (transitional) kind.
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Open,
    /// Opened and closed in one.
    Empty,
    Close,
}

/// A tag as it is written.
#[derive(Clone, Debug)]
pub struct Tag<'x> {
    pub kind: Kind,
    pub text: &'x str,
    /// Where it stands in its part.
    pub at: Range<usize>,
}

impl<'x> Tag<'x> {
    /// Its name with its prefix.
    pub fn name(&self) -> &'x str {
        let name = self.text.trim_start_matches(['<', '/']);
        let end = name.find(|c: char| c.is_whitespace() || c == '/' || c == '>');
        end.and_then(|end| name.get(..end)).unwrap_or(name)
    }

    pub fn opens(&self) -> bool {
        self.kind != Kind::Close
    }

    pub fn attribute(&self, name: &str) -> Option<Cow<'x, str>> {
        let value = attributes(self.text).find(|(own, ..)| *own == name)?.2;
        unescape(self.text.get(value)?).ok()
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// The tag with another value of an attribute, or with one more.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut text = self.text.to_owned();
        match attributes(self.text).find(|(own, ..)| *own == name) {
            Some((_, _, at)) => text.replace_range(at, value),
            None => {
                let end = if self.kind == Kind::Empty { "/>" } else { ">" };
                let at = text.len() - end.len();
                text.insert_str(at, &format!(" {name}=\"{value}\""));
            }
        }
        text
    }

    pub fn without(&self, name: &str) -> String {
        let mut text = self.text.to_owned();
        if let Some((_, whole, _)) = attributes(self.text).find(|(own, ..)| *own == name) {
            text.replace_range(whole, "");
        }
        text
    }

    /// The tag of an empty element as one that is opened.
    pub fn opened(&self) -> String {
        let open = self.text.trim_end_matches('>').trim_end_matches('/');
        format!("{open}>")
    }
}

/// The attributes of a tag: name, where all of it stands with the space before it, and where its
/// value stands.
fn attributes(tag: &str) -> impl Iterator<Item = (&str, Range<usize>, Range<usize>)> {
    let mut from = tag.find(char::is_whitespace).unwrap_or(tag.len());
    std::iter::from_fn(move || {
        let rest = tag.get(from..)?;
        let equals = rest.find('=')?;
        let name = rest.get(..equals)?.trim();
        let quoted = rest.get(equals + 1..)?;
        let quote = quoted.find(['"', '\''])?;
        let mark = quoted.get(quote..)?.chars().next()?;
        let begin = from + equals + 1 + quote + 1;
        let end = begin + tag.get(begin..)?.find(mark)?;
        let whole = from..end + 1;
        from = end + 1;
        Some((name, whole, begin..end))
    })
}

/// Goes over the tags of a part.
pub fn scan<'x>(xml: &'x str, mut visit: impl FnMut(&Tag<'x>) -> Option<()>) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0usize;
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        let kind = match reader.read_event().ok()? {
            Event::Start(_) => Kind::Open,
            Event::Empty(_) => Kind::Empty,
            Event::End(_) => Kind::Close,
            Event::Eof => return (depth == 0).then_some(()),
            _ => continue,
        };
        match kind {
            Kind::Open => depth += 1,
            Kind::Close => depth = depth.checked_sub(1)?,
            Kind::Empty => {}
        }
        let at = before..usize::try_from(reader.buffer_position()).ok()?;
        visit(&Tag { kind, text: xml.get(at.clone())?, at })?;
    }
}

/// Whether a part can be read by whoever looks at its namespaces: every prefix is declared.
pub fn is_sound(xml: &str) -> bool {
    let mut reader = NsReader::from_str(xml);
    loop {
        let event = match reader.read_resolved_event() {
            Ok((ResolveResult::Unknown(_), _)) | Err(_) => return false,
            Ok((_, event)) => event,
        };
        let element = match event {
            Event::Start(element) | Event::Empty(element) => element,
            Event::Eof => return true,
            _ => continue,
        };
        for attribute in element.attributes() {
            let Ok(attribute) = attribute else { return false };
            let (space, _) = reader.resolver().resolve_attribute(attribute.key);
            if matches!(space, ResolveResult::Unknown(_)) {
                return false;
            }
        }
    }
}

/// Whether a part is of the usual kind, its elements without prefixes.
pub fn is_usual(xml: &str, root: &str) -> bool {
    let mut first = None;
    let seen = scan(xml, |tag| {
        first.get_or_insert_with(|| (tag.name().to_owned(), tag.attribute("xmlns")));
        Some(())
    });
    let is_main = |name: &str, space: Option<&str>| name == root && space == Some(MAIN);
    seen.is_some() && first.is_some_and(|(name, space)| is_main(&name, space.as_deref()))
}

/// What is put in the place of parts of a text.
#[derive(Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    pub fn replace(&mut self, at: Range<usize>, text: impl Into<String>) {
        self.0.push((at, text.into()));
    }

    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// The text with what was put into it; nothing where two edits meet.
    pub fn apply(mut self, text: &str) -> Option<String> {
        self.0.sort_by_key(|(at, _)| (at.start, at.end));
        let mut edited = String::with_capacity(text.len());
        let mut from = 0;
        for (at, put) in self.0 {
            edited.push_str(text.get(from..at.start)?);
            edited.push_str(&put);
            from = at.end;
        }
        edited.push_str(text.get(from..)?);
        Some(edited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(xml: &str) -> (String, String, Option<String>) {
        let mut found = None;
        scan(xml, |tag| {
            found.get_or_insert_with(|| {
                let own = tag.attribute("s").map(Cow::into_owned);
                (tag.with("s", "9"), tag.without("s"), own)
            });
            Some(())
        })
        .expect("a part");
        found.expect("a tag")
    }

    #[test]
    fn an_attribute_is_changed_and_nothing_beside_it() {
        for (xml, with, without, own) in [
            ("<c r=\"A1\" s=\"3\"/>", "<c r=\"A1\" s=\"9\"/>", "<c r=\"A1\"/>", Some("3")),
            ("<c r='A1'\n s = '3' ></c>", "<c r='A1'\n s = '9' >", "<c r='A1' >", Some("3")),
            ("<c r=\"s=1\"></c>", "<c r=\"s=1\" s=\"9\">", "<c r=\"s=1\">", None),
            ("<c/>", "<c s=\"9\"/>", "<c/>", None),
        ] {
            let own = own.map(str::to_owned);
            assert_eq!(first(xml), (with.into(), without.into(), own), "{xml}");
        }
    }

    #[test]
    fn a_part_that_is_cut_off_or_of_another_kind_is_not_edited() {
        assert!(scan("<a><b></a>", |_| Some(())).is_none());
        assert!(scan("<a><b>", |_| Some(())).is_none());
        assert!(is_usual(
            &format!("<?xml version=\"1.0\"?><styleSheet xmlns=\"{MAIN}\"/>"),
            "styleSheet"
        ));
        assert!(is_sound("<a xmlns:r=\"u\" r:id=\"1\"/>"));
        assert!(!is_sound("<a r:id=\"1\"/>") && !is_sound("<r:a/>"));
        assert!(!is_usual(&format!("<x:styleSheet xmlns:x=\"{MAIN}\"/>"), "styleSheet"));
    }
}

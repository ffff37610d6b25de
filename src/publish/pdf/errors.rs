//! Typst's diagnostics as findings: file, line and column of the template, and what to do.

use typst::diag::{Severity as TypstSeverity, SourceDiagnostic};
use typst::{World, WorldExt};

use super::fields::fields;
use super::world::{AnnexWorld, name};
use super::{chapters, side_files};
use crate::diag::{Finding, Place, Rule, Severity};
use crate::text::similar::nearest;

/// Every rule of this stage, by code.
pub static RULES: &[&Rule] = &[
    &TEMPLATE_ERROR,
    &FIELD_UNKNOWN,
    &GLYPH_MISSING,
    &STANDARD,
    &WARNING,
    &OVERFLOW,
    &side_files::UNREADABLE,
    &side_files::ID_UNKNOWN,
    &side_files::ENTRY_MISSING,
    &chapters::UNREADABLE,
];

static TEMPLATE_ERROR: Rule = Rule {
    code: "T901",
    name: "template-error",
    severity: Severity::Error,
    title: "ひな形に誤りがある",
    title_en: "error in a template",
    what: "別冊の体裁を定めるひな形（.typ）を組版ソフトTypstが処理できるかどうかを見ます。",
    why: "ひな形に誤りがあると、PDFを作れません。",
    mend: "示された行と桁を直してください。edition.tomlのtemplatesを外すと、標準のひな形で作れます。",
    example: "誤：#let x = (1, 2\n正：#let x = (1, 2)",
    source: "",
};

static FIELD_UNKNOWN: Rule = Rule {
    code: "T902",
    name: "template-field-unknown",
    severity: Severity::Error,
    title: "ひな形がない項目を読んでいる",
    title_en: "a template reads a field that does not exist",
    what: "ひな形が読む項目の名前が、渡される項目の一覧にあるかどうかを見ます。",
    why: "項目の名前を誤ると、その値を印刷できません。",
    mend: "近い名前が示されているときは、その名前に直してください。項目の一覧はREADMEにあります。",
    example: "誤：row.overveiw\n正：row.overview",
    source: "",
};

pub(super) static GLYPH_MISSING: Rule = Rule {
    code: "T903",
    name: "glyph-missing",
    severity: Severity::Error,
    title: "どの書体にもない文字がある",
    title_en: "a character that no font has",
    what: "印刷する全ての文字が、版の書体のどれかにあるかどうかを見ます。",
    why: "書体にない文字は、紙面では四角になり、読み上げもできません。",
    mend: "別の字（通用字体など）に置き換えるか、仮名書きにしてください。下書き（--draft）では、その字の所に「〓」を置きます。",
    example: "誤：😀\n正：（笑顔の印）",
    source: "PDF/UA-1（ISO 14289-1）7.21.8、PDF/A-2（ISO 19005-2）6.2.11.8",
};

static STANDARD: Rule = Rule {
    code: "T904",
    name: "pdf-standard-violated",
    severity: Severity::Error,
    title: "PDFの規格に合わない",
    title_en: "the PDF does not conform to its standard",
    what: "出来上がったPDFが、選んだ規格（既定はPDF/UA-1とPDF/A-2a）に合うかどうかを見ます。",
    why: "規格に合わないPDFは、読み上げや長期保存に支障があります。",
    mend: "示された箇所のひな形を直してください。",
    example: "誤：image(\"mark.svg\")\n正：image(\"mark.svg\", alt: \"県章\")",
    source: "PDF/UA-1（ISO 14289-1）、PDF/A-2（ISO 19005-2）",
};

static WARNING: Rule = Rule {
    code: "T905",
    name: "template-warning",
    severity: Severity::Warning,
    title: "ひな形に注意すべき点がある",
    title_en: "a template gives cause for a warning",
    what: "組版ソフトTypstが出した警告です。",
    why: "PDFは作れますが、紙面が意図と違うことがあります。",
    mend: "示された行を確かめてください。",
    example: "誤：#set text(font: \"ない書体\")\n正：#set text(font: settings.fonts)",
    source: "",
};

pub(super) static OVERFLOW: Rule = Rule {
    code: "T906",
    name: "text-overflows",
    severity: Severity::Error,
    title: "紙面に収まらない文字がある",
    title_en: "text that does not fit on the page",
    what: "組み上がった全てのページを調べ、欄、版面、用紙からはみ出した文字がないかどうかを見ます。長い語は欄の幅で折り返し、長い行は次のページに続くので、ふだんは起こりません。",
    why: "はみ出した文字は、隣の欄の文字と重なったり、切れたりして読めません。",
    mend: "示された欄の文章を短くするか、区切りのない長い語に空白や改行を入れてください。ひな形を差し替えているときは、欄の幅や高さを確かめてください。",
    example: "誤：区切りのない1,000文字の題名\n正：短い題名",
    source: "",
};

/// Whether a finding is of a character that no font has.
pub fn is_glyph_missing(finding: &Finding) -> bool {
    std::ptr::eq(finding.rule, &GLYPH_MISSING)
}

/// One finding a diagnostic, at the template's line.
pub fn findings(world: &AnnexWorld, diagnostics: &[SourceDiagnostic]) -> Vec<Finding> {
    diagnostics.iter().map(|diagnostic| finding(world, diagnostic)).collect()
}

fn finding(world: &AnnexWorld, diagnostic: &SourceDiagnostic) -> Finding {
    let message = diagnostic.message.as_str();
    let hints: Vec<&str> = diagnostic.hints.iter().map(|hint| hint.v.as_str()).collect();
    let hints = hints.join("; ");
    let finding = if let Some(field) = quoted(message, "dictionary does not contain key ") {
        field_unknown(&field)
    } else if message.contains("could not be displayed with")
        && let Some(text) = quoted(message, "the text `")
    {
        let shown = characters(&text);
        let message = say!("{shown}を表示できる書体がない", "no font can show {shown}");
        GLYPH_MISSING.finding(message).found(text)
    } else if message.contains(" error: ") {
        STANDARD.finding(say!("PDFの規格に合わない（{message}）", "{message}"))
    } else if diagnostic.severity == TypstSeverity::Warning {
        WARNING.finding(say!("ひな形の警告（{message}）", "{message}"))
    } else {
        TEMPLATE_ERROR.finding(say!("ひな形を処理できない（{message}）", "{message}"))
    };
    // That another font would help is no news to whom the settings give the fonts.
    let is_of_use = !is_glyph_missing(&finding) && finding.help.is_empty();
    let finding = if is_of_use && !hints.is_empty() {
        finding.help(say!("Typstの助言：{hints}", "{hints}"))
    } else {
        finding
    };
    finding.at(&place(world, diagnostic))
}

fn field_unknown(field: &str) -> Finding {
    let fields = fields();
    let names = fields.iter().map(|(path, _)| path.rsplit('.').next().unwrap_or(path));
    let nearest = nearest(field, names);
    let finding = FIELD_UNKNOWN
        .finding(say!("項目「{field}」はない", "there is no field “{field}”"))
        .found(field);
    match nearest {
        Some(name) => finding
            .expected(name)
            .help(say!("「{name}」の誤りではありませんか。", "did you mean “{name}”?")),
        None => finding,
    }
}

/// Characters with their numbers, of a text in which Typst shows what is not printed as `\u{e000}`.
fn characters(text: &str) -> String {
    let escaped = text.split("\\u{").enumerate().flat_map(|(at, part)| {
        let (number, rest) = if at == 0 { (None, part) } else { number(part) };
        number.into_iter().chain(rest.chars())
    });
    let shown = escaped.map(|c| {
        let number = format!("U+{:04X}", u32::from(c));
        // One of the private use area has no shape that everybody sees.
        if ('\u{e000}'..='\u{f8ff}').contains(&c) {
            number
        } else {
            format!("「{c}」（{number}）")
        }
    });
    shown.collect::<Vec<_>>().join("、")
}

/// The character of `e000}` and what follows it.
fn number(text: &str) -> (Option<char>, &str) {
    let (number, rest) = text.split_once('}').unwrap_or((text, ""));
    (u32::from_str_radix(number, 16).ok().and_then(char::from_u32), rest)
}

/// What stands between quotation marks after the given words.
fn quoted(message: &str, words: &str) -> Option<String> {
    let (_, rest) = message.split_once(words)?;
    let rest = rest.strip_prefix('"')?;
    rest.split_once('"').map(|(quoted, _)| quoted.to_owned())
}

/// The place in a template: of the diagnostic, else of the innermost call that led to it.
fn place(world: &AnnexWorld, diagnostic: &SourceDiagnostic) -> Place {
    let spans = std::iter::once(diagnostic.span)
        .chain(diagnostic.trace.iter().map(|point| point.span.into()));
    for span in spans {
        let Some(id) = span.id() else { continue };
        let mut place = Place::file(&name(id));
        if let (Ok(source), Some(range)) = (world.source(id), world.range(span))
            && let Some((line, column)) = source.lines().byte_to_line_column(range.start)
        {
            place.line = u32::try_from(line + 1).ok();
            place.column = u32::try_from(column + 1).ok();
        }
        return place;
    }
    Place::default()
}

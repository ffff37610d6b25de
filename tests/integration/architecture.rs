//! The invariants of the architecture, each of them a test over the source text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::support::program::{program, root};

/// A source file: its path below `src/`, its text and its syntax.
struct Source {
    path: String,
    text: String,
    syntax: syn::File,
}

fn sources() -> Vec<Source> {
    let root = root().join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("source is readable");
        let syntax = syn::parse_file(&text).expect("source parses");
        let path = path.strip_prefix(&root).expect("below src").display().to_string();
        Source { path, text, syntax }
    };
    paths.iter().map(read).collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("folder is readable") {
        let path = entry.expect("entry is readable").path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// The modules of the table: first level, and second level of `publish`.
fn module_of(path: &str) -> String {
    let parts: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    match parts.as_slice() {
        [one] => (*one).to_owned(),
        [home @ ("publish" | "intake"), "mod"] => (*home).to_owned(),
        [home @ ("publish" | "intake"), child, ..] => format!("{home}::{child}"),
        [one, ..] => (*one).to_owned(),
        [] => String::new(),
    }
}

/// Everything a file names: paths from `use` trees and from expressions and types.
#[derive(Default)]
struct Names {
    paths: BTreeSet<String>,
    macros: BTreeSet<String>,
    methods: Vec<(String, usize)>,
    functions: Vec<(String, usize, bool)>,
}

impl Names {
    fn of(file: &syn::File) -> Self {
        let mut names = Self::default();
        names.visit_file(file);
        names
    }

    fn use_tree(&mut self, prefix: &str, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                self.use_tree(&format!("{prefix}{}::", path.ident), &path.tree);
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.use_tree(prefix, item));
            }
            syn::UseTree::Name(name) => {
                self.paths.insert(format!("{prefix}{}", name.ident));
            }
            syn::UseTree::Rename(rename) => {
                self.paths.insert(format!("{prefix}{}", rename.ident));
            }
            syn::UseTree::Glob(_) => {
                self.paths.insert(format!("{prefix}*"));
            }
        }
    }

    fn function(&mut self, name: &syn::Ident, block: &syn::Block) {
        let lines = block.span().end().line - block.span().start().line + 1;
        let table = matches!(block.stmts.as_slice(), [syn::Stmt::Expr(syn::Expr::Match(_), None)]);
        self.functions.push((name.to_string(), lines, table));
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "test")
    })
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.use_tree("", &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        self.paths.insert(names.join("::"));
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let names: Vec<String> = item.path.segments.iter().map(|s| s.ident.to_string()).collect();
        self.macros.insert(names.join("::"));
        // The arguments of a macro are tokens: what is unwrapped there is found as text.
        let tokens = item.tokens.to_string();
        for method in ["unwrap", "expect"] {
            if tokens.contains(&format!(". {method} (")) {
                self.methods.push((method.to_owned(), item.span().start().line));
            }
        }
        visit::visit_macro(self, item);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.methods.push((call.method.to_string(), call.span().start().line));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_test(&item.attrs) {
            self.function(&item.sig.ident, &item.block);
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig.ident, &item.block);
        visit::visit_impl_item_fn(self, item);
    }
}

/// Fails with every offence at once, so that one run shows the whole work.
fn none(offences: Vec<String>) {
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

/// A file that only tests compile.
fn is_test_file(source: &Source) -> bool {
    source.path.ends_with("testing.rs")
        || source.path.ends_with("tests.rs")
        || source.path.contains("/tests/")
}

#[test]
fn a_module_imports_only_what_the_table_allows() {
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("diag", &[][..]),
        ("text", &[]),
        ("schema", &["diag", "text"]),
        ("xlsx", &[]),
        ("edition", &["schema", "diag", "text"]),
        ("model", &["schema", "diag", "text"]),
        ("forms", &["publish::artifact", "edition", "model", "schema", "diag", "text", "xlsx"]),
        ("intake::read", &["edition", "model", "schema", "diag", "text"]),
        ("intake::locate", &["edition", "model", "schema", "diag", "text", "intake::read"]),
        ("intake::figure", &["model", "schema", "text"]),
        (
            "intake::interpret",
            &[
                "edition",
                "model",
                "schema",
                "diag",
                "text",
                "intake::read",
                "intake::locate",
                "intake::figure",
            ],
        ),
        ("intake::assemble", &["edition", "model", "schema", "diag", "text", "intake::interpret"]),
        ("intake::cache", &["edition", "model", "diag", "intake::read", "intake::interpret"]),
        ("intake::survey", &["edition", "model", "schema", "diag", "text", "intake"]),
        ("intake::reorganisation", &["edition", "model", "schema", "diag", "text", "intake"]),
        ("intake::consolidated", &["edition", "model", "schema", "diag", "text", "intake"]),
        ("intake", &["edition", "model", "schema", "diag", "text"]),
        ("checks", &["edition", "model", "schema", "text", "diag"]),
        ("compare", &["model", "schema", "text", "diag"]),
        ("succession", &["edition", "model", "schema", "text", "diag"]),
        ("progress", &["edition", "model", "schema", "text", "diag"]),
        ("journal", &["diag"]),
        ("corrections", &["edition", "model", "schema", "text", "diag"]),
        ("draft", &["intake::survey", "schema", "text"]),
        ("report", &["edition", "schema", "diag", "text"]),
        ("publish::artifact", &["diag", "xlsx", "publish::internal"]),
        ("publish::internal", &["diag"]),
        ("publish::tables", &["model", "schema", "text", "publish::artifact", "publish::internal"]),
        ("publish::totals", &["model", "schema"]),
        (
            "publish::findings",
            &["edition", "schema", "report", "checks", "publish::pdf", "text", "diag"],
        ),
        (
            "publish::comparison",
            &[
                "model",
                "schema",
                "text",
                "diag",
                "compare",
                "publish::artifact",
                "publish::internal",
            ],
        ),
        ("publish::confirmation", &["model", "schema"]),
        ("publish::status", &["schema", "text", "diag", "publish::artifact"]),
        ("publish::progress", &["progress", "schema", "text", "publish::artifact"]),
        (
            "publish::pdf",
            &[
                "edition",
                "model",
                "schema",
                "text",
                "diag",
                "compare",
                "progress",
                "publish::comparison",
                "publish::confirmation",
                "publish::artifact",
                "publish::internal",
                "publish::totals",
            ],
        ),
        (
            "publish::workbook",
            &[
                "edition",
                "model",
                "schema",
                "text",
                "diag",
                "xlsx",
                "compare",
                "progress",
                "report",
                "publish::comparison",
                "publish::artifact",
                "publish::internal",
                "publish::tables",
                "publish::status",
                "publish::confirmation",
            ],
        ),
        (
            "publish::web",
            &[
                "edition",
                "model",
                "schema",
                "text",
                "diag",
                "compare",
                "progress",
                "publish::comparison",
                "publish::artifact",
                "publish::internal",
                "publish::totals",
            ],
        ),
        (
            "publish::data",
            &[
                "edition",
                "model",
                "schema",
                "text",
                "diag",
                "publish::artifact",
                "publish::internal",
                "publish::tables",
            ],
        ),
        (
            "session",
            &[
                "edition",
                "model",
                "schema",
                "text",
                "diag",
                "xlsx",
                "forms",
                "intake",
                "checks",
                "compare",
                "progress",
                "report",
                "publish",
                "draft",
                "journal",
                "succession",
                "corrections",
            ],
        ),
        // What a person touches knows the work by its results alone.
        ("cli", &["session", "report", "publish::findings", "text", "diag"]),
    ]);
    let known = [
        "diag",
        "text",
        "schema",
        "xlsx",
        "edition",
        "model",
        "forms",
        "intake",
        "checks",
        "compare",
        "progress",
        "report",
        "publish",
        "draft",
        "session",
        "cli",
        "succession",
        "journal",
        "corrections",
    ];
    let mut offences = Vec::new();
    for source in sources().into_iter().filter(|source| !is_test_file(source)) {
        let module = module_of(&source.path);
        let Some(allowed) = allowed.get(module.as_str()) else { continue };
        let home = module.split("::").next().unwrap_or_default();
        for path in Names::of(&source.syntax).paths {
            let Some(rest) = path.strip_prefix("crate::") else { continue };
            let mut parts = rest.split("::");
            let (first, second) =
                (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let full = format!("{first}::{second}");
            let inside = first == home && (!module.contains("::") || module == full);
            let allowed = allowed.contains(&first) || allowed.contains(&full.as_str());
            if known.contains(&first) && !inside && !allowed {
                offences.push(format!("{}: {module} may not import {path}", source.path));
            }
        }
    }
    none(offences);
}

#[test]
fn a_foreign_crate_is_used_only_by_its_owner() {
    let owners = [
        ("toml", &["edition"][..]),
        ("toml_edit", &["edition"]),
        ("encoding_rs", &["intake"]),
        ("aes", &["intake"]),
        ("calamine", &["intake"]),
        ("base64", &["forms", "intake"]),
        ("md5", &["intake"]),
        ("rc4", &["intake"]),
        ("sha1", &["intake"]),
        ("sha2", &["intake", "session"]),
        ("jiff", &["journal", "session", "text"]),
        ("zip", &["intake", "xlsx"]),
        ("quick_xml", &["intake", "xlsx"]),
        ("similar", &["compare"]),
        ("strsim", &["text"]),
        ("unicode_width", &["text", "xlsx"]),
        ("typst", &["publish::pdf"]),
        ("typst_kit", &["publish::pdf"]),
        ("typst_layout", &["publish::pdf"]),
        ("typst_pdf", &["publish::pdf"]),
        ("typst_render", &["publish::pdf"]),
        ("typst_svg", &["publish::pdf"]),
        ("comemo", &["publish::pdf"]),
        // `publish::data` has a module of that name.
        ("csv", &["publish::pdf", "publish::data"]),
        ("minijinja", &["forms", "publish::web"]),
        ("rust_xlsxwriter", &["xlsx", "forms", "publish::workbook"]),
        ("clap", &["cli"]),
        ("indicatif", &["cli"]),
        ("tempfile", &["session"]),
        ("rustix", &["session"]),
        ("notify", &["cli"]),
        ("signal_hook", &["cli"]),
    ];
    let mut offences = Vec::new();
    for source in sources().into_iter().filter(|source| !is_test_file(source)) {
        let module = module_of(&source.path);
        for path in Names::of(&source.syntax).paths {
            let first = path.split("::").next().unwrap_or_default();
            let Some((_, owners)) = owners.iter().find(|(name, _)| *name == first) else {
                continue;
            };
            if path.contains("::") && !owners.iter().any(|owner| module.starts_with(owner)) {
                offences.push(format!("{}: {path} belongs to {owners:?}", source.path));
            }
        }
    }
    none(offences);
}

#[test]
fn only_the_session_touches_files_and_only_front_ends_print() {
    let banned = [
        ("std::fs", &["session"][..]),
        ("std::time", &["session", "cli"]),
        ("std::env", &["cli"]),
        ("std::process", &["cli", "main"]),
        ("std::io::stdout", &["cli"]),
        ("std::io::stderr", &["cli"]),
        ("std::net", &[]),
    ];
    let macros = ["println", "print", "eprintln", "eprint", "dbg"];
    let mut offences = Vec::new();
    for source in sources().into_iter().filter(|source| !is_test_file(source)) {
        let module = module_of(&source.path);
        let names = Names::of(&source.syntax);
        for path in &names.paths {
            let is_banned = |(name, allowed): &(&str, &[&str])| {
                (path == name || path.starts_with(&format!("{name}::")))
                    && !allowed.contains(&module.as_str())
            };
            if banned.iter().any(is_banned) {
                offences.push(format!("{}: {path}", source.path));
            }
        }
        for name in names.macros.iter().filter(|name| macros.contains(&name.as_str())) {
            if module != "cli" {
                offences.push(format!("{}: {name}!", source.path));
            }
        }
    }
    none(offences);
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = sources().into_iter().filter(|source| !source.text.starts_with("//!"));
    none(silent.map(|source| source.path).collect());
}

#[test]
fn files_and_functions_stay_within_their_budgets() {
    let mut offences = Vec::new();
    for source in sources().into_iter().filter(|source| !is_test_file(source)) {
        let code = code_lines(&source);
        if code > 400 {
            offences.push(format!("{}: {code} lines of code", source.path));
        }
        for (name, lines, table) in Names::of(&source.syntax).functions {
            // A function that is one `match` is a table; its length is the table's.
            if lines > 62 && !table {
                offences.push(format!("{}: {name} has {lines} lines", source.path));
            }
        }
    }
    none(offences);
}

/// Lines that are neither blank nor comment, up to the file's tests.
fn code_lines(source: &Source) -> usize {
    let end = source.syntax.items.iter().find_map(|item| match item {
        syn::Item::Mod(module) if is_test(&module.attrs) => Some(item.span().start().line),
        _ => None,
    });
    source
        .text
        .lines()
        .take(end.map_or(usize::MAX, |line| line - 1))
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .count()
}

#[test]
fn nothing_panics_on_what_came_from_a_file() {
    let mut offences = Vec::new();
    for source in sources().iter().filter(|source| !is_test_file(source)) {
        let names = Names::of(&source.syntax);
        for (method, line) in &names.methods {
            if ["unwrap", "expect", "unwrap_err", "expect_err"].contains(&method.as_str()) {
                offences.push(format!("{}:{line}: .{method}()", source.path));
            }
        }
        // `unreachable!` may stand where only a constant of the program is at stake.
        for name in ["panic", "todo", "unimplemented", "assert", "assert_eq"] {
            if names.macros.contains(name) {
                offences.push(format!("{}: {name}!", source.path));
            }
        }
    }
    none(offences);
}

#[test]
fn every_rule_is_explained_by_the_program() {
    let listed = program().arg("explain").output().expect("the program runs");
    let listed = String::from_utf8(listed.stdout).expect("its output is text");
    let mut codes = BTreeSet::new();
    let mut offences = Vec::new();
    for source in sources().iter().filter(|source| !is_test_file(source)) {
        for code in declared_codes(&source.syntax) {
            if !listed.contains(&code) {
                offences.push(format!("{}: {code} is in no registry", source.path));
            }
            if !codes.insert(code.clone()) {
                offences.push(format!("{}: {code} is given twice", source.path));
            }
        }
    }
    assert!(codes.len() > 20, "the rules are found at all: {codes:?}");
    none(offences);
}

#[test]
fn the_readme_names_every_field_that_templates_get() {
    let path = root().join("README.md");
    let readme = fs::read_to_string(&path).expect("the README is readable");
    let (begin, end) = ("<!-- fields -->\n", "<!-- /fields -->");
    let from = readme.find(begin).expect("the table begins") + begin.len();
    let to = readme.find(end).expect("the table ends");
    let rows = bessatsu::publish::pdf::fields()
        .into_iter()
        .map(|(field, meaning)| format!("| `{field}` | {meaning} |\n"));
    let table = format!("| field | what it holds |\n|---|---|\n{}", rows.collect::<String>());
    if std::env::var_os("BESSATSU_BLESS").is_some() {
        let fresh = format!("{}{table}{}", &readme[..from], &readme[to..]);
        fs::write(&path, fresh).expect("the README is writable");
    } else {
        assert_eq!(&readme[from..to], table, "run the test once with BESSATSU_BLESS=1");
    }
}

/// The codes of all rules declared in a file: `code: "K502"` in a `Rule { … }` literal.
fn declared_codes(file: &syn::File) -> Vec<String> {
    struct Codes(Vec<String>);
    impl<'ast> Visit<'ast> for Codes {
        fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
            if !is_test(&item.attrs) {
                visit::visit_item_mod(self, item);
            }
        }
        fn visit_field_value(&mut self, field: &'ast syn::FieldValue) {
            if let syn::Member::Named(name) = &field.member
                && name == "code"
                && let syn::Expr::Lit(literal) = &field.expr
                && let syn::Lit::Str(code) = &literal.lit
            {
                self.0.push(code.value());
            }
        }
    }
    let mut codes = Codes(Vec::new());
    codes.visit_file(file);
    codes.0
}

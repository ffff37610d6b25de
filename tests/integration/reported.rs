//! Small files after faults that the public has reported of spreadsheets and of their readers,
//! each in the place of its department's form in the reference edition.
//!
//! They lie beside the project, in a folder that `BESSATSU_FAULTS` names; where they do not, the
//! test says so and passes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bessatsu::checks::{self, Context};
use bessatsu::diag::Finding;
use bessatsu::edition::{self, Edition};
use bessatsu::intake::{self, Intake, Source, SubmissionCache};
use bessatsu::model::{Annex, KnownIds, Row};
use bessatsu::schema::{Role, Table, keys};

use crate::support::pipeline;
use crate::support::program::{example, reference, root};

/// The file, the number of the department whose form it is, what is found with it, and what it
/// changes in print. Each is what the form of the reference has not; what only that form has is
/// behind a minus.
type Case = (&'static str, usize, &'static [&'static str], &'static [&'static str]);

const CASES: &[Case] = &[
    ("b01/08_水産林政部.xls", 8, &[], &[]),
    ("b02/08_水産林政部.xlsb", 8, &[], &[]),
    ("p02/08_水産林政部.xlsx", 8, &[], &[]),
    ("p04b/08_水産林政部.xlsx", 8, &[], &[]),
    (
        "p08d/08_水産林政部.xlsx",
        8,
        &[
            "F236 様式２ G8 令和7年3月31日",
            "K533 様式２ G8 令和7年3月31日",
            "N407 様式２ G8 令和7年3月31日",
        ],
        &[
            "-サイト閲覧回数 36,218回 [36218] 40,000回（R9） [40000]",
            "サイト閲覧回数 令和7年3月31日 [] 40,000回（R9） [40000]",
        ],
    ),
    ("p10/08_水産林政部.xlsx", 8, &["F243 様式１ K8 画像"], &[]),
    (
        "p11/08_水産林政部.xlsx",
        8,
        &["E601 様式１ F9", "F243 様式１ F9 画像"],
        &["-水温・塩分自動観測ブイの運用 概要（D：デジタルで） ICTを活用した水産…"],
    ),
    ("p15/08_水産林政部.xlsx", 8, &["F206 様式１ A9 水温・塩分自動観測ブイの運用"], &[]),
    ("p18/08_水産林政部.xlsx", 8, &["F240 様式２ G7 0"], &[]),
    (
        "p19/08_水産林政部.xlsx",
        8,
        &[
            "F211 様式１ I8 I8:I12",
            "F242 様式１ I10 林業振興課",
            "F242 様式１ I11 林業振興課",
            "F242 様式１ I12 森林整備課",
            "S702 edition.toml 林業振興課",
            "S702 edition.toml 森林整備課",
        ],
        &[
            "-保安林台帳のデジタル化 担当課室 森林整備課",
            "保安林台帳のデジタル化 担当課室 水産業基盤整備課",
            "-宮城県森林情報提供システムの運用 担当課室 林業振興課",
            "宮城県森林情報提供システムの運用 担当課室 水産業基盤整備課",
            "-森林クラウドシステムの運用 担当課室 林業振興課",
            "森林クラウドシステムの運用 担当課室 水産業基盤整備課",
        ],
    ),
    (
        "p20/08_水産林政部.xlsx",
        8,
        &["F208 様式１ F9 ICTを活用した水産…", "F240 様式１ F10 地域森林計画の対象と…"],
        &[],
    ),
    ("p23/08_水産林政部.xlsx", 8, &["F231 様式１ A13 集計"], &[]),
    ("q08/08_水産林政部.xlsx", 8, &[], &[]),
    ("r01/08_水産林政部.xlsx", 8, &[], &[]),
    (
        "r03/08_水産林政部.xls",
        8,
        &["N410 様式２ H7 3（R9）"],
        &[
            "-スマート化取組地区数 0 [0] 3（R9） [3]",
            "スマート化取組地区数 48.5% [48.5] 3（R9） [3]",
        ],
    ),
    ("readers/E7_shared_index_whitespace.xlsx", 1, &[], &[]),
    ("readers/biff8_codepage932.xls", 11, &[], &[]),
    ("readers/dimension_A_K.xlsx", 1, &[], &[]),
    (
        "readers/ezodf_no_textp_01.ods",
        1,
        &[
            "K515 様式２ G13 0.874",
            "K515 様式２ G9 0.8",
            "N410 様式２ G13 0.874",
            "N410 様式２ G7 974",
            "N410 様式２ G9 0.8",
        ],
        &[
            "DX関連の研修受講者… 974 [974] 500人(R9) [500]",
            "-DX関連の研修受講者… 974人 [974] 500人(R9) [500]",
            "法人事業税・県民税等… 0.8 [0.8] 85% (R9) [85]",
            "-法人事業税・県民税等… 80% [80] 85% (R9) [85]",
            "電子決裁率（%） 0.874 [0.874] 92.0% (R9) [92]",
            "-電子決裁率（%） 87.4% [87.4] 92.0% (R9) [92]",
        ],
    ),
    ("readers/macro_sheet.xlsx", 1, &["F109"], &[]),
    (
        "readers/ods_content_cut_95pct.ods",
        1,
        &[
            "F103 content.xm…",
            "-F231 様式１ A29 ※行が不足する場合は…",
            "-K510 様式２ H7 500人(R9)",
            "-N405 様式１ F22",
        ],
        &["nothing"],
    ),
    ("readers/ruby_spreadsheet_11.xls", 11, &[], &[]),
    ("readers/sheet_without_relation.xlsx", 1, &[], &[]),
    (
        "readers/styles_missing.xlsx",
        1,
        &[
            "F219 様式２ D10 1",
            "F219 様式２ D11 2",
            "F219 様式２ D12 3",
            "F219 様式２ D13 4",
            "F219 様式２ D7 1",
            "F219 様式２ D8 1",
            "F219 様式２ D9 2",
            "F219 様式２ G13 0.874",
            "F219 様式２ G7 974",
            "F219 様式２ G9 0.8",
            "F264 様式１ 書式の一覧",
            "F264 様式２ 書式の一覧",
            "K515 様式２ G13 0.874",
            "K515 様式２ G9 0.8",
            "N410 様式２ G13 0.874",
            "N410 様式２ G7 974",
            "N410 様式２ G9 0.8",
        ],
        &[
            "DX関連の研修受講者… 974 [974] 500人(R9) [500]",
            "-DX関連の研修受講者… 974人 [974] 500人(R9) [500]",
            "法人事業税・県民税等… 0.8 [0.8] 85% (R9) [85]",
            "-法人事業税・県民税等… 80% [80] 85% (R9) [85]",
            "電子決裁率（%） 0.874 [0.874] 92.0% (R9) [92]",
            "-電子決裁率（%） 87.4% [87.4] 92.0% (R9) [92]",
        ],
    ),
    ("s01/08_水産林政部.ods", 8, &[], &[]),
    ("s02/08_水産林政部.ods", 8, &["F209 様式１ F12 ここは要確認"], &[]),
    ("s03/08_水産林政部.ods", 8, &[], &[]),
    ("s09/08_水産林政部.ods", 8, &["F208 様式１ F12 紙で管理している保安…"], &[]),
    (
        "t02/08_水産林政部.xlsx",
        8,
        &["K531 様式２ G16 (5.2%)", "N405 様式２ G10"],
        &[
            "負の値の試験指標丁 ‐5.2% [-5.2] 0%（R9） [0]",
            "負の値の試験指標丙 ー5.2% [-5.2] 0%（R9） [0]",
            "負の値の試験指標乙 -5.2% [-5.2] 0%（R9） [0]",
            "負の値の試験指標己 ▲5.2% [-5.2] 0%（R9） [0]",
            "負の値の試験指標庚 △5.2% [-5.2] 0%（R9） [0]",
            "負の値の試験指標戊 –5.2% [-5.2] 0%（R9） [0]",
            "負の値の試験指標甲 −5.2% [-5.2] 0%（R9） [0]",
            "負の値の試験指標辛 (5.2%) [-5.2] 0%（R9） [0]",
        ],
    ),
    (
        "t07/08_水産林政部.xlsx",
        8,
        &[
            "K533 様式２ G13 1/4",
            "K533 様式２ H13 1/3（R9）",
            "K533 様式２ H18 ゼロ（R9）",
            "K533 様式２ H19 増加（R9）",
            "K533 様式２ H20 維持（R9）",
            "K533 様式２ H9 10～20件（R9）",
            "N405 様式２ G22",
            "N405 様式２ H22",
        ],
        &[
            "値の試験指標丁 60% [60] 50%未満（R9） [50]",
            "値の試験指標丑 120件 [120] 維持（R9） []",
            "値の試験指標丙 90% [90] 100%以上（R9） [100]",
            "値の試験指標乙 900人 [900] 約1,000人（R9） [1000]",
            "値の試験指標卯 3人／年 [3] 5人／年（R9） [5]",
            "値の試験指標壬 1億円 [100000000] 1億2,000万円（R9） [120000000]",
            "値の試験指標子 120件 [120] 増加（R9） []",
            "値の試験指標寅 0.5 [0.5] 0.8（R9） [0.8]",
            "値の試験指標己 2.1倍 [2.1] 2.5倍（R9） [2.5]",
            "値の試験指標庚 前年度比102% [102] 前年度比105%（R9） [105]",
            "値の試験指標戊 1/4 [] 1/3（R9） []",
            "値の試験指標甲 8件 [8] 10～20件（R9） []",
            "値の試験指標癸 3件 [3] ゼロ（R9） []",
            "値の試験指標辛 延べ2万人 [20000] 延べ3万人（R9） [30000]",
        ],
    ),
    (
        "t11/08_水産林政部.xlsx",
        8,
        &["E630 様式１ F8 令和\u{3000}年"],
        &[
            "宮城県総合水産行政情報システム 概要（D：デジタルで） 令和\u{3000}年\u{3000}月に更新する。",
            "-宮城県総合水産行政情報システム 概要（D：デジタルで） 本県の漁業生産状況や…",
        ],
    ),
    ("v01/08_水産林政部.xlsx", 8, &["F209 様式１ B9 楕円"], &[]),
    ("v02/08_水産林政部.xlsx", 8, &["F209 様式１ F9 四角形"], &[]),
    (
        "v03/08_水産林政部.xlsx",
        8,
        &["F209 様式１ K10 チェックボックス「要…", "F209 様式１ K9 チェックボックス「掲…"],
        &[],
    ),
    ("w08/line.ods", 8, &["F209 様式１ A10 バツ印", "F209 様式１ A9 線"], &[]),
    ("w08/line.xls", 8, &["F209 様式１ A10 図形", "F209 様式１ A9 線"], &[]),
    ("w08/line.xlsx", 8, &["F209 様式１ A10 バツ印", "F209 様式１ A9 線"], &[]),
    ("w08/pic.ods", 8, &["F209 様式１ F9 画像"], &[]),
    ("w08/pic.xls", 8, &["F209 様式１ F9 画像"], &[]),
    ("w08/pic.xlsx", 8, &["F209 様式１ F9 画像"], &[]),
    ("w08/rect.ods", 8, &["F209 様式１ F9 四角形"], &[]),
    ("w08/rect.xls", 8, &["F209 様式１ F9 四角形"], &[]),
    ("w08/rect.xlsx", 8, &["F209 様式１ F9 四角形"], &[]),
    ("w08/ring.ods", 8, &["F209 様式１ B9 楕円"], &[]),
    ("w08/ring.xls", 8, &["F209 様式１ B9 図形"], &[]),
    ("w08/ring.xlsx", 8, &["F209 様式１ B9 楕円"], &[]),
];

/// The folder of the files, if it is at hand.
fn reported() -> Option<PathBuf> {
    let near = root().join("../shared/faults");
    let folder = std::env::var_os("BESSATSU_FAULTS").map_or(near, PathBuf::from);
    if folder.join("README.md").is_file() {
        return Some(folder);
    }
    eprintln!("SKIPPED: no reported faults at {} (set BESSATSU_FAULTS)", folder.display());
    None
}

/// The files of the folder, by their names in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("the folder of the faults") {
        let case = entry.expect("an entry").path();
        if !case.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&case).expect("a case") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "json") {
                continue;
            }
            let name = path.strip_prefix(folder).expect("below the folder");
            let name = name.display().to_string().replace('\\', "/");
            files.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
    files
}

/// The reference edition, in which one form after another gives way to another file.
struct Reference {
    edition: Edition,
    sources: Vec<Source>,
    cache: SubmissionCache,
}

/// The words of a line, each of them whole.
type Line = Vec<String>;

/// What the program makes of a set of submissions: what is found, and what is printed.
struct Made {
    found: Vec<Line>,
    printed: Vec<Line>,
}

impl Reference {
    fn open(submissions: &Path) -> Self {
        let settings = std::fs::read_to_string(example().join("edition.toml")).expect("settings");
        let edition = edition::parse("edition.toml", &settings).0.expect("sound settings");
        Self { edition, sources: pipeline::folder(submissions), cache: SubmissionCache::default() }
    }

    fn make(&mut self, sources: Vec<Source>, department: usize) -> Made {
        let ids = KnownIds { previous: None, kept: &[] };
        let own = sources[department].name.clone();
        let intake = intake::run_with(&mut self.cache, &self.edition, ids, sources);
        let department = &self.edition.departments[department].name;
        Made {
            found: found(&self.edition, &intake, &own),
            printed: printed(&intake.annex, department),
        }
    }

    /// What is made with a file in the place of a department's form.
    fn with(&mut self, department: usize, name: &str, bytes: Vec<u8>) -> Made {
        let own = self.sources[department].name.clone();
        let (stem, _) = own.rsplit_once('.').expect("an extension");
        let (_, extension) = name.rsplit_once('.').expect("an extension");
        let name = format!("{stem}.{extension}");
        let mut sources = self.sources.clone();
        sources[department] = pipeline::source(&name, bytes);
        self.make(sources, department)
    }
}

/// Code, sheet, cell and what stands there; the file where it is not the one that is tried.
fn found(edition: &Edition, intake: &Intake, own: &str) -> Vec<Line> {
    let receipts = intake.receipts.as_slice();
    let context = Context::new(edition, &intake.annex, receipts, None, &|_| true);
    let line = |finding: &Finding| {
        let place = &finding.place;
        let mut words = vec![finding.rule.code.to_owned()];
        if *place.file != *own {
            words.push(place.file.to_string());
        }
        let sheet = place.sheet.as_deref().unwrap_or_default();
        words.push(sheet.chars().take("様式１".chars().count()).collect());
        words.extend(place.cell.map(|cell| cell.to_string()));
        words.push(finding.found.clone());
        words
    };
    checks::run(&context).iter().map(line).collect()
}

/// What is printed of a department's own entries, but for their ids, which depend on all others:
/// of a measure a line a column, of a KPI one line with the numbers that its values are.
fn printed(annex: &Annex, department: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    for measure in annex.measures.iter().filter(|m| m.submitted_by == department) {
        let columns = annex.schema.columns(Table::Measures).iter();
        for column in columns.filter(|column| column.role != Role::Id) {
            let text = measure.text(column).into_owned();
            if !text.is_empty() {
                lines.push(vec![measure.name.value.clone(), column.label.clone(), text]);
            }
        }
    }
    for kpi in annex.kpis.iter().filter(|kpi| kpi.submitted_by == department) {
        let mut line = vec![kpi.name.value.clone()];
        for key in [keys::CURRENT, keys::TARGET] {
            let figure = &kpi.figure(key).value;
            let numbers = figure.readings.iter().filter_map(|reading| reading.number);
            let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
            line.extend([figure.printed.clone(), format!("[{}]", numbers.join(" "))]);
        }
        lines.push(line);
    }
    lines
}

/// The lines that the first has more of, and behind a minus those that the second has more of,
/// each text by its begin.
fn difference(with: &[Line], without: &[Line]) -> Vec<String> {
    let mut counts: BTreeMap<&Line, i32> = BTreeMap::new();
    with.iter().for_each(|line| *counts.entry(line).or_default() += 1);
    without.iter().for_each(|line| *counts.entry(line).or_default() -= 1);
    let told = |(line, count): (&Line, i32)| {
        let words = line.iter().filter(|word| !word.is_empty()).map(|word| begin(word));
        let sign = if count < 0 { "-" } else { "" };
        let line = format!("{sign}{}", words.collect::<Vec<_>>().join(" "));
        vec![line; count.unsigned_abs() as usize]
    };
    counts.into_iter().flat_map(told).collect()
}

/// The begin of a text that is longer than it need be to be known.
fn begin(text: &str) -> String {
    const MOST: usize = 16;
    const LEFT: usize = 10;
    let text = text.replace('\n', "/");
    if text.chars().count() <= MOST {
        return text;
    }
    text.chars().take(LEFT).chain(['…']).collect()
}

#[test]
fn every_reported_fault_is_read_or_told_as_it_ought_to_be() {
    let (Some(folder), Some(reference)) = (reported(), reference()) else { return };
    let mut reference = Reference::open(&reference.join("submissions"));
    let mut files = files(&folder);
    // What is made of the forms alone, by the department that is looked at.
    let mut forms: BTreeMap<usize, Made> = BTreeMap::new();
    let mut wrong = String::new();
    for (name, department, found, printed) in CASES {
        let Some(bytes) = files.remove(*name) else {
            wrong += &format!("{name}: not there\n");
            continue;
        };
        let department = department.checked_sub(1).expect("departments are counted from 1");
        let without = forms
            .entry(department)
            .or_insert_with(|| reference.make(reference.sources.clone(), department));
        let with = reference.with(department, name, bytes);
        let told = difference(&with.found, &without.found);
        let mut changed = difference(&with.printed, &without.printed);
        if with.printed.is_empty() {
            changed = vec!["nothing".to_owned()];
        }
        if told != *found || changed != *printed {
            let number = department + 1;
            wrong += &format!("    ({name:?}, {number}, &{told:#?}, &{changed:#?}),\n");
        }
    }
    for name in files.into_keys() {
        wrong += &format!("{name}: not in the table\n");
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

//! The columns of the standard edition (みやぎDX推進ポリシー 別冊), in the form's order, in the words
//! of an edition.

use std::collections::BTreeSet;

use super::{Column, FigureRole, Kind, Levels, NextYear, Paper, Role, Table, Widths, Words, keys};

/// Where a column stands that is data of the entry but no text of the annex.
const BEHIND: &[Paper] = &[Paper::Form, Paper::Workbook, Paper::Data, Paper::Diff];

/// Those of the measures; the places of entries are called as the levels are.
pub(super) fn measures(words: &Words, levels: &Levels) -> Vec<Column> {
    let word = levels.place_word(Table::Measures);
    let measure = &words.measure;
    let columns = vec![
        Column {
            sample: "-001".into(),
            ..id(joined(measure, "ID"), vec![format!("{measure}番号"), "ID".into()])
        },
        status(),
        Column { widths: widths(17.0, 14.0), ..place(word) },
        Column {
            guide:
                "ふだんは空欄にします。空欄なら、部局と課室の順、次にこの様式の行の順に掲載します。"
                    .into(),
            ..order(word)
        },
        measure_name(words),
        overview(words),
        purpose(words),
        department(),
        section(),
        reposts(words, word),
        note(),
    ];
    with_places(columns, levels, Table::Measures)
}

/// Those of the KPIs.
pub(super) fn kpis(words: &Words, levels: &Levels) -> Vec<Column> {
    let word = levels.place_word(Table::Kpis);
    let kpi = &words.kpi;
    let mut synonyms = list(&["ID", "指標ID"]);
    synonyms.insert(0, format!("{kpi}番号"));
    let columns = vec![
        Column { sample: "-K01".into(), ..id(joined(kpi, "ID"), synonyms) },
        status(),
        Column { widths: widths(21.0, 13.0), ..place(word) },
        Column {
            guide: format!(
                "{word}の中での順番です。事務局が整えますので、新しい行は空欄で構いません。"
            ),
            ..order(word)
        },
        kpi_name(words),
        measures_of_kpi(words),
        current(),
        target(),
        note(),
    ];
    with_places(alone(columns, levels), levels, Table::Kpis)
}

/// The columns of KPIs that stand without measures, if the edition has none.
fn alone(mut columns: Vec<Column>, levels: &Levels) -> Vec<Column> {
    let of_measures = columns.iter_mut().find(|column| column.role == Role::Measures);
    if let Some(column) = of_measures.filter(|_| !levels.have(Table::Measures)) {
        column.papers.clear();
        (column.required, column.filled) = (false, false);
    }
    columns
}

/// The columns with one for each further level that the form asks for, before that of the place;
/// that one is required only where no upper level may hold the entry.
fn with_places(mut columns: Vec<Column>, levels: &Levels, table: Table) -> Vec<Column> {
    let depths = levels.columns(table);
    let upper = depths.split_last().map_or(&[][..], |(_, upper)| upper);
    let may_be_blank = upper.iter().any(|&depth| levels.hold(depth, table));
    let Some(at) = columns.iter().position(|column| column.role == Role::Place) else {
        return columns;
    };
    if let Some(place) = columns.get_mut(at).filter(|_| may_be_blank) {
        (place.required, place.filled) = (false, false);
    }
    let above = upper.iter().filter_map(|&depth| above(levels, depth, table)).collect::<Vec<_>>();
    columns.splice(at..at, above);
    columns
}

fn measure_name(words: &Words) -> Column {
    let Words { measure, measures, .. } = words;
    let mut synonyms = vec![measure.clone(), measures.clone(), format!("{measures}名")];
    synonyms.extend(["事業名".into(), format!("{measure}名称")]);
    let label = format!("{measure}名");
    synonyms.retain(unless_repeated(&label));
    Column {
        synonyms,
        role: Role::Name,
        required: true,
        filled: true,
        longest: Some(60),
        widths: widths(24.0, 24.0),
        guide: "{measure}や事業の名称です。「{repost}」は付けません。".into(),
        sample: "○○手続のオンライン化".into(),
        ..Column::new(keys::NAME, &label)
    }
}

fn overview(words: &Words) -> Column {
    let measure = &words.measure;
    Column {
        short: Some("概要".into()),
        synonyms: vec![
            "概要".into(),
            format!("{measure}の概要"),
            "D：デジタルで".into(),
            "概要(D)".into(),
        ],
        required: true,
        filled: true,
        longest: Some(600),
        widths: widths(42.0, 48.0),
        guide: "何を、どのようなデジタル技術で行うのかを書きます。".into(),
        sample: "○○の申請を、スマートフォンやパソコンからいつでもできるようにする。".into(),
        ..Column::new(keys::OVERVIEW, "概要（D：デジタルで）")
    }
}

fn purpose(words: &Words) -> Column {
    let measure = &words.measure;
    Column {
        short: Some("目的".into()),
        synonyms: vec![
            "目的".into(),
            format!("{measure}の目的"),
            "X：目指す姿".into(),
            "目的(X)".into(),
        ],
        required: true,
        filled: true,
        longest: Some(600),
        widths: widths(42.0, 40.0),
        guide: "{measure}によって目指す姿を書きます。".into(),
        sample: "窓口へ出向く手間をなくし、申請する人の利便性を高める。".into(),
        ..Column::new(keys::PURPOSE, "目的（X：目指す姿）")
    }
}

fn department() -> Column {
    Column {
        synonyms: list(&["部局", "部局名", "所管部局"]),
        role: Role::Department,
        kind: Kind::Choice,
        filled: true,
        widths: widths(13.0, 14.0),
        guide: "一覧から選びます。".into(),
        prompt: "一覧から選んでください。選ぶと、その部局の課室が右の欄の一覧に出ます。".into(),
        alert:
            "一覧にない部局です。このまま使うときは「はい」を押し、{measures.note}に理由を記入してください。"
                .into(),
        ..Column::new(keys::DEPARTMENT, "担当部局")
    }
}

fn section() -> Column {
    Column {
        synonyms: list(&["課室", "課室名", "担当課", "所管課室", "担当課(室)"]),
        role: Role::Section,
        required: true,
        filled: true,
        widths: widths(15.0, 16.0),
        guide: "{measures.department}を選ぶと、その課室が一覧に出ます。".into(),
        prompt: "先に{measures.department}を選ぶと、その課室が一覧に出ます。".into(),
        alert: "この部局の一覧にない課室です。組織改編などでこのまま使うときは「はい」を押し、{measures.note}に理由を記入してください。"
            .into(),
        ..Column::new(keys::SECTION, "担当課室")
    }
}

fn reposts(words: &Words, place: &str) -> Column {
    let reposted = words.reposted();
    Column {
        synonyms: vec![
            reposted.to_owned(),
            format!("{reposted}先"),
            format!("{reposted}先{place}"),
        ],
        role: Role::Reposts,
        kind: Kind::List,
        papers: papers(BEHIND),
        widths: widths(17.0, 14.0),
        guide: format!("ほかの{place}にも載せるときだけ、その{place}を1行に1つずつ書きます。"),
        prompt: format!(
            "ほかの{place}にも載せるときに選んでください。2つ以上あるときは、選んだ後にF2キーを押し、Alt+Enterで改行して続けて記入してください。"
        ),
        ..Column::new(keys::REPOSTS, &format!("{reposted}{place}"))
    }
}

fn kpi_name(words: &Words) -> Column {
    let Words { kpi, kpis, .. } = words;
    let mut synonyms = vec![kpi.clone(), format!("{kpi}名")];
    synonyms.extend(list(&["指標", "指標名"]));
    if *kpi == Words::default().kpi {
        synonyms.push("重要業績評価指標".into());
    }
    synonyms.push(words.in_full(Table::Kpis).to_owned());
    synonyms.retain(unless_repeated(kpis));
    Column {
        synonyms,
        role: Role::Name,
        required: true,
        filled: true,
        longest: Some(120),
        widths: widths(46.0, 34.0),
        guide: "指標の名称と単位です。2つ以上を組み合わせるときは、①②を付けて1行に1つずつ（Alt+Enterで改行）書きます。".into(),
        sample: "○○手続のオンライン利用率（%）".into(),
        ..Column::new(keys::NAME, kpis)
    }
}

fn measures_of_kpi(words: &Words) -> Column {
    let measure = &words.measure;
    let label = format!("対象{measure}");
    let mut synonyms =
        vec![format!("対象{measure}名"), "対象事業".into(), format!("関連{measure}")];
    synonyms.retain(unless_repeated(&label));
    Column {
        synonyms,
        role: Role::Measures,
        kind: Kind::List,
        required: true,
        filled: true,
        widths: widths(38.0, 24.0),
        guide: "この指標で測る{measure}の名称を、1行に1つずつ書きます。".into(),
        prompt: "{measures-form}の{measures.name}から選んでください。2つ以上あるときは、選んだ後にF2キーを押し、Alt+Enterで改行して続けて記入してください。".into(),
        ..Column::new(keys::MEASURES, &label)
    }
}

fn current() -> Column {
    Column {
        synonyms: list(&["現状", "現況値", "実績値"]),
        next_year: NextYear::Reference,
        guide: "単位を付けて書きます。時点が基準日と異なるときは（R5）（R6.12月末）のように添えます。数値がないときは「未測定」「R7から実施」のように理由を書きます。①②のある{kpi}は、値にも①②を付けます。".into(),
        prompt: "単位を付けて記入してください（例：1,551人、69.0%）。時点が基準日と異なるときは（R5）のように添え、数値がないときは「未測定」などと理由を記入してください。".into(),
        sample: "48.0%".into(),
        ..figure(keys::CURRENT, "現状値", FigureRole::Actual)
    }
}

fn target() -> Column {
    Column {
        synonyms: list(&["目標"]),
        guide: "{kpis.current}と同じ単位で書き、目標とする年度を（R9）のように添えます。".into(),
        prompt: "{kpis.current}と同じ単位で記入し、目標とする年度を（R9）のように添えてください。"
            .into(),
        sample: "80%".into(),
        ..figure(keys::TARGET, "目標値", FigureRole::Target)
    }
}

fn id(label: String, mut synonyms: Vec<String>) -> Column {
    synonyms.retain(unless_repeated(&label));
    Column {
        synonyms,
        role: Role::Id,
        papers: papers(&[Paper::Form, Paper::Workbook, Paper::Web, Paper::Data]),
        widths: widths(9.0, 9.0),
        guide: "事務局が付けます。新しい行は空欄のままにしてください。".into(),
        ..Column::new(keys::ID, &label)
    }
}

fn status() -> Column {
    Column {
        synonyms: list(&["継続・新規", "新規・継続"]),
        role: Role::Status,
        kind: Kind::Choice,
        filled: true,
        papers: papers(BEHIND),
        widths: widths(7.0, 6.0),
        guide: "「継続」「新規」「変更」「廃止」から選びます。".into(),
        prompt: "継続：前の版から続くもの\n新規：この版で加えるもの\n変更：続くもののうち、内容を改めたもの\n廃止：この版で取りやめるもの（行は消さないでください）".into(),
        alert: "「継続」「新規」「変更」「廃止」のどれかを一覧から選んでください。".into(),
        ..Column::new(keys::STATUS, "区分")
    }
}

fn place(word: &str) -> Column {
    Column {
        synonyms: vec![format!("{word}名"), format!("掲載{word}")],
        role: Role::Place,
        kind: Kind::Choice,
        required: true,
        filled: true,
        papers: papers(BEHIND),
        guide: format!("掲載する{word}を一覧から選びます。"),
        prompt: format!("掲載する{word}を一覧から選んでください。"),
        alert: format!(
            "{word}は一覧から選んでください。ほかの{word}にも載せるときは「{{measures.reposts}}」に記入してください。"
        ),
        ..Column::new(keys::CATEGORY, word)
    }
}

/// The column of a level above the place of an entry; `None` where there is no such level.
fn above(levels: &Levels, depth: usize, table: Table) -> Option<Column> {
    let key = keys::ABOVE.get(depth.checked_sub(1)?)?;
    let word = levels.word(depth);
    // Where the entry may stand under it, it may be all that is filled in.
    let is_place = levels.hold(depth, table);
    Some(Column {
        synonyms: vec![format!("{word}名"), format!("掲載{word}")],
        role: Role::Above { level: u8::try_from(depth).ok()? },
        kind: Kind::Choice,
        required: is_place,
        filled: is_place,
        papers: papers(&[Paper::Form, Paper::Workbook]),
        widths: widths(17.0, 14.0),
        guide: format!("掲載する{word}を一覧から選びます。"),
        prompt: format!("掲載する{word}を一覧から選んでください。"),
        alert: format!("{word}は一覧から選んでください。"),
        ..Column::new(key, word)
    })
}

fn order(word: &str) -> Column {
    Column {
        synonyms: list(&["並び順", "順番"]),
        role: Role::Order,
        kind: Kind::Number,
        papers: papers(BEHIND),
        widths: widths(7.0, 7.0),
        prompt: format!(
            "記入済みの数はそのままに、新しい行は空欄のままにしてください。{word}の中で順番を指定したいときだけ、1、2、3…と記入してください。"
        ),
        alert: "0より大きい数を半角で記入してください。".into(),
        ..Column::new(keys::ORDER, "掲載順")
    }
}

fn figure(key: &str, label: &str, role: FigureRole) -> Column {
    Column {
        role: Role::Figure { role, year: None },
        kind: Kind::Amount,
        required: true,
        filled: true,
        longest: Some(60),
        widths: widths(22.0, 17.0),
        ..Column::new(key, label)
    }
}

fn note() -> Column {
    Column {
        synonyms: list(&["摘要", "特記事項"]),
        role: Role::Note,
        papers: papers(&[Paper::Form, Paper::Workbook, Paper::Diff]),
        widths: widths(14.0, 12.0),
        next_year: NextYear::Clear,
        guide: "事務局への連絡です。別冊には載りません。".into(),
        ..Column::new(keys::NOTE, "備考")
    }
}

/// Keeps a synonym that neither is the label nor came before.
fn unless_repeated(label: &str) -> impl FnMut(&String) -> bool {
    let mut seen = BTreeSet::from([label.to_owned()]);
    move |synonym| seen.insert(synonym.clone())
}

/// Two words as one, with a space between letters that would run together: 施策ID, KPI ID.
fn joined(word: &str, behind: &str) -> String {
    let gap = if word.ends_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
    format!("{word}{gap}{behind}")
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn papers(papers: &[Paper]) -> BTreeSet<Paper> {
    papers.iter().copied().collect()
}

fn widths(form: f64, workbook: f64) -> Widths {
    Widths { form: Some(form), workbook: Some(workbook), annex: None }
}

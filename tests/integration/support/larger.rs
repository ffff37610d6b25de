//! Larger editions: the example edition many times over, to measure how the cost grows.
//!
//! The first copy is the example itself. Every further copy has all its entries again with other
//! names and other words, as long as the original's, so that an edition of *n* copies has *n*
//! times the listings of the example, on *n* times the pages. Up to ten copies go into the forms
//! of the same departments; after that, the departments of a further regional office fill in
//! forms of their own. So both grow, the forms and their number, and neither beyond what is
//! likely. The plan (pillars and categories) is the same at every size.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use bessatsu::diag::{CellRef, Place};
use bessatsu::edition::{self, Edition};
use bessatsu::model::{Annex, Id, Kpi, Sourced};

use super::example;
use bessatsu::schema::keys;

/// As many copies share the departments of one office.
const COPIES_AN_OFFICE: usize = 10;
/// What stands before the names of departments: nothing for the first office.
const OFFICES: [&str; 10] =
    ["", "大河原", "仙台", "北部", "栗原", "東部", "登米", "気仙沼", "石巻", "白石"];

/// Words that may take each other's place. The words of a list are of one length, so that every
/// copy fills the same lines.
const WORDS: [&[&str]; 4] = [
    &[
        "情報", "技術", "職員", "業務", "地域", "施設", "機器", "研修", "手続", "知識", "事業",
        "産業", "人材", "事務", "環境", "企業", "県民", "計画", "費用", "課題", "時間", "機関",
        "災害", "学校", "観光", "医療", "教育", "健康", "住民",
    ],
    &[
        "支援", "管理", "活用", "推進", "運用", "相談", "共有", "公開", "開発", "確保", "利用",
        "提供", "整備", "導入", "実施", "連携", "向上", "強化", "改善", "周知", "運営", "充実",
        "調査", "分析", "対応", "配信", "育成", "促進", "普及",
    ],
    &["システム", "サービス", "デジタル", "サイバー", "クラウド", "センター", "ポイント"],
    &["オンライン", "スマート化", "ペーパレス", "データ連携", "ネット活用"],
];

/// The four parts of a new name. Any two names differ in two parts at least, because the last
/// part follows from the others: so none looks like a slip of the pen for another.
const PLACES: [&str; PARTS] = [
    "石巻市",
    "塩竈市",
    "気仙沼市",
    "白石市",
    "名取市",
    "角田市",
    "多賀城市",
    "岩沼市",
    "登米市",
    "栗原市",
    "東松島市",
    "大崎市",
    "富谷市",
    "蔵王町",
    "七ヶ宿町",
    "大河原町",
    "村田町",
    "柴田町",
    "川崎町",
    "丸森町",
    "亘理町",
    "山元町",
    "松島町",
    "七ヶ浜町",
    "利府町",
    "大和町",
    "大郷町",
    "色麻町",
    "加美町",
];
const TOPICS: [&str; PARTS] = [
    "防災",
    "観光",
    "子育て",
    "介護",
    "水産",
    "園芸",
    "畜産",
    "森林",
    "河川",
    "道路",
    "下水道",
    "住宅",
    "図書館",
    "博物館",
    "税務",
    "契約",
    "広報",
    "統計",
    "交通",
    "移住",
    "雇用",
    "商店街",
    "輸出",
    "環境",
    "廃棄物",
    "救急",
    "学力",
    "防犯",
    "文化財",
];
const TOOLS: [&str; PARTS] = [
    "チャットボット",
    "オープンデータ",
    "電子申請",
    "電子契約",
    "地図情報",
    "台帳",
    "予約受付",
    "キャッシュレス決済",
    "遠隔相談",
    "画像診断",
    "センサー",
    "ドローン",
    "ダッシュボード",
    "メール配信",
    "動画教材",
    "生成AI",
    "RPA",
    "議事録作成",
    "会議室予約",
    "在庫管理",
    "健康記録",
    "回覧板",
    "アンケート",
    "点検記録",
    "通報アプリ",
    "ポイント",
    "見守り端末",
    "翻訳端末",
    "文書検索",
];
const ACTIONS: [&str; PARTS] = [
    "導入",
    "運用",
    "高度化推進事業",
    "普及啓発",
    "実証実験",
    "共同利用",
    "利活用促進事業",
    "再構築",
    "標準化",
    "人材育成",
    "試行",
    "更新",
    "拡充",
    "一元化",
    "見直し",
    "体制づくり",
    "講習会の開催",
    "相談窓口の設置",
    "外部委託",
    "多言語化",
    "無償提供",
    "安全対策",
    "効果検証",
    "県域展開",
    "民間連携",
    "周知広報",
    "機能強化",
    "広域連携",
    "モデル事業",
];
/// A prime number, so that counting in strides goes through all combinations.
const PARTS: usize = 29;
/// A shorter name goes without its topic.
const SHORT_NAME: usize = 14;

/// An edition with all that its departments would have filled in.
pub struct Larger {
    /// `edition.toml`.
    pub settings: String,
    pub edition: Edition,
    /// As forms are written from it: ids and texts, without owners and order of print.
    pub annex: Annex,
}

impl Larger {
    /// The example so many times over; with 0, the smallest edition that there can be.
    pub fn new(times: usize) -> Self {
        if times == 0 {
            return smallest();
        }
        let base = example::edition();
        let first = example::annex(&base);
        let settings = settings(times.div_ceil(COPIES_AN_OFFICE));
        let mut copies = Copies::new(&first);
        let mut annex = first.clone();
        for copy in 1..times {
            copies.add(copy, &base, &first, &mut annex);
        }
        Self { edition: parsed(&settings), settings, annex }
    }

    /// The forms as files: name and bytes.
    pub fn submissions(&self) -> Vec<(String, Vec<u8>)> {
        example::written(&self.edition, &self.annex)
    }
}

/// The settings of the example with the departments of so many offices.
fn settings(offices: usize) -> String {
    let mut text = example_settings();
    let base = example::edition();
    for office in &OFFICES[1..offices] {
        for department in &base.departments {
            write!(text, "\n[[department]]\nname = \"{office}{}\"\n", department.name)
                .expect("a text");
            writeln!(text, "sections = {:?}", department.sections).expect("a text");
        }
        for joint in &base.joints {
            let owners: Vec<String> = joint
                .owners
                .iter()
                .map(|o| {
                    format!(
                        "{{ department = \"{office}{}\", section = {:?} }}",
                        o.department, o.section
                    )
                })
                .collect();
            write!(
                text,
                "\n[[joint]]\ndepartment = \"{office}{}\"\nsection = {:?}\nowners = [{}]\n",
                joint.department,
                joint.section,
                owners.join(", ")
            )
            .expect("a text");
        }
    }
    text
}

fn example_settings() -> String {
    std::fs::read_to_string(example::folder().join("edition.toml")).expect("the settings")
}

fn parsed(settings: &str) -> Edition {
    let (edition, findings) = edition::parse("edition.toml", settings);
    assert!(findings.is_empty(), "{findings:#?}");
    edition.expect("an edition")
}

/// One category, one department, one measure with one KPI: what a build costs before it has
/// anything to do.
fn smallest() -> Larger {
    let base = example::edition();
    let mut annex = example::annex(&base);
    let department = base.departments[0].name.clone();
    let is_own = |name: &str| {
        annex.measures.iter().any(|m| m.name.value == name && m.submitted_by == department)
    };
    let kpi =
        annex.kpis.iter().find(|k| k.measures.len() == 1 && is_own(&k.measures[0].text.value));
    let kpi = kpi.expect("a KPI of the first department").clone();
    annex.measures.retain(|measure| measure.name.value == kpi.measures[0].text.value);
    let category = kpi.category.value.expect("a category");
    for measure in &mut annex.measures {
        measure.category = Sourced::new(Some(category), Place::default());
        measure.reposts.clear();
    }
    annex.kpis = vec![kpi];
    let pillar = base.outline.iter().find(|pillar| category.numbers()[0] == pillar.number);
    let pillar = pillar.expect("the pillar of the settings");
    let own = pillar.headings.iter().find(|own| category.number() == own.number);
    let own = own.expect("the category of the settings");
    let text = example_settings();
    let (front, _) = text.split_once("# ---- 柱と分野 ----").expect("the part before the plan");
    let settings = format!(
        "{front}[[pillar]]\nnumber = {}\ntitle = \"{}\"\n\n[[pillar.category]]\nnumber = {}\n\
         title = \"{}\"\n\n[[department]]\nname = \"{department}\"\nsections = [\"{}\"]\n",
        pillar.number, pillar.title, own.number, own.title, annex.measures[0].section.value
    );
    Larger { edition: parsed(&settings), settings, annex }
}

/// Makes the further copies.
struct Copies {
    /// How many names of measures were made up.
    names: usize,
    /// The names of all KPIs, and the texts of all measures.
    taken: BTreeSet<String>,
    /// Rows of the first copy.
    rows: u32,
}

impl Copies {
    fn new(first: &Annex) -> Self {
        let names = first.kpis.iter().map(|kpi| &kpi.name);
        let texts =
            first.measures.iter().flat_map(|m| [m.value(keys::OVERVIEW), m.value(keys::PURPOSE)]);
        Self {
            names: 0,
            taken: names.chain(texts).map(|text| text.value.clone()).collect(),
            rows: first.measures.len() as u32,
        }
    }

    fn add(&mut self, copy: usize, edition: &Edition, first: &Annex, annex: &mut Annex) {
        let office = OFFICES[copy / COPIES_AN_OFFICE];
        let names: Vec<String> =
            first.measures.iter().map(|m| self.name(m.name.value.chars().count())).collect();
        for (index, (measure, name)) in first.measures.iter().zip(&names).enumerate() {
            let mut dice = Dice::new(copy, index);
            let mut new = measure.clone();
            new.id = Id::measure(edition.id(), annex.measures.len() as u32 + 1);
            new.name.value.clone_from(name);
            new.name.at = self.below(&measure.name.at, copy);
            new.value_mut(keys::OVERVIEW).value =
                self.text(&new.value(keys::OVERVIEW).value, &mut dice);
            new.value_mut(keys::PURPOSE).value =
                self.text(&new.value(keys::PURPOSE).value, &mut dice);
            new.department.value.insert_str(0, office);
            new.submitted_by.insert_str(0, office);
            annex.measures.push(new);
        }
        for (index, kpi) in first.kpis.iter().enumerate() {
            let mut dice = Dice::new(copy, first.measures.len() + index);
            let mut new = kpi.clone();
            new.id = Id::kpi(edition.id(), annex.kpis.len() as u32 + 1);
            new.order = self.order(kpi, copy, first);
            new.name.value = self.text(&kpi.name.value, &mut dice);
            for link in &mut new.measures {
                let meant = first.measures.iter().position(|m| m.name.value == link.text.value);
                link.text.value.clone_from(&names[meant.expect("a measure of the example")]);
            }
            new.submitted_by.insert_str(0, office);
            annex.kpis.push(new);
        }
    }

    /// The next name of a measure, of about so many characters.
    fn name(&mut self, length: usize) -> String {
        // Neighbours get names that have little in common.
        let number = self.names * 7_919 % PARTS.pow(3);
        self.names += 1;
        let (a, b, c) = (number % PARTS, number / PARTS % PARTS, number / PARTS / PARTS);
        let d = (a + b + c) % PARTS;
        if length < SHORT_NAME {
            return format!("{}{}の{}", PLACES[a], TOOLS[c], ACTIONS[d]);
        }
        let mut name = format!("{}{}{}の{}", PLACES[a], TOPICS[b], TOOLS[c], ACTIONS[d]);
        let mut others = (b + 1..).map(|other| TOPICS[other % PARTS]);
        let mut fields = String::new();
        while name.chars().count() + fields.chars().count() + 4 < length {
            let joint = if fields.is_empty() { "" } else { "・" };
            fields = format!("{fields}{joint}{}", others.next().unwrap_or_default());
        }
        if !fields.is_empty() {
            write!(name, "（{fields}）").expect("a text");
        }
        name
    }

    /// The text in other words, unlike all so far.
    fn text(&mut self, text: &str, dice: &mut Dice) -> String {
        for _ in 0..8 {
            let new = reworded(text, dice);
            if self.taken.insert(new.clone()) {
                return new;
            }
        }
        // A text with too few words to change says of which places it speaks.
        let (mark, rest) = text.strip_prefix('①').map_or(("", text), |rest| ("①", rest));
        loop {
            let places = [PLACES[dice.below(PARTS)], PLACES[dice.below(PARTS)]];
            let new = format!("{mark}{}、{rest}", places.join("・"));
            if self.taken.insert(new.clone()) {
                return new;
            }
        }
    }

    /// Its place among the rows of its form, behind those of the copies before.
    fn below(&self, place: &Place, copy: usize) -> Place {
        let row = place.cell.map_or(0, |cell| cell.row);
        let nothing: Arc<str> = "".into();
        Place::cell(&nothing, &nothing, CellRef::new(row + self.rows * copy as u32, 0))
    }

    /// 掲載順 behind the KPIs of the copies before.
    fn order(&self, kpi: &Kpi, copy: usize, first: &Annex) -> Option<Sourced<f64>> {
        let order = kpi.order.as_ref()?;
        let of_category = first.kpis.iter().filter(|k| k.category.value == kpi.category.value);
        let value = order.value + (of_category.count() * copy) as f64;
        Some(Sourced::new(value, Place::default()))
    }
}

/// The text with every word of [`WORDS`] changed for another of its list.
fn reworded(text: &str, dice: &mut Dice) -> String {
    let mut new = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let known = WORDS.iter().find_map(|list| {
            let word = list.iter().position(|word| rest.starts_with(word))?;
            Some((list, word))
        });
        match known {
            Some((list, word)) => {
                new.push_str(list[(word + 1 + dice.below(list.len() - 1)) % list.len()]);
                rest = &rest[list[word].len()..];
            }
            None => {
                new.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    new
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn new(copy: usize, index: usize) -> Self {
        let mut dice = Self((copy as u64) << 32 | index as u64);
        dice.below(1);
        dice
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

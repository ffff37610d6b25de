//! The rules about `corrections.toml`. What is no TOML, and what is no key of it, is told by the
//! rules about the settings.

use crate::diag::{Rule, Severity};

/// Every rule about corrections, sorted by code.
pub static RULES: &[&Rule] = &[
    &UNKNOWN_ENTRY,
    &UNKNOWN_COLUMN,
    &CHANGED,
    &NOT_NEEDED,
    &INCOMPLETE,
    &TWICE,
    &UNKNOWN_HEADING,
];

pub(super) static UNKNOWN_ENTRY: Rule = Rule {
    code: "E670",
    name: "correction-entry-unknown",
    severity: Severity::Error,
    title: "修正するIDが見つからない",
    title_en: "correction of an unknown id",
    what: "corrections.toml の id が、提出された{measure}・{kpi}のIDかを見ます。",
    why: "IDを書き誤ると、修正が当たらないまま印刷に回ります。部局の提出がなくなったときも同じです。",
    mend: "集約ブック（annex.xlsx）のID欄を見て、id を書き直してください。その行がなくなったのであれば、修正を取り除いてください。",
    example: "誤：id = \"R7-12\"\n正：id = \"R7-012\"",
    source: "",
};

pub(super) static UNKNOWN_COLUMN: Rule = Rule {
    code: "E671",
    name: "correction-column-unknown",
    severity: Severity::Error,
    title: "修正する欄が見つからない",
    title_en: "correction of an unknown column",
    what: "corrections.toml の column が、その様式の欄の名前（見出し、短い見出し、キー）かを見ます。[[decision]] の list-again と order は、様式に「{measures.reposts}」「{measures.order}」の欄があるときに使えます。",
    why: "欄の名前を書き誤ると、修正が当たらないまま印刷に回ります。",
    mend: "column を、様式の見出しのとおりに書き直してください。",
    example: "誤：column = \"{measure}の名前\"\n正：column = \"{measures.name}\"",
    source: "",
};

pub(super) static CHANGED: Rule = Rule {
    code: "E672",
    name: "correction-words-changed",
    severity: Severity::Error,
    title: "修正前の記載が、提出された様式と違う",
    title_en: "the old words of a correction are gone",
    what: "corrections.toml の from（修正前の記載）が、提出された様式にそのとおりに書かれているかを見ます。",
    why: "修正した後に部局が別の内容に書き直しています。どちらを載せるか、確かめる必要があります。この修正は当てていません。",
    mend: "部局の新しい記載でよければ、修正を取り除いてください。なお修正するときは、from をいまの記載に、to を載せる記載に書き直してください。",
    example: "from は「来年度の{measure}」だが、様式は「令和8年度の{measure}」になった → from を書き直すか、修正を取り除く",
    source: "",
};

pub(super) static NOT_NEEDED: Rule = Rule {
    code: "E673",
    name: "correction-not-needed",
    severity: Severity::Info,
    title: "修正が要らなくなった",
    title_en: "correction that is not needed any more",
    what: "corrections.toml の修正と同じ内容が、提出された様式にもう書かれていないかを見ます。",
    why: "部局が自分で直したので、修正はもう何も変えません。",
    mend: "その修正を corrections.toml から取り除いて構いません。残しておいても、載る内容は同じです。",
    example: "to は「AI活用の検討」、様式も「AI活用の検討」になった → 修正を取り除く",
    source: "",
};

pub(super) static INCOMPLETE: Rule = Rule {
    code: "E674",
    name: "correction-incomplete",
    severity: Severity::Error,
    title: "修正の内容が足りない",
    title_en: "incomplete correction",
    what: "corrections.toml の修正に理由（reason）があるか、from と to が違うか、名称を空にしていないか、[[decision]] に決めたこと（leave-out、list-again、order）があるかを見ます。",
    why: "理由のない修正は、部局の同意を得られず、後から確かめることもできません。",
    mend: "足りない項目を書き足してください。{measure}や{kpi}を載せないことにするときは、名称を空にせず、[[decision]] に leave-out = true と書いてください。",
    example: "誤：reason = \"\"\n正：reason = \"誤字\"",
    source: "",
};

pub(super) static TWICE: Rule = Rule {
    code: "E675",
    name: "correction-twice",
    severity: Severity::Error,
    title: "同じ欄の修正が2つある",
    title_en: "two corrections of one cell",
    what: "corrections.toml に、同じIDの同じ欄の修正が2つ以上ないかを見ます。[[decision]] の list-again は「{measures.reposts}」、order は「{measures.order}」の修正として数えます。",
    why: "どちらの内容を載せるのか決まりません。",
    mend: "どちらか一方にまとめてください。",
    example: "R7-012 の{measures.name}の [[correction]] が2つある → 1つにする",
    source: "",
};

pub(super) static UNKNOWN_HEADING: Rule = Rule {
    code: "E676",
    name: "correction-heading-unknown",
    severity: Severity::Error,
    title: "{reposted}する{place}が見つからない",
    title_en: "listed again under an unknown heading",
    what: "corrections.toml の list-again が、{measure}を載せられる{place}かを見ます。",
    why: "{place}を書き誤ると、{reposted}されないまま印刷に回ります。",
    mend: "list-again を、様式の選択肢のとおり（番号だけでも構いません）に書き直してください。",
    example: "誤：list-again = [\"9(9)\"]\n正：list-again = [\"2(1)\"]",
    source: "",
};

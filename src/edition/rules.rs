//! The rules about `edition.toml`.

use super::deadlines::{DEADLINE_UNCLEAR, DEADLINE_WRONG};
use crate::diag::{Rule, Severity};

/// Every rule about the settings, sorted by code.
pub static RULES: &[&Rule] = &[
    &DEADLINE_UNCLEAR,
    &DEADLINE_WRONG,
    &SYNTAX,
    &UNKNOWN_KEY,
    &MISSING_KEY,
    &WRONG_VALUE,
    &BEYOND,
    &INVISIBLE,
    &super::identity::RULE,
    &super::named_columns::RULE,
    &super::results::RULE,
    &UNCONFIRMED,
    &BAD_ID,
    &YEARS,
    &EMPTY,
    &NUMBER_TWICE,
    &TITLE_TWICE,
    &DEPARTMENT_TWICE,
    &SECTION_TWICE,
    &JOINT_OWNER,
    &ACCEPT,
    &PAGE_BREAK,
    &LEVELS,
    &HEADINGS,
    &FORMER_NAME,
    &PROGRESS,
    &COLUMN_KEY,
    &COLUMN_LABEL,
    &COLUMN_KIND,
    &COLUMN_NEIGHBOUR,
    &COLUMN_WIDTH,
    &KPI_VALUE,
    &RULE_SETTING,
    &PLACEHOLDER,
    &NOTATION,
];

pub(super) static SYNTAX: Rule = Rule {
    code: "S101",
    name: "settings-syntax",
    severity: Severity::Error,
    title: "設定ファイルの書き方に誤りがある",
    title_en: "the settings are not valid TOML",
    what: "edition.toml が、設定ファイルの書式（TOML）として読めるかを調べます。",
    why: "書式に誤りがあると、題名や部局の一覧など、別冊の作成に必要な設定を1つも読めません。",
    mend: "示された行とその前後を見て、引用符「\"」、等号「=」、コンマ「,」、角括弧「[ ]」が半角で、抜けや余りなく書かれているか確かめてください。",
    example: "誤：title = \"みやぎDX推進ポリシー\n正：title = \"みやぎDX推進ポリシー\"",
    source: "TOML v1.1.0",
};

pub(super) static UNKNOWN_KEY: Rule = Rule {
    code: "S102",
    name: "settings-unknown-key",
    severity: Severity::Error,
    title: "設定に知らない項目がある",
    title_en: "unknown key in the settings",
    what: "edition.toml に、決められた名前以外の項目がないかを調べます。",
    why: "項目名を書き誤ると、その設定は効かず、気付かないまま印刷に回るおそれがあります。",
    mend: "項目名のつづりを直してください。メモを残したいときは、行の先頭に「#」を付けると読み飛ばされます。",
    example: "誤：tilte = \"みやぎDX推進ポリシー\"\n正：title = \"みやぎDX推進ポリシー\"",
    source: "",
};

pub(super) static MISSING_KEY: Rule = Rule {
    code: "S103",
    name: "settings-missing-key",
    severity: Severity::Error,
    title: "設定に必要な項目がない",
    title_en: "required key missing in the settings",
    what: "edition.toml に、別冊の作成に欠かせない項目がそろっているかを調べます。",
    why: "題名、計画期間、部局名などがないと、表紙や見出しが空白のまま印刷されます。",
    mend: "示された表に項目を書き足してください。書かないことにする項目は、空の文字列「\"\"」を書いてください（title、version、issuer は空にできません）。",
    example: "[colophon]\nissued = \"令和7年3月\"\nissuer = \"宮城県情報化政策推進本部\"",
    source: "",
};

pub(super) static WRONG_VALUE: Rule = Rule {
    code: "S104",
    name: "settings-wrong-value",
    severity: Severity::Error,
    title: "設定の値の書き方が違う",
    title_en: "value of the wrong kind in the settings",
    what: "edition.toml の値が、文字列、整数、true／false など、その項目に決められた形で書かれているかを調べます。",
    why: "形が違う値は読めないため、その設定がなかったものとして扱われてしまいます。",
    mend: "指摘に示された形に書き直してください。数は引用符を付けず、半角で書きます。",
    example: "誤：year = \"2025\"\n正：year = 2025",
    source: "",
};

pub(super) static BEYOND: Rule = Rule {
    code: "S105",
    name: "settings-beyond",
    severity: Severity::Error,
    title: "設定の文字又は数が多すぎる",
    title_en: "too long or too many settings",
    what: "edition.toml の1つの値が1万字を超えていないか、1つの表や並びが2,000個を超えていないかを調べます。",
    why: "紙面に収まる長さではなく、別の文章を貼り付けた誤りと考えられます。長すぎる文字は組むのに何分もかかります。",
    mend: "値を短くしてください。長い文章は、[[chapter]] や [[appendix]] の file に置けます。",
    example: "slogan に報告書の全文が貼り付けられている",
    source: "",
};

pub(super) static INVISIBLE: Rule = Rule {
    code: "S106",
    name: "settings-invisible-character",
    severity: Severity::Error,
    title: "設定に目に見えない文字がある",
    title_en: "settings with characters that show nothing",
    what: "edition.toml の文字列に、制御文字、文字の向きを変える記号、幅のない空白など、目に見えない文字がないかを調べます。",
    why: "文字の並びが逆に表示されたり、検索で見つからなかったりします。ほかの文書から貼り付けたときに紛れ込みます。",
    mend: "その値を書き直してください。貼り付けるときは、いったんメモ帳に貼ってから写すと取り除けます。",
    example: "「第1.0版」の前に、文字の向きを変える記号（U+202E）がある",
    source: "Unicode Standard Annex #9",
};

pub(super) static BAD_ID: Rule = Rule {
    code: "S201",
    name: "edition-id-invalid",
    severity: Severity::Error,
    title: "版の略称が半角の英数字でない",
    title_en: "edition id is not ASCII letters and digits",
    what: "[edition] の id が、半角の英字と数字だけで書かれているかを調べます。",
    why: "版の略称は{measures.id}（R7-001）と{kpis.id}（R7-K01）の頭に付きます。記号や全角文字が入ると、IDを照合できなくなります。",
    mend: "「R7」のように、元号の頭文字と年を半角で書いてください。",
    example: "誤：id = \"令和７\"\n正：id = \"R7\"",
    source: "",
};

pub(super) static YEARS: Rule = Rule {
    code: "S202",
    name: "edition-years-reversed",
    severity: Severity::Error,
    title: "計画期間の初年度が最終年度より後になっている",
    title_en: "the plan's first year comes after its last",
    what: "[edition] の first-year（計画期間の初年度）が last-year（最終年度）より後になっていないかを調べます。",
    why: "計画期間は{kpi}の目標年度の点検に使います。逆になっていると、全ての目標年度が期間の外と判定されます。",
    mend: "first-year と last-year を西暦の年度で書き直してください。",
    example: "誤：first-year = 2027、last-year = 2025\n正：first-year = 2025、last-year = 2027",
    source: "",
};

pub(super) static EMPTY: Rule = Rule {
    code: "S203",
    name: "settings-empty-list",
    severity: Severity::Error,
    title: "見出し、部局又は課室が1つもない",
    title_en: "no heading, department or section",
    what: "見出し（[[heading]]、又は [[pillar]] とその [[pillar.category]]）、部局（[[department]]）、部局ごとの課室（sections）が1つ以上あるかを調べます。",
    why: "掲載先や担当の一覧が空だと、提出された{measure}や{kpi}の行き先がなくなります。",
    mend: "不足している一覧を書き足してください。使わない見出しや部局は、その表ごと削除してください。",
    example: "[[department]]\nname = \"総務部\"\nsections = [\"広報課\", \"市町村課\"]",
    source: "",
};

pub(super) static NUMBER_TWICE: Rule = Rule {
    code: "S204",
    name: "category-number-twice",
    severity: Severity::Error,
    title: "見出しの番号が重複している",
    title_en: "number of a heading used twice",
    what: "一番上の階層の見出しの番号と、同じ見出しの下にある見出しの番号に、重複がないかを調べます。",
    why: "番号は、様式やデータで見出しを指し示すために使います。重複すると、{measure}や{kpi}がどの見出しのものか定まりません。",
    mend: "番号を付け直してください。",
    example: "誤：number = 1 の見出しが2つ並んでいる\n正：number = 1、number = 2",
    source: "",
};

pub(super) static TITLE_TWICE: Rule = Rule {
    code: "S205",
    name: "category-title-twice",
    severity: Severity::Error,
    title: "{place}の名称が重複している",
    title_en: "category title used twice",
    what: "異なる{place}に同じ名称が付いていないかを調べます。",
    why: "様式に番号を書かずに名称だけが書かれたとき、どちらの{place}か定まりません。",
    mend: "どちらかの名称を改めてください。",
    example: "誤：1(1) 子育て支援 と 2(1) 子育て支援",
    source: "",
};

pub(super) static DEPARTMENT_TWICE: Rule = Rule {
    code: "S206",
    name: "department-twice",
    severity: Severity::Error,
    title: "部局が2回書かれている",
    title_en: "department given twice",
    what: "[[department]] に同じ名称の部局が2つ以上ないかを調べます。",
    why: "部局の並びは掲載の順を決めます。2回書かれていると順番が定まらず、集計も二重になります。",
    mend: "1つにまとめ、課室の一覧もそこにそろえてください。",
    example: "誤：name = \"総務部\" の [[department]] が2つある",
    source: "",
};

pub(super) static SECTION_TWICE: Rule = Rule {
    code: "S207",
    name: "section-twice",
    severity: Severity::Error,
    title: "課室が2回書かれている",
    title_en: "section given twice",
    what: "1つの部局の sections に同じ名称の課室が2つ以上ないかを調べます。",
    why: "課室の並びは掲載の順を決めます。2回書かれていると順番が定まりません。",
    mend: "余分な方を削除してください。",
    example: "誤：sections = [\"広報課\", \"市町村課\", \"広報課\"]\n正：sections = [\"広報課\", \"市町村課\"]",
    source: "",
};

pub(super) static JOINT_OWNER: Rule = Rule {
    code: "S208",
    name: "joint-owner-unknown",
    severity: Severity::Error,
    title: "共同所管の部局・課室が一覧にない",
    title_en: "owner of a joint measure is unknown",
    what: "共同所管（[[joint]]）の owners が2つ以上あり、その部局と課室が [[department]] の一覧にあるかを調べます。",
    why: "共同所管の{measure}は、owners に書かれた部局それぞれの{measure}として数え、並べます。一覧にないと数にも並びにも入りません。",
    mend: "[[department]] の name と sections に書いたとおりの名称を owners に書いてください。",
    example: "owners = [\n  { department = \"警察本部\", section = \"生活安全部サイバー犯罪対策課\" },\n  { department = \"企画部\", section = \"デジタルみやぎ推進課\" },\n]",
    source: "",
};

pub static ACCEPT: Rule = Rule {
    code: "S209",
    name: "accept-incomplete",
    severity: Severity::Error,
    title: "例外として認める指摘の書き方が足りない",
    title_en: "accepted finding is incomplete",
    what: "例外として認める指摘（[[accept]]）に理由があり、そのコードの指摘があり、セル番地が書かれていればそれが読めるかを調べます。",
    why: "理由がないと、翌年の担当者が例外を続けてよいかどうか判断できません。番地が読めない指定は効きません。",
    mend: "reason に理由を書いてください。cell は「F9」の形で書いてください。",
    example: "[[accept]]\ncode = \"K503\"\nfile = \"01_総務部.xlsx\"\nsheet = \"{kpis-sheet}\"\ntext = \"－\"\nreason = \"{kpis.target}は来年度の計画で定めるため\"",
    source: "",
};

pub(super) static PAGE_BREAK: Rule = Rule {
    code: "S210",
    name: "page-break-invalid",
    severity: Severity::Error,
    title: "改ページの指定が正しくない",
    title_en: "page break is invalid",
    what: "改ページ（[[page-break]]）の{place}が設定にあり、同じ指定が2回書かれていないかを調べます。",
    why: "{place}が違うと改ページされず、仕上がりのページがずれます。",
    mend: "before に{measures.id}又は{kpis.id}を、category に「1(1)」の形で{place}の番号を書いてください。",
    example: "[[page-break]]\nbefore = \"R7-012\"\ncategory = \"1(2)\"",
    source: "",
};

pub(super) static PROGRESS: Rule = Rule {
    code: "S215",
    name: "progress-settings-invalid",
    severity: Severity::Error,
    title: "{kpi}の進み具合の設定が正しくない",
    title_en: "settings of the KPIs over the years are invalid",
    what: "{kpi}の進み具合の判定（[[progress.band]]）の名称が重ならず、境の値 from が上の区分から順に小さくなり、最後の区分にだけ from がないかを調べます。年度の付記がない{kpis.current}の年度（unstated-year）が -3 から 0 までの整数か、報告する年度（reporting-year）が計画期間の中か、[[kpi-direction]] に同じ{kpi}が2回なく、水準を保つ{kpi}（\"keep\"）の値を足し上げることになっていないかも調べます。",
    why: "順番が逆の区分や、どこにも入らない進み方があると、{kpi}の判定が誤って付いたり、付かなかったりします。年数の代わりに年度を書くと、全ての{kpis.current}の年度が狂います。",
    mend: "良い区分から順に書き、from（求められる進み方を1としたときの率。80% は 0.8）を上から順に小さくしてください。最後の区分には from を書かないでください。",
    example: "[[progress.band]]\nname = \"A\"\nfrom = 1.0\n[[progress.band]]\nname = \"B\"",
    source: "",
};

pub(super) static COLUMN_KEY: Rule = Rule {
    code: "S220",
    name: "column-key-invalid",
    severity: Severity::Error,
    title: "欄の key が正しくない",
    title_en: "key of a column is invalid",
    what: "欄（[[measure-column]]、[[kpi-column]]）の key が英小文字・数字・「-」で書かれ、同じ表に2つなく、別の意味の名前でないかを調べます。{measure}・{kpi}のID、掲載先、名称の欄が省かれていないかも調べます。",
    why: "key は annex.json、データ、ひな形で欄を呼ぶ名前です。重なると、どの欄のことか定まりません。ID、掲載先、名称がないと、様式もExcelの一覧も読み戻せません。",
    mend: "key を「budget」「period」のような、ほかの欄にない名前にしてください。標準の欄を改めるときは、その欄の key を書いてください。",
    example: "誤：key = \"予算額\"\n正：key = \"budget\"",
    source: "",
};

pub(super) static COLUMN_LABEL: Rule = Rule {
    code: "S221",
    name: "column-label-invalid",
    severity: Severity::Error,
    title: "欄の見出しが正しくない",
    title_en: "label of a column is invalid",
    what: "欄の見出し（label）と別名（synonyms）が、同じ表のほかの欄の見出しや別名と重ならず、様式やExcelの一覧に収まる長さかを調べます。",
    why: "様式の列は見出しで読み分けます。同じ見出しの欄が2つあると、どちらの欄のことか定まりません。",
    mend: "見出しを改めるか、長い見出しには短い見出し short を書いてください。標準の欄を改めるつもりであれば、key をその欄のものにしてください。",
    example: "誤：key = \"remark\"、label = \"{measures.note}\"（標準の欄「{measures.note}」と同じ見出し）\n正：key = \"remark\"、label = \"注記\"",
    source: "",
};

pub(super) static COLUMN_KIND: Rule = Rule {
    code: "S222",
    name: "column-kind-mismatch",
    severity: Severity::Error,
    title: "欄の種類とほかの指定が合わない",
    title_en: "kind of a column contradicts the rest",
    what: "選択肢（choices）は選ぶ欄（choice、list）に、単位（unit）と合計（total）は数の欄（number、amount）にだけ書かれているか、選ぶ欄に選択肢があるかを調べます。",
    why: "文章の欄の合計や、選択肢のない一覧は作れないため、指定が効かないまま様式が送られてしまいます。",
    mend: "kind を改めるか、合わない指定を消してください。",
    example: "誤：kind = \"text\"、choices = [\"◎\", \"○\", \"△\"]\n正：kind = \"choice\"、choices = [\"◎\", \"○\", \"△\"]",
    source: "",
};

pub(super) static COLUMN_NEIGHBOUR: Rule = Rule {
    code: "S223",
    name: "column-neighbour-unknown",
    severity: Severity::Error,
    title: "欄の置き場所が正しくない",
    title_en: "place of a column is invalid",
    what: "欄の置き場所（after、under）に書かれた欄が同じ表にあるか、行をまとめる欄（group）が1つだけかを調べます。",
    why: "ない欄の後や下には置けないため、欄が思わぬ所に印刷されます。",
    mend: "after と under には、同じ表のほかの欄の key を書いてください。",
    example: "誤：after = \"目的\"\n正：after = \"purpose\"",
    source: "",
};

pub(super) static COLUMN_WIDTH: Rule = Rule {
    code: "S224",
    name: "column-width-invalid",
    severity: Severity::Error,
    title: "欄の幅が正しくない",
    title_en: "width of a column is invalid",
    what: "欄の幅（width、mm）が0より大きく、1つの表の幅の合計が紙面に収まるかを調べます。",
    why: "紙面より広い表は、右の端が切れて印刷されます。",
    mend: "幅を小さくするか、width を消して幅の割り振りを任せてください。用紙を横長又はA3にする方法もあります。",
    example: "誤：width = 0\n正：width = 18",
    source: "",
};

pub(super) static KPI_VALUE: Rule = Rule {
    code: "S230",
    name: "kpi-value-invalid",
    severity: Severity::Error,
    title: "{kpi}の値の定義が正しくない",
    title_en: "a value of the KPIs is defined wrongly",
    what: "{kpi}の値（[[kpi-value]]）に key、label、role があり、key がほかの欄の名前でなく、year が西暦の年度かを調べます。ほかの項目は、[[kpi-column]] と同じように調べます。",
    why: "値の欄を取り違えると、別の年度や別の種類の数値として印刷され、データや進み具合の計算に使われます。",
    mend: "示された項目を直してください。role には、基準値は base、中間の{kpis.target}は interim、実績値と{kpis.current}は actual、{kpis.target}は target と書きます。",
    example: "[[kpi-value]]\nkey = \"t2025\"\nlabel = \"R7目標\"\nrole = \"interim\"\nyear = 2025",
    source: "",
};

pub(super) static RULE_SETTING: Rule = Rule {
    code: "S260",
    name: "rule-setting-invalid",
    severity: Severity::Error,
    title: "指摘の重さの設定が正しくない",
    title_en: "severity of a rule is set wrongly",
    what: "[rules] に書かれたコードの指摘があり、軽くしたり出さないようにしたりしてよいものかを調べます。",
    why: "コードを書き誤ると、その設定は効きません。読めなかったファイルや作れなかった紙面のように、知らせずにおくと誤った別冊ができてしまう指摘は、軽くできません。",
    mend: "コードは bessatsu explain の一覧で確かめてください。重さは \"off\"（出さない）、\"info\"（情報）、\"warning\"（警告）、\"error\"（エラー）のどれかです。軽くできない指摘は、元の箇所を直してください。",
    example: "[rules]\nN408 = \"off\"\nK503 = \"warning\"",
    source: "",
};

pub(super) static PLACEHOLDER: Rule = Rule {
    code: "S270",
    name: "settings-placeholder-left",
    severity: Severity::Warning,
    title: "設定に「○○」が残っている",
    title_en: "a placeholder is left in the settings",
    what: "題名、発行者、見出し、部局、課室などの設定に、「○○」のような仮の言葉が残っていないかを調べます。",
    why: "使っている様式から作った edition.toml（bessatsu new --from）では、様式だけでは分からない言葉が「○○」になっています。そのままでは「○○」と印刷されます。",
    mend: "示された行の「○○」を、正しい言葉に書き改めてください。要らない項目は空の文字列「\"\"」にしてください。",
    example: "誤：title = \"○○計画\"\n正：title = \"みやぎDX推進ポリシー\"",
    source: "",
};

pub(super) static UNCONFIRMED: Rule = Rule {
    code: "S119",
    name: "settings-to-be-confirmed",
    severity: Severity::Warning,
    title: "設定に「要確認」の行が残っている",
    title_en: "a line of the settings is still to be confirmed",
    what: "edition.toml に、「# 要確認」で始まる説明（行の終わり、又は1行）が残っていないかを調べます。次の年度の版（bessatsu forms --next）や、使っている様式から作った版（bessatsu new --from）では、決めていただくところに付いています。",
    why: "前の年度の期限や、推測した言葉のまま、様式が部局に送られ、別冊に印刷されるおそれがあります。残っている間、bessatsu forms は様式を作りません（--force を付けると作ります）。",
    mend: "その行を確かめ、違っていれば書き改めてから、「# 要確認」からその行の終わりまでを消してください。",
    example: "誤：deadline = \"令和8年1月24日\"  # 要確認：日付\n正：deadline = \"令和8年1月23日（金）\"",
    source: "",
};

pub(super) static LEVELS: Rule = Rule {
    code: "S211",
    name: "levels-invalid",
    severity: Severity::Error,
    title: "見出しの階層の設定が正しくない",
    title_en: "settings of the levels are invalid",
    what: "見出しの階層（[[level]]）が4つまでで、呼び名 word が重ならず、ほかの列の見出しでもなく、番号の型 number に番号の印がちょうど1つあり、{measure}又は{kpi}を置ける階層が1つ以上あるかを調べます。",
    why: "階層の設定が誤っていると、見出しの番号が印刷されなかったり、{measure}と{kpi}の載る場所がなくなったりします。",
    mend: "指摘に示された項目を直してください。番号の印は {1} {１} {①} {Ⅰ} {一} {A} {ア} のどれか1つで、{up} は上の見出しの番号です。番号を付けない階層では number を書かないでください。",
    example: "誤：number = \"第{2}章\"\n正：number = \"第{1}章\"",
    source: "",
};

pub(super) static HEADINGS: Rule = Rule {
    code: "S212",
    name: "headings-invalid",
    severity: Severity::Error,
    title: "見出しの設定が正しくない",
    title_en: "settings of the headings are invalid",
    what: "見出し（[[heading]]）が [[level]] の階層の中に収まり、印刷する見出しに名称があり、[[pillar]] と混ざっていないかを調べます。",
    why: "当たる階層のない見出しは印刷されず、その下の{measure}と{kpi}の行き先もなくなります。名称のない見出しは番号だけが印刷されます。",
    mend: "[[level]] を書いたときは見出しを [[heading]]、その下を [[heading.heading]] のように書き、階層の数より深くしないでください。[[level]] を書かないときは [[pillar]] と [[pillar.category]] を使ってください。",
    example: "[[level]]\nword = \"政策\"\nmeasures = true\nkpis = true\n[[heading]]\ntitle = \"健康づくり\"",
    source: "",
};

pub(super) static NOTATION: Rule = Rule {
    code: "S261",
    name: "notation-setting-invalid",
    severity: Severity::Error,
    title: "表記の設定が正しくない",
    title_en: "house style is set wrongly",
    what: "[notation.spelling] に書かれた表記の組に空のものがなく、改めた後の表記をさらに別の表記に改めることになっていないかを調べます。",
    why: "行ったり来たりする組があると、どちらに改めても指摘が消えません。",
    mend: "左に版で使わない表記を、右に使う表記を書いてください。",
    example: "[notation.spelling]\n\"下さい\" = \"ください\"\n\"出来る\" = \"できる\"",
    source: "",
};

pub(super) static FORMER_NAME: Rule = Rule {
    code: "S213",
    name: "former-name-invalid",
    severity: Severity::Error,
    title: "前の版での名称の設定が正しくない",
    title_en: "a former name is set wrongly",
    what: "部局、課室、見出しの formerly（前の版での名称）が、空でなく、今の名称と違い、2つの見出し又は1つの部局の2つの課室に書かれていないかを調べます。",
    why: "前の版の{measure}と{kpi}を、どの部局、課室、見出しが引き継ぐのか決まらなくなります。",
    mend: "formerly には、前の版の edition.toml にあった名称だけを書いてください。名称が変わっていなければ要りません。",
    example: "[[department]]\nname = \"企画・デジタル部\"\nformerly = [\"企画部\"]",
    source: "",
};

//! The rules on the table of a reorganisation.

use crate::diag::{Rule, Severity};

pub static RULES: &[&Rule] = &[&TABLE, &UNKNOWN, &UNDECIDED, &EMPTY, &LEFT_OVER, &ROW_MISSING];

pub(super) static TABLE: Rule = Rule {
    code: "S120",
    name: "reorganisation-table",
    severity: Severity::Error,
    title: "再編表のシート又は列がない",
    title_en: "the table of the reorganisation lacks a sheet or a column",
    what: "再編表（reorganisation.xlsx）に、シート「部局」「課室」「見出し」と、それぞれの列があるかを調べます。",
    why: "どの部局や見出しがどうなるか読み取れず、edition.toml に書き込めません。",
    mend: "シートと列の名前を元に戻してください。作り直すときは、新しいフォルダーに bessatsu forms --next で用意したものを写してください。",
    example: "",
    source: "",
};

pub(super) static UNKNOWN: Rule = Rule {
    code: "S121",
    name: "reorganisation-unknown-name",
    severity: Severity::Error,
    title: "再編表の名称が分からない",
    title_en: "a name in the table of the reorganisation is unknown",
    what: "再編表の前の版の名称が edition.toml にあり、シート「課室」のこの版の部局がシート「部局」にあり、階層の呼び名と番号が正しいかを調べます。",
    why: "書き誤った名称のままでは、{measure}と{kpi}がどの部局の様式に入るか決まりません。",
    mend: "シート「部局」の「この版の部局」にある名称を選んでください。新しい部局は、シート「部局」に、前の版の部局を空欄にした行を加えて書いてください。",
    example: "誤：企画デジタル部\n正：企画・デジタル部",
    source: "",
};

pub(super) static UNDECIDED: Rule = Rule {
    code: "S122",
    name: "reorganisation-undecided",
    severity: Severity::Error,
    title: "再編表で、1つのものが2つに分かれていて、どちらになるか決まらない",
    title_en: "the table of the reorganisation leaves open which part something goes to",
    what: "前の版の1つの部局が2つ以上になるとき、その課室のそれぞれがどの部局のものになるか、1つの課室や見出しが2つになっていないかを調べます。",
    why: "{measure}と{kpi}をどの部局の様式に記入するか、どの見出しの下に置くか決まりません。",
    mend: "シート「課室」の「この版の部局」で、分かれた先のどちらかを選んでください。課室や見出しを分けるときは、元のものは1つの行で続け、もう1つは前の版の欄を空欄にした行に書き、どれを移すかは様式で部局に選んでもらってください。",
    example: "経済商工観光部 → 経済産業部、観光部のとき：観光戦略課の行の「この版の部局」に 観光部",
    source: "",
};

pub(super) static EMPTY: Rule = Rule {
    code: "S123",
    name: "reorganisation-empty",
    severity: Severity::Error,
    title: "再編表のこの版の名称が空欄になっている",
    title_en: "a new name in the table of the reorganisation is blank",
    what: "再編表の行に、この版での名称があるかを調べます。",
    why: "変わらないのか、なくなるのか、書き忘れたのか分かりません。",
    mend: "変わらないときは前の版と同じ名称を、なくなるときは「なくなる」と書いてください。",
    example: "",
    source: "",
};

pub(super) static LEFT_OVER: Rule = Rule {
    code: "S124",
    name: "reorganisation-left-over",
    severity: Severity::Error,
    title: "なくなるものに、{measure}や{kpi}が残っている",
    title_en: "something that goes has entries",
    what: "再編表で「なくなる」とした部局と課室に、前の版の{measure}や{kpi}が残っていないかを調べます。見出しのときは警告です。",
    why: "{measure}と{kpi}がどの部局の様式にも入らず、知らないうちになくなります。なくなった見出しのものは、掲載先が空欄になります。",
    mend: "引き継ぐ部局や課室の名称を書いてください。全て取りやめるときも、「廃止」と記入してもらう部局を書いてください。",
    example: "",
    source: "",
};

pub(super) static ROW_MISSING: Rule = Rule {
    code: "S125",
    name: "reorganisation-row-missing",
    severity: Severity::Error,
    title: "再編表から前の版の行がなくなっている",
    title_en: "a row of the table of the reorganisation is gone",
    what: "edition.toml の部局、課室、見出しのそれぞれに、再編表の行があるかを調べます。",
    why: "消した行のものがなくなるのか、誤って消したのか分かりません。",
    mend: "行を書き足してください。なくなるものは、この版の名称を「なくなる」としてください。",
    example: "",
    source: "",
};

//! Facts about the sheets, columns and cells of a form.

use super::{Fact, TITLE};
use crate::diag::{Rule, Severity};
use crate::model::ObservationKind;

pub static FACTS: &[Fact] = &[
    // A workbook without one of the two tables.
    Fact {
        kind: ObservationKind::SheetMissing,
        message: TITLE,
        rule: Rule {
            code: "F201",
            name: "sheet-missing",
            severity: Severity::Error,
            title: "様式の表が見つからない",
            title_en: "table of the form missing",
            what: "「{measures-sheet}」と「{kpis-sheet}」の表が、見出しから見つかるかを見ます。",
            why: "表が見つからないと、その{measure}や{kpi}が全て抜け落ちます。",
            mend: "シートを削除したり見出しの行を消したりしたときは、元の様式に値を貼り付けて提出し直してください。載せるものがない様式も、シートは消さずに、「該当なし」の欄で「○」を選んでください。",
            example: "「{kpis-sheet}」のシートが削除されたブック → 3枚のシートがそろったブック",
            source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
        },
    },
    // Two columns that mean the same field.
    Fact {
        kind: ObservationKind::ColumnTwice,
        message: Some(|found, expected| {
            say!(
                "「{expected}」の列が2つある（{found}）",
                "two columns of the field “{expected}”: {found}"
            )
        }),
        rule: Rule {
            code: "F203",
            name: "column-twice",
            severity: Severity::Error,
            title: "同じ項目の列が2つある",
            title_en: "two columns of one field",
            what: "1つの表に、同じ項目を表す列や、同じ項目の見出しによく似た列が2つ以上ないかを見ます。",
            why: "どちらの列の値を載せるべきか決められません。「{kpis.target}」と「{kpis.target}（修正後）」では、古いほうが載ることがあります。",
            mend: "使わないほうの列を削除するか、見出しを別の名前に変えてください。",
            example: "「{measures.purpose.short}」と「{measure}の{measures.purpose.short}」の2列 →「{measures.purpose}」の1列",
            source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
        },
    },
    // A header that only resembles a known label.
    Fact {
        kind: ObservationKind::LabelAlike,
        message: Some(|found, expected| {
            say!(
                "見出し「{found}」が様式の見出し「{expected}」と少し違う",
                "the header “{found}” resembles “{expected}”"
            )
        }),
        rule: Rule {
            code: "F204",
            name: "label-alike",
            severity: Severity::Warning,
            title: "見出しが様式の見出しと少し違う",
            title_en: "header resembles a known label",
            what: "様式の見出しに似ているが同じではない見出しを探します。",
            why: "似た見出しの列は、様式のその項目の列として読みます。別の項目の列であれば、違う内容が載ってしまいます。",
            mend: "その項目の列であれば見出しを様式のとおりに直し、別の項目の列であれば、似ていない見出しに変えてください。",
            example: "「{reposted}の{place}」→「{measures.reposts}」",
            source: "",
        },
    },
    // Data that is there but not to be seen.
    Fact {
        kind: ObservationKind::HiddenData,
        message: TITLE,
        rule: Rule {
            code: "F206",
            name: "hidden-data",
            severity: Severity::Warning,
            title: "非表示の行・列・シートに記入がある",
            title_en: "data in hidden rows, columns or sheets",
            what: "非表示にした行、列、シートに値が残っていないかを見ます。",
            why: "画面に見えない内容も読み取られるため、取り下げたつもりの{measure}が載ってしまうことがあります。",
            mend: "載せる内容であれば再表示し、載せない内容であれば、再表示してから記入を消してください。",
            example: "非表示の12行目の{measure} → 再表示するか、再表示してから記入を消す",
            source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
        },
    },
    // Rows that an automatic filter keeps out of sight.
    Fact {
        kind: ObservationKind::FilteredRows,
        message: TITLE,
        rule: Rule {
            code: "F207",
            name: "filtered-rows",
            severity: Severity::Warning,
            title: "フィルターで隠れた行がある",
            title_en: "rows hidden by a filter",
            what: "オートフィルターの条件で隠れている行に、値がないかを見ます。",
            why: "隠れた行も読み取られます。記入や確認のときに見落とされていることがあります。",
            mend: "「データ」－「クリア」でフィルターを解除し、全ての行を確かめてから保存してください。",
            example: "「継続」だけを表示した表 → 全ての行を表示した表",
            source: "",
        },
    },
    // Text, pictures and lines that float above the cells.
    Fact {
        kind: ObservationKind::FloatingText,
        message: TITLE,
        rule: Rule {
            code: "F209",
            name: "floating-text",
            severity: Severity::Warning,
            title: "セルの上に図形・画像・線が置かれている",
            title_en: "shape, picture or line above the cells",
            what: "シートの上に置かれた図形・テキストボックス・SmartArt・チェックボックスなどの文字と、画像、線、丸囲みなどの文字のない図形、セルの斜めの罫線を探します。",
            why: "表のセルではないので、その文字や画像は別冊に載らず、丸で囲んだ選択も読まれません。線や図形で消したつもりの文字は載ります。",
            mend: "載せる内容であればセルに書き移し、消す文字はセルから削除し、連絡事項は「{measures.note}」かメールに書いてください。",
            example: "「目的は調整中」と書いたテキストボックス →「{measures.note}」に「目的は調整中」",
            source: "",
        },
    },
    // A note or threaded comment on a cell.
    Fact {
        kind: ObservationKind::Note,
        message: TITLE,
        rule: Rule {
            code: "F210",
            name: "cell-note",
            severity: Severity::Warning,
            title: "セルにメモ・コメントが付いている",
            title_en: "note or comment on a cell",
            what: "セルのメモ（注釈）とスレッド形式のコメントを探します。",
            why: "「確認中」「数値は未確定」のように、載せてよいかどうかに関わる連絡が書かれていることがあります。",
            mend: "メモに書かれたことのうち、載せるべきことはセルに記入し、用件の済んだメモは削除してください。",
            example: "G9のメモ「12月に差替え予定」→ 差し替えてメモを削除する",
            source: "",
        },
    },
    // Merged cells inside a table.
    Fact {
        kind: ObservationKind::MergedCells,
        message: TITLE,
        rule: Rule {
            code: "F211",
            name: "merged-cells",
            severity: Severity::Warning,
            title: "表の中でセルが結合されている",
            title_en: "merged cells in the table",
            what: "{measure}や{kpi}の表の中に、結合されたセルがないかを見ます。",
            why: "縦に結合したセルは、その値が全部の行に書かれたものとして読みます。意図と違うことがあります。",
            mend: "セルの結合を解除し、それぞれの行に値を書いてください。",
            example: "3行にまたがる「広報課」→ 各行に「広報課」",
            source: "行政データにおける機械可読性に関するルール（令和8年3月31日）",
        },
    },
    // A cell that shows #REF! or the like.
    Fact {
        kind: ObservationKind::ErrorValue,
        message: Some(|found, _| say!("エラー値「{found}」になっている", "error value: {found}")),
        rule: Rule {
            code: "F212",
            name: "error-value",
            severity: Severity::Error,
            title: "セルがエラー値になっている",
            title_en: "error value",
            what: "#REF! や #N/A などのエラー値のセルを探します。",
            why: "数式の参照先が失われていて、載せるべき値が分かりません。",
            mend: "数式を直すか、正しい値を直接書いてください。",
            example: "「#REF!」→「1,551人」",
            source: "",
        },
    },
    // A formula whose result was not saved.
    Fact {
        kind: ObservationKind::FormulaWithoutValue,
        message: TITLE,
        rule: Rule {
            code: "F213",
            name: "formula-without-value",
            severity: Severity::Error,
            title: "数式の計算結果が保存されていない",
            title_en: "formula without a value",
            what: "数式だけがあり、計算した値が保存されていないセルを探します。",
            why: "値が保存されていないと、空欄として読まれてしまいます。",
            mend: "Excel で開いて再計算（F9キー）してから保存し直すか、値を直接書いてください。",
            example: "計算結果のない「=B3/C3」→「69.0%」",
            source: "",
        },
    },
    // A row that says something of a nameless entry.
    Fact {
        kind: ObservationKind::RowWithoutName,
        message: TITLE,
        rule: Rule {
            code: "F216",
            name: "row-without-name",
            severity: Severity::Error,
            title: "記入があるのに名前がない",
            title_en: "row with data but no name",
            what: "{measures.overview.short}や{kpis.current}などが書かれているのに、{measures.name}や{kpi}名が空欄の行を探します。",
            why: "名前のない行は、どの{measure}・{kpi}のことか決められません。",
            mend: "名前を書いてください。前の行の続きであれば1つのセルにまとめ、要らない行であれば、その行の記入を全て消してください。",
            example: "{measures.name}が空欄で{measures.overview.short}だけがある行 → {measures.name}を記入する",
            source: "",
        },
    },
    // A number format that cannot be shown as Excel would.
    Fact {
        kind: ObservationKind::UnshownFormat,
        message: TITLE,
        rule: Rule {
            code: "F219",
            name: "unshown-format",
            severity: Severity::Warning,
            title: "表示形式どおりの値を再現できない",
            title_en: "number format not reproduced",
            what: "セルの表示形式（和暦の日付など）どおりに、Excel の画面と同じ文字を作れるかを見ます。",
            why: "画面に見えるものと別冊に載るものが食い違うおそれがあります。",
            mend: "セルの書式を「文字列」にして、載せたいとおりの文字を打ち込んでください。",
            example: "表示形式「ggge年」の日付 → 文字列の「令和7年」",
            source: "",
        },
    },
    // Superscripts and subscripts, which are printed as plain letters.
    Fact {
        kind: ObservationKind::RaisedText,
        message: Some(|found, _| {
            say!(
                "「{found}」が上付き又は下付きになっている",
                "“{found}” is a superscript or subscript"
            )
        }),
        rule: Rule {
            code: "F224",
            name: "raised-text",
            severity: Severity::Warning,
            title: "上付き・下付きの文字がある",
            title_en: "superscript or subscript",
            what: "セルの一部だけが上付き又は下付きになっていないかを見ます。",
            why: "別冊では普通の大きさの文字になります。注の番号を付けた「10³人」のような値は、「103人」と読めてしまいます。",
            mend: "注の番号は「（注３）」のように書き改めてください。単位であれば「㎡」のような1文字を使ってください。",
            example: "「10」の右上に「3」を付けた「10³人」→「10人（注３）」",
            source: "",
        },
    },
    // An entry written over the sample row.
    Fact {
        kind: ObservationKind::SampleOverwritten,
        message: Some(|found, _| {
            say!(
                "（例）の行に書かれた「{found}」は読まれない",
                "“{found}” stands in the sample row and is not read"
            )
        }),
        rule: Rule {
            code: "F230",
            name: "sample-overwritten",
            severity: Severity::Error,
            title: "（例）の行に{measure}・{kpi}が書かれている",
            title_en: "entry written over the sample row",
            what: "「（例）」の印のある行に、様式の記入例とは別の名前が書かれていないかを見ます。",
            why: "「（例）」の行は記入例として読み飛ばすため、そこに書かれた{measure}や{kpi}は載りません。",
            mend: "載せるものであれば、その行の「（例）」を消してください。載せないものであれば、その行の記入を全て消してください。",
            example: "「（例）」の行に書かれた「広報紙の電子配信」→「（例）」を消して空欄にする",
            source: "",
        },
    },
    // 様式１ and 様式２ that name different departments.
    Fact {
        kind: ObservationKind::DepartmentDiffers,
        message: Some(|found, _| {
            say!(
                "部局名「{found}」がほかのシートの部局名と違う",
                "the department “{found}” differs from that of the other sheet"
            )
        }),
        rule: Rule {
            code: "F233",
            name: "department-differs",
            severity: Severity::Warning,
            title: "{measures-form}と{kpis-form}の部局名が違う",
            title_en: "the two tables name different departments",
            what: "{measures-form}と{kpis-form}の上部に書かれた「部局名」が同じかを見ます。",
            why: "別の部局の様式からシートを写したときに起こり、ほかの部局の{kpi}が混ざっていることがあります。{measures-form}の部局のものとして読みます。",
            mend: "両方のシートの「部局名」を同じにしてください。シートがほかの部局のものであれば、自分の部局のものに差し替えてください。",
            example: "{measures-form}「総務部」・{kpis-form}「企画部」→ どちらも「総務部」",
            source: "",
        },
    },
    // A reference date that is not that of the edition.
    Fact {
        kind: ObservationKind::AsOfDiffers,
        message: Some(|found, _| {
            say!(
                "基準日「{found}」が今回の版のものでない",
                "the reference date “{found}” is not that of the edition"
            )
        }),
        rule: Rule {
            code: "F234",
            name: "as-of-differs",
            severity: Severity::Warning,
            title: "基準日が今回の版のものでない",
            title_en: "another reference date than that of the edition",
            what: "様式の上部に書かれた「基準日」が、版の設定の基準日と同じ年月かを見ます。",
            why: "前の年度の様式や、別の時点で調べた値が届いていることがあります。",
            mend: "今回の基準日で調べた値であれば「基準日」を直し、別の時点の値であれば調べ直してください。",
            example: "「令和6年1月」→「令和7年1月」",
            source: "",
        },
    },
    // A 提出回 that is no number.
    Fact {
        kind: ObservationKind::UnknownRound,
        message: Some(|found, _| {
            say!(
                "提出回「{found}」が数でない",
                "the number of the submission “{found}” is no number"
            )
        }),
        rule: Rule {
            code: "F235",
            name: "unknown-round",
            severity: Severity::Warning,
            title: "提出回が数でない",
            title_en: "number of the submission unreadable",
            what: "「提出回」が「2」「第2回」「2回目」のような数であるかを見ます。",
            why: "数でないと、同じ部局のファイルが2つ届いたときに、どちらが新しいか決められません。",
            mend: "「提出回」に、1、2、3のような数を書いてください。",
            example: "「R7.1.20」→「2」",
            source: "",
        },
    },
    // A cell whose value cannot be made out.
    Fact {
        kind: ObservationKind::CellUnreadable,
        message: TITLE,
        rule: Rule {
            code: "F245",
            name: "cell-unreadable",
            severity: Severity::Error,
            title: "セルの値を読み取れない",
            title_en: "the value of a cell cannot be read",
            what: "セルの中身がファイルに正しく書かれているかを見ます。読み取れないセルは「〓」としておきます。",
            why: "ファイルを作ったソフトウェアが書き損じたセルを推し量って読むと、ほかのセルの文章が印刷されることがあります。",
            mend: "元のブックを Excel で開き、このセルの内容を確かめて書き直し、保存し直して提出してください。",
            example: "文字列の番号が「5.0」と書かれたセル → 書き直して保存したセル",
            source: "",
        },
    },
    // A cell of which two readers say different things.
    Fact {
        kind: ObservationKind::ReadingsDiffer,
        message: TITLE,
        rule: Rule {
            code: "F246",
            name: "readings-differ",
            severity: Severity::Error,
            title: "2通りの方法で読んだセルの値が一致しない",
            title_en: "two readers of the cell do not agree",
            what: ".xlsx と .xlsm のセルを2通りの方法で読み、値が一致するかを見ます。",
            why: "どちらが書いた人の意図した値かを、プログラムからは決められません。",
            mend: "元のブックを Excel で開いて、表示されている値を確かめ、保存し直して提出してください。",
            example: "「{measure}あ」とも「{measure}い」とも読めるセル → 保存し直したセル",
            source: "",
        },
    },
];

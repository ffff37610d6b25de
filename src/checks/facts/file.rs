//! Facts about a file as such.

use super::{Fact, TITLE};
use crate::diag::{Rule, Severity};
use crate::model::{ObservationKind, RIGHTS_MANAGED};

pub static FACTS: &[Fact] = &[
    // A file that is no workbook at all.
    Fact {
        kind: ObservationKind::NotAWorkbook,
        message: TITLE,
        rule: Rule {
            code: "F101",
            name: "not-a-workbook",
            severity: Severity::Error,
            title: "表計算のファイルではない",
            title_en: "not a workbook",
            what: "提出フォルダーのファイルが .xlsx・.xlsm・.xls・.xlsb・.ods・.fods のどれとしても読めるかを見ます。",
            why: "名前だけが表計算のファイルであるものからは、{measure}も{kpi}も読み取れません。",
            mend: "様式の Excel ブックに記入し直して、そのファイルを提出してください。",
            example: "PDF の名前を変えた「01_総務部.xlsx」→ 様式のブックの「01_総務部.xlsx」",
            source: "",
        },
    },
    // A workbook that asks for a password.
    Fact {
        kind: ObservationKind::Encrypted,
        message: Some(|found, _| match found {
            RIGHTS_MANAGED => say!(
                "パスワードではなく、秘密度ラベルなどの権限の管理（IRM）で、開ける人が限られている",
                "not a password but rights management (IRM) restricts who can open it"
            ),
            _ => say!("パスワードで暗号化されている", "encrypted with a password"),
        }),
        rule: Rule {
            code: "F102",
            name: "encrypted",
            severity: Severity::Error,
            title: "パスワードで暗号化されている",
            title_en: "encrypted with a password",
            what: "ファイルを開くのに、パスワードや権限の管理（IRM、秘密度ラベル）による許可が要るかを見ます。",
            why: "暗号化されたブックは中身を読めず、その部局の{measure}が全て抜け落ちます。",
            mend: "Excel の「ファイル」－「情報」－「ブックの保護」でパスワードを外し、保存し直して提出してください。権限の管理（IRM、秘密度ラベル）で保護されているときは、「ブックの保護」－「アクセスの制限」で制限のない状態にするか、ラベルを外して保存し直してください。パスワードを付けた覚えがないときは、Excel で開いて「名前を付けて保存」で .xlsx にしてください。",
            example: "読み取りパスワードの付いたブック → パスワードを外したブック",
            source: "",
        },
    },
    // A workbook that is cut off or broken.
    Fact {
        kind: ObservationKind::Damaged,
        message: TITLE,
        rule: Rule {
            code: "F103",
            name: "damaged",
            severity: Severity::Error,
            title: "ファイルが壊れている",
            title_en: "damaged file",
            what: "ファイルが途中で切れていないか、ブックとして矛盾なく読めるかを見ます。",
            why: "壊れたブックを一部だけ読むと、抜けた{measure}に誰も気付けません。",
            mend: "元のファイルを Excel で開いて保存し直し、もう一度提出してください。開けないときは、控えから作り直してください。",
            example: "メールの途中で切れたファイル → 送り直したファイル",
            source: "",
        },
    },
    // A file of no bytes.
    Fact {
        kind: ObservationKind::EmptyFile,
        message: TITLE,
        rule: Rule {
            code: "F104",
            name: "empty-file",
            severity: Severity::Error,
            title: "ファイルの中身が空である",
            title_en: "empty file",
            what: "大きさが0バイトのファイルがないかを見ます。",
            why: "保存や転送に失敗した印であり、その部局の{measure}が全て抜け落ちます。",
            mend: "記入した様式をもう一度保存し、提出し直してください。",
            example: "0バイトの「01_総務部.xlsx」→ 記入済みの様式",
            source: "",
        },
    },
    // The lock file that Excel leaves beside an open workbook.
    Fact {
        kind: ObservationKind::LockFile,
        message: TITLE,
        rule: Rule {
            code: "F105",
            name: "lock-file",
            severity: Severity::Warning,
            title: "Excel の作業用ファイルである",
            title_en: "lock file of Excel",
            what: "「~$」で始まる、Excel が開いている間だけ作るファイルがないかを見ます。",
            why: "誰かがその様式を開いたままであり、提出されたものが最新でないかもしれません。",
            mend: "様式を保存して閉じ、もう一度提出してください。事務局は、保存されたブックだけを提出フォルダーに置いてください。",
            example: "「~$01_総務部.xlsx」→ 削除する",
            source: "",
        },
    },
    // A file that the system does not let us read.
    Fact {
        kind: ObservationKind::Unreadable,
        message: TITLE,
        rule: Rule {
            code: "F106",
            name: "unreadable",
            severity: Severity::Error,
            title: "ファイルを開けない",
            title_en: "file cannot be opened",
            what: "提出フォルダーのファイルを読み出せるかを見ます。",
            why: "読み出せないファイルの{measure}は、別冊に載りません。",
            mend: "ファイルのアクセス権を確かめ、ほかのソフトウェアで開いていれば閉じてから、もう一度実行してください。",
            example: "読み取りを許されていないファイル → 読み取れるファイル",
            source: "",
        },
    },
    // A file that is larger than a form can be.
    Fact {
        kind: ObservationKind::TooLarge,
        message: TITLE,
        rule: Rule {
            code: "F107",
            name: "too-large",
            severity: Severity::Error,
            title: "ファイルが大きすぎる",
            title_en: "file too large",
            what: "ファイルと、その圧縮を解いた中身の大きさ、セルの数、1セルの文字数などが上限を超えないかを見ます。",
            why: "様式のブックは通常1MBに満たず、桁違いに大きいものは誤りか、読み取りを妨げるために作られたファイルです。",
            mend: "画像や使わないシート、書式だけの行を取り除き、様式に値だけを貼り付けて提出し直してください。正しいファイルなら、事務局が edition.toml の [limits] で、指摘に示された項目の値を大きくしてください。",
            example: "写真を貼り付けたブック → 写真を除いたブック",
            source: "",
        },
    },
    // A workbook on which the reader itself failed.
    Fact {
        kind: ObservationKind::Panicked,
        message: TITLE,
        rule: Rule {
            code: "F108",
            name: "panicked",
            severity: Severity::Error,
            title: "読み取りの途中で処理できなくなった",
            title_en: "reader gave up",
            what: "ブックの読み取りが最後まで終わるかを見ます。",
            why: "想定しない作りのブックであり、途中までの内容は使えません。",
            mend: "LibreOffice などの別のソフトウェアで開いて .xlsx として保存し直し、提出し直してください。直らないときは、このファイルを添えて開発者に知らせてください。",
            example: "特殊な部品を含むブック → 保存し直したブック",
            source: "",
        },
    },
    // A workbook with macros, which are never run.
    Fact {
        kind: ObservationKind::HasMacros,
        message: TITLE,
        rule: Rule {
            code: "F109",
            name: "has-macros",
            severity: Severity::Warning,
            title: "マクロが含まれている",
            title_en: "has macros",
            what: "ブックにマクロ（VBA）が含まれているかを見ます。マクロを実行することはありません。",
            why: "様式にマクロはなく、誰かが加えたものです。配り直すと、受け取った人が実行してしまうおそれがあります。",
            mend: "値だけを元の様式（.xlsx）に貼り付けて提出し直してください。",
            example: "「01_総務部.xlsm」→「01_総務部.xlsx」",
            source: "",
        },
    },
    // A formula that looks into another workbook.
    Fact {
        kind: ObservationKind::ExternalLink,
        message: TITLE,
        rule: Rule {
            code: "F110",
            name: "external-link",
            severity: Severity::Warning,
            title: "ほかのブックを参照している",
            title_en: "links to another workbook",
            what: "数式がほかのブックを参照していないかを見ます。",
            why: "参照先のファイルは届かないので、表示されている値が最新かどうかを確かめられません。",
            mend: "数式のセルを選び、「値の貼り付け」で値に置き換えてください。",
            example: "「=[集計.xlsx]Sheet1!B3」→「1,551人」",
            source: "",
        },
    },
    // The same file under another name.
    Fact {
        kind: ObservationKind::Copy,
        message: Some(|found, _| say!("「{found}」と同じ内容の写しである", "a copy of “{found}”")),
        rule: Rule {
            code: "F117",
            name: "copy",
            severity: Severity::Info,
            title: "同じ内容の写しである",
            title_en: "a copy of another file",
            what: "提出フォルダーに、1バイトも違わない同じファイルがないかを見ます。名前の短いほうを1回だけ読みます。",
            why: "どちらを読んでも同じなので、別冊は変わりません。",
            mend: "そのままで構いません。紛らわしければ、写しのほうを提出フォルダーから取り除いてください。",
            example: "「01_総務部.xlsx」と「01_総務部 - コピー.xlsx」→「01_総務部.xlsx」だけを残す",
            source: "",
        },
    },
    // A sheet that cannot be read, and that no form is on.
    Fact {
        kind: ObservationKind::SheetSkipped,
        message: TITLE,
        rule: Rule {
            code: "F114",
            name: "sheet-skipped",
            severity: Severity::Warning,
            title: "様式でないシートに読み取れない所がある",
            title_en: "a sheet without a form cannot be read",
            what: "様式の表のないシート（記入要領など）が読み取れるかを見ます。読み取れないときは、そのシートだけを飛ばします。様式の表のあるシートが途中までしか読み取れないときは、ファイル全体を F103 のエラーにします。",
            why: "そのシートに何か書かれていても、別冊には載りません。",
            mend: "Excel で開いて、そのシートに提出する内容がないことを確かめてください。あれば様式の表に移し、保存し直して提出してください。",
            example: "壊れたシート「控え」のあるブック → 保存し直したブック",
            source: "",
        },
    },
];

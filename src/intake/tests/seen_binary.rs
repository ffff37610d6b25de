//! What the screen shows otherwise than the print, in `.xls` and `.xlsb`: records and parts that
//! are written by hand, since no writer at hand makes all of it.

use super::form::{observations, read};
use super::xls::{CURRENT, EXCEL_95, EXCEL_97, Record, Workbook, current, number, short};
use super::xlsb::{Part, long, package_with, row, styles, texts, wide};
use crate::diag::CellRef;
use crate::edition::Limits;
use crate::intake::Source;

/// The number of the first format that is not one of the form's own.
const OWN: u16 = 3;

/// A font of `.xls`: height, flags, colour.
fn font([height, flags, colour]: [u16; 3]) -> Record {
    (0x0031, [short(height), short(flags), short(colour), [0; 2], [0; 2]].concat())
}

/// A format of `.xls`: font, number format, fill and its colour, and whether a line goes across.
fn format(font: u16, code: u16, [fill, colour]: [u16; 2], crosses: bool) -> Record {
    let crosses = u32::from(crosses);
    let across = (crosses << 30).to_le_bytes();
    let fill = (u32::from(fill) << 26 | crosses << 21).to_le_bytes();
    let head = [short(font), short(code), [0; 2], [0; 2], [0; 2]].concat();
    (0x00E0, [&head[..], &across, &fill, &short(colour)].concat())
}

/// What is told of an `.xls` form with these records before its sheets and on its sheet.
fn told(global: Vec<Record>, cells: Vec<Record>) -> String {
    let mut workbook = Workbook::form(EXCEL_97);
    workbook.label(CURRENT, OWN, "50人");
    workbook.global.extend(global);
    current(&workbook.with(cells).read()).1
}

#[test]
fn letters_that_nobody_sees_are_told_in_xls_and_no_others() {
    const AUTOMATIC: u16 = 0x7FFF;
    let unseen = "UnseenText D3 50人";
    for (letters, fill, crosses, expected) in [
        ([220, 0, AUTOMATIC], [0, 64], false, ""),
        // White, by its first number and by that of the palette.
        ([220, 0, 1], [0, 64], false, unseen),
        ([220, 0, 9], [0, 64], false, unseen),
        ([220, 0, 8], [1, 8], false, unseen),
        ([220, 0, 9], [1, 8], false, ""),
        // What is behind the letters of a pattern cannot be told.
        ([220, 0, 9], [2, 9], false, ""),
        ([20, 0, AUTOMATIC], [0, 64], false, unseen),
        ([220, 8, AUTOMATIC], [0, 64], false, "StruckText D3 50人"),
        ([220, 0, AUTOMATIC], [0, 64], true, "FloatingText D3 斜めの罫線"),
    ] {
        let global = vec![font(letters), format(2, 0, fill, crosses)];
        assert_eq!(told(global, vec![]), expected, "{letters:?} {fill:?}");
    }
    // A palette of the workbook's own, in which the first colour is white.
    let palette = (0x0092, [&short(1)[..], &[0xFF, 0xFF, 0xFF, 0]].concat());
    let global = vec![font([220, 0, 8]), format(2, 0, [0, 64], false), palette];
    assert_eq!(told(global, vec![]), unseen);
}

#[test]
fn zeros_that_the_sheet_does_not_show_are_told_in_xls() {
    for (view, value, expected) in
        [(0x06A6, 0.0, "UnseenText D3 0人"), (0x06A6, 5.0, ""), (0x06B6, 0.0, "")]
    {
        // The view stands behind the cells.
        let cells = [number(CURRENT, 1, value), (0x023E, short(view).to_vec())];
        let intake = Workbook::form(EXCEL_97).with(cells).read();
        assert_eq!(current(&intake).1, expected, "{view:#x} {value}");
    }
}

#[test]
fn a_part_of_a_text_that_nobody_sees_is_told_alone_in_xls_and_xlsb() {
    let [rich, plain] = ["50人（案）", "50人"].map(|text| text.encode_utf16().count() as u16);
    assert_eq!((rich, plain), (6, 3));
    for (colour, expected) in [(9, "UnseenText D3 （案）"), (10, "")] {
        let head = [CURRENT[0], CURRENT[1], 0].map(short).concat();
        let text = super::xls::wide("50人（案）");
        let runs = [1, plain, 2].map(short).concat();
        let mut workbook = Workbook::form(EXCEL_97);
        workbook.global.push(font([220, 0, colour]));
        let intake = workbook.with([(0x00D6, [head, text, runs].concat())]).read();
        assert_eq!(current(&intake).1, expected, "{colour}");
    }
    let font =
        |colour: [u8; 8]| [&[0xDC, 0, 0, 0, 0x90, 1, 0, 0, 0, 0, 0, 0][..], &colour].concat();
    for (colour, expected) in
        [(rgb(0xFF, 0xFF, 0xFF), &["UnseenText D4 （案）"] as &[&str]), (rgb(0xFF, 0, 0), &[])]
    {
        let styles = styled(&font(colour), &long(0), &[0; 51]);
        let rich = |sheet: &mut Part| {
            let runs = [plain, 1].map(short).concat();
            let text = wide("50人（案）");
            sheet.record(62, &[&long(3), &long(0), &[1], &text, &long(1), &runs]);
        };
        let told = told_of_package(&styles, nothing, rich, nothing, &[]);
        assert_eq!(told, expected, "{colour:?}");
    }
}

#[test]
fn a_text_as_long_as_an_old_file_can_hold_is_told() {
    for (text, expected) in [
        ("調".repeat(127), format!("CutText D3 …{}", "調".repeat(20))),
        (format!("a{}", "調".repeat(127)), format!("CutText D3 …{}", "調".repeat(20))),
        ("調".repeat(126), String::new()),
        (format!("{}。", "調".repeat(126)), String::new()),
    ] {
        let mut workbook = Workbook::form(EXCEL_95);
        workbook.label(CURRENT, 0, &text);
        assert_eq!(current(&workbook.read()).1, expected, "{text}");
    }
}

/// The blocks of a differential format of `.xls`: flags, further flags, blocks.
fn dxf(flags: u32, more: u16, blocks: &[&[u8]]) -> Vec<u8> {
    [&flags.to_le_bytes()[..], &short(more), &blocks.concat()].concat()
}

/// The block of a font: whether it is struck, its colour.
fn dxf_font(struck: bool, colour: u32) -> Vec<u8> {
    let mut font = vec![0; 118];
    font[68] = if struck { 0x80 } else { 0 };
    font[80..84].copy_from_slice(&colour.to_le_bytes());
    font[88] = if struck { 0 } else { 0x80 };
    font
}

/// The formats that conditions have in these tests, without those parts of them of which nothing
/// is said: struck, white letters, a format that shows nothing, a black ground, bold.
fn effects() -> [Vec<u8>; 5] {
    // All attributes but those of the blocks are left as they are.
    const KEPT: u32 = 0x003F_FFFF;
    const NUMBER: u32 = 1 << 25;
    const FONT: u32 = 1 << 26;
    const FILL: u32 = 1 << 29;
    let code = [&short(8)[..], &short(3), &[0], b";;;"].concat();
    [
        dxf(KEPT | FONT, 0, &[&dxf_font(true, u32::MAX)]),
        dxf(KEPT | FONT, 0, &[&dxf_font(false, 9)]),
        dxf((KEPT | NUMBER) & !(1 << 19), 1, &[&code]),
        dxf((KEPT | FILL) & !(0x7 << 16), 0, &[&(1u32 << 10 | 64 << 16 | 8 << 23).to_le_bytes()]),
        dxf(KEPT | FONT, 0, &[&dxf_font(false, u32::MAX)]),
    ]
}

/// The cells D3:D9 of a list of conditions.
fn listed() -> Vec<u8> {
    let cells = [2, 8, 3, 3].map(short).concat();
    [&short(1)[..], &short(7 << 1), &cells, &short(1), &cells].concat()
}

/// A condition of `.xls`: kind and operator, format, tokens of its formula.
fn condition([kind, operator]: [u8; 2], effect: &[u8], tokens: &[u8]) -> Record {
    let head = [&[kind, operator][..], &short(tokens.len() as u16), &[0; 2]].concat();
    (0x01B1, [&head, effect, tokens].concat())
}

/// A text among the tokens of `.xls`.
fn text_token(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let letters = units.iter().flat_map(|unit| unit.to_le_bytes());
    [0x17, units.len() as u8, 1].into_iter().chain(letters).collect()
}

/// `$B3="人数"`, as for D3: B is where it is, the row moves.
fn is_named(name: &str) -> Vec<u8> {
    [&[0x4C, 0, 0, 1, 0x80][..], &text_token(name), &[0x0B]].concat()
}

const TRUE: &[u8] = &[0x1D, 1];
/// `AND(TRUE,NOT(FALSE))`.
const AND: &[u8] = &[0x1D, 1, 0x1D, 0, 0x41, 38, 0, 0x42, 2, 36, 0];
/// `LEN(D3)>2`, with a space for the eye.
const LONG: &[u8] = &[0x4C, 0, 0, 0, 0xC0, 0x41, 32, 0, 0x19, 0x40, 0, 1, 0x1E, 2, 0, 0x0D];
/// `COUNTIF(B3,"a")>1`, which is not worked out.
const COUNT: &[u8] = &[0x2C, 0, 0, 1, 0x80, 0x17, 1, 0, b'a', 0x42, 2, 90, 1, 0x1E, 1, 0, 0x0D];

#[test]
fn a_conditional_format_strikes_or_hides_in_xls_where_its_condition_holds() {
    let [struck, white, nothing, black, bold] = effects();
    let is_struck = "StruckText D3 50人";
    let is_unseen = "UnseenText D3 50人";
    for (kind, effect, tokens, expected) in [
        ([2, 0], &struck, TRUE.to_vec(), is_struck),
        ([2, 0], &white, TRUE.to_vec(), is_unseen),
        ([2, 0], &nothing, TRUE.to_vec(), is_unseen),
        ([2, 0], &black, TRUE.to_vec(), is_unseen),
        ([2, 0], &bold, TRUE.to_vec(), ""),
        ([2, 0], &struck, is_named("人数"), is_struck),
        ([2, 0], &struck, is_named("件数"), ""),
        ([2, 0], &struck, AND.to_vec(), is_struck),
        ([2, 0], &struck, LONG.to_vec(), is_struck),
        ([1, 3], &struck, text_token("50人"), is_struck),
        ([1, 4], &struck, text_token("50人"), ""),
        ([2, 0], &struck, COUNT.to_vec(), "ConditionalFormat D3 COUNTIF を使う計算式"),
        ([2, 0], &bold, COUNT.to_vec(), ""),
        // A formula that is cut off, or that is none.
        ([2, 0], &struck, vec![0x0B], "ConditionalFormat D3 計算式"),
    ] {
        let cells = vec![(0x01B0, listed()), condition(kind, effect, &tokens)];
        let found = told(vec![format(0, 0, [0, 64], false)], cells);
        assert_eq!(found, expected, "{kind:?} {effect:?} {tokens:?}");
    }
    let cut = vec![(0x01B0, listed()), (0x01B1, vec![2, 0, 2, 0, 0, 0, 9])];
    let found = told(vec![format(0, 0, [0, 64], false)], cut);
    assert_eq!(found, "ConditionalFormat D3 読み取れない条件");
}

/// A record of Excel 2007 and later, behind its head.
fn since_2007(kind: u16, data: &[u8]) -> Record {
    (kind, [&[0; 12], data].concat())
}

#[test]
fn what_excel_2007_adds_to_the_conditions_of_xls_counts() {
    let [struck, _, _, _, bold] = effects();
    let own = |effect: &[u8]| [&(effect.len() as u32).to_le_bytes()[..], effect].concat();
    // The first rule makes bold, the second strikes; what is added to the first says whether the
    // second counts.
    let added = |stops: u8, effect: &[u8]| {
        let format = if effect.is_empty() { vec![0] } else { [&[1][..], &own(effect)].concat() };
        let head = [&[0; 4][..], &short(7), &short(0), &[0, 0], &short(1), &[stops]].concat();
        since_2007(0x087B, &[head, format].concat())
    };
    let rules = |added: Record| {
        let bold = condition([2, 0], &bold, TRUE);
        let struck = condition([2, 0], &struck, TRUE);
        told(vec![format(0, 0, [0, 64], false)], vec![(0x01B0, listed()), bold, struck, added])
    };
    assert_eq!(rules(added(1, &[])), "StruckText D3 50人");
    assert_eq!(rules(added(3, &[])), "");
    assert_eq!(rules(added(3, &struck)), "StruckText D3 50人");
    // A rule of the new kind, with a formula that says that it is on.
    let new = |kind: u8, effect: &[u8], tokens: &[u8]| {
        let head = [&[kind, 0][..], &short(tokens.len() as u16), &[0; 2]].concat();
        let end = [&short(0)[..], &[0], &short(1), &short(0), &[0]].concat();
        let rule = since_2007(0x087A, &[&head, effect, tokens, &end].concat());
        let cells = since_2007(0x0879, &listed());
        told(vec![format(0, 0, [0, 64], false)], vec![cells, rule])
    };
    assert_eq!(new(2, &own(&struck), TRUE), "StruckText D3 50人");
    assert_eq!(new(5, &own(&struck), &[]), "ConditionalFormat D3 値の大小や順位");
    assert_eq!(new(3, &[0; 6], &[]), "");
}

#[test]
fn a_picture_a_covered_text_and_a_cut_one_are_told_in_xls() {
    let own = || vec![format(0, 0, [0, 64], false)];
    let mut workbook = Workbook::form(EXCEL_97);
    workbook.label(CURRENT, 0, "=DISPIMG(\"ID_1\",1)");
    assert_eq!(current(&workbook.read()).1, "ObjectInCell D3 画像");
    let mut workbook = Workbook::form(EXCEL_97);
    workbook.label([3, 0], 0, "1(1)");
    workbook.label([3, 1], 0, "件数");
    workbook.label([3, 2], 0, "別の施策");
    workbook.label([3, 3], 0, "5件");
    workbook.label([3, 4], 0, "6件");
    let merged = [&short(1)[..], &[2, 3, 2, 2].map(short).concat()].concat();
    let intake = workbook.with([(0x00E5, merged), number(CURRENT, 1, 5.0)]).read();
    assert_eq!(current(&intake).1, "MergedCells C3 C3:C4|CoveredText C4 別の施策");
    let mut workbook = Workbook::form(EXCEL_97);
    workbook.label(CURRENT, 0, &"調".repeat(255));
    let end = format!("CutText D3 …{}", "調".repeat(20));
    assert_eq!(current(&workbook.read()).1, end);
    // An apostrophe before a text is in no cell: the format says that it was typed.
    let mut quoted = own();
    quoted[0].1[4] = 0x08;
    assert_eq!(told(quoted, vec![]), "");
}

#[test]
fn the_totals_row_of_a_table_object_is_no_entry_in_xls() {
    let with = |totals: u32, name: &str| {
        let mut workbook = Workbook::form(EXCEL_97);
        workbook.label([3, 0], 0, "集計");
        workbook.label([3, 1], 0, name);
        let region = [1, 3, 0, 4].map(short).concat();
        let head = [&short(5)[..], &[0; 5], &short(1), &[0; 6], &region].concat();
        let table = [long(0), long(1), long(1), long(totals)].concat();
        let feature = since_2007(0x0872, &[head, table].concat());
        workbook.with([feature, number(CURRENT, 1, 5.0)]).read().annex.kpis.len()
    };
    assert_eq!(with(1, "計"), 1);
    assert_eq!(with(0, "計"), 2);
    assert_eq!(with(1, "件数"), 2);
}

/// What is told of an `.xlsb` form whose cell D4 of the format 3 says 「50人」, with these records
/// before, among and behind its cells, and with more parts.
fn told_of_package(
    styles: &Part,
    before: impl Fn(&mut Part),
    cell: impl Fn(&mut Part),
    behind: impl Fn(&mut Part),
    more: &[(&str, &str, Vec<u8>)],
) -> Vec<String> {
    let mut sheet = Part::default();
    sheet.record(129, &[]);
    before(&mut sheet);
    sheet.record(145, &[]);
    row(&mut sheet, 0, false);
    texts(&mut sheet, &[(0, "部局名"), (1, "総務部")]);
    row(&mut sheet, 2, false);
    texts(
        &mut sheet,
        &[(0, "分野"), (1, "主なKPI"), (2, "対象施策"), (3, "現状値"), (4, "目標値")],
    );
    row(&mut sheet, 3, false);
    texts(&mut sheet, &[(0, "1(1)"), (1, "人数"), (2, "施策"), (4, "2,000人")]);
    cell(&mut sheet);
    sheet.record(146, &[]);
    behind(&mut sheet);
    sheet.record(130, &[]);
    let strings = Part::default();
    let bytes = package_with(&sheet, &strings, styles, more);
    let intake = read(&[("01_総務部.xlsb", bytes)]);
    let told = observations(&intake.receipts[0]).into_iter();
    told.filter(|told| !told.contains("Missing")).collect()
}

fn fifty(sheet: &mut Part) {
    sheet.record(6, &[&long(3), &long(3), &wide("50人")]);
}

fn nothing(_: &mut Part) {}

/// Styles with one more font, fill and border, and a format of them.
fn styled(font: &[u8], fill: &[u8], border: &[u8]) -> Part {
    let mut part = Part::default();
    let plain = [&[0xDC, 0, 0, 0, 0x90, 1, 0, 0, 0, 0, 0, 0][..], &automatic()].concat();
    part.record(43, &[&plain]).record(43, &[font]);
    part.record(45, &[&long(0), &automatic(), &automatic()]).record(45, &[fill]);
    part.record(46, &[&[0; 51]]).record(46, &[border]);
    part.record(617, &[&long(4)]);
    for own in [0u16, 0, 0, 1] {
        let head = [0xFFFF, 0, own, own, own].map(short).concat();
        part.record(47, &[&head, &[0; 6]]);
    }
    part.record(618, &[]);
    part
}

/// A colour that is left to the program, one of the palette, of its own, of the theme.
fn automatic() -> [u8; 8] {
    [0; 8]
}

fn indexed(index: u8) -> [u8; 8] {
    [1 << 1, index, 0, 0, 0, 0, 0, 0]
}

fn rgb(red: u8, green: u8, blue: u8) -> [u8; 8] {
    [2 << 1 | 1, 0, 0, 0, red, green, blue, 0xFF]
}

fn themed(index: u8, tint: i16) -> [u8; 8] {
    let [low, high] = tint.to_le_bytes();
    [3 << 1, index, low, high, 0, 0, 0, 0]
}

#[test]
fn letters_that_nobody_sees_are_told_in_xlsb_and_no_others() {
    let font = |height: u16, flags: u16, colour: [u8; 8]| {
        [&short(height)[..], &short(flags), &[0x90, 1, 0, 0, 0, 0, 0, 0], &colour].concat()
    };
    let fill = |kind: u32, colour: [u8; 8]| [&long(kind)[..], &colour, &automatic()].concat();
    let border = |way: u8, line: u8| {
        let mut border = vec![0; 51];
        (border[0], border[41]) = (way, line);
        border
    };
    let unseen: &[&str] = &["UnseenText D4 50人"];
    let none = fill(0, automatic());
    let plain = font(220, 0, automatic());
    for (font, fill, border, expected) in [
        (plain.clone(), none.clone(), border(0, 0), &[] as &[&str]),
        (font(220, 0, rgb(0xFF, 0xFF, 0xFF)), none.clone(), border(0, 0), unseen),
        (font(220, 0, indexed(9)), none.clone(), border(0, 0), unseen),
        (font(220, 0, themed(0, 0)), none.clone(), border(0, 0), unseen),
        (font(220, 0, themed(0, -12_000)), none.clone(), border(0, 0), &[]),
        (plain.clone(), fill(1, rgb(0, 0, 0)), border(0, 0), unseen),
        (font(220, 0, themed(0, 0)), fill(1, rgb(0, 0, 0)), border(0, 0), &[]),
        (font(220, 0, themed(0, 0)), fill(2, rgb(0, 0, 0)), border(0, 0), &[]),
        (font(20, 0, automatic()), none.clone(), border(0, 0), unseen),
        (font(220, 8, automatic()), none.clone(), border(0, 0), &["StruckText D4 50人"]),
        (plain.clone(), none.clone(), border(1, 1), &["FloatingText D4 斜めの罫線"]),
        (plain.clone(), none.clone(), border(2, 1), &["FloatingText D4 斜めの罫線"]),
        (plain.clone(), none.clone(), border(1, 0), &[]),
    ] {
        let styles = styled(&font, &fill, &border);
        let told = told_of_package(&styles, nothing, fifty, nothing, &[]);
        assert_eq!(told, expected, "{font:?} {fill:?} {border:?}");
    }
}

#[test]
fn zeros_that_the_sheet_does_not_show_are_told_in_xlsb() {
    for (flags, value, expected) in
        [(0x0CC, 0.0f64, &["UnseenText D4 0人"] as &[&str]), (0x0CC, 5.0, &[]), (0x0DC, 0.0, &[])]
    {
        let told = told_of_package(
            &styles(),
            |sheet| _ = sheet.record(137, &[&short(flags), &[0; 28]]),
            |sheet| _ = sheet.record(5, &[&long(3), &long(1), &value.to_le_bytes()]),
            nothing,
            &[],
        );
        assert_eq!(told, expected, "{flags:#x} {value}");
    }
}

/// Styles with formats of conditions: struck, white letters, a format that shows nothing, a black
/// ground, bold.
fn conditional_styles() -> Part {
    let property = |kind: u16, value: &[u8]| {
        [&short(kind)[..], &short(value.len() as u16 + 4), value].concat()
    };
    let code: Vec<u8> = ";;;".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let plain = [&[0xDC, 0, 0, 0, 0x90, 1, 0, 0, 0, 0, 0, 0][..], &automatic()].concat();
    let mut styles = styled(&plain, &long(0), &[0; 51]);
    styles.record(505, &[&long(5)]);
    for property in [
        property(29, &[1]),
        property(5, &themed(0, 0)),
        property(38, &[&short(3)[..], &code].concat()),
        property(2, &rgb(0, 0, 0)),
        property(25, &short(700)),
    ] {
        styles.record(507, &[&[0; 4], &short(1), &property]);
    }
    styles.record(506, &[]);
    styles
}

#[test]
fn a_conditional_format_strikes_or_hides_in_xlsb_where_its_condition_holds() {
    // `$B4="…"`, as for D4.
    let is_named = |name: &str| {
        let units: Vec<u16> = name.encode_utf16().collect();
        let letters: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let cell = [&[0x4C][..], &long(0), &short(0x8001)].concat();
        [&cell[..], &[0x17], &short(units.len() as u16), &letters, &[0x0B]].concat()
    };
    // `COUNTIF(D4,"a")+1>1`: the sum is not worked out, and the function is named.
    let counted = [
        &[0x4C][..],
        &long(0),
        &short(0xC000),
        &[0x17, 1, 0, b'a', 0, 0x41, 0x5A, 1, 0x1E, 1, 0, 0x03, 0x1E, 1, 0, 0x0D],
    ]
    .concat();
    let is_struck: &[&str] = &["StruckText D4 50人"];
    let is_unseen: &[&str] = &["UnseenText D4 50人"];
    for (kind, detail, operator, format, tokens, expected) in [
        (2, 1, 0, 0, TRUE.to_vec(), is_struck),
        (2, 1, 0, 1, TRUE.to_vec(), is_unseen),
        (2, 1, 0, 2, TRUE.to_vec(), is_unseen),
        (2, 1, 0, 3, TRUE.to_vec(), is_unseen),
        (2, 1, 0, 4, TRUE.to_vec(), &[] as &[&str]),
        (2, 1, 0, 0, is_named("人数"), is_struck),
        (2, 1, 0, 0, is_named("件数"), &[]),
        (1, 0, 6, 0, vec![0x1E, 9, 0], &[]),
        (1, 0, 4, 0, vec![0x1E, 9, 0], is_struck),
        (2, 27, 0, 0, vec![], &["ConditionalFormat D4 重複する値"]),
        (2, 1, 0, 0, counted, &["ConditionalFormat D4 COUNTIF を使う計算式"]),
        (5, 5, 10, 0, vec![], &["ConditionalFormat D4 値の順位"]),
        (5, 5, 10, u32::MAX, vec![], &[]),
    ] {
        let told = told_of_package(
            &conditional_styles(),
            nothing,
            fifty,
            |sheet| {
                let cells = [3, 9, 3, 3].map(long).concat();
                sheet.record(461, &[&long(1), &long(0), &long(1), &cells]);
                let numbers = [kind, detail, format, 1, operator, 0, 0].map(long).concat();
                let lengths = [tokens.len() as u32, 0, 0].map(long).concat();
                let formula = match tokens.is_empty() {
                    true => Vec::new(),
                    false => [&long(tokens.len() as u32)[..], &tokens, &long(0)].concat(),
                };
                let rest = [&short(0)[..], &lengths, &long(u32::MAX), &formula].concat();
                sheet.record(463, &[&numbers, &rest]).record(464, &[]).record(462, &[]);
            },
            &[],
        );
        assert_eq!(told, expected, "{kind} {detail} {format} {tokens:?}");
    }
    let cut = |sheet: &mut Part| {
        let cells = [3, 9, 3, 3].map(long).concat();
        sheet.record(461, &[&[1, 0, 1].map(long).concat(), &cells]).record(463, &[&[0; 20]]);
    };
    let told = told_of_package(&conditional_styles(), nothing, fifty, cut, &[]);
    assert_eq!(told, ["ConditionalFormat D4 読み取れない条件"]);
}

#[test]
fn a_picture_a_covered_text_and_a_cut_one_are_told_in_xlsb() {
    let told = |cell: &dyn Fn(&mut Part), behind: &dyn Fn(&mut Part), more: &[_]| {
        told_of_package(&styles(), nothing, cell, behind, more)
    };
    let picture = |sheet: &mut Part| {
        sheet.record(8, &[&long(3), &long(0), &wide("=DISPIMG(\"ID_1\",1)"), &[0; 10]]);
    };
    assert_eq!(told(&picture, &nothing, &[]), ["ObjectInCell D4 画像"]);
    let error = |sheet: &mut Part| {
        sheet.record(50, &[&long(1)]);
        sheet.record(3, &[&long(3), &long(0), &[0x0F]]);
    };
    for (kinds, expected) in [
        (&[][..], "ObjectInCell D4 画像又はデータ型"),
        (&["_localImage"], "ObjectInCell D4 画像"),
        (&["_error"], "ErrorValue D4 #VALUE!"),
        (&["_error", "_localImage"], "ObjectInCell D4 画像又はデータ型"),
    ] {
        let kinds: String = kinds.iter().map(|kind| format!("<s t=\"{kind}\"/>")).collect();
        let part = format!("<rvStructures>{kinds}</rvStructures>").into_bytes();
        let part = ("x", "/xl/richData/rdrichvaluestructure.xml", part);
        assert_eq!(told(&error, &nothing, &[part]), [expected]);
    }
    let covered = |sheet: &mut Part| {
        fifty(sheet);
        row(sheet, 4, false);
        texts(sheet, &[(0, "1(1)"), (1, "件数"), (2, "別の施策"), (3, "5件"), (4, "6件")]);
    };
    let merge = |sheet: &mut Part| _ = sheet.record(176, &[&[3, 4, 2, 2].map(long).concat()]);
    assert_eq!(told(&covered, &merge, &[]), ["MergedCells C4 C4:C5", "CoveredText C5 別の施策"]);
    let long_text = "調".repeat(32_767);
    let cut = |sheet: &mut Part| _ = sheet.record(6, &[&long(3), &long(0), &wide(&long_text)]);
    assert_eq!(told(&cut, &nothing, &[]), [format!("CutText D4 …{}", "調".repeat(20))]);
}

#[test]
fn the_totals_row_of_a_table_object_is_no_entry_in_xlsb() {
    let told = |totals: u32, name: &str| {
        let mut table = Part::default();
        let head = [2, 4, 0, 4, 0, 1, 1, totals].map(long).concat();
        table.record(343, &[&head, &[0; 32]]);
        let column = [&[0; 24][..], &wide("主なKPI"), &wide("主なKPI"), &wide("合わせて")];
        table.record(347, &[&column.concat(), &long(u32::MAX)]);
        let part = ("table", "/xl/tables/table1.bin", table.0);
        let entry = |sheet: &mut Part| {
            fifty(sheet);
            row(sheet, 4, false);
            texts(sheet, &[(0, "集計"), (1, name)]);
        };
        told_of_package(&styles(), nothing, entry, nothing, &[part]).len()
    };
    // What stands there is told beside the table, or it is an entry.
    assert_ne!(told(1, "合わせて"), told(0, "合わせて"));
    assert_eq!(told(1, "件数"), told(0, "件数"));
}

#[test]
fn the_words_that_a_drop_down_of_xlsb_offers_are_known() {
    let offered = |kind: u32, tokens: &[u8], texts: &[u8]| {
        let mut sheet = Part::default();
        sheet.record(129, &[]).record(145, &[]).record(146, &[]);
        let cells = [5, 9, 1, 1].map(long).concat();
        let formula = [&long(tokens.len() as u32)[..], tokens, &long(0)].concat();
        sheet.record(64, &[&long(kind), &long(1), &cells, texts, &formula, &[0; 8]]);
        sheet.record(130, &[]);
        let bytes = package_with(&sheet, &Part::default(), &styles(), &[]);
        let source = Source { name: "01_総務部.xlsb".into(), bytes: Ok(bytes) };
        let book = crate::intake::read::read(source, &Limits::default());
        let at = |row| book.sheets[0].drop_downs.at(CellRef::new(row, 1)).map(str::to_owned);
        (at(5), at(9), at(10))
    };
    let list = |text: &str| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let letters: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        [&[0x17][..], &short(units.len() as u16), &letters].concat()
    };
    let prompts = [&long(u32::MAX)[..], &wide("誤り"), &long(u32::MAX), &wide("")].concat();
    let known = Some("\"継続,新規\"".to_owned());
    assert_eq!(offered(3, &list("継続,新規"), &prompts), (known.clone(), known.clone(), None));
    assert_eq!(offered(3, &list("継続\0新規"), &prompts), (known.clone(), known, None));
    // A number between two others, a list in cells, and a record that is cut off.
    assert_eq!(offered(1, &list("1"), &prompts), (None, None, None));
    assert_eq!(offered(3, &[0x25, 0, 0], &prompts), (None, None, None));
    assert_eq!(offered(3, &[], &[]), (None, None, None));
}

/// The cells that are told to be struck through.
fn struck_cells<'t>(told: impl IntoIterator<Item = &'t str>) -> String {
    let cells = told.into_iter().filter_map(|told| told.strip_prefix("StruckText ")?.get(..2));
    cells.collect::<Vec<_>>().join(" ")
}

/// A part of a table from its header to its only row, flags of what the style shows, the number of the
/// format, and the cells that are struck; the format 0 strikes, the format 4 does not.
const PARTS_OF_TABLES: [(u32, u16, u32, &str); 12] = [
    (0, 0, 0, "A1 B1 C1 D1 E1 A2"),
    (0, 0, 4, ""),
    (0, 0, 99, ""),
    (1, 0, 0, "A1 B1 C1 D1 E1"),
    (2, 0, 0, ""),
    (3, 0, 0, ""),
    (3, 1, 0, "A1 A2"),
    (4, 2, 0, "E1 E2"),
    (5, 4, 0, "A2"),
    (6, 4, 0, ""),
    (8, 8, 0, "B2 D2"),
    (9, 15, 0, ""),
];

/// The rows of a table in the words of [`PARTS_OF_TABLES`], where its header stands in another row.
fn in_rows(cells: &str, header: u32) -> String {
    let [first, second] = [header, header + 1].map(|row| row.to_string());
    cells.replace('1', "#").replace('2', &second).replace('#', &first)
}

#[test]
fn the_style_of_a_table_object_strikes_the_parts_through_that_it_shows_in_xlsb() {
    let told = |part: u32, flags: u16, format: u32| {
        let mut styles = conditional_styles();
        // One more, which is cut off.
        styles.record(507, &[&[0; 4], &short(1)]);
        styles.record(508, &[&long(1), &long(u32::MAX), &long(u32::MAX)]);
        styles.record(510, &[&short(4), &long(1), &wide("取消")]);
        styles.record(512, &[&[part, 1, format].map(long).concat()]);
        styles.record(511, &[]).record(509, &[]);
        let mut table = Part::default();
        table.record(343, &[&[2, 3, 0, 4, 0, 1, 1, 0].map(long).concat(), &[0; 32]]);
        table.record(513, &[&short(flags), &wide("取消")]);
        let part = ("table", "/xl/tables/table1.bin", table.0);
        told_of_package(&styles, nothing, fifty, nothing, &[part])
    };
    for (part, flags, format, expected) in PARTS_OF_TABLES {
        let told = told(part, flags, format);
        let struck = struck_cells(told.iter().map(String::as_str));
        assert_eq!(struck, in_rows(expected, 3), "{part} {flags} {format}");
    }
    let doubtful = told(4, 2, 5);
    assert_eq!(doubtful, ["ConditionalFormat E4 テーブルのスタイル"], "it cannot be read");
}

#[test]
fn the_style_of_a_table_object_strikes_the_parts_through_that_it_shows_in_xls() {
    let properties = |kind: u16, length: u16, value: &[u8]| {
        since_2007(0x088D, &[&[0; 4][..], &short(1), &short(kind), &short(length), value].concat())
    };
    let name: Vec<u8> = "取消".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let told = |part: u32, flags: u16, format: u32| {
        let style = [&short(4)[..], &long(1), &short(2), &name].concat();
        let element = [part, 1, format].map(long).concat();
        let bold = || properties(25, 6, &short(700));
        let mut global = vec![self::format(0, 0, [0, 64], false), properties(29, 5, &[1])];
        global.extend([bold(), bold(), bold(), bold(), properties(29, 9, &[])]);
        global.extend([since_2007(0x088F, &style), since_2007(0x0890, &element)]);
        let region = [1, 2, 0, 4].map(short).concat();
        let head = [&short(5)[..], &[0; 5], &short(1), &[0; 6], &region].concat();
        let table = [&head[..], &[0, 7, 1, 0].map(long).concat()].concat();
        let client = [&short(1)[..], &long(7), &short(flags), &short(2), &[1], &name].concat();
        self::told(global, vec![since_2007(0x0872, &table), since_2007(0x0877, &client)])
    };
    for (part, flags, format, expected) in PARTS_OF_TABLES {
        let told = told(part, flags, format);
        assert_eq!(struck_cells(told.split('|')), in_rows(expected, 2), "{part} {flags} {format}");
    }
    assert_eq!(told(4, 2, 5), "ConditionalFormat E3 テーブルのスタイル", "it cannot be read");
}

#[test]
fn a_format_that_is_not_there_is_told_in_xls_and_xlsb() {
    let font = |font: u16| told(vec![format(font, 0, [0, 64], false)], vec![]);
    assert_eq!(font(1), "StruckText D3 50人");
    assert_eq!(font(9), "PartLacking 書式のフォントの番号 9");
    let mut workbook = Workbook::form(EXCEL_97);
    workbook.label(CURRENT, 50, "50人");
    assert_eq!(current(&workbook.read()).1, "PartLacking 書式の番号 50");
    let of = |ids: [u16; 3]| {
        let mut styles = styled(&[0; 20], &long(0), &[0; 51]);
        let [font, fill, border] = ids;
        styles.record(617, &[&long(1)]);
        styles.record(47, &[&[0xFFFF, 0, font, fill, border].map(short).concat(), &[0; 6]]);
        styles.record(618, &[]);
        told_of_package(&styles, nothing, fifty, nothing, &[])
    };
    assert_eq!(of([1, 1, 1]), [""; 0]);
    assert_eq!(of([7, 0, 0]), ["PartLacking 書式のフォントの番号 7"]);
    assert_eq!(of([0, 8, 0]), ["PartLacking 書式の塗りつぶしの番号 8"]);
    assert_eq!(of([0, 0, 9]), ["PartLacking 書式の罫線の番号 9"]);
    let beyond = |sheet: &mut Part| _ = sheet.record(6, &[&long(3), &long(60), &wide("50人")]);
    let told = told_of_package(&styles(), nothing, beyond, nothing, &[]);
    assert_eq!(told, ["PartLacking 書式の番号 60"]);
}

#[test]
fn form_controls_are_told_with_their_captions_and_states_in_xls() {
    // The records within the one of an object: what it is, its number and flags, and its state.
    let control = |kind: u16, flags: u16, checked: u16, caption: &str| {
        let of =
            |kind: u16, data: &[u8]| [&short(kind)[..], &short(data.len() as u16), data].concat();
        let head = [&short(kind)[..], &short(1), &short(flags), &[0; 12]].concat();
        let state = [&short(checked)[..], &[0; 6]].concat();
        let object = [of(0x15, &head), of(0x0A, &[0; 12]), of(0x12, &state), of(0, &[])].concat();
        let mut cells = vec![(0x005D, object)];
        if !caption.is_empty() {
            let units: Vec<u8> = caption.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let length = caption.encode_utf16().count() as u16;
            cells.push((0x01B6, [&[0; 10][..], &short(length), &[0; 6]].concat()));
            cells.push((0x003C, [&[1][..], &units].concat()));
        }
        told(vec![format(0, 0, [0, 64], false)], cells)
    };
    for (kind, flags, checked, caption, expected) in [
        (11, 0x11, 1, "掲載不要", "FloatingText チェックボックス「掲載不要」（オン）"),
        (11, 0x11, 0, "", "FloatingText チェックボックス（オフ）"),
        (12, 0x11, 1, "", "FloatingText オプションボタン（オン）"),
        (7, 0x11, 0, "提出", "FloatingText ボタン「提出」"),
        (20, 0x11, 0, "", "FloatingText コンボボックス"),
        // The arrow of a filter or of a list of choices.
        (20, 0x2101, 0, "", ""),
    ] {
        assert_eq!(control(kind, flags, checked, caption), expected, "{kind} {caption}");
    }
}

#[test]
fn form_controls_are_told_in_xlsb() {
    let drawing = |kind: &str, more: &str| {
        let part = format!(
            r#"<xml xmlns:v="v" xmlns:x="x"><v:shape id="_x0000_s1"><x:ClientData ObjectType="{kind}"><x:Anchor>3, 5, 3, 3, 4, 60, 4, 2</x:Anchor>{more}</x:ClientData></v:shape></xml>"#
        );
        let part = ("vmlDrawing", "/xl/drawings/vmlDrawing1.vml", part.into_bytes());
        let styles = styled(&[0; 20], &long(0), &[0; 51]);
        told_of_package(&styles, nothing, fifty, nothing, &[part])
    };
    assert_eq!(drawing("Drop", ""), ["FloatingText D4 コンボボックス"]);
    let checked = "<x:Checked>1</x:Checked>";
    assert_eq!(drawing("Checkbox", checked), ["FloatingText D4 チェックボックス（オン）"]);
}

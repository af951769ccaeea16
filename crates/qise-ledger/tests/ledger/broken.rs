//! Ledgers with faults: each is told at its cell, with its code, a hint where there is one, and in both languages; all at once.

use qise_ledger::{Book, Cell, read_ledger};

use crate::support::{find, good, put, sheet};

/// Sheet, heading, row, what is written there, and the code of the fault; a word of the hint where there is one.
const BROKEN: [(&str, &str, usize, &str, &str, &str); 33] = [
    ("需求", "编号", 2, "n1", "duplicate_key", ""),
    ("需求", "编号", 1, "", "missing_field", ""),
    ("需求", "类别", 1, "黄色的", "unknown_reference", "黄色"),
    ("需求", "项目", 1, "冬季行动", "unknown_reference", ""),
    ("需求", "地点", 1, "王府路", "unknown_reference", "王府街"),
    ("需求", "地点", 1, "", "missing_field", ""),
    ("需求", "经度", 2, "东边", "wrong_type", ""),
    ("需求", "经度", 2, "", "conflict", ""),
    ("需求", "纬度", 2, "138.85", "bad_coordinate", ""),
    ("需求", "时间", 1, "尽快", "bad_time", ""),
    ("需求", "时间", 1, "", "missing_field", ""),
    ("需求", "时间", 1, "11:30-9:00", "window_reversed", ""),
    ("需求", "时间", 1, "9:00-11:00、10:00-12:00", "window_overlap", ""),
    ("需求", "时间", 1, "2月30日 9:00-10:00", "bad_time", "calendar"),
    ("需求", "时长", 1, "很久", "bad_duration", ""),
    ("需求", "时长", 1, "-5", "out_of_range", ""),
    ("需求", "优先级", 1, "高", "wrong_type", ""),
    ("需求", "优先级", 1, "-1", "out_of_range", ""),
    ("需求", "技能", 1, "陪珍", "unknown_reference", "陪诊"),
    ("需求", "技能", 2, "水暖零级", "unknown_reference", "水暖"),
    ("志愿者", "编号", 2, "v1", "duplicate_key", ""),
    ("志愿者", "性别", 1, "女士", "unknown_value", ""),
    ("志愿者", "队伍", 1, "护里队", "unknown_reference", "护理队"),
    ("志愿者", "住址", 1, "王府", "unknown_reference", "王府街"),
    ("志愿者", "班次", 1, "每天都行", "bad_time", ""),
    ("志愿者", "班次", 1, "8:00-12:00、11:00-17:00", "shift_conflict", ""),
    ("志愿者", "最远", 1, "很远", "wrong_type", ""),
    ("志愿者", "出行方式", 1, "飞机", "unknown_reference", ""),
    ("队伍", "驻地", 1, "北梁街", "unknown_reference", "南梁街"),
    ("地点", "经度", 1, "东经", "wrong_type", ""),
    ("物资", "须归还", 1, "也许", "wrong_type", ""),
    ("仓储点", "库存", 1, "轮倚2", "unknown_reference", "轮椅"),
    ("出行方式", "时速", 1, "快", "wrong_type", ""),
];

/// All faults of a book: cell, code, and the message in both languages.
fn faults(book: &Book) -> Vec<(String, String, String)> {
    match read_ledger(book, "台账") {
        Ok(_) => Vec::new(),
        Err(faults) => {
            let told = faults.0.into_iter().map(|fault| {
                let message = fault.message();
                assert!(!message.en.is_empty() && !message.zh.is_empty());
                (fault.path.clone(), fault.code.to_string(), message.en + &message.zh)
            });
            told.collect()
        }
    }
}

fn cell(book: &Book, sheet: &str, heading: &str, row: usize) -> String {
    let (_, c) = find(book, sheet, heading);
    format!("{sheet}!{}{}", char::from(b'A' + c as u8), row + 1)
}

#[test]
fn the_ledger_without_faults_is_read() {
    let ledger = read_ledger(&good(), "台账").unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(ledger.told, []);
    let problem = &ledger.scenario.problem;
    assert_eq!((problem.needs().len(), problem.volunteers().len(), problem.skills().len()), (2, 2, 2));
    assert_eq!(problem.skills()[1].levels, 3);
}

#[test]
fn each_fault_is_told_at_its_cell() {
    for (name, heading, row, words, code, hint) in BROKEN {
        let mut book = good();
        let at = cell(&book, name, heading, row);
        put(&mut book, name, heading, row, words);
        let told = faults(&book);
        let found =
            told.iter().any(|(path, own, message)| *path == at && own == code && message.contains(hint));
        assert!(found, "{at} {words:?}: {code} {hint:?} expected, not {told:#?}");
        // What is said twice would be mended twice.
        let again = told.iter().filter(|(path, ..)| *path == at).count();
        assert_eq!(again, 1, "{at} {words:?}: {told:#?}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let mut book = good();
    let all = [
        ("需求", "时间", 1, "尽快"),
        ("需求", "时长", 2, "很久"),
        ("志愿者", "班次", 2, "有空"),
        ("地点", "纬度", 2, "北"),
        ("仓储点", "库存", 1, "轮倚2"),
    ];
    let mut cells = Vec::new();
    for (name, heading, row, words) in all {
        put(&mut book, name, heading, row, words);
        cells.push(cell(&book, name, heading, row));
    }
    let told = faults(&book).into_iter().map(|(path, ..)| path).collect::<Vec<_>>();
    assert_eq!(told, cells);
}

#[test]
fn faults_of_sheets_and_headings_are_told() {
    let broken: [(&str, Book, &str, &str); 7] = [
        (
            "no volunteers",
            Book { sheets: good().sheets.into_iter().filter(|s| s.name != "志愿者").collect() },
            "$",
            "missing_field",
        ),
        ("a sheet twice", with(sheet("needs", &[&["编号"], &["x"]])), "needs", "duplicate_field"),
        ("a sheet misspelt", with(sheet("志愿着", &[&["编号"], &["x"]])), "志愿着", "unknown_field"),
        ("a heading misspelt", renamed("需求", "时长", "时常"), "需求!I1", "unknown_field"),
        ("a heading twice", renamed("需求", "名称", "编号"), "需求!B1", "duplicate_field"),
        ("a setting misspelt", renamed_setting("日期", "曰期"), "设置!A2", "unknown_field"),
        ("no heading of a required column", renamed("需求", "时间", "（时间）"), "需求!A1", "missing_field"),
    ];
    for (what, book, at, code) in broken {
        let told = faults(&book);
        assert!(
            told.iter().any(|(path, own, _)| path == at && own == code),
            "{what}: {at} {code}, not {told:#?}"
        );
    }
}

#[test]
fn hostile_cells_do_nothing() {
    for words in
        ["=cmd()", "+1", "-1", "@x", "<img src=x onerror=alert(1)>", "'=1", "\u{202e}abc", "a\nb", "_x000D_"]
    {
        let mut book = good();
        put(&mut book, "需求", "名称", 1, words);
        let scenario =
            read_ledger(&book, "台账").unwrap_or_else(|faults| panic!("{words:?}: {faults}")).scenario;
        let name = scenario.problem.needs()[0].name.clone();
        let folder = tempfile::tempdir().unwrap();
        for file in ["ledger.xlsx", "tables"] {
            let path = folder.path().join(file);
            qise_ledger::write_ledger(&scenario, qise::Lang::Zh).save(&path).unwrap();
            let again = read_ledger(&Book::open(&path).unwrap(), "台账")
                .unwrap_or_else(|faults| panic!("{words:?}: {faults}"));
            assert_eq!(again.scenario.problem.needs()[0].name, name, "{words:?} in {file}");
        }
    }
}

fn with(sheet: qise_ledger::Sheet) -> Book {
    let mut book = good();
    book.sheets.push(sheet);
    book
}

fn renamed(sheet: &str, heading: &str, to: &str) -> Book {
    let mut book = good();
    let (s, c) = find(&book, sheet, heading);
    book.sheets[s].rows[0][c] = Cell::Text(to.into());
    book
}

fn renamed_setting(name: &str, to: &str) -> Book {
    let mut book = good();
    let settings = book.sheets.iter_mut().find(|sheet| sheet.name == "设置").unwrap();
    let row = settings.rows.iter_mut().find(|row| row[0] == Cell::Text(name.into())).unwrap();
    row[0] = Cell::Text(to.into());
    book
}

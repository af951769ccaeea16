//! Small ledgers to try things on.

use qise_ledger::{Book, Cell, Sheet};

/// A sheet of rows of words.
pub(crate) fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let rows = rows.iter().map(|row| row.iter().map(|words| Cell::Text((*words).into())).collect());
    Sheet { name: name.into(), rows: rows.collect(), ..Sheet::default() }
}

/// A small ledger in which every sheet is right.
pub(crate) fn good() -> Book {
    let sheets = vec![
        sheet(
            "需求",
            &[
                &["编号", "名称", "类别", "项目", "地点", "经度", "纬度", "时间", "时长", "优先级", "技能"],
                &["n1", "陪诊", "黄色", "冬季", "王府街", "", "", "9:00-11:30", "40", "5", "陪诊"],
                &[
                    "n2",
                    "修水管",
                    "紫色",
                    "",
                    "新村",
                    "105.7",
                    "38.85",
                    "11月24日 14:00-16:00",
                    "半小时",
                    "",
                    "水暖2级",
                ],
            ],
        ),
        sheet(
            "志愿者",
            &[
                &["编号", "姓名", "性别", "队伍", "住址", "班次", "技能", "最远", "载量", "出行方式"],
                &[
                    "v1",
                    "其木格",
                    "女",
                    "护理队",
                    "王府街",
                    "8:00-17:00",
                    "陪诊",
                    "30公里",
                    "座位3",
                    "小汽车",
                ],
                &["v2", "巴特尔", "男", "", "南梁街", "8:00-12:00、14:00-18:00", "水暖3级、陪诊", "", "", ""],
            ],
        ),
        sheet("队伍", &[&["编号", "名称", "类别", "驻地"], &["t1", "护理队", "白色", "南梁街"]]),
        sheet(
            "地点",
            &[
                &["名称", "经度", "纬度"],
                &["王府街", "105.6722", "38.8364"],
                &["南梁街", "105.6706", "38.8287"],
            ],
        ),
        sheet("物资", &[&["编号", "名称", "须归还"], &["wheelchair", "轮椅", "是"]]),
        sheet("仓储点", &[&["名称", "地点", "时间", "库存"], &["物资库", "南梁街", "8:00-18:00", "轮椅2"]]),
        sheet("车辆", &[&["编号", "停放地点", "载量", "续航"], &["w1", "南梁街", "座位4", "300"]]),
        sheet("项目", &[&["名称", "负责人"], &["冬季", "李主任"]]),
        sheet("出行方式", &[&["名称", "时速"], &["小汽车", "60"]]),
        sheet("设置", &[&["名称", "值"], &["日期", "2026-11-24"], &["坐标系", "WGS-84"]]),
    ];
    Book { sheets }
}

/// Puts words into a cell: by the name of the sheet, of the heading, and by the row below the headings.
pub(crate) fn put(book: &mut Book, sheet: &str, heading: &str, row: usize, words: &str) {
    let (s, c) = find(book, sheet, heading);
    let cells = &mut book.sheets[s].rows[row];
    cells.resize(cells.len().max(c + 1), Cell::Empty);
    cells[c] = Cell::Text(words.into());
}

/// The sheet and the column of a heading.
pub(crate) fn find(book: &Book, sheet: &str, heading: &str) -> (usize, usize) {
    let s = book.sheets.iter().position(|known| known.name == sheet).unwrap();
    let c = book.sheets[s].rows[0].iter().position(|cell| *cell == Cell::Text(heading.into())).unwrap();
    (s, c)
}

//! Ledgers as offices type them: merged titles, full-width digits, GBK, dates of spreadsheets, totals below.

use qise::model::Time;
use qise_ledger::{Book, Cell, Sheet, read_ledger};

use crate::support::{good, put, sheet};

/// 2026-11-24T00:00+08:00.
const DAY: i64 = 1_795_449_600;

fn at(hour: i64, minute: i64) -> Time {
    Time(DAY + hour * 3600 + minute * 60)
}

#[test]
fn titles_full_width_digits_and_totals() {
    let mut book = good();
    let rows = book.sheets[0].rows.split_off(0);
    let titles = [
        vec![Cell::Text("阿拉善左旗群众需求台账".into()), Cell::Empty],
        vec![Cell::Text("填报日期:2026年11月24日".into())],
        vec![],
    ];
    book.sheets[0].rows = [titles.to_vec(), rows].concat();
    let needs = &mut book.sheets[0].rows;
    needs[4][7] =
        Cell::Text("\u{ff19}\u{ff1a}\u{ff10}\u{ff10}\u{ff0d}\u{ff11}\u{ff11}\u{ff1a}\u{ff13}\u{ff10}".into());
    needs[4][8] = Cell::Text("\u{ff14}\u{ff10}分钟".into());
    needs.push(vec![]);
    needs.push(vec![Cell::Text("合计".into()), Cell::Text("2项".into())]);
    needs.push(vec![Cell::Text("填表人:王芳".into())]);
    let scenario = read_ledger(&book, "台账").unwrap_or_else(|faults| panic!("{faults}")).scenario;
    let needs = scenario.problem.needs();
    assert_eq!(needs.len(), 2);
    let stop = &needs[0].stops[0];
    assert_eq!((stop.windows[0].from, stop.windows[0].to, stop.service.0), (at(9, 0), at(11, 30), 2400));
    assert_eq!(needs[1].stops[0].service.0, 1800);
}

#[test]
fn tables_in_gbk() {
    let folder = tempfile::tempdir().unwrap();
    let tables = [
        (
            "需求清单",
            "编号,事项,地址,日期,服务时间,服务时长(小时),联系电话\nn1,陪诊,王府街,2026/11/24,上午9点到11点半,1.5,0483-822\n",
        ),
        ("志愿者名单", "姓名,家庭住址,在岗时间,特长\n其木格,王府街,周二 8:00-17:00,\"护理2级、蒙古语\"\n"),
        ("地点", "地点;lon;lat\n王府街;105.6722;38.8364\n"),
    ];
    for (name, words) in tables {
        let (bytes, ..) = encoding_rs::GBK.encode(words);
        std::fs::write(folder.path().join(format!("{name}.csv")), bytes).unwrap();
    }
    let ledger =
        read_ledger(&Book::open(folder.path()).unwrap(), "台账").unwrap_or_else(|faults| panic!("{faults}"));
    let problem = &ledger.scenario.problem;
    let stop = &problem.needs()[0].stops[0];
    assert_eq!((stop.windows[0].from, stop.windows[0].to, stop.service.0), (at(9, 0), at(11, 30), 5400));
    let qimuge = &problem.volunteers()[0];
    assert_eq!((qimuge.key.as_str(), qimuge.shifts[0].start), ("其木格", at(8, 0)));
    assert_eq!(
        problem.skills().iter().map(|skill| (skill.key.as_str(), skill.levels)).collect::<Vec<_>>(),
        [("护理", 2), ("蒙古语", 1)]
    );
    // the datum is not stated
    assert_eq!(ledger.told.len(), 1, "{:?}", ledger.told);
}

#[test]
fn dates_and_times_of_spreadsheets() {
    let mut book = good();
    let moment = |hour, minute| Cell::Moment(jiff::civil::date(2026, 11, 24).at(hour, minute, 0, 0));
    let needs = &mut book.sheets[0];
    needs.rows[0].push(Cell::Text("日期".into()));
    needs.rows[1].push(moment(0, 0));
    needs.rows[1][7] = Cell::Clock(9 * 3600 + 1800);
    needs.rows[1][8] = Cell::Clock(45 * 60);
    needs.rows[2][7] = moment(14, 15);
    needs.rows[2][8] = Cell::Number(25.0);
    let settings = book.sheets.iter_mut().find(|sheet| sheet.name == "设置").unwrap();
    settings.rows[1][1] = moment(0, 0);
    let scenario = read_ledger(&book, "台账").unwrap_or_else(|faults| panic!("{faults}")).scenario;
    let stop = |need: usize| scenario.problem.needs()[need].stops[0].clone();
    assert_eq!(
        (stop(0).windows[0].from, stop(0).windows[0].to, stop(0).service.0),
        (at(9, 30), at(9, 30), 2700)
    );
    assert_eq!((stop(1).windows[0].from, stop(1).service.0), (at(14, 15), 1500));
}

#[test]
fn headings_in_english_and_in_any_order() {
    let rows: Vec<Sheet> = vec![
        sheet(
            "Needs",
            &[
                &["duration", "time", "place", "longitude", "latitude", "need"],
                &["30", "2026-11-24 9am-11:30am", "door", "105.7", "38.8", "1"],
            ],
        ),
        sheet(
            "volunteers",
            &[
                &["Shifts", "name", "home", "lat", "lon"],
                &["2026-11-24 8:00-12:00", "Bat", "home", "38.8", "105.6"],
            ],
        ),
        sheet("settings", &[&["setting", "value"], &["datum", "GCJ-02"], &["time zone", "+08:00"]]),
    ];
    let ledger = read_ledger(&Book { sheets: rows }, "台账").unwrap_or_else(|faults| panic!("{faults}"));
    let problem = &ledger.scenario.problem;
    assert_eq!(problem.needs()[0].stops[0].windows[0].to, at(11, 30));
    assert_eq!((problem.volunteers()[0].key.as_str(), ledger.told.len()), ("Bat", 0));
}

#[test]
fn days_of_the_week_are_visits_each() {
    let mut book = good();
    put(&mut book, "设置", "名称", 1, "日期");
    put(&mut book, "设置", "值", 1, "2026-11-23");
    put(&mut book, "需求", "时间", 1, "周一三五 9:00-11:00");
    put(&mut book, "需求", "时间", 2, "周一或周三 9:00-11:00");
    put(&mut book, "志愿者", "班次", 1, "工作日 8:00-17:00");
    let scenario = read_ledger(&book, "台账").unwrap_or_else(|faults| panic!("{faults}")).scenario;
    let keys = scenario.problem.needs().iter().map(|need| (need.key.as_str(), need.stops[0].windows.len()));
    assert_eq!(keys.collect::<Vec<_>>(), [("n1", 1), ("n2", 2), ("n1#2", 1), ("n1#3", 1)]);
    assert_eq!(scenario.problem.volunteers()[0].shifts.len(), 5);
}

#[test]
fn a_template_is_a_ledger_without_entries() {
    for lang in [qise::Lang::Zh, qise::Lang::En] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.xlsx");
        qise_ledger::template(lang).save(&path).unwrap();
        let ledger =
            read_ledger(&Book::open(&path).unwrap(), "台账").unwrap_or_else(|faults| panic!("{faults}"));
        assert!(ledger.scenario.problem.needs().is_empty() && ledger.told.is_empty(), "{:?}", ledger.told);
    }
}

#[test]
fn warnings_are_told_by_cell() {
    let mut book = crate::support::good();
    crate::support::put(&mut book, "需求", "时间", 1, "22:00-23:00");
    let ledger = read_ledger(&book, "台账").unwrap_or_else(|faults| panic!("{faults}"));
    let told = ledger.warnings(&book).into_iter().map(|warning| (warning.path, warning.code));
    assert!(told.collect::<Vec<_>>().contains(&("需求!H2".to_owned(), "outside_shifts")));
}

#[test]
fn what_a_first_user_typed() {
    let sheets = vec![
        crate::support::sheet(
            "需求",
            &[
                &["序号", "服务事项", "日期", "地点", "时间", "时长"],
                &["1", "送水", "12月2日", "南梁街", "12月2日 14:00-16:00", "20"],
                &["2", "陪诊", "", "南梁街", "上午", "40"],
                &["注\u{ff1a}每周五更新"],
            ],
        ),
        crate::support::sheet(
            "志愿者",
            &[
                &["姓名", "住址", "班次"],
                &["其木格", "南梁街", "8:00-17:00"],
                &["巴特尔", "南梁街", "周一 8:00-12:00"],
            ],
        ),
        crate::support::sheet("地点", &[&["名称", "经度", "纬度"], &["南梁街", "105.67", "38.83"]]),
        crate::support::sheet(
            "设置",
            &[&["名称", "值"], &["日期", "2026-12-02"], &["天数", "5"], &["坐标系", "WGS-84"]],
        ),
    ];
    let ledger = read_ledger(&Book { sheets }, "台账").unwrap_or_else(|faults| panic!("{faults}"));
    let problem = &ledger.scenario.problem;
    let needs = problem.needs().iter().map(|need| (need.key.as_str(), need.stops[0].windows.len()));
    assert_eq!(needs.collect::<Vec<_>>(), [("1", 1), ("2", 5)]);
    let shifts = problem.volunteers().iter().map(|who| who.shifts.len());
    assert_eq!(shifts.collect::<Vec<_>>(), [5, 0], "whoever is present on other days only has no shift");
}

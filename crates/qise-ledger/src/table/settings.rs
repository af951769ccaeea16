//! The sheet of settings: what holds for the whole ledger, one setting a row, and lists of the document that have no sheet of their own.

use crate::say::words::folded;

/// The names of the sheet of settings and of its columns: the name of a setting, and its value.
pub(crate) const SETTINGS_SHEET: [[&str; 2]; 3] =
    [["设置", "settings"], ["名称", "setting"], ["值", "value"]];

/// A setting.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
    /// The field of the document; none where it tells how the ledger is read.
    pub(crate) field: &'static str,
    pub(crate) kind: SettingKind,
    pub(crate) example: &'static str,
    pub(crate) about: [&'static str; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingKind {
    Words,
    /// The first day that is planned.
    Date,
    /// How many days are planned.
    Days,
    Whole,
    Datum,
    /// A value of the document as JSON.
    Json,
    /// An entry of a list of the document as JSON: one a row.
    Entries,
}

const fn setting(
    zh: &'static str,
    en: &'static str,
    field: &'static str,
    kind: SettingKind,
    example: &'static str,
    about: [&'static str; 2],
) -> Setting {
    Setting { zh, en, field, kind, example, about }
}

/// All settings.
pub(crate) const SETTINGS: [Setting; 19] = [
    setting(
        "名称",
        "name",
        "name",
        SettingKind::Words,
        "阿拉善左旗 11月24日",
        ["the name of it all", "方案名称"],
    ),
    setting(
        "日期",
        "date",
        "",
        SettingKind::Date,
        "2026-11-24",
        [
            "the first day that is planned: times without a day, and days without a year, go by it",
            "起始日期；未写日期的时间、未写年份的日期以此为准",
        ],
    ),
    setting(
        "天数",
        "days",
        "",
        SettingKind::Days,
        "1",
        [
            "how many days are planned; a week where days of the week are named, else one",
            "计划天数；出现星期时默认为七天，否则为一天",
        ],
    ),
    setting(
        "时区",
        "time_zone",
        "time_zone",
        SettingKind::Words,
        "Asia/Shanghai",
        [
            "the zone of all times; Asia/Shanghai where nothing is said",
            "所有时间的时区，不填为 Asia/Shanghai",
        ],
    ),
    setting(
        "坐标系",
        "datum",
        "datum",
        SettingKind::Datum,
        "WGS-84",
        [
            "the datum of longitudes and latitudes: WGS-84, GCJ-02 (AMap, Tencent) or BD-09 (Baidu); WGS-84 where nothing is said",
            "经纬度的坐标系：WGS-84、GCJ-02（高德、腾讯）或 BD-09（百度）；不填为 WGS-84",
        ],
    ),
    setting(
        "外包上限",
        "outsourcing",
        "outsourcing",
        SettingKind::Whole,
        "",
        ["what may be spent on needs that are handed to others", "转交他人的费用上限"],
    ),
    setting(
        "目标",
        "objective",
        "objective",
        SettingKind::Json,
        "",
        ["what makes a plan good, as in the document", "方案的评价目标，写法同文件"],
    ),
    setting(
        "原计划",
        "previous",
        "previous",
        SettingKind::Json,
        "",
        ["the plan that people were told, as in the document", "已通知的原计划，写法同文件"],
    ),
    setting(
        "服务类别",
        "categories",
        "categories",
        SettingKind::Entries,
        "",
        ["a kind of service, as in the document", "服务类别，写法同文件"],
    ),
    setting(
        "载量种类",
        "dimensions",
        "dimensions",
        SettingKind::Entries,
        "",
        ["in what loads are counted, as in the document", "载量的种类，写法同文件"],
    ),
    setting(
        "片区",
        "areas",
        "areas",
        SettingKind::Entries,
        "",
        ["a part of the land, as in the document", "片区，写法同文件"],
    ),
    setting(
        "路况",
        "slowdowns",
        "slowdowns",
        SettingKind::Entries,
        "",
        ["a spell of slow roads, as in the document", "道路缓行时段，写法同文件"],
    ),
    setting(
        "搭配",
        "pairs",
        "pairs",
        SettingKind::Entries,
        "",
        [
            "who must not, should or should not serve a need, as in the document",
            "需求与人员的搭配，写法同文件",
        ],
    ),
    setting(
        "关联",
        "links",
        "links",
        SettingKind::Entries,
        "",
        ["how two needs hang together, as in the document", "两项需求的关联，写法同文件"],
    ),
    setting(
        "替代方案",
        "choices",
        "choices",
        SettingKind::Entries,
        "",
        ["ways to do one thing, as in the document", "同一事项的不同做法，写法同文件"],
    ),
    setting(
        "不同队",
        "apart",
        "apart",
        SettingKind::Entries,
        "",
        ["two people who must not be in one crew, as in the document", "不得同组的两人，写法同文件"],
    ),
    setting(
        "完工",
        "makespans",
        "makespans",
        SettingKind::Entries,
        "",
        [
            "needs of which it counts when the last is done, as in the document",
            "以最后一项完成时间计的需求，写法同文件",
        ],
    ),
    setting(
        "人口",
        "population",
        "population",
        SettingKind::Entries,
        "",
        ["where residents live, as in the document", "居民分布，写法同文件"],
    ),
    setting(
        "更多",
        "more",
        "",
        SettingKind::Json,
        "",
        ["further fields of the document, as one object", "文件的其他字段，写作一个对象"],
    ),
];

/// The setting of a name.
pub(crate) fn setting_of(name: &str) -> Option<&'static Setting> {
    let name = folded(name);
    SETTINGS.iter().find(|setting| folded(setting.zh) == name || folded(setting.en) == name)
}

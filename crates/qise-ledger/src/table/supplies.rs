//! What is brought, where it is kept, and the vehicles that people share.

use super::{Column, Kind, List, SheetSpec, UNLOADING, column, latitude, longitude, required};
use crate::say::length::Unit;

pub(super) static GOODS: SheetSpec = SheetSpec {
    zh: "物资",
    en: "goods",
    also: &["物资清单"],
    list: List::Goods,
    is_required: false,
    about: ["kinds of things that needs ask for", "需求所需的物资种类"],
    columns: &[
        Column {
            also: &["id", "物资编号"],
            ..column(
                "编号",
                "good",
                "id",
                Kind::Words,
                "",
                ["its own id; the name where nothing is said", "不重复的编号,不填则为名称"],
            )
        },
        Column {
            also: &["物资", "物资名称"],
            ..column("名称", "name", "name", Kind::Words, "饲草", ["a name for people", "供人阅读的名称"])
        },
        column("单位", "unit", "unit", Kind::Words, "捆", ["in what it is counted", "计量单位"]),
        column(
            "占用载量",
            "load",
            "load",
            Kind::Amounts(List::Dimensions),
            "",
            ["what one of it takes on board", "每件占用的载量"],
        ),
        column(
            "须归还",
            "comes_back",
            "comes_back",
            Kind::Flag,
            "",
            ["what is not left with a need is brought back to a depot", "未留在需求处的须带回仓储点"],
        ),
        super::MORE,
    ],
};

pub(super) static DEPOTS: SheetSpec = SheetSpec {
    zh: "仓储点",
    en: "depots",
    also: &["仓库", "物资库", "仓储"],
    list: List::Depots,
    is_required: false,
    about: ["where goods are kept", "物资存放处"],
    columns: &[
        Column {
            also: &["id", "仓储点编号"],
            ..column(
                "编号",
                "depot",
                "id",
                Kind::Words,
                "",
                ["its own id; the name where nothing is said", "不重复的编号,不填则为名称"],
            )
        },
        Column {
            also: &["仓储点"],
            ..column(
                "名称",
                "name",
                "name",
                Kind::Words,
                "巴彦浩特物资库",
                ["a name for people", "供人阅读的名称"],
            )
        },
        Column {
            also: &["地址"],
            ..required("地点", "place", "at", Kind::Spot, "王府街社区", ["where", "所在地点"])
        },
        longitude("at"),
        latitude("at"),
        column(
            "日期",
            "date",
            "",
            Kind::Day,
            "",
            ["the day or days of the times in this row", "本行时间所在的日期"],
        ),
        Column {
            also: &["开放时间"],
            ..column(
                "时间",
                "time",
                "windows",
                Kind::Windows,
                "8:00-18:00",
                ["when a call may start; at any time where nothing is said", "可取货的时间,不填为随时"],
            )
        },
        column(
            "停留",
            "service",
            "service",
            Kind::Duration(Unit::Minutes),
            "10",
            ["how long a call takes; a number is minutes", "每次取货的时间;纯数字为分钟"],
        ),
        column(
            "库存",
            "stock",
            "stock",
            Kind::Amounts(List::Goods),
            "饲草200",
            [
                "what it keeps; as much as anybody asks for where no number stands",
                "存有的物资,不写数量为不限",
            ],
        ),
        super::MORE,
    ],
};

pub(super) static VEHICLES: SheetSpec = SheetSpec {
    zh: "车辆",
    en: "vehicles",
    also: &["车辆清单"],
    list: List::Vehicles,
    is_required: false,
    about: ["vehicles that several people may take", "多人可用的车辆"],
    columns: &[
        Column {
            also: &["id", "车牌", "车牌号"],
            ..column(
                "编号",
                "vehicle",
                "id",
                Kind::Words,
                "",
                ["its own id; the name where nothing is said", "不重复的编号,不填则为名称"],
            )
        },
        Column {
            also: &["车辆"],
            ..column("名称", "name", "name", Kind::Words, "无障碍车", ["a name for people", "供人阅读的名称"])
        },
        Column {
            also: &["地点", "place"],
            ..required(
                "停放地点",
                "kept_at",
                "at",
                Kind::Spot,
                "王府街社区",
                ["where it is kept", "停放的地点"],
            )
        },
        longitude("at"),
        latitude("at"),
        column(
            "出行方式",
            "profile",
            "profile",
            Kind::Ref(List::Profiles),
            "",
            ["how it moves: a row of the sheet 出行方式 (profiles)", "“出行方式”表中的一项"],
        ),
        column(
            "载量",
            "capacity",
            "capacity",
            Kind::Amounts(List::Dimensions),
            "座位4、轮椅位1",
            ["what it can carry", "可载量"],
        ),
        column(
            "卸货",
            "unload",
            "unload",
            Kind::Choice(UNLOADING),
            "",
            ["in which order it is unloaded", "卸货顺序"],
        ),
        column(
            "续航",
            "range",
            "range_m",
            Kind::Distance(Unit::Kilometres),
            "",
            ["no farther than this in one route; a number is kilometres", "一次出车最远里程;纯数字为公里"],
        ),
        column(
            "驾驶技能",
            "drivers",
            "drivers",
            Kind::DriverSkills,
            "",
            ["skills that whoever takes it must hold", "驾驶者须具备的技能"],
        ),
        column(
            "日期",
            "date",
            "",
            Kind::Day,
            "",
            ["the day or days of the times in this row", "本行时间所在的日期"],
        ),
        Column {
            also: &["可用时间"],
            ..column(
                "时间",
                "time",
                "windows",
                Kind::Windows,
                "",
                ["when it may be out; at any time where nothing is said", "可用时间,不填为随时"],
            )
        },
        column(
            "随车物资",
            "carries",
            "carries",
            Kind::Amounts(List::Goods),
            "",
            ["what is on board at the start of every route", "出车时随车的物资"],
        ),
        super::MORE,
    ],
};

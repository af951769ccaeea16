//! What is brought, where it is kept, and the vehicles that people share.

use super::{
    Column, DAY, Kind, List, SheetSpec, UNLOADING, column, latitude, longitude, name_for_people, own_id,
    required,
};
use crate::say::length::Unit;

pub(super) static GOODS: SheetSpec = SheetSpec {
    zh: "物资",
    en: "goods",
    also: &["物资清单"],
    list: List::Goods,
    is_required: false,
    about: ["kinds of things that needs ask for", "需求所需的物资种类"],
    columns: &[
        own_id("good", &["id", "物资编号"]),
        name_for_people("饲草", &["物资", "物资名称"]),
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
        own_id("depot", &["id", "仓储点编号"]),
        name_for_people("巴彦浩特物资库", &["仓储点"]),
        Column {
            also: &["地址"],
            ..required("地点", "place", "at", Kind::Spot, "王府街社区", ["where", "所在地点"])
        },
        longitude("at"),
        latitude("at"),
        DAY,
        Column {
            also: &["开放时间"],
            ..column(
                "时间",
                "time",
                "windows",
                Kind::Windows,
                "8:00-18:00",
                ["when a call may start; at any time where nothing is said", "可取货的时间，不填为随时"],
            )
        },
        column(
            "停留",
            "service",
            "service",
            Kind::Duration(Unit::Minutes),
            "10",
            ["how long a call takes; a number is minutes", "每次取货的时间；纯数字为分钟"],
        ),
        column(
            "库存",
            "stock",
            "stock",
            Kind::Amounts(List::Goods),
            "饲草200",
            [
                "what it keeps; as much as anybody asks for where no number stands",
                "存有的物资，不写数量为不限",
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
        own_id("vehicle", &["id", "车牌", "车牌号"]),
        name_for_people("无障碍车", &["车辆"]),
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
            ["no farther than this in one route; a number is kilometres", "一次出车最远里程；纯数字为公里"],
        ),
        column(
            "驾驶技能",
            "drivers",
            "drivers",
            Kind::DriverSkills,
            "",
            ["skills that whoever takes it must hold", "驾驶者须具备的技能"],
        ),
        DAY,
        Column {
            also: &["可用时间"],
            ..column(
                "时间",
                "time",
                "windows",
                Kind::Windows,
                "",
                ["when it may be out; at any time where nothing is said", "可用时间，不填为随时"],
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

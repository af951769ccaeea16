//! What is to be done: needs, the places where, and the projects that they belong to.

use super::{Column, Kind, List, SheetSpec, column, latitude, longitude, name_for_people, own_id, required};
use crate::say::length::Unit;

pub(super) static NEEDS: SheetSpec = SheetSpec {
    zh: "需求",
    en: "needs",
    also: &["需求清单", "需求台账", "群众需求", "群众需求清单"],
    list: List::Needs,
    is_required: true,
    about: ["what residents ask for, one need a row", "群众需求，每行一项"],
    columns: &[
        Column {
            also: &["id", "需求编号", "单号"],
            ..required("编号", "need", "id", Kind::Words, "n-01", ["its own id", "不重复的编号"])
        },
        name_for_people("陪诊：郭奶奶 复查", &["需求", "需求名称", "事项", "服务事项", "服务内容"]),
        Column {
            also: &["颜色", "服务类别"],
            ..column(
                "类别",
                "category",
                "category",
                Kind::Ref(List::Categories),
                "黄色",
                ["the kind of service: a colour or its name", "服务类别：七色之一或其名称"],
            )
        },
        column(
            "项目",
            "project",
            "project",
            Kind::Ref(List::Projects),
            "",
            ["the project that it belongs to", "所属项目"],
        ),
        Column {
            also: &["地址", "服务地点"],
            ..required(
                "地点",
                "place",
                "at",
                Kind::Spot,
                "王府街社区",
                [
                    "where: a place of the sheet 地点 (places), or any name beside longitude and latitude",
                    "服务地点：“地点”表中的地点，或配合经度、纬度填写任意名称",
                ],
            )
        },
        longitude("at"),
        latitude("at"),
        column(
            "日期",
            "date",
            "",
            Kind::Day,
            "11月24日",
            ["the day or days of the times in this row", "本行时间所在的日期"],
        ),
        Column {
            also: &["服务时间", "上门时间", "times"],
            ..required(
                "时间",
                "time",
                "windows",
                Kind::Visits,
                "9:00-11:30",
                [
                    "when the service may start; several spans: any of them; 周一三五 or 每天: a visit on each of these days; 周一或周三: one visit on one of them",
                    "服务可开始的时间；多个时段为任选其一；“周一三五”“每天”表示其中每天各一次，“周一或周三”表示任选一天",
                ],
            )
        },
        Column {
            also: &["服务时长", "minutes"],
            ..required(
                "时长",
                "duration",
                "service",
                Kind::Duration(Unit::Minutes),
                "40",
                ["how long the service takes; a number is minutes", "服务所需时间；纯数字为分钟"],
            )
        },
        column(
            "优先级",
            "priority",
            "priority",
            Kind::Whole,
            "5",
            ["how much it matters; 1 where nothing is said", "重要程度，不填为 1"],
        ),
        column(
            "必办",
            "mandatory",
            "mandatory",
            Kind::Flag,
            "",
            ["comes before all others", "先于其他一切需求"],
        ),
        Column {
            also: &["必备技能", "技能要求"],
            ..column(
                "技能",
                "skills",
                "requires",
                Kind::AskedSkills,
                "陪诊、蒙古语2级",
                ["skills that whoever comes must hold, with levels", "服务者须具备的技能及级别"],
            )
        },
        column(
            "性别",
            "gender",
            "requires",
            Kind::AskedGender,
            "女",
            ["of which gender they must be", "对服务者性别的要求"],
        ),
        column(
            "队伍",
            "team",
            "requires",
            Kind::AskedOf(List::Teams),
            "",
            ["to which team they must belong; one of several", "须由哪支队伍服务，多支为任选其一"],
        ),
        column(
            "队伍类别",
            "team_category",
            "requires",
            Kind::AskedOf(List::Categories),
            "",
            ["of which colour their team must be; one of several", "须由哪种颜色的队伍服务，多种为任选其一"],
        ),
        column("不派", "not", "requires", Kind::AskedNot, "", ["people who must not come", "不得前往的人员"]),
        column(
            "希望",
            "prefers",
            "prefers",
            Kind::Prefers,
            "",
            [
                "teams, people or skills that should rather come, with the price of somebody else in brackets: 护理队(900)",
                "希望由哪些队伍、人员或技能服务，括号内为由他人服务的代价，如 护理队（900）",
            ],
        ),
        column(
            "人数",
            "people",
            "roles",
            Kind::People,
            "1",
            ["how many people come, all alike; 1 where nothing is said", "需要的人数，要求相同；不填为 1"],
        ),
        column(
            "同队",
            "same_team",
            "crew.same_team",
            Kind::Flag,
            "",
            ["all who come are of one team", "前往的人员须同属一支队伍"],
        ),
        column(
            "承诺到达",
            "promised_start",
            "promise.start_by",
            Kind::Moment,
            "",
            ["by when somebody has promised to be there", "承诺最迟到达的时间"],
        ),
        column(
            "承诺完成",
            "promised_end",
            "promise.finish_by",
            Kind::Moment,
            "",
            ["by when it is promised to be done", "承诺最迟完成的时间"],
        ),
        column(
            "承诺必守",
            "hard_promise",
            "promise.hard",
            Kind::Flag,
            "",
            ["rather not at all than late", "宁可不去也不迟到"],
        ),
        column(
            "送往",
            "ride_to",
            "then",
            Kind::RideTo,
            "",
            ["a ride: where it goes on to, a place by id or name", "接送的目的地，填地点编号或名称"],
        ),
        column(
            "送达时长",
            "ride_service",
            "then",
            Kind::RideService,
            "",
            ["how long the stop there takes; a number is minutes", "在目的地停留的时间；纯数字为分钟"],
        ),
        column(
            "最长乘坐",
            "most_ride",
            "max_ride",
            Kind::Duration(Unit::Minutes),
            "",
            ["the longest time on board", "途中最长时间"],
        ),
        column(
            "载量",
            "load",
            "load",
            Kind::Amounts(List::Dimensions),
            "",
            ["what is on board for it: 座位1、轮椅位1", "途中占用的载量，如 座位1、轮椅位1"],
        ),
        column(
            "物资",
            "goods",
            "goods",
            Kind::Amounts(List::Goods),
            "",
            ["what is brought: 饲草20、轮椅1", "须带去的物资，如 饲草20、轮椅1"],
        ),
        column(
            "车辆",
            "vehicle",
            "vehicle",
            Kind::VehicleOrProfile,
            "",
            ["the vehicle or way of moving that must come", "限定的车辆或出行方式"],
        ),
        column(
            "避开近邻",
            "least_distance_from_home",
            "min_home_distance_m",
            Kind::Distance(Unit::Metres),
            "",
            [
                "nobody comes who lives nearer than this; a number is metres",
                "住处近于此距离的人不去；纯数字为米",
            ],
        ),
        column(
            "外包价",
            "outsource",
            "outsource",
            Kind::Whole,
            "",
            ["what it costs to hand it to others", "转交他人的费用"],
        ),
        column(
            "指定人员",
            "pinned",
            "pinned.volunteer",
            Kind::Ref(List::Volunteers),
            "",
            ["who goes is settled: a volunteer by id or name", "已定由谁前往"],
        ),
        super::MORE,
    ],
};

pub(super) static PLACES: SheetSpec = SheetSpec {
    zh: "地点",
    en: "places",
    also: &["地点清单", "地址表"],
    list: List::Places,
    is_required: false,
    about: ["places that other sheets call by name", "其他各表按名称引用的地点"],
    columns: &[
        own_id("place", &["id", "地点编号"]),
        name_for_people("王府街社区", &["地点"]),
        Column {
            also: &["lon", "lng"],
            ..column("经度", "longitude", "lon", Kind::Decimal, "105.6722", ["degrees east", "东经度数"])
        },
        Column {
            also: &["lat"],
            ..column("纬度", "latitude", "lat", Kind::Decimal, "38.8364", ["degrees north", "北纬度数"])
        },
        column("片区", "area", "area", Kind::Ref(List::Areas), "", ["the id of its area", "所属片区的编号"]),
        column(
            "停留准备",
            "setup",
            "setup",
            Kind::Duration(Unit::Minutes),
            "",
            [
                "time between arriving and starting: gate, lift; a number is minutes",
                "到达后进门、等电梯的时间；纯数字为分钟",
            ],
        ),
        super::MORE,
    ],
};

pub(super) static PROJECTS: SheetSpec = SheetSpec {
    zh: "项目",
    en: "projects",
    also: &["项目清单"],
    list: List::Projects,
    is_required: false,
    about: ["what the office groups needs by", "需求所属的项目"],
    columns: &[
        own_id("project", &["id", "项目编号"]),
        name_for_people("冬季暖心行动", &["项目名称"]),
        column("负责人", "owner", "owner", Kind::Words, "", ["who answers for it", "项目负责人"]),
        super::MORE,
    ],
};

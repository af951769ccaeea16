//! Who helps: volunteers, their teams, what they can do and how they move.

use super::{
    Column, GENDERS, Kind, List, SheetSpec, UNLOADING, Word, column, latitude, longitude, name_for_people,
    own_id, required,
};
use crate::say::length::Unit;

const SKILL_KINDS: &[Word] = &[
    Word { value: "skill", words: &["技能"] },
    Word { value: "credential", words: &["证书", "资格"] },
    Word { value: "language", words: &["语言"] },
];

pub(super) static VOLUNTEERS: SheetSpec = SheetSpec {
    zh: "志愿者",
    en: "volunteers",
    also: &["志愿者名单", "志愿者台账", "人员", "人员台账", "人员清单", "资源清单"],
    list: List::Volunteers,
    is_required: true,
    about: ["people who help, one a row", "志愿者，每行一人"],
    columns: &[
        Column {
            also: &["id", "志愿者编号", "工号"],
            ..column(
                "编号",
                "volunteer",
                "id",
                Kind::Words,
                "",
                ["their own id; the name where nothing is said", "不重复的编号，不填则为姓名"],
            )
        },
        Column {
            also: &["名称", "志愿者"],
            ..column("姓名", "name", "name", Kind::Words, "其木格", ["their name", "姓名"])
        },
        column(
            "性别",
            "gender",
            "gender",
            Kind::Choice(GENDERS),
            "女",
            ["as far as residents ask for it", "仅用于满足群众的要求"],
        ),
        Column {
            also: &["所属队伍", "team"],
            ..column(
                "队伍",
                "teams",
                "teams",
                Kind::Refs(List::Teams),
                "护理队",
                ["teams to which they belong", "所属队伍"],
            )
        },
        Column {
            also: &["家庭住址", "地点", "地址", "place"],
            ..required(
                "住址",
                "home",
                "home",
                Kind::Spot,
                "王府街社区",
                [
                    "where they start and end: a place of the sheet 地点 (places), or any name beside longitude and latitude",
                    "出发和返回的地点：“地点”表中的地点，或配合经度、纬度填写任意名称",
                ],
            )
        },
        longitude("home"),
        latitude("home"),
        column(
            "日期",
            "date",
            "",
            Kind::Day,
            "",
            ["the day or days of the shifts in this row", "本行班次所在的日期"],
        ),
        Column {
            also: &["在岗时间", "服务时间", "可服务时间", "时间", "shift"],
            ..required(
                "班次",
                "shifts",
                "shifts",
                Kind::Shifts,
                "8:00-12:00、14:00-17:30",
                ["when they are present", "在岗时间"],
            )
        },
        column(
            "休息",
            "breaks",
            "shifts",
            Kind::Breaks,
            "",
            [
                "a rest that starts within a span, and how long: 12:00-13:00 30分钟",
                "在某时段内开始的休息及时长，如 12:00-13:00 30分钟",
            ],
        ),
        Column {
            also: &["特长", "技能特长"],
            ..column(
                "技能",
                "skills",
                "skills",
                Kind::Held,
                "护理2级、蒙古语",
                [
                    "what they can do, with levels; until when in brackets: 护士执业证(至2027-03-31)",
                    "技能及级别；有效期写在括号内，如 护士执业证（至2027-03-31）",
                ],
            )
        },
        Column {
            also: &["交通工具"],
            ..column(
                "出行方式",
                "profile",
                "profile",
                Kind::Ref(List::Profiles),
                "",
                ["how they move: a row of the sheet 出行方式 (profiles)", "“出行方式”表中的一项"],
            )
        },
        column(
            "载量",
            "capacity",
            "capacity",
            Kind::Amounts(List::Dimensions),
            "",
            ["what they can carry: 座位3", "可载量，如 座位3"],
        ),
        column(
            "卸货",
            "unload",
            "unload",
            Kind::Choice(UNLOADING),
            "",
            ["in which order they unload", "卸货顺序"],
        ),
        column(
            "最远",
            "farthest",
            "max_radius_m",
            Kind::Distance(Unit::Kilometres),
            "",
            ["no farther from home than this; a number is kilometres", "离家最远距离；纯数字为公里"],
        ),
        column(
            "每日次数",
            "visits_per_day",
            "per_day.visits",
            Kind::Whole,
            "",
            ["visits a day, at most", "每日最多服务次数"],
        ),
        column(
            "每日工时",
            "work_per_day",
            "per_day.work",
            Kind::Duration(Unit::Hours),
            "",
            ["time out a day, at most; a number is hours", "每日最长在外时间；纯数字为小时"],
        ),
        column(
            "每周次数",
            "visits_per_week",
            "per_week.visits",
            Kind::Whole,
            "",
            ["visits a week, at most", "每周最多服务次数"],
        ),
        column(
            "每周工时",
            "work_per_week",
            "per_week.work",
            Kind::Duration(Unit::Hours),
            "",
            ["time out a week, at most; a number is hours", "每周最长在外时间；纯数字为小时"],
        ),
        column(
            "间隔休息",
            "rest",
            "rest",
            Kind::Duration(Unit::Hours),
            "",
            ["between the days; a number is hours", "两个工作日之间的休息；纯数字为小时"],
        ),
        column(
            "工效",
            "pace",
            "pace",
            Kind::Decimal,
            "",
            [
                "service times are multiplied by this: above 1 is slower",
                "服务时间按此倍数计算，大于 1 为较慢",
            ],
        ),
        column(
            "已服务",
            "worked",
            "ledger.worked",
            Kind::Duration(Unit::Hours),
            "",
            ["time served before this plan; a number is hours", "此前已服务的时间；纯数字为小时"],
        ),
        column(
            "可服务",
            "offered",
            "ledger.offered",
            Kind::Duration(Unit::Hours),
            "",
            ["time offered before this plan; a number is hours", "此前可服务的时间；纯数字为小时"],
        ),
        super::MORE,
    ],
};

pub(super) static TEAMS: SheetSpec = SheetSpec {
    zh: "队伍",
    en: "teams",
    also: &["志愿服务队", "队伍清单", "队伍台账"],
    list: List::Teams,
    is_required: false,
    about: ["standing organisations of volunteers", "志愿服务队"],
    columns: &[
        own_id("team", &["id", "队伍编号"]),
        name_for_people("护理队", &["队伍", "队伍名称"]),
        Column {
            also: &["颜色"],
            ..column(
                "类别",
                "category",
                "category",
                Kind::Ref(List::Categories),
                "白色",
                ["what it stands for: a colour or its name", "七色之一或其名称"],
            )
        },
        Column {
            also: &["地点", "place"],
            ..column("驻地", "base", "base", Kind::Spot, "", ["where it has its seat", "队伍驻地"])
        },
        longitude("base"),
        latitude("base"),
        column(
            "成员",
            "members",
            "members",
            Kind::Refs(List::Volunteers),
            "",
            ["its volunteers, as far as their own rows do not say so", "队员，志愿者表中已写明的可不填"],
        ),
        column(
            "至少人数",
            "least_people",
            "least_people.count",
            Kind::Whole,
            "",
            ["so many of its members go out at least", "至少出动人数"],
        ),
        column(
            "缺人价",
            "price_of_missing",
            "least_people.price",
            Kind::Whole,
            "",
            [
                "what each who is missing costs; none may be missing where nothing is said",
                "每缺一人的代价，不填则不得缺人",
            ],
        ),
        super::MORE,
    ],
};

pub(super) static SKILLS: SheetSpec = SheetSpec {
    zh: "技能",
    en: "skills",
    also: &["技能表"],
    list: List::Skills,
    is_required: false,
    about: [
        "skills with their levels; those that volunteers hold need not be listed",
        "技能及级别；志愿者表中出现的可不列",
    ],
    columns: &[
        own_id("skill", &["id", "技能编号"]),
        name_for_people("护理", &["技能"]),
        column(
            "种类",
            "kind",
            "kind",
            Kind::Choice(SKILL_KINDS),
            "",
            ["skill, credential or language", "技能、证书或语言"],
        ),
        column(
            "级数",
            "levels",
            "levels",
            Kind::Whole,
            "2",
            ["levels run from 1 to this; 1 where nothing is said", "最高级别，不填为 1"],
        ),
        super::MORE,
    ],
};

pub(super) static PROFILES: SheetSpec = SheetSpec {
    zh: "出行方式",
    en: "profiles",
    also: &[],
    list: List::Profiles,
    is_required: false,
    about: [
        "ways of moving; a car at 60 km/h where there is no such sheet",
        "出行方式；没有此表时为时速 60 公里的汽车",
    ],
    columns: &[
        own_id("profile", &["id"]),
        name_for_people("小汽车", &["出行方式"]),
        column(
            "时速",
            "speed_kmh",
            "speed_kmh",
            Kind::Decimal,
            "60",
            ["kilometres an hour along the road", "沿道路每小时公里数"],
        ),
        column(
            "绕行系数",
            "detour",
            "detour",
            Kind::Decimal,
            "1.3",
            [
                "length of the road over the straight line; 1.3 where nothing is said",
                "道路长度与直线距离之比，不填为 1.3",
            ],
        ),
        super::MORE,
    ],
};

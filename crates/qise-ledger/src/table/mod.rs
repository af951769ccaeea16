//! The sheets of a ledger and their headings: one table, from which ledgers are read, written, made as templates and told of in the guide.

mod people;
mod settings;
mod supplies;
mod work;

use crate::say::length::Unit;
use crate::say::words::folded;

pub(crate) use settings::{SETTINGS, SETTINGS_SHEET, SettingKind, setting_of};

/// A sheet of a ledger: rows that become the entries of a list of the document.
#[derive(Debug)]
pub(crate) struct SheetSpec {
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
    /// Other names under which offices keep it.
    pub(crate) also: &'static [&'static str],
    /// The list of the document; also the kind of thing that others refer to.
    pub(crate) list: List,
    pub(crate) is_required: bool,
    pub(crate) about: [&'static str; 2],
    pub(crate) columns: &'static [Column],
}

/// A column of a sheet.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
    pub(crate) also: &'static [&'static str],
    /// The field of the entry, with dots where it lies deeper.
    pub(crate) field: &'static str,
    pub(crate) kind: Kind,
    pub(crate) is_required: bool,
    /// As offices write it; empty where the template leaves it empty.
    pub(crate) example: &'static str,
    pub(crate) about: [&'static str; 2],
}

/// Kinds of things that have ids, and names by which a cell may call them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum List {
    Needs,
    Volunteers,
    Teams,
    Places,
    Goods,
    Depots,
    Vehicles,
    Projects,
    Skills,
    Profiles,
    Categories,
    Dimensions,
    Areas,
}

/// What stands in the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Words as they are.
    Words,
    /// 是 or 否.
    Flag,
    Whole,
    Decimal,
    Duration(Unit),
    /// In metres.
    Distance(Unit),
    /// One time.
    Moment,
    /// The day, or days, of the times of this row.
    Day,
    /// Spans in which something may start.
    Windows,
    /// As windows; where days of the week are named each is a visit of its own.
    Visits,
    /// Spans in which somebody is present.
    Shifts,
    /// Rests in the shifts of the row.
    Breaks,
    /// A thing by id or name.
    Ref(List),
    /// Several things.
    Refs(List),
    /// A vehicle or a way of moving.
    VehicleOrProfile,
    /// One of a few words.
    Choice(&'static [Word]),
    /// Skills that somebody holds, with levels and dates.
    Held,
    /// What is asked of whoever serves.
    AskedSkills,
    AskedGender,
    /// One of several teams, or of teams of several categories.
    AskedOf(List),
    /// People who must not come.
    AskedNot,
    /// Who should rather come, with prices.
    Prefers,
    /// Skills that drivers must hold.
    DriverSkills,
    /// How many people come.
    People,
    /// Amounts of goods, or of what loads are counted in.
    Amounts(List),
    /// A place by id or name, or the name of coordinates.
    Spot,
    Longitude,
    Latitude,
    /// Where a ride goes on to, and how long it takes there.
    RideTo,
    RideService,
    /// Everything else of the entry, as JSON.
    More,
}

/// A word of a document and what offices write for it.
#[derive(Debug, PartialEq)]
pub(crate) struct Word {
    pub(crate) value: &'static str,
    /// The first is written.
    pub(crate) words: &'static [&'static str],
}

pub(crate) const GENDERS: &[Word] = &[
    Word { value: "female", words: &["女", "女性", "F"] },
    Word { value: "male", words: &["男", "男性", "M"] },
];

pub(crate) const UNLOADING: &[Word] =
    &[Word { value: "last_in_first_out", words: &["后进先出", "last in first out"] }];

/// Everything else of an entry.
const MORE: Column = column(
    "更多",
    "more",
    "",
    Kind::More,
    "",
    [
        "all that no other column can say, as JSON of the entry; goes on in further columns of this name",
        "其他各列无法表达的内容，写作 JSON；过长时接续在同名的后续列中",
    ],
);

const fn column(
    zh: &'static str,
    en: &'static str,
    field: &'static str,
    kind: Kind,
    example: &'static str,
    about: [&'static str; 2],
) -> Column {
    Column { zh, en, also: &[], field, kind, is_required: false, example, about }
}

const fn required(
    zh: &'static str,
    en: &'static str,
    field: &'static str,
    kind: Kind,
    example: &'static str,
    about: [&'static str; 2],
) -> Column {
    Column { is_required: true, ..column(zh, en, field, kind, example, about) }
}

/// The id of what may be called by its name alone.
const fn own_id(en: &'static str, also: &'static [&'static str]) -> Column {
    let about = ["its own id; the name where nothing is said", "不重复的编号，不填则为名称"];
    Column { also, ..column("编号", en, "id", Kind::Words, "", about) }
}

/// A name for people.
const fn name_for_people(example: &'static str, also: &'static [&'static str]) -> Column {
    let about = ["a name for people", "供人阅读的名称"];
    Column { also, ..column("名称", "name", "name", Kind::Words, example, about) }
}

/// The days of the times of a row.
const DAY: Column = column(
    "日期",
    "date",
    "",
    Kind::Day,
    "",
    ["the day or days of the times in this row", "本行时间所在的日期"],
);

/// Where something is that stands on no sheet of places.
const fn longitude(field: &'static str) -> Column {
    let about = ["degrees east, where the place is not on its sheet", "东经度数，地点未列入“地点”表时填写"];
    Column { also: &["lon", "lng"], ..column("经度", "longitude", field, Kind::Longitude, "", about) }
}

const fn latitude(field: &'static str) -> Column {
    let about = ["degrees north, where the place is not on its sheet", "北纬度数，地点未列入“地点”表时填写"];
    Column { also: &["lat"], ..column("纬度", "latitude", field, Kind::Latitude, "", about) }
}

impl Kind {
    /// Whether a cell may hold several values.
    pub(crate) fn holds_several(self) -> bool {
        matches!(
            self,
            Self::Windows
                | Self::Visits
                | Self::Shifts
                | Self::Breaks
                | Self::Refs(_)
                | Self::VehicleOrProfile
                | Self::Held
                | Self::AskedSkills
                | Self::AskedOf(_)
                | Self::AskedNot
                | Self::Prefers
                | Self::DriverSkills
                | Self::Amounts(_)
        )
    }
}

impl List {
    /// What may be true of people.
    pub(crate) const QUALITIES: [Self; 4] = [Self::Teams, Self::Volunteers, Self::Skills, Self::Categories];

    /// The field that names one of them in what is asked of people.
    pub(crate) fn quality(self) -> &'static str {
        match self {
            Self::Teams => "team",
            Self::Categories => "category",
            Self::Volunteers => "volunteer",
            _ => "skill",
        }
    }

    pub(crate) const ALL: [Self; 13] = [
        Self::Needs,
        Self::Volunteers,
        Self::Teams,
        Self::Places,
        Self::Goods,
        Self::Depots,
        Self::Vehicles,
        Self::Projects,
        Self::Skills,
        Self::Profiles,
        Self::Categories,
        Self::Dimensions,
        Self::Areas,
    ];

    /// The list of the document.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Needs => "needs",
            Self::Volunteers => "volunteers",
            Self::Teams => "teams",
            Self::Places => "places",
            Self::Goods => "goods",
            Self::Depots => "depots",
            Self::Vehicles => "vehicles",
            Self::Projects => "projects",
            Self::Skills => "skills",
            Self::Profiles => "profiles",
            Self::Categories => "categories",
            Self::Dimensions => "dimensions",
            Self::Areas => "areas",
        }
    }
}

/// All sheets, in the order in which they are written.
pub(crate) static SHEETS: [&SheetSpec; 10] = [
    &work::NEEDS,
    &people::VOLUNTEERS,
    &people::TEAMS,
    &work::PLACES,
    &supplies::GOODS,
    &supplies::DEPOTS,
    &supplies::VEHICLES,
    &work::PROJECTS,
    &people::SKILLS,
    &people::PROFILES,
];

/// The sheet that explains the others.
pub(crate) const EXPLANATIONS: [&str; 2] = ["说明", "guide"];

/// Headings that offices have and that say nothing to a plan.
const PASSED_OVER: [&str; 18] = [
    "序号",
    "备注",
    "说明",
    "电话",
    "联系电话",
    "手机",
    "手机号",
    "联系方式",
    "联系人",
    "身份证",
    "身份证号",
    "登记人",
    "受理人",
    "登记时间",
    "remark",
    "note",
    "phone",
    "no",
];

/// The sheet of a name.
pub(crate) fn sheet_of(name: &str) -> Option<&'static SheetSpec> {
    let name = folded(name);
    SHEETS.into_iter().find(|sheet| names(sheet.zh, sheet.en, sheet.also, &name))
}

/// Whether a heading may be passed over without a word.
pub(crate) fn is_passed_over(heading: &str) -> bool {
    let heading = folded(heading);
    heading.starts_with('(') || PASSED_OVER.contains(&heading.as_str())
}

impl SheetSpec {
    /// Whether a heading is that of names beside the ids of a column: `place_name`, `项目名`. Frames have such columns for people.
    pub(crate) fn is_name_beside(&self, heading: &str) -> bool {
        let heading = folded(heading);
        let is_of = |column: &Column| {
            matches!(column.kind, Kind::Ref(_) | Kind::Spot)
                && (heading.strip_suffix("name") == Some(&folded(column.en))
                    || heading.strip_suffix('名') == Some(column.zh))
        };
        self.columns.iter().any(is_of)
    }

    /// The column of a heading, and the unit that it states in brackets.
    pub(crate) fn column(&self, heading: &str) -> Option<(usize, Option<Unit>)> {
        let heading = folded(heading);
        let find = |name: &str| {
            self.columns.iter().position(|column| names(column.zh, column.en, column.also, name))
        };
        if let Some(column) = find(&heading) {
            return Some((column, None));
        }
        let (name, unit) = heading.strip_suffix(')')?.split_once('(')?;
        let column = find(name)?;
        // what else stands in brackets is a hint for people
        Some((column, Unit::of_heading(unit)))
    }
}

fn names(zh: &str, en: &str, also: &[&str], name: &str) -> bool {
    [zh, en].iter().chain(also).any(|one| folded(one) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_means_one_column() {
        for sheet in SHEETS {
            for (c, column) in sheet.columns.iter().enumerate() {
                for heading in [column.zh, column.en].iter().chain(column.also) {
                    assert_eq!(
                        sheet.column(heading).map(|(column, _)| column),
                        Some(c),
                        "{} {heading}",
                        sheet.zh
                    );
                    assert!(!is_passed_over(heading), "{heading}");
                }
            }
            for name in [sheet.zh, sheet.en].iter().chain(sheet.also) {
                assert!(std::ptr::eq(sheet_of(name).unwrap(), sheet), "{name}");
            }
        }
    }

    #[test]
    fn everything_else_stands_in_the_last_column() {
        for sheet in SHEETS {
            assert_eq!(
                sheet.columns.iter().position(|column| column.kind == Kind::More),
                Some(sheet.columns.len() - 1)
            );
        }
    }

    #[test]
    fn headings_state_units() {
        let sheet = sheet_of("需求").unwrap();
        let (column, unit) = sheet.column(" 时长（小时）*").unwrap();
        assert_eq!((sheet.columns[column].en, unit), ("duration", Some(Unit::Hours)));
        assert!(sheet.column("时常").is_none());
    }
}

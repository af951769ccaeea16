//! What a plan breaks, in words.

use qise::model::{DepotId, Gender, GoodId, NeedId, PlaceId, Quality, Rule, Seconds, UnitId, VolunteerId};
use qise::plan::{Detail, Quantity, Violation};
use qise::{Problem, Text, text};

use super::path;

/// What is wrong with a plan document: a rule that is broken, where in the document, and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The JSON path in the plan document, such as `$.routes[2].visits[0].start`.
    pub path: String,
    /// The rule.
    pub rule: Rule,
    /// What happened, with names and numbers.
    pub detail: Text,
}

impl Finding {
    /// What a violation of the judge is in the document of the plan.
    pub fn new(problem: &Problem, violation: &Violation) -> Self {
        Self { path: path(violation.at), rule: violation.rule, detail: detail(problem, violation) }
    }

    /// The whole finding as one message. Moments in it are in coordinated universal time: see [`crate::time::Zone::tell`].
    pub fn message(&self) -> Text {
        let (path, rule, label) = (&self.path, self.rule, self.rule.label());
        Text::new(
            format!("{path}: {rule}: {}: {}", label.en, self.detail.en),
            format!("{path}: {rule}: {}：{}", label.zh, self.detail.zh),
        )
    }
}

/// What a violation is, with names and numbers: what the judge found, and before it what each rule says of that.
fn detail(problem: &Problem, violation: &Violation) -> Text {
    let found = found(problem, &violation.detail);
    let after = |en: &str, zh: &str| Text::new(format!("{en} {}", found.en), format!("{zh} {}", found.zh));
    match violation.rule {
        Rule::TimeOutOfRange => text!("some time of this route", "此路线中的某个时刻"),
        Rule::EarlyDeparture | Rule::EarlyStart => after("by", "早"),
        Rule::LateFinish => after("by", "晚"),
        Rule::Overlap => after("by", "重叠"),
        Rule::TravelTooShort => after("by", "少"),
        Rule::PromiseBroken => after("late by", "迟"),
        Rule::PinRetimed => after("moved by", "移动了"),
        Rule::OutsideWindow => after("start at", "开始于"),
        Rule::DepotClosed => after("call at", "停靠于"),
        Rule::BreakMisplaced => after("at", "于"),
        // The label of the rule has said the rest.
        _ => found,
    }
}

/// What was found and what should have been, whichever rule is broken by it.
fn found(problem: &Problem, detail: &Detail) -> Text {
    match detail {
        Detail::Nothing => Text::default(),
        Detail::By(by) => Text::same(by.to_string()),
        Detail::At(at) => Text::same(at.to_string()),
        &Detail::Place(place) => place_key(problem, place),
        &Detail::AtMost { is, limit } => {
            let (is, limit) = (measured(is), measured(limit));
            text!("{is}, at most {limit}", "{is}，最多 {limit}")
        }
        &Detail::AtLeast { is, limit } => {
            let (is, limit) = (measured(is), measured(limit));
            text!("{is}, at least {limit}", "{is}，至少 {limit}")
        }
        Detail::Length { is, due } => text!("{is} instead of {due}", "{is}，应为 {due}"),
        Detail::Overlap { is, least } => text!("together {is}, not {least}", "共处 {is}，应为 {least}"),
        Detail::Gap { is, min, max } => text!("{is}, not {min} to {max}", "相差 {is}，应为 {min} 至 {max}"),
        Detail::After { need, is, .. } => after(problem, *need, *is),
        Detail::DaysAfter { need, is, .. } => {
            let other = need_key(problem, *need);
            let (en, zh) = (other.en, other.zh);
            text!("{is} days after {en}", "在 {zh} 之后 {is} 天")
        }
        Detail::Role { role, is, due } => {
            let role = role + 1;
            text!("role {role}: {is} of {due}", "第 {role} 个角色：{is}/{due}")
        }
        Detail::Members { team, is, least } => {
            let key = &problem.teams()[team.index()].key;
            text!("{key}: {is} of {least}", "{key}:{is}/{least}")
        }
        Detail::Tally { quality: what, is, .. } => {
            let Text { en, zh } = quality(problem, *what);
            text!("{is} with {en}", "具备 {zh} 的有 {is} 人")
        }
        &Detail::Quality(what) => quality(problem, what),
        Detail::Expired { quality: what, expires } => {
            let Text { en, zh } = quality(problem, *what);
            text!("{en} expires {expires}", "{zh} 有效期至 {expires}")
        }
        Detail::NoneOf(qualities) => {
            let names = qualities.iter().map(|&what| quality(problem, what).en);
            Text::same(names.collect::<Vec<_>>().join(" / "))
        }
        Detail::Load { dimension, is, most } => {
            let key = &problem.dimensions()[dimension.index()].key;
            text!("{key}: {is}, at most {most}", "{key}：{is}，最多 {most}")
        }
        Detail::GoodsShort { good, short } => {
            let Text { en, zh } = good_key(problem, *good);
            text!("{en}: {short} short", "{zh}：缺 {short}")
        }
        Detail::StockShort { depot, good, short } => {
            let (depot, good) = (depot_key(problem, *depot), good_key(problem, *good));
            let (depot_en, depot_zh, en, zh) = (depot.en, depot.zh, good.en, good.zh);
            text!("{depot_en}: {en}: {short} short", "{depot_zh}：{zh} 缺 {short}")
        }
        Detail::Break(number) => {
            let number = number + 1;
            text!("break {number}", "第 {number} 次休息")
        }
        &Detail::Need(need) => need_key(problem, need),
        Detail::Part { need, .. } => {
            let number = need.0;
            text!("need number {number} with this role and stop", "需求序号 {number} 及其角色和停靠点")
        }
        &Detail::Unit(UnitId(number)) => text!("unit number {number}", "路线主体序号 {number}"),
        &Detail::Volunteer(who) => Text::same(volunteer_key(problem, who)),
        Detail::Volunteers(people) => {
            let keys = people.iter().map(|&who| volunteer_key(problem, who));
            Text::same(keys.collect::<Vec<_>>().join(", "))
        }
        &Detail::Vehicle(vehicle) => Text::same(problem.vehicle(vehicle).key.clone()),
        &Detail::Profile(profile) => Text::same(problem.profiles()[profile.index()].key.clone()),
        &Detail::Depot(depot) => depot_key(problem, depot),
        &Detail::Good(good) => good_key(problem, good),
        Detail::Problems { plan, judged } => {
            text!("{plan}, this problem is {judged}", "{plan}，此问题为 {judged}")
        }
    }
}

fn measured(quantity: Quantity) -> String {
    match quantity {
        Quantity::Time(time) => time.to_string(),
        Quantity::Distance(distance) => distance.to_string(),
        Quantity::Count(count) => count.to_string(),
    }
}

fn after(problem: &Problem, need: NeedId, gap: Seconds) -> Text {
    let Text { en, zh } = need_key(problem, need);
    text!("{gap} after {en}", "在 {zh} 之后 {gap}")
}

/// What is asked of people.
fn quality(problem: &Problem, quality: Quality) -> Text {
    match quality {
        Quality::Skill(what) => {
            let (key, level) = (&problem.skills()[what.skill.index()].key, what.level);
            text!("{key} at level {level}", "{key} {level} 级")
        }
        Quality::Gender(Gender::Female) => text!("a woman", "女性"),
        Quality::Gender(Gender::Male) => text!("a man", "男性"),
        Quality::Team(team) => {
            let key = &problem.teams()[team.index()].key;
            text!("team {key}", "队伍 {key}")
        }
        Quality::Category(category) => {
            let key = &problem.categories()[category.index()].key;
            text!("a team of category {key}", "{key} 类队伍")
        }
        Quality::Volunteer(who) => Text::same(volunteer_key(problem, who)),
    }
}

fn volunteer_key(problem: &Problem, who: VolunteerId) -> &str {
    &problem.volunteer(who).key
}

/// The id of a need, or its number where the problem has no such need.
fn need_key(problem: &Problem, need: NeedId) -> Text {
    let number = need.0;
    let key = problem.needs().get(need.index()).map(|need| Text::same(need.key.clone()));
    key.unwrap_or_else(|| text!("need number {number}", "需求序号 {number}"))
}

/// The id of a place, or its number where the problem has no such place.
fn place_key(problem: &Problem, place: PlaceId) -> Text {
    let number = place.0;
    let key = problem.places().get(place.index()).map(|place| Text::same(place.key.clone()));
    key.unwrap_or_else(|| text!("place number {number}", "地点序号 {number}"))
}

/// The id of a depot, or its number where the problem has no such depot.
fn depot_key(problem: &Problem, depot: DepotId) -> Text {
    let number = depot.0;
    let key = problem.depots().get(depot.index()).map(|depot| Text::same(depot.key.clone()));
    key.unwrap_or_else(|| text!("depot number {number}", "仓储点序号 {number}"))
}

/// The id of a kind of goods, or its number where the problem has no such kind.
fn good_key(problem: &Problem, good: GoodId) -> Text {
    let number = good.0;
    let key = problem.goods().get(good.index()).map(|good| Text::same(good.key.clone()));
    key.unwrap_or_else(|| text!("kind number {number}", "物资序号 {number}"))
}

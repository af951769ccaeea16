//! What the pointer tells of needs, visits, calls and people, and why needs are left.

use qise::explain::Reason;
use qise::improve::Outcome;
use qise::model::{Amount, Need, NeedId, Window};
use qise::{Lang, text};
use qise_io::text::{duration, kilometres, name};
use qise_io::{Scenario, words};

use super::{Local, Span};

/// So many remedies are told of a need.
const REMEDIES: usize = 3;

/// Makes the texts of one scenario in one language.
#[derive(Clone, Copy)]
pub(super) struct About<'p> {
    pub(super) scenario: &'p Scenario,
    pub(super) lang: Lang,
}

impl About<'_> {
    /// A span of time by the clocks of the scenario.
    pub(super) fn span(self, from: qise::model::Time, to: qise::model::Time) -> Span {
        let zone = &self.scenario.zone;
        Span { from: Local::of(zone, from), to: Local::of(zone, to) }
    }

    /// A need: its name, its category, how much it matters, when it may start, and what became of it.
    pub(super) fn need(self, need: &Need, windows: &[Window], fate: &str) -> String {
        let label = name(need.name.as_ref(), &need.key);
        let mut lines =
            vec![if label == need.key { label.to_owned() } else { format!("{label} ({})", need.key) }];
        lines.extend(need.category.map(|category| {
            self.scenario.problem.categories()[category.index()].name.in_lang(self.lang).to_owned()
        }));
        lines.push(self.rank(need));
        if !windows.is_empty() {
            let windows = windows.iter().map(|window| clocks(self.span(window.from, window.to)));
            let windows = windows.collect::<Vec<_>>().join(", ");
            let words = text!("may start {windows}", "可开始时间 {windows}");
            lines.push(words.in_lang(self.lang).to_owned());
        }
        lines.push(fate.to_owned());
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// How much a need matters.
    pub(super) fn rank(self, need: &Need) -> String {
        let priority = need.priority;
        let rank = if need.mandatory {
            text!("mandatory", "必办")
        } else {
            text!("priority {priority}", "优先级 {priority}")
        };
        rank.in_lang(self.lang).to_owned()
    }

    /// By whom and when a need is served, and by how many seconds a promise is missed.
    pub(super) fn served(self, who: &str, done: Span, late: i64) -> String {
        let times = clocks(done);
        let mut words = text!("{who}, {times}", "{who},{times}").in_lang(self.lang).to_owned();
        if late > 0 {
            let late = duration(late, self.lang);
            words += text!(" · promise missed by {late}", " · 承诺超时 {late}").in_lang(self.lang);
        }
        words
    }

    /// A call at a depot.
    pub(super) fn call(self, depot: &str, done: Span, takes: &[Amount], gives: &[Amount]) -> String {
        let mut lines = vec![format!("{depot} {}", clocks(done))];
        if !takes.is_empty() {
            let words = self.amounts(takes);
            lines.push(text!("takes on {words}", "装载 {words}").in_lang(self.lang).to_owned());
        }
        if !gives.is_empty() {
            let words = self.amounts(gives);
            lines.push(text!("gives back {words}", "归还 {words}").in_lang(self.lang).to_owned());
        }
        lines.join("\n")
    }

    fn amounts(self, amounts: &[Amount]) -> String {
        let goods = self.scenario.problem.goods();
        let known =
            amounts.iter().filter_map(|amount| Some((amount.amount, goods.get(amount.good.index())?)));
        let words = known.map(|(amount, good)| {
            let (unit, name) =
                (good.unit.as_deref().unwrap_or_default(), name(good.name.as_ref(), &good.key));
            format!("{amount} {unit} {name}").replace("  ", " ")
        });
        words.collect::<Vec<_>>().join(", ")
    }

    /// A route: who, team, vehicle, times, the road.
    pub(super) fn route(self, parts: &[&str], out: Span, metres: i64, travel: i64) -> String {
        let (length, time) = (kilometres(metres, self.lang), duration(travel, self.lang));
        let road = text!("{length} on the road, {time}", "路途 {length}，{time}");
        let parts = parts.iter().filter(|part| !part.is_empty()).map(|&part| part.to_owned());
        let parts = parts.chain([clocks(out), road.in_lang(self.lang).to_owned()]);
        parts.collect::<Vec<_>>().join(" · ")
    }

    /// Why a need is left.
    pub(super) fn reason(self, reason: Option<&Reason>) -> String {
        reason.map_or_else(String::new, |reason| {
            let told = words::reason(&self.scenario.problem, reason);
            self.scenario.zone.tell(&told).in_lang(self.lang).to_owned()
        })
    }

    /// What would help a need, each with what it costs.
    pub(super) fn remedies(self, need: NeedId, outcomes: &[Outcome]) -> Vec<String> {
        let Some(outcome) = outcomes.iter().find(|outcome| outcome.need == need) else { return Vec::new() };
        let Scenario { problem, zone } = self.scenario;
        let told = |change| {
            let text = words::change(problem, change, |time| {
                let local = Local::of(zone, time);
                format!("{} {}", local.date(), local.clock())
            });
            text.in_lang(self.lang).to_owned()
        };
        let remedies = outcome.remedies.iter().take(REMEDIES).map(|remedy| {
            let changes = remedy.changes.iter().map(told).collect::<Vec<_>>();
            let changes = changes.join(if self.lang == Lang::Zh { "；" } else { "; " });
            let (cost, gain) = (duration(remedy.cost * 60, self.lang), remedy.gain);
            text!("{changes} ({cost}, priority +{gain})", "{changes}（{cost}，优先级 +{gain}）")
                .in_lang(self.lang)
                .to_owned()
        });
        let mut remedies = remedies.collect::<Vec<_>>();
        if remedies.is_empty() && outcome.proof.is_some() {
            let words = text!("nothing within the limits helps (proven)", "在限度内无济于事（已证明）");
            remedies.push(words.in_lang(self.lang).to_owned());
        }
        remedies
    }
}

/// From when to when, with the number of days later where it ends on another day.
pub(super) fn clocks(span: Span) -> String {
    let days = span.to.day() - span.from.day();
    let later = if days == 0 { String::new() } else { format!(" ({days:+} d)") };
    format!("{}–{}{later}", span.from.clock(), span.to.clock())
}

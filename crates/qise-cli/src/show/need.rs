//! One need: by whom it is served, or why by nobody.

use qise::explain::Reason;
use qise::model::{NeedId, UnitId};
use qise::plan::Visit;
use qise::{Lang, Problem, text};
use qise_io::Scenario;

use super::route::{clock, date};
use super::{name, table};

/// One unserved need in a line, and its reason in another.
pub(super) fn line(problem: &Problem, reason: &Reason, lang: Lang) -> String {
    let need = problem.need(reason.need);
    let (key, priority) = (&need.key, need.priority);
    let label = name(need.name.as_ref(), key);
    let rank = if need.mandatory {
        text!("mandatory", "必办")
    } else {
        text!("priority {priority}", "优先级 {priority}")
    };
    format!("  {label} ({key}, {})\n      {}\n", rank.in_lang(lang), reason.text(problem).in_lang(lang))
}

/// Why a need is not served: in words, and rule by rule.
pub(crate) fn unserved(scenario: &Scenario, reason: &Reason, lang: Lang) -> String {
    let problem = &scenario.problem;
    let mut out = line(problem, reason, lang);
    let (people, left) = (reason.funnel.people, reason.funnel.left);
    let mut rows = vec![vec![people.to_string(), text!("people in all", "总人数").in_lang(lang).to_owned()]];
    for (cut, count) in reason.funnel.cuts() {
        rows.push(vec![format!("−{count}"), cut.label().in_lang(lang).to_owned()]);
    }
    let rest = text!("could serve it with nothing else to do", "若无其他任务即可服务");
    rows.push(vec![format!("= {left}"), rest.in_lang(lang).to_owned()]);
    out.push_str(&table::rows(6, &rows));
    out
}

/// By whom and when a need is served.
pub(crate) fn served(scenario: &Scenario, need: NeedId, unit: UnitId, visit: &Visit, lang: Lang) -> String {
    let problem = &scenario.problem;
    let (need, volunteer) = (problem.need(need), problem.volunteer(problem.unit(unit).volunteer));
    let (what, who) = (name(need.name.as_ref(), &need.key), name(volunteer.name.as_ref(), &volunteer.key));
    let (day, from, to) =
        (date(scenario, visit.start), clock(scenario, visit.start), clock(scenario, visit.end));
    text!("  {what}: served by {who}, {day} {from}–{to}\n", "  {what}:由 {who} 服务,{day} {from}–{to}\n")
        .in_lang(lang)
        .to_owned()
}

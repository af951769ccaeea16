//! What would help a need, or the whole plan, as data.

use qise::Problem;
use qise::improve::{Change, Outcome, Suggestion, Worth};
use serde_json::{Value, json};

use crate::time::Zone;
use crate::words;

/// What would help needs as data, in their order; times in `zone`.
pub fn remedies(problem: &Problem, zone: &Zone, outcomes: &[Outcome]) -> Value {
    let of = |outcome: &Outcome| {
        let proof = outcome.proof.as_ref().map(|reason| {
            let rules = reason.rules.iter().map(qise::eligibility::Exclusion::as_str).collect::<Vec<_>>();
            json!({ "role": reason.role, "rules": rules, "left": reason.funnel.as_ref().map(|funnel| funnel.left) })
        });
        let remedies = outcome.remedies.iter().map(|remedy| one(problem, zone, remedy));
        json!({
            "need": problem.need(outcome.need).key,
            "status": outcome.status.as_str(),
            "remedies": remedies.collect::<Vec<_>>(),
            "proof": proof,
        })
    };
    outcomes.iter().map(of).collect()
}

fn one(problem: &Problem, zone: &Zone, remedy: &Suggestion) -> Value {
    let changes = remedy.changes.iter().map(|change| self::change(problem, zone, change));
    json!({
        "changes": changes.collect::<Vec<_>>(),
        "cost_min": remedy.cost,
        "gain": remedy.gain,
        "levels": remedy.levels,
        "pays": remedy.pays(),
    })
}

/// What changes are worth to the whole plan, as data, in their order.
pub fn worths(problem: &Problem, zone: &Zone, worths: &[Worth]) -> Value {
    let of = |worth: &Worth| {
        json!({
            "lever": worth.lever.as_str(),
            "change": change(problem, zone, &worth.change),
            "alike": worth.alike,
            "shadow_price": (worth.price * 100.0).round() / 100.0,
            "cost_min": worth.cost,
            "gain": worth.gain,
        })
    };
    worths.iter().map(of).collect()
}

fn change(problem: &Problem, zone: &Zone, change: &Change) -> Value {
    let person = |who| &problem.volunteer(who).key;
    let mut value = match change {
        Change::Window { need, sooner, later } => json!({
            "kind": "window",
            "need": problem.need(*need).key,
            "sooner_s": sooner.0,
            "later_s": later.0,
        }),
        Change::Hours { who, sooner, later } => json!({
            "kind": "hours",
            "volunteer": person(*who),
            "sooner_s": sooner.0,
            "later_s": later.0,
        }),
        Change::Radius { who, by } => {
            json!({ "kind": "radius", "volunteer": person(*who), "by_m": by.0 })
        }
        Change::Skill { who, what } => json!({
            "kind": "skill",
            "volunteer": person(*who),
            "skill": problem.skills()[what.skill.index()].key,
            "level": what.level,
        }),
        Change::Newcomer(newcomer) => json!({
            "kind": "newcomer",
            "place": problem.place(newcomer.home).key,
            "skills": newcomer.holds.iter().map(|held| json!({
                "skill": problem.skills()[held.what.skill.index()].key,
                "level": held.what.level,
            })).collect::<Vec<_>>(),
            "teams": newcomer.teams.iter().map(|team| &problem.teams()[team.index()].key).collect::<Vec<_>>(),
            "shifts": newcomer.shifts.iter().map(|shift| json!({
                "start": zone.format(shift.start),
                "end": zone.format(shift.end),
            })).collect::<Vec<_>>(),
        }),
        Change::Stock { depot, good, amount } => json!({
            "kind": "stock",
            "depot": problem.depot(*depot).key,
            "good": problem.good(*good).key,
            "amount": amount,
        }),
    };
    let text = words::change(problem, change, |time| zone.format(time));
    if let Value::Object(fields) = &mut value {
        fields.insert("text".into(), text.en.into());
        fields.insert("text_zh".into(), text.zh.into());
    }
    value
}

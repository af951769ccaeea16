//! `qise explain`: why a need is not served, or by whom and when it is, and why by them.

use std::borrow::Cow;

use anyhow::Result;
use qise::Stop;
use qise::eligibility::Funnel;
use qise::explain::{Choice, Reason, choice, reason};
use qise::model::UnitId;
use qise::plan::Visit;
use qise_io::visible::shown;
use qise_io::{Scenario, words};
use serde_json::{Value, json};

use super::{NONE, find_need, judged, open_scenario, read_plan, settle};
use crate::args::{Common, Explain};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Explain, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let inputs = [Some(&args.scenario), Some(&args.plan), args.told.previous.as_ref()];
    let common = &settle(common, &inputs, &NONE)?;
    let scenario = open_scenario(&args.scenario, common, terminal)?;
    let mut plan = read_plan(&scenario, &args.plan)?;
    let scenario = judged(scenario, Some(&args.told), &mut [(&args.plan, &mut plan)], common, terminal)?;
    let plan = plan.plan;
    let need = find_need(&scenario.problem, &args.need)?;
    let lang = common.lang();
    let scenario = if common.json { Cow::Borrowed(&scenario) } else { shown(&scenario) };
    let problem = &scenario.problem;
    let stop = Stop::cancelled_by(terminal.cancel());
    let words = match choice(problem, &plan, need) {
        Some(choice) => {
            // Of several ways to do one thing it is told of the one that is taken.
            let visits = plan.visits().filter(|(_, visit)| visit.need == choice.need).collect::<Vec<_>>();
            if common.json {
                format!("{:#}\n", served(&scenario, &choice, &visits))
            } else {
                show::served(&scenario, choice.need, &visits, lang) + &show::choice(problem, &choice, lang)
            }
        }
        None if common.json => {
            let reason = reason(problem, &plan, need, &stop);
            reason.map_or_else(String::new, |reason| format!("{:#}\n", unserved(&scenario, &reason)))
        }
        None => reason(problem, &plan, need, &stop)
            .map_or_else(String::new, |reason| show::unserved(&scenario, &reason, lang)),
    };
    terminal.say(&words);
    Ok(exit::OK)
}

/// Who serves a need and why, as data; without visits it is handed to others.
fn served(scenario: &Scenario, choice: &Choice, visits: &[(UnitId, &Visit)]) -> Value {
    let problem = &scenario.problem;
    let who = |unit: UnitId| &problem.volunteer(problem.unit(unit).volunteer).key;
    let (key, why) =
        (&problem.need(choice.need).key, qise_io::report::choice(problem, &scenario.zone, choice));
    let Some(&(unit, visit)) = visits.first() else {
        return json!({ "need": key, "outsourced": true, "choice": why });
    };
    // Of a crew the first, and everybody who comes.
    json!({
        "need": key,
        "served_by": who(unit),
        "start": scenario.zone.format(visit.start),
        "end": scenario.zone.format(visit.end),
        "crew": visits.iter().map(|&(unit, visit)| json!({
            "role": visit.role,
            "volunteer": who(unit),
            "vehicle": problem.unit(unit).vehicle.map(|vehicle| &problem.vehicle(vehicle).key),
            "start": scenario.zone.format(visit.start),
            "end": scenario.zone.format(visit.end),
        })).collect::<Vec<_>>(),
        "choice": why,
    })
}

/// Why nobody serves a need, as data.
fn unserved(scenario: &Scenario, reason: &Reason) -> Value {
    let problem = &scenario.problem;
    let (text, public) = (scenario.zone.tell(&words::reason(problem, reason)), words::public_reason(reason));
    let comes = reason.comes(problem);
    let funnel = reason.funnel.as_ref();
    let cuts = funnel
        .into_iter()
        .flat_map(Funnel::cuts)
        .map(|(cut, people)| json!({ "rule": cut.as_str(), "people": people }));
    let able = reason.able.iter().map(|&who| &problem.volunteer(who).key);
    json!({
        "need": problem.need(reason.need).key,
        "verdict": reason.verdict.as_str(),
        "text": text.en,
        "text_zh": text.zh,
        "public_text": public.en,
        "public_text_zh": public.zh,
        "people": funnel.map(|funnel| funnel.people),
        "cuts": cuts.collect::<Vec<_>>(),
        "left": funnel.map(|funnel| funnel.left),
        "rules": reason.rules.iter().map(qise::eligibility::Exclusion::as_str).collect::<Vec<_>>(),
        "able": able.collect::<Vec<_>>(),
        "comes": comes.iter().map(|&who| &problem.volunteer(who).key).collect::<Vec<_>>(),
        "gives_up": reason.gives_up().iter().map(|&need| &problem.need(need).key).collect::<Vec<_>>(),
        "bound": reason.bound.as_ref().map(qise_io::priority_bound),
    })
}

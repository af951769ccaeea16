//! `qise rank`: who could serve a need now, or what somebody could serve, in a plan that stands.

use anyhow::Result;
use qise::model::{NeedId, VolunteerId};
use qise::plan::Plan;
use qise::query::PlanQuery;
use qise::{Problem, text};
use qise_io::visible::shown;
use serde_json::json;

use super::{NONE, Trouble, find_need, judged, like, open_scenario, read_plan, settle};
use crate::args::{Common, Rank};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Rank, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let inputs = [Some(&args.scenario), args.plan.as_ref(), args.told.previous.as_ref()];
    let common = &settle(common, &inputs, &NONE)?;
    let mut scenario = open_scenario(&args.scenario, common, terminal)?;
    let plan = if let Some(path) = &args.plan {
        let mut plan = read_plan(&scenario, path)?;
        scenario = judged(scenario, Some(&args.told), &mut [(path, &mut plan)], common, terminal)?;
        plan.plan
    } else {
        scenario = judged(scenario, Some(&args.told), &mut [], common, terminal)?;
        Plan::empty(&scenario.problem)
    };
    let problem = &scenario.problem;
    let asked = match (&args.need, &args.volunteer) {
        (Some(need), _) => Asked::Need(find_need(problem, need)?),
        (None, Some(id)) => Asked::Volunteer(find_volunteer(problem, id)?),
        (None, None) => {
            let words = text!("--need or --volunteer is required", "须指定 --need 或 --volunteer");
            return Err(Trouble::Argument(words).into());
        }
    };
    let mut standing = PlanQuery::new(problem, &plan);
    // No more can be told than there are: of people, of each in each shift and vehicle, of needs.
    let best = args.best.min(problem.units().len().max(problem.needs().len()));
    let offers = match asked {
        Asked::Need(need) => standing.rank(need, best).unwrap_or_default(),
        Asked::Volunteer(who) => {
            let units = problem.units_of(who).collect::<Vec<_>>();
            standing.needs_for(&units, best).unwrap_or_default()
        }
    };
    if common.json {
        let offers = qise_io::report::offers(problem, &scenario.zone, &offers);
        terminal.say(&format!("{:#}\n", json!({ "offers": offers })));
    } else {
        terminal.say(&show::offers(&shown(&scenario), &offers, common.lang()));
    }
    Ok(exit::OK)
}

/// What is asked about.
enum Asked {
    Need(NeedId),
    Volunteer(VolunteerId),
}

fn find_volunteer(problem: &Problem, id: &str) -> Result<VolunteerId> {
    let keys = || problem.volunteers().iter().map(|who| who.key.as_str());
    keys().position(|key| key == id).map(VolunteerId::new).ok_or_else(|| {
        let words = match like(keys(), id) {
            Some(near) => text!(
                "--volunteer: the scenario has no volunteer {id:?} (did you mean {near:?}?)",
                "--volunteer：场景中没有志愿者 {id:?}（是否指 {near:?}?）"
            ),
            None => {
                text!(
                    "--volunteer: the scenario has no volunteer {id:?}",
                    "--volunteer：场景中没有志愿者 {id:?}"
                )
            }
        };
        Trouble::Argument(words).into()
    })
}

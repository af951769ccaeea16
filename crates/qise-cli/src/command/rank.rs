//! `qise rank`: who could serve a need now, or what somebody could serve, in a plan that stands.

use anyhow::Result;
use qise::model::{NeedId, VolunteerId};
use qise::plan::Plan;
use qise::solve::Standing;
use qise::{Problem, text};
use serde_json::json;

use super::{Trouble, find_need, like, read_plan, read_scenario};
use crate::args::{Common, Rank};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Rank, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let scenario = read_scenario(&args.scenario)?;
    let problem = &scenario.problem;
    let plan = match &args.plan {
        Some(path) => read_plan(&scenario, path)?.plan,
        None => Plan::empty(problem),
    };
    let asked = match (&args.need, &args.volunteer) {
        (Some(need), _) => Asked::Need(find_need(problem, need)?),
        (None, Some(id)) => Asked::Volunteer(find_volunteer(problem, id)?),
        (None, None) => {
            let words = text!("--need or --volunteer must be given", "须指定 --need 或 --volunteer");
            return Err(Trouble::Argument(words).into());
        }
    };
    let mut standing = Standing::new(problem, &plan);
    let offers = match asked {
        Asked::Need(need) => standing.rank(need, args.best),
        Asked::Volunteer(who) => standing.needs_for(&problem.units_of(who).collect::<Vec<_>>(), args.best),
    };
    if common.json {
        let offers = qise_io::report::offers(problem, &scenario.zone, &offers);
        terminal.say(&format!("{:#}\n", json!({ "offers": offers })));
    } else {
        terminal.say(&show::offers(&scenario, &offers, common.lang()));
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
                "--volunteer:场景中没有志愿者 {id:?}(是否指 {near:?}?)"
            ),
            None => {
                text!(
                    "--volunteer: the scenario has no volunteer {id:?}",
                    "--volunteer:场景中没有志愿者 {id:?}"
                )
            }
        };
        Trouble::Argument(words).into()
    })
}

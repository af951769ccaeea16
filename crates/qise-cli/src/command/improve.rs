//! `qise improve`: what would help a need, or the whole plan.

use std::path::Path;

use anyhow::Result;
use qise::improve::{ChangeLimits, Improver, Options, Outcome, Worth};
use qise::model::{Metres, Seconds};
use qise::plan::{Plan, evaluate};
use qise::{Problem, Stop};
use qise_io::visible::shown;
use qise_io::{PlanNotes, Scenario};
use serde_json::json;

use super::search::default_threads;
use super::{NONE, find_need, judged, open_scenario, read_plan, settle, settle_folder, write};
use crate::args::{Common, Improve};
use crate::{Terminal, exit, show};

/// So many remedies are told of one need that was asked about.
const OF_ONE: usize = 10;

pub(crate) fn run(args: &Improve, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let time = Stop::after(args.time_limit.unwrap_or(f64::INFINITY));
    let inputs = [Some(&args.scenario), Some(&args.plan), args.told.previous.as_ref()];
    let common = &settle(common, &inputs, &NONE)?;
    if let Some(folder) = &args.plans {
        settle_folder(folder, &inputs, names::is_ours)?;
    }
    let scenario = open_scenario(&args.scenario, common, terminal)?;
    let mut plan = read_plan(&scenario, &args.plan)?;
    let scenario = judged(scenario, Some(&args.told), &mut [(&args.plan, &mut plan)], common, terminal)?;
    let plan = plan.plan;
    let problem = &scenario.problem;
    let _heeding = terminal.heed();
    let asked = args.need.as_ref().map(|id| find_need(problem, id)).transpose()?;
    let (outcomes, worths) = {
        let stop = time.or(Stop::cancelled_by(terminal.cancel()));
        let improver = Improver::new(problem, &plan, options(args), &stop);
        let needs = asked.map_or_else(|| improver.left(), |need| vec![need]);
        let best = args.best.unwrap_or(if asked.is_some() { OF_ONE } else { 1 });
        let mut outcomes = improver.remedies(&needs);
        for outcome in &mut outcomes {
            outcome.remedies.truncate(best);
        }
        let worths = if asked.is_some() { None } else { improver.worths(args.best.unwrap_or(1)) };
        (outcomes, worths)
    };
    if common.json {
        let remedies = qise_io::report::remedies(problem, &scenario.zone, &outcomes);
        let worths = worths.as_ref().map(|worths| qise_io::report::worths(problem, &scenario.zone, worths));
        terminal.say(&format!("{:#}\n", json!({ "needs": remedies, "plan": worths })));
    } else if !common.quiet {
        terminal.say(&show::remedies(&shown(&scenario), &outcomes, common.lang()));
        if asked.is_none() {
            terminal.say(&show::worths(&shown(&scenario), worths.as_deref(), common.lang()));
        }
    }
    if let Some(folder) = &args.plans {
        write_all(&scenario, &outcomes, worths.as_deref().unwrap_or_default(), folder, terminal)?;
    }
    Ok(exit::OK)
}

fn options(args: &Improve) -> Options {
    let window = Seconds(i64::from(args.window) * 60);
    let farthest = ChangeLimits {
        sooner: window,
        later: window,
        radius: Metres(i64::from(args.radius) * 1000),
        people: args.people,
        units: args.units,
    };
    let threads = args.threads.map_or_else(default_threads, usize::from);
    Options { farthest, steps: args.steps, seed: args.seed, threads, ..Options::default() }
}

/// The changed scenario and its plan of every remedy.
fn write_all(
    scenario: &Scenario,
    outcomes: &[Outcome],
    worths: &[Worth],
    folder: &Path,
    terminal: &mut Terminal<'_>,
) -> Result<()> {
    for outcome in outcomes {
        let key = &scenario.problem.need(outcome.need).key;
        for (number, remedy) in outcome.remedies.iter().enumerate() {
            let name = names::of_need(outcome.need, key, number + 1);
            write_one(scenario, (&remedy.problem, &remedy.plan), folder, &name, terminal)?;
        }
    }
    for (number, worth) in worths.iter().enumerate() {
        let name = names::of_plan(number + 1);
        write_one(scenario, (&worth.problem, &worth.plan), folder, &name, terminal)?;
    }
    Ok(())
}

fn write_one(
    scenario: &Scenario,
    (problem, plan): (&Problem, &Plan),
    folder: &Path,
    name: &str,
    terminal: &mut Terminal<'_>,
) -> Result<()> {
    let changed = qise_io::write_scenario(problem, &scenario.zone);
    write(&folder.join(format!("{name}{}", names::SCENARIO)), &changed, terminal)?;
    let notes = PlanNotes::default();
    let document = qise_io::write_plan(problem, &scenario.zone, plan, &evaluate(problem, plan), &notes);
    write(&folder.join(format!("{name}{}", names::PLAN)), &document, terminal)
}

/// The names of the files of remedies.
mod names {
    use qise::model::NeedId;

    /// How the name of a changed scenario ends.
    pub(super) const SCENARIO: &str = "-scenario.json";
    /// How the name of its plan ends.
    pub(super) const PLAN: &str = "-plan.json";
    /// So many bytes of an id stand in a name; file systems take 255 in all.
    const MOST: usize = 60;

    /// What begins the names of the remedy of this rank of a need. The number of the need, counted from 1, tells it from all others,
    /// whatever is left of its id.
    pub(super) fn of_need(need: NeedId, key: &str, rank: usize) -> String {
        let number = need.index() + 1;
        let mut name = format!("need-{number}-");
        for c in key.chars() {
            let c = if c.is_alphanumeric() || c == '-' { c } else { '_' };
            if name.len() + c.len_utf8() > MOST {
                break;
            }
            name.push(c);
        }
        format!("{name}-{rank}")
    }

    /// The same of a change for the whole plan.
    pub(super) fn of_plan(rank: usize) -> String {
        format!("plan-{rank}")
    }

    /// Whether a name may be one of these.
    pub(super) fn is_ours(name: &str) -> bool {
        (name.starts_with("need-") || name.starts_with("plan-"))
            && (name.ends_with(SCENARIO) || name.ends_with(PLAN))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn no_two_are_alike_and_none_is_too_long() {
            let keys = [
                "a/b",
                "a_b",
                "a.b",
                "../../x",
                "",
                "\u{1b}[2J",
                "CON",
                &"长".repeat(100),
                &"长".repeat(101),
            ];
            let names = keys.iter().enumerate().map(|(n, key)| of_need(NeedId::new(n), key, 3));
            let names = names.collect::<std::collections::BTreeSet<_>>();
            assert_eq!(names.len(), keys.len());
            for name in &names {
                let name = format!("{name}{SCENARIO}");
                assert!(name.len() <= 100 && is_ours(&name), "{name}");
                assert!(!name.contains(['/', '\\', '.']) || name.ends_with(SCENARIO), "{name}");
                assert!(!name.trim_end_matches(SCENARIO).contains(['/', '\\', '.']), "{name}");
            }
        }
    }
}

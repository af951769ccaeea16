//! What people were told already, as far as a command hears of it.

use std::path::Path;

use anyhow::Result;
use qise::model::{Fault, Previous};
use qise::{Problem, text};
use qise_io::{PlanDocument, Scenario};

use super::{MOST_FAULTS, faulty, read};
use crate::Terminal;
use crate::args::{Common, Told};

/// The scenario with the previous plan by which `plans` are to be judged: that of `--previous`, or else what the last of them says
/// that it was judged against, or else the scenario's own. A plan that was made for another scenario is told of.
pub(super) fn judged(
    mut scenario: Scenario,
    told: Option<&Told>,
    plans: &mut [(&Path, &mut PlanDocument)],
    common: &Common,
    terminal: &mut Terminal<'_>,
) -> Result<Scenario> {
    let own = scenario.problem.previous().cloned().unwrap_or_default();
    for (path, plan) in plans.iter_mut() {
        tell_other(&scenario, path, plan, common, terminal);
        // What it says it is worth was reckoned with that, whatever is asked about it now.
        plan.previous.get_or_insert_with(|| own.clone());
    }
    if let Some(told) = told
        && let Some(path) = &told.previous
    {
        scenario.problem = with_previous(&scenario, path, told, common, terminal)?;
    } else if let Some(previous) = plans.last().and_then(|(_, plan)| plan.previous.as_ref())
        && *previous != own
    {
        scenario.problem = scenario.problem.with_previous(Some(previous.clone()))?;
    }
    Ok(scenario)
}

/// Tells of a plan that was made for another scenario.
pub(super) fn tell_other(
    scenario: &Scenario,
    path: &Path,
    plan: &PlanDocument,
    common: &Common,
    terminal: &mut Terminal<'_>,
) {
    let Some(stated) = &plan.fingerprint else { return };
    if *stated != qise_io::fingerprint(&scenario.problem) {
        let path = path.display();
        let words = text!(
            "{path}: made for another scenario, or for another state of this one",
            "{path}：为另一场景或本场景的另一版本所制定"
        );
        terminal.complain_line(words.in_lang(common.lang()));
    }
}

/// The problem with what `--previous` says that people were told.
pub(super) fn with_previous(
    scenario: &Scenario,
    path: &Path,
    told: &Told,
    common: &Common,
    terminal: &mut Terminal<'_>,
) -> Result<Problem> {
    let prices = Previous {
        reassign_price: told.reassign_price,
        retime_price: told.retime_price,
        ..Previous::default()
    };
    let read = qise_io::read_previous(&scenario.problem, &scenario.zone, &read(path)?, &prices);
    let document = faulty(path, read)?;
    tell_gone(path, &document.gone, common, terminal);
    faulty(path, scenario.problem.with_previous(Some(document.previous)))
}

/// Tells what of a plan was left out, because the scenario does not know it.
pub(super) fn tell_gone(path: &Path, gone: &[Fault], common: &Common, terminal: &mut Terminal<'_>) {
    let (lang, name) = (common.lang(), path.display());
    for fault in gone.iter().take(MOST_FAULTS) {
        terminal.complain_line(&format!("{name}: {}", fault.message().in_lang(lang)));
    }
    if gone.len() > MOST_FAULTS {
        let more = gone.len() - MOST_FAULTS;
        let words = text!("{name}: … and {more} more", "{name}:…… 另有 {more} 处");
        terminal.complain_line(words.in_lang(lang));
    }
}

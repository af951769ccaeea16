//! Reading scenarios.

use std::borrow::Cow;

use qise::{Faults, Problem, ProblemData};

use crate::convert::{Draft, Findings, convert, in_order, merge};
use crate::datum::Datum;
use crate::document as doc;
use crate::head;
use crate::read::{read, stopped};
use crate::time::Zone;
use crate::warnings::{Warning, warnings};

/// A problem, and what is needed to write plans for it as its document would.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The problem.
    pub problem: Problem,
    /// The zone of its times.
    pub zone: Zone,
}

impl Scenario {
    /// What is legal in it and surely wrong.
    pub fn warnings(&self) -> Vec<Warning> {
        warnings(&self.problem, &self.zone)
    }
}

/// The data of a problem before the engine has checked it, and the zone of its times.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioData {
    /// The data.
    pub data: ProblemData,
    /// The zone of its times.
    pub zone: Zone,
}

/// Reads a scenario and builds its problem.
///
/// ```
/// let scenario = qise_io::read_scenario(br#"{
///     "format": "qise/scenario", "version": 1, "name": "one visit",
///     "time_zone": "Asia/Shanghai", "datum": "WGS-84",
///     "volunteers": [{
///         "id": "Qimuge", "home": {"lon": 105.66488, "lat": 38.83305},
///         "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}]
///     }],
///     "needs": [{
///         "id": "tea with Naren", "at": {"lon": 105.70112, "lat": 38.84020}, "service": "PT1H",
///         "windows": [{"from": "2026-11-24T09:00", "to": "2026-11-24T10:00"}]
///     }]
/// }"#)?;
/// assert_eq!(scenario.problem.needs().len(), 1);
/// # Ok::<(), qise::Faults>(())
/// ```
///
/// # Errors
/// Everything that is wrong at once, in the order of the document: with its syntax, its structure, its references and its
/// values.
pub fn read_scenario(bytes: &[u8]) -> Result<Scenario, Faults> {
    let Draft { data, zone, findings } = draft(bytes)?;
    if findings.is_cut {
        return Err(cut(findings));
    }
    match Problem::new(data) {
        Ok(problem) if findings.faults.is_empty() => Ok(Scenario { problem, zone }),
        Ok(_) => Err(in_order(findings.faults, doc::Scenario::FIELDS)),
        Err(core) => Err(merge(findings, core, &zone)),
    }
}

/// Reads the data of a scenario without building its problem: for who wants to change it first.
///
/// # Errors
/// As [`read_scenario`], when the document itself is at fault. Data that is readable but does not make a problem is
/// returned as it is: [`Problem::new`] will say so.
pub fn read_scenario_data(bytes: &[u8]) -> Result<ScenarioData, Faults> {
    let Draft { data, zone, findings } = draft(bytes)?;
    if findings.faults.is_empty() {
        return Ok(ScenarioData { data, zone });
    }
    if findings.is_cut {
        return Err(cut(findings));
    }
    let core = Problem::new(data).err().unwrap_or_default();
    Err(merge(findings, core, &zone))
}

/// The datum that a scenario states; WGS-84 where it states none, which is one without coordinates, or cannot be read.
pub fn scenario_datum(bytes: &[u8]) -> Datum {
    #[derive(serde::Deserialize)]
    struct Stated<'a> {
        #[serde(borrow)]
        datum: Option<Cow<'a, str>>,
    }
    let stated = serde_json::from_slice::<Stated<'_>>(bytes).ok().and_then(|stated| stated.datum);
    let known = |name: &str| Datum::ALL.iter().copied().find(|datum| datum.as_str() == name);
    stated.and_then(|name| known(&name)).unwrap_or_default()
}

/// What was found until there was too much: what follows from it is not looked for.
fn cut(findings: Findings) -> Faults {
    let mut faults = in_order(findings.faults, doc::Scenario::FIELDS);
    faults.0.insert(0, stopped());
    faults
}

fn draft(bytes: &[u8]) -> Result<Draft, Faults> {
    let (document, mut faults) = read::<doc::Scenario<'_>>(bytes);
    let Some(document) = document else {
        return Err(Faults(faults));
    };
    head::check(&mut faults, doc::Scenario::FORMAT, document.format.as_ref(), document.version)?;
    Ok(convert(&document, faults))
}

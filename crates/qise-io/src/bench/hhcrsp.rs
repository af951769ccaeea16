//! Home health care routing and scheduling, as JSON: `{patients, services, caregivers, central_offices, distances}`.
//!
//! A patient asks for one service, or for two at the same moment or one after the other within a gap. Windows are soft: the value
//! is a third of distance, total tardiness and worst tardiness together.
//!
//! D. S. Mankowska, F. Meisel, C. Bierwirth (2014), The home health care routing and scheduling problem with interdependent
//! services, Health Care Management Science 17, 15–30; the format is that of S. Ceschia, L. Di Gaspero, R. M. Rosati, A. Schaerf
//! (2024), Multi-neighborhood simulated annealing for the home healthcare routing and scheduling problem, ITOR.

use std::collections::HashMap;

use qise::model::{Code, Fault};
use qise::{Faults, Text, text};
use serde::Deserialize;

use super::care::{Asked, Care, Caregiver, Patient, Style};

#[derive(Deserialize)]
struct Document {
    patients: Vec<GivenPatient>,
    services: Vec<GivenService>,
    caregivers: Vec<GivenCaregiver>,
    central_offices: Vec<serde::de::IgnoredAny>,
    distances: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct GivenPatient {
    id: String,
    time_window: (f64, f64),
    required_caregivers: Vec<Required>,
    synchronization: Option<Synchronization>,
}

#[derive(Deserialize)]
struct Required {
    service: String,
    duration: Option<f64>,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Synchronization {
    Simultaneous,
    Sequential { distance: Gap },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Gap {
    Pair(f64, f64),
    Named { min: f64, max: f64 },
}

#[derive(Deserialize)]
struct GivenService {
    id: String,
    default_duration: Option<f64>,
}

#[derive(Deserialize)]
struct GivenCaregiver {
    id: String,
    abilities: Vec<String>,
}

/// Reads an instance.
///
/// # Errors
/// The first thing that is not as the format asks.
pub(super) fn read(bytes: &[u8]) -> Result<Care, Faults> {
    let document: Document = serde_json::from_slice(bytes).map_err(|error| {
        let path = format!("line {} column {}", error.line(), error.column());
        fault(path, Code::Syntax, error.to_string(), text!("an instance of home health care", "居家护理算例"))
    })?;
    let numbers = document.services.iter().enumerate().map(|(s, service)| (service.id.as_str(), s));
    let numbers = numbers.collect::<HashMap<_, _>>();
    let service = |path: String, id: &str| {
        let known = numbers.get(id).copied();
        known.ok_or_else(|| {
            fault(path, Code::UnknownReference, format!("{id:?}"), text!("a known service", "已列出的服务"))
        })
    };
    let places = document.patients.len() + 1;
    let square =
        document.distances.len() == places && document.distances.iter().all(|row| row.len() == places);
    if !square || document.central_offices.len() != 1 {
        let found = format!("{} offices, {} rows", document.central_offices.len(), document.distances.len());
        let expected =
            text!("one office and {places} rows of {places} ways", "一个中心和 {places}×{places} 的路程表");
        return Err(fault("$.distances".into(), Code::WrongFormat, found, expected));
    }
    let mut patients = Vec::with_capacity(document.patients.len());
    for (p, given) in document.patients.iter().enumerate() {
        let path = format!("$.patients[{p}]");
        let mut visits = Vec::with_capacity(2);
        for (r, required) in given.required_caregivers.iter().enumerate() {
            let number = service(format!("{path}.required_caregivers[{r}].service"), &required.service)?;
            let duration = required.duration.or(document.services[number].default_duration);
            let Some(duration) = duration.filter(|duration| *duration >= 0.0) else {
                let found = format!("{duration:?}");
                let expected = text!("a duration of 0 or more", "不小于 0 的时长");
                return Err(fault(
                    format!("{path}.required_caregivers[{r}].duration"),
                    Code::OutOfRange,
                    found,
                    expected,
                ));
            };
            visits.push(Asked {
                id: required.service.clone(),
                service: Some(number),
                duration,
                dislikes: Vec::new(),
            });
        }
        let gap = match (&given.synchronization, visits.len()) {
            (None, 1) | (Some(Synchronization::Simultaneous), 2) => (0.0, 0.0),
            (
                Some(Synchronization::Sequential { distance: Gap::Pair(min, max) | Gap::Named { min, max } }),
                2,
            ) => (*min, *max),
            (_, count) => {
                let expected = text!(
                    "one service, or two and how they hang together",
                    "一项服务，或两项服务及其同步方式"
                );
                return Err(fault(path, Code::WrongFormat, format!("{count} services"), expected));
            }
        };
        patients.push(Patient { id: given.id.clone(), place: p + 1, window: given.time_window, visits, gap });
    }
    let mut caregivers = Vec::with_capacity(document.caregivers.len());
    for (c, given) in document.caregivers.iter().enumerate() {
        let gives = given.abilities.iter().map(|id| service(format!("$.caregivers[{c}].abilities"), id));
        caregivers.push(Caregiver { id: given.id.clone(), gives: gives.collect::<Result<_, _>>()? });
    }
    Ok(Care {
        ways: document.distances,
        patients,
        caregivers,
        services: document.services.into_iter().map(|service| service.id).collect(),
        day: None,
        style: Style::Caregivers,
    })
}

fn fault(path: String, code: Code, found: String, expected: Text) -> Faults {
    Faults(vec![Fault::new(path, code, found, expected)])
}

//! Vehicle routing with synchronised visits, as JSON: `{staff, horizon, service, windows, travel, sync, preferences}`, where visit 0
//! is the depot and `sync` lists pairs of visits at one place that start at the same moment.
//!
//! D. Bredström, M. Rönnqvist (2008), Combined vehicle routing and scheduling with temporal precedence and synchronization
//! constraints, European Journal of Operational Research 191, 19–31.

use qise::model::{Code, Fault};
use qise::{Faults, Text, text};
use serde::Deserialize;

use super::care::{Asked, Care, Caregiver, Patient, Style};

#[derive(Deserialize)]
struct Document {
    staff: usize,
    horizon: (f64, f64),
    service: Vec<f64>,
    windows: Vec<(f64, f64)>,
    travel: Vec<Vec<f64>>,
    #[serde(default)]
    sync: Vec<(usize, usize)>,
    #[serde(default)]
    preferences: Vec<Vec<f64>>,
}

/// More people than visits have nothing to do.
const MOST_STAFF: usize = 10_000;

/// Reads an instance.
///
/// # Errors
/// The first thing that is not as the format asks.
pub(super) fn read(bytes: &[u8]) -> Result<Care, Faults> {
    let document: Document = serde_json::from_slice(bytes).map_err(|error| {
        let path = format!("line {} column {}", error.line(), error.column());
        let expected = text!("an instance with synchronised visits", "含同步服务的算例");
        fault(path, Code::Syntax, error.to_string(), expected)
    })?;
    let count = document.service.len();
    let square = document.travel.len() == count && document.travel.iter().all(|row| row.len() == count);
    let sizes = document.windows.len() == count && square && count > 0;
    let liked = |row: &Vec<f64>| row.len() == document.staff;
    let preferred = document.preferences.is_empty()
        || document.preferences.len() == count && document.preferences[1..].iter().all(liked);
    if !sizes || !preferred || document.staff > MOST_STAFF {
        let expected = text!("lists of {count} entries, as many as `service`", "各列表均为 {count} 项");
        return Err(fault("$".into(), Code::WrongFormat, "lists of different lengths".into(), expected));
    }
    let mut second = vec![None; count];
    let mut is_second = vec![false; count];
    for (s, &(a, b)) in document.sync.iter().enumerate() {
        let known = |visit: usize| 0 < visit && visit < count && second[visit].is_none() && !is_second[visit];
        let twins = known(a)
            && known(b)
            && a != b
            && document.windows[a] == document.windows[b]
            && document.travel[a] == document.travel[b];
        if !twins {
            let expected = text!("two visits at one place with one window", "同一地点、同一时间窗的两次服务");
            return Err(fault(format!("$.sync[{s}]"), Code::WrongFormat, format!("[{a}, {b}]"), expected));
        }
        second[a] = Some(b);
        is_second[b] = true;
    }
    let asked = |visit: usize| Asked {
        id: visit.to_string(),
        service: None,
        duration: document.service[visit],
        dislikes: document.preferences.get(visit).cloned().unwrap_or_default(),
    };
    let patients = (1..count).filter(|&visit| !is_second[visit]).map(|visit| Patient {
        id: visit.to_string(),
        place: visit,
        window: document.windows[visit],
        visits: std::iter::once(visit).chain(second[visit]).map(asked).collect(),
        gap: (0.0, 0.0),
    });
    Ok(Care {
        patients: patients.collect(),
        caregivers: (1..=document.staff)
            .map(|staff| Caregiver { id: staff.to_string(), gives: Vec::new() })
            .collect(),
        services: Vec::new(),
        day: Some(document.horizon),
        style: Style::Numbers,
        ways: document.travel,
    })
}

fn fault(path: String, code: Code, found: String, expected: Text) -> Faults {
    Faults(vec![Fault::new(path, code, found, expected)])
}

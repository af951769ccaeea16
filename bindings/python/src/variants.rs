//! Problems made of a problem and a plan.

use pyo3::prelude::*;
use qise::model::Previous;
use qise_io::Scenario;

use crate::argument::whole;
use crate::error::invalid;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::workers::beside;

/// The problem with a plan that people were told already.
#[pyfunction]
pub fn with_previous(
    problem: &Bound<'_, Problem>,
    plan: &Bound<'_, Plan>,
    reassign_price: Bound<'_, PyAny>,
    retime_price: Bound<'_, PyAny>,
) -> PyResult<Problem> {
    let py = plan.py();
    let prices = Previous {
        reassign_price: whole("reassign_price", &reassign_price, 0..=u32::MAX)?,
        retime_price: whole("retime_price", &retime_price, 0..=u32::MAX)?,
        ..Previous::default()
    };
    let document = plan.get().bare(py);
    let Scenario { problem: known, zone } = &problem.get().scenario;
    let changed = beside(py, || {
        let previous = qise_io::read_previous(known, zone, document.as_bytes(), &prices)?.previous;
        known.with_previous(Some(previous))
    });
    let changed = changed.map_err(|faults| invalid(py, &faults, "plan"))?;
    Ok(problem.get().variant(changed))
}

/// The problem with the hours of a plan in everybody's ledger.
#[pyfunction]
pub fn with_hours(
    problem: &Bound<'_, Problem>,
    plan: &Bound<'_, Plan>,
    keep_permille: Bound<'_, PyAny>,
) -> PyResult<Problem> {
    let py = plan.py();
    let keep = whole("keep_permille", &keep_permille, 0..=1000)?;
    let document = plan.get().bare(py);
    let Scenario { problem: known, zone } = &problem.get().scenario;
    let booked = beside(py, || {
        let plan = qise_io::read_plan(known, zone, document.as_bytes())?.plan;
        let people = qise::fairness::load(known, &plan).people;
        known.replace(|data| {
            for person in &people {
                data.volunteers[person.volunteer.index()].ledger = person.ledger(keep);
            }
        })
    });
    let booked = booked.map_err(|faults| invalid(py, &faults, "plan"))?;
    Ok(problem.get().variant(booked))
}

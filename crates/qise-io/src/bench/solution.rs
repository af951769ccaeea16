//! Solutions as checkers of vehicle routing read them: `{"routes": [{"vehicle": 1, "customers": [3, 5]}]}`.
//!
//! Vehicles and depots are numbered from 1, customers as the instance numbers them (locations of VRPLIB less one). The
//! depot is stated where there are several.

use qise::Problem;
use qise::plan::Plan;
use serde_json::{Value, json};

use super::build::Built;

/// A plan as a solution document.
pub(super) fn written(built: &Built, problem: &Problem, plan: &Plan) -> Value {
    let several = built.instance.depots.len() > 1;
    let routes = plan.routes.iter().filter(|route| !route.visits.is_empty()).map(|route| {
        let customers = route.visits.iter().map(|visit| built.customer(visit));
        let vehicle = problem.unit(route.unit).volunteer.index() + 1;
        let mut written = json!({ "vehicle": vehicle, "customers": customers.collect::<Vec<_>>() });
        if several {
            written["depot"] = json!(built.vehicle(problem, route.unit).depot + 1);
        }
        written
    });
    json!({ "routes": routes.collect::<Vec<_>>() })
}

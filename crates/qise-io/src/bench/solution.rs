//! Solutions as checkers of these families read them: `{"routes": [{"vehicle": 1, "customers": [3, 5]}]}`.
//!
//! Vehicles and depots are numbered from 1, customers as the instance numbers them (locations of VRPLIB less one). The
//! depot is stated where there are several.

use qise::model::UnitId;
use qise::plan::Plan;
use serde_json::json;

use super::Benchmark;
use super::instance::Vehicle;

impl Benchmark {
    /// The vehicle of a unit: every volunteer has one shift.
    pub(super) fn vehicle(&self, unit: UnitId) -> &Vehicle {
        &self.instance.vehicles[self.problem.unit(unit).volunteer.index()]
    }

    /// A plan as a solution document.
    pub fn solution(&self, plan: &Plan) -> String {
        let several = self.instance.depots.len() > 1;
        let routes = plan.routes.iter().filter(|route| !route.visits.is_empty()).map(|route| {
            let customers = route.visits.iter().map(|visit| self.instance.sites[self.site(visit.need)].id);
            let vehicle = self.problem.unit(route.unit).volunteer.index() + 1;
            let mut written = json!({ "vehicle": vehicle, "customers": customers.collect::<Vec<_>>() });
            if several {
                written["depot"] = json!(self.vehicle(route.unit).depot + 1);
            }
            written
        });
        format!("{}\n", json!({ "routes": routes.collect::<Vec<_>>() }))
    }
}

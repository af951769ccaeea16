//! The document of a report.

use qise::coverage::{Gap, Layer, Measure, Row, Share, Where};
use qise::model::{LatLon, Place};
use qise::{Lang, Problem};
use serde_json::{Map, Value, json};

use super::{Placed, Report, hour};
use crate::Scenario;
use crate::convert::bare;

/// The id of a place, where the document gave it one.
fn id_of(place: &Place) -> Option<&str> {
    bare(place).is_none().then_some(place.key.as_str())
}

impl Report {
    /// The report as a JSON document, shares from 0 to 1 with six digits; null where nothing was asked.
    pub fn to_json(&self, scenario: &Scenario) -> Value {
        let problem = &scenario.problem;
        let minutes = self.question.limits.iter().map(|limit| limit.0 / 60).collect::<Vec<_>>();
        let moments = self.question.moments.iter().map(|&moment| scenario.zone.format(moment));
        let layers = self.layers.iter().zip(&self.gaps).map(|(layer, gaps)| {
            let by_category = layer.rows.iter().map(|row| self.category(scenario, row));
            let hours = layer.at_moments();
            let by_hour = hours.iter().zip(&layer.moments).map(|(share, &moment)| {
                json!({
                    "moment": scenario.zone.format(moment), "hour": hour(scenario, moment),
                    "shares": shares(share, layer),
                })
            });
            json!({
                "measure": layer.measure.as_str(),
                "total": amount(layer.measure, layer.total()),
                "points": layer.len(),
                "shares": shares(&layer.overall(), layer),
                "by_category": by_category.collect::<Vec<_>>(),
                "by_hour": by_hour.collect::<Vec<_>>(),
                "gaps": gaps.iter().map(|gap| self.gap(problem, layer, gap)).collect::<Vec<_>>(),
            })
        });
        let mut document = json!({
            "format": "qise/coverage",
            "version": 1,
            "scenario": problem.name(),
            "time_zone": scenario.zone.name(),
            "minutes": minutes,
            "within": minutes[self.within],
            "moments": moments.collect::<Vec<_>>(),
            "layers": layers.collect::<Vec<_>>(),
        });
        if let Some(placed) = &self.placed {
            document["placement"] = placed.to_json(problem);
        }
        document
    }

    fn category(&self, scenario: &Scenario, row: &Row) -> Value {
        let problem = &scenario.problem;
        let category = row.category.map(|id| &problem.categories()[id.index()]);
        let hours = row.at.iter().zip(&self.question.moments).map(|(share, &moment)| {
            json!({ "hour": hour(scenario, moment), "shares": all_shares(share, self.question.limits.len()) })
        });
        json!({
            "category": category.map(|category| category.key.as_str()),
            "name": category.map(|category| category.name.in_lang(Lang::En)),
            "name_zh": category.map(|category| category.name.in_lang(Lang::Zh)),
            "shares": all_shares(&row.total(), self.question.limits.len()),
            "by_hour": hours.collect::<Vec<_>>(),
        })
    }

    fn gap(&self, problem: &Problem, layer: &Layer, gap: &Gap) -> Value {
        let overall = layer.overall();
        let all = overall.asked - overall.covered[self.within];
        let keys = gap.points.iter().filter_map(|&n| layer.needs.get(n));
        let mut found = json!({
            "lon": gap.at.map(LatLon::lon),
            "lat": gap.at.map(LatLon::lat),
            "near": gap.near.and_then(|(place, _)| id_of(problem.place(place))),
            "near_name": gap.near.and_then(|(place, _)| problem.place(place).name.as_deref()),
            "near_m": gap.near.map(|(_, metres)| metres.0),
            "share_of_missed": digits(gap.missed as f64 / all as f64),
            "share_covered": digits(1.0 - gap.missed as f64 / gap.asked as f64),
            "points": gap.points.len(),
        });
        if layer.measure == Measure::Needs {
            found["needs"] = keys.map(|&need| problem.need(need).key.as_str()).collect();
        }
        found
    }
}

impl Placed {
    fn to_json(&self, problem: &Problem) -> Value {
        let Self { placement, candidates, limit, exact } = self;
        let share = |part: u128| (placement.asked > 0).then(|| digits(part as f64 / placement.asked as f64));
        let mut sum = placement.before;
        let sites = placement.chosen.iter().map(|chosen| {
            sum += chosen.gain;
            let (name, at) = &candidates[chosen.candidate];
            let mut site = Map::new();
            site.insert("name".into(), name.clone().into());
            if let Where::Place(place) = at {
                site.insert("place".into(), id_of(problem.place(*place)).into());
            }
            let point = at.at(problem);
            site.insert("lon".into(), point.map(LatLon::lon).into());
            site.insert("lat".into(), point.map(LatLon::lat).into());
            site.insert("gain".into(), share(chosen.gain).into());
            site.insert("covered".into(), share(sum).into());
            Value::Object(site)
        });
        let sites = sites.collect::<Vec<_>>();
        json!({
            "measure": placement.measure.as_str(),
            "minutes": limit.0 / 60,
            "candidates": candidates.len(),
            "method": if *exact { "exact" } else { "greedy" },
            "before": share(placement.before),
            "after": share(placement.after),
            "greedy": share(placement.greedy),
            "bound": share(placement.bound),
            "proven": placement.is_proven(),
            "steps": placement.steps,
            "sites": sites,
        })
    }
}

/// Six digits behind the point.
fn digits(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn all_shares(share: &Share, limits: usize) -> Vec<Option<f64>> {
    (0..limits).map(|limit| share.of(limit).map(digits)).collect()
}

fn shares(share: &Share, layer: &Layer) -> Vec<Option<f64>> {
    all_shares(share, layer.limits.len())
}

/// Needs and residents by number, land in square kilometres.
fn amount(measure: Measure, total: u128) -> Value {
    match measure {
        Measure::Land => json!((total as f64 / 1e4).round() / 100.0),
        Measure::Needs | Measure::Residents => json!(u64::try_from(total).unwrap_or(u64::MAX)),
    }
}

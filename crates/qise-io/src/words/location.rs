//! Where in a plan document something stands.

use qise::plan::{CallPart, Location, RoutePart, VisitPart};

/// The JSON path of a location in the plan document, such as `$.routes[2].visits[0].start`.
pub fn path(at: Location) -> String {
    match at {
        Location::Fingerprint => "$.fingerprint".into(),
        Location::Routes => "$.routes".into(),
        Location::Route { route, part } => {
            let part = match part {
                RoutePart::Whole => String::new(),
                RoutePart::Unit => ".volunteer".into(),
                RoutePart::Company(number) => format!(".company[{number}]"),
                RoutePart::Vehicle => ".vehicle".into(),
                RoutePart::Departure => ".departure".into(),
                RoutePart::Calls => ".calls".into(),
                RoutePart::Breaks => ".breaks".into(),
                RoutePart::Break(number) => format!(".breaks[{number}]"),
                RoutePart::Finish => ".finish".into(),
            };
            format!("$.routes[{route}]{part}")
        }
        Location::Visit { route, visit, part } => {
            let part = match part {
                VisitPart::Need => "need",
                VisitPart::Arrival => "arrival",
                VisitPart::Start => "start",
                VisitPart::End => "end",
            };
            format!("$.routes[{route}].visits[{visit}].{part}")
        }
        Location::Call { route, call, part } => {
            let part = match part {
                CallPart::Depot => "depot".into(),
                CallPart::Arrival => "arrival".into(),
                CallPart::Start => "start".into(),
                CallPart::End => "end".into(),
                CallPart::Takes(number) => format!("takes[{number}]"),
                CallPart::Gives(number) => format!("gives[{number}]"),
            };
            format!("$.routes[{route}].calls[{call}].{part}")
        }
        Location::UnservedList => "$.unserved".into(),
        Location::Unserved(number) => format!("$.unserved[{number}].need"),
        Location::OutsourcedList => "$.outsourced".into(),
        Location::Outsourced(number) => format!("$.outsourced[{number}]"),
    }
}

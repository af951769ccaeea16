//! Who could serve a need, or what somebody could serve: the best first.

use qise::model::Term;
use qise::query::Offer;
use qise::{Lang, text};
use qise_io::Scenario;

use super::route::{clock, date};
use super::{duration, kilometres, name, none, table};

/// Offers, one a line; of a crew one line for each who comes.
pub(crate) fn offers(scenario: &Scenario, offers: &[Offer], lang: Lang) -> String {
    let problem = &scenario.problem;
    if offers.is_empty() {
        return none(lang).to_owned();
    }
    let heads = [
        text!("", ""),
        text!("need", "需求"),
        text!("who", "人员"),
        text!("when", "时间"),
        text!("added travel", "增加路途"),
        text!("objective grows by", "目标增加"),
        text!("given up", "须放弃"),
    ];
    let mut rows = vec![heads.iter().map(|head| head.in_lang(lang).to_owned()).collect::<Vec<_>>()];
    for (rank, offer) in offers.iter().enumerate() {
        let need = problem.need(offer.need);
        let mut first = true;
        for (unit, visit) in offer.visits() {
            let unit = problem.unit(unit);
            let volunteer = problem.volunteer(unit.volunteer);
            let mut who = format!("{} ({})", name(volunteer.name.as_ref(), &volunteer.key), volunteer.key);
            if let Some(vehicle) = unit.vehicle.map(|vehicle| problem.vehicle(vehicle)) {
                let vehicle = name(vehicle.name.as_ref(), &vehicle.key);
                who += text!(" with {vehicle}", "({vehicle})").in_lang(lang);
            }
            let (day, from, to) =
                (date(scenario, visit.start), clock(scenario, visit.start), clock(scenario, visit.end));
            let when = format!("{day} {from}–{to}");
            let mut row = vec![String::new(), String::new(), who, when];
            if std::mem::take(&mut first) {
                row[0] = (rank + 1).to_string();
                name(need.name.as_ref(), &need.key).clone_into(&mut row[1]);
                let travel = duration(offer.travel().0, lang);
                let metres = offer.growth.get(Term::Distance);
                row.push(if problem.objective().uses(Term::Distance) {
                    format!("{travel} · {}", kilometres(metres, lang))
                } else {
                    travel
                });
                let levels = problem.objective().score(&offer.growth).levels;
                row.push(levels.iter().map(i64::to_string).collect::<Vec<_>>().join(" / "));
                let displaced = offer.displaces.iter().map(|&need| problem.need(need));
                let displaced = displaced.map(|need| name(need.name.as_ref(), &need.key).to_owned());
                let others = text!("others come at other times", "他人须改时间");
                let others = offer.moves_others.then(|| others.in_lang(lang).to_owned());
                let given_up = displaced.chain(others).collect::<Vec<_>>();
                row.push(given_up.join(if lang == Lang::En { ", " } else { "、" }));
            }
            rows.push(row);
        }
    }
    table::rows(2, &rows)
}

//! Goods in words: what is taken at a depot, what a need asks for, what a plan delivers.

use crate::figures::{calls, delivered, vehicles_out};
use qise::model::{Amount, Handling, Need};
use qise::plan::{Call, Plan};
use qise::{Lang, Problem, Text, text};

use super::name;

/// Amounts in words: `60 bale hay, 1 wheelchair`.
fn amounts(problem: &Problem, amounts: impl IntoIterator<Item = Amount>, lang: Lang) -> String {
    let words = amounts.into_iter().filter_map(|what| {
        let good = problem.goods().get(what.good.index())?;
        let unit = good.unit.as_ref().map_or(String::new(), |unit| format!("{unit} "));
        Some(format!("{} {unit}{}", what.amount, name(good.name.as_ref(), &good.key)))
    });
    words.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
}

/// What a call is for.
pub(super) fn call(problem: &Problem, call: &Call, lang: Lang) -> String {
    let parts = [(&call.takes, text!("takes on", "装载")), (&call.gives, text!("gives back", "归还"))];
    let parts = parts.into_iter().filter(|(list, _)| !list.is_empty()).map(|(list, verb)| {
        format!("{} {}", verb.in_lang(lang), amounts(problem, list.iter().copied(), lang))
    });
    let what = parts.collect::<Vec<_>>().join(if lang == Lang::Zh { "；" } else { "; " });
    let Some(depot) = problem.depots().get(call.depot.index()) else { return what };
    let (place, key) = (name(depot.name.as_ref(), &depot.key), &depot.key);
    let at = if place == key { key.clone() } else { format!("{place} ({key})") };
    let words = if what.is_empty() {
        text!("calls at {at}", "停靠 {at}")
    } else {
        text!("{what} at {at}", "于 {at} {what}")
    };
    words.in_lang(lang).to_owned()
}

/// What a need asks of goods.
pub(super) fn asked(problem: &Problem, need: &Need, lang: Lang) -> Vec<Text> {
    let all = [Handling::Deliver, Handling::Carry, Handling::Collect].map(|handling| {
        let listed = need.goods.iter().filter(|supply| supply.handling == handling);
        (handling, amounts(problem, listed.map(|supply| supply.what), lang))
    });
    let words = |(handling, what): (Handling, String)| match handling {
        Handling::Deliver => text!("is brought {what}", "送达 {what}"),
        Handling::Carry => text!("takes {what} at hand", "须携带 {what}"),
        Handling::Collect => text!("gives back {what}", "取回 {what}"),
    };
    all.into_iter().filter(|(_, what)| !what.is_empty()).map(words).collect()
}

/// Key figures, where the problem has goods or vehicles.
pub(super) fn figures(problem: &Problem, plan: &Plan, lang: Lang) -> Vec<(Text, String)> {
    let mut rows = Vec::new();
    if !problem.vehicles().is_empty() {
        let out = format!("{} / {}", vehicles_out(problem, plan).len(), problem.vehicles().len());
        rows.push((text!("vehicles out", "出动车辆"), out));
    }
    if !problem.depots().is_empty() {
        rows.push((text!("calls at depots", "停靠仓储点次数"), calls(plan).to_string()));
    }
    let brought = delivered(problem, plan).into_iter().map(|(good, amount)| Amount { good, amount });
    let brought = amounts(problem, brought, lang);
    if !brought.is_empty() {
        rows.push((text!("goods delivered", "送达物资"), brought));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_are_told_in_both_languages() {
        let document = include_bytes!("../../../../tests/data/goods/winter.json");
        let scenario = crate::read_scenario(document).unwrap_or_else(|faults| panic!("{faults}"));
        let plan = include_bytes!("../../../../tests/data/goods/winter_plan.json");
        let plan = crate::read_plan(&scenario.problem, &scenario.zone, plan);
        let plan = plan.unwrap_or_else(|faults| panic!("{faults}")).plan;
        let problem = &scenario.problem;
        let calls = &plan.routes[0].calls;
        assert_eq!(
            call(problem, &calls[0], Lang::En),
            "takes on 60 bale hay, 20 sack pellet, 1 wheelchair at 巴彦浩特库 (d-1)"
        );
        assert_eq!(call(problem, &calls[1], Lang::En), "gives back 1 wheelchair at 巴彦浩特库 (d-1)");
        assert_eq!(call(problem, &calls[1], Lang::Zh), "于 巴彦浩特库 (d-1) 归还 1 wheelchair");
        let rows = figures(problem, &plan, Lang::En).into_iter();
        let rows = rows.map(|(label, value)| format!("{}: {value}", label.en)).collect::<Vec<_>>();
        let delivered = "goods delivered: 60 bale hay, 20 sack pellet, 1 wheelchair";
        assert_eq!(rows, ["vehicles out: 1 / 1", "calls at depots: 2", delivered]);
        let crews = plan.crews();
        let shown = super::super::route::route(
            &scenario,
            &qise::plan::RouteStarts::of(problem, &plan),
            &plan.routes[0],
            &crews,
            Lang::En,
        );
        let lines = shown.lines().map(str::trim).collect::<Vec<_>>();
        assert_eq!(
            lines,
            [
                "萨仁 · 货车 — 08:10–15:40 · 3 visits · 63.0 km, 1 h 10 min on the road",
                "08:10–08:25  takes on 60 bale hay, 20 sack pellet, 1 wheelchair at 巴彦浩特库 (d-1)",
                "08:40–08:50  chair       chair",
                "09:10–09:50  fodder      fodder",
                "15:00–15:10  chair#back  chair#back",
                "15:25–15:40  gives back 1 wheelchair at 巴彦浩特库 (d-1)",
            ]
        );
    }
}

//! What a depot has now, as somebody has counted it.

use super::plan::LivePlan;
use crate::model::{Amount, Code, DepotId, Fault, Faults, GoodId, Stock, Time};
use crate::plan::{Call, Plan, Score};
use crate::text;

impl LivePlan {
    /// How good the plan is now: of its terms only those that the objective counts.
    pub fn score(&self) -> Score {
        let parts = self.parts.as_ref().expect("nobody else asks meanwhile");
        parts.plan.score(&self.problem)
    }

    /// A depot has so much of a kind at first, before all calls of the plan, and of what was to come in only what does so after a moment.
    /// A kind that it did not keep it keeps from here on. Everything is built anew.
    ///
    /// Whoever serves a need goes on to do so: where the plan takes more than there is, so much is added to the stock that it does not
    /// run out, and nothing is left for others. Returns how much that is.
    ///
    /// # Errors
    /// There is no such depot or kind, or the amount is less than nothing or more than [`Amount::LIMIT`].
    pub fn set_stock(
        &mut self,
        depot: DepotId,
        good: GoodId,
        amount: i64,
        after: Time,
    ) -> Result<i64, Faults> {
        self.check_stock(depot, good, amount)?;
        let old = self.problem.depot(depot).stock(good).map(|(_, stock)| stock.clone());
        let mut stock = old.unwrap_or_else(|| Stock::new(good, None));
        stock.amount = Some(amount);
        stock.restocks.retain(|restock| restock.at > after);
        let comes_back = self.problem.good(good).comes_back;
        let missing = missing(&self.plan(), depot, &stock, comes_back);
        stock.amount = Some(amount.saturating_add(missing));
        self.rebuild(|data| {
            let stocks = &mut data.depots[depot.index()].stocks;
            match stocks.iter_mut().find(|stock| stock.good == good) {
                Some(own) => *own = stock,
                None => stocks.push(stock),
            }
        });
        Ok(missing)
    }

    fn check_stock(&self, depot: DepotId, good: GoodId, amount: i64) -> Result<(), Faults> {
        let mut faults = Faults::default();
        if depot.index() >= self.problem.depots().len() {
            let number = depot.0;
            let found = text!("depot number {number}", "第 {number} 个仓储点");
            faults.push(Fault::new("$.depot", Code::UnknownReference, found, text!("a depot", "一个仓储点")));
        }
        if good.index() >= self.problem.goods().len() {
            let number = good.0;
            let found = text!("goods number {number}", "第 {number} 种物资");
            faults.push(Fault::new("$.good", Code::UnknownReference, found, text!("goods", "一种物资")));
        }
        if !(0..=Amount::LIMIT).contains(&amount) {
            let most = Amount::LIMIT;
            let expected = text!("from 0 to {most}", "0 至 {most}");
            faults.push(Fault::new("$.amount", Code::OutOfRange, text!("{amount}", "{amount}"), expected));
        }
        faults.into_result()
    }
}

/// How much a stock falls below nothing, as a plan takes from it. When something is taken matters only where more comes in or comes back.
fn missing(plan: &Plan, depot: DepotId, stock: &Stock, comes_back: bool) -> i64 {
    let of = |amounts: &[Amount]| {
        amounts.iter().filter(|one| one.good == stock.good).map(|one| one.amount).sum::<i64>()
    };
    let calls = plan.routes.iter().flat_map(|route| &route.calls).filter(|call| call.depot == depot);
    let change = |call: &Call| (call.start, of(&call.gives) - of(&call.takes));
    let mut changes = calls.map(change).collect::<Vec<_>>();
    let mut left = stock.amount.unwrap_or(0);
    if !comes_back && stock.restocks.is_empty() {
        left += changes.iter().map(|(_, change)| change).sum::<i64>();
        return (-left).max(0);
    }
    changes.extend(stock.restocks.iter().map(|restock| (restock.at, restock.amount)));
    // What comes in is there for whoever calls at that moment.
    changes.sort_unstable_by_key(|&(at, change)| (at, -change));
    let mut least = 0.min(left);
    for (_, change) in changes {
        left += change;
        least = least.min(left);
    }
    -least
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Problem;
    use crate::model::{Depot, Good, Handling, Need, NeedId, Seconds, Supply, TravelRule, Window};

    /// Two people, two needs of two pieces each, and a depot that has as much as anybody asks for.
    fn live() -> (LivePlan, [NeedId; 2], GoodId) {
        let mut b = Problem::builder("stock");
        let car = b.profile("car", TravelRule::great_circle(35_000, 1300));
        let (home, door) = (b.place("home", 38.83, 105.66), b.place("door", 38.84, 105.70));
        for key in ["bat", "saran"] {
            b.volunteer(key, home, car).shift(Time(0), Time(20_000));
        }
        let needs = ["one", "two"]
            .map(|key| *b.need(key, door, Window::new(Time(0), Time(9000)), Seconds::minutes(10)).id());
        let problem = b.build().unwrap();
        let problem = problem.replace(|data| {
            data.goods.push(Good::new("bale"));
            data.depots.push(Depot::new("shed", crate::model::PlaceId(0), vec![Stock::new(GoodId(0), None)]));
            for need in &mut data.needs {
                *need = Need { goods: vec![Supply::new(GoodId(0), 2, Handling::Deliver)], ..need.clone() };
            }
        });
        let live = LivePlan::new(&problem.unwrap(), &Plan::default());
        (live, needs, GoodId(0))
    }

    #[test]
    fn a_ranking_goes_by_what_a_depot_has_now() {
        let (mut live, [one, two], bale) = live();
        let shed = DepotId(0);
        let ranked = |live: &mut LivePlan, need| live.rank(need, 9).unwrap().len();
        assert_eq!((ranked(&mut live, one), ranked(&mut live, two)), (2, 2));
        assert_eq!(live.set_stock(shed, bale, 3, Time(0)), Ok(0));
        let units = live.rank(one, 1).unwrap()[0].units();
        live.commit(one, &units).unwrap();
        assert_eq!(ranked(&mut live, two), 0, "one piece is left");
        assert_eq!(live.set_stock(shed, bale, 4, Time(0)), Ok(0));
        assert_eq!(ranked(&mut live, two), 2);
        assert_eq!(
            live.set_stock(shed, bale, 1, Time(0)),
            Ok(1),
            "one piece is missing for who is committed"
        );
        assert_eq!(live.plan().served(), 1);
        assert_eq!(ranked(&mut live, two), 0);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let (mut live, _, bale) = live();
        for (depot, good, amount) in
            [(DepotId(1), bale, 1), (DepotId(0), GoodId(1), 1), (DepotId(0), bale, -1)]
        {
            assert!(live.set_stock(depot, good, amount, Time(0)).is_err());
        }
    }
}

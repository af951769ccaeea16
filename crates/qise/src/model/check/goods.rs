//! Goods, depots and vehicles.

use rustc_hash::FxHashSet;

use super::Checker;
use crate::model::{Amount, Code, Depot, Handling, Need, Stock, Vehicle, Window, quoted};
use crate::text;

/// What all goods of all needs and people weigh together, at most.
const MOST_ON_BOARD: i128 = 1 << 60;

impl Checker<'_> {
    pub(super) fn goods(&mut self) {
        let data = self.data;
        self.keys("goods", data.goods.iter().map(|x| x.key.as_str()));
        self.keys("depots", data.depots.iter().map(|x| x.key.as_str()));
        self.keys("vehicles", data.vehicles.iter().map(|x| x.key.as_str()));
        for (i, good) in data.goods.iter().enumerate() {
            self.loads(&format!("$.goods[{i}].load"), &good.load);
        }
        self.weights();
        for (i, depot) in data.depots.iter().enumerate() {
            self.depot(&format!("$.depots[{i}]"), depot);
        }
        for (i, vehicle) in data.vehicles.iter().enumerate() {
            self.vehicle(&format!("$.vehicles[{i}]"), vehicle);
        }
        if self.has_parties && !data.vehicles.is_empty() {
            let found = text!("people who go as parties", "有编组的人员");
            let expected = text!("no vehicles beside parties, in this release", "此版本的编组不可与车辆同用");
            self.fault("$.vehicles", Code::Unsupported, found, expected);
        }
    }

    /// All goods that could ever be on board together weigh no more than can be counted, so nobody who sums them has to look.
    fn weights(&mut self) {
        let data = self.data;
        let of_needs = data.needs.iter().flat_map(|need| need.goods.iter().map(|supply| supply.what));
        let shifts = data.volunteers.iter().flat_map(|volunteer| &volunteer.shifts);
        let of_shifts = shifts.flat_map(|shift| &shift.carries).copied();
        let of_vehicles = data.vehicles.iter().flat_map(|vehicle| &vehicle.carries).copied();
        let mut sums = vec![0_i128; data.goods.len()];
        for amount in of_needs.chain(of_shifts).chain(of_vehicles) {
            if let Some(sum) = sums.get_mut(amount.good.index()) {
                *sum += i128::from(amount.amount.max(0));
            }
        }
        let weight = |(good, &sum): (usize, &i128)| {
            let heaviest = data.goods[good].load.iter().map(|load| i128::from(load.amount)).max();
            sum.saturating_mul(heaviest.unwrap_or(0).max(1))
        };
        let total = sums.iter().enumerate().map(weight).fold(0, i128::saturating_add);
        if total > MOST_ON_BOARD {
            let expected = text!("goods of {MOST_ON_BOARD} in all at most", "物资合计不超过 {MOST_ON_BOARD}");
            self.fault("$.goods", Code::OutOfRange, total.to_string(), expected);
        }
    }

    fn depot(&mut self, path: &str, depot: &Depot) {
        self.place(format!("{path}.at"), depot.place);
        self.duration(format!("{path}.service"), depot.service);
        self.windows(path, &depot.windows);
        let mut kept = FxHashSet::default();
        for (s, stock) in depot.stocks.iter().enumerate() {
            let here = format!("{path}.stock[{s}]");
            let known =
                self.reference(format!("{here}.good"), stock.good.index(), self.data.goods.len(), "goods");
            if known && !kept.insert(stock.good) {
                let found = quoted(&self.data.goods[stock.good.index()].key);
                let expected = text!("each kind once", "每种物资一次");
                self.fault(format!("{here}.good"), Code::DuplicateEntry, found, expected);
            }
            self.stock(&here, stock);
        }
    }

    fn stock(&mut self, path: &str, stock: &Stock) {
        if let Some(amount) = stock.amount {
            self.number(format!("{path}.amount"), amount, 0, Amount::LIMIT);
        }
        for (r, restock) in stock.restocks.iter().enumerate() {
            let here = format!("{path}.restocks[{r}]");
            let good = self.time(format!("{here}.at"), restock.at);
            self.number(format!("{here}.amount"), restock.amount, 0, Amount::LIMIT);
            let before = r.checked_sub(1).map(|before| stock.restocks[before].at);
            if good && before.is_some_and(|before| restock.at < before) {
                let expected = text!("times in order", "按时间排列");
                self.fault(format!("{here}.at"), Code::WindowReversed, restock.at.0.to_string(), expected);
            }
        }
        if stock.amount.is_none() && !stock.restocks.is_empty() {
            let found = text!("no amount", "未写数量");
            let expected = text!("an amount, where more comes in later", "有后续补货时须写数量");
            self.fault(format!("{path}.restocks"), Code::Conflict, found, expected);
        }
    }

    fn vehicle(&mut self, path: &str, vehicle: &Vehicle) {
        self.place(format!("{path}.at"), vehicle.place);
        self.profile(format!("{path}.profile"), vehicle.profile);
        self.loads(&format!("{path}.capacity"), &vehicle.capacity);
        if let Some(range) = vehicle.range {
            self.distance(format!("{path}.range_m"), range);
        }
        self.requirement(&format!("{path}.drivers"), &vehicle.drivers);
        self.windows(path, &vehicle.windows);
        self.amounts(&format!("{path}.carries"), &vehicle.carries);
    }

    /// Windows in order and apart.
    fn windows(&mut self, path: &str, windows: &[Window]) {
        for (w, window) in windows.iter().enumerate() {
            self.window(&format!("{path}.windows[{w}]"), *window, w.checked_sub(1).map(|b| windows[b]));
        }
    }

    /// Amounts of known goods, each kind once.
    pub(super) fn amounts(&mut self, path: &str, amounts: &[Amount]) {
        let mut named = FxHashSet::default();
        for (k, amount) in amounts.iter().enumerate() {
            let here = format!("{path}[{k}].good");
            let goods = self.data.goods;
            if self.reference(here.as_str(), amount.good.index(), goods.len(), "goods")
                && !named.insert(amount.good)
            {
                let found = quoted(&goods[amount.good.index()].key);
                self.fault(here, Code::DuplicateEntry, found, text!("each kind once", "每种物资一次"));
            }
            self.number(format!("{path}[{k}].amount"), amount.amount, 0, Amount::LIMIT);
        }
    }

    /// What a need asks of goods: for one person who makes one stop.
    pub(super) fn supplies(&mut self, path: &str, need: &Need) {
        if need.goods.is_empty() {
            return;
        }
        let amounts = need.goods.iter().map(|supply| supply.what).collect::<Vec<_>>();
        self.amounts(&format!("{path}.goods"), &amounts);
        for (g, amount) in amounts.iter().enumerate() {
            self.number(format!("{path}.goods[{g}].amount"), amount.amount, 1, Amount::LIMIT);
        }
        for (g, supply) in need.goods.iter().enumerate() {
            let good = self.data.goods.get(supply.what.good.index());
            if supply.handling == Handling::Collect && good.is_some_and(|good| !good.comes_back) {
                let expected = text!("a kind that comes back", "可归还的物资");
                let found = good.map(|good| quoted(&good.key)).unwrap_or_default();
                self.fault(format!("{path}.goods[{g}].use"), Code::Conflict, found, expected);
            }
        }
        if need.is_crew() || need.is_ride() || self.has_parties {
            let expected = text!(
                "goods only where one person makes one stop, and without parties, in this release",
                "此版本的物资只用于一人一处的需求，且不可与编组同用"
            );
            let found = text!("a crew, a ride or parties", "小组、接送或编组");
            self.fault(format!("{path}.goods"), Code::Unsupported, found, expected);
        }
    }
}

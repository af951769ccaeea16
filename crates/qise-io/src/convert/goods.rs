//! Goods, depots and vehicles, and what needs and people have to do with goods.

use qise::model::{
    Amount, Depot, Good, GoodId, Handling, Metres, ProfileId, Restock, Seconds, Stock, Supply, Unload,
    Vehicle,
};

use super::{Converter, LOST, owned, refer};
use crate::document as doc;
use crate::path::Path;
use crate::read::List;

impl<'d> Converter<'d> {
    pub(super) fn goods(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("goods");
        for (i, good) in self.findings.present(&list, document.goods.as_ref()) {
            let load = self.loads(&list.index(i).field("load"), good.load.as_ref());
            self.data.goods.push(Good {
                key: owned(good.id.as_ref()).unwrap_or_default(),
                name: owned(good.name.as_ref()),
                unit: owned(good.unit.as_ref()),
                load,
                comes_back: good.comes_back.unwrap_or(false),
            });
        }
        let list = root.field("depots");
        for (i, depot) in self.findings.present(&list, document.depots.as_ref()) {
            let depot = self.depot(&list.index(i), depot);
            self.data.depots.push(depot);
        }
        let list = root.field("vehicles");
        for (i, vehicle) in self.findings.present(&list, document.vehicles.as_ref()) {
            let here = list.index(i);
            let vehicle = self.vehicle(&here, vehicle);
            self.data.vehicles.push(vehicle);
            if self.data.profiles.is_empty() {
                self.findings.silence(&here.field("profile"));
            }
        }
    }

    fn depot(&mut self, here: &Path<'_>, given: &'d doc::Depot<'d>) -> Depot {
        let place = self.point(&here.field("at"), given.at.as_ref());
        let windows = self.windows(&here.field("windows"), given.windows.as_ref());
        let list = here.field("stock");
        let mut stocks = Vec::new();
        for (s, stock) in self.findings.present(&list, given.stock.as_ref()) {
            stocks.push(self.stock(&list.index(s), stock));
        }
        Depot {
            key: owned(given.id.as_ref()).unwrap_or_default(),
            name: owned(given.name.as_ref()),
            place,
            windows,
            service: given.service.map_or(Seconds::ZERO, |service| service.0),
            stocks,
        }
    }

    fn stock(&mut self, here: &Path<'_>, given: &doc::Stock<'_>) -> Stock {
        let good = refer!(self, goods as GoodId, &here.field("good"), given.good.as_ref());
        let list = here.field("restocks");
        let mut restocks: Vec<Restock> = Vec::new();
        for (r, restock) in self.findings.present(&list, given.restocks.as_ref()) {
            let at = self.time(&list.index(r).field("at"), restock.at.as_ref());
            match (at, restock.amount) {
                (Some(at), Some(amount)) => restocks.push(Restock { at, amount: amount.0 }),
                _ => self.findings.drop_element(&list, r),
            }
        }
        // A number that could not be read was a number, so that what comes in later is no fault of its own.
        let unread = self.findings.broken(&here.field("amount")).then_some(0);
        Stock { good, amount: given.amount.map(|amount| amount.0).or(unread), restocks }
    }

    fn vehicle(&mut self, here: &Path<'_>, given: &'d doc::Vehicle<'d>) -> Vehicle {
        let place = self.point(&here.field("at"), given.at.as_ref());
        let profile = match &given.profile {
            None => ProfileId(0),
            Some(key) => refer!(self, profiles as ProfileId, &here.field("profile"), Some(key)),
        };
        Vehicle {
            key: owned(given.id.as_ref()).unwrap_or_default(),
            name: owned(given.name.as_ref()),
            place,
            profile,
            capacity: self.loads(&here.field("capacity"), given.capacity.as_ref()),
            unload: given.unload.map_or(Unload::AnyOrder, |unload| unload.0),
            range: given.range_m.map(|range| Metres(range.0)),
            drivers: self.requirement(&here.field("drivers"), given.drivers.as_ref()),
            windows: self.windows(&here.field("windows"), given.windows.as_ref()),
            carries: self.amounts(&here.field("carries"), given.carries.as_ref()),
        }
    }

    /// Amounts of goods, as people and vehicles have them on board.
    pub(super) fn amounts(
        &mut self,
        list: &Path<'_>,
        given: Option<&'d List<doc::Amount<'d>>>,
    ) -> Vec<Amount> {
        let mut amounts = Vec::new();
        for (k, amount) in self.findings.present(list, given) {
            let good = refer!(self, goods as GoodId, &list.index(k).field("good"), amount.good.as_ref());
            amounts.push(Amount { good, amount: amount.amount.map_or(0, |amount| amount.0) });
        }
        amounts
    }

    /// What a need asks of goods, without what else would do.
    pub(super) fn supplies(
        &mut self,
        list: &Path<'_>,
        given: Option<&'d List<doc::Supply<'d>>>,
    ) -> Vec<Supply> {
        let mut supplies = Vec::new();
        for (g, supply) in self.findings.present(list, given) {
            let good = refer!(self, goods as GoodId, &list.index(g).field("good"), supply.good.as_ref());
            supplies.push(Supply {
                what: Amount { good, amount: supply.amount.map_or(1, |amount| amount.0) },
                handling: supply.handling.map_or(Handling::Deliver, |handling| handling.0),
            });
        }
        supplies
    }
}

//! Goods, depots and vehicles.

use qise::model::{Amount, GoodId, Handling, Need, ProfileId, Unload};

use super::{Writer, filled, lasting, text, unless};
use crate::document as doc;
use crate::read::{Choice, Count, List, Str};

impl<'p> Writer<'p> {
    pub(in crate::write) fn good_key(self, id: GoodId) -> Option<Str<'p>> {
        self.problem.goods().get(id.index()).map(|good| text(&good.key))
    }

    pub(super) fn goods(self) -> List<doc::Good<'p>> {
        let good = |good: &'p qise::model::Good| doc::Good {
            id: Some(text(&good.key)),
            name: good.name.as_deref().map(Into::into),
            unit: good.unit.as_deref().map(Into::into),
            load: self.loads(&good.load),
            comes_back: unless(good.comes_back, &false),
        };
        self.problem.goods().iter().map(good).collect()
    }

    pub(super) fn depots(self) -> List<doc::Depot<'p>> {
        let depot = |depot: &'p qise::model::Depot| doc::Depot {
            id: Some(text(&depot.key)),
            name: depot.name.as_deref().map(Into::into),
            at: Some(self.point(depot.place)),
            windows: filled(self.windows(&depot.windows)),
            service: lasting(depot.service),
            stock: filled(depot.stocks.iter().map(|stock| self.stock(stock)).collect()),
        };
        self.problem.depots().iter().map(depot).collect()
    }

    fn stock(self, stock: &qise::model::Stock) -> doc::Stock<'p> {
        let restock = |restock: &qise::model::Restock| doc::Restock {
            at: Some(self.when(restock.at)),
            amount: Some(Count(restock.amount)),
        };
        doc::Stock {
            good: self.good_key(stock.good),
            amount: stock.amount.map(Count),
            restocks: filled(stock.restocks.iter().map(restock).collect()),
        }
    }

    pub(super) fn vehicles(self) -> List<doc::Vehicle<'p>> {
        let vehicle = |vehicle: &'p qise::model::Vehicle| doc::Vehicle {
            id: Some(text(&vehicle.key)),
            name: vehicle.name.as_deref().map(Into::into),
            at: Some(self.point(vehicle.place)),
            profile: unless(vehicle.profile, &ProfileId(0)).map(|profile| self.profile_key(profile)),
            capacity: self.loads(&vehicle.capacity),
            unload: unless(vehicle.unload, &Unload::AnyOrder).map(Choice),
            range_m: vehicle.range.map(|range| Count(range.0)),
            drivers: self.requires(&vehicle.drivers),
            windows: filled(self.windows(&vehicle.windows)),
            carries: self.amounts(&vehicle.carries),
        };
        self.problem.vehicles().iter().map(vehicle).collect()
    }

    /// Amounts of goods; nothing when there are none.
    pub(super) fn amounts(self, amounts: &[Amount]) -> Option<List<doc::Amount<'p>>> {
        let amount = |amount: &Amount| doc::Amount {
            good: self.good_key(amount.good),
            amount: Some(Count(amount.amount)),
        };
        filled(amounts.iter().map(amount).collect())
    }

    pub(super) fn supplies(self, need: &Need) -> Option<List<doc::Supply<'p>>> {
        let supply = |supply: &qise::model::Supply| doc::Supply {
            good: self.good_key(supply.what.good),
            amount: unless(Count(supply.what.amount), &Count(1)),
            handling: unless(Choice(supply.handling), &Choice(Handling::Deliver)),
            // What else would do is written out.
            or: None,
            least: None,
        };
        filled(need.goods.iter().map(supply).collect())
    }
}

//! Needs that what an entry says of goods stands for: other goods that will do, less of them, and the way back of what is lent.

use qise::model::{
    Amount, Code, Fault, GoodId, Handling, Link, LinkRule, Need, NeedId, Seconds, Stop, Supply,
};
use qise::{Text, text};

use super::findings::present;
use super::{Converter, LOST, refer};
use crate::document as doc;
use crate::path::Path;

/// No entry has more ways to be supplied.
const MOST_WAYS: usize = 16;

/// What will do in place of what an entry asks for.
struct Instead {
    supply: Supply,
    /// The part of the priority that it is worth.
    part: (i64, i64),
    /// It is worth so much less.
    less: u32,
}

impl Instead {
    /// What an entry itself asks for.
    fn of(supply: Supply) -> Self {
        Self { supply, part: (1, 1), less: 0 }
    }
}

impl<'d> Converter<'d> {
    /// The other ways to supply a need.
    pub(super) fn other_supplies(
        &mut self,
        here: &Path<'_>,
        given: &'d doc::Need<'d>,
        need: &Need,
    ) -> Vec<Need> {
        let list = here.field("goods");
        let mut lists = Vec::new();
        for ((g, entry), &supply) in present(given.goods.as_ref()).zip(&need.goods) {
            lists.push(self.instead(&list.index(g), entry, supply));
        }
        let count = lists.iter().fold(1_usize, |count, list| count.saturating_mul(list.len()));
        if count > MOST_WAYS {
            let (path, found) = (list.to_string(), text!("{count} ways", "{count} 种方式"));
            let expected = text!("{MOST_WAYS} ways at most to be supplied", "最多 {MOST_WAYS} 种供给方式");
            self.findings.faults.push(Fault::new(path, Code::TooMany, found, expected));
            return Vec::new();
        }
        (1..count).map(|number| with(need, &lists, number)).collect()
    }

    /// What will do for one entry, itself the first.
    fn instead(&mut self, here: &Path<'_>, entry: &'d doc::Supply<'d>, supply: Supply) -> Vec<Instead> {
        let mut all = vec![Instead::of(supply)];
        let list = here.field("or");
        for (o, other) in self.findings.present(&list, entry.or.as_ref()) {
            let good = refer!(self, goods as GoodId, &list.index(o).field("good"), other.good.as_ref());
            let amount = other.amount.map_or(supply.what.amount, |amount| amount.0);
            let what = Amount { good, amount };
            let less = other.less.map_or(0, |less| less.0 as u32);
            all.push(Instead { less, ..Instead::of(Supply { what, ..supply }) });
        }
        if let Some(least) = entry.least {
            let (path, amount) = (here.field("least"), supply.what.amount);
            if supply.handling != Handling::Deliver {
                let expected = text!("only of goods that are delivered", "只用于交付的物资");
                self.refuse(&path, "least", expected);
            } else if least.0 >= amount {
                let expected = text!("less than {amount}", "小于 {amount}");
                self.refuse(&path, least.0.to_string(), expected);
            } else {
                let what = Amount { amount: least.0, ..supply.what };
                all.push(Instead { part: (least.0, amount), ..Instead::of(Supply { what, ..supply }) });
            }
        }
        all
    }

    /// Adds the need at which what was lent is fetched. `ways`: whether the need itself may be served in several.
    pub(super) fn lend(&mut self, here: &Path<'_>, given: &'d doc::Need<'d>, number: usize, ways: bool) {
        let Some(loan) = &given.loan else { return };
        let path = here.field("loan");
        let beside = [
            ("recurrence", given.recurrence.is_some()),
            ("session", given.session.is_some()),
            ("outsource", given.outsource.is_some()),
            ("or, least, either, optional, combine", ways),
        ];
        let base = self.data.needs[number].clone();
        let delivers = |supply: &Supply| supply.handling == Handling::Deliver;
        if let Some((name, _)) = beside.into_iter().find(|(_, stated)| *stated) {
            let expected = text!("no loan beside {name}", "loan 不与 {name} 同用");
            return self.refuse(&path, "loan", expected);
        }
        if !base.goods.iter().any(delivers) {
            if !self.findings.broken(&here.field("goods")) {
                let expected = text!("goods that are delivered", "有交付的物资");
                self.refuse(&path, text!("nothing to lend", "无可借出的物资"), expected);
            }
            return;
        }
        let Some(back) = &loan.back else { return };
        let (path, service) = (path.field("back"), back.service.map_or(Seconds::ZERO, |service| service.0));
        let windows = self.windows(&path.field("windows"), back.windows.as_ref());
        let mut fetch = base.clone();
        fetch.key = format!("{}#back", base.key);
        fetch.name = base.name.as_ref().map(|name| format!("{name} #back"));
        fetch.stops = vec![Stop { place: base.stops[0].place, windows, service }];
        (fetch.max_ride, fetch.promise) = (None, None);
        fetch.goods.retain(delivers);
        for supply in &mut fetch.goods {
            supply.handling = Handling::Collect;
        }
        for role in &mut fetch.roles {
            (role.pin, role.service) = (None, None);
            role.load.clear();
            role.service_by.clear();
        }
        let fetched = self.add(here, fetch);
        self.findings
            .relocate(format!("$.needs[{fetched}].windows"), format!("$.needs[{number}].loan.back.windows"));
        let (from, to) = (NeedId::new(number), NeedId::new(fetched));
        let after = LinkRule::After { min: Seconds::ZERO, max: None };
        let same = loan.same_person.map(|price| LinkRule::SamePerson { price: Some(price.0 as u32) });
        for rule in [Some(after), same].into_iter().flatten() {
            self.expansion.add_link(Link { from, to, rule }, here.to_string());
        }
    }

    /// Several ways to be supplied go with nothing else that has several.
    pub(super) fn supplies_alone(&mut self, here: &Path<'_>, given: &doc::Need<'_>, decides: bool) -> bool {
        let pinned = given.pinned.is_some();
        let beside = [
            ("either, optional, combine", decides),
            ("pinned", pinned),
            ("outsource", given.outsource.is_some()),
        ];
        let other = beside.into_iter().find(|(_, stated)| *stated);
        if let Some((name, _)) = other {
            let expected = text!("no `or` and `least` beside {name}", "or、least 不与 {name} 同用");
            self.refuse(&here.field("goods"), Text::same(name), expected);
        }
        other.is_none()
    }
}

/// A need supplied in the way of this number, where each digit says what does for one entry.
fn with(need: &Need, lists: &[Vec<Instead>], mut number: usize) -> Need {
    let mut way = need.clone();
    let (mut priority, mut less) = (i64::from(need.priority), 0_i64);
    for (supply, list) in way.goods.iter_mut().zip(lists) {
        let instead = &list[number % list.len()];
        number /= list.len();
        *supply = instead.supply;
        priority = priority * instead.part.0 / instead.part.1;
        less += i64::from(instead.less);
    }
    way.priority = (priority - less).max(0) as u32;
    way
}

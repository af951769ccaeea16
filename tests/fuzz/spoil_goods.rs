//! Goods, depots, vehicles and what has to do with them, with odd values in any field.

use qise::ProblemData;
use qise::model::{Amount, Depot, Handling, Load, Metres, PlaceId, Restock, Seconds, Time, Vehicle, Window};
use rand::RngExt;

use crate::odd::Odd;

/// Spoils all that goods are about.
pub(crate) fn spoil_goods(odd: &mut Odd<'_>, data: &mut ProblemData) {
    let goods = data.goods.len();
    for good in &mut data.goods {
        odd.text(&mut good.key);
        odd.yes_or_no(&mut good.comes_back);
        good.load.iter_mut().for_each(|load| amount(odd, &mut load.amount, Load::LIMIT));
        odd.list(&mut good.load);
    }
    let (places, profiles) = (data.places.len(), data.profiles.len());
    for depot in &mut data.depots {
        spoil_depot(odd, depot, goods, places);
    }
    for vehicle in &mut data.vehicles {
        spoil_vehicle(odd, vehicle, goods, places, profiles);
    }
    for supply in data.needs.iter_mut().flat_map(|need| &mut need.goods) {
        odd.id(&mut supply.what.good.0, goods);
        amount(odd, &mut supply.what.amount, Amount::LIMIT);
        if odd.hits() {
            supply.handling = odd.pick(&[Handling::Deliver, Handling::Carry, Handling::Collect]);
        }
    }
    for need in &mut data.needs {
        odd.list(&mut need.goods);
    }
    for volunteer in &mut data.volunteers {
        odd.seconds(&mut volunteer.rest);
        if odd.hits() {
            volunteer.per_week.work =
                odd.pick(&[None, Some(Seconds::ZERO), Some(Seconds(-1)), Some(Seconds::LIMIT)]);
        }
        for shift in &mut volunteer.shifts {
            amounts(odd, &mut shift.carries, goods);
            if odd.hits() {
                shift.most_calls = odd.pick(&[None, Some(0), Some(1), Some(u32::MAX)]);
            }
            for rest in &mut shift.breaks {
                odd.yes_or_no(&mut rest.off_duty);
            }
        }
    }
    odd.list(&mut data.goods);
    odd.list(&mut data.depots);
    odd.list(&mut data.vehicles);
}

fn spoil_depot(odd: &mut Odd<'_>, depot: &mut Depot, goods: usize, places: usize) {
    odd.text(&mut depot.key);
    odd.id(&mut depot.place.0, places);
    odd.seconds(&mut depot.service);
    windows(odd, &mut depot.windows);
    for stock in &mut depot.stocks {
        odd.id(&mut stock.good.0, goods);
        if odd.hits() {
            stock.amount = odd.pick(&[None, Some(0), Some(1), Some(-1), Some(Amount::LIMIT), Some(i64::MAX)]);
        }
        if odd.hits() {
            let at = Time(odd.pick(&[0, 1, i64::MAX, i64::MIN, Time::LIMIT]));
            stock.restocks.push(Restock { at, amount: odd.pick(&[0, 1, Amount::LIMIT, -1, i64::MIN]) });
        }
        for restock in &mut stock.restocks {
            odd.time(&mut restock.at);
            amount(odd, &mut restock.amount, Amount::LIMIT);
        }
    }
    odd.list(&mut depot.stocks);
}

fn spoil_vehicle(odd: &mut Odd<'_>, vehicle: &mut Vehicle, goods: usize, places: usize, profiles: usize) {
    odd.text(&mut vehicle.key);
    odd.id(&mut vehicle.place.0, places);
    odd.id(&mut vehicle.profile.0, profiles);
    windows(odd, &mut vehicle.windows);
    amounts(odd, &mut vehicle.carries, goods);
    vehicle.capacity.iter_mut().for_each(|load| amount(odd, &mut load.amount, Load::LIMIT));
    odd.list(&mut vehicle.capacity);
    if odd.hits() {
        vehicle.range = odd.pick(&[None, Some(Metres::ZERO), Some(Metres(1)), Some(Metres::LIMIT)]);
    }
    if odd.hits() {
        vehicle.place = PlaceId(0);
    }
}

fn windows(odd: &mut Odd<'_>, windows: &mut Vec<Window>) {
    for Window { from, to } in windows.iter_mut() {
        odd.time(from);
        odd.time(to);
    }
    odd.list(windows);
}

fn amounts(odd: &mut Odd<'_>, amounts: &mut Vec<Amount>, goods: usize) {
    for own in amounts.iter_mut() {
        odd.id(&mut own.good.0, goods);
        amount(odd, &mut own.amount, Amount::LIMIT);
    }
    odd.list(amounts);
}

fn amount(odd: &mut Odd<'_>, amount: &mut i64, limit: i64) {
    if odd.hits() {
        let any = odd.random.random_range(0..20);
        *amount = odd.pick(&[0, 1, any, any, limit, limit + 1, -1, i64::MAX, i64::MIN]);
    }
}

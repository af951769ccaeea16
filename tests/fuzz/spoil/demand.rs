//! Odd values in what a need asks for.

use super::*;

pub(super) fn spoil_level(odd: &mut Odd<'_>, what: &mut SkillLevel, sizes: Sizes) {
    odd.id(&mut what.skill.0, sizes.skills);
    if odd.hits() {
        what.level = odd.pick(&[1, 2, 3, 0, 4, 100, 255]);
    }
}

pub(super) fn quality(odd: &mut Odd<'_>) -> Quality {
    match odd.random.random_range(0..5) {
        0 => Quality::Skill(SkillLevel { skill: SkillId(0), level: 1 }),
        1 => Quality::Gender(odd.pick(&[Gender::Female, Gender::Male])),
        2 => Quality::Team(TeamId(0)),
        3 => Quality::Category(CategoryId(0)),
        _ => Quality::Volunteer(VolunteerId(0)),
    }
}

pub(super) fn spoil_quality(odd: &mut Odd<'_>, value: &mut Quality, sizes: Sizes) {
    if odd.hits() {
        *value = quality(odd);
    }
    match value {
        Quality::Skill(what) => spoil_level(odd, what, sizes),
        Quality::Gender(_) => {}
        Quality::Team(team) => odd.id(&mut team.0, sizes.teams),
        Quality::Category(category) => odd.id(&mut category.0, sizes.categories),
        Quality::Volunteer(who) => odd.id(&mut who.0, sizes.volunteers),
    }
}

pub(super) fn spoil_need(odd: &mut Odd<'_>, need: &mut Need, sizes: Sizes) {
    odd.text(&mut need.key);
    odd.text_or_none(&mut need.name);
    odd.id_or_none(&mut need.category, CategoryId, |category| &mut category.0, sizes.categories);
    for stop in &mut need.stops {
        spoil_stop(odd, stop, sizes);
    }
    need.roles.iter_mut().for_each(|role| spoil_role(odd, role, sizes));
    if odd.random.random_bool(0.15) {
        let further = need.stops.first().cloned();
        need.stops.extend(further);
        need.max_ride = odd.random.random_bool(0.5).then_some(Seconds::HOUR);
    }
    if let Some(longest) = &mut need.max_ride {
        odd.seconds(longest);
    }
    if odd.random.random_bool(0.1) {
        odd.list(&mut need.stops);
        odd.list(&mut need.roles);
    }
    if odd.random.random_bool(0.2) {
        let from = odd.pick(&[0, 1, 2]);
        need.roles.push(Role::new(Requirement::default()));
        need.gaps.push(StartGap { from, to: 1, min: Seconds::ZERO, max: Seconds(600) });
    }
    for StartGap { from, to, min, max } in &mut need.gaps {
        if odd.hits() {
            (*from, *to) = (odd.pick(&[0, 1, u16::MAX]), odd.pick(&[0, 1, 2]));
        }
        odd.seconds(min);
        odd.seconds(max);
    }
    odd.list(&mut need.gaps);
    if odd.random.random_bool(0.1) {
        need.overlaps.push(Overlap { one: 0, other: odd.pick(&[0, 1, 2]), least: Seconds(600) });
    }
    for Overlap { one, other, least } in &mut need.overlaps {
        if odd.hits() {
            (*one, *other) = (odd.pick(&[0, 1, u16::MAX]), odd.pick(&[0, 1, 2]));
        }
        odd.seconds(least);
    }
    odd.yes_or_no(&mut need.crew.same_team);
    if odd.random.random_bool(0.1) {
        need.crew.tallies.push(Tally { quality: quality(odd), min: 1, max: None });
    }
    for Tally { quality, min, max } in &mut need.crew.tallies {
        spoil_quality(odd, quality, sizes);
        odd.count(min, 0, 1000);
        odd.option(max, |_| 1);
    }
    odd.count(&mut need.priority, 0, 1_000_000_000);
    odd.yes_or_no(&mut need.mandatory);
    odd.option(&mut need.promise, |_| Promise { start_by: Some(MORNING), finish_by: None, hard: false });
    if let Some(promise) = &mut need.promise {
        for limit in [&mut promise.start_by, &mut promise.finish_by] {
            odd.option(limit, |_| MORNING);
            if let Some(limit) = limit {
                odd.time(limit);
            }
        }
        odd.yes_or_no(&mut promise.hard);
    }
    odd.option(&mut need.outsource, |_| 0);
    if let Some(price) = &mut need.outsource {
        odd.count(price, 0, u32::MAX);
    }
    odd.option(&mut need.change_price, |_| 0);
    if let Some(price) = &mut need.change_price {
        odd.count(price, 0, u32::MAX);
    }
}

pub(super) fn spoil_stop(odd: &mut Odd<'_>, stop: &mut Stop, sizes: Sizes) {
    odd.id(&mut stop.place.0, sizes.places);
    for Window { from, to } in &mut stop.windows {
        odd.time(from);
        odd.time(to);
    }
    odd.list(&mut stop.windows);
    if odd.hits() {
        let (from, to) = (Time(-Time::LIMIT), Time(Time::LIMIT));
        stop.windows = vec![Window { from, to }];
    }
    odd.seconds(&mut stop.service);
}

pub(super) fn spoil_role(odd: &mut Odd<'_>, role: &mut Role, sizes: Sizes) {
    odd.option(&mut role.pin, |_| Pin { volunteer: VolunteerId(0), start: None });
    if let Some(pin) = &mut role.pin {
        odd.id(&mut pin.volunteer.0, sizes.volunteers);
        odd.option(&mut pin.start, |_| MORNING);
        if let Some(start) = &mut pin.start {
            odd.time(start);
        }
    }
    odd.count(&mut role.count, 1, 1000);
    odd.option(&mut role.service, |_| Seconds::HOUR);
    if let Some(service) = &mut role.service {
        odd.seconds(service);
    }
    if odd.hits() {
        let group = (0..odd.random.random_range(0..4)).map(|_| quality(odd)).collect::<Vec<_>>();
        match odd.random.random_range(0..3) {
            0 => role.requires.all = group,
            1 => role.requires.any.push(group),
            _ => role.requires.none = group,
        }
    }
    odd.list(&mut role.requires.all);
    odd.list(&mut role.requires.any);
    odd.list(&mut role.requires.none);
    let lists = [&mut role.requires.all, &mut role.requires.none].into_iter().chain(&mut role.requires.any);
    for list in lists {
        for value in list {
            spoil_quality(odd, value, sizes);
        }
    }
    if odd.hits() {
        role.prefers.push(Preference { quality: quality(odd), wanted: true, price: 1 });
    }
    odd.list(&mut role.prefers);
    for Preference { quality, wanted, price } in &mut role.prefers {
        spoil_quality(odd, quality, sizes);
        odd.yes_or_no(wanted);
        odd.count(price, 0, u32::MAX);
    }
    if odd.random.random_bool(0.1) {
        odd.count(&mut role.count, 0, u32::MAX);
    } else if odd.hits() {
        role.count = 2;
    }
    if odd.hits() {
        let mut service = Seconds(1200);
        odd.seconds(&mut service);
        role.service = Some(service);
    }
    odd.metres(&mut role.min_home_distance);
    odd.list(&mut role.service_by);
    for (who, service) in &mut role.service_by {
        odd.id(&mut who.0, sizes.volunteers);
        odd.seconds(service);
    }
}

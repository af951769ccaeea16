//! Needs for several people: who comes along, and when.

use qise::model::{Need, Quality, Requirement, Role, Seconds, StartGap};

use super::ability::Ability;
use super::draw::Draw;
use super::kind::{KINDS, Kind};

/// Makes a crew of two to four people of a need for one.
pub(super) fn crew(need: &mut Need, weighted: impl Fn(&mut Draw) -> usize, draw: &mut Draw) {
    let service = need.stops[0].service;
    match draw.below(10) {
        // Two or three who do the same: to lift, to carry, to search.
        0..3 => need.roles[0].count = draw.between(2, 3) as u32,
        // Somebody who speaks for the family, beside the one who knows.
        3..5 => need.roles.push(Role::new(all(vec![Ability::Mongolian.quality(1)]))),
        // An expert of another kind, and perhaps somebody to help.
        5..8 => {
            need.roles.push(Role::new(expert(&KINDS[weighted(draw)], draw)));
            if draw.chance(0.4) {
                let mut helpers = Role::new(Requirement::default());
                helpers.count = draw.between(1, 2) as u32;
                need.roles.push(helpers);
            }
        }
        // One after the other: the second comes when the first has begun, or is done.
        _ => {
            let mut second = Role::new(expert(&KINDS[weighted(draw)], draw));
            second.service = Some(Seconds(draw.stepped(900, 2700, 300)));
            need.roles.push(second);
            let min = if draw.chance(0.5) { service } else { Seconds::ZERO };
            need.gaps.push(StartGap { from: 0, to: 1, min, max: min + Seconds(1800) });
        }
    }
}

/// What a kind asks of a person, at the lowest level.
fn expert(kind: &Kind, draw: &mut Draw) -> Requirement {
    let asks = kind.asks.iter().filter(|ask| draw.chance(ask.chance));
    all(asks.map(|ask| ask.ability.quality(1)).collect())
}

fn all(all: Vec<Quality>) -> Requirement {
    Requirement { all, ..Requirement::default() }
}

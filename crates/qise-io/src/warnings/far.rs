//! Needs and homes hundreds of kilometres from all others: a comma in the wrong place, or longitude and latitude exchanged.

use std::collections::{BTreeMap, BTreeSet};

use qise::model::{EARTH_RADIUS_M, NeedId, PlaceId, VolunteerId};
use qise::text;

use super::Warnings;

/// Places that no other place leads to in steps of so many kilometres lie apart.
const STEP_KM: i64 = 200;
/// No more than one in so many places can be said to lie apart from all others.
const SHARE: usize = 20;

/// A box of space, as wide as a step.
type Cell = [i64; 3];

#[derive(Clone, Copy)]
enum Whose {
    Need(NeedId, usize),
    Home(VolunteerId),
}

pub(super) fn away(all: &mut Warnings<'_>) {
    let problem = all.problem;
    let mut cells: BTreeMap<Cell, Vec<Whose>> = BTreeMap::new();
    let mut note = |place: PlaceId, whose| {
        if let Some(cell) = problem.place(place).at.map(|at| cell_of(at.to_unit_sphere())) {
            cells.entry(cell).or_default().push(whose);
        }
    };
    for (id, need) in problem.need_ids().zip(problem.needs()) {
        for (s, stop) in need.stops.iter().enumerate() {
            note(stop.place, Whose::Need(id, s));
        }
    }
    for (id, volunteer) in problem.volunteer_ids().zip(problem.volunteers()) {
        note(volunteer.home, Whose::Home(id));
    }
    let groups = groups_of(&cells);
    if groups.len() < 2 {
        return;
    }
    let size = |group: &Vec<Cell>| group.iter().map(|cell| cells[cell].len()).sum::<usize>();
    let homes = |group: &Vec<Cell>| {
        let all = group.iter().flat_map(|cell| &cells[cell]);
        all.filter(|whose| matches!(whose, Whose::Home(_))).count()
    };
    let places = groups.iter().map(size).sum::<usize>();
    let most = groups.iter().max_by_key(|group| (size(group), homes(group)));
    for group in groups.iter().filter(|&group| Some(group) != most) {
        if size(group) > (places / SHARE).max(1) {
            continue;
        }
        for whose in group.iter().flat_map(|cell| &cells[cell]) {
            let text = text!(
                "more than {STEP_KM} km from all others: are longitude and latitude right?",
                "距其他所有地点超过 {STEP_KM} 公里：经纬度是否有误？"
            );
            match *whose {
                Whose::Need(id, stop) if all.is_stated(id) => {
                    let beneath = if stop == 0 { ".at".into() } else { format!(".then[{}].at", stop - 1) };
                    all.need(id, &beneath, "far_away", text);
                }
                Whose::Need(..) => {}
                Whose::Home(id) => all.person(id, ".home", "far_away", text),
            }
        }
    }
}

fn cell_of(point: [f64; 3]) -> Cell {
    point.map(|axis| (axis * EARTH_RADIUS_M / (STEP_KM as f64 * 1000.0)).floor() as i64)
}

/// Boxes in groups: those of one group lead to each other by boxes that touch.
fn groups_of<T>(cells: &BTreeMap<Cell, T>) -> Vec<Vec<Cell>> {
    let mut left = cells.keys().copied().collect::<BTreeSet<_>>();
    let mut groups = Vec::new();
    while let Some(first) = left.pop_first() {
        let mut group = vec![first];
        let mut next = 0;
        while let Some(&[x, y, z]) = group.get(next) {
            next += 1;
            for near in (0..27).map(|k| [x + k % 3 - 1, y + k / 3 % 3 - 1, z + k / 9 - 1]) {
                if left.remove(&near) {
                    group.push(near);
                }
            }
        }
        groups.push(group);
    }
    groups
}

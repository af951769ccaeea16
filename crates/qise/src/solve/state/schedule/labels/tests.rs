use super::*;
use crate::base::Random;
use crate::model::{Break, NeedId, Previous, PreviousVisit, UnitId, VolunteerId};
use crate::solve::state::route::RouteTotals;
use crate::solve::state::schedule::label::{MOST_COMPARED, MOST_LABELS};
use crate::solve::state::schedule::timing::Timing;
use crate::tests::{instance, line, need, person, weighing, window};
use crate::{Problem, ProblemData};

/// The cheapest schedule of a fixed sequence by trying every departure, every start and every start of every break.
struct Tried<'a> {
    problem: &'a Problem,
    breaks: &'a [Break],
    second: i64,
    waiting: i64,
    travel: i64,
    best: Option<i64>,
}

impl Tried<'_> {
    fn all(&mut self) -> Option<i64> {
        let shift = &self.problem.volunteers()[0].shifts[0];
        for departure in shift.start.0..=shift.end.0 {
            let before = |rest: &&Break| (rest.earliest + rest.duration).0 <= departure;
            // What is over by the departure may still be taken later.
            for rests in 0..=self.breaks.iter().take_while(before).count() {
                self.go(0, departure, rests, -self.second * departure);
            }
        }
        self.best
    }

    /// From the end of a visit at `free`, with so many breaks behind, at this cost.
    fn go(&mut self, visit: usize, free: i64, rests: usize, cost: i64) {
        let problem = self.problem;
        let place = |v: usize| match v {
            0 => problem.volunteers()[0].home,
            _ => problem.needs()[v - 1].stops[0].place,
        };
        let begin = Gap { here: place(visit), since: free, last: free, rests, ..Gap::default() };
        let Some(need) = problem.needs().get(visit) else {
            let end = problem.volunteers()[0].shifts[0].end.0;
            self.ways(begin, &mut |tried, gap| {
                let back = tried.seconds(gap.here, place(0));
                let finish = gap.last.max(gap.since + back + gap.paused);
                let later = tried.breaks.get(gap.rests).is_none_or(|next| finish <= next.latest.0);
                if later && finish <= end {
                    let travel = tried.travel * (gap.travelled + back);
                    let cost = cost + tried.second * (finish - gap.off_duty) + travel;
                    tried.best = Some(tried.best.map_or(cost, |best| best.min(cost)));
                }
            });
            return;
        };
        let stop = &need.stops[0];
        let told = problem.previous().and_then(|p| p.assignments.iter().find(|t| t.need.index() == visit));
        let (price, tolerance) = problem.previous().map_or((0, 0), |p| (p.retime_price, p.tolerance.0));
        self.ways(begin, &mut |tried, gap| {
            let way = tried.seconds(gap.here, stop.place);
            for start in stop.windows.iter().flat_map(|window| window.from.0..=window.to.0) {
                if start < gap.last || start < gap.since + way + gap.paused {
                    continue;
                }
                let moved = told.is_some_and(|told| (told.start.0 - start).abs() > tolerance);
                let all = gap.travelled + way;
                let cost = cost + if moved { i64::from(price) } else { 0 } - tried.second * gap.off_duty
                    + tried.waiting * (start - free - all - gap.rested)
                    + tried.travel * all;
                tried.go(visit + 1, start + stop.service.0, gap.rests, cost);
            }
        });
    }

    fn seconds(&self, from: PlaceId, to: PlaceId) -> i64 {
        self.problem.travel().seconds(self.problem.units()[0].mode, from, to).0
    }

    /// Every way to take some of the next breaks.
    fn ways(&mut self, gap: Gap, each: &mut dyn FnMut(&mut Self, Gap)) {
        each(self, gap);
        let Some(rest) = self.breaks.get(gap.rests) else { return };
        let length = rest.duration.0;
        let taken = |start: i64| Gap {
            last: start + length,
            rests: gap.rests + 1,
            off_duty: gap.off_duty + if rest.off_duty { length } else { 0 },
            rested: gap.rested + length,
            ..gap
        };
        for start in rest.earliest.0.max(gap.last)..=rest.latest.0 {
            if rest.at.is_empty() {
                self.ways(Gap { paused: gap.paused + length, ..taken(start) }, each);
            }
            for &place in &rest.at {
                let way = self.seconds(gap.here, place);
                if gap.since + way + gap.paused <= start {
                    let (since, travelled) = (start + length, gap.travelled + way);
                    self.ways(Gap { here: place, since, paused: 0, travelled, ..taken(start) }, each);
                }
            }
        }
    }
}

/// The breaks taken since a visit.
#[derive(Clone, Copy)]
struct Gap {
    /// Where somebody was last and since when, and how long of that they have paused.
    here: PlaceId,
    since: i64,
    paused: i64,
    /// When the last break is over.
    last: i64,
    rests: usize,
    off_duty: i64,
    /// All breaks since the visit, and all ways behind.
    rested: i64,
    travelled: i64,
}

impl Default for Gap {
    fn default() -> Self {
        let here = PlaceId(0);
        Self { here, since: 0, paused: 0, last: 0, rests: 0, off_duty: 0, rested: 0, travelled: 0 }
    }
}

fn drawn(random: &mut Random) -> ProblemData {
    let mut below = |most: u32| i64::from(random.below(most));
    let mut data = line(&[0, 1 + below(3), below(6), 2 + below(5)]);
    data.objective = weighing(&[
        (Term::WorkTime, 1 + below(3) as u32),
        (Term::Waiting, 1),
        (Term::TravelTime, 1 + below(3) as u32),
        (Term::Disruption, 1),
    ]);
    let shift = &mut person(&mut data, 0, (0, 24 + below(12))).shifts[0];
    for _ in 0..below(3) {
        let from = shift.breaks.last().map_or(0, |rest| (rest.latest + rest.duration).0) + below(7);
        shift.breaks.push(Break {
            off_duty: below(3) == 0,
            at: (0..4).filter(|_| below(4) == 0).map(PlaceId).collect(),
            ..Break::new(Time(from), Time(from + below(4)), Seconds(1 + below(3)))
        });
    }
    let mut told =
        Previous { retime_price: below(9) as u32, tolerance: Seconds(below(2)), ..Previous::default() };
    let mut last = 0;
    for n in 0..2 + below(2) as usize {
        let from = last + below(7);
        let stop = &mut need(&mut data, 1 + n as u32, (from, from + below(3)), below(4)).stops[0];
        last = from;
        if below(2) == 0 {
            let again = stop.windows[0].to.0 + 1 + below(6);
            stop.windows.push(window(again, again + below(3)));
        }
        if below(2) == 0 {
            let start = Time(from + below(8));
            told.assignments.push(PreviousVisit { need: NeedId::new(n), volunteer: VolunteerId(0), start });
        }
    }
    data.previous = Some(told);
    data
}

#[test]
fn the_choices_are_the_cheapest_there_are() {
    let (mut possible, mut with_breaks, mut at_places) = (0, 0, 0);
    for seed in 0..600 {
        let data = drawn(&mut Random::new(seed, 0));
        let Ok(problem) = Problem::new(data) else { continue };
        let instance = instance(&problem);
        let (second, waiting) = (instance.weights.of(Term::WorkTime), instance.weights.of(Term::Waiting));
        let breaks = &problem.volunteers()[0].shifts[0].breaks;
        let scale = instance.weights.of(Term::Disruption);
        assert_eq!(scale, 1, "one level, prices as they stand");
        let travel = instance.weights.of(Term::TravelTime);
        let least = Tried { problem: &problem, breaks, second, waiting, travel, best: None }.all();
        let visits = problem.slot_ids().collect::<Vec<_>>();
        let mut timing = Timing::default();
        let found =
            timing.set(&instance, UnitId(0), instance.unit(UnitId(0)).usual_start, &visits, &[]).then(|| {
                let totals = RouteTotals::of(&instance, UnitId(0), &visits, &timing);
                let told: i64 = problem.previous().unwrap().assignments.len() as i64;
                let reassign = i64::from(problem.previous().unwrap().reassign_price);
                let duty = second * totals.work + waiting * totals.waiting;
                duty + travel * totals.travel + totals.disruption + told * reassign
            });
        assert_eq!(found, least, "seed {seed}: {timing:?}");
        possible += usize::from(least.is_some());
        with_breaks += usize::from(least.is_some() && !breaks.is_empty());
        at_places += usize::from(least.is_some() && timing.rests.iter().any(|rest| rest.place.is_some()));
    }
    let seen = (possible, with_breaks, at_places);
    assert!(possible > 150 && with_breaks > 80 && at_places > 40, "{seen:?}");
}

fn label(free: i64, cost: i64, rests: usize) -> Label {
    let choice = Choice { window: window(0, 0), rests };
    Label {
        free: Time(free),
        busy: Seconds(4),
        latest: Time(0),
        cost,
        choice,
        before: 0,
        here: PlaceId(0),
        rests_here: false,
    }
}

#[test]
fn a_label_goes_where_another_is_as_good_in_everything() {
    let (mut layer, mut effort) = (Vec::new(), Effort::of(1));
    effort.add(&mut layer, label(10, 5, 0), 1);
    effort.add(&mut layer, label(10, 5, 0), 1);
    assert_eq!(layer.len(), 1, "one of two that are alike");
    effort.add(&mut layer, label(12, 3, 0), 1);
    effort.add(&mut layer, label(12, 5, 1), 1);
    assert_eq!(layer.len(), 3, "later and cheaper, and after one more break");
    effort.add(&mut layer, label(10, 3, 0), 1);
    assert_eq!(layer.iter().map(|l| (l.free.0, l.choice.rests)).collect::<Vec<_>>(), [(12, 1), (10, 0)]);
    // Two seconds busier, but for two less: nothing that follows tells them apart unless a second costs more than one.
    let busier = Label { busy: Seconds(6), cost: 1, ..label(10, 3, 0) };
    assert!(busier.is_as_good_as(&label(10, 3, 0), 1) && !busier.is_as_good_as(&label(10, 3, 0), 2));
    let sooner = Label { latest: Time(-1), ..label(10, 3, 0) };
    assert!(!sooner.is_as_good_as(&label(10, 3, 0), 1), "it left sooner");
}

#[test]
fn the_cheapest_labels_stay_and_the_soonest_after_each_number_of_breaks() {
    let mut layer = (0..2000).map(|k| label(100 - k % 100, k, (k % 2) as usize)).collect::<Vec<_>>();
    layer.push(label(0, 50_000, 0));
    layer.push(label(0, 60_000, 1));
    Effort::of(1).thin(&mut layer, 1);
    assert_eq!(layer.len(), MOST_LABELS + 2);
    let has = |free, cost| layer.iter().any(|l| l.free == Time(free) && l.cost == cost);
    assert!(has(0, 50_000) && has(0, 60_000) && has(100, 0));
    let dearest = layer.iter().filter(|l| l.free > Time(0)).map(|l| l.total(1)).max().unwrap();
    assert!(dearest < 400, "{dearest}");
}

/// How many labels are compared, for each visit, on a day of ten hours with so many visits, each in so
/// many windows, and so many breaks, each at so many places.
fn compared(visits: u32, windows: i64, breaks: i64, places: u32) -> usize {
    const DAY: i64 = 36_000;
    let points = (0..=visits + places).map(|p| 60 * i64::from(p * 7 % 11)).collect::<Vec<_>>();
    let mut data = line(&points);
    data.objective = weighing(&[(Term::WorkTime, 2), (Term::Waiting, 1), (Term::TravelTime, 3)]);
    let shift = &mut person(&mut data, 0, (0, DAY)).shifts[0];
    for b in 0..breaks {
        let (from, length) = ((2 * b + 1) * DAY / (2 * breaks + 1), DAY / (2 * breaks + 1));
        let at = (visits + 1..=visits + places).map(PlaceId).collect();
        let rest = Break::new(Time(from), Time(from + length), Seconds(length / 6));
        shift.breaks.push(Break { at, ..rest });
    }
    for n in 1..=visits {
        let nth = |w: i64| window(w * DAY / windows, (w + 1) * DAY / windows - 30);
        need(&mut data, n, (0, 0), 300).stops[0].windows = (0..windows).map(nth).collect();
    }
    let problem = Problem::new(data).unwrap();
    let instance = instance(&problem);
    let unit = instance.unit(UnitId(0));
    let slots = problem.slot_ids().collect::<Vec<_>>();
    let list = &problem.volunteers()[0].shifts[0].breaks;
    let breaks = Breaks { list, empty: &[], at_places: places > 0 };
    let mut choices = Choices::default();
    assert!(choices.make(&instance, unit, unit.usual_start, &slots, breaks, &[]));
    choices.effort.compared / slots.len()
}

#[test]
fn no_route_takes_long() {
    let on = |days: &[(u32, i64, i64, u32)]| {
        days.iter().map(|&(visits, windows, breaks, places)| compared(visits, windows, breaks, places)).max()
    };
    let usual = on(&[(40, 2, 2, 5), (40, 2, 2, 0), (20, 4, 2, 0), (20, 1, 1, 20), (15, 1, 1, 3)]);
    assert!(usual < Some(MOST_COMPARED / 3), "{usual:?}");
    let unusual = on(&[(20, 600, 0, 0), (20, 1, 100, 100), (20, 50, 20, 40)]);
    assert!(unusual > Some(MOST_COMPARED) && unusual < Some(10 * MOST_COMPARED), "{unusual:?}");
}

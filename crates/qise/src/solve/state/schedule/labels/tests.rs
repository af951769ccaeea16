use super::*;
use crate::base::Random;
use crate::model::{NeedId, Previous, PreviousVisit, UnitId, VolunteerId};
use crate::solve::state::route::RouteTotals;
use crate::solve::state::schedule::timing::Timing;
use crate::tests::{instance, line, need, person, weighing, window};
use crate::{Problem, ProblemData};

/// The cheapest schedule of a fixed sequence by trying every departure, every start and every start of every break.
struct Tried<'a> {
    problem: &'a Problem,
    breaks: &'a [Break],
    second: i64,
    waiting: i64,
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
        let mode = problem.units()[0].mode;
        let travel = |to| problem.travel().seconds(mode, place(visit), to).0;
        let Some(need) = problem.needs().get(visit) else {
            let end = problem.volunteers()[0].shifts[0].end.0;
            let back = travel(place(0));
            self.ways(free, rests, &mut |tried, last, paused, taken, off_duty| {
                let finish = last.max(free + back + paused);
                let later = tried.breaks.get(taken).is_none_or(|next| finish <= next.latest.0);
                if later && finish <= end {
                    let cost = cost + tried.second * (finish - off_duty);
                    tried.best = Some(tried.best.map_or(cost, |best| best.min(cost)));
                }
            });
            return;
        };
        let stop = &need.stops[0];
        let way = travel(stop.place);
        let told = problem.previous().and_then(|p| p.assignments.iter().find(|t| t.need.index() == visit));
        let (price, tolerance) = problem.previous().map_or((0, 0), |p| (p.retime_price, p.tolerance.0));
        self.ways(free, rests, &mut |tried, last, paused, taken, off_duty| {
            for start in stop.windows.iter().flat_map(|window| window.from.0..=window.to.0) {
                if start < last || start < free + way + paused {
                    continue;
                }
                let moved = told.is_some_and(|told| (told.start.0 - start).abs() > tolerance);
                let cost = cost + if moved { i64::from(price) } else { 0 } - tried.second * off_duty
                    + tried.waiting * (start - free - way - paused);
                tried.go(visit + 1, start + stop.service.0, taken, cost);
            }
        });
    }

    /// Every way to take some of the next breaks from `free` on: when the last is over, how long they take, how many are behind, and how
    /// long of them nobody is on duty.
    fn ways(&mut self, free: i64, rests: usize, each: &mut dyn FnMut(&mut Self, i64, i64, usize, i64)) {
        each(self, free, 0, rests, 0);
        let Some(&rest) = self.breaks.get(rests) else { return };
        let length = rest.duration.0;
        let off = if rest.off_duty { length } else { 0 };
        for start in rest.earliest.0.max(free)..=rest.latest.0 {
            self.ways(start + length, rests + 1, &mut |tried, last, paused, taken, more| {
                each(tried, last, length + paused, taken, off + more);
            });
        }
    }
}

fn drawn(random: &mut Random) -> ProblemData {
    let mut below = |most: u32| i64::from(random.below(most));
    let mut data = line(&[0, 1 + below(3), below(6), 2 + below(5)]);
    data.objective =
        weighing(&[(Term::WorkTime, 1 + below(3) as u32), (Term::Waiting, 1), (Term::Disruption, 1)]);
    let shift = &mut person(&mut data, 0, (0, 24 + below(12))).shifts[0];
    for _ in 0..below(3) {
        let from = shift.breaks.last().map_or(0, |rest| (rest.latest + rest.duration).0) + below(7);
        shift.breaks.push(Break {
            off_duty: below(3) == 0,
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
    let (mut possible, mut with_breaks) = (0, 0);
    for seed in 0..600 {
        let data = drawn(&mut Random::new(seed, 0));
        let Ok(problem) = Problem::new(data) else { continue };
        let instance = instance(&problem);
        let (second, waiting) = (instance.weights.of(Term::WorkTime), instance.weights.of(Term::Waiting));
        let breaks = &problem.volunteers()[0].shifts[0].breaks;
        let scale = instance.weights.of(Term::Disruption);
        assert_eq!(scale, 1, "one level, prices as they stand");
        let least = Tried { problem: &problem, breaks, second, waiting, best: None }.all();
        let visits = problem.slot_ids().collect::<Vec<_>>();
        let mut timing = Timing::default();
        let found =
            timing.set(&instance, UnitId(0), instance.unit(UnitId(0)).usual_start, &visits, &[]).then(|| {
                let totals = RouteTotals::of(&instance, UnitId(0), &visits, &timing);
                let told: i64 = problem.previous().unwrap().assignments.len() as i64;
                let reassign = i64::from(problem.previous().unwrap().reassign_price);
                second * totals.work + waiting * totals.waiting + totals.disruption + told * reassign
            });
        assert_eq!(found, least, "seed {seed}: {timing:?}");
        possible += usize::from(least.is_some());
        with_breaks += usize::from(least.is_some() && !breaks.is_empty());
    }
    assert!(possible > 150 && with_breaks > 80, "{possible} {with_breaks}");
}

fn label(free: i64, cost: i64, rests: usize) -> Label {
    let choice = Choice { window: window(0, 0), rests };
    Label { free: Time(free), busy: Seconds(4), latest: Time(0), cost, choice, before: 0 }
}

#[test]
fn a_label_goes_where_another_is_as_good_in_everything() {
    let mut layer = Vec::new();
    add(&mut layer, label(10, 5, 0), 1);
    add(&mut layer, label(10, 5, 0), 1);
    assert_eq!(layer.len(), 1, "one of two that are alike");
    add(&mut layer, label(12, 3, 0), 1);
    add(&mut layer, label(12, 5, 1), 1);
    assert_eq!(layer.len(), 3, "later and cheaper, and after one more break");
    add(&mut layer, label(10, 3, 0), 1);
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
    thin(&mut layer, 1);
    assert_eq!(layer.len(), MOST_LABELS + 2);
    let has = |free, cost| layer.iter().any(|l| l.free == Time(free) && l.cost == cost);
    assert!(has(0, 50_000) && has(0, 60_000) && has(100, 0));
    let dearest = layer.iter().filter(|l| l.free > Time(0)).map(|l| l.total(1)).max().unwrap();
    assert!(dearest < 400, "{dearest}");
}

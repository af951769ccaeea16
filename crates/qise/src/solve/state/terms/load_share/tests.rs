use super::*;
use crate::base::Random;
use crate::model::Ledger;
use crate::tests::{built, line, person};

/// Four people who offered 100, 250, 1000 and nothing; the second has worked 50 of 150 seconds before.
fn people() -> Problem {
    let mut data = line(&[0]);
    for length in [100, 100, 1000, 0] {
        person(&mut data, 0, (0, length.max(1)));
        if length == 0 {
            data.volunteers[3].shifts.clear();
        }
    }
    data.volunteers[1].ledger = Ledger { worked: Seconds(50), offered: Seconds(150) };
    built(&data)
}

#[test]
fn a_share_is_in_thousandths_rounded_down() {
    assert_eq!([permille(1, 3), permille(2, 3), permille(5, 0), permille(0, 7)], [333, 666, 0, 0]);
    assert_eq!(permille(i64::MAX, 2), i64::MAX, "no more than can be told");
}

/// Against the shares of all, again and again; whoever offered nothing does not count.
#[test]
fn the_greatest_share_and_the_range_are_kept_up_to_date() {
    let mut random = Random::new(2, 0);
    let mut kept = Shares::new(&people());
    let mut worked = [0_i64, 50, 0, 0];
    let ends = |worked: &[i64; 4]| {
        let shares = [worked[0] * 10, worked[1] * 4, worked[2]];
        let (least, most) = (*shares.iter().min().unwrap(), *shares.iter().max().unwrap());
        (most, most - least)
    };
    assert_eq!(kept.most_and_range(), (200, 200));
    for _ in 0..2000 {
        let who = random.below(4) as usize;
        let more = i64::from(random.below(30)) - worked[who].min(15);
        let mut then = worked;
        then[who] += more;
        assert_eq!(kept.with(VolunteerId(who as u32), more), ends(&then), "{worked:?}, {who} {more}");
        // However much more somebody works, the range shrinks by no more.
        let relief = kept.relief(VolunteerId(who as u32));
        let best = (0..500).map(|more| kept.with(VolunteerId(who as u32), more).1).min().unwrap();
        assert!(relief <= 1000 && ends(&worked).1 - best <= relief, "{worked:?}, {who}: {relief}");
        kept.add(VolunteerId(who as u32), more);
        worked = then;
        assert_eq!(kept.most_and_range(), ends(&worked), "{worked:?}");
    }
}

#[test]
fn only_who_works_least_alone_can_narrow_the_range() {
    let mut kept = Shares::new(&people());
    let relief = |kept: &Shares| [0, 1, 2, 3].map(|who| kept.relief(VolunteerId(who)));
    assert_eq!(relief(&kept), [0; 4], "two work least");
    kept.add(VolunteerId(0), 3);
    assert_eq!(relief(&kept), [0, 0, 30, 0]);
    kept.add(VolunteerId(2), 31);
    assert_eq!(relief(&kept), [1, 0, 0, 0]);
}

use super::*;
use crate::base::Random;
use crate::model::{Term, UnitId};
use crate::tests::{built, instance, line, person, weighing};

fn leg(random: &mut Random, unit: u32) -> Leg {
    let mut number = |most: f64| (most * random.unit()) as f32;
    let traits = Traits {
        price: 1.0 + number(2.0),
        seconds: 1.0 + number(2.0),
        half: number(0.01),
        far: number(1.0),
        load: number(1.0),
        curve: number(1e-4),
        pace: 1.0 + number(1.0),
        absorbable: number(3000.0),
        free: number(3000.0),
        limit: 3000.0 + number(3000.0),
        retiming_gain: number(1.0),
        gain: number(1.0),
        any: number(8.0) as u32,
        all: 0,
        closed: number(1.0) > 0.2,
        idle: number(1.0) > 0.5,
        metric: true,
    };
    let traits = Traits { all: traits.any, ..traits };
    Leg { middle: [number(1.0), number(1.0), number(1.0)], unit: UnitId(unit), traits }
}

/// Every leg is in one leaf, and every box around it knows no worse than the leg itself.
#[test]
fn boxes_know_the_best_of_what_they_hold() {
    let mut data = line(&[0]);
    data.objective = weighing(&[(Term::WorkTime, 3), (Term::Load, 2)]);
    person(&mut data, 0, (0, 100));
    let problem = built(&data);
    let instance = instance(&problem);
    for count in [0, 1, LEAF, LEAF + 1, 300] {
        let mut random = Random::new(count as u64, 0);
        let legs = (0..count as u32).map(|unit| leg(&mut random, unit)).collect::<Vec<_>>();
        let prices = Prices::new(&instance, vec![1e6, 2e6, 0.0]);
        let weights = SplitWeights::new(&prices, &legs);
        let tree = Tree::new(legs.clone(), &weights);
        assert!(legs.iter().all(|leg| f64::from(leg.traits.load) < tree.most_load));
        let mut seen = vec![0; count];
        let mut stack = if count > 0 {
            vec![(0_usize, Vec::new())]
        } else {
            assert!(tree.nodes.is_empty());
            Vec::new()
        };
        while let Some((at, around)) = stack.pop() {
            let node = &tree.nodes[at];
            let around: Vec<usize> = [around, vec![at]].concat();
            assert!(node.count as usize <= PARTS.max(LEAF));
            for inner in node.first as usize..(node.first + node.count) as usize {
                if !node.is_leaf {
                    assert!(inner > at, "boxes follow the one around them");
                    stack.push((inner, around.clone()));
                    continue;
                }
                let leg = &tree.legs[inner];
                seen[leg.unit.index()] += 1;
                for outer in around.iter().map(|&outer| &tree.nodes[outer]) {
                    let inside =
                        (0..3).all(|a| outer.low[a] <= leg.middle[a] && leg.middle[a] <= outer.high[a]);
                    let (best, own) = (&outer.traits, &leg.traits);
                    assert!(
                        inside && best.price <= own.price && best.half >= own.half && best.far >= own.far
                    );
                    assert!(
                        best.absorbable >= own.absorbable && best.free <= own.free && best.limit >= own.limit
                    );
                    assert!(best.any & own.any == own.any && best.all & !own.all == 0);
                }
            }
        }
        assert!(seen.iter().all(|&times| times == 1), "{count}: {seen:?}");
    }
}

#[test]
fn legs_are_told_apart_by_what_costs_most() {
    let mut random = Random::new(1, 0);
    let mut legs = (0..20).map(|unit| leg(&mut random, unit)).collect::<Vec<_>>();
    for (k, leg) in legs.iter_mut().enumerate() {
        leg.traits.idle = k % 4 == 0;
    }
    let all = Node::around(&legs, 0..20).traits;
    let weights = SplitWeights { way: 1.0, work: 1.0, load: 1.0, wishes: &[] };
    let first = split(&mut legs, &all, &weights);
    assert_eq!(first, 15, "those who are out come first");
    assert!(legs[..15].iter().all(|leg| !leg.traits.idle) && legs[15..].iter().all(|leg| leg.traits.idle));
    let out = &mut legs[..15];
    let all = Node::around(out, 0..15).traits;
    let weights = SplitWeights { wishes: &[0.0, 1e12, 0.0], ..weights };
    let first = split(out, &all, &weights);
    assert!(out[..first].iter().all(|leg| leg.traits.any & 2 == 0), "then by a dear wish");
    assert!(out[first..].iter().all(|leg| leg.traits.any & 2 == 2));
    let mut alike = vec![legs[0]; 7];
    let all = Node::around(&alike, 0..7).traits;
    assert_eq!(split(&mut alike, &all, &weights), 3, "what is alike is halved");
}

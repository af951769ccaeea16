//! Auctions: lines without a partner bid for the partner that is worth most to them, and outbid each other.
//!
//! A bid raises the value of what it is for by what the bidder would lose without it, plus an `increment`; so wars end soon, and
//! no line is more than the increment away from the best it could have. Rounds with smaller and smaller increments, each starting
//! from the values of the round before, come near the optimum in a time that hardly depends on the size of the costs. After the
//! rows have bid, columns may be left over that a round before made dear: they bid in turn, so that each ends with a partner or at 0.
//!
//! Source: Bertsekas and Castañón, "A forward/reverse auction algorithm for asymmetric assignment problems", 1992; the choice
//! to go without a partner is the price of being unserved.

use super::graph::{Graph, Saving};
use super::side::{NOBODY, Side, settle};

/// Each increment is the one before divided by this.
const STEP: i64 = 7;
/// Bids in all for each line before auctions are given up, several times what they take where they work. Long chains of
/// lines that bid each other up by one increment at a time would take forever.
const PATIENCE: usize = 128;

/// Leaves values near the optimum, and a matching to start from. Begins with the values and pairs that are there.
pub(crate) fn auction<S: Saving>(
    rows_see: &Graph<S>,
    columns_see: &Graph<S>,
    rows: &mut Side,
    columns: &mut Side,
    first_increment: i64,
) {
    let mut bids = PATIENCE * (rows_see.lines() + columns_see.lines());
    let mut increment = first_increment.max(1);
    loop {
        settle(rows_see, rows, columns, increment);
        bid(rows_see, rows, columns, increment, &mut bids);
        bid(columns_see, columns, rows, increment, &mut bids);
        if increment == 1 || bids == 0 {
            return;
        }
        increment = (increment / STEP).max(1);
    }
}

/// Lets all lines of `ours` bid that have something to gain, until each has a partner or prefers none, or `bids` are used up.
fn bid<S: Saving>(graph: &Graph<S>, ours: &mut Side, theirs: &mut Side, increment: i64, bids: &mut usize) {
    let mut waiting = ours.waiting();
    while let Some(line) = waiting.pop() {
        if *bids == 0 {
            return;
        }
        *bids -= 1;
        // Going without is worth 0.
        let (mut best, mut second, mut partner, mut saving) = (0, 0, NOBODY, 0);
        for edge in graph.of(line as usize) {
            let worth = edge.saving() - theirs.value[edge.to as usize];
            if worth > best {
                (second, best, partner, saving) = (best, worth, edge.to, edge.saving());
            } else if worth > second {
                second = worth;
            }
        }
        let (line_at, partner_at) = (line as usize, partner as usize);
        if partner == NOBODY {
            ours.value[line_at] = 0;
            continue;
        }
        let keeps = (second - increment).max(0);
        ours.value[line_at] = keeps;
        ours.mate[line_at] = partner;
        theirs.value[partner_at] = saving - keeps;
        let outbid = std::mem::replace(&mut theirs.mate[partner_at], line);
        if outbid != NOBODY {
            ours.mate[outbid as usize] = NOBODY;
            waiting.push(outbid);
        }
    }
}

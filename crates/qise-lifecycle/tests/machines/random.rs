//! Random commands, most of which make sense.

use qise_lifecycle::{
    CancelReason, Command, DeclineReason, Facts, HoldReason, Lending, Lifecycle, Moment, NeedNo, NeedState,
    OfferNo, OfferState, PersonNo, Raised, ReopenReason, Seconds,
};

use crate::shell::{DAY, HOUR, MINUTE};

const PEOPLE: u32 = 6;
const NEEDS: usize = 8;

/// Numbers from which a command is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draw {
    pub(crate) kind: u8,
    pub(crate) need: u8,
    pub(crate) who: u8,
    pub(crate) other: u8,
    pub(crate) wait: u8,
}

impl Draw {
    /// How much later than the one before.
    pub(crate) fn wait(self) -> i64 {
        let wait = i64::from(self.wait);
        match self.wait {
            0..100 => 0,
            100..200 => (wait - 100) * MINUTE / 20,
            200..240 => (wait - 200) * 10 * MINUTE,
            240..253 => (wait - 240) * HOUR,
            _ => (wait - 252) * 3 * DAY,
        }
    }

    fn who(self) -> PersonNo {
        PersonNo(u32::from(self.who) % PEOPLE)
    }

    fn stop(self, life: &Lifecycle, need: NeedNo, who: PersonNo) -> u16 {
        let member = life.need(need).and_then(|need| need.member(who));
        let next = member.map_or(0, |member| member.stops_done);
        if self.other.is_multiple_of(8) { next + 1 } else { next }
    }

    fn facts(self, at: i64) -> Facts {
        let other = self.other;
        let mut facts = match other % 4 {
            0 | 1 => Facts::one_person(),
            2 => Facts::crew(vec![2]),
            _ => Facts::crew(vec![1, 1]),
        };
        facts.stops = 1 + u16::from(other / 4 % 3 == 1);
        facts.promise = (other / 8 % 2 == 1).then_some(Seconds::hours(3));
        facts.deadline = (other / 16 % 4 == 1).then_some(Moment(at + 5 * HOUR));
        let back_by = Moment(at + i64::from(self.who) * HOUR / 8);
        facts.lends = (other >= 128).then_some(Lending { back_by: (self.who >= 20).then_some(back_by) });
        facts
    }

    /// A person who has a part in the need, most of the time: else any.
    fn somebody(self, life: &Lifecycle, no: NeedNo) -> PersonNo {
        let members = life.need(no).map_or(&[][..], |need| &need.members);
        let crew: Vec<_> = members.iter().filter(|member| member.state.holds_place()).collect();
        if crew.is_empty() || self.other.is_multiple_of(9) {
            self.who()
        } else {
            crew[usize::from(self.who) % crew.len()].who
        }
    }

    /// An offer that waits for an answer, most of the time.
    fn answered(self, life: &Lifecycle) -> OfferNo {
        let is_open = |(_, offer): &(usize, &qise_lifecycle::Offer)| offer.state == OfferState::Sent;
        let open: Vec<u32> =
            life.offers().iter().enumerate().filter(is_open).map(|(n, _)| n as u32).collect();
        let latest = life.next_offer().0.saturating_sub(u32::from(self.who) % 4);
        if open.is_empty() || self.other.is_multiple_of(5) {
            OfferNo(latest)
        } else {
            OfferNo(open[usize::from(self.need) % open.len()])
        }
    }

    /// The command at a moment.
    pub(crate) fn command(self, life: &Lifecycle, at: i64) -> Command {
        let count = life.needs().len();
        let no = NeedNo((usize::from(self.need) % (count + 1).min(NEEDS)) as u32);
        let who = self.who();
        let somebody = self.somebody(life, no);
        let stop = self.stop(life, no, somebody);
        match self.kind % 40 {
            0..3 if count < NEEDS => self.add(life, at),
            0..4 => {
                let mut facts = self.facts(at);
                if let Some(need) = life.need(no).filter(|_| self.who.is_multiple_of(2)) {
                    facts.stops = need.facts.stops;
                }
                Command::ChangeNeed { need: no, facts }
            }
            4 => {
                let reason = CancelReason::ALL[usize::from(self.other) % CancelReason::COUNT];
                Command::CancelNeed { need: no, reason }
            }
            5 | 6 => {
                let deadline = (self.other % 3 == 1).then_some(Moment(at + HOUR));
                let reason = ReopenReason::ALL[usize::from(self.other) % ReopenReason::COUNT];
                Command::Reopen { need: no, reason, deadline }
            }
            7..14 => {
                let expires = Seconds(i64::from(self.other) * MINUTE / 4);
                Command::Offer { need: no, who, role: u16::from(self.other % 5 == 1), expires }
            }
            14..19 => Command::Accept { offer: self.answered(life) },
            19 | 20 => {
                let reason = DeclineReason::ALL[usize::from(self.other) % DeclineReason::COUNT];
                Command::Decline { offer: self.answered(life), reason }
            }
            21..24 => {
                let many = u32::from(self.other) % 4;
                let who = (0..many).map(|n| PersonNo((who.0 + n * u32::from(self.other % 16 < 14)) % PEOPLE));
                Command::Commit { need: no, who: who.collect() }
            }
            24 => Command::Withdraw { need: no, who: if self.other % 2 == 1 { who } else { somebody } },
            25 => Command::NoShow { need: no, who: somebody },
            26 | 27 => Command::Depart { need: no, who: somebody, stop },
            28..31 => Command::Arrive { need: no, who: somebody, stop },
            31..35 => Command::Done { need: no, who: somebody, stop },
            35 => Command::Rate { need: no, stars: self.other % 7 },
            36 => {
                let reason = HoldReason::ALL[usize::from(self.other) % HoldReason::COUNT];
                Command::Hold { need: no, reason, until: Moment(at + i64::from(self.other) * MINUTE) }
            }
            37 => {
                let lent =
                    (0..count as u32).map(NeedNo).filter(|&no| life.needs()[no.0 as usize].loan.is_some());
                Command::LoanBack {
                    need: lent.max_by_key(|no| no.0 ^ (u32::from(self.who) % 8)).unwrap_or(no),
                }
            }
            38 => {
                let until = (self.other % 2 == 1).then_some(Moment(at + 15 * MINUTE));
                Command::OffDuty { who, until }
            }
            _ => Command::Tick,
        }
    }

    fn add(self, life: &Lifecycle, at: i64) -> Command {
        let need = NeedNo(life.next_need().0 + u32::from(self.other % 16 == 5));
        let begun = life.needs().iter().position(|need| need.state == NeedState::OnSite);
        let raised = match self.who % 8 {
            0 => Some(Raised { by: self.who(), during: None }),
            1 => begun.map(|n| {
                let during = NeedNo(n as u32);
                Raised { by: self.somebody(life, during), during: Some(during) }
            }),
            _ => None,
        };
        let mut facts = self.facts(at);
        match self.other {
            250 => facts.places = vec![0],
            251 => facts.stops = 0,
            252 => facts.promise = Some(Seconds(0)),
            253 => facts.places = vec![u16::MAX],
            _ => {}
        }
        let released = Moment(at + i64::from(self.who == 77) - i64::from(self.who == 78) * HOUR);
        Command::AddNeed { need, facts, released, raised }
    }
}

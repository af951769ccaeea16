//! A small shell: it has a clock, a plan and a journal, and checks the state after every command.

use std::collections::BTreeMap;

use qise_lifecycle::{
    Command, Event, Facts, Lifecycle, Limits, Moment, NeedNo, NeedState, OfferNo, Outcome, PersonNo, Placed,
    Planning, Refusal, Seat, Seconds,
};

pub(crate) const MINUTE: i64 = 60;
pub(crate) const HOUR: i64 = 3_600;
pub(crate) const DAY: i64 = 86_400;

pub(crate) type Answer = Result<Outcome, Refusal<u8>>;

/// A plan in which person n comes in 10 + n minutes, 7 minutes later in every other hour, seats are taken in order, and some do not fit.
#[derive(Clone)]
pub(crate) struct Plan {
    /// The free places of the need in question, by role.
    pub(crate) free: Vec<(u16, u16)>,
    /// Who fits nowhere.
    pub(crate) unfit: Vec<PersonNo>,
}

impl Planning for Plan {
    type Obstacle = u8;

    fn place(&mut self, at: Moment, _: NeedNo, _: u16, who: PersonNo) -> Result<Placed, u8> {
        if self.unfit.contains(&who) {
            return Err(7);
        }
        let jam = at.0.div_euclid(3600).rem_euclid(2) * 7;
        Ok(Placed { start: at.after(Seconds::minutes(10 + jam + i64::from(who.0))) })
    }

    fn crew(&mut self, at: Moment, need: NeedNo, who: &[PersonNo]) -> Result<Vec<Seat>, u8> {
        let roles = self.free.clone().into_iter();
        let mut seats = roles.flat_map(|(role, count)| std::iter::repeat_n(role, usize::from(count)));
        let mut seat = |who| {
            let role = seats.next().ok_or(1)?;
            Ok(Seat { role, who, start: self.place(at, need, role, who)?.start })
        };
        who.iter().map(|&who| seat(who)).collect()
    }

    fn still_fits(&mut self, at: Moment, need: NeedNo, role: u16, who: PersonNo) -> Result<Placed, u8> {
        self.place(at, need, role, who)
    }
}

#[derive(Clone)]
pub(crate) struct Shell {
    pub(crate) life: Lifecycle,
    pub(crate) plan: Plan,
    pub(crate) journal: Vec<(Moment, Event)>,
    released: BTreeMap<NeedNo, Moment>,
}

impl Shell {
    pub(crate) fn new() -> Self {
        Self {
            life: Lifecycle::new(Limits::default()),
            plan: Plan { free: Vec::new(), unfit: Vec::new() },
            journal: Vec::new(),
            released: BTreeMap::new(),
        }
    }

    fn apply(&mut self, at: Moment, events: Vec<Event>) {
        for event in events {
            self.life.apply(at, &event).unwrap_or_else(|conflict| panic!("{event:?}: {conflict}"));
            self.journal.push((at, event));
            self.check_people();
        }
        self.check_needs();
    }

    /// Fires what is due, decides and applies.
    pub(crate) fn submit(&mut self, at: i64, command: &Command) -> Answer {
        let at = Moment(at);
        while let Some((due, timer)) = self.life.timer_before(at, command) {
            let events = self.life.fire(timer).expect("it is the next timer");
            assert!(!events.is_empty(), "{timer:?} leads to nothing");
            self.apply(due, events);
            assert_ne!(self.life.next_timer(), Some((due, timer)), "{timer:?} stays");
        }
        self.plan.free = needs_of(command).map_or(Vec::new(), |need| self.life.missing(need).collect());
        let before = self.life.clone();
        let decided = self.life.decide(at, command, &mut self.plan);
        assert_eq!(self.life, before, "{command:?} was decided and changed something");
        let decision = decided?;
        self.apply(at, decision.events);
        Ok(decision.outcome)
    }

    /// The same, where it must be done.
    pub(crate) fn must(&mut self, at: i64, command: &Command) -> Outcome {
        self.submit(at, command).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"))
    }

    /// The code of the refusal.
    pub(crate) fn refused(&mut self, at: i64, command: &Command) -> &'static str {
        match self.submit(at, command) {
            Ok(outcome) => panic!("{command:?} led to {outcome:?}"),
            Err(refusal) => refusal.code(),
        }
    }

    pub(crate) fn tick(&mut self, at: i64) {
        assert_eq!(self.must(at, &Command::Tick), Outcome::Noted);
    }

    pub(crate) fn state(&self, need: NeedNo) -> NeedState {
        self.life.need(need).expect("it is known").state
    }

    /// The codes of what has happened since.
    pub(crate) fn codes(&self, since: usize) -> Vec<&'static str> {
        self.journal[since..].iter().map(|(_, event)| event.code()).collect()
    }

    pub(crate) fn add(&mut self, at: i64, facts: Facts) -> NeedNo {
        let need = self.life.next_need();
        self.must(at, &Command::AddNeed { need, facts, released: Moment(at), raised: None });
        need
    }

    pub(crate) fn offer(&mut self, at: i64, need: NeedNo, who: u32) -> OfferNo {
        let offer = self.life.next_offer();
        let expires = Seconds::minutes(10);
        self.must(at, &Command::Offer { need, who: PersonNo(who), role: 0, expires });
        offer
    }

    /// After every event: places, people, releases, counts.
    fn check_people(&mut self) {
        let mut occupied: BTreeMap<PersonNo, NeedNo> = BTreeMap::new();
        let mut pending: BTreeMap<PersonNo, Vec<NeedNo>> = BTreeMap::new();
        let mut counts = [0; NeedState::COUNT];
        for (no, need) in self.life.needs().iter().enumerate() {
            let no = NeedNo(no as u32);
            counts[need.state as usize] += 1;
            assert_eq!(*self.released.entry(no).or_insert(need.released), need.released, "released once");
            for role in 0..need.facts.places.len() as u16 {
                assert!(need.taken(role) <= need.facts.places_of(role), "{no}: role {role} is overfilled");
            }
            for (n, member) in need.members.iter().enumerate() {
                assert!(!need.members[..n].iter().any(|other| other.who == member.who), "twice in {no}");
                if member.state.is_occupied() {
                    assert_eq!(occupied.insert(member.who, no), None, "{} is at two needs", member.who);
                }
                if member.state.is_pending() {
                    pending.entry(member.who).or_default().push(no);
                }
            }
            assert_eq!(need.state.is_open(), self.life.open_needs().any(|open| open == no));
            assert_eq!(need.hold.is_some(), need.state == NeedState::OnHold);
        }
        for &state in NeedState::ALL {
            assert_eq!(self.life.count(state), counts[state as usize]);
        }
        for who in (0..10).map(PersonNo) {
            let person = self.life.person(who);
            assert_eq!(person.occupied, occupied.get(&who).copied());
            assert_eq!(person.needs, pending.get(&who).cloned().unwrap_or_default());
        }
    }

    /// Between commands: the working states tell the crew, and what has ended concerns nobody.
    fn check_needs(&self) {
        use NeedState as S;
        for need in self.life.needs() {
            let asked = !need.open_offers.is_empty();
            match need.state {
                S::Queued => assert!(need.missing() > 0 && !asked),
                S::Offering => assert!(need.missing() > 0 && asked),
                S::Staffed | S::EnRoute | S::OnSite | S::Fulfilled | S::Confirmed | S::Rated | S::Closed => {
                    let full = |role| need.taken(role) == need.facts.places_of(role);
                    assert!((0..need.facts.places.len() as u16).all(full) && !asked);
                }
                S::OnHold => assert!(!asked),
                S::Rejected | S::Cancelled | S::Expired => assert!(!asked && need.crew().count() == 0),
            }
            if !need.state.is_open() {
                assert!(!need.members.iter().any(|member| member.state.is_pending()));
            }
        }
    }
}

/// The need that a crew is asked for.
fn needs_of(command: &Command) -> Option<NeedNo> {
    match command {
        Command::Commit { need, .. } => Some(*need),
        _ => None,
    }
}

/// The fold of a journal.
pub(crate) fn fold<'a>(from: Lifecycle, journal: impl IntoIterator<Item = &'a (Moment, Event)>) -> Lifecycle {
    let mut life = from;
    for (at, event) in journal {
        life.apply(*at, event).unwrap_or_else(|conflict| panic!("{event:?}: {conflict}"));
    }
    life
}

/// Written and read again.
pub(crate) fn through_snapshot(life: &Lifecycle) -> Lifecycle {
    let text = serde_json::to_string(life).expect("it can be written");
    serde_json::from_str(&text).expect("it can be read")
}

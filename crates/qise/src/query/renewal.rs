//! The index is made anew beside whoever asks and changes.
//!
//! A thread makes the groups from the legs as they were at one moment, and each takes the place of the old one with the next change; what
//! has changed since that moment stays among the fresh legs. When a group comes in has no part in any answer: the index tells bounds only,
//! and all who could matter are asked in earnest. The thread waits while groups are not fetched, so that there are never more than a few to spare.

use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use super::fresh_legs::FreshLegs;
use super::leg::Leg;
use super::leg_groups::{Changes, Everybody, Group, Recipe};
use crate::model::UnitId;

/// With more fresh legs the index is made anew. Few in tests, where one group comes in with every change.
const MOST_FRESH: usize = if cfg!(test) { 1 } else { 2048 };
/// So many groups wait to be fetched.
const WAITING: usize = 8;
/// Groups are fetched with one change until they have so many legs: to let go of the old ones takes time.
const AT_ONCE: usize = if cfg!(test) { 1 } else { 10_000 };

/// What it takes to make the index anew.
pub(crate) struct Renewal {
    recipes: Arc<[Recipe]>,
    /// Since the last time, or the one that is under way.
    changes: Changes,
    state: State,
}

enum State {
    /// The legs of everybody as the index has them.
    Rests(Everybody),
    /// Runs before a number go into the groups that are to come. An index is shared, a receiver cannot be: so it has a lock, which nobody takes.
    Runs(u32, Mutex<Receiver<News>>),
    /// There was no thread: fresh legs stay where they are.
    Ended,
}

enum News {
    Group(usize, Group),
    All(Everybody),
}

impl Renewal {
    pub(crate) fn new(everybody: Everybody, recipes: Vec<Recipe>) -> Self {
        Self { recipes: recipes.into(), changes: Changes::default(), state: State::Rests(everybody) }
    }

    /// The legs of a unit are these from here on; `None` if distance does not tell what a detour costs. The row is that of its signature.
    pub(crate) fn note(&mut self, unit: (UnitId, u32), legs: Option<&[Leg]>) {
        if !matches!(self.state, State::Ended) {
            self.changes.note(unit, legs);
        }
    }

    /// Takes in groups that are there, and begins anew if it is time for that.
    pub(crate) fn step(&mut self, groups: &mut [Group], fresh: &mut FreshLegs) {
        let State::Runs(since, news) = &mut self.state else {
            if matches!(self.state, State::Rests(_)) && fresh.len() > MOST_FRESH {
                self.begin(fresh);
            }
            return;
        };
        let (since, news) = (*since, news.get_mut().unwrap_or_else(PoisonError::into_inner));
        let mut legs = 0;
        while legs <= AT_ONCE {
            let told = if cfg!(test) { news.recv().map_err(TryRecvError::from) } else { news.try_recv() };
            match told {
                Ok(News::Group(at, group)) => {
                    legs += 1 + group.tree.legs.len();
                    groups[at] = Group { since, ..group };
                }
                Ok(News::All(everybody)) => {
                    fresh.forget();
                    self.state = State::Rests(everybody);
                    return;
                }
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {
                    (self.state, self.changes) = (State::Ended, Changes::default());
                    return;
                }
            }
        }
    }

    fn begin(&mut self, fresh: &mut FreshLegs) {
        let State::Rests(everybody) = std::mem::replace(&mut self.state, State::Ended) else { return };
        let (tell, news) = sync_channel(WAITING);
        let (changes, recipes) = (std::mem::take(&mut self.changes), Arc::clone(&self.recipes));
        let work = move || renew(&everybody, changes, &recipes, &tell);
        let thread = std::thread::Builder::new().name("qise-index".into()).spawn(work);
        if thread.is_ok() {
            self.state = State::Runs(fresh.cut(), Mutex::new(news));
        }
    }
}

/// Makes all groups anew. Ends early once nobody waits for them any more.
fn renew(everybody: &Everybody, changes: Changes, recipes: &[Recipe], tell: &SyncSender<News>) {
    let everybody = everybody.after(&changes);
    drop(changes);
    for (at, recipe) in recipes.iter().enumerate() {
        if tell.send(News::Group(at, Group::new(&everybody, recipe))).is_err() {
            return;
        }
    }
    // Whoever waited may have gone by now.
    drop(tell.send(News::All(everybody)));
}

//! A disk with one file.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Dice;

/// What a disk writes at once, in bytes. Small, so that short files have many.
const SECTOR: usize = 64;

/// How often a disk fails, in a thousand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Of writes: the power goes in the middle of it.
    pub torn_write: u32,
    /// Of syncs: it fails, and the system forgets what it had not written, as Linux does.
    pub failed_sync: u32,
    /// Of syncs: the power goes before anything is known.
    pub cut_sync: u32,
}

/// A disk with one file, which can be added to. A clone is the same disk.
#[derive(Clone, Debug)]
pub struct Disk(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    dice: Dice,
    faults: Faults,
    /// What survives.
    platter: Vec<u8>,
    /// What the system shows.
    cache: Vec<u8>,
    /// From here on the cache is not written yet.
    unsynced: usize,
    is_down: bool,
}

impl Disk {
    /// An empty disk.
    pub fn new(seed: u64, faults: Faults) -> Self {
        let dice = Dice::new(seed);
        let (platter, cache) = (Vec::new(), Vec::new());
        Self(Arc::new(Mutex::new(State { dice, faults, platter, cache, unsynced: 0, is_down: false })))
    }

    /// The power goes: of what was not synced, some of the beginning is left, and the last of it
    /// may be rubbish.
    pub fn crash(&self) {
        self.state().crash();
    }

    /// The power is back. Gives the file.
    pub fn restart(&self) -> Vec<u8> {
        let mut state = self.state();
        state.is_down = false;
        let State { cache, platter, unsynced, .. } = &mut *state;
        cache.clone_from(platter);
        *unsynced = cache.len();
        cache.clone()
    }

    /// Whether the power is off.
    pub fn is_down(&self) -> bool {
        self.state().is_down
    }

    pub(super) fn truncate(&self, length: usize) {
        let mut state = self.state();
        state.platter.truncate(length);
        state.cache.truncate(length);
        state.unsynced = length;
    }

    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        state.powered()?;
        let torn = state.faults.torn_write;
        if state.dice.chance(torn) {
            let written = state.dice.below(bytes.len());
            state.cache.extend_from_slice(&bytes[..written]);
            state.crash();
            return state.powered();
        }
        state.cache.extend_from_slice(bytes);
        Ok(())
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        let mut state = self.state();
        state.powered()?;
        let Faults { cut_sync, failed_sync, .. } = state.faults;
        if state.dice.chance(cut_sync) {
            state.crash();
            return state.powered();
        }
        let State { dice, platter, cache, unsynced, .. } = &mut *state;
        let fails = dice.chance(failed_sync);
        // What is forgotten is not written by the next sync either.
        platter.resize(*unsynced, 0);
        for sector in cache[*unsynced..].chunks(SECTOR) {
            if fails && dice.chance(500) {
                platter.resize(platter.len() + sector.len(), 0);
            } else {
                platter.extend_from_slice(sector);
            }
        }
        *unsynced = cache.len();
        if fails { Err(io::Error::other("the sync failed")) } else { Ok(()) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn powered(&self) -> io::Result<()> {
        if self.is_down { Err(io::Error::other("the power is off")) } else { Ok(()) }
    }

    fn crash(&mut self) {
        if self.is_down {
            return;
        }
        let waiting = self.cache[self.unsynced..].to_vec();
        let left = self.dice.below(waiting.len() + 1);
        self.platter.extend_from_slice(&waiting[..left]);
        if self.dice.chance(300) {
            let rubbish = self.dice.below(SECTOR).min(left);
            let end = self.platter.len();
            for byte in &mut self.platter[end - rubbish..] {
                *byte = self.dice.roll() as u8;
            }
        }
        self.is_down = true;
    }
}

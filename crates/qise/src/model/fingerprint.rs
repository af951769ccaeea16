//! By what a plan knows its problem.
//!
//! It covers what ids mean: keys, roles, stops, shifts and vehicles, in their order. What is asked of the needs does not count: a plan
//! for yesterday's windows is read as it stands. The judge names a plan of another problem; the search starts from nothing rather
//! than from such a plan, and says so; [`Plan::carried`](crate::plan::Plan::carried) takes it over by keys and returns what was left out.

use std::fmt;
use std::str::FromStr;

/// What the ids of a problem mean, as one number: of problems with equal fingerprints a plan may be taken from one to the other as
/// it is, by its ids.
///
/// It says which needs, roles, stops, people, shifts, vehicles, depots and goods there are, in which order. What is asked of them, windows, places
/// and the objective do not count. It is the same on every machine and in every version.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(u64);

/// Sixteen digits from 0 to f, as documents write it.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// Not sixteen digits from 0 to f.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a fingerprint has 16 digits from 0 to f")]
pub struct NoFingerprint;

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 16 || !text.bytes().all(digit) {
            return Err(NoFingerprint);
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| NoFingerprint)
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = NoFingerprint;

    fn try_from(text: String) -> Result<Self, NoFingerprint> {
        text.parse()
    }
}

/// FNV-1a with 64 bits: short, without a seed, and the same for ever.
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// What all that was counted in makes together.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        Fingerprint(self.0)
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    pub(super) fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    pub(super) fn count(&mut self, count: usize) {
        self.number(count as u64);
    }

    /// The length stands before the text, so that no two lists of texts are the same bytes.
    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes(text.as_bytes());
    }

    pub(super) fn texts(&mut self, texts: Vec<&String>) {
        self.count(texts.len());
        for text in texts {
            self.text(text);
        }
    }
}

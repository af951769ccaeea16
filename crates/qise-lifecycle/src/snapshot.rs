//! Reading a whole `Lifecycle`. What is derived is derived again, never read.

use serde::{Deserialize, Deserializer, Serialize, de::Error};

use crate::base::{Moment, NeedNo, OfferNo};
use crate::index::Index;
use crate::lifecycle::Lifecycle;
use crate::machine::OfferState;
use crate::record::{Limits, Need, Offer, put};

/// What is written of a `Lifecycle`: taken in a moment, to be written down elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    limits: Limits,
    now: Moment,
    needs: Vec<Need>,
    offers: Vec<Offer>,
}

impl Lifecycle {
    /// What is to be written of it.
    pub fn stored(&self) -> Stored {
        let Self { limits, now, needs, offers, index: _ } = self;
        Stored { limits: *limits, now: *now, needs: needs.clone(), offers: offers.clone() }
    }
}

impl TryFrom<Stored> for Lifecycle {
    type Error = &'static str;

    fn try_from(stored: Stored) -> Result<Self, Self::Error> {
        let Stored { limits, now, mut needs, offers } = stored;
        for need in &mut needs {
            (need.open_offers, need.timer) = (Vec::new(), None);
        }
        let mut life = Self { limits, now, needs, offers, index: Index::default() };
        life.derive()?;
        Ok(life)
    }
}

impl<'de> Deserialize<'de> for Lifecycle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Stored::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// Whether no role is filled by more people than it asks for.
fn is_crew_in_places(need: &Need) -> bool {
    let mut free = need.facts.places.clone();
    need.crew().all(|member| match free.get_mut(usize::from(member.role)) {
        Some(places) if *places > 0 => {
            *places -= 1;
            true
        }
        _ => false,
    })
}

impl Lifecycle {
    /// Derives the index from needs and offers.
    fn derive(&mut self) -> Result<(), &'static str> {
        for (no, offer) in self.offers.iter().enumerate() {
            let no = OfferNo(no as u32);
            let need = self.needs.get_mut(offer.need.index()).ok_or("an offer names no need")?;
            if offer.state == OfferState::Sent {
                put(&mut need.open_offers, no);
                self.index.add_offer(no, offer);
            }
        }
        for (no, need) in self.needs.iter_mut().enumerate() {
            let no = NeedNo(no as u32);
            need.facts.check().map_err(|_| "a need asks for what makes no sense")?;
            if !is_crew_in_places(need) {
                return Err("a role is filled by more than it asks for");
            }
            if need.asked.iter().any(|asked| asked.offer.index() >= self.offers.len()) {
                return Err("a need names no offer");
            }
            self.index.add_need(no, need.state);
            for member in need.members.iter().filter(|member| member.state.is_pending()) {
                self.index.set_member(no, member.who, member.state);
            }
            self.index.set_timer(no, need, &self.limits);
        }
        Ok(())
    }
}

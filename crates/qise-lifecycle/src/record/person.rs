//! What is kept of a person: derived from the needs and offers that concern the person.

use crate::base::{NeedNo, OfferNo, coded_enum};

coded_enum!(
    /// Where a person stands, over all needs.
    pub enum PersonState;
    /// Has no place in a need that is still to do.
    Free = "free";
    /// Has a place and has not left.
    Committed = "committed";
    /// On the way to a stop.
    EnRoute = "en_route";
    /// At a stop.
    OnSite = "on_site";
    /// Has done a stop and not yet left for the next one.
    Between = "between_stops";
);

/// What is kept of a person: derived from the needs and offers that concern the person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The needs in which the person has something to do, by number.
    pub needs: Vec<NeedNo>,
    /// The offers that wait for the person's answer, by number.
    pub offers: Vec<OfferNo>,
    /// The need to which the person is on the way, or at which the person is.
    pub occupied: Option<NeedNo>,
}

/// A person whom nothing concerns.
pub(crate) static NOBODY: Person = Person { needs: Vec::new(), offers: Vec::new(), occupied: None };

impl Person {
    pub(crate) fn is_unconcerned(&self) -> bool {
        self.needs.is_empty() && self.offers.is_empty()
    }
}

/// Puts a number into an ascending list.
pub(crate) fn put<T: Ord + Copy>(list: &mut Vec<T>, item: T) {
    if let Err(at) = list.binary_search(&item) {
        list.insert(at, item);
    }
}

/// Takes a number out of an ascending list.
pub(crate) fn take<T: Ord + Copy>(list: &mut Vec<T>, item: T) {
    if let Ok(at) = list.binary_search(&item) {
        list.remove(at);
    }
}

//! Residents, the objective, and the previous plan.

use qise::model::{
    NeedId, Objective, PlaceId, Population, Previous, PreviousVisit, Seconds, VolunteerId, Weighted,
};

use super::{Converter, LOST, refer};
use crate::path::Path;

impl Converter<'_> {
    pub(super) fn population(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("population");
        for (i, people) in self.findings.present(&list, document.population.as_ref()) {
            let place: PlaceId = self.point(&list.index(i).field("at"), people.at.as_ref());
            let residents = people.residents.map_or(0, |residents| residents.0 as u32);
            self.data.population.push(Population { place, residents });
        }
    }

    pub(super) fn objective(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let list = root.field("objective");
        let Some(given) = &document.objective else { return };
        let mut levels = Vec::new();
        for (l, level) in self.findings.present(&list, Some(given)) {
            let here = list.index(l);
            let mut terms = Vec::new();
            for (k, weighted) in self.findings.present(&here, Some(level)) {
                let weight = weighted.weight.map_or(1, |weight| weight.0 as u32);
                match weighted.term {
                    Some(term) => terms.push(Weighted { term: term.0, weight }),
                    None => self.findings.drop_element(&here, k),
                }
            }
            levels.push(terms);
        }
        self.data.objective = Objective { levels };
    }

    pub(super) fn previous(&mut self) {
        let (root, document) = (Path::Root, self.document);
        let here = root.field("previous");
        let Some(given) = &document.previous else { return };
        let list = here.field("assignments");
        let mut assignments = Vec::new();
        for (k, visit) in self.findings.present(&list, given.assignments.as_ref()) {
            let path = list.index(k);
            let need = refer!(self, needs as NeedId, &path.field("need"), visit.need.as_ref());
            let volunteer =
                refer!(self, volunteers as VolunteerId, &path.field("volunteer"), visit.volunteer.as_ref());
            match self.time(&path.field("start"), visit.start.as_ref()) {
                Some(start) => assignments.push(PreviousVisit { need, volunteer, start }),
                None => self.findings.drop_element(&list, k),
            }
        }
        self.data.previous = Some(Previous {
            assignments,
            reassign_price: given.reassign_price.map_or(0, |price| price.0 as u32),
            retime_price: given.retime_price.map_or(0, |price| price.0 as u32),
            tolerance: given.tolerance.map_or(Seconds::ZERO, |tolerance| tolerance.0),
        });
    }
}

//! What residents ask for.

use super::{
    CategoryId, CrewRules, Means, Overlap, PlaceId, ProjectId, Requirement, Role, Seconds, StartGap, Supply,
    Time, Window,
};

/// What a resident asks for: somebody who does something somewhere, in time.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Unique key.
    pub key: String,
    /// Name for people.
    pub name: Option<String>,
    /// The kind of service; a label for reports. Who may serve is said by the roles.
    pub category: Option<CategoryId>,
    /// The project that it belongs to: a label for reports.
    pub project: Option<ProjectId>,
    /// Where, when and how long, in order: one stop, or for a ride two to four, which one person makes in one shift, in this order. A
    /// load is on board from the first stop of a ride to its last, and to a single stop from the start of the route.
    pub stops: Vec<Stop>,
    /// No longer passes between the end of a ride's first stop and the start of its last.
    pub max_ride: Option<Seconds>,
    /// The crew: who is asked for. All people of a crew are different, and either all of them come or none.
    pub roles: Vec<Role>,
    /// When roles start, where they do not all start together.
    pub gaps: Vec<StartGap>,
    /// Roles whose services overlap.
    pub overlaps: Vec<Overlap>,
    /// What must be true of the crew together.
    pub crew: CrewRules,
    /// Goods that whoever serves brings, has at hand or takes away; each kind once.
    pub goods: Vec<Supply>,
    /// By what whoever serves it comes; by anything where there is none.
    pub vehicles: Vec<Means>,
    /// How much it matters that this need is served, against other needs.
    pub priority: u32,
    /// Comes before every priority.
    pub mandatory: bool,
    /// By when somebody has promised to be there or to be done.
    pub promise: Option<Promise>,
    /// What it costs to hand it to others, who then see to it: it counts neither as served nor as left. Without a price it may not be.
    pub outsource: Option<u32>,
    /// Price of a change against the previous plan, instead of that plan's own price.
    pub change_price: Option<u32>,
}

/// One place and time of a need.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Where.
    pub place: PlaceId,
    /// When the service may start; at least one window, in order, apart from each other.
    pub windows: Vec<Window>,
    /// How long the service takes a person of ordinary pace.
    pub service: Seconds,
}

impl Stop {
    /// A stop with one window.
    pub fn new(place: impl Into<PlaceId>, window: Window, service: Seconds) -> Self {
        Self { place: place.into(), windows: vec![window], service }
    }
}

impl Need {
    /// The most stops of a ride.
    pub const MOST_STOPS: usize = 4;

    /// Whether it has several stops.
    pub fn is_ride(&self) -> bool {
        self.stops.len() > 1
    }

    /// A need at one place for anybody, at priority 1.
    pub fn new(key: impl Into<String>, place: impl Into<PlaceId>, window: Window, service: Seconds) -> Self {
        Self {
            key: key.into(),
            name: None,
            category: None,
            project: None,
            stops: vec![Stop::new(place, window, service)],
            max_ride: None,
            roles: vec![Role::new(Requirement::default())],
            gaps: Vec::new(),
            overlaps: Vec::new(),
            crew: CrewRules::default(),
            goods: Vec::new(),
            vehicles: Vec::new(),
            priority: 1,
            mandatory: false,
            promise: None,
            outsource: None,
            change_price: None,
        }
    }
}

/// A promised time.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The service starts by then.
    pub start_by: Option<Time>,
    /// The service ends by then.
    pub finish_by: Option<Time>,
    /// True: not served rather than late. False: lateness counts in the objective.
    pub hard: bool,
}

impl Need {
    /// Whether the need is written with a list of roles: where it asks for more than one person who serves as long as it says.
    pub fn is_crew(&self) -> bool {
        let alone = |role: &Role| role.count == 1 && role.service.is_none();
        self.roles.len() != 1
            || !self.roles.iter().all(alone)
            || !self.gaps.is_empty()
            || !self.overlaps.is_empty()
            || !self.crew.is_empty()
    }

    /// Whether it is settled who comes, of one role at least.
    pub fn is_pinned(&self) -> bool {
        self.roles.iter().any(|role| role.pin.is_some())
    }

    /// Whether a role starts together with the first one.
    pub(crate) fn starts_with_first(&self, role: usize) -> bool {
        let follows = |gap: &StartGap| usize::from(gap.to) == role;
        let overlaps = |overlap: &Overlap| usize::from(overlap.other) == role;
        !self.gaps.iter().any(follows) && !self.overlaps.iter().any(overlaps)
    }

    /// How many people come.
    pub fn people(&self) -> usize {
        self.roles.iter().map(|role| role.count as usize).fold(0, usize::saturating_add)
    }
}

impl Promise {
    /// The service starts by then, or it is late, which counts in the objective; `hard` makes it a rule.
    pub fn to_start(by: Time) -> Self {
        Self { start_by: Some(by), finish_by: None, hard: false }
    }

    /// The service ends by then, or it is late, which counts in the objective; `hard` makes it a rule.
    pub fn to_finish(by: Time) -> Self {
        Self { start_by: None, finish_by: Some(by), hard: false }
    }

    /// The need is not served rather than late.
    #[must_use]
    pub fn hard(self) -> Self {
        Self { hard: true, ..self }
    }
}

//! A vehicle routing instance as its file states it, whatever the format.

/// A place of an instance: a depot or a customer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Site {
    /// Its number in solutions.
    pub(super) id: i64,
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) demand: i64,
    pub(super) service: f64,
    /// When the service may start; of a depot, from the first departure to the last return.
    pub(super) window: (f64, f64),
    /// What is lost when a customer is left out.
    pub(super) prize: i64,
}

/// One vehicle.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Vehicle {
    /// Which of the depots it belongs to.
    pub(super) depot: usize,
    /// What it carries; anything when missing.
    pub(super) capacity: Option<i64>,
    /// The longest time between its departure and its return.
    pub(super) duration: Option<f64>,
    /// Whether it may serve each of the sites; all of them when missing.
    pub(super) serves: Option<Vec<bool>>,
}

/// What makes a plan good, besides what the convention says of vehicles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// Serve everybody, on short ways.
    Distance,
    /// Short ways, and few prizes lost.
    DistanceAndPrizes,
    /// Many prizes; then short ways.
    Prizes,
}

/// A vehicle routing instance as its file states it, whatever the format.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Routing {
    pub(super) sites: Vec<Site>,
    /// Which sites are depots.
    pub(super) depots: Vec<usize>,
    /// The fleet; of a team orienteering problem one vehicle for each path asked for.
    pub(super) vehicles: Vec<Vehicle>,
    /// Sites of which the first is visited before the second by the same vehicle; every customer is in one pair, or none is.
    pub(super) pairs: Vec<(usize, usize)>,
    pub(super) goal: Goal,
    /// Decimals that the family keeps of a distance, where that hangs on the file.
    pub(super) decimals: u32,
}

impl Routing {
    /// Which sites are customers.
    pub(super) fn customers(&self) -> impl Iterator<Item = usize> {
        (0..self.sites.len()).filter(|site| !self.depots.contains(site))
    }

    /// The sites that are visited together, in order: a pair, or one customer.
    pub(super) fn orders(&self) -> Vec<Vec<usize>> {
        if self.pairs.is_empty() {
            return self.customers().map(|site| vec![site]).collect();
        }
        self.pairs.iter().map(|&(pickup, delivery)| vec![pickup, delivery]).collect()
    }

    /// Number of customers.
    pub(super) fn customer_count(&self) -> usize {
        self.customers().count()
    }

    /// The straight line between two sites.
    pub(super) fn distance(&self, a: usize, b: usize) -> f64 {
        let (a, b) = (&self.sites[a], &self.sites[b]);
        ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).sqrt()
    }

    /// The same instance with as many paths: for team orienteering, whose files do not state their number.
    #[must_use]
    pub(super) fn with_paths(mut self, paths: u32) -> Self {
        self.vehicles =
            vec![Vehicle { depot: 0, capacity: None, duration: None, serves: None }; paths as usize];
        self
    }
}

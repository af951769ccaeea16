//! When work must end: a limit of time, of steps, a flag, a caller's own measure, or several of
//! these.

use std::fmt;
use std::ops::BitOr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Says when work must end. Whatever is found by then is returned.
///
/// Several are combined with [`Stop::or`], or `|`: the first that is reached ends the work.
///
/// ```
/// use qise::{Cancel, Stop};
///
/// let cancel = Cancel::new();
/// let stop = Stop::after(60.0) | Stop::iterations(1_000_000) | Stop::cancelled_by(&cancel);
/// assert!(!stop.is_over());
/// cancel.cancel();
/// assert!(stop.is_over());
/// ```
///
/// Only [`Stop::iterations`] makes a search repeatable: the same problem, options and steps give
/// the same plan on every machine and any number of threads, as long as nothing else ends it
/// before.
#[derive(Clone, Default)]
pub struct Stop {
    iterations: Option<u64>,
    limits: Vec<Limit>,
}

/// What ends work, steps apart.
#[derive(Clone)]
enum Limit {
    Time { begun: Instant, seconds: f64 },
    Cancel(Cancel),
    When(Arc<dyn Fn() -> bool + Send + Sync>),
    Share(Arc<dyn Fn() -> f64 + Send + Sync>),
}

impl Stop {
    /// Never: the work ends by itself. A search does not, so it needs another limit as well, or a
    /// handle by which it is cancelled.
    pub fn never() -> Self {
        Self::default()
    }

    /// So many seconds from now. Nothing else in this crate reads a clock. Infinity is no limit;
    /// with 0, less, or what is no number, the time is over at once.
    pub fn after(seconds: f64) -> Self {
        Self::of(Limit::Time { begun: Instant::now(), seconds })
    }

    /// So many steps of ruin and recreate, over all threads; only searches count them
    /// ([`solve`](crate::solve::solve()), [`frontier`](crate::fairness::frontier)), other work
    /// passes over them. With 0, a search ends once a first plan is made.
    pub fn iterations(steps: u64) -> Self {
        Self { iterations: Some(steps), limits: Vec::new() }
    }

    /// As soon as somebody asks for it by this flag.
    pub fn cancelled_by(cancel: &Cancel) -> Self {
        Self::of(Limit::Cancel(cancel.clone()))
    }

    /// As soon as this is true. It is asked very often, from several threads.
    pub fn when(is_over: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        Self::of(Limit::When(Arc::new(is_over)))
    }

    /// For a caller who measures a budget: the share of it that is spent, from 0 at the start to 1,
    /// where the work must end. It must not fall; infinity ends the work like a flag does. A search
    /// paces itself by it. It is asked as often as [`Stop::when`].
    pub fn measured(share: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        Self::of(Limit::Share(Arc::new(share)))
    }

    fn of(limit: Limit) -> Self {
        Self { iterations: None, limits: vec![limit] }
    }

    /// Whichever is reached first.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        self.iterations = match (self.iterations, other.iterations) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.limits.extend(other.limits);
        self
    }

    /// The share of the budget that is spent, steps apart: 1 or more when work must end, infinity
    /// when it must end at once.
    pub fn spent(&self) -> f64 {
        self.limits.iter().map(Limit::spent).fold(0.0, f64::max)
    }

    /// Whether work must end; the steps of a search are its own to count.
    pub fn is_over(&self) -> bool {
        self.spent() >= 1.0
    }

    /// The most steps of a search; `None` if there is no such limit.
    pub fn most_iterations(&self) -> Option<u64> {
        self.iterations
    }
}

impl Limit {
    fn spent(&self) -> f64 {
        let at_once = |is_over: bool| if is_over { f64::INFINITY } else { 0.0 };
        match self {
            Self::Time { begun, seconds } if *seconds > 0.0 => begun.elapsed().as_secs_f64() / seconds,
            // A limit of time that is over still leaves a search the first plan that it was promised (`Options::complete_first`).
            Self::Time { .. } => 1.0,
            Self::Cancel(cancel) => at_once(cancel.is_cancelled()),
            Self::When(is_over) => at_once(is_over()),
            Self::Share(share) => share(),
        }
    }
}

impl BitOr for Stop {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop").field("iterations", &self.iterations).field("limits", &self.limits).finish()
    }
}

impl fmt::Debug for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time { seconds, .. } => write!(f, "after {seconds} s"),
            Self::Cancel(cancel) => cancel.fmt(f),
            Self::When(_) => f.write_str("when a closure says so"),
            Self::Share(_) => f.write_str("measured by a closure"),
        }
    }
}

/// A flag that ends work; its clones are one and the same flag. See [`Stop::cancelled_by`].
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A flag that nobody has raised.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks all work that heeds the flag to end soon; `true` if it was asked for before.
    pub fn cancel(&self) -> bool {
        self.0.swap(true, Ordering::Relaxed)
    }

    /// Whether somebody has asked for it.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_limit_ends_the_work() {
        let cancel = Cancel::new();
        let stop = Stop::after(1e9) | Stop::cancelled_by(&cancel) | Stop::iterations(7) | Stop::iterations(9);
        assert_eq!((stop.is_over(), stop.most_iterations()), (false, Some(7)));
        assert!(!cancel.cancel() && cancel.cancel());
        assert!(stop.is_over() && stop.spent().is_infinite());
        let half = Stop::never() | Stop::measured(|| 0.5) | Stop::when(|| false) | Stop::measured(|| 0.25);
        assert!(half.spent() > 0.4 && !half.is_over() && half.most_iterations().is_none());
        assert!((half | Stop::when(|| true)).is_over());
    }

    #[test]
    fn odd_limits_of_time_are_over_at_once_or_never() {
        for seconds in [0.0, -1.0, f64::NAN, f64::NEG_INFINITY] {
            let stop = Stop::after(seconds);
            assert!(stop.is_over() && stop.spent().is_finite(), "{seconds}");
        }
        assert!(!Stop::after(f64::INFINITY).is_over());
        assert!(!Stop::never().is_over());
    }
}

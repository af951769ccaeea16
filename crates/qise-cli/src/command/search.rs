//! A search under the eyes of the user: until the time is spent, the steps are done, or the user has had enough.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use qise::model::Term;
use qise::solve::{Options, Progress, Solved, solve_with};
use qise::{Lang, Problem, Stop};

use crate::Terminal;
use crate::args::Common;

/// Seconds of search when nothing is said.
const DEFAULT_SECONDS: f64 = 3.0;

/// How long a search may take, and since when.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    limit: Option<f64>,
    iterations: Option<u64>,
    begun: Instant,
    /// Seconds that are kept for what comes after the search, as bits.
    kept: Arc<AtomicU64>,
}

impl Budget {
    /// So many seconds and steps, if said; without a word on either a few seconds.
    pub(super) fn new(seconds: Option<f64>, iterations: Option<u64>, begun: Instant) -> Self {
        let limit = seconds.or(iterations.is_none().then_some(DEFAULT_SECONDS));
        Self { limit, iterations, begun, kept: Arc::new(AtomicU64::new(0.0_f64.to_bits())) }
    }

    /// The seconds that all may take; nothing where there is no limit.
    pub(super) fn limit(&self) -> Option<f64> {
        self.limit
    }

    /// Keeps so many seconds for what comes after the search.
    pub(super) fn keep(&self, seconds: f64) {
        self.kept.store(seconds.to_bits(), Ordering::Relaxed);
    }

    /// Seconds since the beginning.
    pub(super) fn elapsed(&self) -> f64 {
        self.begun.elapsed().as_secs_f64()
    }

    /// When a search must end.
    fn stop(&self) -> Stop {
        let budget = self.clone();
        let time = Stop::measured(move || budget.spent());
        match self.iterations {
            Some(steps) => time.or(Stop::iterations(steps)),
            None => time,
        }
    }

    fn spent(&self) -> f64 {
        let kept = f64::from_bits(self.kept.load(Ordering::Relaxed));
        self.limit.map_or(0.0, |limit| self.elapsed() / (limit - kept).max(1e-9))
    }
}

/// So many seconds since a moment, if there is such a limit.
pub(super) fn since(begun: Instant, limit: Option<f64>) -> Stop {
    limit.map_or_else(Stop::never, |limit| {
        Stop::measured(move || begun.elapsed().as_secs_f64() / limit.max(1e-9))
    })
}

/// As many threads as the machine has.
pub(super) fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Searches; `listen` hears of each step as the user does.
pub(super) fn search(
    problem: &Problem,
    options: &Options,
    budget: &Budget,
    common: &Common,
    terminal: &Terminal<'_>,
    listen: &mut dyn FnMut(&Progress<'_>),
) -> Solved {
    explore(budget, common, terminal, |stop, show| {
        solve_with(problem, options, stop, &mut |progress| {
            listen(progress);
            show(progress);
        })
    })
}

/// Does a work of one search or several, which is told when it must end, and shows its progress.
pub(super) fn explore<R>(
    budget: &Budget,
    common: &Common,
    terminal: &Terminal<'_>,
    work: impl FnOnce(&Stop, &mut dyn FnMut(&Progress<'_>)) -> R,
) -> R {
    let stop = budget.stop().or(Stop::cancelled_by(terminal.cancel()));
    let bar = (terminal.is_watched() && !common.quiet).then(progress_bar);
    let done = work(&stop, &mut |progress| {
        if let Some(bar) = &bar {
            bar.set_message(message(progress, common.lang()));
            bar.tick();
        }
    });
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    done
}

fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {elapsed} {msg}");
    ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
}

fn message(progress: &Progress<'_>, lang: Lang) -> String {
    let (steps, unserved) = (progress.iterations, progress.unserved());
    let priority = progress.score.terms.get(Term::UnservedPriority);
    let minutes = progress.score.terms.get(Term::TravelTime) / 60;
    let text = qise::text!(
        "{steps} steps · {unserved} needs unserved (priority {priority}) · {minutes} min on the road · Ctrl-C ends the search",
        "{steps} 步 · 未满足 {unserved} 项（优先级合计 {priority}）· 路途 {minutes} 分钟 · 按 Ctrl-C 结束搜索"
    );
    text.in_lang(lang).to_owned()
}

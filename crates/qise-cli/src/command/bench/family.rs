//! One family: every instance that is asked for, one after the other.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use qise::model::Term;
use qise::solve::Options;
use qise::{Text, text};
use qise_io::bench::{Benchmark, BestKnown, Convention, Family};
use serde_json::json;

use super::bounds;
use super::files::{BEST_KNOWN, InstanceFile, best_known, bytes, folder, instances};
use super::table::{Row, RunKey, Table, shown, summary};
use super::trace::{Improvements, Trace, picture};
use crate::args::{BenchFamily, Common};
use crate::command::files::{must_be_files, settle, settle_folder};
use crate::command::search::{Budget, default_threads, search};
use crate::command::{faulty, report, write};
use crate::{Terminal, exit};

/// Numbers of paths where no value is listed.
const USUAL_PATHS: [u32; 4] = [1, 2, 3, 4];

/// What all instances of a run share.
pub(super) struct Run<'a> {
    pub(super) family: Family,
    pub(super) convention: Convention,
    pub(super) best: BestKnown,
    pub(super) args: &'a BenchFamily,
    pub(super) common: &'a Common,
}

/// One instance solved.
struct Outcome {
    row: Row,
    solution: String,
    improvements: Improvements,
}

pub(super) fn run(
    family: Family,
    args: &BenchFamily,
    common: &Common,
    terminal: &mut Terminal<'_>,
) -> Result<u8> {
    let convention = match convention(family, args.convention.as_deref()) {
        Ok(convention) => convention,
        Err(wrong) => {
            terminal.complain_line(&format!("qise: {}", wrong.in_lang(common.lang())));
            return Ok(exit::USAGE);
        }
    };
    let folder = folder(family, &args.data);
    let best = best_known(&folder)?;
    let files = instances(family, &folder, &best, &args.instances)?;
    let inputs = files.iter().map(|file| Some(file.path.clone()));
    let inputs = inputs.chain([Some(folder.join(BEST_KNOWN))]).collect::<Vec<_>>();
    let drawn = args.trace.as_deref().map(picture);
    must_be_files(&[Some(&args.out), args.trace.as_deref()])?;
    settle(common, &inputs, &[Some(&args.out), args.trace.as_ref(), drawn.as_ref()])?;
    let run = Run { family, convention, best, args, common };
    if let Some(seconds) = args.bound {
        return bounds::run(&run, &files, seconds, terminal);
    }
    let mut table = Table::open(&args.out)?;
    let trace = args.trace.as_deref().map(Trace::open).transpose()?;
    if let Some(folder) = &args.solutions {
        settle_folder(folder, &inputs, |name| Path::new(name).extension().is_some_and(|end| end == "json"))?;
    }

    let mut code = exit::OK;
    let mut rows = Vec::new();
    let _heeding = terminal.heed();
    let limits = Budget::new(args.time_limit, args.iterations, Instant::now());
    // The first instance answers for the start of the program as well.
    let mut begun = Some(terminal.begun());
    for file in &files {
        for paths in run.paths(file) {
            let label = label(&file.name, paths);
            if let Some(row) = table.find(&run.key(&label, &limits)) {
                rows.push(row.clone());
                continue;
            }
            let begun = begun.take().unwrap_or_else(Instant::now);
            let Outcome { row, solution, improvements } = match run.solve(file, paths, begun, terminal) {
                Ok(outcome) => outcome,
                // One bad file is told of and passed over.
                Err(error) => {
                    code = report(&error, common, terminal);
                    continue;
                }
            };
            if terminal.cancel().is_cancelled() {
                return Ok(code);
            }
            if let Some(folder) = &args.solutions {
                write(&folder.join(format!("{}.json", label.replace('/', "__"))), &solution, terminal)?;
            }
            if let Some(trace) = &trace {
                trace.add(&label, &improvements)?;
            }
            if !common.quiet && !common.json {
                terminal.say(&shown(&row));
            }
            rows.push(row.clone());
            table.add(row)?;
        }
    }
    if let Some(trace) = &trace {
        let title = format!("{} {}", family.as_str(), run.convention.name);
        trace.draw(&title, |label, value| {
            let row = table.find(&run.key(label, &limits))?;
            row.best_known.map(|best| gap_percent(family, value, best))
        })?;
    }
    if !common.quiet || common.json {
        terminal.say(&closing(&rows, &args.out, common));
    }
    Ok(code)
}

/// The convention of a name, the usual one without it.
fn convention(family: Family, name: Option<&str>) -> Result<Convention, Text> {
    let all = Convention::of(family);
    let found = name.map_or(Some(all[0]), |name| Convention::named(family, name));
    found.ok_or_else(|| {
        let names = all.iter().map(|convention| convention.name).collect::<Vec<_>>().join(", ");
        let name = name.unwrap_or_default();
        text!(
            "--convention: found {name:?}, expected one of {names}",
            "--convention：现为 {name:?}，应为 {names} 之一"
        )
    })
}

/// The name of an instance in tables and files; without what would break a table.
pub(super) fn label(name: &str, paths: Option<u32>) -> String {
    let name = name.replace([',', '"', '\n', '\r'], "_");
    paths.map_or_else(|| name.clone(), |paths| format!("{name}_m{paths}"))
}

/// By how many percent a value is worse than the best known one.
fn gap_percent(family: Family, value: f64, best: f64) -> f64 {
    let worse = if family.is_maximised() { best - value } else { value - best };
    if worse.abs() > 0.0 { 100.0 * worse / best.abs().max(f64::MIN_POSITIVE) } else { 0.0 }
}

/// One line, or one object, about all rows.
fn closing(rows: &[Row], out: &Path, common: &Common) -> String {
    let (count, feasible) = (rows.len(), rows.iter().filter(|row| row.feasible).count());
    let (known, mean) = summary(rows);
    if common.json {
        let report = json!({
            "instances": count, "feasible": feasible, "mean_gap_percent": mean, "compared": known, "out": out,
        });
        return format!("{report:#}\n");
    }
    let mut line = text!("{count} instances, {feasible} feasible", "{count} 个算例，{feasible} 个可行");
    if let Some(mean) = mean {
        let more = text!("; mean gap {mean:.3} % over {known}", "；{known} 个算例的平均差距 {mean:.3} %");
        line = Text::new(line.en + &more.en, line.zh + &more.zh);
    }
    format!("{}; {}\n", line.in_lang(common.lang()), out.display())
}

impl Run<'_> {
    /// What tells the run of an instance from others in the table.
    fn key<'k>(&'k self, label: &'k str, limits: &Budget) -> RunKey<'k> {
        RunKey {
            instance: label,
            convention: self.convention.name,
            seed: self.args.seed,
            time_limit: limits.limit(),
            step_limit: self.args.iterations,
        }
    }

    /// The numbers of paths with which an instance is solved; nothing where the instance says it.
    pub(super) fn paths(&self, file: &InstanceFile) -> Vec<Option<u32>> {
        if !self.family.asks_for_paths() {
            return vec![None];
        }
        let paths = match (self.args.paths, self.best.paths_of(&file.name)) {
            (Some(paths), _) => vec![paths],
            (None, listed) if listed.is_empty() => USUAL_PATHS.to_vec(),
            (None, listed) => listed,
        };
        paths.into_iter().map(Some).collect()
    }

    fn solve(
        &self,
        file: &InstanceFile,
        paths: Option<u32>,
        begun: Instant,
        terminal: &Terminal<'_>,
    ) -> Result<Outcome> {
        let benchmark = self.benchmark(file, paths, self.convention)?;
        let label = label(&file.name, paths);
        let options = Options {
            seed: self.args.seed,
            threads: self.args.threads.map_or_else(default_threads, usize::from),
            ..Options::default()
        };
        let budget = Budget::new(self.args.time_limit, self.args.iterations, begun);
        let mut improvements = Improvements::default();
        let solved = search(&benchmark.problem, &options, &budget, self.common, terminal, &mut |progress| {
            let terms = &progress.score.terms;
            if self.args.trace.is_some() && terms.get(Term::UnservedMandatory) == 0 {
                let value = benchmark.value(terms);
                improvements.note(begun.elapsed().as_secs_f64(), progress.iterations, value);
            }
        });
        let seconds = begun.elapsed().as_secs_f64();
        let terms = &solved.evaluation.score.terms;
        let feasible = solved.evaluation.is_valid() && terms.get(Term::UnservedMandatory) == 0;
        let value = benchmark.exact_value(&solved.plan, terms);
        let iterations = solved.statistics.iterations;
        if feasible {
            improvements.end(seconds, iterations, value);
        }
        let best_known = self.best.value(self.family, &file.name, self.convention, paths);
        let row = Row {
            instance: label,
            convention: self.convention.name.to_owned(),
            value: benchmark.show(value),
            vehicles: solved.plan.routes.iter().filter(|route| !route.visits.is_empty()).count(),
            best_known,
            // What serves fewer customers than it must is no shorter for it.
            gap_percent: best_known.filter(|_| feasible).map(|best| gap_percent(self.family, value, best)),
            feasible,
            seconds,
            iterations,
            seed: self.args.seed,
            time_limit: budget.limit(),
            step_limit: self.args.iterations,
        };
        Ok(Outcome { row, solution: benchmark.solution(&solved.plan), improvements })
    }

    pub(super) fn benchmark(
        &self,
        file: &InstanceFile,
        paths: Option<u32>,
        convention: Convention,
    ) -> Result<Benchmark> {
        let instance = faulty(&file.path, self.family.read(&file.name, &bytes(self.family, &file.path)?))?;
        let instance = match paths {
            Some(paths) => instance.with_paths(paths),
            None => instance,
        };
        faulty(&file.path, instance.benchmark(&file.name, convention))
    }
}

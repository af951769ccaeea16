//! `qise bench FAMILY --bound S`: what no plan goes beyond, beside the best known values, as a table that grows by one row an instance.

use std::time::Instant;

use anyhow::Result;
use qise::bound::{Aim, Options, bound};
use qise::{Stop, text};
use qise_io::visible::visible;
use serde_json::json;

use super::family::{Run, label};
use super::files::InstanceFile;
use super::rows;
use crate::command::report;
use crate::command::search::default_threads;
use crate::{Terminal, exit};

const HEADING: &str = "instance,convention,bound,method,best_known,gap_percent,seconds,time_limit_s";

/// One row.
struct Row {
    instance: String,
    bound: String,
    method: &'static str,
    best_known: Option<f64>,
    /// How far the best known value is from the bound, in percent of it; less than nothing where the bound is wrong.
    gap_percent: Option<f64>,
    seconds: f64,
}

/// Bounds all instances, but for those that stand in the table already.
pub(super) fn run(
    run: &Run<'_>,
    files: &[InstanceFile],
    seconds: f64,
    terminal: &mut Terminal<'_>,
) -> Result<u8> {
    let known = rows::open(&run.args.out, HEADING)?;
    let is_known = |label: &str| {
        let (begin, end) = (format!("{label},{},", run.convention.name), format!(",{seconds}"));
        known.iter().any(|row| row.starts_with(&begin) && row.ends_with(&end))
    };
    let limit = seconds;
    let _heeding = terminal.heed();
    let (mut code, mut rows) = (exit::OK, Vec::new());
    for file in files {
        for paths in run.paths(file) {
            let label = label(&file.name, paths);
            if is_known(&label) {
                continue;
            }
            let row = match one(run, file, paths, seconds, terminal) {
                Ok(row) => row,
                Err(error) => {
                    code = report(&error, run.common, terminal);
                    continue;
                }
            };
            if terminal.cancel().is_cancelled() {
                return Ok(code);
            }
            let Row { instance, bound, method, best_known, gap_percent, seconds } = &row;
            let best = best_known.map_or_else(String::new, |best| best.to_string());
            let gap = gap_percent.map_or_else(String::new, |gap| format!("{gap:.3}"));
            let convention = run.convention.name;
            rows::append(
                &run.args.out,
                &format!("{instance},{convention},{bound},{method},{best},{gap},{seconds:.3},{limit}\n"),
            )?;
            if !run.common.quiet && !run.common.json {
                terminal.say(&format!("{}  {bound}  {gap} %  {method}\n", visible(instance)));
            }
            rows.push(row);
        }
    }
    if !run.common.quiet || run.common.json {
        terminal.say(&closing(run, &rows));
    }
    Ok(code)
}

fn one(
    run: &Run<'_>,
    file: &InstanceFile,
    paths: Option<u32>,
    limit: f64,
    terminal: &Terminal<'_>,
) -> Result<Row> {
    let (begun, stop) = (Instant::now(), Stop::after(limit).or(Stop::cancelled_by(terminal.cancel())));
    let benchmark = run.benchmark(file, paths, run.convention.loosened())?;
    let is_maximised = run.family.is_maximised();
    let aim = if is_maximised { Aim::Priority } else { Aim::Effort };
    let threads = run.args.threads.map_or_else(default_threads, usize::from);
    let found = bound(&benchmark.problem, None, &Options { threads, aim, ..Options::default() }, &stop);
    let (value, relaxation) = benchmark.bound(&found, is_maximised).unzip();
    // Lists round: no value in them is beyond this.
    let value = value.unwrap_or(0.0) - run.convention.slack();
    let value = if is_maximised { value } else { (value * 1e6).floor() / 1e6 };
    let best_known = run.best.value(run.family, &file.name, run.convention, paths);
    let gap = |best: f64| {
        let gap = if is_maximised { value - best } else { best - value };
        100.0 * gap / best.abs().max(f64::MIN_POSITIVE)
    };
    Ok(Row {
        instance: label(&file.name, paths),
        bound: if run.convention.slack() > 0.0 { format!("{value:.4}") } else { benchmark.show(value) },
        method: relaxation.map_or("asked", qise::bound::Relaxation::as_str),
        best_known,
        gap_percent: best_known.map(gap),
        seconds: begun.elapsed().as_secs_f64(),
    })
}

/// One line, or one object, about all rows.
fn closing(run: &Run<'_>, rows: &[Row]) -> String {
    let gaps = rows.iter().filter_map(|row| row.gap_percent).collect::<Vec<_>>();
    let (count, compared) = (rows.len(), gaps.len());
    let mean = (!gaps.is_empty()).then(|| gaps.iter().sum::<f64>() / gaps.len() as f64);
    let wrong = gaps.iter().filter(|gap| **gap < 0.0).count();
    let out = &run.args.out;
    if run.common.json {
        let report = json!({
            "instances": count, "compared": compared, "mean_gap_percent": mean, "beyond_best_known": wrong, "out": out,
        });
        return format!("{report:#}\n");
    }
    let mean = mean.map_or_else(|| "–".to_owned(), |mean| format!("{mean:.3} %"));
    let words = text!(
        "{count} instances bounded; mean gap {mean} over {compared}; {wrong} bounds beyond the best known value",
        "已界定 {count} 个算例；{compared} 个算例的平均差距 {mean}；{wrong} 个界越过最优已知值"
    );
    format!("{}; {}\n", words.in_lang(run.common.lang()), out.display())
}

//! `qise coverage`: who is near enough, by category and hour, and where more would help.

use std::path::{Path, PathBuf};

use anyhow::Result;
use qise::Stop;
use qise::coverage::Measure;
use qise_io::coverage::{BadOption, Candidates, Options, Placing, Row, read_points, read_region, report};

use super::{Trouble, read, read_scenario, settle, write};
use qise_io::visible::shown;

use crate::args::{Common, Coverage, Of};
use crate::{Terminal, exit, show};

pub(crate) fn run(args: &Coverage, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let named = |word: Option<&String>| word.map(PathBuf::from).filter(|path| path.is_file());
    let inputs = [
        Some(args.scenario.clone()),
        args.residents.clone(),
        named(args.region.as_ref()),
        named(Some(&args.candidates)),
    ];
    let common = &settle(common, &inputs, &[args.out.as_ref(), args.geojson.as_ref()])?;
    let wrong = |BadOption(words)| Trouble::Argument(words);
    let scenario = read_scenario(&args.scenario)?;
    let options = options(args)?;
    let report = report(&scenario, &options, &Stop::never()).map_err(wrong)?;
    let document = (common.json || args.out.is_some()).then(|| format!("{:#}\n", report.to_json(&scenario)));
    if common.json {
        terminal.say(document.as_deref().unwrap_or_default());
    } else if !common.quiet {
        terminal.say(&show::coverage(&shown(&scenario), &report, common.lang()));
    }
    if let Some((path, document)) = args.out.as_ref().zip(document.as_ref()) {
        write(path, document, terminal)?;
    }
    if let Some(path) = &args.geojson {
        write(path, &report.to_geojson(&scenario.problem), terminal)?;
    }
    Ok(exit::OK)
}

fn options(args: &Coverage) -> Result<Options> {
    let wrong = |BadOption(words)| Trouble::Argument(words);
    let region = match &args.region {
        Some(words) => {
            let open = || read(Path::new(words));
            Some(read_region::<Failed>(words, || open().map_err(Failed)).map_err(|failed| failed.0)?)
        }
        None => None,
    };
    let table = |path: &Path| -> Result<Vec<Row>> {
        Ok(read_points(&path.display().to_string(), &read(path)?).map_err(wrong)?)
    };
    let residents = match &args.residents {
        Some(path) => Some(Row::residents(&table(path)?).map_err(wrong)?),
        None => None,
    };
    let placing = match args.place {
        Some(count) => Some(Placing {
            count,
            like: args.what.like.clone(),
            skills: args.what.skills.clone().unwrap_or_default(),
            people: args.people,
            profile: args.profile.clone(),
            radius_m: args.radius,
            lend: args.what.lend.clone(),
            candidates: match args.candidates.as_str() {
                "places" => Candidates::Places,
                "bases" => Candidates::Bases,
                "needs" => Candidates::Needs,
                "cells" => Candidates::Cells,
                path => Candidates::Rows(table(Path::new(path))?),
            },
            of: args.of.map(|of| match of {
                Of::Needs => Measure::Needs,
                Of::Residents => Measure::Residents,
                Of::Area => Measure::Land,
            }),
            exact: args.exact.then_some(args.steps),
        }),
        None => None,
    };
    Ok(Options {
        minutes: args.minutes.clone(),
        within: args.within,
        day: args.day.clone(),
        hours: args.hours.clone(),
        requires: args.requires.clone(),
        asks: args.asks,
        categories: args.category.clone(),
        region,
        cell_m: args.cell,
        residents,
        gaps: args.gaps,
        gap_m: args.gap_size,
        placing,
    })
}

/// What went wrong with a region: its words, or its file.
struct Failed(anyhow::Error);

impl From<BadOption> for Failed {
    fn from(BadOption(words): BadOption) -> Self {
        Self(Trouble::Argument(words).into())
    }
}

//! The faults of a document and those that the core finds in its data, as one list in the order of the document.

use std::collections::{BTreeMap, BTreeSet};

use qise::Faults;
use qise::model::{Code, Fault, Time};

use super::Findings;
use super::findings::stands_at_or_beneath;
use super::needs::PERSON;
use crate::document as doc;
use crate::path;
use crate::read::{MOST_FAULTS, stopped};
use crate::time::Zone;

/// All faults of a scenario: those of the document, and of the core's what does not merely follow from them.
pub(crate) fn merge(mut findings: Findings, mut core: Faults, zone: &Zone) -> Faults {
    let causes = findings.faults.iter().filter(|fault| changes_the_data(fault.code));
    let causes = causes.map(|fault| &fault.path).chain(&findings.silent).cloned().collect::<BTreeSet<_>>();
    let alone = findings.faults.is_empty();
    let profiles_faulty = stands_at_or_beneath(&causes, "$.profiles");
    let zone_faulty = causes.contains("$.time_zone");
    let gaps = findings.gaps();
    let mut faults = Vec::new();
    let derived = |path: &str| {
        let element = path.find(']').and_then(|end| path.get(..=end));
        element.and_then(|element| findings.derived.get(element)).cloned()
    };
    for fault in &mut core.0 {
        relocate(&findings.relocated, &mut fault.path);
    }
    let is_cut = core.0.len() >= MOST_FAULTS;
    let (ordinary, made) = core.0.into_iter().partition::<Vec<_>, _>(|fault| derived(&fault.path).is_none());
    for mut fault in ordinary {
        fault.path = in_role(&findings.crews, gaps.in_document(&fault.path));
        let follows = match fault.code {
            // These look at the problem as a whole, which is not what the document means while anything in it is faulty.
            Code::PinImpossible | Code::ObjectiveOverflow => !alone,
            Code::NoCoordinates => profiles_faulty,
            // Times with an offset and times without one cannot be compared then.
            code if is_of_times(code) => zone_faulty,
            _ => false,
        };
        // The core counts the seven built-in categories too; whatever it can find there has been found by reading.
        let counted_otherwise = fault.path.starts_with("$.categories[");
        if !follows && !counted_otherwise && !is_covered(&causes, &fault.path) {
            show_as_time(&mut fault, zone);
            faults.push(fault);
        }
    }
    // What an entry stands for beside itself is told only where nothing is wrong with the entry.
    for mut fault in made {
        fault.path = derived(&fault.path).unwrap_or_default();
        let beneath = |other: &Fault| other.path.starts_with(&fault.path);
        if !is_covered(&causes, &fault.path) && !faults.iter().any(beneath) {
            faults.push(fault);
        }
    }
    faults.extend(findings.faults);
    if is_cut {
        faults.push(stopped());
    }
    in_order(faults, doc::Scenario::FIELDS)
}

/// All faults of a need that stands alone, at `$`: those of its document, and of the core's what does not merely follow from them.
pub(crate) fn merge_one(mut findings: Findings, core: Faults, zone: &Zone) -> Faults {
    let causes = findings.faults.iter().filter(|fault| changes_the_data(fault.code));
    let causes = causes.map(|fault| &fault.path).chain(&findings.silent).cloned().collect::<BTreeSet<_>>();
    let alone = findings.faults.is_empty();
    let gaps = findings.gaps();
    let mut faults = Vec::new();
    for mut fault in core.0 {
        fault.path = in_only_role(&findings.crews, "$", gaps.in_document(&fault.path));
        let follows = fault.code == Code::PinImpossible && !alone;
        if !follows && !is_covered(&causes, &fault.path) {
            show_as_time(&mut fault, zone);
            faults.push(fault);
        }
    }
    faults.extend(findings.faults);
    in_order(faults, doc::Need::FIELDS)
}

/// Puts a path of a list that was made of another list of the document where that one stands.
fn relocate(relocated: &BTreeMap<String, String>, path: &mut String) {
    let nearest = relocated.range(..=path.clone()).next_back();
    if let Some((list, place)) = nearest
        && let Some(rest) = path.strip_prefix(list.as_str())
        && (rest.is_empty() || rest.starts_with(['.', '[']))
    {
        *path = format!("{place}{rest}");
    }
}

/// The core writes what is asked of the only person of a need beside the need, where a document may have a list of one role.
fn in_role(crews: &BTreeSet<String>, path: String) -> String {
    let Some(end) = path.strip_prefix("$.needs[").and_then(|rest| rest.find(']')) else { return path };
    let need = path[..="$.needs[".len() + end].to_owned();
    in_only_role(crews, &need, path)
}

/// The same of the need that stands at `need`.
fn in_only_role(crews: &BTreeSet<String>, need: &str, path: String) -> String {
    let Some(rest) = path.strip_prefix(need) else { return path };
    let field = rest.trim_start_matches('.').split(['.', '[']).next().unwrap_or_default();
    if crews.contains(need) && PERSON.contains(&field) { format!("{need}.roles[0]{rest}") } else { path }
}

/// Faults in the order of the document.
pub(crate) fn in_order(mut faults: Vec<Fault>, fields: &[&str]) -> Faults {
    faults.sort_by(|a, b| path::compare(&a.path, &b.path, fields).then(a.code.cmp(&b.code)));
    Faults(faults)
}

/// Whether the value at the path of such a fault is not in the data as the document has it.
fn changes_the_data(code: Code) -> bool {
    !matches!(code, Code::UnknownField | Code::Unsupported | Code::DuplicateField)
}

/// Whether such a fault of the core is about the order of times.
fn is_of_times(code: Code) -> bool {
    matches!(code, Code::WindowReversed | Code::WindowOverlap | Code::ShiftConflict | Code::BreakOutsideShift)
}

/// Whether one of `paths` is this path, lies beneath it, or above it.
fn is_covered(paths: &BTreeSet<String>, path: &str) -> bool {
    let above = path.char_indices().filter(|(_, c)| matches!(c, '.' | '[')).map(|(end, _)| &path[..end]);
    stands_at_or_beneath(paths, path) || above.into_iter().any(|above| paths.contains(above))
}

/// The core knows times as seconds; people know them as documents write them.
fn show_as_time(fault: &mut Fault, zone: &Zone) {
    if (is_of_times(fault.code) || fault.code == Code::PinImpossible)
        && let Ok(seconds) = fault.found.en.parse::<i64>()
    {
        fault.found = zone.format(Time(seconds)).into();
    }
}

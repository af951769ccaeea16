//! The instances of a family, found in its folder.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use qise_io::bench::{BestKnown, Family};

use super::glob;
use crate::command::{faulty, read};

/// An instance: its name, and its file.
#[derive(Debug)]
pub(super) struct InstanceFile {
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// The name of the list of best known values in it.
pub(super) const BEST_KNOWN: &str = "best_known.csv";

/// The folder of a family: `data` itself, or the one of that name in it.
pub(super) fn folder(family: Family, data: &Path) -> PathBuf {
    let inside = data.join(family.as_str());
    if inside.is_dir() { inside } else { data.to_owned() }
}

/// The list of best known values of a folder; an empty one where there is none.
pub(super) fn best_known(folder: &Path) -> Result<BestKnown> {
    let path = folder.join(BEST_KNOWN);
    if path.is_file() { faulty(&path, BestKnown::read(&read(&path)?)) } else { Ok(BestKnown::default()) }
}

/// The instances whose names match one of the patterns, all when there are none; in order of their paths.
pub(super) fn instances(
    family: Family,
    folder: &Path,
    best: &BestKnown,
    patterns: &[String],
) -> Result<Vec<InstanceFile>> {
    let mut files = Vec::new();
    walk(family, folder, "", &mut files)?;
    let named = files.into_iter().map(|(inside, path)| InstanceFile { name: best.name_of(&inside), path });
    let wanted = |file: &InstanceFile| {
        patterns.is_empty() || patterns.iter().any(|pattern| glob::matches(pattern, &file.name))
    };
    let found = named.filter(wanted).collect::<Vec<_>>();
    if found.is_empty() {
        let what = if patterns.is_empty() { String::new() } else { format!(" {}", patterns.join(", ")) };
        bail!("no instances{what} in {}", folder.display());
    }
    Ok(found)
}

/// The bytes of an instance: of its file, or of all its lists.
pub(super) fn bytes(family: Family, path: &Path) -> Result<Vec<u8>> {
    let Some(lists) = family.lists() else { return read(path) };
    let lists = lists.iter().map(|list| read(&path.join(list))).collect::<Result<Vec<_>>>()?;
    Ok(lists.join(&b'\n'))
}

/// Collects the files that look like instances, with their paths inside the folder without ending.
fn walk(family: Family, folder: &Path, inside: &str, files: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let listed = || format!("cannot list {}", folder.display());
    let entries = std::fs::read_dir(folder).with_context(listed)?;
    let mut paths =
        entries.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>().with_context(listed)?;
    paths.sort();
    for path in paths {
        let part = |part: Option<&std::ffi::OsStr>| {
            part.map_or_else(String::new, |p| p.to_string_lossy().into_owned())
        };
        let name = part(path.file_name());
        let is_instance = |lists: &[&str]| lists.iter().all(|list| path.join(list).is_file());
        if family.lists().is_some_and(is_instance) {
            files.push((format!("{inside}{name}"), path));
        } else if path.is_dir() {
            if !family.is_beside(&name) {
                walk(family, &path, &format!("{inside}{name}/"), files)?;
            }
        } else if family.lists().is_none()
            && matches!(part(path.extension()).as_str(), "" | "txt" | "vrp" | "json")
            && !name.starts_with('.')
        {
            files.push((format!("{inside}{}", part(path.file_stem())), path));
        }
    }
    Ok(())
}

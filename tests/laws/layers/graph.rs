//! Which file uses which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::source::{Named, paths};

/// A module by its path: `["solve", "moves"]`.
type Module = Vec<String>;

/// The files of a crate and what they use.
pub(super) struct Graph {
    named: BTreeMap<Module, Vec<Named>>,
}

impl Graph {
    /// That of the core.
    pub(super) fn of_the_core() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/qise/src");
        let mut named = BTreeMap::new();
        read(&root, &mut Vec::new(), &mut named);
        assert!(named.len() > 100, "the core has many files");
        Self { named }
    }

    /// Of files by their names, at the root of a crate.
    pub(super) fn of_files(files: &[(&str, &str)]) -> Self {
        let file = |(name, source): &(&str, &str)| (vec![(*name).to_owned()], paths(source));
        Self { named: files.iter().map(file).collect() }
    }

    /// Every pair of a file and another that it uses, by their names.
    pub(super) fn arrows(&self) -> Vec<(String, String)> {
        let arrows =
            self.named.keys().flat_map(|from| self.used_by(from).into_iter().map(move |to| (from, to)));
        arrows.map(|(from, to)| (name(from), name(&to))).collect()
    }

    /// Sets of files that use each other in a circle, by their names.
    pub(super) fn circles(&self) -> Vec<Vec<String>> {
        let used =
            self.named.keys().map(|from| (from.clone(), self.used_by(from))).collect::<BTreeMap<_, _>>();
        let reached = |start: &Module| {
            let mut seen = BTreeSet::new();
            let mut next = vec![start.clone()];
            while let Some(module) = next.pop() {
                next.extend(used[&module].iter().filter(|&to| seen.insert(to.clone())).cloned());
            }
            seen
        };
        let reached = used.keys().map(|from| (from.clone(), reached(from))).collect::<BTreeMap<_, _>>();
        let mut circles = BTreeSet::new();
        for (from, to) in &reached {
            if to.contains(from) {
                let mates = to.iter().filter(|&mate| reached[mate].contains(from));
                circles.insert(mates.map(name).collect::<Vec<_>>());
            }
        }
        circles.into_iter().collect()
    }

    fn used_by(&self, from: &Module) -> BTreeSet<Module> {
        let absolute = |named: &Named| {
            self.absolute(from, &named.path).map(|path| (self.resolve(&path, 0), named.is_public))
        };
        let used = self.named[from].iter().filter_map(absolute);
        // A module that offers what its own parts define does not use them.
        let used = used.filter(|(to, is_public)| !(*is_public && to.starts_with(from)));
        used.map(|(to, _)| to).filter(|to| to != from && self.named.contains_key(to)).collect()
    }

    /// A path from the root of the crate; `None` for what is of another crate, or of the file itself.
    fn absolute(&self, from: &Module, path: &[String]) -> Option<Vec<String>> {
        let above = path.iter().take_while(|name| *name == "super").count();
        let base = match path.first()?.as_str() {
            "crate" => return Some(path[1..].to_vec()),
            "self" => return Some([from, &path[1..]].concat()),
            "super" => &from[..from.len().checked_sub(above)?],
            child => {
                let child = [from.as_slice(), &[child.to_owned()]].concat();
                return self.named.contains_key(&child).then(|| [from, path].concat());
            }
        };
        Some([base, &path[above..]].concat())
    }

    /// The file in which the last name of a path is defined: names that a module takes from another and offers are followed.
    fn resolve(&self, path: &[String], depth: usize) -> Module {
        if path == ["text"] {
            // A macro that is exported stands at the root, wherever it is defined.
            return ["base", "text"].map(str::to_owned).to_vec();
        }
        if self.named.contains_key(path) || depth > 8 {
            return path.to_vec();
        }
        let lengths = (0..path.len()).rev();
        let Some(module) =
            lengths.map(|length| &path[..length]).find(|module| self.named.contains_key(*module))
        else {
            return path.to_vec();
        };
        let item = &path[module.len()];
        let offered = self.named[module].iter().find(|named| named.alias.as_ref() == Some(item));
        match offered.and_then(|named| self.absolute(&module.to_vec(), &named.path)) {
            Some(other) if other != path => self.resolve(&other, depth + 1),
            _ => module.to_vec(),
        }
    }
}

fn name(module: &Module) -> String {
    if module.is_empty() { "lib".to_owned() } else { module.join("/") }
}

/// Reads the files of a folder and of those in it.
fn read(folder: &Path, module: &mut Module, named: &mut BTreeMap<Module, Vec<Named>>) {
    for entry in
        fs::read_dir(folder).expect("the folder of the core").map(|entry| entry.expect("an entry").path())
    {
        let stem = entry.file_stem().and_then(|stem| stem.to_str()).expect("a name in UTF-8").to_owned();
        if entry.is_dir() {
            module.push(stem);
            read(&entry, module, named);
            module.pop();
        } else if entry.extension().is_some_and(|end| end == "rs") && stem != "tests" {
            let own = if ["mod", "lib"].contains(&stem.as_str()) { None } else { Some(stem) };
            let path = module.iter().cloned().chain(own).collect();
            named.insert(path, paths(&fs::read_to_string(&entry).expect("a file of the core")));
        }
    }
}

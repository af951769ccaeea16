//! Pages, links and kinds of blocks.

use std::collections::BTreeSet;
use std::fs;

use crate::{links, pages, path};

/// Languages of blocks, each with whoever runs it: see the crate's documentation.
const LANGUAGES: [&str; 7] = ["json", "console", "csv", "rust", "python", "sh", "text"];
/// A line of a page is no longer than this.
const COLUMNS: usize = 100;

#[test]
fn every_page_is_listed_and_has_an_example_that_is_run() {
    let pages = pages();
    let listed = pages.iter().map(|page| page.name.clone()).collect::<BTreeSet<_>>();
    assert_eq!(listed.len(), pages.len(), "a page is listed twice");
    let folder = fs::read_dir(path("docs/src")).expect("readable");
    let files = folder.map(|entry| entry.expect("readable").file_name().into_string().expect("text"));
    let files = files
        .filter(|name| {
            std::path::Path::new(name).extension().is_some_and(|ending| ending == "md")
                && name != "SUMMARY.md"
        })
        .collect::<BTreeSet<_>>();
    assert_eq!(files, listed, "the files in docs/src and the pages of the summary");
    for page in &pages {
        for block in page.blocks() {
            assert!(LANGUAGES.contains(&block.language), "{}: nobody runs {:?}", page.name, block.language);
        }
        let is_run = |language: &str| !["sh", "text", "csv"].contains(&language);
        assert!(page.blocks().iter().any(|block| is_run(block.language)), "{}: no example", page.name);
    }
}

#[test]
fn links_lead_somewhere() {
    for page in pages() {
        for link in links(&page.text).into_iter().filter(|link| !link.starts_with("https://")) {
            let file = link.split('#').next().unwrap_or_default();
            assert!(path("docs/src").join(file).exists(), "{}: {link}", page.name);
        }
    }
}

#[test]
fn lines_are_short() {
    for page in pages() {
        let mut is_code = false;
        for (number, line) in page.text.lines().enumerate() {
            is_code ^= line.starts_with("```");
            let is_free = is_code || line.starts_with('|');
            assert!(is_free || line.chars().count() <= COLUMNS, "{}:{}: {line}", page.name, number + 1);
        }
    }
}

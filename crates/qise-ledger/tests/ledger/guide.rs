//! The guide shows the table of headings as it is.

use std::path::Path;

use qise_ledger::guide_tables;

const BEGIN: &str = "<!-- tables: written by the tests of qise-ledger -->\n";
const END: &str = "<!-- end -->";

#[test]
fn the_guide_has_the_table_of_headings() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/ledger.md");
    let text = std::fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{BEGIN}{}{END}{after}", guide_tables());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&page, &wanted).unwrap();
        return;
    }
    assert!(
        text == wanted,
        "docs/src/ledger.md is not of this table: run the tests of qise-ledger with UPDATE=1"
    );
}

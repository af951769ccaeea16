//! What `qise convert` and `qise template` can be asked.

use std::path::PathBuf;

use clap::Args as ClapArgs;

#[derive(ClapArgs, Debug)]
pub(crate) struct Convert {
    /// The scenario: a document, a ledger (.xlsx, .xls, .ods), or a folder of CSV tables.
    pub(crate) from: PathBuf,
    /// Where it is written: a document (.json, or - for standard output), a workbook (.xlsx), or a folder (no ending).
    pub(crate) to: PathBuf,
}

#[derive(ClapArgs, Debug)]
pub(crate) struct Template {
    /// Where it is written: a workbook (.xlsx), or a folder (no ending). Its headings are in the language of --lang.
    pub(crate) file: PathBuf,
}

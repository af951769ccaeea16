//! Pieces and the report: harmless whatever names are, well-formed, the same in both languages; and the report in a real
//! browser, where there is one.

mod browser;
mod harmless;
mod pieces;
mod support;

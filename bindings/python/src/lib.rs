//! The engine behind the Python package `qise`: handles of problems, plans and reports, and one function for each question.
//! Converts, lets other threads run, calls the engine. It knows nothing of the package that wraps it: it takes and returns
//! handles, text and plain values, and raises what was registered with `register_errors`. Public names, defaults and
//! documentation are the package's (`python/qise`).

mod argument;
mod bound;
mod carried;
mod compare;
mod coverage;
mod dispatch;
mod error;
mod explain;
mod fairness;
mod files;
mod frames;
mod frontier;
mod generate;
mod improve;
mod offers;
mod plan;
mod problem;
mod reasons;
mod search;
mod solve;
mod value;
mod variants;
mod view;
mod workers;

/// The engine behind the package `qise`; private to it.
#[pyo3::pymodule]
mod _core {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::bound::bound;
    #[pymodule_export]
    use crate::carried::carried;
    #[pymodule_export]
    use crate::compare::{check, diff};
    #[pymodule_export]
    use crate::coverage::{Coverage, coverage};
    #[pymodule_export]
    use crate::dispatch::{Dispatch, verify};
    #[pymodule_export]
    use crate::error::register_errors;
    #[pymodule_export]
    use crate::explain::explain;
    #[pymodule_export]
    use crate::fairness::fairness;
    #[pymodule_export]
    use crate::files::write_file;
    #[pymodule_export]
    use crate::frames::{frames, read_frames, with_one_more};
    #[pymodule_export]
    use crate::frontier::frontier;
    #[pymodule_export]
    use crate::generate::{generate, schema};
    #[pymodule_export]
    use crate::improve::improve;
    #[pymodule_export]
    use crate::offers::{needs_for, rank};
    #[pymodule_export]
    use crate::plan::Plan;
    #[pymodule_export]
    use crate::problem::Problem;
    #[pymodule_export]
    use crate::solve::solve;
    #[pymodule_export]
    use crate::variants::{with_hours, with_previous};
    #[pymodule_export]
    use crate::view::{fairness_html, frontier_html, improvement_html};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::workers::remember_process();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

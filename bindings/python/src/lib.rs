//! The Python package `qise`, as far as it is Rust: one file for each topic. Converts, lets other threads run, calls the
//! engine, maps errors; what is only for show is Python.

mod argument;
mod bound;
mod coverage;
mod error;
mod explain;
mod fairness;
mod generate;
mod improve;
mod plan;
mod problem;
mod reasons;
mod search;
mod solve;
mod workers;

/// The engine behind the package `qise`, which re-exports everything here.
#[pyo3::pymodule]
mod _core {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::coverage::{Coverage, coverage};
    #[pymodule_export]
    use crate::explain::{check, explain};
    #[pymodule_export]
    use crate::fairness::frontier;
    #[pymodule_export]
    use crate::generate::{generate, schema};
    #[pymodule_export]
    use crate::improve::improve;
    #[pymodule_export]
    use crate::plan::Plan;
    #[pymodule_export]
    use crate::problem::Problem;
    #[pymodule_export]
    use crate::solve::solve;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        crate::workers::remember_process();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}

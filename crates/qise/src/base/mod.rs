//! What every other module may use and what knows none of them: texts in two languages, named enums, lists in rows, sets of ids,
//! budgets and threads, random numbers.

mod budget;
mod csr;
mod id_set;
mod named_enum;
mod random;
pub(crate) mod text;

pub use budget::Spent;
pub(crate) use budget::Threads;
pub(crate) use csr::Csr;
pub(crate) use id_set::{Id, IdSet};
pub(crate) use named_enum::named_enum;
pub(crate) use random::Random;
pub use text::{Lang, Text};

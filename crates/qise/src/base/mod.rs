//! What every other module may use and what knows none of them: texts in two languages, named enums, lists in rows, sets of ids,
//! budgets, limits and threads, random numbers.

mod budget;
mod csr;
mod id_set;
mod named_enum;
mod random;
mod rows;
mod stop;
pub(crate) mod text;

pub(crate) use budget::{Spent, Threads};
pub(crate) use csr::Csr;
pub(crate) use id_set::{Id, IdSet};
pub(crate) use named_enum::named_enum;
pub(crate) use random::Random;
pub(crate) use rows::Rows;
pub use stop::{Cancel, Stop};
pub use text::{Lang, Text};

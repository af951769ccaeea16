//! Plans for people to read: what only the program prints. The rest is [`qise_io::text`].

mod choice;
mod compare;
mod coverage;
mod fairness;
mod improve;
mod offer;
pub(crate) mod plot;
mod rules;
mod scatter;

use qise::{Text, text};
use qise_io::text::{
    MOST_ROUTES, MOST_UNSERVED, cut, duration, heading, kilometres, name, none, route, table,
};

pub(crate) use choice::choice;
pub(crate) use compare::{difference, filled};
pub(crate) use coverage::coverage;
pub(crate) use fairness::{fairness, frontier};
pub(crate) use improve::{remedies, worths};
pub(crate) use offer::offers;
pub(crate) use qise_io::text::{bound, count, plan, score, served, unserved, warnings};
pub(crate) use rules::rules;
pub(crate) use scatter::scatter;

/// What to do with a plan that was only printed.
pub(crate) fn what_next() -> Text {
    text!(
        "\nKeep the plan with --out plan.json, draw it with --svg map.svg; `qise explain` says more about one need.\n",
        "\n用 --out plan.json 保存方案，用 --svg map.svg 绘制地图；`qise explain` 详述单项需求。\n"
    )
}

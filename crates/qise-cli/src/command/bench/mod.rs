//! `qise bench`: solves benchmark problems.

mod assign;
mod bounds;
mod family;
mod files;
mod glob;
mod rows;
mod table;
mod trace;

use anyhow::Result;
use qise_io::bench::Family;

use crate::Terminal;
use crate::args::{Bench, Common};

pub(crate) fn run(bench: &Bench, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    match bench {
        Bench::Assign(args) => assign::run(args, common, terminal),
        Bench::Vrptw(args) => family::run(Family::Vrptw, args, common, terminal),
        Bench::MdvrptwSdvrptw(args) => family::run(Family::MdvrptwSdvrptw, args, common, terminal),
        Bench::Pcvrptw(args) => family::run(Family::Pcvrptw, args, common, terminal),
        Bench::Pdptw(args) => family::run(Family::Pdptw, args, common, terminal),
        Bench::Toptw(args) => family::run(Family::Toptw, args, common, terminal),
        Bench::HhcrspMankowska(args) => family::run(Family::HhcrspMankowska, args, common, terminal),
        Bench::HhcrspItalian(args) => family::run(Family::HhcrspItalian, args, common, terminal),
        Bench::HhcrspKummer(args) => family::run(Family::HhcrspKummer, args, common, terminal),
        Bench::TrspPillac(args) => family::run(Family::TrspPillac, args, common, terminal),
        Bench::Roadef2007(args) => family::run(Family::Roadef2007, args, common, terminal),
        Bench::VrptwsynBredstromRonnqvist(args) => {
            family::run(Family::VrptwsynBredstromRonnqvist, args, common, terminal)
        }
    }
}

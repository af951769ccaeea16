//! The table of sheets and headings as the guide shows it.

use std::fmt::Write as _;

use crate::say::length::Unit;
use crate::table::{Column, Kind, SETTINGS, SETTINGS_SHEET, SHEETS};

/// All sheets with their headings, in Markdown: the tables of the page of the guide.
pub fn guide_tables() -> String {
    let mut out = String::new();
    for spec in SHEETS {
        let mark = if spec.is_required { ", required" } else { "" };
        let _ = write!(out, "### {} · {}{mark}\n\n", spec.zh, spec.en);
        let [about, about_zh] = spec.about;
        let also =
            if spec.also.is_empty() { String::new() } else { format!(" Also: {}.", spec.also.join("、")) };
        let _ = write!(out, "{about}.\n{about_zh}.{also}\n\n");
        out += "| heading | English | field | holds | example | meaning |\n| --- | --- | --- | --- | --- | --- |\n";
        for column in spec.columns {
            let mark = if column.is_required { " *" } else { "" };
            let also = if column.also.is_empty() {
                String::new()
            } else {
                format!(" ({})", column.also.join("、"))
            };
            let Column { zh, en, field, example, about, .. } = column;
            let field = if field.is_empty() { String::new() } else { format!("`{field}`") };
            let _ = writeln!(
                out,
                "| {zh}{mark}{also} | {en} | {field} | {} | {example} | {}; {} |",
                holds(column.kind),
                about[0],
                about[1]
            );
        }
        out.push('\n');
    }
    let [[zh, en], ..] = SETTINGS_SHEET;
    let _ = write!(out, "### {zh} · {en}\n\nOne setting a row: its name and its value.\n\n");
    out += "| setting | English | field | example | meaning |\n| --- | --- | --- | --- | --- |\n";
    for setting in &SETTINGS {
        let field = if setting.field.is_empty() { String::new() } else { format!("`{}`", setting.field) };
        let _ = writeln!(
            out,
            "| {} | {} | {field} | {} | {}; {} |",
            setting.zh, setting.en, setting.example, setting.about[0], setting.about[1]
        );
    }
    out
}

/// What stands in the cells of a column.
fn holds(kind: Kind) -> &'static str {
    match kind {
        Kind::Words => "words",
        Kind::Flag => "是 or 否",
        Kind::Whole | Kind::People => "a whole number",
        Kind::Decimal | Kind::Longitude | Kind::Latitude => "a number",
        Kind::Duration(Unit::Hours) => "a duration; a number is hours",
        Kind::Duration(_) | Kind::RideService => "a duration; a number is minutes",
        Kind::Distance(Unit::Kilometres) => "a distance; a number is kilometres",
        Kind::Distance(_) => "a distance; a number is metres",
        Kind::Moment => "a time",
        Kind::Day => "days",
        Kind::Windows | Kind::Visits | Kind::Shifts => "times",
        Kind::Breaks => "times with durations",
        Kind::Ref(_) | Kind::Spot | Kind::RideTo => "an id or a name",
        Kind::Refs(_) | Kind::VehicleOrProfile | Kind::AskedOf(_) | Kind::AskedNot => "ids or names",
        Kind::Choice(_) | Kind::AskedGender => "one of some words",
        Kind::Held | Kind::AskedSkills | Kind::DriverSkills => "skills with levels",
        Kind::Prefers => "names with prices",
        Kind::Amounts(_) => "names with amounts",
        Kind::More => "JSON",
    }
}

//! What to generate, and which wishes are refused.

use qise::{Text, text};

use super::Region;

/// What to generate. Equal options give equal data, on every machine.
///
/// Lists grow at their end only: with the same seed, region, settlements and days, 200 needs begin with the very 100
/// that 100 needs would be, as long as volunteers and teams stay the same too.
///
/// ```
/// # use qise_io::generate::{GenerateOptions, generate};
/// let options = GenerateOptions { needs: 20, volunteers: 50, teams: 3, seed: 7, ..GenerateOptions::default() };
/// let data = generate(&options)?;
/// assert_eq!((data.needs.len(), data.volunteers.len(), data.teams.len()), (20, 50, 3));
/// # Ok::<(), qise_io::generate::GenerateError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct GenerateOptions {
    /// Where.
    pub region: Region,
    /// Number of settlements that are made up, at most 5,000: camps around the towns of a named region, and all settlements
    /// of a box, which needs at least one.
    pub settlements: usize,
    /// Number of needs, at most 2,000,000.
    pub needs: usize,
    /// How many of a hundred needs ask for a crew of two to four people, in roles alike or different.
    pub crews_percent: u32,
    /// How many of a hundred needs for one person are rides to the nearest town, and some of them back.
    pub rides_percent: u32,
    /// How many of a hundred of the other needs ask for goods that are brought: fodder, water, food.
    pub deliveries_percent: u32,
    /// How many of a hundred of the other needs ask for a wheelchair or a walker on loan. Most are fetched again some days later, where
    /// there are so many days: these are needs of their own, `n00001-back`, which come after all others and are not counted. In shorter
    /// times some fetch what was lent before.
    pub loans_percent: u32,
    /// Number of depots, at most 20,000; deliveries and loans need at least one.
    pub depots: usize,
    /// Number of vehicles that a few people of a settlement may take, at most 20,000.
    pub vehicles: usize,
    /// To how many of a hundred shifts, people, teams, vehicles and needs what is asked more rarely is added: overtime, visits of a week,
    /// breaks with nothing on board, people who should go out, loads in order, projects, and kinds of vehicle that needs name.
    pub extras_percent: u32,
    /// Number of volunteers, at most 2,000,000.
    pub volunteers: usize,
    /// Number of teams, at most 2,000,000. Without teams nobody is a member of one, and no need asks for one.
    pub teams: usize,
    /// The first day, in days since 1970-01-01, from 1900 to 2199.
    pub start_day: i32,
    /// Number of days over which needs and shifts spread, 1 to 366.
    pub days: u32,
    /// Local time minus UTC, in seconds, at most 18 hours either way. Shifts and windows keep to local hours.
    pub utc_offset_s: i32,
    /// Seed of the random draws.
    pub seed: u64,
}

impl Default for GenerateOptions {
    /// A small day in Alxa: 100 needs, 1,000 volunteers and 30 teams on 2026-11-24.
    fn default() -> Self {
        Self {
            region: Region::Alxa,
            settlements: 240,
            needs: 100,
            crews_percent: 0,
            rides_percent: 0,
            deliveries_percent: 0,
            loans_percent: 0,
            depots: 0,
            vehicles: 0,
            extras_percent: 0,
            volunteers: 1000,
            teams: 30,
            start_day: 20_781,
            days: 1,
            utc_offset_s: 8 * 3600,
            seed: 1,
        }
    }
}

/// The most needs and volunteers together: each has a place, and a problem holds 4,000,000 places.
const MOST_PLACES: usize = 3_900_000;
/// The most volunteers times days.
const MOST_PERSON_DAYS: u64 = 30_000_000;
/// The most settlements; distances between all of them are looked at.
const MOST_SETTLEMENTS: usize = 5_000;
/// The most depots, and the most vehicles.
const MOST_SUPPLIERS: usize = 20_000;
/// The most vehicles or depots times days.
const MOST_SUPPLIER_DAYS: u64 = 200_000;
/// 1900-01-01 and 2199-12-31.
const START_DAYS: (i32, i32) = (-25_567, 84_005);

impl GenerateOptions {
    /// The most needs, volunteers and teams, each.
    pub const MOST: usize = 2_000_000;

    /// Whether there are goods, or somebody to bring them.
    pub(super) fn has_supplies(&self) -> bool {
        self.deliveries_percent > 0 || self.loans_percent > 0 || self.depots > 0 || self.vehicles > 0
    }

    /// Whether [`generate`](super::generate) takes these options.
    ///
    /// # Errors
    /// The first option that is out of its range.
    pub fn check(&self) -> Result<(), GenerateError> {
        let range = |option, found: i128, least: i128, most: i128| {
            if (least..=most).contains(&found) {
                Ok(())
            } else {
                Err(GenerateError::OutOfRange { option, found, least, most })
            }
        };
        let most = Self::MOST as i128;
        range("needs", self.needs as i128, 0, most)?;
        range("crews_percent", self.crews_percent.into(), 0, 100)?;
        range("rides_percent", self.rides_percent.into(), 0, 100)?;
        range("deliveries_percent", self.deliveries_percent.into(), 0, 100)?;
        range("loans_percent", self.loans_percent.into(), 0, 100)?;
        range("extras_percent", self.extras_percent.into(), 0, 100)?;
        let supplied = self.deliveries_percent + self.loans_percent;
        range("deliveries_percent + loans_percent", supplied.into(), 0, 100)?;
        range("depots", self.depots as i128, i128::from(supplied > 0), MOST_SUPPLIERS as i128)?;
        range("vehicles", self.vehicles as i128, 0, MOST_SUPPLIERS as i128)?;
        range("volunteers", self.volunteers as i128, 0, most)?;
        range("teams", self.teams as i128, 0, most)?;
        range("needs + volunteers", (self.needs + self.volunteers) as i128, 0, MOST_PLACES as i128)?;
        range("start_day", self.start_day.into(), START_DAYS.0.into(), START_DAYS.1.into())?;
        range("days", self.days.into(), 1, 366)?;
        let person_days = self.volunteers as i128 * i128::from(self.days);
        range("volunteers * days", person_days, 0, MOST_PERSON_DAYS.into())?;
        for (option, count) in [("depots * days", self.depots), ("vehicles * days", self.vehicles)] {
            range(option, count as i128 * i128::from(self.days), 0, MOST_SUPPLIER_DAYS.into())?;
        }
        range("utc_offset_s", self.utc_offset_s.into(), -18 * 3600, 18 * 3600)?;
        let least = i128::from(matches!(self.region, Region::Box { .. }));
        range("settlements", self.settlements as i128, least, MOST_SETTLEMENTS as i128)?;
        self.region.check()
    }
}

/// Why nothing was generated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
#[error("{}", self.message())]
pub enum GenerateError {
    /// A number outside its range.
    OutOfRange {
        /// The option, or the product or sum of options.
        option: &'static str,
        /// Its value.
        found: i128,
        /// The least that is taken.
        least: i128,
        /// The most that is taken.
        most: i128,
    },
    /// A box that is not on the globe, or is the wrong way round, or too small.
    BadBox {
        /// The box as it was given: west, south, east, north in degrees.
        found: [f64; 4],
    },
    /// Neither the name of a region nor a box.
    UnknownRegion {
        /// What was given.
        found: String,
    },
}

impl GenerateError {
    /// The message in both languages.
    pub fn message(&self) -> Text {
        match self {
            Self::OutOfRange { option, found, least, most } => text!(
                "cannot generate with {option} = {found}: it must be from {least} to {most}",
                "无法生成：{option} = {found}，应在 {least} 至 {most} 之间"
            ),
            Self::BadBox { found: [west, south, east, north] } => text!(
                "cannot generate in the box {west},{south},{east},{north}: it must be west,south,east,north in degrees, \
                 within ±180 and ±85, and at least 0.01 wide and high",
                "无法在范围 {west}，{south}，{east}，{north} 内生成：应为西、南、东、北（度），经度 ±180、纬度 ±85 以内，\
                 宽和高不小于 0.01 度"
            ),
            Self::UnknownRegion { found } => {
                let names = Region::NAMES.join(", ");
                text!(
                    "unknown region {found:?}: it must be one of {names}, or a box west,south,east,north in degrees",
                    "未知地区 {found:?}：应为 {names} 之一，或以度表示的范围 西，南，东，北"
                )
            }
        }
    }
}

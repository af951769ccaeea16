//! Reading one need that comes into a problem that stands.

use qise::query::NeedInput;
use qise::{Faults, Problem};

use crate::convert::{Indexes, OneNeed, one_need};
use crate::datum::Datum;
use crate::document as doc;
use crate::read::read;
use crate::time::Zone;

/// Reads needs one by one, as they stand in a scenario: `{"id": …, "at": …, "service": …, "windows": …}`.
///
/// ```
/// use qise_io::{NeedReader, datum::Datum};
///
/// let scenario = qise_io::read_scenario(br#"{
///     "format": "qise/scenario", "version": 1, "name": "nobody calls yet",
///     "time_zone": "Asia/Shanghai", "datum": "WGS-84",
///     "volunteers": [{
///         "id": "Qimuge", "home": {"lon": 105.66488, "lat": 38.83305},
///         "shifts": [{"start": "2026-11-24T08:00", "end": "2026-11-24T12:00"}]
///     }],
///     "needs": []
/// }"#)?;
/// let reader = NeedReader::new(&scenario.problem, scenario.zone, Datum::Wgs84);
/// let tea = reader.read(&scenario.problem, br#"{
///     "id": "tea with Naren", "at": {"lon": 105.70112, "lat": 38.84020}, "service": "PT1H",
///     "windows": [{"from": "2026-11-24T09:00", "to": "2026-11-24T10:00"}]
/// }"#)?;
/// assert_eq!(tea.need.key, "tea with Naren");
///
/// let faults = reader.read(&scenario.problem, br#"{"id": "tea", "service": "an hour"}"#).unwrap_err();
/// let paths = faults.0.iter().map(|fault| fault.path.as_str()).collect::<Vec<_>>();
/// assert_eq!(paths, ["$.at", "$.service", "$.windows"]);
/// # Ok::<(), qise::Faults>(())
/// ```
#[derive(Clone, Debug)]
pub struct NeedReader {
    indexes: Indexes<'static>,
    zone: Zone,
    datum: Datum,
}

impl NeedReader {
    /// A reader of needs that speak of what a problem has. Times without an offset are in `zone`, coordinates of `datum`.
    pub fn new(problem: &Problem, zone: Zone, datum: Datum) -> Self {
        Self { indexes: Indexes::of_problem(problem), zone, datum }
    }

    /// The zone of times without an offset.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The datum of coordinates.
    pub fn datum(&self) -> Datum {
        self.datum
    }

    /// Reads a need. `problem` is the one that this reader is for, or what has become of it: its ids are the same.
    ///
    /// Whether there is such a need already is not asked. What a scenario writes out as several needs, or as several ways to serve
    /// one, is refused as [`Unsupported`](qise::model::Code::Unsupported).
    ///
    /// # Errors
    /// Everything that is wrong with it at once, by paths from `$`, the need itself.
    pub fn read(&self, problem: &Problem, json: &[u8]) -> Result<NeedInput, Faults> {
        let (given, faults) = read::<doc::Need<'_>>(json);
        let Some(given) = given else { return Err(Faults(faults)) };
        let of = OneNeed { problem, indexes: &self.indexes, zone: &self.zone, datum: self.datum };
        one_need(&of, &given, faults)
    }
}

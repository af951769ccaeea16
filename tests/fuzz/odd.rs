//! Odd values: those that a problem may just state, and those that nothing may state.

use qise::model::{LatLon, Metres, Seconds, Time};
use rand::RngExt;
use rand_pcg::Pcg64Mcg;

use crate::support::MORNING;

/// Puts odd values where others stood.
pub(crate) struct Odd<'r> {
    pub(crate) random: &'r mut Pcg64Mcg,
    /// How likely it is for any one value.
    chance: f64,
    /// Whether values beyond every limit are among them.
    lawless: bool,
}

/// Texts that programs stumble over.
pub(crate) const TEXTS: [&str; 16] = [
    "",
    " ",
    "a",
    "\u{0}",
    "\u{feff}bom",
    "line\nbreak\ttab",
    "\"quoted\" \\ back",
    "$.needs[0].id",
    "[3]",
    "阿拉善盟 苏木",
    "ᠠᠯᠠᠱᠠ",
    "👩‍⚕️👨🏽‍🚒",
    "e\u{301}\u{301}\u{301}",
    "\u{202e}desrever",
    "<script>alert(1)</script>&amp;",
    "{people} {} %s %n",
];

impl<'r> Odd<'r> {
    /// Draws how much is spoiled: nothing, one value in a thousand, …, everything.
    pub(crate) fn new(random: &'r mut Pcg64Mcg) -> Self {
        let chance = [0.0, 0.001, 0.004, 0.02, 0.1, 1.0][random.random_range(0..6)];
        let lawless = random.random_bool(0.5);
        Self { random, chance, lawless }
    }

    /// Whether the next value is spoiled.
    pub(crate) fn hits(&mut self) -> bool {
        self.random.random_bool(self.chance)
    }

    pub(crate) fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.random.random_range(0..values.len())]
    }

    fn number(&mut self, lawful: &[i64], lawless: &[i64]) -> i64 {
        if self.lawless && self.random.random_bool(0.3) { self.pick(lawless) } else { self.pick(lawful) }
    }

    pub(crate) fn time(&mut self, time: &mut Time) {
        if self.hits() {
            let near = time.0.saturating_add(self.random.random_range(-100_000..100_000));
            let lawful = [0, 1, -1, MORNING.0, near, near, near, near, Time::LIMIT, -Time::LIMIT];
            let beyond = [
                Time::LIMIT + 1,
                -Time::LIMIT - 1,
                Time::MIN.0,
                Time::MAX.0,
                i64::MIN,
                i64::MAX,
                i64::MAX - 1,
            ];
            time.0 = self.number(&lawful, &beyond);
        }
    }

    pub(crate) fn seconds(&mut self, seconds: &mut Seconds) {
        if self.hits() {
            let any = self.random.random_range(0..100_000);
            let limit = Seconds::LIMIT.0;
            seconds.0 = self.number(
                &[0, 1, 59, any, any, any, 86_400, limit],
                &[-1, limit + 1, -limit, i64::MIN, i64::MAX],
            );
        }
    }

    pub(crate) fn metres(&mut self, metres: &mut Metres) {
        if self.hits() {
            let any = self.random.random_range(0..1_000_000);
            let limit = Metres::LIMIT.0;
            metres.0 = self
                .number(&[0, 1, any, any, 20_037_509, limit], &[-1, limit + 1, -limit, i64::MIN, i64::MAX]);
        }
    }

    /// A number from `least` to `most`, or one beyond.
    pub(crate) fn count(&mut self, value: &mut u32, least: u32, most: u32) {
        if self.hits() {
            let any = self.random.random_range(least..=most);
            let small = any.min(least.saturating_add(20));
            let beyond = [0, least.wrapping_sub(1), most.wrapping_add(1), u32::MAX, u32::MAX - 1];
            let beyond = beyond.map(i64::from);
            *value = self.number(&[least, most, any, small, small].map(i64::from), &beyond) as u32;
        }
    }

    /// The number of one of `among` things, or of none.
    pub(crate) fn id(&mut self, id: &mut u32, among: usize) {
        if self.hits() {
            let any = self.random.random_range(0..among.max(1)) as i64;
            *id = self.number(&[any], &[among as i64, i64::from(u32::MAX), i64::from(u32::MAX) - 1]) as u32;
        }
    }

    pub(crate) fn id_or_none<T>(
        &mut self,
        id: &mut Option<T>,
        make: fn(u32) -> T,
        raw: fn(&mut T) -> &mut u32,
        among: usize,
    ) {
        if self.hits() {
            *id = if self.random.random_bool(0.5) && among > 0 { Some(make(0)) } else { None };
        }
        if let Some(id) = id {
            self.id(raw(id), among);
        }
    }

    pub(crate) fn text(&mut self, text: &mut String) {
        if self.hits() {
            self.pick(&TEXTS).clone_into(text);
            if self.random.random_bool(0.02) {
                *text = text.repeat(3000);
            }
        }
    }

    pub(crate) fn text_or_none(&mut self, text: &mut Option<String>) {
        if self.hits() {
            *text = self.random.random_bool(0.5).then(String::new);
        }
        if let Some(text) = text {
            self.text(text);
        }
    }

    pub(crate) fn yes_or_no(&mut self, value: &mut bool) {
        if self.hits() {
            *value = !*value;
        }
    }

    pub(crate) fn option<T>(&mut self, value: &mut Option<T>, some: impl FnOnce(&mut Self) -> T) {
        if self.hits() {
            *value = if value.is_some() { None } else { Some(some(self)) };
        }
    }

    /// Entries lost, doubled, out of order, and now and then a great many of one.
    pub(crate) fn list<T: Clone>(&mut self, list: &mut Vec<T>) {
        if !self.hits() {
            return;
        }
        if list.is_empty() {
            return;
        }
        let at = self.random.random_range(0..list.len());
        match self.random.random_range(0..6) {
            0 => list.clear(),
            1 => {
                list.remove(at);
            }
            2 | 3 => {
                let twin = list[at].clone();
                let to = self.random.random_range(0..=list.len());
                list.insert(to, twin);
            }
            4 => {
                let other = self.random.random_range(0..list.len());
                list.swap(at, other);
            }
            _ => {
                let many = self.pick(&[3, 3, 3, 10, 40]);
                let twin = list[at].clone();
                list.splice(at..at, std::iter::repeat_n(twin, many));
            }
        }
    }

    /// Poles, the date line, the other side of the globe, next door; whatever else is on the globe.
    pub(crate) fn point(&mut self) -> LatLon {
        let lats = [90.0, -90.0, 0.0, -0.0, 38.8, -38.8, 89.999_999_999, f64::MIN_POSITIVE];
        let lons = [180.0, -180.0, 0.0, 105.6, -74.4, 179.999_999_999, 90.0, 105.6 + f64::EPSILON * 64.0];
        let bits = [f64::from_bits(self.random.random()), f64::from_bits(self.random.random())];
        let (lat, lon) = if self.random.random_bool(0.2) {
            (bits[0], bits[1])
        } else {
            (self.pick(&lats), self.pick(&lons))
        };
        let on_the_globe = lat.abs() <= 90.0 && lon.abs() <= 180.0;
        let point = LatLon::new(lat, lon);
        assert_eq!(point.is_some(), on_the_globe, "{lat} {lon}");
        point.or_else(|| LatLon::new(38.8, 105.6)).expect("on the globe")
    }
}

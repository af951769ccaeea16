//! A number by which a plan tells the scenario that it was made for from others.

use qise::Problem;
use qise::model::PlaceId;

/// The fingerprint of a problem: 16 hexadecimal digits, the same on every machine. It changes with the ids of needs and people,
/// with where and when they are, how many a need asks for, how much it matters, and with the objective; names for people, ledgers
/// and the previous plan change nothing.
pub fn fingerprint(problem: &Problem) -> String {
    let mut print = Print::default();
    for need in problem.needs() {
        print.text(&need.key);
        for stop in &need.stops {
            print.place(problem, stop.place);
            print.number(stop.service.0);
            for window in &stop.windows {
                print.number(window.from.0);
                print.number(window.to.0);
            }
        }
        print.number(need.people() as i64);
        print.number(i64::from(need.priority) << 1 | i64::from(need.mandatory));
    }
    for volunteer in problem.volunteers() {
        print.text(&volunteer.key);
        print.place(problem, volunteer.home);
        for shift in &volunteer.shifts {
            print.number(shift.start.0);
            print.number(shift.end.0);
        }
    }
    for level in &problem.objective().levels {
        for weighted in level {
            print.text(weighted.term.as_str());
            print.number(i64::from(weighted.weight));
        }
        print.text("");
    }
    format!("{:016x}", print.0)
}

/// FNV-1a over eight bytes at a time, with a last shift so that high bytes reach the low ones.
struct Print(u64);

impl Default for Print {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Print {
    fn number(&mut self, number: i64) {
        let mixed = (self.0 ^ number.cast_unsigned()).wrapping_mul(0x0000_0100_0000_01b3);
        self.0 = mixed ^ (mixed >> 29);
    }

    fn text(&mut self, words: &str) {
        self.number(words.len() as i64);
        for bytes in words.as_bytes().chunks(8) {
            let mut eight = [0; 8];
            eight[..bytes.len()].copy_from_slice(bytes);
            self.number(i64::from_le_bytes(eight));
        }
    }

    /// Where a place is; its id where it has no coordinates.
    fn place(&mut self, problem: &Problem, place: PlaceId) {
        let place = problem.place(place);
        match place.at {
            Some(at) => {
                self.number(at.lat().to_bits().cast_signed());
                self.number(at.lon().to_bits().cast_signed());
            }
            None => self.text(&place.key),
        }
    }
}

//! Times of day: `9:00`, `上午9点半`, `2-4pm`, `22:00-次日6:00`, `3点以后`.

use super::DAY;
use super::reading::Reading;

/// A time of day, in minutes and seconds of the day, with its half of the day where that was said.
#[derive(Clone, Copy, PartialEq)]
struct Clock {
    seconds: i64,
    half: Option<Half>,
    /// A number alone, such as the 9 in 9-11点.
    is_bare: bool,
}

/// Parts of the day that stand alone, from which hour to which.
const PARTS: [(&str, i64, i64); 5] =
    [("上午", 8, 12), ("中午", 12, 14), ("下午", 12, 18), ("晚上", 18, 22), ("白天", 8, 18)];

#[derive(Clone, Copy, PartialEq)]
enum Half {
    Morning,
    Noon,
    Afternoon,
}

impl Reading<'_> {
    /// A time of day, or from one to another, in seconds of the day.
    pub(super) fn clocks(&mut self) -> Option<(i64, i64)> {
        if self.eat_any(&["全天", "整天", "全日", "随时", "不限", "all day", "any time"]) {
            return Some((0, DAY));
        }
        for (words, from, to) in PARTS {
            let is_alone = |scan: &Self| !scan.rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
            if self.attempt(|scan| (scan.eat(words) && is_alone(scan)).then_some(())).is_some() {
                return Some((from * 3600, to * 3600));
            }
        }
        let from = self.clock()?;
        let range = self.attempt(|scan| {
            scan.eat_to().then_some(())?;
            let is_next_day = scan.eat_any(&["次日", "翌日", "第二天"]);
            scan.skip_blanks();
            Some((scan.clock().filter(|clock| !clock.is_bare)?, is_next_day))
        });
        let Some((to, is_next_day)) = range else {
            if from.is_bare {
                return None;
            }
            let at = from.seconds;
            return Some(if self.eat_any(&["之前", "以前", "前"]) {
                (0, at)
            } else if self.eat_any(&["之后", "以后", "后", "起"]) {
                (at, DAY)
            } else {
                (at, at)
            });
        };
        // 下午2-4点, 2-4点下午: what half of the day the one is in holds for the other
        let mut until = to.seconds;
        if to.half.is_none()
            && matches!(from.half, Some(Half::Afternoon | Half::Noon))
            && until < 12 * 3600
            && until <= from.seconds
        {
            until += 12 * 3600;
        }
        let mut since = from.seconds;
        if from.is_bare
            && from.half.is_none()
            && to.half == Some(Half::Afternoon)
            && since + 12 * 3600 < until
        {
            since += 12 * 3600;
        }
        let is_night = until <= since && since >= 18 * 3600 && until <= 12 * 3600;
        if is_next_day || is_night {
            until += DAY;
        }
        Some((since, until))
    }

    /// One time of day: 9:00, 9点半, 下午2点, 2:30pm, 24:00.
    fn clock(&mut self) -> Option<Clock> {
        self.attempt(|scan| {
            let half = if scan.eat_any(&["凌晨", "早上", "早晨", "清晨", "上午", "早"]) {
                Some(Half::Morning)
            } else if scan.eat("中午") {
                Some(Half::Noon)
            } else if scan.eat_any(&["下午", "傍晚", "晚上", "夜里", "晚"]) {
                Some(Half::Afternoon)
            } else {
                None
            };
            scan.skip_blanks();
            let mut hour = i64::from(scan.digits(2).filter(|hour| *hour <= 24)?);
            let (mut minute, mut second, mut is_bare) = (0, 0, false);
            if scan.eat(":") {
                minute = scan.digits(2)?;
                if scan.eat(":") {
                    second = scan.digits(2)?;
                }
            } else if scan.eat_any(&["点钟", "点", "时"]) {
                if scan.eat("半") {
                    minute = 30;
                } else if scan.eat("一刻") {
                    minute = 15;
                } else if scan.eat("三刻") {
                    minute = 45;
                } else if let Some(minutes) = scan.attempt(|scan| scan.digits(2)) {
                    minute = minutes;
                    scan.eat("分");
                }
            } else {
                is_bare = true;
            }
            let half = match half {
                None if scan
                    .attempt(|scan| {
                        scan.skip_blanks();
                        scan.eat("am").then_some(())
                    })
                    .is_some() =>
                {
                    Some(Half::Morning)
                }
                None if scan
                    .attempt(|scan| {
                        scan.skip_blanks();
                        scan.eat("pm").then_some(())
                    })
                    .is_some() =>
                {
                    Some(Half::Afternoon)
                }
                half => half,
            };
            is_bare &= half.is_none();
            match half {
                Some(Half::Afternoon) if hour < 12 => hour += 12,
                Some(Half::Noon) if hour < 11 => hour += 12,
                Some(Half::Morning) if hour == 12 => hour = 0,
                _ => {}
            }
            let seconds = hour * 3600 + i64::from(minute) * 60 + i64::from(second);
            (minute < 60 && second < 60 && seconds <= DAY).then_some(Clock { seconds, half, is_bare })
        })
    }
}

//! When a service may start: windows, pins and hard promises.

use crate::model::{Need, Promise, Seconds, Time, Window};

/// The latest start that a hard promise to finish leaves for a service of this length.
pub(crate) fn latest_start(need: &Need, service: Seconds) -> Time {
    match need.promise {
        Some(Promise { finish_by: Some(finish), hard: true, .. }) => finish - service,
        _ => Time::MAX,
    }
}

/// The earliest start at or after `time`, in one of the windows, not after `latest`, and at the pinned moment if any.
#[inline]
pub(crate) fn earliest_start(
    windows: &[Window],
    time: Time,
    latest: Time,
    pinned: Option<Time>,
) -> Option<Time> {
    let time = match pinned {
        Some(pin) if pin < time => return None,
        Some(pin) => pin,
        None => time,
    };
    // They are in order, and there may be thousands.
    let window = windows.get(windows.partition_point(|w| w.to < time))?;
    let start = window.from.max(time);
    (start <= latest && (pinned.is_none() || start == time)).then_some(start)
}

/// The latest start not after `time`, in one of the windows, and at the pinned moment if any.
#[inline]
pub(crate) fn latest_start_by(windows: &[Window], time: Time, pinned: Option<Time>) -> Option<Time> {
    let time = match pinned {
        Some(pin) if pin > time => return None,
        Some(pin) => pin,
        None => time,
    };
    let window = &windows[windows.partition_point(|w| w.from <= time).checked_sub(1)?];
    let start = window.to.min(time);
    (pinned.is_none() || start == time).then_some(start)
}

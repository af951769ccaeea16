use qise::model::Seconds;

use super::*;

/// 2026-11-24T09:00:00+08:00.
const NINE: Time = Time(1_795_482_000);

#[test]
fn reads_times() {
    let zone = Zone::parse("Asia/Shanghai").unwrap();
    let utc = Zone::utc();
    let cases: &[(&str, Option<&Zone>, Result<Time, BadTime>)] = &[
        ("2026-11-24T09:00:00+08:00", None, Ok(NINE)),
        ("2026-11-24T09:00+08:00", None, Ok(NINE)),
        ("2026-11-24T01:00:00Z", None, Ok(NINE)),
        ("2026-11-24T01:00:00Z", Some(&zone), Ok(NINE)),
        ("2026-11-24T09:00[Asia/Shanghai]", None, Ok(NINE)),
        ("2026-11-24T09:00[Asia/Shanghai]", Some(&utc), Ok(NINE)),
        ("2026-11-24T09:00:00+08:00[Asia/Shanghai]", None, Ok(NINE)),
        ("2026-11-24T01:00:00Z[Asia/Shanghai]", None, Ok(NINE)),
        ("2026-11-24T09:00:00", Some(&zone), Ok(NINE)),
        ("2026-11-24T09:00", None, Err(BadTime::NoOffset)),
        ("2026-11-24", Some(&zone), Err(BadTime::NoTimeOfDay)),
        ("2026-11-24T09:00:00.5Z", None, Err(BadTime::Fraction)),
        ("2026-11-24T09:00:00.000Z", None, Ok(Time(NINE.0 + 8 * 3600))),
        ("2026-11-24T09:00[Asia/Alxa]", None, Err(BadTime::UnknownZone)),
        ("2026-11-24T09:00:00+07:00[Asia/Shanghai]", None, Err(BadTime::OffsetConflict)),
        ("2026-03-29T02:30[Europe/Berlin]", None, Err(BadTime::Ambiguous)),
        ("2026-10-25T02:30[Europe/Berlin]", None, Err(BadTime::Ambiguous)),
        ("2026-10-25T02:30+01:00[Europe/Berlin]", None, Ok(Time(1_792_891_800))),
        ("2026-13-01T09:00Z", None, Err(BadTime::Unreadable)),
        ("2026-02-30T09:00Z", None, Err(BadTime::Unreadable)),
        ("10000-01-01T00:00Z", None, Err(BadTime::Beyond)),
        ("+123456-01-01T00:00Z", None, Err(BadTime::Beyond)),
        ("9999-12-31T23:59:59-08:00", None, Err(BadTime::Beyond)),
        ("9999-12-30T23:59[Asia/Shanghai]", None, Ok(Time(253_402_185_540))),
        ("9999-12-31T23:59[Asia/Shanghai]", None, Err(BadTime::Beyond)),
        ("9999-12-31T23:59[America/New_York]", None, Err(BadTime::Beyond)),
        ("2026-06-30T23:59:60Z", None, Err(BadTime::LeapSecond)),
        ("20260630T235960Z", None, Err(BadTime::LeapSecond)),
        ("2026-06-30T10:00+08:60", None, Err(BadTime::Unreadable)),
        ("tomorrow", None, Err(BadTime::Unreadable)),
        ("", None, Err(BadTime::Unreadable)),
    ];
    for (words, zone, expected) in cases {
        assert_eq!(&parse_time(words, *zone), expected, "{words:?}");
    }
}

#[test]
fn reads_a_date_as_the_end_of_its_day() {
    let zone = Zone::parse("Asia/Shanghai").unwrap();
    let end = parse_time("2027-01-01T00:00:00+08:00", None).unwrap();
    assert_eq!(parse_time_or_end_of_day("2026-12-31", Some(&zone)), Ok(end));
    assert_eq!(parse_time_or_end_of_day("2026-12-31", None), Err(BadTime::NoOffset));
    assert_eq!(parse_time_or_end_of_day("9999-12-31", Some(&zone)), Err(BadTime::Beyond));
    assert_eq!(parse_time_or_end_of_day("2026-11-24T09:00:00+08:00", None), Ok(NINE));
}

#[test]
fn writes_times_that_it_reads_back() {
    for name in ["UTC", "Asia/Shanghai", "Europe/Berlin", "+08:00", "-03:30", "Asia/Kathmandu", "+00:00"] {
        let zone = Zone::parse(name).unwrap();
        assert_eq!(zone.name(), name);
        for seconds in
            [0, -1, NINE.0, NINE.0 + 1, -2_500_000_000, 1_792_891_800, 1_792_888_200, -300_000_000_000]
        {
            let words = zone.format(Time(seconds));
            assert_eq!(parse_time(&words, None), Ok(Time(seconds)), "{words}");
        }
    }
    assert_eq!(Zone::utc().format(NINE), "2026-11-24T01:00:00Z");
    assert_eq!(Zone::parse("-03:30").unwrap().format(NINE), "2026-11-23T21:30:00-03:30");
    assert_eq!(Zone::utc().format(Time(1_000_000_000_000_000)), "@1000000000000000");
}

#[test]
fn knows_zones() {
    assert_eq!(Zone::parse("asia/shanghai").unwrap().name(), "Asia/Shanghai");
    for name in
        ["", "Z", "Asia/Alxa", "+25:61", "+8 Uhr", "CST6CDT,M3.2.0,M11.1.0", "Etc/Unknown", "+08:00:00.5"]
    {
        assert_eq!(Zone::parse(name), None, "{name:?}");
    }
}

#[test]
fn counts_days_by_the_local_date() {
    let shanghai = Zone::parse("Asia/Shanghai").unwrap();
    let one_in_the_morning = Time(NINE.0 - 8 * 3600);
    assert_eq!(shanghai.day(one_in_the_morning), Zone::utc().day(one_in_the_morning) + 1);
    assert_eq!(Zone::utc().day(Time(-1)), -1);
    assert_eq!(Zone::utc().day(Time(i64::MAX)), i32::MAX);
}

#[test]
fn reads_and_writes_durations() {
    let cases = [
        ("PT1H30M", Ok(5400)),
        ("PT45M", Ok(2700)),
        ("PT90M", Ok(5400)),
        ("P1D", Ok(86_400)),
        ("P1W", Ok(604_800)),
        ("P1DT1S", Ok(86_401)),
        ("PT0S", Ok(0)),
        ("PT1.5H", Ok(5400)),
        ("-PT1M", Ok(-60)),
        ("PT1.5S", Err(BadDuration::Fraction)),
        ("P1M", Err(BadDuration::Calendar)),
        ("P1Y", Err(BadDuration::Calendar)),
        ("90 min", Err(BadDuration::Unreadable)),
        ("1h30m", Err(BadDuration::Unreadable)),
        ("", Err(BadDuration::Unreadable)),
        ("PT", Err(BadDuration::Unreadable)),
        ("PT99999999999999999999H", Err(BadDuration::Beyond)),
        ("PT1000000000000S", Err(BadDuration::Beyond)),
        ("P1H99999999999", Err(BadDuration::Unreadable)),
    ];
    for (words, expected) in cases {
        assert_eq!(parse_duration(words), expected.map(Seconds), "{words:?}");
    }
    for seconds in [0, 1, 59, 60, 3600, 5400, 86_400, 90_061, 360_000, -60, duration::LONGEST_WRITTEN] {
        let words = format_duration(Seconds(seconds));
        assert_eq!(parse_duration(&words), Ok(Seconds(seconds)), "{words}");
    }
    assert_eq!(format_duration(Seconds(5400)), "PT1H30M");
    assert_eq!(format_duration(Seconds::ZERO), "PT0S");
}

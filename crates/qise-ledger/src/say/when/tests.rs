use super::*;

fn days() -> Days {
    let zone = Zone::parse("Asia/Shanghai").unwrap();
    Days { zone, first: Some(jiff::civil::date(2026, 11, 23)), count: None }
}

fn read(words: &str) -> String {
    read_on(words, None)
}

fn read_on(words: &str, on: Option<&str>) -> String {
    let days = days();
    match days.times(words, on) {
        Ok(times) => written(&times.spans, &days.zone) + if times.each { " each" } else { "" },
        Err(bad) => format!("{bad:?}"),
    }
}

#[test]
fn times_as_offices_write_them() {
    for (words, told) in [
        ("11月24日 9:00-11:30", "2026-11-24 9:00-11:30"),
        ("11月24日9:00~11:30", "2026-11-24 9:00-11:30"),
        ("2026/11/24", "2026-11-24 0:00-24:00"),
        ("2026/11/24 9:00—11:30", "2026-11-24 9:00-11:30"),
        ("2026年11月24日上午9点到11点半", "2026-11-24 9:00-11:30"),
        ("11月24日(周二)下午2-4点", "2026-11-24 14:00-16:00"),
        ("11月24日周二 14:00-16:00", "2026-11-24 14:00-16:00"),
        ("24日 9时30分至10时", "2026-11-24 9:30-10:00"),
        ("9:00-11:00", "2026-11-23 9:00-11:00"),
        ("9点前", "2026-11-23 0:00-9:00"),
        ("下午3点以后", "2026-11-23 15:00-24:00"),
        ("10:00", "2026-11-23 10:00"),
        ("11月24日 8:00-12:00、14:00-18:00", "2026-11-24 8:00-12:00、14:00-18:00"),
        ("11月24日 9:00-10:00;11月25日 9:00-10:00", "2026-11-24 9:00-10:00;2026-11-25 9:00-10:00"),
        ("11月24日、26日 9:00-10:00", "2026-11-24 9:00-10:00;2026-11-26 9:00-10:00"),
        ("11月24-26日 9:00-10:00", "2026-11-24 9:00-10:00;2026-11-25 9:00-10:00;2026-11-26 9:00-10:00"),
        ("周一三五 9:00-11:00", "2026-11-23 9:00-11:00;2026-11-25 9:00-11:00;2026-11-27 9:00-11:00 each"),
        ("周一、周三 9:00-11:00", "2026-11-23 9:00-11:00;2026-11-25 9:00-11:00 each"),
        ("周一或周三 9:00-11:00", "2026-11-23 9:00-11:00;2026-11-25 9:00-11:00"),
        ("周六、日 全天", "2026-11-28 0:00-24:00;2026-11-29 0:00-24:00 each"),
        ("Mon-Tue 9:00-11:00", "2026-11-23 9:00-11:00;2026-11-24 9:00-11:00 each"),
        ("Mon Wed 9am-2pm", "2026-11-23 9:00-14:00;2026-11-25 9:00-14:00 each"),
        ("11月24日 22:00-6:00", "2026-11-24 22:00-次日6:00"),
        ("11月24日 20:00-次日14:00", "2026-11-24 20:00-次日14:00"),
        (
            "2026-11-24t09:00:00+08:00/2026-11-26t10:00:00+08:00",
            "2026-11-24T09:00:00+08:00/2026-11-26T10:00:00+08:00",
        ),
        ("9-11点", "2026-11-23 9:00-11:00"),
        ("2-4pm", "2026-11-23 14:00-16:00"),
        ("9:00:15-9:30", "2026-11-23 9:00:15-9:30"),
        ("中午12点到1点", "2026-11-23 12:00-13:00"),
        ("上午", "2026-11-23 8:00-12:00"),
        ("11月24日下午", "2026-11-24 12:00-18:00"),
        ("随时", "2026-11-23 0:00-24:00"),
        ("12.4 9:00-10:00", "2026-12-04 9:00-10:00"),
        ("十二月二号 9:00-10:00", "2026-12-02 9:00-10:00"),
    ] {
        assert_eq!(read(words), told, "{words}");
    }
    assert_eq!(read("周一至周五 8:00-9:00").matches("8:00-9:00").count(), 5);
    assert_eq!(read_on("9:00-11:30", Some("11月25日")), "2026-11-25 9:00-11:30");
    assert_eq!(read_on("8:00-17:00", Some("周二、周四")), "2026-11-24 8:00-17:00;2026-11-26 8:00-17:00 each");
}

#[test]
fn what_is_no_time_is_told() {
    for words in ["", "早晨好", "尽快", "9:70", "25:00", "11-24", "9", "11月24日 9:00-", "周八", "9:00 左右"]
    {
        assert_eq!(read(words), "Unreadable", "{words}");
    }
    assert_eq!(read("11月31日 9:00"), "NoSuchTime");
    let days = Days { first: None, ..days() };
    assert_eq!(days.times("9:00-10:00", None), Err(BadTimes::NoDay));
    assert_eq!(days.times("11月24日 9:00-10:00", None), Err(BadTimes::NoDay));
    assert!(days.times("2026-11-24 9:00-10:00", None).is_ok());
}

#[test]
fn moments_and_dates() {
    let days = days();
    assert_eq!(days.moment("11月24日 10:00", None), Ok(Time(1_795_485_600)));
    assert!(days.moment("11月24日", None).is_err());
    assert_eq!(days.date("2026/11/24"), Ok(jiff::civil::date(2026, 11, 24)));
    assert_eq!(days.date("11月24日"), Ok(jiff::civil::date(2026, 11, 24)));
}

#[test]
fn days_that_are_not_planned_are_none() {
    let zone = Zone::parse("Asia/Shanghai").unwrap();
    // from Wednesday to Sunday
    let days = Days { zone, first: Some(jiff::civil::date(2026, 12, 2)), count: Some(5) };
    for words in ["周一 9:00-11:00", "周一或周二 9:00-11:00", "周一 全天"] {
        assert_eq!(days.times(words, None), Err(BadTimes::NotPlanned), "{words}");
    }
    let times = days.times("周一三五 9:00-11:00", None).unwrap();
    assert_eq!((times.spans.len(), times.is_outside), (2, true));
    assert!(!days.times("周三 9:00-11:00", None).unwrap().is_outside);
    // what the cell says comes before what the row says
    let spans = days.times("12月2日 14:00-16:00", Some("12月2日")).unwrap().spans;
    assert_eq!(spans.len(), 1);
    let mut whole = days.times("全天", None).unwrap();
    whole.join();
    assert_eq!(whole.spans.len(), 1);
}

//! What people tell from the way moves the plan: their own visit has the times that it had, and those after it follow.

use serde_json::{Value, json};

use crate::support::{Client, morning, morning_document, need, start};

/// The clocks of the visits of somebody: start and end.
fn visits(client: &mut Client, who: &str) -> Vec<(String, String, String)> {
    let told = client.ask(json!({"ask": "person", "who": who}));
    let clock = |time: &Value| time.as_str().map_or("", |time| &time[11..16]).to_owned();
    let route = told["route"].as_array().cloned().unwrap_or_default();
    let visits = route.iter().map(|visit| {
        (visit["need"].as_str().unwrap_or("").to_owned(), clock(&visit["start"]), clock(&visit["end"]))
    });
    visits.collect()
}

/// Whoever opens the journal knows the same.
fn must_be_the_same_again(client: &mut Client, needs: &[&str]) {
    let needs = needs.iter().map(|&need| need.to_owned()).collect::<Vec<_>>();
    let people = ["bat", "saran", "qimuge", "narin"].map(str::to_owned);
    let told = client.everything(&needs, &people);
    assert_eq!(client.folded().everything(&needs, &people), told, "folded");
    assert_eq!(client.restored().everything(&needs, &people), told, "restored");
}

fn visit(need: &str, start: &str, end: &str) -> (String, String, String) {
    (need.into(), start.into(), end.into())
}

/// Bat is to be at the well at nine, and at half past nine for another need.
fn two_visits(second: (&str, &str)) -> Client {
    let mut document = morning_document();
    document["needs"] = json!([
        need("first", "2026-11-24T09:00", "2026-11-24T09:00"),
        need("second", &format!("2026-11-24T{}", second.0), &format!("2026-11-24T{}", second.1)),
    ]);
    let mut client = Client::new(start(&document));
    client.must("08:00", json!({"do": "commit", "need": "first", "who": ["bat"]}));
    client.must("08:00", json!({"do": "commit", "need": "second", "who": ["bat"]}));
    let planned = [visit("first", "09:00", "09:20"), visit("second", second.0, &plus_20(second.0))];
    assert_eq!(visits(&mut client, "bat"), planned);
    client
}

fn plus_20(clock: &str) -> String {
    let minutes = |part: &str| part.parse::<u32>().expect("digits");
    let all = minutes(&clock[..2]) * 60 + minutes(&clock[3..]) + 20;
    format!("{:02}:{:02}", all / 60, all % 60)
}

#[test]
fn a_late_arrival_moves_the_visit_and_those_after_it() {
    let mut client = two_visits(("09:30", "11:00"));
    let outcome = client.must("09:05", json!({"do": "arrive", "need": "first", "who": "bat"}));
    assert_eq!(outcome, json!({"noted": {}}), "the second is kept: nobody is told anything");
    assert_eq!(
        visits(&mut client, "bat"),
        [visit("first", "09:05", "09:25"), visit("second", "09:30", "09:50")]
    );
    let outcome = client.must("09:44", json!({"do": "done", "need": "first", "who": "bat"}));
    let moved =
        json!({"need": "second", "who": "bat", "what": "retimed", "start": "2026-11-24T09:44:00+08:00"});
    assert_eq!(outcome, json!({"moved": [moved]}));
    assert_eq!(
        visits(&mut client, "bat"),
        [visit("first", "09:05", "09:44"), visit("second", "09:44", "10:04")]
    );
    let told = client.ask(json!({"ask": "need", "need": "second"}));
    assert_eq!(told["state"], "staffed", "{told}");
    must_be_the_same_again(&mut client, &["first", "second"]);
}

#[test]
fn whoever_is_late_comes_after_the_times_of_the_need_if_there_is_no_other_way() {
    let mut client = two_visits(("09:30", "09:35"));
    let outcome = client.must("09:50", json!({"do": "arrive", "need": "first", "who": "bat"}));
    assert_eq!(outcome["moved"][0]["start"], "2026-11-24T10:10:00+08:00", "{outcome}");
    must_be_the_same_again(&mut client, &["first", "second"]);
    // Given up, it asks for its own times, which have passed.
    client.must("09:55", json!({"do": "withdraw", "need": "second", "who": "bat"}));
    let ranked = client.ask(json!({"ask": "rank", "need": "second", "best": 3}));
    assert_eq!(ranked["offers"], json!([]));
}

#[test]
fn whoever_cannot_come_at_all_any_more_is_released_and_the_desk_is_told() {
    let mut client = two_visits(("17:00", "17:40"));
    client.must("09:00", json!({"do": "arrive", "need": "first", "who": "bat"}));
    let outcome = client.must("17:50", json!({"do": "done", "need": "first", "who": "bat"}));
    assert_eq!(outcome, json!({"moved": [{"need": "second", "who": "bat", "what": "released"}]}));
    assert_eq!(client.ask(json!({"ask": "need", "need": "second"}))["missing"][0]["count"], 1);
    let again = client.reopened();
    let notices = again.live.outbox().pending(None, 100).expect("it can be read");
    let told = |to: &str| {
        notices
            .iter()
            .filter(|notice| notice.to == to && String::from_utf8_lossy(&notice.body).contains("released"))
            .count()
    };
    assert_eq!((told("bat"), told("desk")), (1, 1));
    must_be_the_same_again(&mut client, &["first", "second"]);
}

#[test]
fn whoever_is_done_early_is_free_for_another_need() {
    let mut client = two_visits(("10:00", "11:00"));
    for who in ["saran", "qimuge", "narin"] {
        client.must("08:00", json!({"do": "off_duty", "who": who}));
    }
    let between = need("between", "2026-11-24T09:10", "2026-11-24T09:15");
    client.must("08:30", json!({"do": "add_need", "need": between}));
    let ranked = |client: &mut Client| {
        client.ask(json!({"ask": "rank", "need": "between", "best": 3}))["offers"].clone()
    };
    assert_eq!(ranked(&mut client), json!([]), "bat is at the first need until 09:20");
    client.must("08:55", json!({"do": "arrive", "need": "first", "who": "bat"}));
    client.must("09:08", json!({"do": "done", "need": "first", "who": "bat"}));
    assert_eq!(visits(&mut client, "bat")[0], visit("first", "09:00", "09:08"));
    assert_eq!(ranked(&mut client)[0]["visits"][0]["volunteer"], "bat");
    must_be_the_same_again(&mut client, &["first", "second", "between"]);
}

#[test]
fn whoever_leaves_too_late_is_expected_later() {
    let mut client = Client::new(morning());
    client.must("08:00", json!({"do": "commit", "need": "wood-1", "who": ["bat"]}));
    assert_eq!(visits(&mut client, "bat"), [visit("wood-1", "09:00", "09:20")]);
    let outcome = client.must("08:59", json!({"do": "depart", "need": "wood-1", "who": "bat"}));
    assert_eq!(outcome, json!({"noted": {}}), "a few minutes are not worth telling");
    let mut client = Client::new(morning());
    client.must("08:00", json!({"do": "commit", "need": "wood-1", "who": ["bat"]}));
    let outcome = client.must("09:20", json!({"do": "depart", "need": "wood-1", "who": "bat"}));
    assert_eq!(outcome["moved"][0]["what"], "retimed", "{outcome}");
    let (_, start, _) = visits(&mut client, "bat")[0].clone();
    assert!(start.as_str() > "09:20" && start.as_str() < "09:30", "{start}");
    must_be_the_same_again(&mut client, &["wood-1", "wood-2"]);
}

#[test]
fn a_crew_waits_for_whoever_comes_late_and_their_other_visits_follow() {
    let mut document = morning_document();
    let mut both = need("both", "2026-11-24T09:00", "2026-11-24T09:00");
    both["roles"] = json!([{"count": 2}]);
    document["needs"] = json!([both, need("after", "2026-11-24T09:20", "2026-11-24T11:00"),]);
    let mut client = Client::new(start(&document));
    client.must("08:00", json!({"do": "commit", "need": "both", "who": ["bat", "saran"]}));
    client.must("08:00", json!({"do": "commit", "need": "after", "who": ["saran"]}));
    client.must("09:00", json!({"do": "arrive", "need": "both", "who": "saran"}));
    let outcome = client.must("09:10", json!({"do": "arrive", "need": "both", "who": "bat"}));
    assert_eq!(outcome["moved"][0]["need"], "after", "{outcome}");
    assert_eq!(visits(&mut client, "bat"), [visit("both", "09:10", "09:30")]);
    assert_eq!(
        visits(&mut client, "saran"),
        [visit("both", "09:10", "09:30"), visit("after", "09:30", "09:50")]
    );
    client.must("09:25", json!({"do": "done", "need": "both", "who": "bat"}));
    assert_eq!(
        visits(&mut client, "bat"),
        [visit("both", "09:10", "09:25")],
        "each is done at their own time"
    );
    must_be_the_same_again(&mut client, &["both", "after"]);
}

#[test]
fn a_ride_that_begins_late_ends_late() {
    let mut document = morning_document();
    document["places"] = json!([
        {"id": "the well", "lon": 105.68, "lat": 38.84},
        {"id": "the clinic", "lon": 105.75, "lat": 38.84},
    ]);
    let mut ride = need("ride", "2026-11-24T09:00", "2026-11-24T09:00");
    ride["then"] = json!([{
        "at": "the clinic", "service": "PT5M",
        "windows": [{"from": "2026-11-24T09:00", "to": "2026-11-24T12:00"}],
    }]);
    document["needs"] = json!([ride]);
    let mut client = Client::new(start(&document));
    client.must("08:00", json!({"do": "commit", "need": "ride", "who": ["bat"]}));
    let before = visits(&mut client, "bat");
    client.must("09:30", json!({"do": "arrive", "need": "ride", "who": "bat"}));
    let after = visits(&mut client, "bat");
    assert_eq!((after[0].1.as_str(), after[0].2.as_str()), ("09:30", "09:50"));
    assert!(after[1].1 > before[1].1, "{after:?}");
    must_be_the_same_again(&mut client, &["ride"]);
}

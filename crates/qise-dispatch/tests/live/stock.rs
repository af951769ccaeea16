//! What depots have, and what is lent.

use serde_json::{Value, json};

use crate::support::{Client, morning_document, need, start};

/// A shed with ten bales; wheelchairs that come back.
fn shed() -> Client {
    let mut document = morning_document();
    document["goods"] = json!([{"id": "bale"}, {"id": "wheelchair", "comes_back": true}]);
    document["depots"] = json!([{
        "id": "shed", "at": {"lon": 105.665, "lat": 38.83},
        "stock": [{"good": "bale", "amount": 10}, {"good": "wheelchair", "amount": 1}],
    }]);
    document["needs"] =
        json!([asks("fodder-1", "bale", 3), asks("fodder-2", "bale", 3), asks("legs", "wheelchair", 1)]);
    Client::new(start(&document))
}

fn asks(id: &str, good: &str, amount: i64) -> Value {
    let mut need = need(id, "2026-11-24T09:00", "2026-11-24T12:00");
    need["goods"] = json!([{"good": good, "amount": amount}]);
    need
}

fn stock(good: &str, amount: i64) -> Value {
    json!({"do": "stock", "depot": "shed", "good": good, "amount": amount})
}

fn ranked(client: &mut Client, need: &str) -> usize {
    client.ask(json!({"ask": "rank", "need": need}))["offers"].as_array().expect("a list").len()
}

#[test]
fn a_count_is_what_is_there_now_without_what_is_on_the_way() {
    let mut client = shed();
    let begin = client.must("08:00", json!({"do": "tick"}));
    assert!(begin["noted"].is_object());
    assert_eq!(ranked(&mut client, "fodder-1"), 4);
    assert_eq!(client.must("08:01", stock("bale", 2)), json!({"stock": {"missing": 0}}));
    assert_eq!(ranked(&mut client, "fodder-1"), 0, "two are there, three are asked for");
    client.must("08:02", stock("bale", 3));
    client.must("08:03", json!({"do": "commit", "need": "fodder-1", "who": ["bat"]}));
    assert_eq!(ranked(&mut client, "fodder-2"), 0, "the three are for the first");
    // Nobody has left: of the five that are there three are taken later.
    client.must("08:04", stock("bale", 5));
    assert_eq!(ranked(&mut client, "fodder-2"), 0);
    client.must("08:50", json!({"do": "depart", "need": "fodder-1", "who": "bat"}));
    // Three are in the car: the three that are there are for others.
    client.must("08:51", stock("bale", 3));
    assert!(ranked(&mut client, "fodder-2") > 0);
    let needs = ["fodder-1", "fodder-2", "legs"].map(str::to_owned);
    let live = client.everything(&needs, &["bat".to_owned()]);
    assert_eq!(client.reopened().everything(&needs, &["bat".to_owned()]), live);
}

#[test]
fn whoever_is_committed_stays_where_less_is_there_than_was_said() {
    let mut client = shed();
    client.must("08:03", json!({"do": "commit", "need": "fodder-1", "who": ["bat"]}));
    assert_eq!(client.must("08:04", stock("bale", 1)), json!({"stock": {"missing": 2}}));
    assert_eq!(client.state("fodder-1"), "staffed");
    assert_eq!(ranked(&mut client, "fodder-2"), 0);
    assert_eq!(client.refused("08:05", stock("bale", -1)), "bad_amount");
    assert_eq!(client.refused("08:05", stock("hay", 1)), "unknown_good");
}

#[test]
fn what_is_lent_comes_back_and_is_counted_where_it_is_kept() {
    let mut client = shed();
    client.must("08:03", json!({"do": "commit", "need": "legs", "who": ["bat"]}));
    assert_eq!(client.refused("08:04", json!({"do": "loan_back", "need": "legs"})), "nothing_lent");
    for (clock, word) in [("08:50", "depart"), ("09:00", "arrive"), ("09:20", "done")] {
        client.must(clock, json!({"do": word, "need": "legs", "who": "bat"}));
    }
    assert_eq!(client.ask(json!({"ask": "need", "need": "legs"}))["loan"], "out");
    client.must("09:30", json!({"do": "add_need", "need": asks("legs-2", "wheelchair", 1)}));
    assert_eq!(ranked(&mut client, "legs-2"), 0, "it is not there");
    client.must("10:00", json!({"do": "loan_back", "need": "legs"}));
    assert_eq!(client.ask(json!({"ask": "need", "need": "legs"}))["loan"], "returned");
    client.must("10:01", stock("wheelchair", 1));
    assert!(ranked(&mut client, "legs-2") > 0);
}

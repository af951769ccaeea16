//! A call from first to last.

use serde_json::json;

use crate::support::{Client, morning, need};

#[test]
fn a_call_from_first_to_last() {
    let mut client = Client::new(morning());
    let water = json!({
        "id": "water-77", "at": {"lat": 38.85, "lon": 105.66, "name": "the door"}, "service": "PT20M",
        "windows": [{"from": "2026-11-24T08:00", "to": "2026-11-24T12:00"}],
        "requires": {"all": [{"skill": "water"}]}, "priority": 5,
        "promise": {"start_by": "2026-11-24T11:00"},
    });
    let noted = json!({"noted": {}});
    assert_eq!(client.must("09:00", json!({"key": "call-1", "do": "add_need", "need": water})), noted);
    assert_eq!(client.state("water-77"), "queued");

    let ranked = client.ask(json!({"ask": "rank", "need": "water-77", "best": 3}));
    let offers = ranked["offers"].as_array().expect("a list");
    let who =
        offers.iter().map(|offer| offer["visits"][0]["volunteer"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(who, ["bat", "saran"], "who knows water, the nearest first");
    assert!(offers[0]["visits"][0]["start"].as_str().unwrap() >= "2026-11-24T09:00");

    let offered =
        client.must("09:01", json!({"do": "offer", "need": "water-77", "who": "bat", "expires_s": 600}));
    assert_eq!(client.state("water-77"), "offering");
    let offer = offered["offer"].as_u64().expect("a number");
    assert_eq!(offered["expires"], "2026-11-24T09:11:00+08:00");
    client.must("09:03", json!({"do": "decline", "offer": offer, "reason": "unwell"}));
    let ranked = client.ask(json!({"ask": "rank", "need": "water-77"}));
    assert_eq!(ranked["declined"], json!([{"who": "bat", "reason": "unwell"}]));

    let offered = client.must(
        "09:04",
        json!({"do": "offer", "need": "water-77", "who": "saran", "role": 0, "expires_s": 600}),
    );
    let taken = client.must("09:04", json!({"do": "accept", "offer": offered["offer"]}));
    assert_eq!(taken["committed"]["start"], offered["start"]);
    assert_eq!(taken["committed"]["missing"], 0);
    let seat = json!({"who": "saran", "role": 0, "start": offered["start"]});
    assert_eq!(taken["committed"]["seats"], json!([seat]));
    assert_eq!(client.state("water-77"), "staffed");
    let plan = client.ask(json!({"ask": "plan"}));
    assert_eq!(plan["routes"][0]["volunteer"], "saran");
    assert_eq!(plan["routes"][0]["visits"][0]["need"], "water-77");
    assert_eq!(plan["unserved"].as_array().map(Vec::len), Some(2));
    let why = client.ask(json!({"ask": "explain", "need": "water-77"}));
    assert_eq!(why["served_by"], "saran");
    assert_eq!(why["text_zh"], why["choice"]["text_zh"]);
    let why = client.ask(json!({"ask": "explain", "need": "wood-1"}));
    assert!(why["text_zh"].is_string(), "{why}");

    for (clock, word, state) in
        [("09:05", "depart", "en_route"), ("09:15", "arrive", "on_site"), ("09:45", "done", "fulfilled")]
    {
        client.must(clock, json!({"do": word, "need": "water-77", "who": "saran"}));
        assert_eq!(client.state("water-77"), state);
    }
    client.must("10:00", json!({"do": "rate", "need": "water-77", "stars": 5, "text": "quick"}));
    assert_eq!(client.state("water-77"), "rated");
    let saran = client.ask(json!({"ask": "person", "who": "saran"}));
    assert_eq!((&saran["state"], &saran["route"][0]["state"]), (&json!("free"), &json!("done")));

    let audit = client.ask(json!({"ask": "audit", "need": "water-77"}));
    let people =
        |of: &str| audit[of].as_array().unwrap().iter().map(|one| one["who"].clone()).collect::<Vec<_>>();
    assert_eq!(people("asked"), ["bat", "saran"]);
    assert_eq!(
        (people("declined"), people("committed"), people("went")),
        (vec![json!("bat")], vec![json!("saran")], vec![json!("saran")])
    );
    assert_eq!(audit["declined"][0]["reason"], "unwell");
    let story = audit["story"].as_array().unwrap();
    let codes = story.iter().map(|step| step["what"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!(
        codes,
        [
            "need_added",
            "weighed",
            "offered",
            "declined",
            "weighed",
            "offered",
            "weighed",
            "accepted",
            "departed",
            "arrived",
            "done",
            "need_rated",
            "said"
        ]
    );
    for step in story {
        assert!(step["text_zh"].as_str().unwrap().chars().any(|letter| letter > '\u{4e00}'), "{step}");
        for public in [&step["public_text"], &step["public_text_zh"]] {
            let public = public.as_str().unwrap_or_default();
            assert!(!public.contains("bat") && !public.contains("saran"), "names of others: {public}");
        }
    }

    // what people are told leaves once it is durable
    let again = client.reopened();
    let notices = again.live.outbox().pending(None, 100).expect("it can be read");
    let to = notices.iter().map(|notice| notice.to.as_str()).collect::<Vec<_>>();
    assert_eq!(to, ["bat", "saran", "saran"]);
}

#[test]
fn whoever_is_slower_hears_that_it_is_filled() {
    let mut client = Client::new(morning());
    let mut offers = Vec::new();
    for who in ["bat", "saran", "qimuge"] {
        let offered =
            client.must("09:00", json!({"do": "offer", "need": "wood-1", "who": who, "expires_s": 900}));
        offers.push(offered["offer"].clone());
    }
    let taken = client.must("09:01", json!({"do": "accept", "offer": offers[1]}));
    assert_eq!(
        taken["committed"]["start"], "2026-11-24T09:02:50+08:00",
        "nobody leaves before now: as offered, a minute later"
    );
    assert_eq!(client.must("09:02", json!({"do": "accept", "offer": offers[0]})), json!({"filled": {}}));
    assert_eq!(client.refused("09:02", json!({"do": "accept", "offer": offers[1]})), "offer_state");
    assert_eq!(
        client.refused("09:02", json!({"do": "decline", "offer": offers[2], "reason": "busy"})),
        "offer_state"
    );

    // taken back, and somebody else is sent
    let released = client.must("09:03", json!({"do": "withdraw", "need": "wood-1", "who": "saran"}));
    assert_eq!(released, json!({"released": {"who": ["saran"], "missing": 1}}));
    let sent = client.must("09:04", json!({"do": "commit", "need": "wood-1", "who": ["narin"]}));
    assert_eq!(sent["committed"]["seats"][0]["who"], "narin");
    client.must("09:05", json!({"do": "depart", "need": "wood-1", "who": "narin"}));
    client.must("09:30", json!({"do": "no_show", "need": "wood-1", "who": "narin"}));
    assert_eq!(client.state("wood-1"), "queued");
    assert_eq!(client.ask(json!({"ask": "plan"}))["routes"], json!([]));
}

#[test]
fn a_crew_is_sent_as_a_whole() {
    let mut client = Client::new(morning());
    let mut tent = need("tent", "2026-11-24T09:30", "2026-11-24T12:00");
    tent["roles"] =
        json!([{"requires": {"all": [{"skill": "water"}]}}, {"requires": {"all": [{"skill": "tea"}]}}]);
    client.must("09:00", json!({"do": "add_need", "need": tent}));
    let ranked = client.ask(json!({"ask": "rank", "need": "tent", "best": 1}));
    assert_eq!(ranked["offers"][0]["visits"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        client.refused("09:00", json!({"do": "commit", "need": "tent", "who": ["bat", "saran"]})),
        "unfit"
    );
    let sent = client.must("09:00", json!({"do": "commit", "need": "tent", "who": ["qimuge", "bat"]}));
    assert_eq!(sent["committed"]["missing"], 0);
    let seats = sent["committed"]["seats"].as_array().unwrap();
    assert_eq!((&seats[0]["who"], &seats[0]["role"]), (&json!("qimuge"), &json!(1)));
    // one of them gives up the place, the other keeps it
    let left = client.must("09:01", json!({"do": "withdraw", "need": "tent", "who": "bat"}));
    assert_eq!(left, json!({"released": {"who": ["bat"], "missing": 1}}));
    let route =
        |client: &mut Client, who: &str| client.ask(json!({"ask": "person", "who": who}))["route"].clone();
    assert_eq!(route(&mut client, "qimuge")[0]["start"], seats[0]["start"]);
    assert_eq!(route(&mut client, "bat"), json!([]));
    let back = client.must("09:01", json!({"do": "commit", "need": "tent", "who": ["saran"]}));
    assert_eq!(
        (&back["committed"]["start"], &back["committed"]["missing"]),
        (&sent["committed"]["start"], &json!(0))
    );
    assert_eq!(client.state("tent"), "staffed");
    client.must("09:02", json!({"do": "cancel_need", "need": "tent", "reason": "served_elsewhere"}));
    assert_eq!(client.state("tent"), "cancelled");
    assert_eq!(client.ask(json!({"ask": "plan"}))["routes"], json!([]));
    client.must("09:03", json!({"do": "reopen", "need": "tent", "reason": "mistake"}));
    client.must("09:04", json!({"do": "commit", "need": "tent", "who": ["saran", "narin"]}));
    assert_eq!(client.state("tent"), "staffed");
}

#[test]
fn the_places_of_a_crew_are_taken_one_by_one() {
    let mut client = Client::new(morning());
    let mut tent = need("tent", "2026-11-24T09:30", "2026-11-24T12:00");
    tent["roles"] = json!([{"requires": {"all": [{"skill": "water"}]}}, {"count": 2}]);
    client.must("09:00", json!({"do": "add_need", "need": tent}));
    let mut offers = std::collections::BTreeMap::new();
    for (who, role) in [("bat", 0), ("saran", 0), ("saran", 1), ("qimuge", 1), ("narin", 1)] {
        let asked = json!({"do": "offer", "need": "tent", "who": who, "role": role, "expires_s": 900});
        if (who, role) == ("saran", 1) {
            assert_eq!(client.refused("09:00", asked), "already_asked");
        } else {
            offers.insert(who, client.must("09:00", asked)["offer"].clone());
        }
    }
    let first = client.must("09:01", json!({"do": "accept", "offer": offers["bat"]}));
    let (start, missing) = (&first["committed"]["start"], &first["committed"]["missing"]);
    assert_eq!(missing, 2, "{first}");
    assert_eq!(
        client.must("09:02", json!({"do": "accept", "offer": offers["saran"]})),
        json!({"filled": {}})
    );
    // whoever is missing starts together with the first
    let ranked = client.ask(json!({"ask": "rank", "need": "tent", "best": 3}));
    let visits = ranked["offers"][0]["visits"].as_array().unwrap();
    assert!(visits.len() == 2 && visits.iter().all(|visit| visit["role"] == 1 && &visit["start"] == start));
    let second = client.must("09:02", json!({"do": "accept", "offer": offers["narin"]}));
    let second = second.get("committed").or(second.get("changed")).unwrap();
    assert_eq!((&second["start"], &second["missing"]), (start, &json!(1)));
    assert_eq!(client.state("tent"), "offering");
    // one does not come, another takes the place; a reopened journal tells the same
    client.must("09:03", json!({"do": "no_show", "need": "tent", "who": "narin"}));
    client.must("09:03", json!({"do": "commit", "need": "tent", "who": ["qimuge", "saran"]}));
    assert_eq!(client.state("tent"), "staffed");
    let told = client.ask(json!({"ask": "plan"}));
    let needs =
        told["routes"].as_array().unwrap().iter().flat_map(|route| route["visits"].as_array().unwrap());
    assert_eq!(needs.filter(|visit| visit["need"] == "tent").count(), 3, "{told}");
    let names = ["tent".to_owned(), "wood-1".to_owned()];
    let people = ["bat", "saran", "qimuge", "narin"].map(str::to_owned);
    let before = client.everything(&names, &people);
    assert_eq!(client.reopened().everything(&names, &people), before);
}

#[test]
fn a_need_that_changes_keeps_who_fits() {
    let mut client = Client::new(morning());
    let sent = client.must("09:00", json!({"do": "commit", "need": "wood-1", "who": ["bat"]}));
    let before = sent["committed"]["start"].clone();
    // longer, at the same time
    let mut longer = need("wood-1", "2026-11-24T09:00", "2026-11-24T12:00");
    longer["service"] = json!("PT40M");
    assert_eq!(
        client.must("09:00", json!({"do": "change_need", "need": longer})),
        json!({"released": {"who": [], "missing": 0}})
    );
    let now = client.ask(json!({"ask": "need", "need": "wood-1"}));
    assert_eq!((&now["members"][0]["start"], &now["state"]), (&before, &json!("staffed")));
    // later
    let mut later = need("wood-1", "2026-11-24T13:00", "2026-11-24T15:00");
    later["priority"] = json!(4);
    client.must("09:00", json!({"do": "change_need", "need": later}));
    let now = client.ask(json!({"ask": "need", "need": "wood-1"}));
    assert_eq!(now["members"][0]["start"], "2026-11-24T13:00:00+08:00");
    // for somebody else
    later["requires"] = json!({"all": [{"skill": "tea"}]});
    assert_eq!(
        client.must("09:01", json!({"do": "change_need", "need": later})),
        json!({"released": {"who": ["bat"], "missing": 1}})
    );
    assert_eq!(client.refused("09:01", json!({"do": "change_need", "need": later})), "unchanged");
    assert_eq!(client.state("wood-1"), "queued");
    assert_eq!(client.ask(json!({"ask": "plan"}))["routes"], json!([]));
    client.must("09:02", json!({"do": "commit", "need": "wood-1", "who": ["narin"]}));
}

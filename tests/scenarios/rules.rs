//! `qise rules`: every rule, in both languages and as data.

use qise::bound::Relaxation;
use qise::eligibility::Exclusion;
use qise::model::Rule;
use serde_json::Value;

use crate::program::qise;

#[test]
fn every_rule_is_listed_with_what_it_means() {
    for (lang, word) in [("en", "lacks a skill"), ("zh", "缺少技能")] {
        let told = qise(&["rules", "--lang", lang]);
        assert_eq!((told.code, told.err.as_str()), (0, ""));
        let named = |line: &str, rule: Rule| line.split_whitespace().next() == Some(rule.as_str());
        let rows = |rule: Rule| told.out.lines().filter(|line| named(line, rule)).count();
        for &rule in Rule::ALL {
            assert_eq!(rows(rule), 1, "{rule} in\n{}", told.out);
        }
        assert!(told.out.contains(word), "{}", told.out);
    }
    assert_eq!(qise(&["rules", "--quiet"]).out, "");
}

#[test]
fn every_rule_is_told_as_data() {
    let told = qise(&["rules", "--json"]);
    assert_eq!((told.code, told.err.as_str()), (0, ""));
    let told: Value = serde_json::from_str(&told.out).expect("JSON");
    let rules = told["rules"].as_array().expect("a list");
    assert_eq!(rules.len(), Rule::COUNT);
    let names = |value: &Value| {
        let list = value.as_array().expect("a list").iter();
        list.map(|name| name.as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    for (object, &rule) in rules.iter().zip(Rule::ALL) {
        assert_eq!(object["rule"], rule.as_str());
        assert_eq!(object["scope"], rule.scope().as_str());
        assert_eq!(object["meaning"], *rule.label().en);
        assert_eq!(object["meaning_zh"], *rule.label().zh);
        assert!(names(&object["exclusions"]).iter().all(|name| Exclusion::from_name(name).is_some()));
        assert!(names(&object["kept_by"]).iter().all(|name| Relaxation::from_name(name).is_some()));
    }
    let team = rules.iter().find(|object| object["rule"] == "wrong_team").expect("it is there");
    assert_eq!(names(&team["exclusions"]), ["team"]);
    assert_eq!(names(&team["kept_by"]), ["able", "knapsack", "ng-routes", "routes"]);
    assert_eq!(names(&team["accounts"]), ["excluded", "displaced"]);
}

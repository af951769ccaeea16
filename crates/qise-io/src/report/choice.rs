//! What decided who serves a need, as data.

use qise::explain::{Choice, RunnerUp};
use qise::model::{NeedId, VolunteerId};
use qise::plan::Score;
use qise::{Problem, Text};
use serde_json::{Value, json};

use super::rank::{growth, offer};
use crate::time::Zone;
use crate::words;

/// Why those serve a need who do, as data: what that adds, the best others, and by what they differ; times in `zone`.
pub fn choice(problem: &Problem, zone: &Zone, choice: &Choice) -> Value {
    let Text { en, zh } = words::choice(problem, choice);
    let public = words::public_choice(problem, choice);
    let needs = |needs: &[NeedId]| needs.iter().map(|&need| &problem.need(need).key).collect::<Vec<_>>();
    json!({
        "need": problem.need(choice.need).key,
        "verdict": choice.verdict.as_str(),
        "text": en,
        "text_zh": zh,
        "public_text": public.en,
        "public_text_zh": public.zh,
        "crew": keys(problem, &choice.crew),
        "outsourced": choice.outsourced,
        "levels": choice.growth.as_ref().map(|score| &score.levels),
        "growth": choice.growth.as_ref().map(|score| growth(problem, &score.terms)),
        "hanging": needs(&choice.hanging),
        "runner_up": choice.runner_up.as_ref().map(|other| runner_up(problem, zone, other)),
        "able": keys(problem, &choice.able),
        "people": choice.funnel.people,
        "left": choice.funnel.left,
        "as_stated": choice.as_stated,
    })
}

fn keys<'p>(problem: &'p Problem, people: &[VolunteerId]) -> Vec<&'p str> {
    people.iter().map(|&who| problem.volunteer(who).key.as_str()).collect()
}

fn runner_up(problem: &Problem, zone: &Zone, other: &RunnerUp) -> Value {
    let deciding = other.deciding(problem.objective()).into_iter();
    let deciding =
        deciding.map(|(term, difference)| json!({ "term": term.as_str(), "difference": difference }));
    let Score { levels, terms } = &other.difference;
    json!({
        "people": keys(problem, &other.people),
        "offer": offer(problem, zone, &other.offer),
        "difference": { "levels": levels, "terms": growth(problem, terms) },
        "level": other.level(),
        "deciding": deciding.collect::<Vec<_>>(),
    })
}

//! `qise check`: judges a plan.

use anyhow::Result;
use qise::text;
use qise_io::visible::visible;

use super::{NONE, judged, open_scenario, read_plan, settle};
use crate::args::{Check, Common};
use crate::{Terminal, exit, show};
use serde_json::json;

pub(crate) fn run(args: &Check, common: &Common, terminal: &mut Terminal<'_>) -> Result<u8> {
    let inputs = [Some(&args.scenario), Some(&args.plan), args.told.previous.as_ref()];
    let common = &settle(common, &inputs, &NONE)?;
    let scenario = open_scenario(&args.scenario, common, terminal)?;
    let mut plan = read_plan(&scenario, &args.plan)?;
    let scenario = judged(scenario, Some(&args.told), &mut [(&args.plan, &mut plan)], common, terminal)?;
    let checked = qise_io::check_plan(&scenario.problem, &plan);
    let lang = common.lang();
    if common.json {
        let violations = checked.findings.iter().map(|violation| {
            let message = scenario.zone.tell(&violation.message());
            let (message, message_zh) = (message.en, message.zh);
            json!({ "path": violation.path, "rule": violation.rule.as_str(), "message": message, "message_zh": message_zh })
        });
        let terms = checked
            .evaluation
            .score
            .terms
            .iter()
            .map(|(term, value)| (term.as_str().to_owned(), json!(value)));
        let report = json!({
            "valid": checked.is_valid(),
            "filled": plan.filled,
            "violations": violations.collect::<Vec<_>>(),
            "score": { "levels": checked.evaluation.score.levels, "terms": terms.collect::<serde_json::Map<_, _>>() },
        });
        terminal.say(&format!("{report:#}\n"));
    } else if !common.quiet || !checked.is_valid() {
        let count = checked.findings.len();
        let head = if count == 0 {
            text!("valid: the plan breaks no rule\n", "有效：方案未违反任何规则\n")
        } else {
            let broken = show::count(count, "violation");
            text!("invalid: {broken}\n", "无效：{count} 处违规\n")
        };
        terminal.say(&show::filled(&args.plan, plan.filled, lang));
        terminal.say(head.in_lang(lang));
        for violation in &checked.findings {
            let message = scenario.zone.tell(&violation.message());
            terminal.say(&format!("  {}\n", visible(message.in_lang(lang))));
        }
        terminal.say(&show::score(&scenario.problem, &checked.evaluation.score, lang));
    }
    Ok(if checked.is_valid() { exit::OK } else { exit::VIOLATIONS })
}

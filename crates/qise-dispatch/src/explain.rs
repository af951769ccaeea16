//! Why somebody serves a need, or nobody: found on the plan as it was when it was asked, while the service goes on.

use qise::explain::{choice, reason};
use qise::model::NeedId;
use qise::plan::Plan;
use qise::{Problem, Stop, Text};
use qise_io::report;
use qise_io::time::Zone;
use qise_lifecycle::NeedState;
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::refusal::Refusal;

/// A need that is to be explained.
pub(crate) enum ToExplain {
    /// One that the plan knows no more: how it ended says it.
    Ended(Value),
    /// One of the plan.
    InPlan { problem: Problem, plan: Plan, zone: Zone, need: NeedId },
}

impl Engine {
    /// Takes down what an explanation of a need has to know.
    ///
    /// # Errors
    ///
    /// `unknown_need`.
    pub(crate) fn explaining(&mut self, key: &str) -> Result<ToExplain, Refusal> {
        let no = self.need(key)?;
        let Some(need) = self.side.row(no).live else {
            let state = self.life.need(no).map(|need| need.state);
            let Text { en, zh } = state.map(crate::words::need_state).unwrap_or_default();
            return Ok(ToExplain::Ended(json!({
                "need": key,
                "verdict": state.map(NeedState::code),
                "text": en, "text_zh": zh, "public_text": en, "public_text_zh": zh,
            })));
        };
        self.side.freshen(no, self.now);
        let plan = self.side.live.plan();
        let (problem, zone) = (self.side.live.problem().clone(), self.reader.zone().clone());
        Ok(ToExplain::InPlan { problem, plan, zone, need })
    }
}

impl ToExplain {
    /// The explanation, which may take a while.
    ///
    /// # Errors
    ///
    /// `not_explained`.
    pub(crate) fn explained(self) -> Result<Value, Refusal> {
        let (problem, plan, zone, need) = match self {
            Self::Ended(told) => return Ok(told),
            Self::InPlan { problem, plan, zone, need } => (problem, plan, zone, need),
        };
        if let Some(choice) = choice(&problem, &plan, need) {
            let visits = plan.visits().filter(|(_, visit)| visit.need == choice.need).collect::<Vec<_>>();
            let mut told = report::served(&problem, &zone, &choice, &visits);
            // words and verdict stand where they stand for needs that nobody serves
            for name in ["verdict", "text", "text_zh", "public_text", "public_text_zh"] {
                told[name] = told["choice"][name].clone();
            }
            return Ok(told);
        }
        let found = reason(&problem, &plan, need, &Stop::never());
        found.map(|reason| report::unserved(&problem, &zone, &reason)).ok_or_else(|| {
            Refusal::new("not_explained", qise::text!("there is nothing to explain", "没有可解释的内容"))
        })
    }
}

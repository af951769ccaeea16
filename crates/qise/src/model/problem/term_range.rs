//! That no score leaves the range of exact integers.

use super::Problem;
use crate::model::{Code, Fault, Faults};
use crate::text;

/// Scores stay below this, so that sums and differences of two never overflow.
const SCORE_LIMIT: i128 = 1 << 58;

/// No plan of this problem can score beyond exact integers.
pub(super) fn check_weights(problem: &Problem, faults: &mut Faults) {
    for (l, level) in problem.objective().levels.iter().enumerate() {
        let reach: i128 = level.iter().map(|w| i128::from(w.weight) * w.term.most(problem.regime())).sum();
        if reach > SCORE_LIMIT {
            let expected = text!(
                "weights with which no plan can score beyond 2^58 (this level can reach {reach})",
                "使任何方案的得分不超过 2^58 的权重（本层可达 {reach}）"
            );
            let fault = Fault::new(
                format!("$.objective[{l}]"),
                Code::ObjectiveOverflow,
                text!("weights too large", "权重过大"),
                expected,
            );
            faults.push(fault.hint(text!("divide all weights of this level", "请同比缩小本层所有权重")));
        }
    }
}

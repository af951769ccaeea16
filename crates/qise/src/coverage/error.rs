//! What is wrong with a question about coverage.

use std::fmt;

use crate::model::Faults;
use crate::{Text, text};

/// Why a question about coverage cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CoverageError {
    /// Limits out of order, out of range, too many or none.
    Limits,
    /// Moments out of order, out of range, too many or none.
    Moments,
    /// Nothing is asked for, or the weights of asks are too large.
    Asks,
    /// An id or a level that the problem does not have.
    UnknownId,
    /// A crew of more roles or people than can be counted.
    CrewTooLarge,
    /// More points or pairs than fit, or weights whose sum is too large.
    TooLarge,
    /// A region that encloses nothing, or a cell length out of its range.
    Region,
    /// No candidates, or nobody in the new team.
    NothingToPlace,
    /// People of the new team who move in too many ways.
    TooVaried,
    /// The problem with the new team has faults.
    Faults(Faults),
    /// The budget was spent before there was an answer.
    Stopped,
}

impl CoverageError {
    /// What is wrong, in words.
    pub fn message(&self) -> Text {
        match self {
            Self::Limits => text!(
                "limits must be 1 to 100 different times of 0 or more, in order",
                "时限须为 1 至 100 个互不相同且按序排列的非负时长"
            ),
            Self::Moments => text!(
                "moments must be 1 to 10000 different times, in order",
                "时刻须为 1 至 10000 个互不相同且按序排列的时间"
            ),
            Self::Asks => text!(
                "nothing is asked for: give asks whose weights sum to 1 or more, below 2^32",
                "没有服务要求:权重之和须不小于 1 且小于 2^32"
            ),
            Self::UnknownId => text!(
                "a skill, level, team, category, person or place that the problem does not have",
                "引用了场景中不存在的技能、等级、队伍、类别、人员或地点"
            ),
            Self::CrewTooLarge => text!(
                "a crew asks for more than 10 different roles or 65535 people",
                "某项需求的角色超过 10 种或人数超过 65535"
            ),
            Self::TooLarge => text!(
                "too many points or candidates, or weights too large: take longer cells or fewer candidates",
                "点或候选地点过多,或权重过大:请加大网格边长或减少候选地点"
            ),
            Self::Region => text!(
                "a region must enclose some land, and a cell be 10 m to 1000 km long, with 4 million cells at most",
                "区域须包含陆地,网格边长须为 10 米至 1000 公里,网格总数不超过 400 万"
            ),
            Self::NothingToPlace => text!(
                "there is nothing to place: give candidates and people who are on duty at some moment",
                "没有可安置的内容:请给出候选地点,且新队伍须在某一时刻有人在岗"
            ),
            Self::TooVaried => text!(
                "the people of the new team move in more than 64 ways: give fewer people, profiles or radii",
                "新队伍成员的出行方式超过 64 种:请减少人数、出行方式或半径的种类"
            ),
            Self::Stopped => text!("stopped before there was an answer", "尚未得出结果即已停止"),
            Self::Faults(faults) => {
                let all = faults.0.iter().map(crate::model::Fault::message);
                let (en, zh): (Vec<_>, Vec<_>) = all.map(|words| (words.en, words.zh)).unzip();
                Text::new(en.join("; "), zh.join(";"))
            }
        }
    }
}

impl fmt::Display for CoverageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for CoverageError {}

impl From<Faults> for CoverageError {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}

//! Why a question about coverage cannot be answered, in words.

use qise::Text;
use qise::coverage::CoverageError;
use qise::model::Fault;

/// What is wrong with a question about coverage.
pub fn coverage_error(error: &CoverageError) -> Text {
    let zh = match error {
        CoverageError::Limits => "时限须为 1 至 100 个互不相同且按序排列的非负时长".into(),
        CoverageError::Moments => "时刻须为 1 至 10000 个互不相同且按序排列的时间".into(),
        CoverageError::Asks => "没有服务要求：权重之和须不小于 1 且小于 2^32".into(),
        CoverageError::UnknownId => "引用了场景中不存在的技能、等级、队伍、类别、人员或地点".into(),
        CoverageError::CrewTooLarge => "某项需求的角色超过 10 种或人数超过 65535".into(),
        CoverageError::TooLarge => "点或候选地点过多，或权重过大：请加大网格边长或减少候选地点".into(),
        CoverageError::Region => {
            "区域须包含陆地，网格边长须为 10 米至 1000 公里，网格总数不超过 400 万".into()
        }
        CoverageError::NothingToPlace => {
            "没有可安置的内容：请给出候选地点，且新队伍须在某一时刻有人在岗".into()
        }
        CoverageError::TooVaried => "新队伍成员的出行方式超过 64 种：请减少人数、出行方式或半径的种类".into(),
        CoverageError::Stopped => "尚未得出结果即已停止".into(),
        CoverageError::Faults(faults) => {
            let messages = faults.0.iter().map(|fault| Fault::message(fault).zh);
            messages.collect::<Vec<_>>().join("；")
        }
    };
    Text::new(error.to_string(), zh)
}

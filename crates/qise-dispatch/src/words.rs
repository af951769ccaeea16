//! States, reasons and conflicts in words.

use qise::Text;
use qise::model::Time;
use qise::text;
use qise_lifecycle::{
    AssignmentState, CancelReason, Conflict, DeclineReason, HoldReason, LoanState, Moment, NeedNo, NeedState,
    OfferState, PersonNo, Refusal as Refused, ReleaseReason, ReopenReason, WithdrawReason,
};

use crate::engine::Engine;
use crate::planning::Obstacle;
use crate::refusal::Refusal;

/// Words for the codes of a closed list.
macro_rules! words_of {
    ($($(#[$doc:meta])* $name:ident: $kind:ident { $($variant:ident = $en:literal, $zh:literal;)* })*) => {$(
        $(#[$doc])*
        pub(crate) fn $name(code: $kind) -> Text {
            match code { $($kind::$variant => Text::new($en, $zh)),* }
        }
    )*};
}

words_of!(
    need_state: NeedState {
        Queued = "waiting for people", "待派人";
        Offering = "waiting for an answer", "等待答复";
        Staffed = "staffed", "已派齐";
        EnRoute = "on the way", "在途";
        OnSite = "being served", "服务中";
        Fulfilled = "done", "已完成";
        Confirmed = "confirmed", "已确认";
        Rated = "rated", "已评价";
        Closed = "closed", "已关闭";
        OnHold = "on hold", "暂缓";
        Rejected = "rejected", "已拒绝";
        Cancelled = "cancelled", "已取消";
        Expired = "expired", "已过期";
    }
    assignment_state: AssignmentState {
        Committed = "committed", "已接单";
        Departed = "on the way", "在途";
        Arrived = "on site", "已到达";
        Between = "between two stops", "两站之间";
        Done = "done", "已完成";
        NoShow = "a no-show", "未到";
        Released = "released", "已退出";
        StoodDown = "stood down", "无需前往";
    }
    loan_state: LoanState {
        Out = "lent", "借出";
        Overdue = "overdue", "逾期未还";
        Returned = "back", "已归还";
    }
    decline_reason: DeclineReason {
        Busy = "has something else to do", "另有安排";
        TooFar = "it is too far", "路途太远";
        Unwell = "is unwell", "身体不适";
        NotSkilled = "cannot do it", "不具备所需技能";
        NoTransport = "has no transport", "没有交通工具";
        Other = "for another reason", "其他原因";
    }
    cancel_reason: CancelReason {
        NoLongerNeeded = "it is no longer needed", "不再需要";
        ServedElsewhere = "somebody else has done it", "已由他人完成";
        Duplicate = "it is known by another number", "重复登记";
        Mistake = "it was entered by mistake", "登记有误";
        NotReachable = "nobody answers", "联系不上";
        Other = "for another reason", "其他原因";
        OutOfScope = "it is not what volunteers do", "不属于志愿服务范围";
        NotSafe = "it is not safe", "存在安全风险";
        Referred = "it was handed to another agency", "已转交其他部门";
    }
    reopen_reason: ReopenReason {
        NotSolved = "it was not solved", "问题未解决";
        CameBack = "it came back", "问题再次出现";
        NotSatisfied = "the resident is not satisfied", "居民不满意";
        Mistake = "it was ended by mistake", "误结单";
        Other = "for another reason", "其他原因";
    }
    hold_reason: HoldReason {
        ResidentAway = "the resident is away", "居民不在";
        SuppliesMissing = "supplies are missing", "物资短缺";
        Weather = "the weather", "天气原因";
        RoadClosed = "the road is closed", "道路不通";
        AwaitingApproval = "somebody has to agree first", "等待批准";
        Other = "for another reason", "其他原因";
    }
    withdraw_reason: WithdrawReason {
        Filled = "somebody was quicker", "他人已先接单";
        Revoked = "it was taken back", "已撤回";
        Cancelled = "the need has ended", "需求已终止";
    }
    release_reason: ReleaseReason {
        Withdrawn = "taken off by the dispatcher", "由调度员撤回";
        OffDuty = "went off duty", "已离岗";
        NoLongerFits = "no longer fits, as the need changed", "需求变更后不再合适";
        PlaceDropped = "the need asks for fewer people", "所需人数减少";
        Replanned = "the plan was made anew", "计划已重新编制";
    }
);

/// Where an offer stands.
pub(crate) fn offer_state(state: OfferState) -> Text {
    match state {
        OfferState::Sent => text!("waiting for an answer", "等待答复"),
        OfferState::Accepted => text!("accepted", "已接受"),
        OfferState::Declined(_) => text!("declined", "已婉拒"),
        OfferState::TimedOut => text!("not answered in time", "逾时未答复"),
        OfferState::Withdrawn(_) => text!("taken back", "已撤回"),
    }
}

impl Engine {
    /// A refusal of the machines, by ids.
    pub(crate) fn refused(&self, refusal: &Refused<Obstacle>) -> Refusal {
        self.refused_of(refusal, None)
    }

    /// The same; `new` is the id of a need that is not known yet.
    pub(crate) fn refused_of(&self, refusal: &Refused<Obstacle>, new: Option<&str>) -> Refusal {
        match refusal {
            Refused::Obstacle(obstacle) => obstacle.refusal(|who| self.side.key_of(who)),
            Refused::Conflict(conflict) => {
                let text = self.conflict(conflict, new);
                Refusal { expected: conflict.expected(), ..Refusal::new(conflict.code(), text) }
            }
        }
    }

    fn conflict(&self, conflict: &Conflict, new: Option<&str>) -> Text {
        use Conflict as C;
        let n = |no: NeedNo| {
            let known = (no < self.side.rows.next()).then(|| self.side.row(no).key.as_str());
            known.or(new).unwrap_or_default()
        };
        let p = |who: PersonNo| self.side.key_of(who);
        let t = |moment: Moment| self.reader.zone().moment(Time(moment.0));
        match *conflict {
            C::Need { need, state, .. } => {
                let (need, state) = (n(need), need_state(state));
                let (en, zh) = (state.en, state.zh);
                text!("need {need} is {en}", "需求 {need} {zh}")
            }
            C::Offer { offer, state, .. } => {
                let (offer, state) = (offer.0, offer_state(state));
                let (en, zh) = (state.en, state.zh);
                text!("offer {offer} is {en}", "邀约 {offer} {zh}")
            }
            C::Assignment { need, who, state, .. } => {
                let (need, who, state) = (n(need), p(who), assignment_state(state));
                let (en, zh) = (state.en, state.zh);
                text!("{who} at {need} is {en}", "{who} 在需求 {need} 中的状态为：{zh}")
            }
            C::Loan { need, state, .. } => {
                let (need, state) = (n(need), loan_state(state));
                let (en, zh) = (state.en, state.zh);
                text!("what {need} lends is {en}", "需求 {need} 的借出物资{zh}")
            }
            C::NothingLent { need } => {
                let need = n(need);
                text!("nothing of {need} was lent", "需求 {need} 没有借出物资")
            }
            C::NotConcerned { need, who } => {
                let (need, who) = (n(need), p(who));
                text!("{who} has no part in {need}", "{who} 与需求 {need} 无关")
            }
            C::AlreadyMember { need, who } => {
                let (need, who) = (n(need), p(who));
                text!("{who} has a place in {need}", "{who} 已在需求 {need} 的名单中")
            }
            C::AlreadyAsked { need, who, offer } => {
                let (need, who, offer) = (n(need), p(who), offer.0);
                text!(
                    "{who} is asked for {need}, by offer {offer}",
                    "已就需求 {need} 邀请 {who}（邀约 {offer}）"
                )
            }
            C::NoPlace { need, role } => {
                let need = n(need);
                text!("{need} has no free place of role {role}", "需求 {need} 的角色 {role} 没有空位")
            }
            C::TooMany { need, named, missing } => {
                let need = n(need);
                text!(
                    "{need} has {missing} free places, not {named}",
                    "需求 {need} 只有 {missing} 个空位，不足 {named} 人"
                )
            }
            C::NobodyNamed { need } => {
                let need = n(need);
                text!("nobody is named for {need}", "未指定需求 {need} 的人员")
            }
            C::NamedTwice { need, who } => {
                let (need, who) = (n(need), p(who));
                text!("{who} is named twice for {need}", "需求 {need} 重复指定了 {who}")
            }
            C::UnderWay { who, need } => {
                let (need, who) = (n(need), p(who));
                text!("{who} is under way for {need}", "{who} 正在前往或办理需求 {need}")
            }
            C::Begun { need, who } => {
                let (need, who) = (n(need), p(who));
                text!("{who} has begun {need}", "{who} 已开始办理需求 {need}")
            }
            C::PlacesTaken { need, role } => {
                let need = n(need);
                text!(
                    "more people are under way for role {role} of {need} than there would be places",
                    "需求 {need} 的角色 {role} 已有更多人在途"
                )
            }
            C::Unsettled { need } => {
                let need = n(need);
                text!("{need} still has members or offers", "需求 {need} 仍有人员或邀约未了结")
            }
            C::WrongStop { need, who, stop, expected } => {
                let (need, who) = (n(need), p(who));
                text!(
                    "{who} is to do stop {expected} of {need}, not {stop}",
                    "{who} 应办理需求 {need} 的第 {expected} 站，而非第 {stop} 站"
                )
            }
            C::NotInFuture { moment, .. } => {
                let moment = t(moment);
                text!("{moment} is not in the future", "{moment} 已过")
            }
            C::TooLate { need, until } => {
                let (need, until) = (n(need), t(until));
                text!("{need} could be reopened until {until}", "需求 {need} 可重新受理的期限为 {until}")
            }
            C::Unchanged { need } => {
                let need = n(need);
                text!("{need} is so already", "需求 {need} 已是如此")
            }
            C::Stars { stars } => {
                text!("{stars} stars: 1 to 5 can be given", "评分应为 1 至 5，而非 {stars}")
            }
            C::Facts { need, fault } => {
                let (need, fault) = (n(need), fault.to_string());
                text!("{need}: {fault}", "需求 {need} 的内容不成立：{fault}")
            }
            // What only a mistake of the service itself could lead to.
            ref other => {
                let other = other.to_string();
                text!("{other}", "内部不一致：{other}")
            }
        }
    }
}

//! What has happened to a need, in sentences: for the dispatcher, and without names for the resident.

use qise::Text;
use qise::model::Time;
use qise::text;
use qise_lifecycle::{Event, Level, Moment, NeedNo, OfferNo, PersonNo};

use crate::engine::Engine;
use crate::rows::Told;
use crate::words;

/// One thing that has happened to a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// The entry of the journal.
    pub(crate) seq: u64,
    /// When.
    pub(crate) at: Time,
    /// The stable code of what has happened.
    pub(crate) code: &'static str,
    /// The id of the volunteer whom it concerns.
    pub(crate) who: Option<String>,
    /// The stable code of the reason, where there is one.
    pub(crate) reason: Option<&'static str>,
    /// What happened, for the dispatcher.
    pub(crate) text: Text,
    /// What happened, for the resident; nothing where it is not the resident's business.
    pub(crate) public: Option<Text>,
}

impl Engine {
    /// The story of a need, from the first to the last thing that happened.
    pub(crate) fn story(&self, no: NeedNo) -> Vec<Step> {
        let story = &self.side.row(no).story;
        story.iter().map(|(seq, at, told)| self.step(*seq, *at, told)).collect()
    }

    pub(crate) fn step(&self, seq: u64, at: Moment, told: &Told) -> Step {
        let at = Time(at.0);
        let blank = Step { seq, at, code: "", who: None, reason: None, text: Text::default(), public: None };
        match told {
            Told::Said(said) => {
                let text = text!("the resident said: {said}", "居民留言：{said}");
                Step { code: "said", text, ..blank }
            }
            Told::Weighed(weighed) => {
                let who = self.name(weighed.who);
                // to the nearest minute; half a minute less is none
                let minutes = (weighed.added_travel_s + 30).div_euclid(60);
                let levels =
                    weighed.levels.iter().map(|by| format!("{by:+}")).collect::<Vec<_>>().join(" / ");
                let text = text!(
                    "with {who}: {minutes:+} min of travel, levels of the objective {levels}",
                    "由 {who} 前往：路途 {minutes:+} 分钟，目标各级 {levels}"
                );
                let who = Some(self.side.key_of(weighed.who).to_owned());
                Step { code: "weighed", who, text, ..blank }
            }
            Told::Event(event) => {
                let who = self.who(event);
                let (text, public) = self.sentences(event, who);
                let who = who.map(|who| self.side.key_of(who).to_owned());
                Step { code: event.code(), who, reason: reason(event), text, public, ..blank }
            }
        }
    }

    fn name(&self, who: PersonNo) -> String {
        let person = self.side.start.volunteer(qise::model::VolunteerId(who.0));
        person.name.clone().unwrap_or_else(|| person.key.clone())
    }

    fn asked(&self, offer: OfferNo) -> Option<PersonNo> {
        self.life.offer(offer).map(|offer| offer.who)
    }

    /// Whom an event concerns.
    fn who(&self, event: &Event) -> Option<PersonNo> {
        match *event {
            Event::Accepted { offer, .. }
            | Event::Declined { offer, .. }
            | Event::OfferExpired { offer }
            | Event::OfferWithdrawn { offer, .. } => self.asked(offer),
            Event::Offered { who, .. }
            | Event::Committed { who, .. }
            | Event::Retimed { who, .. }
            | Event::Departed { who, .. }
            | Event::Arrived { who, .. }
            | Event::StopDone { who, .. }
            | Event::Done { who, .. }
            | Event::NoShow { who, .. }
            | Event::Released { who, .. }
            | Event::StoodDown { who, .. }
            | Event::VisitOverdue { who, .. } => Some(who),
            _ => None,
        }
    }

    /// A sentence for the dispatcher, and one for the resident.
    fn sentences(&self, event: &Event, who: Option<PersonNo>) -> (Text, Option<Text>) {
        let who = who.map(|who| self.name(who)).unwrap_or_default();
        let clock = |moment: Moment| self.reader.zone().moment(Time(moment.0));
        let with = |text: Text, public: Text| (text, Some(public));
        match *event {
            Event::NeedAdded { raised: Some(raised), .. } => {
                let by = self.name(raised.by);
                with(
                    text!("raised by {by}", "由 {by} 上报"),
                    text!("a volunteer has reported your need", "志愿者已上报您的需求"),
                )
            }
            Event::NeedAdded { .. } => {
                with(text!("received", "已受理"), text!("we have received your request", "您的需求已受理"))
            }
            Event::NeedChanged { .. } => {
                with(text!("changed", "已变更"), text!("your request was changed", "您的需求已变更"))
            }
            Event::NeedHeld { reason, until, .. } => {
                let (until, Text { en, zh }) = (clock(until), words::hold_reason(reason));
                with(
                    text!("on hold until {until}: {en}", "暂缓至 {until}：{zh}"),
                    text!("waits until {until}: {en}", "暂缓至 {until}：{zh}"),
                )
            }
            Event::HoldEnded { .. } => {
                with(text!("the wait is over", "暂缓结束"), text!("we go on", "继续办理"))
            }
            Event::NeedCancelled { reason, .. } => {
                let Text { en, zh } = words::cancel_reason(reason);
                with(text!("cancelled: {en}", "已取消：{zh}"), text!("cancelled: {en}", "已取消：{zh}"))
            }
            Event::NeedRejected { reason, .. } => {
                let Text { en, zh } = words::cancel_reason(reason);
                with(
                    text!("refused: {en}", "不予受理：{zh}"),
                    text!("we cannot take it on: {en}", "无法受理：{zh}"),
                )
            }
            Event::NeedExpired { .. } => with(
                text!("expired without a whole crew", "人员未齐，已过期"),
                text!("nobody could come in time", "未能及时安排人员"),
            ),
            Event::NeedReopened { reason, .. } => {
                let Text { en, zh } = words::reopen_reason(reason);
                with(
                    text!("taken up again: {en}", "重新受理：{zh}"),
                    text!("we have taken up your request again", "您的需求已重新受理"),
                )
            }
            Event::NeedConfirmed { .. } => {
                (text!("counts as confirmed: nobody objected", "无异议，视为已确认"), None)
            }
            Event::NeedRated { stars, .. } => with(
                text!("rated with {stars} stars", "评分 {stars} 星"),
                text!("you gave {stars} stars", "您给出 {stars} 星"),
            ),
            Event::NeedClosed { .. } => with(text!("closed", "已关闭"), text!("closed", "已关闭")),
            Event::Escalated { level, .. } => {
                let percent = level.percent();
                let text = text!(
                    "{percent} % of the promised time have passed without a whole crew",
                    "承诺时限已过 {percent}%，人员仍未齐"
                );
                let late =
                    text!("we are late and still looking for somebody", "已超过承诺时限，仍在安排人员");
                (text, (level == Level::Due).then_some(late))
            }
            Event::CallBackDue { .. } => {
                (text!("the resident should be called: the rating is low", "评分较低，应回访居民"), None)
            }
            Event::Offered { role, start, expires, .. } => {
                let (start, expires) = (clock(start), clock(expires));
                let text = text!(
                    "{who} was asked for role {role}, to start {start}; may answer until {expires}",
                    "邀请 {who} 担任角色 {role}，{start} 开始；答复期限 {expires}"
                );
                (text, None)
            }
            Event::Accepted { start, .. } => {
                let start = clock(start);
                with(
                    text!("{who} takes it and starts {start}", "{who} 已接单，{start} 开始"),
                    text!("somebody will come at {start}", "已安排人员，{start} 到达"),
                )
            }
            Event::Declined { reason, .. } => {
                let Text { en, zh } = words::decline_reason(reason);
                (text!("{who} declined: {en}", "{who} 婉拒：{zh}"), None)
            }
            Event::OfferExpired { .. } => (text!("{who} did not answer", "{who} 未答复"), None),
            Event::OfferWithdrawn { reason, .. } => {
                let Text { en, zh } = words::withdraw_reason(reason);
                (text!("the offer to {who} ended: {en}", "对 {who} 的邀约终止：{zh}"), None)
            }
            Event::Committed { start, .. } => {
                let start = clock(start);
                with(
                    text!("{who} was sent and starts {start}", "已派出 {who}，{start} 开始"),
                    text!("somebody will come at {start}", "已安排人员，{start} 到达"),
                )
            }
            Event::Retimed { start, .. } => {
                let start = clock(start);
                with(
                    text!("{who} now starts {start}", "{who} 改为 {start} 开始"),
                    text!("the visit now starts {start}", "上门时间改为 {start}"),
                )
            }
            Event::Departed { .. } => {
                with(text!("{who} left", "{who} 已出发"), text!("somebody is on the way", "人员已出发"))
            }
            Event::Arrived { .. } => {
                with(text!("{who} arrived", "{who} 已到达"), text!("somebody has arrived", "人员已到达"))
            }
            Event::StopDone { stop, .. } => with(
                text!("{who} has done stop {stop}", "{who} 完成第 {stop} 站"),
                text!("the first part is done", "前一段已完成"),
            ),
            Event::Done { .. } => {
                with(text!("{who} has done it", "{who} 已完成"), text!("the work is done", "服务已完成"))
            }
            Event::NoShow { .. } => with(
                text!("{who} did not come", "{who} 未到"),
                text!("somebody could not come; we look for another", "原定人员未能到达，正在另行安排"),
            ),
            Event::Released { reason, .. } => {
                let Text { en, zh } = words::release_reason(reason);
                with(
                    text!("{who} does not come any more: {en}", "{who} 不再前往：{zh}"),
                    text!("somebody cannot come; we look for another", "原定人员无法前来，正在另行安排"),
                )
            }
            Event::StoodDown { .. } => (text!("{who} need not come", "{who} 无需前往"), None),
            Event::VisitOverdue { .. } => with(
                text!("{who} has not arrived in time", "{who} 未按时到达"),
                text!("the visit is late", "上门时间有所延迟"),
            ),
            Event::LoanOverdue { .. } => with(
                text!("what was lent is overdue", "借出物资逾期"),
                text!("please return what was lent", "请归还借用物资"),
            ),
            Event::LoanReturned { .. } => with(
                text!("what was lent is back", "借出物资已归还"),
                text!("what was lent is back", "借用物资已归还"),
            ),
        }
    }
}

/// The code of the reason of an event.
fn reason(event: &Event) -> Option<&'static str> {
    match *event {
        Event::NeedHeld { reason, .. } => Some(reason.code()),
        Event::NeedCancelled { reason, .. } | Event::NeedRejected { reason, .. } => Some(reason.code()),
        Event::NeedReopened { reason, .. } => Some(reason.code()),
        Event::Declined { reason, .. } => Some(reason.code()),
        Event::OfferWithdrawn { reason, .. } => Some(reason.code()),
        Event::Released { reason, .. } => Some(reason.code()),
        Event::Escalated { level, .. } => Some(level.code()),
        _ => None,
    }
}

//! How evenly load and service are shared out, and what more fairness costs.

use qise::fairness::{
    Evenness, Frontier, Group, Mark, PersonLoad, Point, Share, by_area, by_category, by_project, evenness,
    load,
};
use qise::model::Term;
use qise::plan::Plan;
use qise::{Lang, Problem, Text, text};
use qise_io::{Scenario, words};

use super::{duration, heading, name, table};

/// Fairness of a plan: load, service by area and by category; with `people` everybody's share.
pub(crate) fn fairness(scenario: &Scenario, plan: &Plan, people: bool, lang: Lang) -> String {
    let problem = &scenario.problem;
    let load = load(problem, plan);
    let mut out = String::new();
    let title = text!(
        "Load: time worked of time offered, the ledger included",
        "负荷：已工作时间占所提供时间（含台账）"
    );
    out.push_str(title.in_lang(lang));
    out.push('\n');
    let mut rows = vec![vec![
        text!("people who offered time", "提供过时间的人数").in_lang(lang).to_owned(),
        load.people.len().to_string(),
    ]];
    rows.extend(measures(&load.evenness, lang));
    for (label, person) in [
        (text!("most used", "负荷最高"), load.most_used()),
        (text!("least used", "负荷最低"), load.least_used()),
    ] {
        if let Some(person) = person {
            let share = person.share;
            rows.push(vec![label.in_lang(lang).to_owned(), format!("{} · {share}", who(problem, person))]);
        }
    }
    out.push_str(&table::rows(2, &rows));
    if people {
        heading(&mut out, &text!("People, the least used first", "人员（负荷由低到高）"), lang);
        let mut sorted = load.people.iter().collect::<Vec<_>>();
        sorted.sort_by_key(|person| (person.share, person.volunteer));
        let head = [
            text!("share", "占比"),
            text!("this plan", "本方案"),
            text!("offered", "提供"),
            text!("before", "此前"),
            text!("offered before", "此前提供"),
            text!("person", "人员"),
        ];
        let rows = sorted.into_iter().map(|person| {
            let times = [person.worked, person.offered, person.before.worked, person.before.offered];
            let times = times.map(|time| duration(time.0, lang));
            let share = std::iter::once(person.share.to_string());
            share.chain(times).chain([who(problem, person).to_owned()]).collect()
        });
        out.push_str(&with_head(&head, &rows.collect::<Vec<_>>(), lang));
    }
    for (title, groups) in [
        (text!("Service by area", "各区域服务"), by_area(problem, plan)),
        (text!("Service by category", "各类别服务"), by_category(problem, plan)),
        (text!("Service by project", "各项目服务"), by_project(problem, plan)),
    ] {
        if groups.is_empty() && problem.projects().is_empty() {
            continue;
        }
        heading(&mut out, &title, lang);
        out.push_str(&service(problem, &groups, lang));
    }
    out
}

fn who<'p>(problem: &'p Problem, person: &PersonLoad) -> &'p str {
    let volunteer = problem.volunteer(person.volunteer);
    name(volunteer.name.as_ref(), &volunteer.key)
}

/// How evenly shares lie, one measure a row.
fn measures(evenness: &Evenness, lang: Lang) -> Vec<Vec<String>> {
    let Evenness { least, most, mean, variance, gini, jain, .. } = *evenness;
    let range = evenness.range();
    let deviation = 100.0 * variance.sqrt();
    let mean = 100.0 * mean;
    [
        (text!("mean share", "平均占比"), format!("{mean:.1} %")),
        (text!("least / greatest share", "最低 / 最高占比"), format!("{least} / {most}")),
        (text!("range", "极差"), range.to_string()),
        (
            text!("variance (standard deviation)", "方差（标准差）"),
            format!("{variance:.6} ({deviation:.1} %)"),
        ),
        (text!("Gini coefficient (0 is even)", "基尼系数（0 为均等）"), format!("{gini:.3}")),
        (text!("Jain's index (1 is even)", "Jain 指数（1 为均等）"), format!("{jain:.3}")),
    ]
    .into_iter()
    .map(|(label, value)| vec![label.in_lang(lang).to_owned(), value])
    .collect()
}

fn service(problem: &Problem, groups: &[Group], lang: Lang) -> String {
    let head = [
        text!("served", "已服务"),
        text!("share", "占比"),
        text!("priority", "优先级"),
        text!("share", "占比"),
        text!("mean wait", "平均等待"),
        text!("longest", "最长"),
        text!("handed over", "外包"),
        text!("residents", "居民"),
        text!("name", "名称"),
    ];
    let percent = |share: Option<Share>| share.map_or("–".to_owned(), |share| share.to_string());
    let few = |count: u64| if count == 0 { String::new() } else { count.to_string() };
    let rows = groups.iter().map(|group| {
        vec![
            format!("{} / {}", group.served, group.asked),
            percent(group.share_served()),
            format!("{} / {}", group.priority_served, group.priority),
            percent(group.share_of_priority()),
            group.mean_wait().map_or("–".to_owned(), |wait| duration(wait.0, lang)),
            if group.served > 0 { duration(group.longest.0, lang) } else { "–".to_owned() },
            few(group.outsourced as u64),
            few(group.residents),
            words::group(problem, group.of).in_lang(lang).to_owned(),
        ]
    });
    let mut out = with_head(&head, &rows.collect::<Vec<_>>(), lang);
    let even = evenness(groups);
    if even.count > 1 {
        let (least, most, gini, jain) = (even.least, even.most, even.gini, even.jain);
        let words = text!(
            "  share served from {least} to {most} · Gini {gini:.3} · Jain {jain:.3}\n",
            "  服务占比 {least} 至 {most} · 基尼 {gini:.3} · Jain {jain:.3}\n"
        );
        out.push_str(words.in_lang(lang));
    }
    out
}

/// A table under its headings; columns in which nothing stands are left out with theirs.
fn with_head(head: &[Text], rows: &[Vec<String>], lang: Lang) -> String {
    let used = |c: usize| rows.iter().any(|row| !row[c].is_empty());
    let used = (0..head.len()).map(used).collect::<Vec<_>>();
    let cells = |row: Vec<String>| {
        let cells = row.into_iter().zip(&used).filter(|(_, used)| **used).map(|(cell, _)| cell);
        cells.collect::<Vec<_>>()
    };
    let head = head.iter().map(|words| words.in_lang(lang).to_owned()).collect();
    let all = std::iter::once(head).chain(rows.iter().cloned()).map(cells).collect::<Vec<_>>();
    table::rows(2, &all)
}

/// The points of a frontier, the most efficient first.
pub(crate) fn frontier(problem: &Problem, frontier: &Frontier, lang: Lang) -> String {
    let label = frontier.term.label();
    let (en, zh) = (label.en, label.zh);
    let title = text!(
        "Efficiency against \"{en}\": one plan for each weight, the most efficient first\n",
        "效率与“{zh}”：每个权重一个方案，效率最高者在前\n"
    );
    let mut out = title.in_lang(lang).to_owned();
    let head = [
        text!("weight", "权重"),
        text!("standing", "地位"),
        text!("valid", "有效"),
        text!("served", "已服务"),
        text!("efficiency", "效率得分"),
        text!("unfairness", "不公平"),
        text!("range", "极差"),
        text!("greatest share", "最高占比"),
        text!("Gini", "基尼"),
        text!("Jain", "Jain"),
        text!("work", "工时"),
        text!("on the road", "路途"),
    ];
    let rows = frontier.points.iter().map(|point| {
        let terms = &point.evaluation.score.terms;
        let valid = if point.evaluation.is_valid() { text!("yes", "是") } else { text!("no", "否") };
        vec![
            point.weight.to_string(),
            mark(point.mark).in_lang(lang).to_owned(),
            valid.in_lang(lang).to_owned(),
            format!("{} / {}", point.plan.served(), problem.asked()),
            levels(point),
            point.unfairness.to_string(),
            point.load.range().to_string(),
            point.load.most.to_string(),
            format!("{:.3}", point.load.gini),
            format!("{:.3}", point.load.jain),
            duration(terms.get(Term::WorkTime), lang),
            duration(terms.get(Term::TravelTime), lang),
        ]
    });
    out.push_str(&with_head(&head, &rows.collect::<Vec<_>>(), lang));
    let note = text!(
        "efficiency: the levels of the objective without this term, less is better; dominated: another plan is as good or better in both\n",
        "效率得分：去掉该项后目标各层的值，越小越好；被支配：另有方案在两方面都不差且至少一方面更好\n"
    );
    out.push_str(note.in_lang(lang));
    out
}

/// The value of each level.
fn levels(point: &Point) -> String {
    point.efficiency.iter().map(i64::to_string).collect::<Vec<_>>().join(" · ")
}

pub(super) fn mark(mark: Mark) -> Text {
    match mark {
        Mark::Efficient => text!("efficient", "有效前沿"),
        Mark::Repeated => text!("repeated", "重复"),
        Mark::Dominated => text!("dominated", "被支配"),
    }
}

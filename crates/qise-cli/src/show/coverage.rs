//! Coverage for people to read.

use qise::coverage::{Gap, Layer, Measure, Share};
use qise::{Lang, Problem, Text, text};
use qise_io::Scenario;
use qise_io::coverage::{Placed, Report, hour};
use qise_io::visible::visible;

use super::{heading, kilometres, none, table};

/// A whole report: one table by category and one by hour for each layer, gaps, and new sites.
pub(crate) fn coverage(scenario: &Scenario, report: &Report, lang: Lang) -> String {
    let problem = &scenario.problem;
    let day = report.question.moments.first().map(|&moment| scenario.zone.format(moment));
    let day = day.as_deref().and_then(|day| day.get(..10)).unwrap_or_default().to_owned();
    let hours = report.question.moments.len();
    let name = problem.name();
    let head = text!(
        "{name}: coverage on {day}, over {hours} hours\n",
        "{name}：{day} 的服务圈覆盖，共 {hours} 个时刻\n"
    );
    let mut out = head.in_lang(lang).to_owned();
    for (layer, gaps) in report.layers.iter().zip(&report.gaps) {
        heading(&mut out, &title(layer), lang);
        out.push_str(&table::rows(2, &by_category(problem, layer, lang)));
        out.push('\n');
        out.push_str(&table::rows(2, &by_hour(scenario, layer, lang)));
        let minutes = report.question.limits[report.within].0 / 60;
        heading(&mut out, &text!("Gaps at {minutes} minutes", "{minutes} 分钟圈的缺口"), lang);
        out.push_str(&gap_lines(problem, layer, report.within, gaps, lang));
    }
    if let Some(placed) = &report.placed {
        out.push_str(&placement(problem, placed, lang));
    }
    out
}

fn title(layer: &Layer) -> Text {
    let total = layer.total();
    match layer.measure {
        Measure::Needs => text!(
            "Needs with a capable crew within reach ({total} needs)",
            "有合适人员可及的需求（共 {total} 项）"
        ),
        Measure::Residents => text!(
            "Residents with a capable crew within reach ({total} residents)",
            "有合适人员可及的居民（共 {total} 人）"
        ),
        Measure::Land => {
            let (km2, cells) = (total / 1_000_000, layer.len());
            text!(
                "Land with a capable crew within reach ({km2} km², {cells} cells)",
                "有合适人员可及的面积（共 {km2} 平方公里，{cells} 格）"
            )
        }
    }
}

fn percent(share: &Share, limit: usize) -> String {
    share.of(limit).map_or("–".into(), |share| format!("{:.1} %", 100.0 * share))
}

fn head(first: &Text, layer: &Layer, lang: Lang) -> Vec<String> {
    let minutes = layer.limits.iter().map(|limit| {
        let minutes = limit.0 / 60;
        text!("{minutes} min", "{minutes} 分钟").in_lang(lang).to_owned()
    });
    std::iter::once(first.in_lang(lang).to_owned()).chain(minutes).collect()
}

fn by_category(problem: &Problem, layer: &Layer, lang: Lang) -> Vec<Vec<String>> {
    let line = |name: &str, share: &Share| {
        let shares = (0..layer.limits.len()).map(|limit| percent(share, limit));
        std::iter::once(name.to_owned()).chain(shares).collect::<Vec<_>>()
    };
    let mut rows = vec![head(&text!("category", "类别"), layer, lang)];
    rows.push(line(text!("all", "全部").in_lang(lang), &layer.overall()));
    for row in &layer.rows {
        let name = match row.category {
            Some(category) => problem.categories()[category.index()].name.clone(),
            None => text!("without category", "无类别"),
        };
        rows.push(line(name.in_lang(lang), &row.total()));
    }
    rows
}

fn by_hour(scenario: &Scenario, layer: &Layer, lang: Lang) -> Vec<Vec<String>> {
    let mut rows = vec![head(&text!("hour", "时刻"), layer, lang)];
    for (share, &moment) in layer.at_moments().iter().zip(&layer.moments).filter(|(share, _)| share.asked > 0)
    {
        let shares = (0..layer.limits.len()).map(|limit| percent(share, limit));
        rows.push(std::iter::once(hour(scenario, moment)).chain(shares).collect());
    }
    rows
}

/// So many needs of a gap are named.
const NAMED: usize = 3;

fn gap_lines(problem: &Problem, layer: &Layer, within: usize, gaps: &[Gap], lang: Lang) -> String {
    if gaps.is_empty() {
        return none(lang).to_owned();
    }
    let overall = layer.overall();
    let all = overall.asked - overall.covered[within];
    let line = |gap: &Gap| {
        let part = 100.0 * gap.missed as f64 / all as f64;
        let place = gap.near.map(|(place, metres)| {
            let place = problem.place(place);
            let (name, away) = (place.name.as_ref().unwrap_or(&place.key), kilometres(metres.0, lang));
            text!("{away} from {name}", "距{name} {away}").in_lang(lang).to_owned()
        });
        let at = gap.at.map(|at| format!("{:.3},{:.3}", at.lon(), at.lat()));
        let covered = 100.0 * (1.0 - gap.missed as f64 / gap.asked as f64);
        let what = match layer.measure {
            Measure::Needs => {
                let keys = gap.points.iter().take(NAMED).filter_map(|&n| layer.needs.get(n));
                let keys = keys.map(|&need| problem.need(need).key.as_str()).collect::<Vec<_>>().join(" ");
                let more = gap.points.len().saturating_sub(NAMED);
                if more > 0 { format!("{keys} +{more}") } else { keys }
            }
            Measure::Residents | Measure::Land => String::new(),
        };
        vec![
            text!("{part:.1} % of what is missed", "占缺口 {part:.1} %").in_lang(lang).to_owned(),
            text!("{covered:.0} % covered", "已覆盖 {covered:.0} %").in_lang(lang).to_owned(),
            at.unwrap_or_default(),
            place.unwrap_or_default(),
            what,
        ]
    };
    table::rows(2, &gaps.iter().map(line).collect::<Vec<_>>())
}

fn placement(problem: &Problem, placed: &Placed, lang: Lang) -> String {
    let Placed { placement, candidates, limit, exact } = placed;
    let minutes = limit.0 / 60;
    let mut out = String::new();
    heading(&mut out, &text!("New sites for {minutes} minutes", "{minutes} 分钟圈的新增布点"), lang);
    let share = |part: u128| format!("{:.2} %", 100.0 * part as f64 / placement.asked.max(1) as f64);
    let mut sum = placement.before;
    let mut rows = vec![vec![String::new(), text!("now", "现状").in_lang(lang).to_owned(), share(sum)]];
    for (rank, chosen) in placement.chosen.iter().enumerate() {
        sum += chosen.gain;
        let (name, at) = &candidates[chosen.candidate];
        let point = at.at(problem).map(|at| format!("{:.4},{:.4}", at.lon(), at.lat())).unwrap_or_default();
        let name = name.as_ref().map_or_else(|| point.clone(), |name| visible(name).into_owned());
        rows.push(vec![(rank + 1).to_string(), name, share(sum), format!("+{}", share(chosen.gain)), point]);
    }
    out.push_str(&table::rows(2, &rows));
    let (bound, steps, number) = (share(placement.bound), placement.steps, candidates.len());
    let words = if placement.is_proven() {
        text!(
            "proven: no other choice among {number} candidates covers more",
            "已证明：{number} 个候选地点中没有更好的选择"
        )
    } else if *exact {
        text!(
            "stopped after {steps} steps: no choice among {number} candidates covers more than {bound}",
            "已在 {steps} 步后停止：{number} 个候选地点的任何选择都不超过 {bound}"
        )
    } else {
        text!(
            "one after the other, which gains 63 % of the best at least; no choice among {number} candidates covers more than {bound} (--exact looks for the best)",
            "逐个贪心选取，增益不低于最优的 63 %;{number} 个候选地点的任何选择都不超过 {bound}（--exact 求最优）"
        )
    };
    out.push_str("  ");
    out.push_str(words.in_lang(lang));
    out.push('\n');
    out
}

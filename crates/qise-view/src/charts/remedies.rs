//! What would help: for each change a bar of what it costs, with what it wins.

use maud::{Markup, html};
use qise::{Lang, text};
use qise_io::text::duration;
use serde::Deserialize;
use serde_json::Value;

use super::{BadReport, WIDTH, read, say};
use crate::ink::BLUE;
use crate::markup::{Px, heading, hint, label, note, picture, piece, shortened};

const LINE: f64 = 36.0;
/// Width of the bar of the dearest change.
const BAR: f64 = 300.0;
const MOST: usize = 40;

#[derive(Deserialize)]
struct Needed {
    need: String,
    remedies: Vec<Remedy>,
    proof: Option<Value>,
}

#[derive(Deserialize)]
struct Remedy {
    changes: Vec<Change>,
    cost_min: i64,
    gain: i64,
}

#[derive(Deserialize)]
struct Worth {
    change: Change,
    cost_min: i64,
    gain: i64,
}

#[derive(Deserialize)]
struct Change {
    text: String,
    text_zh: String,
}

impl Change {
    fn words(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.text,
            Lang::Zh => &self.text_zh,
        }
    }
}

/// A change in words, the minutes that it costs, and the priority that it wins.
struct Bar {
    words: String,
    cost: i64,
    gain: i64,
}

/// The piece of a page that shows what would help, from [`qise_io::report::remedies`] and, for the whole plan,
/// [`qise_io::report::worths`].
///
/// # Errors
/// Where a report is another one.
pub fn remedies_piece(needs: &Value, plan: Option<&Value>, lang: Lang) -> Result<String, BadReport> {
    let needs = read::<Vec<Needed>>(needs)?;
    let worths = plan.map(read::<Vec<Worth>>).transpose()?;
    let of_need = |needed: &Needed| {
        let best = needed.remedies.first()?;
        let changes = best.changes.iter().map(|change| change.words(lang)).collect::<Vec<_>>();
        let mut changes = changes.join(if lang == Lang::Zh { "；" } else { "; " });
        if changes.is_empty() {
            let words = text!("nothing has to change: it can be served as it is", "无需改变：照现状即可满足");
            changes = say(words, lang);
        }
        Some(Bar { words: format!("{}: {changes}", needed.need), cost: best.cost_min, gain: best.gain })
    };
    let helped = needs.iter().filter_map(of_need).collect::<Vec<_>>();
    let proven = needs.iter().filter(|needed| needed.proof.is_some()).map(|needed| needed.need.as_str());
    let proven = proven.collect::<Vec<_>>().join(", ");
    let of_plan = worths.iter().flatten().filter(|worth| worth.gain > 0).map(|worth| Bar {
        words: worth.change.words(lang).to_owned(),
        cost: worth.cost_min,
        gain: worth.gain,
    });
    let of_plan = of_plan.collect::<Vec<_>>();
    let for_needs = text!("What would help: cost, and priority won", "哪些改变有帮助：代价与增加的优先级");
    let for_plan = text!("What would raise the whole plan", "哪些改变能提升整个方案");
    let inner = html! {
        (heading(for_needs.in_lang(lang)))
        (bars(&helped, for_needs.in_lang(lang), lang))
        @if !proven.is_empty() {
            @let words = text!("Nothing within the limits helps, proven: {proven}", "在限度内无济于事（已证明）：{proven}");
            (note(words.in_lang(lang)))
        }
        @if worths.is_some() {
            (heading(for_plan.in_lang(lang)))
            (bars(&of_plan, for_plan.in_lang(lang), lang))
        }
    };
    Ok(piece(lang, WIDTH, &inner))
}

fn bars(bars: &[Bar], name: &str, lang: Lang) -> Markup {
    let shown = &bars[..bars.len().min(MOST)];
    if shown.is_empty() {
        return note(text!("Nothing was found.", "未找到。").in_lang(lang));
    }
    let dearest = shown.iter().map(|bar| bar.cost).max().unwrap_or(1).max(1) as f64;
    let line = |number: usize, bar: &Bar| {
        let y = number as f64 * LINE;
        let width = (BAR * bar.cost as f64 / dearest).max(1.0);
        let (time, gain) = (duration(bar.cost * 60, lang), bar.gain);
        let figures = say(text!("{time} · priority +{gain}", "{time} · 优先级 +{gain}"), lang);
        html! {
            (label((4.0, y + 13.0), 12.0, &shortened(&bar.words, 12.0, WIDTH - 8.0)))
            rect x="4" y=(Px(y + 18.0)) width=(Px(width)) height="10" fill=(BLUE) { (hint(&bar.words)) }
            (label((10.0 + width, y + 27.0), 11.0, &figures))
        }
    };
    let inner = html! { @for (number, bar) in shown.iter().enumerate() { (line(number, bar)) } };
    picture("qise-chart", (WIDTH, shown.len() as f64 * LINE + 4.0), name, &inner)
}

//! Coverage: a table for each measure, and a map of what is covered, of gaps and of new sites.

use std::collections::BTreeMap;

use maud::{Markup, html};
use qise::{Lang, text};
use serde::Deserialize;
use serde_json::Value;

use super::{BadReport, percent, read, say};
use crate::ink::{BLUE, Colour, PAPER};
use crate::map::WIDTH;
use crate::map::ground::{Extent, Ground, near};
use crate::markup::{Path, Px, anchored, hint, label, note, picture, piece};
use crate::scene::Point;

const HEIGHT: f64 = 520.0;
/// The steps of a share: nothing, less than a quarter, and so on to everything; as in the map of the report.
const STEPS: [&str; 6] = ["#a50026", "#f46d43", "#fdae61", "#d9ef8b", "#66bd63", "#006837"];

#[derive(Deserialize)]
struct Report {
    scenario: String,
    minutes: Vec<i64>,
    within: i64,
    layers: Vec<Layer>,
    placement: Option<Placement>,
}

#[derive(Deserialize)]
struct Layer {
    measure: String,
    shares: Vec<Option<f64>>,
    by_category: Vec<Category>,
    by_hour: Vec<Hour>,
}

#[derive(Deserialize)]
struct Category {
    name: Option<String>,
    name_zh: Option<String>,
    shares: Vec<Option<f64>>,
}

#[derive(Deserialize)]
struct Hour {
    hour: String,
    shares: Vec<Option<f64>>,
}

#[derive(Deserialize)]
struct Placement {
    minutes: i64,
    before: Option<f64>,
    after: Option<f64>,
    bound: Option<f64>,
    proven: bool,
    sites: Vec<Site>,
}

#[derive(Deserialize)]
struct Site {
    name: Option<String>,
    lon: Option<f64>,
    lat: Option<f64>,
    gain: Option<f64>,
    covered: Option<f64>,
}

#[derive(Deserialize)]
struct Map {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    geometry: Option<Geometry>,
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Point(Point),
    Polygon(Vec<Vec<Point>>),
}

#[derive(Deserialize)]
struct Properties {
    kind: String,
    name: Option<String>,
    need: Option<String>,
    near: Option<String>,
    residents: Option<u64>,
    covered: Option<f64>,
    rank: Option<u64>,
    fill: Option<String>,
}

/// The piece of a page that shows coverage, from [`qise_io::coverage::Report::to_json`] and
/// [`qise_io::coverage::Report::to_geojson`].
///
/// # Errors
/// Where the report is another one.
pub fn coverage_piece(report: &Value, map: &Value, lang: Lang) -> Result<String, BadReport> {
    let (report, map) = (read::<Report>(report)?, read::<Map>(map)?);
    let no_map = text!("No coordinates: no map.", "无坐标，无地图。");
    let inner = html! {
        div style="font-size:17px;font-weight:600" { (report.scenario) }
        @for layer in &report.layers { (table(&report.minutes, layer, lang)) }
        (draw(&map, lang).unwrap_or_else(|| note(no_map.in_lang(lang))))
        (legend(report.within, lang))
        @if let Some(placed) = &report.placement { (sites(placed, lang)) }
    };
    Ok(piece(lang, WIDTH, &inner))
}

fn colour(share: f64) -> Colour {
    let step = match share {
        share if share >= 1.0 => 5,
        share if share > 0.0 => 1 + (share * 4.0) as usize,
        _ => 0,
    };
    Colour::of(STEPS[step])
}

/// Categories and hours down, minutes across.
fn table(minutes: &[i64], layer: &Layer, lang: Lang) -> Markup {
    const NAME: &str = "padding:1px 10px 1px 0;text-align:left";
    const CELL: &str = "padding:1px 10px;text-align:right";
    const TABLE: &str = "font-size:12px;border-collapse:collapse;margin:6px 24px 6px 0;display:inline-table;vertical-align:top";
    let measure = match layer.measure.as_str() {
        "needs" => text!("needs", "需求"),
        "residents" => text!("residents", "居民"),
        "area" => text!("area", "面积"),
        other => other.into(),
    };
    let row = |name: &str, shares: &[Option<f64>]| {
        html! {
            tr {
                th scope="row" style={(NAME) ";font-weight:400"} { (name) }
                @for share in shares {
                    @match share {
                        Some(share) => {
                            @let ground = colour(*share);
                            td style={(CELL) ";background:" (ground) ";color:" (ground.ink())} { (percent(*share, 1)) }
                        }
                        None => td style=(CELL) { "–" },
                    }
                }
            }
        }
    };
    let name = |category: &Category| {
        let name = match lang {
            Lang::En => &category.name,
            Lang::Zh => &category.name_zh,
        };
        name.clone().unwrap_or_else(|| say(text!("without category", "无类别"), lang))
    };
    let all = text!("all", "全部");
    html! {
        div {
            table style=(TABLE) {
                thead {
                    tr {
                        th style=(NAME) { (measure.in_lang(lang)) }
                        @for minutes in minutes {
                            th style=(CELL) { (text!("{minutes} min", "{minutes} 分钟").in_lang(lang)) }
                        }
                    }
                }
                tbody {
                    (row(all.in_lang(lang), &layer.shares))
                    @for category in &layer.by_category { (row(&name(category), &category.shares)) }
                }
            }
            table style=(TABLE) { tbody { @for hour in &layer.by_hour { (row(&hour.hour, &hour.shares)) } } }
        }
    }
}

fn draw(map: &Map, lang: Lang) -> Option<Markup> {
    let drawn =
        map.features.iter().filter_map(|feature| Some((feature.geometry.as_ref()?, &feature.properties)));
    let drawn = drawn.collect::<Vec<_>>();
    let points = drawn.iter().flat_map(|(geometry, _)| match geometry {
        Geometry::Point(point) => std::slice::from_ref(point),
        Geometry::Polygon(rings) => rings.first().map_or(&[][..], Vec::as_slice),
    });
    let points = points.copied().collect::<Vec<_>>();
    let meridian = points.first()?.0;
    let turned = points.iter().map(|&point| near(point, meridian)).collect::<Vec<_>>();
    let ground = Ground::new(&Extent::around(&turned)?, WIDTH, HEIGHT);
    let pixel = |point: Point| ground.pixel(near(point, meridian));
    let mut land = BTreeMap::<&str, Path>::new();
    let (mut dots, mut marks) = (Vec::new(), Vec::new());
    for (geometry, properties) in &drawn {
        match geometry {
            Geometry::Polygon(rings) => {
                let ring = rings.first().map_or(&[][..], |ring| &ring[..ring.len().saturating_sub(1)]);
                let corners = ring.iter().map(|&corner| pixel(corner)).collect::<Vec<_>>();
                let fill = properties.fill.as_deref().unwrap_or_default();
                land.entry(fill).or_default().add(&Path::through(&corners, true));
            }
            Geometry::Point(point) => match properties.kind.as_str() {
                "need" | "residents" => dots.push(dot(pixel(*point), properties, lang)),
                _ => marks.push(mark(pixel(*point), properties, lang)),
            },
        }
    }
    let (length, bar) = ground.bar();
    let inner = html! {
        @for (fill, path) in &land { path d=(path) fill=(Colour::of(fill)) fill-opacity="0.55" stroke="none" {} }
        @for dot in &dots { (dot) }
        @for mark in &marks { (mark) }
        g style={"paint-order:stroke;stroke:" (PAPER) ";stroke-width:3px"} {
            (label((24.0 + length, HEIGHT - 12.0), 11.0, &bar))
        }
        path d={"M20 " (Px(HEIGHT - 16.0)) "h" (Px(length))} stroke="currentColor" stroke-width="2" fill="none" {}
    };
    let words = text!("Map of what is covered", "覆盖地图");
    Some(picture("qise-map", (WIDTH, HEIGHT), words.in_lang(lang), &inner))
}

fn dot((x, y): (f64, f64), properties: &Properties, lang: Lang) -> Markup {
    let share = properties.covered.unwrap_or(0.0);
    let n = properties.residents.unwrap_or(0);
    let living = text!("{n} residents", "{n} 名居民");
    let name = properties.name.as_deref().or(properties.need.as_deref()).unwrap_or(living.in_lang(lang));
    let radius = match properties.kind.as_str() {
        "need" => 3.2,
        _ => 2.0 + (n.min(100_000) as f64).sqrt() / 25.0,
    };
    html! {
        circle cx=(Px(x)) cy=(Px(y)) r=(Px(radius)) fill=(colour(share)) fill-opacity="0.85" {
            (hint(&format!("{name}: {}", percent(share, 0))))
        }
    }
}

/// A gap or a new site, with its rank.
fn mark((x, y): (f64, f64), properties: &Properties, lang: Lang) -> Markup {
    let n = properties.rank.unwrap_or(0);
    let (about, beside, up) = if properties.kind == "gap" {
        let near = properties.near.as_deref().unwrap_or_default();
        (say(text!("gap {n}, near {near}", "缺口 {n}，靠近{near}"), lang), n.to_string(), -4.0)
    } else {
        let name = properties.name.as_deref().unwrap_or_default();
        (name.to_owned(), format!("{n} {name}"), 4.0)
    };
    html! {
        @if properties.kind == "gap" {
            circle cx=(Px(x)) cy=(Px(y)) r="8" fill="none" stroke=(STEPS[0]) stroke-width="1.8"
                pointer-events="all" { (hint(&about)) }
        } @else {
            path d=(star(x, y)) fill=(BLUE) stroke="#fff" stroke-width="0.8" { (hint(&about)) }
        }
        g style={"paint-order:stroke;stroke:" (PAPER) ";stroke-width:3px"} {
            (anchored((x + 10.0, y - up), 11.0, "start", beside.trim()))
        }
    }
}

fn star(x: f64, y: f64) -> Path {
    const RIGHT: [(f64, f64); 4] = [(2.6, -3.0), (9.0, -2.8), (4.0, 1.6), (5.6, 8.0)];
    let left = RIGHT.iter().rev().map(|&(dx, dy)| (-dx, dy));
    let corners = [(0.0, -9.0)].into_iter().chain(RIGHT).chain([(0.0, 4.4)]).chain(left);
    Path::through(&corners.map(|(dx, dy)| (x + dx, y + dy)).collect::<Vec<_>>(), true)
}

fn legend(m: i64, lang: Lang) -> Markup {
    let names = ["0 %", "< 25 %", "25–50 %", "50–75 %", "75–99 %", "100 %"];
    html! {
        div style="font-size:12px;margin:6px 0 12px" {
            span style="margin-right:12px" { (text!("covered within {m} minutes:", "{m} 分钟内可及：").in_lang(lang)) }
            @for (colour, name) in STEPS.iter().zip(names) {
                span style="margin-right:12px;white-space:nowrap" {
                    span style={"display:inline-block;width:10px;height:10px;background:" (colour) ";margin:0 4px 0 0"} {}
                    (name)
                }
            }
        }
    }
}

fn sites(placed: &Placement, lang: Lang) -> Markup {
    let m = placed.minutes;
    let share = |share: Option<f64>| percent(share.unwrap_or(0.0), 2);
    let (before, after, bound) = (share(placed.before), share(placed.after), share(placed.bound));
    let line = text!(
        "New sites: {before} → {after} within {m} minutes;",
        "新增布点：{m} 分钟内 {before} → {after}；"
    );
    let told = if placed.proven {
        text!("proven to be the best choice.", "已证明为最优。")
    } else {
        text!("no choice covers more than {bound}.", "任何选择都不超过 {bound}。")
    };
    let name = |site: &Site| {
        site.name.clone().unwrap_or_else(|| match (site.lon, site.lat) {
            (Some(lon), Some(lat)) => format!("{lon:.4}, {lat:.4}"),
            _ => "–".to_owned(),
        })
    };
    let cell = "text-align:left;padding:2px 14px 2px 0";
    html! {
        (note(&format!("{} {}", line.in_lang(lang), told.in_lang(lang))))
        table style="font-size:12px;border-collapse:collapse;margin:4px 0" {
            tbody {
                @for (number, site) in placed.sites.iter().enumerate() {
                    tr {
                        td style=(cell) { (number + 1) }
                        td style=(cell) { (name(site)) }
                        td style=(cell) { (share(site.covered)) }
                        td style=(cell) { "+" (share(site.gain)) }
                    }
                }
            }
        }
    }
}

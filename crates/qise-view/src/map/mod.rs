//! The map: where the needs are and who goes there. Towns that are a dot on the whole land get a panel of their own.

pub(crate) mod ground;
mod labels;
mod marks;
mod panel;
mod towns;

use maud::{Markup, html};
use qise::{Lang, text};

use crate::markup::picture;
use crate::scene::{Point, Scene};
use ground::{Extent, Ground, near};
use panel::{Panel, Shows};
use towns::{Town, towns};

/// Width of the map of a piece, in pixels.
pub(crate) const WIDTH: f64 = 960.0;
const GAP: f64 = 10.0;
/// Height of the panel of a town.
const INSET: f64 = 250.0;
/// With so many needs dots are smaller.
const MANY: usize = 2500;

/// What the map of a piece does without a script: the route under the pointer stands out from the others.
const HOVER: &str = ".qise-r:hover>path{stroke-width:3;stroke-opacity:1}\
    .qise-still:has(.qise-r:hover) .qise-r:not(:hover){opacity:.25}";

/// The land that a scene shows.
struct Land {
    meridian: f64,
    whole: Extent,
    /// Where needs are.
    needs: Vec<Point>,
}

impl Land {
    fn of(scene: &Scene) -> Option<Self> {
        let needs = scene.spots().filter_map(|spot| spot.at).collect::<Vec<_>>();
        let ways = scene.routes().flat_map(|(_, route)| &route.way).copied();
        let marks = scene.bases.iter().chain(&scene.depots).map(|mark| mark.at);
        let idle = scene.idle.iter().filter_map(|person| person.home);
        let points = needs.iter().copied().chain(ways).chain(marks).chain(idle).collect::<Vec<_>>();
        let meridian = points.first()?.0;
        let turned = |points: &[Point]| points.iter().map(|&at| near(at, meridian)).collect::<Vec<_>>();
        Some(Self { meridian, whole: Extent::around(&turned(&points))?, needs: turned(&needs) })
    }
}

/// The map as a still picture: the whole land, and beside and below it the towns. `None` where no point is known.
pub(crate) fn still(scene: &Scene) -> Option<Markup> {
    let land = Land::of(scene)?;
    let towns = towns(scene, &Ground::new(&land.whole, WIDTH / 2.0, 400.0), &land.needs, land.meridian);
    let places = layout(land.whole.shape(), towns.len());
    let height = places.iter().map(|((_, y), (_, height))| y + height).fold(0.0, f64::max);
    let hidden = towns.iter().map(|town| town.extent).collect::<Vec<_>>();
    let shows = Shows { scene, meridian: land.meridian, hidden: &hidden, live: false, dot: 3.6 };
    let overview = text!("Overview", "全图");
    let heading = if towns.is_empty() { "" } else { overview.in_lang(scene.lang) };
    let mut panels = Vec::new();
    for (number, &(at, (width, height))) in places.iter().enumerate() {
        let panel = match number.checked_sub(1).map(|town| &towns[town]) {
            None => {
                let dot = if towns.is_empty() { 3.6 } else { 2.8 };
                let ground = Ground::new(&land.whole, width, height);
                Panel::new(Shows { dot, ..shows }, ground).draw(at, heading, &named(&towns))
            }
            Some(town) => inset(Shows { hidden: &[], ..shows }, town, at, (width, height)),
        };
        panels.push(panel);
    }
    let inner = html! { style { (HOVER) } @for panel in &panels { (panel) } };
    Some(picture("qise-map", (WIDTH, height), map_of(scene.lang), &inner))
}

/// The map for a page with a script: one panel that can be enlarged, and towns that it can show. Towns have panels of
/// their own below it for who reads without a script, but where there are very many needs.
pub(crate) fn live(scene: &Scene, (width, height): (f64, f64)) -> Option<Live> {
    let land = Land::of(scene)?;
    let ground = Ground::new(&land.whole, width, height);
    let towns = towns(scene, &ground, &land.needs, land.meridian);
    let dot = if land.needs.len() > MANY { 2.4 } else { 3.4 };
    let shows = Shows { scene, meridian: land.meridian, hidden: &[], live: true, dot };
    let main = Panel::new(shows, ground).draw((0.0, 0.0), "", &named(&towns));
    let map = picture("qise-map", (width, height), map_of(scene.lang), &main);
    let mut insets = Markup::default();
    if !towns.is_empty() && land.needs.len() <= MANY {
        let wide = (width - GAP * (towns.len() - 1) as f64) / towns.len() as f64;
        let panels = towns.iter().enumerate().map(|(number, town)| {
            inset(Shows { dot: 3.4, ..shows }, town, (number as f64 * (wide + GAP), 0.0), (wide, 300.0))
        });
        let panels = html! { @for panel in panels { (panel) } };
        let words = text!("Towns", "城镇");
        insets = picture("qise-map qise-towns", (width, 300.0), words.in_lang(scene.lang), &panels);
    }
    let views = towns.iter().map(|town| {
        let (left, top) = ground.pixel((town.extent.west, town.extent.north));
        let (right, bottom) = ground.pixel((town.extent.east, town.extent.south));
        let (w, h) = ((right - left).max(1.0) * 1.2, (bottom - top).max(1.0) * 1.2);
        let view = [f64::midpoint(left, right) - w / 2.0, f64::midpoint(top, bottom) - h / 2.0, w, h];
        (name_of(town), view)
    });
    Some(Live { map, insets, views: views.collect(), metres: ground.metres() })
}

/// The map for a page with a script.
pub(crate) struct Live {
    /// The map.
    pub(crate) map: Markup,
    /// Its towns, side by side; empty where there are none.
    pub(crate) insets: Markup,
    /// Names of towns, and what of the map shows them: left, top, width, height.
    pub(crate) views: Vec<(String, [f64; 4])>,
    /// Metres to the pixel.
    pub(crate) metres: f64,
}

fn map_of(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Map of the plan",
        Lang::Zh => "方案地图",
    }
}

fn inset(shows: Shows<'_>, town: &Town, at: (f64, f64), (width, height): (f64, f64)) -> Markup {
    let heading = format!("{}  {}", town.letter, town.name);
    Panel::new(shows, Ground::new(&town.extent, width, height)).draw(at, heading.trim_end(), &[])
}

fn name_of(town: &Town) -> String {
    format!("{} {} ({})", town.letter, town.name, town.count)
}

fn named(towns: &[Town]) -> Vec<(Extent, String)> {
    towns.iter().map(|town| (town.extent, name_of(town))).collect()
}

/// Left top corner and size of the panel of the whole land, and of each town's.
fn layout(shape: f64, towns: usize) -> Vec<((f64, f64), (f64, f64))> {
    if towns == 0 {
        return vec![((0.0, 0.0), (WIDTH, (WIDTH / shape).clamp(260.0, 470.0)))];
    }
    let half = (WIDTH - GAP) / 2.0;
    let height = (half / shape).clamp(320.0, 430.0);
    let mut places = vec![((0.0, 0.0), (half, height)), ((half + GAP, 0.0), (half, height))];
    for column in 0..towns - 1 {
        let width = (WIDTH - GAP * (towns - 2) as f64) / (towns - 1) as f64;
        places.push(((column as f64 * (width + GAP), height + GAP), (width, INSET)));
    }
    places
}

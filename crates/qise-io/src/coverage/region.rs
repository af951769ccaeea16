//! Regions: a name, a box, or the polygons of a GeoJSON document.

use geojson::{GeoJson, GeometryValue, Position};
use qise::coverage::Region;
use qise::model::LatLon;
use qise::text;

use super::BadOption;

/// `alxa`, or a box `west,south,east,north` in degrees; nothing where the words are neither.
fn of_words(words: &str) -> Result<Option<Region>, BadOption> {
    if let Ok(known @ crate::generate::Region::Alxa) = words.parse() {
        let ring = known.outline().into_iter().filter_map(|(lon, lat)| LatLon::new(lat, lon)).collect();
        return Ok(Some(Region::Polygons(vec![vec![ring]])));
    }
    let edges = words.split(',').map(|edge| edge.trim().parse::<f64>()).collect::<Result<Vec<_>, _>>();
    let Some(&[west, south, east, north]) = edges.as_deref().ok() else { return Ok(None) };
    let corners = LatLon::new(south, west).zip(LatLon::new(north, east));
    if corners.is_none() || south >= north {
        return Err(BadOption(text!(
            "region {words:?} is not a box west,south,east,north in degrees",
            "区域 {words:?} 不是“西，南，东，北”（单位：度）的矩形"
        )));
    }
    Ok(Some(Region::Box { west, south, east, north }))
}

/// Reads a region: `alxa`, a box `west,south,east,north` in degrees, or, where `words` are neither, the polygons of the GeoJSON
/// document that `open` gives for them (RFC 7946, WGS-84).
///
/// # Errors
/// What is wrong with the words, or the document.
pub fn read_region<E: From<BadOption>>(
    words: &str,
    open: impl FnOnce() -> Result<Vec<u8>, E>,
) -> Result<Region, E> {
    match of_words(words)? {
        Some(region) => Ok(region),
        None => Ok(of_geojson(words, &open()?)?),
    }
}

fn of_geojson(name: &str, bytes: &[u8]) -> Result<Region, BadOption> {
    let document = std::str::from_utf8(bytes).map_err(|error| error.to_string());
    let document = document.and_then(|text| text.parse::<GeoJson>().map_err(|error| error.to_string()));
    let document = document
        .map_err(|error| BadOption(text!("{name}: not GeoJSON: {error}", "{name}:不是 GeoJSON:{error}")))?;
    let mut polygons = Vec::new();
    let bad = |position: &Position| {
        let found = position.as_slice().iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
        BadOption(text!(
            "{name}: [{found}] is not longitude and latitude in degrees",
            "{name}:[{found}] 不是以度表示的经纬度"
        ))
    };
    let mut polygon = |given: &[Vec<Position>]| {
        let mut rings = Vec::with_capacity(given.len());
        for ring in given {
            let point = |position: &Position| {
                let at = match position.as_slice() {
                    [lon, lat, ..] => LatLon::new(*lat, *lon),
                    _ => None,
                };
                at.ok_or_else(|| bad(position))
            };
            rings.push(ring.iter().map(point).collect::<Result<Vec<_>, _>>()?);
        }
        polygons.push(rings);
        Ok(())
    };
    let mut geometries = Vec::new();
    match &document {
        GeoJson::Geometry(geometry) => geometries.push(geometry),
        GeoJson::Feature(feature) => geometries.extend(&feature.geometry),
        GeoJson::FeatureCollection(all) => {
            geometries.extend(all.features.iter().filter_map(|f| f.geometry.as_ref()));
        }
    }
    while let Some(geometry) = geometries.pop() {
        match &geometry.value {
            GeometryValue::Polygon { coordinates } => polygon(coordinates)?,
            GeometryValue::MultiPolygon { coordinates } => {
                coordinates.iter().try_for_each(|one| polygon(one))?;
            }
            GeometryValue::GeometryCollection { geometries: inner } => geometries.extend(inner),
            _ => {}
        }
    }
    if polygons.is_empty() {
        return Err(BadOption(text!("{name}: no polygon in it", "{name}：其中没有多边形")));
    }
    Ok(Region::Polygons(polygons))
}

//! Tables of points: longitude, latitude, and a number or a name.

use qise::coverage::{Point, Where};
use qise::model::LatLon;
use qise::{Text, text};

use super::BadOption;

/// A point of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where, in WGS-84.
    pub at: LatLon,
    /// What stands in the third column.
    pub last: Option<String>,
}

impl Row {
    /// The points of a table whose third column counts residents.
    ///
    /// # Errors
    /// The first line without such a number.
    pub fn residents(rows: &[Self]) -> Result<Vec<Point>, BadOption> {
        let point = |(n, row): (usize, &Self)| {
            let residents = row.last.as_deref().and_then(|last| last.parse::<u32>().ok());
            let found = row.last.clone().unwrap_or_default();
            let row_number = n + 1;
            let mass = residents.ok_or_else(|| {
                BadOption(text!(
                    "row {row_number} of the residents: {found:?} is not a number of residents",
                    "居民表第 {row_number} 行：{found:?} 不是居民人数"
                ))
            })?;
            Ok(Point { at: Where::At(row.at), mass: mass.into() })
        };
        rows.iter().enumerate().map(point).collect()
    }
}

/// What each column may be called; in this order where nothing is.
const NAMES: [&[&str]; 3] = [
    &["lon", "lng", "longitude", "x", "经度"],
    &["lat", "latitude", "y", "纬度"],
    &["residents", "population", "name", "人口", "居民", "居民数", "名称"],
];

/// Reads a table of points in CSV (UTF-8; commas, semicolons or tabs): `lon,lat` and a third column, with or without a line of
/// headings. Degrees of WGS-84.
///
/// # Errors
/// The first line that is no point.
pub fn read_points(name: &str, bytes: &[u8]) -> Result<Vec<Row>, BadOption> {
    let text = std::str::from_utf8(bytes).map_err(|_| wrong(name, &text!("not UTF-8", "不是 UTF-8 编码")))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()).peekable();
    let mut columns = [0, 1, 2];
    let head = lines.peek().map(|(line, _)| cells(line)).unwrap_or_default();
    if head.first().is_some_and(|cell| cell.parse::<f64>().is_err()) {
        for (column, names) in columns.iter_mut().zip(NAMES) {
            let found = head.iter().position(|cell| names.contains(&cell.to_lowercase().as_str()));
            *column = found.unwrap_or(usize::MAX);
        }
        if columns[..2].contains(&usize::MAX) {
            let words = text!("the headings need lon and lat", "表头须有 lon（经度）和 lat（纬度）");
            return Err(wrong(name, &words));
        }
        lines.next();
    }
    let mut rows = Vec::new();
    for (line, number) in lines {
        let cells = cells(line);
        let degrees = |column: usize| cells.get(columns[column]).and_then(|cell| cell.parse::<f64>().ok());
        let Some(at) = degrees(0).zip(degrees(1)).and_then(|(lon, lat)| LatLon::new(lat, lon)) else {
            let words = text!(
                "line {number}: {line:?} is not lon,lat in degrees",
                "第 {number} 行：{line:?} 不是以度表示的经度、纬度"
            );
            return Err(wrong(name, &words));
        };
        let last = cells.get(columns[2]).filter(|cell| !cell.is_empty()).cloned();
        rows.push(Row { at, last });
    }
    if rows.is_empty() {
        Err(wrong(name, &text!("no points in it", "其中没有任何点")))
    } else {
        Ok(rows)
    }
}

fn wrong(name: &str, words: &Text) -> BadOption {
    let (en, zh) = (&words.en, &words.zh);
    BadOption(text!("{name}: {en}", "{name}：{zh}"))
}

/// The cells of a line; quotes around a cell keep commas in it, and are doubled to be meant.
fn cells(line: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' | ';' | '\t' if !quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    cells.push(cell);
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tables_with_and_without_headings() {
        let plain = read_points("t", b"105.5,38.25,12\n106,39,0\n").unwrap();
        let headed = "\u{feff}名称;纬度;经度\n\"a \"\"b\"\", c\";38.25;105.5\n";
        let headed = read_points("t", headed.as_bytes()).unwrap();
        assert_eq!(plain[0].at, headed[0].at);
        assert_eq!(headed[0].last.as_deref(), Some("a \"b\", c"));
        let residents = Row::residents(&plain).unwrap();
        assert_eq!(residents.iter().map(|point| point.mass).collect::<Vec<_>>(), [12, 0]);
        assert!(Row::residents(&headed).is_err());
    }

    #[test]
    fn says_which_line_is_wrong() {
        for (bytes, words) in [
            (
                &b"lon,lat,residents\n105,38,1\n200,38,1\n"[..],
                "t: line 3: \"200,38,1\" is not lon,lat in degrees",
            ),
            (b"lon,residents\n1,2\n", "t: the headings need lon and lat"),
            (b"", "t: no points in it"),
            (b"\xff\xfe", "t: not UTF-8"),
        ] {
            assert_eq!(read_points("t", bytes).unwrap_err().0.en, words);
        }
    }
}

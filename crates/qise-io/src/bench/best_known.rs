//! Lists of best known values: CSV with the columns `instance` and `value`, `convention` where there are several, and `paths`
//! where these are asked for.

use qise::model::{Code, Fault};
use qise::{Faults, Text, text};

use super::{Convention, Family};
use crate::read::quoted;

/// A list of best known values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BestKnown {
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
struct Row {
    instance: String,
    value: f64,
    paths: Option<u32>,
    convention: String,
}

impl BestKnown {
    /// Reads a list.
    ///
    /// # Errors
    /// The first line that is not as its heading says, with its number.
    pub fn read(bytes: &[u8]) -> Result<Self, Faults> {
        let words = String::from_utf8_lossy(bytes);
        let fault = |line: usize, found: String, expected: Text| {
            Faults(vec![Fault::new(format!("line {line}"), Code::Syntax, found, expected)])
        };
        let mut lines = words.lines().enumerate();
        let heading = fields(lines.next().map_or("", |(_, line)| line));
        let column = |name: &str| heading.iter().position(|field| field == name);
        let (Some(instance), Some(value)) = (column("instance"), column("value")) else {
            let expected = text!("the columns instance and value", "instance、value 两列");
            return Err(fault(1, quoted(&heading.join(",")), expected));
        };
        let (convention, paths) = (column("convention"), column("paths"));
        let mut rows = Vec::new();
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let fields = fields(line);
            let field = |column: usize| fields.get(column).map_or("", String::as_str);
            let number: Option<f64> = field(value).trim().parse().ok();
            let Some(number) = number.filter(|number| number.is_finite()) else {
                let place = value + 1;
                let expected = text!("a value, in column {place}", "一个数值（第 {place} 列）");
                return Err(fault(index + 1, quoted(field(value)), expected));
            };
            rows.push(Row {
                instance: field(instance).to_owned(),
                value: number,
                paths: paths.and_then(|column| field(column).trim().parse().ok()),
                convention: convention.map_or("", field).to_owned(),
            });
        }
        Ok(Self { rows })
    }

    /// The name in this list of the instance at `path` (without ending, relative to the folder of the family): the path itself, or
    /// its last part in any case of letters; the path where the list knows neither.
    pub fn name_of(&self, path: &str) -> String {
        let last = path.rsplit('/').next().unwrap_or(path);
        let names = || self.rows.iter().map(|row| &row.instance);
        let listed = names()
            .find(|name| *name == path)
            .or_else(|| names().find(|name| *name == last))
            .or_else(|| names().find(|name| name.eq_ignore_ascii_case(last)));
        listed.map_or_else(|| path.to_owned(), Clone::clone)
    }

    /// The numbers of paths that are listed for an instance, in order.
    pub fn paths_of(&self, name: &str) -> Vec<u32> {
        let rows = self.rows.iter().filter(|row| row.instance == name);
        let mut paths = rows.filter_map(|row| row.paths).collect::<Vec<_>>();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// The best of the values that are listed for an instance and counted as `convention` says.
    pub fn value(
        &self,
        family: Family,
        name: &str,
        convention: Convention,
        paths: Option<u32>,
    ) -> Option<f64> {
        let rows =
            self.rows.iter().filter(|row| row.instance == name && (paths.is_none() || row.paths == paths));
        let values =
            rows.filter(|row| convention.listed.contains(&row.convention.as_str())).map(|row| row.value);
        values.reduce(if family.is_maximised() { f64::max } else { f64::min })
    }
}

/// The fields of a line of CSV: between commas, in quotes where they hold one.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut inside = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if inside && characters.peek() == Some(&'"') => {
                characters.next();
                fields.last_mut().unwrap_or(&mut String::new()).push('"');
            }
            '"' => inside = !inside,
            ',' if !inside => fields.push(String::new()),
            other => fields.last_mut().unwrap_or(&mut String::new()).push(other),
        }
    }
    fields
}

//! What rows use without a row of its own: skills that volunteers hold, teams that they name, projects of needs, what loads are counted in.

use serde_json::{Map, Value, json};

use super::Reading;
use super::sheets::Found;
use crate::say::amounts::counted;
use crate::say::words::listed;
use crate::table::{Kind, List};

impl Reading<'_> {
    /// Learns all ids and names, and adds to the document what is used without a row.
    pub(super) fn declare(&mut self, found: &[Found], document: &mut Map<String, Value>) {
        for found in found {
            self.learn(found);
        }
        self.names.learn(document);
        self.declare_skills(found, document);
        self.declare_names(found, document, (List::Teams, Kind::Refs(List::Teams), List::Volunteers));
        self.declare_names(found, document, (List::Projects, Kind::Ref(List::Projects), List::Needs));
        self.declare_dimensions(found, document);
    }

    /// The ids and names of a sheet.
    fn learn(&mut self, found: &Found) {
        let sheet = &self.book.sheets[found.sheet];
        let (id, name) = (found.place("id"), found.place("name"));
        for &row in &found.rows {
            let words = |place: Option<usize>| {
                place.map(|place| sheet.cell(row, place).words()).filter(|words| !words.is_empty())
            };
            let (id, name) = (words(id), words(name));
            if let Some(key) = id.as_ref().or(name.as_ref()) {
                self.names.add(found.spec.list, key, name.as_deref());
            }
        }
    }

    /// What stands in the columns of a kind.
    fn cells(&self, found: &[Found], is_meant: impl Fn(List, Kind) -> bool) -> Vec<String> {
        let mut cells = Vec::new();
        for found in found {
            let columns = found.spec.columns.iter().zip(&found.columns);
            let places = columns
                .filter(|(column, _)| is_meant(found.spec.list, column.kind))
                .flat_map(|(_, places)| places);
            for (place, _) in places {
                let sheet = &self.book.sheets[found.sheet];
                cells.extend(
                    found
                        .rows
                        .iter()
                        .map(|&row| sheet.cell(row, *place).words())
                        .filter(|words| !words.is_empty()),
                );
            }
        }
        cells
    }

    /// Whether nobody has listed these things: then a word that is near another may be meant as it stands.
    fn may_declare(&mut self, list: List, word: &str, has_sheet: bool) -> bool {
        let is_near = |own: &mut Self| own.suggest.closest(word, own.names.known(list)).is_some();
        !self.names.is_known(list, word) && (!has_sheet || !is_near(self))
    }

    fn declare_skills(&mut self, found: &[Found], document: &mut Map<String, Value>) {
        let has_sheet = !self.names.is_empty(List::Skills);
        let mut declared = Vec::<(String, u32)>::new();
        for cell in self.cells(found, |_, kind| kind == Kind::Held) {
            let entries =
                if self.names.is_known(List::Skills, &cell) { vec![cell.as_str()] } else { listed(&cell) };
            for entry in entries {
                let name =
                    counted(entry, &|name: &str| self.names.is_known(List::Skills, name)).name.to_owned();
                if !name.is_empty() && self.may_declare(List::Skills, &name, has_sheet) {
                    self.names.add(List::Skills, &name, None);
                    declared.push((name, 1));
                }
            }
        }
        // Levels run as far as anybody has or asks for them.
        for cell in
            self.cells(found, |_, kind| matches!(kind, Kind::Held | Kind::AskedSkills | Kind::DriverSkills))
        {
            for entry in listed(&cell) {
                let found = counted(entry, &|name: &str| self.names.is_known(List::Skills, name));
                let level = found.number.unwrap_or(1.0).clamp(1.0, 100.0) as u32;
                if let Some((_, levels)) = declared
                    .iter_mut()
                    .find(|(name, _)| self.names.resolve(List::Skills, found.name) == Ok(name))
                {
                    *levels = level.max(*levels);
                }
            }
        }
        let entries = declared.into_iter().map(|(name, levels)| json!({"id": name, "levels": levels}));
        add(document, List::Skills, entries.collect());
    }

    /// Things that a column names and no sheet lists.
    fn declare_names(
        &mut self,
        found: &[Found],
        document: &mut Map<String, Value>,
        (list, kind, of): (List, Kind, List),
    ) {
        let has_sheet = !self.names.is_empty(list);
        let mut entries = Vec::new();
        for cell in self.cells(found, |list, own| list == of && own == kind) {
            let words = if self.names.is_known(list, &cell) { vec![cell.as_str()] } else { listed(&cell) };
            for word in words {
                if !has_sheet && self.may_declare(list, word, has_sheet) {
                    self.names.add(list, word, None);
                    entries.push(json!({ "id": word }));
                }
            }
        }
        add(document, list, entries);
    }

    /// Loads are counted in what volunteers and vehicles can carry.
    fn declare_dimensions(&mut self, found: &[Found], document: &mut Map<String, Value>) {
        let has_sheet = !self.names.is_empty(List::Dimensions);
        let mut entries = Vec::new();
        let carry = |list, kind| {
            matches!(list, List::Volunteers | List::Vehicles) && kind == Kind::Amounts(List::Dimensions)
        };
        for cell in self.cells(found, carry) {
            for entry in listed(&cell) {
                let found = counted(entry, &|name: &str| self.names.is_known(List::Dimensions, name));
                // what has no number may be a slip of the pen
                let Some(name) = found.number.map(|_| found.name) else { continue };
                if self.may_declare(List::Dimensions, name, has_sheet) {
                    self.names.add(List::Dimensions, name, None);
                    entries.push(json!({ "id": name }));
                }
            }
        }
        add(document, List::Dimensions, entries);
    }
}

/// Adds entries behind those that are there.
fn add(document: &mut Map<String, Value>, list: List, entries: Vec<Value>) {
    if entries.is_empty() {
        return;
    }
    let all = document.entry(list.field()).or_insert_with(|| json!([]));
    if let Some(all) = all.as_array_mut() {
        all.extend(entries);
    }
}

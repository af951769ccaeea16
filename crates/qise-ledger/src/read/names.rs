//! Things by id and by name: a cell may call them either way.

use qise::Lang;
use qise::model::Category;
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::say::words::plain;
use crate::table::List;

/// The ids of all lists, and the names that stand for them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    lists: FxHashMap<List, Named>,
}

#[derive(Debug, Default)]
struct Named {
    /// Each id, and how it is written plainly.
    ids: FxHashMap<String, String>,
    /// The id of a name; nothing where several have it.
    names: FxHashMap<String, Option<String>>,
    /// Ids and names in the order in which they came.
    known: Vec<String>,
    /// The first name of each id.
    shown: FxHashMap<String, String>,
}

/// The seven colours as offices call them.
const COLOURS: [(&str, [&str; 2]); 7] = [
    ("red", ["红", "红色"]),
    ("orange", ["橙", "橙色"]),
    ("yellow", ["黄", "黄色"]),
    ("green", ["绿", "绿色"]),
    ("white", ["白", "白色"]),
    ("blue", ["蓝", "蓝色"]),
    ("purple", ["紫", "紫色"]),
];

/// Why a word names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unresolved {
    Unknown,
    /// Several have this name.
    Several,
}

impl Names {
    pub(crate) fn add(&mut self, list: List, id: &str, name: Option<&str>) {
        let named = self.lists.entry(list).or_default();
        let plainly = plain(id);
        if plainly != id {
            named.ids.entry(plainly.into_owned()).or_insert_with(|| id.to_owned());
        }
        named.ids.insert(id.to_owned(), id.to_owned());
        named.known.push(id.to_owned());
        for name in name.into_iter().filter(|name| *name != id) {
            named.known.push(name.to_owned());
            named.shown.entry(id.to_owned()).or_insert_with(|| name.to_owned());
            let plainly = plain(name);
            let both = [Some(name), Some(&*plainly).filter(|plainly| *plainly != name)];
            for name in both.into_iter().flatten() {
                let other = named.names.entry(name.to_owned()).or_insert_with(|| Some(id.to_owned()));
                if other.as_deref() != Some(id) {
                    *other = None;
                }
            }
        }
    }

    /// The ids and names of all lists of a document.
    pub(crate) fn learn(&mut self, document: &Map<String, Value>) {
        for category in Category::seven_colours() {
            self.add(List::Categories, &category.key, Some(&category.name.zh));
            self.add(List::Categories, &category.key, Some(&category.name.en));
        }
        for (key, words) in COLOURS {
            for word in words {
                self.add(List::Categories, key, Some(word));
            }
        }
        for list in List::ALL {
            for entry in document.get(list.field()).and_then(Value::as_array).into_iter().flatten() {
                let words = |field: &str| entry.get(field).and_then(Value::as_str);
                if let Some(id) = words("id") {
                    self.add(list, id, words("name"));
                    self.add(list, id, words("name_zh"));
                }
            }
        }
    }

    /// A name of something in a language, which means nothing else.
    pub(crate) fn name_of(&self, list: List, id: &str, lang: Lang) -> Option<&str> {
        if list == List::Categories {
            let colour = COLOURS.iter().find(|(key, _)| *key == id).map(|(_, words)| words[1]);
            return colour.filter(|_| lang == Lang::Zh);
        }
        let name = self.lists.get(&list)?.shown.get(id)?;
        (self.resolve(list, name) == Ok(id)).then_some(name)
    }

    /// The id that a word means: an id, or else a name.
    pub(crate) fn resolve(&self, list: List, word: &str) -> Result<&str, Unresolved> {
        let named = self.lists.get(&list).ok_or(Unresolved::Unknown)?;
        let plain = plain(word);
        if let Some(id) = named.ids.get(word).or_else(|| named.ids.get(&*plain)) {
            return Ok(id);
        }
        match named.names.get(word).or_else(|| named.names.get(&*plain)) {
            Some(id) => id.as_deref().ok_or(Unresolved::Several),
            None => Err(Unresolved::Unknown),
        }
    }

    pub(crate) fn is_known(&self, list: List, word: &str) -> bool {
        self.resolve(list, word) != Err(Unresolved::Unknown)
    }

    /// All ids and names of a list, to find what somebody may have meant.
    pub(crate) fn known(&self, list: List) -> impl Iterator<Item = &str> {
        self.lists.get(&list).into_iter().flat_map(|named| named.known.iter().map(String::as_str))
    }

    /// Whether a list has any entries.
    pub(crate) fn is_empty(&self, list: List) -> bool {
        self.lists.get(&list).is_none_or(|named| named.known.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_things() {
        let mut names = Names::default();
        names.add(List::Places, "wangfu", Some("王府街社区"));
        names.add(List::Places, "a", Some("新区"));
        names.add(List::Places, "b", Some("新区"));
        names.add(List::Places, "7号楼", None);
        assert_eq!(names.resolve(List::Places, "王府街社区"), Ok("wangfu"));
        assert_eq!(names.resolve(List::Places, "wangfu"), Ok("wangfu"));
        assert_eq!(names.resolve(List::Places, "7号楼"), Ok("7号楼"));
        assert_eq!(names.resolve(List::Places, "新区"), Err(Unresolved::Several));
        assert_eq!(names.resolve(List::Places, "老区"), Err(Unresolved::Unknown));
    }
}

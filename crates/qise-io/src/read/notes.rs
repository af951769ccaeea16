//! What has been noted on the way through a document.

use qise::model::{Code, Fault, quoted};
use qise::{Faults, Text, text};
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess};

use super::{Read, Reader};
use crate::path::{write_field, write_index};
use crate::suggest::Suggest;

/// One step down into a document.
#[derive(Clone, Copy, Debug)]
enum Step {
    Field(&'static str),
    Index(usize),
}

/// So many faults are noted at most: what has more is read no further, for nobody mends so many by hand.
pub(crate) const MOST_FAULTS: usize = Faults::MOST;

/// What is said when that many have been noted.
pub(crate) fn stopped() -> Fault {
    Fault::new(
        "$",
        Code::TooMany,
        text!("{MOST_FAULTS} faults or more", "{MOST_FAULTS} 处或更多错误"),
        text!("a document with fewer faults", "错误较少的文件"),
    )
    .hint(text!("reading stopped there: mend these first", "读取到此为止：请先改正所列各处"))
}

/// Where the reader stands, and the faults that it has met.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    steps: Vec<Step>,
    faults: Vec<Fault>,
    suggest: Suggest,
}

impl Notes {
    pub(crate) fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    /// Whether so many faults have been noted that reading stops.
    pub(super) fn is_full(&self) -> bool {
        self.faults.len() >= MOST_FAULTS
    }

    /// Ends reading when too many faults have been noted.
    fn go_on<E: Error>(&self) -> Result<(), E> {
        if self.is_full() { Err(E::custom("too many faults")) } else { Ok(()) }
    }

    /// The path of the value that is being read.
    pub(crate) fn path(&self) -> String {
        let mut path = String::from("$");
        for step in &self.steps {
            // Writing to a string cannot fail.
            let _ = match step {
                Step::Field(name) => write_field(&mut path, name),
                Step::Index(index) => write_index(&mut path, *index),
            };
        }
        path
    }

    /// Reads the value of a field. After a fault of the syntax the path stays where it happened.
    pub(crate) fn field<'a, T: Read<'a>, A: MapAccess<'a>>(
        &mut self,
        name: &'static str,
        nullable: bool,
        object: &mut A,
    ) -> Result<Option<T>, A::Error> {
        self.steps.push(Step::Field(name));
        let value = object.next_value_seed(Reader::<T>::new(self, nullable))?;
        self.steps.pop();
        Ok(value)
    }

    /// Reads all elements of a list, and hands each to `take`; nothing for a faulty one.
    pub(crate) fn elements<'a, T: Read<'a>, A: SeqAccess<'a>>(
        &mut self,
        mut list: A,
        mut take: impl FnMut(Option<T>),
    ) -> Result<(), A::Error> {
        for index in 0.. {
            self.steps.push(Step::Index(index));
            let element = list.next_element_seed(Reader::<T>::new(self, false))?;
            self.steps.pop();
            let Some(element) = element else { break };
            take(element);
            self.go_on()?;
        }
        Ok(())
    }

    /// Notes a fault at the value that is being read.
    pub(crate) fn fault(&mut self, code: Code, found: impl Into<Text>, expected: Text, hint: Text) {
        let path = self.path();
        self.faults.push(Fault::new(path, code, found, expected).hint(hint));
    }

    /// Notes a value of a wrong type; there is nothing to read then.
    pub(crate) fn wrong_type<T>(&mut self, found: impl Into<Text>, expected: Text) -> Option<T> {
        self.fault(Code::WrongType, found, expected, Text::default());
        None
    }

    /// Notes a word that is none of those that are `known`.
    pub(crate) fn unknown_value<T>(&mut self, found: &str, known: &[&str]) -> Option<T> {
        let hint = self.suggest.hint(found, known.iter().copied());
        let list = known.join(", ");
        self.fault(Code::UnknownValue, quoted(found), text!("one of {list}", "{list} 之一"), hint);
        None
    }

    /// Notes a field that must be there and is not.
    pub(crate) fn missing_field(&mut self, name: &'static str, expected: Text) {
        self.steps.push(Step::Field(name));
        self.fault(Code::MissingField, text!("nothing", "空缺"), expected, Text::default());
        self.steps.pop();
    }

    /// Notes a field that stands there twice; skips its value.
    pub(crate) fn duplicate_field<'a, A: MapAccess<'a>>(
        &mut self,
        name: &'static str,
        object: &mut A,
    ) -> Result<(), A::Error> {
        self.steps.push(Step::Field(name));
        let expected = text!("each field once", "每个字段一次");
        self.fault(
            Code::DuplicateField,
            text!("the same field again", "重复的字段"),
            expected,
            Text::default(),
        );
        object.next_value::<IgnoredAny>()?;
        self.steps.pop();
        self.go_on()
    }

    /// Notes a field that the format does not know; skips its value.
    pub(crate) fn unknown_field<'a, A: MapAccess<'a>>(
        &mut self,
        name: &str,
        known: &[&'static str],
        object: &mut A,
    ) -> Result<(), A::Error> {
        object.next_value::<IgnoredAny>()?;
        let mut path = self.path();
        // Writing to a string cannot fail.
        let _ = write_field(&mut path, name);
        let list = known.join(", ");
        let expected = text!("one of the fields {list}", "{list} 等字段之一");
        let of_document = ["time_zone", "timezone", "datum"].contains(&name);
        let hint = if of_document && path.contains('[') {
            text!(
                "`{name}` is stated once, at the top of the document; a single time may have its own offset or zone",
                "{name} 只在文件顶层写一次；单个时刻可自带时差或时区"
            )
        } else {
            self.suggest.hint(name, known.iter().copied())
        };
        let fault = Fault::new(path, Code::UnknownField, quoted(name), expected).hint(hint);
        self.faults.push(fault);
        self.go_on()
    }
}

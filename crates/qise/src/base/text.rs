//! Words for people, always in both languages of the project.

use std::fmt;

/// The languages in which the engine speaks.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// 简体中文.
    Zh,
}

/// One message in English and in Chinese.
///
/// `Display` gives the English wording; [`Text::in_lang`] picks one.
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text {
    /// The English wording.
    pub en: String,
    /// The Chinese wording.
    pub zh: String,
}

impl Text {
    /// A message from its two wordings.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// Text that reads the same in every language: a name, a number, a key.
    pub fn same(words: impl Into<String>) -> Self {
        let en = words.into();
        Self { zh: en.clone(), en }
    }

    /// The wording in `lang`.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    /// True when there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty()
    }
}

impl From<String> for Text {
    fn from(words: String) -> Self {
        Self::same(words)
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Self {
        Self::same(words)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// Formats one message in both languages: `text!("{n} needs", "{n} 个需求")`.
///
/// Named values are captured from the scope, as in [`format!`].
#[macro_export]
macro_rules! text {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::Text::new(format!($en), format!($zh))
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_made_in_both_languages() {
        let count = 3;
        let message = text!("{count} needs", "{count} 个需求");
        assert_eq!((message.in_lang(Lang::En), message.in_lang(Lang::Zh)), ("3 needs", "3 个需求"));
        assert_eq!(message.to_string(), "3 needs");
        assert_eq!(Text::from("key"), Text::new("key", "key"));
        assert!(Text::default().is_empty() && !message.is_empty());
    }
}

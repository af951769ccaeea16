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

/// A length of time: hours and minutes, or seconds where it is shorter than a minute.
pub(crate) fn length(seconds: i64) -> Text {
    let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
    match () {
        () if seconds < 60 => text!("{seconds} s", "{seconds} 秒"),
        () if hours == 0 => text!("{minutes} min", "{minutes} 分钟"),
        () => text!("{hours} h {minutes:02} min", "{hours} 小时 {minutes:02} 分"),
    }
}

/// Messages in a row, with these stops between them.
pub(crate) fn joined(parts: &[Text], en: &str, zh: &str) -> Text {
    let pick = |of: fn(&Text) -> &str| parts.iter().map(of).collect::<Vec<_>>();
    Text::new(pick(|t| &t.en).join(en), pick(|t| &t.zh).join(zh))
}

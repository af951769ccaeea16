//! Enums whose variants have names in documents, and names for people.

/// An enum with `ALL`, `COUNT`, `as_str`, `from_name` and `Display`: `Variant = "name"`. With `, "English", "中文"` behind each name also
/// `label`.
macro_rules! named_enum {
    (
        $(#[$meta:meta])* pub enum $kind:ident;
        $($(#[$doc:meta])* $variant:ident = $name:literal, $en:literal, $zh:literal);* $(;)?
    ) => {
        $crate::base::named_enum!($(#[$meta])* pub enum $kind; $($(#[$doc])* $variant = $name);*);

        impl $kind {
            /// The name for people.
            pub fn label(self) -> $crate::Text {
                match self { $(Self::$variant => $crate::Text::new($en, $zh)),* }
            }
        }
    };
    (
        $(#[$meta:meta])* pub enum $kind:ident;
        $($(#[$doc:meta])* $variant:ident = $name:literal);* $(;)?
    ) => {
        $(#[$meta])*
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $kind {
            $($(#[$doc])* #[cfg_attr(feature = "serde", serde(rename = $name))] $variant),*
        }

        impl $kind {
            /// All variants, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The stable name in documents and messages.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The variant of a name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|variant| variant.as_str() == name)
            }
        }

        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use named_enum;

#[cfg(test)]
mod tests {
    use crate::model::{Term, Terms};

    /// By the enum that has most variants.
    #[test]
    fn variants_are_known_by_their_names() {
        assert_eq!((Term::ALL.len(), Term::ALL[0]), (Term::COUNT, Term::UnservedMandatory));
        assert_eq!(Terms::default().iter().count(), Term::COUNT);
        for (number, &term) in Term::ALL.iter().enumerate() {
            assert_eq!((term as usize, Term::from_name(term.as_str())), (number, Some(term)));
            assert_eq!(term.to_string(), term.as_str());
        }
        assert_eq!((Term::Late.as_str(), Term::from_name("Late")), ("late", None));
        assert_eq!(Term::Late.label(), crate::Text::new("promises missed", "未兑现的承诺数"));
    }
}

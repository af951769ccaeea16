//! Enums whose variants have a stable code.

/// An enum with `ALL`, `COUNT`, `code`, `from_code` and `Display`: `Variant = "code"`.
macro_rules! coded_enum {
    (
        $(#[$meta:meta])* pub enum $kind:ident;
        $($(#[$doc:meta])* $variant:ident = $code:literal;)*
    ) => {
        $(#[$meta])*
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $kind {
            $($(#[$doc])* #[cfg_attr(feature = "serde", serde(rename = $code))] $variant),*
        }

        impl $kind {
            /// All variants, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The stable code in documents and journals.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The variant of a code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|variant| variant.code() == code)
            }
        }

        impl std::fmt::Display for $kind {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.code())
            }
        }
    };
}

pub(crate) use coded_enum;

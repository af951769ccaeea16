//! The words of documents for values of the engine.

use qise::explain::Verdict;
use qise::model::{Gender, Handling, Rounding, SkillKind, Term, Unload};

use super::{LinkWord, PairRule};
use crate::datum::Datum;
use crate::read::Words;

macro_rules! words {
    ($($type:ident { $($word:literal = $variant:ident),* $(,)? })*) => {$(
        impl Words for $type {
            const NAME: &'static str = stringify!($type);

            fn all() -> &'static [Self] {
                &[$(Self::$variant),*]
            }

            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }
    )*};
}

words! {
    Gender { "female" = Female, "male" = Male }
    Handling { "deliver" = Deliver, "carry" = Carry, "collect" = Collect }
    LinkWord {
        "after" = After, "same_person" = SamePerson, "different_person" = DifferentPerson, "same_day" = SameDay,
        "days_apart" = DaysApart, "together" = Together,
    }
    PairRule { "forbidden" = Forbidden, "preferred" = Preferred, "avoided" = Avoided }
    Rounding { "up" = Up, "nearest" = Nearest }
    Unload { "any_order" = AnyOrder, "last_in_first_out" = LastInFirstOut }
    SkillKind { "skill" = Skill, "credential" = Credential, "language" = Language }
}

impl Words for Datum {
    const NAME: &'static str = "Datum";

    fn all() -> &'static [Self] {
        Self::ALL
    }

    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl Words for Term {
    const NAME: &'static str = "Term";

    fn all() -> &'static [Self] {
        Self::ALL
    }

    fn word(self) -> &'static str {
        self.as_str()
    }
}

impl Words for Verdict {
    const NAME: &'static str = "Verdict";

    fn all() -> &'static [Self] {
        Self::ALL
    }

    fn word(self) -> &'static str {
        self.as_str()
    }
}

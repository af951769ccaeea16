//! The skills, languages and credentials of a generated scenario, and who tends to hold them.

use qise::model::{Quality, Skill, SkillId, SkillKind, SkillLevel};

macro_rules! abilities {
    ($($variant:ident = $key:literal, $en:literal, $zh:literal, $kind:ident, $levels:literal;)*) => {
        /// Something that people can do, speak or show; its position is its [`SkillId`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Ability { $($variant),* }

        impl Ability {
            /// All of them, as the skills of a problem.
            pub(super) fn skills() -> Vec<Skill> {
                vec![$(Skill {
                    key: $key.into(),
                    name: Some(concat!($en, " ", $zh).into()),
                    kind: SkillKind::$kind,
                    levels: $levels,
                }),*]
            }

            /// Levels run from 1 to this.
            pub(super) fn levels(self) -> u8 {
                match self { $(Self::$variant => $levels),* }
            }
        }
    };
}

abilities!(
    Lecturing = "lecturing", "lecturing", "理论宣讲", Skill, 2;
    Mediation = "mediation", "mediation", "纠纷调解", Skill, 3;
    LegalAid = "legal_aid", "legal aid", "法律服务", Skill, 3;
    ElderCare = "elder_care", "care of the elderly", "助老照护", Skill, 3;
    HomeRepair = "home_repair", "home repair", "居家维修", Skill, 3;
    Tutoring = "tutoring", "tutoring", "课业辅导", Skill, 2;
    Haircutting = "haircutting", "haircutting", "理发", Skill, 1;
    Lifting = "lifting", "carrying loads", "重物搬运", Skill, 2;
    SandControl = "sand_control", "sand control and planting", "治沙种植", Skill, 2;
    Livestock = "livestock", "care of livestock", "牲畜防疫", Skill, 3;
    FirstAid = "first_aid", "first aid", "急救", Skill, 2;
    Nursing = "nursing", "nursing", "护理", Skill, 3;
    Counselling = "counselling", "counselling", "心理疏导", Skill, 2;
    Policy = "policy", "explaining policies", "政策解读", Skill, 2;
    Digital = "digital", "phones and networks", "手机与网络", Skill, 2;
    Electrics = "electrics", "electrical work", "电力检修", Skill, 3;
    Mandarin = "mandarin", "Mandarin", "普通话", Language, 2;
    Mongolian = "mongolian", "Mongolian", "蒙古语", Language, 2;
    SignLanguage = "sign_language", "sign language", "手语", Language, 1;
    IdCard = "id_card", "volunteer card", "志愿者证", Credential, 1;
    MinorsCheck = "minors_check", "check for work with minors", "未成年人服务审查", Credential, 1;
    NurseLicence = "nurse_licence", "nurse's licence", "护士执业证", Credential, 1;
    Driver = "driver", "driving licence", "驾驶证", Credential, 1;
    Electrician = "electrician", "electrician's licence", "电工证", Credential, 1;
    VetLicence = "vet_licence", "veterinary licence", "兽医证", Credential, 1;
);

impl Ability {
    /// This ability at a level, or at its highest where it has fewer.
    pub(super) fn at(self, level: u8) -> SkillLevel {
        SkillLevel { skill: SkillId(self as u32), level: level.clamp(1, self.levels()) }
    }

    /// Holding this ability at a level, or at its highest where it has fewer.
    pub(super) fn quality(self, level: u8) -> Quality {
        Quality::Skill(self.at(level))
    }
}

/// Which abilities the people of a category hold, and how likely.
pub(super) type Trade = &'static [(Ability, f64)];

/// The trade of each of the seven categories, in their order.
pub(super) const TRADES: [Trade; 7] = {
    use Ability::{
        Counselling, Digital, Driver, ElderCare, Electrician, Electrics, FirstAid, Haircutting, HomeRepair,
        Lecturing, LegalAid, Lifting, Livestock, Mediation, MinorsCheck, NurseLicence, Nursing, Policy,
        SandControl, Tutoring, VetLicence,
    };
    [
        &[(Lecturing, 0.45), (Lifting, 0.5), (Policy, 0.3), (ElderCare, 0.15), (Driver, 0.2)],
        &[(Mediation, 0.8), (LegalAid, 0.45), (Counselling, 0.2), (Policy, 0.2)],
        &[
            (ElderCare, 0.6),
            (HomeRepair, 0.3),
            (Tutoring, 0.25),
            (Haircutting, 0.2),
            (Lifting, 0.3),
            (MinorsCheck, 0.3),
        ],
        &[(SandControl, 0.7), (Livestock, 0.35), (Lifting, 0.5), (VetLicence, 0.06)],
        &[(FirstAid, 0.75), (Nursing, 0.6), (NurseLicence, 0.45), (Counselling, 0.3), (ElderCare, 0.25)],
        &[(Policy, 0.75), (Digital, 0.5), (Lecturing, 0.25), (LegalAid, 0.2)],
        &[
            (Electrics, 0.45),
            (Electrician, 0.35),
            (HomeRepair, 0.4),
            (Digital, 0.4),
            (Livestock, 0.25),
            (VetLicence, 0.15),
            (Tutoring, 0.2),
            (MinorsCheck, 0.15),
        ],
    ]
};

/// What anybody may hold, whatever the trade.
pub(super) const COMMON: Trade = &[
    (Ability::IdCard, 0.94),
    (Ability::MinorsCheck, 0.15),
    (Ability::FirstAid, 0.06),
    (Ability::Lifting, 0.12),
    (Ability::Digital, 0.08),
    (Ability::ElderCare, 0.06),
    (Ability::SignLanguage, 0.006),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_levels_agree_with_the_skills() {
        let skills = Ability::skills();
        assert_eq!(skills[Ability::VetLicence as usize].key, "vet_licence");
        assert_eq!(skills.len(), Ability::VetLicence as usize + 1);
        assert_eq!(Ability::Haircutting.at(3).level, 1);
        assert_eq!(Ability::Nursing.at(0).level, 1);
    }
}

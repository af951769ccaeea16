//! The kinds of needs, by the seven colours: how common, how long, and what they ask of a person.

use super::ability::Ability;
use super::clock::Hours;

/// A kind of need.
#[derive(Debug)]
pub(super) struct Kind {
    pub name: &'static str,
    /// Position of the category among the seven.
    pub category: u32,
    /// How common it is.
    pub weight: f64,
    /// Shortest and longest service in minutes, multiples of five.
    pub minutes: (i64, i64),
    pub hours: Hours,
    /// What it may ask, each of it with a probability.
    pub asks: &'static [Ask],
    /// What stands out.
    pub traits: &'static [Trait],
}

/// An ability, the highest level that is asked for, and how often it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    pub ability: Ability,
    pub level: u8,
    pub chance: f64,
}

/// What makes a kind of need special.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trait {
    /// Matters more than most, and somebody has to be there soon.
    Urgent,
    /// Takes place in the middle of the settlement.
    Public,
    /// So personal that the gender matters, and a near neighbour is unwelcome.
    Intimate,
    /// Only for teams of its category.
    Official,
}

/// All kinds.
pub(super) const KINDS: &[Kind] = {
    use Ability::{
        Counselling, Digital, Driver, ElderCare, Electrician, Electrics, FirstAid, Haircutting, HomeRepair,
        IdCard, Lecturing, LegalAid, Lifting, Livestock, Mediation, MinorsCheck, Mongolian, NurseLicence,
        Nursing, Policy, SandControl, Tutoring, VetLicence,
    };
    use Hours::{Day, Days, Evening, Half, Hour};
    use Trait::{Intimate, Official, Public, Urgent};
    &[
        kind("敲门走访 door-to-door visit", 0, 8.0, (15, 30), Days, &[ask(IdCard, 1, 0.8)], &[]),
        kind("理论宣讲 talk at the centre", 0, 2.0, (60, 90), Hour, &[ask(Lecturing, 2, 1.0)], &[Public]),
        kind("困难户帮扶 help for a household", 0, 5.0, (60, 120), Day, &[ask(Lifting, 2, 0.5)], &[]),
        kind("邻里调解 neighbours' dispute", 1, 3.0, (60, 120), Half, &[ask(Mediation, 3, 1.0)], &[Official]),
        kind(
            "草场纠纷 pasture dispute",
            1,
            1.5,
            (90, 150),
            Days,
            &[ask(Mediation, 2, 1.0), ask(Mongolian, 1, 0.5), ask(LegalAid, 1, 0.2)],
            &[],
        ),
        kind("法律咨询 legal advice", 1, 2.0, (30, 60), Half, &[ask(LegalAid, 3, 1.0)], &[]),
        kind(
            "助老照护 care of the elderly",
            2,
            9.0,
            (45, 90),
            Half,
            &[ask(ElderCare, 2, 0.8), ask(IdCard, 1, 0.5)],
            &[],
        ),
        kind(
            "助浴 help with bathing",
            2,
            2.0,
            (45, 75),
            Half,
            &[ask(ElderCare, 2, 1.0), ask(IdCard, 1, 1.0)],
            &[Intimate],
        ),
        kind("送餐 a meal brought", 2, 8.0, (10, 15), Hour, &[], &[]),
        kind("代购送货 shopping brought", 2, 7.0, (15, 40), Day, &[ask(Lifting, 1, 0.3)], &[]),
        kind("居家维修 home repair", 2, 6.0, (30, 120), Day, &[ask(HomeRepair, 3, 1.0)], &[Urgent]),
        kind(
            "课业辅导 tutoring",
            2,
            4.0,
            (60, 90),
            Evening,
            &[ask(Tutoring, 2, 0.8), ask(MinorsCheck, 1, 0.9)],
            &[],
        ),
        kind("陪同就医 to the doctor and back", 2, 4.0, (90, 150), Hour, &[ask(Driver, 1, 1.0)], &[]),
        kind("上门理发 haircut at home", 2, 3.0, (20, 40), Days, &[ask(Haircutting, 1, 1.0)], &[]),
        kind(
            "压沙种草 planting against the sand",
            3,
            4.0,
            (120, 180),
            Half,
            &[ask(SandControl, 2, 0.7)],
            &[],
        ),
        kind("环境清洁 clean-up", 3, 4.0, (60, 120), Day, &[], &[]),
        kind("牲畜防疫 livestock check", 3, 4.0, (60, 120), Days, &[ask(Livestock, 2, 1.0)], &[Official]),
        kind("测血压血糖 blood pressure and sugar", 4, 6.0, (15, 30), Half, &[ask(FirstAid, 1, 0.8)], &[]),
        kind(
            "换药护理 dressing of a wound",
            4,
            4.0,
            (30, 45),
            Half,
            &[ask(Nursing, 3, 1.0), ask(NurseLicence, 1, 0.9)],
            &[Urgent],
        ),
        kind("心理疏导 counselling", 4, 2.0, (50, 60), Hour, &[ask(Counselling, 2, 1.0)], &[Intimate]),
        kind("政策解读 a policy explained", 5, 5.0, (30, 60), Day, &[ask(Policy, 2, 1.0)], &[]),
        kind("手机教学 lessons with the phone", 5, 4.0, (30, 60), Half, &[ask(Digital, 2, 0.9)], &[]),
        kind(
            "线路检修 electrical check",
            6,
            4.0,
            (45, 120),
            Day,
            &[ask(Electrics, 3, 1.0), ask(Electrician, 1, 0.6)],
            &[Urgent],
        ),
        kind(
            "兽医出诊 visit of a vet",
            6,
            3.0,
            (60, 120),
            Day,
            &[ask(Livestock, 2, 1.0), ask(VetLicence, 1, 0.5)],
            &[Urgent],
        ),
        kind("技能培训 workshop", 6, 1.5, (90, 150), Half, &[ask(Tutoring, 2, 0.7)], &[Public]),
    ]
};

const fn kind(
    name: &'static str,
    category: u32,
    weight: f64,
    minutes: (i64, i64),
    hours: Hours,
    asks: &'static [Ask],
    traits: &'static [Trait],
) -> Kind {
    Kind { name, category, weight, minutes, hours, asks, traits }
}

const fn ask(ability: Ability, level: u8, chance: f64) -> Ask {
    Ask { ability, level, chance }
}

impl Kind {
    pub(super) fn is(&self, which: Trait) -> bool {
        self.traits.contains(&which)
    }
}

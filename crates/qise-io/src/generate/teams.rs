//! Teams: where they have their seat, what they stand for, and who joins them.

use qise::model::{Category, CategoryId, PlaceId, Team, TeamId};

use super::GenerateOptions;
use super::draw::{Draw, Stream, Weighted};
use super::land::Land;

/// How common each of the seven categories is.
const CATEGORIES: [f64; 7] = [22.0, 10.0, 26.0, 12.0, 12.0, 9.0, 9.0];

/// The teams of a scenario.
#[derive(Debug)]
pub(super) struct Teams {
    pub list: Vec<Team>,
    /// The settlement of each team.
    pub seat: Vec<usize>,
    /// The teams of each settlement.
    pub of: Vec<Vec<TeamId>>,
    /// For each settlement the teams of the nearest one that has some, by how many people they draw.
    nearest: Vec<usize>,
    appeal: Vec<Weighted>,
    categories: Weighted,
}

impl Teams {
    /// The place of the n-th settlement must be the n-th place.
    pub(super) fn new(options: &GenerateOptions, land: &Land, categories: &[Category]) -> Self {
        let mut draw = Draw::new(options.seed, Stream::Teams);
        let weights = Weighted::new(CATEGORIES);
        // Villages have more teams a head than towns.
        let seats = Weighted::new(land.settlements.iter().map(|s| libm::pow(f64::from(s.residents), 0.8)));
        let mut list = Vec::with_capacity(options.teams);
        let mut seat = Vec::with_capacity(options.teams);
        let mut of = vec![Vec::new(); land.settlements.len()];
        let mut sizes = vec![Vec::new(); land.settlements.len()];
        for n in 0..options.teams {
            let (home, category) = (seats.draw(&mut draw), weights.draw(&mut draw));
            let name =
                format!("{}{}队{:04}", land.settlements[home].name, categories[category].name.zh, n + 1);
            list.push(Team {
                key: format!("t{:04}", n + 1),
                name: Some(name),
                category: Some(CategoryId::new(category)),
                base: Some(PlaceId::new(home)),
                least_people: None,
            });
            seat.push(home);
            of[home].push(TeamId::new(n));
            sizes[home].push(draw.pareto(1.0, 1.5, 20.0));
        }
        let nearest = nearest_with_teams(land, &of);
        let appeal = sizes.into_iter().map(Weighted::new).collect();
        Self { list, seat, of, nearest, appeal, categories: weights }
    }

    /// A team that somebody of this settlement joins: mostly a near one; none without any teams.
    pub(super) fn join(&self, settlement: usize, draw: &mut Draw) -> Option<TeamId> {
        if self.list.is_empty() {
            return None;
        }
        let far = draw.chance(0.07);
        let any = draw.below(self.list.len());
        let near = self.nearest[settlement];
        let index = self.appeal[near].draw(draw);
        Some(if far { TeamId::new(any) } else { self.of[near][index] })
    }

    /// What somebody stands for: the category of the team, or any.
    pub(super) fn category(&self, team: Option<TeamId>, draw: &mut Draw) -> usize {
        let any = self.categories.draw(draw);
        team.and_then(|team| self.list[team.index()].category).map_or(any, CategoryId::index)
    }
}

/// For each settlement the nearest that has a team, itself before all; 0 when none has.
fn nearest_with_teams(land: &Land, of: &[Vec<TeamId>]) -> Vec<usize> {
    let seats = (0..of.len()).filter(|&s| !of[s].is_empty()).collect::<Vec<_>>();
    let nearest = |s: usize| {
        let far = |seat: usize| land.settlements[s].chord2(&land.settlements[seat]);
        seats.iter().copied().min_by(|&a, &b| far(a).total_cmp(&far(b))).unwrap_or(0)
    };
    (0..of.len()).map(|s| if of[s].is_empty() { nearest(s) } else { s }).collect()
}

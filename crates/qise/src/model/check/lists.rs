//! What is checked, list by list: the data of a problem that is yet to be built, or those of one that stands and is about to change.

use crate::model::{
    Area, Category, Depot, Dimension, Good, Link, Makespan, Need, NeedId, Objective, Place, Population,
    Previous, Problem, ProblemData, Profile, Project, Skill, Slowdown, Team, Vehicle, Volunteer, VolunteerId,
};

/// The lists of a problem.
#[derive(Clone, Copy)]
pub(super) struct Lists<'a> {
    pub(super) places: &'a [Place],
    pub(super) areas: &'a [Area],
    pub(super) profiles: &'a [Profile],
    pub(super) slowdowns: &'a [Slowdown],
    pub(super) skills: &'a [Skill],
    pub(super) dimensions: &'a [Dimension],
    pub(super) goods: &'a [Good],
    pub(super) depots: &'a [Depot],
    pub(super) vehicles: &'a [Vehicle],
    pub(super) categories: &'a [Category],
    pub(super) teams: &'a [Team],
    pub(super) volunteers: &'a [Volunteer],
    pub(super) apart: &'a [(VolunteerId, VolunteerId)],
    pub(super) projects: &'a [Project],
    pub(super) needs: &'a [Need],
    pub(super) links: &'a [Link],
    pub(super) choices: &'a [Vec<NeedId>],
    pub(super) makespans: &'a [Makespan],
    pub(super) population: &'a [Population],
    pub(super) objective: &'a Objective,
    pub(super) previous: Option<&'a Previous>,
}

impl<'a> From<&'a ProblemData> for Lists<'a> {
    fn from(data: &'a ProblemData) -> Self {
        Self {
            places: &data.places,
            areas: &data.areas,
            profiles: &data.profiles,
            slowdowns: &data.slowdowns,
            skills: &data.skills,
            dimensions: &data.dimensions,
            goods: &data.goods,
            depots: &data.depots,
            vehicles: &data.vehicles,
            categories: &data.categories,
            teams: &data.teams,
            volunteers: &data.volunteers,
            apart: &data.apart,
            projects: &data.projects,
            needs: &data.needs,
            links: &data.links,
            choices: &data.choices,
            makespans: &data.makespans,
            population: &data.population,
            objective: &data.objective,
            previous: data.previous.as_ref(),
        }
    }
}

impl<'a> From<&'a Problem> for Lists<'a> {
    fn from(problem: &'a Problem) -> Self {
        Self {
            places: problem.places(),
            areas: problem.areas(),
            profiles: problem.profiles(),
            slowdowns: problem.slowdowns(),
            skills: problem.skills(),
            dimensions: problem.dimensions(),
            goods: problem.goods(),
            depots: problem.depots(),
            vehicles: problem.vehicles(),
            categories: problem.categories(),
            teams: problem.teams(),
            volunteers: problem.volunteers(),
            apart: problem.apart(),
            projects: problem.projects(),
            needs: problem.needs(),
            links: problem.links(),
            choices: problem.choices(),
            makespans: problem.makespans(),
            population: problem.population(),
            objective: problem.objective(),
            previous: problem.previous(),
        }
    }
}

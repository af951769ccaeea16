//! Whom service reaches, in words.

use qise::fairness::GroupOf;
use qise::{Problem, Text, text};

/// The name of a group of needs that are counted together.
pub fn group(problem: &Problem, of: GroupOf) -> Text {
    match of {
        GroupOf::Area(area) => {
            let area = &problem.areas()[area.index()];
            Text::same(area.name.as_ref().unwrap_or(&area.key))
        }
        GroupOf::NoArea => text!("no area", "未划区"),
        GroupOf::Category(category) => problem.categories()[category.index()].name.clone(),
        GroupOf::Project(project) => {
            let project = &problem.projects()[project.index()];
            Text::same(project.name.as_ref().unwrap_or(&project.key))
        }
        GroupOf::NoProject => text!("no project", "未列项目"),
        GroupOf::NoCategory => text!("no category", "未分类"),
    }
}

//! The rules that a plan can break, for people to read.

use qise::bound::kept_by;
use qise::eligibility::exclusions;
use qise::model::{Rule, Scope};
use qise::{Lang, text};

use super::table;

/// Every rule with what it means, by how much of a plan it looks at.
pub(crate) fn rules(lang: Lang) -> String {
    let mut out = String::new();
    for &scope in Scope::ALL {
        let rules = Rule::ALL.iter().filter(|rule| rule.scope() == scope);
        let rows = rules.map(|&rule| row(rule, lang)).collect::<Vec<_>>();
        let (label, count) = (scope.label(), rows.len());
        let head = format!("{} ({count}, {scope})\n", label.in_lang(lang));
        out.push_str(&head);
        out.push_str(&table::rows(2, &rows));
    }
    let words = text!(
        "\n\
         First: whether pairs of people and needs that break it are left out before the search. Then: the loosest\n\
         relaxation of `qise bound` that keeps it, all of it or the part that a single route shows; – if every bound\n\
         leaves it out. --json lists the exclusions and relaxations of each rule.\n",
        "\n\
         第二列：搜索前是否已排除违反此规则的人员与需求组合。第三列：`qise bound` 中考虑此规则（全部，或单条路线\n\
         可判定的部分）的最松松弛；– 表示所有界均不考虑此规则。--json 逐条列出排除原因与松弛。\n"
    );
    out.push_str(words.in_lang(lang));
    out
}

/// The name of a rule, where it is kept, and what it means when it is broken.
fn row(rule: Rule, lang: Lang) -> Vec<String> {
    let none = || "–".to_owned();
    vec![
        rule.as_str().to_owned(),
        if exclusions(rule).is_empty() {
            none()
        } else {
            text!("checked", "已检查").in_lang(lang).to_owned()
        },
        kept_by(rule).first().map_or_else(none, |relaxation| relaxation.as_str().to_owned()),
        rule.label().in_lang(lang).to_owned(),
    ]
}

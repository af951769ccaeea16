//! The paths that a source file names, as they stand there.

use syn::visit::{self, Visit};
use syn::{ItemMod, ItemUse, Path, UseTree, Visibility};

/// A path of a `use` item, or of an expression or a type.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) path: Vec<String>,
    /// The name under which it is known here, where it is imported.
    pub(super) alias: Option<String>,
    /// Whether it is offered to others.
    pub(super) is_public: bool,
}

/// All paths of a file but those of its tests.
pub(super) fn paths(source: &str) -> Vec<Named> {
    let file = syn::parse_file(source).expect("our own sources can be read");
    let mut reader = Reader { found: Vec::new() };
    reader.visit_file(&file);
    reader.found
}

struct Reader {
    found: Vec<Named>,
}

impl Reader {
    fn tree(&mut self, tree: &UseTree, before: &[String], is_public: bool) {
        let mut path = before.to_vec();
        match tree {
            UseTree::Path(on) => {
                path.push(on.ident.to_string());
                self.tree(&on.tree, &path, is_public);
            }
            UseTree::Name(last) => {
                if last.ident != "self" {
                    path.push(last.ident.to_string());
                }
                let alias = path.last().cloned();
                self.found.push(Named { path, alias, is_public });
            }
            UseTree::Rename(last) => {
                path.push(last.ident.to_string());
                self.found.push(Named { path, alias: Some(last.rename.to_string()), is_public });
            }
            UseTree::Glob(_) => self.found.push(Named { path, alias: None, is_public }),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree, before, is_public)),
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.tree(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        let is_test = item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg"));
        if !(is_test && item.content.is_some()) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let names = path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>();
        if names.len() > 1 {
            self.found.push(Named { path: names, alias: None, is_public: false });
        }
        visit::visit_path(self, path);
    }

    fn visit_visibility(&mut self, _: &'ast Visibility) {
        // `pub(in path)` uses nothing.
    }
}

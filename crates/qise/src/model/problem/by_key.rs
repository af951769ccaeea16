//! Where the entry of a key stands in a long list.

use std::sync::OnceLock;

/// The places of a long list in the order of their keys, found when they are first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct ByKey(OnceLock<Vec<u32>>);

impl ByKey {
    /// The place of a key in the list that this belongs to.
    pub(super) fn find<T>(&self, list: &[T], key: impl Fn(&T) -> &str, wanted: &str) -> Option<usize> {
        let order = self.0.get_or_init(|| {
            let mut order = (0..list.len() as u32).collect::<Vec<_>>();
            order.sort_unstable_by(|&a, &b| key(&list[a as usize]).cmp(key(&list[b as usize])));
            order
        });
        let at = order.binary_search_by(|&i| key(&list[i as usize]).cmp(wanted)).ok()?;
        Some(order[at] as usize)
    }
}

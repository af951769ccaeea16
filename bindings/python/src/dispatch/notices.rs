//! What people must be told.

use pyo3::prelude::*;
use qise_dispatch::Refusal;
use qise_journal::{Notice, NoticeId, Outbox};
use serde_json::Value;

use super::Dispatch;
use crate::value::python;

/// So many notices are looked through at a time.
const PAGE: usize = 256;

/// A notice: its entry, its place there, who must get it, and what is said.
pub type Told<'py> = (u64, u32, String, Bound<'py, PyAny>);

/// The first `most` durable notices after one that nobody has marked as delivered.
pub fn pending<'py>(
    py: Python<'py>,
    service: &Dispatch,
    after: Option<(u64, u32)>,
    most: usize,
) -> PyResult<Vec<Told<'py>>> {
    let after = after.map(|(seq, index)| NoticeId { seq, index });
    let found = service.beside(py, || Ok(service.live.outbox().pending(after, most)?))?;
    let told = |notice: Notice| {
        let body = serde_json::from_slice::<Value>(&notice.body).unwrap_or_default();
        Ok((notice.id.seq, notice.id.index, notice.to, python(py, &body)?))
    };
    found.into_iter().map(told).collect()
}

/// Marks notices as delivered, at a time of the clock on the wall: how many were not marked before.
pub fn deliver(py: Python<'_>, service: &Dispatch, notices: &[(u64, u32)], at: i64) -> PyResult<usize> {
    let mut ids = notices.iter().map(|&(seq, index)| NoticeId { seq, index }).collect::<Vec<_>>();
    ids.sort_unstable();
    ids.dedup();
    service.beside(py, || {
        let outbox = service.live.outbox();
        let marked = known(&outbox, &ids)?;
        outbox.mark_delivered(&marked, at)?;
        Ok(marked.len())
    })
}

/// Those of these notices, in order, that are there and not marked. One that is not there would end the service.
fn known(outbox: &Outbox, ids: &[NoticeId]) -> Result<Vec<NoticeId>, Refusal> {
    let (Some(&first), Some(&last)) = (ids.first(), ids.last()) else { return Ok(Vec::new()) };
    let mut known = Vec::new();
    let mut after = before(first);
    loop {
        let page = outbox.pending(after, PAGE)?;
        known.extend(page.iter().map(|notice| notice.id).filter(|id| ids.binary_search(id).is_ok()));
        match page.last() {
            Some(notice) if notice.id < last => after = Some(notice.id),
            _ => return Ok(known),
        }
    }
}

/// What stands right before a notice; nothing before the first of all.
fn before(id: NoticeId) -> Option<NoticeId> {
    match (id.index.checked_sub(1), id.seq.checked_sub(1)) {
        (Some(index), _) => Some(NoticeId { index, ..id }),
        (None, Some(seq)) => Some(NoticeId { seq, index: u32::MAX }),
        (None, None) => None,
    }
}

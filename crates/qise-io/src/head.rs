//! What a document says of itself: its format and its version.

use qise::model::{Code, Fault};
use qise::{Faults, text};

use crate::read::{Count, Str, Whole, quoted};

/// The version that this release reads and writes.
pub(crate) const VERSION: i64 = 1;

/// Makes sure that a document is what it should be.
///
/// # Errors
/// A document of another format or version has this one fault and no other: what its fields mean is unknown. Where a
/// document does not say what it is, that is one fault among others.
pub(crate) fn check(
    faults: &mut [Fault],
    format: &str,
    stated: Option<&Str<'_>>,
    version: Option<Whole>,
) -> Result<(), Faults> {
    for fault in faults.iter_mut().filter(|fault| fault.code != Code::DuplicateField) {
        match fault.path.as_str() {
            "$.format" => {
                (fault.code, fault.expected) = (Code::WrongFormat, text!("{format:?}", "{format:?}"));
            }
            "$.version" => {
                (fault.code, fault.expected) = (Code::WrongVersion, text!("{VERSION}", "{VERSION}"));
            }
            _ => {}
        }
    }
    if let Some(stated) = stated.filter(|stated| stated.0 != format) {
        let fault =
            Fault::new("$.format", Code::WrongFormat, quoted(&stated.0), text!("{format:?}", "{format:?}"));
        return Err(Faults(vec![fault]));
    }
    if let Some(Count(version)) = version.filter(|version| version.0 != VERSION) {
        let hint = text!("this release reads version {VERSION} only", "此版本只能读取第 {VERSION} 版格式");
        let fault =
            Fault::new("$.version", Code::WrongVersion, version.to_string(), text!("{VERSION}", "{VERSION}"));
        return Err(Faults(vec![fault.hint(hint)]));
    }
    Ok(())
}

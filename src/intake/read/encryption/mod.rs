//! Workbooks that are encrypted though nobody chose a password.
//!
//! Excel protects a workbook with a password of its own where it has to encrypt it and nobody gave
//! one, and opens it without asking. Whoever sent such a file cannot take a password off; so that
//! word is tried here too. A workbook with a real password is told of and stays closed.

mod binary;
mod cipher;
mod package;

use super::container::Container;
use super::refusal::Refusal;
use crate::diag::Say;
use crate::model::{ObservationKind, RIGHTS_MANAGED};

/// The password of Excel's own.
const DEFAULT: &str = "VelvetSweatshop";

/// What a container has where rights management, and no password, says who may open it: the
/// transforms of a package, and the content of an `.xls`.
const RIGHTS: [&str; 3] = ["DRMEncryptedTransform", "DRMEncryptedDataSpace", "DRMContent"];

/// How a decryption ended.
#[derive(Debug)]
enum Outcome {
    Decrypted(Vec<u8>),
    /// Somebody chose a password.
    Password,
    /// A way of encrypting that is not known here.
    Unknown,
}

impl Outcome {
    fn decrypted(self) -> Result<Vec<u8>, Refusal> {
        match self {
            Self::Decrypted(bytes) => Ok(bytes),
            Self::Password => Err(closed(Say::default())),
            Self::Unknown => Err(closed(Say::new(
                "この方法の暗号化は解けません。パスワードを付けた覚えがなければ、Excel で開いて名前を付けて保存し直してください",
                "it is encrypted in a way that is not known here; if nobody chose a password, open it in Excel and save it under another name",
            ))),
        }
    }
}

/// The package in a container, if there is one; it can be opened with the default password alone.
pub fn package_in(container: &Container) -> Result<Option<Vec<u8>>, Refusal> {
    let package = container.stream("EncryptedPackage")?;
    if package.is_some() && !container.has_stream("EncryptionInfo")
        || RIGHTS.iter().any(|name| container.has_anywhere(name))
    {
        return Err(Refusal::new(ObservationKind::Encrypted, RIGHTS_MANAGED));
    }
    let Some((package, info)) = package.zip(container.stream("EncryptionInfo")?) else {
        return Ok(None);
    };
    package::decrypt(&info, &package).decrypted().map(Some)
}

/// The stream of a workbook, decrypted where it is encrypted.
pub fn stream_of(stream: Vec<u8>, is_old: bool) -> Result<Vec<u8>, Refusal> {
    binary::decrypt(&stream, is_old).map_or(Ok(stream), Outcome::decrypted)
}

/// A workbook that cannot be opened, and why where the word of a password says too little.
fn closed(why: Say) -> Refusal {
    Refusal { why, ..Refusal::new(ObservationKind::Encrypted, "") }
}

/// The default password as the methods hash it.
fn password() -> Vec<u8> {
    DEFAULT.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

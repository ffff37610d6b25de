//! Encrypted packages: a container with `EncryptionInfo` and `EncryptedPackage`. Methods «agile»
//! and «standard» of [MS-OFFCRYPTO].

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::events::BytesStart;

use super::super::bytes::{u16_at, u32_at};
use super::super::part::{Tag, Xml, attribute, walk};
use super::cipher::{Aes, BLOCK, Hash, sized};
use super::{Outcome, password};
use crate::edition::Limits;

/// Bytes of the package that are encrypted on their own.
const SEGMENT: usize = 4096;
/// How often a password may be hashed: ten times as often as Excel does.
const MOST_SPINS: u32 = 1_000_000;

/// The package under the default password. `info` says how it is encrypted.
pub fn decrypt(info: &[u8], package: &[u8]) -> Outcome {
    let version = (u16_at(info, 0), u16_at(info, 2));
    let decrypted = match version {
        (Some(4), Some(4)) => agile(info.get(8..).unwrap_or_default(), package),
        (Some(2..=4), Some(2)) => standard(info, package),
        _ => Err(Outcome::Unknown),
    };
    let size = package.first_chunk().map(|&size| u64::from_le_bytes(size));
    match decrypted {
        Err(outcome) => outcome,
        Ok(mut bytes) => {
            // The last block is filled up.
            bytes.truncate(size.and_then(|size| usize::try_from(size).ok()).unwrap_or(usize::MAX));
            Outcome::Decrypted(bytes)
        }
    }
}

/// What an element says of a key: the package's or the password's.
#[derive(Debug, Default)]
struct Key {
    salt: Vec<u8>,
    key_bits: usize,
    hash_size: usize,
    hash: Option<Hash>,
    /// Whether it is AES, in chains of blocks of the usual size.
    is_known: bool,
    spins: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    value: Vec<u8>,
}

impl Key {
    fn read(start: &BytesStart) -> Option<Self> {
        let text = |name: &str| attribute(start, name);
        let number = |name: &str| text(name)?.trim().parse().ok();
        let bytes = |name: &str| match text(name) {
            Some(text) => STANDARD.decode(text.trim()).ok(),
            None => Some(Vec::new()),
        };
        Some(Self {
            salt: bytes("saltValue")?,
            key_bits: number("keyBits")?,
            hash_size: number("hashSize")?,
            hash: Hash::of_name(&text("hashAlgorithm")?),
            is_known: text("cipherAlgorithm")? == "AES"
                && text("cipherChaining")? == "ChainingModeCBC"
                && number("blockSize")? == BLOCK,
            spins: match text("spinCount") {
                Some(count) => count.trim().parse().ok()?,
                None => 0,
            },
            verifier: bytes("encryptedVerifierHashInput")?,
            verifier_hash: bytes("encryptedVerifierHashValue")?,
            value: bytes("encryptedKeyValue")?,
        })
    }
}

fn agile(xml: &[u8], package: &[u8]) -> Result<Vec<u8>, Outcome> {
    let (mut of_package, mut of_password) = (None, None);
    let xml = Xml::of_file(xml.to_vec(), &Limits::default()).ok_or(Outcome::Unknown)?;
    let walked = walk(&xml, |tag, _| {
        if let Tag::Open(start) = tag {
            match start.local_name().as_ref() {
                "keyData" => of_package = Key::read(start),
                "encryptedKey" => of_password = Key::read(start),
                _ => {}
            }
        }
        Ok(())
    });
    walked.map_err(|_| Outcome::Unknown)?;
    let (of_package, of_password) = of_package.zip(of_password).ok_or(Outcome::Unknown)?;
    let hash = of_password.hash.ok_or(Outcome::Unknown)?;
    if !of_package.is_known || !of_password.is_known || of_password.spins > MOST_SPINS {
        return Err(Outcome::Unknown);
    }
    let spun = hash.spun(&of_password.salt, &password(), of_password.spins);
    let first = sized(of_password.salt.clone(), BLOCK, 0x36);
    let decrypted = |purpose: [u8; 8], data: &[u8]| {
        let key = sized(hash.of(&[&spun, &purpose]), of_password.key_bits / 8, 0x36);
        Aes::new(&key).map(|aes| aes.decrypt_chained(&first, data)).ok_or(Outcome::Unknown)
    };
    let verifier =
        decrypted([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], &of_password.verifier)?;
    let expected =
        decrypted([0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E], &of_password.verifier_hash)?;
    let found = hash.of(&[&verifier]);
    if found.is_empty() || expected.get(..of_password.hash_size) != Some(&found) {
        return Err(Outcome::Password);
    }
    let key = decrypted([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], &of_password.value)?;
    let key = sized(key, of_package.key_bits / 8, 0x36);
    let aes = Aes::new(&key).ok_or(Outcome::Unknown)?;
    let hash = of_package.hash.ok_or(Outcome::Unknown)?;
    let segments = package.get(8..).unwrap_or_default().chunks(SEGMENT);
    let plain = (0u32..).zip(segments).flat_map(|(number, segment)| {
        let first = sized(hash.of(&[&of_package.salt, &number.to_le_bytes()]), BLOCK, 0x36);
        aes.decrypt_chained(&first, segment)
    });
    Ok(plain.collect())
}

fn standard(info: &[u8], package: &[u8]) -> Result<Vec<u8>, Outcome> {
    let header = Header::read(info).ok_or(Outcome::Unknown)?;
    if !matches!(header.cipher, 0x660E..=0x6610) {
        return Err(Outcome::Unknown);
    }
    let spun = Hash::Sha1.spun(&header.salt, &password(), 50_000);
    let last = Hash::Sha1.of(&[&spun, &0u32.to_le_bytes()]);
    let half = |filling: u8| {
        let mut pad = [filling; 64];
        pad.iter_mut().zip(&last).for_each(|(pad, hash)| *pad ^= hash);
        Hash::Sha1.of(&[&pad])
    };
    let mut key = [half(0x36), half(0x5C)].concat();
    key.truncate(header.key_bits / 8);
    let aes = Aes::new(&key).ok_or(Outcome::Unknown)?;
    let verifier = aes.decrypt_alone(&header.verifier);
    let expected = aes.decrypt_alone(&header.verifier_hash);
    let found = Hash::Sha1.of(&[&verifier]);
    if expected.get(..found.len()) != Some(&found) {
        return Err(Outcome::Password);
    }
    Ok(aes.decrypt_alone(package.get(8..).unwrap_or_default()))
}

/// The header and the verifier of «standard», which RC4 in `.xls` has too.
#[derive(Debug)]
pub struct Header {
    pub cipher: u32,
    pub key_bits: usize,
    pub salt: Vec<u8>,
    pub verifier: Vec<u8>,
    pub verifier_hash: Vec<u8>,
}

impl Header {
    /// Behind the version and the flags.
    pub fn read(info: &[u8]) -> Option<Self> {
        let header = info.get(12..)?;
        let (header, verifier) = header.split_at_checked(u32_at(info, 8)? as usize)?;
        Some(Self {
            cipher: u32_at(header, 8)?,
            // None stands for the least.
            key_bits: match u32_at(header, 16)? as usize {
                0 => 40,
                bits => bits,
            },
            salt: verifier.get(4..20)?.to_vec(),
            verifier: verifier.get(20..36)?.to_vec(),
            verifier_hash: verifier.get(40..)?.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use aes::Aes256;
    use aes::cipher::{BlockCipherEncrypt, KeyInit};

    use super::*;

    fn encrypted(key: &[u8], first: &[u8], data: &[u8]) -> Vec<u8> {
        let aes = Aes256::new_from_slice(key).expect("a key");
        let mut before = first.to_vec();
        let mut encrypted = Vec::new();
        for block in data.as_chunks::<BLOCK>().0 {
            let mut mixed = *block;
            mixed.iter_mut().zip(&before).for_each(|(byte, before)| *byte ^= before);
            let mut block = mixed.into();
            aes.encrypt_block(&mut block);
            before = block.to_vec();
            encrypted.extend(&before);
        }
        encrypted
    }

    /// What says how a package is encrypted, and the package of 5,000 bytes.
    fn agile_package(password: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let (salt, hash) = ([5; BLOCK], Hash::Sha512);
        let spun = hash.spun(&salt, password, 10);
        let under = |purpose: [u8; 8], data: &[u8]| {
            let key = sized(hash.of(&[&spun, &purpose]), 32, 0x36);
            STANDARD.encode(encrypted(&key, &salt, data))
        };
        let secret = [8; 32];
        let verifier = under([0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79], &[3; BLOCK]);
        let proof =
            under([0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E], &hash.of(&[&[3; BLOCK]]));
        let value = under([0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6], &secret);
        let salt_text = STANDARD.encode(salt);
        let common = format!(
            r#"saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="{salt_text}""#
        );
        let xml = format!(
            r#"<encryption><keyData {common}/><keyEncryptors><keyEncryptor><p:encryptedKey xmlns:p="p" spinCount="10" {common} encryptedVerifierHashInput="{verifier}" encryptedVerifierHashValue="{proof}" encryptedKeyValue="{value}"/></keyEncryptor></keyEncryptors></encryption>"#
        );
        let info = [&[4, 0, 4, 0, 0x40, 0, 0, 0], xml.as_bytes()].concat();
        let mut package = 5_000u64.to_le_bytes().to_vec();
        for (number, segment) in (0u32..).zip([[7; 5_008].split_at(SEGMENT).0, &[7; 912]]) {
            let first = sized(hash.of(&[&salt, &number.to_le_bytes()]), BLOCK, 0x36);
            package.extend(encrypted(&secret, &first, segment));
        }
        (info, package)
    }

    #[test]
    fn a_package_under_the_default_password_is_read_and_one_under_another_is_not() {
        let (info, package) = agile_package(&password());
        let Outcome::Decrypted(bytes) = decrypt(&info, &package) else { panic!("closed") };
        assert_eq!(bytes, [7; 5_000]);
        let (info, package) = agile_package(b"h\0i\0");
        assert!(matches!(decrypt(&info, &package), Outcome::Password));
        assert!(matches!(decrypt(&[4, 0, 3, 0], &package), Outcome::Unknown));
        let endless = String::from_utf8_lossy(&info).replace("\"10\"", "\"4000000000\"");
        assert!(matches!(decrypt(endless.as_bytes(), &package), Outcome::Unknown));
    }
}

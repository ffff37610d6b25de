//! Hashes and ciphers as the methods of Office use them.

use aes::cipher::{BlockCipherDecrypt, KeyInit};
use aes::{Aes128, Aes192, Aes256};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// What a block of AES holds.
pub const BLOCK: usize = 16;

/// A hash by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    pub fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "MD5" => Self::Md5,
            "SHA1" | "SHA-1" => Self::Sha1,
            "SHA256" | "SHA-256" => Self::Sha256,
            "SHA384" | "SHA-384" => Self::Sha384,
            "SHA512" | "SHA-512" => Self::Sha512,
            _ => return None,
        })
    }

    /// The hash of pieces one behind the other.
    pub fn of(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn digest<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            pieces.iter().for_each(|piece| digest.update(piece));
            digest.finalize().to_vec()
        }
        match self {
            Self::Md5 => digest::<Md5>(pieces),
            Self::Sha1 => digest::<Sha1>(pieces),
            Self::Sha256 => digest::<Sha256>(pieces),
            Self::Sha384 => digest::<Sha384>(pieces),
            Self::Sha512 => digest::<Sha512>(pieces),
        }
    }

    /// The hash of a password, hashed again so many times with the number of the time.
    pub fn spun(self, salt: &[u8], password: &[u8], times: u32) -> Vec<u8> {
        let mut hash = self.of(&[salt, password]);
        for time in 0..times {
            hash = self.of(&[&time.to_le_bytes(), &hash]);
        }
        hash
    }
}

/// AES with a key of any of its lengths.
pub enum Aes {
    Of128(Box<Aes128>),
    Of192(Box<Aes192>),
    Of256(Box<Aes256>),
}

impl Aes {
    /// `None` for a key of another length.
    pub fn new(key: &[u8]) -> Option<Self> {
        Some(match key.len() {
            16 => Self::Of128(Box::new(Aes128::new_from_slice(key).ok()?)),
            24 => Self::Of192(Box::new(Aes192::new_from_slice(key).ok()?)),
            32 => Self::Of256(Box::new(Aes256::new_from_slice(key).ok()?)),
            _ => return None,
        })
    }

    fn decrypt_block(&self, block: [u8; BLOCK]) -> [u8; BLOCK] {
        let mut block = block.into();
        match self {
            Self::Of128(aes) => aes.decrypt_block(&mut block),
            Self::Of192(aes) => aes.decrypt_block(&mut block),
            Self::Of256(aes) => aes.decrypt_block(&mut block),
        }
        block.into()
    }

    /// Each block on its own; what is left over is no block and is left out.
    pub fn decrypt_alone(&self, data: &[u8]) -> Vec<u8> {
        let blocks = data.as_chunks::<BLOCK>().0.iter();
        blocks.flat_map(|&block| self.decrypt_block(block)).collect()
    }

    /// Each block with the one before it, the first with these bytes.
    pub fn decrypt_chained(&self, first: &[u8], data: &[u8]) -> Vec<u8> {
        let mut before = first.to_vec();
        let mut decrypted = Vec::with_capacity(data.len());
        for &block in data.as_chunks::<BLOCK>().0 {
            let plain = self.decrypt_block(block);
            decrypted.extend(plain.iter().zip(&before).map(|(plain, before)| plain ^ before));
            before = block.to_vec();
        }
        decrypted
    }
}

/// Bytes made so long, or filled up with what the methods fill up with.
pub fn sized(mut bytes: Vec<u8>, size: usize, filling: u8) -> Vec<u8> {
    bytes.resize(size, filling);
    bytes
}

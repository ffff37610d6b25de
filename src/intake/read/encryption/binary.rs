//! Encrypted `.xls` streams: the data of the records are encrypted, their heads are not. Methods
//! XOR, RC4 and RC4 CryptoAPI of [MS-OFFCRYPTO].

use rc4::{KeyInit, Rc4, StreamCipher};

use super::super::bytes::u16_at;
use super::cipher::{Hash, sized};
use super::package::Header;
use super::{DEFAULT, Outcome, password};

/// The record that says that those behind it are encrypted.
const FILE_PASS: u16 = 0x002F;
/// Records that never are: where a stream begins, and what is needed to open it.
const PLAIN: [u16; 7] = [0x0809, FILE_PASS, 0x00E1, 0x0138, 0x0194, 0x0195, 0x0196];
/// The record of a sheet, the first four bytes of which are not.
const BOUND_SHEET: u16 = 0x0085;
/// Bytes of the stream with a key of their own.
const BLOCK: usize = 1024;

/// A stream under the default password; `None` where it is not encrypted.
pub fn decrypt(stream: &[u8], is_old: bool) -> Option<Outcome> {
    let mut at = 0;
    // It stands among the first records.
    while u16_at(stream, at)? != FILE_PASS {
        let is_end = u16_at(stream, at)? == 0x000A;
        at += 4 + usize::from(u16_at(stream, at + 2)?);
        if is_end {
            return None;
        }
    }
    let length = usize::from(u16_at(stream, at + 2)?);
    let pass = stream.get(at + 4..at + 4 + length)?;
    let method = if is_old { Some(Method::xor(pass)) } else { Method::new(pass) };
    Some(match method {
        None => Outcome::Unknown,
        Some(Err(outcome)) => outcome,
        Some(Ok(method)) => Outcome::Decrypted(method.decrypted(stream, at)),
    })
}

enum Method {
    Xor([u8; 16]),
    /// What the key of a block is hashed from, with what, and how long it is.
    Rc4(Vec<u8>, Hash, usize),
}

impl Method {
    fn new(pass: &[u8]) -> Option<Result<Self, Outcome>> {
        if u16_at(pass, 0)? == 0 {
            return Some(Self::xor(pass.get(2..)?));
        }
        let info = pass.get(2..)?;
        match (u16_at(info, 0)?, u16_at(info, 2)?) {
            (1, 1) => {
                let salt = info.get(4..20)?;
                let hash = Hash::Md5.of(&[&password()]);
                let repeated = [hash.get(..5)?, salt].concat().repeat(16);
                let base = Hash::Md5.of(&[&repeated]).get(..5)?.to_vec();
                let method = Self::Rc4(base, Hash::Md5, 16);
                Some(method.verified(info.get(20..36)?, info.get(36..52)?))
            }
            (2..=4, 2) => {
                let header = Header::read(info)?;
                if header.cipher != 0x6801 {
                    return None;
                }
                let base = Hash::Sha1.of(&[&header.salt, &password()]);
                let method = Self::Rc4(base, Hash::Sha1, header.key_bits / 8);
                Some(method.verified(&header.verifier, header.verifier_hash.get(..20)?))
            }
            _ => None,
        }
    }

    /// Whether the password is the right one: the hash of what is encrypted stands behind it.
    fn verified(self, verifier: &[u8], expected: &[u8]) -> Result<Self, Outcome> {
        let Self::Rc4(_, hash, _) = &self else { return Ok(self) };
        let mut both = [verifier, expected].concat();
        let Some(mut cipher) = self.cipher(0) else { return Err(Outcome::Password) };
        cipher.apply_keystream(&mut both);
        let (verifier, expected) = both.split_at(verifier.len());
        if hash.of(&[verifier]) == expected { Ok(self) } else { Err(Outcome::Password) }
    }

    /// The cipher of a block.
    fn cipher(&self, block: u32) -> Option<Rc4> {
        let Self::Rc4(base, hash, length) = self else { return None };
        let mut key = hash.of(&[base, &block.to_le_bytes()]);
        key.truncate(*length);
        // A key of 40 bits is filled up.
        let key = if *length == 5 { sized(key, 16, 0) } else { key };
        Rc4::new_from_slice(&key).ok()
    }

    /// The method that combines letters with a repeated key; the record has the key and the hash
    /// of the password.
    fn xor(pass: &[u8]) -> Result<Self, Outcome> {
        let (key, hash) = xor_key(DEFAULT.as_bytes());
        if (u16_at(pass, 0), u16_at(pass, 2)) != (Some(key), Some(hash)) {
            return Err(Outcome::Password);
        }
        const FILLING: [u8; 15] =
            [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0, 0xBE, 0x0F, 0, 0xBF, 0x0F, 0];
        let letters = DEFAULT.bytes().chain(FILLING);
        let mut array = [0; 16];
        let halves = key.to_le_bytes().into_iter().cycle();
        for ((place, letter), half) in array.iter_mut().zip(letters).zip(halves) {
            *place = (letter ^ half).rotate_left(2);
        }
        Ok(Self::Xor(array))
    }

    /// The stream with the data of its records decrypted.
    fn decrypted(&self, stream: &[u8], pass: usize) -> Vec<u8> {
        let mut plain = stream.to_vec();
        let mut position = None;
        let mut at = 0;
        while let (Some(kind), Some(length)) = (u16_at(stream, at), u16_at(stream, at + 2)) {
            let length = usize::from(length);
            let start = at + 4 + if kind == BOUND_SHEET { 4 } else { 0 };
            at += 4 + length;
            if !PLAIN.contains(&kind)
                && let Some(data) = plain.get_mut(start..at)
            {
                match self {
                    Self::Xor(array) => apply_xor(array, data, start + length),
                    Self::Rc4(..) => position = self.apply_rc4(data, start, position),
                }
            }
        }
        // The record stands for nothing any more.
        if let Some(kind) = plain.get_mut(pass..pass + 2) {
            kind.copy_from_slice(&[0xFF, 0xFF]);
        }
        plain
    }

    /// Decrypts what stands at a place of the stream, behind what was decrypted before.
    fn apply_rc4(
        &self,
        data: &mut [u8],
        mut place: usize,
        mut position: Option<Position>,
    ) -> Option<Position> {
        let mut rest = data;
        while !rest.is_empty() {
            let mut here = self.moved(position, place)?;
            let length = rest.len().min(BLOCK - here.offset);
            let (piece, after) = rest.split_at_mut(length);
            here.cipher.apply_keystream(piece);
            here.offset += length;
            (place, rest, position) = (place + length, after, Some(here));
        }
        position
    }

    /// The cipher of the block that a place lies in, moved there.
    fn moved(&self, before: Option<Position>, place: usize) -> Option<Position> {
        let (block, offset) = (u32::try_from(place / BLOCK).ok()?, place % BLOCK);
        let mut position = match before {
            Some(before) if before.block == block && before.offset <= offset => before,
            _ => Position { block, offset: 0, cipher: self.cipher(block)? },
        };
        position.cipher.apply_keystream(&mut vec![0; offset - position.offset]);
        position.offset = offset;
        Some(position)
    }
}

/// The cipher of a block, and how far in it it is.
struct Position {
    block: u32,
    offset: usize,
    cipher: Rc4,
}

fn apply_xor(array: &[u8; 16], data: &mut [u8], from: usize) {
    let keys = array.iter().cycle().skip(from % 16);
    data.iter_mut().zip(keys).for_each(|(byte, key)| *byte = byte.rotate_left(3) ^ key);
}

/// The key and the hash that the XOR method makes of a password.
fn xor_key(password: &[u8]) -> (u16, u16) {
    let (mut key, mut base, mut end) = (0u16, 0x8000u16, 0xFFFFu16);
    let step = |bits: u16| {
        let bits = bits.rotate_left(1);
        if bits & 1 != 0 { bits ^ 0x1020 } else { bits }
    };
    let mut hash = password.len() as u16;
    if !password.is_empty() {
        hash ^= 0xCE4B;
    }
    for (index, &letter) in password.iter().rev().enumerate() {
        for bit in 0..8 {
            base = step(base);
            if (letter & 0x7F) >> bit & 1 != 0 {
                key ^= base;
            }
            end = step(end);
        }
        let place = (password.len() - index) % 15;
        let letter = u16::from(letter);
        hash ^= (letter << place | letter >> (15 - place)) & 0x7FFF;
    }
    (key ^ end, hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_and_the_hash_of_the_default_password_are_those_that_excel_writes() {
        assert_eq!(xor_key(DEFAULT.as_bytes()), (0xB359, 0x9A0A));
    }

    /// A stream of a record that is never encrypted, one that says how the others are, and one
    /// of 3,000 bytes.
    fn stream(pass: &[u8], data: &[u8]) -> Vec<u8> {
        let mut stream = Vec::new();
        for (kind, data) in [(0x0809, &[0, 6][..]), (FILE_PASS, pass), (0x00FC, data)] {
            stream.extend(u16::to_le_bytes(kind));
            stream.extend((data.len() as u16).to_le_bytes());
            stream.extend(data);
        }
        stream
    }

    #[test]
    fn rc4_has_a_key_of_its_own_for_every_block_and_counts_the_heads_too() {
        let salt = [7; 16];
        let hash = Hash::Md5.of(&[&password()]);
        let base = Hash::Md5.of(&[&[&hash[..5], &salt].concat().repeat(16)]);
        let cipher = |block: u32| {
            let key = Hash::Md5.of(&[&base[..5], &block.to_le_bytes()]);
            Rc4::new_from_slice(&key).expect("a key")
        };
        let mut proof = [vec![1; 16], Hash::Md5.of(&[&[1; 16]])].concat();
        cipher(0).apply_keystream(&mut proof);
        let pass = [&[1, 0, 1, 0, 1, 0], &salt[..], &proof].concat();
        let plain = stream(&pass, &[9; 3_000]);
        let start = plain.len() - 3_000;
        let mut encrypted = plain.clone();
        for (block, part) in (0..).zip(encrypted.chunks_mut(BLOCK)) {
            cipher(block).apply_keystream(part);
        }
        encrypted[..start].copy_from_slice(&plain[..start]);
        let Some(Outcome::Decrypted(read)) = decrypt(&encrypted, false) else { panic!("closed") };
        assert!(read[start..] == plain[start..]);
        // The hash of another verifier is that of another password.
        let other = stream(&[&[1, 0, 1, 0, 1, 0], &salt[..], &[3; 32]].concat(), &[9; 30]);
        assert!(matches!(decrypt(&other, false), Some(Outcome::Password)));
    }

    #[test]
    fn a_stream_without_the_record_is_not_encrypted() {
        assert!(decrypt(&[9, 8, 2, 0, 0, 6, 10, 0, 0, 0], false).is_none());
    }
}

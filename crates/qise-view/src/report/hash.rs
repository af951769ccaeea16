//! The name of a script in a content security policy.

use sha2::{Digest, Sha256};

/// `sha256-` and the hash of a text in base 64.
pub(super) fn sha256(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let hash = Sha256::digest(text.as_bytes());
    let mut name = String::from("sha256-");
    for three in hash.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = char::from(LETTERS[(bits >> (18 - 6 * place) & 63) as usize]);
            name.push(if place > three.len() { '=' } else { letter });
        }
    }
    name
}

#[cfg(test)]
mod tests {
    #[test]
    fn it_is_what_browsers_compute() {
        assert_eq!(super::sha256(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(super::sha256("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}

//! Hashing and comparing PINs and recovery codes with argon2id. Neither leaves a trace but its hash.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};

use crate::rules::duty::recovery;

/// The argon2id hash of a PIN in PHC form, with a salt of its own.
///
/// # Errors
/// When the system gives no random numbers.
pub fn hash(pin: &str) -> Result<String, String> {
    let hash = Argon2::default().hash_password(pin.as_bytes()).map_err(|e| e.to_string())?;
    Ok(hash.to_string())
}

/// Whether a PIN fits a hash; a hash that cannot be read fits nothing.
#[must_use]
pub fn fits(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// A new recovery code, to be shown once, and its hash.
///
/// # Errors
/// When the system gives no random numbers.
pub fn recovery_code() -> Result<(String, String), String> {
    let code = drawn(|mut random| recovery::draw(&mut random))?;
    let hash = hash(&recovery::normal(&code))?;
    Ok((code, hash))
}

/// A new passphrase for backups, 120 bits in six groups of four.
///
/// # Errors
/// When the system gives no random numbers.
pub fn passphrase() -> Result<String, String> {
    drawn(|mut random| recovery::draw_groups(6, &mut random))
}

/// A passphrase as it was drawn, from what was typed: capitals, groups and letters that look like digits are forgiven. What cannot
/// have been drawn stays as it is.
#[must_use]
pub fn as_drawn(typed: &str) -> String {
    let plain: Vec<char> = recovery::normal(typed).chars().collect();
    if plain.len() != 24 || !plain.iter().all(char::is_ascii_alphanumeric) {
        return typed.trim().to_owned();
    }
    plain.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn drawn(draw: impl FnOnce(&mut dyn FnMut() -> u64) -> String) -> Result<String, String> {
    let mut failed = None;
    let code = draw(&mut || {
        getrandom::u64().unwrap_or_else(|e| {
            failed = Some(e.to_string());
            0
        })
    });
    failed.map_or(Ok(code), Err)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_right_pin_fits() {
        let hash = hash("2468").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(fits("2468", &hash));
        assert!(!fits("2469", &hash));
        assert!(!fits("2468", "nonsense"));
    }

    #[test]
    fn a_passphrase_is_long_and_read_as_hands_write_it() {
        let (one, other) = (passphrase().unwrap(), passphrase().unwrap());
        assert_ne!(one, other);
        for drawn in [one, other] {
            assert_eq!((drawn.len(), drawn.matches('-').count()), (29, 5), "24 characters of 32 are 120 bits");
            let by_hand = drawn.to_ascii_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            for typed in [drawn.clone(), by_hand, drawn.replace('-', ""), format!(" {drawn} ")] {
                assert_eq!(as_drawn(&typed), drawn, "{typed}");
            }
        }
        assert_eq!(as_drawn(" somebody's own words \n"), "somebody's own words");
    }
}

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
    let mut failed = None;
    let code = recovery::draw(&mut || {
        getrandom::u64().unwrap_or_else(|e| {
            failed = Some(e.to_string());
            0
        })
    });
    match failed {
        Some(error) => Err(error),
        None => hash(&recovery::normal(&code)).map(|hash| (code, hash)),
    }
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
}

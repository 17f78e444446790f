//! A card's number as a QR code and as Code 128 bars, drawn as SVG with the quiet zones that readers need.
//!
//! Our own numbers are digits of even length and go into the densest form of either code. A school's own card may hold
//! letters; its code is what its reader types.

use std::fmt::Write as _;

use barcoders::sym::code128::Code128;
use qrcode::{Color, EcLevel, QrCode};

/// A code as a drawing: `width` × `height` modules, black where the path is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawing {
    /// Width in modules, quiet zones included.
    pub width: usize,
    /// Height in modules, quiet zones included.
    pub height: usize,
    /// The black parts as the `d` of an SVG path: rectangles, each `M x y h w v h h -w z`.
    pub path: String,
}

/// White modules that a QR code has around it.
const QR_QUIET: usize = 4;
/// White modules that bars have before and after them.
const BARS_QUIET: usize = 10;
/// More modules than this do not fit on a card at the narrowest bar that an office printer draws (0.25 mm).
const MOST_BARS: usize = 290;

/// The QR code of a number, error correction M; `None` when the number is too long for one.
#[must_use]
pub fn qr(number: &str) -> Option<Drawing> {
    let code = QrCode::with_error_correction_level(number, EcLevel::M).ok()?;
    let inner = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(inner).enumerate() {
        let dark: Vec<bool> = row.iter().map(|c| *c == Color::Dark).collect();
        runs(&dark, |x, width| rectangle(&mut path, (x + QR_QUIET, y + QR_QUIET), (width, 1)));
    }
    let side = inner + 2 * QR_QUIET;
    Some(Drawing { width: side, height: side, path })
}

/// The Code 128 bars of a number; `None` when the number has signs that Code 128 does not, or is too long for a card.
#[must_use]
pub fn bars(number: &str) -> Option<Drawing> {
    let digits = number.bytes().all(|b| b.is_ascii_digit()) && number.len().is_multiple_of(2);
    let printable = !number.is_empty() && number.bytes().all(|b| (0x20..0x7f).contains(&b));
    // Ć starts the set of pairs of digits, Ɓ the set of letters.
    let code = Code128::new(format!("{}{number}", if digits { '\u{106}' } else { '\u{181}' })).ok().filter(|_| printable)?;
    let dark: Vec<bool> = code.encode().into_iter().map(|module| module == 1).collect();
    let width = dark.len() + 2 * BARS_QUIET;
    let mut path = String::new();
    runs(&dark, |x, wide| rectangle(&mut path, (x + BARS_QUIET, 0), (wide, 1)));
    (width <= MOST_BARS).then_some(Drawing { width, height: 1, path })
}

/// Calls with start and length of every run of black.
fn runs(dark: &[bool], mut each: impl FnMut(usize, usize)) {
    let mut x = 0;
    for run in dark.chunk_by(|a, b| a == b) {
        if run.first() == Some(&true) {
            each(x, run.len());
        }
        x += run.len();
    }
}

fn rectangle(path: &mut String, (x, y): (usize, usize), (width, height): (usize, usize)) {
    let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}z");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn our_numbers_take_the_smallest_codes() {
        let qr = qr("453841").unwrap();
        assert_eq!((qr.width, qr.height), (21 + 8, 21 + 8));
        // Start, three pairs, check sign and stop: 11 modules each, 13 for the stop.
        assert_eq!(bars("453841").unwrap().width, 5 * 11 + 13 + 20);
        assert_eq!(bars("45384167").unwrap().width, 6 * 11 + 13 + 20);
    }

    #[test]
    fn a_schools_own_code_is_drawn_if_it_can_be() {
        assert!(bars("0012,34567").is_some() && qr("0012,34567").is_some());
        assert!(bars("A-17").is_some());
        for unfit in ["", "卡17", "\u{7f}", "0123456789ABCDEF0123456789ABCDEF"] {
            assert!(bars(unfit).is_none(), "{unfit}");
        }
    }
}

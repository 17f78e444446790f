//! How the desk and its reader speak: pieces with a kind and a length in front. A length is believed only as far as bytes
//! come, and never beyond a bound.

use std::io::{Error, ErrorKind, Read, Result, Write};

/// Longest piece, bytes: the largest row is far shorter.
pub(super) const LONGEST: usize = 16 * 1024 * 1024;

/// What a piece is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// To the reader: a file of this name begins.
    Name,
    /// To the reader: bytes of it.
    Bytes,
    /// From the reader: something it read.
    Told,
    /// From the reader: why it does not go on.
    Failed,
    /// Either way: that was all.
    End,
}

impl Kind {
    const ALL: [(Self, u8); 5] = [(Self::Name, b'n'), (Self::Bytes, b'b'), (Self::Told, b't'), (Self::Failed, b'f'), (Self::End, b'e')];
}

/// Sends a piece.
pub(super) fn put(out: &mut impl Write, kind: Kind, content: &[u8]) -> Result<()> {
    let length = u32::try_from(content.len()).ok().filter(|n| *n as usize <= LONGEST);
    let length = length.ok_or_else(|| Error::from(ErrorKind::InvalidInput))?.to_le_bytes();
    let mark = Kind::ALL.iter().find(|(k, _)| *k == kind).map_or(0, |(_, mark)| *mark);
    let [a, b, c, d] = length;
    out.write_all(&[mark, a, b, c, d])?;
    out.write_all(content)
}

/// Takes a piece; its content is put into the buffer.
pub(super) fn take(from: &mut impl Read, content: &mut Vec<u8>) -> Result<Kind> {
    let mut head = [0; 5];
    from.read_exact(&mut head)?;
    let [mark, a, b, c, d] = head;
    let kind = Kind::ALL.iter().find(|(_, m)| *m == mark).map(|(kind, _)| *kind);
    let length = usize::try_from(u32::from_le_bytes([a, b, c, d])).ok().filter(|n| *n <= LONGEST);
    let (Some(kind), Some(length)) = (kind, length) else { return Err(ErrorKind::InvalidData.into()) };
    content.clear();
    from.take(length as u64).read_to_end(content)?;
    if content.len() == length { Ok(kind) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn pieces_come_as_they_were_sent() {
        let mut pipe = Vec::new();
        let long = vec![0; 70_000];
        let sent: [(Kind, &[u8]); 3] = [(Kind::Name, "名册".as_bytes()), (Kind::Told, &long), (Kind::End, &[])];
        for (kind, content) in sent {
            put(&mut pipe, kind, content).unwrap();
        }
        let (mut from, mut content) = (pipe.as_slice(), Vec::new());
        for (kind, want) in sent {
            assert_eq!((take(&mut from, &mut content).unwrap(), content.as_slice()), (kind, want));
        }
        assert!(take(&mut from, &mut content).is_err(), "nothing more comes");
    }

    #[test]
    fn rubbish_and_lengths_that_lie_are_refused_and_fill_nothing() {
        let mut content = Vec::new();
        for rubbish in [&b"hello, this is no reader"[..], b"t\xff\xff\xff\xff", b"t\x00\x00\x00\x01", b"t\x09\x00\x00\x00short", b"t\x01"] {
            assert!(take(&mut &*rubbish, &mut content).is_err(), "{rubbish:?}");
            assert!(content.capacity() < 1024 * 1024, "{rubbish:?}");
        }
        assert!(put(&mut Vec::new(), Kind::Told, &vec![0; LONGEST + 1]).is_err());
    }
}

//! stub
use super::session::Session;
use crate::texts::Lang;
/// x
pub enum FirstStart {
    /// x
    Practise,
    /// x
    StartEmpty,
    /// x
    Import,
    /// x
    Leave,
}
/// x
pub fn first_start(_: Lang) -> std::io::Result<FirstStart> {
    Ok(FirstStart::Leave)
}
/// x
pub fn run(_: &mut Session) -> std::io::Result<()> {
    Ok(())
}
/// x
pub struct Quiet;
impl Quiet {
    /// x
    pub fn start() -> Self {
        Self
    }
}

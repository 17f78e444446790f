//! A collector's photo beside the verdict, for a human look (F011). Only with cargo feature `photo`.
//!
//! ```text
//! + 可接走 · 同一家庭 2 人                    the verdict, over the whole box
//!   1 母亲 林静(持卡) ⏎   2 父亲 陈涛   ▄▄▀▀▄▄
//!   9 其他人                            ▀▄▄▄▄▀  only of the collector in front
//! 17:33 what happened beside it         母亲 林静
//! ```
//!
//! The photo never covers anything: what stands under the verdict is laid out in the columns left of it, never in fewer than
//! an 80-column screen has, and without room there is no photo. It is drawn in half blocks, ordinary cells in true colour.
//! Absent: the picture protocols of Kitty, iTerm2 and Sixel. Their escapes stand in cells that make the frame's difference
//! swallow its neighbours (ratatui #2685), and pictures put on the glass would outlive a dropped frame.

use std::sync::Arc;

use image::DynamicImage;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Widget;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;

use super::Look;
use super::text::{Pen, fit};
use crate::desk::Model;
use crate::desk::appearance::{Appearance, Colours};
use crate::domain::people::CollectorId;
use crate::wording::Words;

/// Rows under the verdict without which no photo is drawn, its name included.
pub const LEAST_ROWS: usize = 8;
/// Columns of a screen too narrow for a photo beside the text.
const LEAST_SCREEN: u16 = 100;
/// Columns of the box that the text keeps: those of an 80-column screen.
const TEXT: u16 = 45;
/// Columns between text and photo.
const GAP: u16 = 2;
/// Columns, and rows, of the largest photo.
const LARGEST: (u16, u16) = (32, 16);

/// A picture and whose it is.
#[derive(Clone, Debug)]
pub struct Photo {
    /// Whose: it is drawn beside no other name.
    pub collector: CollectorId,
    /// The picture, small already, upright.
    pub picture: Arc<DynamicImage>,
}

/// Whether a screen that looks so shows pictures: not without colours, not in ASCII.
#[must_use]
pub fn is_shown(appearance: Appearance) -> bool {
    appearance.colours != Colours::None && !appearance.ascii
}

/// The columns of the box that go to the photo, gap included; `None` when there is none to draw or no room for it.
pub(super) fn columns(model: &Model, look: &Look, area: Rect, screen: Rect) -> Option<u16> {
    let photo = look.photo.as_ref()?;
    let wanted = is_shown(model.appearance) && model.collector_in_front() == Some(photo.collector);
    let (wide, _) = cells(&photo.picture, (area.width.checked_sub(TEXT + GAP)?.min(LARGEST.0), LARGEST.1))?;
    // A tall picture is narrow, and the name under it wants some columns too.
    (wanted && screen.width >= LEAST_SCREEN).then(|| wide.max(NAME.min(area.width - TEXT - GAP)) + GAP)
}

/// Columns of a name: relation and four characters.
const NAME: u16 = 14;

/// Draws the photo at the top right of an area, and whose it is under it.
pub(super) fn draw(model: &Model, look: &Look, area: Rect, buf: &mut Buffer) {
    let Some(photo) = &look.photo else { return };
    let room = (area.width.saturating_sub(GAP), area.height.saturating_sub(1).min(LARGEST.1));
    let Some((wide, high)) = cells(&photo.picture, room) else { return };
    let Ok(blocks) = Halfblocks::new(photo.picture.as_ref().clone(), Size::new(wide, high)) else { return };
    let place = Rect::new(area.right() - wide, area.y, wide, high).intersection(buf.area);
    Image::new(&Protocol::Halfblocks(blocks)).render(place, buf);
    let mut pen = Pen::new(buf, Rect { x: area.x + GAP, y: area.y + high, width: area.width - GAP, height: 1 });
    let name = look.theme.say(&Words::of(model).collector(photo.collector));
    let name = fit(&name, pen.width());
    pen.right(0, &name, look.theme.faint);
}

/// The columns and rows that a picture takes in a room of so many, in its own proportions; a cell is twice as high as wide.
fn cells(picture: &DynamicImage, room: (u16, u16)) -> Option<(u16, u16)> {
    let (wide, high) = (u64::from(picture.width()), u64::from(picture.height()));
    let (columns, rows) = (u64::from(room.0), u64::from(room.1));
    if wide == 0 || high == 0 || columns == 0 || rows == 0 {
        return None;
    }
    let by_rows = 2 * rows * wide / high;
    let (columns, rows) = if by_rows <= columns { (by_rows, rows) } else { (columns, columns * high / wide / 2) };
    Some((u16::try_from(columns.max(1)).ok()?, u16::try_from(rows.max(1)).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_proportions() {
        let of = |wide, high, room| cells(&DynamicImage::new_rgb8(wide, high), room);
        assert_eq!(of(64, 64, (24, 16)), Some((24, 12)));
        assert_eq!(of(48, 64, (24, 16)), Some((24, 16)));
        assert_eq!(of(48, 64, (24, 8)), Some((12, 8)));
        assert_eq!(of(128, 1, (24, 16)), Some((24, 1)));
        assert_eq!(of(1, 128, (24, 16)), Some((1, 16)));
        assert_eq!(of(64, 64, (0, 16)), None);
    }
}

//! A collector's photo beside the verdict: where it is drawn, what it leaves alone, and which files are none.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use caredesk::desk::appearance::{Appearance, Colours};
use caredesk::domain::people::CollectorId;
use caredesk::shell::keys::Key;
use caredesk::shell::photos::{NoPhoto, Photos, photo};
use caredesk::shell::wall::Wall;
use caredesk::texts::Lang;
use caredesk::view::photo::Photo;
use caredesk::view::{Look, draw};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use super::desk::Desk;

/// The card of 陈一诺, whose mother 林静 is expected and whose brother 陈一鸣 goes with it.
const CARD: &str = "159082";

/// A picture with another colour in every pixel.
fn picture(wide: u32, high: u32) -> DynamicImage {
    let shade = |n: u32, of: u32| u8::try_from(n * 255 / of).unwrap();
    DynamicImage::from(RgbImage::from_fn(wide, high, |x, y| Rgb([shade(x, wide), shade(y, high), 90])))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The program itself reads, as it does at school.
fn wall() -> Wall {
    Wall::of(env!("CARGO_BIN_EXE_caredesk").into())
}

fn look(desk: &Desk, photo: Option<Photo>) -> Look {
    Look { photo, ..desk.window.look(&desk.session) }
}

fn drawn(desk: &Desk, photo: Option<Photo>, (width, height): (u16, u16)) -> Buffer {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    draw(&desk.session.model, &look(desk, photo), area, &mut buf);
    buf
}

#[allow(clippy::unnecessary_wraps)] // as the look wants it
fn of(collector: CollectorId) -> Option<Photo> {
    Some(Photo { collector, picture: Arc::new(picture(60, 80)) })
}

fn in_front(desk: &Desk) -> CollectorId {
    desk.session.model.collector_in_front().unwrap()
}

/// The smallest rectangle around everything in true colour.
fn coloured(buf: &Buffer) -> Option<Rect> {
    let is_rgb = |colour: Color| matches!(colour, Color::Rgb(..));
    let cells = buf.area.positions().filter(|at| is_rgb(buf[*at].fg) || is_rgb(buf[*at].bg));
    cells.map(|at| Rect::new(at.x, at.y, 1, 1)).reduce(Rect::union)
}

/// The rows without the spaces between: what is written, in the order of reading.
fn words(buf: &Buffer, within: Rect) -> String {
    let row = |y| (within.left()..within.right()).map(|x| buf[(x, y)].symbol()).collect::<String>();
    (within.top()..within.bottom()).map(row).collect::<String>().split_whitespace().collect()
}

#[test]
fn a_photo_stands_in_its_rectangle_and_every_text_stands() {
    for lang in [Lang::Zh, Lang::En] {
        for size in [(120, 36), (160, 45), (104, 36)] {
            let mut desk = Desk::lived_in(lang);
            desk.lines(&[CARD]);
            let collector = in_front(&desk);
            let (without, with) = (drawn(&desk, None, size), drawn(&desk, of(collector), size));
            assert_eq!(coloured(&without), None, "{size:?}");
            let place = coloured(&with).unwrap_or_else(|| panic!("no photo at {size:?}"));
            assert!(place.width >= 10 && place.height >= 7, "{size:?}: {place:?}");
            assert_eq!(place.right(), size.0);
            for at in place.positions() {
                let cell = &with[at];
                assert!(["▀", "▄", " "].contains(&cell.symbol()) && matches!(cell.bg, Color::Rgb(..)), "{at:?}: {cell:?}");
            }
            // Proportions of 3 to 4, a cell twice as high as wide.
            assert!(place.width.abs_diff(place.height * 3 / 2) <= 1, "{place:?}");
            let box_left = (size.0 * 2 / 5).clamp(34, 56) + 1;
            // Above and left of the box, and the panel and the keys under it, nothing differs.
            for at in with.area.positions().filter(|at| at.x < box_left || at.y < place.y) {
                assert_eq!(with[at], without[at], "{at:?}");
            }
            let text = Rect::new(box_left, place.y, place.x - box_left, place.height + 1);
            let choices = desk.session.model.question().unwrap().choices;
            assert!(choices.len() > 2);
            for choice in &choices {
                let label: String = caredesk::wording::Words::of(&desk.session.model).choice(choice).split_whitespace().collect();
                assert!(words(&with, text).contains(&label), "{label} is missing at {size:?}: {}", words(&with, text));
            }
            let under = Rect::new(place.x - 4, place.bottom(), size.0 + 4 - place.x, 1);
            let record = desk.session.model.register.collector(collector).unwrap();
            assert!(words(&with, under).contains(&record.name), "whose photo it is: {}", words(&with, under));
        }
    }
}

#[test]
fn a_photo_goes_where_there_is_no_room_no_colour_or_another_name() {
    let mut desk = Desk::lived_in(Lang::Zh);
    assert_eq!(desk.session.model.collector_in_front(), None);
    desk.lines(&[CARD]);
    let collector = in_front(&desk);
    for size in [(80, 24), (99, 50), (120, 22), (60, 14), (40, 10)] {
        assert_eq!(drawn(&desk, of(collector), size), drawn(&desk, None, size), "{size:?}");
    }
    let size = (120, 36);
    let other = CollectorId(collector.0 + 1);
    assert_eq!(drawn(&desk, of(other), size), drawn(&desk, None, size));
    // The arrows stand on another name: its photo, not this one.
    desk.key(Key::Down);
    assert_ne!(in_front(&desk), collector);
    assert_eq!(coloured(&drawn(&desk, of(collector), size)), None);
    assert!(coloured(&drawn(&desk, of(in_front(&desk)), size)).is_some());
    desk.key(Key::Up);
    for appearance in [Appearance { colours: Colours::None, ascii: false }, Appearance { colours: Colours::Dark, ascii: true }] {
        desk.session.model.appearance = appearance;
        assert_eq!(drawn(&desk, of(collector), size), drawn(&desk, None, size));
    }
    desk.session.model.appearance = Appearance::default();
    desk.press("⏎");
    assert_eq!(desk.session.model.collector_in_front(), None);
    assert_eq!(coloured(&drawn(&desk, of(collector), size)), None);
}

#[test]
fn an_alert_is_worth_more_than_a_photo() {
    // The alert of 张雨桐 waits beside the verdict: it stands with the photo, in every size, or the photo goes.
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&[CARD]);
    let collector = in_front(&desk);
    assert!(!desk.session.model.alerts().is_empty());
    for width in (100..=170).step_by(7) {
        for height in 14..=45 {
            let (without, with) = (drawn(&desk, None, (width, height)), drawn(&desk, of(collector), (width, height)));
            for child in desk.session.model.alerts() {
                let name = &desk.session.model.register.child(child).unwrap().name;
                let seen = |buf: &Buffer| words(buf, buf.area).matches(name.as_str()).count();
                assert!(seen(&with) >= seen(&without), "{name} at {width}×{height}");
            }
            let large = |buf: &Buffer| words(buf, buf.area).contains('█');
            assert_eq!(large(&with), large(&without), "the large word at {width}×{height}");
        }
    }
}

#[test]
fn a_photo_is_a_small_sound_jpeg_or_png() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let get = |n: i64| photo(folder.path(), CollectorId(n), &wall()).map(|p| (p.width(), p.height()));
    let png = encoded(&picture(60, 80), ImageFormat::Png);
    assert_eq!(get(1), Err(NoPhoto::Absent));
    put("1.png", &png);
    put("2.jpg", &encoded(&picture(600, 800), ImageFormat::Jpeg));
    put("3.jpeg", &png); // what a file is stands in its first bytes, not in its name
    assert_eq!((get(1), get(2), get(3)), (Ok((72, 96)), Ok((72, 96)), Ok((72, 96))));
    put("4.png", &png[..png.len() / 2]);
    put("5.png", b"");
    put("6.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>");
    std::fs::create_dir(folder.path().join("7.png")).unwrap();
    for n in 4..=7 {
        assert_eq!(get(n), Err(NoPhoto::Broken), "{n}");
    }
    put("8.png", &vec![0; 2 * 1024 * 1024 + 1]);
    // A few bytes that would unpack to more than there is memory.
    let mut bomb = encoded(&DynamicImage::new_luma8(4001, 1), ImageFormat::Png);
    put("9.png", &bomb);
    bomb[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    put("10.png", &bomb);
    assert_eq!((get(8), get(9)), (Err(NoPhoto::TooLarge), Err(NoPhoto::TooLarge)));
    assert!(get(10).is_err());
    // No byte of a sound file, changed, makes anybody panic.
    for at in 0..png.len() {
        let mut bent = png.clone();
        bent[at] ^= 0x55;
        put("11.png", &bent);
        let _ = get(11);
    }
}

/// Reads what is in front, as the loop of the screen does; `None` if nothing comes.
fn waited(photos: &mut Photos, desk: &Desk) -> Option<Photo> {
    let until = Instant::now() + Duration::from_secs(20);
    while photos.of(&desk.session.model).is_none() && photos.patience(Duration::from_mins(1)) < Duration::from_secs(1) && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
        photos.arrived();
    }
    photos.of(&desk.session.model)
}

#[test]
fn photos_are_read_beside_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("caredesk.db");
    let mut desk = Desk::lived_in(Lang::Zh);
    desk.lines(&[CARD]);
    let first = in_front(&desk);
    let bright = |name: &str| (name == "COLORTERM").then(|| "truecolor".to_owned());
    let photos = |store: Option<&Path>| Photos::start(store, bright, wall());
    // No folder: nothing is read, nothing is waited for.
    assert!(waited(&mut photos(Some(&store)), &desk).is_none() && waited(&mut photos(None), &desk).is_none());
    std::fs::create_dir(folder.path().join("photos")).unwrap();
    picture(60, 80).save(folder.path().join(format!("photos/{}.png", first.0))).unwrap();
    let mut here = photos(Some(&store));
    let found = waited(&mut here, &desk).unwrap();
    assert_eq!((found.collector, found.picture.width(), found.picture.height()), (first, 72, 96));
    assert!(coloured(&drawn(&desk, Some(found), (120, 36))).is_some());
    assert_eq!(here.patience(Duration::from_mins(1)), Duration::from_mins(1));
    // Somebody without a photo; then the first again.
    desk.key(Key::Down);
    assert!(here.of(&desk.session.model).is_none() && waited(&mut here, &desk).is_none());
    desk.key(Key::Up);
    assert!(waited(&mut here, &desk).is_some());
    // A broken file in its place.
    desk.key(Key::Down);
    assert!(waited(&mut here, &desk).is_none());
    std::fs::write(folder.path().join(format!("photos/{}.png", first.0)), "broken").unwrap();
    desk.key(Key::Up);
    assert!(waited(&mut here, &desk).is_none());
    // A terminal that is not known to show colours, and a screen without any.
    assert!(waited(&mut Photos::start(Some(&store), |_| None, wall()), &desk).is_none());
}

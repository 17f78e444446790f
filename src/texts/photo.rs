//! Sentences about photos of collectors. Only with cargo feature `photo`.

use std::fmt::Display;

use super::Lang;

catalogue! {
    folder(folder): "照片放在 {folder}，以编号命名，如 12.jpg 或 12.png；不要照片时删去文件即可" | "Photos belong into {folder}, named by number, as 12.jpg or 12.png; to take one away, delete its file";
    line(n, child, who, what): "{n}  {child}  {who}  {what}" | "{n}  {child}  {who}  {what}";
    here(): "有照片" | "photo";
    absent(): "无" | "none";
    too_large(): "不显示：文件超过 2 MiB 或边长超过 4000 像素，请缩小后再放" | "not shown: the file is over 2 MiB or a side over 4000 pixels; make it smaller";
    broken(): "不显示：不是完好的 JPEG 或 PNG 文件，请换一个" | "not shown: no sound JPEG or PNG file; put another in its place";
}

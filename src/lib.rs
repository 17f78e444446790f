//! caredesk: the terminal kiosk on the front desk of a primary school's after-school care room (课后托管).

pub mod desk;
pub mod domain;
pub mod import;
pub mod rules;
pub mod shell;
pub mod config;
pub mod texts;
pub mod wording;
pub mod store;
pub mod view;

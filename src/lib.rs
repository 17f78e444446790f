//! caredesk: the terminal kiosk on the front desk of a primary school's after-school care room (课后托管).

pub mod cli;
pub mod config;
pub mod desk;
pub mod domain;
pub mod import;
pub mod rules;
pub mod shell;
pub mod store;
pub mod texts;
pub mod view;
pub mod wording;

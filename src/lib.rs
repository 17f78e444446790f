//! caredesk: the terminal kiosk on the front desk of a primary school's after-school care room (课后托管).

pub mod domain;
pub mod rules;
pub mod desk;
pub mod view;
pub mod store;
pub mod import;
pub mod shell;

//! Rosters in the forms that schools hand in come to the register as they are meant; what is lossy is refused or asked about
//! at its cell; several files of one delivery; what is hostile.
#![allow(clippy::unwrap_used, clippy::wildcard_enum_match_arm, clippy::similar_names, missing_docs)]

#[path = "import/cards.rs"]
mod cards;
#[path = "import/cases.rs"]
mod cases;
#[path = "import/decided.rs"]
mod decided;
#[path = "import/deliveries.rs"]
mod deliveries;
#[path = "import/disorder.rs"]
mod disorder;
#[path = "import/forms.rs"]
mod forms;
#[path = "import/hostile.rs"]
mod hostile;
#[path = "import/passed_over.rs"]
mod passed_over;
#[path = "import/rows.rs"]
mod rows;
#[path = "import/said.rs"]
mod said;
#[path = "import/schools.rs"]
mod schools;
#[path = "import/support.rs"]
mod support;
#[path = "import/tables.rs"]
mod tables;

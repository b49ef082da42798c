//! Reads an XES log with the process_mining crate, makes its directly-follows map and its variants, and prints how many
//! there are: `edges variants events`.

use std::error::Error;

use process_mining::core::event_data::case_centric::utils::activity_projection::log_to_activity_projection;
use process_mining::discovery::case_centric::dfg::discover_dfg;
use process_mining::{EventLog, Importable};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("a path is missing")?;
    let log = EventLog::import_from_path(&path)?;
    let dfg = discover_dfg(&log);
    let variants = log_to_activity_projection(&log).traces;
    let events: usize = log.traces.iter().map(|t| t.events.len()).sum();
    println!("{} {} {}", dfg.directly_follows_relations.len(), variants.len(), events);
    Ok(())
}

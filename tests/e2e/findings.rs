//! Findings, pushed and pulled.

//! `check`: answers and exit codes.

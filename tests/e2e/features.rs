//! What is announced is served.

//! A draft analysis: the functions of a system by their class, and its essential state variables.

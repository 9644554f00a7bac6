//! Topics held against small modules: met, met by an equivalent, only declared, hidden in dead code, missing.

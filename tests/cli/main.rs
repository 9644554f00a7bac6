//! The command line from outside: the real binary in folders of its own.

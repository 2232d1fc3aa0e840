//! The record: readings of many reports, kept and compared. It knows no language; it never parses text.

//! Byte offsets as code points.

/// Turns byte offsets of one text into code points, fast for texts that are mostly ASCII.
#[derive(Debug)]
pub struct CodePoints {
    /// Code points before every 64th byte.
    before: Vec<u32>,
    bytes: Vec<u8>,
}

impl CodePoints {
    /// Prepares the conversion for a text.
    #[must_use]
    pub fn new(text: &str) -> CodePoints {
        let mut before = Vec::with_capacity(text.len() / 64 + 1);
        let mut count = 0;
        for (index, byte) in text.bytes().enumerate() {
            if index % 64 == 0 {
                before.push(count);
            }
            count += u32::from(is_first(byte));
        }
        if text.len().is_multiple_of(64) {
            before.push(count);
        }
        CodePoints { before, bytes: text.as_bytes().to_vec() }
    }

    /// Code points before a byte offset (offsets past the end count as the end).
    #[must_use]
    pub fn at(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.bytes.len());
        let block = offset / 64;
        let rest = self.bytes[block * 64..offset].iter().map(|&byte| u32::from(is_first(byte))).sum::<u32>();
        self.before[block] + rest
    }
}

fn is_first(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::CodePoints;

    #[test]
    fn offsets_count_code_points_on_both_sides_of_a_block_border() {
        let text = "é".repeat(100);
        let points = CodePoints::new(&text);
        for index in 0..=100_u32 {
            assert_eq!(points.at(index * 2), index);
        }
        assert_eq!(CodePoints::new("").at(5), 0);
        assert_eq!(CodePoints::new(&"a".repeat(64)).at(64), 64);
    }
}

# The verbs of this repository.

# Run every test.
test:
    cargo test --workspace

# Format, and mend what clippy can mend.
fix:
    cargo fmt --all
    cargo clippy --workspace --all-targets --fix --allow-dirty

# What a change must pass.
check:
    .ci/run

# Speed of the stages.
bench:
    cargo bench -p legation-read

# Readings of the reports in a list, for a scorer.
eval task input:
    cargo run --release -p legation-eval -- {{task}} {{input}}

# Make the weights again from treebanks in a folder.
train data:
    cd train && ./run.sh {{data}}

# Write the command reference and the golden readings anew; look at the difference before you commit.
docs:
    LEGATION_BLESS=1 cargo test -p legation --test tidy --test golden

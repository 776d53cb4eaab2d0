#!/usr/bin/env bash
# PHP's strtotime() knows English dates only, refuses French ones, and accepts one month of them wrongly.
#
# Version: PHP 8.2 as WebAssembly (npm: @php-wasm/node 3.1.56).
# Source: php.net, "Supported date and time formats": a month may be cut to three letters, a single letter
# is a military time zone (S is UTC-6), and four digits without a colon may be a time of day.
#
# Seen, in the zone Europe/Paris: "14 avril 2014" and ten other French months are false, as expected of a
# parser of English. "14 mars 2014" is no error: it is read as "14 mar", zone S, 20:14, of the year in which
# it is read, so that the answer is the 15th of March at 03:14. The year that was written is lost.
# With a weekday in front and a time behind ("samedi 14 mars 2014, 20:19", as a French Moodle writes the
# column "Last modified (grade)" of its worksheets) every month is false, which Moodle 4.5 takes for 1970.
# What helps: write dates that go to PHP as 2014-03-14 20:19.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts @php-wasm/node@3.1.56

cat > read.mjs <<'NODE'
import { PHP } from '@php-wasm/universal';
import { loadNodeRuntime } from '@php-wasm/node';
const php = new PHP(await loadNodeRuntime('8.2', { emscriptenOptions: { processId: process.pid } }));
const { text } = await php.run({ code: `<?php
  date_default_timezone_set('Europe/Paris');
  $months = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre',
    'novembre', 'décembre'];
  foreach ($months as $month) {
    $read = strtotime("14 $month 2014");
    if ($read !== false) { echo "14 $month 2014: ", date('m-d H:i', $read), date('Y', $read) === '2014' ? '' : ', another year', "\\n"; }
    foreach (['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as $day) {
      if (strtotime("$day 14 $month 2014, 20:19") !== false) { echo "$day 14 $month 2014, 20:19 is read\\n"; }
    }
  }
  echo '2014-03-14 20:19: ', date('Y-m-d H:i', strtotime('2014-03-14 20:19')), "\\n";` });
process.stdout.write(text);
process.exit(0);
NODE
node read.mjs | tee seen.txt

python3 - <<'PYTHON'
seen = open("seen.txt").read()
wanted = "14 mars 2014: 03-15 03:14, another year\n2014-03-14 20:19: 2014-03-14 20:19\n"
assert seen == wanted, "PHP reads these dates otherwise now"
PYTHON
echo 'As described: of the French months strtotime() reads only mars, one day, some hours and some years off.'

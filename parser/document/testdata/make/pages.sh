#!/bin/sh
# Writes ../pdf anew, from the root of the repository. Needs soffice, python3-uno,
# python3-reportlab, poppler-utils, ghostscript, qpdf and chromium.
set -e
out=parser/document/testdata/pdf
make=parser/document/testdata/make
form=parser/form/testdata/table.pdf
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

/usr/bin/python3 $make/fields.py $out/fields.pdf
/usr/bin/python3 $make/fields.py $out/fields-blank.pdf blank
# Ghostscript draws the fields into the page; Chinese values are lost, as LibreOffice
# names no font that has them.
gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -dPreserveAnnots=false -sOutputFile=$out/fields-flat.pdf $out/fields.pdf >/dev/null

# The form's page drawn as one object on another page.
qpdf --empty --pages $form 1 -- "$tmp/one.pdf"
/usr/bin/python3 $make/pages.py blank "$tmp/blank.pdf"
qpdf "$tmp/blank.pdf" --overlay "$tmp/one.pdf" -- $out/drawing.pdf

# The form's page as a scanner gives it.
pdftoppm -r 60 -f 1 -l 1 -gray -jpeg -jpegopt quality=30 -singlefile $form "$tmp/page"
for kind in invisible under background; do
	/usr/bin/python3 $make/pages.py $kind "$out/scan-$kind.pdf" "$tmp/page.jpg"
done
/usr/bin/python3 $make/pages.py note $out/note.pdf

chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$tmp/chromium" --print-to-pdf="$tmp/boxes.pdf" "file://$PWD/$make/boxes.html" >/dev/null 2>&1
qpdf --object-streams=generate "$tmp/boxes.pdf" $out/boxes.pdf

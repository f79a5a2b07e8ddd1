#!/bin/sh
# Makes the documents with pictures: ImageMagick, Python, LibreOffice. Run in this folder.
set -e
work=$(mktemp -d)
for i in 1 2 3 4 5; do convert -size 320x240 -seed $i plasma: -quality 40 "$work/p$i.jpg"; done
convert -size 120x120 xc:red "$work/small.png"
python3 make.py "$work"
for name in photos mixed; do
	soffice --headless --infilter="HTML (StarWriter)" --convert-to odt:writer8 --outdir "$work" "$work/$name.html" >/dev/null 2>&1
	soffice --headless --convert-to docx --outdir .. "$work/$name.odt" >/dev/null 2>&1
done
soffice --headless --convert-to doc --outdir .. "$work/photos.odt" >/dev/null 2>&1
soffice --headless --convert-to pptx --outdir .. "$work/slides.fodp" >/dev/null 2>&1
for name in photos mixed; do
	soffice --headless --convert-to odt --outdir .. "../$name.docx" >/dev/null 2>&1
done
soffice --headless --convert-to rtf --outdir "$work" ../photos.docx >/dev/null 2>&1
python3 lean.py <"$work/photos.rtf" >../photos.rtf
for kind in pptx ppt; do
	soffice --headless --convert-to $kind --outdir .. deck.fodp >/dev/null 2>&1
done
gzip -9nf ../deck.ppt
rm -r "$work"

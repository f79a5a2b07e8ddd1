#!/bin/sh
# Writes ../saved anew: invented forms as .docx, each opened by LibreOffice Writer
# and saved as .doc, .rtf, .odt and .pdf, and set as .ofd by the program beside this
# script.
#
#	sh parser/form/testdata/make/make.sh        (from the root of the repository)
set -e
out=parser/form/testdata/saved
go run ./parser/form/testdata/make "$out"
for f in "$out"/*.docx; do
	for kind in doc rtf odt pdf; do
		soffice --headless --convert-to "$kind" --outdir "$out" "$f" >/dev/null 2>&1
	done
	go run ./parser/form/testdata/make "$f"
done
looks=parser/form/testdata/looks
go run ./parser/form/testdata/make -looks "$looks"
for f in looks styles; do
	for kind in doc rtf odt; do
		soffice --headless --convert-to "$kind" --outdir "$looks" "$looks/$f.docx" >/dev/null 2>&1
	done
	cp "$looks/$f.odt" "$looks/$f-again.odt"
	soffice --headless --convert-to docx --outdir "$looks" "$looks/$f-again.odt" >/dev/null 2>&1
	rm "$looks/$f-again.odt"
done
for kind in fodt 'xml:MS Word 2003 XML'; do
	soffice --headless --convert-to "$kind" --outdir "$looks" "$looks/styles.docx" >/dev/null 2>&1
done
for f in plain spaced gaps; do
	for kind in fodt 'xml:MS Word 2003 XML'; do
		soffice --headless --convert-to "$kind" --outdir "$out" "$out/$f.docx" >/dev/null 2>&1
	done
done
soffice --headless --convert-to html --outdir "$out" "$out/plain.docx" >/dev/null 2>&1
mv "$out/plain.html" "$out/plain.htm"

# From the drawings: each .docx is opened and saved in every format, .docx too.
drawings=parser/form/testdata/variety
go run ./parser/form/testdata/make -drawn "$drawings"/*.txt
for f in "$drawings"/*.docx; do
	for kind in odt doc rtf; do
		soffice --headless --convert-to "$kind" --outdir "$drawings" "$f" >/dev/null 2>&1
	done
	soffice --headless --convert-to docx --outdir "$drawings" "${f%.docx}.odt" >/dev/null 2>&1
done
/usr/bin/python3 parser/form/testdata/make/paged.py "$out/plain.docx" parser/form/testdata/paged # and ../paged

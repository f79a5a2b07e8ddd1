#!/bin/sh
# Makes the merged files: LibreOffice, ImageMagick, Ghostscript, poppler. Run in this folder.
set -e
work=$(mktemp -d)
for name in licence certificate; do
	soffice --headless --convert-to odt:writer8 --infilter="HTML (StarWriter)" --outdir "$work" $name.html >/dev/null 2>&1
	soffice --headless --convert-to pdf --outdir "$work" "$work/$name.odt" >/dev/null 2>&1 2>&1
done
for n in 1 2 3; do # pages as a scanner gives them: pictures, no words
	convert -size 827x1169 xc:'#fbfaf7' -fill '#444' -draw "rectangle 120,$((100 * n)) 700,$((100 * n + 14))" -draw 'rectangle 120,500 700,512' \
		-quality 40 -units PixelsPerInch -density 100 "$work/scan$n.jpg"
	gs -q -dNOSAFER -sDEVICE=pdfwrite -o "$work/scan$n.pdf" viewjpeg.ps -c "<< /PageSize [595 842] >> setpagedevice ($work/scan$n.jpg) viewJPEG" >/dev/null 2>&1
done
form=../../long.pdf
pdfunite $form "$work/licence.pdf" "$work/certificate.pdf" "$work/certificate.pdf" ../all.pdf
pdfunite "$work/licence.pdf" "$work/certificate.pdf" $form ../form-last.pdf
pdfunite $form "$work/scan1.pdf" "$work/scan2.pdf" ../form-scans.pdf
pdfunite "$work/scan1.pdf" "$work/scan2.pdf" "$work/scan3.pdf" "$work/licence.pdf" ../scans-licence.pdf
pdfunite $form "$work/scan1.pdf" "$work/licence.pdf" ../form-scan-licence.pdf
pdfunite "$work/licence.pdf" "$work/certificate.pdf" ../papers.pdf
rm -r "$work"

#!/bin/sh
# Makes the pictures of this folder with ImageMagick 6.9, libheif's heif-enc 1.15,
# libwebp's webpmux 1.2 and exiftool 12; run in this folder.
set -e
convert -size 96x64 gradient:red-blue -fill yellow -draw 'circle 30,30 40,40' one.png
convert one.png -interlace JPEG progressive.jpg
convert one.png -colorspace CMYK cmyk.jpg
convert one.png -colorspace Gray grey.jpg
convert one.png -depth 16 -define png:bit-depth=16 deep.png
convert one.png -interlace PNG woven.png
convert one.png still.gif
convert -delay 20 one.png \( one.png -negate \) -loop 0 moving.gif
convert one.png -type TrueColor plain.bmp
convert one.png -type TrueColor BMP2:os2.bmp
convert one.png lossy.webp
convert one.png -define webp:lossless=true lossless.webp
convert one.png -negate second.webp
webpmux -frame lossy.webp +100 -frame second.webp +100 -o moving.webp
rm second.webp
convert one.png -compress lzw one.tiff
convert one.png -endian MSB -compress none big-endian.tiff
convert one.png -colorspace CMYK -compress lzw cmyk.tiff
convert one.png TIFF64:long.tiff
convert one.png -compress jpeg jpeg.tiff
convert one.png \( one.png -threshold 50% -compress group4 \) \( one.png -rotate 90 \) three.tiff
heif-enc -q 40 one.png -o one.heic
convert one.png one.avif
convert one.png turned.jpg
exiftool -q -overwrite_original -n -Orientation=6 turned.jpg
convert one.png -compress lzw turned.tiff
exiftool -q -overwrite_original -n -Orientation=6 turned.tiff
convert turned.jpg -auto-orient -strip upright.jpg
# JPEG in TIFF, by tiffcp of libtiff-tools 4.5: in strips, in tiles, as RGB, grey, and as none that is read.
convert one.png -alpha off -depth 8 -type TrueColor -compress none plain.tiff
convert one.png -alpha off -depth 8 -type Grayscale -compress none grey.tiff
tiffcp -c jpeg:90 -r 16 plain.tiff jpeg-strips.tiff
tiffcp -c jpeg:90 -t -w 64 -l 48 plain.tiff jpeg-tiles.tiff
tiffcp -c jpeg:r:90 -r 24 plain.tiff jpeg-rgb.tiff
tiffcp -c jpeg:90 -r 32 plain.tiff grey.tiff jpeg-two.tiff
tiffcp -B -c jpeg:90 -r 16 grey.tiff jpeg-big-endian.tiff
tiffcp -p separate -c jpeg:r:90 -r 16 plain.tiff jpeg-planes.tiff
rm plain.tiff grey.tiff

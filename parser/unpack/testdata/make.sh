#!/bin/sh
# Makes the archives of this folder that real programs can write. Debian bookworm:
#   apt-get install 7zip zip xz-utils zstd bzip2
# 7-Zip 22.01, Info-ZIP zip 3.0, GNU tar 1.34. The others: go run ./make .
# Times within the archives differ from run to run; what they hold does not.
# Older ones (infozip.zip, 7z-mcu-*.zip, aes.zip, zipcrypto.zip, partly.zip,
# deflate64.zip, lzma.zip, bzip2.zip, symlink.zip, split.z*, v.zip.001, a.*,
# zip64-stream.zip) were made with the same programs by hand and stay as they are.
set -e
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
case='[案例]-佛山市某某家居有限公司+全屋定制数字化'
mkdir -p "$case/附件"
printf '参评单位：佛山市某某家居有限公司\r\n' > "$case/申报表.txt"
printf '统一社会信用代码\n' > "$case/附件/营业执照.txt"
awk 'BEGIN { for (i = 0; i < 400; i++) printf "%d\n", (i * 7919 + 13) * (i + 31) % 1000003 }' > "$case/照片1.bin"
out() { rm -f "$here/$1"; mv "$1" "$here/$1"; }

7z a -bd t-lzma2.7z "$case" >/dev/null; out t-lzma2.7z                    # solid, LZMA2
7z a -bd -m0=PPMd t-ppmd.7z "$case" >/dev/null; out t-ppmd.7z
7z a -bd -psecret t-locked.7z "$case" >/dev/null; out t-locked.7z         # the files
7z a -bd -psecret -mhe=on t-locked-names.7z "$case" >/dev/null; out t-locked-names.7z
7z a -bd -v400b t-vol.7z "$case" >/dev/null; for n in 1 2 3 4 5 6 7 8; do [ -f t-vol.7z.00$n ] && out t-vol.7z.00$n; done
7z a -bd -tzip -mx=0 -v1100b t-vol.zip "$case" >/dev/null; for n in 1 2 3 4; do [ -f t-vol.zip.00$n ] && out t-vol.zip.00$n; done
for z in gz bz2 xz zst; do tar -caf t.tar.$z "$case"; out t.tar.$z; done
tar -cJf t.txz "$case/附件"; out t.txz
tar --format=v7 -cf t-v7.tar -C "$case" 申报表.txt; out t-v7.tar            # no ustar mark
ln -s /etc/passwd link; tar -czf t-link.tar.gz link "$case/申报表.txt"; out t-link.tar.gz
gzip -nc "$case/申报表.txt" > 申报表.txt.gz; mv 申报表.txt.gz "$here/t-plain.txt.gz"
cp "$here/t-lzma2.7z" 材料.7z; cp "$here/t.tar.xz" 材料.tar.xz
zip -q -r t-nested.zip 材料.7z 材料.tar.xz; out t-nested.zip                # three kinds in each other
cp "$here"/t-vol.7z.00? .; zip -q t-nested-set.zip t-vol.7z.00?; out t-nested-set.zip
size=$(stat -c %s "$here/t-lzma2.7z"); head -c $((size - 40)) "$here/t-lzma2.7z" > "$here/t-cut.7z"
set -- "$case/申报表.txt" "$case/附件/营业执照.txt" "$case/照片1.bin"        # cut within the last
tar -czf cut.tar.gz "$@"; size=$(stat -c %s cut.tar.gz); head -c $((size - 500)) cut.tar.gz > "$here/t-cut.tar.gz"
zip -q - "$@" > stream.zip; size=$(stat -c %s stream.zip); head -c $((size - 1400)) stream.zip > "$here/t-cut-stream.zip"
zip -q whole.zip "$@"; size=$(stat -c %s whole.zip); head -c $((size - 1400)) whole.zip > "$here/t-cut.zip"
cat > mail.eml <<M
From: =?utf-8?B?5byg5LiJ?= <zhang@foshan.example>
To: desk@commerce.test
Subject: =?utf-8?B?6L2s5Y+R77ya5p2Q5paZ?=
Date: Tue, 15 Oct 2024 10:21:33 +0800
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8

见附件。
--b
Content-Type: application/x-7z-compressed; name="=?utf-8?B?5p2Q5paZLjd6?="
Content-Transfer-Encoding: base64

$(base64 "$here/t-lzma2.7z")
--b--
M
cp mail.eml 转发.eml; zip -q t-mail.zip 转发.eml; out t-mail.zip            # an archive in a mail in an archive

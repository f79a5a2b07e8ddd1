"""Leaves the metafiles out of an .rtf that stand there for old readers, as Word does where its setting says so."""
import re, sys

sys.stdout.buffer.write(re.sub(rb"\{\\nonshppict\{\\pict.*?[0-9a-f\r\n]{20,}\}\}", b"", sys.stdin.buffer.read(), flags=re.S))

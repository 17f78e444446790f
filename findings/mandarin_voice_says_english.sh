#!/usr/bin/env bash
# Debian's Mandarin voice of espeak-ng says most Chinese characters as English words.
#
# Guess:  `espeak-ng -v cmn` speaks 汉字; it is listed as "Chinese (Mandarin)", takes the text and ends with 0.
# What happens: the package (1.51+dfsg) carries the short dictionary alone. A character that is not in it becomes its pinyin in
#         Latin letters with the number of its tone, and that is read aloud by the English voice: 老师 is "lao three, shi", 陈一诺
#         at the door is announced as "chen two …". The same text goes through Mandarin phonemes in 1.52.0 as packed by
#         espeakng-loader. Nothing is said on standard error.
# Seen:   2026-11-28, espeak-ng 1.51+dfsg-10+deb12u2 (Debian 12), espeakng-loader 0.2.4 (espeak-ng 1.52.0), Python 3.11:
#           Debian 1.51   switches to English: yes   exit 0
#           1.52.0        switches to English: no
# Fails when that changes. Needs Debian 12 for the first half (apt-get download, nothing is installed).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
text=请陈一诺到门口
version=1.51+dfsg-10+deb12u2
apt-get download -qq "espeak-ng=$version" "libespeak-ng1=$version" "espeak-ng-data=$version" libpcaudio0 libsonic0 >/dev/null 2>&1
for package in *.deb; do dpkg -x "$package" debian; done
libs=$(dirname "$(find debian -name 'libespeak-ng.so.1' | head -n 1)")
status=0
said=$(LD_LIBRARY_PATH="$libs" debian/usr/bin/espeak-ng --path="$libs" -v cmn -q -x "$text" 2>errors.txt) || status=$?
[ -s errors.txt ] && cat errors.txt
python3 -m venv venv
venv/bin/pip --quiet install espeakng-loader==0.2.4
newer=$(TEXT=$text venv/bin/python - <<'PY'
import ctypes, os, espeakng_loader
lib = ctypes.CDLL(espeakng_loader.get_library_path())
lib.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0x8000)
lib.espeak_SetVoiceByName(b"cmn")
lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
text = ctypes.create_string_buffer(os.environ["TEXT"].encode())
print(lib.espeak_TextToPhonemes(ctypes.byref(ctypes.c_void_p(ctypes.addressof(text))), 1, 0).decode())
PY
)
english() { case $1 in *"(en)"*) echo yes ;; *) echo no ;; esac; }
{
  echo "Debian 1.51   switches to English: $(english "$said")   exit $status"
  echo "1.52.0        switches to English: $(english "$newer")"
} | tee seen.txt
diff seen.txt - <<'WANT' && echo "as kept"
Debian 1.51   switches to English: yes   exit 0
1.52.0        switches to English: no
WANT

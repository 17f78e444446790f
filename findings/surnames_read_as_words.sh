#!/usr/bin/env bash
# A Mandarin voice reads a surname as the everyday word that is written with the same character.
#
# Guess:  a voice that speaks Mandarin says 曾 before a given name as Zēng, 单 as Shàn, 仇 as Qiú: they are common surnames, and
#         nobody is called otherwise.
# What happens: espeak-ng 1.52.0 says céng, dān, chóu (the words "once", "single", "hatred"), 解 jiě, 盖 gài, 查 chá, in the full
#         name as well as before 老师. A call-out needs readings of its own for surnames, handed over as pinyin.
# Seen:   2026-11-28, espeakng-loader 0.2.4 (espeak-ng 1.52.0), Python 3.11; the phonemes are those of the pinyin in brackets:
#           曾志强 says ceng2 not zeng1
#           单志强 says dan1 not shan4
#           仇志强 says chou2 not qiu2
#           解志强 says jie3 not xie4
#           查志强 says cha2 not zha1
# Fails when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip --quiet install espeakng-loader==0.2.4
venv/bin/python - <<'PY' | tee seen.txt
import ctypes, espeakng_loader
lib = ctypes.CDLL(espeakng_loader.get_library_path())
lib.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0x8000)
lib.espeak_SetVoiceByName(b"cmn")
lib.espeak_TextToPhonemes.restype = ctypes.c_char_p

def phonemes(text):
    data = ctypes.create_string_buffer(text.encode())
    return lib.espeak_TextToPhonemes(ctypes.byref(ctypes.c_void_p(ctypes.addressof(data))), 1, 0).decode().split()[0]

# Each surname beside two characters that have but one reading: the word's and the surname's.
table = [("曾", "层", "ceng2", "增", "zeng1"), ("单", "丹", "dan1", "善", "shan4"), ("仇", "愁", "chou2", "球", "qiu2"),
         ("解", "姐", "jie3", "谢", "xie4"), ("查", "茶", "cha2", "渣", "zha1")]
for name, word, word_pinyin, right, right_pinyin in table:
    said = phonemes(name + "志强")
    as_word, as_name = phonemes(word + "志强"), phonemes(right + "志强")
    says = word_pinyin if said == as_word else right_pinyin if said == as_name else said
    print(f"{name}志强 says {says} not {right_pinyin}")
PY
diff seen.txt - <<'WANT' && echo "as kept"
曾志强 says ceng2 not zeng1
单志强 says dan1 not shan4
仇志强 says chou2 not qiu2
解志强 says jie3 not xie4
查志强 says cha2 not zha1
WANT

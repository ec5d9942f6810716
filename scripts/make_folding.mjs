// Makes shared/base/folding_table.h out of the Unicode data that this node has (`node -p process.versions.unicode`):
//
//     node scripts/make_folding.mjs > shared/base/folding_table.h
//
// JavaScript normalizes and changes case, but tells neither case foldings nor combining classes. Both follow: full case folding is
// to go up and down twice, and the classes are what normalization puts marks in order by.

const text = (...codes) => String.fromCodePoint(...codes);
const codes = (string) => [...string].map((character) => character.codePointAt(0));
const decomposed = (string) => string.normalize("NFD");
const kDotlessI = 0x131; // goes up to I, but is another letter

function* allCharacters() { // that have no rule of their own: ASCII, surrogates, syllables of Hangul
  for (let c = 0x80; c <= 0x10FFFF; ++c) {
    if (!(c >= 0xD800 && c <= 0xDFFF) && !(c >= 0xAC00 && c <= 0xD7A3))
      yield c;
  }
}

const withoutCase = (c) => c === kDotlessI ? text(c) : text(c).toUpperCase().toLowerCase().toUpperCase().toLowerCase();
const folded = (c) => codes(decomposed(codes(decomposed(text(c))).map(withoutCase).join("")));

function foldings() {
  const all = [];
  for (const c of allCharacters()) {
    const to = folded(c);
    if (to.length !== 1 || to[0] !== c)
      all.push([c, to]);
  }
  return all;
}

// Whether normalization lets `b` stand before `a` where both are marks on one letter.
const swaps = (a, b) => a !== b && decomposed(text(0x78, a, b)) === text(0x78, b, a);
const kOverlay = 0x334; // of the lowest class
const kIotaBelow = 0x345; // of the highest

// [mark, number of its class, from 1 on], by mark.
function marks() {
  const found = [...allCharacters()].filter((c) => /^\p{M}$/u.test(text(c)) && decomposed(text(c)) === text(c)
      && (c === kOverlay || c === kIotaBelow || swaps(c, kOverlay) || swaps(kIotaBelow, c)));
  const representatives = []; // of the classes, in order
  for (const mark of found) {
    const after = representatives.findIndex((one) => !swaps(mark, one));
    if (after < 0)
      representatives.push(mark);
    else if (swaps(representatives[after], mark))
      representatives.splice(after, 0, mark);
  }
  return found.map((mark) => [mark, representatives.findIndex((one) => !swaps(mark, one)) + 1]);
}

// What is one letter with the one before it, where a composed form is there: é, が.
function joiningCharacters() {
  const joining = new Set();
  for (const c of allCharacters()) {
    const parts = codes(decomposed(text(c)));
    if (parts.length > 1 && text(c).normalize("NFC") === text(c))
      joining.add(parts.at(-1));
  }
  for (let vowel = 0x1161; vowel <= 0x1175; ++vowel)
    joining.add(vowel);
  for (let final = 0x11A8; final <= 0x11C2; ++final)
    joining.add(final);
  return joining;
}

// Numbers of seven bits a byte, the lowest first; signed ones with their sign in the lowest bit.
class Bytes {
  bytes = [];
  number(n) {
    for (; n > 127; n >>>= 7)
      this.bytes.push(n & 127 | 128);
    this.bytes.push(n);
  }
  signed(n) { this.number(n < 0 ? -2 * n - 1 : 2 * n); }
  toString() {
    const lines = [""];
    for (const byte of this.bytes) {
      if (lines.at(-1).length + `${byte},`.length > 116)
        lines.push("");
      lines[lines.length - 1] += `${byte},`;
    }
    return lines.map((line) => `    ${line}`).join("\n");
  }
}

const foldingBytes = new Bytes();
let before = 0x7F;
let distance = 0;
for (const [c, to] of foldings()) {
  foldingBytes.number((c - before << 2) + to.length - 1); // never 0: wasm-opt takes long zeros out of data
  foldingBytes.signed(to[0] - c - distance);
  to.slice(1).forEach((mark) => foldingBytes.signed(mark - 0x308));
  before = c;
  distance = to[0] - c;
}

const joining = joiningCharacters();
const classes = new Map(marks());
const ranges = [];
for (const c of [...new Set([...classes.keys(), ...joining])].sort((a, b) => a - b)) {
  const about = (classes.get(c) ?? 0) << 1 | joining.has(c);
  const last = ranges.at(-1);
  if (last?.last === c - 1 && last.about === about)
    last.last = c;
  else
    ranges.push({ first: c, last: c, about });
}
const markBytes = new Bytes();
before = 0x7F;
for (const { first, last, about } of ranges) {
  markBytes.number(first - before - 1);
  markBytes.number(last - first);
  markBytes.number(about);
  before = last;
}

process.stdout.write(`// Made by scripts/make_folding.mjs from Unicode ${process.versions.unicode}. What the bytes mean says shared/base/folding.cpp.
#pragma once

#include <array>
#include <cstdint>

namespace pev {

// clang-format off
inline constexpr std::array<std::uint8_t, ${foldingBytes.bytes.length}> kFoldings{
${foldingBytes}
};

inline constexpr std::array<std::uint8_t, ${markBytes.bytes.length}> kMarks{
${markBytes}
};
// clang-format on

} // namespace pev
`);

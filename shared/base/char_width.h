// How many columns characters take in fixed-width text, as in a terminal.
//
// Source: Unicode 17. Characters are drawn one by one: the parts of an emoji that is joined of several each take their
// own columns, and so do vowel signs that stand beside their letter (Mc).
#pragma once

namespace pev {

inline constexpr char32_t kEmojiSelector = 0xFE0F; // turns the sign before it into a picture, two columns wide

// 2 for East Asian wide characters and emoji; 0 for what stands on the character before it, and for what is not seen at
// all; else 1. Control characters count as 1.
unsigned char_width(char32_t character);
// Whether a narrow character may be turned into a picture by kEmojiSelector.
bool can_be_emoji(char32_t character);
// The Hangul syllable that a consonant and a vowel, or an open syllable and a final consonant, are together; 0 where they
// are none.
char32_t composed_hangul(char32_t first, char32_t second);

} // namespace pev

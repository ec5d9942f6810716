// What each fuzzer has: a function that takes any bytes, and says what must hold for all of them.
//
// AddressSanitizer, UndefinedBehaviorSanitizer and the checks of libc++ find the rest. Run by scripts/fuzz.py.
#pragma once

#include <string_view>

namespace pev::fuzz {

// Defined once in each fuzzer.
void run_one(std::string_view input);

// Ends the program, so that libFuzzer keeps the input, where `holds` is false.
void expect(bool holds, std::string_view what);

} // namespace pev::fuzz

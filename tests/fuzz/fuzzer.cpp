#include "tests/fuzz/fuzzer.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>

namespace pev::fuzz {

void expect(bool holds, std::string_view what)
{
    if (holds)
        return;
    std::cerr << "does not hold: " << what << '\n' << std::flush;
    std::abort();
}

} // namespace pev::fuzz

// The name is libFuzzer's. NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    pev::fuzz::run_one({reinterpret_cast<char const*>(data), size});
    return 0;
}

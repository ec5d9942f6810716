#include "shared/base/print.h"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <climits>
#include <cstdarg>
#include <cstdio>
#include <string>

using namespace pev;

namespace {

int print(char* out, std::size_t size, char const* format, ...)
{
    std::va_list arguments;
    va_start(arguments, format);
    int const length = print_to(out, size, format, arguments);
    va_end(arguments);
    return length;
}

template <typename... Arguments>
std::string ours(char const* format, Arguments... arguments)
{
    std::array<char, 100> out{};
    out.fill('~');
    int const length = print(out.data(), out.size(), format, arguments...);
    std::string text{out.data()};
    CHECK(length == static_cast<int>(text.size()));
    return text;
}

template <typename... Arguments>
std::string theirs(char const* format, Arguments... arguments)
{
    std::array<char, 100> out{};
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wformat-nonliteral"
#pragma clang diagnostic ignored "-Wformat-security"
    std::snprintf(out.data(), out.size(), format, arguments...);
#pragma clang diagnostic pop
    return out.data();
}

} // namespace

TEST_CASE("whole numbers and text are printed as the C library prints them", "[print]")
{
    for (int const number : {0, 7, -7, 42, 1234567, INT_MAX, INT_MIN}) {
        for (char const* const format : {"%d", "%5d|", "%02d", "%08d", "a%db"})
            CHECK(ours(format, number) == theirs(format, number));
        for (char const* const format : {"%u", "%08X", "%x", "%03u"})
            CHECK(ours(format, static_cast<unsigned>(number)) == theirs(format, static_cast<unsigned>(number)));
    }
    for (long long const number : {0LL, -1LL, LLONG_MAX, LLONG_MIN})
        CHECK(ours("%lldm %02llds", number, number % 60) == theirs("%lldm %02llds", number, number % 60));
    CHECK(ours("%zu B", std::size_t{4000000000U}) == "4000000000 B");
    CHECK(ours("%s/%s_%08X", "window", "child", 0xBEEFU) == "window/child_0000BEEF");
    CHECK(ours("%.*s|%.2s|%4s|%c%%", 3, "abcdef", "xyz", "z", '!') == "abc|xy|   z|!%");
}

TEST_CASE("what does not fit is cut, and counted", "[print]")
{
    std::array<char, 4> out{};
    CHECK(print(out.data(), out.size(), "%s", "abcdef") == 6);
    CHECK(std::string{out.data()} == "abc");
    CHECK(print(nullptr, 0, "%d", 12345) == 5);
}

TEST_CASE("what it does not know is written as it is", "[print]")
{
    CHECK(ours("%.1f %", 1) == "%.1f %");
}

#include "shared/run/log_buffer.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;

TEST_CASE("the levels of other loggers are known by their words, in any case", "[run][log]")
{
    for (auto const* const word : {"error", "ERR", "Critical", "crit", "FATAL", "emerg", "alert", "Panic"})
        CHECK(log_level_named(word) == LogLevel::Error);
    for (auto const* const word : {"warn", "WARNING"})
        CHECK(log_level_named(word) == LogLevel::Warn);
    for (auto const* const word : {"info", "Notice", "Information"})
        CHECK(log_level_named(word) == LogLevel::Info);
    for (auto const* const word : {"debug", "TRACE", "Verbose"})
        CHECK(log_level_named(word) == LogLevel::Debug);
    for (auto const* const word : {"Error:", "\x1b[31merror\x1b[39m", "[ERROR]", "FTL", "E", "F"})
        CHECK(log_level_named(word) == LogLevel::Error);
    for (auto const* const word : {"WARN ", "warn\n", " WRN", "W"})
        CHECK(log_level_named(word) == LogLevel::Warn);
    for (auto const* const word : {"INF", "I", "info,"})
        CHECK(log_level_named(word) == LogLevel::Info);
    for (auto const* const word : {"dbg", "VRB", "T", "finest"})
        CHECK(log_level_named(word) == LogLevel::Debug);
    for (auto const* const word : {"", "loud", "errors", " : ", "\x1b[31m", "x"})
        CHECK(log_level_named(word) == LogLevel::None);
}

TEST_CASE("the levels of other loggers are known by their numbers", "[run][log]")
{
    for (auto const* const pino : {"10", "20", "29"})
        CHECK(log_level_named(pino) == LogLevel::Debug);
    CHECK(log_level_named("30") == LogLevel::Info);
    CHECK(log_level_named("30.0") == LogLevel::Info);
    CHECK(log_level_named("40") == LogLevel::Warn);
    CHECK(log_level_named("50") == LogLevel::Error);
    CHECK(log_level_named("60") == LogLevel::Error);
    for (auto const* const syslog : {"0", "1", "2", "3"})
        CHECK(log_level_named(syslog) == LogLevel::Error);
    CHECK(log_level_named("4") == LogLevel::Warn);
    CHECK(log_level_named("5") == LogLevel::Info);
    CHECK(log_level_named("6") == LogLevel::Info);
    CHECK(log_level_named("7") == LogLevel::Debug);
    for (auto const* const other : {"8", "-1", "3.5", "99999999999"})
        CHECK(log_level_named(other) == LogLevel::None);
}

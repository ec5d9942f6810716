#include "shared/app/report.h"

#include "shared/app/version.h"
#include "tests/unit/support/builders.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

TEST_CASE("a report tells version, run, connection, counts and what went wrong, the newest first", "[report]")
{
    AppState state;
    state.options.run = "run-1";
    state.connection.phase = Phase::Backoff;
    state.connection.tries = 2;
    state.connection.retry_at = at(106);
    state.diagnostics.events_received = 1'234;
    state.diagnostics.events_applied = 1'230;
    state.diagnostics.broken = 4;
    state.diagnostics.connection.add(at(1), "Live: the stream is open");
    state.diagnostics.connection.add(at(100), "Polls: the stream was lost");
    state.diagnostics.errors.add(at(90), "The server could not be reached");
    state.diagnostics.errors.add(at(92), "The server could not be reached");
    std::string const text = report_text(make_report(state, at(100), utc_offset_none));
    CHECK(text.starts_with("Viewer\n  Version: " + std::string{version()} + "\n"));
    for (char const* const line : {"  Run: run-1\n", "  Connection: Polls, try 2 of 5 in 6 s\n",
             "  Last update: none yet\n", "  Received: 1,234\n", "  Applied: 1,230\n", "  Ignored: 4\n",
             "  – broken: 4\n", "  14:01:32.000: The server could not be reached (2 times since 14:01:30)\n",
             "  14:01:40.000: Polls: the stream was lost\n  14:00:01.000: Live: the stream is open\n"}) {
        INFO(text);
        CHECK(text.find(line) != std::string::npos);
    }
}

TEST_CASE("a report tells what the run takes of its memory, and what was dropped for it", "[report][memory]")
{
    AppState state;
    StepRun chatty = step("a");
    chatty.logs = log_of({"one", "two", "three"});
    chatty.logs.drop_before(2);
    state.run = run_with({chatty});
    state.run->memory = 8u << 20;
    std::string const text = report_text(make_report(state, at(1), utc_offset_none));
    INFO(text);
    CHECK(text.find("Memory\n  For the run: 8.0 MB\n  Logs: 29 B\n") != std::string::npos);
    CHECK(text.find("  Log lines: 3\n  – dropped: 2\n") != std::string::npos);
}

TEST_CASE("notes are bounded: the oldest go first", "[report]")
{
    Notes notes;
    for (std::size_t i = 0; i < Notes::kCapacity + 10; ++i)
        notes.add(at(0), std::to_string(i));
    CHECK(notes.size() == Notes::kCapacity);
    CHECK(notes.begin()->text == "10");
}

// Runs as the tests of the interface need them again and again.
#pragma once

#include "shared/json/json_tree.h"
#include "tests/unit/ui/headless.h"

#include <string>
#include <string_view>

namespace pev::test {

// The run of live-run.initial.json and its stream.
inline constexpr std::string_view kLiveRun = "6b0d549b-6f03-475a-9600-a35a099950d8";

inline Options live_run(bool stream = true)
{
    Options options;
    options.run = kLiveRun;
    options.stream = stream;
    return options;
}

// For a screen of live_run(): fetched, connected, fetched again.
inline void go_live(Headless& screen)
{
    screen.answer_with_file("live-run.initial.json");
    screen.open_stream();
    screen.answer_with_file("live-run.initial.json");
}

// An event of that run; `payload` is JSON.
inline void send(Headless& screen, std::string const& type, std::string_view step, std::string const& payload)
{
    screen.send(type,
        R"({"type":")" + type + R"(","runId":")" + std::string{kLiveRun} + R"(","stepKey":)" + json_quote(step)
            + R"(,"timestamp":"2026-11-20T14:03:30.000Z","payload":)" + payload + "}");
}

inline void send_log(Headless& screen, std::string_view step, std::string_view line)
{
    send(screen, "step.log.appended", step, R"({"logEntry":{"level":"info","message":)" + json_quote(line) + "}}");
}

// The answer of the server for a run that consists of these steps, written in JSON.
inline std::string run_of(std::string const& steps, std::string const& state = "success")
{
    return R"({"success":true,"data":{"id":"run-1","playbookName":"Outreach","state":")" + state + R"(","status":")"
        + (state == "success" ? "SUCCEEDED" : "RUNNING") + R"(","startedAt":"2026-11-20T14:00:00Z","steps":[)" + steps
        + "]}}";
}

// One step, with these further members.
inline std::string step_of(std::string_view key, std::string_view members, std::string_view state = "success")
{
    std::string step = R"({"id":"s","key":)" + json_quote(key) + R"(,"name":)" + json_quote(key)
        + R"(,"type":"AGENT","state":)" + json_quote(state) + R"(,"attempt":0,"maxAttempts":3,"logs":[])";
    // A member that is named here replaces the one above.
    if (members.find(R"("logs")") != std::string_view::npos)
        step.resize(step.rfind(','));
    return step + (members.empty() ? "" : ",") + std::string{members} + "}";
}

} // namespace pev::test

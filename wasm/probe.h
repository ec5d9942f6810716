// window.__viewer, for measurements and browser tests.
//
// Source: docs/PAGE.md#probe. The answers are JSON texts; the page parses them.
#pragma once

#include "shared/app/event_trace.h"
#include "shared/app/session.h"
#include "ui/semantics.h"

#include <string>
#include <vector>

namespace pev::wasm {

struct FrameStats {
    std::uint64_t frames = 0;
    double last_cpu_ms = 0;
    bool run_drawn = false; // the run has been on screen, with all that belongs to it
};

std::string stats_json(AppState const& state, FrameStats const& frames);
std::string drain_json(std::vector<TracedEvent> const& events);
std::string tree_json(ui::Semantics const& semantics);
// One string: what a reader sees, line by line, from top to bottom.
std::string text_json(ui::Semantics const& semantics);
// {state, steps: [{key, state, attempt, droppedLines?, logs: [text]}]}: what is known of the run, to hold against the server's
// document. The screen has only the lines that fit; null before there is a run. For tests: with many lines it takes its time.
std::string model_json(AppState const& state);

} // namespace pev::wasm

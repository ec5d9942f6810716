// Writes a run as the answer that a server would give of it by now, so that whatever reads those reads it: a program of
// somebody's, `serve.py --replay`, `pev --replay`.
//
// Source: docs/WIRE.md#the-run, docs/WIRE.md#a-step. Free JSON is written to the byte as the server sent it, but for
// what is no JSON (shared/json/json_oddity.h).
#pragma once

#include "shared/run/model.h"

#include <string>

namespace pev {

// In this order: the head; of each step its head, its lines, its tail; the tail.
void write_run_head(RunModel const& run, std::string& out);
void write_step_head(RunModel const& run, StepRun const& step, bool is_first, std::string& out);
void write_step_line(StepRun const& step, std::size_t line, std::string& out);
void write_step_tail(std::string& out);
void write_run_tail(std::string& out);

} // namespace pev

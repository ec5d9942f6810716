// Tells the page around an embedded viewer what has changed.
//
// Source: docs/EMBEDDING.md, "Messages"; shell/embed.js hands them to the host as events.
#pragma once

#include "shared/app/app_state.h"
#include "shared/base/rest.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace pev::embed {

class Reporter {
public:
    // The JSON texts of what has changed since the last call, in this order: run, step (one for each), selection, mode, error.
    // Steps are told when they change, not when their run is opened. Cheap where nothing changed.
    PEV_REST std::vector<std::string> report(AppState const& state);

    // The same for the height that the viewer would like to have, CSS pixels.
    std::vector<std::string> report_height(int height);

private:
    struct RunSource {
        std::string id;
        std::uint64_t revision = 0;
        bool operator==(RunSource const&) const = default;
    };
    struct ToldStep {
        std::string state;
        int attempt = 0;
        bool operator==(ToldStep const&) const = default;
    };

    void report_run(AppState const& state, std::vector<std::string>& out);
    void report_steps(RunModel const& run, bool is_news, std::vector<std::string>& out);

    // What was told last.
    std::optional<RunSource> run_;
    std::string run_text_;
    std::unordered_map<std::string, ToldStep> steps_; // by key
    std::vector<std::uint64_t>
        step_revisions_; // by place in the run: a step that has its old one need not be looked at
    struct Selection {
        std::string step;
        bool followed = false;
        bool operator==(Selection const&) const = default;
    };
    std::optional<Selection> selection_;
    std::optional<Mode> mode_;
    std::optional<Problem> problem_;
    int height_ = 0;
};

// The first message of a viewer that is ready.
std::string ready_message(AppState const& state);

} // namespace pev::embed

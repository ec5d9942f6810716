// Everything that a frame is drawn from. Only Session changes it.
#pragma once

#include "shared/app/action.h"
#include "shared/app/diagnostics.h"
#include "shared/app/options.h"
#include "shared/app/problem.h"
#include "shared/export/run_export.h"
#include "shared/live/connection.h"
#include "shared/live/freshness.h"
#include "shared/live/server_clock.h"
#include "shared/run/model.h"
#include "shared/view/filter.h"
#include "shared/view/inspection.h"
#include "shared/view/json_outline.h"
#include "shared/view/log_lines.h"
#include "shared/view/search.h"
#include "shared/view/timeline.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pev {

// CSS pixels; beyond any screen.
inline constexpr int kMostListWidth = 10'000;

// What the user has made of the screen.
struct ViewState {
    std::string selected_step; // key; empty before the run is there
    bool step_opened = false; // narrow screens show the step instead of the list
    bool step_named
        = false; // by the reader or the address; a step that was only followed is no part of what a link shows
    bool follows_run = true; // until the reader selects a step, or begins to read one
    int list_width = 0; // CSS pixels, beside the inspector; 0: the usual width
    std::array<bool, kSections> open{true, false, true, false, true, true, true, false, false}; // by Section
    std::array<bool, kSections> raw_json{}; // by Section
    // Nodes of JSON trees that are not as they first stand (the root open, everything below folded), of the selected step.
    std::set<JsonNodeId> toggled_json;
    bool diagnostics_open = false;
    bool wrap_log = false;
    bool follow_log = true;
    LogLevelSet log_levels = kAllLogLevels;
    Filter filter;
    // Groups of the timeline that the user has unfolded (true) or folded, by their keys; the others are as is_folded() says.
    std::map<std::string, bool, std::less<>> group_open;
    ThemeChoice theme = ThemeChoice::System;
    TimeZoneChoice time_zone = TimeZoneChoice::Local;
    bool notify = false; // when the run ends while nobody looks
};

// What follows from the run and the view; brought up to date after each change, never by a frame. Of a run of thousands of steps it
// may be a moment behind, but never by a step that has come or gone.
struct Derived {
    StepSearch search;
    std::vector<std::size_t> shown_steps;
    Timeline timeline;
    std::uint64_t timeline_revision = 0; // counts its changes
    // The step that the run is at, by index, see current_step_of().
    std::optional<std::size_t> current_step;
    std::vector<StateCount> states;
    std::vector<TypeCount> types;
    Inspection inspection;
};

struct AppState {
    Options options;
    Connection connection;
    ServerClock clock;
    std::optional<RunModel> run;
    std::optional<double> reading; // how much of a large document has been read: 0 to 1
    // Set while there is no run to show, or while the newest fetch has failed (then the run is the last good one).
    std::optional<Problem> problem;
    std::optional<Instant> last_good_at; // when the newest word from the server came; our clock
    std::optional<Instant> recovered_at; // when one last came after what is shown had been stale
    ViewState view;
    Derived derived;
    std::optional<RunExport> exporting; // a file that is being written
    Diagnostics diagnostics;
    bool complete = true; // false while the code marked PEV_REST (shared/base/rest.h) is still on its way

    StepRun const* selected() const { return run ? run->find(view.selected_step) : nullptr; }
    // Whether the group shows as a summary: as the user wants it, or because there are many branches. What somebody filters for is
    // not folded away.
    bool is_folded(TimelineGroup const& group) const;
    // Whether the filters leave the step out of the list, as far as the search has come.
    bool is_filtered_out(StepRun const& step) const;
    Mode mode() const { return mode_of(connection); }
    Freshness freshness(Instant now) const { return freshness_of(connection, last_good_at, now); }
};

// Groups of more branches than this are folded until somebody wants to see them.
inline constexpr std::uint32_t kMostBranchesUnfolded = 12;

inline bool AppState::is_filtered_out(StepRun const& step) const
{
    auto const index = static_cast<std::size_t>(&step - run->steps.data());
    return view.filter.active() && derived.search.done() && !std::ranges::binary_search(derived.shown_steps, index);
}

inline bool AppState::is_folded(TimelineGroup const& group) const
{
    if (view.filter.active())
        return false;
    auto const wanted = view.group_open.find(group.key);
    return wanted != view.group_open.end() ? !wanted->second : group.branches > kMostBranchesUnfolded;
}

} // namespace pev

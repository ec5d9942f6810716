// How the viewer is doing, in words: what the diagnostics panel shows and what its Copy button gives for a bug report.
#pragma once

#include "shared/app/app_state.h"

#include <string>
#include <vector>

namespace pev {

struct ReportRow {
    std::string label;
    std::string value;
};
struct ReportSection {
    std::string title;
    std::vector<ReportRow> rows;
};
using Report = std::vector<ReportSection>;

// Times are of the zone of `offset`; lists have the newest first.
Report make_report(AppState const& state, Instant now, UtcOffsetAt offset);
// One line for each row.
std::string report_text(Report const& report);

} // namespace pev

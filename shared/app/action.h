// Intents of the user (or the host page). The UI appends them while it draws; update() carries them out.
#pragma once

#include "shared/app/options.h"
#include "shared/export/run_export.h"
#include "shared/run/log_buffer.h"
#include "shared/run/state.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pev {

// The collapsible parts of the inspector, in an order of their own: words of the preferences go by it.
enum class Section : std::uint8_t {
    Status,
    Worker,
    Logs,
    Input,
    Output,
    Error,
    Personality,
    Collaboration,
    Memory,
    Attempts,
};
inline constexpr std::size_t kSections = 10;

struct Refresh {};
struct Pause {};
struct Resume {};
// Try the stream again, from the first try; on the error screen: load again.
struct RetryConnection {};

struct SelectStep {
    std::string ref;
};
// Whether the selection goes along with the run. To be taken along has an end when the reader selects, or begins to read.
struct FollowRun {
    bool follow;
};
// A group of the timeline, by its key.
struct OpenGroup {
    std::string key;
    bool open;
};
struct ShowStepList {}; // narrow screens: back from the step to the list
struct ToggleSection {
    Section section;
};
// A node of a JSON tree (JsonNodeId): folded where it was open, open where it was folded.
struct ToggleJsonNode {
    std::uint64_t node;
};
struct ToggleRawJson {
    Section section;
};
struct ToggleLogWrap {};
// Whether lines of a level are shown.
struct ToggleLogLevel {
    LogLevel level;
};
struct ShowAllLogLevels {};
// The lines that are shown of the selected step's log, as a file.
struct SaveLog {};
// The run or a part of it as a file; of the selected step, where it is of one.
struct Export {
    ExportKind kind;
};
// The whole timeline as a picture.
struct SavePicture {};
// Whether the log view keeps its newest line in sight.
struct FollowLog {
    bool follow;
};

struct SetSearch {
    std::string text;
};
struct ToggleStateFilter {
    StateName state;
};
struct ToggleTypeFilter {
    TypeName type;
};
struct ClearFilters {};

struct SetTheme {
    ThemeChoice theme;
};
// CSS pixels, beside the inspector; 0: the usual width.
struct SetListWidth {
    int width;
};
struct SetTimeZone {
    TimeZoneChoice time_zone;
};
struct ShowDiagnostics {
    bool shown;
};
struct CopyText {
    std::string text;
};
// Opens a web address that stands in the run's text; any other is left alone.
struct FollowLink {
    std::string url;
};
// An address that leads somebody else to the step.
struct CopyLinkToStep {
    std::string ref;
};

// Whether the reader is told when the run ends while nobody looks.
struct SetNotify {
    bool wanted;
};

// Shows another run, and of it this step (ref; may be empty). Asked for by the page around an embedded viewer.
struct OpenRun {
    std::string run;
    std::string step;
};
// The flag ENABLE_EXECUTION_STREAMING, which a host may change at any time.
struct SetStreaming {
    bool allowed;
};
// Shows what an address asks for: where the browser's "back" and "forward" lead to.
struct GoTo {
    Options options;
};

using Action = std::variant<Refresh, Pause, Resume, RetryConnection, SelectStep, FollowRun, OpenGroup, ShowStepList,
    ToggleSection, ToggleJsonNode, ToggleRawJson, ToggleLogWrap, ToggleLogLevel, ShowAllLogLevels, SaveLog, Export,
    SavePicture, FollowLog, SetSearch, ToggleStateFilter, ToggleTypeFilter, ClearFilters, SetTheme, SetListWidth,
    SetTimeZone, ShowDiagnostics, CopyText, FollowLink, CopyLinkToStep, SetNotify, OpenRun, SetStreaming, GoTo>;
using Actions = std::vector<Action>;

} // namespace pev

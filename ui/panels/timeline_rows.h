// Where the rows of the step timeline stand: worked out once per change, so that a frame costs what it shows even at a hundred
// thousand steps.
#pragma once

#include "shared/run/model.h"
#include "shared/view/timeline.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace pev::ui {

struct Frame;

inline constexpr std::uint32_t kNoBox = 0xFFFFFFFF;

// A step, or the summary of a folded group.
struct TimelineRow {
    double top = 0; // from the list's beginning
    std::uint32_t step = 0; // index into RunModel::steps; of a summary, the group's first
    std::uint32_t box = kNoBox; // the innermost around it
    std::uint16_t height = 0;
    std::uint16_t duration_width = 0; // room on the right of the name
    std::uint8_t depth = 0; // boxes around it
    bool summary = false;
    bool two_lines = false; // the name's
    bool pill_below = false; // no room for it beside the name
    bool times_below = false; // no room for them beside the key
    bool hits = false; // a line says where the search text was found
};

// Around steps that run side by side.
struct TimelineBox {
    std::uint32_t group = 0; // index into Timeline::groups
    std::uint32_t parent = kNoBox;
    std::uint32_t first_row = 0;
    std::uint32_t rows = 0;
    double top = 0;
    double height = 0;
    std::uint8_t depth = 0; // boxes around it
    bool folded = false;
};

// The line that steps of one branch stand on.
struct TimelineRail {
    double from = 0;
    double to = 0;
};

class TimelineRows {
public:
    // False: there is more to measure than may be measured at once. The rows are not yet to be used, and the next call goes on.
    bool update(Frame const& frame, float width);

    std::vector<TimelineRow> const& rows() const { return rows_; }
    std::vector<TimelineBox> const& boxes() const { return boxes_; } // by first row; outer ones before inner ones
    std::vector<TimelineRail> const& rails(std::size_t depth) const { return rails_[depth]; } // from top to bottom
    double height() const { return height_; }
    // The first row that reaches below `y`.
    std::size_t row_at(double y) const;
    // The row that shows the step, which may be the summary of its group; rows().size() where none does.
    std::size_t row_of(std::size_t step) const;

private:
    // What a row takes for itself, wherever it stands: measured again only when its step has changed.
    struct Shape {
        std::uint64_t revision = 0; // of the step
        std::uint32_t round = 0;
        std::uint16_t height = 0; // without a line for hits
        std::uint16_t duration_width = 0;
        std::uint8_t depth = 0;
        bool known = false;
        bool two_lines = false;
        bool pill_below = false;
        bool times_below = false;
        bool holds(StepRun const& step, std::uint32_t at_depth, std::uint32_t of_round) const
        {
            return known && revision == step.revision && depth == at_depth && round == of_round;
        }
    };
    // Widths that many rows share, measured when they are first asked for.
    struct Widths {
        std::array<float, kExecutionStates> pills{};
        std::array<float, kStepTypes> types{};
        std::array<float, kStepTypes> icons{};
        std::array<float, 8> times{};
        std::array<float, 600> durations{}; // by tenths of a second, below a minute
    };

    void open_box(Frame const& frame, std::uint32_t group, float width);
    void close_box();
    void place_summary(Frame const& frame, float width);
    bool place_step(Frame const& frame, std::uint32_t step, float width);
    Shape shape_of(Frame const& frame, StepRun const& step, std::uint32_t depth, float width);
    bool times_fit(Frame const& frame, StepRun const& step, float room);
    void lay_rails(Timeline const& timeline);
    float state_pill_width(Frame const& frame, StateName const& state);
    float icon_width(Frame const& frame, StepType type);
    float type_width(Frame const& frame, TypeName const& type);
    float times_width(Frame const& frame, StepRun const& step);
    float duration_width(Frame const& frame, StepRun const& step);

    // What it was made from.
    struct Source {
        std::string run_id;
        std::uint64_t order_revision = 0;
        bool over = false; // the run: what its steps are called
        float width = 0;
        float density = 0;
        std::int64_t today = 0;
        std::uint64_t timeline_revision = 0;
        bool filtered = false;
        std::map<std::string, bool, std::less<>> group_open;
        // Whether the shapes of rows still hold.
        bool same_steps(Source const& other) const
        {
            return run_id == other.run_id && order_revision == other.order_revision && over == other.over
                && width == other.width && density == other.density && today == other.today;
        }
        bool operator==(Source const&) const = default;
    };
    Source source_;
    bool finished_ = false;
    std::size_t may_measure_ = 0; // so many rows yet, in this update
    Duration utc_offset_{};

    std::vector<TimelineRow> rows_;
    std::vector<TimelineBox> boxes_;
    std::array<std::vector<TimelineRail>, kMostNestedGroups + 1> rails_; // by depth
    std::vector<std::uint32_t> row_of_step_;
    std::vector<std::uint32_t> row_of_entry_;
    std::vector<std::uint32_t> box_of_group_;
    std::uint32_t box_ = kNoBox; // while laying out: the innermost that is open
    double height_ = 0;
    std::vector<Shape> shapes_; // by step
    Widths widths_;
};

// Measures of a row, CSS pixels.
inline constexpr float kRowPaddingY = 9;
inline constexpr float kRowPaddingLeft = 40;
inline constexpr float kRowPaddingRight = 12;
inline constexpr float kRowNode = 20; // the node's centre, from the row's left
inline constexpr float kRowNodeY = 19; // and from its top
inline constexpr float kListMargin = 10;
inline constexpr float kGroupMarginRight = 3;
inline constexpr float kGroupCaption = 25;
inline constexpr float kGroupBottom = 5;
inline constexpr float kGroupMarginY = 2;
inline constexpr float kIconToName = 10;
inline constexpr float kTimesGap = 14;

// How far further in than a step that stands alone.
float timeline_indent(std::uint32_t depth, float list_width);

// What a row shows beyond its first two lines.
bool shows_personality(StepRun const& step);
bool shows_error(StepRun const& step);

} // namespace pev::ui

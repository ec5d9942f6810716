// Where the rows of the step timeline stand: worked out once per change, so that a frame costs what it shows even at a hundred
// thousand steps.
#pragma once

#include "shared/run/model.h"
#include "shared/view/filter.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace pev::ui {

struct Frame;

struct TimelineRow {
    std::uint32_t step = 0; // index into RunModel::steps
    double top = 0; // from the list's beginning
    std::uint16_t height = 0;
    bool in_group = false;
    bool two_lines = false; // the name's
    bool pill_below = false; // no room for it beside the name
};

// Around steps that run side by side.
struct TimelineBox {
    std::uint32_t group = 0; // index into Timeline::groups
    std::uint32_t first_row = 0;
    std::uint32_t rows = 0;
    double top = 0;
    double height = 0;
};

class TimelineRows {
public:
    void update(Frame const& frame, float width);

    std::vector<TimelineRow> const& rows() const { return rows_; }
    std::vector<TimelineBox> const& boxes() const { return boxes_; }
    double height() const { return height_; }
    // The first row that reaches below `y`.
    std::size_t row_at(double y) const;
    std::size_t box_at(double y) const;
    // rows().size() where the step is not shown.
    std::size_t row_of(std::size_t step) const;

private:
    struct NameWidth {
        std::uint32_t mark = 0; // of the name that was measured
        float width = 0;
    };
    void place(Frame const& frame, std::size_t step, bool in_group, float width);
    float name_width(Frame const& frame, std::size_t step);
    float state_pill_width(Frame const& frame, StateName const& state);

    // What it was made from.
    std::string run_id_;
    std::uint64_t revision_ = 0;
    Filter filter_;
    void const* groups_ = nullptr;
    std::size_t group_count_ = 0;
    float width_ = 0;
    float density_ = 0;

    std::vector<TimelineRow> rows_;
    std::vector<TimelineBox> boxes_;
    double height_ = 0;
    std::vector<NameWidth> names_;
    std::array<float, kExecutionStates> pills_{};
};

// Measures of a row, from the mock's CSS.
inline constexpr float kRowPaddingY = 9;
inline constexpr float kRowPaddingLeft = 40;
inline constexpr float kRowPaddingRight = 12;
inline constexpr float kListMargin = 10;
inline constexpr float kGroupIndent = 21; // further in than steps that stand alone
inline constexpr float kGroupMarginRight = 3;
inline constexpr float kGroupCaption = 25;
inline constexpr float kGroupBottom = 5;
inline constexpr float kGroupMarginY = 2;
inline constexpr float kIconToName = 10;
inline constexpr float kDurationRoom = 52;

// What a row shows beyond its first two lines.
bool shows_personality(StepRun const& step);
bool shows_error(StepRun const& step);

} // namespace pev::ui

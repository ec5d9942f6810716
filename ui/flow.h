// Places things of different widths one after the other, in as many lines as they need: like words.
#pragma once

#include "ui/geometry.h"

namespace pev::ui {

class Flow {
public:
    struct Spacing {
        float gap; // between things beside each other
        float line; // height of a line
        float row_gap; // between lines
    };
    // From `box.x` and `box.y` on, up to the right edge of `box`. The first thing may begin further right, at `first_x`.
    Flow(Rect const& box, Spacing spacing) : box_(box), spacing_(spacing), x_(box.x), y_(box.y) {}
    Flow(Rect const& box, Spacing spacing, float first_x) : Flow(box, spacing) { x_ = first_x; }

    // Where something of that width stands; what is wider than a line has one for itself.
    ImVec2 place(float width)
    {
        constexpr float kRounding = 0.5f;
        if (x_ > box_.x && x_ + width > right(box_) + kRounding) {
            x_ = box_.x;
            y_ += spacing_.line + spacing_.row_gap;
        }
        float const x = x_;
        x_ += width + spacing_.gap;
        return {x, y_};
    }
    // Of all lines so far.
    float height() const { return y_ + spacing_.line - box_.y; }

private:
    Rect box_;
    Spacing spacing_;
    float x_;
    float y_;
};

} // namespace pev::ui

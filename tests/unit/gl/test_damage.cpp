#include "gl/damage.h"

#include "imgui_internal.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <vector>

using pev::gl::Damage;
using pev::gl::PixelRect;

namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 480;
constexpr ImVec2 kAll{kWidth, kHeight};

// A frame made of rectangles.
class Picture {
public:
    Picture()
    {
        list_._ResetForNewFrame();
        list_.PushTexture(ImTextureRef{ImTextureID{1}});
        clip({0, 0}, kAll);
        data_.CmdLists.push_back(&list_);
        data_.FramebufferScale = {1, 1};
    }
    Picture& clip(ImVec2 min, ImVec2 max)
    {
        list_.PushClipRect(min, max);
        return *this;
    }
    Picture& box(ImVec2 min, ImVec2 max, ImU32 color = IM_COL32_WHITE)
    {
        list_.AddRectFilled(min, max, color);
        return *this;
    }
    ImDrawData const& data() const { return data_; }

private:
    ImDrawListSharedData shared_;
    ImDrawList list_{&shared_};
    ImDrawData data_;
};

bool covers(std::vector<PixelRect> const& rects, PixelRect const& wanted)
{
    return std::ranges::any_of(rects, [&](PixelRect const& rect) { return intersection(rect, wanted) == wanted; });
}

int area(std::vector<PixelRect> const& rects)
{
    int sum = 0;
    for (PixelRect const& rect : rects)
        sum += (rect.right - rect.left) * (rect.bottom - rect.top);
    return sum;
}

std::vector<PixelRect> find(Damage& damage, Picture const& picture, ImU32 background = 0)
{
    return damage.find(picture.data(), kWidth, kHeight, background);
}

} // namespace

TEST_CASE("of a canvas only the parts that look different are drawn anew", "[gl]")
{
    std::vector const everything{PixelRect{0, 0, kWidth, kHeight}};
    Damage damage;
    CHECK(find(damage, Picture{}.box({0, 0}, kAll)) == everything);
    CHECK(find(damage, Picture{}.box({0, 0}, kAll)).empty());

    auto const more = find(damage, Picture{}.box({0, 0}, kAll).box({300, 200}, {310, 210}, IM_COL32_BLACK));
    CHECK(covers(more, {300, 200, 310, 210}));
    CHECK(area(more) < kWidth * kHeight / 20);

    // What comes before in the frame changes the numbers of all vertices, and nothing else.
    auto const shifted = find(damage,
        Picture{}
            .box({0, 0}, kAll)
            .box({10, 10}, {20, 20}, IM_COL32_BLACK)
            .box({300, 200}, {310, 210}, IM_COL32_BLACK));
    CHECK(covers(shifted, {10, 10, 20, 20}));
    CHECK(area(shifted) < kWidth * kHeight / 20);

    auto const gone = find(damage, Picture{}.box({0, 0}, kAll));
    CHECK(covers(gone, {10, 10, 20, 20}));
    CHECK(covers(gone, {300, 200, 310, 210}));

    damage.forget();
    CHECK(find(damage, Picture{}.box({0, 0}, kAll)) == everything);
    CHECK(find(damage, Picture{}.box({0, 0}, kAll), 1) == everything); // another background
    CHECK(damage.find(Picture{}.box({0, 0}, kAll).data(), kWidth, kHeight + 1, 1)
        == std::vector{PixelRect{0, 0, kWidth, kHeight + 1}});
}

TEST_CASE("a clip that moves and an order that is turned around are seen", "[gl]")
{
    Damage damage;
    find(damage, Picture{}.clip({0, 0}, {100, 100}).box({0, 0}, kAll));
    CHECK(covers(find(damage, Picture{}.clip({0, 0}, {200, 100}).box({0, 0}, kAll)), {100, 0, 200, 100}));

    find(damage, Picture{}.box({0, 0}, {50, 50}, IM_COL32_WHITE).box({0, 0}, {50, 50}, IM_COL32_BLACK));
    CHECK(covers(find(damage, Picture{}.box({0, 0}, {50, 50}, IM_COL32_BLACK).box({0, 0}, {50, 50}, IM_COL32_WHITE)),
        {0, 0, 50, 50}));
}

TEST_CASE("what changes nearly everywhere is drawn in one go, what is off the canvas not at all", "[gl]")
{
    Damage damage;
    Picture dotted;
    for (float x = 0; x < kWidth; x += 130) {
        for (float y = 0; y < kHeight; y += 130)
            dotted.box({x + 20, y + 20}, {x + 30, y + 30});
    }
    find(damage, Picture{});
    CHECK(find(damage, dotted) == std::vector{PixelRect{0, 0, kWidth, kHeight}});
    find(damage, Picture{});
    CHECK(find(damage, Picture{}.box({-50, -50}, {-10, -10}).box({700, 10}, {1e9f, 20})).empty());
}

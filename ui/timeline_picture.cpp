#include "ui/timeline_picture.h"

#include "ui/imgui_setup.h"

#include <algorithm>
#include <cmath>

namespace pev::ui {

namespace {

    constexpr float kWidth = 560; // CSS pixels: names have room, and the header has one column
    constexpr float kFirstHeight = 1000; // until it is known which is wanted
    constexpr int kFramesToRest = 5;
    constexpr float kFrameSeconds = 1.0f / 60;

} // namespace

PictureSize picture_size(float wanted_height, float density, int most_pixels)
{
    auto const most = static_cast<float>(most_pixels);
    float const sharp = std::clamp(most / std::max(1.0f, wanted_height), 1.0f, std::max(1.0f, density));
    float const height = std::min(std::ceil(wanted_height), std::floor(most / sharp));
    return {{kWidth, std::max(1.0f, height)}, sharp};
}

PictureSize draw_timeline_picture(AppState const& state, Instant now, Environment environment, float density,
    int most_pixels, std::function<void(ImDrawData&)> const& take_textures)
{
    environment.picture = true;
    environment.touch = false;
    Semantics unread;
    Actions nobody_acts;
    PictureSize size = picture_size(kFirstHeight, density, most_pixels);
    for (int i = 0; i < kFramesToRest; ++i) {
        new_frame(size.css, size.density, kFrameSeconds);
        FrameResult const drawn = draw_frame(state, now, environment, unread, nobody_acts);
        ImGui::Render();
        take_textures(*ImGui::GetDrawData());
        bool const last = i + 1 == kFramesToRest;
        if (!last && drawn.wanted_height > 0)
            size = picture_size(drawn.wanted_height, density, most_pixels);
    }
    return size;
}

} // namespace pev::ui

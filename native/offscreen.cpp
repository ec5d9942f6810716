#include "native/offscreen.h"

#include "native/software_renderer.h"
#include "ui/glyphs/glyph_loader.h"
#include "ui/imgui_setup.h"
#include "ui/timeline_picture.h"

#include "imgui.h"

namespace pev::native {

namespace {

    constexpr int kFramesToRest = 5;
    constexpr float kFrameSeconds = 1.0f / 60;

} // namespace

Offscreen::Offscreen(ScreenSize size, ui::GlyphSource& glyphs) : size_(size), context_(ui::make_context())
{
    set_up_software_renderer();
    fonts_ = ui::add_fonts(*ImGui::GetIO().Fonts, glyphs);
}

Offscreen::~Offscreen()
{
    ImGui::DestroyContext(context_);
}

void Offscreen::draw(AppState const& state, Instant now, ui::Environment environment)
{
    ImGui::SetCurrentContext(context_);
    environment.fonts = fonts_;
    for (int i = 0; i < kFramesToRest; ++i) {
        ui::new_frame({size_.width, size_.height}, size_.scale, kFrameSeconds);
        Actions nobody_acts;
        ui::draw_frame(state, now, environment, semantics_, nobody_acts);
        ImGui::Render();
        accept_textures(*ImGui::GetDrawData());
    }
}

Picture draw_timeline(
    AppState const& state, Instant now, ui::Environment environment, float density, ui::GlyphSource& glyphs)
{
    constexpr int kMostPixels = 16'384; // from top to bottom
    ImGuiContext* const context = ui::make_context();
    set_up_software_renderer();
    environment.fonts = ui::add_fonts(*ImGui::GetIO().Fonts, glyphs);
    ui::draw_timeline_picture(state, now, environment, density, kMostPixels, accept_textures);
    Picture picture = draw_software(*ImGui::GetDrawData());
    ImGui::DestroyContext(context);
    return picture;
}

Picture Offscreen::picture() const
{
    ImGui::SetCurrentContext(context_);
    return draw_software(*ImGui::GetDrawData());
}

} // namespace pev::native

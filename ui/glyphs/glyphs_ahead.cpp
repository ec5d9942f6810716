#include "ui/glyphs/glyphs_ahead.h"

#include "ui/theme.h"

#include "imgui.h"
#include "imgui_internal.h"

#include <array>

namespace pev::ui {

namespace {

    // What the screen of a run shows in each of its styles, counted on the runs of bench/open.mjs: the header, the list, the inspector.
    struct StyleAhead {
        ImFont* Fonts::* font;
        float size;
        std::string_view text;
    };
    constexpr std::array kAhead = {
        // The first use of a font takes longest, and longest of all that of the emoji, which is looked for in all there are.
        StyleAhead{&Fonts::regular, kBody, "🤖⚙🌐"},
        StyleAhead{&Fonts::mono, kSmall, "0"},
        StyleAhead{&Fonts::medium, kBody, "0"},
        StyleAhead{&Fonts::semibold, kTitle, "0"},
        StyleAhead{&Fonts::regular, kSmall, "etaionsrhldcumfpgwybv.,0123456789ABCDEFGHILNOPRSTV·?"},
        StyleAhead{&Fonts::medium, kBody, "etaionsrhldcumfpgwybvkx:0123456789SABCDEFILNPRTV"},
        StyleAhead{&Fonts::regular, kBody, "etaionsrhldcumfpgwyb…/0123456789SAC"},
        StyleAhead{&Fonts::mono, kSmall, "etaionsrhldcumfpgwybvkx-_.123456789"},
        StyleAhead{&Fonts::regular, kTiny, "etaionsrhldcumfpgwyb/:·–0123456789"},
        StyleAhead{&Fonts::semibold, kTiny, "ETAIONSRHLDCUMPGXW0123456789"},
        StyleAhead{&Fonts::medium, kSmall, "0123456789:.smhajnv"},
        StyleAhead{&Fonts::semibold, kTitle, "etaionsrhldcumfpgwybvAERSTCD"},
        StyleAhead{&Fonts::semibold, kHuge, "%0123456789"},
        StyleAhead{&Fonts::semibold, kHeading, "etaionsrhldcumpS"},
        StyleAhead{&Fonts::semibold, kSmall, "etaionsrhldcumbgkwySCEILOWP"},
    };

} // namespace

bool GlyphsAhead::draw_next(ImFontAtlas& atlas, Fonts const& fonts, float density)
{
    if (atlas.Builder == nullptr)
        ImFontAtlasUpdateNewFrame(&atlas, ImGui::GetFrameCount(), true); // which the first frame would do
    if (left_.empty()) {
        if (style_ == kAhead.size())
            return false;
        left_ = kAhead[style_++].text;
    }
    StyleAhead const& style = kAhead[style_ - 1];
    unsigned code_point = 0;
    left_.remove_prefix(
        static_cast<std::size_t>(ImTextCharFromUtf8(&code_point, left_.data(), left_.data() + left_.size())));
    (fonts.*style.font)->GetFontBaked(style.size, density)->FindGlyph(static_cast<ImWchar>(code_point));
    return true;
}

} // namespace pev::ui

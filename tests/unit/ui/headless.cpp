#include "tests/unit/ui/headless.h"

#include "tests/unit/support/plain_glyphs.h"
#include "tests/unit/support/recordings.h"
#include "ui/glyphs/glyph_loader.h"
#include "ui/imgui_setup.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace pev::test {

namespace {

    using wasm::PointerKind;
    using wasm::PointerPhase;
    using namespace std::chrono_literals;

    constexpr Duration kFrame = 16ms; // between two frames of a movement
    constexpr Duration kBetweenClicks = 500ms; // that are no double click
    constexpr int kFramesAfterInput = 4;
    // More frames than this without any time going by, and the UI never comes to rest.
    constexpr int kTooManyFrames = 60;
    constexpr int kLeftButton = 1; // MouseEvent.buttons
    constexpr int kRightButton = 2;

    // There is no GPU that textures would have to go to.
    void accept_textures()
    {
        ImDrawData const* const data = ImGui::GetDrawData();
        if (data->Textures == nullptr)
            return;
        for (ImTextureData* const texture : *data->Textures) {
            if (texture->Status == ImTextureStatus_WantDestroy) {
                texture->SetTexID(ImTextureID_Invalid);
                texture->SetStatus(ImTextureStatus_Destroyed);
            } else if (texture->Status != ImTextureStatus_OK) {
                texture->SetTexID(static_cast<ImTextureID>(texture->UniqueID) + 1);
                texture->SetStatus(ImTextureStatus_OK);
            }
        }
    }

    Options with_run(Options options)
    {
        if (options.run.empty())
            options.run = "run-1";
        return options;
    }

    template <typename Wanted>
    std::optional<Wanted> newest(std::vector<Effect> const& effects)
    {
        auto const found = effects_of<Wanted>(effects);
        return found.empty() ? std::nullopt : std::optional{found.back()};
    }

    // The number of bytes of the UTF-8 sequence that begins so.
    std::size_t sequence_length(char first)
    {
        auto const byte = static_cast<unsigned char>(first);
        return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
    }

} // namespace

Headless::Headless(float width, float height, Options options)
    : session_(with_run(std::move(options)), platform_), now_(at(120)), context_(ui::make_context())
{
    ImGuiIO& io = ImGui::GetIO();
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    io.DisplaySize = {width, height};
    ui::add_fonts(*io.Fonts, plain_glyphs());
    input_.set_keeps_tab(true);
    session_.start(now_);
    settle();
}

Headless::~Headless()
{
    ImGui::DestroyContext(context_);
}

// --- The server -----------------------------------------------------------------------------------------------------

void Headless::answer_with_file(std::string const& name)
{
    answer(200, read_file(name));
}

void Headless::answer(int status, std::string body, std::string content_type)
{
    auto const fetch = newest<Fetch>(platform_.effects);
    REQUIRE(fetch);
    session_.arrive(HttpAnswer{.id = fetch->id,
                        .status = status,
                        .content_type = std::move(content_type),
                        .date = {},
                        .body = std::move(body),
                        .failure = {}},
        now_);
    settle();
}

void Headless::answer_failure(std::string why)
{
    auto const fetch = newest<Fetch>(platform_.effects);
    REQUIRE(fetch);
    session_.arrive(
        HttpAnswer{.id = fetch->id, .status = 0, .content_type = {}, .date = {}, .body = {}, .failure = std::move(why)},
        now_);
    settle();
}

void Headless::open_stream()
{
    auto const stream = newest<OpenStream>(platform_.effects);
    REQUIRE(stream);
    session_.arrive(StreamOpened{stream->id}, now_);
    settle();
}

void Headless::send(std::string type, std::string data, std::string id)
{
    auto const stream = newest<OpenStream>(platform_.effects);
    REQUIRE(stream);
    session_.arrive(StreamMessage{stream->id, {std::move(type), std::move(data), std::move(id)}}, now_);
    settle();
}

void Headless::lose_stream(bool reopens)
{
    auto const stream = newest<OpenStream>(platform_.effects);
    REQUIRE(stream);
    session_.arrive(StreamLost{stream->id, reopens}, now_);
    settle();
}

// --- The reader -----------------------------------------------------------------------------------------------------

void Headless::mouse(PointerPhase phase, ImVec2 at, int buttons)
{
    ImGui::SetCurrentContext(context_);
    mouse_at_ = at;
    input_.pointer(phase, PointerKind::Mouse, at, buttons, now_);
    environment.touch = input_.touch();
    frame();
}

void Headless::left_button(bool down)
{
    mouse(down ? PointerPhase::Down : PointerPhase::Up, mouse_at_, down ? kLeftButton : 0);
}

void Headless::click(Locator const& what)
{
    click_at(middle_of(what));
}

void Headless::double_click(Locator const& what)
{
    click_at(middle_of(what), 2);
}

void Headless::click_at(ImVec2 at, int times)
{
    pass(kBetweenClicks);
    mouse(PointerPhase::Move, at, 0);
    for (int i = 0; i < times; ++i) {
        left_button(true);
        left_button(false);
    }
    settle();
}

void Headless::right_click(Locator const& what)
{
    mouse(PointerPhase::Move, middle_of(what), 0);
    mouse(PointerPhase::Down, mouse_at_, kRightButton);
    mouse(PointerPhase::Up, mouse_at_, 0);
    settle();
}

void Headless::long_press(Locator const& what)
{
    ImVec2 const at = middle_of(what);
    finger(PointerPhase::Down, at);
    input_.long_press(at);
    settle();
    finger(PointerPhase::Up, at);
    finger(PointerPhase::Leave, at);
    settle();
}

void Headless::hover(Locator const& what)
{
    mouse(PointerPhase::Move, middle_of(what), 0);
    settle();
}

void Headless::drag(Locator const& what, ImVec2 by)
{
    drag(middle_of(what), by);
}

void Headless::drag(ImVec2 from, ImVec2 by)
{
    constexpr int kSteps = 8;
    mouse(PointerPhase::Move, from, 0);
    left_button(true);
    for (int i = 1; i <= kSteps; ++i) {
        pass(kFrame);
        mouse(PointerPhase::Move, from + by * (static_cast<float>(i) / kSteps), kLeftButton);
    }
    left_button(false);
    settle();
}

void Headless::wheel(Locator const& over, ImVec2 by)
{
    ImGui::SetCurrentContext(context_);
    mouse_at_ = middle_of(over);
    input_.wheel(mouse_at_, by, wasm::WheelUnit::Pixels, {}, now_);
    settle();
}

void Headless::scroll_to(Locator const& what, Locator const& area)
{
    constexpr float kStep = 120;
    if (!sees(what))
        wheel(area, {0, -1e6f}); // from the top
    for (std::string before; !sees(what) && before != dump();) {
        before = dump();
        wheel(area, {0, kStep});
    }
    (void)get(what); // which says what is wrong where it did not come
}

void Headless::finger(PointerPhase phase, ImVec2 at)
{
    ImGui::SetCurrentContext(context_);
    input_.pointer(phase, PointerKind::Touch, at, 0, now_);
    environment.touch = input_.touch();
    frame();
}

void Headless::tap(Locator const& what)
{
    ImVec2 const at = middle_of(what);
    finger(PointerPhase::Down, at);
    finger(PointerPhase::Up, at);
    finger(PointerPhase::Leave, at);
    settle();
}

void Headless::touch_and_hold(Locator const& what, Duration time)
{
    ImVec2 const at = middle_of(what);
    finger(PointerPhase::Down, at);
    wait(time);
}

void Headless::swipe(Locator const& over, ImVec2 by, Duration time)
{
    ImVec2 const from = middle_of(over);
    auto const steps = std::max<std::int64_t>(2, time / kFrame);
    finger(PointerPhase::Down, from);
    for (std::int64_t i = 1; i <= steps; ++i) {
        pass(time / steps);
        finger(PointerPhase::Move, from + by * (static_cast<float>(i) / static_cast<float>(steps)));
    }
    finger(PointerPhase::Up, from + by);
    finger(PointerPhase::Leave, from + by);
    constexpr int kLongestGlide = 600; // frames
    for (int i = 0; i < kLongestGlide && input_.before_frame(now_, environment.reduced_motion); ++i) {
        frame();
        pass(kFrame);
    }
    settle();
}

void Headless::press(int imgui_key, int imgui_modifiers)
{
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    auto const modifiers = [&](bool down) {
        for (ImGuiKey const modifier : {ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt, ImGuiMod_Super}) {
            if ((imgui_modifiers & modifier) != 0)
                io.AddKeyEvent(modifier, down);
        }
    };
    modifiers(true);
    io.AddKeyEvent(static_cast<ImGuiKey>(imgui_key), true);
    frame();
    io.AddKeyEvent(static_cast<ImGuiKey>(imgui_key), false);
    modifiers(false);
    settle();
}

void Headless::compose(std::string_view text)
{
    input_.compose(text, text.size());
    environment.composition = input_.composition();
    settle();
}

void Headless::type(std::string_view text)
{
    ImGui::SetCurrentContext(context_);
    while (!text.empty()) {
        std::string_view const character = text.substr(0, sequence_length(text.front()));
        text.remove_prefix(character.size());
        input_.key(true, {}, character, {}, false);
        settle();
        input_.key(false, {}, character, {}, false);
        settle();
    }
}

// --- The surroundings -----------------------------------------------------------------------------------------------

void Headless::resize(float width, float height)
{
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().DisplaySize = {width, height};
    settle();
}

void Headless::set_density(float device_pixels_per_css_pixel)
{
    ImGui::SetCurrentContext(context_);
    ImGui::GetIO().DisplayFramebufferScale = {device_pixels_per_css_pixel, device_pixels_per_css_pixel};
    settle();
}

void Headless::wait(Duration duration)
{
    Instant const end = now_ + duration;
    for (;;) {
        Instant due = end;
        if (auto const timer = session_.next_timer())
            due = std::min(due, *timer);
        if (result_.next_frame_at)
            due = std::min(due, *result_.next_frame_at);
        bool const over = due == end;
        now_ = std::max(now_, due);
        session_.tick(now_);
        settle();
        if (over)
            return;
    }
}

// --- The screen -----------------------------------------------------------------------------------------------------

ui::SemanticNode Headless::get(Locator const& what) const
{
    auto const found = what.matches(nodes());
    if (found.size() != 1) {
        FAIL((found.empty() ? "There is no " : "There is more than one ") << what.words() << " on screen:\n" << dump());
    }
    return nodes()[found.front()];
}

ui::SemanticNode const* Headless::find(ui::Role role, std::string_view name) const
{
    auto const found = Locator{role, name}.matches(nodes());
    return found.empty() ? nullptr : &nodes()[found.front()];
}

std::string Headless::definition_of(std::string_view term, Locator const& within) const
{
    Locator const what = Locator{ui::Role::Term, term}.within(within);
    (void)get(what);
    std::size_t const next = what.matches(nodes()).front() + 1;
    if (next == nodes().size() || nodes()[next].role != ui::Role::Definition)
        FAIL("No definition follows the " << what.words() << " on screen:\n" << dump());
    return nodes()[next].name;
}

std::string Headless::dump() const
{
    return ui::to_text(semantics_);
}

ImVec2 Headless::middle_of(Locator const& what) const
{
    ui::Rect const rect = get(what).rect;
    return {rect.x + rect.w / 2, rect.y + rect.h / 2};
}

// --- What came out --------------------------------------------------------------------------------------------------

std::string Headless::clipboard() const
{
    auto const copied = newest<SetClipboard>(platform_.effects);
    return copied ? copied->text : "";
}

std::string Headless::address() const
{
    auto const replaced = newest<SetAddress>(platform_.effects);
    return replaced ? replaced->query : "";
}

// --- Frame by frame -------------------------------------------------------------------------------------------------

ui::FrameResult Headless::frame()
{
    constexpr float kShortest = 1.0f / 60; // Dear ImGui wants time to pass
    constexpr float kLongest = 0.5f;
    ImGui::SetCurrentContext(context_);
    input_.before_frame(now_, environment.reduced_motion);
    ImGuiIO const& io = ImGui::GetIO();
    ui::new_frame(io.DisplaySize, io.DisplayFramebufferScale.x,
        std::clamp(std::chrono::duration<float>(now_ - last_frame_).count(), kShortest, kLongest));
    last_frame_ = now_;
    input_.scroll(now_);
    Actions actions;
    result_ = ui::draw_frame(session_.state(), now_, environment, semantics_, actions);
    ImGui::Render();
    accept_textures();
    input_.after_frame(result_);
    input_.set_drags(result_.cursor == ui::FrameResult::Cursor::ResizeX);
    for (Action const& action : actions) {
        session_.act(action, now_);
        actions_.push_back(action);
    }
    session_.frame_drawn(now_);
    return result_;
}

void Headless::settle()
{
    ImGui::SetCurrentContext(context_);
    int owed = kFramesAfterInput;
    for (int drawn = 0; owed > 0 || ui::input_is_waiting() || (result_.next_frame_at && *result_.next_frame_at <= now_);
        ++drawn) {
        if (drawn == kTooManyFrames)
            FAIL("The screen asks for frame after frame and never comes to rest:\n" << dump());
        std::size_t const actions = actions_.size();
        frame();
        owed = actions_.size() == actions ? owed - 1 : kFramesAfterInput; // what an action changed is seen later
    }
}

} // namespace pev::test

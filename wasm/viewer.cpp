#include "wasm/viewer.h"

#include "shared/embed/command.h"
#include "ui/glyphs/glyph_loader.h"
#include "ui/imgui_setup.h"
#include "ui/timeline_picture.h"
#include "wasm/font_loader.h"
#include "wasm/imgui_setup.h"
#include "wasm/inbox.h"
#include "wasm/js_imports.h"

#include "imgui.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

namespace pev::wasm {
namespace {

    Session make_session(Platform& platform)
    {
        js_read_address();
        Options options = parse_address(inbox(0), inbox(1));
        options.page = inbox(2);
        js_read_preferences();
        return {std::move(options), platform, inbox(0)};
    }

    // The page's outline stands for the loading screen meanwhile: most runs are there before a first frame of it would be.
    constexpr Duration kPatience = std::chrono::milliseconds{400};
    // The turns in which the first picture is prepared: so much of it at a time.
    constexpr double kGlyphsAheadMs = 10;
    constexpr double kLastGlyphsMs = 25; // once the run is there
    constexpr std::size_t kRowsAtOnce = 30'000;

    bool waits_for_first_document(AppState const& state)
    {
        return !state.run && !state.problem && !state.options.run.empty();
    }

    std::string_view css_cursor(ui::FrameResult::Cursor cursor)
    {
        switch (cursor) {
        case ui::FrameResult::Cursor::Arrow:
            return "default";
        case ui::FrameResult::Cursor::Hand:
            return "pointer";
        case ui::FrameResult::Cursor::Text:
            return "text";
        case ui::FrameResult::Cursor::ResizeX:
            return "col-resize";
        }
        return "default";
    }

} // namespace

Viewer::Viewer() : session_(make_session(platform_))
{
    environment_.local_offset = local_offset;
    session_.begin_incomplete();
    set_rest_there(false);
}

void Viewer::start()
{
    js_watch_page();
    auto const at = now();
    session_.start(at); // the run is on its way while all else is made ready
    patient_until_ = at + kPatience;

    max_texture_size_ = js_use_context();
    set_up_imgui();
    input_.set_touch(js_is_touched());
    input_.set_keeps_tab(!js_is_embedded());
    renderer_.start(max_texture_size_, "#version 300 es\n", gl::Canvas::Keeps);
    glyphs_ = browser_glyphs();
    environment_.fonts = ui::add_fonts(*ImGui::GetIO().Fonts, glyphs_);
    environment_.can_notify = js_can_notify();
    js_watch_canvas();
    js_watch_input();
    after_change(at);
    schedule_.want_frames(ui::kFramesAfterInput);
    begin_turns();
}

void Viewer::arrive(Arrival arrival)
{
    auto const at = now();
    session_.arrive(std::move(arrival), at);
    after_change(at);
    schedule_.want_frames(1);
    if (owes_first_picture() && !in_turns_)
        draw();
    if (session_.state().reading && !session_.state().complete)
        js_fetch_rest();
}

// Of the run, or of what is wrong with it. It does not wait for the browser: a page that has just been opened waits long for an
// occasion to draw, and one that can't be seen gets none.
bool Viewer::owes_first_picture() const
{
    if (session_.state().run)
        return !run_seen_;
    return stats_.frames == 0 && !waits_for_first_document(session_.state());
}

void Viewer::act(Action const& action)
{
    auto const at = now();
    session_.act(action, at);
    after_change(at);
    schedule_.want_frames(ui::kFramesAfterInput);
}

void Viewer::host_connected()
{
    host_.connected(session_.state());
    host_.wants_height(frame_.wanted_height);
}

void Viewer::host_command(std::string text)
{
    auto const command = embed::decode_command(std::move(text));
    if (command)
        act(*command);
    else
        arrive(Remark{command.error().message});
}

void Viewer::timer(int which)
{
    if (which == kHostTimer)
        return host_.due(session_.state());
    if (which == kPictureTimer)
        return prepare_first_picture();
    if (which == kSessionTimer) {
        auto const at = now();
        schedule_.ticked();
        session_.tick(at);
        after_change(at);
        begin_turns();
    }
    schedule_.want_frames(1);
}

void Viewer::begin_turns()
{
    if (run_seen_)
        return;
    in_turns_ = owes_first_picture();
    js_set_timer(kPictureTimer, 0);
}

// The first picture is prepared in turns that leave the page its own. While the run is on its way the glyphs that it is likely to need
// are drawn. Once a run is there that has been read in turns, its rows are measured, and all is drawn once unseen: what is
// done for the first time takes longest.
void Viewer::prepare_first_picture()
{
    in_turns_ = false;
    if (run_seen_ || width_ <= 0)
        return;
    bool const is_owed = owes_first_picture();
    bool const has_run = session_.state().run.has_value();
    if (is_owed && (!has_run || rehearsed_ || ui::input_is_waiting()))
        return draw(); // frames that nobody sees are no answer to the user

    auto const began = js_stopwatch_ms();
    auto const time = is_owed ? kLastGlyphsMs : kGlyphsAheadMs;
    bool glyphs_left = true;
    while (glyphs_left && js_stopwatch_ms() - began < time)
        glyphs_left = glyphs_ahead_.draw_next(*ImGui::GetIO().Fonts, environment_.fonts, density_);
    if (!glyphs_left && is_owed) {
        draw_ui(now(), kRowsAtOnce);
        rehearsed_ = !frame_.unfinished;
    }
    if (glyphs_left || is_owed)
        begin_turns();
}

void Viewer::after_change(Instant now)
{
    schedule_.want_tick_at(session_.next_timer(), now);
    page_.show(session_.state());
    host_.changed();
}

void Viewer::visible(bool visible)
{
    arrive(VisibilityTold{visible});
    if (!visible)
        return;
    renderer_.invalidate(); // browsers may drop what a hidden canvas showed
    schedule_.want_frames(ui::kFramesAfterInput);
}

void Viewer::preferences(bool dark, bool reduced_motion)
{
    environment_.system_prefers_dark = dark;
    environment_.reduced_motion = reduced_motion;
    schedule_.want_frames(ui::kFramesAfterInput);
}

void Viewer::fonts_changed()
{
    ui::forget_glyphs(*ImGui::GetIO().Fonts);
    schedule_.want_frames(ui::kFramesAfterInput);
}

void Viewer::complete()
{
    auto const at = now();
    set_rest_there(true);
    session_.complete(at);
    after_change(at);
    begin_turns();
    schedule_.want_frames(ui::kFramesAfterInput);
    js_watch_host();
    if (session_.state().options.probe)
        js_offer_probe();
}

void Viewer::link_refused()
{
    arrive(LinkRefused{
        "No new tab seems to have opened: the page around the viewer, or the browser, may not allow it. The menu of "
        "the link copies its address."});
}

void Viewer::resized(int width, int height, float density)
{
    if (width == width_ && height == height_ && density == density_)
        return;
    if (density != density_ || width_ == 0)
        renderer_.set_text_contrast(text_contrast(density));
    width_ = width;
    height_ = height;
    density_ = density;
    canvas_resized_ = true;
    schedule_.want_frames(ui::kFramesAfterInput);
    begin_turns();
    // The browser is about to paint the new layout: a frame drawn later would show the old picture stretched.
    if (stats_.frames > 0)
        draw();
}

void Viewer::context(bool there)
{
    if (there)
        renderer_.context_restored();
    else
        renderer_.context_lost();
    schedule_.want_frames(ui::kFramesAfterInput);
}

void Viewer::frame()
{
    schedule_.frame_granted();
    if (in_turns_)
        schedule_.want_frames(1); // later
    else
        draw();
}

void Viewer::draw()
{
    schedule_.frame_begins();
    if (renderer_.lost() || width_ <= 0 || height_ <= 0)
        return; // asked for again when there is something to draw on
    auto const began = js_stopwatch_ms();
    auto const at = now();
    if (stats_.frames == 0) {
        if (at < patient_until_ && waits_for_first_document(session_.state()))
            return schedule_.want_frame_at(patient_until_, at);
        js_show_canvas(); // what follows in this task is painted with it
    }

    if (std::exchange(canvas_resized_, false)) {
        js_resize_canvas(width_, height_);
        renderer_.invalidate();
    }
    auto const gliding = input_.before_frame(at, environment_.reduced_motion);
    auto const takes_input = ui::input_is_waiting();
    draw_ui(at);
    renderer_.draw(*ImGui::GetDrawData(), width_, height_);
    if (auto const name = platform_.take_picture_wish(); !name.empty())
        save_picture(name, at);
    make_room_for_glyphs(at);
    auto const after = now();
    session_.frame_drawn(after);
    sync_page();

    ++stats_.frames;
    if (session_.state().run && !std::exchange(run_seen_, true))
        js_mark_run_drawn();
    stats_.run_drawn = stats_.run_drawn || (session_.state().complete && session_.state().run.has_value());
    if (takes_input || ui::input_is_waiting())
        schedule_.want_frames(ui::kFramesAfterInput);
    else if (gliding || renderer_.wants_another_frame())
        schedule_.want_frames(1);
    schedule_.want_frame_at(frame_.next_frame_at, after);
    schedule_.frame_ends();
    stats_.last_cpu_ms = js_stopwatch_ms() - began;
}

void Viewer::draw_ui(Instant now, std::size_t rows_at_once)
{
    environment_.touch = input_.touch();
    environment_.composition = input_.composition();
    environment_.rows_at_once = rows_at_once;
    semantics_.begin_frame();
    Actions actions;
    auto const size = ImVec2{static_cast<float>(width_), static_cast<float>(height_)} / density_;
    ui::new_frame(size, density_, std::chrono::duration<float>(now - std::exchange(last_frame_, now)).count());
    input_.scroll(now);
    frame_ = ui::draw_frame(session_.state(), now, environment_, semantics_, actions);
    ImGui::Render();

    for (auto const& action : actions)
        session_.act(action, now);
    if (!actions.empty()) {
        after_change(now);
        schedule_.want_frames(ui::kFramesAfterInput); // what the actions changed is seen in the next
    }
}

// In a context of its own, so that nothing on screen moves for it, and with the page's glyphs.
void Viewer::save_picture(std::string const& name, Instant now)
{
    constexpr int kMostPixels = 8192; // from top to bottom: some 40 MB of them
    auto* const page = ImGui::GetCurrentContext();
    auto const flags = ImGui::GetIO().BackendFlags;
    auto* const own = ui::make_context(ImGui::GetIO().Fonts);
    ImGui::GetIO().BackendFlags = flags;
    auto const size = ui::draw_timeline_picture(session_.state(), now, environment_, density_,
        std::min(max_texture_size_, kMostPixels), [&](ImDrawData& data) { renderer_.take_textures(data); });
    auto const pixels = renderer_.picture(*ImGui::GetDrawData(), size.width(), size.height());
    ImGui::DestroyContext(own);
    ImGui::SetCurrentContext(page);
    if (!pixels.empty())
        js_save_picture(name.data(), name.size(), pixels.data(), size.width(), size.height());
    schedule_.want_frames(1); // the canvas is drawn anew
}

void Viewer::make_room_for_glyphs(Instant now)
{
    // Where not even the glyphs of one frame fit, gaps have to do: making room all the time would help nobody.
    constexpr Duration kAtMostEvery = std::chrono::seconds{2};
    if (!std::exchange(glyphs_.left_out, false) || now - made_room_ < kAtMostEvery)
        return;
    made_room_ = now;
    fonts_changed();
}

void Viewer::sync_page()
{
    page_.show_dark(frame_.dark);
    if (session_.state().complete)
        host_.wants_height(frame_.wanted_height);
    input_.after_frame(frame_);
    input_.set_drags(frame_.cursor == ui::FrameResult::Cursor::ResizeX);
    if (frame_.cursor != cursor_) {
        cursor_ = frame_.cursor;
        auto const name = css_cursor(cursor_);
        js_set_cursor(name.data(), name.size());
    }
    if (auto const scrolls = ui::anything_scrolls(); scrolls != takes_fingers_) {
        takes_fingers_ = scrolls;
        js_take_fingers(scrolls);
    }
    if (bool const typing = frame_.typing != ui::FrameResult::Typing::No; typing != wants_text_) {
        wants_text_ = typing;
        js_want_text(typing);
    }
}

void Viewer::catch_up()
{
    auto const owes_a_frame = [&] {
        using Typing = ui::FrameResult::Typing;
        return frame_.typing == Typing::Opens || (frame_.typing == Typing::No && ui::input_is_waiting());
    };
    for (int frames = 0; owes_a_frame() && frames < ui::kFramesAfterInput; ++frames)
        draw();
}

void Viewer::pointer(PointerPhase phase, PointerKind kind, ImVec2 position, int buttons, Duration age)
{
    // A press is for what was under the pointer in the frame before: what lies over it is known only then. Those who tap, and
    // tools that click, press in the moment in which they arrive.
    bool const presses = kind == PointerKind::Touch ? phase == PointerPhase::Up : phase == PointerPhase::Down;
    if (presses && kind != PointerKind::Touch)
        input([&](Input& at, Instant now) { at.pointer(PointerPhase::Move, kind, position, 0, now); });
    if (presses && ui::input_is_waiting())
        draw();
    input([&](Input& at, Instant now) { at.pointer(phase, kind, position, buttons, now - age); });
    if (phase == PointerPhase::Up)
        act_at_once();
}

void Viewer::act_at_once()
{
    if (!frame_.offers_link)
        return;
    // A tap is a press and a release, which Dear ImGui takes in one a frame.
    for (int frames = 0; ui::input_is_waiting() && frames < ui::kFramesAfterInput; ++frames)
        draw();
}

void Viewer::text(std::string_view utf8)
{
    catch_up();
    // Leaving a field ends a composition: what comes of it then is no shortcut.
    if (frame_.typing != ui::FrameResult::Typing::No)
        input([&](Input& at, Instant) { at.text(utf8); });
}

bool Viewer::menu_asked(ImVec2 position, bool by_finger)
{
    // What is under the pointer is known once it has been drawn. Right buttons reach the UI as buttons.
    if (!by_finger && ui::input_is_waiting())
        draw();
    if (frame_.offers_menu && by_finger)
        input([&](Input& at, Instant) { return at.long_press(position); });
    return frame_.offers_menu;
}

char const* Viewer::probe(Question question)
{
    switch (question) {
    case Question::Stats:
        probe_answer_ = stats_json(session_.state(), stats_);
        break;
    case Question::Drain:
        probe_answer_ = drain_json(session_.trace().drain());
        break;
    case Question::Tree:
        probe_answer_ = tree_json(semantics_);
        break;
    case Question::Text:
        probe_answer_ = text_json(semantics_);
        break;
    case Question::Model:
        probe_answer_ = model_json(session_.state());
        break;
    }
    return probe_answer_.c_str();
}

} // namespace pev::wasm

// The viewer in a browser page: joins session, UI and platform.
//
// Threading: none. Everything happens in calls from JavaScript (js_exports.cpp), each of which returns at once.
#pragma once

#include "gl/renderer.h"
#include "shared/app/session.h"
#include "ui/draw_frame.h"
#include "ui/glyphs/glyph_source.h"
#include "ui/glyphs/glyphs_ahead.h"
#include "ui/imgui_setup.h"
#include "wasm/browser_platform.h"
#include "wasm/clock.h"
#include "wasm/host_port.h"
#include "wasm/input.h"
#include "wasm/page_status.h"
#include "wasm/probe.h"
#include "wasm/schedule.h"

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

namespace pev::wasm {

class Viewer {
public:
    // Reads the page's address; calls nothing that calls back.
    Viewer();
    void start();

    // --- The world ---
    void arrive(Arrival arrival);
    // What is not done by a widget: by the browser's "back", or by the host.
    void act(Action const& action);
    void host_connected();
    void host_command(std::string text);
    void timer(int which);
    void visible(bool visible);
    void preferences(bool dark, bool reduced_motion);
    void fonts_changed();
    void complete(); // the rest of the module is there

    // --- The canvas ---
    void resized(int width, int height, float density); // device pixels
    void context(bool there);
    // The browser's occasion to draw.
    void frame();

    // --- The user ---
    // Hands the input over and has it drawn.
    template <typename Handle>
    auto input(Handle handle)
    {
        schedule_.want_frames(ui::kFramesAfterInput);
        return handle(input_, now());
    }

    void pointer(PointerPhase phase, PointerKind kind, ImVec2 position, int buttons, Duration age);
    // Draws what is owed, so that a key means what it would have meant after the ones before it, however quickly they come.
    void catch_up();

    // What was typed into the page's text field.
    void text(std::string_view utf8);

    // A menu is asked for, by the right button or by a finger that rests. Whether the viewer has one there.
    bool menu_asked(ImVec2 position, bool by_finger);

    // --- The probe ---
    enum class Question : int { Stats, Drain, Tree, Text, Model };
    // The answer is good until the next question.
    char const* probe(Question question);

private:
    // The session may have changed: its timers, and what the page says of it.
    void after_change(Instant now);
    bool owes_first_picture() const;
    void begin_turns();
    void prepare_first_picture();
    void draw();
    void draw_ui(Instant now, std::size_t rows_at_once = std::numeric_limits<std::size_t>::max());
    PEV_REST void save_picture(std::string const& name, Instant now);
    void make_room_for_glyphs(Instant now);
    void sync_page();

    BrowserPlatform platform_;
    Session session_;
    Schedule schedule_;
    gl::Renderer renderer_;
    Input input_;
    PageStatus page_;
    HostPort host_;
    ui::GlyphSource glyphs_;
    ui::GlyphsAhead glyphs_ahead_;
    ui::Environment environment_;
    ui::Semantics semantics_;
    ui::FrameResult frame_;
    FrameStats stats_;

    int max_texture_size_ = 0;
    int width_ = 0; // device pixels
    int height_ = 0;
    float density_ = 1;
    bool canvas_resized_ = false; // not yet told to the canvas
    bool run_seen_ = false;
    bool in_turns_ = false; // the first picture is owed, and under way: see prepare_first_picture()
    bool rehearsed_ = false; // the first picture, unseen
    Instant patient_until_{}; // with the first document, before there is a frame
    Instant last_frame_{};
    Instant made_room_{};
    ui::FrameResult::Cursor cursor_ = ui::FrameResult::Cursor::Arrow;
    bool wants_text_ = false;
    bool takes_fingers_ = true;
    std::string probe_answer_;
};

} // namespace pev::wasm

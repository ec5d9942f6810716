// The run in a window of the desktop, over GLFW and OpenGL 3.3.
//
// Drawn on demand: for input, for what arrives, and when the last frame asked for the next. Otherwise the thread sleeps.
#pragma once

#include "gl/renderer.h"
#include "native/link_opener.h"
#include "native/viewer.h"
#include "ui/draw_frame.h"
#include "ui/glyphs/glyph_source.h"
#include "ui/pixel_scroll.h"

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

struct GLFWcursor;
struct GLFWwindow;

namespace pev::native {

struct WindowSettings {
    float width = 1440; // CSS pixels
    float height = 900;
    std::optional<float> scale; // device pixels in one of them; nothing: as the screen has it
    bool key_brings_event = false; // N lets the recording go on to its next event
};

// One at a time.
class Window {
public:
    // Fails where there is no display or no OpenGL 3.3. The glyphs have to live longer.
    static Result<std::unique_ptr<Window>> open(WindowSettings settings, ui::GlyphSource& glyphs);
    ~Window();
    Window(Window const&) = delete;
    Window& operator=(Window const&) = delete;

    // Shows the run until the window is closed or the moment has come. False where that takes longer than the timeout.
    bool show(Viewer& viewer, std::optional<Moment> until, std::optional<std::chrono::seconds> timeout);

    // Ends the sleep. From any thread.
    static void wake();

private:
    struct Callbacks;
    Window(WindowSettings settings, ui::GlyphSource& glyphs, GLFWwindow* window);

    void sleep();
    void draw();
    // Draws what a press has to be judged by: what lies under the pointer is known one frame late.
    void catch_up();
    void want_frames(int frames);
    float density() const;
    void update_title();
    void next_event();

    WindowSettings settings_;
    LinkOpener link_opener_;
    GLFWwindow* window_;
    ImGuiContext* context_;
    ui::GlyphSource& glyphs_;
    gl::Renderer renderer_;
    ui::PixelScroll scroll_;
    ui::Environment environment_;
    ui::Semantics semantics_;
    ui::FrameResult frame_;

    Viewer* viewer_ = nullptr; // while it is shown
    int frames_owed_ = 0;
    std::optional<std::chrono::steady_clock::time_point> end_; // of its patience
    std::chrono::steady_clock::time_point last_frame_;
    std::chrono::steady_clock::time_point made_room_; // in the atlas
    std::string title_;
    std::array<GLFWcursor*, 4> cursors_{}; // by ui::FrameResult::Cursor
    ui::FrameResult::Cursor cursor_ = ui::FrameResult::Cursor::Arrow;
};

} // namespace pev::native

#include "native/window.h"

#include "native/offscreen.h"
#include "shared/app/title.h"
#include "ui/glyphs/glyph_loader.h"
#include "ui/imgui_setup.h"

#include "imgui.h"
#include "imgui_impl_glfw.h"

#include <epoxy/gl.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <array>
#include <cfloat>
#include <utility>

namespace pev::native {

namespace {

    using World = std::chrono::steady_clock;
    using Seconds = std::chrono::duration<double>;

    // What browsers scroll for one notch of a wheel.
    constexpr float kWheelNotch = 60; // CSS pixels

    Error glfw_failure(char const* what)
    {
        char const* words = nullptr;
        glfwGetError(&words);
        return {std::string{what} + (words != nullptr ? std::string{": "} + words : "")};
    }

    // By ui::FrameResult::Cursor.
    constexpr std::array kCursorShapes{GLFW_ARROW_CURSOR, GLFW_HAND_CURSOR, GLFW_IBEAM_CURSOR, GLFW_HRESIZE_CURSOR};

} // namespace

// What GLFW calls. Keys, buttons and text go to Dear ImGui by its own backend; positions and scrolling are ours, because they
// count in CSS pixels here.
struct Window::Callbacks {
    static Window& self(GLFWwindow* window) { return *static_cast<Window*>(glfwGetWindowUserPointer(window)); }

    static void install(GLFWwindow* window)
    {
        glfwSetKeyCallback(window, key);
        glfwSetCharCallback(window, [](GLFWwindow* w, unsigned character) {
            ImGui_ImplGlfw_CharCallback(w, character);
            self(w).want_frames(ui::kFramesAfterInput);
        });
        glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int modifiers) {
            if (action == GLFW_PRESS)
                self(w).catch_up();
            ImGui_ImplGlfw_MouseButtonCallback(w, button, action, modifiers);
            self(w).want_frames(ui::kFramesAfterInput);
        });
        glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int focused) {
            ImGui_ImplGlfw_WindowFocusCallback(w, focused);
            self(w).want_frames(ui::kFramesAfterInput);
        });
        glfwSetWindowIconifyCallback(window, [](GLFWwindow* w, int iconified) {
            if (self(w).viewer_ != nullptr)
                self(w).viewer_->tell(VisibilityTold{iconified == GLFW_FALSE});
            self(w).want_frames(1);
        });
        glfwSetCursorPosCallback(window, move);
        glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
            if (entered == GLFW_FALSE)
                ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
            self(w).want_frames(ui::kFramesAfterInput);
        });
        glfwSetScrollCallback(window, scroll);
        glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) {
            self(w).renderer_.invalidate();
            self(w).want_frames(1);
        });
        // While the user drags the edge some systems say nothing else.
        glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) {
            self(w).renderer_.invalidate();
            self(w).want_frames(ui::kFramesAfterInput);
            self(w).draw();
        });
        glfwSetWindowContentScaleCallback(
            window, [](GLFWwindow* w, float, float) { self(w).want_frames(ui::kFramesAfterInput); });
    }

    static void key(GLFWwindow* window, int key, int scancode, int action, int modifiers)
    {
        auto& w = self(window);
        bool const next = w.settings_.key_brings_event && key == GLFW_KEY_N && modifiers == 0;
        if (next && !ImGui::GetIO().WantTextInput) {
            if (action != GLFW_RELEASE)
                w.next_event();
            return;
        }
        ImGui_ImplGlfw_KeyCallback(window, key, scancode, action, modifiers);
        w.want_frames(ui::kFramesAfterInput);
    }

    static void move(GLFWwindow* window, double x, double y)
    {
        // GLFW counts in units of the window, which are device pixels on some systems.
        int width = 1;
        int height = 1;
        glfwGetWindowSize(window, &width, &height);
        int pixels = 1;
        glfwGetFramebufferSize(window, &pixels, &height);
        auto& w = self(window);
        double const css = pixels / (std::max(width, 1) * static_cast<double>(w.density()));
        ImGui::GetIO().AddMousePosEvent(static_cast<float>(x * css), static_cast<float>(y * css));
        w.want_frames(ui::kFramesAfterInput);
    }

    static void scroll(GLFWwindow* window, double x, double y)
    {
        ImVec2 notches{static_cast<float>(x), static_cast<float>(y)};
        bool const shift = glfwGetKey(window, GLFW_KEY_LEFT_SHIFT) == GLFW_PRESS
            || glfwGetKey(window, GLFW_KEY_RIGHT_SHIFT) == GLFW_PRESS;
        if (shift && notches.x == 0)
            std::swap(notches.x, notches.y);
        self(window).scroll_.add(notches * -kWheelNotch);
        self(window).want_frames(ui::kFramesAfterInput);
    }
};

Result<std::unique_ptr<Window>> Window::open(WindowSettings settings, ui::GlyphSource& glyphs)
{
    if (glfwInit() != GLFW_TRUE)
        return glfw_failure("no display");
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE); // until there is something to see
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, settings.scale ? GLFW_FALSE : GLFW_TRUE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "pev");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "pev");
    float const scale = settings.scale.value_or(1);
    GLFWwindow* const window = glfwCreateWindow(static_cast<int>(settings.width * scale),
        static_cast<int>(settings.height * scale), "Playbook run", nullptr, nullptr);
    if (window == nullptr) {
        Error error = glfw_failure("no window with OpenGL 3.3");
        glfwTerminate();
        return error;
    }
    glfwMakeContextCurrent(window);
    glfwSwapInterval(1);
    return std::unique_ptr<Window>(new Window(settings, glyphs, window));
}

Window::Window(WindowSettings settings, ui::GlyphSource& glyphs, GLFWwindow* window)
    : settings_(settings), window_(window), context_(ui::make_context()), glyphs_(glyphs)
{
    ImGui_ImplGlfw_InitForOpenGL(window_, false);
    glfwSetWindowUserPointer(window_, this);
    Callbacks::install(window_);
    GLint max_texture_size = 0;
    glGetIntegerv(GL_MAX_TEXTURE_SIZE, &max_texture_size);
    renderer_.start(max_texture_size, "#version 330 core\n", gl::Canvas::Swaps);
    environment_.fonts = ui::add_fonts(*ImGui::GetIO().Fonts, glyphs_);
    environment_.local_offset = local_offset;
    for (std::size_t i = 0; i < kCursorShapes.size(); ++i)
        cursors_[i] = glfwCreateStandardCursor(kCursorShapes[i]); // null where the system has none: the arrow then
}

Window::~Window()
{
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext(context_);
    glfwTerminate();
}

void Window::wake()
{
    glfwPostEmptyEvent();
}

bool Window::show(Viewer& viewer, std::optional<Moment> until, std::optional<std::chrono::seconds> timeout)
{
    viewer_ = &viewer;
    viewer.on_copy = [](std::string const& text) { glfwSetClipboardString(nullptr, text.c_str()); };
    viewer.on_link = [&](std::string const& url) { return link_opener_.open(url); };
    viewer.on_picture = [&] {
        Picture const picture = draw_timeline(viewer.state(), viewer.clock().now(), environment_, density(), glyphs_);
        ImGui::SetCurrentContext(context_);
        return encode_png(picture);
    };
    viewer.start();
    want_frames(ui::kFramesAfterInput);
    end_ = timeout ? std::optional{World::now() + *timeout} : std::nullopt;
    bool in_time = true;
    while (glfwWindowShouldClose(window_) == GLFW_FALSE) {
        if (viewer.catch_up())
            want_frames(1);
        auto const due = frame_.next_frame_at;
        if (frames_owed_ > 0 || (due && *due <= viewer.clock().now()))
            draw();
        if (until && frames_owed_ == 0 && viewer.reached(*until))
            break;
        in_time = !end_ || World::now() < *end_;
        if (!in_time)
            break;
        sleep();
    }
    viewer_ = nullptr;
    return in_time;
}

void Window::sleep()
{
    if (frames_owed_ > 0) {
        glfwPollEvents();
        return;
    }
    Seconds left = std::chrono::hours{1};
    if (end_)
        left = std::min<Seconds>(left, *end_ - World::now());
    for (auto const due : {viewer_->next_due(), frame_.next_frame_at}) {
        if (due)
            left = std::min(left, viewer_->clock().until(*due).value_or(left));
    }
    glfwWaitEventsTimeout(std::max(left.count(), 0.001));
}

float Window::density() const
{
    if (settings_.scale)
        return *settings_.scale;
    float x = 1;
    float y = 1;
    glfwGetWindowContentScale(window_, &x, &y);
    return std::max(x, 0.5f);
}

void Window::want_frames(int frames)
{
    frames_owed_ = std::max(frames_owed_, frames);
}

void Window::draw()
{
    frames_owed_ = std::max(0, frames_owed_ - 1);
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    if (viewer_ == nullptr || width <= 0 || height <= 0)
        return; // minimised
    ImGui::SetCurrentContext(context_);
    auto const world = World::now();
    auto const now = viewer_->clock().now();
    bool const takes_input = ui::input_is_waiting();
    float const density = this->density();
    ui::new_frame(ImVec2{static_cast<float>(width), static_cast<float>(height)} / density, density,
        std::chrono::duration<float>(world - std::exchange(last_frame_, world)).count());
    scroll_.apply(now);
    Actions actions;
    frame_ = ui::draw_frame(viewer_->state(), now, environment_, semantics_, actions);
    ImGui::Render();
    if (renderer_.draw(*ImGui::GetDrawData(), width, height))
        glfwSwapBuffers(window_);
    if (glfwGetWindowAttrib(window_, GLFW_VISIBLE) == GLFW_FALSE)
        glfwShowWindow(window_);

    viewer_->act(actions);
    if (!actions.empty() || takes_input || ui::input_is_waiting())
        want_frames(ui::kFramesAfterInput);
    else if (renderer_.wants_another_frame())
        want_frames(1);
    constexpr auto kAtMostEvery = std::chrono::seconds{2};
    if (std::exchange(glyphs_.left_out, false) && world - made_room_ > kAtMostEvery) {
        made_room_ = world;
        ui::forget_glyphs(*ImGui::GetIO().Fonts);
        want_frames(ui::kFramesAfterInput);
    }
    update_title();
    if (frame_.cursor != cursor_) {
        cursor_ = frame_.cursor;
        glfwSetCursor(window_, cursors_[static_cast<std::size_t>(cursor_)]);
    }
}

void Window::catch_up()
{
    for (int frames = 0; ui::input_is_waiting() && frames < ui::kFramesAfterInput; ++frames)
        draw();
}

void Window::update_title()
{
    std::string title = title_of(viewer_->state());
    if (settings_.key_brings_event)
        title += viewer_->source().next_arrival() ? " · N: next event" : " · end of the recording";
    if (title == title_)
        return;
    title_ = std::move(title);
    glfwSetWindowTitle(window_, title_.c_str());
}

void Window::next_event()
{
    while (viewer_->catch_up()) {} // an answer that is there already is no event to go on to
    if (auto const next = viewer_->source().next_arrival())
        viewer_->clock().jump_to(*next);
    want_frames(1);
}

} // namespace pev::native

// Draws frames without a window or a GPU, and uses the viewer the way a reader does: by role and name.
//
//   Headless screen{420, 900};
//   screen.answer_with_file("failed-run.json");         // the server
//   screen.click(option("Enrich journalists"));         // the reader
//   CHECK(screen.sees(region("Step inspector")));       // the screen
//   screen.click(button("Copy error"));
//   CHECK(screen.clipboard() == "…");                   // what came out
//   screen.wait(std::chrono::minutes{5});               // timers and due frames in between, in no time
//
// Input goes the way of the browser build (wasm/input.h): mouse, finger and wheel events, scrolled by CSS pixels. Every act
// of the reader or the server is followed by the frames that it takes to come to rest. A widget that is wanted and not
// there, or there twice, fails the test and tells what is on screen instead.
#pragma once

#include "shared/app/session.h"
#include "tests/unit/support/fake_platform.h"
#include "tests/unit/ui/locator.h"
#include "ui/draw_frame.h"
#include "wasm/input.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct ImGuiContext;

namespace pev::test {

class Headless {
public:
    explicit Headless(float width = 1440, float height = 900, Options options = {});
    ~Headless();
    Headless(Headless const&) = delete;
    Headless& operator=(Headless const&) = delete;

    // --- The server ---
    // The newest fetch that waits for an answer gets this file of tests/data, or this one.
    void answer_with_file(std::string const& name);
    void answer(int status, std::string body, std::string content_type = "application/json");
    void answer_failure(std::string why); // no answer at all
    // The newest stream opens, sends, breaks off.
    void open_stream();
    void send(std::string type, std::string data, std::string id = {});
    void lose_stream(bool reopens = false);

    // --- The reader ---
    void click(Locator const& what);
    void click(ui::Role role, std::string_view name) { click(Locator{role, name}); }
    void double_click(Locator const& what);
    void click_at(ImVec2 at, int times = 1); // CSS pixels
    void right_click(Locator const& what);
    // A finger rests on it.
    void long_press(Locator const& what);
    // The mouse rests on it: wait() for the tooltip.
    void hover(Locator const& what);
    void drag(Locator const& what, ImVec2 by);
    void drag(ImVec2 from, ImVec2 by);
    // Positive moves on, in CSS pixels, as browsers count.
    void wheel(Locator const& over, ImVec2 by);
    // Turns the wheel over `area` until `what` is in sight.
    void scroll_to(Locator const& what, Locator const& area);
    void tap(Locator const& what);
    void touch_and_hold(Locator const& what, Duration time); // and stays there
    // A finger moves by `by` in `time` and is lifted; what glides on is waited for.
    void swipe(Locator const& over, ImVec2 by, Duration time = std::chrono::milliseconds{160});
    // An ImGuiKey, with modifiers: press(ImGuiKey_Tab, ImGuiMod_Shift).
    void press(int imgui_key, int imgui_modifiers = 0);
    void type(std::string_view text); // UTF-8
    // An input method composes this, with the caret at its end; an empty text ends it. What comes of it is typed.
    void compose(std::string_view text);

    // --- The surroundings ---
    void resize(float width, float height);
    void set_density(float device_pixels_per_css_pixel);
    // Time goes by, with the session's timers and the frames that are due in it.
    void wait(Duration duration);
    Instant now() const { return now_; }
    ui::Environment environment;

    // --- The screen ---
    bool sees(Locator const& what) const { return !what.matches(nodes()).empty(); }
    std::size_t count(Locator const& what) const { return what.matches(nodes()).size(); }
    std::size_t count(ui::Role role) const { return count(any(role)); }
    // The one that is meant. Fails the test where there is none, or more than one.
    ui::SemanticNode get(Locator const& what) const;
    // What stands beside a term.
    std::string definition_of(std::string_view term, Locator const& within) const;
    // Null where there is none; good until the next frame.
    ui::SemanticNode const* find(ui::Role role, std::string_view name) const;
    std::vector<ui::SemanticNode> const& nodes() const { return semantics_.nodes(); }
    std::string dump() const; // see ui::to_text()

    // --- What came out ---
    // Intents since the last call, already carried out by the session.
    Actions take_actions() { return std::exchange(actions_, {}); }
    std::string clipboard() const; // as last copied
    std::string address() const; // the query, as last replaced
    FakePlatform const& platform() const { return platform_; }
    Session& session() { return session_; }
    AppState const& state() const { return session_.state(); }

    // --- Frame by frame ---
    ui::FrameResult frame();
    ui::FrameResult const& last_frame() const { return result_; }
    // As many as it takes to come to rest.
    void settle();

private:
    void finger(wasm::PointerPhase phase, ImVec2 at);
    void mouse(wasm::PointerPhase phase, ImVec2 at, int buttons);
    void left_button(bool down);
    ImVec2 middle_of(Locator const& what) const;
    void pass(Duration duration) { now_ += duration; }

    FakePlatform platform_;
    Session session_;
    Instant now_;
    Instant last_frame_{};
    ui::FrameResult result_; // of the last frame
    ui::Semantics semantics_;
    Actions actions_;
    wasm::Input input_;
    ImVec2 mouse_at_;
    ImGuiContext* context_;
};

} // namespace pev::test

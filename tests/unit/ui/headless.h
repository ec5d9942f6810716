// Draws frames without a window or a GPU, and finds widgets the way a reader does: by role and name.
#pragma once

#include "shared/app/session.h"
#include "tests/unit/support/fake_platform.h"
#include "ui/draw_frame.h"

#include <string_view>

struct ImGuiContext;

namespace pev::test {

class Headless {
public:
    explicit Headless(float width = 1440, float height = 900, Options options = {});
    ~Headless();
    Headless(Headless const&) = delete;
    Headless& operator=(Headless const&) = delete;

    Session& session() { return session_; }
    // The newest fetch is answered with this file of tests/data, or with this body.
    void answer_with_file(std::string const& name);
    void answer(int status, std::string body);
    // The newest stream opens.
    void open_stream();

    // A few frames: until what was clicked or typed has come to rest.
    void settle();
    ui::FrameResult frame();
    void click(ui::Role role, std::string_view name);
    void press(int imgui_key);
    void type(std::string_view text);
    void wait(Duration duration) { now_ += duration; }

    std::vector<ui::SemanticNode> const& nodes() const { return semantics_.nodes(); }
    // Null where there is none.
    ui::SemanticNode const* find(ui::Role role, std::string_view name) const;
    std::size_t count(ui::Role role) const;

    ui::Environment environment;

private:
    FakePlatform platform_;
    std::vector<Effect> asked_;
    Session session_;
    Instant now_;
    ui::Semantics semantics_;
    ImGuiContext* context_;
};

} // namespace pev::test

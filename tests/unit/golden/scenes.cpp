#include "tests/unit/golden/scenes.h"

#include "tests/unit/support/recordings.h"
#include "tests/unit/ui/stories.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <vector>

namespace pev::test {

namespace {

    using namespace std::chrono_literals;

    // Three drafts are being written, one of them at its second attempt.
    void tell_live(Headless& screen)
    {
        go_live(screen);
        Duration at{};
        for (RecordedMessage const& recorded : read_stream("live-run.stream.ndjson")) {
            if (recorded.at > 26s)
                break;
            screen.wait(recorded.at - at);
            at = recorded.at;
            screen.send(recorded.message.type, recorded.message.data);
        }
        screen.session().act(SelectStep{"angle-biz"}, screen.now());
        screen.settle();
    }

    void open_all_sections(Headless& screen)
    {
        for (std::size_t section = 0; section < kSections; ++section) {
            if (!screen.state().view.open[section])
                screen.session().act(ToggleSection{static_cast<Section>(section)}, screen.now());
        }
        screen.settle();
    }

    void tell_whole_step(Headless& screen)
    {
        screen.answer_with_file("live-run.final.json");
        screen.click(option("Draft angle: business press"));
        open_all_sections(screen);
    }

    void tell_failed(Headless& screen)
    {
        screen.answer_with_file("failed-run.json");
        screen.click(button("Go to failed step"));
    }

    void tell_quirks(Headless& screen)
    {
        screen.answer_with_file("quirks-run.json");
        screen.click(option(containing("шаг")));
    }

    void tell_stale(Headless& screen)
    {
        screen.answer_with_file("live-run.initial.json");
        screen.wait(2s);
        screen.answer_failure("connection refused");
        screen.wait(5s);
    }

    // A stream that was lost after a while, a poll that failed, and a look at what is known of it.
    void tell_diagnostics(Headless& screen)
    {
        go_live(screen);
        send_log(screen, "research", "12 outlets found");
        screen.send("step.exploded", "{}");
        screen.wait(20s);
        screen.lose_stream();
        screen.answer(503, "{}");
        screen.wait(1s);
        screen.tap(button("Diagnostics"));
    }

    void tell_not_found(Headless& screen)
    {
        screen.answer(404, R"({"success":false,"error":{"code":"NOT_FOUND","message":"Playbook run not found"}})");
    }

    void tell_filtered(Headless& screen)
    {
        screen.answer_with_file("live-run.final.json");
        screen.click(toggle("AGENT 5"));
        screen.type("/");
        screen.type("angle");
        screen.press(ImGuiKey_Escape);
    }

} // namespace

std::span<Scene const> scenes()
{
    static std::vector<Scene> const all{
        {"live", 1440, 900, live_run(), tell_live},
        {"live-narrow", 420, 900, live_run(),
            [](Headless& screen) {
                tell_live(screen);
                screen.click(button("All steps"));
            }},
        {"step-narrow", 420, 900, live_run(), tell_live},
        {"failed", 1440, 900, {}, tell_failed},
        {"whole-step", 1440, 2'200, {}, tell_whole_step},
        {"quirks", 1440, 1'500, {}, tell_quirks},
        {"filtered", 1440, 900, {}, tell_filtered},
        {"stale", 1440, 900, live_run(false), tell_stale},
        {"diagnostics", 1440, 900, live_run(), tell_diagnostics},
        {"not-found", 1440, 900, {}, tell_not_found},
        {"loading", 1440, 900, {}, [](Headless&) {}},
        {"empty", 1440, 900, {}, [](Headless& screen) { screen.answer(200, run_of("")); }},
    };
    return all;
}

Scene const& scene(std::string_view name)
{
    auto const found = std::ranges::find(scenes(), name, &Scene::name);
    INFO(name);
    REQUIRE(found != scenes().end());
    return *found;
}

} // namespace pev::test

#include "shared/app/preferences.h"
#include "shared/app/session.h"
#include "tests/unit/support/fake_platform.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;

namespace {

bool is_open(ViewState const& view, Section section)
{
    return view.open[static_cast<std::size_t>(section)];
}

} // namespace

TEST_CASE("what sections stand open outlives the page", "[preferences]")
{
    ViewState view;
    view.open[static_cast<std::size_t>(Section::Logs)] = false;
    view.open[static_cast<std::size_t>(Section::Memory)] = true;
    view.wrap_log = true;
    ViewState later;
    apply_preferences(format_preferences(view), later);
    CHECK(later.open == view.open);
    CHECK(later.wrap_log);
}

TEST_CASE("how wide the list was made outlives the page, and what is no width is the usual one", "[preferences]")
{
    ViewState view;
    CHECK(format_preferences(view).find("list") == std::string::npos);
    view.list_width = 512;
    ViewState later;
    apply_preferences(format_preferences(view), later);
    CHECK(later.list_width == 512);
    for (char const* const text : {"list=", "list=-5", "list=12px", "list=1e9", "list=99999999999", "list= 5"}) {
        INFO(text);
        apply_preferences(text, later);
        CHECK(later.list_width == 0);
    }
    apply_preferences("list=99999", later);
    CHECK(later.list_width == kMostListWidth);
    apply_preferences("+logs", later); // of an older viewer: nothing about it
    CHECK(later.list_width == kMostListWidth);
}

TEST_CASE("whatever stands where preferences were kept does no harm", "[preferences]")
{
    for (std::string const& text : {std::string{}, std::string{"+"}, std::string{"- + -"},
             std::string{"+nothing -logs"}, std::string(100'000, '+'), std::string{"{\"open\":[1,2,3]}"},
             std::string("\0\xff+\n", 4), std::string{"  +memory"}}) {
        ViewState view;
        apply_preferences(text, view);
        CHECK(is_open(view, Section::Status));
    }
    ViewState view;
    apply_preferences("+tomorrow -logs +memory", view);
    CHECK_FALSE(is_open(view, Section::Logs));
    CHECK(is_open(view, Section::Memory));
    CHECK(is_open(view, Section::Output)); // not named: as it is by default
}

TEST_CASE("a change of the sections is stored at once, and only then", "[preferences]")
{
    FakePlatform platform;
    Options options;
    options.run = "run-1";
    Session session{options, platform, "-output"};
    CHECK_FALSE(is_open(session.state().view, Section::Output));
    session.act(SetTheme{ThemeChoice::Dark}, at(0));
    CHECK(effects_of<StorePreferences>(platform.take()).empty());
    session.act(ToggleSection{Section::Output}, at(0));
    auto const stored = effects_of<StorePreferences>(platform.take());
    REQUIRE(stored.size() == 1);
    CHECK(stored[0].text.find("+output") != std::string::npos);
}

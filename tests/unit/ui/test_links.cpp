#include "tests/unit/ui/stories.h"

#include "imgui.h"

#include <catch2/catch_test_macros.hpp>

using namespace pev;
using namespace pev::test;
using namespace std::chrono_literals;
using ui::Role;

namespace {

Locator const kLog = any(Role::Log);

// One step with this log, or these other members.
class Links : public Headless {
public:
    explicit Links(std::string const& members, float width = 1440) : Headless(width, 900)
    {
        answer(200, run_of(step_of("a", members)));
    }
    static Links with_line(std::string_view line, float width = 1440)
    {
        return Links{R"("logs":[)" + json_quote(line) + "]", width};
    }

    std::vector<std::string> opened() const
    {
        std::vector<std::string> urls;
        for (OpenLink const& each : effects_of<OpenLink>(platform().effects))
            urls.push_back(each.url);
        return urls;
    }
};

using Urls = std::vector<std::string>;

} // namespace

TEST_CASE("an address in a log is a link: its target is seen before a click opens it", "[ui][links]")
{
    auto screen = Links::with_line("see \x1b[36mhttps://Example.com/a?b=1\x1b[0m.");
    CHECK(screen.get(link("https://Example.com/a?b=1")).value == "https://example.com/a?b=1");
    CHECK(screen.opened().empty());
    screen.hover(link(containing("Example")));
    CHECK(screen.last_frame().cursor == ui::FrameResult::Cursor::Hand);
    CHECK(screen.last_frame().offers_link);
    screen.wait(1s);
    CHECK(screen.get(any(Role::Tooltip)).name == "Opens example.com\nhttps://example.com/a?b=1");
    screen.click(link(containing("Example")));
    CHECK(screen.opened() == Urls{"https://example.com/a?b=1"});
}

TEST_CASE("text with a link in it is selected by dragging, and nothing is opened", "[ui][links]")
{
    auto screen = Links::with_line("https://example.com/a");
    ui::Rect const rect = screen.get(any(Role::Link)).rect;
    screen.drag({rect.x, rect.y + 9}, {rect.w + 20, 0});
    CHECK(screen.opened().empty());
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "https://example.com/a");
    screen.click_at({rect.x + rect.w + 60, rect.y + 9}); // beside it
    CHECK(screen.opened().empty());
}

TEST_CASE("the menu of a link opens it or copies its address, and the text's own items follow", "[ui][links]")
{
    auto screen = Links::with_line("see https://example.com/a now");
    screen.right_click(any(Role::Link));
    CHECK(screen.get(menu_item("Open link")).value == "example.com");
    CHECK(screen.last_frame().offers_link);
    screen.click(menu_item("Open link"));
    CHECK(screen.opened() == Urls{"https://example.com/a"});
    CHECK_FALSE(screen.sees(any(Role::Menu)));
    screen.right_click(any(Role::Link));
    screen.click(menu_item("Copy link address"));
    CHECK(screen.clipboard() == "https://example.com/a");
    screen.right_click(any(Role::Link));
    screen.click(menu_item("Copy line"));
    CHECK(screen.clipboard() == "see https://example.com/a now");
    screen.right_click(kLog);
    CHECK_FALSE(screen.sees(menu_item("Open link")));
}

TEST_CASE("Tab comes to a link, which says where it leads, Enter opens and Ctrl+C copies it", "[ui][links]")
{
    auto screen = Links::with_line("see https://a.example/1 and https://b.example/2");
    screen.click_at({screen.get(kLog).rect.x + 600, screen.get(kLog).rect.y + 9});
    screen.press(ImGuiKey_Tab);
    CHECK(screen.get(link("https://a.example/1")).states.focused);
    screen.wait(1s);
    CHECK(screen.get(any(Role::Tooltip)).name.starts_with("Opens a.example\n"));
    screen.press(ImGuiKey_Tab);
    CHECK(screen.get(link("https://b.example/2")).states.focused);
    CHECK(screen.last_frame().takes_copy);
    screen.press(ImGuiKey_C, ImGuiMod_Ctrl);
    CHECK(screen.clipboard() == "https://b.example/2");
    CHECK(screen.opened().empty());
    screen.press(ImGuiKey_Enter);
    CHECK(screen.opened() == Urls{"https://b.example/2"});
    screen.press(ImGuiKey_Tab, ImGuiMod_Shift);
    CHECK(screen.get(link("https://a.example/1")).states.focused);
}

TEST_CASE("a link that may mislead asks before it is opened", "[ui][links]")
{
    auto screen = Links::with_line("sign in: https://github.com@evil.example/login");
    screen.hover(any(Role::Link));
    CHECK(screen.get(any(Role::Tooltip))
            .name.starts_with("Opens evil.example. What stands before the @ is a user name.\n"));
    screen.click(any(Role::Link));
    CHECK(screen.opened().empty());
    CHECK(screen.get(menu_item("Open link")).value == "evil.example");
    screen.click(menu_item("Open link"));
    CHECK(screen.opened() == Urls{"https://github.com@evil.example/login"});
}

TEST_CASE("a finger sees where a link leads before it opens it", "[ui][links][touch]")
{
    auto screen = Links::with_line("see https://example.com/a", 420);
    screen.tap(option("a"));
    screen.tap(any(Role::Link));
    CHECK(screen.opened().empty());
    CHECK(screen.get(menu_item("Open link")).value == "example.com");
    screen.tap(menu_item("Open link"));
    CHECK(screen.opened() == Urls{"https://example.com/a"});
}

TEST_CASE("other schemes are text", "[ui][links]")
{
    auto const screen = Links::with_line(
        "javascript:alert(1) data:text/html,x file:///etc/passwd ssh://host mailto:a@example.com vbscript:x http://");
    CHECK_FALSE(screen.sees(any(Role::Link)));
}

TEST_CASE("nothing but web addresses is opened, whoever asks", "[app][links]")
{
    Links screen{R"("logs":[])"};
    for (char const* const url : {"javascript:alert(1)", "file:///etc/passwd", "--help", "http://a b/", ""})
        screen.session().act(FollowLink{url}, screen.now());
    CHECK(screen.opened().empty());
}

TEST_CASE("a link that is wrapped over several rows is one link", "[ui][links]")
{
    auto screen = Links::with_line("see https://example.com/" + std::string(400, 'x') + " end");
    screen.click(toggle("Wrap"));
    CHECK(screen.count(any(Role::Link)) == 1);
    ui::Rect const rect = screen.get(any(Role::Link)).rect;
    screen.click_at({screen.get(kLog).rect.x + 100, rect.y + 19 + 9}); // its second row
    CHECK(screen.opened() == Urls{"https://example.com/" + std::string(400, 'x')});
}

TEST_CASE("of a line with a hundred thousand links those in sight are links", "[ui][links]")
{
    std::string line;
    for (int i = 0; i < 100'000; ++i)
        line += "http://a.example/" + std::to_string(i) + " ";
    auto screen = Links::with_line(line);
    CHECK(screen.count(any(Role::Link)) > 1);
    CHECK(screen.count(any(Role::Link)) < 20);
    screen.click(any(Role::Link).nth(1));
    CHECK(screen.opened() == Urls{"http://a.example/1"});
}

TEST_CASE("addresses in values are links, in the tree and in the text as it came", "[ui][links]")
{
    Links screen{R"("output":{"url":"http:\/\/example.com\/a?b=1\u0026c=2","list":["x","see https://b.example."]})"};
    screen.click(link(containing("example.com")));
    CHECK(screen.opened() == Urls{"http://example.com/a?b=1&c=2"});
    screen.click(tree_item("list"));
    screen.click(link("https://b.example"));
    CHECK(screen.opened().back() == "https://b.example/");
    screen.right_click(link("https://b.example"));
    screen.click(menu_item("Copy value"));
    CHECK(screen.clipboard() == "see https://b.example.");
    screen.click(toggle("Output as text"));
    screen.click(link(containing("example.com")));
    CHECK(screen.opened().back() == "http://example.com/a?b=1&c=2");
}

TEST_CASE("a click on a link in a folded text opens the link, one beside it the text", "[ui][links]")
{
    Links screen{R"("output":{"text":"https://example.com/a .)" + std::string(9'000, 'x') + R"("})"};
    screen.click(any(Role::Link));
    CHECK(screen.opened() == Urls{"https://example.com/a"});
    CHECK(screen.get(tree_item("text")).states.collapsed);
    screen.click(tree_item("text"));
    CHECK(screen.get(tree_item("text")).states.expanded);
    CHECK(screen.opened().size() == 1);
}

TEST_CASE("addresses in errors are links: message, stack and banner", "[ui][links]")
{
    Headless screen{1440, 1'400};
    std::string const step = step_of("a",
        R"x("error":{"message":"see https://docs.example/429","stack":"Error\n    at f (https://app.example/x.js:10:5)"})x",
        "failed");
    screen.answer(200,
        R"({"success":true,"data":{"id":"run-1","playbookName":"Outreach","state":"failed","status":"FAILED","error":"read https://banner.example/why now","steps":[)"
            + step + "]}}");
    CHECK(screen.get(link("https://docs.example/429").within(region("Step inspector"))).value
        == "https://docs.example/429");
    CHECK(screen.get(link("https://app.example/x.js")).value == "https://app.example/x.js");
    screen.click(link("https://banner.example/why"));
    auto const opened = effects_of<OpenLink>(screen.platform().effects);
    REQUIRE(opened.size() == 1);
    CHECK(opened[0].url == "https://banner.example/why");
}

TEST_CASE("links that an error's text has set are links: in message, stack and a personality's words", "[ui][links]")
{
    Headless screen{1440, 1'800};
    auto const linked = [](std::string const& target, std::string const& text) {
        return json_quote("see \x1b[1m\x1b]8;;https://" + target + ".example\x1b\\" + text + "\x1b]8;;\x1b\\");
    };
    screen.answer(200,
        run_of(step_of("a",
            R"("error":{"message":)" + linked("a", "the log") + R"(,"stack":)" + linked("b", "the frame")
                + R"(},"personality":{"name":"Ada","description":)" + linked("c", "the manual") + "}",
            "failed")));
    CHECK(screen.get(link("the log")).value == "https://a.example/");
    CHECK(screen.get(link("the frame")).value == "https://b.example/");
    ui::SemanticNode const manual = screen.get(link("the manual"));
    CHECK(manual.value == "https://c.example/");
    // The line under it is as long as its words, not as the escapes before them.
    ui::SemanticNode const words = screen.get(text(containing("see the manual")));
    CHECK(manual.rect.x - words.rect.x < 40);
}

TEST_CASE("that a link could not be opened is said for a while", "[ui][links]")
{
    auto screen = Links::with_line("https://example.com/a");
    screen.session().arrive(LinkRefused{"No new tab has opened."}, screen.now());
    screen.settle();
    CHECK(screen.sees(alert("No new tab has opened.")));
    screen.wait(9s);
    CHECK_FALSE(screen.sees(alert("No new tab has opened.")));
}

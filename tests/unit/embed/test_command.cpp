#include "shared/embed/command.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <variant>

using namespace pev;
using namespace pev::embed;

namespace {

template <typename Wanted>
Wanted action(std::string text)
{
    Result<Action> const decoded = decode_command(std::move(text));
    REQUIRE(decoded);
    REQUIRE(std::holds_alternative<Wanted>(*decoded));
    return std::get<Wanted>(*decoded);
}

std::string refusal(std::string text)
{
    Result<Action> const decoded = decode_command(std::move(text));
    REQUIRE_FALSE(decoded);
    return decoded.error().message;
}

} // namespace

TEST_CASE("each command of a host becomes an action", "[embed]")
{
    CHECK(action<OpenRun>(R"({"type":"openRun","run":"a/b","step":"s"})").run == "a/b");
    CHECK(action<OpenRun>(R"({"type":"openRun","run":"a/b","step":"s"})").step == "s");
    CHECK(action<OpenRun>(R"({"type":"openRun","run":"1"})").step.empty());
    CHECK(action<SelectStep>(R"({"type":"selectStep","step":"é \" ##"})").ref == "é \" ##");
    CHECK(action<SetTheme>(R"({"type":"setTheme","theme":"dark"})").theme == ThemeChoice::Dark);
    CHECK(action<SetTheme>(R"({"type":"setTheme","theme":"system"})").theme == ThemeChoice::System);
    CHECK_FALSE(action<SetStreaming>(R"({"type":"setStreaming","allowed":false})").allowed);
    (void)action<Pause>(R"({"type":"pause"})");
    (void)action<Resume>(R"({"type":"resume"})");
    (void)action<Refresh>(R"({"type":"refresh","more":{"of":["tomorrow"]}})");
}

TEST_CASE("what is no command is refused with the reason", "[embed]")
{
    CHECK(refusal("") == "message from the page around: no JSON object");
    CHECK(refusal("[]") == "message from the page around: no JSON object");
    CHECK(refusal("{") == "message from the page around: no JSON object");
    CHECK(refusal("{}") == "message from the page around: unknown type ''");
    CHECK(refusal(R"({"type":"format\ndisk"})") == "message from the page around: unknown type 'format disk'");
    CHECK(refusal(R"({"type":"openRun"})").ends_with("openRun names no run"));
    CHECK(refusal(R"({"type":"openRun","run":7})").ends_with("openRun names no run"));
    CHECK(refusal(R"({"type":"selectStep","step":null})").ends_with("selectStep names no step"));
    CHECK(refusal(R"({"type":"setTheme","theme":"pink"})").ends_with("light, dark, system"));
    CHECK(refusal(R"({"type":"setStreaming","allowed":"yes"})").ends_with("true or false"));
    CHECK(
        refusal(R"({"type":"selectStep","step":")" + std::string(kLongestCommand, 'x') + "\"}").ends_with("too long"));
}

#include "shared/embed/command.h"

#include "shared/base/text.h"
#include "shared/json/json_tree.h"

namespace pev::embed {

namespace {

    Error refuse(std::string const& why)
    {
        return {"message from the page around: " + why};
    }

    Result<Action> open_run(JsonView command)
    {
        if (command["run"].text().empty())
            return refuse("openRun names no run");
        return Action{OpenRun{std::string{command["run"].text()}, std::string{command["step"].text()}}};
    }

    Result<Action> select_step(JsonView command)
    {
        if (!command["step"].is(JsonKind::String))
            return refuse("selectStep names no step");
        return Action{SelectStep{std::string{command["step"].text()}}};
    }

    Result<Action> set_theme(JsonView command)
    {
        auto const theme = theme_named(command["theme"].text());
        if (!theme)
            return refuse("setTheme names no theme: light, dark, system");
        return Action{SetTheme{*theme}};
    }

    Result<Action> set_streaming(JsonView command)
    {
        if (!command["allowed"].is(JsonKind::Boolean))
            return refuse("setStreaming needs true or false");
        return Action{SetStreaming{command["allowed"].truth()}};
    }

} // namespace

Result<Action> decode_command(std::string text)
{
    if (text.size() > kLongestCommand)
        return refuse("too long");
    auto const tree = JsonTree::parse(std::move(text), 1);
    if (!tree || !tree->root().is(JsonKind::Object))
        return refuse("no JSON object");
    JsonView const command = tree->root();
    std::string_view const type = command["type"].text();
    if (type == "openRun")
        return open_run(command);
    if (type == "selectStep")
        return select_step(command);
    if (type == "setTheme")
        return set_theme(command);
    if (type == "setStreaming")
        return set_streaming(command);
    if (type == "pause")
        return Action{Pause{}};
    if (type == "resume")
        return Action{Resume{}};
    if (type == "refresh")
        return Action{Refresh{}};
    return refuse("unknown type '" + one_line(type, 40) + "'");
}

} // namespace pev::embed

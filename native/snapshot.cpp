#include "native/snapshot.h"

#include "shared/json/json_tree.h"

#include <map>
#include <optional>
#include <string_view>

namespace pev::native {

namespace {

    // JSON texts by key; an empty one leaves the member as it is.
    using Changes = std::map<std::string, std::string, std::less<>>;

    std::string time_text(std::optional<Instant> at)
    {
        return at ? json_quote(format_timestamp(*at)) : std::string{"null"};
    }

    std::string lines_of(LogBuffer const& logs)
    {
        std::string lines = "[";
        for (std::size_t i = logs.first(); i < logs.end(); ++i)
            lines.append(i == logs.first() ? "" : ",").append(json_quote(logs.text(i)));
        return lines + "]";
    }

    // The object with these members changed, and those that it lacked behind them.
    std::string changed(JsonView object, Changes changes)
    {
        std::string text = "{";
        auto const add = [&](std::string_view key, std::string_view value) {
            text.append(text.size() == 1 ? "" : ",").append(json_quote(key)).append(":").append(value);
        };
        for (JsonView const member : object.children()) {
            auto const found = changes.find(member.key());
            add(member.key(), found != changes.end() && !found->second.empty() ? found->second : member.raw());
            if (found != changes.end())
                changes.erase(found);
        }
        for (auto const& [key, value] : changes) {
            if (!value.empty())
                add(key, value);
        }
        return text + "}";
    }

    std::string step_text(JsonView document, StepRun const& step)
    {
        Changes changes{{"state", json_quote(step.state.word)}, {"status", json_quote(step.status)},
            {"attempt", std::to_string(step.attempt)}, {"startedAt", time_text(step.started_at)},
            {"completedAt", time_text(step.completed_at)}, {"output", step.output}, {"error", step.error}};
        if (rank_of(step.state.kind) == 2)
            changes["logs"] = lines_of(step.logs);
        return changed(document, std::move(changes));
    }

} // namespace

std::string snapshot(std::string const& answer, RunModel const& run)
{
    auto const tree = JsonTree::parse(answer);
    if (!tree)
        return answer;
    JsonView const data = tree->root()["data"];
    std::string steps = "[";
    auto step = run.steps.begin(); // they stand as in the answer
    for (JsonView const document : data["steps"].children()) {
        steps.append(steps.size() == 1 ? "" : ",");
        bool const is_step = document.is(JsonKind::Object) && step != run.steps.end();
        steps.append(is_step ? step_text(document, *step++) : std::string{document.raw()});
    }
    steps += "]";
    std::string const changed_run = changed(data,
        {{"state", json_quote(run.state.word)}, {"status", json_quote(run.status)},
            {"completedAt", time_text(run.completed_at)}, {"error", run.error}, {"steps", steps}});
    return changed(tree->root(), {{"data", changed_run}});
}

std::string step_of(std::string const& answer, std::string_view key)
{
    if (auto const tree = JsonTree::parse(answer)) {
        for (JsonView const step : tree->root()["data"]["steps"].children()) {
            if (step["key"].text() == key)
                return changed(tree->root(), {{"data", std::string{step.raw()}}});
        }
    }
    return R"({"success":false,"error":{"code":"NOT_FOUND","message":"The recording has no such step"}})";
}

} // namespace pev::native

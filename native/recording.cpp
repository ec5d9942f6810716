#include "native/recording.h"

#include "native/files.h"
#include "shared/json/json_tree.h"
#include "shared/wire/decode.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

namespace pev::native {

namespace {

    constexpr Duration kLongAfterEnd = std::chrono::hours{1};
    constexpr std::string_view kInitial = ".initial.json";
    constexpr std::string_view kStream = ".stream.ndjson";
    constexpr std::string_view kFinal = ".final.json";

    struct Document {
        std::string answer;
        RunModel run;
    };

    Result<Document> read_document(std::string const& path)
    {
        auto text = read_file(path);
        if (!text)
            return text.error();
        auto const tree = JsonTree::parse(*text, 1);
        if (!tree)
            return Error{path + ": " + tree.error().message};
        // A run as it was cut out of its answer will do as well.
        bool const bare = !tree->root()["data"] && tree->root()["steps"];
        std::string answer = bare ? R"({"success":true,"data":)" + *text + "}" : std::move(*text);
        RunAnswer decoded = decode_run_answer(answer);
        if (auto* const run = std::get_if<RunModel>(&decoded))
            return Document{.answer = std::move(answer), .run = std::move(*run)};
        return Error{path + ": not a run document (an object with id, state and steps)"};
    }

    Result<RecordedEvent> read_event(std::string line)
    {
        auto const tree = JsonTree::parse(std::move(line));
        if (!tree)
            return tree.error();
        JsonView const root = tree->root();
        JsonView const data = root["data"];
        if (!root["event"].is(JsonKind::String) || !data)
            return Error{R"(not {"atMs": number, "event": text, "data": …})"};
        constexpr double kLongest = 1e12; // some thirty years: what is more would not fit an Instant
        double const ms = root["atMs"].number(-1);
        if (ms < 0 || ms > kLongest)
            return Error{"atMs is not a number of milliseconds"};
        return RecordedEvent{.at = std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>{ms}),
            .message = {.type = std::string{root["event"].text()}, .data = std::string{data.raw()}, .id = {}}};
    }

    Result<std::vector<RecordedEvent>> read_events(std::string const& path)
    {
        auto const text = read_file(path);
        if (!text)
            return text.error();
        std::vector<RecordedEvent> events;
        std::string_view rest = *text;
        for (int number = 1; !rest.empty(); ++number) {
            std::string_view const line = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(rest.size(), line.size() + 1));
            if (line.find_first_not_of(" \t\r") == std::string_view::npos)
                continue;
            std::string const where = path + ", line " + std::to_string(number) + ": ";
            auto event = read_event(std::string{line});
            if (!event)
                return Error{where + event.error().message};
            if (!events.empty() && event->at < events.back().at)
                return Error{where + "atMs goes back"};
            if (event->message.type != "connected") // the server's own: it sends one to each stream
                events.push_back(std::move(*event));
        }
        return events;
    }

    // As far as the data tells. The events say it themselves; without any, the run stands as it was last touched, and one that is
    // over is looked at so long after that nobody expects anything of it.
    Instant beginning_of(RunModel const& run, std::vector<RecordedEvent> const& events)
    {
        for (RecordedEvent const& event : events) {
            DecodedEvent const decoded = decode_event(event.message.type, event.message.data, {});
            if (auto const* const known = std::get_if<RunEvent>(&decoded); known != nullptr && known->at)
                return *known->at - event.at;
        }
        std::optional<Instant> newest;
        auto const look_at = [&](std::optional<Instant> at) { newest = std::max(newest, at); };
        for (auto const at : {run.updated_at, run.started_at, run.completed_at})
            look_at(at);
        for (StepRun const& step : run.steps) {
            look_at(step.started_at);
            look_at(step.completed_at);
        }
        return newest.value_or(Instant{}) + (run.over() ? kLongAfterEnd : Duration{});
    }

    std::string stem_of(std::string const& path)
    {
        for (std::string_view const part : {kInitial, kStream, kFinal}) {
            if (path.ends_with(part))
                return path.substr(0, path.size() - part.size());
        }
        return path;
    }

    bool exists(std::string const& path)
    {
        std::error_code ignored;
        return std::filesystem::exists(path, ignored);
    }

} // namespace

Result<Recording> load_recording(std::string const& path)
{
    std::string const stem = stem_of(path);
    auto const file = [&](std::string_view part) { return stem + std::string{part}; };
    bool const alone = !exists(file(kStream)) && (exists(path) || !exists(file(kInitial)));

    auto initial = read_document(alone ? path : file(kInitial));
    if (!initial)
        return initial.error();
    Recording recording;
    recording.run_id = initial->run.id;
    recording.initial = std::move(initial->answer);
    if (!alone) {
        auto events = read_events(file(kStream));
        if (!events)
            return events.error();
        recording.events = std::move(*events);
        if (exists(file(kFinal))) {
            auto final = read_document(file(kFinal));
            if (!final)
                return final.error();
            recording.final = std::move(final->answer);
        }
    }
    recording.began = beginning_of(initial->run, recording.events);
    return recording;
}

} // namespace pev::native

#include "shared/wire/decode.h"

#include "shared/base/unicode.h"
#include "shared/json/json_time.h"
#include "shared/run/log_memory.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace pev {

namespace {

    // Levels of a run answer that have a meaning here, from 0: envelope, data, steps, step, field, part of a field.
    constexpr int kDataLevel = 1;
    constexpr int kStepsLevel = 2;
    constexpr int kStepLevel = 3;
    constexpr int kRunAnswerDepth = 5;
    constexpr int kStepAnswerDepth = kRunAnswerDepth - 2; // it stands where the run stands there

    // Beyond any server's patience; what counts attempts need not think of overflow.
    constexpr int kMostAttempts = 1'000'000;

    std::string text_of(JsonView value)
    {
        return std::string{value.text()};
    }

    // Ids and names are texts; should one come as a number, its source text serves.
    std::string text_or_raw(JsonView value)
    {
        if (value.is(JsonKind::Number) || value.is(JsonKind::Boolean))
            return std::string{value.raw()};
        return text_of(value);
    }

    JsonText free_json(JsonView value)
    {
        return JsonText{value.raw()};
    }

    // The same, where an empty object or list is the server's way to say that there is nothing.
    JsonText free_json_or_null(JsonView value)
    {
        bool const is_container = value.is(JsonKind::Object) || value.is(JsonKind::Array);
        bool const is_none = value.is(JsonKind::Null) || (is_container && value.size() == 0);
        return is_none ? JsonText{"null"} : free_json(value);
    }

    // Null, false, a text that shows nothing, an empty object or list.
    bool is_blank(JsonView value)
    {
        if (value.is(JsonKind::String))
            return shows_nothing(value.text());
        if (value.is(JsonKind::Boolean))
            return !value.truth(true);
        return !value.is(JsonKind::Number) && value.size() == 0;
    }

    // What servers write for an error where there is none: the above, and objects of nothing else.
    bool is_no_error(JsonView value)
    {
        return is_blank(value) || (value.is(JsonKind::Object) && std::ranges::all_of(value.children(), is_blank));
    }

    JsonText error_of(JsonView value)
    {
        return value && is_no_error(value) ? JsonText{"null"} : free_json(value);
    }

    std::string error_text_of(JsonView value)
    {
        if (is_no_error(value))
            return {};
        return value.is(JsonKind::Object) ? text_of(value["message"]) : text_or_raw(value);
    }

    std::optional<int> int_of(JsonView value)
    {
        double const number = value.number(std::nan(""));
        if (!(std::abs(number) < 1e9)) // no number, or no sensible one
            return std::nullopt;
        return static_cast<int>(number);
    }

    std::optional<WorkerInfo> worker_of(JsonView value)
    {
        if (value.size() == 0)
            return std::nullopt;
        return WorkerInfo{.worker_id = text_or_raw(value.either("workerId", "worker_id")),
            .started_at = time_of(value.either("startedAt", "started_at")),
            .finished_at = time_of(value.either("finishedAt", "finished_at"))};
    }

    std::optional<Personality> personality_of(JsonView value)
    {
        if (value.size() == 0)
            return std::nullopt;
        return Personality{.id = text_of(value["id"]),
            .org_id = text_of(value.either("orgId", "org_id")),
            .slug = text_of(value["slug"]),
            .name = text_of(value["name"]),
            .description = text_of(value["description"]),
            .configuration = free_json(value["configuration"]),
            .created_by = text_of(value.either("createdBy", "created_by")),
            .created_at = time_of(value.either("createdAt", "created_at")),
            .updated_at = time_of(value.either("updatedAt", "updated_at"))};
    }

    [[gnu::noinline]] void add_line(LogBuffer& logs, std::string_view text)
    {
        if (logs.bytes() > kRunMemory) // there will be no room for more of it anyway
            logs.shrink_to(kRunMemory / 2);
        logs.append({.text = text, .level = {}, .at = {}, .from_stream = false});
    }

    // A list of lines, or one text that holds them all.
    LogBuffer logs_of(JsonView value)
    {
        LogBuffer logs;
        for (std::string_view text = value.text(); !text.empty();) {
            std::size_t const end = std::min(text.find('\n'), text.size());
            std::string_view const line = text.substr(0, end);
            add_line(logs, line.ends_with('\r') ? line.substr(0, end - 1) : line);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        if (value.is(JsonKind::Array)) {
            for (JsonView const line : value.children())
                add_line(logs, line.is(JsonKind::String) ? line.text() : line.raw());
        }
        return logs;
    }

    std::vector<std::string> keys_of(JsonView value)
    {
        std::vector<std::string> keys;
        if (!value.is(JsonKind::Array))
            return keys;
        for (JsonView const key : value.children()) {
            if (key.is(JsonKind::String))
                keys.push_back(text_of(key));
        }
        return keys;
    }

    int attempt_of(JsonView value)
    {
        return std::clamp(int_of(value).value_or(0), 0, kMostAttempts);
    }

    int max_attempts_of(JsonView value)
    {
        return int_of(value).value_or(3);
    }

    StateName state_of(JsonView value)
    {
        return state_named(value.text());
    }

    TypeName type_of(JsonView value)
    {
        return type_named(value.text());
    }

    // What a member of a step's object means.
    struct StepField {
        std::string_view key;
        void (*read)(StepRun&, JsonView);
    };

    template <auto Member, auto Convert>
    void read_into(StepRun& step, JsonView value)
    {
        step.*Member = Convert(value);
    }

    // In the order in which they mostly come; then those of database rows.
    constexpr std::array kStepFields{
        StepField{"id", read_into<&StepRun::id, text_or_raw>},
        StepField{"key", read_into<&StepRun::key, text_or_raw>},
        StepField{"name", read_into<&StepRun::name, text_or_raw>},
        StepField{"type", read_into<&StepRun::type, type_of>},
        StepField{"state", read_into<&StepRun::state, state_of>},
        StepField{"status", read_into<&StepRun::status, text_of>},
        StepField{"attempt", read_into<&StepRun::attempt, attempt_of>},
        StepField{"maxAttempts", read_into<&StepRun::max_attempts, max_attempts_of>},
        StepField{"input", read_into<&StepRun::input, free_json>},
        StepField{"output", read_into<&StepRun::output, free_json>},
        StepField{"error", read_into<&StepRun::error, error_of>},
        StepField{"logs", read_into<&StepRun::logs, logs_of>},
        StepField{"workerInfo", read_into<&StepRun::worker, worker_of>},
        StepField{"collaborationContext", read_into<&StepRun::collaboration_context, free_json_or_null>},
        StepField{"episodicTraces", read_into<&StepRun::episodic_traces, free_json>},
        StepField{"personality", read_into<&StepRun::personality, personality_of>},
        StepField{"dependencies", read_into<&StepRun::dependencies, keys_of>},
        StepField{"startedAt", read_into<&StepRun::started_at, time_of>},
        StepField{"completedAt", read_into<&StepRun::completed_at, time_of>},
        StepField{"createdAt", read_into<&StepRun::created_at, time_of>},
        StepField{"max_attempts", read_into<&StepRun::max_attempts, max_attempts_of>},
        StepField{"worker_info", read_into<&StepRun::worker, worker_of>},
        StepField{"collaboration_context", read_into<&StepRun::collaboration_context, free_json_or_null>},
        StepField{"episodic_traces", read_into<&StepRun::episodic_traces, free_json>},
        StepField{"started_at", read_into<&StepRun::started_at, time_of>},
        StepField{"completed_at", read_into<&StepRun::completed_at, time_of>},
        StepField{"created_at", read_into<&StepRun::created_at, time_of>},
    };

    // Looks from `*next` on, all around, and moves `next` behind what it found: the fields of a hundred thousand steps mostly come
    // in the same order. Null where the key means nothing.
    StepField const* step_field(std::string_view key, std::size_t& next)
    {
        for (std::size_t tried = 0; tried < kStepFields.size(); ++tried) {
            std::size_t const at = (next + tried) % kStepFields.size();
            if (kStepFields[at].key == key) {
                next = at + 1;
                return &kStepFields[at];
            }
        }
        return nullptr;
    }

    // What runs or waits has not ended, and nothing ends before it starts: such an end is that of an attempt before, or of another clock.
    template <typename T>
    void believe_end(T& timed)
    {
        ExecutionState const state = timed.state.kind;
        bool const goes_on = rank_of(state) < 2 && state != ExecutionState::Unknown;
        if (goes_on || timed.completed_at < timed.started_at)
            timed.completed_at.reset();
    }

    StepRun step_of(JsonView value)
    {
        StepRun step;
        step.type = type_named({}); // until told otherwise
        std::size_t next = 0;
        for (JsonView const member : value.children()) {
            if (auto const* const field = step_field(member.key(), next))
                field->read(step, member);
        }
        step.state = further_state(step.state, step.status);
        believe_end(step);
        step.known_until = std::max(step.started_at, step.completed_at);
        return step;
    }

    RunModel run_of(JsonView value)
    {
        RunModel run;
        run.id = text_or_raw(value["id"]);
        run.playbook_id = text_or_raw(value.either("playbookId", "playbook_id"));
        run.playbook_name = text_or_raw(value.either("playbookName", "playbook_name"));
        run.playbook_version = int_of(value.either("playbookVersion", "playbook_version"));
        run.org_id = text_or_raw(value.either("orgId", "org_id"));
        run.status = text_of(value["status"]);
        run.state = further_state(state_of(value["state"]), run.status);
        run.triggered_by = text_or_raw(value.either("triggeredBy", "triggered_by"));
        run.input = free_json(value["input"]);
        run.output = free_json(value["output"]);
        run.error = error_of(value["error"]);
        run.webhook_url = text_of(value.either("webhookUrl", "webhook_url"));
        run.worker = worker_of(value.either("workerInfo", "worker_info"));
        run.started_at = time_of(value.either("startedAt", "started_at"));
        run.completed_at = time_of(value.either("completedAt", "completed_at"));
        run.created_at = time_of(value.either("createdAt", "created_at"));
        run.updated_at = time_of(value.either("updatedAt", "updated_at"));
        believe_end(run);
        return run;
    }

    [[gnu::noinline]] ServerError server_error_of(JsonView envelope)
    {
        JsonView const error = envelope["error"];
        // Servers before and behind the API (gateways, frameworks) write their refusals in other forms. Where `error` is a word, it
        // is the name of the HTTP status.
        std::string message;
        for (JsonView const part :
            {error["message"], envelope["message"], envelope["detail"], error, envelope["title"]}) {
            if (message.empty())
                message = text_of(part);
        }
        JsonView const code = error.is(JsonKind::Object) ? error["code"] : envelope["code"];
        return {.code = text_or_raw(code), .message = std::move(message)};
    }

    // Why the envelope holds no data of the wanted kind: the server's refusal, or that it is no envelope.
    template <typename Answer>
    Answer refusal(JsonView envelope)
    {
        if (!envelope.is(JsonKind::Object))
            return Error{"The answer is JSON, but not an object."};
        ServerError refused = server_error_of(envelope);
        if (envelope["error"] || !envelope["success"].truth(true) || !refused.message.empty())
            return refused;
        return Error{"The answer is JSON, but has no data of the expected form."};
    }

    std::optional<int> zero_based(std::optional<int> one_based)
    {
        if (!one_based)
            return std::nullopt;
        return std::clamp(*one_based - 1, 0, kMostAttempts);
    }

    std::optional<Event> event_of(std::string_view type, std::string step_key, JsonView payload)
    {
        if (type == "run.updated") {
            RunUpdated event{.status = text_of(payload["status"]), .current_step_key = std::nullopt};
            if (JsonView const key = payload["currentStepKey"])
                event.current_step_key = text_of(key);
            return event;
        }
        if (type == "run.completed")
            return RunCompleted{.completed_at = time_of(payload["completedAt"])};
        if (type == "run.failed")
            return RunFailed{.error = error_text_of(payload["error"]),
                .failed_at = time_of(payload["failedAt"]),
                .failed_step_key = text_of(payload["failedStepKey"])};
        if (type == "step.updated")
            return StepUpdated{.step_key = std::move(step_key),
                .status = text_of(payload["status"]),
                .attempt = zero_based(int_of(payload["attempt"])),
                .started_at = time_of(payload["startedAt"])};
        if (type == "step.completed") {
            StepCompleted event{.step_key = std::move(step_key),
                .completed_at = time_of(payload["completedAt"]),
                .result = std::nullopt,
                .duration = std::nullopt};
            if (JsonView const result = payload["result"])
                event.result = free_json(result);
            if (auto const ms = int_of(payload["duration"]))
                event.duration = std::chrono::milliseconds{*ms};
            return event;
        }
        if (type == "step.failed")
            return StepFailed{.step_key = std::move(step_key),
                .error = error_text_of(payload["error"]),
                .failed_at = time_of(payload["failedAt"]),
                .attempt = zero_based(int_of(payload["attempt"])),
                .will_retry = payload["willRetry"].truth()};
        if (type == "step.log.appended") {
            JsonView const entry = payload["logEntry"];
            JsonView const message = entry["message"];
            JsonView const level = entry["level"];
            return StepLogAppended{.step_key = std::move(step_key),
                .level = log_level_named(level.is(JsonKind::String) ? level.text() : level.raw()),
                .text = message.is(JsonKind::String) ? text_of(message) : std::string{message.raw()},
                .at = time_of(entry["timestamp"])};
        }
        return std::nullopt;
    }

    bool is_name(JsonView value)
    {
        return value.is(JsonKind::String) || value.is(JsonKind::Number);
    }

    // Unreadable data under one of these names is the loss of a fact. A plain message may have been any of them.
    constexpr std::array<std::string_view, 9> kEventTypes{"run.updated", "run.completed", "run.failed", "step.updated",
        "step.completed", "step.failed", "step.log.appended", "message", ""};

    // JSON that stands in a string is read once more, as often as it was written so.
    Result<JsonTree> read_unquoted(std::string text, JsonOddities* oddities)
    {
        for (;;) {
            JsonParser parser{std::move(text), JsonTree::kAllLevels};
            auto tree = parser.finish();
            if (oddities != nullptr)
                *oddities = parser.oddities();
            if (!tree || !tree->root().is(JsonKind::String))
                return tree;
            text = text_of(tree->root());
        }
    }

    // What an event must have to mean anything; null where all is there.
    char const* missing_part(std::string_view type, JsonView root, JsonView payload)
    {
        if (!is_name(root["runId"]))
            return "runId";
        if (!payload.is(JsonKind::Object))
            return "payload";
        if (type.starts_with("step.") && !is_name(root["stepKey"]))
            return "stepKey";
        if (type == "step.log.appended" && !payload["logEntry"]["message"])
            return "payload.logEntry.message";
        if ((type == "step.updated" || type == "run.updated") && payload["status"].text().empty())
            return "payload.status";
        return nullptr;
    }

    // While their list grows there are two of it, one of them twice as long. What is few in any case is let pass.
    std::size_t most_nodes(std::size_t memory)
    {
        constexpr std::size_t kFew = 1U << 16U;
        return std::max(kFew, memory / (2 * sizeof(JsonTree::Node)));
    }

} // namespace

RunDecoder::RunDecoder(std::string body, std::size_t memory)
    : parser_(std::move(body), kRunAnswerDepth, most_nodes(memory))
{
    read_.memory = memory;
}

bool RunDecoder::decode(std::size_t bytes)
{
    std::size_t const until = parser_.position() + bytes;
    while (parser_.position() < until) {
        if (is_too_large() || !parser_.read_item(kStepLevel))
            return false;
        JsonView const item = parser_.item();
        JsonView const list = parser_.around_item(kStepsLevel);
        bool const is_step = item.is(JsonKind::Object) && list.is(JsonKind::Array) && list.key() == "steps"
            && parser_.around_item(kDataLevel).key() == "data";
        if (!is_step)
            continue;
        if (std::exchange(list_, list.index()) != list.index())
            forget_steps(); // a key that stands twice: the last counts
        add(step_of(item));
        parser_.forget_item();
    }
    return true;
}

void RunDecoder::add(StepRun step)
{
    if (read_.steps.size() == read_.steps.capacity())
        read_.steps.reserve(expected_steps());
    read_.log_bytes += step.logs.bytes();
    read_.other_bytes += step.bytes_but_logs();
    read_.steps.push_back(std::move(step));
    fit_logs(read_);
}

void RunDecoder::forget_steps()
{
    read_.steps.clear();
    read_.log_bytes = read_.other_bytes = 0;
}

double RunDecoder::progress() const
{
    return static_cast<double>(parser_.position()) / static_cast<double>(std::max<std::size_t>(1, parser_.size()));
}

// As many as there will be if the rest is like what was read, and a few: moving a hundred thousand steps takes twice their memory.
std::size_t RunDecoder::expected_steps() const
{
    constexpr std::size_t kSample = 64;
    if (read_.steps.size() < kSample)
        return kSample;
    return static_cast<std::size_t>(static_cast<double>(read_.steps.size()) / progress() * 1.02) + kSample;
}

RunAnswer RunDecoder::answer()
{
    if (is_too_large())
        return TooLarge{read_.other_bytes};
    auto const tree = parser_.finish();
    if (!tree && parser_.has_too_many_nodes())
        return TooLarge{};
    if (!tree)
        return Error{"The answer is " + tree.error().message + "."};
    JsonView const envelope = tree->root();
    JsonView const data = envelope["data"];
    if (!envelope["success"].truth(true) || !data.is(JsonKind::Object))
        return refusal<RunAnswer>(envelope);
    // A run that has no steps yet may lack them.
    JsonView const steps = data["steps"];
    bool const lacks_steps = steps.is_nothing() && (steps || data["state"] || data["status"]);
    if (data["id"].is_nothing() || !(lacks_steps || steps.is(JsonKind::Array)))
        return Error{"The answer is JSON, but not a playbook run: it has no id or no list of steps."};
    RunModel run = run_of(data);
    if (steps.index() == list_)
        run.steps = std::move(read_.steps);
    run.memory = read_.memory;
    run.index_steps();
    return run;
}

RunAnswer decode_run_answer(std::string body)
{
    RunDecoder decoder{std::move(body)};
    while (decoder.decode(std::numeric_limits<std::size_t>::max() / 2)) {}
    return decoder.answer();
}

StepAnswer decode_step_answer(std::string body, JsonOddities* oddities)
{
    JsonParser parser{std::move(body), kStepAnswerDepth};
    auto const tree = parser.finish();
    if (oddities != nullptr)
        *oddities = parser.oddities();
    if (!tree)
        return Error{"The answer is " + tree.error().message + "."};
    JsonView const envelope = tree->root();
    JsonView const data = envelope["data"];
    if (!envelope["success"].truth(true) || !data.is(JsonKind::Object))
        return refusal<StepAnswer>(envelope);
    if (data["key"].text().empty())
        return Error{"The answer is JSON, but not a step: it has no key."};
    return step_of(data);
}

StreamUrlAnswer decode_stream_url_answer(std::string body)
{
    auto const tree = JsonTree::parse(std::move(body));
    if (!tree)
        return Error{"The answer is " + tree.error().message + "."};
    JsonView const envelope = tree->root();
    JsonView const url = envelope["data"]["streamUrl"];
    if (!envelope["success"].truth(true) || url.text().empty())
        return refusal<StreamUrlAnswer>(envelope);
    // A full URL, says the contract; javascript: and its kind have no business here.
    if (!url.text().starts_with("https://") && !url.text().starts_with("http://"))
        return Error{"The answer's stream address is no http address."};
    return std::string{url.text()};
}

DecodedEvent decode_event(std::string_view sse_type, std::string data, std::string sse_id, JsonOddities* oddities)
{
    auto const tree = read_unquoted(std::move(data), oddities);
    if (!tree && std::ranges::find(kEventTypes, sse_type) == kEventTypes.end())
        return UnknownEventType{std::string{sse_type}};
    if (!tree)
        return Error{std::string{sse_type} + ": " + tree.error().message};
    JsonView const root = tree->root();
    // The type stands twice; a stream that sends plain messages has it in the data only.
    std::string_view const named = root["type"].text();
    std::string_view const type = named.empty() ? sse_type : named;
    // The payload alone may be quoted.
    auto const quoted = root["payload"].is(JsonKind::String) ? read_unquoted(text_of(root["payload"]), nullptr)
                                                             : Result<JsonTree>{Error{}};
    JsonView const payload = quoted ? quoted->root() : root["payload"];
    auto event = event_of(type, text_or_raw(root["stepKey"]), payload);
    if (!event)
        return UnknownEventType{std::string{type}};
    if (char const* const part = missing_part(type, root, payload))
        return Error{std::string{type} + " without " + part};
    return RunEvent{.run_id = text_or_raw(root["runId"]),
        .sse_id = std::move(sse_id),
        .at = time_of(root["timestamp"]),
        .event = std::move(*event)};
}

} // namespace pev

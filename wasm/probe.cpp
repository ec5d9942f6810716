#include "wasm/probe.h"

#include "shared/json/json_writer.h"
#include "wasm/clock.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace pev::wasm {
namespace {

    constexpr std::uint64_t kWasmPage = 65536;

    void time_or_null(JsonWriter& json, std::string_view key, std::optional<Instant> at)
    {
        json.key(key);
        if (at)
            json.number(epoch_ms(*at));
        else
            json.null();
    }

    // Their names are for those who can't see where they are.
    bool has_hidden_name(ui::Role role)
    {
        switch (role) {
        case ui::Role::Banner:
        case ui::Role::Main:
        case ui::Role::Region:
        case ui::Role::Listbox:
        case ui::Role::Log:
        case ui::Role::Tree:
            return true;
        default:
            return false;
        }
    }

} // namespace

std::string stats_json(AppState const& state, FrameStats const& frames)
{
    std::string out;
    JsonWriter json{out};
    auto const& counts = state.diagnostics;
    json.open('{');
    json.key("ready");
    json.boolean(frames.run_drawn);
    json.key("runId");
    json.text(state.run ? state.run->id : state.options.run);
    json.key("mode");
    json.text(mode_word(state.mode()));
    json.key("steps");
    json.count(state.run ? state.run->steps.size() : 0);
    json.key("logLines");
    json.count(state.run ? state.run->log_line_count : 0);
    json.key("eventsReceived");
    json.count(counts.events_received);
    json.key("eventsApplied");
    json.count(counts.events_applied);
    json.key("eventsIgnored");
    json.count(counts.ignored());
    json.key("frames");
    json.count(frames.frames);
    json.key("lastFrameCpuMs");
    json.number(frames.last_cpu_ms);
    json.key("heapBytes");
    json.count(__builtin_wasm_memory_size(0) * kWasmPage);
    json.close('}');
    return out;
}

std::string drain_json(std::vector<TracedEvent> const& events)
{
    std::string out;
    JsonWriter json{out};
    json.open('[');
    for (auto const& event : events) {
        json.open('{');
        json.key("type");
        json.text(event.type);
        json.key("stepKey");
        if (event.step_key.empty())
            json.null();
        else
            json.text(event.step_key);
        time_or_null(json, "timestamp", event.at);
        json.key("text");
        json.text(event.text);
        time_or_null(json, "receivedAt", event.received_at);
        time_or_null(json, "drawnAt", event.drawn_at);
        json.close('}');
    }
    json.close(']');
    return out;
}

std::string tree_json(ui::Semantics const& semantics)
{
    std::string out;
    JsonWriter json{out};
    json.open('[');
    for (auto const& node : semantics.nodes()) {
        json.open('{');
        json.key("id");
        json.count(node.id);
        json.key("role");
        json.text(ui::role_word(node.role));
        json.key("name");
        json.text(node.name);
        json.key("value");
        json.text(node.value);
        json.key("states");
        json.open('[');
        for (auto const word : ui::state_words(node.states))
            json.text(word);
        json.close(']');
        json.key("rect");
        json.open('[');
        for (auto const side : {node.rect.x, node.rect.y, node.rect.w, node.rect.h})
            json.number(static_cast<double>(side));
        json.close(']');
        json.key("level");
        json.count(static_cast<std::uint64_t>(std::max(node.level, 0)));
        json.close('}');
    }
    json.close(']');
    return out;
}

std::string model_json(AppState const& state)
{
    std::string out;
    JsonWriter json{out};
    if (!state.run) {
        json.null();
        return out;
    }
    json.open('{');
    json.key("state");
    json.text(state.run->state.word);
    json.key("steps");
    json.open('[');
    for (auto const& step : state.run->steps) {
        json.open('{');
        json.key("key");
        json.text(step.key);
        if (step.ref != step.key) {
            json.key("ref");
            json.text(step.ref);
        }
        json.key("state");
        json.text(step.state.word);
        json.key("attempt");
        json.number(step.attempt);
        if (step.logs.first() > 0) {
            json.key("droppedLines");
            json.count(step.logs.first());
        }
        json.key("logs");
        json.open('[');
        for (std::size_t line = step.logs.first(); line < step.logs.end(); ++line)
            json.text(step.logs.text(line));
        json.close(']');
        json.close('}');
    }
    json.close(']');
    json.close('}');
    return out;
}

std::string text_json(ui::Semantics const& semantics)
{
    std::string lines;
    auto after_term = false; // a definition stands beside its term
    for (auto const& node : semantics.nodes()) {
        auto const name = has_hidden_name(node.role) ? std::string_view{} : std::string_view{node.name};
        auto const value = node.value == node.name ? std::string_view{} : std::string_view{node.value};
        if (name.empty() && value.empty())
            continue;
        if (!lines.empty())
            lines += after_term && node.role == ui::Role::Definition ? ": " : "\n";
        lines.append(name).append(name.empty() || value.empty() ? "" : ": ").append(value);
        after_term = node.role == ui::Role::Term;
    }
    return json_quote(lines);
}

} // namespace pev::wasm

#include "shared/view/inspection.h"

#include "shared/json/json_time.h"
#include "shared/view/format.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace pev {

namespace {

    // A value as a word: texts without quotes, everything else as its source.
    std::string word_of(JsonView value)
    {
        return std::string{value.is(JsonKind::String) ? value.text() : value.raw()};
    }

    std::vector<std::string> words_of(JsonView value)
    {
        std::vector<std::string> words;
        if (value.is(JsonKind::Array)) {
            for (JsonView const item : value.children())
                words.push_back(word_of(item));
        } else if (!value.is_nothing()) {
            words.push_back(word_of(value));
        }
        return words;
    }

    // Absent ones leave no trace.
    void add_weight(PersonalityView& view, std::string label, JsonView value)
    {
        double const weight = value.number(std::nan(""));
        if (!std::isnan(weight))
            view.weights.push_back(
                {std::move(label), word_of(value), static_cast<float>(std::clamp(std::abs(weight), 0.0, 1.0))});
        else if (value)
            view.traits.push_back({std::move(label), word_of(value)});
    }

    // Databases write the list of numbers as one text.
    std::size_t embedding_size_of(JsonView value)
    {
        auto const commas = static_cast<std::size_t>(std::ranges::count(value.text(), ','));
        return value.size() + (commas > 0 ? commas + 1 : 0);
    }

    bool is_conversation(JsonView root)
    {
        return root.is(JsonKind::Object)
            && (root["messages"].is(JsonKind::Array) || root["sharedState"] || root["escalationLevel"]);
    }

} // namespace

std::optional<ErrorView> look_at_error(JsonText const& text)
{
    auto const tree = JsonTree::parse(text);
    if (!tree || tree->root().is_nothing())
        return std::nullopt;
    JsonView const root = tree->root();
    ErrorView view;
    bool const is_text = root.is(JsonKind::String);
    view.message = without_escapes((is_text ? root : root["message"]).text(), view.message_links);
    if (is_text)
        return view;
    view.stack = without_escapes(root["stack"].text(), view.stack_links);
    bool const has_more = root.size() > (root["message"] ? 1U : 0U) + (root["stack"] ? 1U : 0U);
    if (view.message.empty() || has_more)
        view.other = root.raw();
    return view;
}

std::string error_in_words(ErrorView const& error)
{
    if (error.message.empty())
        return error.stack.empty() ? error.other : error.stack;
    bool const stack_says_it = error.stack.find(error.message) != std::string::npos; // most begin with it
    if (error.stack.empty() || stack_says_it)
        return error.stack.empty() ? error.message : error.stack;
    return error.message + "\n" + error.stack;
}

std::optional<CollaborationView> look_at_collaboration(JsonText const& text)
{
    auto const tree = JsonTree::parse(text);
    if (!tree || tree->root().is_nothing())
        return std::nullopt;
    JsonView const root = tree->root();
    CollaborationView view;
    if (!is_conversation(root)) {
        view.other = root.raw();
        return view;
    }
    for (JsonView const message : root["messages"].children())
        view.messages.push_back({.from = word_of(message.either("fromStepKey", "from_step_key")),
            .to = word_of(message.either("toStepKey", "to_step_key")),
            .type = word_of(message["type"]),
            .payload = JsonText{message["payload"].raw()},
            .text = std::string{message["payload"].text()},
            .at = time_of(message["timestamp"])});
    view.shared_state = root["sharedState"].raw();
    view.escalation_level = word_of(root["escalationLevel"]);
    return view;
}

MemoryView look_at_memory(JsonText const& text)
{
    MemoryView view;
    auto const tree = JsonTree::parse(text);
    if (!tree || tree->root().is_nothing())
        return view;
    JsonView const root = tree->root();
    if (!root.is(JsonKind::Array)) {
        view.other = root.raw();
        return view;
    }
    for (JsonView const trace : root.children()) {
        bool const is_trace = trace.is(JsonKind::Object);
        JsonView const content = is_trace ? trace["content"] : trace;
        view.traces.push_back({.id = word_of(trace["id"]),
            .content = JsonText{content.raw()},
            .text = std::string{content.text()},
            .embedding_size = embedding_size_of(trace["embedding"]),
            .created_at = time_of(trace.either("createdAt", "created_at"))});
    }
    return view;
}

PersonalityView look_at_personality(JsonText const& configuration)
{
    PersonalityView view;
    auto const tree = JsonTree::parse(configuration);
    if (!tree || !tree->root().is(JsonKind::Object))
        return view;
    JsonView const root = tree->root();
    struct Trait {
        std::string_view key;
        std::string_view label;
    };
    static constexpr std::array kTraits{Trait{"tone", "Tone"}, Trait{"style", "Style"},
        Trait{"riskTolerance", "Risk tolerance"}, Trait{"collaborationStyle", "Collaboration"}};
    for (Trait const& trait : kTraits) {
        if (std::string value = word_of(root[trait.key]); !value.empty())
            view.traits.push_back({std::string{trait.label}, std::move(value)});
    }
    add_weight(view, "Memory weight", root["memoryWeight"]);
    add_weight(view, "Escalation", root["escalationSensitivity"]);
    for (JsonView const member : root.children()) {
        std::string_view const key = member.key();
        if (key == "memoryWeight" || key == "escalationSensitivity")
            continue;
        if (key == "domainSpecialty") {
            view.domains = words_of(member);
        } else if (key == "biasModifiers" && member.is(JsonKind::Object)) {
            for (JsonView const bias : member.children())
                add_weight(view, std::string{bias.key()}, bias);
        } else if (key == "constraints" && member.is(JsonKind::Object)) {
            for (JsonView const constraint : member.children()) {
                if (constraint.key() == "require")
                    view.required = words_of(constraint);
                else if (constraint.key() == "forbid")
                    view.forbidden = words_of(constraint);
                else
                    view.traits.push_back({std::string{constraint.key()}, word_of(constraint)});
            }
        } else if (std::none_of(kTraits.begin(), kTraits.end(), [&](Trait const& t) { return t.key == key; })) {
            view.traits.push_back({std::string{key}, word_of(member)}); // what a newer server adds
        }
    }
    return view;
}

std::vector<PastAttemptView> look_at_attempts(StepRun const& step)
{
    constexpr std::size_t kMostLines = 1'000;
    constexpr std::size_t kMostBytes = 64U << 10U;
    std::vector<PastAttemptView> views;
    for (auto attempt = step.past.rbegin(); attempt != step.past.rend(); ++attempt) {
        PastAttemptView view;
        LogBuffer const& log = attempt->log ? *attempt->log : step.logs;
        std::size_t const begin = std::max(log.first(), attempt->log ? 0 : attempt->begin);
        std::size_t const end = std::max(begin, attempt->log ? log.end() : std::min(attempt->end, log.end()));
        std::size_t const all = attempt->log ? log.end() : attempt->end - attempt->begin;
        std::size_t from = end;
        for (std::size_t bytes = 0; from > begin && end - from < kMostLines; --from) {
            bytes += log.text(from - 1).size() + 1;
            if (bytes > kMostBytes)
                break;
        }
        for (std::size_t i = from; i < end; ++i)
            view.log += without_escapes(log.text(i)) + (i + 1 < end ? "\n" : "");
        view.lines_left_out = all - (end - from);
        int const limit = std::max(step.max_attempts, std::max(attempt->number, step.attempt_number()));
        view.words = "Attempt " + std::to_string(attempt->number) + " of " + std::to_string(limit) + " · "
            + state_label(attempt->state);
        if (attempt->started_at && attempt->completed_at)
            view.words += " · " + format_duration(*attempt->completed_at - *attempt->started_at);
        view.words += " · " + (all == 0 ? "no lines" : format_count(all) + (all == 1 ? " line" : " lines"));
        view.error = look_at_error(attempt->error);
        views.push_back(std::move(view));
    }
    return views;
}

std::string attempt_in_words(PastAttemptView const& attempt)
{
    std::string words = attempt.words + "\n";
    if (attempt.error)
        words += error_in_words(*attempt.error) + "\n";
    if (!attempt.log.empty())
        words += attempt.log + "\n";
    return words;
}

std::string describe_earlier_lines(StepRun const& step)
{
    std::size_t const earlier = step.past.empty() || step.past.back().log ? 0 : step.past.back().end;
    if (earlier <= step.logs.first())
        return {};
    if (earlier >= step.logs.end())
        return "of the attempt before";
    return format_count(earlier) + " of earlier attempts";
}

Inspection inspect(StepRun const& step)
{
    Inspection view;
    view.step = step.ref;
    view.attempts = look_at_attempts(step);
    view.error = look_at_error(step.error);
    view.collaboration = look_at_collaboration(step.collaboration_context);
    view.memory = look_at_memory(step.episodic_traces);
    if (step.personality)
        view.personality = look_at_personality(step.personality->configuration);
    return view;
}

} // namespace pev

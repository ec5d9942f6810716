#include "shared/view/inspection.h"

#include <algorithm>
#include <utility>

namespace pev {

namespace {

    SharedJson look_at(JsonText const& text)
    {
        if (text.empty())
            return nullptr;
        auto tree = JsonTree::parse(text);
        return tree ? std::make_shared<JsonTree const>(*std::move(tree)) : nullptr;
    }

    // A value as a word: texts without quotes, everything else as its source.
    std::string word_of(JsonView value)
    {
        return std::string{value.is(JsonKind::String) ? value.text() : value.raw()};
    }

    std::string list_of(JsonView value)
    {
        if (!value.is(JsonKind::Array))
            return word_of(value);
        std::string list;
        for (JsonView const item : value.children())
            list += (list.empty() ? "" : ", ") + word_of(item);
        return list;
    }

    // "optimism 0.1, caution 0.4"
    std::string weights_of(JsonView value)
    {
        if (!value.is(JsonKind::Object))
            return word_of(value);
        std::string weights;
        for (JsonView const member : value.children())
            weights += (weights.empty() ? "" : ", ") + std::string{member.key()} + " " + word_of(member);
        return weights;
    }

    // "require \"audited figures\"; forbid \"superlatives\""
    std::string constraints_of(JsonView value)
    {
        if (!value.is(JsonKind::Object))
            return word_of(value);
        std::string constraints;
        for (JsonView const member : value.children()) {
            std::string phrases;
            if (member.is(JsonKind::Array)) {
                for (JsonView const phrase : member.children())
                    phrases += (phrases.empty() ? "\"" : ", \"") + word_of(phrase) + "\"";
            } else {
                phrases = word_of(member);
            }
            if (!phrases.empty())
                constraints += (constraints.empty() ? "" : "; ") + std::string{member.key()} + " " + phrases;
        }
        return constraints;
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
    if (root.is(JsonKind::String))
        return ErrorView{.message = std::string{root.text()}, .stack = {}, .other = {}};
    ErrorView view{
        .message = std::string{root["message"].text()}, .stack = std::string{root["stack"].text()}, .other = {}};
    bool const has_more = root.size() > (root["message"] ? 1U : 0U) + (root["stack"] ? 1U : 0U);
    if (view.message.empty() || has_more)
        view.other = root.raw();
    return view;
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
            .at = parse_timestamp(message["timestamp"].text())});
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
        view.traces.push_back({.id = word_of(trace["id"]),
            .content = JsonText{is_trace ? trace["content"].raw() : trace.raw()},
            .embedding_size = trace["embedding"].size(),
            .created_at = parse_timestamp(trace.either("createdAt", "created_at").text())});
    }
    return view;
}

std::vector<LabeledValue> look_at_personality(JsonText const& configuration)
{
    using Describe = std::string (*)(JsonView);
    struct Field {
        std::string_view key;
        std::string_view label;
        Describe describe;
    };
    static constexpr std::array kFields{
        Field{"tone", "Tone", word_of},
        Field{"style", "Style", word_of},
        Field{"riskTolerance", "Risk tolerance", word_of},
        Field{"collaborationStyle", "Collaboration", word_of},
        Field{"domainSpecialty", "Domains", list_of},
        Field{"memoryWeight", "Memory weight", word_of},
        Field{"escalationSensitivity", "Escalation", word_of},
        Field{"biasModifiers", "Bias", weights_of},
        Field{"constraints", "Constraints", constraints_of},
    };
    std::vector<LabeledValue> values;
    auto const tree = JsonTree::parse(configuration);
    if (!tree || !tree->root().is(JsonKind::Object))
        return values;
    JsonView const root = tree->root();
    for (Field const& field : kFields) {
        std::string value = field.describe(root[field.key]);
        if (!value.empty())
            values.push_back({std::string{field.label}, std::move(value)});
    }
    // What a newer server adds is shown under its own key.
    for (JsonView const member : root.children()) {
        bool const known
            = std::any_of(kFields.begin(), kFields.end(), [&](Field const& f) { return f.key == member.key(); });
        if (!known)
            values.push_back({std::string{member.key()}, word_of(member)});
    }
    return values;
}

Inspection inspect(StepRun const& step, std::array<bool, kSections> const& open)
{
    auto const is_open = [&](Section section) { return open[static_cast<std::size_t>(section)]; };
    Inspection view;
    view.step_key = step.key;
    if (is_open(Section::Input))
        view.input = look_at(step.input);
    if (is_open(Section::Output))
        view.output = look_at(step.output);
    view.error = look_at_error(step.error);
    view.collaboration = look_at_collaboration(step.collaboration_context);
    view.memory = look_at_memory(step.episodic_traces);
    if (view.collaboration && is_open(Section::Collaboration)) {
        for (CollaborationMessage const& message : view.collaboration->messages)
            view.payloads.push_back(look_at(message.payload));
        view.shared_state = look_at(view.collaboration->shared_state);
    }
    if (is_open(Section::Memory)) {
        for (MemoryTrace const& trace : view.memory.traces)
            view.memory_contents.push_back(look_at(trace.content));
    }
    if (step.personality)
        view.personality = look_at_personality(step.personality->configuration);
    return view;
}

} // namespace pev
